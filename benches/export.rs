//! How fast a large graph is written in each format, and merged and read.
//!
//! `cargo bench --bench export` makes a graph from a seed (100,000 entities and 1,000,000 statements, or what `NODES` and
//! `STATEMENTS` say), writes every format to nowhere on one core, and prints bytes, seconds and MB/s. With `GRAPH=FILE.json`
//! it also saves the graph, so that `scripts/compare_export.py` can time the usual way in Python on the same.

#![allow(clippy::print_stdout, reason = "its result is what it prints")]

mod common;

use newsgraph::export::{self, Format, Options};
use std::io::{self, Write};
use std::time::Instant;

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
    let start = Instant::now();
    let out = work();
    println!("{what:28} {:7.2} s", start.elapsed().as_secs_f64());
    out
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let test = std::env::args().any(|a| a == "--test");
    let (nodes, statements) =
        if test { (100, 1000) } else { (common::size("NODES", 100_000), common::size("STATEMENTS", 1_000_000)) };
    let graph = timed("make and merge", || common::graph(nodes, statements));
    println!("{} entities, {} statements", graph.entity_count(), graph.statement_count());
    let view = timed("order for output", || graph.view());
    for &format in Format::ALL {
        let mut out = Count(0);
        let start = Instant::now();
        let written = match format.parts() {
            None => export::write(&view, format, &Options::default(), &mut out),
            Some(parts) => parts.iter().try_for_each(|part| export::write_part(&view, format, part, &mut out)),
        };
        written.expect("writing to nowhere cannot fail");
        let (seconds, mb) = (start.elapsed().as_secs_f64(), out.0 as f64 / 1e6);
        println!("{:12} {mb:9.1} MB {seconds:7.2} s {:7.1} MB/s", format.name(), mb / seconds);
    }
    if let Some(path) = std::env::var_os("GRAPH") {
        let mut file = std::fs::File::create(path).expect("GRAPH names a file that can be written");
        export::write(&view, Format::Json, &Options::default(), &mut file).expect("the graph can be saved");
    }
}
