//! Which article contributed what to an entity or statement, so that merging is order-free and retraction exact.

use crate::model::{Casualties, Entity, Name, Reading, Statement};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What articles contributed: each distinct profile once, and who has it.
#[derive(Debug, Clone)]
pub(super) struct Sightings<P> {
    profiles: Vec<(u64, P)>,
    seen: Vec<Seen>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    article: u32,
    mentions: u32,
    profile: u32,
}

/// The part of a statement that its id does not fix and its evidence does not carry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Qualifiers {
    pub weapon: Vec<Name>,
    pub killed: Option<Casualties>,
    pub injured: Option<Casualties>,
    pub instrument_of: Option<Name>,
    pub content: Option<String>,
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
        Sightings { profiles: Vec::new(), seen: Vec::new() }
    }
}

impl<P: Profile> Sightings<P> {
    pub fn push(&mut self, article: u32, mentions: u32, profile: P) {
        let digest = profile.digest();
        let at = self.profiles.iter().position(|(d, p)| *d == digest && *p == profile).unwrap_or_else(|| {
            self.profiles.push((digest, profile));
            self.profiles.len() - 1
        });
        // Bounded by the number of sightings, which is bounded by the number of articles.
        self.seen.push(Seen { article, mentions, profile: at as u32 });
    }

    /// As `push`, once for each article.
    pub fn push_once(&mut self, article: u32, profile: P) {
        if self.seen.iter().all(|s| s.article != article) {
            self.push(article, 0, profile);
        }
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
        let mut place = vec![u32::MAX; self.profiles.len()];
        self.seen.iter().for_each(|s| place[s.profile as usize] = 0);
        for (p, kept) in place.iter_mut().filter(|p| **p == 0).zip(0..) {
            *p = kept;
        }
        let mut used = place.iter().map(|p| *p != u32::MAX);
        self.profiles.retain(|_| used.next().unwrap_or(true));
        self.seen.iter_mut().for_each(|s| s.profile = place[s.profile as usize]);
    }

    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Whether all articles say the same.
    pub fn agree(&self) -> bool {
        self.profiles.len() <= 1
    }

    /// Each distinct profile with the number of articles that have it and the mentions in them.
    pub fn weights(&self) -> Vec<(&P, usize, usize)> {
        let mut out: Vec<(&P, usize, usize)> = self.profiles.iter().map(|(_, p)| (p, 0, 0)).collect();
        for s in &self.seen {
            let weight = &mut out[s.profile as usize];
            weight.1 += 1;
            weight.2 += s.mentions as usize;
        }
        out
    }

    /// Each article's slot with its mentions and its profile.
    pub fn each(&self) -> impl Iterator<Item = (u32, u32, &P)> {
        self.seen.iter().map(|s| (s.article, s.mentions, &self.profiles[s.profile as usize].1))
    }
}

impl Sightings<Entity> {
    /// Gives each article's reading its entity back.
    pub fn hand_out(self, id: &Name, readings: &mut [Reading]) {
        for (article, mentions, profile) in self.each() {
            let entity = Entity { id: id.clone(), mentions: mentions as usize, ..profile.clone() };
            readings[article as usize].entities.push(entity);
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
        if let Some((_, _, q)) = variants.and_then(|v| v.each().find(|(a, ..)| *a == slot)) {
            q.clone().put(&mut part);
        }
        let reading = &mut readings[slot as usize];
        let id = reading.article.id.as_str();
        part.evidence.iter_mut().for_each(|e| e.article = id.into());
        crate::weigh::settle(&mut part, |_| None);
        reading.statements.push(part);
    }
}
