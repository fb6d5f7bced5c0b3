//! Both sides of every dispute: the sentences that assert it beside those that deny it.
//!
//! ```console
//! $ cargo run -q --example both_sides
//! organization/bresk-army attacked place/dorna
//!   + almora-daily: The Bresk Army struck Dorna with Hail rockets on 3 May, and 15 civilians died.
//!   + state/almora: Almora said on Sunday that the Bresk Army hit the town of Dorna with Hail rockets on 3 May, killing at least 12 civilians.
//!   - person/lena-orsk: Lena Orsk, the spokeswoman of Bresk's Defence Ministry, denied that the army had fired at Dorna.
//!   + state/almora: Almora said on Sunday that the Bresk Army hit the town of Dorna with Hail rockets on 3 May, killing at least 12 civilians.
//!   - person/lena-orsk: Lena Orsk, the spokeswoman of Bresk's Defence Ministry, denied that the army had fired at Dorna.
//! ```

use newsgraph::export;
use newsgraph::query::{Ask, Index, Query};
use newsgraph::vocab::Stance;

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, std::fs::File::open(file)?)?;
    let index = Index::new(&graph);
    let disputed = Query { ask: Ask::Disputed, with: vec!["Dorna".into()], ..Query::default() };
    for edge in index.ask(&disputed)?.edges {
        let s = &graph.inner()[edge];
        println!("{} {} {}", s.subject, s.predicate, s.object);
        for e in &s.evidence {
            let sign = if e.stance == Stance::Denies { "-" } else { "+" };
            println!("  {sign} {}: {}", e.speaker.as_deref().unwrap_or(&e.article), e.quote);
        }
    }
    Ok(())
}
