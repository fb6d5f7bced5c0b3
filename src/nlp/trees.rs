//! What the modules that mend trees ask of them and do to them, before there is an index of their children.

use super::morph;
use crate::model::Token;
use crate::vocab::{Deprel, Upos, Xpos};
use std::ops::Range;

/// The mark that sets clauses and appositions off.
pub(super) const COMMA: &str = ",";

/// The root of a sentence.
pub(super) fn root(tokens: &[Token], mut sentence: Range<usize>) -> Option<usize> {
    sentence.find(|&t| tokens[t].head.is_none())
}

/// The tokens of a range that hang on one.
pub(super) fn children(tokens: &[Token], range: Range<usize>, head: usize) -> impl Iterator<Item = usize> + '_ {
    range.filter(move |&t| tokens[t].head == Some(head))
}

/// Those of them that hang on it by a relation.
pub(super) fn with(
    tokens: &[Token],
    range: Range<usize>,
    head: usize,
    relation: Deprel,
) -> impl Iterator<Item = usize> + '_ {
    children(tokens, range, head).filter(move |&t| tokens[t].deprel == relation)
}

/// What a token hangs on, upwards, so many steps at most: a bound on the work for any text.
pub(super) fn above(tokens: &[Token], token: usize, steps: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(tokens[token].head, |&h| tokens[h].head).take(steps)
}

/// Whether a token is another or hangs below it, fewer than so many steps.
pub(super) fn is_within(tokens: &[Token], token: usize, top: usize, steps: usize) -> bool {
    token == top || above(tokens, token, steps - 1).any(|h| h == top)
}

/// Whether a token is a noun or a name.
pub(super) fn is_nominal(token: &Token) -> bool {
    matches!(token.upos, Upos::Noun | Upos::Propn)
}

/// Hangs a token on another.
pub(super) fn hang(tokens: &mut [Token], token: usize, head: usize, relation: Deprel) {
    (tokens[token].head, tokens[token].deprel) = (Some(head), relation);
}

/// Makes a verb the root of its sentence and a noun its subject.
pub(super) fn raise(tokens: &mut [Token], verb: usize, subject: usize) {
    (tokens[verb].head, tokens[verb].deprel) = (None, Deprel::Root);
    hang(tokens, subject, verb, Deprel::Nsubj);
}

/// Gives a token another part of speech.
pub(super) fn tag(token: &mut Token, upos: Upos, xpos: Xpos) {
    (token.upos, token.xpos, token.morph) = (upos, xpos, morph(upos, xpos));
}

/// Makes a form of a verb its past tense.
pub(super) fn past(token: &mut Token) {
    tag(token, token.upos, Xpos::Vbd);
}
