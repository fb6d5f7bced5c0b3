//! `newsgraph formats`: what can be written.

use super::Outcome;

use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs it.
pub fn run(args: Args) -> Result<Outcome> {
    let _ = args;
    Err(Error::Usage("`newsgraph formats` is not part of this build".into()))
}
