//! SPARQL over the RDF of a graph, in memory: the four query forms, nothing that changes the graph or asks elsewhere.
//!
//! The prefixes of [`crate::export::vocabulary`] are known without being declared, and relative IRIs begin with the base
//! of the data, so that `<state/turkey> ng:condemned ?whom` is a pattern.
//!
//! ```
//! use newsgraph::export::Options;
//! use newsgraph::sparql::{Question, Store, Syntax};
//!
//! let article = newsgraph::Article::new("demo", "Turkey condemned the shelling of Barda by Armenian forces.");
//! let graph = newsgraph::pipeline::Pipeline::builtin()?.graph([article]);
//! let store = Store::of(&graph.view(), &Options::default())?;
//! let question = Question::new("SELECT ?who { ?who ng:condemned ?whom }");
//! let mut table = Vec::new();
//! store.ask(&question)?.write(Syntax::Table, &mut table)?;
//! assert!(String::from_utf8_lossy(&table).contains("<state/turkey>"));
//! # Ok::<(), newsgraph::Error>(())
//! ```

mod answer;
mod deadline;
mod place;
mod plan;
mod questions;
mod syntax;
mod table;
mod words;

pub use answer::Answer;
pub use questions::{Competency, competencies};
pub use syntax::Syntax;

use crate::error::{Error, Result};
use crate::export::{self, Options, vocabulary};
use crate::graph::View;
use deadline::Deadline;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode};
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, SparqlEvaluator};
use std::time::Duration;

/// The RDF of a graph, ready to be asked.
#[derive(Clone)]
pub struct Store {
    quads: oxigraph::store::Store,
    base: String,
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The query.
    pub text: String,
    /// Where it stands, for messages: a file, or empty.
    pub name: String,
    /// How long it may take; without it as long as it likes. With it, a query that could not be stopped is refused.
    pub time: Option<Duration>,
    /// The graphs that are the default graph, whatever the query says; empty if it decides.
    pub default_graphs: Vec<String>,
    /// The graphs that may be named, likewise.
    pub named_graphs: Vec<String>,
}

impl Question {
    /// A query with as much time as it wants.
    pub fn new(text: impl Into<String>) -> Question {
        Question { text: text.into(), ..Question::default() }
    }
}

impl Store {
    /// The RDF of a view, laid out as the options say, straight from the graph.
    pub fn of(view: &View<'_>, options: &Options) -> Result<Store> {
        options.check()?;
        let quads = oxigraph::store::Store::new().map_err(|e| inside(&e))?;
        let mut load = quads.start_transaction().map_err(|e| inside(&e))?;
        export::each_quad(view, options, &mut |quad| load.insert(quad))?;
        load.commit().map_err(|e| inside(&e))?;
        Ok(Store { quads, base: options.base.clone() })
    }

    /// How many quads there are.
    pub fn len(&self) -> usize {
        self.quads.len().unwrap_or_default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Begins to answer; the answer is worked out as it is written.
    pub fn ask(&self, question: &Question) -> Result<Answer> {
        words::check(question)?;
        let token = CancellationToken::new();
        let mut query = self.prepare(question, token.clone())?;
        restrict(&mut query, question)?;
        if question.time.is_some() {
            plan::check(query.clone())?;
        }
        let deadline = Deadline::start(question.time, token);
        match query.on_store(&self.quads).execute() {
            Ok(results) => Ok(Answer::new(results, deadline, self.base.clone())),
            Err(error) => Err(deadline.explain(error)),
        }
    }

    fn prepare(&self, question: &Question, token: CancellationToken) -> Result<PreparedSparqlQuery> {
        let known = "the base was checked, and a test parses each of our namespaces";
        let evaluator = SparqlEvaluator::new().with_base_iri(self.base.as_str()).expect(known);
        let evaluator = vocabulary::PREFIXES.iter().fold(evaluator, |e, (p, i)| e.with_prefix(*p, *i).expect(known));
        let parsed = evaluator.with_cancellation_token(token).parse_query(&question.text);
        parsed.map_err(|error| place::syntax_error(question, &error.to_string()))
    }
}

/// The dataset that the SPARQL protocol asks for goes before what the query says.
fn restrict(query: &mut PreparedSparqlQuery, question: &Question) -> Result<()> {
    if question.default_graphs.is_empty() && question.named_graphs.is_empty() {
        return Ok(());
    }
    let default = question.default_graphs.iter().map(|iri| iri_of(iri)).collect::<Result<Vec<_>>>()?;
    let named = question.named_graphs.iter().map(|iri| iri_of(iri)).collect::<Result<Vec<_>>>()?;
    query.dataset_mut().set_default_graph(default.into_iter().map(GraphName::from).collect());
    query.dataset_mut().set_available_named_graphs(named.into_iter().map(NamedOrBlankNode::from).collect());
    Ok(())
}

fn iri_of(iri: &str) -> Result<NamedNode> {
    NamedNode::new(iri).map_err(|e| Error::Query(format!("{iri} names no graph, since it is no IRI: {e}")))
}

/// What the store reports of itself; in memory there is nothing that can fail but memory.
fn inside(error: &dyn std::fmt::Display) -> Error {
    Error::Query(format!("the store of triples failed: {error}"))
}

#[cfg(test)]
mod tests;
