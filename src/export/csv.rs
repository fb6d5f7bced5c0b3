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
    let mut csv = csv::Writer::from_writer(out);
    if part == PARTS[0] {
        nodes(view, dialect, &mut csv)?
    } else {
        edges(view, dialect, &mut csv)?
    }
    csv.flush()?;
    Ok(())
}

fn nodes(view: &View<'_>, dialect: Dialect, csv: &mut csv::Writer<impl Write>) -> Result<()> {
    let head = match dialect {
        Dialect::Gephi => vec!["Id".into()],
        Dialect::Neo4j => vec!["id:ID".into(), ":LABEL".into()],
    };
    record(csv, head.into_iter().chain(NODES.iter().map(|c| header(c.name, c.kind, dialect))))?;
    for e in view.entities() {
        let ids = match dialect {
            Dialect::Gephi => vec![e.id.as_str().into()],
            Dialect::Neo4j => vec![e.id.as_str().into(), format!("Entity;{}", e.entity_type).into()],
        };
        record(csv, ids.into_iter().chain(NODES.iter().map(|c| cell(c.get(e), dialect))))?;
    }
    Ok(())
}

fn edges(view: &View<'_>, dialect: Dialect, csv: &mut csv::Writer<impl Write>) -> Result<()> {
    let head: &[&str] = match dialect {
        Dialect::Gephi => &["Source", "Target", "Type", "Id", "Kind"],
        Dialect::Neo4j => &[":START_ID", ":END_ID", ":TYPE", "id"],
    };
    let columns = || EDGES.iter().filter(|c| c.name != "type");
    record(csv, head.iter().map(|h| Cow::Borrowed(*h)).chain(columns().map(|c| header(c.name, c.kind, dialect))))?;
    for e in view.edges() {
        let [from, to, id, kind] = [&e.subject, &e.object, &e.id, &e.predicate].map(|n| n.as_str());
        let ids: &[&str] = match dialect {
            Dialect::Gephi => &[from, to, "Directed", id, kind],
            Dialect::Neo4j => &[from, to, kind, id],
        };
        record(csv, ids.iter().map(|id| Cow::Borrowed(*id)).chain(columns().map(|c| cell(c.get(e), dialect))))?;
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

/// Writes a row.
pub fn record<'c>(csv: &mut csv::Writer<impl Write>, cells: impl IntoIterator<Item = Cow<'c, str>>) -> Result<()> {
    for cell in cells {
        csv.write_field(without_nul(&cell).as_bytes()).map_err(failed)?;
    }
    csv.write_record(None::<&[u8]>).map_err(failed)
}

fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "␀")) } else { Cow::Borrowed(text) }
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Write(error),
        other => Error::Write(std::io::Error::other(format!("{other:?}"))),
    }
}

/// A real number as a cell.
pub fn real(x: Option<f64>) -> Cow<'static, str> {
    x.map(table::real_text).unwrap_or_default().into()
}
