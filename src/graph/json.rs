//! The interchange JSON (DESIGN.md §4): a node-link graph, written as it goes and read back to the same graph.
//!
//! Beyond what the design shows, a node says in which articles it was `seenIn`, how often, and, where articles differ, what
//! each said (`profiles`); an edge whose articles give different qualifiers lists them (`variants`). From these the graph
//! can be merged further, and an article taken out again, as exactly as from the readings.

use super::pieces::Pieces;
use super::restore::Restoring;
use super::sightings::{Qualifiers, Seen};
use super::{KnowledgeGraph, View};
use crate::error::{Error, Result};
use crate::model::{ArticleRef, Casualties, Entity, Evidence, Name, Statement, Time, pooled, unpooled};
use crate::vocab::{EntityType, Predicate, Status};
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Write};

/// Names the program and its version, not the time.
pub(crate) const GENERATOR: &str = concat!("newsgraph ", env!("CARGO_PKG_VERSION"));

/// Writes a view as interchange JSON: one node, one edge a line; memory does not grow with the output.
pub fn write_json(view: &View<'_>, out: &mut dyn Write) -> Result<()> {
    out.write_all(b"{\"directed\": true, \"multigraph\": true,\n\"graph\": {\"generator\": ")?;
    to_json(&mut *out, &GENERATOR)?;
    out.write_all(b", \"articles\": [")?;
    lines(out, view.articles().into_iter().map(Ok))?;
    out.write_all(b"]},\n\"nodes\": [")?;
    lines(out, view.nodes.iter().map(|&n| Ok(node(view.graph, n))))?;
    out.write_all(b"],\n\"edges\": [")?;
    lines(out, view.edges().iter().map(|e| Ok(edge(view, e))))?;
    out.write_all(b"]}\n")?;
    Ok(())
}

/// Reads interchange JSON as it comes; of a long list some hundreds of items are in memory. `file` is for messages.
pub fn read_json(file: &str, input: impl Read) -> Result<KnowledgeGraph> {
    pooled(|| Incoming::default().read(&mut Pieces::new(file, input)))
}

/// A graph that is coming in. Edges that come after articles and nodes, as we write them, go into the graph one by one.
#[derive(Default)]
struct Incoming {
    restoring: Restoring,
    meta: Option<RawMeta>,
    nodes: Option<Vec<RawNode>>,
    /// Whether articles and nodes are in the graph.
    open: bool,
    /// Edges that came too early.
    edges: Option<Vec<RawEdge>>,
}

impl Incoming {
    fn read(mut self, json: &mut Pieces<'_, impl Read>) -> Result<KnowledgeGraph> {
        json.each(*b"{}", |json| {
            let key: String = json.value()?;
            json.punctuation(b':')?;
            self.field(&key, json)
        })?;
        json.end()?;
        self.finish().map_err(|missing| json.faulty(&format!("missing field `{missing}`")))
    }

    fn field(&mut self, key: &str, json: &mut Pieces<'_, impl Read>) -> Result<()> {
        match key {
            "graph" if self.meta.is_none() && !self.open => self.meta = Some(json.value()?),
            "nodes" if self.nodes.is_none() && !self.open => {
                let nodes = self.nodes.insert(Vec::new());
                json.each(*b"[]", |json| {
                    nodes.push(json.value()?);
                    Ok(())
                })?;
            }
            "edges" | "links" if self.edges.is_none() => {
                if let Some(nodes) = self.nodes.take_if(|_| self.meta.is_some()) {
                    self.open(nodes);
                }
                let early = self.edges.insert(Vec::new());
                if self.open {
                    return self.restoring.edges(|put| json.each(*b"[]", |json| json.value().map(&mut *put)));
                }
                json.each(*b"[]", |json| {
                    early.push(json.value()?);
                    Ok(())
                })?;
            }
            "graph" | "nodes" => return Err(json.faulty(&format!("duplicate field `{key}`"))),
            "edges" | "links" => return Err(json.faulty("duplicate field `edges`")),
            _ => {
                json.value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn open(&mut self, nodes: Vec<RawNode>) {
        self.restoring.articles(self.meta.take().unwrap_or_default());
        self.restoring.nodes(nodes);
        self.open = true;
    }

    /// The graph, or what is missing.
    fn finish(mut self) -> Result<KnowledgeGraph, &'static str> {
        let edges = self.edges.take().ok_or("edges")?;
        if !self.open {
            let nodes = self.nodes.take().ok_or("nodes")?;
            self.open(nodes);
        }
        edges.into_iter().for_each(|edge| self.restoring.edge(edge));
        Ok(self.restoring.finish())
    }
}

pub(crate) fn to_json(out: impl Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(out, value).map_err(|e| Error::Write(e.into()))
}

fn lines<T: Serialize>(out: &mut dyn Write, items: impl Iterator<Item = Result<T>>) -> Result<()> {
    let mut separator: &[u8] = b"\n";
    for item in items {
        out.write_all(separator)?;
        to_json(&mut *out, &item?)?;
        separator = b",\n";
    }
    Ok(())
}

#[derive(Serialize)]
struct NodeOut<'a> {
    #[serde(flatten)]
    entity: &'a Entity,
    #[serde(flatten)]
    extra: NodeExtra,
}

/// What a node says of its articles.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct NodeExtra {
    /// Articles with the number of mentions and the place of what they said in `profiles`.
    #[serde(rename = "seenIn", default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<SeenJson>,
    /// What articles said, where they differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Entity>,
}

