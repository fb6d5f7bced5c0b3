//! Part-of-speech tags of every token, and the morphology that follows from them. It reads states and makes no parse.

use super::network::{Linear, STATE_SCALE, VALUE_SCALE, Weights, quantize};
use crate::error::Result;
use crate::model::{Morph, Number, Tense};
use crate::vocab::{Deprel, Upos, Xpos};

/// The head of the network that tags.
pub(crate) struct Tagger {
    hidden: Linear,
    upos: (Linear, Vec<Upos>),
    xpos: (Linear, Vec<Xpos>),
}

impl Tagger {
    /// Its layers in the model file, over states of that width.
    pub(crate) fn load(weights: &Weights, width: usize) -> Result<Tagger> {
        let hidden = Linear::load(weights, "syntax.tag", width, STATE_SCALE)?;
        let inner = hidden.rows();
        let upos = Linear::load(weights, "syntax.upos", inner, VALUE_SCALE)?;
        let xpos = Linear::load(weights, "syntax.xpos", inner, VALUE_SCALE)?;
        let unknown =
            |what: &str| weights.error(format!("the model's tags {what} hold one that newsgraph does not know"));
        let universal: Option<Vec<Upos>> = weights.labels("syntax.upos")?.into_iter().map(Upos::parse).collect();
        let penn: Option<Vec<Xpos>> = weights.labels("syntax.xpos")?.into_iter().map(Xpos::parse).collect();
        let (universal, penn) =
            (universal.ok_or_else(|| unknown("syntax.upos"))?, penn.ok_or_else(|| unknown("syntax.xpos"))?);
        if universal.len() != upos.rows() || penn.len() != xpos.rows() {
            return Err(weights.error("the model has more or fewer tags than outputs for them"));
        }
        Ok(Tagger { hidden, upos: (upos, universal), xpos: (xpos, penn) })
    }

    /// Universal and Penn tags of `n` tokens from their states.
    pub(crate) fn tag(&self, states: &[i16], n: usize) -> (Vec<Upos>, Vec<Xpos>) {
        let (mut sums, mut floats, mut scores) = (Vec::new(), Vec::new(), Vec::new());
        self.hidden.apply(states, n, &mut sums, &mut floats);
        let inner = rectified(&floats, &self.hidden, self.upos.0.stride());
        self.upos.0.apply(&inner, n, &mut sums, &mut scores);
        let upos = best(&scores, &self.upos.0).map(|i| self.upos.1[i]).collect();
        self.xpos.0.apply(&inner, n, &mut sums, &mut scores);
        let xpos = best(&scores, &self.xpos.0).map(|i| self.xpos.1[i]).collect();
        (upos, xpos)
    }
}

/// A layer's outputs with the negative ones cut off, as integers for the next layer.
pub(crate) fn rectified(floats: &[f32], layer: &Linear, stride: usize) -> Vec<i16> {
    let mut out = Vec::with_capacity(floats.len() / layer.width().max(1) * stride);
    for row in floats.chunks_exact(layer.width()) {
        out.extend(row[..layer.rows()].iter().map(|&x| quantize(x.max(0.0), VALUE_SCALE)));
        out.resize(out.len().next_multiple_of(stride.max(1)), 0);
    }
    out
}

/// The best output of each token; the first of equals.
pub(crate) fn best<'a>(scores: &'a [f32], layer: &'a Linear) -> impl Iterator<Item = usize> + 'a {
    scores.chunks_exact(layer.width()).map(|row| argmax(&row[..layer.rows()]))
}

/// The place of the greatest number, the first of equals.
pub(crate) fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, &x) in row.iter().enumerate().skip(1) {
        if x > row[best] {
            best = i;
        }
    }
    best
}

/// What tags say of tense and number; whether a participle is passive is seen in the tree.
pub fn morph(upos: Upos, xpos: Xpos) -> Morph {
    let tense = match xpos {
        Xpos::Vbd | Xpos::Vbn => Some(Tense::Past),
        Xpos::Vbp | Xpos::Vbz | Xpos::Vbg => Some(Tense::Present),
        _ => None,
    };
    let number = match (upos, xpos) {
        (_, Xpos::Nns | Xpos::Nnps) => Some(Number::Plural),
        (_, Xpos::Nn | Xpos::Nnp | Xpos::Vbz) => Some(Number::Singular),
        _ => None,
    };
    Morph { tense, number, passive: false }
}

/// Whether a past participle stands in the passive: it has a passive auxiliary or subject, or modifies a noun and has
/// neither subject nor auxiliary.
pub fn passive(xpos: Xpos, deprel: Deprel, children: impl Iterator<Item = Deprel> + Clone) -> bool {
    let marked = |d: Deprel| matches!(d, Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass);
    let active = |d: Deprel| matches!(d, Deprel::Aux | Deprel::Nsubj);
    xpos == Xpos::Vbn && (children.clone().any(marked) || deprel == Deprel::Acl && !children.clone().any(active))
}
