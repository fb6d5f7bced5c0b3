//! Reads back what `write` wrote, in any syntax and view: the same graph. RDF of others is not read.

use super::vocabulary::*;
use crate::error::{Error, Result};
use crate::graph::{KnowledgeGraph, NodeExtra, RawEdge, RawGraph, RawMeta, RawNode, VariantJson};
use crate::model::{ArticleRef, Casualties, Entity, Evidence, Name, Pool, Quoted, Statement, Time};
use crate::vocab::{EntityType, Granularity, Stance, Status};
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// What is said of one resource: values by property, in the order of the file.
type Resource = HashMap<String, Vec<Term>>;

/// Reads a graph. `file` is for messages.
pub fn read(file: &str, format: RdfFormat, bytes: &[u8]) -> Result<KnowledgeGraph> {
    let mut resources: BTreeMap<String, Resource> = BTreeMap::new();
    for quad in RdfParser::from_format(format).for_slice(bytes) {
        let quad = quad.map_err(|e| Error::syntax(file, line_of(bytes, &e), e.to_string()))?;
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
        let values =
            resources.entry(subject.into_string()).or_default().entry(quad.predicate.into_string()).or_default();
        if !values.contains(&quad.object) {
            values.push(quad.object);
        }
    }
    let raw = Reader { resources: &resources, quotes: RefCell::default() }.graph();
    if raw.nodes.is_empty() && !resources.is_empty() {
        return Err(Error::syntax(
            file,
            None,
            "this RDF has no entities of newsgraph's ontology; only our own is read back",
        ));
    }
    Ok(KnowledgeGraph::from_raw(raw))
}

fn line_of(_: &[u8], error: &oxrdfio::RdfSyntaxError) -> Option<usize> {
    error.location().map(|l| l.start.line as usize + 1)
}

struct Reader<'a> {
    resources: &'a BTreeMap<String, Resource>,
    /// Sentences, which many statements share.
    quotes: RefCell<Pool>,
}

