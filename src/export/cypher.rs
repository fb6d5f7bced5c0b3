//! A Cypher script that can be run again: constraints, then `MERGE` of nodes and relationships by id, in batches.
//!
//! Every text is a string literal with its quotes, backslashes and controls escaped, so that no text is ever read as Cypher;
//! names of relationships stand in backticks.

use super::Out;
use super::escape::escaped;
use super::table::{Value, edge_cells, node_cells};
use crate::error::Result;
use crate::graph::{Edge, View};
use crate::model::{Entity, Name};
use crate::vocab::EntityType;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::io::{self, Write};

/// Rows of one statement: small enough for one transaction.
const BATCH: usize = 500;

const HEAD: &str = "// A knowledge graph of news, written by newsgraph. Run it with cypher-shell; it can be run again.
CREATE CONSTRAINT newsgraph_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
";

/// Writes a view.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for &entity_type in EntityType::ALL {
        let members: Vec<&Entity> = view.entities().filter(|e| e.entity_type == entity_type).collect();
        for batch in members.chunks(BATCH) {
            nodes(entity_type, batch, out)?;
        }
    }
    let mut by_predicate: IndexMap<&Name, Vec<&Edge<'_>>> = IndexMap::new();
    view.edges().iter().for_each(|e| by_predicate.entry(&e.predicate).or_default().push(e));
    by_predicate.sort_unstable_keys();
    for (predicate, edges) in &by_predicate {
        for batch in edges.chunks(BATCH) {
            relationships(predicate, batch, out)?;
        }
    }
    Ok(())
}

fn nodes(entity_type: EntityType, batch: &[&Entity], out: &mut Out<'_>) -> io::Result<()> {
    let mut separator = "UNWIND [\n";
    for e in batch {
        string(separator, "{id: ", &e.id, out)?;
        for (column, value) in node_cells(e) {
            cell(column.name, &value, out)?;
        }
        out.write_all(b"}")?;
        separator = ",\n";
    }
    writeln!(out, "\n] AS row\nMERGE (n:Entity {{id: row.id}})\nSET n:{entity_type}, n += row;")
}

fn relationships(predicate: &Name, batch: &[&Edge<'_>], out: &mut Out<'_>) -> io::Result<()> {
    let mut separator = "UNWIND [\n";
    for e in batch {
        string(separator, "{from: ", &e.subject, out)?;
        string(", ", "to: ", &e.object, out)?;
        string(", ", "of: {id: ", &e.id, out)?;
        for (column, value) in edge_cells(e) {
            cell(column.name, &value, out)?;
        }
        out.write_all(b"}}")?;
        separator = ",\n";
    }
    out.write_all(b"\n] AS row\nMATCH (a:Entity {id: row.from})\nMATCH (b:Entity {id: row.to})\n")?;
    writeln!(out, "MERGE (a)-[r:{} {{id: row.of.id}}]->(b)\nSET r += row.of;", backticked(predicate))
}

fn cell(name: &str, value: &Value<'_>, out: &mut Out<'_>) -> io::Result<()> {
    for part in [", `", name, "`: "] {
        out.write_all(part.as_bytes())?;
    }
    match value {
        Value::Texts(list) => {
            for (i, text) in list.iter().enumerate() {
                string(if i > 0 { ", " } else { "[" }, "", text, out)?;
            }
            out.write_all(b"]")
        }
        Value::Text(text) => string("", "", text, out),
        other => out.write_all(other.to_text().as_bytes()),
    }
}

/// A string literal, after a separator and a name.
fn string(separator: &str, name: &str, text: &str, out: &mut Out<'_>) -> io::Result<()> {
    for part in [separator, name, "\""] {
        out.write_all(part.as_bytes())?;
    }
    escaped(out, text, |b| b < 0x20 || matches!(b, b'"' | b'\\' | 0x7f | 0xc2 | 0xe2 | 0xef), escape)?;
    out.write_all(b"\"")
}

fn escape(c: char) -> Option<Cow<'static, str>> {
    Some(match c {
        '"' => "\\\"".into(),
        '\\' => "\\\\".into(),
        '\n' => "\\n".into(),
        '\r' => "\\r".into(),
        '\t' => "\\t".into(),
        // Controls, and what editors and terminals take for a line end or a change of direction.
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}') => {
            format!("\\u{:04X}", u32::from(c)).into()
        }
        _ => return None,
    })
}

fn backticked(name: &str) -> String {
    let clean: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("`{}`", clean.replace('\\', "\\\\").replace('`', "``"))
}
