//! `newsgraph view`: a graph as a page that opens in a browser, from disk and without a network.

use super::args::Inputs;
use super::output::{self, Target};
use super::progress::Progress;
use super::show::{self, Part};
use super::{Outcome, say};
use crate::explorer::{self, Options};
use crate::{KnowledgeGraph, Result};
use std::path::PathBuf;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG; - for standard input
    #[arg(value_name = "GRAPH")]
    graph: String,
    /// Write the page to FILE
    #[arg(short = 'o', long = "output", value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,
    /// The articles that the graph was made from, so that they can be read in the page: files, folders, patterns
    #[arg(long, value_name = "PATH", num_args = 1..)]
    articles: Vec<String>,
    /// What the corpus is called
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    part: Part,
}

/// Reads the graph and writes the page.
pub fn run(args: Args) -> Result<Outcome> {
    let mut options = Options::new(args.part.filter()?, args.title);
    let graph = show::load(&args.graph)?;
    let outcome = if args.articles.is_empty() { Outcome::Done } else { embed(&graph, args.articles, &mut options) };
    output::write(&Target::of_path(&args.file), |out| explorer::write_page(&graph, &options, out))?;
    Ok(outcome)
}

/// Gives the page the texts that belong to the graph, and says which do not.
pub(super) fn embed(graph: &KnowledgeGraph, paths: Vec<String>, options: &mut Options) -> Outcome {
    let mut progress = Progress::new("articles");
    for article in (Inputs { paths, max_size: Inputs::MAX_SIZE }).articles() {
        let Some(article) = progress.keep(article) else { continue };
        let id = article.id.clone();
        if !options.embed(graph, article) {
            say(&format!("{id}: left out, since no article of the graph has this text"));
        }
        progress.tick();
    }
    progress.finish()
}
