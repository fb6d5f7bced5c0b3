//! The qualifiers of a statement: when and where it happened and with what. Each only where the text gives it.

use super::events::{ARMED, Draft, Scene};
use super::resolution::Form;
use super::time::{TimeKind, TimeMention};
use crate::model::{Time, TokenRange};
use crate::rules::{Predication, Role, Slot};
use crate::seeds::Closed;
use crate::vocab::{Deprel, EntityType};
use std::collections::BTreeSet;

/// The predicate of using a weapon.
pub(super) const USE: &str = "usedWeapon";

/// Adds time, place and weapons to every dynamic draft.
pub fn qualify(scene: &Scene, times: &[TimeMention], drafts: &mut [Draft]) {
    let uses = |d: &&Draft| &*d.predicate.name == USE;
    let using: BTreeSet<usize> = drafts.iter().filter(uses).map(|d| d.predication).collect();
    for d in drafts.iter_mut().filter(|d| d.predicate.dynamic) {
        let predication = &scene.predications[d.predication];
        d.time = time(scene, times, d.trigger);
        d.instrument_of = principal(scene, d).filter(|&p| p != d.subject.entity && p != d.object.entity);
        d.place = place(scene, predication).filter(|&p| p != d.object.entity && p != d.subject.entity);
        if d.predicate.plover.as_deref() == Some(ARMED) && d.trigger == predication.head {
            d.weapons.extend(weapons(scene, predication));
        }
        // What was shot down is not what was shot with.
        let hit = if using.contains(&d.predication) { Vec::new() } else { hit(scene, predication) };
        d.weapons.retain(|w| *w != d.object.entity && Some(*w) != d.object.weapon && !hit.contains(w));
    }
}

/// The weapons that an act is done to, not with: those named in its object, unless a rule says that it uses its object.
fn hit(scene: &Scene, act: &Predication) -> Vec<usize> {
    let mentions = &scene.resolution.mentions;
    // "downed five jets, including three Rafales"
    let including = |p: &usize| scene.tree.has_preposition(*p, Closed::Example);
    let patients = act.role(&Role::Patient).flat_map(|a| {
        std::iter::once(a.token).chain(scene.tree.phrases(a.token).filter(including)).map(|t| scene.tree.noun_phrase(t))
    });
    let inside = |p: TokenRange| {
        let from = mentions.partition_point(|m| m.tokens.start < p.start);
        mentions[from..].iter().take_while(move |m| m.tokens.start < p.end).filter(move |m| p.contains(m.head))
    };
    patients.flat_map(inside).flat_map(|m| m.entities.iter().copied()).collect()
}

/// On whose behalf the subject acts: "Russian-backed separatists shelled", "shot him on Moscow's orders".
fn principal(scene: &Scene, d: &Draft) -> Option<usize> {
    let (tree, words) = (scene.tree, scene.words);
    let actors = [EntityType::State, EntityType::Organization, EntityType::Person];
    let subject = tree.head_of(d.subject.tokens);
    let backed = tree.with(subject, &[Deprel::Amod]).filter(|&p| words.proxy.contains(tree.lemma(p)));
    let backers = backed.filter_map(|p| scene.predication_at(p)).flat_map(|p| p.role(&Role::Agent));
    let backer = backers.flat_map(|a| scene.fill(a.token, Slot::Subject, &actors)).next();
    let phrases = tree.with(d.trigger, &[Deprel::Obl]).filter(|&o| words.behalf.contains(tree.lemma(o)));
    let sender = || phrases.filter_map(|o| scene.fillers.owner(o, &actors)).next();
    backer.or_else(sender).map(|f| f.entity)
}

/// The time that hangs on the predicate, or on the verb that it is the object of.
fn time(scene: &Scene, times: &[TimeMention], trigger: usize) -> Option<Time> {
    let dated =
        |t: &&TimeMention| matches!(t.kind, TimeKind::Date | TimeKind::Since | TimeKind::Until) && t.value.is_some();
    let sentence = scene.tree.sentence(trigger);
    let from = times.partition_point(|t| t.tokens.start < sentence.start);
    let here = || times[from..].iter().take_while(|t| t.tokens.start < sentence.end).filter(dated);
    let on = |predicate: usize| here().find(|t| belongs(scene, scene.tree.head_of(t.tokens), predicate));
    let carrier = || {
        let carries = matches!(
            scene.tree.rel(trigger),
            Deprel::Obj | Deprel::NsubjPass | Deprel::Xcomp | Deprel::Conj | Deprel::Obl
        );
        scene.tree.head(trigger).filter(|_| carries)
    };
    on(trigger).or_else(|| carrier().and_then(on)).and_then(|t| t.value.clone())
}

/// The first place that a locative phrase of the predicate, or of its object, names.
fn place(scene: &Scene, predication: &Predication) -> Option<usize> {
    let grammar = scene.tree.grammar;
    let locative = |a: &&crate::rules::Arg| matches!(&a.role, Role::Prep(p) if grammar.has(Closed::Locative, p));
    predication.args.iter().filter(locative).find_map(|a| {
        let mention = scene.fillers.mention(a.token)?;
        let named = mention.form == Form::Name && mention.entity_type == EntityType::Place;
        named.then(|| mention.entities[0])
    })
}

/// Weapons in the predicate's own clause: "with cluster munitions", "missile strike", "using drones".
fn weapons<'a>(scene: &'a Scene, predication: &'a Predication) -> impl Iterator<Item = usize> + 'a {
    let clause = scene.tree.edges(predication.head);
    let mentions = &scene.resolution.mentions;
    let from = mentions.partition_point(|m| m.tokens.start < clause.start);
    mentions[from..]
        .iter()
        .take_while(move |m| m.tokens.start < clause.end)
        .filter(|m| m.entity_type == EntityType::WeaponSystem && belongs(scene, m.head, predication.head))
        .flat_map(|m| m.entities.iter().copied())
}

/// Whether a token hangs on a predicate without another clause between, save one that says what was used.
fn belongs(scene: &Scene, token: usize, predicate: usize) -> bool {
    let tree = scene.tree;
    let mut below = token;
    for above in tree.ancestors(token) {
        let barrier = matches!(
            tree.rel(below),
            Deprel::Ccomp | Deprel::Parataxis | Deprel::AclRelcl | Deprel::Advcl | Deprel::Appos
        ) && !tree.grammar.has(Closed::Means, tree.lemma(below));
        if barrier || (tree.rel(below) == Deprel::Conj && tree.upos(below) == crate::vocab::Upos::Verb) {
            return false;
        }
        if above == predicate {
            return true;
        }
        below = above;
    }
    token == predicate
}
