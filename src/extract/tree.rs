//! The parse of a document as a tree to walk: children, phrases, folded words. It leaves the meaning to its callers.

use crate::model::{Document, Number, TokenRange};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, Upos, Xpos};

/// A document with what its dependencies imply: O(n) to make, O(children) to walk.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The document.
    pub doc: &'a Document,
    /// The small words by which phrases are read.
    pub grammar: &'a Grammar,
    /// Each token's word in lower case, curly apostrophes made straight.
    lower: Vec<Box<str>>,
    /// Where each token's children begin in `children`.
    first: Vec<u32>,
    children: Vec<u32>,
    /// From the first to the last token below each, itself included.
    edges: Vec<TokenRange>,
}

impl<'a> Tree<'a> {
    /// The tree of a document.
    pub fn new(doc: &'a Document, grammar: &'a Grammar) -> Tree<'a> {
        let n = doc.tokens.len();
        let heads =
            || doc.tokens.iter().enumerate().filter_map(|(i, t)| t.head.filter(|&h| h < n && h != i).map(|h| (i, h)));
        let mut first = vec![0u32; n + 1];
        heads().for_each(|(_, h)| first[h + 1] += 1);
        for i in 0..n {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut children = vec![0u32; first[n] as usize];
        for (i, h) in heads() {
            children[next[h] as usize] = i as u32;
            next[h] += 1;
        }
        let lower = (0..n).map(|i| fold_case(doc.word(i))).collect();
        let edges = edges(doc, &first);
        Tree { doc, grammar, lower, first, children, edges }
    }

    /// How many tokens.
    pub fn len(&self) -> usize {
        self.doc.tokens.len()
    }

    /// Whether it has no token.
    pub fn is_empty(&self) -> bool {
        self.lower.is_empty()
    }

