//! Queries of every form, and what is refused, on a graph made by hand.

use super::*;
use crate::KnowledgeGraph;
use crate::export::{Format, RdfView};

/// Two states, a town, an attack that is disputed and a condemnation.
const GRAPH: &str = include_str!("../../tests/questions/graph.json");

fn store(options: &Options) -> Store {
    let graph: KnowledgeGraph = crate::graph::read_json("graph.json", GRAPH.as_bytes()).unwrap();
    Store::of(&graph.view(), options).unwrap()
}

fn ask_as(text: &str, syntax: Syntax) -> Result<String> {
    let mut out = Vec::new();
    store(&Options::default()).ask(&Question::new(text))?.write(syntax, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn error(text: &str) -> String {
    ask_as(text, Syntax::Table).unwrap_err().to_string()
}

#[test]
fn the_store_holds_what_turtle_says() {
    let graph = crate::graph::read_json("graph.json", GRAPH.as_bytes()).unwrap();
    for rdf_view in RdfView::ALL.iter().copied() {
        let options = Options { rdf_view, ..Options::default() };
        let mut quads = Vec::new();
        export::write(&graph.view(), Format::NQuads, &options, &mut quads).unwrap();
        assert_eq!(store(&options).len(), String::from_utf8(quads).unwrap().lines().count(), "{rdf_view:?}");
    }
}

#[test]
fn a_select_gives_rows_in_every_format() {
    let query = "SELECT ?who ?day { ?s rdf:predicate ng:attacked; rdf:object <place/dorna>; rdf:subject ?who;
                 sem:hasBeginTimeStamp ?day } ORDER BY ?who";
    let table = "who                          day\n\
                 ───────────────────────────  ──────────\n\
                 <organization/almoran-army>  2031-05-03\n\
                 <organization/bresk-army>    2031-05-03\n\
                 2 rows\n";
    assert_eq!(ask_as(query, Syntax::Table).unwrap(), table);
    let csv = ask_as(query, Syntax::Csv).unwrap();
    assert_eq!(csv.lines().nth(2), Some("https://w3id.org/newsgraph/data/organization/bresk-army,2031-05-03"));
    let tsv = ask_as(query, Syntax::Tsv).unwrap();
    assert!(tsv.contains("\"2031-05-03\"^^<http://www.w3.org/2001/XMLSchema#date>"), "{tsv}");
    let json: serde_json::Value = serde_json::from_str(&ask_as(query, Syntax::Json).unwrap()).unwrap();
    assert_eq!(json["results"]["bindings"].as_array().map(Vec::len), Some(2));
    let xml = ask_as(query, Syntax::Xml).unwrap();
    assert!(xml.contains("<variable name=\"who\"/>") && xml.contains("bresk-army"), "{xml}");
}

#[test]
fn numbers_stand_right_and_what_is_unbound_stays_empty() {
    let query = "SELECT ?n ?x { VALUES (?n ?x) { (7 UNDEF) (1234 ng:attacked) } } ORDER BY ?n";
    assert_eq!(ask_as(query, Syntax::Table).unwrap(), "n     x\n────  ───────────\n   7\n1234  ng:attacked\n2 rows\n");
}

#[test]
fn an_ask_says_yes_or_no() {
    assert_eq!(
        ask_as("ASK { <state/norland> ng:condemned <organization/bresk-army> }", Syntax::Table).unwrap(),
        "yes\n"
    );
    assert_eq!(ask_as("ASK { <state/norland> ng:attacked ?x }", Syntax::Table).unwrap(), "no\n");
    assert_eq!(ask_as("ASK { ?s ?p ?o }", Syntax::Json).unwrap(), "{\"head\":{},\"boolean\":true}");
}

#[test]
fn a_construct_and_a_describe_give_graphs() {
    let query = "CONSTRUCT { ?a ng:attacked ?b } { ?s rdf:subject ?a; rdf:predicate ng:attacked; rdf:object ?b }";
    let turtle = ask_as(query, Syntax::Rdf(Format::Turtle)).unwrap();
    assert!(turtle.starts_with("@prefix ") && turtle.contains("ng:attacked"), "{turtle}");
    let triples = ask_as("DESCRIBE <state/norland>", Syntax::Rdf(Format::NTriples)).unwrap();
    assert!(triples.contains("\"Norland\"@en") && triples.lines().all(|l| l.contains("/state/norland>")), "{triples}");
    for syntax in Syntax::TRIPLES {
        assert!(!ask_as(query, syntax).unwrap().is_empty(), "{syntax}");
    }
}

#[test]
fn an_answer_is_not_written_as_what_it_is_not() {
    let refused = |text, syntax| ask_as(text, syntax).unwrap_err().to_string();
    assert_eq!(
        refused("DESCRIBE ng:x", Syntax::Csv),
        "CONSTRUCT and DESCRIBE give a graph, which cannot be written as csv; \
         there are turtle, ntriples, rdfxml, jsonld, trig, nquads"
    );
    let rows = refused("ASK {}", Syntax::Rdf(Format::Turtle));
    assert_eq!(
        rows,
        "SELECT and ASK give rows, which cannot be written as turtle; there are table, json, xml, csv, tsv"
    );
}

#[test]
fn a_query_may_declare_our_prefixes_anew() {
    let query = "PREFIX ng: <http://example.org/> ASK { FILTER (ng:x = <http://example.org/x>) }";
    assert_eq!(ask_as(query, Syntax::Table).unwrap(), "yes\n");
}

#[test]
fn an_error_shows_the_place() {
    let shown = error("SELECT ?x WHERE {\n\t?x ng:attacked }");
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("the query: line 2, column 17: expected "), "{shown}");
    assert!(lines[0].len() < 200, "{shown}");
    assert_eq!(lines[1..], ["  \t?x ng:attacked }", "  \t               ^"]);
    let file = Question { name: "who.rq".into(), ..Question::new("SELECT") };
    let shown = store(&Options::default()).ask(&file).err().unwrap().to_string();
    assert!(shown.starts_with("who.rq: line 1, column 7: the query ends where more is expected"), "{shown}");
}