/// An article in which an entity was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SeenJson {
    pub article: Name,
    pub mentions: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub profile: usize,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The qualifiers that some articles of a statement give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct VariantJson {
    pub articles: Vec<Name>,
    weapon: Vec<Name>,
    killed: Option<Box<Casualties>>,
    injured: Option<Box<Casualties>>,
    #[serde(rename = "instrumentOf")]
    instrument_of: Option<Name>,
    content: Option<Name>,
    plover: Option<Name>,
    pub about: Option<Name>,
}

#[derive(Serialize)]
struct EdgeOut<'a> {
    #[serde(flatten)]
    statement: &'a Statement,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    variants: Vec<VariantJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<usize>,
    #[serde(skip_serializing_if = "<[Name]>::is_empty")]
    types: &'a [Name],
}

fn node(graph: &KnowledgeGraph, node: petgraph::stable_graph::NodeIndex) -> NodeOut<'_> {
    NodeOut { entity: &graph.inner()[node], extra: graph.node_extra(node) }
}

fn edge<'a>(view: &View<'_>, e: &'a super::Edge<'_>) -> EdgeOut<'a> {
    let weight = e.is_collapsed().then(|| e.weight());
    EdgeOut { statement: e, variants: view.edge_variants(e), weight, types: e.predicates() }
}

impl KnowledgeGraph {
    /// The articles of a node.
    pub(crate) fn node_extra(&self, node: petgraph::stable_graph::NodeIndex) -> NodeExtra {
        let Some(sightings) = self.seen.get(node.index()) else { return NodeExtra::default() };
        let mut profiles: Vec<(usize, &Entity)> = sightings.profiles().enumerate().collect();
        profiles.sort_by(|(_, a), (_, b)| profile_order(a).cmp(&profile_order(b)));
        let mut rank = vec![0; profiles.len().max(1)];
        (0..).zip(&profiles).for_each(|(i, (place, _))| rank[*place] = i);
        let name = |slot| self.slot(slot).map(|s| s.name.clone());
        let json = |s: &Seen| {
            Some(SeenJson { article: name(s.article)?, mentions: s.mentions as usize, profile: rank[s.place()] })
        };
        let mut seen: Vec<SeenJson> = sightings.seen().iter().filter_map(json).collect();
        seen.sort_by(|a, b| a.article.cmp(&b.article));
        let several = profiles.len() > 1;
        let profiles = profiles.into_iter().filter(|_| several).map(|(_, p)| p.clone()).collect();
        NodeExtra { seen, profiles }
    }

    /// The different qualifiers of an edge, with their articles.
    pub(crate) fn edge_variants(&self, edge: petgraph::stable_graph::EdgeIndex) -> Vec<VariantJson> {
        let Some(sightings) = self.variants.get(&edge) else { return Vec::new() };
        let mut by_value: BTreeMap<&Qualifiers, Vec<Name>> = BTreeMap::new();
        for seen in sightings.seen() {
            if let (Some(q), Some(slot)) = (sightings.profile(seen), self.slot(seen.article)) {
                by_value.entry(q).or_default().push(slot.name.clone());
            }
        }
        by_value.into_iter().map(|(q, articles)| VariantJson::new(q.clone(), articles)).collect()
    }
}

/// Everything of a profile in an order that does not depend on when it was met.
#[allow(clippy::type_complexity, reason = "a sort key, used nowhere else")]
fn profile_order(
    e: &Entity,
) -> (&str, &[String], Option<&Name>, bool, &[String], Option<&Name>, [Option<u64>; 2], &str) {
    let place = [e.lat.map(f64::to_bits), e.lon.map(f64::to_bits)];
    (&e.label, &e.aliases, e.kind.as_ref(), e.named, &e.same_as, e.country.as_ref(), place, e.entity_type.as_str())
}

