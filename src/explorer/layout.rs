//! Where nodes lie: the forces of ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014) with the approximation of Barnes
//! and Hut (1986), cooled as by Fruchterman and Reingold (1991), then overlaps undone.
//!
//! Parts of the graph that no link joins are laid out by themselves and packed round the largest, so that all are as dense.
//! O(n log n) a round. The start is a radial tree, so the result depends on nothing but the input: no random numbers, and
//! each node's force is summed in one order whatever the number of threads.

use rayon::prelude::*;
use std::collections::HashMap;

/// An edge of the layout, between nodes by their index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// One end.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// How strongly it pulls; 1 is usual.
    pub weight: f64,
}

type Point = [f64; 2];

/// Repulsion between two nodes of mass 1 at distance 1.
const REPULSION: f64 = 10.0;
/// The pull to the middle, which keeps long arms in.
const GRAVITY: f64 = 1.0;
/// The part of the way to its balance with its neighbours that a node goes in a round.
const STEP: f64 = 0.6;
/// How far a node may move in the first round, in parts of the spread of all; it sinks to nothing.
const HEAT: f64 = 0.3;
/// Free space kept around a node when overlaps are undone, in units of its radius.
const MARGIN: f64 = 1.35;

/// The place of each node, given its radius and the links. The middle is the origin; distances fit the radii.
///
/// ```
/// use newsgraph::explorer::{Link, positions};
///
/// let links = [Link { a: 0, b: 1, weight: 1.0 }];
/// let places = positions(&[5.0, 5.0, 5.0], &links);
/// assert_eq!(places, positions(&[5.0, 5.0, 5.0], &links));
/// ```
pub fn positions(radii: &[f64], links: &[Link]) -> Vec<[f64; 2]> {
    let neighbours = adjacency(radii.len(), links);
    let mut out = vec![[0.0; 2]; radii.len()];
    let mut packing = Packing::default();
    for part in parts(&neighbours) {
        let radii: Vec<f64> = part.iter().map(|&node| radii[node]).collect();
        let places = lay_out(&radii, &within(&part, &neighbours));
        let shift = packing.add(extent(&places, &radii));
        part.iter().zip(places).for_each(|(&node, place)| out[node] = add(place, shift));
    }
    out
}

/// The places of one part, around its middle.
fn lay_out(radii: &[f64], neighbours: &Adjacency) -> Vec<Point> {
    let mut state = Forces::new(start(neighbours), neighbours);
    let rounds = rounds(radii.len());
    for round in 0..rounds {
        let left = 1.0 - round as f64 / rounds as f64;
        state.step(neighbours, HEAT * left * left);
    }
    let mut places = state.places;
    scale(&mut places, radii);
    separate(&mut places, radii);
    places
}

/// Fewer rounds for large graphs, so that the time stays within seconds, and for small ones, which settle soon.
fn rounds(nodes: usize) -> usize {
    (1_000_000 / nodes.max(1)).clamp(60, 500).min(20 * nodes)
}

type Adjacency = Vec<Vec<(u32, f64)>>;

fn adjacency(nodes: usize, links: &[Link]) -> Adjacency {
    let mut degrees = vec![0.0_f64; nodes];
    let links = links.iter().filter(|l| l.a != l.b);
    for link in links.clone() {
        degrees[link.a as usize] += 1.0;
        degrees[link.b as usize] += 1.0;
    }
    let mut out = vec![Vec::new(); nodes];
    for link in links {
        let weight = link.weight / (degrees[link.a as usize] * degrees[link.b as usize]).sqrt();
        out[link.a as usize].push((link.b, weight));
        out[link.b as usize].push((link.a, weight));
    }
    out
}

/// The parts that no link joins, the largest first, each from its busiest node outwards.
fn parts(neighbours: &Adjacency) -> Vec<Vec<usize>> {
    let mut roots: Vec<usize> = (0..neighbours.len()).collect();
    roots.sort_by_key(|&n| std::cmp::Reverse(neighbours[n].len()));
    let mut met = vec![false; neighbours.len()];
    let mut out = Vec::new();
    for root in roots {
        if std::mem::replace(&mut met[root], true) {
            continue;
        }
        let mut part = vec![root];
        let mut next = 0;
        while let Some(&node) = part.get(next) {
            let fresh = neighbours[node].iter().map(|&(n, _)| n as usize);
            part.extend(fresh.filter(|&n| !std::mem::replace(&mut met[n], true)));
            next += 1;
        }
        out.push(part);
    }
    out.sort_by_key(|part| std::cmp::Reverse(part.len()));
    out
}

