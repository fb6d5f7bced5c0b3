//! `newsgraph merge`: readings of `extract` to one graph.

use super::Outcome;
use super::args::Outputs;
use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files of readings, JSON lines; - for standard input
    #[arg(required = true, value_name = "READING")]
    readings: Vec<String>,
    #[command(flatten)]
    outputs: Outputs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph merge` is not part of this build".into()))
}
