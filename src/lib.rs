//! newsgraph reads English news about conflict and politics and builds a knowledge graph of who did, said, claimed and
//! denied what to whom.
//!
//! 1. `input` turns files into [`Article`]s.
//! 2. `nlp` turns an article into a [`Document`]: sentences, tokens, tags, dependencies, names.
//! 3. `extract` turns a document into a [`Reading`]: mentions, entities, statements, attributions.
//! 4. `graph` merges readings into one petgraph.
//! 5. `export` writes it, `query` and `sparql` answer questions about it, `explorer` shows it in a browser, `serve` over
//!    HTTP.

#[cfg(feature = "cli")]
pub mod cli;
pub mod error;
#[cfg(feature = "explorer")]
pub mod explorer;
pub mod export;
pub mod extract;
pub mod graph;
pub mod input;
mod letters;
pub mod model;
pub mod nlp;
pub mod ontology;
pub mod pipeline;
pub mod query;
pub mod rules;
pub mod seeds;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "sparql")]
pub mod sparql;
pub mod vocab;
pub mod weigh;

pub use error::{Error, Position, Result};
pub use graph::KnowledgeGraph;
pub use model::{Article, ArticleRef, Attribution, Document, Entity, Evidence, Mention, Reading, Statement};
pub use ontology::Ontology;

/// The README's Rust is compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
