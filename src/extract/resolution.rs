//! Mentions of a document resolved to entities, and the structural facts that names, titles and appositions give.

use crate::model::{Entity, TokenRange};
use crate::vocab::{EntityType, Predicate};

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
    pub rule: &'static str,
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
}
