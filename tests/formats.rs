//! Every export is golden, the same on every run, and read back by a reader that is not ours.
//!
//! `UPDATE_GOLDEN=1 cargo test --test formats` writes the golden files anew; the diff is the review.

mod common;

use common::{NASTY, nasty_graph, nasty_readings};
use newsgraph::KnowledgeGraph;
use newsgraph::export::{self, Format, Options, RdfView};
use newsgraph::graph::{Filter, View};
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfParser};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

fn text(view: &View<'_>, format: Format, options: &Options) -> String {
    let mut out = Vec::new();
    let written = match format.parts() {
        None => export::write(view, format, options, &mut out),
        Some(parts) => parts.iter().try_for_each(|part| {
            writeln!(out, "== {part}")?;
            export::write_part(view, format, part, &mut out)
        }),
    };
    written.unwrap_or_else(|e| panic!("{format}: {e}"));
    String::from_utf8(out).unwrap_or_else(|e| panic!("{format}: {e}"))
}

/// Every format that is text.
fn texts() -> impl Iterator<Item = Format> {
    Format::ALL.iter().copied().filter(|f| *f != Format::Parquet)
}

fn plain(graph: &KnowledgeGraph, format: Format) -> String {
    text(&graph.view(), format, &Options::default())
}

fn rdf(graph: &KnowledgeGraph, format: Format, rdf_view: RdfView) -> String {
    text(&graph.view(), format, &Options { rdf_view, ..Options::default() })
}

fn golden(name: &str, found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/formats").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, found).expect("the golden folder can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let differ = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
    assert!(
        expected == found,
        "{name} differs at line {:?}; if it should, set UPDATE_GOLDEN=1 and review the diff",
        differ.map(|l| l + 1)
    );
}

/// As `assert_eq`, but shows only the first line that differs.
fn same(what: &str, found: &str, expected: &str) {
    let differ = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
    assert!(found == expected, "{what}: {differ:#?}");
}

#[test]
fn every_format_is_golden() {
    let graph = nasty_graph();
    for format in texts() {
        golden(&format!("nasty.{}", format.extensions()[0]), &plain(&graph, format));
    }
    for view in [RdfView::Graphs, RdfView::Rdf12, RdfView::Nanopub] {
        golden(&format!("nasty.{}.trig", view.name()), &rdf(&graph, Format::TriG, view));
    }
    let yed = Options { yed: true, ..Options::default() };
    golden("nasty.yed.graphml", &text(&graph.view(), Format::GraphMl, &yed));
}

#[test]
fn the_order_of_articles_does_not_change_a_byte() {
    let (there, back) = (nasty_graph(), KnowledgeGraph::from_readings(nasty_readings().into_iter().rev()));
    for format in texts() {
        same(format.name(), &plain(&back, format), &plain(&there, format));
    }
}

#[test]
fn names_of_formats_are_unambiguous() {
    let mut seen = BTreeSet::new();
    for &format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(format));
        for extension in format.extensions() {
            assert!(seen.insert(*extension), "{extension}");
            assert_eq!(Format::from_extension(extension), Some(format));
        }
    }
}

fn quads(format: RdfFormat, text: &str) -> BTreeSet<String> {
    let parsed = RdfParser::from_format(format).for_slice(text.as_bytes());
    parsed.map(|q| q.unwrap_or_else(|e| panic!("{format}: {e}")).to_string()).collect()
}

