//! Builds one graph from a folder of articles, and saves it as JSON and as Turtle.
//!
//! ```console
//! $ cargo run -q --example build_a_graph
//! news.json holds what 20 articles say
//! news.ttl holds what 20 articles say
//! ```

use newsgraph::export::{self, Format, Options};
use newsgraph::input::{self, Limits};
use newsgraph::pipeline::Pipeline;
use std::fs::File;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let pipeline = Pipeline::builtin()?;
    // A file that cannot be read is named, and the others go on.
    let articles = input::read(&["seeds/articles".into()], Limits::default());
    let articles = articles.filter_map(|article| article.inspect_err(|error| eprintln!("{error}")).ok());
    let graph = pipeline.graph(articles);
    for (name, format) in [("news.json", Format::Json), ("news.ttl", Format::Turtle)] {
        let path = std::env::temp_dir().join(name);
        export::write(&graph.view(), format, &Options::default(), &mut File::create(path)?)?;
        println!("{name} holds what {} articles say", graph.articles().count());
    }
    Ok(())
}
