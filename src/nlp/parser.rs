//! A dependency tree for every sentence: each token scores every other as its head, and the best tree with one root
//! wins (Chu and Liu 1965, Edmonds 1967). Time grows with the square of a sentence's length, so that callers cut long ones.

use super::network::{Linear, STATE_SCALE, VALUE_SCALE, Weights, quantize, vectorized};
use super::tagger::{argmax, rectified};
use crate::error::Result;
use crate::vocab::Deprel;

/// Buckets of distance on each side.
const DISTANCES: usize = 16;
/// Lanes in which products of floats are summed; fixed, so that the order of additions is.
const LANES: usize = 8;

/// The head of the network that parses.
pub(crate) struct Parser {
    arc_dep: Linear,
    arc_head: Linear,
    bilinear: Linear,
    rel_dep: Linear,
    rel_head: Linear,
    rel: Linear,
    /// The state of the root.
    root: Vec<i16>,
    /// What a distance adds to the score of an arc.
    far: Vec<f32>,
    /// What a distance adds to the hidden layer of relations; its last row is for the root's.
    rel_far: Vec<f32>,
    labels: Vec<Deprel>,
}

/// A tree: for each token its head and relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    /// Heads inside the sentence; `None` for the root.
    pub heads: Vec<Option<usize>>,
    /// Relations to them.
    pub deprels: Vec<Deprel>,
}

impl Parser {
    /// Its layers in the model file, over states of that width.
    pub(crate) fn load(weights: &Weights, width: usize) -> Result<Parser> {
        let over = |name: &str| Linear::load(weights, &format!("syntax.{name}"), width, STATE_SCALE);
        let (arc_dep, arc_head) = (over("arc_dep")?, over("arc_head")?);
        let (rel_dep, rel_head) = (over("rel_dep")?, over("rel_head")?);
        let bilinear = Linear::load(weights, "syntax.bilinear", arc_dep.rows(), VALUE_SCALE)?;
        let rel = Linear::load(weights, "syntax.rel", rel_dep.rows(), VALUE_SCALE)?;
        let root = weights.floats("syntax.root", width)?;
        let far = weights.floats("syntax.far", 2 * DISTANCES)?;
        let rel_far = weights.floats("syntax.rel_far", (2 * DISTANCES + 1) * rel_dep.rows())?;
        let labels: Option<Vec<Deprel>> = weights.labels("syntax.rels")?.into_iter().map(Deprel::parse).collect();
        let labels = labels.ok_or_else(|| weights.error("the model has a relation that newsgraph does not know"))?;
        let fits = labels.len() == rel.rows() && rel_head.rows() == rel_dep.rows() && labels.contains(&Deprel::Root);
        if !fits || arc_head.width() != bilinear.width() || arc_head.width() % LANES != 0 {
            return Err(weights.error("the parser's layers do not fit each other"));
        }
        let root = root.into_iter().map(|x| quantize(x, STATE_SCALE)).collect();
        Ok(Parser { arc_dep, arc_head, bilinear, rel_dep, rel_head, rel, root, far, rel_far, labels })
    }

