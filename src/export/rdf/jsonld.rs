//! Compact JSON-LD 1.1 with the context of `ontology/context.jsonld`, written as the triples come: one node object a line.
//!
//! Triples of one subject that come together stand in one node object. The context is written into the file, so that it
//! reads without the network.

use super::vocabulary::{ONTOLOGY, PREFIXES, TYPE};
use crate::error::{Error, Result};
use crate::export::Out;
use crate::graph::to_json;
use oxrdf::{GraphName, GraphNameRef, LiteralRef, NamedNodeRef, TermRef};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::sync::LazyLock;

/// The context, as it stands in the repository.
pub const CONTEXT: &str = include_str!("../../../ontology/context.jsonld");

/// How the context says to write the values of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Coercion {
    None,
    Id,
    Vocab,
    Language(String),
    Datatype(String),
}

struct Terms {
    /// The context without what surrounds it.
    text: String,
    by_iri: HashMap<String, (String, Coercion)>,
    /// The terms themselves.
    names: HashSet<String>,
}

static TERMS: LazyLock<Terms> =
    LazyLock::new(|| Terms::parse(CONTEXT).expect("the embedded context is checked by this module's tests"));

impl Terms {
    fn parse(context: &str) -> Option<Terms> {
        let file: Value = serde_json::from_str(context).ok()?;
        let map = file.get("@context")?.as_object()?;
        let mut by_iri = HashMap::new();
        for (term, definition) in map.iter().filter(|(_, d)| d.is_object()) {
            let iri = expand(map, definition.get("@id")?.as_str()?);
            by_iri.insert(iri, (term.clone(), coercion(map, definition)));
        }
        let names = by_iri.values().map(|(term, _)| term.clone()).collect();
        Some(Terms { text: serde_json::to_string(map).ok()?, by_iri, names })
    }
}

fn expand(context: &Map<String, Value>, name: &str) -> String {
    let (prefix, local) = name.split_once(':').unwrap_or(("@vocab", name));
    let namespace = context.get(prefix).and_then(Value::as_str).unwrap_or_default();
    format!("{namespace}{local}")
}

fn coercion(context: &Map<String, Value>, definition: &Value) -> Coercion {
    let get = |key: &str| definition.get(key).and_then(Value::as_str);
    match (get("@type"), get("@language")) {
        (Some("@id"), _) => Coercion::Id,
        (Some("@vocab"), _) => Coercion::Vocab,
        (Some(datatype), _) => Coercion::Datatype(expand(context, datatype)),
        (None, Some(language)) => Coercion::Language(language.to_owned()),
        (None, None) => Coercion::None,
    }
}

/// Writes triples as JSON-LD.
pub struct JsonLd<'o, 'w> {
    out: &'o mut Out<'w>,
    base: String,
    graph: GraphName,
    /// Whether a node object of the graph that is open stands already.
    in_graph: bool,
    nodes: usize,
    subject: String,
    /// Keys with their values as JSON, in the order in which they came.
    properties: Vec<(String, Vec<String>)>,
}

impl<'o, 'w> JsonLd<'o, 'w> {
    /// Begins a file. Ids under `base` are written relative to it.
    pub fn new(base: &str, out: &'o mut Out<'w>) -> Result<JsonLd<'o, 'w>> {
        out.write_all(b"{\"@context\": [")?;
        out.write_all(TERMS.text.as_bytes())?;
        out.write_all(b", {\"@base\": ")?;
        to_json(&mut *out, &base)?;
        out.write_all(b"}],\n\"@graph\": [")?;
        // Only under a base that ends in a slash is joining the same as resolving.
        let base = if base.ends_with('/') { base.to_owned() } else { String::new() };
        let (graph, subject, properties) = (GraphName::DefaultGraph, String::new(), Vec::new());
        Ok(JsonLd { out, base, graph, in_graph: false, nodes: 0, subject, properties })
    }

