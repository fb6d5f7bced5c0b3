//! Statements as they are, a row each: in order of who and what, in order of time, or with both sides of a dispute.

use super::answer::{Answer, Cell, Column, column, data};
use super::index::{Index, Row};
use super::pattern::Ask;
use super::select::Selection;
use crate::graph::day_number;
use crate::model::{Evidence, Name, Statement};
use crate::vocab::{Granularity, Stance};
use petgraph::stable_graph::NodeIndex;

const STATEMENTS: &[Column] = &[
    column("subject", "who"),
    column("predicate", "does"),
    column("object", "to whom"),
    data("negated"),
    column("time", "when"),
    column("details", "details"),
    data("place"),
    data("weapon"),
    data("killed"),
    column("status", "status"),
    column("claimedBy", "claimed by"),
    column("deniedBy", "denied by"),
    column("confidence", "sure"),
    column("sources", "sources"),
    column("id", "id"),
];

/// A row for each statement.
pub(super) fn statements(index: &Index<'_>, selection: &Selection) -> Answer {
    let row = |&row: &u32| statement_row(index, &index.rows[row as usize]);
    answer(index, selection, Ask::Statements, STATEMENTS, selection.rows.iter().map(row).collect())
}

fn statement_row(index: &Index<'_>, row: &Row) -> Vec<Cell> {
    let s = &index.graph.inner()[row.edge];
    let killed = s.killed.as_ref().map_or(Cell::None, |c| Cell::Text(count(c.min, c.max)));
    vec![
        Cell::Entity(row.subject),
        Cell::Predicate(s.predicate.clone(), s.negated),
        Cell::Entity(row.object),
        Cell::Text(s.negated.to_string()),
        Cell::Time(s.time.clone()),
        Cell::Text(details(index, s)),
        s.place.as_ref().and_then(|p| index.graph.node(p)).map_or(Cell::None, Cell::Entity),
        Cell::Entities(nodes(index, &s.weapon)),
        killed,
        Cell::Status(s.status),
        Cell::Entities(nodes(index, &s.claimed_by)),
        Cell::Entities(nodes(index, &s.denied_by)),
        Cell::Number(s.confidence),
        Cell::Count(s.sources),
        Cell::Statement(s.id.clone()),
    ]
}

/// Where, with what and at what cost, in words: `in Barda, with Smerch, 21+ killed`.
fn details(index: &Index<'_>, s: &Statement) -> String {
    let label = |id: &Name| index.graph.entity(id).map_or_else(|| id.to_string(), |e| e.label.clone());
    let place = s.place.iter().map(|id| format!("in {}", label(id)));
    let weapons = s.weapon.iter().map(|id| format!("with {}", label(id)));
    let killed = s.killed.iter().map(|c| format!("{} killed", count(c.min, c.max)));
    let injured = s.injured.iter().map(|c| format!("{} injured", count(c.min, c.max)));
    place.chain(weapons).chain(killed).chain(injured).collect::<Vec<_>>().join(", ")
}

/// A number of people as far as it is known: `21+`, `5–8`.
fn count(min: Option<u64>, max: Option<u64>) -> String {
    match (min, max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("{a}+"),
        (None, Some(b)) => format!("up to {b}"),
        (None, None) => "some".to_owned(),
    }
}

const TIMELINE: &[Column] = &[
    column("when", "when"),
    data("time"),
    column("subject", "who"),
    column("predicate", "does"),
    column("object", "to whom"),
    column("status", "status"),
    column("claimedBy", "claimed by"),
    column("deniedBy", "denied by"),
    column("sources", "sources"),
    column("id", "id"),
];

/// A row for each statement that has a time, in order of time. One without comes under the day on which the first article
/// that has it was published, as `by 2020-10-29`; what has neither is left out, as is what holds rather than happens.
pub(super) fn timeline(index: &Index<'_>, selection: &Selection) -> Answer {
    let mut dated: Vec<(i32, String, u32)> = Vec::new();
    let mut undated = 0;
    for &row in &selection.rows {
        match when(index, index.statement(row as usize)) {
            Some((day, text)) => dated.push((day, text, row)),
            None => undated += 1,
        }
    }
    dated.sort_by_key(|a| (a.0, a.2));
    let rows = dated.into_iter().map(|(_, text, row)| timeline_row(index, &index.rows[row as usize], text)).collect();
    let mut answer = answer(index, selection, Ask::Timeline, TIMELINE, rows);
    if undated > 0 {
        answer.notes.push(format!("{undated} without a date left out"));
    }
    answer
}

