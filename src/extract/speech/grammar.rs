//! What attribution asks of a tree beyond walking it: words by their form, passives, paragraphs.

use crate::extract::tree::Tree;
use crate::vocab::{Deprel, Upos};

impl Tree<'_> {
    /// Whether the token is that word, given in lower case; no token is none.
    pub(super) fn is_word(&self, token: usize, word: &str) -> bool {
        self.lower(token) == word
    }

    pub(super) fn is_punct(&self, token: usize) -> bool {
        self.upos(token) == Upos::Punct
    }

    /// The paragraph that a token stands in.
    pub(super) fn paragraph(&self, token: usize) -> usize {
        self.doc.sentences.get(self.doc.sentence_of(token)).map_or(0, |s| s.paragraph)
    }

    /// Whether it is a participle with the marks of a passive.
    pub(super) fn is_passive(&self, token: usize) -> bool {
        self.doc.tokens[token].morph.passive
            || self.with(token, &[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass]).next().is_some()
    }
}
