//! Which statements a query means: the names are looked up, the rows of each restriction intersected, the rest checked.

use super::index::{Index, Role, Row};
use super::pattern::Query;
use crate::error::{Error, Result};
use crate::graph::{busiest, day_number, near};
use crate::model::{Entity, Name};
use crate::ontology::Ontology;
use crate::vocab::{EntityType, Status};
use fixedbitset::FixedBitSet;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

/// The statements that a query means, in order of subject, predicate, object and id.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Places in the index's rows.
    pub(super) rows: Vec<u32>,
    /// The entities that the query names as ends, by which it can be told who is asked about.
    pub(super) named: Vec<NodeIndex>,
    /// Rows that match but for a participant without a name.
    pub(super) unnamed: Vec<u32>,
}

impl Selection {
    /// How many statements.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing matched.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Their edges in the petgraph.
    pub fn edges(&self, index: &Index<'_>) -> Vec<EdgeIndex> {
        self.rows.iter().map(|&row| index.rows[row as usize].edge).collect()
    }
}

/// What is checked row by row.
struct Checks {
    /// A bit for each status that may be.
    statuses: u8,
    negated: bool,
    types: Vec<EntityType>,
    since: i32,
    until: i32,
    timed: bool,
    min_confidence: f32,
    min_sources: u32,
}

impl Index<'_> {
    /// The statements that a query means. Errors name what the graph does not have.
    pub fn select(&self, query: &Query) -> Result<Selection> {
        let checks = Checks::of(query)?;
        let mut named = Vec::new();
        let mut sets = Vec::new();
        let ends: [(&[String], &[Role]); 2] = [(&query.from, &[Role::Subject]), (&query.to, &[Role::Object])];
        for (words, roles) in ends {
            match query.ask.is_path() {
                true => named.extend(self.nodes(words)?),
                false => sets.extend(self.naming(words, roles, &mut named)?),
            }
        }
        for word in &query.with {
            sets.extend(self.naming(std::slice::from_ref(word), &[Role::Subject, Role::Object], &mut named)?);
        }
        let mut others = Vec::new();
        let roles: [(&[String], &[Role]); 4] = [
            (&query.place, &[Role::Place, Role::Object]),
            (&query.weapon, &[Role::Weapon, Role::Object]),
            (&query.claimed_by, &[Role::ClaimedBy]),
            (&query.denied_by, &[Role::DeniedBy]),
        ];
        for (words, roles) in roles {
            sets.extend(self.naming(words, roles, &mut others)?);
        }
        sets.extend(self.relations(&query.relation)?);
        sets.extend(self.sources(&query.source)?);
        named.extend(self.nodes(&query.focus)?);
        let mut selection = self.check(sets, &checks, query.unnamed, named);
        self.narrow(query, &mut selection)?;
        Ok(selection)
    }

    /// The rows that name one of the entities in one of the roles; none if nothing is asked.
    fn naming(&self, words: &[String], roles: &[Role], named: &mut Vec<NodeIndex>) -> Result<Option<FixedBitSet>> {
        if words.is_empty() {
            return Ok(None);
        }
        let nodes = self.nodes(words)?;
        let mut out = FixedBitSet::with_capacity(self.rows.len());
        for &role in roles {
            out.union_with(&self.rows_of(role, nodes.iter().map(|n| n.index() as u32)));
        }
        named.extend(nodes);
        Ok(Some(out))
    }

    /// The entities that words mean: one by name, or a class.
    pub(super) fn nodes(&self, words: &[String]) -> Result<Vec<NodeIndex>> {
        let mut out = Vec::new();
        for word in words {
            match word.split_once(':').and_then(|(what, value)| self.members(what, value)) {
                Some(members) => out.extend(members?),
                None => out.push(self.lookup.find(self.graph, word)?),
            }
        }
        Ok(out)
    }

    /// The entities of a class such as `kind:city`; none if that is no class.
    fn members(&self, what: &str, value: &str) -> Option<Result<Vec<NodeIndex>>> {
        let value = value.trim();
        let by = |get: fn(&Entity) -> Option<&Name>| {
            let found = self.class(|e| get(e).is_some_and(|v| v.eq_ignore_ascii_case(value)));
            if found.is_empty() { Err(self.no_member(what, value, get)) } else { Ok(found) }
        };
        match what.trim() {
            "type" => Some(EntityType::require("type", value).map(|t| self.of_type(t))),
            "kind" => Some(by(|e| e.kind.as_ref())),
            "country" => Some(by(|e| e.country.as_ref())),
            _ => None,
        }
    }

    fn no_member(&self, what: &str, value: &str, get: fn(&Entity) -> Option<&Name>) -> Error {
        let mut all: Vec<&str> = self.graph.inner().node_weights().filter_map(|e| get(e).map(|v| &**v)).collect();
        all.sort_unstable();
        all.dedup();
        Error::Usage(format!("no entity of the graph has the {what} {value:?}; there are {}", all.join(", ")))
    }

    fn relations(&self, names: &[String]) -> Result<Option<FixedBitSet>> {
        if names.is_empty() {
            return Ok(None);
        }
        let mut keys = Vec::new();
        for name in names {
            // A graph may hold predicates that this program does not know.
            match self.predicate_key(name) {
                Some(key) => keys.push(key),
                None => drop(Ontology::builtin().require(name)?),
            }
        }
        Ok(Some(self.rows_of(Role::Predicate, keys)))
    }

    fn sources(&self, names: &[String]) -> Result<Option<FixedBitSet>> {
        if names.is_empty() {
            return Ok(None);
        }
        let key = |name: &String| {
            let missing = || Error::Usage(format!("the graph has no article and no newsroom {name:?}"));
            self.source_key(name).ok_or_else(missing)
        };
        let keys: Vec<u32> = names.iter().map(key).collect::<Result<_>>()?;
        Ok(Some(self.rows_of(Role::Source, keys)))
    }

    fn check(&self, sets: Vec<FixedBitSet>, checks: &Checks, unnamed: bool, named: Vec<NodeIndex>) -> Selection {
        let mut sets = sets.into_iter();
        let mut selection = Selection { named, ..Selection::default() };
        let all = sets.next().map(|first| {
            sets.fold(first, |mut all, set| {
                all.intersect_with(&set);
                all
            })
        });
        let mut asked = FixedBitSet::with_capacity(self.ends.len());
        selection.named.iter().for_each(|n| asked.insert(n.index()));
        let mut look = |i: usize| {
            let row = &self.rows[i];
            if !checks.admit(row) {
                return;
            }
            let ends = [row.subject, row.object];
            if !ends.iter().all(|&end| self.has_type(end, &checks.types)) {
                return;
            }
            match ends.iter().all(|&end| unnamed || self.is_named(end) || asked.contains(end.index())) {
                true => selection.rows.push(i as u32),
                false => selection.unnamed.push(i as u32),
            }
        };
        match all {
            Some(set) => set.ones().for_each(&mut look),
            None => (0..self.rows.len()).for_each(&mut look),
        }
        selection
    }

    /// Keeps what is near the focus, and what is among the busiest.
    fn narrow(&self, query: &Query, selection: &mut Selection) -> Result<()> {
        if !query.focus.is_empty() {
            let start = self.nodes(&query.focus)?;
            let near = near(self.graph, &self.ends(selection), &start, query.hops.unwrap_or(1));
            self.keep_between(selection, &near);
        }
        if let Some(top) = query.top {
            let best = busiest(self.graph, &self.ends(selection), top);
            self.keep_between(selection, &best);
        }
        Ok(())
    }

    fn ends(&self, selection: &Selection) -> Vec<[NodeIndex; 2]> {
        let ends = |&row: &u32| [self.rows[row as usize].subject, self.rows[row as usize].object];
        selection.rows.iter().map(ends).collect()
    }

    fn keep_between(&self, selection: &mut Selection, nodes: &FixedBitSet) {
        let ends = |row: u32| [self.rows[row as usize].subject, self.rows[row as usize].object];
        selection.rows.retain(|&row| ends(row).iter().all(|end| nodes.contains(end.index())));
        selection.unnamed.retain(|&row| ends(row).iter().any(|end| nodes.contains(end.index())));
    }
}

