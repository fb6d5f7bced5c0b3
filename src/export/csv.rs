//! Pairs of CSV files: for Gephi (and pandas), and for `neo4j-admin database import`.
//!
//! Lists are JSON arrays for Gephi, and joined by `;` for Neo4j, where a `;` inside becomes a full-width one (U+FF1B). NUL,
//! which CSV readers take for the end, becomes its control picture. Quotes hold line ends: give Neo4j
//! `--multiline-fields=true`.

use super::table::{EDGES, Kind, NODES, Value};
use super::{Format, Out, table};
use crate::error::{Error, Result};
use crate::graph::View;
use std::borrow::Cow;
use std::io::Write;

/// The files of a pair.
pub const PARTS: &[&str] = &["nodes.csv", "edges.csv"];

/// Which program's headers.
#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    Gephi,
    Neo4j,
}

/// Writes one file of a pair.
pub fn write(view: &View<'_>, format: Format, part: &str, out: &mut Out<'_>) -> Result<()> {
    let dialect = if format == Format::Neo4j { Dialect::Neo4j } else { Dialect::Gephi };
    let mut rows = Rows::new(out);
    if part == PARTS[0] {
        nodes(view, dialect, &mut rows)?
    } else {
        edges(view, dialect, &mut rows)?
    }
    rows.finish()
}

fn nodes(view: &View<'_>, dialect: Dialect, rows: &mut Rows<impl Write>) -> Result<()> {
    let head: &[&str] = match dialect {
        Dialect::Gephi => &["Id"],
        Dialect::Neo4j => &["id:ID", ":LABEL"],
    };
    rows.cells(head.iter().copied());
    NODES.iter().for_each(|c| rows.cell(&header(c.name, c.kind, dialect)));
    rows.end()?;
    for e in view.entities() {
        rows.cell(&e.id);
        if dialect == Dialect::Neo4j {
            rows.cell(&format!("Entity;{}", e.entity_type));
        }
        NODES.iter().for_each(|c| rows.cell(&cell(c.get(e), dialect)));
        rows.end()?;
    }
    Ok(())
}

fn edges(view: &View<'_>, dialect: Dialect, rows: &mut Rows<impl Write>) -> Result<()> {
    let head: &[&str] = match dialect {
        Dialect::Gephi => &["Source", "Target", "Type", "Id", "Kind"],
        Dialect::Neo4j => &[":START_ID", ":END_ID", ":TYPE", "id"],
    };
    let columns = || EDGES.iter().filter(|c| c.name != "type");
    rows.cells(head.iter().copied());
    columns().for_each(|c| rows.cell(&header(c.name, c.kind, dialect)));
    rows.end()?;
    for e in view.edges() {
        let [from, to, id, kind] = [&e.subject, &e.object, &e.id, &e.predicate].map(|n| n.as_str());
        match dialect {
            Dialect::Gephi => rows.cells([from, to, "Directed", id, kind]),
            Dialect::Neo4j => rows.cells([from, to, kind, id]),
        }
        columns().for_each(|c| rows.cell(&cell(c.get(e), dialect)));
        rows.end()?;
    }
    Ok(())
}

/// Gephi's own columns are written as it writes them.
fn header(name: &'static str, kind: Kind, dialect: Dialect) -> Cow<'static, str> {
    let own = match (dialect, kind) {
        (Dialect::Gephi, _) => {
            return if name == "label" {
                "Label"
            } else if name == "weight" {
                "Weight"
            } else {
                name
            }
            .into();
        }
        (_, Kind::Integer) => ":long",
        (_, Kind::Real) => ":double",
        (_, Kind::Boolean) => ":boolean",
        (_, Kind::Texts) => ":string[]",
        (_, Kind::Text | Kind::Date | Kind::Json) => "",
    };
    format!("{name}{own}").into()
}

fn cell<'v>(value: Value<'v>, dialect: Dialect) -> Cow<'v, str> {
    match (value, dialect) {
        (Value::Text(text), _) => text,
        (Value::Texts(list), Dialect::Neo4j) => {
            list.iter().map(|t| t.replace(';', "；")).collect::<Vec<_>>().join(";").into()
        }
        (value, _) => value.to_text().into_owned().into(),
    }
}

/// Writes rows of CSV, each held until it is whole.
pub struct Rows<W: Write> {
    out: csv::Writer<W>,
    row: csv::ByteRecord,
}

impl<W: Write> Rows<W> {
    pub fn new(out: W) -> Rows<W> {
        Rows { out: csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out), row: csv::ByteRecord::new() }
    }

    /// Adds a cell to the row.
    pub fn cell(&mut self, text: &str) {
        self.row.push_field(text.as_bytes());
    }

    /// Adds several.
    pub fn cells<'c>(&mut self, texts: impl IntoIterator<Item = &'c str>) {
        texts.into_iter().for_each(|t| self.cell(t));
    }

    /// Adds a whole number.
    pub fn integer(&mut self, n: impl itoa::Integer) {
        self.cell(itoa::Buffer::new().format(n));
    }

    /// Adds a real number, or an empty cell.
    pub fn real(&mut self, x: Option<f64>) {
        self.cell(&x.map(table::real_text).unwrap_or_default());
    }

    /// Ends the row.
    pub fn end(&mut self) -> Result<()> {
        if self.row.as_slice().contains(&0) {
            self.row = self.row.iter().map(without_nul).collect();
        }
        self.out.write_byte_record(&self.row).map_err(failed)?;
        self.row.clear();
        Ok(())
    }

    /// Hands all on that is not written yet.
    pub fn finish(mut self) -> Result<()> {
        self.out.flush().map_err(Error::Write)
    }
}

fn without_nul(cell: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(cell).replace('\0', "␀").into_bytes()
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Write(error),
        other => Error::Write(std::io::Error::other(format!("{other:?}"))),
    }
}
