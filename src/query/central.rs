//! Who matters: PageRank, betweenness, and in how many statements an entity stands.
//!
//! PageRank is computed here on the compressed net: petgraph 0.8's `page_rank` visits every pair of nodes in each round, which
//! no graph of news allows, and leaves the random jump out where there is an edge. petgraph has no betweenness.

use super::answer::{Answer, Cell, Column, column, data};
use super::index::Index;
use super::listing::answer;
use super::net::Net;
use super::pattern::{Ask, Measure};
use super::select::Selection;

const COLUMNS: &[Column] = &[
    column("entity", "entity"),
    column("type", "type"),
    column("asSubject", "as subject"),
    column("asObject", "as object"),
    column("neighbours", "neighbours"),
    column("pagerank", "PageRank"),
    column("betweenness", "betweenness"),
    data("rank"),
];

/// A row for each entity, the most central first.
pub(super) fn central(index: &Index<'_>, selection: &Selection, measure: Measure) -> Answer {
    let (directed, undirected) = (Net::directed(index, selection), Net::undirected(index, selection));
    let statements = degrees(index, selection, &directed);
    let (ranks, between) = (page_rank(&directed), betweenness(&undirected));
    let value = |node: usize| match measure {
        Measure::PageRank => ranks[node],
        Measure::Betweenness => between[node],
        Measure::Degree => (statements[node][0] + statements[node][1]) as f64,
    };
    let mut order: Vec<usize> = (0..directed.len()).collect();
    // The sort is stable, and nodes are in order of id.
    order.sort_by(|a, b| value(*b).total_cmp(&value(*a)));
    let row = |(place, node): (usize, usize)| {
        vec![
            Cell::Entity(directed.nodes[node]),
            Cell::Text(index.entity(directed.nodes[node]).entity_type.to_string()),
            Cell::Count(statements[node][0]),
            Cell::Count(statements[node][1]),
            Cell::Count(undirected.of(node).len()),
            Cell::Number(ranks[node]),
            Cell::Number(between[node]),
            Cell::Count(place + 1),
        ]
    };
    answer(index, selection, Ask::Central, COLUMNS, order.into_iter().enumerate().map(row).collect())
}

/// For each entity in how many statements it is the subject, and the object.
fn degrees(index: &Index<'_>, selection: &Selection, net: &Net) -> Vec<[usize; 2]> {
    let mut number = vec![0; index.ends.len()];
    net.nodes.iter().enumerate().for_each(|(i, n)| number[n.index()] = i);
    let mut out = vec![[0; 2]; net.len()];
    for &row in &selection.rows {
        let row = &index.rows[row as usize];
        out[number[row.subject.index()]][0] += 1;
        out[number[row.object.index()]][1] += 1;
    }
    out
}

/// The share of rank that follows an edge; the rest goes anywhere.
const DAMPING: f64 = 0.85;
const ROUNDS: usize = 100;
const SETTLED: f64 = 1e-10;

/// PageRank by power iteration, edges weighted by their statements; what has no edge out gives to all. Each round is
/// linear in nodes and edges; ends after 100 or when nothing moves. (Brin and Page, 1998.)
fn page_rank(net: &Net) -> Vec<f64> {
    let n = net.len() as f64;
    let out: Vec<f64> = (0..net.len()).map(|node| net.of(node).iter().map(|(_, weight)| weight).sum()).collect();
    let mut rank = vec![1.0 / n; net.len()];
    for _ in 0..ROUNDS {
        let lost: f64 = (0..net.len()).filter(|&node| out[node] == 0.0).map(|node| rank[node]).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * lost) / n; net.len()];
        for node in 0..net.len() {
            for &(to, weight) in net.of(node) {
                next[to as usize] += DAMPING * rank[node] * weight / out[node];
            }
        }
        let moved: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if moved < SETTLED {
            break;
        }
    }
    rank
}

/// Node visits that exact betweenness may cost; beyond that some nodes stand for all.
const VISITS: usize = 400_000_000;

