//! The knowledge graph: what many articles say, merged by content, each piece with the articles it came from.
//!
//! The order of articles does not change it, an article read twice counts once, and an article removed leaves it as if it
//! had never been read. It does not read text: its input are [`Reading`]s. Writing other formats than the interchange
//! JSON is `export`'s.

mod filter;
mod json;
mod lookup;
mod merge;
mod origin;
mod pieces;
mod restore;
mod sightings;
#[cfg(test)]
mod tests;
mod verify;
mod view;

pub use filter::Filter;
pub(crate) use filter::day_number;
pub(crate) use json::{GENERATOR, NodeExtra, RawEdge, RawGraph, RawMeta, RawNode, VariantJson, to_json};
pub use json::{read_json, write_json};
pub use lookup::Lookup;
pub use origin::fingerprint;
pub use verify::{Fault, Verifier};
pub use view::{Edge, View};
pub(crate) use view::{busiest, near};

use crate::model::{ArticleRef, ByText, Entity, Name, Pool, Reading, Statement};
use crate::weigh;
use foldhash::HashMap;
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use sightings::{Qualifiers, Sightings};
use std::collections::{BTreeMap, BTreeSet};

/// An article is known by its id and the hash of its text.
type ArticleKey = (String, String);

/// Entities and statements of many articles over a petgraph.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeGraph {
    graph: StableDiGraph<Entity, Statement>,
    nodes: HashMap<Name, NodeIndex>,
    /// By the ids of the statements, which stand in the statements alone.
    edges: ByText<EdgeIndex>,
    /// Every article, in the order of output, with its slot.
    articles: BTreeMap<ArticleKey, u32>,
    /// What the slots that sightings point to hold; a removed article leaves its slot empty.
    slots: Vec<Option<Slot>>,
    /// Slots by the name that evidence uses.
    slot_of: HashMap<Name, u32>,
    /// Which article contributed what to an entity, by the index of its node.
    seen: Vec<Sightings<Entity>>,
    /// The same for statements whose articles do not agree on the qualifiers; all others agree.
    variants: HashMap<EdgeIndex, Sightings<Qualifiers>>,
    /// Words that many statements and entities have, each once: predicates, codes, kinds, rules, the words they are read from.
    words: Pool,
}

#[derive(Debug, Clone)]
struct Slot {
    /// The article, under the name that evidence uses: its id, or id and hash where two texts share an id.
    article: ArticleRef,
    name: Name,
    /// The id it came with.
    id: String,
}

/// What an addition or removal has touched and must be computed anew.
#[derive(Default)]
struct Touched {
    nodes: BTreeSet<NodeIndex>,
    edges: BTreeSet<EdgeIndex>,
}

impl KnowledgeGraph {
    /// A graph of nothing.
    pub fn new() -> KnowledgeGraph {
        KnowledgeGraph::default()
    }

