//! What lies between two: who is connected with an entity and how, who fights and who helps whom by the Goldstein scale,
//! and who is named together without a statement between them.

use super::answer::{Answer, Cell, Column, column, data};
use super::index::Index;
use super::listing::answer;
use super::pattern::{Ask, Query};
use super::select::Selection;
use crate::error::{Error, Result};
use crate::model::{Evidence, Name};
use crate::ontology::{Codebook, Ontology};
use crate::vocab::EntityType;
use petgraph::stable_graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const NEIGHBOURS: &[Column] = &[
    column("entity", "entity"),
    column("neighbour", "neighbour"),
    column("type", "type"),
    column("statements", "statements"),
    column("does", "does to it"),
    column("suffers", "has done by it"),
];

/// A row for each neighbour of the entities that the query names, those with most statements first.
pub(super) fn neighbours(index: &Index<'_>, selection: &Selection) -> Result<Answer> {
    if selection.named.is_empty() {
        return Err(Error::Usage("say whose neighbours: --with ENTITY".into()));
    }
    let mut pairs: BTreeMap<(usize, usize), Between> = BTreeMap::new();
    for &i in &selection.rows {
        let row = &index.rows[i as usize];
        let predicate = &index.statement(i as usize).predicate;
        for (here, there, away) in [(row.subject, row.object, true), (row.object, row.subject, false)] {
            if here != there && selection.named.contains(&here) {
                let between = pairs.entry((here.index(), there.index())).or_default();
                let direction = if away { &mut between.away } else { &mut between.back };
                *direction.entry(predicate).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<((usize, usize), Between)> = pairs.into_iter().collect();
    let id = |i: usize| &index.entity(NodeIndex::new(i)).id;
    ranked.sort_by(|((a, b), x), ((c, d), y)| (id(*a), y.count(), id(*b)).cmp(&(id(*c), x.count(), id(*d))));
    let row = |((here, there), between): ((usize, usize), Between)| {
        let neighbour = NodeIndex::new(there);
        vec![
            Cell::Entity(NodeIndex::new(here)),
            Cell::Entity(neighbour),
            Cell::Text(index.entity(neighbour).entity_type.to_string()),
            Cell::Count(between.count()),
            Cell::Text(counted(&between.away)),
            Cell::Text(counted(&between.back)),
        ]
    };
    Ok(answer(index, selection, Ask::Neighbours, NEIGHBOURS, ranked.into_iter().map(row).collect()))
}

/// How often each predicate stands between two, in both directions.
#[derive(Default)]
struct Between<'g> {
    away: BTreeMap<&'g Name, usize>,
    back: BTreeMap<&'g Name, usize>,
}

impl Between<'_> {
    fn count(&self) -> usize {
        self.away.values().chain(self.back.values()).sum()
    }
}

/// `attacked 3, condemned`.
fn counted(predicates: &BTreeMap<&Name, usize>) -> String {
    let mut ranked: Vec<(&&Name, &usize)> = predicates.iter().collect();
    ranked.sort_by_key(|(_, n)| Reverse(**n));
    let one = |(name, n): (&&Name, &usize)| match n {
        1 => name.to_string(),
        n => format!("{name} {n}"),
    };
    ranked.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

const BALANCE: &[Column] = &[
    column("a", "one"),
    column("b", "other"),
    column("events", "events"),
    column("conflict", "conflict"),
    column("cooperation", "cooperation"),
    column("aToB", "one to other"),
    column("bToA", "other to one"),
    column("mean", "mean"),
    column("balance", "balance"),
];

/// The events between two actors on the Goldstein scale, from -10 (an attack) to 10.
#[derive(Debug, Clone, Copy, Default)]
struct Balance {
    events: usize,
    conflict: usize,
    cooperation: usize,
    /// Sum and number from the first to the second, and back.
    ways: [(f64, usize); 2],
    sum: f64,
}

/// A row for each pair of actors with events between them, the heaviest balance first, whichever way it leans. What has no
/// CAMEO code is no event; a symmetric event counts in both directions.
pub(super) fn balance(index: &Index<'_>, selection: &Selection) -> Answer {
    let mut pairs: BTreeMap<[&Name; 2], ([NodeIndex; 2], Balance)> = BTreeMap::new();
    for &i in &selection.rows {
        let row = &index.rows[i as usize];
        let s = index.statement(i as usize);
        let actors = [row.subject, row.object].map(|n| index.entity(n).entity_type.is_actor());
        let Some(scale) = s.cameo.as_deref().and_then(|c| Codebook::builtin().goldstein(c)) else { continue };
        if actors != [true, true] || row.subject == row.object {
            continue;
        }
        let swapped = s.object < s.subject;
        let [a, b] = if swapped { [row.object, row.subject] } else { [row.subject, row.object] };
        let (_, pair) = pairs.entry([&index.entity(a).id, &index.entity(b).id]).or_insert(([a, b], Balance::default()));
        let symmetric = Ontology::builtin().get(&s.predicate).is_some_and(|p| p.symmetric);
        pair.add(scale, swapped, symmetric);
    }
    let mut ranked: Vec<([NodeIndex; 2], Balance)> = pairs.into_values().collect();
    ranked.sort_by(|(_, x), (_, y)| y.sum.abs().total_cmp(&x.sum.abs()));
    let mean = |(sum, n): (f64, usize)| if n == 0 { Cell::None } else { Cell::Number(sum / n as f64) };
    let row = |([a, b], pair): ([NodeIndex; 2], Balance)| {
        vec![
            Cell::Entity(a),
            Cell::Entity(b),
            Cell::Count(pair.events),
            Cell::Count(pair.conflict),
            Cell::Count(pair.cooperation),
            mean(pair.ways[0]),
            mean(pair.ways[1]),
            mean((pair.sum, pair.events)),
            Cell::Number(pair.sum),
        ]
    };
    answer(index, selection, Ask::Balance, BALANCE, ranked.into_iter().map(row).collect())
}

impl Balance {
    fn add(&mut self, scale: f64, swapped: bool, symmetric: bool) {
        self.events += 1;
        self.conflict += usize::from(scale < 0.0);
        self.cooperation += usize::from(scale > 0.0);
        self.sum += scale;
        for way in [usize::from(swapped), usize::from(!swapped)].into_iter().take(1 + usize::from(symmetric)) {
            self.ways[way].0 += scale;
            self.ways[way].1 += 1;
        }
    }
}

const TOGETHER: &[Column] = &[
    column("a", "one"),
    column("b", "other"),
    column("articles", "articles with both"),
    column("sentences", "sentences with both"),
    column("lift", "lift"),
    data("aArticles"),
    data("bArticles"),
];

/// A row for each two entities that are named together although no statement connects them: in the same articles, as the
/// graph knows from its mentions, and in the same sentences, as far as these are evidence for something. The lift says how
/// many times as often as chance would have it. Costs the sum over all articles of the square of their entities.
pub(super) fn together(index: &Index<'_>, query: &Query) -> Result<Answer> {
    if !only_articles(query) {
        let message = "co-occurrence is a matter of articles, not of statements: of the pattern only --with, --type, \
                       --source and --unnamed make sense";
        return Err(Error::Usage(message.into()));
    }
    let types: Vec<EntityType> = query.types.iter().map(|t| EntityType::require("type", t)).collect::<Result<_>>()?;
    let asked = index.nodes(&query.with)?;
    let admits = |n: NodeIndex| asked.contains(&n) || index.has_type(n, &types) && (query.unnamed || index.is_named(n));
    let wanted = |a: NodeIndex, b: NodeIndex| asked.is_empty() || asked.contains(&a) || asked.contains(&b);
    let articles = articles(index, query, admits)?;
    let mut seen: HashMap<NodeIndex, usize> = HashMap::new();
    articles.values().flatten().for_each(|n| *seen.entry(*n).or_default() += 1);
    let mut pairs = count_pairs(articles.values(), wanted);
    let sentences = sentences(index, &articles, admits);
    let in_sentences = count_pairs(sentences.values(), wanted);
    let inner = index.graph.inner();
    pairs.retain(|(a, b), _| inner.find_edge_undirected(*a, *b).is_none());
    let mut ranked: Vec<((NodeIndex, NodeIndex), usize, usize)> =
        pairs.into_iter().map(|(pair, n)| (pair, n, in_sentences.get(&pair).copied().unwrap_or(0))).collect();
    let ids = |(a, b): (NodeIndex, NodeIndex)| (&index.entity(a).id, &index.entity(b).id);
    ranked.sort_by(|x, y| (y.2, y.1).cmp(&(x.2, x.1)).then_with(|| ids(x.0).cmp(&ids(y.0))));
    let row = |((a, b), both, sentences): ((NodeIndex, NodeIndex), usize, usize)| {
        let lift = (both * articles.len()) as f64 / (seen[&a] * seen[&b]) as f64;
        vec![
            Cell::Entity(a),
            Cell::Entity(b),
            Cell::Count(both),
            Cell::Count(sentences),
            Cell::Number(lift),
            Cell::Count(seen[&a]),
            Cell::Count(seen[&b]),
        ]
    };
    let rows = ranked.into_iter().map(row).collect();
    Ok(answer(index, &Selection::default(), Ask::Together, TOGETHER, rows))
}

/// Whether a query says nothing of statements.
fn only_articles(query: &Query) -> bool {
    let Query { ask, with, types, source, unnamed, limit, hops, measure, .. } = query.clone();
    let rest = Query { ask, with, types, source, unnamed, limit, hops, measure, ..Query::default() };
    *query == rest
}

/// For each article of the sources asked for the entities that it names, in order of id.
fn articles<'g>(
    index: &Index<'g>,
    query: &Query,
    admits: impl Fn(NodeIndex) -> bool,
) -> Result<BTreeMap<&'g str, Vec<NodeIndex>>> {
    if let Some(missing) = query.source.iter().find(|s| index.source_key(s).is_none()) {
        return Err(Error::Usage(format!("the graph has no article and no newsroom {missing:?}")));
    }
    let mut nodes: Vec<NodeIndex> = index.graph.inner().node_indices().filter(|n| admits(*n)).collect();
    nodes.sort_unstable_by(|a, b| index.entity(*a).id.cmp(&index.entity(*b).id));
    let mut out: BTreeMap<&str, Vec<NodeIndex>> = BTreeMap::new();
    for node in nodes {
        for (article, _) in index.graph.seen_in(node) {
            let newsroom = article.source.as_deref();
            let among = |s: &String| *s == article.id || newsroom.is_some_and(|n| n.eq_ignore_ascii_case(s));
            if query.source.is_empty() || query.source.iter().any(among) {
                out.entry(&article.id).or_default().push(node);
            }
        }
    }
    Ok(out)
}

