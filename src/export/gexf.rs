//! GEXF 1.3 (gexf.net), as Gephi reads it: typed attributes, `kind` so that parallel edges stay apart, spells so that the
//! timeline plays, colours and sizes.
//!
//! Lists and evidence are JSON texts: Gephi, Gephi Lite and NetworkX each read `liststring` in another way. An edge without
//! a time is always there. Hierarchy and dynamic attributes are not used.

use super::table::{Column, EDGES, Kind, NODES, Rows, edge_cells, node_cells};
use super::{Out, style, table, xml};
use crate::error::Result;
use crate::graph::{Edge, View};
use crate::model::{Entity, Time};
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>newsgraph</creator><description>Who did, said, claimed and denied what to whom</description></meta>
"#;

/// Writes a view.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let dynamic = view.edges().iter().any(|e| spell(e).is_some());
    out.write_all(b"<graph defaultedgetype=\"directed\"")?;
    out.write_all(if dynamic {
        b" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n".as_slice()
    } else {
        b" mode=\"static\">\n"
    })?;
    attributes(out, "node", NODES)?;
    attributes(out, "edge", EDGES)?;
    writeln!(out, "<nodes count=\"{}\">", view.entities().len())?;
    for e in view.entities() {
        node(out, e)?;
    }
    writeln!(out, "</nodes>\n<edges count=\"{}\">", view.edges().len())?;
    for e in view.edges() {
        edge(out, e)?;
    }
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")?;
    Ok(())
}

/// `label` and `weight` are GEXF's own and stand on the element.
fn is_column(name: &str) -> bool {
    !matches!(name, "label" | "weight")
}

fn attributes<T: Rows>(out: &mut Out<'_>, class: &str, columns: &'static [Column<T>]) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\">")?;
    for c in columns.iter().filter(|c| is_column(c.name)) {
        writeln!(out, "<attribute id=\"{0}\" title=\"{0}\" type=\"{1}\"/>", c.name, kind(c.kind))?;
    }
    out.write_all(b"</attributes>\n")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "long",
        Kind::Real => "double",
        Kind::Boolean => "boolean",
        Kind::Text | Kind::Texts | Kind::Date | Kind::Json => "string",
    }
}

fn node(out: &mut Out<'_>, e: &Entity) -> io::Result<()> {
    out.write_all(b"<node id=\"")?;
    xml::attribute(out, &e.id)?;
    out.write_all(b"\" label=\"")?;
    xml::attribute(out, &e.label)?;
    out.write_all(b"\"><attvalues>")?;
    for (column, value) in node_cells(e).filter(|(c, _)| is_column(c.name)) {
        attvalue(out, column.name, &value)?;
    }
    let [r, g, b] = style::node_colour(e.entity_type);
    let size = style::node_size(e);
    writeln!(out, "</attvalues><viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/><viz:size value=\"{size:.1}\"/></node>")
}

fn edge(out: &mut Out<'_>, e: &'_ Edge<'_>) -> io::Result<()> {
    for (name, value) in [("<edge id=\"", &e.id), ("\" source=\"", &e.subject), ("\" target=\"", &e.object)] {
        out.write_all(name.as_bytes())?;
        xml::attribute(out, value)?;
    }
    out.write_all(b"\" kind=\"")?;
    xml::attribute(out, &e.predicate)?;
    out.write_all(b"\" label=\"")?;
    xml::attribute(out, table::predicate_label(&e.predicate))?;
    write!(out, "\" weight=\"{}\"><attvalues>", e.weight())?;
    for (column, value) in edge_cells(e).filter(|(c, _)| is_column(c.name)) {
        attvalue(out, column.name, &value)?;
    }
    out.write_all(b"</attvalues>")?;
    if let Some(time) = spell(e) {
        spells(out, time)?;
    }
    let [r, g, b] = style::edge_colour(&e.predicate);
    writeln!(out, "<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/></edge>")
}

fn attvalue(out: &mut Out<'_>, name: &str, value: &table::Value<'_>) -> io::Result<()> {
    for part in ["<attvalue for=\"", name, "\" value=\""] {
        out.write_all(part.as_bytes())?;
    }
    xml::attribute(out, &value.to_text())?;
    out.write_all(b"\"/>")
}

/// The time of an edge, if it has an end that is a day.
fn spell<'a>(e: &'a Edge<'_>) -> Option<&'a Time> {
    e.time.as_ref().filter(|t| [&t.start, &t.end].into_iter().flatten().any(|day| is_day(day)))
}

fn spells(out: &mut Out<'_>, time: &Time) -> io::Result<()> {
    out.write_all(b"<spells><spell")?;
    for (name, day) in [("start", &time.start), ("end", &time.end)] {
        if let Some(day) = day.as_deref().filter(|d| is_day(d)) {
            write!(out, " {name}=\"{day}\"")?;
        }
    }
    out.write_all(b"/></spells>")
}

/// Whether it is a day as XML Schema writes one: a year of four digits or more, with a minus sign before Christ.
pub fn is_day(text: &str) -> bool {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let mut parts = bare.split('-');
    let mut number = |digits: usize, most: u32| {
        let part = parts.next().unwrap_or_default();
        let fits = part.len() == digits || (digits == 4 && part.len() > 4);
        fits && part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n: u32| n >= 1 && n <= most)
    };
    number(4, 999_999) && number(2, 12) && number(2, 31) && parts.next().is_none()
}
