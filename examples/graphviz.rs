//! The surroundings of one city as a drawing: `cargo run -q --example graphviz | dot -Tsvg > dorna.svg`.
//!
//! ```console
//! $ cargo run -q --example graphviz
//! ```

use newsgraph::export::{self, Format, Options};
use newsgraph::graph::{Filter, View};

fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, &std::fs::read(file)?)?;
    let near = Filter { focus: vec!["Sill Pass".into()], hops: 1, collapse: true, ..Filter::default() };
    export::write(&View::new(&graph, &near)?, Format::Dot, &Options::default(), &mut std::io::stdout().lock())
}
