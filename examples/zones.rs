//! Shows what an article's lines are and how its prose is split: `cargo run --example zones -- FILE...`
//!
//! Prints a line per zone with its kind, and the sentences with bars between tokens.

use newsgraph::Article;
use newsgraph::nlp::{Cues, Lexicon, Scope, segment};

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let document = segment(
            Article::new(&*path, std::fs::read_to_string(&path)?),
            Scope::Article,
            Lexicon::builtin(),
            Cues::builtin(),
        );
        let text = &document.article.text;
        println!("== {path}");
        for zone in &document.zones {
            println!("[{}] {}", zone.kind, zone.span.of(text).replace('\n', "⏎"));
            for sentence in document.sentences.iter().filter(|s| zone.span.contains(s.span)) {
                let words: Vec<&str> = sentence.tokens.range().map(|t| document.word(t)).collect();
                println!("    {}", words.join("|"));
            }
        }
        for quotation in &document.quotations {
            println!("  {} {:?}", if quotation.speech { "speech" } else { "words " }, document.words(quotation.tokens));
        }
    }
    Ok(())
}
