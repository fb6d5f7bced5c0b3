//! All that one article yields.

use super::{ArticleRef, Entity, Name, Quoted, Statement};
use crate::vocab::EntityType;
use serde::{Deserialize, Serialize};

/// What one article yields: entities, where they are mentioned, statements, and who is quoted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// The article.
    pub article: ArticleRef,
    /// Entities, sorted by id.
    pub entities: Vec<Entity>,
    /// Mentions in order of the text.
    pub mentions: Vec<Mention>,
    /// Statements, sorted by id.
    pub statements: Vec<Statement>,
    /// Everything that the article puts in somebody's mouth.
    pub attributions: Vec<Attribution>,
}

/// Words that stand for an entity. Offsets are Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The entity's id.
    pub entity: Name,
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: Name,
    /// The type it has here.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
}

/// Somebody is said to have said, written, thought or claimed something.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Attribution {
    /// Who, in the article's words.
    pub source: Vec<Quoted>,
    /// By which word of saying.
    pub cue: Vec<Quoted>,
    /// What.
    pub content: Vec<Quoted>,
    /// The entity that the source stands for.
    pub speaker: Option<Name>,
}
