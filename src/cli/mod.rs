//! The `newsgraph` program: what was typed becomes a [`Cli`], each subcommand runs in a file of its own, and the outcome
//! becomes the exit code.
//!
//! Nothing but results goes to standard output; messages and progress go to standard error. Exit codes: 0 all well,
//! 1 some input failed, 2 usage. A reader that goes away (`| head`) ends the program quietly.

pub mod args;
pub mod output;
pub mod progress;
pub mod show;
pub mod table;

mod articles;
mod build;
mod bundle;
mod convert;
mod explain;
mod extract;
mod formats;
mod merge;
mod ontology;
mod parse;
mod picture;
mod query;
#[cfg(feature = "serve")]
mod serve;
mod shell;
#[cfg(feature = "sparql")]
mod sparql;
mod stats;
mod verify;
#[cfg(feature = "explorer")]
mod view;

use crate::{Error, Result};
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "newsgraph", version, about, long_about = None, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Read articles into one knowledge graph
    Build(build::Args),
    /// Read articles into one JSON reading a line; nothing is merged
    Extract(extract::Args),
    /// Merge readings of `extract` into one graph
    Merge(merge::Args),
    /// Ask a graph by pattern or in SPARQL: statements, timelines, disputes, paths, who matters, and more
    Query(Box<query::Args>),
    /// Show a graph in numbers: counts, actors, pairs, disputes, events by day
    Stats(stats::Args),
    /// Show a statement of a graph with the sentences it stands in
    Explain(explain::Args),
    /// Check every quote of a graph against the articles
    Verify(verify::Args),
    /// Show a graph in the browser and answer SPARQL over HTTP
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Write a graph in another format
    Convert(convert::Args),
    /// Write a page in which a graph is looked at in a browser
    #[cfg(feature = "explorer")]
    View(view::Args),
    /// Analyse sentences: tokens, tags, dependencies and names as CoNLL-U
    Parse(parse::Args),
    /// Write the articles as they are read, one JSON record a line
    Articles(articles::Args),
    /// List the formats that can be written
    Formats(formats::Args),
    /// Print the ontology that the graphs follow
    Ontology(ontology::Args),
    /// Print completions for a shell
    Completions(shell::Completions),
    /// Print the man page, or write those of all commands
    Man(shell::Man),
}

impl Command {
    fn run(self) -> Result<Outcome> {
        match self {
            Command::Build(args) => build::run(args),
            Command::Extract(args) => extract::run(args),
            Command::Merge(args) => merge::run(args),
            Command::Query(args) => query::run(*args),
            Command::Stats(args) => stats::run(args),
            Command::Explain(args) => explain::run(args),
            Command::Verify(args) => verify::run(args),
            #[cfg(feature = "serve")]
            Command::Serve(args) => serve::run(args),
            Command::Convert(args) => convert::run(args),
            #[cfg(feature = "explorer")]
            Command::View(args) => view::run(args),
            Command::Parse(args) => parse::run(args),
            Command::Articles(args) => articles::run(args),
            Command::Formats(args) => formats::run(args),
            Command::Ontology(args) => ontology::run(args),
            Command::Completions(args) => shell::completions(args),
            Command::Man(args) => shell::man(args),
        }
    }
}

/// How a subcommand ended, if it did not fail as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// All well.
    Done,
    /// Some input failed and was named; the rest was done.
    SomeFailed,
}

const SOME_FAILED: u8 = 1;
const USAGE: u8 = 2;

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // clap prints help and version to stdout and ends well, and usage errors to stderr.
        Err(error) => {
            let code = if error.use_stderr() { USAGE } else { 0 };
            return error.print().map_or(ExitCode::SUCCESS, |()| ExitCode::from(code));
        }
    };
    match cli.command.run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(SOME_FAILED),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            say(&error);
            ExitCode::from(if matches!(error, Error::Usage(_) | Error::Query(_)) { USAGE } else { SOME_FAILED })
        }
    }
}

/// Says a message on standard error; that nobody reads it is no reason to stop.
fn say(message: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "newsgraph: {message}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
