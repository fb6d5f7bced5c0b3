//! Where triples go: an Ox serializer, or the JSON-LD writer.

use super::jsonld::JsonLd;
use crate::error::Result;
use crate::export::Out;
use oxrdf::{GraphNameRef, NamedNodeRef, QuadRef, TermRef};
use oxrdfio::WriterQuadSerializer;

/// Takes triples, one after the other.
pub enum Sink<'o, 'w> {
    /// Turtle, TriG, N-Triples, N-Quads or RDF/XML.
    Ox(Box<WriterQuadSerializer<&'o mut Out<'w>>>),
    /// Compact JSON-LD.
    JsonLd(Box<JsonLd<'o, 'w>>),
}

impl Sink<'_, '_> {
    /// Takes one.
    pub fn quad(
        &mut self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
        object: TermRef<'_>,
        graph: GraphNameRef<'_>,
    ) -> Result<()> {
        match self {
            Sink::Ox(ox) => Ok(ox.serialize_quad(QuadRef::new(subject, predicate, object, graph))?),
            Sink::JsonLd(json) => json.quad(subject, predicate, object, graph),
        }
    }

    /// Ends the file.
    pub fn finish(self) -> Result<()> {
        match self {
            Sink::Ox(ox) => {
                ox.finish()?;
                Ok(())
            }
            Sink::JsonLd(json) => json.finish(),
        }
    }
}
