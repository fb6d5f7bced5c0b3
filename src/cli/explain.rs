//! `newsgraph explain`: a statement with the sentences it stands in.

use super::Outcome;

use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph, as `build` wrote it in JSON
    #[arg(value_name = "GRAPH")]
    graph: String,
    /// The id of a statement or entity
    #[arg(value_name = "ID")]
    id: String,
}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph explain` is not part of this build".into()))
}
