//! `newsgraph explain`: a statement with the sentences it stands in, who says so, and the words marked.

use super::Outcome;
use super::output::{self, Target};
use super::show;
use crate::model::{Casualties, Entity, Evidence, Name, Quoted, Statement};
use crate::ontology::Ontology;
use crate::{Error, KnowledgeGraph, Result};
use std::io::{self, Write};

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG
    #[arg(value_name = "GRAPH")]
    graph: String,
    /// The id of a statement, or its beginning; or the id of an entity
    #[arg(value_name = "ID")]
    id: String,
}

/// Explains a statement, or lists those of an entity.
pub fn run(args: Args) -> Result<Outcome> {
    let graph = show::load(&args.graph)?;
    if let Some(entity) = graph.entity(&args.id) {
        output::write(&Target::Stdout, |out| Ok(explain_entity(&graph, entity, out)?))?;
        return Ok(Outcome::Done);
    }
    let view = graph.view();
    let mut found = view.edges().iter().filter(|s| s.id.starts_with(&args.id));
    match (found.next(), found.next()) {
        (Some(one), None) => output::write(&Target::Stdout, |out| Ok(explain(&graph, one, out)?))?,
        (Some(_), Some(_)) => {
            return Err(Error::Usage(format!("several statements begin with {}; give more of it", args.id)));
        }
        (None, _) => return Err(Error::Usage(format!("the graph has no statement and no entity {}", args.id))),
    }
    Ok(Outcome::Done)
}

fn explain_entity(graph: &KnowledgeGraph, e: &Entity, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  {} ({})", e.id, e.label, e.kind.as_deref().unwrap_or(e.entity_type.as_str()))?;
    if !e.aliases.is_empty() {
        writeln!(out, "also called {}", e.aliases.join(", "))?;
    }
    writeln!(out, "mentioned {} times\n", e.mentions)?;
    for s in graph.view().edges().iter().filter(|s| s.subject == e.id || s.object == e.id) {
        writeln!(out, "{}  {} [{}]", s.id, sentence(graph, s), s.status)?;
    }
    Ok(())
}

fn explain(graph: &KnowledgeGraph, s: &Statement, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  {}", s.id, sentence(graph, s))?;
    for (what, value) in facts(graph, s) {
        writeln!(out, "  {what:13} {value}")?;
    }
    for (i, e) in s.evidence.iter().enumerate() {
        writeln!(out, "\n{}. {}", i + 1, origin(graph, e))?;
        writeln!(out, "   {}", marked(e))?;
        writeln!(out, "   {}", reading(graph, e))?;
    }
    Ok(())
}

fn label(graph: &KnowledgeGraph, id: &Name) -> String {
    graph.entity(id).map_or_else(|| id.to_string(), |e| e.label.clone())
}

fn labels(graph: &KnowledgeGraph, ids: &[Name]) -> String {
    ids.iter().map(|id| label(graph, id)).collect::<Vec<_>>().join(", ")
}

fn sentence(graph: &KnowledgeGraph, s: &Statement) -> String {
    let predicate = Ontology::builtin().get(&s.predicate).map_or(&*s.predicate, |p| p.label.as_str());
    let not = if s.negated { "not " } else { "" };
    format!("{} — {not}{predicate} → {}", label(graph, &s.subject), label(graph, &s.object))
}

/// What is known of a statement besides its ends, in words.
fn facts(graph: &KnowledgeGraph, s: &Statement) -> Vec<(&'static str, String)> {
    let some = |text: String| Some(text).filter(|t| !t.is_empty());
    let time = s.time.as_ref().map(|t| match (&t.start, &t.end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (a, b) => format!("{} to {}", a.as_deref().unwrap_or("…"), b.as_deref().unwrap_or("…")),
    });
    let rows = [
        ("status", Some(s.status.to_string())),
        ("claimed by", some(labels(graph, &s.claimed_by))),
        ("denied by", some(labels(graph, &s.denied_by))),
        ("time", time),
        ("place", s.place.as_ref().map(|p| label(graph, p))),
        ("weapon", some(labels(graph, &s.weapon))),
        ("killed", s.killed.as_ref().map(|c| casualties(graph, c))),
        ("injured", s.injured.as_ref().map(|c| casualties(graph, c))),
        ("instrument of", s.instrument_of.as_ref().map(|i| label(graph, i))),
        ("content", s.content.as_ref().map(Name::to_string)),
        ("about", s.about.as_ref().map(|id| about(graph, id))),
        ("codes", some([&s.cameo, &s.plover].into_iter().flatten().map(|c| &**c).collect::<Vec<_>>().join(" "))),
        ("confidence", Some(format!("{} from {} independent source(s)", s.confidence, s.sources))),
    ];
    rows.into_iter().filter_map(|(what, value)| Some((what, value?))).collect()
}

fn about(graph: &KnowledgeGraph, id: &Name) -> String {
    graph.statement(id).map_or_else(|| id.to_string(), |s| format!("{id}: {}", sentence(graph, s)))
}

fn casualties(graph: &KnowledgeGraph, c: &Casualties) -> String {
    let count = match (c.min, c.max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("at least {a}"),
        (None, Some(b)) => format!("at most {b}"),
        (None, None) => "some".to_owned(),
    };
    let side = c.side.as_ref().map(|s| format!("on the side of {}", label(graph, s)));
    let total = c.cumulative.then(|| "in all so far".to_owned());
    [Some(count), c.who.clone(), side, total].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn origin(graph: &KnowledgeGraph, e: &Evidence) -> String {
    let article = graph.article(&e.article);
    let known = article.map(|a| [&a.title, &a.source, &a.published].into_iter().flatten().cloned().collect::<Vec<_>>());
    let known = known.filter(|k| !k.is_empty()).map(|k| format!(" ({})", k.join(", "))).unwrap_or_default();
    format!("{}{known}, characters {} to {}", e.article, e.start, e.end)
}

/// The sentence with the words that matter in brackets: `[subject: Armenian forces] [trigger: hit] …`.
fn marked(e: &Evidence) -> String {
    let named = [("subject", &e.subject), ("object", &e.object), ("cue", &e.cue)];
    let named = named.into_iter().filter_map(|(what, q)| Some((what, q.as_ref()?)));
    let mut marks: Vec<(&str, &Quoted)> = named.chain([("trigger", &e.trigger)]).collect();
    marks.sort_by_key(|(_, q)| (q.start, std::cmp::Reverse(q.end)));
    let mut out = String::new();
    for (i, c) in (e.start..).zip(e.quote.chars()) {
        marks
            .iter()
            .filter(|(_, q)| q.start == i && q.start < q.end)
            .for_each(|(what, _)| out.push_str(&format!("[{what}: ")));
        out.push(if c == '\n' { ' ' } else { c });
        marks.iter().filter(|(_, q)| q.end == i + 1 && q.start < q.end).for_each(|_| out.push(']'));
    }
    out
}

fn reading(graph: &KnowledgeGraph, e: &Evidence) -> String {
    let who = e.speaker.as_ref().map(|s| format!(" by {}", label(graph, s))).unwrap_or_default();
    format!("{}{who}; rule {}, confidence {}", e.stance, e.rule, e.confidence)
}
