//! `newsgraph extract`: articles to readings, one a line, in input order.

use super::Outcome;
use super::args::{Inputs, Jobs, Knowledge};
use super::output::{self, Target};
use super::progress::Progress;
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

/// Reads the articles and writes each reading as soon as those before it are written.
pub fn run(args: Args) -> Result<Outcome> {
    let pipeline = args.knowledge.pipeline()?;
    let mut progress = Progress::new("articles");
    let articles = args.inputs.articles();
    args.jobs.run(|| {
        output::write(&Target::of_path(&args.file), |out| {
            for reading in pipeline.read_all(articles.filter_map(|a| progress.keep(a))) {
                serde_json::to_writer(&mut *out, &reading).map_err(|e| Error::Write(e.into()))?;
                out.write_all(b"\n").map_err(Error::Write)?;
            }
            Ok(())
        })
    })??;
    Ok(progress.finish())
}
