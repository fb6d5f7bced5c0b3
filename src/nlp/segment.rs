//! Makes a document of an article as far as that needs no model: zones, sentences, tokens, quotations.

use super::{Cues, Lexicon, find_quotations, find_zones, split_sentences, tokenize};
use crate::model::{Article, Document, Sentence, Span, Token, TokenRange};
use crate::vocab::ZoneKind;

/// Which zones' words become sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Prose and headings: what is read for meaning.
    Article,
    /// Every zone, each sentence saying which it stands in: for scoring, where no word of the text may be missing.
    Everything,
}

/// Reads an article with the tables given. Its tokens have no tags yet, and each depends on nothing.
///
/// ```
/// use newsgraph::model::Article;
/// use newsgraph::nlp::{Cues, Lexicon, Scope, segment};
///
/// let article = Article::new("a", "BAKU (Reuters) - Shells fell. “Nobody was hurt,” he said.");
/// let document = segment(article, Scope::Article, Lexicon::builtin(), Cues::builtin());
/// assert_eq!(document.sentences.len(), 2);
/// assert_eq!(document.words(document.quotations[0].tokens), "Nobody was hurt,");
/// ```
pub fn segment(article: Article, scope: Scope, lexicon: &Lexicon, cues: &Cues) -> Document {
    let zones = find_zones(&article, lexicon, cues);
    let mut document = Document { article, dateline: zones.dateline, ..Document::default() };
    let everything = scope == Scope::Everything;
    let readable = zones.zones.iter().filter(|z| everything || matches!(z.kind, ZoneKind::Prose | ZoneKind::Heading));
    let mut spans = Vec::new();
    let (mut paragraph, mut before) = (0, None);
    for zone in readable {
        // A dateline opens the paragraph that it stands in.
        paragraph += usize::from(before.is_some_and(|kind| kind != ZoneKind::Dateline));
        before = Some(zone.kind);
        spans.clear();
        tokenize(&document.article.text, zone.span, lexicon, &mut spans);
        push_paragraph(&mut document, &spans, zone.kind, paragraph, lexicon);
    }
    document.zones = zones.zones;
    document.quotations = find_quotations(&document);
    document
}

fn push_paragraph(document: &mut Document, spans: &[Span], zone: ZoneKind, paragraph: usize, lexicon: &Lexicon) {
    let base = document.tokens.len();
    let mut from = 0;
    for end in split_sentences(&document.article.text, spans, lexicon) {
        let span = spans[from].join(spans[end.token - 1]);
        let tokens = TokenRange::new(base + from, base + end.token);
        document.sentences.push(Sentence { tokens, span, zone, paragraph, cut: end.cut });
        from = end.token;
    }
    document.tokens.extend(spans.iter().map(|&span| Token::new(span)));
}