impl VariantJson {
    fn new(q: Qualifiers, mut articles: Vec<Name>) -> VariantJson {
        articles.sort();
        let Qualifiers { weapon, killed, injured, instrument_of, content, plover, about } = q;
        VariantJson { articles, weapon, killed, injured, instrument_of, content, plover, about }
    }

    pub(super) fn put(&self, s: &mut Statement) {
        let v = self.clone();
        let (weapon, killed, injured, instrument_of) = (v.weapon, v.killed, v.injured, v.instrument_of);
        Qualifiers { weapon, killed, injured, instrument_of, content: v.content, plover: v.plover, about: v.about }
            .put(s);
    }
}

/// A graph as it stands in a file, before it is merged.
pub(crate) struct RawGraph {
    pub graph: RawMeta,
    pub nodes: Vec<RawNode>,
    pub edges: Vec<RawEdge>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct RawMeta {
    #[serde(default)]
    pub articles: Vec<ArticleRef>,
}

/// A node of a file.
#[derive(Debug, Deserialize)]
#[serde(from = "NodeIn")]
pub(crate) struct RawNode {
    pub entity: Entity,
    pub extra: NodeExtra,
}

/// An edge of a file.
#[derive(Debug, Deserialize)]
#[serde(from = "EdgeIn")]
pub(crate) struct RawEdge {
    pub statement: Statement,
    pub variants: Vec<VariantJson>,
}

/// The fields of a node in one list: flattened structs are read by way of a map of all fields, which takes twice as long.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NodeIn {
    id: Name,
    #[serde(rename = "type")]
    entity_type: EntityType,
    kind: Option<Name>,
    label: String,
    aliases: Vec<String>,
    named: bool,
    country: Option<Name>,
    lat: Option<f64>,
    lon: Option<f64>,
    same_as: Vec<String>,
    mentions: usize,
    #[serde(rename = "seenIn", default)]
    seen: Vec<SeenJson>,
    #[serde(default)]
    profiles: Vec<Entity>,
}

impl From<NodeIn> for RawNode {
    fn from(n: NodeIn) -> RawNode {
        let entity = Entity {
            id: n.id,
            entity_type: n.entity_type,
            kind: n.kind,
            label: n.label,
            aliases: n.aliases,
            named: n.named,
            country: n.country,
            lat: n.lat,
            lon: n.lon,
            same_as: n.same_as,
            mentions: n.mentions,
        };
        RawNode { entity, extra: NodeExtra { seen: n.seen, profiles: n.profiles } }
    }
}

/// The fields of an edge in one list, for the same reason. What follows from the evidence is not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EdgeIn {
    #[serde(deserialize_with = "unpooled")]
    key: Name,
    source: Name,
    target: Name,
    #[serde(rename = "type")]
    predicate: Predicate,
    status: Status,
    negated: bool,
    time: Option<Time>,
    place: Option<Name>,
    weapon: Vec<Name>,
    killed: Option<Box<Casualties>>,
    injured: Option<Box<Casualties>>,
    instrument_of: Option<Name>,
    content: Option<Name>,
    cameo: Option<Name>,
    plover: Option<Name>,
    about: Option<Name>,
    #[serde(deserialize_with = "mostly_one")]
    evidence: Vec<Evidence>,
    #[serde(default)]
    variants: Vec<VariantJson>,
}

/// A list that mostly has one item, for which room is made first: that of four, given back later, is slow to find again.
fn mostly_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Evidence>, D::Error> {
    struct List;
    impl<'de> Visitor<'de> for List {
        type Value = Vec<Evidence>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of evidence")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<Evidence>, A::Error> {
            let mut list = Vec::with_capacity(1);
            while let Some(item) = items.next_element()? {
                list.push(item);
            }
            Ok(list)
        }
    }
    deserializer.deserialize_seq(List)
}

impl From<EdgeIn> for RawEdge {
    fn from(e: EdgeIn) -> RawEdge {
        let statement = Statement {
            id: e.key,
            subject: e.source,
            object: e.target,
            predicate: e.predicate,
            status: e.status,
            negated: e.negated,
            claimed_by: Vec::new(),
            denied_by: Vec::new(),
            time: e.time,
            place: e.place,
            weapon: e.weapon,
            killed: e.killed,
            injured: e.injured,
            instrument_of: e.instrument_of,
            content: e.content,
            cameo: e.cameo,
            plover: e.plover,
            about: e.about,
            confidence: 0.0,
            sources: 0,
            evidence: e.evidence,
        };
        RawEdge { statement, variants: e.variants }
    }
}
