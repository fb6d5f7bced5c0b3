//! `newsgraph verify`: every quote of a graph checked against the articles.

use super::args::Inputs;
use super::output::{self, Target};
use super::progress::Progress;
use super::{Outcome, show};
use crate::Result;
use crate::graph::{Fault, Verifier};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG
    #[arg(value_name = "GRAPH")]
    graph: String,
    #[command(flatten)]
    inputs: Inputs,
}

/// Checks and lists what is wrong, one fault a line, and a line with the sum.
pub fn run(args: Args) -> Result<Outcome> {
    let graph = show::load(&args.graph)?;
    let mut verifier = Verifier::new(&graph);
    let mut progress = Progress::new("articles");
    let (mut checked, mut faults) = (0, Vec::new());
    for article in args.inputs.articles() {
        if let Some(article) = progress.keep(article) {
            let (quotes, wrong) = verifier.check(&article);
            checked += quotes;
            faults.extend(wrong);
            progress.tick();
        }
    }
    let missing =
        |id: &str| Fault { article: id.to_owned(), statement: None, message: "the article was not found".into() };
    faults.extend(verifier.missing().map(missing));
    let outcome = progress.finish();
    report(checked, &faults)?;
    Ok(if faults.is_empty() { outcome } else { Outcome::SomeFailed })
}

fn report(checked: usize, faults: &[Fault]) -> Result<()> {
    output::write(&Target::Stdout, |out| {
        for fault in faults {
            let statement = fault.statement.as_ref().map(|s| format!(" {s}")).unwrap_or_default();
            writeln!(out, "{}{statement}: {}", fault.article, fault.message)?;
        }
        writeln!(out, "{checked} quotes checked, {} faults", faults.len())?;
        Ok(())
    })
}
