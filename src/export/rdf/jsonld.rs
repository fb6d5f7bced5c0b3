//! Compact JSON-LD 1.1 with the context of `ontology/context.jsonld`, written as the triples come: one node object a line.
//!
//! Triples of one subject that come together stand in one node object. The context is written into the file, so that it
//! reads without the network.

use super::vocabulary::{BOOLEAN, INTEGER, ONTOLOGY, TYPE, split};
use crate::error::{Error, Result};
use crate::export::Out;
use crate::graph::to_json;
use oxrdf::vocab::xsd;
use oxrdf::{GraphName, GraphNameRef, LiteralRef, NamedNodeRef, TermRef};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::ops::Range;
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
    /// Keys of the subject, in the order in which they came.
    keys: Vec<Cow<'static, str>>,
    /// Values by the place of their key, in the order in which they came.
    values: Vec<(usize, Range<usize>)>,
    /// The JSON of all values.
    json: Vec<u8>,
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
        Ok(JsonLd {
            out,
            base,
            graph: GraphName::DefaultGraph,
            in_graph: false,
            nodes: 0,
            subject: String::new(),
            keys: Vec::new(),
            values: Vec::new(),
            json: Vec::new(),
        })
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
            self.subject.push_str(s.as_str());
        }
        let before = self.json.len();
        let key = self.property(p, o)?;
        let at = self.keys.iter().position(|k| *k == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        self.values.push((at, before..self.json.len()));
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
            id(self.out, name.as_str(), &self.base)?;
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
        id(self.out, &self.subject, &self.base)?;
        for (i, key) in self.keys.iter().enumerate() {
            self.out.write_all(b", ")?;
            to_json(&mut *self.out, key)?;
            self.out.write_all(b": ")?;
            let mut own = self.values.iter().filter(|(at, _)| *at == i).map(|(_, value)| &self.json[value.clone()]);
            list(self.out, own.next().unwrap_or_default(), own)?;
        }
        self.out.write_all(b"}")?;
        self.subject.clear();
        self.keys.clear();
        self.values.clear();
        self.json.clear();
        Ok(())
    }

    /// Writes a value to `json`, and gives its key.
    fn property(&mut self, p: NamedNodeRef<'_>, o: TermRef<'_>) -> Result<Cow<'static, str>> {
        let (json, base) = (&mut self.json, &self.base);
        if let (true, TermRef::NamedNode(class)) = (p == TYPE, o) {
            vocab(json, class.as_str())?;
            return Ok("@type".into());
        }
        let known = TERMS.by_iri.get(p.as_str());
        let coercion = known.map_or(&Coercion::None, |k| &k.1);
        match o {
            TermRef::NamedNode(iri) => reference(json, iri.as_str(), coercion, base)?,
            TermRef::Literal(value) => literal(json, value, coercion)?,
            _ => return Err(Error::Usage("JSON-LD has no blank nodes and no triple terms here".into())),
        }
        let curie = || curie(p.as_str()).map(|(prefix, local)| format!("{prefix}:{local}"));
        Ok(known.map_or_else(
            || curie().unwrap_or_else(|| p.as_str().to_owned()).into(),
            |(term, _)| Cow::Borrowed(term.as_str()),
        ))
    }
}

/// One value, or several in brackets.
fn list<'j>(out: &mut Out<'_>, first: &[u8], rest: impl Iterator<Item = &'j [u8]>) -> io::Result<()> {
    let mut rest = rest.peekable();
    if rest.peek().is_none() {
        return out.write_all(first);
    }
    out.write_all(b"[")?;
    out.write_all(first)?;
    for value in rest {
        out.write_all(b", ")?;
        out.write_all(value)?;
    }
    out.write_all(b"]")
}

fn reference(json: &mut Vec<u8>, iri: &str, coercion: &Coercion, base: &str) -> Result<()> {
    match coercion {
        Coercion::Id => id(json, iri, base),
        Coercion::Vocab => vocab(json, iri),
        _ => {
            json.extend(b"{\"@id\": ");
            id(json, iri, base)?;
            json.push(b'}');
            Ok(())
        }
    }
}

/// An IRI where JSON-LD expects an id.
fn id(out: &mut impl Write, iri: &str, base: &str) -> Result<()> {
    let relative = if base.is_empty() { None } else { iri.strip_prefix(base) };
    let safe = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.contains(':');
    match relative.filter(safe) {
        Some(relative) => to_json(out, &relative),
        None => short(out, iri),
    }
}

/// An IRI where JSON-LD expects a term of the vocabulary.
fn vocab(out: &mut impl Write, iri: &str) -> Result<()> {
    let local = iri.strip_prefix(ONTOLOGY).filter(|l| is_local(l));
    // A name that the context uses for something else would be taken for that.
    match local.filter(|l| !TERMS.names.contains(*l)) {
        Some(local) => to_json(out, &local),
        None => short(out, iri),
    }
}

/// An IRI with its prefix, or else in full.
fn short(out: &mut impl Write, iri: &str) -> Result<()> {
    match curie(iri) {
        Some((prefix, local)) => Ok(write!(out, "\"{prefix}:{local}\"")?),
        None => to_json(out, &iri),
    }
}

fn is_local(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

/// A prefix and what follows it, which need no quoting in JSON.
fn curie(iri: &str) -> Option<(&'static str, &str)> {
    split(iri).filter(|(_, local)| is_local(local))
}

fn literal(json: &mut Vec<u8>, literal: LiteralRef<'_>, coercion: &Coercion) -> Result<()> {
    let (text, datatype) = (literal.value(), literal.datatype());
    if let Some(language) = literal.language() {
        return match coercion {
            Coercion::Language(l) if l == language => to_json(json, &text),
            _ => value(json, text, "language", |json| to_json(json, &language)),
        };
    }
    match coercion {
        Coercion::Datatype(d) if d == datatype.as_str() && is_native(text, datatype) => {
            json.extend(text.as_bytes());
            Ok(())
        }
        Coercion::Datatype(d) if d == datatype.as_str() => to_json(json, &text),
        Coercion::None if datatype == xsd::STRING => to_json(json, &text),
        _ if datatype == xsd::STRING => {
            json.extend(b"{\"@value\": ");
            to_json(&mut *json, &text)?;
            json.push(b'}');
            Ok(())
        }
        _ => value(json, text, "type", |json| short(json, datatype.as_str())),
    }
}

/// A value with what it is.
fn value(json: &mut Vec<u8>, text: &str, key: &str, of: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
    json.extend(b"{\"@value\": ");
    to_json(&mut *json, &text)?;
    write!(json, ", \"@{key}\": ")?;
    of(json)?;
    json.push(b'}');
    Ok(())
}

/// Whole numbers and truth values are as JSON has them; other numbers stay text, whose digits no reader changes.
fn is_native(text: &str, datatype: NamedNodeRef<'_>) -> bool {
    match datatype {
        INTEGER if text.starts_with(['0', '+']) => text == "0",
        INTEGER => text.parse().is_ok_and(|n: u64| n < 1 << 53),
        BOOLEAN => matches!(text, "true" | "false"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::PREFIXES;
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
