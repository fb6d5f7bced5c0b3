//! The graph as RDF: one model in four views with the same IRIs, through the Ox serializers; JSON-LD in compact form is our
//! own. No blank nodes.
//!
//! - `plain`: the direct triple where a statement may be counted, and a statement resource with everything.
//! - `graphs`: the same, what each article asserts in a named graph of its own, with its evidence.
//! - `rdf12`: the same as plain, each statement resource a reifier of its triple term.
//! - `nanopub`: each statement a nanopublication.

mod describe;
mod iris;
mod jsonld;
mod read;
mod sink;
pub mod vocabulary;

pub use read::read;

use super::{Format, Options, Out};
use crate::error::{Error, Result};
use crate::graph::View;
use describe::Describe;
use oxrdf::{QuadRef, Triple};
use oxrdfio::{RdfFormat, RdfSerializer};
use sink::Sink;
use std::io::Write;

/// How statements are laid out in RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum RdfView {
    /// Direct triples and statement resources in one graph.
    #[default]
    Plain,
    /// A named graph for each article.
    Graphs,
    /// Triple terms and reifiers of RDF 1.2.
    Rdf12,
    /// Nanopublications.
    Nanopub,
}

impl RdfView {
    /// Every view.
    pub const ALL: &'static [RdfView] = &[RdfView::Plain, RdfView::Graphs, RdfView::Rdf12, RdfView::Nanopub];

    /// The name for `--rdf-view`.
    pub fn name(self) -> &'static str {
        match self {
            RdfView::Plain => "plain",
            RdfView::Graphs => "graphs",
            RdfView::Rdf12 => "rdf12",
            RdfView::Nanopub => "nanopub",
        }
    }

    /// The view of that name.
    pub fn parse(name: &str) -> Option<RdfView> {
        RdfView::ALL.iter().copied().find(|v| v.name() == name)
    }

    fn has_graphs(self) -> bool {
        matches!(self, RdfView::Graphs | RdfView::Nanopub)
    }
}

/// Writes a view of the graph in an RDF syntax.
pub fn write(view: &View<'_>, format: Format, options: &Options, out: &mut Out<'_>) -> Result<()> {
    check(format, options.rdf_view)?;
    let mut sink = sink(format, options, out)?;
    Describe::new(view, options, &mut sink).all()?;
    sink.finish()
}

/// Gives every quad of a view to `take`, in the order in which they would be written.
pub fn each(view: &View<'_>, options: &Options, take: &mut dyn FnMut(QuadRef<'_>)) -> Result<()> {
    Describe::new(view, options, &mut Sink::Each(take)).all()
}

/// Writes triples that come from elsewhere than a view, with our prefixes.
pub fn write_triples(
    triples: impl IntoIterator<Item = Result<Triple>>,
    syntax: RdfFormat,
    out: &mut dyn Write,
) -> Result<()> {
    let mut serializer = serializer(syntax).for_writer(out);
    for triple in triples {
        let mut triple = triple?;
        if syntax == RdfFormat::RdfXml
            && let Some(legal) = sink::legal(triple.object.as_ref())
        {
            triple.object = legal.into();
        }
        serializer.serialize_triple(&triple)?;
    }
    Ok(serializer.finish()?.flush()?)
}

/// A serializer that knows our prefixes.
fn serializer(syntax: RdfFormat) -> RdfSerializer {
    vocabulary::PREFIXES.iter().fold(RdfSerializer::from_format(syntax), |serializer, (prefix, iri)| {
        serializer.with_prefix(*prefix, *iri).expect("a test parses each of our namespaces")
    })
}

fn check(format: Format, view: RdfView) -> Result<()> {
    let datasets = matches!(format, Format::TriG | Format::NQuads | Format::JsonLd);
    if view.has_graphs() && !datasets {
        let message = format!("{format} has no named graphs; write the view {} as trig, nquads or jsonld", view.name());
        return Err(Error::Usage(message));
    }
    if view == RdfView::Rdf12 && matches!(format, Format::JsonLd | Format::RdfXml) {
        let message = format!("{format} has no triple terms; write the view rdf12 as turtle, trig, ntriples or nquads");
        return Err(Error::Usage(message));
    }
    Ok(())
}

fn sink<'o, 'w>(format: Format, options: &Options, out: &'o mut Out<'w>) -> Result<Sink<'o, 'w>> {
    if format == Format::JsonLd {
        return Ok(Sink::JsonLd(Box::new(jsonld::JsonLd::new(&options.base, out)?)));
    }
    let syntax = format.rdf_syntax().unwrap_or(RdfFormat::Turtle);
    if matches!(format, Format::NTriples | Format::NQuads) {
        return Ok(Sink::Lines(String::new(), out));
    }
    if matches!(format, Format::Turtle | Format::TriG) {
        writeln!(out, "# A knowledge graph of news, written by newsgraph.")?;
    }
    let serializer = Box::new(serializer(syntax).for_writer(out));
    Ok(if format == Format::RdfXml { Sink::Xml(serializer) } else { Sink::Ox(serializer) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_namespace_is_an_iri() {
        for (prefix, iri) in vocabulary::PREFIXES {
            assert!(RdfSerializer::from_format(RdfFormat::Turtle).with_prefix(*prefix, *iri).is_ok(), "{prefix}");
        }
    }
}
