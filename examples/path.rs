//! How two people are connected: the shortest chain of statements between them.
//!
//! ```console
//! $ cargo run -q --example path
//! 1. Pavel Dun speaks for Marsh Front
//! 2. Marsh Front controls Sill Pass
//! 3. Bresk Army withdrew from Sill Pass
//! 4. Almora accused Bresk Army
//! 5. Lena Orsk denied Almora
//! ```

use newsgraph::export;
use newsgraph::query::{Ask, Index, Query};

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, std::fs::File::open(file)?)?;
    let ends = (vec!["Pavel Dun".into()], vec!["Lena Orsk".into()]);
    let query = Query { ask: Ask::Shortest, from: ends.0, to: ends.1, limit: Some(1), ..Query::default() };
    for row in Index::new(&graph).ask(&query)?.rows {
        // The columns are the path's number, the step's, who, does, to whom, and more.
        println!("{}. {} {} {}", row[1].text(&graph), row[2].text(&graph), row[3].text(&graph), row[4].text(&graph));
    }
    Ok(())
}
