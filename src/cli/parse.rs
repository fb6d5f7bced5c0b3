//! `newsgraph parse`: sentences to CoNLL-U.

use super::Outcome;
use super::args::{Inputs, Jobs, Knowledge};
use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    knowledge: Knowledge,
    #[command(flatten)]
    jobs: Jobs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph parse` is not part of this build".into()))
}
