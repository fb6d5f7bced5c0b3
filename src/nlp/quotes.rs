//! Pairs quotation marks: straight and curly, double and single, over sentences and paragraphs.
//!
//! Only the outermost quotations are kept. A quotation that runs on opens again at each paragraph and is closed at its
//! end; a mark without a partner is given one within its paragraph, so that one slip never turns a text inside out.

use crate::model::{Document, Quotation, Sentence, TokenRange};
use crate::vocab::{Upos, ZoneKind};

/// The quotations of a document, in order. Speech is told from scare quotes and titles by length, marks and verbs.
pub fn find_quotations(document: &Document) -> Vec<Quotation> {
    let mut pairer = Pairer { document, open: None, found: Vec::new() };
    for paragraph in document.sentences.chunk_by(|a, b| (a.paragraph, a.zone) == (b.paragraph, b.zone)) {
        pairer.paragraph(paragraph);
    }
    pairer.abandon(document.tokens.len());
    pairer.found.retain(|range| !range.is_empty());
    pairer.found.iter().map(|&tokens| Quotation { tokens, speech: is_speech(document, tokens) }).collect()
}

/// The kinds of marks; a mark closes only what its own kind opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
}

/// What a mark can do where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    kind: Kind,
    /// The token of the opening mark.
    mark: usize,
    /// Whether the mark tells by its form that it opens.
    curly: bool,
}

struct Pairer<'a> {
    document: &'a Document,
    open: Option<Open>,
    found: Vec<TokenRange>,
}

impl Pairer<'_> {
    fn paragraph(&mut self, sentences: &[Sentence]) {
        let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return };
        let (start, end) = (first.tokens.start, last.tokens.end);
        if first.zone != ZoneKind::Prose {
            let carried = self.open.take();
            self.pair(sentences, start, end);
            self.close_unfinished(sentences, end);
            self.open = carried;
            return;
        }
        let start = self.reopen(start);
        self.pair(sentences, start, end);
        if !self.runs_on(end) {
            self.close_unfinished(sentences, end);
        }
    }

    fn pair(&mut self, sentences: &[Sentence], start: usize, end: usize) {
        let mut sentence = 0;
        for at in start..end {
            while sentences[sentence].tokens.end <= at {
                sentence += 1;
            }
            if let Some((kind, side)) = self.mark(at, sentences[sentence].tokens) {
                self.meet(at, kind, side, sentences[sentence].tokens.start.max(start));
            }
        }
    }

    /// Takes in a mark, with the quotation that may be open.
    fn meet(&mut self, at: usize, kind: Kind, side: Side, sentence: usize) {
        match (self.open, side) {
            (Some(open), Side::Close | Side::Either) if open.kind == kind => {
                self.found.push(TokenRange::new(open.mark + 1, at));
                self.open = None;
            }
            (Some(open), Side::Open) if open.kind == kind => {
                // The quotation before was never closed: it ends with its sentence, or here.
                self.found.push(TokenRange::new(open.mark + 1, self.end_of_speech(open.mark, at)));
                self.open = Some(self.opened(at, kind));
            }
            (None, Side::Open | Side::Either) => self.open = Some(self.opened(at, kind)),
            (None, Side::Close) if kind == Kind::Double && !self.overlaps(sentence) => {
                self.found.push(TokenRange::new(sentence, at));
            }
            _ => {}
        }
    }

    fn opened(&self, at: usize, kind: Kind) -> Open {
        Open { kind, mark: at, curly: !matches!(self.document.word(at), "\"" | "'") }
    }

    /// Whether a quotation already reaches past a token.
    fn overlaps(&self, token: usize) -> bool {
        self.found.last().is_some_and(|range| range.end > token)
    }

    /// The end of the sentence with an opening mark, before `limit`.
    fn end_of_speech(&self, mark: usize, limit: usize) -> usize {
        self.document.sentences[self.document.sentence_of(mark)].tokens.end.min(limit)
    }

    /// The mark that repeats an open one at a paragraph's start, passed over.
    fn reopen(&mut self, start: usize) -> usize {
        match self.open {
            Some(open) if self.repeats(open, start) => start + 1,
            _ => start,
        }
    }

    fn repeats(&self, open: Open, at: usize) -> bool {
        at < self.document.tokens.len() && self.document.word(at) == self.document.word(open.mark)
    }

    /// Whether the quotation still open at a paragraph's end opens again at the start of the next one.
    fn runs_on(&self, end: usize) -> bool {
        let prose =
            self.document.sentences.get(self.document.sentence_of(end)).is_some_and(|s| s.zone == ZoneKind::Prose);
        prose && self.open.is_some_and(|open| self.repeats(open, end))
    }

    /// Gives an unclosed quotation its end: the paragraph's for a curly mark, the sentence's for a straight one.
    fn close_unfinished(&mut self, sentences: &[Sentence], end: usize) {
        let Some(open) = self.open.take() else { return };
        if open.kind == Kind::Single {
            return; // an apostrophe, most likely
        }
        let inside = sentences.first().is_some_and(|s| open.mark >= s.tokens.start);
        let end = if open.curly || !inside { end } else { self.end_of_speech(open.mark, end) };
        self.found.push(TokenRange::new(open.mark + 1, end));
    }

    fn abandon(&mut self, end: usize) {
        if let Some(open) = self.open.take().filter(|o| o.kind == Kind::Double) {
            self.found.push(TokenRange::new(open.mark + 1, self.end_of_speech(open.mark, end)));
        }
    }

    /// Whether a token is a quotation mark, and what it can do there.
    fn mark(&self, at: usize, sentence: TokenRange) -> Option<(Kind, Side)> {
        match self.document.word(at) {
            "“" | "„" | "«" | "``" if !self.is_inverted(at) => Some((Kind::Double, Side::Open)),
            "“" | "”" | "»" | "''" => Some((Kind::Double, Side::Close)),
            "\"" => Some((Kind::Double, self.side(at))),
            "‘" => Some((Kind::Single, Side::Open)),
            "’" | "'" => self.single(at, sentence).map(|side| (Kind::Single, side)),
            _ => None,
        }
    }

    /// An opening mark typed where a closing one belongs: “We won.“
    fn is_inverted(&self, at: usize) -> bool {
        self.side(at) == Side::Close && self.open.is_some_and(|o| o.kind == Kind::Double)
    }

    /// What the blanks around a straight mark say.
    fn side(&self, at: usize) -> Side {
        let tokens = &self.document.tokens;
        let glued_before = at > 0 && tokens[at - 1].span.end == tokens[at].span.start;
        let glued_after = tokens.get(at + 1).is_some_and(|next| next.span.start == tokens[at].span.end);
        let opener = glued_before && matches!(self.document.word(at - 1), "(" | "[" | "—" | "–" | "--" | "‘");
        match (glued_before && !opener, glued_after) {
            (false, true) => Side::Open,
            (true, false) => Side::Close,
            _ => Side::Either,
        }
    }

    /// A single mark: an apostrophe after a plural, unless a quotation is open that it can close.
    fn single(&self, at: usize, sentence: TokenRange) -> Option<Side> {
        let open = self.open.is_some_and(|o| o.kind == Kind::Single);
        match self.side(at) {
            Side::Open if !open => self.has_partner(at, sentence).then_some(Side::Open),
            Side::Close if open => (!self.is_possessive(at) || !self.has_partner(at, sentence)).then_some(Side::Close),
            _ => None,
        }
    }

    /// Whether another single mark that can close follows in the sentence or the one after.
    fn has_partner(&self, at: usize, sentence: TokenRange) -> bool {
        let next =
            self.document.sentences.get(self.document.sentence_of(sentence.end)).map_or(sentence.end, |s| s.tokens.end);
        (at + 1..next).any(|i| matches!(self.document.word(i), "'" | "’") && self.side(i) == Side::Close)
    }

    /// "the ministers' plan"
    fn is_possessive(&self, at: usize) -> bool {
        at > 0
            && self.document.word(at - 1).ends_with('s')
            && self.document.tokens.get(at + 1).is_some()
            && self.document.word(at + 1).starts_with(char::is_alphanumeric)
    }
}