impl Reader<'_> {
    fn graph(&self) -> RawGraph {
        let mut raw = RawGraph { graph: RawMeta::default(), nodes: Vec::new(), edges: Vec::new() };
        for (iri, resource) in self.resources {
            let types: Vec<&str> = iris(resource, TYPE).collect();
            let class = types.iter().find_map(|t| EntityType::parse(t.strip_prefix(ONTOLOGY)?));
            if let Some(entity_type) = class {
                raw.nodes.push(self.node(iri, resource, entity_type));
            } else if types.contains(&NEWS_ARTICLE.as_str()) {
                raw.graph.articles.push(article(iri, resource));
            } else if types.contains(&STATEMENT.as_str()) {
                raw.edges.extend(self.edge(iri, resource));
            }
        }
        raw
    }

    fn node(&self, iri: &str, r: &Resource, entity_type: EntityType) -> RawNode {
        let same = [SAME_AS, EXACT_MATCH].into_iter().flat_map(|p| iris(r, p)).chain(texts(r, OTHER_IDENTIFIER));
        let entity = Entity {
            id: self.id(iri),
            entity_type,
            kind: text(r, KIND).map(Name::from),
            label: text(r, LABEL).unwrap_or_default().to_owned(),
            aliases: texts(r, ALT_LABEL).map(str::to_owned).collect(),
            named: text(r, NAMED) != Some("false"),
            country: text(r, COUNTRY).map(Name::from),
            lat: parsed(r, LAT),
            lon: parsed(r, LONG),
            same_as: same.map(str::to_owned).collect(),
            mentions: parsed(r, MENTIONS).unwrap_or_default(),
        };
        let extra: Option<NodeExtra> = text(r, SIGHTINGS).and_then(|json| serde_json::from_str(json).ok());
        RawNode { entity, extra: extra.unwrap_or_default() }
    }

    fn edge(&self, iri: &str, r: &Resource) -> Option<RawEdge> {
        let (subject, predicate, object) = self.core(r)?;
        let statement = Statement {
            id: self.id(iri),
            subject,
            object,
            predicate,
            // These follow from the evidence.
            status: Status::Hypothetical,
            claimed_by: Vec::new(),
            denied_by: Vec::new(),
            confidence: 0.0,
            sources: 0,
            negated: text(r, NEGATED) == Some("true"),
            time: self.time(r),
            place: self.reference(r, PLACE),
            weapon: iris(r, WEAPON).map(|w| self.id(w)).collect(),
            killed: self.casualties(r, [KILLED_MIN, KILLED_MAX, KILLED_WHO, KILLED_SIDE, KILLED_CUMULATIVE]),
            injured: self.casualties(r, [INJURED_MIN, INJURED_MAX, INJURED_WHO, INJURED_SIDE, INJURED_CUMULATIVE]),
            instrument_of: self.reference(r, INSTRUMENT_OF),
            content: text(r, CONTENT).map(Name::from),
            cameo: iris(r, CAMEO_CODE).next().map(|c| local(c, CAMEO)),
            plover: iris(r, PLOVER_TYPE).next().map(|c| local(c, PLOVER)),
            about: self.reference(r, ABOUT),
            evidence: iris(r, HAS_EVIDENCE).filter_map(|e| self.evidence(e)).collect(),
        };
        let variants: Option<Vec<VariantJson>> = text(r, VARIANTS).and_then(|json| serde_json::from_str(json).ok());
        Some(RawEdge { statement, variants: variants.unwrap_or_default() })
    }

    /// Subject, predicate and object, from a reification or a triple term.
    fn core(&self, r: &Resource) -> Option<(Name, Name, Name)> {
        if let Some(Term::Triple(t)) = r.get(REIFIES.as_str()).and_then(|v| v.first()) {
            let (NamedOrBlankNode::NamedNode(s), Term::NamedNode(o)) = (&t.subject, &t.object) else { return None };
            return Some((self.id(s.as_str()), local(t.predicate.as_str(), ONTOLOGY), self.id(o.as_str())));
        }
        let one = |p| iris(r, p).next();
        Some((self.id(one(SUBJECT)?), local(one(PREDICATE)?, ONTOLOGY), self.id(one(OBJECT)?)))
    }

    fn evidence(&self, iri: &str) -> Option<Evidence> {
        let r = self.resources.get(iri)?;
        let span = iris(r, HAS_SELECTOR).next().and_then(|s| self.quoted(s))?;
        let words = |p| iris(r, p).next().and_then(|s| self.quoted(s));
        let stance = iris(r, STANCE).next().map(|s| local(s, ONTOLOGY))?;
        Some(Evidence {
            article: self.reference(r, HAS_SOURCE)?,
            start: span.start,
            end: span.end,
            quote: span.text,
            rule: text(r, RULE).map(Name::from)?,
            stance: Stance::parse(stance.strip_suffix("Stance")?)?,
            confidence: parsed(r, CONFIDENCE).unwrap_or_default(),
            trigger: words(TRIGGER)?,
            subject: words(SUBJECT_WORDS),
            object: words(OBJECT_WORDS),
            speaker: self.reference(r, SPEAKER),
            cue: words(CUE),
        })
    }

    fn quoted(&self, iri: &str) -> Option<Quoted> {
        let r = self.resources.get(iri)?;
        let text = self.quotes.borrow_mut().name(text(r, EXACT)?);
        Some(Quoted { start: parsed(r, OA_START)?, end: parsed(r, OA_END)?, text })
    }

    fn time(&self, r: &Resource) -> Option<Time> {
        let interval = self.resources.get(iris(r, HAS_TIME).next()?)?;
        let day = |p| text(r, p).map(Name::from);
        let granularity = Granularity::parse(text(interval, GRANULARITY)?)?;
        Some(Time { start: day(BEGIN), end: day(END), granularity })
    }

    fn casualties(&self, r: &Resource, from: [NamedNodeRef<'_>; 5]) -> Option<Box<Casualties>> {
        let [min, max, who, side, cumulative] = from;
        Some(Box::new(Casualties {
            cumulative: text(r, cumulative)? == "true",
            min: parsed(r, min),
            max: parsed(r, max),
            who: text(r, who).map(str::to_owned),
            side: self.reference(r, side),
        }))
    }

    fn reference(&self, r: &Resource, p: NamedNodeRef<'_>) -> Option<Name> {
        iris(r, p).next().map(|iri| self.id(iri))
    }

    /// The id that a resource says it has; of one that is not described, the last part of its IRI.
    fn id(&self, iri: &str) -> Name {
        let known = self.resources.get(iri).and_then(|r| text(r, IDENTIFIER));
        known.map_or_else(|| decoded(iri.rsplit('/').next().unwrap_or(iri)).into(), Name::from)
    }
}

fn article(iri: &str, r: &Resource) -> ArticleRef {
    let own = |p| text(r, p).map(str::to_owned);
    ArticleRef {
        id: own(IDENTIFIER).unwrap_or_else(|| iri.to_owned()),
        title: own(HEADLINE),
        published: own(DATE_PUBLISHED),
        source: own(PUBLISHER),
        url: own(URL),
        origin: own(ORIGIN),
        fingerprint: own(FINGERPRINT),
        sha256: own(SHA256).unwrap_or_default(),
    }
}

fn iris<'r>(r: &'r Resource, p: NamedNodeRef<'_>) -> impl Iterator<Item = &'r str> {
    r.get(p.as_str()).into_iter().flatten().filter_map(|t| match t {
        Term::NamedNode(n) => Some(n.as_str()),
        _ => None,
    })
}

fn texts<'r>(r: &'r Resource, p: NamedNodeRef<'_>) -> impl Iterator<Item = &'r str> {
    r.get(p.as_str()).into_iter().flatten().filter_map(|t| match t {
        Term::Literal(l) => Some(l.value()),
        _ => None,
    })
}

fn text<'r>(r: &'r Resource, p: NamedNodeRef<'_>) -> Option<&'r str> {
    texts(r, p).next()
}

fn parsed<T: std::str::FromStr>(r: &Resource, p: NamedNodeRef<'_>) -> Option<T> {
    text(r, p)?.parse().ok()
}

fn local(iri: &str, namespace: &str) -> Name {
    Name::from(decoded(iri.strip_prefix(namespace).unwrap_or(iri)))
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&b, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| b == b'%').and_then(|h| std::str::from_utf8(h).ok());
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(b);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
