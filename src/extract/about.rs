//! What statements are about: a denial and the claim it denies, an accusation and the act it alleges, within and across sentences.

use super::context::Contexts;
use super::events::{ARMED, Draft, Found, Scene, happened};
use super::fill::{Filler, OPPOSED};
use super::qualify::USE;
use super::speech::{Act, Speech};
use crate::model::TokenRange;
use crate::ontology::PredicateInfo;
use crate::rules::{Arg, Role, Slot};
use crate::seeds::Closed;
use crate::vocab::{Deprel, EntityType, Stance, Xpos};
use std::collections::BTreeMap;

/// How many sentences back "the claim" may point.
const REACH: usize = 4;
/// How many sentences back stands who is contradicted where nobody was accused.
const NEAR: usize = 2;
/// How many sentences an article takes to say what it is about; with a headline before them.
const LEAD: usize = 4;
/// The predicate of accusations.
const ACCUSED: &str = "accused";
/// The predicate of denials.
const DENIED: &str = "denied";
/// Predicates of harm: "the attack" may point back to a killing.
const HARMS: [&str; 3] = ["attacked", "killed", "injured"];

/// PLOVER types of acts that are worth a denial: nobody denies that somebody met somebody.
const DENIABLE: [&str; 5] = ["ASSAULT", "COERCE", "AID", "MOBILIZE", "SANCTION"];

/// Links accusations, denials and demands to the acts they are about.
pub fn link(scene: &Scene, found: &[Found], drafts: &mut [Draft]) {
    let mut acts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, d) in drafts.iter().enumerate() {
        acts.entry(d.trigger).or_default().push(i);
    }
    let abouts: BTreeMap<(usize, &str), &[usize]> = found
        .iter()
        .rev()
        .filter(|f| f.matched.rule.about.is_some())
        .map(|f| ((f.predication, f.matched.rule.name.as_str()), f.matched.about.as_slice()))
        .collect();
    for draft in drafts.iter_mut() {
        let Some(tokens) = abouts.get(&(draft.predication, draft.rule.as_str())) else { continue };
        draft.about = tokens.iter().find_map(|&t| act_at(scene, &acts, t, draft.trigger));
        if draft.about.is_none() {
            draft.content = tokens.first().map(|&t| scene.tree.edges(t));
        }
    }
}

/// The act named by a token, or by the first predicate below it.
fn act_at(scene: &Scene, acts: &BTreeMap<usize, Vec<usize>>, token: usize, but: usize) -> Option<usize> {
    let first = |t: usize| acts.get(&t).and_then(|a| a.first().copied());
    let below: TokenRange = scene.tree.edges(token);
    first(token).or_else(|| below.range().filter(|&t| t != but).find_map(first))
}

/// "denied the claim": the last claim by somebody else is denied, and its claimant is the one contradicted.
pub fn deny_claims<'r>(scene: &Scene<'r>, found: &[Found<'r>], speeches: &[Speech], drafts: &mut Vec<Draft<'r>>) {
    let mut answers = Vec::new();
    let made = |f: &&Found<'r>| !scene.predications[f.predication].negated;
    for found in firsts(scene, found, Stance::Denies).filter(made) {
        let silent = !drafts.iter().any(|d| d.predication == found.predication);
        let about = &found.matched.about;
        let claim = about.iter().copied().find(|&t| scene.words.claims.contains(scene.tree.lemma(t)));
        // "denied involvement": what is denied stands before.
        let head = scene.predications[found.predication].head;
        let pointer = || silent.then(|| about.first().copied().unwrap_or(head));
        let Some(predicate) = scene.ontology.get(&found.matched.rule.predicate) else { continue };
        let Some(claim) = claim.or_else(pointer) else { continue };
        for denier in scene.subjects(&found.matched, predicate) {
            answers.extend(Denial { found, predicate, claim, denier, silent }.answer(scene, speeches, drafts));
        }
    }
    for Answer { denied, echoes } in answers {
        let about = (!echoes.is_empty()).then_some(drafts.len());
        drafts.extend(echoes);
        drafts.push(Draft { about, ..denied });
    }
}

