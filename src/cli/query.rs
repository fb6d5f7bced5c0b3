//! `newsgraph query`: questions to a graph, answered as a table, CSV, JSON, or the part of the graph that answers them.

use super::args::Outputs;
use super::output::{self, Target};
use super::show::{self, Show};
use super::table::{Align, Screen, Table, Tone};
use super::{Outcome, say};
use crate::export::Format;
use crate::graph::{KnowledgeGraph, View};
use crate::query::{Answer, Ask, Cell, Index, Measure, Query};
use crate::vocab::Status;
use crate::{Error, Result};
use std::io::Write;
use std::path::PathBuf;

/// What was typed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG; - for standard input
    #[arg(value_name = "GRAPH")]
    graph: String,
    #[cfg(feature = "sparql")]
    #[command(flatten)]
    sparql: super::sparql::Ask,
    /// Statements whose subject this is: an id, a name in any spelling, or type:State, kind:city, country:AZE
    #[arg(long, value_name = "ENTITY", help_heading = PATTERN)]
    from: Vec<String>,
    /// Statements whose object this is; beside a SPARQL query, the format of its answer
    #[arg(long, value_name = "ENTITY", help_heading = PATTERN)]
    to: Vec<String>,
    /// Statements with this at either end; given twice, those between the two
    #[arg(long, value_name = "ENTITY", help_heading = PATTERN)]
    with: Vec<String>,
    /// Statements of what happened there
    #[arg(long, value_name = "ENTITY", help_heading = PATTERN)]
    place: Vec<String>,
    /// Statements of what was done with this weapon
    #[arg(long, value_name = "ENTITY", help_heading = PATTERN)]
    weapon: Vec<String>,
    /// Statements that this one asserts
    #[arg(long, value_name = "ENTITY", help_heading = PATTERN)]
    claimed_by: Vec<String>,
    /// Statements that this one denies
    #[arg(long, value_name = "ENTITY", help_heading = PATTERN)]
    denied_by: Vec<String>,
    /// So many rows at most
    #[arg(long, value_name = "N", help_heading = PATTERN)]
    limit: Option<usize>,
    #[command(flatten)]
    asked: Asked,
    /// Write the statements behind the answer, with their entities, to FILE: a graph in the format of its extension
    #[arg(short = 'o', long = "output", value_name = "FILE", help_heading = OUTPUT)]
    files: Vec<PathBuf>,
    /// The answer as table, csv or json, that of SPARQL also as its formats; or the graph behind it in any format of `newsgraph formats`
    #[arg(short = 'f', long, value_name = "FORMAT", help_heading = OUTPUT)]
    format: Option<String>,
    #[command(flatten)]
    show: Show,
}

const PATTERN: &str = "Which statements";
const QUESTION: &str = "What is asked of them (a list of them if nothing)";
const OUTPUT: &str = "How it is answered";

const EXAMPLES: &str = "\
Examples:
  newsgraph query graph.json --from Turkey --relation condemned --since 2020-10-01 --min-confidence .7
  newsgraph query graph.json --relation attacked --to kind:city --format csv
  newsgraph query graph.json --with Armenia --with Azerbaijan --timeline
  newsgraph query graph.json --from \"Ilham Aliyev\" --to Moscow --path
  newsgraph query graph.json --disputed
  newsgraph query graph.json 'SELECT ?who WHERE { ?who ng:condemned ?whom }' --format json
  newsgraph query graph.json --focus Barda --hops 2 -o around-barda.graphml";

/// What is asked of the statements that match. What counts something counts only what is reported or claimed, unless
/// --status says otherwise.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Asked {
    /// In order of time
    #[arg(long, help_heading = QUESTION)]
    timeline: bool,
    /// Those that are disputed, with what each side says
    #[arg(long, help_heading = QUESTION)]
    disputed: bool,
    /// Who is connected with the entities named, and how
    #[arg(long, help_heading = QUESTION)]
    neighbours: bool,
    /// The shortest paths from --from to --to, over statements in either direction
    #[arg(long, help_heading = QUESTION)]
    path: bool,
    /// All paths from --from to --to, of at most --hops edges (3)
    #[arg(long, help_heading = QUESTION)]
    paths: bool,
    /// The most central entities
    #[arg(long, value_name = "MEASURE", num_args = 0..=1, default_missing_value = "pagerank", help_heading = QUESTION)]
    central: Option<Measure>,
    /// Who stands with whom
    #[arg(long, help_heading = QUESTION)]
    communities: bool,
    /// Conflict and cooperation by pair of actors, on the Goldstein scale
    #[arg(long, help_heading = QUESTION)]
    balance: bool,
    /// Who is named together without a statement between them
    #[arg(long, help_heading = QUESTION)]
    cooccur: bool,
}

impl Asked {
    fn ask(&self) -> Ask {
        match self {
            Asked { timeline: true, .. } => Ask::Timeline,
            Asked { disputed: true, .. } => Ask::Disputed,
            Asked { neighbours: true, .. } => Ask::Neighbours,
            Asked { path: true, .. } => Ask::Shortest,
            Asked { paths: true, .. } => Ask::Paths,
            Asked { central: Some(_), .. } => Ask::Central,
            Asked { communities: true, .. } => Ask::Communities,
            Asked { balance: true, .. } => Ask::Balance,
            Asked { cooccur: true, .. } => Ask::Together,
            _ => Ask::Statements,
        }
    }
}

