//! Answers: a table of typed cells, so that each output can show an entity or a statement in its own way, and the
//! statements behind it.

use super::pattern::Ask;
use crate::error::{Error, Result};
use crate::graph::KnowledgeGraph;
use crate::model::{Entity, Evidence, Name, Statement, Time};
use crate::ontology::Ontology;
use crate::vocab::Status;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeSet;
use std::io::Write;

/// What a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub ask: Ask,
    /// What the cells of each row are.
    pub columns: &'static [Column],
    /// The rows, in an order that depends on nothing but the graph and the query.
    pub rows: Vec<Vec<Cell>>,
    /// How many rows there were before the limit.
    pub total: usize,
    /// The statements that the answer rests on, in order of subject, predicate, object and id.
    pub edges: Vec<EdgeIndex>,
    /// What a reader should know: what was left out, and how to have it.
    pub notes: Vec<String>,
}

/// A column of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in CSV and JSON.
    pub name: &'static str,
    /// Its heading in a table; none if it is left out there.
    pub heading: Option<&'static str>,
}

/// A column that tables show.
pub(super) const fn column(name: &'static str, heading: &'static str) -> Column {
    Column { name, heading: Some(heading) }
}

/// A column for programs.
pub(super) const fn data(name: &'static str) -> Column {
    Column { name, heading: None }
}

/// A cell of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    None,
    /// An entity.
    Entity(NodeIndex),
    /// Several entities.
    Entities(Vec<NodeIndex>),
    /// A predicate, and whether it is negated.
    Predicate(Name, bool),
    /// A statement, by its id.
    Statement(Name),
    /// A status.
    Status(Status),
    /// When.
    Time(Option<Time>),
    /// Sentences with who says them.
    Said(Vec<Evidence>),
    /// Words.
    Text(String),
    /// A number of things.
    Count(usize),
    /// A measure.
    Number(f64),
}

impl Cell {
    /// As text for people: labels for entities, few digits.
    pub fn text(&self, graph: &KnowledgeGraph) -> String {
        match self {
            Cell::None | Cell::Time(None) => String::new(),
            Cell::Entity(node) => graph.inner()[*node].label.clone(),
            Cell::Entities(nodes) => join(nodes.iter().map(|n| graph.inner()[*n].label.as_str()), ", "),
            Cell::Predicate(name, negated) => {
                let label = Ontology::builtin().get(name).map_or(&**name, |p| &p.label);
                if *negated { format!("not {label}") } else { label.to_owned() }
            }
            // Enough of it for `explain`.
            Cell::Statement(id) => id.chars().take(10).collect(),
            Cell::Status(status) => status.to_string(),
            Cell::Time(Some(time)) => time_text(time),
            Cell::Said(evidence) => join(evidence.iter().map(|e| said(graph, e)), "\n"),
            Cell::Text(text) => text.clone(),
            Cell::Count(n) => n.to_string(),
            Cell::Number(x) if *x != 0.0 && x.abs() < 0.1 => format!("{x:.4}"),
            Cell::Number(x) => format!("{x:.2}"),
        }
    }

    /// As text for programs: ids for entities, all digits.
    pub fn id_text(&self, graph: &KnowledgeGraph) -> String {
        match self {
            Cell::Entity(node) => graph.inner()[*node].id.to_string(),
            Cell::Entities(nodes) => join(nodes.iter().map(|n| &*graph.inner()[*n].id), " "),
            Cell::Predicate(name, _) => name.to_string(),
            Cell::Statement(id) => id.to_string(),
            Cell::Number(x) => x.to_string(),
            _ => self.text(graph),
        }
    }

    /// Whether it is a number, which a table sets right.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Count(_) | Cell::Number(_))
    }
}

fn join(parts: impl Iterator<Item = impl AsRef<str>>, separator: &str) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push_str(separator);
        }
        out.push_str(part.as_ref());
    }
    out
}

/// A day, or the first and last.
pub(super) fn time_text(time: &Time) -> String {
    match (time.start.as_deref(), time.end.as_deref()) {
        (Some(a), Some(b)) if a == b => a.to_owned(),
        (a, b) => format!("{} to {}", a.unwrap_or("…"), b.unwrap_or("…")),
    }
}