/// "The government denied that it would attack civilians": who accused its side of it before is contradicted, rather than people
/// without a name.
pub fn contradict_accusers(scene: &Scene, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let d = &drafts[i];
        if d.predicate.name != DENIED || scene.resolution.entities[d.object.entity].named {
            continue;
        }
        let charge = last_charge(scene, drafts, d.trigger, &d.subject)
            .filter(|&c| d.predicate.range.contains(&scene.type_of(&drafts[c].subject)));
        if let Some(charge) = charge {
            drafts[i].object = Filler { confidence: 0.8, weapon: None, ..drafts[charge].subject.clone() };
        }
    }
}

/// A denial of something told before.
struct Denial<'f, 'r> {
    found: &'f Found<'r>,
    predicate: &'r PredicateInfo,
    /// The word for what is denied.
    claim: usize,
    denier: Filler,
    /// Whether its own sentence says nothing of what is denied.
    silent: bool,
}

/// The edge from the denier to the claimant, and the denied acts with the denier's stance, first what the denial is about.
struct Answer<'r> {
    denied: Draft<'r>,
    echoes: Vec<Draft<'r>>,
}

impl<'r> Denial<'_, 'r> {
    fn answer(&self, scene: &Scene<'r>, speeches: &[Speech], drafts: &[Draft<'r>]) -> Option<Answer<'r>> {
        let (claim, denier) = (self.claim, &self.denier);
        let owner = scene.fillers.owner(claim, &self.predicate.domain);
        let owner = owner.filter(|o| !same_side(scene, o.entity, denier.entity));
        let charge = last_charge(scene, drafts, claim, denier)
            .filter(|&i| owner.as_ref().is_none_or(|o| by(scene, &drafts[i], o)));
        let owned = |i: &usize| owner.as_ref().is_none_or(|o| says(scene, &drafts[*i], o));
        // "denied that troops were there" denies that, not what was claimed before.
        let subject = scene.tree.with(claim, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
        let spelled_out = claim != self.trigger(scene) && subject.is_some();
        let told = last_claim(scene, drafts, claim, denier).filter(owned).filter(|_| !spelled_out);
        // A charge that was made since is what is denied.
        let since = |i: usize, c: usize| drafts[c].about != Some(i) && drafts[i].trigger < drafts[c].trigger;
        let told = told.filter(|&i| charge.is_none_or(|c| by(scene, &drafts[i], denier) && !since(i, c)));
        let charged = |c: usize| {
            let same =
                |d: &Draft| scene.tree.doc.sentence_of(d.trigger) == scene.tree.doc.sentence_of(drafts[c].trigger);
            let said =
                |d: &Draft| d.trigger > drafts[c].trigger && d.speaker == Some(drafts[c].subject.entity) && same(d);
            drafts[c].about.or_else(|| drafts.iter().position(|d| said(d) && by(scene, d, denier)))
        };
        if let Some(target) = told.or_else(|| charge.and_then(charged)) {
            return Some(self.contradict(scene, target, drafts));
        }
        let accuser = charge.map(|i| drafts[i].subject.clone()).or(owner);
        let accuser = accuser.map(|a| Filler { confidence: 0.8, weapon: None, ..a });
        let object = accuser.or_else(|| last_accuser(scene, speeches, claim, denier).filter(|_| self.silent))?;
        let rule = &self.found.matched.rule.name;
        let denied = scene.derived(rule, self.predicate, self.found.predication, denier.clone(), object);
        Some(Answer { denied, echoes: Vec::new() })
    }

    /// The claim is all that was said in it.
    fn contradict(&self, scene: &Scene<'r>, target: usize, drafts: &[Draft<'r>]) -> Answer<'r> {
        let sentence = |i: usize| scene.tree.doc.sentence_of(drafts[i].trigger);
        let own = |d: &Draft| by(scene, d, &self.denier) == by(scene, &drafts[target], &self.denier);
        let same = |d: &Draft| d.speaker == drafts[target].speaker && wrong(d) && own(d);
        let said = |i: &usize| *i != target && same(&drafts[*i]);
        let rest = (0..drafts.len()).filter(said).filter(|&i| sentence(i) == sentence(target));
        let echoes = std::iter::once(target).chain(rest).map(|i| self.echo(scene, &drafts[i])).collect();
        Answer { denied: self.denied(scene, &drafts[target]), echoes }
    }

    fn trigger(&self, scene: &Scene) -> usize {
        scene.predications[self.found.predication].head
    }

    fn echo(&self, scene: &Scene, claim: &Draft<'r>) -> Draft<'r> {
        let trigger = self.trigger(scene);
        let mut echo = claim.clone();
        echo.context.stance = Stance::Denies;
        echo.context.cue = Some(TokenRange::new(trigger, trigger + 1));
        echo.context.speakers = self.found.matched.subjects.concat();
        echo.speaker = Some(self.denier.entity);
        echo.trigger = trigger;
        echo.predication = self.found.predication;
        echo.confidence *= 0.8;
        echo.rule = format!("{}/denied-claim", claim.predicate.name);
        echo
    }

    fn denied(&self, scene: &Scene<'r>, claim: &Draft<'r>) -> Draft<'r> {
        let claimant = claim.speaker.unwrap_or(claim.object.entity);
        let words = claim.context.speakers.first().and_then(|&t| scene.fillers.mention(t)).map(|m| m.tokens);
        let tokens = words.unwrap_or(claim.object.tokens);
        let object = Filler { entity: claimant, tokens, confidence: 0.8, weapon: None };
        let rule = self.found.matched.rule;
        let draft = scene.derived(&rule.name, self.predicate, self.found.predication, self.denier.clone(), object);
        let confidence = rule.confidence * self.denier.confidence * 0.8;
        Draft { cameo: rule.cameo.as_deref(), plover: rule.plover.as_deref(), confidence, ..draft }
    }
}

