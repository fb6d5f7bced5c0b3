//! DOT for Graphviz: a cluster for each type, colours, tooltips with the words, links to what is known elsewhere.
//!
//! Of a part of a graph only what has an edge is drawn: who is merely named by a statement stands in its tooltip.
//! Labels are cut to what fits a picture; the whole label is the tooltip. Attributes that Graphviz does not draw are left to
//! the other formats.

use super::{Out, style, table};
use crate::error::Result;
use crate::graph::{Edge, View};
use crate::model::Entity;
use crate::vocab::EntityType;
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};

/// Characters of a label that a node shows.
const LABEL: usize = 40;
/// Characters of a tooltip: Graphviz reads no string of more than 16,384 bytes.
const TOOLTIP: usize = 1000;

const HEAD: &str = r##"digraph newsgraph {
graph [rankdir=LR, overlap=false, splines=true, newrank=true, compound=true, fontname="Helvetica", tooltip="newsgraph"];
node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, fontcolor="#ffffff", penwidth=0];
edge [fontname="Helvetica", fontsize=9, arrowsize=0.7];
"##;

/// Writes a view.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let ends: HashSet<&str> = view.edges().iter().flat_map(|e| [&*e.subject, &*e.object]).collect();
    let drawn = |e: &Entity| view.is_whole() || ends.contains(&*e.id);
    for &entity_type in EntityType::ALL {
        cluster(view, entity_type, drawn, out)?;
    }
    for e in view.edges() {
        edge(view, e, out)?;
    }
    out.write_all(b"}\n")?;
    Ok(())
}

fn cluster(
    view: &View<'_>,
    entity_type: EntityType,
    drawn: impl Fn(&Entity) -> bool,
    out: &mut Out<'_>,
) -> io::Result<()> {
    let mut members = view.entities().filter(|e| e.entity_type == entity_type && drawn(e)).peekable();
    if members.peek().is_none() {
        return Ok(());
    }
    let colour = style::hex(style::node_colour(entity_type));
    writeln!(out, "subgraph \"cluster_{entity_type}\" {{")?;
    writeln!(
        out,
        "label=\"{entity_type}\"; color=\"{colour}\"; fontcolor=\"{colour}\"; style=rounded; node [fillcolor=\"{colour}\"];"
    )?;
    for e in members {
        node(e, out)?;
    }
    out.write_all(b"}\n")
}

fn node(e: &Entity, out: &mut Out<'_>) -> io::Result<()> {
    write!(out, "{} [label={}", id(&e.id), string(&short(&e.label, LABEL)))?;
    let kind = e.kind.as_deref().unwrap_or(e.entity_type.as_str());
    write!(out, ", tooltip={}", string(&format!("{} ({kind})\n{} mentions", short(&e.label, TOOLTIP), e.mentions)))?;
    if let Some(url) = e.same_as.first() {
        write!(out, ", URL={}", string(url))?;
    }
    out.write_all(b"];\n")
}

fn edge(view: &View<'_>, e: &Edge<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let colour = style::hex(style::edge_colour(&e.predicate));
    write!(out, "{} -> {} [", id(&e.subject), id(&e.object))?;
    write!(out, "id={}, label={}, tooltip={}", string(&e.id), string(&label(e)), string(&tooltip(e)))?;
    write!(out, ", color=\"{colour}\", fontcolor=\"{colour}\", style={}", style::line(e.status, e.negated))?;
    if e.weight > 1 {
        write!(out, ", weight={}, penwidth={:.1}", e.weight, 1.0 + (e.weight as f64).ln())?;
    }
    if let Some(url) = e.evidence.first().and_then(|ev| view.graph().article(&ev.article)?.url.as_deref()) {
        write!(out, ", URL={}", string(url))?;
    }
    out.write_all(b"];\n")
}

fn label(e: &Edge<'_>) -> String {
    let mut words = if e.negated { "not ".to_owned() } else { String::new() };
    words.push_str(table::predicate_label(&e.predicate));
    if e.weight > 1 {
        words.push_str(&format!(" ×{}", e.weight));
    }
    words
}

fn tooltip(e: &Edge<'_>) -> String {
    let day = e.time.as_ref().and_then(|t| t.start.as_deref().or(t.end.as_deref()));
    let mut words = [Some(e.status.as_str()), day].into_iter().flatten().collect::<Vec<_>>().join(", ");
    for ev in e.evidence.iter().take(3) {
        words.push_str(&format!("\n“{}” ({})", short(&ev.quote, TOOLTIP), ev.article));
    }
    words
}

fn short(label: &str, most: usize) -> Cow<'_, str> {
    match label.char_indices().nth(most) {
        Some((cut, _)) => Cow::Owned(format!("{}…", label[..cut].trim_end())),
        None => Cow::Borrowed(label),
    }
}

/// An id: here only the quote has to be escaped, and a backslash so that it cannot escape the quote.
fn id(id: &str) -> String {
    quoted(id, "\\n")
}

/// A text to show. Graphviz reads `\N` and its like and HTML entities in it, so backslashes are doubled and ampersands
/// that could begin an entity are written as one.
fn string(text: &str) -> String {
    quoted(&entities(text), "\\n")
}

fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (i, c) in text.char_indices() {
        out.push(c);
        let follows = |rest: &str| rest.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric());
        if c == '&' && follows(&text[i + 1..]) {
            out.push_str("amp;");
        }
    }
    Cow::Owned(out)
}

fn quoted(text: &str, newline: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str(newline),
            '\t' => out.push(' '),
            '\r' => {}
            c if c.is_ascii_control() => out.push_str(super::xml::picture(c as u8)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
