//! The data of the page as JSON: what it draws and says, in one piece, with indices for ids so that large graphs stay small.
//!
//! Spans of evidence count characters from the start of their sentence. What has its usual value is left out.

use super::Options;
use super::layout::{self, Link};
use crate::error::Result;
use crate::export::style::{self, Tone};
use crate::graph::{GENERATOR, View};
use crate::model::{ArticleRef, Casualties, Entity, Evidence, Name, Quoted, Statement, Time};
use crate::ontology::{Codebook, Ontology, PredicateInfo};
use crate::vocab::{EntityType, Stance, Status};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};

/// Writes the data of a view; safe inside an HTML element.
pub fn write(view: &View<'_>, options: &Options, out: &mut dyn Write) -> Result<()> {
    let mut serializer = Serializer::with_formatter(io::BufWriter::new(out), ForHtml(CompactFormatter));
    collect(view, options).serialize(&mut serializer).map_err(io::Error::from)?;
    serializer.into_inner().flush()?;
    Ok(())
}

/// Writes JSON in which no text can end or open an element, nor a line of JavaScript.
struct ForHtml(CompactFormatter);

impl Formatter for ForHtml {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '\u{2028}', '\u{2029}']) {
            let (before, after) = rest.split_at(at);
            self.0.write_string_fragment(out, before)?;
            let special = after.chars().next().expect("something was found here");
            write!(out, "\\u{:04x}", u32::from(special))?;
            rest = &after[special.len_utf8()..];
        }
        self.0.write_string_fragment(out, rest)
    }
}

#[derive(Serialize)]
struct Data<'a> {
    generator: &'static str,
    title: Option<&'a str>,
    types: Vec<TypeOut>,
    tones: BTreeMap<&'static str, String>,
    predicates: Vec<PredicateOut<'a>>,
    codes: BTreeMap<&'a str, &'a str>,
    articles: Vec<ArticleOut<'a>>,
    entities: Vec<EntityOut<'a>>,
    sentences: Vec<SentenceOut<'a>>,
    statements: Vec<StatementOut<'a>>,
}

#[derive(Serialize)]
struct TypeOut {
    name: EntityType,
    colour: String,
}

#[derive(Serialize)]
struct PredicateOut<'a> {
    name: &'a str,
    label: &'a str,
    definition: &'a str,
    dynamic: bool,
    symmetric: bool,
    tone: Tone,
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// The entities that it mentions.
    entities: Vec<u32>,
}

#[derive(Serialize)]
struct EntityOut<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    entity_type: EntityType,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unnamed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<[f64; 2]>,
    #[serde(rename = "sameAs", skip_serializing_if = "<[String]>::is_empty")]
    same_as: &'a [String],
    mentions: usize,
    #[serde(flatten)]
    drawn: Option<Drawn>,
}

/// Where an entity lies in the network and its radius; one without statements is not drawn.
#[derive(Serialize)]
struct Drawn {
    x: f64,
    y: f64,
    size: f64,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    article: u32,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct StatementOut<'a> {
    id: &'a str,
    subject: u32,
    predicate: u32,
    object: u32,
    status: Status,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    negated: bool,
    #[serde(rename = "claimedBy", skip_serializing_if = "Vec::is_empty")]
    claimed_by: Vec<u32>,
    #[serde(rename = "deniedBy", skip_serializing_if = "Vec::is_empty")]
    denied_by: Vec<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'a Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weapon: Vec<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    killed: Option<Toll<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    injured: Option<Toll<'a>>,
    #[serde(rename = "instrumentOf", skip_serializing_if = "Option::is_none")]
    instrument_of: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cameo: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plover: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    confidence: f64,
    sources: usize,
    evidence: Vec<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct Toll<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cumulative: bool,
}

/// Characters of the sentence, end exclusive.
type Range = [u32; 2];

#[derive(Serialize)]
struct EvidenceOut<'a> {
    sentence: u32,
    rule: &'a str,
    stance: Stance,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<u32>,
}

/// Where ids and sentences stand in the lists of the data.
struct Index<'a> {
    entities: HashMap<&'a str, u32>,
    articles: HashMap<&'a str, u32>,
    predicates: HashMap<&'a str, u32>,
    /// Sentences in the order met, by article and start.
    sentences: IndexMap<(u32, u32, u32), &'a str>,
}

