//! The formats of answers: tables for a query that asks for rows or for yes and no, RDF for one that asks for a graph.

use crate::export::Format;
use oxigraph::sparql::results::QueryResultsFormat;
use std::fmt;

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// A table for people.
    Table,
    /// SPARQL results in JSON.
    Json,
    /// SPARQL results in XML.
    Xml,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values, terms as in Turtle.
    Tsv,
    /// A syntax of RDF, for CONSTRUCT and DESCRIBE.
    Rdf(Format),
}

impl Syntax {
    /// The formats for rows.
    pub const ROWS: [Syntax; 5] = [Syntax::Table, Syntax::Json, Syntax::Xml, Syntax::Csv, Syntax::Tsv];
    /// The formats for triples.
    pub const TRIPLES: [Syntax; 6] = [
        Syntax::Rdf(Format::Turtle),
        Syntax::Rdf(Format::NTriples),
        Syntax::Rdf(Format::RdfXml),
        Syntax::Rdf(Format::JsonLd),
        Syntax::Rdf(Format::TriG),
        Syntax::Rdf(Format::NQuads),
    ];

    /// The name for `--to`.
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Table => "table",
            Syntax::Json => "json",
            Syntax::Xml => "xml",
            Syntax::Csv => "csv",
            Syntax::Tsv => "tsv",
            Syntax::Rdf(format) => format.name(),
        }
    }

    /// The format of a name as in `--to`, in any case, or of a file extension.
    pub fn from_name(name: &str) -> Option<Syntax> {
        let rows = Syntax::ROWS.into_iter().find(|syntax| syntax.name().eq_ignore_ascii_case(name));
        let usual = match name {
            "srj" => Some(Syntax::Json),
            "srx" => Some(Syntax::Xml),
            "txt" => Some(Syntax::Table),
            _ => None,
        };
        let rdf = || Format::from_name(name).filter(|format| format.is_rdf()).map(Syntax::Rdf);
        rows.or(usual).or_else(rdf)
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match (self, self.results()) {
            (Syntax::Rdf(format), _) => format.media_type(),
            (_, Some(format)) => format.media_type(),
            _ => "text/plain; charset=utf-8",
        }
    }

    /// The format of results that oxigraph writes.
    pub(super) fn results(self) -> Option<QueryResultsFormat> {
        match self {
            Syntax::Json => Some(QueryResultsFormat::Json),
            Syntax::Xml => Some(QueryResultsFormat::Xml),
            Syntax::Csv => Some(QueryResultsFormat::Csv),
            Syntax::Tsv => Some(QueryResultsFormat::Tsv),
            Syntax::Table | Syntax::Rdf(_) => None,
        }
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
