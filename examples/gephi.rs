//! The part of a graph that matters for a picture, as GEXF for Gephi: what was reported or claimed between actors.
//!
//! ```console
//! $ cargo run -q --example gephi
//! war.gexf: 12 nodes, 16 edges
//! ```

use newsgraph::export::{self, Format, Options};
use newsgraph::graph::{Filter, View};
use newsgraph::vocab::{EntityType, Status};

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, std::fs::File::open(file)?)?;
    let filter = Filter {
        types: EntityType::ALL.iter().copied().filter(|t| t.is_actor()).collect(),
        statuses: vec![Status::Reported, Status::Claimed],
        named: true,
        collapse: true,
        ..Filter::default()
    };
    let view = View::new(&graph, &filter)?;
    let mut gexf = Vec::new();
    export::write(&view, Format::Gexf, &Options::default(), &mut gexf)?;
    std::fs::write(std::env::temp_dir().join("war.gexf"), gexf)?;
    println!("war.gexf: {} nodes, {} edges", view.entities().len(), view.edges().len());
    Ok(())
}
