//! A graph as it is to be shown: filtered, in the order of output. Everything is borrowed, but for collapsed edges.

use super::{Filter, KnowledgeGraph, Lookup, merge};
use crate::model::{ArticleRef, Entity, Name, Statement, Time};
use crate::vocab::Granularity;
use crate::weigh;
use fixedbitset::FixedBitSet;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, NodeIndexable};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Deref;

/// The part of a graph that a filter lets pass.
#[derive(Debug, Clone)]
pub struct View<'a> {
    pub(super) graph: &'a KnowledgeGraph,
    pub(super) nodes: Vec<NodeIndex>,
    edges: Vec<Edge<'a>>,
    whole: bool,
}

/// An edge of a view.
#[derive(Debug, Clone)]
pub struct Edge<'a> {
    held: Held<'a>,
    /// The entities at its ends: subject and object.
    pub ends: [&'a Entity; 2],
}

/// Small, since a view has as many as the graph.
#[derive(Debug, Clone)]
enum Held<'a> {
    Whole(&'a Statement, EdgeIndex),
    Collapsed(Box<Collapsed>),
}

/// Parallel edges made one.
#[derive(Debug, Clone)]
struct Collapsed {
    statement: Statement,
    weight: usize,
    predicates: Vec<Name>,
}

impl Deref for Edge<'_> {
    type Target = Statement;
    fn deref(&self) -> &Statement {
        match &self.held {
            Held::Whole(s, _) => s,
            Held::Collapsed(c) => &c.statement,
        }
    }
}