#[test]
fn every_rdf_syntax_says_the_same() {
    let graph = nasty_graph();
    let nq = quads(RdfFormat::NQuads, &plain(&graph, Format::NQuads));
    assert!(nq.len() > 200 && !nq.iter().any(|q| q.contains("_:")), "no blank nodes");
    assert_eq!(nq.len(), plain(&graph, Format::NQuads).lines().count(), "nothing twice");
    let jsonld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    for (format, syntax) in [
        (Format::Turtle, RdfFormat::Turtle),
        (Format::TriG, RdfFormat::TriG),
        (Format::NTriples, RdfFormat::NTriples),
        (Format::JsonLd, jsonld),
    ] {
        assert_eq!(quads(syntax, &plain(&graph, format)), nq, "{format}");
    }
    for view in [RdfView::Graphs, RdfView::Nanopub] {
        let nq = quads(RdfFormat::NQuads, &rdf(&graph, Format::NQuads, view));
        assert_eq!(quads(RdfFormat::TriG, &rdf(&graph, Format::TriG, view)), nq);
        assert_eq!(quads(jsonld, &rdf(&graph, Format::JsonLd, view)), nq);
    }
    // What XML cannot carry is shown otherwise there; the rest is the same.
    assert_eq!(quads(RdfFormat::RdfXml, &plain(&graph, Format::RdfXml)).len(), nq.len());
}

#[test]
fn every_rdf_view_reads_back_to_the_same_graph() {
    let graph = nasty_graph();
    let json = plain(&graph, Format::Json);
    for &view in RdfView::ALL {
        let text = rdf(&graph, Format::TriG, view);
        let back = export::read("graph.trig", text.as_bytes()).unwrap_or_else(|e| panic!("{}: {e}", view.name()));
        same(view.name(), &plain(&back, Format::Json), &json);
    }
    for format in [Format::Turtle, Format::NTriples, Format::JsonLd, Format::Json] {
        let file = format!("graph.{}", format.extensions()[0]);
        let back = export::read(&file, plain(&graph, format).as_bytes()).unwrap_or_else(|e| panic!("{format}: {e}"));
        same(format.name(), &plain(&back, Format::Json), &json);
    }
}

#[test]
fn only_what_may_be_counted_is_a_direct_triple() {
    let text = plain(&nasty_graph(), Format::NTriples);
    let direct = |p: &str| text.contains(&format!("> <https://w3id.org/newsgraph/ontology#{p}> <"));
    assert!(direct("accused") && direct("locatedIn"));
    assert!(!direct("denied"), "a denial that is itself only denied is no fact");
    let attacks = text.lines().filter(|l| l.contains("ontology#attacked> <")).count();
    assert_eq!(attacks, 1, "of a disputed, a negated and two reported attacks only the last, once");
}

/// Attributes by element and key, from an XML reader.
fn xml_elements(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut out = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Eof => return out,
            quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                let attributes = e.attributes().map(|a| {
                    let a = a.expect("an attribute");
                    (
                        String::from_utf8_lossy(a.key.as_ref()).into_owned(),
                        a.unescape_value().expect("a value").into_owned(),
                    )
                });
                out.push((String::from_utf8_lossy(e.name().as_ref()).into_owned(), attributes.collect()));
            }
            _ => {}
        }
    }
}

/// What becomes of text in XML.
fn carried(text: &str) -> String {
    let picture = |c: char| match c {
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        '\t' | '\n' | '\r' => c,
        c if c < ' ' => char::from_u32(0x2400 + c as u32).expect("a control picture"),
        c => c,
    };
    text.chars().map(picture).collect()
}

#[test]
fn xml_formats_have_every_node_and_edge() {
    let graph = nasty_graph();
    for format in [Format::GraphMl, Format::Gexf] {
        let text = plain(&graph, format);
        assert!(!text.contains(|c: char| c < ' ' && !"\t\n\r".contains(c)), "{format} has a control character");
        let elements = xml_elements(&text);
        let named = |name: &str| elements.iter().filter(|(n, _)| n == name).count();
        assert_eq!((named("node"), named("edge")), (graph.entity_count(), graph.statement_count()), "{format}");
        let edges: BTreeSet<&str> =
            elements.iter().filter(|(n, _)| n == "edge").map(|(_, a)| a["id"].as_str()).collect();
        assert_eq!(edges.len(), graph.statement_count(), "parallel edges stay apart");
    }
    let gexf = xml_elements(&plain(&graph, Format::Gexf));
    assert!(gexf.iter().any(|(n, a)| n == "node" && a["label"] == carried(NASTY)));
    assert_eq!(gexf.iter().filter(|(n, _)| n == "spell").count(), 3);
    let long = gexf.iter().filter(|(n, a)| n == "node" && a["label"].chars().count() == 10_000).count();
    assert_eq!(long, 1);
}

