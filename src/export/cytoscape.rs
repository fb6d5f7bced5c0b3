//! For Cytoscape: its JSON (`.cyjs`, also what cytoscape.js reads) and CX2 (NDEx). Styles are left to Cytoscape.

use super::table::{EDGES, Kind, NODES, Value, edge_cells, node_cells};
use super::{Out, table};
use crate::error::Result;
use crate::graph::{GENERATOR, View, to_json};
use std::collections::HashMap;
use std::io::{self, Write};

/// Writes Cytoscape JSON.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    out.write_all(b"{\"format_version\": \"1.0\", \"generated_by\": ")?;
    to_json(&mut *out, &GENERATOR)?;
    out.write_all(b", \"data\": {\"name\": \"newsgraph\"},\n\"elements\": {\"nodes\": [")?;
    let mut separator = "\n";
    for e in view.entities() {
        write!(out, "{separator}{{\"data\": {{\"id\": {}, \"name\": {}", text(&e.id), text(&e.label))?;
        for (column, value) in node_cells(e) {
            field(", ", column.name, &value, out)?;
        }
        out.write_all(b"}}")?;
        separator = ",\n";
    }
    out.write_all(b"],\n\"edges\": [")?;
    separator = "\n";
    for e in view.edges() {
        let [id, from, to, kind] = [&e.id, &e.subject, &e.object, &e.predicate].map(|n| text(n));
        write!(
            out,
            "{separator}{{\"data\": {{\"id\": {id}, \"source\": {from}, \"target\": {to}, \"interaction\": {kind}"
        )?;
        for (column, value) in edge_cells(e) {
            field(", ", column.name, &value, out)?;
        }
        out.write_all(b"}}")?;
        separator = ",\n";
    }
    out.write_all(b"]}}\n")?;
    Ok(())
}

/// Writes CX2. Nodes are numbered in order of id; the id itself is the attribute `represents`.
pub fn write_cx2(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    let (nodes, edges) = (view.entities().len(), view.edges().len());
    out.write_all(b"[{\"CXVersion\": \"2.0\", \"hasFragments\": false},\n{\"metaData\": [")?;
    let aspects = [("attributeDeclarations", 1), ("networkAttributes", 1), ("nodes", nodes), ("edges", edges)];
    let aspects = aspects.map(|(name, n)| format!("{{\"name\": \"{name}\", \"elementCount\": {n}}}"));
    writeln!(out, "{}]}},", aspects.join(", "))?;
    declarations(out)?;
    out.write_all(b"{\"networkAttributes\": [{\"name\": \"newsgraph\"}]},\n{\"nodes\": [")?;
    let mut number: HashMap<&str, usize> = HashMap::with_capacity(nodes);
    for (i, e) in view.entities().enumerate() {
        number.insert(&e.id, i);
        let separator = if i > 0 { ",\n" } else { "\n" };
        write!(out, "{separator}{{\"id\": {i}, \"v\": {{\"represents\": {}", text(&e.id))?;
        for (column, value) in node_cells(e) {
            field(", ", if column.name == "label" { "name" } else { column.name }, &value, out)?;
        }
        out.write_all(b"}}")?;
    }
    out.write_all(b"]},\n{\"edges\": [")?;
    for (i, e) in view.edges().iter().enumerate() {
        let separator = if i > 0 { ",\n" } else { "\n" };
        let [from, to] = [&e.subject, &e.object].map(|n| number.get(&**n).copied().unwrap_or_default());
        write!(out, "{separator}{{\"id\": {i}, \"s\": {from}, \"t\": {to}, \"v\": {{\"represents\": {}", text(&e.id))?;
        for (column, value) in edge_cells(e) {
            field(", ", if column.name == "type" { "interaction" } else { column.name }, &value, out)?;
        }
        out.write_all(b"}}")?;
    }
    out.write_all(b"]},\n{\"status\": [{\"success\": true}]}]\n")?;
    Ok(())
}

fn declarations(out: &mut Out<'_>) -> io::Result<()> {
    let declare = |name: &str, kind: Kind| format!("\"{name}\": {{\"d\": \"{}\"}}", cx2_kind(kind));
    let nodes = NODES.iter().map(|c| declare(if c.name == "label" { "name" } else { c.name }, c.kind));
    let edges = EDGES.iter().map(|c| declare(if c.name == "type" { "interaction" } else { c.name }, c.kind));
    let own = || std::iter::once(declare("represents", Kind::Text));
    let list = |all: Vec<String>| all.join(", ");
    let (nodes, edges) = (list(own().chain(nodes).collect()), list(own().chain(edges).collect()));
    let network = declare("name", Kind::Text);
    writeln!(
        out,
        "{{\"attributeDeclarations\": [{{\"networkAttributes\": {{{network}}}, \"nodes\": {{{nodes}}}, \"edges\": {{{edges}}}}}]}},"
    )
}

fn cx2_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "long",
        Kind::Real => "double",
        Kind::Boolean => "boolean",
        Kind::Texts => "list_of_string",
        Kind::Text | Kind::Date | Kind::Json => "string",
    }
}

fn text(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}

/// A value as JSON, after its name.
pub fn field(separator: &str, name: &str, value: &Value<'_>, out: &mut Out<'_>) -> io::Result<()> {
    for part in [separator, "\"", name, "\": "] {
        out.write_all(part.as_bytes())?;
    }
    match value {
        Value::Text(t) => serde_json::to_writer(&mut *out, t).map_err(io::Error::from),
        Value::Texts(list) => out.write_all(table::json_list(list).as_bytes()),
        Value::None => out.write_all(b"null"),
        number => out.write_all(number.to_text().as_bytes()),
    }
}