/// How an answer is written, where no part of the graph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Table,
    Csv,
    Json,
}

/// Rows of a table where no limit is given.
const ROWS: usize = 50;

/// Asks and writes.
pub fn run(args: Args) -> Result<Outcome> {
    #[cfg(feature = "sparql")]
    if args.sparql.is_asked() {
        return args.ask_sparql();
    }
    args.check()?;
    let shape = args.shape();
    let query = args.query(shape);
    let outputs = Outputs { files: args.files.clone(), format: args.format.clone() };
    let parts = if shape.is_none() { args.show.check(&outputs)? } else { Vec::new() };
    let graph = show::load(&args.graph)?;
    let answer = Index::new(&graph).ask(&query)?;
    match shape {
        Some(shape) => output::write(&Target::Stdout, |out| write(&answer, &graph, shape, out))?,
        None => args.show.write_view(&View::of(&graph, answer.edges.iter().copied(), args.show.collapse), &parts)?,
    }
    if shape == Some(Shape::Table) {
        notes(&answer).iter().for_each(|note| say(note));
    }
    Ok(Outcome::Done)
}

impl Args {
    /// A query in SPARQL stands for itself: `--to` is the format, as with every other command.
    #[cfg(feature = "sparql")]
    fn ask_sparql(&self) -> Result<Outcome> {
        let format = self.format.clone().or_else(|| self.to.last().cloned());
        let outputs = Outputs { files: self.files.clone(), format };
        self.sparql.run(&show::load(&self.graph)?, &self.show.options()?, &outputs)?;
        Ok(Outcome::Done)
    }

    /// Elsewhere `--to` is the format; here it is whom.
    fn check(&self) -> Result<()> {
        let format = |to: &&String| matches!(to.as_str(), "table" | "csv" | "json") || Format::from_name(to).is_some();
        self.to.iter().find(format).map_or(Ok(()), |to| {
            let message = format!("--to says to whom a statement points; the form of the answer is --format {to}");
            Err(Error::Usage(message))
        })
    }

    /// The shape of the answer, or none where the graph behind it is to be written.
    fn shape(&self) -> Option<Shape> {
        match self.format.as_deref().unwrap_or("table").to_ascii_lowercase().as_str() {
            _ if !self.files.is_empty() => None,
            "table" => Some(Shape::Table),
            "csv" => Some(Shape::Csv),
            "json" => Some(Shape::Json),
            _ => None,
        }
    }

    fn query(&self, shape: Option<Shape>) -> Query {
        let ask = self.asked.ask();
        // Paths have a limit of their own.
        let rows = (shape == Some(Shape::Table) && !ask.is_path()).then_some(ROWS);
        Query {
            ask,
            measure: self.asked.central.unwrap_or_default(),
            from: self.from.clone(),
            to: self.to.clone(),
            with: self.with.clone(),
            place: self.place.clone(),
            weapon: self.weapon.clone(),
            claimed_by: self.claimed_by.clone(),
            denied_by: self.denied_by.clone(),
            limit: self.limit.or(rows),
            ..self.show.query()
        }
    }
}

fn write(answer: &Answer, graph: &KnowledgeGraph, shape: Shape, out: &mut dyn Write) -> Result<()> {
    match shape {
        Shape::Csv => answer.write_csv(graph, out),
        Shape::Json => answer.write_json(graph, out),
        Shape::Table if answer.rows.is_empty() => Ok(()),
        Shape::Table => Ok(table(answer, graph, |_| true).write(Screen::stdout(), out)?),
    }
}

/// The columns for people that are wanted and have something to say.
pub(super) fn table(answer: &Answer, graph: &KnowledgeGraph, wanted: impl Fn(&str) -> bool) -> Table {
    let columns = answer.columns.iter().enumerate().filter(|(_, c)| wanted(c.name));
    let shown: Vec<(usize, &str)> = columns.filter_map(|(i, c)| Some((i, c.heading?))).collect();
    let align = |i: usize| match answer.rows.iter().any(|row| row[i].is_number()) {
        true => Align::Right,
        false => Align::Left,
    };
    let mut table = Table::new(shown.iter().map(|&(i, heading)| (heading.to_owned(), align(i))));
    for row in &answer.rows {
        table.push(shown.iter().map(|&(i, _)| (row[i].text(graph), tone(&row[i]))));
    }
    table.drop_empty();
    table
}

fn tone(cell: &Cell) -> Tone {
    match cell {
        Cell::Statement(_) => Tone::Faint,
        Cell::Status(Status::Reported) => Tone::Good,
        Cell::Status(Status::Disputed) => Tone::Doubtful,
        Cell::Status(Status::Denied) => Tone::Bad,
        Cell::Status(Status::Hypothetical) => Tone::Faint,
        _ => Tone::Plain,
    }
}

fn notes(answer: &Answer) -> Vec<String> {
    let shown = answer.rows.len();
    let cut = || format!("{shown} of {} rows; --limit N shows more", answer.total);
    let none = || "nothing in the graph matches".to_owned();
    let first = (shown == 0).then(none).or_else(|| (shown < answer.total).then(cut));
    first.into_iter().chain(answer.notes.iter().cloned()).collect()
}
