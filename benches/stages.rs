//! What each stage costs on the sample articles: analysis, reading, merging. `cargo bench --bench stages`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench fails by panicking")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::nlp::{Analyzer, Cues, Lexicon, Scope, segment};
use newsgraph::pipeline::Pipeline;
use newsgraph::{Article, KnowledgeGraph};
use std::hint::black_box;

fn articles() -> Vec<Article> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles").to_owned();
    newsgraph::input::read(&[folder], Default::default()).map(Result::unwrap).collect()
}

fn stages(c: &mut Criterion) {
    let articles = articles();
    let analyzer = Analyzer::builtin().unwrap();
    let pipeline = Pipeline::builtin().unwrap();
    let documents: Vec<_> = articles.iter().map(|a| analyzer.read(a.clone())).collect();
    let readings: Vec<_> = documents.iter().map(|d| pipeline.interpret(d)).collect();
    let words: usize = articles.iter().map(|a| a.text.split_whitespace().count()).sum();
    let mut group = c.benchmark_group("stages");
    group.sample_size(10).throughput(Throughput::Elements(words as u64));
    group.bench_function("load", |b| b.iter(|| black_box(Pipeline::builtin().unwrap())));
    group.bench_function("segment", |b| {
        b.iter(|| {
            for a in &articles {
                black_box(segment(a.clone(), Scope::Article, Lexicon::builtin(), Cues::builtin()));
            }
        })
    });
    group.bench_function("analyze", |b| {
        b.iter(|| articles.iter().for_each(|a| drop(black_box(analyzer.read(a.clone())))))
    });
    group.bench_function("interpret", |b| {
        b.iter(|| documents.iter().for_each(|d| drop(black_box(pipeline.interpret(d)))))
    });
    group.bench_function("merge", |b| b.iter(|| black_box(KnowledgeGraph::from_readings(readings.clone()))));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
