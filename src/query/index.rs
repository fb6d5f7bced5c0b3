//! A graph laid out for questions: the statements as rows in the order of output, what decides about them in small columns,
//! and for every entity, predicate and article the rows that name it.

use crate::graph::{KnowledgeGraph, Lookup, day_number};
use crate::model::{Entity, Name, Statement};
use crate::vocab::{EntityType, Status};
use fixedbitset::FixedBitSet;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::visit::NodeIndexable;
use std::collections::{BTreeMap, HashMap};

/// A graph with what makes questions fast: linear in the graph to make, about 60 bytes a statement.
///
/// A question costs a bit for each statement of the graph and a look at each that the named entities, predicates and
/// articles leave: a few milliseconds with a million.
#[derive(Debug, Clone)]
pub struct Index<'g> {
    pub(super) graph: &'g KnowledgeGraph,
    pub(super) lookup: Lookup,
    /// The statements, in order of subject, predicate, object and id.
    pub(super) rows: Vec<Row>,
    /// For each node of the petgraph its type, and whether it has a name.
    pub(super) ends: Vec<Option<(EntityType, bool)>>,
    postings: [Postings; Role::COUNT],
    /// Predicates with their keys.
    predicates: BTreeMap<Name, u32>,
    /// Article ids, and newsrooms in lower case, with their keys.
    sources: HashMap<String, u32>,
}

/// What decides whether a statement matches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub edge: EdgeIndex,
    pub subject: NodeIndex,
    pub object: NodeIndex,
    /// The first and the last day; the wrong way round where the statement has no time.
    pub first: i32,
    pub last: i32,
    pub confidence: f32,
    pub sources: u32,
    pub status: Status,
    pub negated: bool,
}

/// How a statement names something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    Place,
    Weapon,
    ClaimedBy,
    DeniedBy,
    Predicate,
    Source,
}

impl Role {
    const COUNT: usize = Role::Source as usize + 1;
}

impl<'g> Index<'g> {
    /// Indexes a graph.
    pub fn new(graph: &'g KnowledgeGraph) -> Index<'g> {
        let rows = rows(graph);
        let predicates = predicates(graph);
        let sources = sources(graph);
        let bound = graph.inner().node_bound();
        let by_end = |end: fn(&Row) -> NodeIndex| pairs(&rows, |row, keys| keys.push(end(row).index() as u32));
        let named = |names: fn(&Statement) -> &[Name]| {
            pairs(&rows, |row, keys| {
                let nodes = names(&graph.inner()[row.edge]).iter().filter_map(|id| graph.node(id));
                keys.extend(nodes.map(|n| n.index() as u32));
            })
        };
        let predicate_keys = pairs(&rows, |row, keys| keys.push(predicates[&graph.inner()[row.edge].predicate]));
        let source_keys = pairs(&rows, |row, keys| source_keys(graph, &graph.inner()[row.edge], &sources, keys));
        let postings = [
            Postings::new(bound, by_end(|row| row.subject)),
            Postings::new(bound, by_end(|row| row.object)),
            Postings::new(bound, named(|s| s.place.as_slice())),
            Postings::new(bound, named(|s| &s.weapon)),
            Postings::new(bound, named(|s| &s.claimed_by)),
            Postings::new(bound, named(|s| &s.denied_by)),
            Postings::new(predicates.len(), predicate_keys),
            Postings::new(sources.len(), source_keys),
        ];
        Index { graph, lookup: Lookup::new(graph), ends: ends(graph), rows, postings, predicates, sources }
    }

    /// The graph behind it.
    pub fn graph(&self) -> &'g KnowledgeGraph {
        self.graph
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no statement.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn entity(&self, node: NodeIndex) -> &'g Entity {
        &self.graph.inner()[node]
    }

    pub(super) fn statement(&self, row: usize) -> &'g Statement {
        &self.graph.inner()[self.rows[row].edge]
    }

    /// The rows in which one of these keys stands in that role.
    pub(super) fn rows_of(&self, role: Role, keys: impl IntoIterator<Item = u32>) -> FixedBitSet {
        let mut out = FixedBitSet::with_capacity(self.rows.len());
        for key in keys {
            self.postings[role as usize].of(key).iter().for_each(|row| out.insert(*row as usize));
        }
        out
    }

    /// The key of a predicate that some statement has.
    pub(super) fn predicate_key(&self, name: &str) -> Option<u32> {
        self.predicates.get(name).copied()
    }

    /// The key of an article, by id, or of a newsroom.
    pub(super) fn source_key(&self, name: &str) -> Option<u32> {
        self.sources.get(name).or_else(|| self.sources.get(&name.to_lowercase())).copied()
    }

    /// The entities of a type.
    pub(super) fn of_type(&self, wanted: EntityType) -> Vec<NodeIndex> {
        let is_wanted = |&i: &usize| self.ends[i].is_some_and(|(t, _)| t == wanted);
        (0..self.ends.len()).filter(is_wanted).map(NodeIndex::new).collect()
    }

    /// The entities of a kind or country.
    pub(super) fn class(&self, belongs: impl Fn(&Entity) -> bool) -> Vec<NodeIndex> {
        self.graph.inner().node_indices().filter(|&n| belongs(self.entity(n))).collect()
    }

    /// Whether an entity has one of the types, if any are asked for.
    pub(super) fn has_type(&self, node: NodeIndex, types: &[EntityType]) -> bool {
        types.is_empty() || self.ends[node.index()].is_some_and(|(t, _)| types.contains(&t))
    }

    /// Whether an entity is known by more than a description.
    pub(super) fn is_named(&self, node: NodeIndex) -> bool {
        self.ends[node.index()].is_some_and(|(_, named)| named)
    }
}

