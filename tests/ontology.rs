//! `ontology/` and the code name the same terms: the predicates in `newsgraph.ttl` and all of `codes.ttl` follow from the
//! tables, and every term of ours that an export uses is declared.
//!
//! `UPDATE_GOLDEN=1 cargo test --test ontology` writes the two files, `ontology/README.md` and
//! `ontology/index.html` anew.

mod common;
mod page;

use newsgraph::Ontology;
use newsgraph::export::{self, Format, Options, RdfView};
use newsgraph::ontology::{Codebook, PredicateInfo};
use newsgraph::vocab::EntityType;
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use std::fmt::Write;

const NG: &str = "https://w3id.org/newsgraph/ontology#";
const BEGIN: &str = "# BEGIN predicates\n";
const END: &str = "# END predicates\n";

fn path(file: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology").join(file)
}

fn file(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_default()
}

fn golden(name: &str, expected: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path(name), expected).expect("the ontology folder can be written");
    }
    assert!(
        file(name) == expected,
        "ontology/{name} is not what the tables say; set UPDATE_GOLDEN=1 and review the diff"
    );
}

fn literal(text: &str) -> String {
    format!("\"{}\"@en", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn class(types: &[EntityType]) -> String {
    let actors: Vec<EntityType> = EntityType::ALL.iter().copied().filter(|t| t.is_actor()).collect();
    let names: Vec<String> = if actors.iter().all(|a| types.contains(a)) {
        let rest = types.iter().filter(|t| !t.is_actor()).map(|t| format!("ng:{t}"));
        ["ng:Actor".to_owned()].into_iter().chain(rest).collect()
    } else {
        types.iter().map(|t| format!("ng:{t}")).collect()
    };
    match &names[..] {
        [one] => one.clone(),
        many => format!("[ a owl:Class ; owl:unionOf ( {} ) ]", many.join(" ")),
    }
}

fn predicate(p: &PredicateInfo) -> String {
    let kinds = if p.symmetric { "owl:ObjectProperty, owl:SymmetricProperty" } else { "owl:ObjectProperty" };
    let mut out = format!("\nng:{} a {kinds} ;\n    rdfs:subPropertyOf ng:predicates ;\n", p.name);
    let _ = writeln!(out, "    rdfs:label {} ;\n    skos:definition {} ;", literal(&p.label), literal(&p.definition));
    let reads = format!("{} ({} → {})", p.example, p.reads.0, p.reads.1);
    let _ = write!(
        out,
        "    skos:example {} ;\n    rdfs:domain {} ;\n    rdfs:range {}",
        literal(&reads),
        class(&p.domain),
        class(&p.range)
    );
    for (scheme, code) in [("cameo", &p.cameo), ("plover", &p.plover)] {
        if let Some(code) = code {
            let _ = write!(out, " ;\n    skos:closeMatch {scheme}:{code}");
        }
    }
    out.push_str(" .\n");
    if let Some(inverse) = &p.inverse {
        let _ = write!(out, "\nng:{inverse} a owl:ObjectProperty ;\n    owl:inverseOf ng:{} ;\n    ", p.name);
        let _ = writeln!(out, "rdfs:label {} .", literal(&format!("inverse of {}", p.label)));
    }
    out
}

#[test]
fn the_ontology_has_every_predicate() {
    let text = file("newsgraph.ttl");
    let (before, rest) = text.split_once(BEGIN).expect("the mark where predicates begin");
    let (_, after) = rest.split_once(END).expect("the mark where they end");
    let predicates: String = Ontology::builtin().predicates().map(predicate).collect();
    golden("newsgraph.ttl", &format!("{before}{BEGIN}{predicates}\n{END}{after}"));
}

const CODES: &str =
    "# CAMEO and PLOVER as SKOS, written from ontology/cameo.tsv by `UPDATE_GOLDEN=1 cargo test --test ontology`.
@prefix cameo: <https://w3id.org/newsgraph/cameo/1.1b3/> .
@prefix plover: <https://w3id.org/newsgraph/plover/0.8/> .
@prefix ng: <https://w3id.org/newsgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/newsgraph/cameo/1.1b3/> a skos:ConceptScheme ;
    skos:prefLabel \"CAMEO event codes\"@en ;
    owl:versionInfo \"1.1b3\" .

<https://w3id.org/newsgraph/plover/0.8/> a skos:ConceptScheme ;
    skos:prefLabel \"PLOVER event types\"@en ;
    owl:versionInfo \"draft 0.8, 2021-09-17\" .

ng:goldstein a owl:DatatypeProperty ;
    skos:definition \"The Goldstein scale of an event code, from -10, most hostile, to 10, most friendly.\"@en .
";

#[test]
fn the_codes_follow_from_the_table() {
    let codes = Codebook::builtin();
    let mut out = CODES.to_owned();
    for t in codes.plover_types() {
        let _ = write!(
            out,
            "\nplover:{t} a skos:Concept ;\n    skos:inScheme <https://w3id.org/newsgraph/plover/0.8/> ;\n"
        );
        let _ = writeln!(out, "    skos:notation \"{t}\" ;\n    skos:prefLabel {} .", literal(&t.to_lowercase()));
    }
    for c in codes.codes() {
        let _ = write!(
            out,
            "\ncameo:{} a skos:Concept ;\n    skos:inScheme <https://w3id.org/newsgraph/cameo/1.1b3/> ;\n",
            c.code
        );
        let _ = write!(out, "    skos:notation \"{}\" ;\n    skos:prefLabel {} ;\n", c.code, literal(&c.name));
        let broader = (2..c.code.len()).rev().map(|n| &c.code[..n]).find(|b| codes.get(b).is_some());
        if let Some(broader) = broader {
            let _ = writeln!(out, "    skos:broader cameo:{broader} ;");
        }
        if let Some(plover) = &c.plover {
            let _ = writeln!(out, "    skos:broadMatch plover:{plover} ;");
        }
        let _ = writeln!(out, "    ng:goldstein \"{:.1}\"^^xsd:decimal .", c.goldstein);
    }
    golden("codes.ttl", &out);
}

/// IRIs of our ontology that are declared with a type.
fn declared() -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for name in ["newsgraph.ttl", "codes.ttl"] {
        let text = file(name);
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()) {
            let quad = quad.unwrap_or_else(|e| panic!("{name}: {e}"));
            if quad.predicate.as_str().ends_with("#type") {
                out.extend(
                    quad.subject.to_string().strip_prefix('<').and_then(|s| s.strip_suffix('>')).map(str::to_owned),
                );
            }
        }
    }
    out
}

