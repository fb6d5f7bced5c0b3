//! Any text is read as CoNLL-U or refused; what was read is written and read again to the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::nlp::{read_conllu, write_conllu};

fuzz_target!(|text: &str| {
    let Ok(documents) = read_conllu("x", text) else { return };
    for framed in documents {
        let mut once = Vec::new();
        write_conllu(&framed.document, Some(&framed.frames), &mut once).expect("memory takes any write");
        let again = read_conllu("x", std::str::from_utf8(&once).expect("text is written")).expect("what is written is read");
        let words = |d: &newsgraph::Document| (0..d.tokens.len()).map(|t| d.word(t).to_owned()).collect::<Vec<_>>();
        assert_eq!(again.first().map(|f| words(&f.document)).unwrap_or_default(), words(&framed.document));
    }
});
