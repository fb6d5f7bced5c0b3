//! A graph in numbers: how much of what there is, from whom, and when.

use super::index::Index;
use crate::graph::day_number;
use crate::ontology::Ontology;
use crate::vocab::{EntityType, Status};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Counts over a whole graph. Lists are in order of number, the largest first, and then of name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// How many articles.
    pub articles: usize,
    /// How many stories, reprints counted once.
    pub origins: usize,
    /// How many entities.
    pub entities: usize,
    /// How many statements.
    pub statements: usize,
    /// How many sentences stand behind them, once for each statement.
    pub evidence: usize,
    /// Which share of the statements that somebody asserts somebody else denies, 0 to 1.
    pub disputed: f64,
    /// Entities by type.
    pub types: Vec<(EntityType, usize)>,
    /// Statements by status.
    pub statuses: Vec<(Status, usize)>,
    /// Statements by predicate.
    pub predicates: Vec<(String, usize)>,
    /// Articles by newsroom, those without one under "".
    pub newsrooms: Vec<(String, usize)>,
    /// What is reported or claimed to have happened, by day, in order of time: only what is known to the day.
    pub days: Vec<(String, usize)>,
}

impl Index<'_> {
    /// Counts. Linear in the graph.
    pub fn summary(&self) -> Summary {
        let inner = self.graph.inner();
        let articles = || self.graph.articles();
        let status = |s: Status| self.rows.iter().filter(|row| row.status == s).count();
        let asserted = status(Status::Reported) + status(Status::Claimed) + status(Status::Disputed);
        Summary {
            articles: articles().count(),
            origins: counted(articles().map(|a| a.origin.as_deref().unwrap_or(&a.id))).len(),
            entities: self.graph.entity_count(),
            statements: self.len(),
            evidence: inner.edge_weights().map(|s| s.evidence.len()).sum(),
            disputed: status(Status::Disputed) as f64 / asserted.max(1) as f64,
            types: counted(inner.node_weights().map(|e| e.entity_type)),
            statuses: counted(self.rows.iter().map(|row| row.status)),
            predicates: owned(counted(inner.edge_weights().map(|s| &*s.predicate))),
            newsrooms: owned(counted(articles().map(|a| a.source.as_deref().unwrap_or_default()))),
            days: self.days(),
        }
    }

    fn days(&self) -> Vec<(String, usize)> {
        let happened = |s: Status| matches!(s, Status::Reported | Status::Claimed);
        let mut days: BTreeMap<i32, (String, usize)> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| happened(row.status) && !row.negated && row.first == row.last) {
            let s = &self.graph.inner()[row.edge];
            let dynamic = Ontology::builtin().get(&s.predicate).is_none_or(|p| p.dynamic);
            let start = s.time.as_ref().and_then(|t| t.start.as_ref()).filter(|_| dynamic);
            if let Some((number, day)) = start.and_then(|day| Some((day_number(day)?, day))) {
                days.entry(number).or_insert_with(|| (day.to_string(), 0)).1 += 1;
            }
        }
        days.into_values().collect()
    }
}

fn counted<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    let mut ranked: Vec<(T, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, n)| Reverse(*n));
    ranked
}

fn owned(counts: Vec<(&str, usize)>) -> Vec<(String, usize)> {
    counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect()
}