    /// The trees of sentences whose tokens' states lie one after the other.
    pub(crate) fn parse(&self, states: &[i16], lengths: &[usize]) -> Vec<Tree> {
        let n: usize = lengths.iter().sum();
        let (mut sums, mut hidden) = (Vec::new(), Vec::new());
        let mut dependents = Vec::new();
        self.arc_dep.apply(states, n, &mut sums, &mut hidden);
        self.bilinear.apply(&rectified(&hidden, &self.arc_dep, self.bilinear.stride()), n, &mut sums, &mut dependents);
        let mut heads = Vec::new();
        self.arc_head.apply(states, n, &mut sums, &mut heads);
        heads.iter_mut().for_each(|x| *x = x.max(0.0));
        let (mut rel_dep, mut rel_head) = (Vec::new(), Vec::new());
        self.rel_dep.apply(states, n, &mut sums, &mut rel_dep);
        self.rel_head.apply(states, n, &mut sums, &mut rel_head);
        let (mut root_arc, mut root_rel) = (Vec::new(), Vec::new());
        self.arc_head.apply(&self.root, 1, &mut sums, &mut root_arc);
        root_arc.iter_mut().for_each(|x| *x = x.max(0.0));
        self.rel_head.apply(&self.root, 1, &mut sums, &mut root_rel);
        let (width, rel_width) = (self.arc_head.width(), self.rel_head.width());
        let mut out = Vec::with_capacity(lengths.len());
        let mut at = 0;
        for &length in lengths {
            let (arcs, rels) = (at * width..(at + length) * width, at * rel_width..(at + length) * rel_width);
            let scores = self.arc_scores(&dependents[arcs.clone()], &heads[arcs], &root_arc, length);
            let tree = best_tree(&scores, length);
            let deprels = self.relations(&rel_dep[rels.clone()], &rel_head[rels], &root_rel, &tree);
            out.push(Tree { heads: tree.iter().map(|h| h.checked_sub(1)).collect(), deprels });
            at += length;
        }
        out
    }

    /// Scores `[dependent][head]`, where head 0 is the root and head `i` the token `i - 1`.
    fn arc_scores(&self, dependents: &[f32], heads: &[f32], root: &[f32], n: usize) -> Vec<f32> {
        let width = self.arc_head.width();
        let mut out = vec![0.0; n * (n + 1)];
        vectorized(|| {
            for (d, row) in out.chunks_exact_mut(n + 1).enumerate() {
                let dependent = &dependents[d * width..][..width];
                row[0] = dot(dependent, root);
                for (h, score) in row[1..].iter_mut().enumerate() {
                    *score = dot(dependent, &heads[h * width..][..width]) + self.far[bucket(d, h)];
                }
            }
        });
        out
    }

    /// The relation of each token to its head (0 the root, else token + 1).
    fn relations(&self, dep: &[f32], head: &[f32], root: &[f32], heads: &[usize]) -> Vec<Deprel> {
        let (width, size, stride) = (self.rel_dep.width(), self.rel_dep.rows(), self.rel.stride());
        let mut input = Vec::with_capacity(heads.len() * stride);
        for (d, &h) in heads.iter().enumerate() {
            let from = if h == 0 { root } else { &head[(h - 1) * width..][..width] };
            let bucket = if h == 0 { 2 * DISTANCES } else { bucket(d, h - 1) };
            let far = &self.rel_far[bucket * size..][..size];
            let own = &dep[d * width..][..size];
            let sums = own.iter().zip(from).zip(far).map(|((a, b), c)| quantize((a + b + c).max(0.0), VALUE_SCALE));
            input.extend(sums);
            input.resize(input.len().next_multiple_of(stride), 0);
        }
        let (mut sums, mut scores) = (Vec::new(), Vec::new());
        self.rel.apply(&input, heads.len(), &mut sums, &mut scores);
        let root = self.labels.iter().position(|&l| l == Deprel::Root);
        let pick = |(row, &h): (&mut [f32], &usize)| {
            if h == 0 {
                return Deprel::Root;
            }
            if let Some(root) = root {
                row[root] = f32::NEG_INFINITY;
            }
            self.labels[argmax(&row[..self.labels.len()])]
        };
        scores.chunks_exact_mut(self.rel.width()).zip(heads).map(pick).collect()
    }
}

/// A product of two vectors of floats, summed in a fixed order.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for k in 0..LANES {
            lanes[k] += a[k] * b[k];
        }
    }
    ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}

/// The bucket of the distance from a token to its head: exact up to six, then two for each doubling.
fn bucket(dependent: usize, head: usize) -> usize {
    /// The shortest distance in each bucket from the eighth on: 7 × √2ⁿ, rounded up.
    const FROM: [usize; 8] = [10, 14, 20, 28, 40, 56, 80, 112];
    let distance = dependent.abs_diff(head);
    let b = if distance < 7 { distance } else { 7 + FROM.partition_point(|&from| from <= distance) };
    if head < dependent { b } else { b + DISTANCES }
}