/// A sentence with who says it where: `Hikmet Hajiyev (wire-1): “Armenian forces hit Barda.”`
fn said(graph: &KnowledgeGraph, e: &Evidence) -> String {
    let speaker = e.speaker.as_ref().and_then(|id| graph.entity(id)).map(|e| e.label.as_str());
    let article = graph.article(&e.article);
    let newsroom = article.and_then(|a| a.source.as_deref()).unwrap_or(&e.article);
    let who = speaker.map_or_else(|| newsroom.to_owned(), |speaker| format!("{speaker} ({newsroom})"));
    format!("{who}: “{}”", e.quote.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Answer {
    /// Keeps so many rows at most.
    pub(super) fn limited(mut self, limit: Option<usize>) -> Answer {
        self.total = self.rows.len();
        self.rows.truncate(limit.unwrap_or(usize::MAX));
        self
    }

    /// Writes the table as CSV: entities by id, with their labels in a column after it.
    pub fn write_csv(&self, graph: &KnowledgeGraph, out: &mut dyn Write) -> Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        let labelled: Vec<bool> = (0..self.columns.len()).map(|i| self.has_labels(i)).collect();
        let mut head = Vec::new();
        for (column, labelled) in self.columns.iter().zip(&labelled) {
            head.push(column.name.to_owned());
            head.extend(labelled.then(|| format!("{}Label", column.name)));
        }
        csv.write_record(&head).map_err(write_error)?;
        for row in &self.rows {
            for (cell, labelled) in row.iter().zip(&labelled) {
                csv.write_field(cell.id_text(graph)).map_err(write_error)?;
                if *labelled {
                    csv.write_field(cell.text(graph)).map_err(write_error)?;
                }
            }
            csv.write_record(None::<&[u8]>).map_err(write_error)?;
        }
        Ok(csv.flush()?)
    }

    fn has_labels(&self, column: usize) -> bool {
        self.rows.iter().any(|row| matches!(row[column], Cell::Entity(_) | Cell::Entities(_)))
    }

    /// Writes the answer as JSON: `rows`, and the `entities` and `statements` that they name, in the shape of the
    /// interchange JSON.
    pub fn write_json(&self, graph: &KnowledgeGraph, out: &mut dyn Write) -> Result<()> {
        crate::graph::to_json(&mut *out, &self.json(graph))?;
        Ok(out.write_all(b"\n")?)
    }

    /// The same, to be put into other JSON.
    pub fn json<'a>(&'a self, graph: &'a KnowledgeGraph) -> impl Serialize + 'a {
        Shown { answer: self, graph }
    }

    /// The statements that rows name.
    fn statements<'g>(&self, graph: &'g KnowledgeGraph) -> Vec<&'g Statement> {
        let cells = self.rows.iter().flatten();
        let ids: BTreeSet<&Name> =
            cells.filter_map(|c| if let Cell::Statement(id) = c { Some(id) } else { None }).collect();
        ids.into_iter().filter_map(|id| graph.statement(id)).collect()
    }

    /// The entities that rows and their statements name, in order of id.
    fn entities<'g>(&self, graph: &'g KnowledgeGraph, statements: &[&'g Statement]) -> Vec<&'g Entity> {
        let mut nodes: BTreeSet<&Name> = statements.iter().flat_map(|s| [&s.subject, &s.object]).collect();
        for cell in self.rows.iter().flatten() {
            let several: &[NodeIndex] = match cell {
                Cell::Entity(node) => std::slice::from_ref(node),
                Cell::Entities(nodes) => nodes,
                _ => &[],
            };
            nodes.extend(several.iter().map(|n| &graph.inner()[*n].id));
        }
        nodes.into_iter().filter_map(|id| graph.entity(id)).collect()
    }
}

fn write_error(error: csv::Error) -> Error {
    Error::Write(error.into())
}

/// An answer as it stands in JSON.
struct Shown<'a> {
    answer: &'a Answer,
    graph: &'a KnowledgeGraph,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Shown { answer, graph } = self;
        let statements = answer.statements(graph);
        let rows: Vec<ShownRow<'_>> = answer.rows.iter().map(|row| ShownRow { answer, graph, row }).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ask", &answer.ask)?;
        map.serialize_entry("total", &answer.total)?;
        map.serialize_entry("rows", &rows)?;
        map.serialize_entry("entities", &answer.entities(graph, &statements))?;
        map.serialize_entry("statements", &statements)?;
        map.serialize_entry("notes", &answer.notes)?;
        map.end()
    }
}

struct ShownRow<'a> {
    answer: &'a Answer,
    graph: &'a KnowledgeGraph,
    row: &'a [Cell],
}

impl Serialize for ShownRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.row.len()))?;
        for (column, cell) in self.answer.columns.iter().zip(self.row) {
            map.serialize_entry(column.name, &ShownCell { graph: self.graph, cell })?;
        }
        map.end()
    }
}

struct ShownCell<'a> {
    graph: &'a KnowledgeGraph,
    cell: &'a Cell,
}

impl Serialize for ShownCell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.cell {
            Cell::None => serializer.serialize_none(),
            Cell::Entities(nodes) => serializer.collect_seq(nodes.iter().map(|n| &self.graph.inner()[*n].id)),
            Cell::Time(time) => time.serialize(serializer),
            Cell::Said(evidence) => evidence.serialize(serializer),
            Cell::Count(n) => serializer.serialize_u64(*n as u64),
            Cell::Number(x) => serializer.serialize_f64(*x),
            _ => serializer.serialize_str(&self.cell.id_text(self.graph)),
        }
    }
}
