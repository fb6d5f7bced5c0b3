//! Two layers of a bidirectional LSTM over embeddings of word parts.
//!
//! Sentences are read a batch at a time, longest first, so that each step multiplies the recurrent weights with many
//! states at once. What the first layer makes of a form is kept, since most tokens of a text are repetitions.

use super::features::{self, Buckets, GROUPS, SHAPE_ROWS};
use super::kernel::vectorized;
use super::linear::Linear;
use super::math::{STATE_SCALE, VALUE_SCALE, quantize, sigmoid, tanh};
use super::weights::{Bytes, Weights};
use crate::error::Result;
use std::collections::HashMap;

/// Sentences read side by side.
const BATCH: usize = 24;
/// Forms whose first projections are kept; the store is emptied when it is full.
const KEPT: usize = 6000;

/// The encoder of one network.
pub(crate) struct Encoder {
    vocabulary: Vec<u32>,
    buckets: Buckets,
    tables: Vec<Table>,
    /// From a form's embeddings to the gates of both directions of the first layer.
    first: Linear,
    layers: Vec<[Direction; 2]>,
    hidden: usize,
    /// For each row of the table of extra features: what it adds to the first layer's gates.
    extra: Vec<f32>,
}

/// A table of embeddings with a scale for each dimension.
struct Table {
    size: usize,
    data: Bytes,
    scale: Vec<f32>,
    /// Whether rows are averaged instead of summed.
    mean: bool,
}

/// One direction of one layer.
struct Direction {
    /// From the layer below; the first layer has its own.
    input: Option<Linear>,
    recurrent: Linear,
}

/// What the first layer makes of forms, kept between calls.
#[derive(Default)]
pub(crate) struct FormStore {
    index: HashMap<Box<str>, usize>,
    gates: Vec<f32>,
}

/// A token's form and the rows of its extra features.
pub(crate) struct Input<'a> {
    /// The form.
    pub form: &'a str,
    /// Rows of the table of extra features, if the network has one.
    pub extra: &'a [u8],
}

impl Encoder {
    /// The encoder under a prefix (`syntax`, `names`) of the model file.
    pub(crate) fn load(weights: &Weights, prefix: &str) -> Result<Encoder> {
        let at = |name: &str| format!("{prefix}.{name}");
        let bucket = |name: &str| weights.number(&at(name)).map(|n| n.max(1) as u32);
        let buckets = Buckets { prefix: bucket("prefix")?, suffix: bucket("suffix")?, gram: bucket("gram")? };
        let vocabulary = weights.hashes(&at("vocabulary"))?;
        let expected =
            [vocabulary.len(), buckets.prefix as usize, buckets.suffix as usize, buckets.gram as usize, SHAPE_ROWS];
        let tables = (0..GROUPS)
            .map(|g| Table::load(weights, &at(&format!("table{g}")), expected[g], g == 3))
            .collect::<Result<Vec<_>>>()?;
        let size = tables.iter().map(|t| t.size).sum();
        let first = Linear::load(weights, &at("first"), size, VALUE_SCALE)?;
        let hidden = weights.number(&at("hidden"))?;
        if first.rows() != 8 * hidden || hidden % 8 != 0 {
            return Err(weights.error(format!("{prefix}: {} gates for {hidden} units", first.rows())));
        }
        let layers = (0..weights.number(&at("layers"))?)
            .map(|l| {
                Ok([Direction::load(weights, prefix, l, 0, hidden)?, Direction::load(weights, prefix, l, 1, hidden)?])
            })
            .collect::<Result<Vec<_>>>()?;
        let rows = weights.number(&at("extra_rows"))?;
        let extra = weights.floats(&at("extra"), rows * 8 * hidden)?;
        Ok(Encoder { vocabulary, buckets, tables, first, layers, hidden, extra })
    }

    /// Numbers in a token's state.
    pub(crate) fn width(&self) -> usize {
        2 * self.hidden
    }

