//! Mentions of a document resolved to entities, and the structural facts that names, titles and appositions give.

mod affiliation;
mod bodies;
mod coref;
mod countries;
mod descriptions;
mod doers;
mod evidence;
mod extents;
mod lookup;
mod peers;
mod people;
mod reader;
mod registry;
mod repeats;
mod roles;
#[cfg(test)]
mod sample;
mod spots;
mod structure;
#[cfg(test)]
mod tests;
mod things;

use super::speech::Speech;
use crate::model::{Document, Entity, Name, TokenRange};
use crate::seeds::{Heads, Names, Reference};
use crate::vocab::{EntityType, Predicate};
use reader::Reader;
use std::collections::BTreeMap;

/// The form of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A proper name: "Ilham Aliyev", "Armenia's Defense Ministry".
    Name,
    /// An adjective of nationality: "Armenian" in "Armenian attack".
    Demonym,
    /// A noun phrase: "the ministry", "gunmen", "both sides".
    Description,
    /// "he", "their", "we" within a quotation.
    Pronoun,
}

/// Words that stand for an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The words of the name, without article, title or possessive.
    pub tokens: TokenRange,
    /// The token by which the parse refers to it.
    pub head: usize,
    /// Which entities, as indices into [`Resolution::entities`]; more than one for "both sides", "they".
    pub entities: Vec<usize>,
    /// The type it has here.
    pub entity_type: EntityType,
    /// The form.
    pub form: Form,
    /// How sure the resolution is, 0 to 1.
    pub confidence: f64,
}

/// A structural statement that a phrase gives: "President Aliyev" leads, "Azerbaijan's Barda" lies in.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Index of the subject among the entities.
    pub subject: usize,
    /// The predicate.
    pub predicate: Predicate,
    /// Index of the object among the entities.
    pub object: usize,
    /// The subject's words.
    pub subject_tokens: TokenRange,
    /// The object's words.
    pub object_tokens: TokenRange,
    /// The word that says so: "President", "spokesman", "'s", ",".
    pub trigger: TokenRange,
    /// The name of the rule: `leads/title`.
    pub rule: Name,
    /// How sure, 0 to 1.
    pub confidence: f64,
}

/// What the resolution of a document yields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// The entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// Mentions in order of the text.
    pub mentions: Vec<Mention>,
    /// Structural facts in order of the text.
    pub facts: Vec<Fact>,
    /// The states whose capitals are met as places.
    pub seats: BTreeMap<usize, usize>,
    /// The states of which some people are named, by these: "three Israelis".
    pub nations: BTreeMap<usize, usize>,
}

/// Resolves the mentions of a document to entities and reads what its phrases state about them. Linear in the tokens.
///
/// Names come first (people, bodies by construction, then the rest), then noun phrases, then pronouns, each stage seeing
/// what the ones before it found; facts last, since they hold between entities.
pub fn resolve(
    document: &Document,
    names: &Names,
    heads: &Heads,
    reference: &Reference,
    speeches: &[Speech],
) -> Resolution {
    let mut reader = Reader::new(document, names, heads, reference);
    people::read(&mut reader);
    bodies::read(&mut reader);
    things::read(&mut reader);
    roles::read(&mut reader);
    peers::read(&mut reader);
    descriptions::read(&mut reader);
    coref::read(&mut reader, speeches);
    roles::read_owned(&mut reader);
    peers::read(&mut reader);
    descriptions::read_rest(&mut reader);
    affiliation::read(&mut reader);
    structure::read(&mut reader);
    reader.finish()
}