#[test]
fn every_term_that_is_written_is_declared() {
    let (graph, declared) = (common::nasty_graph(), declared());
    for &rdf_view in RdfView::ALL {
        let mut text = Vec::new();
        let options = Options { rdf_view, ..Options::default() };
        export::write(&graph.view(), Format::NQuads, &options, &mut text).expect("writing to memory");
        let text = String::from_utf8(text).expect("UTF-8");
        for part in text.split('<').filter_map(|p| Some(p.split_once('>')?.0)).filter(|iri| iri.starts_with(NG)) {
            assert!(declared.contains(part) || part.contains('%'), "{part} is not declared");
        }
    }
}

#[test]
fn the_shapes_are_turtle() {
    let text = file("shapes.ttl");
    assert!(RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()).all(|q| q.is_ok()));
}

#[test]
fn the_schemas_list_every_field() {
    let mut out = Vec::new();
    export::write(&common::nasty_graph().view(), Format::Json, &Options::default(), &mut out)
        .expect("writing to memory");
    let graph: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    for name in ["graph.schema.json", "reading.schema.json"] {
        let schema: serde_json::Value = serde_json::from_str(&file(name)).expect("JSON");
        let known = |definition: &str, field: &str| schema["$defs"][definition]["properties"].get(field).is_some();
        let extra = ["seenIn", "profiles", "variants"];
        for (list, definition) in
            [(&graph["nodes"], "entity"), (&graph["edges"], "statement"), (&graph["graph"]["articles"], "article")]
        {
            for field in list.as_array().into_iter().flatten().filter_map(|n| n.as_object()).flat_map(|o| o.keys()) {
                assert!(
                    known(definition, field) || extra.contains(&field.as_str()),
                    "{name}: {definition} has no {field}"
                );
            }
        }
    }
}

#[test]
fn the_page_describes_every_predicate() {
    let mut page = "# The ontology\n\nWritten from `predicates.toml` by `UPDATE_GOLDEN=1 cargo test --test ontology`. \
        The files here: `newsgraph.ttl` (OWL), `codes.ttl` (CAMEO and PLOVER in SKOS), `shapes.ttl` (SHACL), `context.jsonld`, \
        `graph.schema.json` and `reading.schema.json` (JSON Schema), `cameo.tsv` and `actor-roles.tsv` (the tables behind the codes), `index.html` (a page that describes every term).\n\n\
        | predicate | says | subject | object | CAMEO | PLOVER | example |\n|---|---|---|---|---|---|---|\n"
        .to_owned();
    let types = |types: &[EntityType]| types.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ");
    for p in Ontology::builtin().predicates() {
        let code = |c: &Option<String>| c.clone().unwrap_or_else(|| "–".to_owned());
        let symmetric = if p.symmetric { " (symmetric)" } else { "" };
        let _ = writeln!(
            page,
            "| `{}`{symmetric} | {} | {} | {} | {} | {} | {} |",
            p.name,
            p.definition,
            types(&p.domain),
            types(&p.range),
            code(&p.cameo),
            code(&p.plover),
            p.example
        );
    }
    golden("README.md", &page);
}

#[test]
fn the_web_page_describes_every_term() {
    let page = page::page(&file("newsgraph.ttl"));
    let schemes = ["newsgraph", "statuses", "stances", "predicates"];
    for term in declared().iter().filter_map(|iri| iri.strip_prefix(NG)).filter(|t| !schemes.contains(t)) {
        let known = page.contains(&format!("id=\"{term}\"")) || term == "goldstein";
        assert!(known, "the page has nothing on {term}");
    }
    golden("index.html", &page);
}
