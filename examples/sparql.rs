//! Who denied what to whom, in SPARQL over the graph in memory.
//!
//! ```console
//! $ cargo run -q --example sparql
//! who                 whom
//! ──────────────────  ───────────────────────────────────────
//! <person/lena-orsk>  <state/almora>
//! <state/bresk>       <organization/almoran-foreign-ministry>
//! <state/bresk>       <person/tomas-vell>
//! 3 rows
//! ```

use newsgraph::export::{self, Options};
use newsgraph::sparql::{Question, Store, Syntax};

fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    let graph = export::read(file, std::fs::File::open(file)?)?;
    let store = Store::of(&graph.view(), &Options::default())?;
    let question = Question::new("SELECT ?who ?whom { ?who ng:denied ?whom } ORDER BY ?who ?whom");
    store.ask(&question)?.write(Syntax::Table, &mut std::io::stdout().lock())
}
