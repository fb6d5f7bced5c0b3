//! Who stands with whom: communities by the Louvain method (Blondel and others, 2008), made deterministic by taking nodes
//! in order of id and, of equally good communities, the first.

use super::answer::{Answer, Cell, Column, column, data};
use super::index::Index;
use super::listing::answer;
use super::net::Net;
use super::pattern::Ask;
use super::select::Selection;
use petgraph::stable_graph::NodeIndex;
use std::cmp::Reverse;

const COLUMNS: &[Column] = &[
    column("community", "community"),
    column("size", "entities"),
    column("statements", "statements inside"),
    column("foremost", "foremost members"),
    data("members"),
];

/// How many members a table names.
const FOREMOST: usize = 8;

/// A row for each community of two or more, the largest first.
pub(super) fn communities(index: &Index<'_>, selection: &Selection) -> Answer {
    let net = Net::undirected(index, selection);
    let group = louvain(&net);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); group.iter().map(|g| *g as usize + 1).max().unwrap_or(0)];
    (0..net.len()).for_each(|node| members[group[node] as usize].push(node));
    members.retain(|m| m.len() > 1);
    members.sort_by_key(|m| Reverse(m.len()));
    let row = |(i, members): (usize, &Vec<usize>)| {
        let statements = members.iter().map(|&node| inside(&net, &group, node)).sum::<f64>() / 2.0;
        vec![
            Cell::Count(i + 1),
            Cell::Count(members.len()),
            Cell::Count(statements as usize),
            Cell::Entities(foremost(&net, members)),
            Cell::Entities(members.iter().map(|&m| net.nodes[m]).collect()),
        ]
    };
    let rows = members.iter().enumerate().map(row).collect();
    answer(index, selection, Ask::Communities, COLUMNS, rows)
}

/// How many statements connect a node with its own community.
fn inside(net: &Net, group: &[u32], node: usize) -> f64 {
    net.of(node).iter().filter(|(other, _)| group[*other as usize] == group[node]).map(|(_, weight)| weight).sum()
}

fn foremost(net: &Net, members: &[usize]) -> Vec<NodeIndex> {
    let mut ranked = members.to_vec();
    ranked.sort_by(|a, b| weight(net, *b).total_cmp(&weight(net, *a)));
    ranked.into_iter().take(FOREMOST).map(|m| net.nodes[m]).collect()
}

fn weight(net: &Net, node: usize) -> f64 {
    net.of(node).iter().map(|(_, weight)| weight).sum()
}

/// The community of each node, numbered from 0 in the order in which they are met. A round is linear in the edges, and a
/// few rounds do.
fn louvain(net: &Net) -> Vec<u32> {
    let mut group: Vec<u32> = (0..net.len() as u32).collect();
    let mut level = net.clone();
    loop {
        let moved = renumbered(&local(&level));
        let groups = moved.iter().max().map_or(0, |g| *g as usize + 1);
        group.iter_mut().for_each(|g| *g = moved[*g as usize]);
        if groups == level.len() {
            return group;
        }
        level = level.grouped(&moved, groups);
    }
}

/// A gain of modularity below this is rounding.
const GAIN: f64 = 1e-9;

/// Moves each node to the neighbouring community that gains most, until none gains.
fn local(net: &Net) -> Vec<u32> {
    let degree: Vec<f64> = (0..net.len()).map(|node| weight(net, node)).collect();
    let all: f64 = degree.iter().sum::<f64>().max(1.0);
    let mut group: Vec<u32> = (0..net.len() as u32).collect();
    let mut total = degree.clone();
    let mut links = vec![0.0; net.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for node in 0..net.len() {
            let old = group[node];
            let mut near: Vec<u32> = vec![old];
            for &(other, weight) in net.of(node).iter().filter(|(o, _)| *o as usize != node) {
                near.push(group[other as usize]);
                links[group[other as usize] as usize] += weight;
            }
            near.sort_unstable();
            near.dedup();
            total[old as usize] -= degree[node];
            let gain = |g: u32| links[g as usize] - degree[node] * total[g as usize] / all;
            let stay = gain(old);
            let first = |best: (u32, f64), g: u32| if gain(g) > best.1 + GAIN { (g, gain(g)) } else { best };
            let best = near.iter().copied().fold((old, stay), first).0;
            near.iter().for_each(|g| links[*g as usize] = 0.0);
            total[best as usize] += degree[node];
            group[node] = best;
            changed |= best != old;
        }
    }
    group
}

/// Groups numbered from 0 in the order in which they are met.
fn renumbered(group: &[u32]) -> Vec<u32> {
    let mut number = vec![u32::MAX; group.len()];
    let mut next = 0;
    let mut of = |g: u32| {
        let n = &mut number[g as usize];
        if *n == u32::MAX {
            *n = next;
            next += 1;
        }
        *n
    };
    group.iter().map(|g| of(*g)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_cliques_with_a_bridge_are_two_communities() {
        let clique = |from: u32| (from..from + 4).flat_map(move |a| (from..from + 4).map(move |b| (a, b)));
        let arcs = clique(0).chain(clique(4)).filter(|(a, b)| a != b).chain([(3, 4), (4, 3)]);
        let net = Net::of_arcs(vec![NodeIndex::new(0); 9], arcs.map(|(a, b)| (a, b, 1.0)).collect());
        assert_eq!(louvain(&net), [0, 0, 0, 0, 1, 1, 1, 1, 2], "who has no edge is alone");
    }

    #[test]
    fn a_ring_of_cliques_is_found_through_two_levels() {
        let arcs = (0..10u32).flat_map(|c| {
            let pair = |a: u32, b: u32| [(3 * c + a, 3 * c + b, 4.0), (3 * c + b, 3 * c + a, 4.0)];
            let next = 3 * ((c + 1) % 10);
            [pair(0, 1), pair(1, 2), pair(2, 0), [(3 * c + 2, next, 1.0), (next, 3 * c + 2, 1.0)]].into_iter().flatten()
        });
        let group = louvain(&Net::of_arcs(vec![NodeIndex::new(0); 30], arcs.collect()));
        assert!((0..10).all(|c| group[3 * c] == group[3 * c + 1] && group[3 * c] == group[3 * c + 2]), "{group:?}");
    }
}
