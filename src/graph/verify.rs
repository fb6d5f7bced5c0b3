//! Checks what a graph quotes against the articles: the text's hash, and every quoted word at its place.

use super::KnowledgeGraph;
use crate::model::{Article, ArticleRef, Evidence, Name, Quoted};
use std::collections::HashMap;

/// Checks articles against the quotes of one graph.
pub struct Verifier<'a> {
    graph: &'a KnowledgeGraph,
    by_hash: HashMap<&'a str, &'a ArticleRef>,
    evidence: HashMap<&'a str, Vec<(&'a Name, &'a Evidence)>>,
    /// Articles not yet met.
    missing: Vec<&'a str>,
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The article, as the graph names it.
    pub article: String,
    /// The statement, if it concerns one.
    pub statement: Option<Name>,
    /// What is wrong.
    pub message: String,
}

impl<'a> Verifier<'a> {
    /// Prepares to check a graph.
    pub fn new(graph: &'a KnowledgeGraph) -> Verifier<'a> {
        let mut evidence: HashMap<&str, Vec<(&Name, &Evidence)>> = HashMap::new();
        let mut statements: Vec<_> = graph.inner().edge_weights().collect();
        statements.sort_by(|a, b| a.id.cmp(&b.id));
        for s in statements {
            s.evidence.iter().for_each(|e| evidence.entry(&e.article).or_default().push((&s.id, e)));
        }
        let by_hash = graph.articles().map(|a| (a.sha256.as_str(), a)).collect();
        Verifier { graph, by_hash, evidence, missing: graph.articles().map(|a| a.id.as_str()).collect() }
    }

    /// Checks one article; how many quotes were checked, and what is wrong. An article that the graph does not know is
    /// passed over. Linear in the text and its quotes.
    pub fn check(&mut self, article: &Article) -> (usize, Vec<Fault>) {
        let reference = article.reference();
        let same_text = self.by_hash.get(reference.sha256.as_str()).copied();
        let Some(known) = same_text.or_else(|| self.graph.article(&article.id)) else { return (0, Vec::new()) };
        self.missing.retain(|id| *id != known.id);
        let fault = |statement, message| Fault { article: known.id.clone(), statement, message };
        if same_text.is_none() {
            let message = format!("the text has changed: its SHA-256 is {}, not {}", reference.sha256, known.sha256);
            return (0, vec![fault(None, message)]);
        }
        let text = Characters::new(&article.text);
        let quotes: Vec<(&Name, Quoted, &str)> = self.quotes(known);
        let wrong = quotes.iter().filter(|(_, q, _)| text.slice(q.start, q.end) != Some(q.text.as_str()));
        let faults = wrong
            .map(|(id, q, what)| {
                let found = text.slice(q.start, q.end).unwrap_or("nothing");
                let message = format!("{what} at {} to {} should read {:?} but is {found:?}", q.start, q.end, q.text);
                fault(Some((*id).clone()), message)
            })
            .collect();
        (quotes.len(), faults)
    }

    /// The articles of the graph that were not among those checked.
    pub fn missing(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.missing.iter().copied()
    }

    fn quotes(&self, article: &ArticleRef) -> Vec<(&'a Name, Quoted, &'static str)> {
        let mut out = Vec::new();
        for &(id, e) in self.evidence.get(article.id.as_str()).into_iter().flatten() {
            out.push((id, Quoted { start: e.start, end: e.end, text: e.quote.clone() }, "the sentence"));
            out.push((id, e.trigger.clone(), "the trigger"));
            let rest = [("the subject", &e.subject), ("the object", &e.object), ("the cue", &e.cue)];
            out.extend(rest.into_iter().filter_map(|(what, q)| Some((id, q.clone()?, what))));
        }
        out
    }
}

/// A text that can be cut by characters.
struct Characters<'a> {
    text: &'a str,
    /// Where each character begins; empty where each is one byte.
    starts: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn new(text: &'a str) -> Characters<'a> {
        let starts = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(i, _)| i).collect() };
        Characters { text, starts }
    }

    fn slice(&self, start: u32, end: u32) -> Option<&'a str> {
        self.text.get(self.byte(start)?..self.byte(end)?)
    }

    fn byte(&self, character: u32) -> Option<usize> {
        let character = character as usize;
        match self.starts.get(character) {
            _ if self.starts.is_empty() => Some(character),
            Some(&byte) => Some(byte),
            None => (character == self.starts.len()).then_some(self.text.len()),
        }
    }
}
