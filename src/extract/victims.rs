//! Tolls given to the attacks they belong to: "at least 21 civilians were killed in the attack" qualifies the attack.
//!
//! A toll goes to the attack that its sentence tells of, else, where the sentence points back with "in the attack", to the
//! last one told. A toll of all so far comes after those of one event, and says that it is one.

use super::casualties::{Harm, Toll};
use super::context::Contexts;
use super::events::{ARMED, Draft, Scene};
use crate::model::{Casualties, Name, TokenRange};
use crate::rules::Pos;
use crate::seeds::Closed;
use crate::vocab::{Deprel, EntityType};
use std::collections::BTreeMap;

/// How many sentences back "the attack" may point.
const REACH: usize = 3;
/// The predicate whose qualifier a toll is first of all.
const ATTACK: &str = "attacked";

/// Gives attacks the victims that the text counts in them.
pub fn count(scene: &Scene, contexts: &Contexts, tolls: &[Toll], drafts: &mut [Draft]) {
    let mut told: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut killings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, d) in drafts.iter().enumerate().filter(|(_, d)| d.predicate.plover.as_deref() == Some(ARMED)) {
        told.entry(scene.tree.doc.sentence_of(d.trigger)).or_default().push(i);
    }
    for here in told.values_mut() {
        // The killing itself is counted only where the act behind it is not told.
        let acts: Vec<usize> = here.iter().copied().filter(|&i| drafts[i].predicate.name == ATTACK).collect();
        if !acts.is_empty() {
            here.iter()
                .filter(|i| !acts.contains(i))
                .for_each(|&i| killings.entry(drafts[i].trigger).or_default().push(i));
            *here = acts;
        }
    }
    let (so_far, of_one): (Vec<&Toll>, Vec<&Toll>) = tolls.iter().partition(|t| t.cumulative);
    for toll in of_one.into_iter().chain(so_far) {
        let victims = Casualties { side: toll.who.and_then(|w| scene.side(w)), ..toll.casualties(scene.tree) };
        let own = killings.get(&toll.trigger).map_or(&[][..], Vec::as_slice);
        for i in attacks(scene, contexts, toll, drafts, &told, own) {
            let slot = match toll.harm {
                Harm::Killed => &mut drafts[i].killed,
                Harm::Injured => &mut drafts[i].injured,
            };
            slot.get_or_insert_with(|| Box::new(victims.clone()));
        }
    }
}

/// The attacks that a toll belongs to: those of the nearest trigger, or the killing itself where others did it. What one side says
/// of its dead is not about an attack that the same sentence has from another side, nor those who died before it.
fn attacks(
    scene: &Scene,
    contexts: &Contexts,
    toll: &Toll,
    drafts: &[Draft],
    told: &BTreeMap<usize, Vec<usize>>,
    own: &[usize],
) -> Vec<usize> {
    let here = scene.tree.doc.sentence_of(toll.trigger);
    let candidates = match told.get(&here) {
        Some(here) => here,
        None if scene.points_back(here) => match told.range(here.saturating_sub(REACH)..here).next_back() {
            Some((_, before)) => before,
            None => return Vec::new(),
        },
        None => return Vec::new(),
    };
    let same = |i: &usize| {
        let trigger = drafts[*i].trigger;
        let elsewhere = scene.tree.doc.sentence_of(trigger) != here;
        elsewhere
            || contexts.speech(trigger) == contexts.speech(toll.trigger) && !is_apart(scene, toll.trigger, trigger)
    };
    let candidates: Vec<usize> = candidates.iter().copied().filter(same).collect();
    let nearest = candidates.iter().map(|&i| drafts[i].trigger).min_by_key(|t| t.abs_diff(toll.trigger));
    let found: Vec<usize> = candidates.iter().copied().filter(|&i| Some(drafts[i].trigger) == nearest).collect();
    let subject = |i: &usize| drafts[*i].subject.entity;
    let others = own.iter().all(|k| !found.iter().any(|f| subject(f) == subject(k)));
    if !own.is_empty() && others { own.to_vec() } else { found }
}

/// "hit nine sites, two weeks *after* gunmen had killed 26": whether a clause of another time stands between a toll and an attack.
fn is_apart(scene: &Scene, toll: usize, attack: usize) -> bool {
    let tree = scene.tree;
    let timed = |c: usize| {
        tree.rel(c) == Deprel::Advcl && tree.with(c, &[Deprel::Mark]).any(|m| tree.is(m, Closed::ClauseMark))
    };
    let mut path = std::iter::once(toll).chain(tree.ancestors(toll)).take_while(|&t| t != attack);
    tree.ancestors(toll).any(|a| a == attack) && path.any(timed)
}

impl Scene<'_> {
    /// The state whose people the victims are: "Azerbaijani civilians".
    fn side(&self, who: TokenRange) -> Option<Name> {
        let filler = self.fillers.owner(self.tree.head_of(who), &[EntityType::State])?;
        Some(self.resolution.entities[filler.entity].id.clone())
    }

    /// Whether a sentence names an act with "the" or "this": one that was told before.
    fn points_back(&self, sentence: usize) -> bool {
        let tokens = self.tree.doc.sentences[sentence].tokens;
        let from = self.predications.partition_point(|p| p.head < tokens.start);
        let here = self.predications[from..].iter().take_while(|p| p.head < tokens.end);
        here.filter(|p| p.pos == Pos::Noun && self.harms(p.head)).any(|p| self.is_told(p.head))
    }
}
