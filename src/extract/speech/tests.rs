//! Reads sentences of our own with their parses from `tests/data/speech.conllu` and compares what is found in each.

use super::{Speech, SpeechLexicon, find};
use crate::extract::tree::Tree;
use crate::model::{Article, Document, Quotation, Sentence, Span, Token, TokenRange};
use crate::seeds::{Grammar, Source};
use crate::vocab::{Deprel, Upos, Xpos, ZoneKind};

const CASES: &str = include_str!("../../../tests/data/speech.conllu");

#[test]
fn every_case_yields_what_it_expects() {
    let (lexicon, grammar) =
        (SpeechLexicon::load(&Source::builtin()).unwrap(), Grammar::load(&Source::builtin()).unwrap());
    let mut failed = Vec::new();
    for case in CASES.split("\n# case").skip(1) {
        let document = document(case);
        let expected: Vec<&str> = case.lines().filter_map(|l| l.strip_prefix("# speech = ")).collect();
        let found: Vec<String> =
            find(&Tree::new(&document, &grammar), &lexicon).iter().map(|s| line(&document, s)).collect();
        if found != expected {
            failed.push(format!("{}\nexpected {expected:#?}\nfound {found:#?}", document.article.text));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn a_broken_parse_is_survived() {
    let (lexicon, grammar) =
        (SpeechLexicon::load(&Source::builtin()).unwrap(), Grammar::load(&Source::builtin()).unwrap());
    let case = CASES.split("\n# case").nth(1).unwrap();
    for shift in 1..9 {
        let mut document = document(case);
        let n = document.tokens.len();
        for (i, token) in document.tokens.iter_mut().enumerate() {
            token.head = Some((i * 7 + shift) % (n + 2));
        }
        for speech in find(&Tree::new(&document, &grammar), &lexicon) {
            assert!(speech.content.iter().all(|r| r.start < r.end && r.end <= n));
        }
    }
    assert!(find(&Tree::new(&Document::default(), &grammar), &lexicon).is_empty());
}

/// `source | cue | content … content | act`, then "direct", "inside N" and "unlisted" where they hold.
fn line(document: &Document, speech: &Speech) -> String {
    let source = speech.source.map_or("", |s| document.words(s));
    let content: Vec<&str> = speech.content.iter().map(|&r| document.words(r)).collect();
    let act = format!("{:?}", speech.act).to_lowercase();
    let direct = if speech.direct { " | direct" } else { "" };
    let inside = speech.inside.map_or(String::new(), |i| format!(" | inside {i}"));
    let unlisted = if speech.listed { "" } else { " | unlisted" };
    format!("{source} | {} | {} | {act}{direct}{inside}{unlisted}", document.words(speech.cue), content.join(" … "))
}

/// A document of the sentences in a case; a line `# paragraph` begins a new paragraph.
fn document(case: &str) -> Document {
    let mut document = Document::default();
    let mut paragraph = 0;
    for block in case.split("\n\n") {
        paragraph += block.lines().filter(|l| *l == "# paragraph").count();
        let start = document.tokens.len();
        for row in block.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())) {
            add(&mut document, &row.split('\t').collect::<Vec<_>>(), start);
        }
        let tokens = TokenRange::new(start, document.tokens.len());
        if !tokens.is_empty() {
            let span = document.span(tokens);
            document.sentences.push(Sentence { tokens, span, zone: ZoneKind::Prose, paragraph, cut: false });
        }
    }
    pair_marks(&mut document);
    document
}

fn add(document: &mut Document, fields: &[&str], base: usize) {
    let text = &mut document.article.text;
    if !text.is_empty() {
        text.push(' ');
    }
    let start = text.len();
    text.push_str(fields[1]);
    let mut token = Token::new(Span::new(start, text.len()));
    token.lemma = fields[2].into();
    token.upos = Upos::parse(fields[3]).unwrap();
    token.xpos = Xpos::parse(fields[4]).unwrap_or(Xpos::None);
    token.head = fields[6].parse::<usize>().unwrap().checked_sub(1).map(|h| base + h);
    token.deprel = Deprel::parse_lenient(fields[7]);
    if document.article.id.is_empty() {
        document.article = Article { id: "case".into(), ..document.article.clone() };
    }
    document.tokens.push(token);
}

fn pair_marks(document: &mut Document) {
    let marks: Vec<usize> = (0..document.tokens.len()).filter(|&t| document.word(t) == "\"").collect();
    for pair in marks.chunks_exact(2) {
        let tokens = TokenRange::new(pair[0] + 1, pair[1]);
        document.quotations.push(Quotation { tokens, speech: tokens.len() > 2 });
    }
}
