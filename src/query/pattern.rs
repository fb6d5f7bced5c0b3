//! What can be asked: one flat struct with the fields of the command line, readable from JSON and from URL parameters.

use crate::vocab::Status;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Which statements are meant, and what is asked of them. Empty lists and `None` let all pass; several values of one field
/// are alternatives, but for `with`; all fields together must hold.
///
/// An entity is named by id, label or alias, in any case, with or without diacritics; or a whole class of entities by
/// `type:Place`, `kind:city` or `country:AZE`. In JSON a list of one may be written as the bare value; in URL parameters
/// `relation`, `status` and `type` may hold several, with commas between them.
///
/// ```
/// use newsgraph::query::{Ask, Query};
/// let query: Query = serde_json::from_str(r#"{"from": "Turkey", "relation": "condemned,accused", "ask": "timeline"}"#)?;
/// assert_eq!((query.relation.len(), query.ask), (2, Ask::Timeline));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Query {
    /// What is asked of the statements.
    pub ask: Ask,
    /// By what the most central are ranked.
    pub measure: Measure,
    /// The subject; of a path, where it begins.
    #[serde(deserialize_with = "names")]
    pub from: Vec<String>,
    /// The object; of a path, where it ends.
    #[serde(deserialize_with = "names")]
    pub to: Vec<String>,
    /// Subject or object; of several, each must be one.
    #[serde(deserialize_with = "names")]
    pub with: Vec<String>,
    /// Predicates.
    #[serde(deserialize_with = "words")]
    pub relation: Vec<String>,
    /// Statuses: reported, claimed, denied, disputed, hypothetical.
    #[serde(deserialize_with = "words")]
    pub status: Vec<String>,
    /// Types that subject and object must have.
    #[serde(rename = "type", deserialize_with = "words")]
    pub types: Vec<String>,
    /// Where it happened: the place, or an object that is a place.
    #[serde(deserialize_with = "names")]
    pub place: Vec<String>,
    /// With what.
    #[serde(deserialize_with = "names")]
    pub weapon: Vec<String>,
    /// Who asserts it.
    #[serde(deserialize_with = "names")]
    pub claimed_by: Vec<String>,
    /// Who denies it.
    #[serde(deserialize_with = "names")]
    pub denied_by: Vec<String>,
    /// Articles it stands in, by id, or by the newsroom they are from.
    #[serde(deserialize_with = "names")]
    pub source: Vec<String>,
    /// This day or later, YYYY-MM-DD; statements without a time fall out.
    pub since: Option<String>,
    /// This day or earlier, YYYY-MM-DD; statements without a time fall out.
    pub until: Option<String>,
    /// At least so sure, 0 to 1.
    pub min_confidence: f64,
    /// At least so many independent sources.
    pub min_sources: usize,
    /// Only what is within `hops` edges of these entities.
    #[serde(deserialize_with = "names")]
    pub focus: Vec<String>,
    /// How far from `focus`, 1 if not given; how long a path may be.
    pub hops: Option<usize>,
    /// Only among so many entities: those with most of these statements.
    pub top: Option<usize>,
    /// Also participants that are known only by description ("gunmen"), where the query does not name them.
    pub unnamed: bool,
    /// So many rows of the answer at most.
    pub limit: Option<usize>,
}

/// What is asked of the statements that match. Where the query names no status, the first three look at all statements
/// and the others only at those that may be counted as having happened: reported or claimed, and not negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ask {
    /// A row each, in order of subject, predicate and object.
    #[default]
    Statements,
    /// A row each, in order of time.
    Timeline,
    /// Those that are disputed, with what each side says.
    Disputed,
    /// Who is connected with the entities that the query names, and how.
    Neighbours,
    /// The shortest paths between `from` and `to`.
    Shortest,
    /// All paths between `from` and `to` of at most `hops` edges, 3 if not given.
    Paths,
    /// The most central entities, by `measure`.
    Central,
    /// Who stands with whom.
    Communities,
    /// Conflict and cooperation between each two actors, on the Goldstein scale.
    Balance,
    /// Who is named together without a statement between them.
    Together,
}

/// By what entities are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// On whom central entities act.
    #[default]
    #[cfg_attr(feature = "cli", value(name = "pagerank"))]
    PageRank,
    /// Who lies between others.
    Betweenness,
    /// Who stands in most statements.
    Degree,
}

impl Ask {
    /// The statuses that are looked at where the query names none.
    pub(super) fn statuses(self) -> &'static [Status] {
        match self {
            Ask::Statements | Ask::Timeline => Status::ALL,
            Ask::Disputed => &[Status::Disputed],
            _ => &[Status::Reported, Status::Claimed],
        }
    }

    /// Whether it counts what happened, so that what is said not to have does not matter.
    pub(super) fn counts(self) -> bool {
        !matches!(self, Ask::Statements | Ask::Timeline | Ask::Disputed)
    }

    /// Whether `from` and `to` are the ends of paths rather than of statements.
    pub fn is_path(self) -> bool {
        matches!(self, Ask::Shortest | Ask::Paths)
    }
}

/// A name or a list of names.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    deserializer.deserialize_any(OneOrMany)
}

/// A word, several with commas between them, or a list.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let given = names(deserializer)?;
    let words = given.iter().flat_map(|word| word.split(',')).map(str::trim);
    Ok(words.filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

struct OneOrMany;

impl<'de> Visitor<'de> for OneOrMany {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a list of names")
    }

    fn visit_str<E>(self, one: &str) -> Result<Vec<String>, E> {
        Ok(if one.is_empty() { Vec::new() } else { vec![one.to_owned()] })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut many: A) -> Result<Vec<String>, A::Error> {
        let mut out = Vec::new();
        while let Some(one) = many.next_element()? {
            out.push(one);
        }
        Ok(out)
    }
}