impl<'a> View<'a> {
    /// Everything.
    pub(super) fn all(graph: &'a KnowledgeGraph) -> View<'a> {
        View::new(graph, &Filter::default()).expect("a filter that names nothing cannot name what is not there")
    }

    /// What a filter lets pass: statements that it admits, between entities that it admits, and whatever entity those
    /// statements name besides. Entities without such a statement are shown only where all statements are.
    pub fn new(graph: &'a KnowledgeGraph, filter: &Filter) -> crate::Result<View<'a>> {
        filter.check()?;
        let newsroom = |name: &str| graph.article(name).and_then(|a| a.source.as_deref());
        let inner = graph.inner();
        let mut edges: Vec<EdgeIndex> = inner
            .edge_references()
            .filter(|e| filter.admits_entity(&inner[e.source()]) && filter.admits_entity(&inner[e.target()]))
            .filter(|e| filter.admits_statement(e.weight(), newsroom))
            .map(|e| e.id())
            .collect();
        if !filter.focus.is_empty() {
            let lookup = Lookup::new(graph);
            let start: Vec<NodeIndex> =
                filter.focus.iter().map(|word| lookup.find(graph, word)).collect::<crate::Result<_>>()?;
            let near = near(graph, &all_ends(graph, &edges), &start, filter.hops);
            keep_between(graph, &mut edges, &near);
        }
        if let Some(top) = filter.top {
            let best = busiest(graph, &all_ends(graph, &edges), top);
            keep_between(graph, &mut edges, &best);
        }
        Ok(View::shown(graph, edges, filter))
    }

    /// Statements chosen by other means, with the entities that they name; parallel ones are made one edge if asked for.
    pub fn of(graph: &'a KnowledgeGraph, edges: impl IntoIterator<Item = EdgeIndex>, collapse: bool) -> View<'a> {
        // A filter that picks statements shows no others.
        let filter = Filter { min_sources: 1, collapse, ..Filter::default() };
        View::shown(graph, edges.into_iter().collect(), &filter)
    }

    fn shown(graph: &'a KnowledgeGraph, edges: Vec<EdgeIndex>, filter: &Filter) -> View<'a> {
        let nodes = nodes(graph, &edges, filter);
        let edges = sorted(graph, &nodes, edges);
        let edges = if filter.collapse {
            collapse(graph, edges)
        } else {
            edges.into_iter().map(|e| Edge::whole(graph, e)).collect()
        };
        View { graph, nodes, edges, whole: filter.is_open() }
    }

    /// The entities, in order of id.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &'a Entity> + Clone + '_ {
        let graph = self.graph;
        self.nodes.iter().map(move |&n| &graph.inner()[n])
    }

    /// The edges, in order of subject, predicate, object and id.
    pub fn edges(&self) -> &[Edge<'a>] {
        &self.edges
    }

    /// The articles that something shown comes from, or all if all is shown.
    pub fn articles(&self) -> Vec<&'a ArticleRef> {
        if self.whole {
            return self.graph.articles().collect();
        }
        let mut named: HashSet<&str> = self.edges.iter().flat_map(|e| &e.evidence).map(|e| &*e.article).collect();
        for sightings in self.nodes.iter().filter_map(|n| self.graph.seen.get(n.index())) {
            named.extend(sightings.seen().iter().filter_map(|s| Some(&*self.graph.slot(s.article)?.name)));
        }
        self.graph.articles().filter(|a| named.contains(a.id.as_str())).collect()
    }

    /// The entities with what is known of the articles that speak of them.
    pub(crate) fn entities_with_extra(&self) -> impl Iterator<Item = (&'a Entity, super::NodeExtra)> + '_ {
        let graph = self.graph;
        self.nodes.iter().map(move |&n| (&graph.inner()[n], graph.node_extra(n)))
    }

    /// The different qualifiers that an edge's articles give, if they differ.
    pub(crate) fn edge_variants(&self, edge: &Edge<'_>) -> Vec<super::VariantJson> {
        edge.index().map(|i| self.graph.edge_variants(i)).unwrap_or_default()
    }

    /// The entity of an id, whether shown or not.
    pub fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.graph.entity(id)
    }

    /// The graph behind it.
    pub fn graph(&self) -> &'a KnowledgeGraph {
        self.graph
    }

    /// Whether all of the graph is shown.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether edges were collapsed.
    pub fn is_collapsed(&self) -> bool {
        self.edges.first().is_some_and(Edge::is_collapsed)
    }
}

impl<'a> Edge<'a> {
    fn whole(graph: &'a KnowledgeGraph, index: EdgeIndex) -> Edge<'a> {
        let held = Held::Whole(&graph.inner()[index], index);
        Edge { held, ends: ends(graph, index).map(|n| &graph.inner()[n]) }
    }

    /// How many statements it stands for: 1 unless parallel edges were collapsed.
    pub fn weight(&self) -> usize {
        self.collapsed().map_or(1, |c| c.weight)
    }

    /// The predicates of a collapsed edge, the commonest first; empty if it was not collapsed.
    pub fn predicates(&self) -> &[Name] {
        self.collapsed().map_or(&[], |c| &c.predicates)
    }

    /// Whether it stands for parallel edges.
    pub fn is_collapsed(&self) -> bool {
        self.collapsed().is_some()
    }

    fn collapsed(&self) -> Option<&Collapsed> {
        match &self.held {
            Held::Whole(..) => None,
            Held::Collapsed(c) => Some(c),
        }
    }

    /// Its place in the graph, unless it was collapsed.
    pub(super) fn index(&self) -> Option<EdgeIndex> {
        match self.held {
            Held::Whole(_, index) => Some(index),
            Held::Collapsed(_) => None,
        }
    }
}

fn ends(graph: &KnowledgeGraph, edge: EdgeIndex) -> [NodeIndex; 2] {
    let (a, b) = graph.inner().edge_endpoints(edge).expect("the edge was listed by the same graph");
    [a, b]
}

fn all_ends(graph: &KnowledgeGraph, edges: &[EdgeIndex]) -> Vec<[NodeIndex; 2]> {
    edges.iter().map(|&e| ends(graph, e)).collect()
}

fn keep_between(graph: &KnowledgeGraph, edges: &mut Vec<EdgeIndex>, nodes: &FixedBitSet) {
    edges.retain(|&e| ends(graph, e).iter().all(|n| nodes.contains(n.index())));
}

/// What lies within so many edges of the start, whatever their direction. Linear in edges and hops.
pub(crate) fn near(graph: &KnowledgeGraph, ends: &[[NodeIndex; 2]], start: &[NodeIndex], hops: usize) -> FixedBitSet {
    let mut near = FixedBitSet::with_capacity(graph.inner().node_bound());
    start.iter().for_each(|n| near.insert(n.index()));
    for _ in 0..hops {
        let mut reached = near.clone();
        for [a, b] in ends.iter().filter(|[a, b]| near.contains(a.index()) != near.contains(b.index())) {
            reached.insert(a.index());
            reached.insert(b.index());
        }
        if reached == near {
            break;
        }
        near = reached;
    }
    near
}

/// The entities with most edges: so many, of equal ones those mentioned most.
pub(crate) fn busiest(graph: &KnowledgeGraph, ends: &[[NodeIndex; 2]], top: usize) -> FixedBitSet {
    let mut degree: HashMap<NodeIndex, usize> = HashMap::new();
    ends.iter().flatten().for_each(|n| *degree.entry(*n).or_default() += 1);
    let mut ranked: Vec<(NodeIndex, usize)> = degree.into_iter().collect();
    ranked.sort_by(|(a, x), (b, y)| {
        let (a, b) = (&graph.inner()[*a], &graph.inner()[*b]);
        y.cmp(x).then(b.mentions.cmp(&a.mentions)).then_with(|| a.id.cmp(&b.id))
    });
    let mut best = FixedBitSet::with_capacity(graph.inner().node_bound());
    ranked.into_iter().take(top).for_each(|(n, _)| best.insert(n.index()));
    best
}

fn nodes(graph: &KnowledgeGraph, edges: &[EdgeIndex], filter: &Filter) -> Vec<NodeIndex> {
    let inner = graph.inner();
    let mut kept: HashSet<NodeIndex> = HashSet::new();
    if !filter.picks_statements() {
        kept.extend(inner.node_indices().filter(|&n| filter.admits_entity(&inner[n])));
    }
    for &e in edges {
        kept.extend(ends(graph, e));
        if !filter.is_open() {
            kept.extend(merge::references(&inner[e]).filter_map(|id| graph.node(id)));
        }
    }
    let mut out: Vec<NodeIndex> = kept.into_iter().collect();
    out.sort_unstable_by(|a, b| inner[*a].id.cmp(&inner[*b].id));
    out
}

fn sorted(graph: &KnowledgeGraph, nodes: &[NodeIndex], mut edges: Vec<EdgeIndex>) -> Vec<EdgeIndex> {
    let rank: HashMap<NodeIndex, u32> = nodes.iter().zip(0..).map(|(&n, i)| (n, i)).collect();
    let inner = graph.inner();
    edges.sort_by_cached_key(|&e| {
        let [a, b] = ends(graph, e);
        let s = &inner[e];
        (rank[&a], s.predicate.clone(), rank[&b], s.id.clone())
    });
    edges
}

fn collapse<'a>(graph: &'a KnowledgeGraph, edges: Vec<EdgeIndex>) -> Vec<Edge<'a>> {
    let mut pairs: indexmap::IndexMap<[NodeIndex; 2], Vec<&Statement>> = indexmap::IndexMap::new();
    for e in edges {
        pairs.entry(ends(graph, e)).or_default().push(&graph.inner()[e]);
    }
    pairs.into_iter().map(|(ends, parallel)| collapsed(graph, ends, &parallel)).collect()
}