/// The links of a part, its nodes numbered in its order.
fn within(part: &[usize], neighbours: &Adjacency) -> Adjacency {
    let rank: HashMap<usize, u32> = part.iter().copied().zip(0..).collect();
    let inside = |&(n, weight): &(u32, f64)| (rank[&(n as usize)], weight);
    part.iter().map(|&node| neighbours[node].iter().map(inside).collect()).collect()
}

/// A radial tree: the first node in the middle, every other one ring outside the one it was reached from, in a sector as
/// wide as its branch is large. Nodes stand in the order in which they are reached.
fn start(neighbours: &Adjacency) -> Vec<Point> {
    let parents = parents(neighbours);
    let mut weight = vec![1.0_f64; neighbours.len()];
    for node in (1..neighbours.len()).rev() {
        weight[parents[node]] += weight[node];
    }
    let ring = (neighbours.len() as f64).sqrt();
    let (mut sectors, mut taken) = (vec![(0.0, 1.0, 0.0); neighbours.len()], vec![0.0; neighbours.len()]);
    let mut places = vec![[0.0; 2]; neighbours.len()];
    for node in 1..neighbours.len() {
        let parent = parents[node];
        let (from, width, depth) = sectors[parent];
        // The parent itself takes no part of its sector.
        let share = width / (weight[parent] - 1.0);
        let own = (from + taken[parent] * share, weight[node] * share, depth + 1.0);
        taken[parent] += weight[node];
        places[node] = on_ring(own.0 + own.1 / 2.0, own.2 * ring);
        sectors[node] = own;
    }
    places
}

/// Who was reached from whom.
fn parents(neighbours: &Adjacency) -> Vec<usize> {
    let mut out = vec![usize::MAX; neighbours.len()];
    for (node, links) in neighbours.iter().enumerate() {
        for next in links.iter().map(|&(n, _)| n as usize).filter(|&n| n > node) {
            out[next] = out[next].min(node);
        }
    }
    out
}

/// Rounded, since sines differ in their last bit from one machine to the next.
fn on_ring(turn: f64, radius: f64) -> Point {
    let (sin, cos) = (turn * std::f64::consts::TAU).sin_cos();
    [cos, sin].map(|c| (c * radius * 1024.0).round() / 1024.0)
}

/// The state of the simulation.
struct Forces {
    places: Vec<Point>,
    masses: Vec<f64>,
}

impl Forces {
    fn new(places: Vec<Point>, neighbours: &Adjacency) -> Forces {
        let masses = neighbours.iter().map(|n| 1.0 + n.len() as f64).collect();
        Forces { places, masses }
    }

    /// One round: all nodes move at once, at most as far as the heat lets them.
    fn step(&mut self, neighbours: &Adjacency, heat: f64) {
        let tree = Tree::new(&self.places, &self.masses);
        let wishes: Vec<Point> =
            (0..self.places.len()).into_par_iter().map(|n| self.wish(n, &tree, &neighbours[n])).collect();
        let farthest = heat * spread(&self.places).max(1.0);
        for (place, wish) in self.places.iter_mut().zip(wishes) {
            *place = add(*place, times(wish, farthest / length(wish).max(farthest)));
        }
    }

    /// Where a node wants to go: along its force, divided by how fast the force changes on the way. Without that, nodes
    /// that are pulled or pushed hard would swing ever wider.
    fn wish(&self, node: usize, tree: &Tree, neighbours: &[(u32, f64)]) -> Point {
        let (place, mass) = (self.places[node], self.masses[node]);
        let (push, change) = tree.push(place);
        let (mut force, mut stiffness) = (times(push, REPULSION * mass), REPULSION * mass * change);
        for &(other, weight) in neighbours {
            force = add(force, times(sub(self.places[other as usize], place), weight));
            stiffness += weight;
        }
        let far = length(place).max(1.0);
        force = add(force, times(place, -GRAVITY * mass / far));
        times(force, STEP / (stiffness + GRAVITY * mass / far))
    }
}

