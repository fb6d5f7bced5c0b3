//! The neural networks that read sentences: weights, kernels and the encoder under the tagger, the parser and the
//! recognizer of names. Trained by `training/`; nothing here learns, and nothing here knows English.

mod encoder;
mod features;
mod kernel;
mod linear;
mod math;
mod weights;

pub(crate) use encoder::{Encoder, FormStore, Input};
pub(crate) use features::{hash, plain};
pub(crate) use kernel::vectorized;
pub(crate) use linear::Linear;
pub(crate) use math::{STATE_SCALE, VALUE_SCALE, exp, quantize};
pub(crate) use weights::Weights;
