//! Who attacked which city, by whose word: a pattern over a saved graph.
//!
//! ```console
//! $ cargo run -q --example who_attacked_whom
//! Almoran Army  Dorna  claimed   Lena Orsk
//! Almoran Army  Ruvik  claimed   Lena Orsk
//! Bresk Army    Dorna  disputed  Almora
//! ```

use newsgraph::export;
use newsgraph::query::{Index, Query};

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, std::fs::File::open(file)?)?;
    let index = Index::new(&graph);
    let query = Query { relation: vec!["attacked".into()], to: vec!["kind:city".into()], ..Query::default() };
    for edge in index.select(&query)?.edges(&index) {
        let s = &graph.inner()[edge];
        let label = |id: &str| graph.entity(id).map_or(id, |e| e.label.as_str()).to_owned();
        let claimants: Vec<String> = s.claimed_by.iter().map(|id| label(id)).collect();
        println!("{:13} {:6} {:9} {}", label(&s.subject), label(&s.object), s.status.as_str(), claimants.join(", "));
    }
    Ok(())
}