/// How far nodes lie from the origin, in the root of the mean square.
fn spread(places: &[Point]) -> f64 {
    (places.iter().map(|p| p[0] * p[0] + p[1] * p[1]).sum::<f64>() / places.len().max(1) as f64).sqrt()
}

/// A quadtree with the mass of each quarter, from which many far nodes are felt as one.
struct Tree {
    cells: Vec<Cell>,
}

struct Cell {
    mass: f64,
    /// The sum of places by mass until the tree is whole, then the middle.
    middle: Point,
    width: f64,
    /// The index of the first of four children; 0 for none, since the root is nobody's child.
    children: usize,
}

/// Cells are not cut below this: nodes in one place would never be told apart.
const DEPTH: usize = 40;
/// A cell is felt as one if it is as wide as this part of its distance.
const THETA: f64 = 1.0;

impl Tree {
    fn new(places: &[Point], masses: &[f64]) -> Tree {
        let reach = places.iter().flatten().fold(1.0_f64, |m, c| m.max(c.abs()));
        let mut tree = Tree { cells: vec![Cell::empty(2.0 * reach)] };
        for (place, mass) in places.iter().zip(masses) {
            tree.insert(*place, *mass);
        }
        for cell in tree.cells.iter_mut().filter(|c| c.mass > 0.0) {
            cell.middle = times(cell.middle, 1.0 / cell.mass);
        }
        tree
    }

    fn insert(&mut self, place: Point, mass: f64) {
        let (mut at, mut centre) = (0, [0.0, 0.0]);
        for _ in 0..DEPTH {
            let cell = &self.cells[at];
            let resident =
                (cell.children == 0 && cell.mass > 0.0).then(|| (times(cell.middle, 1.0 / cell.mass), cell.mass));
            let vacant = cell.mass == 0.0;
            self.cells[at].add(place, mass);
            if vacant || resident.is_some_and(|(there, _)| there == place) {
                return;
            }
            if let Some((there, its_mass)) = resident {
                let quarter = self.split(at, centre, there);
                self.cells[quarter].add(there, its_mass);
            }
            let (side, next) = descend(place, centre, self.cells[at].width);
            at = self.cells[at].children + side;
            centre = next;
        }
        self.cells[at].add(place, mass);
    }

    /// Gives a cell its four quarters; which of them a place lies in.
    fn split(&mut self, at: usize, centre: Point, place: Point) -> usize {
        let width = self.cells[at].width;
        self.cells[at].children = self.cells.len();
        self.cells.extend((0..4).map(|_| Cell::empty(width / 2.0)));
        self.cells[at].children + descend(place, centre, width).0
    }

    /// The push at a place from all mass, for a node of mass 1 and a repulsion of 1, and how fast it changes from place to
    /// place.
    fn push(&self, place: Point) -> (Point, f64) {
        let (mut force, mut change) = ([0.0, 0.0], 0.0);
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            let cell = &self.cells[at];
            if cell.mass == 0.0 {
                continue;
            }
            let away = sub(place, cell.middle);
            let square = away[0] * away[0] + away[1] * away[1];
            if cell.children == 0 || cell.width * cell.width < THETA * THETA * square {
                // A node does not push itself, nor what lies where it lies; overlaps are undone later.
                if square > 0.0 {
                    force = add(force, times(away, cell.mass / square));
                    change += cell.mass / square;
                }
            } else {
                open.extend(cell.children..cell.children + 4);
            }
        }
        (force, change)
    }
}

impl Cell {
    fn empty(width: f64) -> Cell {
        Cell { mass: 0.0, middle: [0.0, 0.0], width, children: 0 }
    }

    fn add(&mut self, place: Point, mass: f64) {
        self.mass += mass;
        self.middle = add(self.middle, times(place, mass));
    }
}

/// The quarter of a cell that a place lies in, and its centre.
fn descend(place: Point, centre: Point, width: f64) -> (usize, Point) {
    let step = width / 4.0;
    let (right, up) = (place[0] >= centre[0], place[1] >= centre[1]);
    let shift = |positive| if positive { step } else { -step };
    (usize::from(right) + 2 * usize::from(up), add(centre, [shift(right), shift(up)]))
}