impl Checks {
    fn of(query: &Query) -> Result<Checks> {
        let statuses: Vec<Status> = query.status.iter().map(|s| Status::require("status", s)).collect::<Result<_>>()?;
        let types = query.types.iter().map(|t| EntityType::require("type", t)).collect::<Result<_>>()?;
        let day = |iso: &Option<String>, open: i32| iso.as_deref().map_or(Ok(open), day);
        if !(0.0..=1.0).contains(&query.min_confidence) {
            return Err(Error::Usage(format!("a confidence is from 0 to 1, not {}", query.min_confidence)));
        }
        let wanted = if statuses.is_empty() { query.ask.statuses() } else { &statuses };
        Ok(Checks {
            negated: !query.ask.counts() || !statuses.is_empty(),
            statuses: wanted.iter().fold(0, |all, status| all | bit(*status)),
            types,
            since: day(&query.since, i32::MIN)?,
            until: day(&query.until, i32::MAX)?,
            timed: query.since.is_some() || query.until.is_some(),
            min_confidence: query.min_confidence as f32,
            min_sources: u32::try_from(query.min_sources).unwrap_or(u32::MAX),
        })
    }

    fn admit(&self, row: &Row) -> bool {
        self.statuses & bit(row.status) != 0
            && (self.negated || !row.negated)
            && row.confidence >= self.min_confidence
            && row.sources >= self.min_sources
            && (!self.timed || row.last >= self.since && row.first <= self.until)
    }
}

fn bit(status: Status) -> u8 {
    1 << status as u8
}

fn day(iso: &str) -> Result<i32> {
    let number = iso.parse::<jiff::civil::Date>().ok().and_then(|day| day_number(&day.to_string()));
    number.ok_or_else(|| Error::Usage(format!("{iso:?} is no day; write it as 2020-10-28")))
}
