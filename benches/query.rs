//! How fast a large graph is loaded, indexed and asked.
//!
//! `cargo bench --bench query` makes a graph from a seed (100,000 entities and 1,000,000 statements, or what `NODES` and
//! `STATEMENTS` say), prints how long its interchange JSON takes to load beside what `serde_json` needs to parse the same
//! bytes into plain structs, and how long each question takes once the index is there: the median of eleven runs. All by the
//! clock, since loading uses a second core where there is one.

#![allow(clippy::print_stdout, reason = "its result is what it prints")]
#![allow(dead_code, reason = "plain structs are parsed, not read")]

mod common;

use newsgraph::graph::{read_json, write_json};
use newsgraph::query::{Ask, Index, Query};
use serde::Deserialize;
use std::time::{Duration, Instant};

/// The interchange JSON as a program would read it that does nothing but read it.
#[derive(Deserialize)]
struct PlainGraph {
    nodes: Vec<PlainNode>,
    edges: Vec<PlainEdge>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlainNode {
    id: String,
    #[serde(rename = "type")]
    entity_type: String,
    kind: Option<String>,
    label: String,
    aliases: Vec<String>,
    named: bool,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    same_as: Vec<String>,
    mentions: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlainEdge {
    key: String,
    source: String,
    target: String,
    #[serde(rename = "type")]
    predicate: String,
    status: String,
    negated: bool,
    claimed_by: Vec<String>,
    denied_by: Vec<String>,
    time: Option<PlainTime>,
    place: Option<String>,
    weapon: Vec<String>,
    cameo: Option<String>,
    plover: Option<String>,
    about: Option<String>,
    confidence: f64,
    sources: usize,
    evidence: Vec<PlainEvidence>,
}

#[derive(Deserialize)]
struct PlainTime {
    start: Option<String>,
    end: Option<String>,
    granularity: String,
}

#[derive(Deserialize)]
struct PlainEvidence {
    article: String,
    start: usize,
    end: usize,
    quote: String,
    rule: String,
    stance: String,
    confidence: f64,
    trigger: PlainQuoted,
    subject: Option<PlainQuoted>,
    object: Option<PlainQuoted>,
    speaker: Option<String>,
    cue: Option<PlainQuoted>,
}

#[derive(Deserialize)]
struct PlainQuoted {
    start: usize,
    end: usize,
    text: String,
}

/// The result of some work, and its seconds.
fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let out = work();
    let took = start.elapsed().as_secs_f64();
    println!("{what:44} {:10.3} ms", took * 1e3);
    (out, took)
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let test = std::env::args().any(|a| a == "--test");
    let (nodes, statements) =
        if test { (100, 1000) } else { (common::size("NODES", 100_000), common::size("STATEMENTS", 1_000_000)) };
    let mut json = Vec::new();
    write_json(&common::graph(nodes, statements).view(), &mut json).expect("a vector takes all");
    println!("{nodes} entities, {statements} statements, {:.0} MB of JSON", json.len() as f64 / 1e6);
    let (plain, parsed) =
        timed("serde_json into plain structs", || serde_json::from_slice::<PlainGraph>(&json).expect("our own JSON"));
    drop(plain);
    let (graph, loaded) = timed("read_json", || read_json("bench.json", json.as_slice()).expect("our own JSON"));
    println!("{:44} {:10.2} times", "", loaded / parsed);
    drop(json);
    let (index, _) = timed("index", || Index::new(&graph));
    for (what, query) in questions() {
        let mut runs: Vec<(Duration, usize)> = (0..11)
            .map(|_| {
                let start = Instant::now();
                let found = index.select(&query).expect("the generator makes these names").len();
                (start.elapsed(), found)
            })
            .collect();
        runs.sort();
        let (median, found) = runs[runs.len() / 2];
        println!("{what:44} {:10.3} ms {found:9} statements", median.as_secs_f64() * 1e3);
    }
    for (what, ask) in
        [("PageRank and betweenness", Ask::Central), ("communities", Ask::Communities), ("balance", Ask::Balance)]
    {
        timed(what, || {
            index.ask(&Query { ask, limit: Some(20), ..Query::default() }).expect("it is asked for nothing else")
        });
    }
}

/// Patterns that name much and little.
fn questions() -> Vec<(&'static str, Query)> {
    let one = |word: &str| vec![word.to_owned()];
    let october = || Query { since: Some("2020-10-01".into()), until: Some("2020-10-31".into()), ..Query::default() };
    vec![
        ("--from the most frequent", Query { from: one("Name Number 0"), ..Query::default() }),
        (
            "--from --relation --since --min-confidence",
            Query {
                from: one("Name Number 0"),
                relation: one("condemned"),
                status: one("claimed"),
                min_confidence: 0.7,
                ..october()
            },
        ),
        ("--with two", Query { with: vec!["Name Number 0".into(), "Name Number 1".into()], ..Query::default() }),
        ("--relation", Query { relation: one("condemned"), ..Query::default() }),
        ("--to type:State", Query { to: one("type:State"), ..Query::default() }),
        ("--claimed-by", Query { claimed_by: one("Name Number 0"), ..Query::default() }),
        ("--since --until", october()),
        ("--status disputed", Query { status: one("disputed"), ..Query::default() }),
        ("everything", Query::default()),
    ]
}
