//! How two entities are connected: the shortest chains of statements between them, or all up to a length.

use super::answer::{Answer, Cell, Column, column};
use super::index::{Index, Row};
use super::listing::answer;
use super::pattern::{Ask, Query};
use super::select::Selection;
use crate::error::{Error, Result};
use petgraph::algo::{all_simple_paths, dijkstra};
use petgraph::graphmap::{DiGraphMap, UnGraphMap};
use petgraph::stable_graph::NodeIndex;
use std::collections::{BTreeMap, HashMap};
use std::hash::RandomState;

const COLUMNS: &[Column] = &[
    column("path", "path"),
    column("step", "step"),
    column("subject", "who"),
    column("predicate", "does"),
    column("object", "to whom"),
    column("time", "when"),
    column("status", "status"),
    column("more", "more"),
    column("id", "id"),
];

/// Edges of a path at most, where the query does not say.
const LONGEST: usize = 3;
/// Paths of an answer at most, where the query does not say; so many times more are looked at to find the shortest.
const MOST: usize = 20;
const LOOKED_AT: usize = 500;

/// An entity by the place of its id among all, so that numbers sort as ids do.
type Numbers = HashMap<NodeIndex, u32>;

/// The paths from the one entity to the other over these statements, whatever their direction, the shortest first: for each
/// step the statement that most is said for, and how many more there are between the two.
///
/// petgraph's `dijkstra` from both ends leaves only entities that lie on a path short enough, on which its
/// `all_simple_paths` then finds them: near linear in the statements, and in the paths.
pub(super) fn paths(index: &Index<'_>, selection: &Selection, query: &Query) -> Result<Answer> {
    let (from, to) = (one(index, &query.from, "--from")?, one(index, &query.to, "--to")?);
    let between = between(index, selection);
    let (nodes, numbers) = numbered(index, &between, [from, to]);
    let mut graph: UnGraphMap<u32, ()> = UnGraphMap::new();
    for end in [from, to] {
        graph.add_node(numbers[&end]);
    }
    let mut ends: Vec<(u32, u32)> = between.keys().map(|(a, b)| (numbers[a], numbers[b])).collect();
    ends.sort_unstable();
    for (a, b) in ends {
        graph.add_edge(a, b, ());
    }
    let found = match query.ask {
        Ask::Paths => all(&graph, numbers[&from], numbers[&to], query.hops.unwrap_or(LONGEST)),
        _ => shortest(&graph, numbers[&from], numbers[&to]),
    };
    let most = query.limit.unwrap_or(MOST);
    let mut rows = Vec::new();
    for (number, path) in (1..).zip(found.iter().take(most)) {
        for (step, pair) in (1..).zip(path.windows(2)) {
            let pair = (nodes[pair[0] as usize], nodes[pair[1] as usize]);
            rows.push(step_row(index, number, step, &between[&ordered(pair)]));
        }
    }
    let used: Vec<u32> = found
        .iter()
        .take(most)
        .flat_map(|path| path.windows(2))
        .flat_map(|pair| &between[&ordered((nodes[pair[0] as usize], nodes[pair[1] as usize]))])
        .copied()
        .collect();
    let mut answer = answer(index, &on_paths(used), query.ask, COLUMNS, rows);
    if found.len() > most {
        answer.notes.push(format!("{most} of {} paths; --limit N shows more", found.len()));
    }
    Ok(answer)
}

fn on_paths(mut rows: Vec<u32>) -> Selection {
    rows.sort_unstable();
    rows.dedup();
    Selection { rows, ..Selection::default() }
}

/// The one entity that an end of a path is.
fn one(index: &Index<'_>, words: &[String], option: &str) -> Result<NodeIndex> {
    match index.nodes(words)?[..] {
        [one] => Ok(one),
        [] => Err(Error::Usage(format!("a path goes from one entity to another: {option} ENTITY is missing"))),
        _ => Err(Error::Usage(format!("a path goes from one entity to another: {option} names several"))),
    }
}

