//! Reads articles as they come in, a JSON record a line, and hands out each reading as soon as it is there: memory does
//! not grow with their number. Here three lines stand for a feed.
//!
//! ```console
//! $ cargo run -q --example stream_jsonl
//! a: state/turkey condemned state/armenia
//! b: state/russia consulted state/iran
//! c: nothing
//! ```

use newsgraph::Article;
use newsgraph::pipeline::Pipeline;
use std::io::BufRead;

const FEED: &str = r#"{"id": "a", "text": "Turkey condemned Armenia."}
{"id": "b", "text": "Russia met Iran on Monday."}
{"id": "c", "text": "The weather was fine."}
"#;

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let pipeline = Pipeline::builtin()?;
    let articles = FEED.as_bytes().lines().map_while(Result::ok).filter_map(|line| {
        let record: serde_json::Value = serde_json::from_str(&line).ok()?;
        Some(Article::new(record["id"].as_str()?, record["text"].as_str()?))
    });
    for reading in pipeline.read_all(articles) {
        let said: Vec<String> =
            reading.statements.iter().map(|s| format!("{} {} {}", s.subject, s.predicate, s.object)).collect();
        println!("{}: {}", reading.article.id, if said.is_empty() { "nothing".into() } else { said.join("; ") });
    }
    Ok(())
}
