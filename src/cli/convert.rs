//! `newsgraph convert`: a graph in one format to another.

use super::Outcome;
use super::args::Outputs;
use super::show::{self, Show};
use crate::Result;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG; - for standard input
    #[arg(value_name = "GRAPH")]
    graph: String,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    show: Show,
}

/// Reads and writes.
pub fn run(args: Args) -> Result<Outcome> {
    let targets = args.show.check(&args.outputs)?;
    args.show.write(&show::load(&args.graph)?, &targets)?;
    Ok(Outcome::Done)
}