/// The statements between each two.
fn between(index: &Index<'_>, selection: &Selection) -> BTreeMap<(NodeIndex, NodeIndex), Vec<u32>> {
    let mut out: BTreeMap<(NodeIndex, NodeIndex), Vec<u32>> = BTreeMap::new();
    for &i in &selection.rows {
        let row = &index.rows[i as usize];
        if row.subject != row.object {
            out.entry(ordered((row.subject, row.object))).or_default().push(i);
        }
    }
    out
}

fn ordered((a, b): (NodeIndex, NodeIndex)) -> (NodeIndex, NodeIndex) {
    if b < a { (b, a) } else { (a, b) }
}

/// Entities in order of id, with their numbers, so that paths come in the same order however the graph was made.
fn numbered(
    index: &Index<'_>,
    between: &BTreeMap<(NodeIndex, NodeIndex), Vec<u32>>,
    ends: [NodeIndex; 2],
) -> (Vec<NodeIndex>, Numbers) {
    let mut nodes: Vec<NodeIndex> = between.keys().flat_map(|(a, b)| [*a, *b]).chain(ends).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes.sort_unstable_by(|a, b| index.entity(*a).id.cmp(&index.entity(*b).id));
    let numbers = nodes.iter().zip(0..).map(|(n, i)| (*n, i)).collect();
    (nodes, numbers)
}

/// All shortest paths, at most as many as are looked at: those that come nearer to the goal with each step.
fn shortest(graph: &UnGraphMap<u32, ()>, from: u32, to: u32) -> Vec<Vec<u32>> {
    let left = dijkstra(graph, to, None, |_| 1usize);
    let Some(&length) = left.get(&from).filter(|length| **length > 0) else { return Vec::new() };
    let mut nearer: DiGraphMap<u32, ()> = DiGraphMap::new();
    for (a, b, ()) in graph.all_edges() {
        for (a, b) in [(a, b), (b, a)] {
            if left.get(&a).zip(left.get(&b)).is_some_and(|(x, y)| *x == y + 1 && *x <= length) {
                nearer.add_edge(a, b, ());
            }
        }
    }
    let paths = all_simple_paths::<Vec<u32>, _, RandomState>(&nearer, from, to, 0, Some(length - 1));
    in_order(paths.take(LOOKED_AT).collect())
}

/// All simple paths of so many edges at most.
fn all(graph: &UnGraphMap<u32, ()>, from: u32, to: u32, longest: usize) -> Vec<Vec<u32>> {
    let (done, left) = (dijkstra(graph, from, None, |_| 1usize), dijkstra(graph, to, None, |_| 1usize));
    let lies = |n: u32| done.get(&n).zip(left.get(&n)).is_some_and(|(a, b)| a + b <= longest);
    if from == to || !lies(from) {
        return Vec::new();
    }
    let mut near: UnGraphMap<u32, ()> = UnGraphMap::new();
    for (a, b, ()) in graph.all_edges().filter(|(a, b, ())| lies(*a) && lies(*b)) {
        near.add_edge(a, b, ());
    }
    let paths = all_simple_paths::<Vec<u32>, _, RandomState>(&near, from, to, 0, Some(longest.saturating_sub(1)));
    in_order(paths.take(LOOKED_AT).collect())
}

fn in_order(mut paths: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    paths.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    paths
}

fn step_row(index: &Index<'_>, path: usize, step: usize, statements: &[u32]) -> Vec<Cell> {
    let weight = |i: &&u32| {
        let row: &Row = &index.rows[**i as usize];
        (row.sources, (row.confidence * 1e4) as u32, std::cmp::Reverse(**i))
    };
    let best = statements.iter().max_by_key(weight).expect("a pair is listed for the statement between them");
    let row = &index.rows[*best as usize];
    let s = index.statement(*best as usize);
    let more = statements.len() - 1;
    vec![
        Cell::Count(path),
        Cell::Count(step),
        Cell::Entity(row.subject),
        Cell::Predicate(s.predicate.clone(), s.negated),
        Cell::Entity(row.object),
        Cell::Time(s.time.clone()),
        Cell::Status(s.status),
        if more > 0 { Cell::Count(more) } else { Cell::None },
        Cell::Statement(s.id.clone()),
    ]
}