/// The first match of each predication whose rule does that with what it is about.
fn firsts<'f, 'r>(scene: &Scene<'r>, found: &'f [Found<'r>], stance: Stance) -> impl Iterator<Item = &'f Found<'r>> {
    let acts = |f: &Found| {
        let predicate = scene.ontology.get(&f.matched.rule.predicate);
        predicate.is_some_and(|p| !scene.subjects(&f.matched, p).is_empty())
    };
    let same = found.chunk_by(|a, b| a.predication == b.predication);
    same.filter_map(move |all| all.iter().find(|f| f.matched.rule.about == Some(stance) && acts(f)))
}

/// Whether the side of somebody acts in a draft.
fn by(scene: &Scene, draft: &Draft, somebody: &Filler) -> bool {
    same_side(scene, draft.subject.entity, somebody.entity)
}

/// Whether the side of somebody says a draft.
fn says(scene: &Scene, draft: &Draft, somebody: &Filler) -> bool {
    draft.speaker.is_some_and(|s| same_side(scene, s, somebody.entity))
}

/// The last accusation before a token against the one who denies it, or his side.
fn last_charge(scene: &Scene, drafts: &[Draft], token: usize, denier: &Filler) -> Option<usize> {
    let here = scene.tree.doc.sentence_of(token);
    let near = |d: &Draft| d.trigger < token && scene.tree.doc.sentence_of(d.trigger) + REACH >= here;
    let charge = |d: &Draft| {
        d.predicate.name == ACCUSED && same_side(scene, d.object.entity, denier.entity) && !by(scene, d, denier)
    };
    let charges = drafts.iter().enumerate().filter(|(_, d)| near(d) && charge(d));
    charges.max_by_key(|(_, d)| d.trigger).map(|(i, _)| i)
}

/// Who last asserted or denied something before a token, on another side than the one who denies it.
fn last_accuser(scene: &Scene, speeches: &[Speech], token: usize, denier: &Filler) -> Option<Filler> {
    let here = scene.tree.doc.sentence_of(token);
    let near = |s: &&Speech| {
        let says = matches!(s.act, Act::Asserts | Act::Denies);
        says && s.cue_head < token && scene.tree.doc.sentence_of(s.cue_head) + NEAR >= here
    };
    let other = |f: &Filler| !same_side(scene, f.entity, denier.entity) && !scene.is_media(f.entity);
    // Who spoke of other things has accused nobody here, unless an accusation is named.
    let named = scene.words.claims.contains(scene.tree.lemma(token));
    let of_him = |s: &&Speech| {
        let mentions = s.content.iter().flat_map(|c| c.range()).filter_map(|t| scene.fillers.mention(t));
        named || mentions.flat_map(|m| &m.entities).any(|&e| same_side(scene, e, denier.entity))
    };
    let speaker = |s: &Speech| {
        let types = [EntityType::Person, EntityType::Organization, EntityType::State];
        scene.fill(s.source_head?, Slot::Subject, &types).into_iter().find(other)
    };
    let last = speeches.iter().filter(near).filter(of_him).filter_map(speaker).next_back();
    last.map(|f| Filler { confidence: f.confidence * 0.7, weapon: None, ..f })
}

/// "condemned the attack": the last attack told is meant, and who carried it out is condemned.
pub fn condemn_told<'r>(scene: &Scene<'r>, found: &[Found<'r>], drafts: &mut Vec<Draft<'r>>) {
    let mut derived = Vec::new();
    for f in firsts(scene, found, Stance::Claims) {
        let silent = !drafts.iter().any(|d| d.predication == f.predication);
        let told = f.matched.about.iter().copied().find(|&t| scene.is_anaphor(t) || scene.is_told(t));
        let (true, Some(token), Some(predicate)) = (silent, told, scene.ontology.get(&f.matched.rule.predicate)) else {
            continue;
        };
        let kinds: Vec<&str> = found
            .iter()
            .filter(|f| scene.predications[f.predication].head == token)
            .map(|f| f.matched.rule.predicate.as_str())
            .collect();
        let targets = last_wrongs(scene, drafts, token, &kinds);
        for subject in scene.subjects(&f.matched, predicate) {
            let mut condemned: Vec<usize> = vec![subject.entity];
            for &target in &targets {
                let Some(meant) = condemnable(scene, &drafts[target], &subject, &predicate.range) else { continue };
                if condemned.contains(&meant.entity) {
                    continue;
                }
                condemned.push(meant.entity);
                let object = Filler { confidence: 0.7, weapon: None, ..meant.clone() };
                let draft = scene.derived(&f.matched.rule.name, predicate, f.predication, subject.clone(), object);
                let (cameo, plover) = (f.matched.rule.cameo.as_deref(), f.matched.rule.plover.as_deref());
                derived.push(Draft { about: Some(target), cameo, plover, ..draft });
            }
        }
    }
    drafts.extend(derived);
}

/// Who is condemned for an act: who did it, if known and not of the same side, else whom it hit.
fn condemnable<'d>(scene: &Scene, act: &'d Draft, subject: &Filler, range: &[EntityType]) -> Option<&'d Filler> {
    let entity = |f: &Filler| &scene.resolution.entities[f.entity];
    let ends = [&act.subject, &act.object].into_iter();
    let mut fitting = ends.filter(|f| entity(f).named && range.contains(&entity(f).entity_type));
    fitting.find(|f| f.entity != act.subject.entity || !same_side(scene, subject.entity, f.entity))
}