/// The day by which a statement is put in order, and the words for it.
fn when(index: &Index<'_>, s: &Statement) -> Option<(i32, String)> {
    if let Some(time) = &s.time {
        let first = time.start.as_deref().or(time.end.as_deref())?;
        return Some((day_number(first)?, span(time.granularity, first, time.end.as_deref())));
    }
    let happens = crate::Ontology::builtin().get(&s.predicate).is_none_or(|p| p.dynamic);
    let published = |e: &Evidence| index.graph.article(&e.article)?.published.as_deref();
    let first = s.evidence.iter().filter_map(published).filter(|_| happens).min()?;
    Some((day_number(first)?, format!("by {first}")))
}

/// A time as exact as it is: a day, a month, a year, or the first and last day.
fn span(granularity: Granularity, first: &str, last: Option<&str>) -> String {
    let cut = |length: usize| first.get(..length).unwrap_or(first).to_owned();
    match granularity {
        Granularity::Month if first.len() == 10 => cut(7),
        Granularity::Year if first.len() == 10 => cut(4),
        _ if last == Some(first) => first.to_owned(),
        _ => format!("{first} to {}", last.unwrap_or("…")),
    }
}

fn timeline_row(index: &Index<'_>, row: &Row, when: String) -> Vec<Cell> {
    let s = &index.graph.inner()[row.edge];
    vec![
        Cell::Text(when),
        Cell::Time(s.time.clone()),
        Cell::Entity(row.subject),
        Cell::Predicate(s.predicate.clone(), s.negated),
        Cell::Entity(row.object),
        Cell::Status(s.status),
        Cell::Entities(nodes(index, &s.claimed_by)),
        Cell::Entities(nodes(index, &s.denied_by)),
        Cell::Count(s.sources),
        Cell::Statement(s.id.clone()),
    ]
}

const DISPUTED: &[Column] = &[
    column("subject", "who"),
    column("predicate", "does"),
    column("object", "to whom"),
    column("time", "when"),
    column("asserted", "asserted"),
    column("denied", "denied"),
    column("id", "id"),
];

/// A row for each statement, with the sentences that assert it and those that deny it.
pub(super) fn disputed(index: &Index<'_>, selection: &Selection) -> Answer {
    let row = |&row: &u32| {
        let row = &index.rows[row as usize];
        let s = &index.graph.inner()[row.edge];
        vec![
            Cell::Entity(row.subject),
            Cell::Predicate(s.predicate.clone(), s.negated),
            Cell::Entity(row.object),
            Cell::Time(s.time.clone()),
            Cell::Said(side(s, &[Stance::Reports, Stance::Claims])),
            Cell::Said(side(s, &[Stance::Denies])),
            Cell::Statement(s.id.clone()),
        ]
    };
    answer(index, selection, Ask::Disputed, DISPUTED, selection.rows.iter().map(row).collect())
}

/// The evidence of these stances, a sentence once for each speaker.
fn side(s: &Statement, stances: &[Stance]) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::new();
    for e in s.evidence.iter().filter(|e| stances.contains(&e.stance)) {
        let twice = |o: &Evidence| (&o.article, o.start, &o.speaker) == (&e.article, e.start, &e.speaker);
        if !out.iter().any(twice) {
            out.push(e.clone());
        }
    }
    out
}

fn nodes(index: &Index<'_>, ids: &[Name]) -> Vec<NodeIndex> {
    ids.iter().filter_map(|id| index.graph.node(id)).collect()
}

/// An answer that rests on all of the selection.
pub(super) fn answer(
    index: &Index<'_>,
    selection: &Selection,
    ask: Ask,
    columns: &'static [Column],
    rows: Vec<Vec<Cell>>,
) -> Answer {
    let mut notes = Vec::new();
    if !selection.unnamed.is_empty() {
        let n = selection.unnamed.len();
        notes.push(format!("{n} with participants that have no name left out (--unnamed shows them)"));
    }
    Answer { ask, columns, total: rows.len(), rows, edges: selection.edges(index), notes }
}
