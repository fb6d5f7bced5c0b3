//! A graph out of what a file of it holds. What follows from the evidence is computed anew; what is missing in files of others
//! (who was seen where, entities that only a statement names) is made up as merging readings would.

use super::json::{RawEdge, RawGraph, RawMeta, RawNode};
use super::sightings::Sightings;
use super::{KnowledgeGraph, NodeExtra, Touched, merge};
use crate::error::Result;
use crate::model::{ArticleRef, Entity, Evidence, Name, Statement};
use foldhash::{HashMap, HashSet};
use petgraph::stable_graph::NodeIndex;
use std::collections::BTreeMap;
use std::sync::mpsc;

impl KnowledgeGraph {
    /// The graph of a file that is read already.
    pub(crate) fn from_raw(raw: RawGraph) -> KnowledgeGraph {
        let mut restoring = Restoring::default();
        restoring.articles(raw.graph);
        restoring.nodes(raw.nodes);
        for mut edge in raw.edges {
            restoring.graph.share_words(&mut edge.statement);
            restoring.edge(edge);
        }
        restoring.finish()
    }
}

/// How many edges go from the thread that reads them to the one that takes them at once, and how often before the first waits.
const BATCH: usize = 256;
const WAITING: usize = 4;

/// A graph that is being read back: articles and nodes first, then edges, which need not be held.
#[derive(Default)]
pub(super) struct Restoring {
    graph: KnowledgeGraph,
    touched: Touched,
    /// Nodes of which the file does not say where they were seen, until all edges are known; these then wait with them.
    unseen: Vec<RawNode>,
    waiting: Vec<RawEdge>,
    /// Ids of statements that the file has under others.
    moved: HashMap<Name, Name>,
    /// Nodes by the addresses of their ids, which equal names of a file share: found without reading them.
    nodes_at: HashMap<usize, NodeIndex>,
    /// Slots by the names that the file gives articles, by the addresses of these names, and the first of them.
    slots: HashMap<Name, u32>,
    slots_at: HashMap<usize, u32>,
    home: Option<Name>,
    /// Entities of which the file does not say where they were seen, with the articles whose statements name them.
    loose: HashSet<NodeIndex>,
    named: Vec<(NodeIndex, u32)>,
}

impl Restoring {
    /// Takes the articles.
    pub fn articles(&mut self, meta: RawMeta) {
        for article in meta.articles {
            self.article(article);
        }
    }

    fn article(&mut self, mut article: ArticleRef) -> u32 {
        let name = Name::pooled(&article.id);
        restore_id(&mut article);
        let key = (article.id.clone(), article.sha256.clone());
        let slot = match self.graph.articles.get(&key) {
            Some(&slot) => slot,
            None => self.graph.open_slot(key, article),
        };
        self.home.get_or_insert_with(|| name.clone());
        self.slots.insert(name.clone(), slot);
        if let Some((held, _)) = self.slots.get_key_value(&name) {
            self.slots_at.insert(held.address(), slot);
        }
        slot
    }

    /// The slot of an article, opened if the file does not list it.
    fn slot(&mut self, name: &Name) -> u32 {
        let known = self.slots_at.get(&name.address()).or_else(|| self.slots.get(name)).copied();
        known.unwrap_or_else(|| self.article(ArticleRef { id: name.to_string(), ..ArticleRef::default() }))
    }

    /// Takes the nodes.
    pub fn nodes(&mut self, nodes: Vec<RawNode>) {
        self.graph.reserve(nodes.len());
        let (seen, unseen): (Vec<RawNode>, Vec<RawNode>) = nodes.into_iter().partition(|n| !n.extra.seen.is_empty());
        for RawNode { entity, extra } in seen {
            self.node(entity, extra);
        }
        self.unseen = unseen;
    }

    /// Takes an edge whose equal words are one in memory, after the nodes.
    pub fn edge(&mut self, mut edge: RawEdge) {
        merge::clean_statement(&mut edge.statement);
        merge::set_id(&mut edge.statement, &mut self.moved);
        if self.unseen.is_empty() {
            self.statement(edge);
        } else {
            self.waiting.push(edge);
        }
    }

