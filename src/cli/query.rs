//! `newsgraph query`: asks a graph.

use super::args::Outputs;
use super::sparql::Ask;
use super::{Outcome, show};
use crate::{Error, Result};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG; - for standard input
    #[arg(value_name = "GRAPH")]
    graph: String,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    outputs: Outputs,
}

/// Asks and writes the answer.
pub fn run(args: Args) -> Result<Outcome> {
    if !args.ask.is_asked() {
        return Err(Error::Usage(
            "nothing is asked; give a SPARQL query, @FILE, --file FILE or --question NAME".into(),
        ));
    }
    args.ask.run(&show::load(&args.graph)?, &args.outputs)?;
    Ok(Outcome::Done)
}
