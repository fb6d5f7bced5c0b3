//! How fast a large graph is loaded for SPARQL, and how fast the competency questions are answered, beside the bare store.
//!
//! `cargo bench --bench sparql` makes a graph from a seed (5,000 entities and 20,000 statements, or what `NODES` and
//! `STATEMENTS` say), fills the store, and answers each question of `ontology/questions` nine times; the best counts. The
//! bare store is oxigraph's own, filled from N-Quads, its rows counted and nothing written.

#![allow(clippy::print_stdout, reason = "its result is what it prints")]

mod common;

use newsgraph::export::{self, Format, Options};
use newsgraph::sparql::{Question, Store, Syntax, competencies};
use oxigraph::io::RdfFormat;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use std::time::{Duration, Instant};

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let out = work();
    (start.elapsed(), out)
}

fn best(work: impl Fn() -> usize) -> (Duration, usize) {
    (0..9).map(|_| timed(&work)).min().expect("nine are more than none")
}

/// As users ask: with a time limit, written as TSV.
fn ours(store: &Store, text: &str) -> usize {
    let question = Question { time: Some(Duration::from_secs(60)), ..Question::new(text) };
    let mut out = Vec::new();
    let answer = store.ask(&question).and_then(|answer| answer.write(Syntax::Tsv, &mut out));
    answer.expect("the tests ask the same");
    out.iter().filter(|b| **b == b'\n').count() - 1
}

fn bare(store: &oxigraph::store::Store, text: &str) -> usize {
    let query = SparqlEvaluator::new().parse_query(text).expect("the tests ask the same");
    match query.on_store(store).execute().expect("the tests ask the same") {
        QueryResults::Solutions(rows) => rows.filter_map(Result::ok).count(),
        _ => 0,
    }
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let test = std::env::args().any(|a| a == "--test");
    let (nodes, statements) =
        if test { (100, 200) } else { (common::size("NODES", 5_000), common::size("STATEMENTS", 20_000)) };
    let graph = common::graph(nodes, statements);
    let view = graph.view();
    let (filled, store) = timed(|| Store::of(&view, &Options::default()).expect("the default options are good"));
    println!("{} statements, {} quads", graph.statement_count(), store.len());
    let mut quads = Vec::new();
    export::write(&view, Format::NQuads, &Options::default(), &mut quads).expect("writing to memory cannot fail");
    let other = oxigraph::store::Store::new().expect("in memory nothing fails");
    let (parsed, loaded) = timed(|| other.load_from_slice(RdfFormat::NQuads, &quads));
    loaded.expect("we write good N-Quads");
    println!("filled in {:.2} s; oxigraph from N-Quads in {:.2} s", filled.as_secs_f64(), parsed.as_secs_f64());
    for question in competencies() {
        let (our_time, rows) = best(|| ours(&store, question.text));
        let (bare_time, same) = best(|| bare(&other, question.text));
        assert_eq!(rows, same, "{}", question.name);
        let [our_time, bare_time] = [our_time, bare_time].map(|time| time.as_secs_f64() * 1e3);
        println!("{:15} {rows:7} rows {our_time:9.2} ms, bare store {bare_time:9.2} ms", question.name);
    }
}
