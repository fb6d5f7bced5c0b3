//! The event table of political scientists: one row for each statement that may be counted as having happened, with the
//! columns of GDELT, as CSV; and the same as PLOVER records, one JSON object a line.
//!
//! Structural statements and the use of a weapon are no events between actors; what was only denied, planned or demanded, or is
//! disputed, is not counted. An event without a time of its own has the day of publication, and says so in `DateSource`.

use super::csv::{real, record};
use super::{Out, table};
use crate::error::Result;
use crate::graph::{Edge, View, to_json};
use crate::model::{ArticleRef, Casualties, Entity, Name};
use crate::ontology::{Codebook, Ontology};
use crate::vocab::{EntityType, Status};
use serde::Serialize;
use std::borrow::Cow;
use std::io::Write;

const COLUMNS: &[&str] = &[
    "GlobalEventID",
    "SQLDATE",
    "StartDate",
    "EndDate",
    "DateSource",
    "Actor1ID",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1Type1Code",
    "Actor2ID",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2Type1Code",
    "Predicate",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "PLOVER",
    "PLOVERMode",
    "QuadClass",
    "GoldsteinScale",
    "Status",
    "Confidence",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "KilledMin",
    "KilledMax",
    "InjuredMin",
    "InjuredMax",
    "ActionGeo_ID",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "Quote",
    "Article",
    "Publisher",
    "DatePublished",
    "SOURCEURL",
];

/// What is read off a statement for both formats.
struct Event<'v> {
    edge: &'v Edge<'v>,
    place: Option<&'v Entity>,
    first: &'v str,
    last: &'v str,
    date_source: &'static str,
    article: Option<&'v ArticleRef>,
    articles: usize,
}

/// Writes the table.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    record(&mut csv, COLUMNS.iter().map(|c| Cow::Borrowed(*c)))?;
    for event in events(view) {
        record(&mut csv, event.row())?;
    }
    csv.flush()?;
    Ok(())
}

/// Writes the records.
pub fn write_plover(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    for event in events(view) {
        to_json(&mut *out, &event.plover())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn events<'v>(view: &'v View<'v>) -> impl Iterator<Item = Event<'v>> {
    view.edges().iter().filter(|e| is_event(e)).map(|e| Event::new(view, e))
}

fn is_event(e: &Edge<'_>) -> bool {
    let happened = !e.negated && matches!(e.status, Status::Reported | Status::Claimed);
    let between_actors = e.ends[1].entity_type != EntityType::WeaponSystem;
    happened && between_actors && Ontology::builtin().get(&e.predicate).is_some_and(|p| p.dynamic)
}

impl<'v> Event<'v> {
    fn new(view: &'v View<'v>, edge: &'v Edge<'v>) -> Event<'v> {
        let place = edge.place.as_deref().and_then(|p| view.entity(p));
        let place = place.or(edge.ends.into_iter().rev().find(|e| e.entity_type == EntityType::Place));
        let articles = || edge.evidence.chunk_by(|a, b| a.article == b.article);
        let article = edge.evidence.first().and_then(|e| view.graph().article(&e.article));
        let published = || articles().filter_map(|e| view.graph().article(&e[0].article)?.published.as_deref()).min();
        let time = edge.time.as_ref();
        let first = time.and_then(|t| t.start.as_deref().or(t.end.as_deref()));
        let last = time.and_then(|t| t.end.as_deref().or(t.start.as_deref()));
        let date_source = if first.is_some() { "event" } else { "publication" };
        let first = first.or_else(published).unwrap_or_default();
        let last = last.unwrap_or(first);
        Event { edge, place, first, last, date_source, article, articles: articles().count() }
    }

    fn row(&self) -> Vec<Cow<'_, str>> {
        let e = self.edge;
        let code = e.cameo.as_deref().unwrap_or_default();
        let known = Codebook::builtin().get(code);
        let mut row: Vec<Cow<'_, str>> = Vec::with_capacity(COLUMNS.len());
        row.extend([e.id.as_str().into(), sql_date(self.first), self.first.into(), self.last.into()]);
        row.push(self.date_source.into());
        row.extend(e.ends.into_iter().flat_map(actor));
        row.extend([e.predicate.as_str(), code, root(code, 3), root(code, 2), text(&e.plover)].map(Cow::Borrowed));
        row.push(known.and_then(|k| k.mode.as_deref()).unwrap_or_default().into());
        row.extend([quad_class(root(code, 2)).into(), real(table::goldstein(&e.cameo))]);
        row.extend([e.status.as_str().into(), real(Some(e.confidence))]);
        row.extend([e.evidence.len(), e.sources, self.articles].map(|n| n.to_string().into()));
        row.extend(counts(&e.killed).into_iter().chain(counts(&e.injured)));
        row.extend(place(self.place));
        row.push(e.evidence.first().map(|ev| ev.quote.as_str()).unwrap_or_default().into());
        row.extend(article(self.article).map(Cow::Borrowed));
        row
    }

    fn plover(&self) -> Record<'_> {
        let e = self.edge;
        let known = e.cameo.as_deref().and_then(|c| Codebook::builtin().get(c));
        Record {
            article: self.article.map(Publication::of),
            cameo: e.cameo.as_deref(),
            claimed_by: &e.claimed_by,
            confidence: e.confidence,
            context: known.map(|k| k.context.as_slice()).unwrap_or_default(),
            date: self.first,
            date_source: self.date_source,
            end_date: self.last,
            event: e.plover.as_deref(),
            goldstein: table::goldstein(&e.cameo),
            id: &e.id,
            location: self.place.map(Location::of),
            magnitude: Magnitude { dead: e.killed.as_ref(), injured: e.injured.as_ref() },
            mode: known.and_then(|k| k.mode.as_deref()),
            predicate: &e.predicate,
            source: Actor::of(e.ends[0]),
            sources: e.sources,
            status: e.status,
            target: Actor::of(e.ends[1]),
            text: e.evidence.first().map(|ev| ev.quote.as_str()),
        }
    }
}

