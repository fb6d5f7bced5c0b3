//! How fast a large graph is loaded for SPARQL, and how fast the competency questions are answered, beside the bare store.
//!
//! `cargo bench --bench sparql` makes a graph from a seed (5,000 entities and 20,000 statements, or what `NODES` and
//! `STATEMENTS` say), fills the store, and answers each question of `ontology/questions` nine times in turns with the bare
//! store; the best of each counts. The bare store is oxigraph's own, filled from N-Quads; both write their answers as TSV.

#![allow(clippy::print_stdout, reason = "its result is what it prints")]

mod common;

use newsgraph::export::{self, Format, Options};
use newsgraph::sparql::{Question, Store, Syntax, competencies};
use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use std::time::{Duration, Instant};

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let out = work();
    (start.elapsed(), out)
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
    let (filled, store) = timed(|| Store::of(&view, &Options::default()).expect("the default options are good"));
    println!("{} statements, {} quads", graph.statement_count(), store.len());
    let mut quads = Vec::new();
    export::write(&view, Format::NQuads, &Options::default(), &mut quads).expect("writing to memory cannot fail");
    let other = oxigraph::store::Store::new().expect("in memory nothing fails");
    let (parsed, loaded) = timed(|| other.load_from_slice(RdfFormat::NQuads, &quads));
    loaded.expect("we write good N-Quads");
    println!("filled in {:.2} s; oxigraph from N-Quads in {:.2} s", filled.as_secs_f64(), parsed.as_secs_f64());
    for question in competencies() {
        let mut best = [f64::MAX; 2];
        let mut found = 0;
        for _ in 0..9 {
            let (our_time, table) = timed(|| ours(&store, question.text));
            let (bare_time, same) = timed(|| bare(&other, question.text));
            found = rows(&table);
            assert_eq!(found, rows(&same), "{}", question.name);
            best = [best[0].min(our_time.as_secs_f64() * 1e3), best[1].min(bare_time.as_secs_f64() * 1e3)];
        }
        let [ours, theirs] = best;
        println!("{:15} {found:7} rows {ours:9.2} ms, {:.2} times the bare store", question.name, ours / theirs);
    }
}