/// The wrong told before a token that its noun or pronoun stands for, with all who took part in it. It is of the kind that the noun
/// names: "the attack" is no clash. It was told just before, or in the same word, or it is what the article began with; a pronoun
/// stands for what was told just before.
fn last_wrongs(scene: &Scene, drafts: &[Draft], token: usize, kinds: &[&str]) -> Vec<usize> {
    let pronoun = scene.is_anaphor(token);
    let harms = kinds.iter().any(|k| HARMS.contains(k));
    let meant = |d: &Draft| {
        let name = &*d.predicate.name;
        let kind = pronoun || kinds.contains(&name) || harms && HARMS.contains(&name);
        kind && d.trigger < token && wrong(d) && happened(&d.context)
    };
    let here = scene.tree.doc.sentence_of(token);
    let sentence = |d: &&Draft| scene.tree.doc.sentence_of(d.trigger);
    let same = |d: &&Draft| scene.tree.lemma(d.trigger) == scene.tree.lemma(token);
    let told = || drafts.iter().filter(|d| meant(d));
    let within = |reach: usize| told().filter(|d| sentence(d) + reach >= here).map(|d| d.trigger).max();
    let again = || told().filter(same).map(|d| d.trigger).max();
    let lead = || told().filter(|d| sentence(d) < LEAD).map(|d| d.trigger).min();
    let further = || again().or_else(lead).or_else(|| within(REACH)).filter(|_| !pronoun);
    let Some(trigger) = within(NEAR).or_else(further) else { return Vec::new() };
    drafts.iter().enumerate().filter(|(_, d)| d.trigger == trigger && meant(d)).map(|(i, _)| i).collect()
}