/// For each sentence that is evidence the entities that it is evidence about.
fn sentences<'g>(
    index: &Index<'g>,
    articles: &BTreeMap<&str, Vec<NodeIndex>>,
    admits: impl Fn(NodeIndex) -> bool,
) -> BTreeMap<(&'g str, u32), Vec<NodeIndex>> {
    let mut out: BTreeMap<(&str, u32), BTreeSet<(&Name, NodeIndex)>> = BTreeMap::new();
    for s in index.graph.inner().edge_weights() {
        for e in s.evidence.iter().filter(|e| articles.contains_key(&*e.article)) {
            let named = names(s, e).filter_map(|id| Some((id, index.graph.node(id)?)));
            out.entry((&e.article, e.start)).or_default().extend(named.filter(|(_, n)| admits(*n)));
        }
    }
    out.into_iter().map(|(at, nodes)| (at, nodes.into_iter().map(|(_, n)| n).collect())).collect()
}

/// The entities that stand in the sentence itself, as its words or as who speaks.
fn names<'g>(s: &'g crate::Statement, e: &'g Evidence) -> impl Iterator<Item = &'g Name> {
    let ends = [e.subject.as_ref().map(|_| &s.subject), e.object.as_ref().map(|_| &s.object)];
    ends.into_iter().flatten().chain(&e.speaker)
}

/// How many of the groups have both of each two wanted.
fn count_pairs<'n>(
    groups: impl Iterator<Item = &'n Vec<NodeIndex>>,
    wanted: impl Fn(NodeIndex, NodeIndex) -> bool,
) -> HashMap<(NodeIndex, NodeIndex), usize> {
    let mut out = HashMap::new();
    for group in groups {
        for (i, &a) in group.iter().enumerate() {
            for &b in group[i + 1..].iter().filter(|b| wanted(a, **b)) {
                *out.entry((a, b)).or_default() += 1;
            }
        }
    }
    out
}
