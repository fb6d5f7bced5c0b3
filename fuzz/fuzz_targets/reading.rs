//! Any text is read to the end, through resolution and extraction, and every quote is the text at its place.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::Article;
use newsgraph::pipeline::Pipeline;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::builtin().expect("the embedded seeds are sound"));

fuzz_target!(|text: &str| {
    let reading = PIPELINE.read(&Article::new("a", text));
    let at = |start: u32, end: u32| text.chars().skip(start as usize).take((end - start) as usize).collect::<String>();
    for mention in &reading.mentions {
        assert_eq!(at(mention.start, mention.end), *mention.text);
    }
    for evidence in reading.statements.iter().flat_map(|s| &s.evidence) {
        assert_eq!(at(evidence.start, evidence.end), *evidence.quote);
    }
});
