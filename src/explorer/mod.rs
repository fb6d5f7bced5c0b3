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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const NASTY: &[u8] = include_bytes!("../../tests/golden/formats/nasty.json");

    fn page(options: &Options) -> String {
        let graph = crate::graph::read_json("nasty.json", NASTY).unwrap();
        let mut out = Vec::new();
        write_page(&graph, options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The data of a page, as a browser finds it.
    fn data(page: &str) -> (String, Value) {
        let (_, rest) = page.split_once("<script id=\"data\" type=\"application/json\">").unwrap();
        let (json, _) = rest.split_once("</script>").unwrap();
        (json.to_owned(), serde_json::from_str(json).unwrap())
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let (json, data) = data(&page(&Options::default()));
        assert!(!json.contains(['<', '\u{2028}', '\u{2029}']));
        let labels = data["entities"].as_array().unwrap().iter().map(|e| e["label"].as_str().unwrap());
        assert!(labels.into_iter().any(|l| l.starts_with("a\"b'c<d>&amp;&e]]>")));
    }

    #[test]
    fn indices_point_at_what_is_meant() {
        let (_, data) = data(&page(&Options::default()));
        let graph = crate::graph::read_json("nasty.json", NASTY).unwrap();
        for s in data["statements"].as_array().unwrap() {
            let known = graph.statement(s["id"].as_str().unwrap()).unwrap();
            let entity = |end: &str| &data["entities"][s[end].as_u64().unwrap() as usize];
            assert_eq!(entity("subject")["id"], *known.subject.as_str());
            assert_eq!(entity("object")["id"], *known.object.as_str());
            assert!(entity("subject")["x"].is_number());
            for (e, known) in s["evidence"].as_array().unwrap().iter().zip(&known.evidence) {
                assert_eq!(data["sentences"][e["sentence"].as_u64().unwrap() as usize]["text"], *known.quote);
            }
        }
    }

    #[test]
    fn the_same_graph_is_the_same_page() {
        assert_eq!(page(&Options::default()), page(&Options::default()));
    }

    #[test]
    fn only_the_text_that_was_read_is_shown() {
        let article = Article::new("a", "Turkey condemned the shelling of Barda.");
        let reading = crate::Reading { article: article.reference(), ..crate::Reading::default() };
        let graph = KnowledgeGraph::from_readings([reading]);
        let mut options = Options::default();
        assert!(!options.embed(&graph, Article::new("a", "Another text under the same name.")));
        assert!(options.embed(&graph, article.clone()));
        let mut out = Vec::new();
        write_data(&graph, &options, &mut out).unwrap();
        let data: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(data["articles"][0]["text"], *article.text);
    }

    #[test]
    fn a_collapsed_graph_is_refused() {
        let filter = Filter { collapse: true, ..Filter::default() };
        let refused = write_data(&KnowledgeGraph::new(), &Options::new(filter, None), &mut Vec::new());
        assert!(refused.is_err_and(|e| e.to_string().contains("--collapse")));
    }
}
