//! GraphML 1.0 (graphml.graphdrawing.org), valid against its schema, with readable keys of the standard types.
//!
//! Ids of nodes are name tokens, as the schema asks: `state:azerbaijan`; the id that other attributes use stands in the
//! node's `entity`. Lists and evidence are JSON texts, days are strings, and what is not given is left out. The yEd profile
//! adds shapes, labels and colours. Hyperedges, ports and nested graphs are not used.

use super::table::{self, Column, EDGES, Kind, NODES, Rows, edge_cells, node_cells};
use super::{Options, Out, style, xml};
use crate::error::Result;
use crate::graph::{Edge, View};
use crate::model::Entity;
use std::io::{self, Write};

const HEAD: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    "\n",
    r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
    r#" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"#,
    "\n",
);

const HEAD_YED: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    "\n",
    r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml""#,
    r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
    r#" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">"#,
    "\n",
    r#"<key id="node.graphics" for="node" yfiles.type="nodegraphics"/>"#,
    "\n",
    r#"<key id="edge.graphics" for="edge" yfiles.type="edgegraphics"/>"#,
    "\n",
);

/// Keys of edges begin so, since a key's id is unique in the file.
const EDGE: &str = "edge.";

/// Writes a view.
pub fn write(view: &View<'_>, options: &Options, out: &mut Out<'_>) -> Result<()> {
    out.write_all(if options.yed { HEAD_YED } else { HEAD }.as_bytes())?;
    out.write_all(b"<key id=\"entity\" for=\"node\" attr.name=\"entity\" attr.type=\"string\"/>\n")?;
    keys(out, "node", "", NODES)?;
    keys(out, "edge", EDGE, EDGES)?;
    out.write_all(b"<graph id=\"newsgraph\" edgedefault=\"directed\">\n")?;
    for e in view.entities() {
        node(out, e, options)?;
    }
    for e in view.edges() {
        edge(out, e, options)?;
    }
    out.write_all(b"</graph>\n</graphml>\n")?;
    Ok(())
}

fn keys<T: Rows>(out: &mut Out<'_>, end: &str, prefix: &str, columns: &'static [Column<T>]) -> io::Result<()> {
    for c in columns {
        let (name, kind) = (c.name, kind(c.kind));
        writeln!(out, "<key id=\"{prefix}{name}\" for=\"{end}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    Ok(())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "long",
        Kind::Real => "double",
        Kind::Boolean => "boolean",
        Kind::Text | Kind::Texts | Kind::Date | Kind::Json => "string",
    }
}

fn node(out: &mut Out<'_>, e: &Entity, options: &Options) -> io::Result<()> {
    write!(out, "<node id=\"{}\"><data key=\"entity\">", xml::name_token(&e.id))?;
    xml::text(out, &e.id)?;
    out.write_all(b"</data>")?;
    for (column, value) in node_cells(e) {
        data(out, "", column.name, &value)?;
    }
    if options.yed {
        yed_node(out, e)?;
    }
    out.write_all(b"</node>\n")
}

fn edge(out: &mut Out<'_>, e: &'_ Edge<'_>, options: &Options) -> io::Result<()> {
    let [id, from, to] = [&e.id, &e.subject, &e.object].map(|id| xml::name_token(id));
    write!(out, "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\">")?;
    for (column, value) in edge_cells(e) {
        data(out, EDGE, column.name, &value)?;
    }
    if options.yed {
        yed_edge(out, e)?;
    }
    out.write_all(b"</edge>\n")
}

fn data(out: &mut Out<'_>, prefix: &str, name: &str, value: &table::Value<'_>) -> io::Result<()> {
    for part in ["<data key=\"", prefix, name, "\">"] {
        out.write_all(part.as_bytes())?;
    }
    xml::text(out, &value.to_text())?;
    out.write_all(b"</data>")
}

fn yed_node(out: &mut Out<'_>, e: &Entity) -> io::Result<()> {
    let (size, colour) = (20.0 + style::node_size(e), style::hex(style::node_colour(e.entity_type)));
    write!(out, "<data key=\"node.graphics\"><y:ShapeNode><y:Geometry height=\"{size:.1}\" width=\"{size:.1}\"/>")?;
    write!(out, "<y:Fill color=\"{colour}\" transparent=\"false\"/><y:NodeLabel>")?;
    xml::text(out, &e.label)?;
    out.write_all(b"</y:NodeLabel><y:Shape type=\"ellipse\"/></y:ShapeNode></data>")
}

fn yed_edge(out: &mut Out<'_>, e: &'_ Edge<'_>) -> io::Result<()> {
    let (colour, line) = (style::hex(style::edge_colour(&e.predicate)), style::line(e.status, e.negated));
    let line = if line == "solid" { "line" } else { line };
    write!(
        out,
        "<data key=\"edge.graphics\"><y:PolyLineEdge><y:LineStyle color=\"{colour}\" type=\"{line}\" width=\"1.0\"/>"
    )?;
    out.write_all(b"<y:Arrows source=\"none\" target=\"standard\"/><y:EdgeLabel>")?;
    xml::text(out, table::predicate_label(&e.predicate))?;
    out.write_all(b"</y:EdgeLabel></y:PolyLineEdge></data>")
}
