//! `newsgraph merge`: readings of `extract` to one graph.

use super::Outcome;
use super::args::Outputs;
use super::progress::Progress;
use super::show::Show;
use crate::{Error, KnowledgeGraph, Reading, Result, input};
use std::io::{BufRead, BufReader};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files of readings, JSON lines, also as .gz and .zst; - for standard input
    #[arg(required = true, value_name = "READING")]
    readings: Vec<String>,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    show: Show,
}

/// Merges and writes.
pub fn run(args: Args) -> Result<Outcome> {
    let targets = args.show.check(&args.outputs)?;
    let mut progress = Progress::new("readings");
    let mut graph = KnowledgeGraph::new();
    let lines = args.readings.iter().flat_map(|path| readings(path));
    graph.extend(lines.filter_map(|reading| {
        progress.tick();
        progress.keep(reading)
    }));
    args.show.write(&graph, &targets)?;
    Ok(progress.finish())
}

/// The readings of a file; a line that is none is an error of its own.
fn readings(path: &str) -> Box<dyn Iterator<Item = Result<Reading>> + '_> {
    let file = match input::open_file(path) {
        Ok(file) => BufReader::new(file),
        Err(error) => return Box::new(std::iter::once(Err(error))),
    };
    let lines = (1..).zip(file.split(b'\n'));
    Box::new(lines.filter_map(move |(number, line)| match line {
        Err(error) => Some(Err(Error::io(path, error))),
        Ok(line) if line.trim_ascii().is_empty() => None,
        Ok(line) => Some(serde_json::from_slice(&line).map_err(|e| {
            Error::syntax(path, number, format!("this is not a reading as `newsgraph extract` writes it: {e}"))
        })),
    }))
}
