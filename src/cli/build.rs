//! `newsgraph build`: articles to one graph.

use super::Outcome;
use super::args::{Inputs, Jobs, Knowledge, Outputs};
use super::progress::Progress;
use super::show::Show;
use crate::{KnowledgeGraph, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    show: Show,
    #[command(flatten)]
    knowledge: Knowledge,
    #[command(flatten)]
    jobs: Jobs,
}

/// Reads, merges and writes.
pub fn run(args: Args) -> Result<Outcome> {
    let targets = args.show.check(&args.outputs)?;
    let pipeline = args.knowledge.pipeline()?;
    let mut progress = Progress::new("articles");
    let mut graph = KnowledgeGraph::new();
    args.jobs.run(|| {
        let articles = args.inputs.articles().filter_map(|a| progress.keep(a));
        graph.extend(pipeline.read_all(articles));
    })?;
    args.show.write(&graph, &targets)?;
    Ok(progress.finish())
}
