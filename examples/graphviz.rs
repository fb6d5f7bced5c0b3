//! The surroundings of one place as a drawing: then `dot -Tsvg` makes a picture of the file.
//!
//! ```console
//! $ cargo run -q --example graphviz
//! pass.dot: 4 nodes, 3 edges
//! ```

use newsgraph::export::{self, Format, Options};
use newsgraph::graph::{Filter, View};

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, std::fs::File::open(file)?)?;
    let near = Filter { focus: vec!["Sill Pass".into()], hops: 1, collapse: true, ..Filter::default() };
    let view = View::new(&graph, &near)?;
    let mut dot = Vec::new();
    export::write(&view, Format::Dot, &Options::default(), &mut dot)?;
    std::fs::write(std::env::temp_dir().join("pass.dot"), dot)?;
    println!("pass.dot: {} nodes, {} edges", view.entities().len(), view.edges().len());
    Ok(())
}