#[test]
fn graphml_keys_are_readable_and_unique() {
    let elements = xml_elements(&plain(&nasty_graph(), Format::GraphMl));
    let keys: Vec<&BTreeMap<String, String>> = elements.iter().filter(|(n, _)| n == "key").map(|(_, a)| a).collect();
    let ids: BTreeSet<&str> = keys.iter().map(|k| k["id"].as_str()).collect();
    assert_eq!(ids.len(), keys.len());
    for key in keys {
        assert!(["node", "edge"].contains(&key["for"].as_str()));
        assert!(["boolean", "int", "long", "float", "double", "string"].contains(&key["attr.type"].as_str()));
        assert!(key["id"].ends_with(key["attr.name"].as_str()));
    }
}

#[test]
fn filters_hold_in_every_format() {
    let graph = nasty_graph();
    let filter = Filter { predicates: vec!["locatedIn".into()], ..Filter::default() };
    let view = View::new(&graph, &filter).expect("a good filter");
    for format in texts() {
        let text = text(&view, format, &Options::default());
        let located = matches!(format, Format::Events | Format::Plover | Format::GeoJson) || text.contains("Barda");
        assert!(located && !text.contains("accused\""), "{format}");
    }
    let collapse = View::new(&graph, &Filter { collapse: true, ..Filter::default() }).expect("a good filter");
    assert!(export::write(&collapse, Format::Turtle, &Options::default(), &mut Vec::new()).is_err());
    let elements = xml_elements(&text(&collapse, Format::Gexf, &Options::default()));
    assert!(elements.iter().any(|(n, a)| n == "edge" && a["weight"] == "4"));
}

#[test]
fn a_part_of_the_graph_is_the_same_part_in_every_format() {
    let graph = nasty_graph();
    let near = Filter { focus: vec!["Barda".into()], hops: 1, ..Filter::default() };
    for filter in [Filter { top: Some(2), ..Filter::default() }, near] {
        let view = View::new(&graph, &filter).expect("a good filter");
        for format in texts() {
            let text = text(&view, format, &Options::default());
            assert!(!text.contains("gunmen"), "{format} shows who is not near");
            assert!(text.contains("-44-03-15") || text.contains("0044-03-15") || format == Format::GeoJson, "{format}");
        }
    }
}

#[test]
fn a_picture_of_a_part_draws_what_is_the_same_once() {
    let graph = nasty_graph();
    let view = View::new(&graph, &Filter { top: Some(2), ..Filter::default() }).expect("a good filter");
    let part = text(&view, Format::Dot, &Options::default());
    let attacks = |dot: &str| dot.matches("-> \"place/barda\"").count();
    assert!(part.contains("label=\"attacked ×2\"") && part.contains("label=\"not attacked\""), "{part}");
    assert_eq!((attacks(&part), attacks(&plain(&graph, Format::Dot))), (3, 4));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_has_every_row_with_its_types() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Row, RowAccessor};
    let graph = nasty_graph();
    let rows = |part: &str| -> Vec<Row> {
        let mut file = tempfile::tempfile().expect("a temporary file");
        export::write_part(&graph.view(), Format::Parquet, part, &mut file).expect("writing to a file");
        let reader = SerializedFileReader::new(file).expect("a Parquet file");
        reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect()
    };
    let nodes = rows("nodes.parquet");
    assert_eq!(nodes.len(), graph.entity_count());
    let azerbaijan =
        nodes.iter().find(|r| r.get_string(0).is_ok_and(|id| id == "state/azerbaijan")).expect("the state");
    let column = |name: &str| azerbaijan.get_column_iter().position(|(n, _)| n == name).expect("a column");
    assert_eq!(azerbaijan.get_long(column("mentions")).ok(), Some(35));
    assert_eq!(azerbaijan.get_double(column("lat")).ok(), Some(40.4));
    assert_eq!(azerbaijan.get_list(column("aliases")).map(|l| l.len()).ok(), Some(4));
    assert!(nodes.iter().any(|r| r.get_string(1).is_ok_and(|label| label == NASTY)), "NUL and all");
    assert_eq!(rows("edges.parquet").len(), graph.statement_count());
    assert_eq!(rows("evidence.parquet").len(), graph.view().edges().iter().map(|e| e.evidence.len()).sum::<usize>());
}