    /// The word in lower case; nothing after the last token, so that a look ahead needs no check.
    pub fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", |word| word)
    }

    /// Whether the token is a word of a closed class; no token is none.
    pub fn is(&self, token: usize, class: Closed) -> bool {
        self.grammar.has(class, self.lower(token))
    }

    /// The words of a range in lower case, joined by spaces.
    pub fn lower_words(&self, tokens: TokenRange) -> String {
        self.lower[tokens.range()].join(" ")
    }

    /// The dictionary form in lower case, or the word where there is none.
    pub fn lemma(&self, token: usize) -> &str {
        let lemma = &*self.doc.tokens[token].lemma;
        if lemma.is_empty() { self.lower(token) } else { lemma }
    }

    /// The tokens that depend on one, in order.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.first[token] as usize..self.first[token + 1] as usize].iter().map(|&c| c as usize)
    }

    /// The first child with a relation.
    pub fn child(&self, token: usize, relation: Deprel) -> Option<usize> {
        self.children(token).find(|&c| self.rel(c) == relation)
    }

    /// How a token depends on its head.
    pub fn rel(&self, token: usize) -> Deprel {
        self.doc.tokens[token].deprel
    }

    /// The token it depends on.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.doc.tokens[token].head.filter(|&h| h < self.len() && h != token)
    }

    /// The universal tag.
    pub fn upos(&self, token: usize) -> Upos {
        self.doc.tokens[token].upos
    }

    /// Whether it is a noun or a proper noun.
    pub fn is_nominal(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn)
    }

    /// Whether the word begins with a capital.
    pub fn is_capital(&self, token: usize) -> bool {
        self.doc.word(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a verb has a tense by itself or by its auxiliary, not by a modal as what is finite may.
    pub fn has_tense(&self, clause: usize) -> bool {
        let tense = |t: usize| matches!(self.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        tense(clause) || self.with(clause, &[Deprel::Aux, Deprel::AuxPass]).any(tense)
    }

    /// "Members of the union, *the party* and others": the parser may take one name of a list for what several are called.
    pub fn is_one_of_many(&self, name: usize, noun: usize) -> bool {
        let names = self.coordinated(name).into_iter().filter(|&n| self.upos(n) == Upos::Propn).count();
        self.is_plural(noun) && names == 1
    }

    /// "claims *that* Russia bombed Ukraine": a clause with a subject and an object of its own does not want the "that" before it.
    pub fn is_spare_that(&self, pronoun: usize) -> bool {
        let object = |t: usize| self.rel(t) == Deprel::Obj;
        let Some(verb) = self.head(pronoun).filter(|_| object(pronoun) && self.is(pronoun, Closed::That)) else {
            return false;
        };
        let subject = self.with(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some();
        subject && self.children(verb).any(|c| c != pronoun && object(c))
    }

    /// Whether a noun is in the plural.
    pub fn is_plural(&self, noun: usize) -> bool {
        self.doc.tokens[noun].morph.number == Some(Number::Plural)
    }

    /// Whether a clause is in the past or the perfect.
    pub fn is_past(&self, clause: usize) -> bool {
        let auxiliaries = || self.with(clause, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
        let perfect = self.xpos(clause) == Xpos::Vbn && self.child(clause, Deprel::Aux).is_some();
        perfect || self.xpos(clause) == Xpos::Vbd || auxiliaries().any(|a| self.xpos(a) == Xpos::Vbd)
    }

    /// Whether a comma stands before a clause or phrase, or opens it, as the parser hangs it.
    pub fn is_set_off(&self, clause: usize) -> bool {
        let start = self.edges(clause).start;
        [Some(start), start.checked_sub(1)].into_iter().flatten().any(|t| t != clause && self.lower(t) == ",")
    }

    /// Whether a hyphen stands between two tokens and nothing else: "Iran-Iraq".
    pub fn is_hyphened(&self, first: usize, second: usize) -> bool {
        first + 2 == second && matches!(self.lower(first + 1), "-" | "–")
    }

    /// Whether it is a sentence's first token.
    pub fn starts_sentence(&self, token: usize) -> bool {
        self.sentence(token).start == token
    }

    /// The tokens of the sentence that holds a token.
    pub fn sentence(&self, token: usize) -> TokenRange {
        let number = self.doc.sentence_of(token);
        self.doc.sentences.get(number).map_or(TokenRange::new(0, self.len()), |s| s.tokens)
    }

    /// The token of a range by which the rest of the sentence refers to it: the one whose head lies outside.
    pub fn head_of(&self, tokens: TokenRange) -> usize {
        let outside = |t: &usize| self.head(*t).is_none_or(|h| !tokens.contains(h));
        let is_word = |t: &usize| !matches!(self.upos(*t), Upos::Punct | Upos::Part | Upos::Adp | Upos::Det);
        let mut heads = tokens.range().filter(outside);
        heads.clone().find(is_word).or_else(|| heads.next()).unwrap_or(tokens.start)
    }

    /// The preposition or possessive mark of a noun.
    pub fn case(&self, token: usize) -> Option<usize> {
        self.child(token, Deprel::Case)
    }

    /// Whether a possessive mark stands right after a token.
    pub fn is_possessive(&self, token: usize) -> bool {
        token + 1 < self.len() && is_possessive_mark(self.lower(token + 1)) && self.sentence(token).contains(token + 1)
    }

    /// A noun with what stands before it and belongs to it: "the two Armenian villages"; nothing after the noun but
    /// what is part of its name.
    pub fn noun_phrase(&self, head: usize) -> TokenRange {
        let mut range = TokenRange::new(head, head + 1);
        let sentence = self.sentence(head);
        for child in self.children(head).filter(|&c| is_inner(self.rel(c))) {
            let edge = self.edges(child);
            if child < head {
                range.start = range.start.min(edge.start);
            } else {
                range.end = range.end.max(edge.end);
            }
        }
        TokenRange::new(range.start.max(sentence.start), range.end.min(sentence.end))
    }

    /// From the first to the last token below one, itself included.
    pub fn edges(&self, token: usize) -> TokenRange {
        self.edges[token]
    }

    /// The verb or other predicate a noun depends on, through conjunctions.
    pub fn governor(&self, token: usize) -> Option<usize> {
        self.head(self.first_conjunct(token))
    }

    /// The first of the coordinated phrases a token is one of.
    pub fn first_conjunct(&self, token: usize) -> usize {
        let mut t = token;
        for _ in 0..MAX_DEPTH {
            match self.head(t) {
                Some(h) if self.rel(t) == Deprel::Conj => t = h,
                _ => break,
            }
        }
        t
    }

    /// The relation of the first of the coordinated phrases a token is one of.
    pub fn role(&self, token: usize) -> Deprel {
        self.rel(self.first_conjunct(token))
    }

    /// The phrases coordinated with a token, itself first.
    pub fn conjuncts(&self, token: usize) -> Vec<usize> {
        let first = self.first_conjunct(token);
        std::iter::once(first).chain(self.children(first).filter(|&c| self.rel(c) == Deprel::Conj)).collect()
    }
}

/// Deeper trees than this are a parser's mistake, or not worth the time.
const MAX_DEPTH: usize = 24;

/// Extents from the leaves upwards; tokens on a cycle keep what has reached them.
fn edges(doc: &Document, first: &[u32]) -> Vec<TokenRange> {
    let n = doc.tokens.len();
    let mut edges: Vec<TokenRange> = (0..n).map(|i| TokenRange::new(i, i + 1)).collect();
    let mut waiting: Vec<u32> = (0..n).map(|i| first[i + 1] - first[i]).collect();
    let mut ready: Vec<usize> = (0..n).filter(|&i| waiting[i] == 0).collect();
    while let Some(i) = ready.pop() {
        let Some(head) = doc.tokens[i].head.filter(|&h| h < n && h != i) else { continue };
        edges[head] = TokenRange::new(edges[head].start.min(edges[i].start), edges[head].end.max(edges[i].end));
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    edges
}

/// Whether a word is a possessive mark.
pub fn is_possessive_mark(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’")
}

/// Lower case, with curly apostrophes made straight.
pub fn fold_case(word: &str) -> Box<str> {
    let straight = |c| if matches!(c, '’' | 'ʼ' | '‘') { '\'' } else { c };
    word.chars().flat_map(char::to_lowercase).map(straight).collect::<String>().into()
}

fn is_inner(relation: Deprel) -> bool {
    use Deprel::*;
    matches!(relation, Det | DetPredet | Amod | Compound | Nummod | NmodPoss | NmodDesc | Flat | Fixed | Goeswith)
}