/// Heads (0 the root) of the best tree with one root, from scores of `n` rows of `n + 1`.
fn best_tree(scores: &[f32], n: usize) -> Vec<usize> {
    let row = |d: usize| &scores[(d - 1) * (n + 1)..][..n + 1];
    let greedy: Vec<usize> = (1..=n).map(|d| argmax_without(row(d), d)).collect();
    let roots = greedy.iter().filter(|&&h| h == 0).count();
    if roots == 1 && find_cycle(&greedy).is_none() {
        return greedy;
    }
    one_root(scores, n, &greedy)
}

fn argmax_without(row: &[f32], own: usize) -> usize {
    let mut best = usize::from(own == 0);
    for (h, &score) in row.iter().enumerate() {
        if h != own && score > row[best] {
            best = h;
        }
    }
    best
}

/// The best tree without the bound on roots if it has one; else, for the likeliest roots, the best tree under each.
fn one_root(scores: &[f32], n: usize, greedy: &[usize]) -> Vec<usize> {
    /// Roots tried; the best is nearly always among the first two.
    const TRIED: usize = 5;
    let free = Arcs::new(scores, n, None).solve();
    if free.iter().filter(|&&h| h == 0).count() == 1 {
        return free;
    }
    let root_score = |d: usize| scores[d * (n + 1)];
    // What making a token the root costs against its best other head.
    let gain = |d: usize| {
        let row = &scores[d * (n + 1)..][..n + 1];
        let other = row.iter().enumerate().filter(|&(h, _)| h != 0 && h != d + 1).map(|(_, &s)| s);
        root_score(d) - other.fold(f32::NEG_INFINITY, f32::max).max(-1e30)
    };
    let mut candidates: Vec<usize> = (0..n).filter(|&d| free[d] == 0 || greedy[d] == 0).collect();
    if candidates.is_empty() {
        candidates = (0..n).collect();
    }
    candidates.sort_by(|&a, &b| gain(b).total_cmp(&gain(a)).then(a.cmp(&b)));
    let total =
        |tree: &[usize]| -> f64 { tree.iter().enumerate().map(|(d, &h)| f64::from(scores[d * (n + 1) + h])).sum() };
    let trees = candidates.iter().take(TRIED).map(|&root| Arcs::new(scores, n, Some(root + 1)).solve());
    let mut best: Option<(f64, Vec<usize>)> = None;
    for tree in trees {
        let score = total(&tree);
        if best.as_ref().is_none_or(|(b, _)| score > *b) {
            best = Some((score, tree));
        }
    }
    best.map_or_else(|| (0..n).collect(), |(_, tree)| tree)
}

/// A cycle among heads (0 the root, tokens from 1), if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at - 1];
            while next != at {
                cycle.push(next);
                next = heads[next - 1];
            }
            return Some(cycle);
        }
    }
    None
}

/// A full matrix of arc scores, `score[dependent * size + head]`, node 0 the root.
struct Arcs {
    size: usize,
    score: Vec<f32>,
}

impl Arcs {
    /// With a root given, it hangs on node 0 and no other token may.
    fn new(scores: &[f32], n: usize, root: Option<usize>) -> Arcs {
        let size = n + 1;
        let mut score = vec![f32::NEG_INFINITY; size * size];
        for d in 1..size {
            for h in (0..size).filter(|&h| h != d) {
                // A score that is not a number must not hide a token from every tree.
                let s = scores[(d - 1) * size + h].max(-1e30);
                let open = h != 0 || root.is_none_or(|r| r == d);
                score[d * size + h] = if open { s } else { f32::NEG_INFINITY };
            }
        }
        Arcs { size, score }
    }

    fn at(&self, d: usize, h: usize) -> f32 {
        self.score[d * self.size + h]
    }

    /// The head of every node but the root, in the best tree (Chu-Liu-Edmonds). A cycle is folded into one node and the
    /// smaller graph solved, so that it goes at most as deep as there are tokens.
    fn solve(&self) -> Vec<usize> {
        let heads: Vec<usize> =
            (1..self.size).map(|d| argmax_without(&self.score[d * self.size..][..self.size], d)).collect();
        let Some(cycle) = find_cycle(&heads) else { return heads };
        let (rest, ways) = self.fold(&heads, &cycle);
        let inner = ways.graph.solve();
        self.unfold(heads, &rest, &ways, &inner)
    }