fn collect<'a>(view: &'a View<'_>, options: &'a Options) -> Data<'a> {
    let articles = view.articles();
    let predicates: Vec<&PredicateInfo> = used_predicates(view);
    let mut index = Index {
        entities: view.entities().map(|e| &*e.id).zip(0..).collect(),
        articles: articles.iter().map(|a| a.id.as_str()).zip(0..).collect(),
        predicates: predicates.iter().map(|p| p.name.as_str()).zip(0..).collect(),
        sentences: IndexMap::new(),
    };
    let statements = view.edges().iter().filter_map(|e| index.statement(e)).collect();
    let mut articles: Vec<ArticleOut<'_>> = articles.into_iter().map(|a| article(a, options)).collect();
    name_entities(view, &index, &mut articles);
    Data {
        generator: GENERATOR,
        title: options.title.as_deref(),
        types: EntityType::ALL
            .iter()
            .map(|&t| TypeOut { name: t, colour: style::hex(style::node_colour(t)) })
            .collect(),
        tones: Tone::ALL.iter().map(|t| (t.as_str(), style::hex(t.colour()))).collect(),
        predicates: predicates.into_iter().map(predicate).collect(),
        codes: codes(view),
        articles,
        entities: entities(view, &index),
        sentences: index.sentences(),
        statements,
    }
}

/// The predicates that edges of the view have, in the order of the ontology.
fn used_predicates(view: &View<'_>) -> Vec<&'static PredicateInfo> {
    let used: BTreeSet<&str> = view.edges().iter().map(|e| &*e.predicate).collect();
    Ontology::builtin().predicates().filter(|p| used.contains(p.name.as_str())).collect()
}

fn predicate(p: &PredicateInfo) -> PredicateOut<'_> {
    PredicateOut {
        name: &p.name,
        label: &p.label,
        definition: &p.definition,
        dynamic: p.dynamic,
        symmetric: p.symmetric,
        tone: Tone::of(&p.name),
    }
}

/// The names of the CAMEO codes in use.
fn codes<'a>(view: &'a View<'_>) -> BTreeMap<&'a str, &'a str> {
    let used = view.edges().iter().filter_map(|e| e.cameo.as_deref());
    used.filter_map(|c| Codebook::builtin().get(c)).map(|c| (c.code.as_str(), c.name.as_str())).collect()
}

fn article<'a>(a: &'a ArticleRef, options: &'a Options) -> ArticleOut<'a> {
    ArticleOut {
        id: &a.id,
        title: a.title.as_deref(),
        published: a.published.as_deref(),
        source: a.source.as_deref(),
        url: a.url.as_deref(),
        origin: a.origin.as_deref(),
        text: options.texts.get(&a.sha256).map(String::as_str),
        entities: Vec::new(),
    }
}

/// Lists in each article the entities that were seen in it.
fn name_entities(view: &View<'_>, index: &Index<'_>, articles: &mut [ArticleOut<'_>]) {
    for (i, (_, extra)) in (0..).zip(view.entities_with_extra()) {
        for seen in extra.seen {
            if let Some(&article) = index.articles.get(&*seen.article) {
                articles[article as usize].entities.push(i);
            }
        }
    }
}

fn entities<'a>(view: &View<'a>, index: &Index<'_>) -> Vec<EntityOut<'a>> {
    view.entities().zip(network(view, index)).map(|(e, drawn)| entity(e, drawn)).collect()
}

fn entity(e: &Entity, drawn: Option<Drawn>) -> EntityOut<'_> {
    EntityOut {
        id: &e.id,
        entity_type: e.entity_type,
        label: &e.label,
        kind: e.kind.as_deref(),
        aliases: &e.aliases,
        unnamed: !e.named,
        country: e.country.as_deref(),
        at: e.lat.zip(e.lon).map(|(lat, lon)| [lon, lat]),
        same_as: &e.same_as,
        mentions: e.mentions,
        drawn,
    }
}

