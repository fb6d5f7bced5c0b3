//! Finds where sentences end in the tokens of a paragraph, by rules over the marks, the spaces and the words around a stop.
//!
//! A paragraph's end always ends a sentence; what a paragraph is, [`super::zones`] decides. Sentences are not understood
//! here: a colon or a semicolon never ends one.

use super::lexicon::{Abbreviation, Calendar, Lexicon};
use crate::model::Span;

/// Tokens of one sentence at most; a longer one is cut, so that parsing stays linear in the text.
pub const LONGEST: usize = 256;

/// Where a sentence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// One past its last token.
    pub token: usize,
    /// Whether it was cut there for its length, or goes on from such a cut.
    pub cut: bool,
}

/// The ends of the sentences in a paragraph, in order; the last is the paragraph's.
///
/// ```
/// use newsgraph::model::Span;
/// use newsgraph::nlp::{Lexicon, split_sentences, tokenize};
///
/// let text = "Mr. Doe left the U.S. on Monday. \"Why?\" He would not say.";
/// let mut tokens = Vec::new();
/// tokenize(text, Span::new(0, text.len()), Lexicon::builtin(), &mut tokens);
/// let ends = split_sentences(text, &tokens, Lexicon::builtin());
/// assert_eq!(ends.iter().map(|e| e.token).collect::<Vec<_>>(), [8, 12, 17]);
/// ```
pub fn split_sentences(text: &str, tokens: &[Span], lexicon: &Lexicon) -> Vec<End> {
    let splitter = Splitter { text, tokens, lexicon };
    let mut ends = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < tokens.len() {
        let end = splitter.end_before(from, at).or_else(|| splitter.end_after(at));
        if let Some(end) = end {
            splitter.push_cut(from, end, &mut ends);
            from = end;
        }
        at = end.map_or(at + 1, |end| if end > at { end } else { at + 1 });
    }
    splitter.push_cut(from, tokens.len(), &mut ends);
    ends
}

/// What a token is to the splitter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// "."
    Full,
    /// "?", "!"
    Strong,
    /// "...", "…"
    Ellipsis,
    /// A word with a full stop of its own that may also end a sentence.
    Abbreviation,
}

/// How the words after a stop begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Upper,
    Lower,
    Digit,
    /// No word at all.
    Mark,
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Span],
    lexicon: &'a Lexicon,
}