#[test]
fn what_is_not_a_read_here_is_refused() {
    let update = "PREFIX x: <http://x/>\nINSERT DATA { x:a x:b x:c }";
    assert_eq!(
        error(update),
        "the query: line 2, column 1: this changes the graph, which is only read; \
         ask with SELECT, ASK, CONSTRUCT or DESCRIBE\n  INSERT DATA { x:a x:b x:c }\n  ^"
    );
    for silent in ["", "SILENT "] {
        let shown = error(&format!("SELECT * {{ service {silent}<http://x/> {{ ?s ?p ?o }} }}"));
        assert!(
            shown.starts_with("the query: line 1, column 12: nothing is asked elsewhere; leave out SERVICE"),
            "{shown}"
        );
    }
    for empty in ["", " \n", "# nothing", "PREFIX a: <http://a/>"] {
        assert!(error(empty).starts_with("the query is empty"), "{empty:?}");
    }
}

#[test]
fn a_wrong_beginning_and_an_unknown_prefix_are_named() {
    let shown = error("\nSELCT ?x { ?x a ng:Place }");
    assert!(shown.starts_with("the query: line 2, column 1: a query begins with SELECT, ASK,"), "{shown}");
    let shown = error("ASK { ?x foo:bar ?y }");
    assert!(shown.contains("this prefix is not known; declare it with PREFIX, or use one of ng, cameo,"), "{shown}");
}

fn timed(text: &str, time: Duration) -> Result<()> {
    let question = Question { time: Some(time), ..Question::new(text) };
    store(&Options::default()).ask(&question)?.write(Syntax::Csv, &mut Vec::new())
}

#[test]
fn time_is_up_when_it_is_up() {
    let started = std::time::Instant::now();
    let product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (STRLEN(CONCAT(STR(?c), STR(?f))) > 3) }";
    let error = timed(product, Duration::from_millis(50)).unwrap_err();
    assert!(matches!(error, Error::Limit(_)), "{error}");
    assert_eq!(
        error.to_string(),
        "the query took longer than 0.05 s and was stopped; ask for less, or give it more time"
    );
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_could_not_be_stopped_is_not_begun() {
    let long = Duration::from_secs(60);
    let products = [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "ASK { { ?a ?b ?c . ?d ?e ?f } { ?g ng:attacked* ?i } }",
    ];
    for product in products {
        let error = timed(product, long).unwrap_err().to_string();
        assert!(error.starts_with("the query multiplies three patterns or more"), "{product}: {error}");
    }
    let fine = [
        "ASK { ?a ng:attacked ?b . ?b rdfs:label ?c . ?d ng:claimedBy ?a . ?d ng:weapon ?e }",
        "ASK { <a> rdfs:label ?a . <b> rdfs:label ?b . <c> rdfs:label ?c . <d> rdfs:label ?d }",
        "SELECT * { VALUES ?x { 1 2 } VALUES ?y { 3 4 } VALUES ?z { 5 6 } ?s ng:attacked ?o }",
    ];
    for query in fine {
        timed(query, long).unwrap();
    }
}

#[test]
fn the_protocol_can_choose_the_graphs() {
    let store = store(&Options { rdf_view: RdfView::Graphs, ..Options::default() });
    let ask = |default: &[&str], text: &str| {
        let default_graphs = default.iter().map(|g| (*g).to_owned()).collect();
        let question = Question { default_graphs, ..Question::new(text) };
        let mut out = Vec::new();
        store.ask(&question)?.write(Syntax::Table, &mut out)?;
        Ok::<_, Error>(String::from_utf8(out).unwrap())
    };
    let withdrew = "ASK { ?s ng:withdrew ?o }";
    assert_eq!(ask(&[], withdrew).unwrap(), "no\n");
    assert_eq!(ask(&["https://w3id.org/newsgraph/data/graph/bresk-agency"], withdrew).unwrap(), "yes\n");
    assert_eq!(ask(&["https://w3id.org/newsgraph/data/graph/almora-daily"], withdrew).unwrap(), "no\n");
    assert!(ask(&["no iri"], withdrew).unwrap_err().to_string().starts_with("no iri names no graph"));
}
