//! `newsgraph build`: articles to one graph.

use super::Outcome;
use super::args::{Inputs, Jobs, Knowledge, Outputs};
use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    knowledge: Knowledge,
    #[command(flatten)]
    jobs: Jobs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph build` is not part of this build".into()))
}
