//! The page that describes the ontology, made from its Turtle: one file, no script, nothing fetched.

use indexmap::IndexMap;
use oxrdf::{NamedOrBlankNode, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::fmt::Write;

const NG: &str = "https://w3id.org/newsgraph/ontology#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The newsgraph ontology</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
nav { columns: 12rem; margin: 1rem 0 2rem; font-size: .9rem; }
nav a { display: block; }
h2 { border-bottom: 1px solid #8886; margin-top: 3rem; }
article { margin: 1.6rem 0; }
h3 { margin: 0; }
h3 small { font-weight: normal; opacity: .7; }
p { margin: .2rem 0; }
.example { font-style: italic; opacity: .85; }
dl { display: grid; grid-template-columns: 8rem 1fr; margin: .3rem 0; font-size: .9rem; }
dt { opacity: .7; }
dd { margin: 0; }
:target { background: #fc06; }
</style>
</head>
<body>
"#;

/// What is said of each resource, in the order of the file.
struct Ontology {
    facts: IndexMap<String, IndexMap<String, Vec<Term>>>,
    prefixes: Vec<(String, String)>,
}

/// Whether a term stands in a section.
type Belongs<'a> = &'a dyn Fn(&str) -> bool;

/// The page for an ontology in Turtle.
pub fn page(turtle: &str) -> String {
    let ontology = Ontology::parse(turtle);
    let mut out = HEAD.to_owned();
    ontology.introduction(&mut out);
    let sections: [(&str, Belongs); 4] = [
        ("Classes", &|s| ontology.is_a(s, "Class")),
        ("Predicates", &|s| ontology.is_predicate(s)),
        ("Properties", &|s| ontology.is_property(s)),
        ("Statuses and stances", &|s| ontology.is_a(s, "Concept")),
    ];
    for (heading, belongs) in sections {
        let terms: Vec<&str> = ontology.terms().filter(|s| belongs(s)).collect();
        let _ = writeln!(out, "<section>\n<h2>{heading}</h2>\n<nav>");
        for term in &terms {
            let _ = writeln!(out, "<a href=\"#{0}\">{0}</a>", &term[NG.len()..]);
        }
        out.push_str("</nav>\n");
        terms.iter().for_each(|t| ontology.term(t, &mut out));
        out.push_str("</section>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

impl Ontology {
    fn parse(turtle: &str) -> Ontology {
        let mut facts: IndexMap<String, IndexMap<String, Vec<Term>>> = IndexMap::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
            let quad = quad.expect("the ontology is Turtle");
            let subject = match quad.subject {
                NamedOrBlankNode::NamedNode(n) => n.into_string(),
                NamedOrBlankNode::BlankNode(b) => b.to_string(),
            };
            facts.entry(subject).or_default().entry(quad.predicate.into_string()).or_default().push(quad.object);
        }
        let prefix = |line: &str| {
            let (name, iri) = line.strip_prefix("@prefix ")?.split_once(": <")?;
            Some((name.to_owned(), iri.split('>').next()?.to_owned()))
        };
        Ontology { facts, prefixes: turtle.lines().filter_map(prefix).collect() }
    }

    fn values<'a>(&'a self, subject: &str, namespace: &str, name: &str) -> impl Iterator<Item = &'a Term> {
        let property = format!("{namespace}{name}");
        self.facts.get(subject).and_then(|f| f.get(&property)).into_iter().flatten()
    }

    fn text(&self, subject: &str, namespace: &str, name: &str) -> Option<String> {
        self.values(subject, namespace, name).next().map(|t| escaped(&key(t)))
    }

    fn terms(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str).filter(|s| s.starts_with(NG))
    }

    fn is_a(&self, subject: &str, class: &str) -> bool {
        self.values(subject, RDF, "type").any(|t| key(t).rsplit('#').next() == Some(class))
    }

    fn is_predicate(&self, subject: &str) -> bool {
        self.values(subject, RDFS, "subPropertyOf").any(|t| key(t) == format!("{NG}predicates"))
    }

    /// An inverse is described where its predicate is.
    fn is_property(&self, subject: &str) -> bool {
        let property = ["ObjectProperty", "DatatypeProperty", "Property"].iter().any(|c| self.is_a(subject, c));
        property && !self.is_predicate(subject) && self.values(subject, OWL, "inverseOf").next().is_none()
    }

    fn introduction(&self, out: &mut String) {
        let ontology = NG.trim_end_matches('#');
        let own = |name: &str| self.text(ontology, "http://purl.org/dc/terms/", name).unwrap_or_default();
        let version = self.text(ontology, OWL, "versionInfo").unwrap_or_default();
        let _ = writeln!(out, "<h1>{}</h1>\n<p>{}</p>", own("title"), own("description"));
        let _ = writeln!(
            out,
            "<p>Namespace <code>{NG}</code>, version {version}, licence <a href=\"{0}\">{0}</a>.",
            own("license")
        );
        out.push_str("<code>newsgraph ontology</code> prints it as Turtle; <code>codes</code>, <code>shapes</code>, <code>context</code>, ");
        out.push_str("<code>graph-schema</code> and <code>reading-schema</code> print what belongs to it.</p>\n");
    }

    fn term(&self, subject: &str, out: &mut String) {
        let name = &subject[NG.len()..];
        let label = self.text(subject, RDFS, "label").unwrap_or_default();
        let _ = writeln!(out, "<article id=\"{name}\">\n<h3>{name} <small>{label}</small></h3>");
        if let Some(definition) = self.text(subject, SKOS, "definition") {
            let _ = writeln!(out, "<p>{definition}</p>");
        }
        for example in self.values(subject, SKOS, "example") {
            let _ = writeln!(out, "<p class=\"example\">{}</p>", escaped(&key(example)));
        }
        let rows = self.rows(subject);
        if !rows.is_empty() {
            let _ = writeln!(out, "<dl>\n{rows}</dl>");
        }
        out.push_str("</article>\n");
    }

    fn rows(&self, subject: &str) -> String {
        let mut rows = String::new();
        let mut row = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                let _ = writeln!(rows, "<dt>{name}</dt><dd>{}</dd>", values.join(", "));
            }
        };
        for (heading, namespace, name) in [
            ("is a", RDFS, "subClassOf"),
            ("one of", OWL, "unionOf"),
            ("narrower than", RDFS, "subPropertyOf"),
            ("from", RDFS, "domain"),
            ("to", RDFS, "range"),
            ("in", SKOS, "inScheme"),
            ("same as", SKOS, "exactMatch"),
            ("close to", SKOS, "closeMatch"),
            ("part of", SKOS, "broadMatch"),
            ("related to", SKOS, "relatedMatch"),
        ] {
            row(heading, self.values(subject, namespace, name).map(|t| self.linked(t)).collect());
        }
        let is_inverse = |s: &&str| self.values(s, OWL, "inverseOf").any(|t| key(t) == subject);
        row(
            "inverse",
            self.terms().filter(is_inverse).map(|s| format!("<a id=\"{0}\">{0}</a>", &s[NG.len()..])).collect(),
        );
        row("symmetric", self.is_a(subject, "SymmetricProperty").then(|| "yes".to_owned()).into_iter().collect());
        rows
    }

    /// A term as a link; of a union, each of its members; of a list likewise.
    fn linked(&self, term: &Term) -> String {
        let iri = key(term);
        if let Term::BlankNode(_) = term {
            let union = self.values(&iri, OWL, "unionOf").next().map(|list| self.linked(list));
            return union.unwrap_or_else(|| self.members(&iri).join(" or "));
        }
        let shown = match iri.strip_prefix(NG) {
            Some(local) => return format!("<a href=\"#{local}\">{local}</a>"),
            None => self.short(&iri),
        };
        format!("<a href=\"{}\">{shown}</a>", escaped(&iri))
    }

    fn members(&self, list: &str) -> Vec<String> {
        let first = self.values(list, RDF, "first").map(|t| self.linked(t));
        let rest = self.values(list, RDF, "rest").flat_map(|t| self.members(&key(t)));
        first.chain(rest).collect()
    }

    fn short(&self, iri: &str) -> String {
        let prefixed = |(name, space): &(String, String)| Some(format!("{name}:{}", iri.strip_prefix(space.as_str())?));
        escaped(&self.prefixes.iter().find_map(prefixed).unwrap_or_else(|| iri.to_owned()))
    }
}

fn key(term: &Term) -> String {
    match term {
        Term::NamedNode(n) => n.as_str().to_owned(),
        Term::Literal(l) => l.value().to_owned(),
        other => other.to_string(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
