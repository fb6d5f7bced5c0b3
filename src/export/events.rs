//! The event table of political scientists: one row for each statement that may be counted as having happened, with the
//! columns of GDELT, as CSV; and the same as PLOVER records, one JSON object a line.
//!
//! Structural statements and the use of a weapon are no events between actors; what was only denied, planned or demanded, or is disputed, is not counted. An event
//! without a time of its own has the day of publication, and says so in `DateSource`.

use super::csv::{real, record};
use super::{Out, table};
use crate::error::Result;
use crate::graph::{Edge, View, to_json};
use crate::model::{Casualties, Entity, Name};
use crate::ontology::{Codebook, Ontology};
use crate::vocab::{EntityType, Status};
use serde_json::{Value, json};
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
    actor1: Option<&'v Entity>,
    actor2: Option<&'v Entity>,
    place: Option<&'v Entity>,
    first: String,
    last: String,
    date_source: &'static str,
    article: Option<&'v crate::ArticleRef>,
    articles: usize,
}

/// Writes the table.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    record(&mut csv, COLUMNS.iter().map(|c| (*c).to_owned()))?;
    for event in events(view) {
        record(&mut csv, event.row().into_iter())?;
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
    view.edges().iter().filter(|e| is_event(view, e)).map(|e| Event::new(view, e))
}

fn is_event(view: &View<'_>, e: &Edge<'_>) -> bool {
    let happened = !e.negated && matches!(e.status, Status::Reported | Status::Claimed);
    let between_actors = view.entity(&e.object).is_some_and(|o| o.entity_type != EntityType::WeaponSystem);
    happened && between_actors && Ontology::builtin().get(&e.predicate).is_some_and(|p| p.dynamic)
}

impl<'v> Event<'v> {
    fn new(view: &'v View<'v>, edge: &'v Edge<'v>) -> Event<'v> {
        let (actor1, actor2) = (view.entity(&edge.subject), view.entity(&edge.object));
        let place = edge.place.as_deref().and_then(|p| view.entity(p));
        let place = place.or([actor2, actor1].into_iter().flatten().find(|e| e.entity_type == EntityType::Place));
        let articles = || edge.evidence.chunk_by(|a, b| a.article == b.article);
        let article = edge.evidence.first().and_then(|e| view.graph().article(&e.article));
        let published = articles().filter_map(|e| view.graph().article(&e[0].article)?.published.clone()).min();
        let time = edge.time.as_ref();
        let first = time.and_then(|t| t.start.clone().or(t.end.clone()));
        let last = time.and_then(|t| t.end.clone().or(t.start.clone()));
        let date_source = if first.is_some() { "event" } else { "publication" };
        let first = first.or(published).unwrap_or_default();
        let last = last.unwrap_or_else(|| first.clone());
        Event { edge, actor1, actor2, place, first, last, date_source, article, articles: articles().count() }
    }

    fn row(&self) -> Vec<String> {
        let e = self.edge;
        let code = e.cameo.as_deref().unwrap_or_default();
        let known = Codebook::builtin().get(code);
        let upto = |n: usize| code.get(..n.min(code.len())).unwrap_or_default().to_owned();
        let own = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut row = vec![e.id.to_string(), sql_date(&self.first), self.first.clone(), self.last.clone()];
        row.push(self.date_source.to_owned());
        row.extend(actor(&e.subject, self.actor1));
        row.extend(actor(&e.object, self.actor2));
        row.extend([e.predicate.to_string(), code.to_owned(), upto(3), upto(2)]);
        row.push(name(&e.plover));
        row.push(known.and_then(|k| k.mode.clone()).unwrap_or_default());
        row.extend([quad_class(&upto(2)).to_owned(), real(table::goldstein(&e.cameo))]);
        row.extend([e.status.to_string(), real(Some(e.confidence))]);
        row.extend([e.evidence.len(), e.sources, self.articles].map(|n| n.to_string()));
        row.extend(counts(&e.killed).into_iter().chain(counts(&e.injured)));
        row.extend(place(self.place));
        row.push(e.evidence.first().map(|ev| ev.quote.clone()).unwrap_or_default());
        row.push(self.article.map(|a| a.id.clone()).unwrap_or_default());
        let article =
            |get: fn(&crate::ArticleRef) -> &Option<String>| self.article.map(|a| own(get(a))).unwrap_or_default();
        row.extend([article(|a| &a.source), article(|a| &a.published), article(|a| &a.url)]);
        row
    }

    fn plover(&self) -> Value {
        let e = self.edge;
        let known = e.cameo.as_deref().and_then(|c| Codebook::builtin().get(c));
        let quote = e.evidence.first();
        json!({
            "id": e.id, "date": self.first, "end_date": self.last, "date_source": self.date_source,
            "source": plover_actor(&e.subject, self.actor1), "target": plover_actor(&e.object, self.actor2),
            "event": e.plover, "mode": known.and_then(|k| k.mode.clone()),
            "context": known.map(|k| k.context.clone()).unwrap_or_default(),
            "predicate": e.predicate, "cameo": e.cameo, "goldstein": table::goldstein(&e.cameo),
            "location": self.place.map(|p| json!({"id": p.id, "name": p.label, "country": p.country, "lat": p.lat, "lon": p.lon})),
            "magnitude": {"dead": e.killed, "injured": e.injured},
            "status": e.status, "claimed_by": e.claimed_by, "confidence": e.confidence, "sources": e.sources,
            "text": quote.map(|q| &q.quote), "article": self.article.map(|a| json!({
                "id": a.id, "publisher": a.source, "published": a.published, "url": a.url, "sha256": a.sha256})),
        })
    }
}

/// A day as a number: 20201028, with a minus sign before Christ.
fn sql_date(day: &str) -> String {
    let (sign, rest) = if day.starts_with('-') { day.split_at(1) } else { ("", day) };
    format!("{sign}{}", rest.replace('-', ""))
}

/// Id, CAMEO code, name, country and role of an actor.
fn actor(id: &Name, entity: Option<&Entity>) -> [String; 5] {
    let country = entity.and_then(|e| e.country.clone()).unwrap_or_default();
    let role = entity.map(role).unwrap_or_default();
    let label = entity.map(|e| e.label.clone()).unwrap_or_default();
    [id.to_string(), format!("{country}{role}"), label, country.to_string(), role.to_owned()]
}

fn role(e: &Entity) -> &'static str {
    match e.entity_type {
        EntityType::State => "GOV",
        _ => e.kind.as_deref().and_then(|k| Codebook::builtin().role(k)).unwrap_or_default(),
    }
}

fn plover_actor(id: &Name, entity: Option<&Entity>) -> Value {
    let [_, code, name, country, role] = actor(id, entity);
    json!({"id": id, "name": name, "code": code, "country": country, "sector": role, "type": entity.map(|e| e.entity_type)})
}

fn place(place: Option<&Entity>) -> [String; 5] {
    let Some(p) = place else { return Default::default() };
    [p.id.to_string(), p.label.clone(), name(&p.country), real(p.lat), real(p.lon)]
}

fn counts(c: &Option<Casualties>) -> [String; 2] {
    let count = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    c.as_ref().map(|c| [count(c.min), count(c.max)]).unwrap_or_default()
}

fn name(n: &Option<Name>) -> String {
    n.as_deref().unwrap_or_default().to_owned()
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