#[test]
fn json_formats_are_json_with_every_node_and_edge() {
    let graph = nasty_graph();
    let value = |format| serde_json::from_str::<serde_json::Value>(&plain(&graph, format)).expect("JSON");
    let json = value(Format::Json);
    let ids = |list: &serde_json::Value, get: fn(&serde_json::Value) -> &serde_json::Value| {
        list.as_array()
            .expect("a list")
            .iter()
            .map(|n| get(n).as_str().expect("an id").to_owned())
            .collect::<BTreeSet<_>>()
    };
    let nodes = ids(&json["nodes"], |n| &n["id"]);
    assert_eq!(nodes.len(), graph.entity_count());
    let cytoscape = value(Format::Cytoscape);
    assert_eq!(ids(&cytoscape["elements"]["nodes"], |n| &n["data"]["id"]), nodes);
    let edges = ids(&cytoscape["elements"]["edges"], |e| &e["data"]["id"]);
    assert_eq!(edges, ids(&json["edges"], |e| &e["key"]));
    let cx2 = value(Format::Cx2);
    assert_eq!(ids(&cx2[4]["nodes"], |n| &n["v"]["represents"]), nodes);
    assert_eq!(ids(&cx2[5]["edges"], |e| &e["v"]["represents"]), edges);
    assert!(value(Format::GeoJson)["features"].as_array().is_some_and(|f| f.len() == 1));
}

fn rows(csv: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(csv.as_bytes()).records().map(|r| r.expect("a row as long as the header")).collect()
}

fn part(view: &View<'_>, format: Format, part: &str) -> String {
    let mut out = Vec::new();
    export::write_part(view, format, part, &mut out).expect("writing to memory");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn csv_pairs_have_every_node_and_edge() {
    let graph = nasty_graph();
    let view = graph.view();
    for format in [Format::Csv, Format::Neo4j] {
        let nodes = rows(&part(&view, format, "nodes.csv"));
        let ids: BTreeSet<&str> = nodes.iter().map(|r| &r[0]).collect();
        assert_eq!(ids.len(), graph.entity_count());
        let edges = rows(&part(&view, format, "edges.csv"));
        assert_eq!(edges.len(), graph.statement_count());
        assert!(edges.iter().all(|r| ids.contains(&r[0]) && ids.contains(&r[1])), "{format}");
    }
}

#[test]
fn the_event_table_counts_only_what_happened() {
    let graph = nasty_graph();
    let table = rows(&plain(&graph, Format::Events));
    // Of eight statements two attacks and the accusation are events that are neither disputed nor negated.
    assert_eq!(table.len(), 3);
    let ides = table.iter().find(|r| &r[1] == "-00440315").expect("the ides");
    assert_eq!((&ides[2], &ides[6], &ides[11]), ("-0044-03-15", "AZEGOV", ""));
    assert_eq!(plain(&graph, Format::Plover).lines().count(), 3);
}

#[test]
fn no_text_breaks_out_of_a_script() {
    let graph = nasty_graph();
    // Outside of strings nothing of the nasty text is left: neither its semicolon nor its braces.
    for (format, bare) in [(Format::Cypher, "${y}"), (Format::Dot, "${y}")] {
        let text = plain(&graph, format);
        let (mut outside, mut quoted, mut escaped) = (String::new(), false, false);
        for c in text.chars() {
            match (quoted, escaped, c) {
                (_, true, _) => escaped = false,
                (true, _, '\\') => escaped = true,
                (_, _, '"') => quoted = !quoted,
                (false, _, c) => outside.push(c),
                _ => {}
            }
        }
        assert!(!quoted && !outside.contains(bare) && text.contains(bare), "{format}");
    }
}
