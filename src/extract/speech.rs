//! Attribution: who is said to have said what, by which words. Speakers are resolved to entities later.
//!
//! Verbs, nouns, adjectives, adverbs and prepositions of saying come from `seeds/lexicon/speech.tsv`; the parse gives
//! their source and content, and quotation marks and punctuation mend what the parse gets wrong. Speech without any
//! word of saying is found only where a quotation goes on or a speaker's name stands before a colon.

mod content;
mod cue;
mod grammar;
mod lexicon;
mod phrase;
mod quotation;
mod source;
#[cfg(test)]
mod tests;

pub use lexicon::SpeechLexicon;

use super::tree::Tree;
use crate::model::TokenRange;
use crate::vocab::Upos;
use lexicon::Strength;
use quotation::Quotes;
use std::collections::BTreeMap;

/// What kind of act of speech or mind a cue names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Asserts the content: said, announced, according to, confirmed.
    Asserts,
    /// Says that the content is not so: denied, rejected, dismissed.
    Denies,
    /// Wants the content to become so: demanded, urged, called for, vowed, threatened, hopes.
    Wants,
    /// Holds or doubts the content without a stand that counts as a claim: believes, fears, wonders, asked whether.
    Thinks,
}

/// One attribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// The source's noun phrase, without what hangs off it as a clause; none for "it was reported that".
    pub source: Option<TokenRange>,
    /// The head token of the source.
    pub source_head: Option<usize>,
    /// The words of saying: "said", "according to", "in a statement".
    pub cue: TokenRange,
    /// The cue's head token.
    pub cue_head: usize,
    /// What is said; several ranges where the cue stands in the middle.
    pub content: Vec<TokenRange>,
    /// The kind of act.
    pub act: Act,
    /// Whether the content stands in quotation marks.
    pub direct: bool,
    /// The attribution around this one: "Reuters reported that the minister said".
    pub inside: Option<usize>,
    /// Whether it is an attribution that a reader would point at. Attempts, chances, and the wishes and beliefs inside
    /// somebody's words are not: they only keep their content from being a plain fact.
    pub listed: bool,
}

/// Everything that a document puts in somebody's mouth or mind, in order of the cues.
pub fn find(tree: &Tree<'_>, lexicon: &SpeechLexicon) -> Vec<Speech> {
    let finder = Finder { tree, quotes: Quotes::new(tree.doc), labels: phrase::labels(tree.doc), lexicon };
    let mut drafts = finder.cues();
    finder.attach_quotations(&mut drafts);
    finish(drafts, &finder)
}

/// What the stages of the search share.
struct Finder<'d> {
    tree: &'d Tree<'d>,
    quotes: Quotes,
    labels: BTreeMap<String, usize>,
    lexicon: &'d SpeechLexicon,
}

/// An attribution on its way: it may still gain quotations.
#[derive(Debug, Clone)]
struct Draft {
    source: Option<usize>,
    source_tokens: Option<TokenRange>,
    cue: TokenRange,
    cue_head: usize,
    content: Vec<TokenRange>,
    act: Act,
    /// Whether a quotation beside the cue is what is said.
    quotes: bool,
    /// The source, the cue and what stands between: no part of the content.
    chunk: TokenRange,
    strength: Strength,
}

impl Finder<'_> {
    /// Inside another's words only a claim or denial by somebody with a name or description is a source of its own.
    fn is_listed(&self, speech: &Speech, strength: Strength) -> bool {
        let named = speech.source_head.is_some_and(|s| self.tree.upos(s) != Upos::Pron);
        match speech.inside {
            None => strength > Strength::Faint,
            Some(_) => strength == Strength::Sure && named && matches!(speech.act, Act::Asserts | Act::Denies),
        }
    }

    fn cues(&self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for sentence in &self.tree.doc.sentences {
            drafts.extend(self.label(sentence));
            let mut token = sentence.tokens.start;
            while token < sentence.tokens.end {
                let draft = self.cue_at(token);
                token = draft.as_ref().map_or(token + 1, |d| d.cue_head.max(token) + 1);
                drafts.extend(draft);
            }
        }
        self.merge_chains(drafts)
    }
}

/// Drops drafts without content, orders the rest by cue and finds which stands inside which.
fn finish(mut drafts: Vec<Draft>, finder: &Finder<'_>) -> Vec<Speech> {
    for draft in &mut drafts {
        draft.content.iter_mut().for_each(|r| *r = finder.without_strange_marks(*r));
        draft.content.retain(|r| !r.is_empty());
    }
    drafts.retain(|d| !d.content.is_empty());
    drafts.sort_by_key(|d| (d.cue.start, d.cue.end));
    drafts.dedup_by_key(|d| d.cue);
    let strengths: Vec<Strength> = drafts.iter().map(|d| d.strength).collect();
    let mut speeches: Vec<Speech> = drafts.into_iter().map(|d| d.speech(&finder.quotes)).collect();
    let inside = surroundings(&speeches);
    for ((speech, inside), strength) in speeches.iter_mut().zip(inside).zip(strengths) {
        speech.inside = inside;
        speech.listed = finder.is_listed(speech, strength);
    }
    speeches
}

/// For each attribution the shortest other one whose content holds its cue: wide contents are painted first.
fn surroundings(speeches: &[Speech]) -> Vec<Option<usize>> {
    let length = |i: usize| speeches[i].content.iter().map(|r| r.len()).sum::<usize>();
    let mut order: Vec<usize> = (0..speeches.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(length(i)), std::cmp::Reverse(i)));
    let mut inside = vec![None; speeches.len()];
    let cues: BTreeMap<usize, Vec<usize>> = speeches.iter().enumerate().fold(BTreeMap::new(), |mut cues, (i, s)| {
        cues.entry(s.cue_head).or_insert_with(Vec::new).push(i);
        cues
    });
    for i in order {
        for range in &speeches[i].content {
            let held = cues.range(range.range()).flat_map(|(_, held)| held);
            held.filter(|&&j| j != i).for_each(|&j| inside[j] = Some(i));
        }
    }
    inside
}

impl Draft {
    fn speech(self, quotes: &Quotes) -> Speech {
        Speech {
            direct: quotes.covers(&self.content),
            source: self.source_tokens,
            source_head: self.source,
            cue: self.cue,
            cue_head: self.cue_head,
            content: self.content,
            act: self.act,
            inside: None,
            listed: true,
        }
    }
}
