//! How fast a large graph is written in each format, with how much memory, and how that compares with the bare serializers.
//!
//! `cargo bench --bench export` makes a graph from a seed (100,000 entities and 1,000,000 statements, or what `NODES` and
//! `STATEMENTS` say), writes every format to nowhere on one core, and prints bytes, processor seconds and MB/s, and how much the
//! process grew meanwhile. With `GRAPH=FILE.json` it also saves the graph, so that `scripts/compare_export.py` can time the
//! usual way in Python on the same; with `BARE=1` it gives the same quads to the Ox serializers alone (keep the graph small:
//! all quads are held in memory); with `FORMATS=ntriples,turtle` it writes only these.

#![allow(clippy::print_stdout, reason = "its result is what it prints")]

mod common;

use newsgraph::export::{self, Format, Options};
use newsgraph::graph::View;
use oxrdf::Quad;
use oxrdfio::{RdfFormat, RdfParser, RdfSerializer};
use std::io::{self, Write};

/// Counts what is written.
struct Count(u64);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = common::seconds();
    let out = work();
    println!("{what:28} {:7.2} s", common::seconds() - start);
    out
}

/// MiB of memory that the process holds now and held at most, where the system says so.
fn memory() -> (f64, f64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| status.lines().find_map(|l| l.strip_prefix(name)?.split_whitespace().next()?.parse().ok());
    let mib = |name| field(name).unwrap_or(0.0) / 1024.0;
    (mib("VmRSS:"), mib("VmHWM:"))
}

fn write(view: &View<'_>, format: Format, out: &mut dyn Write) {
    let written = match format.parts() {
        None => export::write(view, format, &Options::default(), out),
        Some(parts) => parts.iter().try_for_each(|part| export::write_part(view, format, part, out)),
    };
    written.expect("writing to nowhere cannot fail");
}

/// Bytes and seconds of some writing to nowhere, on a line.
fn line(name: &str, work: impl FnOnce(&mut Count)) {
    let (before, _) = memory();
    let (start, mut out) = (common::seconds(), Count(0));
    work(&mut out);
    let (seconds, mb) = (common::seconds() - start, out.0 as f64 / 1e6);
    let grown = memory().0 - before;
    println!("{name:12} {mb:9.1} MB {seconds:7.2} s {:7.1} MB/s {grown:+8.1} MiB", mb / seconds);
}

fn seconds(work: impl FnOnce(&mut Count)) -> f64 {
    let start = common::seconds();
    work(&mut Count(0));
    common::seconds() - start
}

/// The same quads through the Ox serializers alone.
fn bare(view: &View<'_>) {
    let mut text = Vec::new();
    write(view, Format::NQuads, &mut text);
    let parser = RdfParser::from_format(RdfFormat::NQuads).for_slice(&text);
    let quads: Vec<Quad> = parser.map(|q| q.expect("what we wrote is read")).collect();
    let mut turtle = Vec::new();
    write(view, Format::Turtle, &mut turtle);
    let turtle = String::from_utf8(turtle).expect("UTF-8");
    let prefix = |l: &str| {
        let (name, iri) = l.strip_prefix("@prefix ")?.split_once(": <")?;
        Some((name.to_owned(), iri.split('>').next()?.to_owned()))
    };
    let prefixes: Vec<(String, String)> = turtle.lines().take(40).filter_map(prefix).collect();
    for (format, syntax) in [
        (Format::Turtle, RdfFormat::Turtle),
        (Format::TriG, RdfFormat::TriG),
        (Format::NTriples, RdfFormat::NTriples),
        (Format::NQuads, RdfFormat::NQuads),
        (Format::RdfXml, RdfFormat::RdfXml),
    ] {
        let serialize = |out: &mut Count| {
            let serializer = prefixes.iter().fold(RdfSerializer::from_format(syntax), |s, (name, iri)| {
                s.with_prefix(name, iri).expect("a prefix that was read")
            });
            let mut serializer = serializer.for_writer(io::BufWriter::with_capacity(1 << 16, out));
            quads.iter().for_each(|q| serializer.serialize_quad(q).expect("writing to nowhere cannot fail"));
            serializer.finish().and_then(|mut out| out.flush()).expect("writing to nowhere cannot fail");
        };
        // In turns, and the best of each, since the machine does other work as well.
        let turns = (0..9).map(|_| (seconds(serialize), seconds(|out| write(view, format, out))));
        let (theirs, ours) = turns.fold((f64::MAX, f64::MAX), |best, turn| (best.0.min(turn.0), best.1.min(turn.1)));
        println!("{format}: {ours:.2} s, {:.2} times the bare serializer", ours / theirs);
    }
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let test = std::env::args().any(|a| a == "--test");
    let (nodes, statements) =
        if test { (100, 1000) } else { (common::size("NODES", 100_000), common::size("STATEMENTS", 1_000_000)) };
    let graph = timed("make and merge", || common::graph(nodes, statements));
    println!("{} entities, {} statements", graph.entity_count(), graph.statement_count());
    let view = timed("order for output", || graph.view());
    println!("{:.0} MiB", memory().0);
    let wanted = std::env::var("FORMATS").ok();
    let is_wanted = |f: &&Format| wanted.as_deref().is_none_or(|w| w.split(',').any(|name| name == f.name()));
    for &format in Format::ALL.iter().filter(is_wanted) {
        line(format.name(), |out| write(&view, format, out));
    }
    println!("{:.0} MiB at most", memory().1);
    if let Some(path) = std::env::var_os("GRAPH") {
        let mut file = std::fs::File::create(path).expect("GRAPH names a file that can be written");
        export::write(&view, Format::Json, &Options::default(), &mut file).expect("the graph can be saved");
    }
    if std::env::var_os("BARE").is_some() {
        bare(&view);
    }
}
