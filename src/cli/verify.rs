//! `newsgraph verify`: every quote of a graph checked against the articles.

use super::Outcome;
use super::args::Inputs;
use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph, as `build` wrote it in JSON
    #[arg(value_name = "GRAPH")]
    graph: String,
    #[command(flatten)]
    inputs: Inputs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph verify` is not part of this build".into()))
}