    /// Merges readings, in any order.
    pub fn from_readings(readings: impl IntoIterator<Item = Reading>) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        graph.extend(readings);
        graph
    }

    /// Adds what one article says; false if the article was there already. For many, [`Extend::extend`] is faster: each
    /// call looks at all articles once, to find reprints.
    pub fn add(&mut self, reading: Reading) -> bool {
        let before = self.articles.len();
        self.extend([reading]);
        self.articles.len() > before
    }

    /// Adds all that another graph holds.
    pub fn merge(&mut self, other: KnowledgeGraph) {
        self.extend(other.into_readings());
    }

    /// The petgraph inside. Its indices follow the order of addition; ids do not.
    pub fn inner(&self) -> &StableDiGraph<Entity, Statement> {
        &self.graph
    }

    /// The entity of an id.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.nodes.get(id).map(|&i| &self.graph[i])
    }

    /// The statement of an id.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.edge_of(id).map(|i| &self.graph[i])
    }

    fn edge_of(&self, id: &str) -> Option<EdgeIndex> {
        self.edges.get(id, |&edge| self.graph[edge].id == *id).copied()
    }

    /// The node of an entity.
    pub fn node(&self, id: &str) -> Option<NodeIndex> {
        self.nodes.get(id).copied()
    }

    /// The articles, in order of id, with their origins set: articles that reprint one story share an origin.
    pub fn articles(&self) -> impl Iterator<Item = &ArticleRef> {
        self.articles.values().filter_map(|&slot| self.slot(slot)).map(|s| &s.article)
    }

    /// The article that evidence calls by this name.
    pub fn article(&self, name: &str) -> Option<&ArticleRef> {
        self.slot(*self.slot_of.get(name)?).map(|s| &s.article)
    }

    /// The articles that speak of an entity, with the number of its mentions in each, in no particular order.
    pub fn seen_in(&self, node: NodeIndex) -> impl Iterator<Item = (&ArticleRef, usize)> {
        let each = self.seen.get(node.index()).into_iter().flat_map(Sightings::seen);
        each.filter_map(|s| Some((&self.slot(s.article)?.article, s.mentions as usize)))
    }

    /// How many entities there are.
    pub fn entity_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many statements there are.
    pub fn statement_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// All of it, in the order of output.
    pub fn view(&self) -> View<'_> {
        View::all(self)
    }

    /// Takes an article back, exactly: what only it said is gone, what others said too is as they said it. The name is
    /// the article's id (every text of that id goes) or what evidence calls it. False if there is none.
    pub fn remove_article(&mut self, name: &str) -> bool {
        let gone: Vec<u32> = self.articles.values().copied().filter(|&s| self.is_called(s, name)).collect();
        let mut touched = Touched::default();
        for &slot in &gone {
            self.forget(slot, &mut touched);
        }
        self.settle(touched);
        !gone.is_empty()
    }

    /// Makes one entity of several: every id of the map becomes the id it is mapped to, in entities, statements and
    /// their qualifiers, whose ids follow. What became equal is merged.
    pub fn unify(&mut self, ids: &BTreeMap<Name, Name>) {
        if !ids.keys().any(|id| self.nodes.contains_key(id)) {
            return;
        }
        let mut readings = std::mem::take(self).into_readings();
        for reading in &mut readings {
            merge::rename(reading, ids);
        }
        self.extend(readings);
    }

    /// What each article contributed, as readings without mentions and attributions, in order of the articles.
    pub fn into_readings(mut self) -> Vec<Reading> {
        let mut readings: Vec<Reading> = self.slots.iter().map(Slot::empty_reading).collect();
        for node in self.graph.node_indices() {
            self.seen[node.index()].hand_out(&self.graph[node], &mut readings);
        }
        let (slot_of, variants) = (&self.slot_of, &self.variants);
        for edge in self.graph.edge_indices().collect::<Vec<_>>() {
            sightings::hand_out_statement(&mut self.graph[edge], variants.get(&edge), slot_of, &mut readings);
        }
        let mut out = Vec::with_capacity(self.articles.len());
        for &slot in self.articles.values() {
            let mut reading = std::mem::take(&mut readings[slot as usize]);
            reading.entities.sort_by(|a, b| a.id.cmp(&b.id));
            reading.statements.sort_by(|a, b| a.id.cmp(&b.id));
            out.push(reading);
        }
        out
    }

    fn slot(&self, slot: u32) -> Option<&Slot> {
        self.slots.get(slot as usize).and_then(Option::as_ref)
    }

    fn is_called(&self, slot: u32, name: &str) -> bool {
        self.slot(slot).is_some_and(|s| s.id == name || s.name == *name)
    }

    /// Puts a reading in, leaving derived values for `settle`.
    fn absorb(&mut self, mut reading: Reading, touched: &mut Touched) {
        let key = (reading.article.id.clone(), reading.article.sha256.clone());
        if self.articles.contains_key(&key) {
            return;
        }
        merge::normalize(&mut reading);
        let slot = self.open_slot(key, reading.article);
        for entity in reading.entities {
            touched.nodes.insert(self.absorb_entity(entity, slot));
        }
        for mut statement in reading.statements {
            let mut nodes = merge::references_mut(&mut statement).map(|id| self.share_id(id));
            let (from, to) = (nodes.next().flatten(), nodes.next().flatten());
            nodes.for_each(drop);
            self.share_words(&mut statement);
            if let (Some(from), Some(to)) = (from, to) {
                touched.edges.extend(self.absorb_statement(statement, [from, to], slot));
            }
        }
    }

    fn open_slot(&mut self, key: ArticleKey, article: ArticleRef) -> u32 {
        let slot = u32::try_from(self.slots.len()).expect("four thousand million articles do not fit in memory");
        let taken = self.slot_of.contains_key(key.0.as_str());
        let name = if taken { Name::from(long_name(&key)) } else { Name::pooled(&key.0) };
        self.slot_of.insert(name.clone(), slot);
        let article = ArticleRef { id: name.to_string(), origin: None, ..article };
        self.slots.push(Some(Slot { article, name, id: key.0.clone() }));
        self.articles.insert(key, slot);
        slot
    }

    fn absorb_entity(&mut self, mut entity: Entity, slot: u32) -> NodeIndex {
        self.share_kind(&mut entity);
        let node = match self.nodes.get(&entity.id) {
            Some(&node) => node,
            None => self.add_node(entity.clone()),
        };
        entity.id = self.graph[node].id.clone();
        self.seen[node.index()].add(slot, entity, &self.graph[node]);
        node
    }

    /// Adds an entity that is not there yet, with what articles said of it.
    fn restore_entity(&mut self, mut entity: Entity, sightings: Sightings<Entity>) -> NodeIndex {
        self.share_kind(&mut entity);
        let node = self.add_node(entity);
        self.seen[node.index()] = sightings;
        node
    }

    /// Makes room, so that much can be added at once.
    fn reserve(&mut self, entities: usize) {
        self.graph.reserve_exact_nodes(entities);
        self.nodes.reserve(entities);
        self.seen.reserve(entities);
    }

    fn add_node(&mut self, entity: Entity) -> NodeIndex {
        let id = entity.id.clone();
        let node = self.graph.add_node(entity);
        self.nodes.insert(id, node);
        if self.seen.len() <= node.index() {
            self.seen.resize_with(node.index() + 1, Sightings::default);
        }
        node
    }

    /// Replaces a copy of an id by that of the entity, and gives its node.
    fn share_id(&self, id: &mut Name) -> Option<NodeIndex> {
        let (known, node) = self.nodes.get_key_value(&*id)?;
        *id = known.clone();
        Some(*node)
    }

    fn share_kind(&mut self, entity: &mut Entity) {
        [&mut entity.kind, &mut entity.country].into_iter().flatten().for_each(|word| self.words.share(word));
    }

    fn share_words(&mut self, statement: &mut Statement) {
        merge::words_mut(statement).for_each(|word| self.words.share(word));
    }

    /// Adds what an article says with a statement that shares the ids of entities, and its words. An edge that is given back
    /// is to be settled.
    fn absorb_statement(&mut self, mut new: Statement, ends: [NodeIndex; 2], slot: u32) -> Option<EdgeIndex> {
        let name = &self.slot(slot)?.name;
        new.evidence
            .iter_mut()
            .filter(|e| e.article.address() != name.address())
            .for_each(|e| e.article = name.clone());
        let Some(edge) = self.edge_of(&new.id) else {
            new.evidence.shrink_to_fit();
            // What one sentence says depends on no other article.
            let settled = new.evidence.len() == 1;
            if settled {
                weigh::settle(&mut new, |_| None);
            }
            let edge = self.graph.add_edge(ends[0], ends[1], new);
            self.edges.insert(&self.graph[edge].id, edge);
            return (!settled).then_some(edge);
        };
        let (qualifiers, there) = (Qualifiers::of(&new), &mut self.graph[edge]);
        if let Some(variants) = self.variants.get_mut(&edge) {
            variants.push(slot, 0, qualifiers);
        } else if qualifiers != Qualifiers::of(there) {
            let mut variants = Sightings::default();
            for old in there.evidence.iter().filter_map(|e| self.slot_of.get(&e.article)) {
                variants.push_once(*old, Qualifiers::of(there));
            }
            variants.push(slot, 0, qualifiers);
            self.variants.insert(edge, variants);
        }
        there.evidence.append(&mut new.evidence);
        Some(edge)
    }

    /// Drops what an article contributed.
    fn forget(&mut self, slot: u32, touched: &mut Touched) {
        let Some(Slot { article, name, id }) = self.slots[slot as usize].take() else { return };
        self.articles.remove(&(id, article.sha256));
        self.slot_of.remove(&name);
        for edge in self.graph.edge_indices().collect::<Vec<_>>() {
            let before = self.graph[edge].evidence.len();
            self.graph[edge].evidence.retain(|e| e.article != name);
            if self.graph[edge].evidence.len() < before {
                if let Some(variants) = self.variants.get_mut(&edge) {
                    variants.remove(slot);
                }
                touched.edges.insert(edge);
            }
        }
        for (i, sightings) in self.seen.iter_mut().enumerate() {
            if sightings.remove(slot) {
                touched.nodes.insert(NodeIndex::new(i));
            }
        }
    }

    /// Computes anew all that follows from contributions.
    fn settle(&mut self, mut touched: Touched) {
        self.name_articles(&mut touched);
        self.find_origins(&mut touched);
        for &edge in &touched.edges {
            self.settle_edge(edge);
        }
        for &node in &touched.nodes {
            self.settle_node(node);
        }
    }

    fn settle_edge(&mut self, edge: EdgeIndex) {
        let Some(statement) = self.graph.edge_weight_mut(edge) else { return };
        if statement.evidence.is_empty() {
            self.edges.remove(&statement.id, |&there| there == edge);
            self.variants.remove(&edge);
            self.graph.remove_edge(edge);
            return;
        }
        if let Some(variants) = self.variants.get(&edge) {
            merge::qualify(statement, variants);
            if variants.agree() {
                self.variants.remove(&edge);
            }
        }
        let (slots, slot_of) = (&self.slots, &self.slot_of);
        weigh::settle(statement, |name| origin_of(slots, slot_of, name));
        statement.evidence.shrink_to_fit();
    }

    fn settle_node(&mut self, node: NodeIndex) {
        let (Some(sightings), Some(entity)) = (self.seen.get_mut(node.index()), self.graph.node_weight_mut(node))
        else {
            return;
        };
        if sightings.is_empty() {
            *sightings = Sightings::default();
            self.nodes.remove(&entity.id);
            self.graph.remove_node(node);
        } else {
            sightings.settle(entity);
        }
    }

    /// Gives articles the names that evidence uses: the id, with a piece of the hash where two texts share an id. At any
    /// time only one of these has the bare id, so a name says which article is meant.
    fn name_articles(&mut self, touched: &mut Touched) {
        let mut texts: HashMap<&str, usize> = HashMap::default();
        for (id, _) in self.articles.keys() {
            *texts.entry(id).or_default() += 1;
        }
        let mut renamed: BTreeMap<u32, Name> = BTreeMap::new();
        for (key, &slot) in &self.articles {
            let name = if texts[key.0.as_str()] > 1 { long_name(key) } else { key.0.clone() };
            if self.slot(slot).is_some_and(|s| s.article.id != name) {
                renamed.insert(slot, name.into());
            }
        }
        if !renamed.is_empty() {
            self.rename_articles(renamed, touched);
        }
    }

    fn rename_articles(&mut self, renamed: BTreeMap<u32, Name>, touched: &mut Touched) {
        let mut by_old: HashMap<Name, Name> = HashMap::default();
        for (slot, new) in renamed {
            let Some(s) = self.slots[slot as usize].as_mut() else { continue };
            s.article.id = new.to_string();
            let old = std::mem::replace(&mut s.name, new.clone());
            self.slot_of.remove(&old);
            by_old.insert(old, new.clone());
            self.slot_of.insert(new, slot);
        }
        for edge in self.graph.edge_indices().collect::<Vec<_>>() {
            for e in &mut self.graph[edge].evidence {
                if let Some(new) = by_old.get(&e.article) {
                    e.article = new.clone();
                    touched.edges.insert(edge);
                }
            }
        }
    }

    fn find_origins(&mut self, touched: &mut Touched) {
        let articles: Vec<(u32, &ArticleRef)> =
            self.articles.values().filter_map(|&s| Some((s, &self.slot(s)?.article))).collect();
        let origins = origin::group(articles.iter().map(|&(_, a)| a));
        let changed: Vec<(u32, String)> = articles
            .iter()
            .zip(origins)
            .filter(|((_, a), origin)| a.origin.as_ref() != Some(origin))
            .map(|(&(slot, _), origin)| (slot, origin))
            .collect();
        let mut moved = Vec::new();
        for (slot, origin) in changed {
            let Some(s) = self.slots[slot as usize].as_mut() else { continue };
            // An article that had no origin is new, and its statements are touched already.
            if s.article.origin.replace(origin).is_some() {
                moved.push(s.name.clone());
            }
        }
        moved.sort();
        if !moved.is_empty() {
            let hit = |e: &EdgeIndex| self.graph[*e].evidence.iter().any(|e| moved.binary_search(&e.article).is_ok());
            touched.edges.extend(self.graph.edge_indices().filter(hit));
        }
    }
}

impl Extend<Reading> for KnowledgeGraph {
    fn extend<I: IntoIterator<Item = Reading>>(&mut self, readings: I) {
        let mut touched = Touched::default();
        for reading in readings {
            self.absorb(reading, &mut touched);
        }
        self.settle(touched);
    }
}

impl Slot {
    fn empty_reading(slot: &Option<Slot>) -> Reading {
        let article = slot.as_ref().map(|s| ArticleRef { id: s.id.clone(), origin: None, ..s.article.clone() });
        Reading { article: article.unwrap_or_default(), ..Reading::default() }
    }
}

/// The name of an article whose id another text has too.
fn long_name((id, sha256): &ArticleKey) -> String {
    format!("{id}@{}", sha256.get(..8).unwrap_or(sha256))
}

fn origin_of<'a>(slots: &'a [Option<Slot>], slot_of: &HashMap<Name, u32>, name: &str) -> Option<&'a str> {
    let slot = slots.get(*slot_of.get(name)? as usize)?.as_ref();
    slot?.article.origin.as_deref()
}
