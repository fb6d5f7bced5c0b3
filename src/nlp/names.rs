//! Names in sentences: a tag for every token by a network that also sees lists of names, and the best sequence of tags.
//! What a name stands for is not decided here.

use super::network::{Encoder, FormStore, Input, Linear, STATE_SCALE, VALUE_SCALE, Weights, exp, hash, plain};
use super::tagger::{argmax, rectified};
use crate::error::Result;
use crate::vocab::NameType;

/// Words in the longest phrase that is looked up.
const LONGEST: usize = 5;

/// A name found in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundName {
    /// Its first token, counted in the sentence.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// Its type.
    pub kind: NameType,
    /// How sure the network is, 0 to 1.
    pub score: f32,
}

/// The recognizer.
pub(crate) struct Recognizer {
    encoder: Encoder,
    lists: Vec<List>,
    hidden: Linear,
    out: Linear,
    labels: Vec<Label>,
    /// `[from * labels + to]`; the last row is for the first token.
    moves: Vec<f32>,
}

/// Names known by their hashes.
struct List {
    hashes: Vec<u32>,
    /// The row of extra features for a first word; the one after it is for the rest of a phrase.
    row: u8,
    phrases: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Label {
    Outside,
    Begin(NameType),
    Inside(NameType),
}

impl Label {
    fn parse(text: &str) -> Option<Label> {
        match text.split_once('-') {
            None if text == "O" => Some(Label::Outside),
            Some(("B", kind)) => NameType::parse(kind).map(Label::Begin),
            Some(("I", kind)) => NameType::parse(kind).map(Label::Inside),
            _ => None,
        }
    }
}

impl Recognizer {
    /// Its layers and lists in the model file.
    pub(crate) fn load(weights: &Weights) -> Result<Recognizer> {
        let encoder = Encoder::load(weights, "names")?;
        let hidden = Linear::load(weights, "names.mlp", encoder.width(), STATE_SCALE)?;
        let out = Linear::load(weights, "names.out", hidden.rows(), VALUE_SCALE)?;
        let labels: Option<Vec<Label>> = weights.labels("names.labels")?.into_iter().map(Label::parse).collect();
        let labels =
            labels.ok_or_else(|| weights.error("the model has a label of names that newsgraph does not know"))?;
        if labels.len() != out.rows() {
            return Err(weights.error("the model has more or fewer labels of names than outputs for them"));
        }
        let moves = weights.floats("names.moves", (labels.len() + 1) * labels.len())?;
        let lists =
            weights.labels("names.lists")?.into_iter().map(|l| List::load(weights, l)).collect::<Result<_>>()?;
        Ok(Recognizer { encoder, lists, hidden, out, labels, moves })
    }

    /// The names of each sentence, in order and apart.
    pub(crate) fn find(&self, sentences: &[&[&str]], store: &mut FormStore) -> Vec<Vec<FoundName>> {
        let rows: Vec<Vec<Vec<u8>>> = sentences.iter().map(|s| self.listed(s)).collect();
        let inputs: Vec<Vec<Input<'_>>> = sentences
            .iter()
            .zip(&rows)
            .map(|(s, rows)| s.iter().zip(rows).map(|(form, extra)| Input { form, extra }).collect())
            .collect();
        let states = self.encoder.states(&inputs, store);
        let n = inputs.iter().map(Vec::len).sum();
        let (mut sums, mut floats, mut scores) = (Vec::new(), Vec::new(), Vec::new());
        self.hidden.apply(&states, n, &mut sums, &mut floats);
        self.out.apply(&rectified(&floats, &self.hidden, self.out.stride()), n, &mut sums, &mut scores);
        let mut at = 0;
        let width = self.out.width();
        sentences
            .iter()
            .map(|s| {
                let own = &scores[at * width..(at + s.len()) * width];
                at += s.len();
                self.spans(own)
            })
            .collect()
    }

