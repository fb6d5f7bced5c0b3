//! What the SPARQL endpoint says of itself when it is called without a query: a SPARQL 1.1 Service Description.

use super::protocol::offers;
use super::{Shared, negotiate, problem, work};
use crate::Error;
use crate::export;
use crate::sparql::Syntax;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use oxrdf::vocab::rdf;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const VOID: &str = "http://rdfs.org/ns/void#";
/// The W3C's names of formats that have one.
const FORMATS: [(&str, &str); 10] = [
    ("json", "SPARQL_Results_JSON"),
    ("xml", "SPARQL_Results_XML"),
    ("csv", "SPARQL_Results_CSV"),
    ("tsv", "SPARQL_Results_TSV"),
    ("turtle", "Turtle"),
    ("ntriples", "N-Triples"),
    ("rdfxml", "RDF_XML"),
    ("jsonld", "JSON-LD"),
    ("trig", "TriG"),
    ("nquads", "N-Quads"),
];

/// The description in the RDF syntax that the client likes best.
pub async fn respond(service: Shared, headers: &HeaderMap, accept: Option<&str>) -> Response {
    let Some(Syntax::Rdf(format)) = negotiate::best(accept, &offers(&Syntax::TRIPLES)) else {
        return problem::of(StatusCode::NOT_ACCEPTABLE, "what the service says of itself is RDF");
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let Ok(endpoint) = NamedNode::new(format!("http://{host}/sparql")) else {
        return problem::of(StatusCode::BAD_REQUEST, format!("{host} is no host"));
    };
    work::answer(service, move |service, page| {
        let triples = triples(endpoint.as_ref(), service.store.len()).into_iter().map(Ok);
        let syntax = format.rdf_syntax().ok_or_else(|| Error::Usage(format!("{format} is not RDF")))?;
        page.fill(|out| export::write_triples(triples, syntax, out))?;
        Ok(HeaderValue::from_static(format.media_type()))
    })
    .await
}

fn triples(endpoint: NamedNodeRef<'_>, quads: usize) -> Vec<Triple> {
    let sd = |name: &str| NamedNode::new_unchecked(format!("{SD}{name}"));
    let void = |name: &str| NamedNode::new_unchecked(format!("{VOID}{name}"));
    let part = |name: &str| NamedNode::new_unchecked(format!("{}#{name}", endpoint.as_str()));
    let (service, dataset, graph) = (endpoint.into_owned(), part("dataset"), part("default-graph"));
    let a = || rdf::TYPE.into_owned();
    let size: Term = Literal::from(i64::try_from(quads).unwrap_or(i64::MAX)).into();
    let mut out = vec![
        Triple::new(service.clone(), a(), sd("Service")),
        Triple::new(service.clone(), sd("endpoint"), service.clone()),
        Triple::new(service.clone(), sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple::new(service.clone(), sd("defaultDataset"), dataset.clone()),
        Triple::new(dataset.clone(), a(), sd("Dataset")),
        Triple::new(dataset.clone(), a(), void("Dataset")),
        Triple::new(dataset.clone(), void("triples"), size),
        Triple::new(dataset, sd("defaultGraph"), graph.clone()),
        Triple::new(graph, a(), sd("Graph")),
    ];
    let format = |name: &str| NamedNode::new_unchecked(format!("http://www.w3.org/ns/formats/{name}"));
    let known = |syntax: &Syntax| FORMATS.iter().find(|(ours, _)| *ours == syntax.name());
    let written = Syntax::ROWS.iter().chain(&Syntax::TRIPLES).filter_map(known);
    out.extend(written.map(|(_, name)| Triple::new(service.clone(), sd("resultFormat"), format(name))));
    out
}