fn ends(graph: &KnowledgeGraph) -> Vec<Option<(EntityType, bool)>> {
    let inner = graph.inner();
    let facts = |i| inner.node_weight(NodeIndex::new(i)).map(|e| (e.entity_type, e.named));
    (0..inner.node_bound()).map(facts).collect()
}

fn rows(graph: &KnowledgeGraph) -> Vec<Row> {
    let inner = graph.inner();
    let mut nodes: Vec<NodeIndex> = inner.node_indices().collect();
    nodes.sort_unstable_by(|a, b| inner[*a].id.cmp(&inner[*b].id));
    let mut rank = vec![0u32; inner.node_bound()];
    nodes.iter().zip(0..).for_each(|(n, i)| rank[n.index()] = i);
    let mut rows: Vec<Row> = inner.edge_indices().map(|edge| row(graph, edge)).collect();
    rows.sort_unstable_by(|a, b| {
        let (s, t) = (&inner[a.edge], &inner[b.edge]);
        let subjects = rank[a.subject.index()].cmp(&rank[b.subject.index()]);
        let objects = || rank[a.object.index()].cmp(&rank[b.object.index()]);
        subjects.then_with(|| s.predicate.cmp(&t.predicate)).then_with(objects).then_with(|| s.id.cmp(&t.id))
    });
    rows
}

fn row(graph: &KnowledgeGraph, edge: EdgeIndex) -> Row {
    let (subject, object) = graph.inner().edge_endpoints(edge).expect("the edge was listed by the same graph");
    let s = &graph.inner()[edge];
    let (first, last) = match &s.time {
        None => (i32::MAX, i32::MIN),
        Some(time) => {
            let day = |iso: &Option<Name>| iso.as_deref().and_then(day_number);
            (day(&time.start).or(day(&time.end)).unwrap_or(i32::MAX), day(&time.end).unwrap_or(i32::MAX))
        }
    };
    let sources = u32::try_from(s.sources).unwrap_or(u32::MAX);
    let confidence = s.confidence as f32;
    Row { edge, subject, object, first, last, confidence, sources, status: s.status, negated: s.negated }
}

fn predicates(graph: &KnowledgeGraph) -> BTreeMap<Name, u32> {
    let mut keys: BTreeMap<Name, u32> = graph.inner().edge_weights().map(|s| (s.predicate.clone(), 0)).collect();
    keys.values_mut().zip(0..).for_each(|(key, i)| *key = i);
    keys
}

fn sources(graph: &KnowledgeGraph) -> HashMap<String, u32> {
    let mut keys = HashMap::new();
    for article in graph.articles() {
        for name in std::iter::once(article.id.clone()).chain(article.source.as_deref().map(str::to_lowercase)) {
            let next = keys.len() as u32;
            keys.entry(name).or_insert(next);
        }
    }
    keys
}

fn source_keys(graph: &KnowledgeGraph, s: &Statement, sources: &HashMap<String, u32>, keys: &mut Vec<u32>) {
    for evidence in &s.evidence {
        keys.extend(sources.get(&*evidence.article));
        let newsroom = graph.article(&evidence.article).and_then(|a| a.source.as_deref());
        keys.extend(newsroom.and_then(|newsroom| sources.get(&newsroom.to_lowercase())));
    }
}

/// The keys of each row, with the row.
fn pairs(rows: &[Row], mut keys_of: impl FnMut(&Row, &mut Vec<u32>)) -> Vec<(u32, u32)> {
    let (mut out, mut keys) = (Vec::new(), Vec::new());
    for (row, i) in rows.iter().zip(0..) {
        keys_of(row, &mut keys);
        out.extend(keys.drain(..).map(|key| (key, i)));
    }
    out
}

/// For each key the rows that have it, in order.
#[derive(Debug, Clone)]
struct Postings {
    /// Where each key's rows begin, and the end of the last.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Postings {
    /// Lays out pairs of key and row, in two passes over them.
    fn new(keys: usize, pairs: Vec<(u32, u32)>) -> Postings {
        let mut starts = vec![0u32; keys + 1];
        pairs.iter().for_each(|(key, _)| starts[*key as usize + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let mut next = starts.clone();
        let mut rows = vec![0; pairs.len()];
        for (key, row) in pairs {
            let place = &mut next[key as usize];
            rows[*place as usize] = row;
            *place += 1;
        }
        Postings { starts, rows }
    }

    fn of(&self, key: u32) -> &[u32] {
        let (start, end) = (self.starts[key as usize], self.starts[key as usize + 1]);
        &self.rows[start as usize..end as usize]
    }
}
