//! A typed edge with its qualifiers, and the evidence for it.

use super::{Name, Quoted};
use crate::vocab::{Granularity, Predicate, Stance, Status};
use serde::{Deserialize, Serialize};

/// A typed edge between two entities, in the shape of the interchange JSON (DESIGN.md §4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Stable hash of subject, predicate, object, negation, time, place and code.
    #[serde(rename = "key")]
    pub id: Name,
    /// Who or what acts.
    #[serde(rename = "source")]
    pub subject: Name,
    /// On whom or what.
    #[serde(rename = "target")]
    pub object: Name,
    /// The predicate.
    #[serde(rename = "type")]
    pub predicate: Predicate,
    /// How far it is vouched for; follows from the evidence.
    pub status: Status,
    /// Whether it is said not to have happened.
    pub negated: bool,
    /// Who asserts it, sorted.
    #[serde(rename = "claimedBy")]
    pub claimed_by: Vec<Name>,
    /// Who denies it, sorted.
    #[serde(rename = "deniedBy")]
    pub denied_by: Vec<Name>,
    /// When.
    pub time: Option<Time>,
    /// Where, where that is not the object.
    pub place: Option<Name>,
    /// With what, sorted.
    pub weapon: Vec<Name>,
    /// Killed in it.
    pub killed: Option<Box<Casualties>>,
    /// Injured in it.
    pub injured: Option<Box<Casualties>>,
    /// On whose behalf or through whom the subject acted.
    #[serde(rename = "instrumentOf", default, skip_serializing_if = "Option::is_none")]
    pub instrument_of: Option<Name>,
    /// What a demand or threat is for, in the article's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Name>,
    /// CAMEO code.
    pub cameo: Option<Name>,
    /// PLOVER event type.
    pub plover: Option<Name>,
    /// The statement that a denial, accusation or condemnation is about.
    pub about: Option<Name>,
    /// From 0 to 1: how likely the reading is right.
    pub confidence: f64,
    /// How many independent articles say it; reprints count once.
    pub sources: usize,
    /// Where it stands: never empty, sorted by article and place.
    pub evidence: Vec<Evidence>,
}

/// Where a statement stands, by which rule, and who says it. Offsets are Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The article's id.
    pub article: Name,
    /// First character of the sentence.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// The sentence.
    pub quote: Name,
    /// The rule that fired: `attacked/hit`.
    pub rule: Name,
    /// What the sentence does with the statement.
    pub stance: Stance,
    /// How likely this reading is right, 0 to 1.
    pub confidence: f64,
    /// The word that triggered the rule.
    pub trigger: Quoted,
    /// The subject's words.
    pub subject: Option<Quoted>,
    /// The object's words.
    pub object: Option<Quoted>,
    /// Who says so.
    pub speaker: Option<Name>,
    /// The word of saying: "said", "according to".
    pub cue: Option<Quoted>,
}

/// A time as far as the text gives it, in whole days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time {
    /// First day, ISO 8601; none where it is open.
    pub start: Option<Name>,
    /// Last day, ISO 8601; none where it is open.
    pub end: Option<Name>,
    /// How exact it is.
    pub granularity: Granularity,
}

/// How many people were killed or injured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Casualties {
    /// At least.
    pub min: Option<u64>,
    /// At most.
    pub max: Option<u64>,
    /// Of whom, in the article's words: "civilians".
    pub who: Option<String>,
    /// On whose side, an entity id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Name>,
    /// Whether it counts a whole conflict so far rather than one event.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cumulative: bool,
}
