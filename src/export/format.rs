//! The formats that can be written: their names, file extensions and media types.

use crate::error::{Error, Result};
use oxrdfio::{JsonLdProfileSet, RdfFormat};
use std::fmt;

/// Registered with IANA for Apache Parquet.
const PARQUET: &str = "application/vnd.apache.parquet";
const PARQUET_PARTS: &[&str] = &["nodes.parquet", "edges.parquet", "evidence.parquet"];

/// A format that a graph can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The interchange JSON, node-link.
    Json,
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// N-Quads.
    NQuads,
    /// TriG.
    TriG,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD, compact.
    JsonLd,
    /// GraphML 1.0.
    GraphMl,
    /// GEXF 1.3.
    Gexf,
    /// Graphviz.
    Dot,
    /// Cytoscape JSON.
    Cytoscape,
    /// CX2.
    Cx2,
    /// A Cypher script.
    Cypher,
    /// Two CSV files for Gephi and pandas.
    Csv,
    /// Two CSV files for neo4j-admin.
    Neo4j,
    /// GeoJSON.
    GeoJson,
    /// An event table, CSV.
    Events,
    /// PLOVER records, JSON lines.
    Plover,
    /// Three Parquet files.
    Parquet,
}

/// What is to be known of a format, in one place.
struct Facts {
    name: &'static str,
    title: &'static str,
    extensions: &'static [&'static str],
    media_type: &'static str,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: &'static [Format] = &[
        Format::Json,
        Format::Turtle,
        Format::TriG,
        Format::NTriples,
        Format::NQuads,
        Format::RdfXml,
        Format::JsonLd,
        Format::GraphMl,
        Format::Gexf,
        Format::Dot,
        Format::Cytoscape,
        Format::Cx2,
        Format::Cypher,
        Format::Csv,
        Format::Neo4j,
        Format::GeoJson,
        Format::Events,
        Format::Plover,
        #[cfg(feature = "parquet")]
        Format::Parquet,
    ];

    /// The formats of [`Format::ALL`], and those that only other builds can write.
    fn known() -> impl Iterator<Item = Format> {
        let missing = (!cfg!(feature = "parquet")).then_some(Format::Parquet);
        Format::ALL.iter().copied().chain(missing)
    }

    /// Whether this build can write it; the error says which can.
    pub fn check(self) -> Result<()> {
        if Format::ALL.contains(&self) {
            return Ok(());
        }
        Err(Error::Usage(format!("this build cannot write {self}; build newsgraph with `--features {self}`")))
    }

    fn facts(self) -> Facts {
        let facts = |name, title, extensions, media_type| Facts { name, title, extensions, media_type };
        match self {
            Format::Json => facts("json", "interchange JSON (node-link)", &["json"], "application/json"),
            Format::Turtle => facts("turtle", "RDF as Turtle", &["ttl"], "text/turtle"),
            Format::TriG => facts("trig", "RDF as TriG", &["trig"], "application/trig"),
            Format::NTriples => facts("ntriples", "RDF as N-Triples", &["nt"], "application/n-triples"),
            Format::NQuads => facts("nquads", "RDF as N-Quads", &["nq"], "application/n-quads"),
            Format::RdfXml => facts("rdfxml", "RDF/XML", &["rdf", "owl"], "application/rdf+xml"),
            Format::JsonLd => facts("jsonld", "RDF as compact JSON-LD", &["jsonld"], "application/ld+json"),
            Format::GraphMl => facts("graphml", "GraphML", &["graphml"], "application/graphml+xml"),
            Format::Gexf => facts("gexf", "GEXF 1.3 for Gephi", &["gexf"], "application/gexf+xml"),
            Format::Dot => facts("dot", "Graphviz DOT", &["dot", "gv"], "text/vnd.graphviz"),
            Format::Cytoscape => facts("cytoscape", "Cytoscape JSON", &["cyjs"], "application/json"),
            Format::Cx2 => facts("cx2", "CX2 for Cytoscape and NDEx", &["cx2"], "application/json"),
            Format::Cypher => facts("cypher", "Cypher script for Neo4j", &["cypher", "cql"], "application/x-cypher"),
            Format::Csv => facts("csv", "nodes.csv and edges.csv for Gephi and pandas", &["csv", "zip"], "text/csv"),
            Format::Neo4j => facts("neo4j", "nodes.csv and edges.csv for neo4j-admin", &["neo4j"], "text/csv"),
            Format::GeoJson => facts("geojson", "GeoJSON of places and events", &["geojson"], "application/geo+json"),
            Format::Events => facts("events", "event table, CSV with GDELT's columns", &["events"], "text/csv"),
            Format::Plover => facts("plover", "PLOVER event records, JSON lines", &["plover"], "application/jsonl"),
            Format::Parquet => facts("parquet", "nodes, edges and evidence as Parquet", &["parquet"], PARQUET),
        }
    }

    /// The name for `--to`.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// What it is, in a few words.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// The file extensions that mean it, without the dot, the usual one first; empty if none does.
    pub fn extensions(self) -> &'static [&'static str] {
        self.facts().extensions
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.facts().media_type
    }

    /// The format of a name as in `--to`, in any case.
    pub fn from_name(name: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        Format::known().find(|f| f.name() == name || f.extensions().contains(&name.as_str()))
    }

    /// The format that a file extension means, without the dot.
    pub fn from_extension(extension: &str) -> Option<Format> {
        let extension = extension.to_ascii_lowercase();
        Format::known().find(|f| f.extensions().contains(&extension.as_str()))
    }

    /// The files of a format that is a folder of several.
    pub fn parts(self) -> Option<&'static [&'static str]> {
        match self {
            Format::Csv | Format::Neo4j => Some(super::csv::PARTS),
            Format::Parquet => Some(PARQUET_PARTS),
            _ => None,
        }
    }

    /// Whether a file extension that usually means another format is right for this one, where it is asked for.
    pub fn accepts(self, extension: &str) -> bool {
        let also: &[&str] = match self {
            Format::Events => &["csv"],
            Format::Parquet => &["zip"],
            Format::Plover => &["jsonl", "json", "ndjson"],
            Format::Cytoscape | Format::Cx2 | Format::GeoJson | Format::JsonLd => &["json"],
            Format::Neo4j => &["csv", "zip"],
            Format::RdfXml | Format::GraphMl | Format::Gexf => &["xml"],
            _ => &[],
        };
        also.contains(&extension.to_ascii_lowercase().as_str())
    }

    /// Whether edges that stand for several statements make sense in it.
    pub fn takes_collapsed(self) -> bool {
        !matches!(self, Format::Json | Format::Events | Format::Plover) && !self.is_rdf()
    }

    /// Whether it is a syntax of RDF.
    pub fn is_rdf(self) -> bool {
        self.rdf_syntax().is_some()
    }

    /// The syntax of RDF that it is.
    pub fn rdf_syntax(self) -> Option<RdfFormat> {
        match self {
            Format::Turtle => Some(RdfFormat::Turtle),
            Format::TriG => Some(RdfFormat::TriG),
            Format::NTriples => Some(RdfFormat::NTriples),
            Format::NQuads => Some(RdfFormat::NQuads),
            Format::RdfXml => Some(RdfFormat::RdfXml),
            Format::JsonLd => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
