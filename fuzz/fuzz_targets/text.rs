//! Any text gives a document whose spans lie on character boundaries.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::model::Article;
use newsgraph::nlp::{Cues, Lexicon, Scope, segment};

fuzz_target!(|text: &str| {
    let document = segment(Article::new("a", text), Scope::Article, Lexicon::builtin(), Cues::builtin());
    for token in &document.tokens {
        assert!(!token.span.of(text).is_empty());
    }
    for zone in &document.zones {
        assert!(!zone.span.of(text).is_empty());
    }
});
