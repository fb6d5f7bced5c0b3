//! DOT for Graphviz: a cluster and a shape for each type, colours, tooltips with the words, links to what is known elsewhere.
//!
//! Of a part of a graph only what has an edge is drawn (who is merely named by a statement stands in its tooltip), and
//! statements that say the same of the same two, at different times, are one line with their number. Labels are cut to what
//! fits a picture; the whole label is the tooltip. Attributes that Graphviz does not draw are left to the other formats.

use super::escape::escaped;
use super::style::{self, Tone};
use super::{Out, table, xml};
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
graph [rankdir=LR, newrank=true, nodesep=0.25, ranksep=0.8, pad=0.2, fontname="Helvetica,Arial,sans-serif", tooltip="newsgraph"];
node [style=filled, fontname="Helvetica,Arial,sans-serif", fontsize=12, fontcolor="#111111", penwidth=1.4, height=0.35, margin="0.13,0.05"];
edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, arrowsize=0.7];
"##;

/// Writes a view.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    out.write_all(HEAD.as_bytes())?;
    legend(out)?;
    let part = if view.is_whole() { &[] } else { view.edges() };
    let ends: HashSet<&str> = part.iter().flat_map(|e| [&*e.subject, &*e.object]).collect();
    let drawn = |e: &Entity| view.is_whole() || ends.contains(&*e.id);
    for &entity_type in EntityType::ALL {
        cluster(view, entity_type, drawn, out)?;
    }
    edges(view, out)?;
    out.write_all(b"}\n")?;
    Ok(())
}

/// What colours and lines mean, below the picture.
fn legend(out: &mut Out<'_>) -> io::Result<()> {
    write!(out, "fontsize=10; labelloc=b; label=<")?;
    for tone in Tone::ALL {
        write!(out, "<font color=\"{}\">&#9644; {}</font> &#160; ", style::hex(tone.colour()), tone.as_str())?;
    }
    write!(out, "&#160; ")?;
    writeln!(out, "full: reported &#160; dashed: claimed or disputed &#160; dotted: denied, planned or not so>;")
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
    let (shape, heading) = appearance(entity_type);
    let colour = style::node_colour(entity_type);
    let (fill, colour) = (style::hex(style::tint(colour)), style::hex(colour));
    writeln!(out, "subgraph \"cluster_{entity_type}\" {{")?;
    writeln!(out, "label=\"{heading}\"; labelloc=t; fontsize=13; style=rounded; color=\"#cccccc\";")?;
    writeln!(out, "node [{shape}, color=\"{colour}\", fillcolor=\"{fill}\"];")?;
    for e in members {
        node(e, out)?;
    }
    out.write_all(b"}\n")
}

/// The shape of a type's nodes, and what its cluster is called.
fn appearance(entity_type: EntityType) -> (&'static str, &'static str) {
    match entity_type {
        EntityType::Person => ("shape=ellipse", "People"),
        EntityType::State => ("shape=box, penwidth=2.2", "States"),
        EntityType::Place => ("shape=house", "Places"),
        EntityType::Organization => ("shape=box, style=\"rounded,filled\"", "Organizations"),
        EntityType::WeaponSystem => ("shape=hexagon", "Weapons"),
    }
}

fn node(e: &Entity, out: &mut Out<'_>) -> io::Result<()> {
    quoted(out, &e.id)?;
    attribute(out, " [label=", &short(&e.label, LABEL))?;
    let kind = e.kind.as_deref().unwrap_or(e.entity_type.as_str());
    let tooltip = format!("{} ({kind})\n{} mentions", short(&e.label, TOOLTIP), e.mentions);
    attribute(out, ", tooltip=", &tooltip)?;
    if let Some(url) = e.same_as.first() {
        attribute(out, ", URL=", url)?;
    }
    out.write_all(b"];\n")
}

/// Every edge of a whole graph; of a part, one for those that say the same and look the same.
fn edges(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let same = |a: &Edge<'_>, b: &Edge<'_>| {
        !view.is_whole() && a.subject == b.subject && a.predicate == b.predicate && a.object == b.object
    };
    for alike in view.edges().chunk_by(|a, b| same(a, b)) {
        for (line, negated) in [("solid", false), ("dashed", false), ("dotted", false), ("dotted", true)] {
            let looks = |e: &&Edge<'_>| style::line(e.status, e.negated) == line && e.negated == negated;
            edge(view, &alike.iter().filter(looks).collect::<Vec<_>>(), line, out)?;
        }
    }
    Ok(())
}

fn edge(view: &View<'_>, alike: &[&Edge<'_>], line: &str, out: &mut Out<'_>) -> io::Result<()> {
    let Some(e) = alike.first() else { return Ok(()) };
    let colour = style::hex(style::edge_colour(&e.predicate));
    let weight: usize = alike.iter().map(|e| e.weight()).sum();
    quoted(out, &e.subject)?;
    out.write_all(b" -> ")?;
    quoted(out, &e.object)?;
    attribute(out, " [id=", &e.id)?;
    attribute(out, ", label=", &label(e, weight))?;
    attribute(out, ", tooltip=", &tooltip(alike))?;
    write!(out, ", color=\"{colour}\", fontcolor=\"{colour}\", style={line}")?;
    write!(out, ", penwidth={:.1}", 1.2 + (weight as f64).ln())?;
    if let Some(url) = e.evidence.first().and_then(|ev| view.graph().article(&ev.article)?.url.as_deref()) {
        attribute(out, ", URL=", url)?;
    }
    out.write_all(b"];\n")
}

fn label(e: &Edge<'_>, weight: usize) -> String {
    let mut words = if e.negated { "not ".to_owned() } else { String::new() };
    words.push_str(table::predicate_label(&e.predicate));
    if weight > 1 {
        words.push_str(&format!(" ×{weight}"));
    }
    words
}

/// Status, day and words of the first few.
fn tooltip(alike: &[&Edge<'_>]) -> String {
    let mut text = String::with_capacity(256);
    for e in alike.iter().take(3) {
        let day = e.time.as_ref().and_then(|t| t.start.as_deref().or(t.end.as_deref()));
        let parts = [if text.is_empty() { "" } else { "\n" }, e.status.as_str()];
        text.extend(parts.into_iter().chain(day.into_iter().flat_map(|day| [", ", day])));
        for ev in e.evidence.iter().take(3) {
            text.extend(["\n“", &short(&ev.quote, TOOLTIP), "” (", &ev.article, ")"]);
        }
    }
    text
}

fn short(label: &str, most: usize) -> Cow<'_, str> {
    match label.char_indices().nth(most) {
        Some((cut, _)) => Cow::Owned(format!("{}…", label[..cut].trim_end())),
        None => Cow::Borrowed(label),
    }
}

/// An attribute that is shown. Graphviz reads `\N` and its like and HTML entities in it, so backslashes are doubled and
/// ampersands that could begin an entity are written as one.
fn attribute(out: &mut Out<'_>, name: &str, text: &str) -> io::Result<()> {
    out.write_all(name.as_bytes())?;
    quoted(out, &entities(text))
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

/// A text between quotes, of which none can end it early.
fn quoted(out: &mut Out<'_>, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    let special = |b: u8| b.is_ascii_control() || matches!(b, b'"' | b'\\');
    escaped(out, text, special, |c| {
        Some(Cow::Borrowed(match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\t' => " ",
            '\r' => "",
            control => xml::picture(control as u8),
        }))
    })?;
    out.write_all(b"\"")
}
