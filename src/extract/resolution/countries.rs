//! Which countries an article speaks of: the context in which names that several entities share are read.

use super::lookup::{Lookup, Sense};
use super::repeats::is_acronym;
use super::spots::Spot;
use crate::extract::tree::Tree;
use crate::model::Name;
use crate::seeds::{KnownId, Names};
use crate::vocab::{EntityType, NameType};
use std::collections::BTreeMap;

/// How often each country comes up.
#[derive(Debug, Default)]
pub(super) struct Countries {
    named: BTreeMap<Name, usize>,
    meant: BTreeMap<Name, usize>,
    states: BTreeMap<KnownId, usize>,
    /// The country that the article reports from, where something of it is named.
    home: Option<Name>,
}

impl Countries {
    /// Counts them over the names of a document and its dateline.
    pub fn new<'s>(tree: &Tree<'_>, lookup: &Lookup<'_>, spots: impl IntoIterator<Item = &'s Spot>) -> Countries {
        let named = dateline(tree, lookup);
        let from = named.keys().next().cloned();
        let mut countries = Countries { named, ..Countries::default() };
        for spot in spots.into_iter().flat_map(|s| std::iter::once(s).chain(&s.inner)) {
            let there = |s: &Sense| from.as_deref() == Some(lookup.names.known(s.entry).country);
            if spot.senses.iter().any(there) {
                countries.home.clone_from(&from);
            }
            for sense in spot.senses.iter().filter(|s| !s.weak && s.sort == EntityType::State) {
                add(&mut countries.named, lookup.names.known(sense.entry).country);
                *countries.states.entry(sense.entry).or_default() += 1;
            }
            if let Some(country) = only_country(lookup, spot) {
                add(&mut countries.meant, country);
            }
        }
        countries
    }

    /// The state from which the article reports, where something of it is named.
    pub fn home(&self, names: &Names) -> Option<KnownId> {
        self.home.as_ref().and_then(|c| names.state(c))
    }

    /// How often its state is named.
    pub fn named(&self, country: &str) -> usize {
        self.named.get(country).copied().unwrap_or_default()
    }

    /// Whether it comes up in any way.
    pub fn speak_of(&self, country: &str) -> bool {
        self.meant.contains_key(country) || self.named.contains_key(country)
    }

    /// Whether any state or what is of one comes up.
    pub fn is_empty(&self) -> bool {
        self.meant.is_empty() && self.named.is_empty()
    }

    /// The only state that is named, or the one named more than twice as often as any other.
    pub fn topic(&self) -> Option<KnownId> {
        let (&state, &most) = self.states.iter().max_by_key(|&(id, n)| (*n, std::cmp::Reverse(*id)))?;
        self.states.iter().all(|(&other, &n)| other == state || most > 2 * n).then_some(state)
    }

    /// How often a name of whatever sort is surely of there: its state, a body, a region, somebody in office.
    pub fn meant(&self, country: &str) -> usize {
        self.meant.get(country).copied().unwrap_or_default()
    }
}

/// Acronyms of parties mean the party of the tables only where the article speaks of its country: many countries have an
/// "ANC" or "PDP".
pub(super) fn forget_foreign_parties(tree: &Tree<'_>, lookup: &Lookup<'_>, spots: &mut [Spot]) {
    let party = |s: &Sense| lookup.names.known(s.entry).kind == "party";
    let acronym =
        |s: &Spot| s.tokens.len() == 1 && is_acronym(tree.doc.word(s.tokens.start)) && s.senses.iter().any(party);
    if !spots.iter().any(acronym) {
        return;
    }
    let countries = Countries::new(tree, lookup, spots.iter().filter(|s| !acronym(s)));
    if countries.is_empty() {
        return;
    }
    for spot in spots.iter_mut().filter(|s| acronym(s)) {
        spot.senses.retain(|s| !party(s) || countries.speak_of(lookup.names.known(s.entry).country));
        spot.tag = spot.tag.or(Some(NameType::Org));
    }
}

fn add(counts: &mut BTreeMap<Name, usize>, country: &str) {
    if !country.is_empty() {
        *counts.entry(Name::from(country)).or_default() += 1;
    }
}

/// The country of all that a name may mean, where that is one.
fn only_country<'n>(lookup: &Lookup<'n>, spot: &Spot) -> Option<&'n str> {
    let country = |s: &Sense| lookup.names.known(s.entry).country;
    let first = country(spot.senses.first().filter(|s| !s.weak)?);
    spot.senses.iter().all(|s| country(s) == first).then_some(first)
}

/// The country that the dateline names, or whose town it names.
fn dateline(tree: &Tree<'_>, lookup: &Lookup<'_>) -> BTreeMap<Name, usize> {
    let Some(place) = tree.doc.dateline.as_ref().and_then(|d| d.place) else { return BTreeMap::new() };
    let names = lookup.names;
    let hits = names.scan(place.of(&tree.doc.article.text));
    let country = |form: Option<&crate::seeds::Form>| form.map(|f| Name::from(names.known(f.known).country));
    hits.iter().filter_map(|h| country(h.forms.first())).filter(|c| !c.is_empty()).map(|c| (c, 2)).collect()
}
