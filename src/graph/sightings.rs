//! Which article contributed what to an entity or statement, so that merging is order-free and retraction exact.

use crate::model::{Casualties, Entity, Name, Reading, Statement};
use foldhash::HashMap;
use indexmap::IndexMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What articles contributed: who, and each distinct profile once. While all say what the graph holds, which most entities'
/// articles do, there is no profile.
#[derive(Debug, Clone)]
pub(super) struct Sightings<P> {
    /// By their digests.
    profiles: Option<Box<IndexMap<u64, P>>>,
    seen: Vec<Seen>,
}

/// That an article contributed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Its slot.
    pub article: u32,
    /// How often it mentions the entity.
    pub mentions: u32,
    profile: u32,
}

/// The part of a statement that its id does not fix and its evidence does not carry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Qualifiers {
    pub weapon: Vec<Name>,
    pub killed: Option<Box<Casualties>>,
    pub injured: Option<Box<Casualties>>,
    pub instrument_of: Option<Name>,
    pub content: Option<Name>,
    pub plover: Option<Name>,
    pub about: Option<Name>,
}

/// A profile whose equal ones are stored once.
pub(super) trait Profile: PartialEq {
    /// Equal profiles have equal digests.
    fn digest(&self) -> u64;
}

impl Profile for Entity {
    fn digest(&self) -> u64 {
        let mut h = DefaultHasher::new();
        (&self.id, self.entity_type, &self.kind, &self.label, &self.aliases, self.named).hash(&mut h);
        (&self.country, self.lat.map(f64::to_bits), self.lon.map(f64::to_bits), &self.same_as).hash(&mut h);
        h.finish()
    }
}

impl Profile for Qualifiers {
    fn digest(&self) -> u64 {
        let mut h = DefaultHasher::new();
        self.hash(&mut h);
        h.finish()
    }
}

impl<P> Default for Sightings<P> {
    fn default() -> Sightings<P> {
        Sightings { profiles: None, seen: Vec::new() }
    }
}

impl<P: Profile> Sightings<P> {
    pub fn push(&mut self, article: u32, mentions: u32, profile: P) {
        let profile = self.place(profile);
        self.see(Seen { article, mentions, profile });
    }

    /// The place of a profile, which is put among the others if it is new.
    fn place(&mut self, profile: P) -> u32 {
        let profiles = self.profiles.get_or_insert_default();
        let mut digest = profile.digest();
        // Different profiles of one digest stand under the next free ones.
        while profiles.get(&digest).is_some_and(|p| *p != profile) {
            digest = digest.wrapping_add(1);
        }
        let entry = profiles.entry(digest);
        let at = entry.index();
        entry.or_insert(profile);
        // Bounded by the number of sightings, which is bounded by the number of articles.
        at as u32
    }

    /// As `push`, once for each article.
    pub fn push_once(&mut self, article: u32, profile: P) {
        if self.seen.iter().all(|s| s.article != article) {
            self.push(article, 0, profile);
        }
    }

    fn see(&mut self, seen: Seen) {
        if self.seen.is_empty() {
            self.seen.reserve_exact(1);
        }
        self.seen.push(seen);
    }

    /// Takes back what an article contributed; whether there was any.
    pub fn remove(&mut self, article: u32) -> bool {
        let before = self.seen.len();
        self.seen.retain(|s| s.article != article);
        if self.seen.len() == before {
            return false;
        }
        self.drop_unused();
        true
    }

    fn drop_unused(&mut self) {
        let Some(profiles) = &mut self.profiles else { return };
        let mut place = vec![u32::MAX; profiles.len()];
        self.seen.iter().for_each(|s| place[s.profile as usize] = 0);
        for (p, kept) in place.iter_mut().filter(|p| **p == 0).zip(0..) {
            *p = kept;
        }
        let mut used = place.iter().map(|p| *p != u32::MAX);
        profiles.retain(|_, _| used.next().unwrap_or(true));
        self.seen.iter_mut().for_each(|s| s.profile = place[s.profile as usize]);
    }

    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Whether all articles say the same.
    pub fn agree(&self) -> bool {
        self.profiles.as_ref().is_none_or(|p| p.len() <= 1)
    }

    /// Each distinct profile with the number of articles that have it and the mentions in them; none if all say what the
    /// graph holds.
    pub fn weights(&self) -> Vec<(&P, usize, usize)> {
        let mut out: Vec<(&P, usize, usize)> = self.profiles().map(|p| (p, 0, 0)).collect();
        for s in &self.seen {
            if let Some(weight) = out.get_mut(s.profile as usize) {
                weight.1 += 1;
                weight.2 += s.mentions as usize;
            }
        }
        out
    }

