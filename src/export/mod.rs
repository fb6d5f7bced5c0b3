//! A graph in the formats that people's tools read. `Format` is the closed list; each format is a file of its own here.
//!
//! Formats see only a [`View`] of the graph, and write it as they go: the same view gives the same bytes, and memory does
//! not grow with the output. Opening and compressing files is the command line's.

mod dot;
mod format;
mod gexf;
mod graphml;
mod style;
mod table;
mod xml;

pub use format::Format;
pub use table::{Column, EDGES, EdgeRows, Kind, NODES, NodeRows, Rows, Value, edge_cells, node_cells};

use crate::error::{Error, Result};
use crate::graph::{KnowledgeGraph, View, read_json, write_json};
use std::io::{BufWriter, Write};

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
}

impl Default for Options {
    fn default() -> Options {
        Options { base: "https://w3id.org/newsgraph/data/".into(), yed: false }
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
pub fn read(file: &str, bytes: &[u8]) -> Result<KnowledgeGraph> {
    read_json(file, bytes)
}

/// Writes a view in a format.
pub fn write(view: &View<'_>, format: Format, options: &Options, out: &mut dyn Write) -> Result<()> {
    if view.is_collapsed() && !format.takes_collapsed() {
        return Err(Error::Usage(format!("{format} keeps every statement; leave out --collapse")));
    }
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match format {
        Format::Json => write_json(view, &mut out)?,
        Format::GraphMl => graphml::write(view, options, &mut out)?,
        Format::Gexf => gexf::write(view, &mut out)?,
        Format::Dot => dot::write(view, &mut out)?,
    }
    out.flush()?;
    Ok(())
}