impl<'a> Splitter<'a> {
    /// The end of the sentence that a stop at this token ends, closing marks taken in.
    fn end_after(&self, at: usize) -> Option<usize> {
        let stop = self.stop(at)?;
        let end = self.closers(at + 1);
        if end == self.tokens.len() {
            return Some(end);
        }
        if self.goes_on(end) {
            return None;
        }
        let word = self.skip_openers(end);
        self.ends(stop, at, end, word).then_some(end)
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |s| s.of(self.text))
    }

    /// Whether nothing stands between a token and the one before it.
    fn is_glued(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens[at - 1].end == self.tokens[at].start
    }

    fn stop(&self, at: usize) -> Option<Stop> {
        let word = self.word(at);
        match word.as_bytes().first()? {
            b'.' if word.len() == 1 => Some(Stop::Full),
            b'.' if word.bytes().all(|b| b == b'.') => Some(Stop::Ellipsis),
            b'!' | b'?' => Some(Stop::Strong),
            0xE2 if word.starts_with('…') => Some(Stop::Ellipsis),
            b'[' if word.len() > 1 => Some(Stop::Ellipsis),
            _ if word.ends_with('.') => self.abbreviation(word),
            _ => None,
        }
    }

    /// An abbreviation that may end a sentence: not a title, an initial, or the number of a list.
    fn abbreviation(&self, word: &str) -> Option<Stop> {
        let form = word.trim_end_matches('.');
        if form.len() < 2 || !form.starts_with(char::is_alphabetic) {
            return None;
        }
        match self.lexicon.abbreviation(form.as_bytes()) {
            Some(Abbreviation::Word | Abbreviation::Place) => Some(Stop::Abbreviation),
            Some(_) => None,
            None => form.contains('.').then_some(Stop::Abbreviation),
        }
    }

    /// The first token after the marks that close what the stop stands in.
    fn closers(&self, mut at: usize) -> usize {
        loop {
            at = match self.word(at) {
                ")" | "]" | "}" | "”" | "»" | "''" | "[...]" | "[…]" => at + 1,
                "\"" | "'" | "’" | "“" if self.closes(at) => at + 1,
                "[" if self.is_note(at) => at + 3,
                word if self.is_superscript(at) || self.lexicon.is_emoticon(word.as_bytes()) => at + 1,
                _ => return at,
            }
        }
    }

    /// Whether a mark that can open and close closes here: glued to what precedes, not to what follows.
    fn closes(&self, at: usize) -> bool {
        let open_after = self.is_glued(at + 1) && self.word(at + 1).starts_with(char::is_alphanumeric);
        self.is_glued(at) && !open_after || self.is_glued(at) && self.word(at) == "\"" && self.opened_before(at)
    }

    /// Whether an odd number of straight quotation marks stands before, a sentence or so back.
    fn opened_before(&self, at: usize) -> bool {
        let from = at.saturating_sub(LONGEST);
        (from..at).filter(|&i| self.word(i) == "\"").count() % 2 == 1
    }

    /// A note's number glued to the stop, as superscripts come out of a page: "the fee.8 Yet".
    fn is_superscript(&self, at: usize) -> bool {
        let number = self.word(at).len() <= 2 && self.word(at).bytes().all(|b| b.is_ascii_digit());
        number && self.is_glued(at) && !self.is_glued(at + 1) && self.next(at + 1) == Next::Upper
    }

    /// "[12]"
    fn is_note(&self, at: usize) -> bool {
        self.word(at + 1).bytes().all(|b| b.is_ascii_digit()) && self.word(at + 2) == "]"
    }

    /// Whether the mark after a stop tells that the sentence goes on.
    fn goes_on(&self, at: usize) -> bool {
        let word = self.word(at);
        let more = self.is_glued(at) && matches!(word.as_bytes().first(), Some(b'!' | b'?')) || word.starts_with('.');
        more || matches!(word, "," | ";" | ":") || (self.is_glued(at) && matches!(word, "-" | "/" | "—" | "–"))
    }

    /// An end without a stop: at a date stamp in a heading, or before the label of a credit.
    fn end_before(&self, from: usize, at: usize) -> Option<usize> {
        if !self.text.as_bytes()[self.tokens[at].start].is_ascii_uppercase() {
            return None;
        }
        if self.word(at + 1) == ":" {
            let label = self.lexicon.is_label(self.word(at).as_bytes()) && self.next(at + 2) == Next::Upper;
            return (label && at > from && self.is_free(at)).then_some(at);
        }
        if !self.is_date_stamp(at) {
            return None;
        }
        match at == from {
            true => Some(at + 6).filter(|&end| self.next(end) == Next::Upper),
            false => Some(at).filter(|&at| self.is_free(at)),
        }
    }

    /// A full date with the day of the week, nothing but a new sentence after it: "Monday, October 19, 2020".
    fn is_date_stamp(&self, at: usize) -> bool {
        let kind = |at: usize| self.lexicon.calendar(self.word(at).as_bytes());
        let number = |at: usize| self.word(at).bytes().all(|b| b.is_ascii_digit());
        self.word(at + 1) == ","
            && self.word(at).len() > 5
            && kind(at) == Some(Calendar::Weekday)
            && kind(at + 2) == Some(Calendar::Month)
            && self.word(at + 4) == ","
            && number(at + 3)
            && number(at + 5)
            && (at + 6 == self.tokens.len() || self.next(at + 6) == Next::Upper)
    }

    /// Whether no mark and no preposition before a token ties it to what precedes.
    fn is_free(&self, at: usize) -> bool {
        !self.word(at - 1).starts_with(|c: char| c.is_ascii_punctuation()) && !self.leads_to_date(at - 1)
    }

    /// "on", "until": a date after it belongs to the sentence.
    fn leads_to_date(&self, at: usize) -> bool {
        self.lexicon.is_preposition(self.word(at).as_bytes())
    }

    fn skip_openers(&self, mut at: usize) -> usize {
        while matches!(self.word(at), "\"" | "“" | "‘" | "'" | "(" | "[" | "``" | "«" | "¿" | "¡") {
            at += 1;
        }
        at
    }

    fn next(&self, at: usize) -> Next {
        match self.word(at).chars().find(|c| !matches!(c, '\'' | '’' | '#' | '@' | '$' | '€' | '£')) {
            Some(c) if c.is_lowercase() => Next::Lower,
            Some(c) if c.is_numeric() => Next::Digit,
            Some(c) if c.is_alphabetic() => Next::Upper,
            _ => Next::Mark,
        }
    }

    /// Whether a stop at `at`, closed before `end`, with the next word at `word`, ends the sentence.
    fn ends(&self, stop: Stop, at: usize, end: usize, word: usize) -> bool {
        let (closed, opened) = (end > at + 1, word > end && self.word(end) != "(");
        match (stop, self.next(word)) {
            (Stop::Full, Next::Lower) => {
                !closed && !self.is_glued(end) && !self.is_ellipsis_piece(at) && !self.is_host_label(word)
            }
            (Stop::Full, Next::Digit) => !self.is_glued(end) || closed,
            (Stop::Full, _) => true,
            (Stop::Strong, Next::Upper) => !(closed && self.is_asked(word)),
            (Stop::Strong, Next::Lower) => !closed && (opened || self.word(at) == "?" && self.is_starter(word)),
            (Stop::Strong, Next::Digit) => true,
            (Stop::Strong, Next::Mark) => false,
            (Stop::Ellipsis, Next::Upper) => !self.is_glued(end) || closed,
            (Stop::Ellipsis, _) => false,
            (Stop::Abbreviation, Next::Upper) => self.is_starter(word) || opened || closed && self.word(end - 1) != ")",
            (Stop::Abbreviation, _) => false,
        }
    }

    /// "com" of "example. com", as some pages print addresses.
    fn is_host_label(&self, word: usize) -> bool {
        self.lexicon.is_host_label(self.word(word).as_bytes())
    }

    /// ". . ." written with blanks.
    fn is_ellipsis_piece(&self, at: usize) -> bool {
        at > 0 && self.word(at - 1) == "."
    }

    fn is_starter(&self, word: usize) -> bool {
        self.lexicon.is_starter(self.word(word).as_bytes())
    }

    /// A speaker and a verb of asking within a few words: `"Why?" President Doe asked`.
    fn is_asked(&self, word: usize) -> bool {
        (word + 1..word + 6)
            .take_while(|&i| !matches!(self.word(i), "." | "," | ";" | "?" | "!"))
            .any(|i| self.lexicon.is_asking(self.word(i).as_bytes()))
    }

    /// Adds a sentence, in pieces if it is too long.
    fn push_cut(&self, mut from: usize, end: usize, ends: &mut Vec<End>) {
        let cut = end - from > LONGEST;
        while end - from > LONGEST {
            from = self.cut(from);
            ends.push(End { token: from, cut });
        }
        if end > from {
            ends.push(End { token: end, cut });
        }
    }

    /// Where to cut a sentence that is too long: after the last comma or semicolon of its second half, else at the limit.
    fn cut(&self, from: usize) -> usize {
        let limit = from + LONGEST;
        let mark = (from + LONGEST / 2..limit).rev().find(|&i| matches!(self.word(i), "," | ";" | ":"));
        mark.map_or(limit, |i| i + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokenize;
    use super::*;

    fn sentences(text: &str) -> String {
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), Lexicon::builtin(), &mut tokens);
        let mut from = 0;
        let parts = split_sentences(text, &tokens, Lexicon::builtin()).into_iter().map(|end| {
            let span = Span::new(tokens[from].start, tokens[end.token - 1].end);
            from = end.token;
            span.of(text)
        });
        parts.collect::<Vec<_>>().join(" || ")
    }

    #[test]
    fn cases() {
        let cases = include_str!("../../tests/text/sentences.tsv").lines().filter(|l| !l.starts_with("# "));
        let wrong: Vec<_> = cases
            .filter_map(|line| {
                let (text, expected) = line.split_once('\t').expect("two columns");
                let found = sentences(text);
                (found != expected).then(|| format!("expected {expected}\nfound    {found}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn absurd_lengths_are_cut_and_say_so() {
        let text = "word ".repeat(1000);
        let mut tokens = Vec::new();
        tokenize(&text, Span::new(0, text.len()), Lexicon::builtin(), &mut tokens);
        let ends = split_sentences(&text, &tokens, Lexicon::builtin());
        assert_eq!(ends.len(), 4);
        assert!(ends.iter().all(|e| e.cut) && ends[3].token == 1000);
    }
}
