//! The event table of political scientists: one row for each statement that may be counted as having happened, with the
//! columns of GDELT, as CSV; and the same as PLOVER records, one JSON object a line.
//!
//! Structural statements and the use of a weapon are no events between actors; what was only denied, planned or demanded, or is
//! disputed, is not counted. An event without a time of its own has the day of publication, and says so in `DateSource`.

use super::csv::Rows;
use super::{Out, table};
use crate::error::Result;
use crate::graph::{Edge, View, to_json};
use crate::model::{ArticleRef, Casualties, Entity, Name};
use crate::ontology::{Code, Codebook, Ontology};
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
    code: Option<&'static Code>,
    place: Option<&'v Entity>,
    first: &'v str,
    last: &'v str,
    date_source: &'static str,
    article: Option<&'v ArticleRef>,
    articles: usize,
}

/// Writes the table.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::new(out);
    rows.cells(COLUMNS.iter().copied());
    rows.end()?;
    for event in events(view) {
        event.write_row(&mut rows);
        rows.end()?;
    }
    rows.finish()
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
        let code = edge.cameo.as_deref().and_then(|c| Codebook::builtin().get(c));
        Event { edge, code, place, first, last, date_source, article, articles: articles().count() }
    }

    /// Its cells, in the order of the columns.
    fn write_row(&self, row: &mut Rows<impl Write>) {
        let e = self.edge;
        row.cells([e.id.as_str(), &sql_date(self.first), self.first, self.last, self.date_source]);
        e.ends.into_iter().for_each(|end| Actor::of(end).write_cells(row));
        let code = e.cameo.as_deref().unwrap_or_default();
        row.cells([e.predicate.as_str(), code, root(code, 3), root(code, 2), text(&e.plover)]);
        row.cells([self.mode().unwrap_or_default(), quad_class(root(code, 2))]);
        row.real(table::goldstein(&e.cameo));
        row.cell(e.status.as_str());
        row.real(Some(e.confidence));
        [e.evidence.len(), e.sources, self.articles].into_iter().for_each(|n| row.integer(n));
        [&e.killed, &e.injured].into_iter().for_each(|people| write_counts(people.as_deref(), row));
        write_place(self.place, row);
        row.cell(e.evidence.first().map(|ev| ev.quote.as_str()).unwrap_or_default());
        row.cells(article(self.article));
    }

    fn mode(&self) -> Option<&'static str> {
        self.code?.mode.as_deref()
    }

    fn plover(&self) -> Record<'_> {
        let e = self.edge;
        Record {
            article: self.article.map(Publication::of),
            cameo: e.cameo.as_deref(),
            claimed_by: &e.claimed_by,
            confidence: e.confidence,
            context: self.code.map(|k| k.context.as_slice()).unwrap_or_default(),
            date: self.first,
            date_source: self.date_source,
            end_date: self.last,
            event: e.plover.as_deref(),
            goldstein: table::goldstein(&e.cameo),
            id: &e.id,
            location: self.place.map(Location::of),
            magnitude: Magnitude { dead: e.killed.as_deref(), injured: e.injured.as_deref() },
            mode: self.mode(),
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

    /// Id, CAMEO code, name, country and role.
    fn write_cells(&self, row: &mut Rows<impl Write>) {
        row.cells([self.id, &self.code, self.name, self.country, self.sector]);
    }
}

/// A day as a number: 20201028, with a minus sign before Christ.
fn sql_date(day: &str) -> String {
    let (sign, day) = day.split_at(usize::from(day.starts_with('-')));
    let mut out = sign.to_owned();
    out.extend(day.split('-'));
    out
}

/// The first digits of a code.
fn root(code: &str, digits: usize) -> &str {
    code.get(..digits.min(code.len())).unwrap_or_default()
}

fn role(e: &Entity) -> &'static str {
    match e.entity_type {
        EntityType::State => "GOV",
        _ => e.kind.as_deref().and_then(|k| Codebook::builtin().role(k)).unwrap_or_default(),
    }
}

/// Id, name, country, latitude and longitude.
fn write_place(place: Option<&Entity>, row: &mut Rows<impl Write>) {
    row.cells(place.map(|p| [p.id.as_str(), &p.label, text(&p.country)]).unwrap_or_default());
    row.real(place.and_then(|p| p.lat));
    row.real(place.and_then(|p| p.lon));
}

/// How many at least and at most.
fn write_counts(people: Option<&Casualties>, row: &mut Rows<impl Write>) {
    for n in people.map(|c| [c.min, c.max]).unwrap_or_default() {
        match n {
            Some(n) => row.integer(n),
            None => row.cell(""),
        }
    }
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
