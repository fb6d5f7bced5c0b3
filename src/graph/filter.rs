//! What part of a graph to show: one struct that every export and view understands. It never changes the graph.

use crate::error::Result;
use crate::model::{Entity, Name, Statement};
use crate::ontology::Ontology;
use crate::vocab::{EntityType, Status};

/// Which entities and statements to show. Empty lists and `None` let all pass.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Entities of these types.
    pub types: Vec<EntityType>,
    /// Statements with these predicates.
    pub predicates: Vec<Name>,
    /// Statements of these statuses.
    pub statuses: Vec<Status>,
    /// Statements at least so sure.
    pub min_confidence: f64,
    /// Statements with at least so many independent sources.
    pub min_sources: usize,
    /// Statements on or after this day, ISO 8601; those without a time fall out.
    pub since: Option<String>,
    /// Statements on or before this day, ISO 8601; those without a time fall out.
    pub until: Option<String>,
    /// Leave out participants that are known only by description.
    pub named: bool,
    /// Statements that stand in an article of these newsrooms, or in these articles by id.
    pub sources: Vec<String>,
    /// Only what lies within `hops` edges of these entities (ids or labels).
    pub focus: Vec<String>,
    /// How far from `focus`.
    pub hops: usize,
    /// Only so many entities: those with most statements.
    pub top: Option<usize>,
    /// Make one edge of all edges from one entity to another, with their number as its weight.
    pub collapse: bool,
}

impl Filter {
    /// Whether it lets everything pass as it is.
    pub fn is_open(&self) -> bool {
        *self == Filter { hops: self.hops, ..Filter::default() }
    }

    /// Whether its predicates exist; the error lists those that do.
    pub fn check(&self) -> Result<()> {
        self.predicates.iter().try_for_each(|p| Ontology::builtin().require(p).map(drop))
    }

    /// Whether an entity may be an end of an edge that is shown.
    pub fn admits_entity(&self, e: &Entity) -> bool {
        (self.types.is_empty() || self.types.contains(&e.entity_type)) && (e.named || !self.named)
    }

    /// Whether a statement passes by what it says itself. `newsroom` names an article's source.
    pub fn admits_statement<'a>(&self, s: &Statement, newsroom: impl Fn(&str) -> Option<&'a str>) -> bool {
        (self.predicates.is_empty() || self.predicates.contains(&s.predicate))
            && (self.statuses.is_empty() || self.statuses.contains(&s.status))
            && s.confidence >= self.min_confidence
            && s.sources >= self.min_sources
            && self.admits_time(s)
            && (self.sources.is_empty() || s.evidence.iter().any(|e| self.admits_article(&e.article, &newsroom)))
    }

    /// Whether any statement could be left out.
    pub fn picks_statements(&self) -> bool {
        let entities = Filter { types: self.types.clone(), named: self.named, hops: self.hops, ..Filter::default() };
        *self != Filter { collapse: self.collapse, ..entities }
    }

    fn admits_article<'a>(&self, article: &Name, newsroom: impl Fn(&str) -> Option<&'a str>) -> bool {
        let room = newsroom(article);
        self.sources.iter().any(|s| *article == *s.as_str() || room.is_some_and(|r| r.eq_ignore_ascii_case(s)))
    }

    fn admits_time(&self, s: &Statement) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(time) = &s.time else { return false };
        let first = time.start.as_deref().or(time.end.as_deref());
        let last = time.end.as_deref();
        let not_before = |since: &str| last.is_none_or(|day| !earlier(day, since));
        let not_after = |until: &str| first.is_some_and(|day| !earlier(until, day));
        self.since.as_deref().is_none_or(not_before) && self.until.as_deref().is_none_or(not_after)
    }
}

/// Whether one ISO day lies before another.
fn earlier(a: &str, b: &str) -> bool {
    match (day_number(a), day_number(b)) {
        (Some(a), Some(b)) => a < b,
        _ => a < b,
    }
}

/// A number that grows with the day, also across the eras: years before Christ have a minus sign.
pub(crate) fn day_number(iso: &str) -> Option<i32> {
    let (sign, digits) = iso.strip_prefix('-').map_or((1, iso), |rest| (-1, rest));
    let mut fields = digits.split('-').map(|field| field.parse::<u16>().ok().map(i32::from));
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    (fields.next().is_none() && month < 16 && day < 32).then_some((sign * year * 16 + month) * 32 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_ordered_across_the_eras() {
        assert!(earlier("-0044-03-15", "2020-01-01"));
        assert!(earlier("-0044-03-15", "-0001-01-01"));
        assert!(earlier("-0044-03-14", "-0044-03-15"));
        assert!(earlier("2020-09-30", "2020-10-01"));
        assert!(!earlier("2020-10-28", "2020-10-28"));
    }
}
