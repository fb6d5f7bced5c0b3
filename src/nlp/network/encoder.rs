//! Two layers of a bidirectional LSTM over embeddings of word parts.
//!
//! Sentences are read a batch at a time, longest first, so that each step multiplies the recurrent weights with many
//! states at once. What the first layer makes of a form is kept, since most tokens of a text are repetitions.

use super::features::{self, Buckets, GROUPS, SHAPE_ROWS};
use super::kernel::vectorized;
use super::linear::Linear;
use super::math::{STATE_SCALE, VALUE_SCALE, quantize, quantize_state, sigmoid, tanh};
use super::weights::{Bytes, Weights};
use crate::error::Result;
use std::collections::HashMap;

/// Sentences read side by side.
const BATCH: usize = 36;
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

/// What the input of each token gives to the gates of one direction: a row of the store, of the tokens with extra
/// features, or of a layer's output.
struct Gates<'a> {
    stored: &'a [f32],
    own: &'a [f32],
    /// The row of each token; none if rows are in the tokens' order.
    ids: &'a [usize],
    width: usize,
    at: usize,
}

impl Gates<'_> {
    fn of(&self, place: usize, size: usize) -> &[f32] {
        let start = self.ids.get(place).copied().unwrap_or(place) * self.width;
        let row =
            if start < self.stored.len() { &self.stored[start..] } else { &self.own[start - self.stored.len()..] };
        &row[self.at..][..size]
    }
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
        if first.rows() != 8 * hidden || hidden % BLOCK != 0 {
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
        let ids = self.remember(&tokens, store);
        let (ids, own) = self.with_extra(&tokens, ids, store);
        let (mut states, mut sums, mut computed) = (Vec::new(), Vec::new(), Vec::new());
        for layer in &self.layers {
            let mut next = vec![0; tokens.len() * self.width()];
            for (d, direction) in layer.iter().enumerate() {
                let gates = match &direction.input {
                    None => Gates {
                        stored: &store.gates,
                        own: &own,
                        ids: &ids,
                        width: self.first.width(),
                        at: d * 4 * self.hidden,
                    },
                    Some(input) => {
                        input.apply(&states, tokens.len(), &mut sums, &mut computed);
                        Gates { stored: &computed, own: &[], ids: &[], width: input.width(), at: 0 }
                    }
                };
                self.recur(&direction.recurrent, &gates, &lengths, d == 1, &mut next[d * self.hidden..]);
            }
            states = next;
        }
        states
    }

    /// The rows of the store that hold the tokens' gates; those of new forms are computed into it.
    fn remember(&self, tokens: &[&Input<'_>], store: &mut FormStore) -> Vec<usize> {
        if store.index.len() > KEPT {
            *store = FormStore::default();
        }
        let mut ids = Vec::with_capacity(tokens.len());
        let mut fresh = Vec::new();
        for token in tokens {
            let id = match store.index.get(token.form) {
                Some(&id) => id,
                None => {
                    let id = store.index.len();
                    store.index.insert(Box::from(token.form), id);
                    self.embed(token.form, &mut fresh);
                    id
                }
            };
            ids.push(id);
        }
        let (mut sums, mut new) = (Vec::new(), Vec::new());
        self.first.apply(&fresh, fresh.len() / self.first.stride(), &mut sums, &mut new);
        store.gates.extend_from_slice(&new);
        ids
    }

    /// Gates of the tokens that have extra features, in rows of their own after those of the store.
    fn with_extra(&self, tokens: &[&Input<'_>], mut ids: Vec<usize>, store: &FormStore) -> (Vec<usize>, Vec<f32>) {
        let (width, size) = (self.first.width(), 8 * self.hidden);
        let stored = store.gates.len() / width;
        let mut own: Vec<f32> = Vec::new();
        for (id, token) in ids.iter_mut().zip(tokens).filter(|(_, t)| !t.extra.is_empty()) {
            let start = own.len();
            own.extend_from_slice(&store.gates[*id * width..][..width]);
            for &row in token.extra {
                let add = &self.extra[usize::from(row) * size..][..size];
                own[start..].iter_mut().zip(add).for_each(|(g, a)| *g += a);
            }
            *id = stored + start / width;
        }
        (ids, own)
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
    fn recur(&self, recurrent: &Linear, gates: &Gates<'_>, lengths: &[usize], backward: bool, out: &mut [i16]) {
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
                    gates.of(place, four),
                    &from_state[s * recurrent.width()..][..four],
                    &mut cell[s * hidden..][..hidden],
                    state,
                );
                out[place * self.width()..][..hidden].copy_from_slice(state);
            }
        }
    }
}

/// Units computed side by side.
const BLOCK: usize = 32;

/// One step of an LSTM: gates are input, forget, candidate, output, as PyTorch orders them. A block of units is copied
/// into arrays of its own, so that the compiler sees that nothing overlaps and takes eight at a time.
fn advance(from_input: &[f32], from_state: &[f32], cell: &mut [f32], state: &mut [i16]) {
    let n = cell.len();
    vectorized(|| {
        for at in (0..n).step_by(BLOCK) {
            let mut gates = [[0.0_f32; BLOCK]; 4];
            for (k, gate) in gates.iter_mut().enumerate() {
                let (a, b) = (&from_input[k * n + at..][..BLOCK], &from_state[k * n + at..][..BLOCK]);
                for j in 0..BLOCK {
                    gate[j] = a[j] + b[j];
                }
            }
            let [input, forget, candidate, output] = gates;
            let mut cells = [0.0_f32; BLOCK];
            cells.copy_from_slice(&cell[at..][..BLOCK]);
            for j in 0..BLOCK {
                cells[j] = sigmoid(forget[j]) * cells[j] + sigmoid(input[j]) * tanh(candidate[j]);
            }
            let mut states = [0_i16; BLOCK];
            for j in 0..BLOCK {
                states[j] = quantize_state(sigmoid(output[j]) * tanh(cells[j]));
            }
            cell[at..][..BLOCK].copy_from_slice(&cells);
            state[at..][..BLOCK].copy_from_slice(&states);
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
