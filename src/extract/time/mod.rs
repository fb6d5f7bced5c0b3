//! Times in a document: which words speak of a date, an interval, a duration or a time of day, and which days they mean.
//!
//! Works on words, with tags and heads only as help, so that a wrong parse costs little. "on Wednesday" is read against
//! the day of publication and the tense of its verb, "the following day" against the day last spoken of. What hangs on
//! something else ("a day after the attack") stays unresolved. Holidays and hours within a day are not resolved.

mod bits;
mod calendar;
mod grammar;
mod lexicon;

pub use lexicon::TimeLexicon;

use crate::model::{Document, Sentence, Tense, Time, TokenRange};
use crate::vocab::{NameType, Upos, Xpos};
use bits::Bit;
use calendar::Period;
use grammar::{Direction, Found, Frame, Grammar};
use lexicon::Sense;

/// Words that speak of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMention {
    /// The words, with what opens them: "since Sept. 27".
    pub tokens: TokenRange,
    /// The days, where they can be told.
    pub value: Option<Time>,
    /// What it is.
    pub kind: TimeKind,
}

/// What an expression of time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// When: "on Wednesday", "between 9 and 11 October".
    Date,
    /// From when on: "since Sept. 27".
    Since,
    /// To when: "until Friday".
    Until,
    /// For how long: "three days of clashes".
    Duration,
    /// At what hour: "8 a.m. local time".
    Clock,
    /// How old: "20-year-old".
    Age,
}

/// The times of a document, in order; linear in its length.
pub fn find(document: &Document, lexicon: &TimeLexicon) -> Vec<TimeMention> {
    let mut mentions = Vec::new();
    let mut narrative = None;
    for sentence in &document.sentences {
        Reader { document, lexicon, sentence }.read(&mut narrative, &mut mentions);
    }
    mentions
}

/// Reads a sentence.
struct Reader<'a> {
    document: &'a Document,
    lexicon: &'a TimeLexicon,
    sentence: &'a Sentence,
}

impl Reader<'_> {
    fn read(&self, narrative: &mut Option<Period>, mentions: &mut Vec<TimeMention>) {
        let bits = bits::bits(self.document, self.sentence.tokens, self.lexicon);
        let mut at = 0;
        while at < bits.len() {
            let Some((found, tokens)) = self.at(&bits, at, *narrative) else {
                at += 1;
                continue;
            };
            if found.kind == TimeKind::Date {
                *narrative = found.value.or(*narrative);
            }
            mentions.push(TimeMention { tokens, value: found.value.map(|period| period.to_time()), kind: found.kind });
            at = found.end;
        }
    }

    /// The expression at a piece, unless it is part of a name: "Black September".
    fn at(&self, bits: &[Bit<'_>], at: usize, narrative: Option<Period>) -> Option<(Found, TokenRange)> {
        if bits[at].senses.is_empty() && bits[at].number.is_none() {
            return None;
        }
        let grammar =
            |direction| Grammar { bits, frame: Frame { today: self.document.article.published, narrative, direction } };
        let found = grammar(Direction::Unknown).expression(at)?;
        let tokens = TokenRange::new(bits[at].token, bits[found.end - 1].token + 1);
        if self.is_within_name(tokens) {
            return None;
        }
        // Most pieces begin no expression; the verb is looked for only where one does.
        let found = match self.direction(tokens) {
            Direction::Unknown => found,
            direction => grammar(direction).expression(at).unwrap_or(found),
        };
        Some((found, tokens))
    }

    fn is_within_name(&self, tokens: TokenRange) -> bool {
        let names = &self.document.names;
        let first = names.partition_point(|name| name.tokens.end <= tokens.start);
        names[first..].iter().take_while(|name| name.tokens.start < tokens.end).any(|name| {
            let sticks_out = name.tokens.start < tokens.start || name.tokens.end > tokens.end;
            // Theresa "May"
            sticks_out || (name.kind == NameType::Per && name.tokens == tokens)
        })
    }

    /// Where the verb points that governs an expression: the nearest one before it, else the first one after it.
    fn direction(&self, tokens: TokenRange) -> Direction {
        const FAR: usize = 30;
        let sentence = self.sentence.tokens;
        let first = sentence.start.max(tokens.start.saturating_sub(FAR));
        let before = (first..tokens.start).rev().find_map(|token| self.points(token, first, tokens.start));
        let last = sentence.end.min(tokens.end + FAR);
        before
            .or_else(|| (tokens.end..last).find_map(|token| self.points(token, tokens.end, last)))
            .unwrap_or(Direction::Unknown)
    }

    /// Where a token points, if it is a verb or such a word as "due"; none if the search goes on.
    fn points(&self, token: usize, first: usize, expression: usize) -> Option<Direction> {
        // How far "will" or "due to" may stand before its verb.
        const REACH: usize = 4;
        // "scheduled for Tuesday", "due on Friday"
        let beside = token + 2 >= expression || self.document.word(token + 1).len() <= 3 && token + 3 >= expression;
        if self.is_future(token) && beside {
            return Some(Direction::Future);
        }
        let analysed = &self.document.tokens[token];
        if !matches!(analysed.upos, Upos::Verb | Upos::Aux) || analysed.xpos == Xpos::Vbg {
            return None;
        }
        if (first.max(token.saturating_sub(REACH))..token).any(|before| self.is_future(before)) {
            return Some(Direction::Future);
        }
        match (analysed.xpos, analysed.morph.tense) {
            (Xpos::Vbd | Xpos::Vbn, _) | (_, Some(Tense::Past)) => Some(Direction::Past),
            _ => Some(Direction::Unknown),
        }
    }

    fn is_future(&self, token: usize) -> bool {
        const LONGEST: usize = 12;
        let word = self.document.word(token);
        let is_name = token > self.sentence.tokens.start && word.starts_with(char::is_uppercase);
        let is_verb = matches!(self.document.tokens[token].upos, Upos::Aux | Upos::Verb | Upos::Adj | Upos::X);
        is_verb
            && !is_name
            && word.len() <= LONGEST
            && self.lexicon.senses(&word.to_lowercase()).contains(&Sense::Future)
    }
}

#[cfg(test)]
mod tests;
