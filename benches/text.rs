//! Tokens and sentences per second: `cargo bench --bench text`. The text is the sample articles, repeated to a megabyte.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::model::{Article, Span};
use newsgraph::nlp::{Cues, Lexicon, Scope, segment, split_sentences, tokenize};
use std::hint::black_box;

/// A megabyte of news, one paragraph a line.
fn news() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the samples are there").flatten().map(|e| e.path()).collect();
    paths.sort();
    let texts = paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md"));
    let sample: String = texts.filter_map(|p| std::fs::read_to_string(p).ok()).collect();
    sample.repeat(1_000_000 / sample.len() + 1)
}

fn tokens_and_sentences(text: &str) -> usize {
    let (lexicon, mut at, mut sentences) = (Lexicon::builtin(), 0, 0);
    let mut tokens = Vec::new();
    for line in text.split_inclusive('\n') {
        tokens.clear();
        tokenize(text, Span::new(at, at + line.len()), lexicon, &mut tokens);
        sentences += split_sentences(text, &tokens, lexicon).len();
        at += line.len();
    }
    sentences
}

fn benches(c: &mut Criterion) {
    let text = news();
    let mut tokens = Vec::new();
    tokenize(&text, Span::new(0, text.len()), Lexicon::builtin(), &mut tokens);
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Elements(tokens.len() as u64)).sample_size(20);
    group.bench_function("tokens and sentences", |b| b.iter(|| tokens_and_sentences(black_box(&text))));
    group.bench_function("segment, zones and quotations too", |b| {
        b.iter(|| segment(Article::new("a", text.clone()), Scope::Article, Lexicon::builtin(), Cues::builtin()))
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
