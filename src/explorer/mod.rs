//! The explorer: a page in which people look at a graph in their browser, as one file that opens from disk or as a shell
//! that a server fills with data.
//!
//! The page's own code lies in `web/`, bundled ahead of time (`just explorer`); nobody needs Node to build or use it.
//! Everything that would take long in a browser is computed here, above all where the nodes lie. Articles are foreign text:
//! they reach the page as JSON in an element that never runs, and the page shows them as text only.

mod data;
mod layout;
mod page;

pub use layout::{Link, positions};

use crate::error::{Error, Result};
use crate::graph::{Filter, KnowledgeGraph, View};
use crate::model::Article;
use std::collections::HashMap;
use std::io::Write;

/// What of a graph is shown, and what is known besides.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The part of the graph that goes into the page.
    pub filter: Filter,
    /// What the corpus is called; the page says "newsgraph" where it has no name.
    pub title: Option<String>,
    texts: HashMap<String, String>,
}

impl Options {
    /// A part of a graph, with the name of the corpus, and no texts yet.
    pub fn new(filter: Filter, title: Option<String>) -> Options {
        Options { filter, title, texts: HashMap::new() }
    }

    /// Gives the reader the text of an article, which it knows by the hash, so that a text that has changed is not shown.
    /// False if the graph has no article with this text.
    pub fn embed(&mut self, graph: &KnowledgeGraph, article: Article) -> bool {
        let hash = article.reference().sha256;
        let known = graph.articles().any(|a| a.sha256 == hash);
        if known {
            self.texts.insert(hash, article.text);
        }
        known
    }
}

/// Writes one file that holds page and data and opens without a network.
pub fn write_page(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> Result<()> {
    let view = view(graph, options)?;
    page::write(options.title.as_deref(), out, |out| data::write(&view, options, out))
}

/// Writes the page without data; it fetches `data.json` from where it came.
pub fn write_shell(out: &mut dyn Write) -> Result<()> {
    page::write_shell(out)
}

/// Writes the data of the page as JSON.
pub fn write_data(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> Result<()> {
    data::write(&view(graph, options)?, options, out)
}

fn view<'a>(graph: &'a KnowledgeGraph, options: &Options) -> Result<View<'a>> {
    if options.filter.collapse {
        return Err(Error::Usage("the explorer shows every statement; leave out --collapse".into()));
    }
    View::new(graph, &options.filter)
}