    /// Rows of extra features for each token.
    fn listed(&self, forms: &[&str]) -> Vec<Vec<u8>> {
        let low: Vec<String> = forms.iter().map(|f| plain(&f.to_lowercase())).collect();
        let capital: Vec<bool> = forms.iter().map(|f| begins_like_a_name(f)).collect();
        let mut out = vec![Vec::new(); forms.len()];
        for list in &self.lists {
            let mut i = 0;
            while i < forms.len() {
                let found = if capital[i] { list.longest(&low[i..]) } else { 0 };
                for k in 0..found {
                    out[i + k].push(list.row + u8::from(k > 0));
                }
                i += found.max(1);
            }
        }
        out
    }

    /// The names in the best sequence of labels.
    fn spans(&self, scores: &[f32]) -> Vec<FoundName> {
        let labels = self.labels.len();
        let rows: Vec<&[f32]> = scores.chunks_exact(self.out.width()).map(|r| &r[..labels]).collect();
        let mut out: Vec<FoundName> = Vec::new();
        for (i, &label) in self.best_labels(&rows).iter().enumerate() {
            let sure = share(rows[i], label);
            match (self.labels[label], out.last_mut()) {
                (Label::Inside(kind), Some(last)) if last.end == i && last.kind == kind => {
                    last.end = i + 1;
                    last.score = last.score.min(sure);
                }
                (Label::Begin(kind) | Label::Inside(kind), _) => {
                    out.push(FoundName { start: i, end: i + 1, kind, score: sure });
                }
                (Label::Outside, _) => {}
            }
        }
        out
    }

    /// Viterbi's path through scores and moves.
    fn best_labels(&self, rows: &[&[f32]]) -> Vec<usize> {
        let n = self.labels.len();
        let Some(first) = rows.first() else { return Vec::new() };
        let mut state: Vec<f32> = (0..n).map(|to| self.moves[n * n + to] + first[to]).collect();
        let mut back = Vec::with_capacity(rows.len() * n);
        for row in &rows[1..] {
            let mut next = vec![0.0; n];
            for to in 0..n {
                let from = (0..n).fold(0, |best, from| {
                    let score = |from: usize| state[from] + self.moves[from * n + to];
                    if score(from) > score(best) { from } else { best }
                });
                back.push(from);
                next[to] = state[from] + self.moves[from * n + to] + row[to];
            }
            state = next;
        }
        let mut path = vec![argmax(&state)];
        for step in back.chunks_exact(n).rev() {
            path.push(step[path[path.len() - 1]]);
        }
        path.reverse();
        path
    }
}

/// The share of one score in the softmax of all.
fn share(scores: &[f32], label: usize) -> f32 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = scores.iter().map(|&s| exp(s - top)).sum();
    exp(scores[label] - top) / total
}

fn begins_like_a_name(form: &str) -> bool {
    let mut letters = form.chars();
    match letters.next() {
        Some('\'' | '‘' | '’') => letters.nth(1).is_some(),
        Some(c) => c.is_uppercase(),
        None => false,
    }
}

impl List {
    fn load(weights: &Weights, name: &str) -> Result<List> {
        let hashes = weights.hashes(&format!("names.list.{name}"))?;
        let row = weights.number(&format!("names.list.{name}.row"))?;
        let phrases = weights.text(&format!("names.list.{name}.phrases"))? == "yes";
        let row = u8::try_from(row).map_err(|_| weights.error(format!("the list {name:?} has a row beyond 255")))?;
        if row as usize + usize::from(phrases) >= weights.number("names.extra_rows")? {
            return Err(weights.error(format!("the list {name:?} has a row that the network lacks")));
        }
        Ok(List { hashes, row, phrases })
    }

    /// How many words the longest phrase at the front has.
    fn longest(&self, words: &[String]) -> usize {
        let most = if self.phrases { LONGEST.min(words.len()) } else { 1 };
        (1..=most)
            .rev()
            .find(|&n| {
                let parts: Vec<&[u8]> = words[..n]
                    .iter()
                    .enumerate()
                    .flat_map(|(i, w)| [if i == 0 { &b""[..] } else { b" " }, w.as_bytes()])
                    .collect();
                self.hashes.binary_search(&hash(&parts)).is_ok()
            })
            .unwrap_or(0)
    }
}