    /// Each distinct profile.
    pub fn profiles(&self) -> impl Iterator<Item = &P> {
        self.profiles.iter().flat_map(|p| p.values())
    }

    /// The articles that contributed.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// What an article said, unless all say what the graph holds.
    pub fn profile(&self, seen: &Seen) -> Option<&P> {
        self.profiles.as_ref()?.get_index(seen.profile as usize).map(|(_, p)| p)
    }
}

impl Seen {
    /// The place of what it said among the profiles.
    pub fn place(&self) -> usize {
        self.profile as usize
    }
}

impl Sightings<Entity> {
    /// What a file says: profiles, and articles with their mentions and the number of what they said.
    pub fn restored(profiles: Vec<Entity>, seen: Vec<(u32, usize, usize)>) -> Sightings<Entity> {
        let mut all = Sightings::default();
        let places: Vec<u32> = profiles.into_iter().map(|p| all.place(Entity { mentions: 0, ..p })).collect();
        for (article, mentions, profile) in seen {
            let mentions = u32::try_from(mentions).unwrap_or(u32::MAX);
            all.see(Seen { article, mentions, profile: places.get(profile).copied().unwrap_or_default() });
        }
        all
    }

    /// Adds what an article says of an entity for which the graph holds `known`.
    pub fn add(&mut self, article: u32, mut entity: Entity, known: &Entity) {
        let mentions = u32::try_from(entity.mentions).unwrap_or(u32::MAX);
        if self.profiles.is_none() {
            entity.mentions = known.mentions;
            if entity == *known && !entity.label.is_empty() {
                return self.see(Seen { article, mentions, profile: 0 });
            }
            self.spell_out(known);
        }
        entity.mentions = 0;
        self.push(article, mentions, entity);
    }

    /// Writes down what all that were there say.
    fn spell_out(&mut self, known: &Entity) {
        if !self.seen.is_empty() {
            let profile = Entity { mentions: 0, ..known.clone() };
            self.profiles = Some(Box::new(IndexMap::from([(profile.digest(), profile)])));
        }
    }

    /// Sets what the graph holds. A profile that is no other than that is dropped.
    pub fn settle(&mut self, known: &mut Entity) {
        if self.profiles.is_some() {
            *known = super::merge::entity(self);
        }
        known.mentions = self.seen.iter().map(|s| s.mentions as usize).sum();
        let same = |p: &Entity| !p.label.is_empty();
        if self.agree() && self.profiles().all(same) {
            self.profiles = None;
        }
        self.seen.shrink_to_fit();
    }

    /// Gives each article's reading its entity back.
    pub fn hand_out(&self, known: &Entity, readings: &mut [Reading]) {
        for seen in &self.seen {
            let profile = self.profile(seen).unwrap_or(known).clone();
            let entity = Entity { mentions: seen.mentions as usize, ..profile };
            readings[seen.article as usize].entities.push(entity);
        }
    }
}

impl Qualifiers {
    pub fn of(s: &Statement) -> Qualifiers {
        Qualifiers {
            weapon: s.weapon.clone(),
            killed: s.killed.clone(),
            injured: s.injured.clone(),
            instrument_of: s.instrument_of.clone(),
            content: s.content.clone(),
            plover: s.plover.clone(),
            about: s.about.clone(),
        }
    }

    pub fn put(self, s: &mut Statement) {
        s.weapon = self.weapon;
        s.killed = self.killed;
        s.injured = self.injured;
        s.instrument_of = self.instrument_of;
        s.content = self.content;
        s.plover = self.plover;
        s.about = self.about;
    }
}

/// Gives each article's reading its statement back, with the evidence from that article; takes the evidence out of `s`.
pub(super) fn hand_out_statement(
    s: &mut Statement,
    variants: Option<&Sightings<Qualifiers>>,
    slot_of: &HashMap<Name, u32>,
    readings: &mut [Reading],
) {
    let mut rest = std::mem::take(&mut s.evidence).into_iter().peekable();
    while let Some(first) = rest.next() {
        let Some(&slot) = slot_of.get(&first.article) else { continue };
        let mut own = vec![first];
        while let Some(next) = rest.next_if(|e| e.article == own[0].article) {
            own.push(next);
        }
        let mut part = Statement { evidence: own, ..s.clone() };
        let own = |v: &'_ Sightings<Qualifiers>| {
            v.seen().iter().find(|s| s.article == slot).and_then(|s| v.profile(s).cloned())
        };
        if let Some(q) = variants.and_then(own) {
            q.put(&mut part);
        }
        let reading = &mut readings[slot as usize];
        let id = reading.article.id.as_str();
        part.evidence.iter_mut().for_each(|e| e.article = id.into());
        crate::weigh::settle(&mut part, |_| None);
        reading.statements.push(part);
    }
}