/// The nearest claim before a token, made by somebody on another side.
fn last_claim(scene: &Scene, drafts: &[Draft], token: usize, denier: &Filler) -> Option<usize> {
    let here = scene.tree.doc.sentence_of(token);
    let near = |d: &Draft| {
        let sentence = scene.tree.doc.sentence_of(d.trigger);
        d.trigger < token && sentence + REACH >= here
    };
    let candidates =
        drafts.iter().enumerate().filter(|(_, d)| near(d) && d.context.stance == Stance::Claims && d.predicate.dynamic);
    let candidates = candidates.filter(|(_, d)| kind(d).is_some_and(|p| DENIABLE.contains(&p)));
    let other = candidates.filter(|(_, d)| d.speaker.is_some_and(|s| !same_side(scene, s, denier.entity)));
    let sentence = |d: &Draft| scene.tree.doc.sentence_of(d.trigger);
    // What the denier's own side is said to have done is denied first; the first act of the nearest claim is what it is about.
    other
        .max_by_key(|(i, d)| (by(scene, d, denier), wrong(d), sentence(d), std::cmp::Reverse((d.trigger, *i))))
        .map(|(i, _)| i)
}

/// A hostile act in somebody's mouth is also an accusation by the speaker, unless the speaker's own side did it.
pub fn accuse<'r>(scene: &Scene<'r>, drafts: &mut Vec<Draft<'r>>) {
    let Some(accused) = scene.ontology.get(ACCUSED) else { return };
    let mut derived = Vec::new();
    for (i, d) in drafts.iter().enumerate() {
        let Some(speaker) =
            d.speaker.filter(|_| d.context.stance == Stance::Claims && happened(&d.context) && wrong(d))
        else {
            continue;
        };
        let Some(words) = d.context.speakers.first().and_then(|&t| scene.fillers.mention(t)).map(|m| m.tokens) else {
            continue;
        };
        let somebody = scene.resolution.entities[d.subject.entity].named;
        // Who tests a missile or clashes with somebody does no wrong to anybody for it.
        let harmless =
            d.predicate.symmetric || scene.resolution.entities[d.object.entity].entity_type == EntityType::WeaponSystem;
        // Who says that prices rose after an attack blames nobody for it.
        let aside = scene.tree.preposition(d.trigger).is_some_and(|p| scene.words.occasions.contains(&p));
        if !somebody
            || harmless
            || aside
            || same_side(scene, speaker, d.subject.entity)
            || scene.is_media(speaker)
            || d.predicate.name == accused.name
        {
            continue;
        }
        let mut draft = d.clone();
        draft.predicate = accused;
        draft.rule = format!("{ACCUSED}/derived");
        (draft.cameo, draft.plover) = (None, None);
        draft.object = d.subject.clone();
        draft.subject = Filler { entity: speaker, tokens: words, confidence: 1.0, weapon: None };
        draft.context = super::context::Context::reported();
        draft.speaker = None;
        draft.about = Some(i);
        draft.weapons.clear();
        (draft.place, draft.killed, draft.injured, draft.instrument_of) = (None, None, None, None);
        draft.confidence *= 0.9;
        derived.push(draft);
    }
    drafts.extend(derived);
}

/// Who attacks with a weapon uses it.
pub fn arm<'r>(scene: &Scene<'r>, drafts: &mut Vec<Draft<'r>>) {
    let Some(used) = scene.ontology.get(USE) else { return };
    let mut derived = Vec::new();
    for d in drafts.iter().filter(|d| d.predicate.name != used.name && d.predicate.name != ACCUSED) {
        for &weapon in &d.weapons {
            let Some(mention) = scene.weapon_near(weapon, d.trigger) else { continue };
            // "fired rockets at the town": that they were used is said by the same word.
            let said =
                |o: &Draft| (o.trigger, o.subject.entity, o.object.entity) == (d.trigger, d.subject.entity, weapon);
            if drafts.iter().any(|o| o.predicate.name == used.name && said(o)) {
                continue;
            }
            let mut draft = d.clone();
            draft.predicate = used;
            draft.rule = format!("{USE}/derived");
            (draft.cameo, draft.plover) = (None, None);
            draft.object = Filler { entity: weapon, tokens: mention, confidence: 1.0, weapon: None };
            draft.weapons.clear();
            (draft.place, draft.killed, draft.injured, draft.about) = (None, None, None, None);
            draft.confidence *= 0.9;
            derived.push(draft);
        }
    }
    drafts.extend(derived);
}

/// Whether an act is a wrong to whom it hits: claiming one is accusing.
fn wrong(draft: &Draft) -> bool {
    kind(draft) == Some(ARMED)
}

/// The PLOVER type of a draft.
fn kind<'d>(draft: &'d Draft) -> Option<&'d str> {
    draft.plover.or(draft.predicate.plover.as_deref())
}