    /// The states of all tokens of all sentences, one after the other, at `STATE_SCALE`.
    pub(crate) fn states(&self, sentences: &[Vec<Input<'_>>], store: &mut FormStore) -> Vec<i16> {
        let starts = starts(sentences);
        let total = *starts.last().unwrap_or(&0);
        let mut out = vec![0; total * self.width()];
        let mut order: Vec<usize> = (0..sentences.len()).filter(|&s| !sentences[s].is_empty()).collect();
        order.sort_by_key(|&s| std::cmp::Reverse(sentences[s].len()));
        for batch in order.chunks(BATCH) {
            let states = self.batch(batch, sentences, store);
            let mut from = 0;
            for &s in batch {
                let n = sentences[s].len() * self.width();
                out[starts[s] * self.width()..][..n].copy_from_slice(&states[from..from + n]);
                from += n;
            }
        }
        out
    }

    /// The states of a batch of sentences, longest first, one after the other.
    fn batch(&self, batch: &[usize], sentences: &[Vec<Input<'_>>], store: &mut FormStore) -> Vec<i16> {
        let lengths: Vec<usize> = batch.iter().map(|&s| sentences[s].len()).collect();
        let tokens: Vec<&Input<'_>> = batch.iter().flat_map(|&s| &sentences[s]).collect();
        let mut gates = [Vec::new(), Vec::new()];
        self.first_gates(&tokens, store, &mut gates);
        let mut states = Vec::new();
        let mut sums = Vec::new();
        for (l, layer) in self.layers.iter().enumerate() {
            if l > 0 {
                for (direction, gates) in layer.iter().zip(&mut gates) {
                    if let Some(input) = &direction.input {
                        input.apply(&states, tokens.len(), &mut sums, gates);
                    }
                }
            }
            states.clear();
            states.resize(tokens.len() * self.width(), 0);
            for (d, direction) in layer.iter().enumerate() {
                self.recur(&direction.recurrent, &gates[d], &lengths, d == 1, &mut states[d * self.hidden..]);
            }
        }
        states
    }

    /// The first layer's gates of each token, from the store or computed into it.
    fn first_gates(&self, tokens: &[&Input<'_>], store: &mut FormStore, gates: &mut [Vec<f32>; 2]) {
        let width = self.first.width();
        let half = 4 * self.hidden;
        if store.index.len() > KEPT {
            *store = FormStore::default();
        }
        let mut ids = Vec::with_capacity(tokens.len());
        let mut fresh = Vec::new();
        for token in tokens {
            let next = store.index.len();
            let id = *store.index.entry(Box::from(token.form)).or_insert(next);
            if id == next {
                self.embed(token.form, &mut fresh);
            }
            ids.push(id);
        }
        let (mut sums, mut new) = (Vec::new(), Vec::new());
        self.first.apply(&fresh, fresh.len() / self.first.stride(), &mut sums, &mut new);
        store.gates.extend_from_slice(&new);
        for (d, gates) in gates.iter_mut().enumerate() {
            gates.clear();
            for (&id, token) in ids.iter().zip(tokens) {
                let start = gates.len();
                gates.extend_from_slice(&store.gates[id * width + d * half..][..half]);
                for &row in token.extra {
                    let add = &self.extra[usize::from(row) * 2 * half + d * half..][..half];
                    gates[start..].iter_mut().zip(add).for_each(|(g, a)| *g += a);
                }
            }
        }
    }

    /// Appends a form's embeddings, as integers.
    fn embed(&self, form: &str, out: &mut Vec<i16>) {
        let size: usize = self.tables.iter().map(|t| t.size).sum();
        let mut sums = vec![0_i32; size];
        let mut counts = [0_i32; GROUPS];
        let mut starts = [0; GROUPS];
        for g in 1..GROUPS {
            starts[g] = starts[g - 1] + self.tables[g - 1].size;
        }
        features::rows(form, &self.vocabulary, self.buckets, |group, row| {
            let table = &self.tables[group];
            let values = &table.data.get()[row as usize * table.size..][..table.size];
            sums[starts[group]..].iter_mut().zip(values).for_each(|(s, &v)| *s += i32::from(v as i8));
            counts[group] += 1;
        });
        for (g, table) in self.tables.iter().enumerate() {
            let count = if table.mean { counts[g].max(1) as f32 } else { 1.0 };
            let values = sums[starts[g]..].iter().zip(&table.scale);
            out.extend(values.map(|(&s, &scale)| quantize(s as f32 * scale / count, VALUE_SCALE)));
        }
        out.resize(out.len().next_multiple_of(2), 0);
    }

    /// Runs one direction over all sentences; a token's state goes to `out` at its place, `width` apart.
    fn recur(&self, recurrent: &Linear, gates: &[f32], lengths: &[usize], backward: bool, out: &mut [i16]) {
        let (hidden, four) = (self.hidden, 4 * self.hidden);
        let mut starts = vec![0];
        starts.extend(lengths.iter().scan(0, |at, n| {
            *at += n;
            Some(*at)
        }));
        let mut state = vec![0_i16; lengths.len() * hidden];
        let mut cell = vec![0_f32; lengths.len() * hidden];
        let (mut sums, mut from_state) = (Vec::new(), Vec::new());
        for step in 0..lengths.first().copied().unwrap_or(0) {
            let active = lengths.partition_point(|&n| n > step);
            recurrent.apply(&state, active, &mut sums, &mut from_state);
            for s in 0..active {
                let place = starts[s] + if backward { lengths[s] - 1 - step } else { step };
                let state = &mut state[s * hidden..][..hidden];
                advance(
                    &gates[place * four..][..four],
                    &from_state[s * recurrent.width()..][..four],
                    &mut cell[s * hidden..][..hidden],
                    state,
                );
                out[place * self.width()..][..hidden].copy_from_slice(state);
            }
        }
    }
}

/// One step of an LSTM: gates are input, forget, candidate, output, as PyTorch orders them.
fn advance(from_input: &[f32], from_state: &[f32], cell: &mut [f32], state: &mut [i16]) {
    let n = cell.len();
    let gate = |k: usize| (&from_input[k * n..(k + 1) * n], &from_state[k * n..(k + 1) * n]);
    let ((ix, ih), (fx, fh), (gx, gh), (ox, oh)) = (gate(0), gate(1), gate(2), gate(3));
    let state = &mut state[..n];
    vectorized(move || {
        for j in 0..n {
            let kept = sigmoid(fx[j] + fh[j]) * cell[j];
            let c = kept + sigmoid(ix[j] + ih[j]) * tanh(gx[j] + gh[j]);
            cell[j] = c;
            state[j] = quantize(sigmoid(ox[j] + oh[j]) * tanh(c), STATE_SCALE);
        }
    });
}

impl Table {
    fn load(weights: &Weights, name: &str, expected: usize, mean: bool) -> Result<Table> {
        let (rows, size, data) = weights.matrix(name)?;
        if rows != expected {
            return Err(weights.error(format!("{name:?} has {rows} rows where {expected} were expected")));
        }
        let scale = weights.floats(&format!("{name}.scale"), size)?;
        Ok(Table { size, data, scale, mean })
    }
}

impl Direction {
    fn load(weights: &Weights, prefix: &str, layer: usize, direction: usize, hidden: usize) -> Result<Direction> {
        let at = |part: &str| format!("{prefix}.lstm{layer}.{direction}.{part}");
        let input = match layer {
            0 => None,
            _ => Some(Linear::load(weights, &at("input"), 2 * hidden, STATE_SCALE)?),
        };
        let recurrent = Linear::load(weights, &at("recurrent"), hidden, STATE_SCALE)?;
        Ok(Direction { input, recurrent })
    }
}

/// Where each sentence's tokens begin, and where the last's end.
pub(crate) fn starts<T>(sentences: &[Vec<T>]) -> Vec<usize> {
    let mut out = vec![0];
    out.extend(sentences.iter().scan(0, |at, s| {
        *at += s.len();
        Some(*at)
    }));
    out
}
