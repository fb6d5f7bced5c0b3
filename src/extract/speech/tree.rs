//! The dependency tree of a document, ready to be walked down and to be asked for the words below a token.

use crate::model::{Document, TokenRange};
use crate::vocab::{Deprel, Upos, Xpos};

/// Children and extents of every token: O(tokens) to make, and safe on a parse with cycles.
pub(super) struct Tree<'d> {
    pub doc: &'d Document,
    first: Vec<usize>,
    kids: Vec<usize>,
    hulls: Vec<TokenRange>,
}

impl<'d> Tree<'d> {
    pub fn new(doc: &'d Document) -> Tree<'d> {
        let (first, kids) = children(doc);
        let hulls = hulls(doc, &first);
        Tree { doc, first, kids, hulls }
    }

    /// The tokens that depend on this one, in order of the text.
    pub fn kids(&self, token: usize) -> &[usize] {
        &self.kids[self.first[token]..self.first[token + 1]]
    }

    /// The first child with one of these relations.
    pub fn kid(&self, token: usize, relations: &[Deprel]) -> Option<usize> {
        self.kids(token).iter().copied().find(|&k| relations.contains(&self.relation(k)))
    }

    /// From the first to the last token below this one, itself included.
    pub fn hull(&self, token: usize) -> TokenRange {
        self.hulls[token]
    }

    pub fn head(&self, token: usize) -> Option<usize> {
        self.doc.tokens[token].head.filter(|&h| h < self.doc.tokens.len() && h != token)
    }

    pub fn relation(&self, token: usize) -> Deprel {
        self.doc.tokens[token].deprel
    }

    pub fn upos(&self, token: usize) -> Upos {
        self.doc.tokens[token].upos
    }

    pub fn xpos(&self, token: usize) -> Xpos {
        self.doc.tokens[token].xpos
    }

    pub fn lemma(&self, token: usize) -> &'d str {
        &self.doc.tokens[token].lemma
    }

    /// Whether the token is that word in any case; no token is none.
    pub fn is_word(&self, token: usize, word: &str) -> bool {
        token < self.doc.tokens.len() && self.doc.word(token).eq_ignore_ascii_case(word)
    }

    pub fn is_punct(&self, token: usize) -> bool {
        self.upos(token) == Upos::Punct
    }

    /// The tokens of the sentence that a token stands in.
    pub fn sentence(&self, token: usize) -> TokenRange {
        self.doc.sentences.get(self.doc.sentence_of(token)).map_or(TokenRange::default(), |s| s.tokens)
    }

    /// The paragraph that a token stands in.
    pub fn paragraph(&self, token: usize) -> usize {
        self.doc.sentences.get(self.doc.sentence_of(token)).map_or(0, |s| s.paragraph)
    }

    /// Whether the token can be the head of a noun phrase.
    pub fn is_nominal(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X)
            || self.upos(token) == Upos::Det
            || (self.upos(token) == Upos::Adj && self.kid(token, &[Deprel::Det, Deprel::Case]).is_some())
    }

    /// Whether it is a participle with the marks of a passive.
    pub fn is_passive(&self, token: usize) -> bool {
        self.doc.tokens[token].morph.passive
            || self.kid(token, &[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass]).is_some()
    }
}

/// The children of each token as one list, with where each token's part begins.
fn children(doc: &Document) -> (Vec<usize>, Vec<usize>) {
    let n = doc.tokens.len();
    let mut first = vec![0; n + 1];
    for head in heads(doc) {
        first[head + 1] += 1;
    }
    for i in 0..n {
        first[i + 1] += first[i];
    }
    let mut next = first.clone();
    let mut kids = vec![0; first[n]];
    for (i, token) in doc.tokens.iter().enumerate() {
        if let Some(head) = token.head.filter(|&h| h < n && h != i) {
            kids[next[head]] = i;
            next[head] += 1;
        }
    }
    (first, kids)
}

fn heads(doc: &Document) -> impl Iterator<Item = usize> + '_ {
    let n = doc.tokens.len();
    doc.tokens.iter().enumerate().filter_map(move |(i, t)| t.head.filter(|&h| h < n && h != i))
}

/// Extents from the leaves upwards; tokens on a cycle keep what has reached them.
fn hulls(doc: &Document, first: &[usize]) -> Vec<TokenRange> {
    let n = doc.tokens.len();
    let mut hulls: Vec<TokenRange> = (0..n).map(|i| TokenRange::new(i, i + 1)).collect();
    let mut waiting: Vec<usize> = (0..n).map(|i| first[i + 1] - first[i]).collect();
    let mut ready: Vec<usize> = (0..n).filter(|&i| waiting[i] == 0).collect();
    while let Some(i) = ready.pop() {
        let Some(head) = doc.tokens[i].head.filter(|&h| h < n && h != i) else { continue };
        hulls[head] = TokenRange::new(hulls[head].start.min(hulls[i].start), hulls[head].end.max(hulls[i].end));
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    hulls
}
