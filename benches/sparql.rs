//! How fast a large graph is loaded for SPARQL, and how fast the competency questions are answered, beside the bare store.
//!
//! `cargo bench --bench sparql` makes a graph from a seed (5,000 entities and 20,000 statements, or what `NODES` and
//! `STATEMENTS` say), fills two stores of each kind in turns, since it matters by some percent where in memory a store lies,
//! and answers each question of `ontology/questions` twenty times by each kind, in turns; the best counts. The bare store is
//! oxigraph's own, filled from N-Quads, and has no time limit; both write their answers as TSV.

#![allow(clippy::print_stdout, reason = "its result is what it prints")]

mod common;

use newsgraph::export::{self, Format, Options};
use newsgraph::graph::View;
use newsgraph::sparql::{Question, Store, Syntax, competencies};
use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use std::time::{Duration, Instant};

/// Milliseconds that some work takes.
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let out = work();
    (start.elapsed().as_secs_f64() * 1e3, out)
}

/// As users ask: with a time limit.
fn ours(store: &Store, text: &str) -> Vec<u8> {
    let question = Question { time: Some(Duration::from_secs(60)), ..Question::new(text) };
    let mut out = Vec::new();
    let answer = store.ask(&question).and_then(|answer| answer.write(Syntax::Tsv, &mut out));
    answer.expect("the tests ask the same");
    out
}

fn bare(store: &oxigraph::store::Store, text: &str) -> Vec<u8> {
    let query = SparqlEvaluator::new().parse_query(text).expect("the tests ask the same");
    let QueryResults::Solutions(rows) = query.on_store(store).execute().expect("the tests ask the same") else {
        panic!("the questions are all SELECT");
    };
    let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Tsv);
    let written =
        serializer.serialize_solutions_to_writer(Vec::new(), rows.variables().to_vec()).and_then(|mut table| {
            rows.filter_map(Result::ok).try_for_each(|row| table.serialize(&row))?;
            table.finish()
        });
    written.expect("writing to memory cannot fail")
}

/// How many rows a table of tab-separated values has below its header.
fn rows(table: &[u8]) -> usize {
    table.iter().filter(|b| **b == b'\n').count() - 1
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let test = std::env::args().any(|a| a == "--test");
    let (nodes, statements) =
        if test { (100, 200) } else { (common::size("NODES", 5_000), common::size("STATEMENTS", 20_000)) };
    let graph = common::graph(nodes, statements);
    let view = graph.view();
    let mut quads = Vec::new();
    export::write(&view, Format::NQuads, &Options::default(), &mut quads).expect("writing to memory cannot fail");
    let pairs = [(); 2].map(|()| fill(&view, &quads));
    for question in competencies() {
        let mut best = [f64::MAX; 2];
        let mut found = Vec::new();
        for (store, other) in &pairs {
            // Each kind follows the other as often as itself, whose data are still in the cache.
            for kind in [0, 1, 1, 0].repeat(5) {
                let answer = || if kind == 0 { ours(store, question.text) } else { bare(other, question.text) };
                let (time, table) = timed(answer);
                best[kind] = best[kind].min(time);
                found.push(rows(&table));
            }
        }
        assert!(found.iter().all(|n| *n == found[0]), "{}", question.name);
        let [ours, theirs] = best;
        println!("{:15} {:7} rows {ours:9.2} ms, {:.2} times the bare store", question.name, found[0], ours / theirs);
    }
}

/// Our store and the bare one of the same graph.
fn fill(view: &View<'_>, quads: &[u8]) -> (Store, oxigraph::store::Store) {
    let (filled, store) = timed(|| Store::of(view, &Options::default()).expect("the default options are good"));
    let other = oxigraph::store::Store::new().expect("in memory nothing fails");
    let (parsed, loaded) = timed(|| other.load_from_slice(RdfFormat::NQuads, quads));
    loaded.expect("we write good N-Quads");
    println!("{} quads filled in {filled:.0} ms; oxigraph from N-Quads in {parsed:.0} ms", store.len());
    (store, other)
}
