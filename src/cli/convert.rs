//! `newsgraph convert`: a graph in one format to another.

use super::Outcome;
use super::args::Outputs;
use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph, as `build` wrote it in JSON
    #[arg(value_name = "GRAPH")]
    graph: String,
    #[command(flatten)]
    outputs: Outputs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph convert` is not part of this build".into()))
}
