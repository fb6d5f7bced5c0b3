//! Any bytes in a text file give a document whose spans lie on character boundaries.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::model::Article;
use newsgraph::nlp::{Cues, Lexicon, Scope, segment};

fuzz_target!(|data: &[u8]| {
    newsgraph_fuzz::read_file("txt", data);
    let text = String::from_utf8_lossy(data);
    let document = segment(Article::new("a", &*text), Scope::Article, Lexicon::builtin(), Cues::builtin());
    for token in &document.tokens {
        assert!(!token.span.of(&text).is_empty());
    }
    for zone in &document.zones {
        assert!(!zone.span.of(&text).is_empty());
    }
});
