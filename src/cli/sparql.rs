//! The SPARQL half of `newsgraph query`: the query from the command line or a file, its answer in any format.

use super::args::Outputs;
use super::output::{self, Target};
use crate::export::Options;
use crate::sparql::{Question, Store, Syntax, competencies};
use crate::{Error, KnowledgeGraph, Result, input};
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

/// What is asked, and of which RDF.
#[derive(Debug, clap::Args)]
pub struct Ask {
    /// A SPARQL query, or @FILE to read it from a file
    #[arg(value_name = "SPARQL", conflicts_with = "file")]
    query: Option<String>,
    /// Read the SPARQL query from FILE; - for standard input
    #[arg(long, value_name = "FILE", help_heading = "SPARQL")]
    file: Option<PathBuf>,
    /// Ask one of the questions that `newsgraph ontology questions` lists
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "file"], help_heading = "SPARQL")]
    question: Option<String>,
    /// Stop a SPARQL query that takes longer
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds, help_heading = "SPARQL")]
    time_limit: Duration,
}

impl Ask {
    /// Whether there is a query in SPARQL.
    pub fn is_asked(&self) -> bool {
        self.query.is_some() || self.file.is_some() || self.question.is_some()
    }

    /// Asks, and writes the answer to every target.
    pub fn run(&self, graph: &KnowledgeGraph, options: &Options, outputs: &Outputs) -> Result<()> {
        let targets = targets(outputs)?;
        let question = self.question()?;
        let store = Store::of(&graph.view(), options)?;
        for (target, syntax) in targets {
            let answer = store.ask(&question)?;
            let syntax = syntax.unwrap_or(answer.syntaxes()[0]);
            output::write(&target, |out| answer.write(syntax, out))?;
        }
        Ok(())
    }

    fn question(&self) -> Result<Question> {
        let (name, text) = self.named_text()?;
        Ok(Question { name, time: Some(self.time_limit), ..Question::new(text) })
    }

    /// The query, and where it stands if not on the command line.
    fn named_text(&self) -> Result<(String, String)> {
        if let Some(name) = &self.question {
            return Ok((name.clone(), competency(name)?));
        }
        let typed = self.query.as_deref().unwrap_or_default();
        let file = self.file.as_ref().map(|file| file.display().to_string());
        let file = file.or_else(|| typed.strip_prefix('@').map(str::to_owned));
        match file {
            Some(file) => Ok((file.clone(), read(&file)?)),
            None => Ok((String::new(), typed.to_owned())),
        }
    }
}

fn competency(name: &str) -> Result<String> {
    let all = competencies();
    let found = all.iter().find(|question| question.name == name);
    let names = || all.iter().map(|question| question.name).collect::<Vec<_>>().join(", ");
    let unknown = || Error::Usage(format!("there is no question {name}; there are {}", names()));
    Ok(found.ok_or_else(unknown)?.text.to_owned())
}

fn read(file: &str) -> Result<String> {
    let mut text = String::new();
    input::open_file(file)?.read_to_string(&mut text).map_err(|e| Error::io(file, e))?;
    Ok(text)
}

/// Where the answer goes; without a format it takes the one for people that suits it.
fn targets(outputs: &Outputs) -> Result<Vec<(Target, Option<Syntax>)>> {
    if let Some(name) = outputs.format.as_deref().filter(|name| Syntax::from_name(name).is_none()) {
        let names = |all: &[Syntax]| all.iter().map(|s| s.name()).collect::<Vec<_>>().join(", ");
        let (rows, triples) = (names(&Syntax::ROWS), names(&Syntax::TRIPLES));
        return Err(Error::Usage(format!("no answer is written as {name}; rows are as {rows}, graphs as {triples}")));
    }
    outputs.targets(|name| Syntax::from_name(name).map(Some), |end| Syntax::from_name(end).map(Some), None)
}

/// A time in seconds, such as 0.5.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    time.ok_or_else(|| "write a number of seconds above 0, such as 0.5".to_owned())
}