/// A PLOVER record, its fields in the order of the alphabet.
#[derive(Serialize)]
struct Record<'v> {
    article: Option<Publication<'v>>,
    cameo: Option<&'v str>,
    claimed_by: &'v [Name],
    confidence: f64,
    context: &'v [String],
    date: &'v str,
    date_source: &'static str,
    end_date: &'v str,
    event: Option<&'v str>,
    goldstein: Option<f64>,
    id: &'v str,
    location: Option<Location<'v>>,
    magnitude: Magnitude<'v>,
    mode: Option<&'v str>,
    predicate: &'v str,
    source: Actor<'v>,
    sources: usize,
    status: Status,
    target: Actor<'v>,
    text: Option<&'v str>,
}

#[derive(Serialize)]
struct Publication<'v> {
    id: &'v str,
    published: Option<&'v str>,
    publisher: Option<&'v str>,
    sha256: &'v str,
    url: Option<&'v str>,
}

#[derive(Serialize)]
struct Location<'v> {
    country: Option<&'v str>,
    id: &'v str,
    lat: Option<f64>,
    lon: Option<f64>,
    name: &'v str,
}

#[derive(Serialize)]
struct Magnitude<'v> {
    dead: Option<&'v Casualties>,
    injured: Option<&'v Casualties>,
}

#[derive(Serialize)]
struct Actor<'v> {
    code: Cow<'v, str>,
    country: &'v str,
    id: &'v str,
    name: &'v str,
    sector: &'static str,
    #[serde(rename = "type")]
    entity_type: EntityType,
}

impl<'v> Publication<'v> {
    fn of(a: &'v ArticleRef) -> Publication<'v> {
        Publication {
            id: &a.id,
            published: a.published.as_deref(),
            publisher: a.source.as_deref(),
            sha256: &a.sha256,
            url: a.url.as_deref(),
        }
    }
}

impl<'v> Location<'v> {
    fn of(p: &'v Entity) -> Location<'v> {
        Location { country: p.country.as_deref(), id: &p.id, lat: p.lat, lon: p.lon, name: &p.label }
    }
}

impl<'v> Actor<'v> {
    fn of(e: &'v Entity) -> Actor<'v> {
        let (country, sector) = (text(&e.country), role(e));
        let code = if sector.is_empty() { country.into() } else { format!("{country}{sector}").into() };
        Actor { code, country, id: &e.id, name: &e.label, sector, entity_type: e.entity_type }
    }
}

/// A day as a number: 20201028, with a minus sign before Christ.
fn sql_date(day: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(day.len());
    out.extend(day.char_indices().filter(|(i, c)| *i == 0 || *c != '-').map(|(_, c)| c));
    out.into()
}

/// The first digits of a code.
fn root(code: &str, digits: usize) -> &str {
    code.get(..digits.min(code.len())).unwrap_or_default()
}

/// Id, CAMEO code, name, country and role of an actor.
fn actor(e: &Entity) -> [Cow<'_, str>; 5] {
    let Actor { code, country, id, name, sector, .. } = Actor::of(e);
    [id.into(), code, name.into(), country.into(), sector.into()]
}

fn role(e: &Entity) -> &'static str {
    match e.entity_type {
        EntityType::State => "GOV",
        _ => e.kind.as_deref().and_then(|k| Codebook::builtin().role(k)).unwrap_or_default(),
    }
}

fn place(place: Option<&Entity>) -> [Cow<'_, str>; 5] {
    let Some(p) = place else { return Default::default() };
    [p.id.as_str().into(), p.label.as_str().into(), text(&p.country).into(), real(p.lat), real(p.lon)]
}

fn counts(c: &Option<Casualties>) -> [Cow<'static, str>; 2] {
    let count = |n: Option<u64>| n.map(|n| Cow::Owned(n.to_string())).unwrap_or_default();
    c.as_ref().map(|c| [count(c.min), count(c.max)]).unwrap_or_default()
}

/// Id, publisher, day and address.
fn article(a: Option<&ArticleRef>) -> [&str; 4] {
    let Some(a) = a else { return Default::default() };
    [Some(&a.id), a.source.as_ref(), a.published.as_ref(), a.url.as_ref()].map(|cell| cell.map_or("", String::as_str))
}

fn text(n: &Option<Name>) -> &str {
    n.as_deref().unwrap_or_default()
}

/// Verbal and material cooperation, verbal and material conflict, as GDELT numbers them.
fn quad_class(root: &str) -> &'static str {
    match root.parse().unwrap_or(0) {
        1..=5 => "1",
        6..=8 => "2",
        9..=13 => "3",
        14..=20 => "4",
        _ => "",
    }
}