/// Room for all: the picture is stretched until nodes, with the space around them, cover a tenth of it.
fn scale(places: &mut [Point], radii: &[f64]) {
    let count = places.len().max(1) as f64;
    let middle = times(places.iter().fold([0.0; 2], |sum, p| add(sum, *p)), 1.0 / count);
    places.iter_mut().for_each(|p| *p = sub(*p, middle));
    let spread = spread(places).powi(2);
    let room = radii.iter().map(|r| 10.0 * r * r).sum::<f64>() / 2.0;
    let factor = if spread > 0.0 { (room / spread).sqrt() } else { 1.0 };
    places.iter_mut().for_each(|p| *p = times(*p, factor));
}

/// Pushes nodes apart that overlap, over a grid as wide as the largest node, until none do or enough was tried.
fn separate(places: &mut [Point], radii: &[f64]) {
    let widest = radii.iter().fold(1.0_f64, |m, r| m.max(*r)) * 2.0 * MARGIN;
    for _ in 0..40 {
        let grid = Grid::new(places, widest);
        let moved = (0..places.len()).filter(|&n| grid.push_apart(n, places, radii)).count();
        if moved == 0 {
            break;
        }
    }
}

/// Nodes sorted by the square they lie in.
struct Grid {
    squares: Vec<((i64, i64), usize)>,
    width: f64,
}

impl Grid {
    fn new(places: &[Point], width: f64) -> Grid {
        let mut squares: Vec<_> = places.iter().enumerate().map(|(n, p)| (square(*p, width), n)).collect();
        squares.sort_unstable();
        Grid { squares, width }
    }

    /// Pushes a node and those of higher index that it overlaps apart; whether there were any.
    fn push_apart(&self, node: usize, places: &mut [Point], radii: &[f64]) -> bool {
        let mut moved = false;
        let (x, y) = square(places[node], self.width);
        for column in x - 1..=x + 1 {
            let first = self.squares.partition_point(|(at, _)| *at < (column, y - 1));
            let near = self.squares[first..].iter().take_while(|(at, _)| *at <= (column, y + 1));
            for &(_, other) in near.filter(|(_, other)| *other > node) {
                moved |= push_pair(node, other, places, radii);
            }
        }
        moved
    }
}

fn square([x, y]: Point, width: f64) -> (i64, i64) {
    ((x / width).floor() as i64, (y / width).floor() as i64)
}

fn push_pair(a: usize, b: usize, places: &mut [Point], radii: &[f64]) -> bool {
    let apart = sub(places[b], places[a]);
    let (distance, wanted) = (length(apart), MARGIN * (radii[a] + radii[b]));
    if distance >= wanted {
        return false;
    }
    // Two in one place part along a direction that their index gives.
    let direction = if distance > 0.0 { times(apart, 1.0 / distance) } else { on_ring((b % 97) as f64 / 97.0, 1.0) };
    let push = times(direction, (wanted - distance) / 2.0);
    places[a] = sub(places[a], push);
    places[b] = add(places[b], push);
    true
}

/// How far a part reaches from its middle.
fn extent(places: &[Point], radii: &[f64]) -> f64 {
    places.iter().zip(radii).map(|(p, r)| length(*p) + MARGIN * r).fold(0.0, f64::max)
}

/// Circles laid round the first, each as near the middle as it finds room.
#[derive(Default)]
struct Packing {
    circles: Vec<(Point, f64)>,
    /// How far out the search for room begins: nearer there was none for a larger circle.
    distance: f64,
}

/// The picture is wider than high, as screens are.
const WIDE: f64 = 1.5;

impl Packing {
    /// The middle of a circle of that radius.
    fn add(&mut self, radius: f64) -> Point {
        let mut place = [0.0; 2];
        // Turns by the golden angle come near every direction soon.
        let turns = (0..).map(|step| f64::from(step) * 0.381_966);
        for turn in turns.take_while(|_| !self.circles.is_empty()) {
            let [x, y] = on_ring(turn, 1.0);
            place = [x * self.distance * WIDE, y * self.distance];
            if self.circles.iter().all(|(other, r)| length(sub(place, *other)) >= radius + r) {
                break;
            }
            self.distance += radius / 12.0;
        }
        self.circles.push((place, radius));
        self.distance = (self.distance - radius).max(0.0);
        place
    }
}

fn add(a: Point, b: Point) -> Point {
    [a[0] + b[0], a[1] + b[1]]
}

