//! What holds of the tokens, sentences, zones and quotations of any text at all.

use newsgraph::model::{Article, Document, Span};
use newsgraph::nlp::{Cues, Lexicon, Scope, find_zones, read_conllu, segment, tokenize, write_conllu};
use proptest::prelude::*;

fn read(text: &str) -> Document {
    segment(Article::new("a", text), Scope::Article, Lexicon::builtin(), Cues::builtin())
}

/// Pieces of news and of mischief.
const PIECES: &[&str] = &[
    "U.S.",
    "Mr. ",
    "don't",
    "'s ",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "(",
    ")",
    "[",
    "]",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\0",
    "\u{200f}",
    "\u{202e}",
    "\u{feff}",
    "BAKU (Reuters) - ",
    "By Jane Doe",
    "Read more: ",
    "TOPSHOT - ",
    "Published26 October 2020",
    "#WarCrimes",
    "@x",
    "http://a.b/c",
    "a@b.com",
    "$1.5bn",
    "8 a.m.",
    "Sept. 27",
    "No. 5",
    "...",
    "…",
    "--",
    "—",
    "word",
    "Word",
    "WORD",
    "forces.Azerbaijan",
    "👍🏽",
    "🇦🇿",
    "👨‍👩‍👧",
    "é",
    "e\u{301}",
    "中文",
    "ў",
    "1-2-3",
    "1,000",
    "9/11",
    ". ",
    "? ",
    "! ",
    ": ",
    "; ",
    ", ",
    "a-b",
    "&",
    "/",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "## ",
    "* * *",
    "[...]",
    "[…] ",
    ":)",
    "b) ",
    "image captionA ",
    "14:32 GMT\n",
    " | ",
];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
    ]
}

fn check(text: &str) {
    let mut spans = Vec::new();
    tokenize(text, Span::new(0, text.len()), Lexicon::builtin(), &mut spans);
    let mut at = 0;
    for span in &spans {
        assert!(span.start < span.end && at <= span.start, "{span:?} out of order in {text:?}");
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} in {text:?}");
        let gap = &text[at..span.start];
        assert!(!gap.contains(char::is_alphanumeric), "{gap:?} lost in {text:?}");
        assert!(!span.of(text).contains(char::is_whitespace), "blank in {:?}", span.of(text));
        at = span.end;
    }
    assert!(!text[at..].contains(char::is_alphanumeric), "the end is lost in {text:?}");
    let zones = find_zones(&Article::new("a", text), Lexicon::builtin(), Cues::builtin()).zones;
    let mut at = 0;
    for zone in &zones {
        assert!(at <= zone.span.start && zone.span.start < zone.span.end, "{zone:?} in {text:?}");
        assert!(!text[at..zone.span.start].contains(char::is_alphanumeric), "a line in no zone of {text:?}");
        at = zone.span.end;
    }
    let document = read(text);
    let mut next = 0;
    for sentence in &document.sentences {
        assert!(sentence.tokens.start == next && !sentence.tokens.is_empty(), "{sentence:?} in {text:?}");
        assert_eq!(sentence.span, document.span(sentence.tokens));
        next = sentence.tokens.end;
    }
    assert_eq!(next, document.tokens.len());
    let mut last = 0;
    for quotation in &document.quotations {
        assert!(last <= quotation.tokens.start && quotation.tokens.end <= next && !quotation.tokens.is_empty());
        last = quotation.tokens.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_read(text in any_text()) {
        check(&text);
    }

    #[test]
    fn conllu_comes_back(text in any_text()) {
        let document = read(&text);
        let mut written = Vec::new();
        write_conllu(&document, None, &mut written).unwrap();
        let again = read_conllu("x", std::str::from_utf8(&written).unwrap()).unwrap();
        let words = |d: &Document| (0..d.tokens.len()).map(|t| d.word(t).to_owned()).collect::<Vec<_>>();
        let back = again.first().map(|f| &f.document).cloned().unwrap_or_default();
        prop_assert_eq!(words(&back), words(&document));
        prop_assert_eq!(back.sentences.len(), document.sentences.len());
    }

    #[test]
    fn no_bytes_break_the_conllu_reader(text in any_text()) {
        let _ = read_conllu("x", &text);
        let _ = read_conllu("x", &text.replace(' ', "\t"));
    }
}

/// Were any of these read in more than linear time, this test would not end.
#[test]
fn absurd_texts_take_linear_time() {
    for piece in PIECES.iter().copied().chain([
        "a.",
        "a.b",
        "1-",
        "1/",
        "a'",
        "a-",
        "&a",
        "-",
        "a@",
        "a.b@",
        "By A\n",
        "Read more\n",
        "a\n",
        "Tags:\n",
        "x, y, z, w\n",
        "🇦",
        "👍\u{200d}",
        ":",
        ";",
        "=",
        "<",
        "^",
        "[",
        "{",
        "%",
        "http://",
        "'s",
        "1.",
        "No. ",
        ". (",
        "\"a\" said. ",
    ]) {
        let text = piece.repeat(400_000 / piece.len());
        let document = read(&text);
        assert!(document.sentences.iter().all(|s| s.tokens.len() <= newsgraph::nlp::LONGEST), "{piece:?}");
    }
}
