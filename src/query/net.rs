//! The statements of a selection as a simple weighted graph: one edge for all statements between two entities. What the
//! measures of centrality and the communities are computed on.

use super::index::Index;
use super::select::Selection;
use petgraph::stable_graph::NodeIndex;
use std::collections::BTreeMap;

/// Entities as numbers from 0, in order of id, and who is connected with whom.
#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    /// The entity of each number.
    pub nodes: Vec<NodeIndex>,
    /// Where each one's neighbours begin, and the end of the last.
    starts: Vec<u32>,
    /// Neighbours with the number of statements, in order of number.
    heads: Vec<(u32, f64)>,
}

impl Net {
    /// From subject to object.
    pub fn directed(index: &Index<'_>, selection: &Selection) -> Net {
        Net::new(index, selection, |a, b| [Some((a, b)), None])
    }

    /// Either way.
    pub fn undirected(index: &Index<'_>, selection: &Selection) -> Net {
        Net::new(index, selection, |a, b| [Some((a, b)), Some((b, a))])
    }

    fn new(index: &Index<'_>, selection: &Selection, arcs: impl Fn(u32, u32) -> [Option<(u32, u32)>; 2]) -> Net {
        let rows = || selection.rows.iter().map(|&row| &index.rows[row as usize]);
        let mut nodes: Vec<NodeIndex> = rows().flat_map(|row| [row.subject, row.object]).collect();
        nodes.sort_unstable_by_key(|n| n.index());
        nodes.dedup();
        nodes.sort_unstable_by(|a, b| index.entity(*a).id.cmp(&index.entity(*b).id));
        let mut number = vec![0u32; index.ends.len()];
        nodes.iter().zip(0..).for_each(|(n, i)| number[n.index()] = i);
        let between = rows().filter(|row| row.subject != row.object);
        let numbers = between.map(|row| (number[row.subject.index()], number[row.object.index()]));
        let arcs: Vec<(u32, u32, f64)> =
            numbers.flat_map(|(a, b)| arcs(a, b)).flatten().map(|(a, b)| (a, b, 1.0)).collect();
        Net::of_arcs(nodes, arcs)
    }

    /// A net of these nodes and arcs; parallel ones are added up.
    pub fn of_arcs(nodes: Vec<NodeIndex>, mut arcs: Vec<(u32, u32, f64)>) -> Net {
        arcs.sort_unstable_by_key(|(a, b, _)| (*a, *b));
        let mut starts = vec![0u32; nodes.len() + 1];
        let mut heads: Vec<(u32, f64)> = Vec::with_capacity(arcs.len());
        let mut last = None;
        for (a, b, weight) in arcs {
            match heads.last_mut() {
                Some(head) if last == Some((a, b)) => head.1 += weight,
                _ => {
                    heads.push((b, weight));
                    starts[a as usize + 1] += 1;
                }
            }
            last = Some((a, b));
        }
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        Net { nodes, starts, heads }
    }

    /// How many entities.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Neighbours of a node with the number of statements.
    pub fn of(&self, node: usize) -> &[(u32, f64)] {
        &self.heads[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// How many arcs.
    pub fn arcs(&self) -> usize {
        self.heads.len()
    }

    /// The net whose nodes are groups of this one's, `groups` of them, with what lies inside a group as a loop.
    pub fn grouped(&self, group: &[u32], groups: usize) -> Net {
        let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for node in 0..self.len() {
            for &(other, weight) in self.of(node) {
                *sums.entry((group[node], group[other as usize])).or_default() += weight;
            }
        }
        let arcs = sums.into_iter().map(|((a, b), weight)| (a, b, weight)).collect();
        Net::of_arcs(vec![NodeIndex::end(); groups], arcs)
    }
}