fn sub(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1]]
}

fn times(a: Point, factor: f64) -> Point {
    [a[0] * factor, a[1] * factor]
}

fn length(a: Point) -> f64 {
    (a[0] * a[0] + a[1] * a[1]).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two groups, each tied to itself, with one tie between them.
    fn two_groups(size: u32) -> Vec<Link> {
        let group = |base: u32| (0..size).flat_map(move |a| (a + 1..size).map(move |b| (base + a, base + b)));
        let pairs = group(0).chain(group(size)).chain([(0, size)]);
        pairs.map(|(a, b)| Link { a, b, weight: 1.0 }).collect()
    }

    fn distance(places: &[Point], a: usize, b: usize) -> f64 {
        length(sub(places[a], places[b]))
    }

    #[test]
    fn what_is_tied_lies_together() {
        let places = positions(&[4.0; 20], &two_groups(10));
        let within = (1..10).map(|n| distance(&places, 0, n)).fold(0.0, f64::max);
        let between = (1..10).flat_map(|a| (11..20).map(move |b| (a, b)));
        let between = between.map(|(a, b)| distance(&places, a, b)).fold(f64::MAX, f64::min);
        assert!(within < between, "{within} within, {between} between");
    }

    #[test]
    fn no_node_lies_on_another() {
        let radii: Vec<f64> = (0..60).map(|n| 3.0 + f64::from(n % 7)).collect();
        let star: Vec<Link> = (1..60).map(|b| Link { a: 0, b, weight: 1.0 }).collect();
        let places = positions(&radii, &star);
        for a in 0..60 {
            for b in a + 1..60 {
                assert!(distance(&places, a, b) >= radii[a] + radii[b], "{a} and {b} overlap");
            }
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| positions(&[4.0; 40], &two_groups(20)))
        };
        assert_eq!(with(1), with(3));
    }

    #[test]
    fn parts_lie_beside_each_other() {
        let chain = |base: u32, size: u32| (base + 1..base + size).map(|b| Link { a: b - 1, b, weight: 1.0 });
        let links: Vec<Link> = chain(0, 30).chain(chain(30, 5)).chain(chain(35, 5)).collect();
        let places = positions(&[4.0; 40], &links);
        let middle = |nodes: std::ops::Range<usize>| {
            let count = nodes.len() as f64;
            times(places[nodes].iter().fold([0.0; 2], |sum, p| add(sum, *p)), 1.0 / count)
        };
        let reach = |nodes: std::ops::Range<usize>| {
            let centre = middle(nodes.clone());
            places[nodes].iter().map(|p| length(sub(*p, centre))).fold(0.0, f64::max)
        };
        for (a, b) in [(0..30, 30..35), (0..30, 35..40), (30..35, 35..40)] {
            let apart = length(sub(middle(a.clone()), middle(b.clone())));
            assert!(apart > reach(a.clone()) + reach(b.clone()) && apart < 4.0 * reach(0..30), "{a:?} {b:?}: {apart}");
        }
    }

    #[test]
    fn odd_graphs_have_places() {
        assert!(positions(&[], &[]).is_empty());
        let lone = positions(&[4.0, 4.0, 4.0], &[Link { a: 1, b: 1, weight: 1.0 }]);
        assert!(lone.iter().flatten().all(|c| c.is_finite()), "{lone:?}");
        assert!(distance(&lone, 0, 1) > 0.0 && distance(&lone, 1, 2) > 0.0);
    }

    #[test]
    fn the_tree_feels_as_all_nodes_do() {
        let places: Vec<Point> = (0..300).map(|n| on_ring(f64::from(n) * 0.381_966, f64::from(n).sqrt())).collect();
        let masses: Vec<f64> = (0..300).map(|n| 1.0 + f64::from(n % 5)).collect();
        let tree = Tree::new(&places, &masses);
        for &at in places.iter().step_by(37) {
            let exact = places.iter().zip(&masses).fold([0.0; 2], |sum, (p, m)| {
                let away = sub(at, *p);
                let square = length(away).powi(2);
                if square > 0.0 { add(sum, times(away, m / square)) } else { sum }
            });
            let (felt, _) = tree.push(at);
            assert!(length(sub(felt, exact)) < 0.1 * length(exact).max(10.0), "{felt:?} for {exact:?}");
        }
    }
}
