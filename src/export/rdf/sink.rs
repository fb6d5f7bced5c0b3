//! Where triples go: an Ox serializer, the JSON-LD writer, or whoever takes them one by one.

use super::jsonld::JsonLd;
use crate::error::Result;
use crate::export::Out;
use crate::export::xml;
use oxrdf::{GraphNameRef, Literal, NamedNodeRef, QuadRef, TermRef};
use oxrdfio::WriterQuadSerializer;
use std::fmt::Write as _;
use std::io::Write as _;

/// Takes triples, one after the other.
pub enum Sink<'o, 'w> {
    /// RDF/XML, whose literals are made legal XML.
    Xml(Box<WriterQuadSerializer<&'o mut Out<'w>>>),
    /// Turtle or TriG.
    Ox(Box<WriterQuadSerializer<&'o mut Out<'w>>>),
    /// N-Triples or N-Quads, each line as oxrdf displays it, in the room of the last: its serializers send every character
    /// of a literal to the file by itself.
    Lines(String, &'o mut Out<'w>),
    /// Compact JSON-LD.
    JsonLd(Box<JsonLd<'o, 'w>>),
    /// Nothing is written: a store takes them as they are.
    Each(&'o mut dyn FnMut(QuadRef<'_>)),
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
            Sink::Lines(line, out) => {
                line.clear();
                writeln!(line, "{} .", QuadRef::new(subject, predicate, object, graph))
                    .expect("a string takes whatever is written");
                Ok(out.write_all(line.as_bytes())?)
            }
            Sink::JsonLd(json) => json.quad(subject, predicate, object, graph),
            Sink::Each(take) => {
                take(QuadRef::new(subject, predicate, object, graph));
                Ok(())
            }
            Sink::Xml(ox) => {
                let legal = legal(object);
                let object = legal.as_ref().map_or(object, |l| l.as_ref().into());
                Ok(ox.serialize_quad(QuadRef::new(subject, predicate, object, graph))?)
            }
        }
    }

    /// Ends the file.
    pub fn finish(self) -> Result<()> {
        match self {
            Sink::Ox(ox) | Sink::Xml(ox) => {
                ox.finish()?;
                Ok(())
            }
            Sink::JsonLd(json) => json.finish(),
            Sink::Lines(..) | Sink::Each(_) => Ok(()),
        }
    }
}

/// A literal without the characters that XML cannot hold, if it has any.
pub fn legal(object: TermRef<'_>) -> Option<Literal> {
    let TermRef::Literal(literal) = object else { return None };
    let text = xml::legal(literal.value())?;
    Some(match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(text, language),
        None => Literal::new_typed_literal(text, literal.datatype()),
    })
}