/// On which share of the shortest paths between two others a node lies, 0 to 1, without weights and directions: Brandes'
/// algorithm (2001), nodes times edges. In large nets from evenly spaced sources only, scaled up (Brandes and Pich, 2007).
fn betweenness(net: &Net) -> Vec<f64> {
    let n = net.len();
    let mut sum = vec![0.0; n];
    let step = (n * (n + net.arcs()) / VISITS).max(1);
    let sources = (0..n).step_by(step);
    let scale = n as f64 / sources.len().max(1) as f64;
    let mut search = Search::new(n);
    for source in sources {
        search.add(net, source, &mut sum);
    }
    let pairs = (n.max(3) - 1) as f64 * (n.max(3) - 2) as f64;
    sum.iter().map(|s| s * scale / pairs).collect()
}

/// One breadth-first search of Brandes' algorithm, its memory reused.
struct Search {
    distance: Vec<u32>,
    paths: Vec<f64>,
    share: Vec<f64>,
    order: Vec<u32>,
}

impl Search {
    fn new(n: usize) -> Search {
        let order = Vec::with_capacity(n);
        Search { distance: vec![u32::MAX; n], paths: vec![0.0; n], share: vec![0.0; n], order }
    }

    /// Adds for each node the share of the shortest paths from the source that it lies on.
    fn add(&mut self, net: &Net, source: usize, sum: &mut [f64]) {
        self.spread(net, source);
        for &node in self.order.iter().rev() {
            let node = node as usize;
            for &(other, _) in net.of(node) {
                let other = other as usize;
                if self.distance[other].wrapping_add(1) == self.distance[node] {
                    self.share[other] += self.paths[other] / self.paths[node] * (1.0 + self.share[node]);
                }
            }
            if node != source {
                sum[node] += self.share[node];
            }
        }
        for &node in &self.order {
            let node = node as usize;
            (self.distance[node], self.paths[node], self.share[node]) = (u32::MAX, 0.0, 0.0);
        }
    }

    fn spread(&mut self, net: &Net, source: usize) {
        self.order.clear();
        self.order.push(source as u32);
        (self.distance[source], self.paths[source]) = (0, 1.0);
        let mut at = 0;
        while let Some(&node) = self.order.get(at) {
            let node = node as usize;
            at += 1;
            for &(other, _) in net.of(node) {
                let i = other as usize;
                if self.distance[i] == u32::MAX {
                    self.distance[i] = self.distance[node] + 1;
                    self.order.push(other);
                }
                if self.distance[i] == self.distance[node] + 1 {
                    self.paths[i] += self.paths[node];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::stable_graph::NodeIndex;

    fn net(n: usize, arcs: &[(u32, u32)]) -> Net {
        let nodes = (0..n).map(NodeIndex::new).collect();
        Net::of_arcs(nodes, arcs.iter().map(|&(a, b)| (a, b, 1.0)).collect())
    }

    #[test]
    fn page_rank_solves_its_equations() {
        // Solved as a system of linear equations, in Python; the last node has no edge out.
        let arcs = [(0, 1), (0, 2), (1, 2), (2, 0), (3, 2), (3, 0), (4, 3), (4, 0)];
        let expected = [0.361602463, 0.182807260, 0.355832995, 0.041504854, 0.029126214, 0.029126214];
        for (found, expected) in page_rank(&net(6, &arcs)).iter().zip(expected) {
            assert!((found - expected).abs() < 1e-8, "{found} {expected}");
        }
    }

    #[test]
    fn betweenness_is_that_of_the_textbook() {
        // A path of five: the middle lies on 4 of 6 pairs, its neighbours on 3.
        let path: Vec<(u32, u32)> = (0..4).flat_map(|i| [(i, i + 1), (i + 1, i)]).collect();
        let found = betweenness(&net(5, &path));
        for (ours, expected) in found.iter().zip([0.0, 0.5, 4.0 / 6.0, 0.5, 0.0]) {
            assert!((ours - expected).abs() < 1e-12, "{found:?}");
        }
        // A square: each of two ways round counts half.
        let square: Vec<(u32, u32)> = (0..4).flat_map(|i| [(i, (i + 1) % 4), ((i + 1) % 4, i)]).collect();
        assert!(betweenness(&net(4, &square)).iter().all(|b| (b - 0.5 / 3.0).abs() < 1e-12));
    }

    #[test]
    fn nobody_is_central_in_nothing() {
        assert!(page_rank(&net(0, &[])).is_empty() && betweenness(&net(0, &[])).is_empty());
        assert_eq!(betweenness(&net(1, &[])), [0.0]);
    }
}