/// Whether two entities are one, or belong to one country.
pub fn same_side(scene: &Scene, a: usize, b: usize) -> bool {
    a == b || scene.country(a).is_some_and(|country| scene.country(b) == Some(country))
}

/// Who lives by an obligation that a speaker lays on somebody else, demands it: "Armenia must end the occupation, he said".
pub fn oblige<'r>(scene: &Scene<'r>, contexts: &Contexts, drafts: &mut Vec<Draft<'r>>) {
    let Some(demanded) = scene.ontology.get("demanded") else { return };
    let mut derived = Vec::new();
    for (i, p) in scene.predications.iter().enumerate() {
        let must =
            scene.tree.with(p.head, &[Deprel::Aux]).any(|a| scene.words.obligations.contains(scene.tree.lemma(a)));
        let supposed = scene.words.supposes(scene.tree, p.head);
        // "There should be a truce", "should have been told": nobody is asked to do anything.
        let auxiliaries = scene.tree.with(p.head, &[Deprel::Aux]).count();
        let past = scene.tree.xpos(p.head) == Xpos::Vbn && auxiliaries > 1;
        let nobody = past || scene.tree.child(p.head, Deprel::Expl).is_some();
        let (true, Some(speaker)) = (must && !supposed && !nobody && !p.negated, contexts.speaker(p.head)) else {
            continue;
        };
        let Some(subject) = scene.fill(speaker, Slot::Subject, &demanded.domain).into_iter().next() else { continue };
        // "We must act": who says so asks nobody else.
        let other = |a: &&Arg| a.role == Role::Agent && !scene.tree.is(a.token, Closed::Own);
        let obliged = p.args.iter().filter(other);
        for object in obliged.flat_map(|a| scene.fill(a.token, Slot::Object, &demanded.domain)) {
            if !same_side(scene, subject.entity, object.entity) {
                let about = drafts.iter().position(|d| d.predication == i);
                let content = Some(scene.tree.edges(p.head)).filter(|_| about.is_none());
                let draft = scene.derived("demanded/obligation", demanded, i, subject.clone(), object);
                derived.push(Draft { about, content, ..draft });
            }
        }
    }
    drafts.extend(derived);
}

impl Scene<'_> {
    /// The country that an entity acts for: its own, or that of the body it leads, speaks for or works for. Rebels and parties act for
    /// themselves.
    fn country(&self, entity: usize) -> Option<&str> {
        let bodies = || self.resolution.facts.iter().filter(|f| f.subject == entity).map(|f| f.object);
        if bodies().any(|b| self.is_opposed(b)) {
            return None;
        }
        std::iter::once(entity)
            .chain(bodies())
            .find_map(|e| self.resolution.entities[e].country.as_deref().filter(|_| !self.is_opposed(e)))
    }

    fn is_opposed(&self, entity: usize) -> bool {
        self.resolution.entities[entity].kind.as_deref().is_some_and(|k| OPPOSED.contains(&k))
    }

    fn type_of(&self, filler: &Filler) -> EntityType {
        self.resolution.entities[filler.entity].entity_type
    }

    /// The words for an entity in the sentence of a token.
    fn weapon_near(&self, entity: usize, token: usize) -> Option<TokenRange> {
        let sentence = self.tree.sentence(token);
        let mentions = &self.resolution.mentions;
        let from = mentions.partition_point(|m| m.tokens.start < sentence.start);
        let here = mentions[from..].iter().take_while(|m| m.tokens.start < sentence.end);
        here.into_iter().find(|m| m.entities.contains(&entity)).map(|m| m.tokens)
    }

    /// Whether a token stands for an act as a whole: "condemned *it*".
    fn is_anaphor(&self, token: usize) -> bool {
        self.tree.is(token, Closed::Anaphor)
    }

    /// Whether a noun names an act with "the" or "this": one that was told before.
    pub(super) fn is_told(&self, noun: usize) -> bool {
        let definite = |d: usize| self.words.definite.contains(self.tree.lower(d));
        self.predication_at(noun).is_some() && self.tree.with(noun, &[Deprel::Det]).any(definite)
    }

    /// Whether an entity is a newsroom or agency: it relays claims and accuses nobody.
    pub fn is_media(&self, entity: usize) -> bool {
        let e = &self.resolution.entities[entity];
        e.entity_type == EntityType::Organization && e.kind.as_deref() == Some("media")
    }
}