/// Whether quoted words are a clause rather than a title or a word held at arm's length.
fn is_speech(document: &Document, range: TokenRange) -> bool {
    let words = || range.range().map(|i| document.word(i));
    let ends = words().next_back().is_some_and(|w| w.starts_with([',', '.', '?', '!', '…']));
    let tagged = document.tokens[range.range()].iter().any(|t| t.upos != Upos::X);
    if ends && words().any(|w| w.starts_with(char::is_alphabetic)) {
        return true;
    }
    let verb = document.tokens[range.range()].iter().any(|t| matches!(t.upos, Upos::Verb | Upos::Aux));
    let title = words().filter(|w| w.len() > 3).all(|w| !w.starts_with(char::is_lowercase));
    range.len() >= 4 && !title && (verb || !tagged || range.len() >= 7)
}

#[cfg(test)]
mod tests {
    use crate::model::Article;
    use crate::nlp::{Cues, Lexicon, Scope, segment};

    /// The text with brackets around its quotations, as the cases show them.
    fn marked(text: &str) -> String {
        let document = segment(Article::new("a", text), Scope::Article, Lexicon::builtin(), Cues::builtin());
        let mut marked = text.to_owned();
        for quotation in document.quotations.iter().rev() {
            let span = document.span(quotation.tokens);
            let (open, close) = if quotation.speech { ('[', ']') } else { ('{', '}') };
            marked.insert(span.end, close);
            marked.insert(span.start, open);
        }
        marked
    }

    #[test]
    fn cases() {
        for line in include_str!("../../tests/text/quotes.txt").lines().filter(|l| !l.starts_with('#')) {
            let expected = line.replace('¶', "\n");
            let text: String = expected.chars().filter(|c| !matches!(c, '[' | ']' | '{' | '}')).collect();
            assert_eq!(marked(&text), expected);
        }
    }
}
