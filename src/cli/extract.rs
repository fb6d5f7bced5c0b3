//! `newsgraph extract`: articles to readings, one a line, in input order.

use super::Outcome;
use super::args::{Inputs, Jobs, Knowledge};
use crate::{Error, Result};
use std::path::PathBuf;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Write to FILE (JSON lines) instead of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,
    #[command(flatten)]
    knowledge: Knowledge,
    #[command(flatten)]
    jobs: Jobs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph extract` is not part of this build".into()))
}