/// One edge for several: the commonest predicate, all evidence, the time from first to last.
fn collapsed<'a>(graph: &'a KnowledgeGraph, ends: [NodeIndex; 2], parallel: &[&Statement]) -> Edge<'a> {
    let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
    parallel.iter().for_each(|s| *counts.entry(&s.predicate).or_default() += 1);
    let mut ranked: Vec<(&Name, usize)> = counts.into_iter().collect();
    ranked.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    let predicates: Vec<Name> = ranked.into_iter().map(|(p, _)| p.clone()).collect();
    let dominant = parallel.iter().find(|s| s.predicate == predicates[0]).copied().unwrap_or(parallel[0]);
    let mut one = Statement { time: span(parallel), ..dominant.clone() };
    one.weapon = parallel.iter().flat_map(|s| &s.weapon).collect::<BTreeSet<_>>().into_iter().cloned().collect();
    one.evidence = parallel.iter().flat_map(|s| &s.evidence).cloned().collect();
    let origin = |name: &str| graph.article(name).and_then(|a| a.origin.as_deref());
    weigh::settle(&mut one, |_| None);
    one.confidence = parallel.iter().map(|s| s.confidence).fold(0.0, f64::max);
    let mut origins: Vec<&str> = one.evidence.iter().map(|e| origin(&e.article).unwrap_or(&e.article)).collect();
    origins.sort_unstable();
    origins.dedup();
    one.sources = origins.len();
    let collapsed = Collapsed { statement: one, weight: parallel.len(), predicates };
    Edge { held: Held::Collapsed(Box::new(collapsed)), ends: ends.map(|n| &graph.inner()[n]) }
}

fn span(parallel: &[&Statement]) -> Option<Time> {
    let times: Vec<&Time> = parallel.iter().filter_map(|s| s.time.as_ref()).collect();
    let first = times.first()?;
    if times.iter().all(|t| t == first) {
        return Some((*first).clone());
    }
    let start = times.iter().filter_map(|t| t.start.clone()).min();
    let end = times.iter().filter_map(|t| t.end.clone()).max();
    Some(Time { start, end, granularity: Granularity::Interval })
}