fn tenths(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// Where each entity with statements lies. The layout sees one link between two entities, however many statements there
/// are; a radius grows with the root of the degree.
fn network(view: &View<'_>, index: &Index<'_>) -> Vec<Option<Drawn>> {
    let mut pairs: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut degrees = vec![0u32; index.entities.len()];
    for [a, b] in view.edges().iter().filter_map(|e| index.ends(e)).map(|ends| ends.map(|i| i as usize)) {
        degrees[a] += 1;
        degrees[b] += 1;
        *pairs.entry((a.min(b), a.max(b))).or_default() += 1;
    }
    let tied: Vec<usize> = (0..degrees.len()).filter(|&i| degrees[i] > 0).collect();
    let rank: HashMap<usize, u32> = tied.iter().copied().zip(0..).collect();
    let link = |((a, b), n)| Link { a: rank[&a], b: rank[&b], weight: f64::sqrt(f64::from(n)) };
    let links: Vec<Link> = pairs.into_iter().map(link).collect();
    let radii: Vec<f64> = tied.iter().map(|&i| 2.5 + 1.5 * f64::from(degrees[i].min(400)).sqrt()).collect();
    let mut out: Vec<Option<Drawn>> = degrees.iter().map(|_| None).collect();
    for ((i, [x, y]), r) in tied.into_iter().zip(layout::positions(&radii, &links)).zip(radii) {
        out[i] = Some(Drawn { x: tenths(x), y: tenths(y), size: tenths(r) });
    }
    out
}

impl<'a> Index<'a> {
    fn ends(&self, s: &Statement) -> Option<[u32; 2]> {
        Some([self.entity(&s.subject)?, self.entity(&s.object)?])
    }

    fn entity(&self, id: &Name) -> Option<u32> {
        self.entities.get(&**id).copied()
    }

    fn all(&self, ids: &[Name]) -> Vec<u32> {
        ids.iter().filter_map(|id| self.entity(id)).collect()
    }

    fn toll(&self, c: &'a Casualties) -> Toll<'a> {
        let side = c.side.as_ref().and_then(|s| self.entity(s));
        Toll { min: c.min, max: c.max, who: c.who.as_deref(), side, cumulative: c.cumulative }
    }

    fn statement(&mut self, s: &'a Statement) -> Option<StatementOut<'a>> {
        let [subject, object] = self.ends(s)?;
        Some(StatementOut {
            id: &s.id,
            subject,
            predicate: *self.predicates.get(&*s.predicate)?,
            object,
            status: s.status,
            negated: s.negated,
            claimed_by: self.all(&s.claimed_by),
            denied_by: self.all(&s.denied_by),
            time: s.time.as_ref(),
            place: s.place.as_ref().and_then(|p| self.entity(p)),
            weapon: self.all(&s.weapon),
            killed: s.killed.as_ref().map(|c| self.toll(c)),
            injured: s.injured.as_ref().map(|c| self.toll(c)),
            instrument_of: s.instrument_of.as_ref().and_then(|i| self.entity(i)),
            content: s.content.as_deref(),
            cameo: s.cameo.as_deref(),
            plover: s.plover.as_deref(),
            about: s.about.as_deref(),
            confidence: s.confidence,
            sources: s.sources,
            evidence: s.evidence.iter().filter_map(|e| self.evidence(e)).collect(),
        })
    }

    fn evidence(&mut self, e: &'a Evidence) -> Option<EvidenceOut<'a>> {
        let article = *self.articles.get(&*e.article)?;
        let entry = self.sentences.entry((article, e.start, e.end));
        let sentence = u32::try_from(entry.index()).ok()?;
        entry.or_insert(&e.quote);
        // Words of another sentence, which a pronoun or a denial may stand for, are not marked in this one.
        let inside = |q: &Quoted| (e.start <= q.start && q.end <= e.end).then(|| [q.start - e.start, q.end - e.start]);
        Some(EvidenceOut {
            sentence,
            rule: &e.rule,
            stance: e.stance,
            confidence: e.confidence,
            trigger: inside(&e.trigger),
            subject: e.subject.as_ref().and_then(inside),
            object: e.object.as_ref().and_then(inside),
            cue: e.cue.as_ref().and_then(inside),
            speaker: e.speaker.as_ref().and_then(|s| self.entity(s)),
        })
    }

    fn sentences(&self) -> Vec<SentenceOut<'a>> {
        let all = self.sentences.iter();
        all.map(|(&(article, start, end), &text)| SentenceOut { article, start, end, text }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element_it_stands_in() {
        let mut serializer = Serializer::with_formatter(Vec::new(), ForHtml(CompactFormatter));
        let hostile = "</script><!-- \u{2028}\u{2029} \" \\ é";
        hostile.serialize(&mut serializer).unwrap();
        let json = String::from_utf8(serializer.into_inner()).unwrap();
        assert!(!json.contains(['<', '\u{2028}', '\u{2029}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}
