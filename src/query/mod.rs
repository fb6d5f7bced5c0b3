//! Questions to a graph, without a query language: which statements match a pattern, and what follows from them: timelines,
//! paths, both sides of a dispute, who matters, who stands with whom.
//!
//! An [`Index`] is made once for a graph; a [`Query`] says which statements are meant and what is [`Ask`]ed of them; the
//! [`Answer`] is a table of typed cells that can be written as CSV or JSON, with the statements behind it. What needs joins
//! over several statements is SPARQL's.
//!
//! ```
//! use newsgraph::{Article, pipeline::Pipeline, query::{Index, Query}};
//! let graph = Pipeline::builtin()?.graph([Article::new("a", "Turkey condemned the shelling of Barda by Armenia.")]);
//! let index = Index::new(&graph);
//! let query = Query { from: vec!["turkey".into()], relation: vec!["condemned".into()], ..Query::default() };
//! assert_eq!(index.ask(&query)?.rows.len(), 1);
//! # Ok::<(), newsgraph::Error>(())
//! ```

mod answer;
mod central;
mod communities;
mod index;
mod listing;
mod net;
mod pairs;
mod paths;
mod pattern;
mod select;
mod summary;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Cell, Column};
pub use index::Index;
pub use pattern::{Ask, Measure, Query};
pub use select::Selection;
pub use summary::Summary;

use crate::error::Result;

impl Index<'_> {
    /// Answers a query. Errors name what the graph does not have, with what it has instead.
    pub fn ask(&self, query: &Query) -> Result<Answer> {
        if query.ask == Ask::Together {
            return Ok(pairs::together(self, query)?.limited(query.limit));
        }
        let selection = self.select(query)?;
        let answer = match query.ask {
            // A path's limit is one of paths, not of rows.
            Ask::Shortest | Ask::Paths => return paths::paths(self, &selection, query),
            Ask::Timeline => listing::timeline(self, &selection),
            Ask::Disputed => listing::disputed(self, &selection),
            Ask::Neighbours => pairs::neighbours(self, &selection)?,
            Ask::Central => central::central(self, &selection, query.measure),
            Ask::Communities => communities::communities(self, &selection),
            Ask::Balance => pairs::balance(self, &selection),
            Ask::Statements | Ask::Together => listing::statements(self, &selection),
        };
        Ok(answer.limited(query.limit))
    }
}