    /// Takes the edges that `read` puts, on a thread of its own: while one edge is read, the one before goes into the graph.
    pub fn edges(&mut self, read: impl FnOnce(&mut dyn FnMut(RawEdge)) -> Result<()>) -> Result<()> {
        let (send, receive) = mpsc::sync_channel::<Vec<RawEdge>>(WAITING);
        std::thread::scope(|scope| {
            scope.spawn(|| receive.into_iter().flatten().for_each(|edge| self.edge(edge)));
            let mut batch = Vec::new();
            let result = read(&mut |edge| {
                batch.push(edge);
                if batch.len() == BATCH {
                    // Nobody hangs up before the last is sent.
                    let _ = send.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)));
                }
            });
            let _ = send.send(batch);
            drop(send);
            result
        })
    }

    /// Nodes that were seen nowhere are of the first article whose statement names them.
    fn place_unseen(&mut self) {
        let first = first_seen(&self.waiting);
        for RawNode { entity, .. } in std::mem::take(&mut self.unseen) {
            let home = first.get(&entity.id).or(self.home.as_ref()).cloned().unwrap_or_default();
            let slot = self.slot(&home);
            self.loose(entity, slot);
        }
        for edge in std::mem::take(&mut self.waiting) {
            self.statement(edge);
        }
    }

    fn node(&mut self, mut entity: Entity, mut extra: NodeExtra) {
        merge::clean_entity(&mut entity);
        extra.profiles.iter_mut().for_each(merge::clean_entity);
        let profiled = extra.seen.iter().all(|s| extra.profiles.is_empty() || s.profile < extra.profiles.len());
        if profiled && !entity.label.is_empty() && self.graph.node(&entity.id).is_none() {
            return self.new_node(entity, extra);
        }
        for seen in &extra.seen {
            let slot = self.slot(&seen.article);
            let profile = extra.profiles.get(seen.profile).unwrap_or(&entity);
            let (id, mentions) = (entity.id.clone(), seen.mentions);
            self.touched.nodes.insert(self.graph.absorb_entity(Entity { id, mentions, ..profile.clone() }, slot));
        }
    }

    /// A node as the file has it: what its articles said needs no comparing.
    fn new_node(&mut self, entity: Entity, NodeExtra { seen, mut profiles }: NodeExtra) {
        for profile in &mut profiles {
            profile.id = entity.id.clone();
            self.graph.share_kind(profile);
        }
        let seen: Vec<(u32, usize, usize)> =
            seen.iter().map(|s| (self.slot(&s.article), s.mentions, s.profile)).collect();
        let node = self.graph.restore_entity(entity, Sightings::restored(profiles, seen));
        self.nodes_at.insert(self.graph.graph[node].id.address(), node);
        self.touched.nodes.insert(node);
    }

    fn loose(&mut self, mut entity: Entity, slot: u32) -> NodeIndex {
        merge::clean_entity(&mut entity);
        let node = self.graph.absorb_entity(entity, slot);
        self.touched.nodes.insert(node);
        self.loose.insert(node);
        node
    }

    fn statement(&mut self, RawEdge { mut statement, variants }: RawEdge) {
        let mut parts = by_article(std::mem::take(&mut statement.evidence)).into_iter().peekable();
        let mut whole = Some(statement);
        while let Some((article, evidence)) = parts.next() {
            // The last article, mostly the only one, gets the statement itself.
            let own = if parts.peek().is_some() { whole.clone() } else { whole.take() };
            let Some(mut own) = own else { break };
            own.evidence = evidence;
            if let Some(variant) = variants.iter().find(|v| v.articles.contains(&article)) {
                variant.put(&mut own);
            }
            let slot = self.slot(&article);
            self.part(own, slot);
        }
    }

    /// What one article says of a statement.
    fn part(&mut self, mut s: Statement, slot: u32) {
        let mut nodes = merge::references_mut(&mut s).map(|id| self.refer(id, slot));
        if let (Some(from), Some(to)) = (nodes.next(), nodes.next()) {
            nodes.for_each(drop);
            self.touched.edges.extend(self.graph.absorb_statement(s, [from, to], slot));
        }
    }

    /// The node of an entity that a statement names.
    fn refer(&mut self, id: &mut Name, slot: u32) -> NodeIndex {
        if let Some(&node) = self.nodes_at.get(&id.address()).filter(|node| !self.loose.contains(node)) {
            return node;
        }
        let node = match self.graph.share_id(id) {
            Some(node) if !self.loose.contains(&node) => return node,
            Some(node) => node,
            None => self.loose(merge::stub(id.clone()), slot),
        };
        self.named.push((node, slot));
        node
    }

    /// The graph, once everything was taken.
    pub fn finish(mut self) -> KnowledgeGraph {
        self.place_unseen();
        self.named.sort_unstable();
        self.named.dedup();
        for (node, slot) in std::mem::take(&mut self.named) {
            if self.graph.seen[node.index()].seen().iter().all(|s| s.article != slot) {
                let id = self.graph.graph[node].id.clone();
                self.graph.absorb_entity(merge::stub(id), slot);
            }
        }
        self.graph.settle(self.touched);
        if self.moved.is_empty() { self.graph } else { follow(self.graph, &self.moved) }
    }
}

/// What is about a statement that got another id follows it.
fn follow(graph: KnowledgeGraph, moved: &HashMap<Name, Name>) -> KnowledgeGraph {
    let mut readings = graph.into_readings();
    for reading in &mut readings {
        merge::follow(moved, reading.statements.iter_mut().filter_map(|s| s.about.as_mut()));
    }
    KnowledgeGraph::from_readings(readings)
}

/// For each entity at the end of a statement, the first article that the first such statement stands in.
fn first_seen(edges: &[RawEdge]) -> HashMap<Name, Name> {
    let mut first: HashMap<Name, Name> = HashMap::default();
    for RawEdge { statement, .. } in edges {
        let Some(e) = statement.evidence.first() else { continue };
        for end in [&statement.subject, &statement.object] {
            first.entry(end.clone()).or_insert_with(|| e.article.clone());
        }
    }
    first
}

fn by_article(evidence: Vec<Evidence>) -> Vec<(Name, Vec<Evidence>)> {
    if let Some(first) = evidence.first()
        && evidence.iter().all(|e| e.article == first.article)
    {
        return vec![(first.article.clone(), evidence)];
    }
    let mut by_article: BTreeMap<Name, Vec<Evidence>> = BTreeMap::new();
    for e in evidence {
        by_article.entry(e.article.clone()).or_default().push(e);
    }
    by_article.into_iter().collect()
}

/// Undoes the lengthening of an id that two texts share.
fn restore_id(article: &mut ArticleRef) {
    let tail = format!("@{}", article.sha256.get(..8).unwrap_or(&article.sha256));
    if let Some(id) = article.id.strip_suffix(&tail).filter(|_| tail.len() == 9) {
        article.id = id.to_owned();
    }
}
