//! A layer of weights: integers in, floats out.

use super::kernel::{Panels, vectorized};
use super::weights::Weights;
use crate::error::Result;

/// A matrix of 8-bit weights with a scale and a bias for each row.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    panels: Panels,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// The layer of that name; `input_scale` is the scale of the integers it will be given.
    pub(crate) fn load(weights: &Weights, name: &str, columns: usize, input_scale: f32) -> Result<Linear> {
        let (rows, found, bytes) = weights.matrix(&format!("{name}.weight"))?;
        if found != columns {
            return Err(weights.error(format!("{name:?} takes {found} inputs where {columns} were expected")));
        }
        let panels = Panels::pack(bytes.get(), rows, columns);
        let mut scale = weights.floats(&format!("{name}.scale"), rows)?;
        let mut bias = weights.floats(&format!("{name}.bias"), rows)?;
        scale.iter_mut().for_each(|s| *s /= input_scale);
        scale.resize(panels.padded_rows(), 0.0);
        bias.resize(panels.padded_rows(), 0.0);
        Ok(Linear { panels, scale, bias })
    }

    /// How many outputs it has.
    pub(crate) fn rows(&self) -> usize {
        self.panels.rows()
    }

    /// How many numbers each output takes in the buffer.
    pub(crate) fn width(&self) -> usize {
        self.panels.padded_rows()
    }

    /// How many numbers each input takes in the buffer.
    pub(crate) fn stride(&self) -> usize {
        self.panels.stride()
    }

    /// Applies the layer to `n` vectors; `out` is resized to `n * width`.
    pub(crate) fn apply(&self, input: &[i16], n: usize, sums: &mut Vec<i32>, out: &mut Vec<f32>) {
        sums.resize(n * self.width(), 0);
        out.resize(n * self.width(), 0.0);
        self.panels.multiply(input, n, sums);
        vectorized(|| {
            for (out, sums) in out.chunks_exact_mut(self.width()).zip(sums.chunks_exact(self.width())) {
                for (((o, &s), &scale), &bias) in out.iter_mut().zip(sums).zip(&self.scale).zip(&self.bias) {
                    *o = s as f32 * scale + bias;
                }
            }
        });
    }
}