    /// The graph with a cycle as its last node, and which of the cycle's nodes stand behind its arcs.
    fn fold(&self, heads: &[usize], cycle: &[usize]) -> (Vec<usize>, Folded) {
        let rest: Vec<usize> = (0..self.size).filter(|v| !cycle.contains(v)).collect();
        let (size, new) = (rest.len() + 1, rest.len());
        let mut graph = Arcs { size, score: vec![f32::NEG_INFINITY; size * size] };
        let (mut enter, mut leave) = (vec![cycle[0]; new], vec![cycle[0]; new]);
        for (i, &u) in rest.iter().enumerate() {
            for (j, &v) in rest.iter().enumerate() {
                graph.score[i * size + j] = self.at(u, v);
            }
            for &c in cycle {
                let gain = self.at(c, u) - self.at(c, heads[c - 1]);
                if gain > graph.score[new * size + i] {
                    graph.score[new * size + i] = gain;
                    enter[i] = c;
                }
                if u != 0 && self.at(u, c) > graph.score[i * size + new] {
                    graph.score[i * size + new] = self.at(u, c);
                    leave[i] = c;
                }
            }
        }
        (rest, Folded { graph, enter, leave })
    }

    /// The heads of this graph from those of the folded one: the cycle stays but for the arc that the way in replaces.
    fn unfold(&self, mut heads: Vec<usize>, rest: &[usize], ways: &Folded, inner: &[usize]) -> Vec<usize> {
        let new = rest.len();
        for i in 1..new {
            let h = inner[i - 1];
            heads[rest[i] - 1] = if h == new { ways.leave[i] } else { rest[h] };
        }
        let h = inner[new - 1];
        heads[ways.enter[h] - 1] = rest[h];
        heads
    }
}

/// A graph with a cycle folded in: for each other node, which node of the cycle an arc from or to it stands for.
struct Folded {
    graph: Arcs,
    enter: Vec<usize>,
    leave: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|&&h| h == 0).count() == 1 && find_cycle(heads).is_none()
    }

    /// The best score of any tree, by trying all.
    fn best_score(scores: &[f32], n: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|d| code / (n + 1).pow(d as u32) % (n + 1)).collect();
            if heads.iter().enumerate().all(|(d, &h)| h != d + 1) && is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(d, &h)| scores[d * (heads.len() + 1) + h]).sum()
    }

    proptest! {
        #[test]
        fn small_trees_are_the_best(n in 1..5_usize, raw in prop::collection::vec(-3.0..3.0_f32, 20)) {
            let heads = best_tree(&raw, n);
            prop_assert!(is_tree(&heads));
            prop_assert!(total(&raw, &heads) > best_score(&raw, n) - 1e-4);
        }

        #[test]
        fn any_scores_give_a_tree(n in 1..40_usize, seed in any::<u64>(), spread in 0..4_u32) {
            let mut state = seed | 1;
            let scores: Vec<f32> = (0..n * (n + 1)).map(|_| {
                state ^= state << 13; state ^= state >> 7; state ^= state << 17;
                match (state >> 60, spread) {
                    (0, 3) => f32::NAN,
                    (_, 0) => 0.0,
                    _ => (state >> 40) as f32 / 1e6,
                }
            }).collect();
            prop_assert!(is_tree(&best_tree(&scores, n)));
        }
    }

    #[test]
    fn distances_fall_into_buckets_as_in_training() {
        let at = |d: usize| bucket(0, d) - DISTANCES;
        let want = [
            (1, 1),
            (6, 6),
            (7, 7),
            (9, 7),
            (10, 8),
            (13, 8),
            (14, 9),
            (19, 9),
            (20, 10),
            (28, 11),
            (56, 13),
            (112, 15),
            (900, 15),
        ];
        for (distance, bucket) in want {
            assert_eq!(at(distance), bucket, "{distance}");
        }
    }
}
