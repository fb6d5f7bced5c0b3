//! An article analysed: zones, sentences, tokens with tags and dependencies, names and quotations.

use super::{Article, Span, TokenRange};
use crate::vocab::{Deprel, NameType, Upos, Xpos, ZoneKind};

/// An article with its analysis. Offsets are bytes into `article.text`; tokens are numbered through the document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The article.
    pub article: Article,
    /// What each stretch of the text is, in order; together they cover every line.
    pub zones: Vec<Zone>,
    /// What the dateline says.
    pub dateline: Option<Dateline>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// Names in order, never overlapping.
    pub names: Vec<Name>,
    /// Quotations in order.
    pub quotations: Vec<Quotation>,
}

impl Document {
    /// The words of a token.
    pub fn word(&self, token: usize) -> &str {
        self.tokens[token].span.of(&self.article.text)
    }

    /// The bytes that a range of tokens covers.
    pub fn span(&self, tokens: TokenRange) -> Span {
        if tokens.is_empty() {
            return Span::default();
        }
        self.tokens[tokens.start].span.join(self.tokens[tokens.end - 1].span)
    }

    /// The words of a range of tokens, as written.
    pub fn words(&self, tokens: TokenRange) -> &str {
        self.span(tokens).of(&self.article.text)
    }

    /// The number of the sentence that holds a token, by binary search.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }
}

/// A stretch of the text and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ZoneKind,
}

/// What a dateline says: `BAKU, Azerbaijan, Oct 4 (Reuters) -`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dateline {
    /// The whole of it.
    pub span: Span,
    /// The place: "BAKU, Azerbaijan".
    pub place: Option<Span>,
    /// The agency: "Reuters".
    pub agency: Option<Span>,
    /// The date as written: "Oct 4".
    pub date: Option<Span>,
}

/// A sentence: its tokens and the zone they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its bytes.
    pub span: Span,
    /// Prose or heading.
    pub zone: ZoneKind,
    /// Number of the paragraph it stands in.
    pub paragraph: usize,
    /// Whether it is a piece of a longer one that was cut for length.
    pub cut: bool,
}

/// A token with its analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The dictionary form.
    pub lemma: Box<str>,
    /// Universal tag.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Morphology.
    pub morph: Morph,
    /// The token it depends on, numbered through the document; `None` for a sentence's root.
    pub head: Option<usize>,
    /// How it depends on it.
    pub deprel: Deprel,
}

impl Token {
    /// A token of which only the place is known.
    pub fn new(span: Span) -> Token {
        Token {
            span,
            lemma: Box::from(""),
            upos: Upos::X,
            xpos: Xpos::None,
            morph: Morph::default(),
            head: None,
            deprel: Deprel::Root,
        }
    }
}

/// The morphology that extraction needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Morph {
    /// Of finite verbs and participles.
    pub tense: Option<Tense>,
    /// Of nouns, pronouns and verbs.
    pub number: Option<Number>,
    /// Whether it is a participle used in the passive.
    pub passive: bool,
}

/// Tense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// "shells", "is shelling".
    Present,
    /// "shelled".
    Past,
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// One.
    Singular,
    /// More than one.
    Plural,
}

/// A name that the recognizer found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its type.
    pub kind: NameType,
    /// How sure the recognizer is, 0 to 1.
    pub score: f32,
}

/// Words in quotation marks, possibly over several sentences and paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The tokens between the marks, marks left out.
    pub tokens: TokenRange,
    /// Whether it is long enough, or so placed, to be speech rather than a scare-quoted word or a title.
    pub speech: bool,
}
