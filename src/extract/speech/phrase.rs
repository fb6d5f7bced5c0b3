//! Attribution without a verb: "according to", "reportedly", and a speaker's name before a colon.

use super::content::Found;
use super::lexicon::{Class, Entry, Strength};
use super::{Act, Draft, Finder};
use crate::model::{Document, Sentence, TokenRange};
use crate::seeds::Closed;
use crate::vocab::{Deprel, NameType, Upos, ZoneKind};
use std::collections::BTreeMap;

/// A label before a colon has at most this many tokens.
const LABEL: usize = 9;

impl Finder<'_> {
    /// "according to the ministry": everything else in the clause is said.
    pub(super) fn preposition(&self, token: usize) -> Option<Draft> {
        let word = self.tree.doc.word(token).to_lowercase();
        let entries = self.lexicon.entries(Class::Preposition, &word);
        let (entry, end) = entries.iter().find_map(|e: &Entry| Some((e, self.tail_end(token, &e.tail)?)))?;
        let source = self.phrase_noun(token, end)?;
        let phrase = self.tree.whole_phrase(source);
        if phrase.start < end {
            return None;
        }
        let whole = TokenRange::new(token, self.tree.edges(source).end.max(phrase.end));
        let governor =
            self.tree.head(source).filter(|&h| h < token || h >= whole.end).or_else(|| self.tree.head(token))?;
        let clause = self.clause_of(governor);
        let before = TokenRange::new(clause.start, whole.start.max(clause.start));
        let after = TokenRange::new(whole.end.min(clause.end), clause.end);
        let content = self.tree.parts(&[before, after]);
        let found = Found { content, cue_end: end, takes_subject: false };
        let mut draft = self.draft(Some(source), TokenRange::new(token, end), token, Some(found), entry.act, false);
        draft.chunk = whole;
        draft.quotes = true;
        Some(draft)
    }

    /// The noun under a preposition of several words.
    fn phrase_noun(&self, token: usize, end: usize) -> Option<usize> {
        let tree = self.tree;
        let limit = tree.sentence(token).end;
        let above = |t: usize| tree.head(t).filter(|&h| h >= end && h < limit && tree.heads_phrase(h));
        let below = tree.children(token).find(|&k| k >= end && tree.heads_phrase(k));
        let nearby = || {
            let first =
                (end..limit.min(end + 6)).find(|&t| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron))?;
            let up = tree
                .head(first)
                .filter(|&h| h < limit && h > first && tree.heads_phrase(h) && tree.edges(h).start >= end);
            Some(up.unwrap_or(first))
        };
        above(token).or_else(|| above(end - 1)).or(below).or_else(nearby)
    }

    /// The words of the clause that a token belongs to: the whole sentence for a main clause.
    fn clause_of(&self, token: usize) -> TokenRange {
        let tree = self.tree;
        let mut at = token;
        for _ in 0..20 {
            match (tree.head(at), tree.rel(at)) {
                (None, _) => return tree.sentence(at),
                (_, Deprel::Ccomp | Deprel::AclRelcl | Deprel::Advcl) if tree.is_predicate(at) => {
                    return tree.edges(at);
                }
                (Some(head), _) => at = head,
            }
        }
        tree.edges(at)
    }

    /// "reportedly": the clause is said by nobody in particular.
    pub(super) fn adverb(&self, adverb: usize) -> Option<Draft> {
        let lemma = self.tree.lemma(adverb).to_lowercase();
        let entry = self.lexicon.entries(Class::Adverb, &lemma).first()?;
        let head = self.tree.head(adverb)?;
        if self.quotes.holding(adverb).is_some() {
            return None;
        }
        let hull = self.tree.edges(head);
        let content = self
            .tree
            .parts(&[TokenRange::new(hull.start, adverb.max(hull.start)), TokenRange::new(adverb + 1, hull.end)]);
        let found = Found { content, cue_end: adverb + 1, takes_subject: false };
        Some(Draft {
            strength: entry.strength,
            ..self.draft(None, TokenRange::new(adverb, adverb + 1), adverb, Some(found), entry.act, false)
        })
    }

    /// "Aliyev: …" in a headline, "Interviewer: …" in a transcript.
    pub(super) fn label(&self, sentence: &Sentence) -> Option<Draft> {
        let tokens = sentence.tokens;
        let label = label_of(self.tree.doc, sentence)?;
        let colon = label.end;
        let repeated = self.labels.get(&label_key(self.tree.doc, label)).is_some_and(|&n| n > 1);
        if !self.opens_paragraph(sentence) || !repeated && !self.names_actor(label) {
            return None;
        }
        let end = if sentence.zone == ZoneKind::Heading { tokens.end } else { self.paragraph_end(sentence) };
        let content = self.tree.parts(&[TokenRange::new(colon + 1, end)]);
        let head = label.range().rev().find(|&t| self.tree.heads_phrase(t)).unwrap_or(label.start);
        let head = self.tree.head(head).filter(|&h| label.contains(h)).unwrap_or(head);
        let cue = TokenRange::new(colon, colon + 1);
        Some(Draft {
            source: Some(head),
            source_tokens: Some(label),
            cue,
            cue_head: colon,
            content,
            act: Act::Asserts,
            quotes: true,
            chunk: TokenRange::new(label.start, colon + 1),
            strength: Strength::Sure,
        })
    }

    fn names_actor(&self, label: TokenRange) -> bool {
        let names = &self.tree.doc.names;
        let from = names.partition_point(|n| n.tokens.end <= label.start);
        let topic = label.range().any(|t| self.tree.is(t, Closed::Topic));
        !topic && names[from..].iter().take_while(|n| n.tokens.start < label.end).any(|n| n.kind != NameType::Misc)
    }

    fn opens_paragraph(&self, sentence: &Sentence) -> bool {
        let before = sentence.tokens.start.checked_sub(1);
        before.is_none_or(|t| self.tree.paragraph(t) != sentence.paragraph)
    }

    fn paragraph_end(&self, sentence: &Sentence) -> usize {
        let sentences = &self.tree.doc.sentences;
        let from = sentences.partition_point(|s| s.tokens.end <= sentence.tokens.start);
        let inside = sentences[from..].iter().take_while(|s| s.paragraph == sentence.paragraph);
        inside.last().map_or(sentence.tokens.end, |s| s.tokens.end)
    }
}

/// How often each label stands before a colon at the head of a sentence: those of a transcript return.
pub(super) fn labels(doc: &Document) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for label in doc.sentences.iter().filter_map(|s| label_of(doc, s)) {
        *counts.entry(label_key(doc, label)).or_default() += 1;
    }
    counts
}

fn label_key(doc: &Document, label: TokenRange) -> String {
    doc.words(label).to_lowercase()
}

/// The few words before a sentence's colon, if they can name a speaker.
fn label_of(doc: &Document, sentence: &Sentence) -> Option<TokenRange> {
    let tokens = sentence.tokens;
    let limit = tokens.end.min(tokens.start + LABEL);
    let colon = (tokens.start + 1..limit).find(|&t| doc.word(t) == ":")?;
    let label = TokenRange::new(tokens.start, colon);
    let named = label.range().all(|t| !matches!(doc.tokens[t].upos, Upos::Verb | Upos::Aux | Upos::Adv));
    (colon + 1 < tokens.end && named).then_some(label)
}
