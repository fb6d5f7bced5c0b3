//! What of a query could not be stopped in time.
//!
//! The evaluator looks at the clock when it reads a triple. A product of two patterns reads one for every row of the other,
//! so it stops; a product of products works for as long as all their rows take before it reads the next. With a time limit
//! such a query is refused. A pattern with a fixed subject has few rows and does not count.

use crate::error::{Error, Result};
use oxigraph::sparql::PreparedSparqlQuery;
use oxigraph::store::Store;
use serde::Deserialize;

#[derive(Deserialize)]
struct Explanation {
    plan: Node,
}

/// A step of the evaluation, named as `QuadPattern(?s <p> ?o)` or `Join(HashBuildLeftProbeRight, keys = ?s, ?o)`.
#[derive(Deserialize)]
struct Node {
    name: String,
    #[serde(default)]
    children: Vec<Node>,
}

/// Refuses a query whose products are nested. The plan does not depend on the data, so an empty store shows it.
pub fn check(query: PreparedSparqlQuery) -> Result<()> {
    let empty = Store::new().map_err(|e| super::inside(&e))?;
    let mut json = Vec::new();
    query.on_store(&empty).explain().1.write_in_json(&mut json)?;
    let plan = serde_json::from_slice::<Explanation>(&json).map_err(|e| super::inside(&e))?.plan;
    if plan.depth() > 1 {
        let message = "the query multiplies three patterns or more that have no variable in common, which cannot be \
                       stopped in time; connect them, or ask one by one";
        return Err(Error::Query(message.into()));
    }
    Ok(())
}

impl Node {
    /// How many products lie one in the other.
    fn depth(&self) -> usize {
        let inner = self.children.iter().map(Node::depth).max().unwrap_or_default();
        inner + usize::from(self.is_product())
    }

    /// A join of two sides without a common variable, neither of which has few rows.
    fn is_product(&self) -> bool {
        const PRODUCTS: [&str; 2] =
            ["Join(HashBuildLeftProbeRight, keys = )", "LeftJoin(HashBuildRightProbeLeft, keys = , "];
        let product = PRODUCTS.iter().any(|kind| self.name.starts_with(kind));
        product && self.children.iter().filter(|side| side.is_open()).count() > 1
    }

    /// Whether it reads triples of any subject.
    fn is_open(&self) -> bool {
        let pattern = ["QuadPattern(?", "Path(?"].iter().any(|kind| self.name.starts_with(kind));
        pattern || self.children.iter().any(Node::is_open)
    }
}
