//! What happened to one state, in order of time, as `newsgraph query --timeline` shows it.
//!
//! ```console
//! $ cargo run -q --example timeline
//! 2031-05-02    League of Ports mediated Almora
//! 2031-05-02    Norland mediated Almora
//! by 2031-05-04 Lena Orsk denied Almora
//! 2031-05-04    Almora accused Bresk Army
//! by 2031-05-05 Bresk condemned Almora
//! ```

use newsgraph::export;
use newsgraph::query::{Ask, Index, Query};

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, std::fs::File::open(file)?)?;
    let query = Query { ask: Ask::Timeline, with: vec!["Almora".into()], ..Query::default() };
    let answer = Index::new(&graph).ask(&query)?;
    for row in &answer.rows {
        // The columns are when, the time in full, who, does, to whom, and more.
        let [when, _, who, does, whom, ..] = &row[..] else { continue };
        let [when, who, does, whom] = [when, who, does, whom].map(|cell| cell.text(&graph));
        println!("{when:13} {who} {does} {whom}");
    }
    Ok(())
}
