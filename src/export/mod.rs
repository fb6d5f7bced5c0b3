//! A graph in the formats that people's tools read. `Format` is the closed list; each format is a file of its own here.
//!
//! Formats see only a [`View`] of the graph, and write it as they go: the same view gives the same bytes, and memory does
//! not grow with the output. Opening and compressing files is the command line's.

mod csv;
mod cypher;
mod cytoscape;
mod dot;
mod escape;
mod events;
mod format;
mod geojson;
mod gexf;
mod graphml;
#[cfg(feature = "parquet")]
mod parquet;
mod rdf;
pub(crate) mod style;
mod table;
mod xml;

pub use format::Format;
pub use rdf::{RdfView, each as each_quad, vocabulary, write_triples};
pub use table::{
    Column, EDGE_IDS, EDGES, EVIDENCE, EdgeRows, EvidenceRow, EvidenceRows, Kind, NODE_IDS, NODES, NodeRows,
};
pub use table::{Rows, Value, edge_cells, node_cells};

use crate::error::{Error, Result};
use crate::graph::{KnowledgeGraph, View, read_json, write_json};
use oxrdfio::RdfFormat;
use std::io::{self, BufWriter, Read, Write};

/// Everything writes through this, so that small writes are cheap.
type Out<'a> = BufWriter<&'a mut dyn Write>;

const BUFFER: usize = 1 << 16;

/// What some formats let the user choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What the IRIs of entities, statements and articles begin with.
    pub base: String,
    /// GraphML with shapes and colours for yEd.
    pub yed: bool,
    /// How statements are laid out in RDF.
    pub rdf_view: RdfView,
}

impl Default for Options {
    fn default() -> Options {
        Options { base: "https://w3id.org/newsgraph/data/".into(), yed: false, rdf_view: RdfView::Plain }
    }
}

impl Options {
    /// Whether the base can begin an IRI.
    pub fn check(&self) -> Result<()> {
        let scheme = self.base.split_once(':').is_some_and(|(s, rest)| !s.is_empty() && !rest.is_empty());
        let legal = oxrdf::NamedNode::new(self.base.as_str()).is_ok();
        if scheme && legal {
            Ok(())
        } else {
            Err(Error::Usage(format!("{} cannot begin an IRI; write an absolute one", self.base)))
        }
    }
}

/// Reads a graph back that newsgraph wrote. `file` is for messages, and its extension tells the format.
pub fn read(file: &str, mut input: impl Read) -> Result<KnowledgeGraph> {
    let name = file.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
    let syntax = name.rsplit_once('.').and_then(|(_, end)| Format::from_extension(end)).and_then(Format::rdf_syntax);
    let mut start = Vec::new();
    let is_json = syntax.is_none() && begins_like_json(&mut input, &mut start).map_err(|e| Error::io(file, e))?;
    let mut input = start.as_slice().chain(input);
    if is_json {
        return read_json(file, input);
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|e| Error::io(file, e))?;
    // TriG reads Turtle too.
    rdf::read(file, syntax.unwrap_or(RdfFormat::TriG), &bytes)
}

/// Looks at the first character of a stream whose name does not tell what it holds; what is read for that goes to `start`.
fn begins_like_json(input: &mut impl Read, start: &mut Vec<u8>) -> io::Result<bool> {
    while input.by_ref().take(1).read_to_end(start)? > 0 {
        if let Some(first) = start.last().filter(|b| !b.is_ascii_whitespace()) {
            return Ok(*first == b'{');
        }
    }
    Ok(false)
}

/// Writes a view in a format. Of a format of several files ([`Format::parts`]) each is written by [`write_part`].
pub fn write(view: &View<'_>, format: Format, options: &Options, out: &mut dyn Write) -> Result<()> {
    check(view, format)?;
    if let Some(parts) = format.parts() {
        let parts = parts.join(" and ");
        return Err(Error::Usage(format!("{format} is a folder with {parts}; write it with -o FOLDER")));
    }
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match format {
        Format::Json => write_json(view, &mut out)?,
        Format::Turtle | Format::TriG | Format::NTriples | Format::NQuads | Format::RdfXml | Format::JsonLd => {
            rdf::write(view, format, options, &mut out)?;
        }
        Format::GraphMl => graphml::write(view, options, &mut out)?,
        Format::Gexf => gexf::write(view, &mut out)?,
        Format::Dot => dot::write(view, &mut out)?,
        Format::Cytoscape => cytoscape::write(view, &mut out)?,
        Format::Cx2 => cytoscape::write_cx2(view, &mut out)?,
        Format::Cypher => cypher::write(view, &mut out)?,
        Format::GeoJson => geojson::write(view, &mut out)?,
        Format::Events => events::write(view, &mut out)?,
        Format::Plover => events::write_plover(view, &mut out)?,
        Format::Csv | Format::Neo4j | Format::Parquet => {}
    }
    out.flush()?;
    Ok(())
}

/// Writes one file of a format that has several.
pub fn write_part(view: &View<'_>, format: Format, part: &str, out: &mut dyn Write) -> Result<()> {
    check(view, format)?;
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::write(view, part, &mut out)?,
        _ => csv::write(view, format, part, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

fn check(view: &View<'_>, format: Format) -> Result<()> {
    format.check()?;
    if view.is_collapsed() && !format.takes_collapsed() {
        return Err(Error::Usage(format!("{format} keeps every statement; leave out --collapse")));
    }
    Ok(())
}