    /// Takes a triple.
    pub fn quad(
        &mut self,
        s: NamedNodeRef<'_>,
        p: NamedNodeRef<'_>,
        o: TermRef<'_>,
        g: GraphNameRef<'_>,
    ) -> Result<()> {
        if self.graph.as_ref() != g {
            self.flush()?;
            self.change_graph(g)?;
        }
        if self.subject != s.as_str() {
            self.flush()?;
            self.subject = s.as_str().to_owned();
        }
        let (key, value) = self.property(p, o)?;
        match self.properties.iter_mut().find(|(k, _)| *k == key) {
            Some((_, values)) => values.push(value),
            None => self.properties.push((key, vec![value])),
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        self.change_graph(GraphNameRef::DefaultGraph)?;
        self.out.write_all(b"\n]}\n")?;
        Ok(())
    }

    fn change_graph(&mut self, g: GraphNameRef<'_>) -> Result<()> {
        if self.graph != GraphName::DefaultGraph {
            self.out.write_all(b"]}")?;
        }
        self.graph = g.into_owned();
        self.in_graph = false;
        if let GraphNameRef::NamedNode(name) = g {
            self.separate()?;
            self.out.write_all(b"{\"@id\": ")?;
            let id = self.compact(name.as_str());
            to_json(&mut *self.out, &id)?;
            self.out.write_all(b", \"@graph\": [")?;
        }
        Ok(())
    }

    fn separate(&mut self) -> Result<()> {
        self.nodes += 1;
        self.out.write_all(if self.nodes > 1 { b",\n" } else { b"\n" })?;
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.subject.is_empty() {
            return Ok(());
        }
        if self.graph == GraphName::DefaultGraph {
            self.separate()?;
        } else if std::mem::replace(&mut self.in_graph, true) {
            self.out.write_all(b",\n")?;
        }
        self.out.write_all(b"{\"@id\": ")?;
        let id = self.compact(&self.subject);
        to_json(&mut *self.out, &id)?;
        for (key, values) in std::mem::take(&mut self.properties) {
            self.out.write_all(b", ")?;
            to_json(&mut *self.out, &key)?;
            self.out.write_all(b": ")?;
            match &values[..] {
                [one] => self.out.write_all(one.as_bytes())?,
                many => write!(self.out, "[{}]", many.join(", "))?,
            }
        }
        self.out.write_all(b"}")?;
        self.subject.clear();
        Ok(())
    }

    fn property(&self, p: NamedNodeRef<'_>, o: TermRef<'_>) -> Result<(String, String)> {
        if let (true, TermRef::NamedNode(class)) = (p == TYPE, o) {
            return Ok(("@type".to_owned(), quote(&self.compact_vocab(class.as_str()))));
        }
        let known = TERMS.by_iri.get(p.as_str());
        let key = known.map_or_else(|| curie(p.as_str()).unwrap_or_else(|| p.as_str().to_owned()), |k| k.0.clone());
        let coercion = known.map_or(&Coercion::None, |k| &k.1);
        let value = match o {
            TermRef::NamedNode(iri) => self.reference(iri.as_str(), coercion),
            TermRef::Literal(literal) => literal_value(literal, coercion),
            _ => return Err(Error::Usage("JSON-LD has no blank nodes and no triple terms here".into())),
        };
        Ok((key, value))
    }

    fn reference(&self, iri: &str, coercion: &Coercion) -> String {
        match coercion {
            Coercion::Id => quote(&self.compact(iri)),
            Coercion::Vocab => quote(&self.compact_vocab(iri)),
            _ => format!("{{\"@id\": {}}}", quote(&self.compact(iri))),
        }
    }

    /// An IRI where JSON-LD expects an id.
    fn compact(&self, iri: &str) -> String {
        let relative = if self.base.is_empty() { None } else { iri.strip_prefix(&self.base) };
        let safe = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.contains(':');
        relative.filter(safe).map(str::to_owned).or_else(|| curie(iri)).unwrap_or_else(|| iri.to_owned())
    }

    /// An IRI where JSON-LD expects a term of the vocabulary.
    fn compact_vocab(&self, iri: &str) -> String {
        let local = iri.strip_prefix(ONTOLOGY).filter(|l| is_local(l));
        // A name that the context uses for something else would be taken for that.
        let free = local.filter(|l| !TERMS.names.contains(*l));
        free.map(str::to_owned).or_else(|| curie(iri)).unwrap_or_else(|| iri.to_owned())
    }
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}

fn is_local(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

fn curie(iri: &str) -> Option<String> {
    let (prefix, local) = PREFIXES.iter().find_map(|(p, namespace)| Some((p, iri.strip_prefix(namespace)?)))?;
    is_local(local).then(|| format!("{prefix}:{local}"))
}

fn literal_value(literal: LiteralRef<'_>, coercion: &Coercion) -> String {
    let text = literal.value();
    if let Some(language) = literal.language() {
        return match coercion {
            Coercion::Language(l) if l == language => quote(text),
            _ => format!("{{\"@value\": {}, \"@language\": {}}}", quote(text), quote(language)),
        };
    }
    let datatype = literal.datatype().as_str();
    let is_string = datatype == oxrdf::vocab::xsd::STRING.as_str();
    match coercion {
        Coercion::Datatype(d) if d == datatype => native(text, datatype).unwrap_or_else(|| quote(text)),
        Coercion::None if is_string => quote(text),
        _ if is_string => format!("{{\"@value\": {}}}", quote(text)),
        _ => format!(
            "{{\"@value\": {}, \"@type\": {}}}",
            quote(text),
            quote(&curie(datatype).unwrap_or_else(|| datatype.to_owned()))
        ),
    }
}

/// Whole numbers and truth values as JSON has them; other numbers stay text, whose digits no reader changes.
fn native(text: &str, datatype: &str) -> Option<String> {
    let small = |n: &i64| n.unsigned_abs() < 1 << 53;
    match datatype.rsplit('#').next() {
        Some("integer") => text.parse().ok().filter(small).map(|n| n.to_string()),
        Some("boolean") if text == "true" || text == "false" => Some(text.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_agrees_with_the_prefixes() {
        assert!(TERMS.by_iri.len() > 50);
        let file: Value = serde_json::from_str(CONTEXT).expect("JSON");
        for (prefix, iri) in PREFIXES {
            assert_eq!(file["@context"][prefix], *iri, "{prefix}");
        }
    }
}
