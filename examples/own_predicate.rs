//! A predicate and a rule of one's own, from two files and no Rust: `examples/data/own/ontology/trade.toml` declares it,
//! `examples/data/own/rules/boycotted/boycott.toml` says which words state it. On the command line it is `--seeds`.
//!
//! ```console
//! $ cargo run -q --example own_predicate
//! state/turkey boycotted state/israel (CAMEO 163)
//! ```

use newsgraph::Article;
use newsgraph::pipeline::Pipeline;
use newsgraph::seeds::Source;

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let pipeline = Pipeline::load(&Source::folder("examples/data/own")?, None)?;
    let article = Article::new("demo", "Turkey has boycotted Israel since May. France condemned the boycott.");
    for s in pipeline.read(&article).statements.iter().filter(|s| *s.predicate == *"boycotted") {
        println!("{} {} {} (CAMEO {})", s.subject, s.predicate, s.object, s.cameo.as_deref().unwrap_or("-"));
    }
    Ok(())
}
