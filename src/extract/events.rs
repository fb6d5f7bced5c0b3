//! Rules matched on predications give drafts of statements: who, what, on whom, vouched for by whom.
//!
//! Accusations, denials, demands and condemnations are drafted first, since they decide how far the acts that they are
//! about are vouched for; those are found again by [`super::about`].

use super::about::same_side;
use super::context::{Context, Contexts, Frame, Intent};
use super::fill::{Filler, Fillers, OPPOSED, SERVING};
use super::predication::Words;
use super::resolution::Resolution;
use super::tree::Tree;
use crate::model::{Casualties, Time, TokenRange};
use crate::ontology::{Ontology, PredicateInfo};
use crate::rules::{Arg, Match, Mood, Pos, Predication, Role, Rule, RuleSet, Slot};
use crate::seeds::Closed;
use crate::vocab::{Deprel, EntityType, Stance, Upos, Xpos};
use std::collections::{BTreeMap, BTreeSet};

/// A statement in the making: entities are indices, words are token ranges.
#[derive(Debug, Clone)]
pub struct Draft<'r> {
    /// The predicate.
    pub predicate: &'r PredicateInfo,
    /// The rule that fired.
    pub rule: String,
    /// CAMEO code, where the rule has a finer one.
    pub cameo: Option<&'r str>,
    /// PLOVER type, where the rule has another.
    pub plover: Option<&'r str>,
    /// The subject.
    pub subject: Filler,
    /// The object.
    pub object: Filler,
    /// The head of the trigger.
    pub trigger: usize,
    /// Index of the predication that gave it.
    pub predication: usize,
    /// What the sentence does with it.
    pub context: Context,
    /// Who says so, if not the article.
    pub speaker: Option<usize>,
    /// When.
    pub time: Option<Time>,
    /// Where.
    pub place: Option<usize>,
    /// With what.
    pub weapons: BTreeSet<usize>,
    /// Killed in it.
    pub killed: Option<Box<Casualties>>,
    /// On whose behalf.
    pub instrument_of: Option<usize>,
    /// Injured in it.
    pub injured: Option<Box<Casualties>>,
    /// The draft that it is about.
    pub about: Option<usize>,
    /// What a demand or threat is for.
    pub content: Option<TokenRange>,
    /// How sure the reading is.
    pub confidence: f64,
}

/// A rule that matched, kept with what its slots hold until drafts are made of it.
pub struct Found<'r> {
    /// Index of the predication.
    pub predication: usize,
    /// The match.
    pub matched: Match<'r>,
}

/// What drafting needs to know of a document.
pub struct Scene<'a> {
    /// The parse.
    pub tree: &'a Tree<'a>,
    /// Entities and mentions.
    pub resolution: &'a Resolution,
    /// Entities by token.
    pub fillers: &'a Fillers<'a>,
    /// The predications.
    pub predications: &'a [Predication],
    /// The predicates.
    pub ontology: &'a Ontology,
    /// Words of the clause grammar.
    pub words: &'a Words,
    /// What the rules read of predications, by their heads.
    pub known: &'a BTreeMap<usize, Known>,
}

/// What a body is to its state.
const PART_OF: &str = "partOf";
/// The kind of bodies that speak for their state.
const ORGAN: &str = "ministry";
/// How often a derivation is right where its parts are.
const DERIVED: f64 = 0.8;

/// All rules that match, in order of the text.
pub fn find<'r>(tree: &Tree, predications: &[Predication], rules: &'r RuleSet, words: &Words) -> Vec<Found<'r>> {
    // "sent *hundreds of mercenaries*"
    let many = |t: usize| tree.is_plural(t) || tree.upos(t) == Upos::Num;
    let lemma_of = |t: usize| tree.whole_lemma(if many(t) { super::predication::counted(tree, words, t) } else { t });
    let all = predications.iter().enumerate();
    let found = all.flat_map(|(i, p)| rules.matches(p, lemma_of).into_iter().map(move |m| (p, i, m)));
    let found = found.map(|(p, predication, matched)| (p, Found { predication, matched }));
    // Who worries about disinformation calls nothing false: what a speaker says by a word, he says of something.
    let said =
        |act: &Predication, f: &Found| !speaks(act, f) || !f.matched.about.is_empty() || !f.matched.objects.is_empty();
    found.filter(|(p, f)| said(p, f)).map(|(_, f)| f).collect()
}

/// What the rules read of a predication.
#[derive(Debug, Clone)]
pub struct Known {
    /// Whether all of it is harm done to somebody.
    harms: bool,
    /// The tokens of who does it, by rule and role.
    doers: Vec<Vec<usize>>,
    /// The tokens of whom it is done to, the same.
    targets: Vec<Vec<usize>>,
}

/// What the rules read of predications, by their heads.
pub fn known(found: &[Found], predications: &[Predication], ontology: &Ontology) -> BTreeMap<usize, Known> {
    let mut known: BTreeMap<usize, Known> = BTreeMap::new();
    for f in found {
        let plover = ontology.get(&f.matched.rule.predicate).and_then(|p| p.plover.as_deref());
        let harms = plover.is_some_and(|p| FORCE.contains(&p) || HOSTILE.contains(&p));
        let act = known.entry(predications[f.predication].head).or_insert(Known {
            harms,
            doers: Vec::new(),
            targets: Vec::new(),
        });
        act.harms &= harms;
        act.doers.extend(f.matched.subjects.iter().cloned());
        act.targets.extend(f.matched.objects.iter().cloned());
    }
    known
}

/// Puts what accusations, denials and demands are about under their frames. Who does not accuse claims nothing, who does not deny
/// denies nothing.
pub fn frame(found: &[Found], predications: &[Predication], contexts: &mut Contexts) {
    let denials = found.iter().filter(|f| f.matched.rule.about == Some(Stance::Denies));
    let denials = denials.filter(|f| !predications[f.predication].negated);
    let denied: BTreeSet<usize> = denials.flat_map(|f| f.matched.about.iter().copied()).collect();
    let framed = |f: &Found| {
        let stance = f.matched.rule.about?;
        let withheld = || !happened(&contexts.of(&predications[f.predication], f.matched.rule.meant));
        // "Chad was responsible for the raid": nobody but the article says so.
        let untold = predications[f.predication].pos == Pos::Adjective && f.matched.subjects.iter().all(Vec::is_empty);
        match stance {
            Stance::Claims if untold => None,
            // Who "rejects accusations that" denies what they say.
            Stance::Claims if denied.contains(&predications[f.predication].head) => None,
            Stance::Claims if withheld() => Some(Stance::Supposes),
            Stance::Denies if predications[f.predication].negated => None,
            _ => Some(stance),
        }
    };
    let stances: Vec<Option<Stance>> = found.iter().map(framed).collect();
    for (f, stance) in found.iter().zip(stances) {
        let Some(stance) = stance else { continue };
        let head = predications[f.predication].head;
        let cue = TokenRange::new(head, head + 1);
        for &token in &f.matched.about {
            let speakers = f.matched.subjects.first().cloned().unwrap_or_default();
            contexts.frame(token, Frame { stance, speakers, cue });
        }
    }
}

/// The drafts of all matches that have both a subject and an object in the text.
pub fn drafts<'r>(scene: &Scene<'r>, found: &[Found<'r>], contexts: &Contexts) -> Vec<Draft<'r>> {
    let mut drafts = Vec::new();
    for same in found.chunk_by(|a, b| a.predication == b.predication) {
        let act = &scene.predications[same[0].predication];
        for reading in best(readings(scene, act, same)) {
            let drafted = reading.pairs.into_iter();
            // What a speaker does by saying it is done, whatever the sentence says of it: "they will pay a price, he said".
            let context = match speaks(act, reading.found) || performs(scene, act, reading.predicate) {
                true => Context::reported(),
                false => contexts.of(act, reading.found.matched.rule.meant),
            };
            drafts.extend(drafted.map(|(s, o)| scene.draft(reading.found, reading.predicate, context.clone(), s, o)));
        }
    }
    once(scene, drafts)
}

/// Without what a noun says once more that its verb has said already, or says otherwise: the "sympathy" of "expressed sympathy",
/// the "embargo" of "lifted its embargo".
fn once<'r>(scene: &Scene, drafts: Vec<Draft<'r>>) -> Vec<Draft<'r>> {
    let ends = |d: &Draft| (d.subject.entity, d.object.entity);
    let mut said = BTreeSet::new();
    for d in &drafts {
        let patients = scene.predications[d.predication].args.iter().filter(|a| a.role == Role::Patient);
        said.extend(patients.filter(|a| a.token != d.trigger).map(|a| (a.token, ends(d))));
    }
    drafts.into_iter().filter(|d| !said.contains(&(d.trigger, ends(d)))).collect()
}

/// Whether the subject of a match is who says the sentence.
fn speaks(act: &Predication, found: &Found) -> bool {
    let speaker = |t: &usize| act.role(&Role::Speaker).any(|a| a.token == *t);
    let agent = |t: &usize| act.args.iter().any(|a| a.token == *t && a.role != Role::Speaker);
    found.matched.subjects.iter().flatten().any(|t| speaker(t) && !agent(t))
}

/// "*We condemn* the attack, she said": who says so in the first person does it by saying it.
fn performs(scene: &Scene, act: &Predication, predicate: &PredicateInfo) -> bool {
    let tree = scene.tree;
    let spoken = predicate.plover.as_deref().is_some_and(|p| SPOKEN.contains(&p));
    let own = |a: &Arg| a.via.is_none() && tree.is(a.token, Closed::Own);
    let now = act.pos == Pos::Verb && tree.xpos(act.head) == Xpos::Vbp && tree.rel(act.head) != Deprel::Advcl;
    spoken && now && act.mood == Mood::Real && !act.negated && act.role(&Role::Agent).any(own)
}

/// A match with the pairs that it gives.
struct Matched<'f, 'r> {
    found: &'f Found<'r>,
    predicate: &'r PredicateInfo,
    pairs: Vec<(Filler, Filler)>,
}

impl Matched<'_, '_> {
    /// How directly the words name who acts on whom.
    fn directness(&self) -> f64 {
        self.pairs.iter().map(|(s, o)| both(s, o)).fold(0.0, f64::max)
    }

    fn beside(&self) -> bool {
        self.found.matched.rule.beside
    }
}

/// The matches of one predication that give pairs. Each predicate is read by the trigger that asks for most, another of its triggers
/// only where that one gives nothing; a predicate that another rule stands in for is not read.
fn readings<'f, 'r>(scene: &Scene<'r>, act: &Predication, same: &'f [Found<'r>]) -> Vec<Matched<'f, 'r>> {
    let mut all: Vec<Matched> = Vec::new();
    for found in same {
        let Some(predicate) = scene.ontology.get(&found.matched.rule.predicate) else { continue };
        if all.iter().any(|m| m.predicate.name == predicate.name) {
            continue;
        }
        let pairs = pairs(scene, act, &found.matched, predicate);
        if !pairs.is_empty() {
            all.push(Matched { found, predicate, pairs });
        }
    }
    let hidden: Vec<&str> = all.iter().filter_map(|m| m.found.matched.rule.instead.as_deref()).collect();
    all.into_iter().filter(|m| !hidden.contains(&&*m.predicate.name)).collect()
}

/// One word says one thing: of several predicates, those whose pair is named most directly, and what is said beside it.
fn best<'f, 'r>(all: Vec<Matched<'f, 'r>>) -> Vec<Matched<'f, 'r>> {
    let most = all.iter().filter(|m| !m.beside()).map(Matched::directness).fold(0.0, f64::max);
    all.into_iter().filter(|m| m.beside() || m.directness() >= most).collect()
}

/// Subjects with objects; or, for a reciprocal act without an object, subjects with each other.
fn pairs(scene: &Scene, act: &Predication, matched: &Match, predicate: &PredicateInfo) -> Vec<(Filler, Filler)> {
    let rule = matched.rule;
    let subjects = scene.subjects(matched, predicate);
    let range = allowed(&rule.object, &predicate.range);
    let official = predicate.plover.as_deref() == Some(TALK) && subjects.iter().all(|s| scene.is_official(s));
    let named = |t| {
        let found = match rule.direct {
            true => scene.fillers.named_by(t, range),
            false => scene.fill(t, Slot::Object, range),
        };
        let seat = if rule.seats || found.is_empty() && official { scene.seat(t, &subjects) } else { Vec::new() };
        if seat.is_empty() { found } else { seat }
    };
    let asked = scene.asked(matched, predicate, &subjects, range);
    let mut objects = if asked.is_empty() { fill_all(&matched.objects, &subjects, named) } else { asked };
    // "called on *it* to withdraw": somebody is meant, though it is not known who.
    let meant = matched.objects.iter().flatten().any(|&t| scene.tree.xpos(t) == Xpos::Prp);
    if objects.is_empty() && !meant {
        let denies = rule.about == Some(Stance::Denies);
        let other = |f: &Filler| !hostile(predicate) || !subjects.iter().any(|s| same_side(scene, s.entity, f.entity));
        let said = predicate.plover.as_deref();
        objects = scene.participants(&matched.about, &subjects, range, denies, said);
        // Who condemns violence does not condemn its victims.
        let judges = rule.about == Some(Stance::Claims);
        objects.retain(|f| other(f) && (!judges || scene.resolution.entities[f.entity].named));
    }
    if objects.is_empty() && range.contains(&EntityType::Place) {
        objects = scene.setting(act);
    }
    let entity = |o: &Filler| &scene.resolution.entities[o.entity];
    let excluded = |kind: &str| rule.not_kinds.iter().any(|k| k == kind);
    objects.retain(|o| entity(o).named || !entity(o).kind.as_deref().is_some_and(excluded));
    objects.retain(|f| scene.is_of(f, &rule.object_kind));
    // Who gives money to militants in Syria gives none to Syria.
    let actor = |f: &Filler| scene.resolution.entities[f.entity].entity_type != EntityType::Place;
    if predicate.plover.as_deref() != Some(ARMED) && objects.iter().any(actor) {
        objects.retain(actor);
    }
    let law = |s: &Filler| entity(s).kind.as_deref().is_some_and(|k| LAW.contains(&k));
    if predicate.plover.as_deref().is_none_or(|p| !FOR_NATIONS.contains(&p)) || subjects.iter().all(law) {
        forget_states_of_civilians(scene, &mut objects);
    }
    // Who tells the press something consults nobody.
    let press =
        |o: &Filler| scene.is_media(o.entity) || !entity(o).named && entity(o).kind.as_deref() == Some(REPORTER);
    objects.retain(|o| predicate.plover.as_deref() != Some(TALK) || !press(o));
    let told: Vec<usize> = act.role(&Role::Speaker).map(|a| a.token).collect();
    let by_speaker = matched.objects.iter().flatten().any(|t| told.contains(t));
    if by_speaker {
        objects = objects.into_iter().map(|o| scene.spoken_for(o)).collect();
    }
    let partner = |t: usize| scene.tree.has_preposition(t, Closed::Partner);
    let named = |o: &Filler| matched.objects.iter().flatten().any(|&t| o.tokens.contains(t) || partner(t));
    // Of two who agree on a third one's plan, each agrees with the other.
    if rule.reciprocal && subjects.len() > 1 && !objects.iter().any(named) {
        objects.clear();
    }
    let mutual = matched
        .objects
        .iter()
        .flatten()
        .any(|&t| scene.tree.grammar.has(Closed::Reciprocal, &scene.tree.with_fixed(t)));
    let pairs = match objects.is_empty() {
        true if mutual && !predicate.symmetric => crossed(&subjects, &subjects),
        true if mutual || rule.reciprocal && !meant => scene.each_other(act, &subjects),
        _ => crossed(&subjects, &objects),
    };
    // An army that bombs a town of its country does not attack the country, nor do police who arrest citizens coerce it.
    let is_state = |e: usize| scene.resolution.entities[e].entity_type == EntityType::State;
    let kind = |e: usize| scene.resolution.entities[e].kind.as_deref().unwrap_or_default();
    let at_home = |s: &Filler, o: &Filler| {
        let harms = predicate.plover.as_deref().is_some_and(|p| FORCE.contains(&p));
        harms && is_state(o.entity) && !OPPOSED.contains(&kind(s.entity)) && same_side(scene, s.entity, o.entity)
    };
    let in_words = |s: &Filler, o: &Filler| rule.armed && scene.is_unarmed(s) && scene.is_unarmed(o);
    pairs.into_iter().filter(|(s, o)| s.entity != o.entity && !at_home(s, o) && !in_words(s, o)).collect()
}

/// "police arrested two Iranians", "urged the Gabonese people": what is done to people who do not serve their state is not done to it.
fn forget_states_of_civilians(scene: &Scene, objects: &mut Vec<Filler>) {
    let entity = |o: &Filler| &scene.resolution.entities[o.entity];
    let civilian = |o: &&Filler| {
        let kind = entity(o).kind.as_deref();
        let serves = kind.is_some_and(|k| SERVING.contains(&k));
        scene.resolution.nations.contains_key(&o.entity)
            || !entity(o).named && entity(o).entity_type == EntityType::Person && !serves
    };
    let phrases: Vec<TokenRange> = objects.iter().filter(civilian).map(|o| o.tokens).collect();
    let within = |o: &Filler| phrases.iter().any(|p| p.contains(o.tokens.start));
    objects.retain(|o| entity(o).entity_type != EntityType::State || !within(o));
}

/// PLOVER types of acts that count as done to a state when its people are hit, held, freed, helped or praised, unless the law does it.
const FOR_NATIONS: [&str; 5] = [ARMED, "AID", "COERCE", "CONCEDE", "SUPPORT"];
/// Kinds of bodies that enforce the law: they deal with people for what these have done.
const LAW: [&str; 2] = ["court", "police"];

/// PLOVER type of acts of force: weapons are used in them, they have victims, and they hit the place as well.
pub(super) const ARMED: &str = "ASSAULT";
/// Kinds of people who bear arms.
const ARMED_KINDS: [&str; 4] = ["fighter", "militant", "officer", "soldier"];
/// PLOVER type of agreements and promises: nobody makes one with those whom he agrees to harm.
const PROMISE: &str = "AGREE";
/// PLOVER types of acts of force and pressure.
const FORCE: [&str; 3] = [ARMED, "COERCE", "SANCTION"];
/// The kind of those who report for the press.
const REPORTER: &str = "journalist";
/// The predicate of refusals.
const REJECTED: &str = "rejected";
/// PLOVER type of demands.
const REQUEST: &str = "REQUEST";
/// PLOVER type of refusals: who declines to threaten somebody turns nothing of his down.
const REFUSAL: &str = "REJECT";
/// PLOVER type of threats.
const THREAT: &str = "THREATEN";
/// PLOVER type of talks.
const TALK: &str = "CONSULT";
/// Kinds of those who visit and meet for a state or a union of states.
const ENVOYS: [&str; 7] = ["politician", "diplomat", "official", "officer", "monarch", "igo", "ministry"];
/// PLOVER types of acts that are done by saying so.
const SPOKEN: [&str; 5] = ["ACCUSE", REFUSAL, REQUEST, "SUPPORT", THREAT];
/// PLOVER types of acts of speech against somebody: nobody does them to his own side.
const HOSTILE: [&str; 2] = ["ACCUSE", THREAT];

fn hostile(predicate: &PredicateInfo) -> bool {
    predicate.plover.as_deref().is_some_and(|p| HOSTILE.contains(&p))
}

fn crossed(subjects: &[Filler], objects: &[Filler]) -> Vec<(Filler, Filler)> {
    subjects.iter().flat_map(|s| objects.iter().map(move |o| (s.clone(), o.clone()))).collect()
}

fn allowed<'t>(rule: &'t [EntityType], predicate: &'t [EntityType]) -> &'t [EntityType] {
    if rule.is_empty() { predicate } else { rule }
}

/// The entities of the first role that gives any but those given.
fn fill_all(roles: &[Vec<usize>], but: &[Filler], fill: impl Fn(usize) -> Vec<Filler>) -> Vec<Filler> {
    let each = |tokens: &Vec<usize>| {
        let mut all: Vec<Filler> = Vec::new();
        for filler in tokens.iter().flat_map(|&t| fill(t)) {
            if !all.iter().chain(but).any(|f| f.entity == filler.entity) {
                all.push(filler);
            }
        }
        all
    };
    roles.iter().map(each).find(|all| !all.is_empty()).unwrap_or_default()
}

impl Scene<'_> {
    /// The entities of a phrase.
    pub fn fill(&self, token: usize, slot: Slot, types: &[EntityType]) -> Vec<Filler> {
        self.fillers.fill(token, slot, types)
    }

    /// The entities that fill the subject of a match, of the types and kinds that its rule allows.
    pub(super) fn subjects(&self, matched: &Match, predicate: &PredicateInfo) -> Vec<Filler> {
        let domain = allowed(&matched.rule.subject, &predicate.domain);
        let mut subjects = fill_all(&matched.subjects, &[], |t| self.fill(t, Slot::Subject, domain));
        subjects.retain(|f| self.is_of(f, &matched.rule.subject_kind));
        subjects
    }

    /// Who is to do the act that is demanded by its noun: "demanded the withdrawal of *Russian troops* from Ukraine".
    fn asked(&self, matched: &Match, predicate: &PredicateInfo, but: &[Filler], types: &[EntityType]) -> Vec<Filler> {
        let demands = predicate.plover.as_deref() == Some(REQUEST);
        let noun = |t: &&usize| self.predication_at(**t).is_some_and(|p| p.pos == Pos::Noun);
        let acts = matched.about.iter().filter(|_| demands).filter(noun).filter_map(|t| self.known.get(t));
        let fill = |t| self.fill(t, Slot::Subject, types);
        let mut doers = acts.map(|act| fill_all(&act.doers, but, fill));
        doers.find(|d| d.iter().any(|f| self.resolution.entities[f.entity].named)).unwrap_or_default()
    }

    /// Those named together, each with the other; who is on one side of a fight does not fight his own.
    fn each_other(&self, act: &Predication, subjects: &[Filler]) -> Vec<(Filler, Filler)> {
        let first = |f: &Filler| self.tree.first_conjunct(self.tree.head_of(f.tokens));
        let and = |s: &Filler, o: &Filler| (s.tokens.end..o.tokens.start).any(|t| self.tree.is(t, Closed::Coordinator));
        // "the *Iran-Iraq* war"
        let joined = |s: &Filler, o: &Filler| self.tree.is_hyphened(s.tokens.end - 1, o.tokens.start);
        let linked = |s: &Filler, o: &Filler| and(s, o) || joined(s, o);
        let together =
            |s: &Filler, o: &Filler| s.tokens == o.tokens || first(s) == first(o) || linked(s, o) || linked(o, s);
        let of_side = |f: &Filler| act.role(&Role::Side).any(|a| f.tokens.contains(a.token));
        let others = |i: usize| subjects[i + 1..].iter().map(move |o| (&subjects[i], o));
        let pairs = (0..subjects.len()).flat_map(others).filter(|(s, o)| together(s, o) && !of_side(s) && !of_side(o));
        pairs.map(|(s, o)| (s.clone(), o.clone())).collect()
    }

    /// The state whose capital a phrase names, where none of these is at home there.
    fn seat(&self, token: usize, guests: &[Filler]) -> Vec<Filler> {
        let country = |f: &Filler| self.resolution.entities[f.entity].country.as_deref();
        let mut found = self.fillers.seat(token);
        found.retain(|s| !guests.iter().any(|g| country(g) == country(s)));
        found
    }

    /// Whether somebody comes on business of state, as tourists do not.
    fn is_official(&self, filler: &Filler) -> bool {
        let entity = &self.resolution.entities[filler.entity];
        let envoy = entity.kind.as_deref().is_some_and(|k| ENVOYS.contains(&k));
        filler.weapon.is_none() && (envoy || entity.entity_type == EntityType::State)
    }

    /// Whether an entity is of one of these kinds; any is where none is asked for.
    fn is_of(&self, filler: &Filler, kinds: &[String]) -> bool {
        let kind = self.resolution.entities[filler.entity].kind.as_deref().unwrap_or_default();
        kinds.is_empty() || kinds.iter().any(|k| k == kind)
    }

    /// Whether the rules read nothing but harm in an act.
    pub(super) fn harms(&self, head: usize) -> bool {
        self.known.get(&head).is_some_and(|known| known.harms)
    }

    /// The predication headed by a token.
    pub fn predication_at(&self, token: usize) -> Option<&Predication> {
        self.predications.binary_search_by_key(&token, |p| p.head).ok().map(|i| &self.predications[i])
    }

    /// Whom a speaker speaks for: a ministry for its state, anybody else for himself.
    fn spoken_for(&self, speaker: Filler) -> Filler {
        let (entities, facts) = (&self.resolution.entities, &self.resolution.facts);
        let state = |e: &usize| entities[*e].entity_type == EntityType::State;
        let body = facts.iter().filter(|f| f.subject == speaker.entity && &*f.predicate == PART_OF).map(|f| f.object);
        let organ = entities[speaker.entity].kind.as_deref() == Some(ORGAN);
        match body.filter(|_| organ).find(state) {
            Some(entity) => Filler { entity, confidence: speaker.confidence * DERIVED, ..speaker },
            None => speaker,
        }
    }

    /// The place whose plight an act explains: "Stepanakert was left without power *following* Azeri attacks".
    fn setting(&self, act: &Predication) -> Vec<Filler> {
        let occasion = |p: String| self.words.occasions.contains(&p);
        if act.pos != Pos::Noun || !self.tree.preposition(act.head).is_some_and(occasion) {
            return Vec::new();
        }
        let told = self.tree.head(act.head).and_then(|verb| self.predication_at(verb));
        let found = told.into_iter().flat_map(|p| &p.args).filter(|a| a.token != act.head && a.via.is_none());
        let places = found.map(|a| self.fill(a.token, Slot::Object, &[EntityType::Place]));
        let first = places.into_iter().find(|f| !f.is_empty()).unwrap_or_default();
        first.into_iter().map(|f| Filler { confidence: f.confidence * DERIVED, ..f }).collect()
    }

    /// Whether somebody is a named person who is known for no arms.
    fn is_unarmed(&self, f: &Filler) -> bool {
        let entity = &self.resolution.entities[f.entity];
        let armed = entity.kind.as_deref().is_some_and(|k| ARMED_KINDS.contains(&k));
        entity.entity_type == EntityType::Person && entity.named && !armed
    }

    /// Who else takes part in the acts that a demand, denial or accusation is about: who acts in them, else whom they hit, if a rule
    /// knows the act. Of a denial, only those whom they hit; of a promise or a refusal, of the PLOVER type `said`, nobody whom they harm.
    fn participants(
        &self,
        acts: &[usize],
        but: &[Filler],
        types: &[EntityType],
        denies: bool,
        said: Option<&str>,
    ) -> Vec<Filler> {
        let promises = said == Some(PROMISE);
        let threatens = said == Some(THREAT);
        let harmless = promises || said == Some(REFUSAL);
        let other = |f: &Filler| !but.iter().any(|b| b.entity == f.entity);
        let mut unnamed = Vec::new();
        // Who denies an act of his own side contradicts whom it hit; what a denied claim is about stands elsewhere.
        let told = |t: &&usize| !denies || !self.words.claims.contains(self.tree.lemma(**t));
        // "asked *if* the troops in Syria would stay" asks nothing of Syria.
        let asked = |t: &&usize| {
            self.tree.with(**t, &[Deprel::Mark]).any(|m| self.words.unreal_marks.contains(self.tree.lower(m)))
        };
        for act in acts.iter().filter(told).filter(|t| !asked(t)).filter_map(|&t| self.predication_at(t)) {
            let known = self.known.get(&act.head);
            if harmless && known.is_some_and(|known| known.harms) {
                continue;
            }
            // Who threatens that another will attack somebody threatens whom he will attack.
            let done = threatens && known.is_some_and(|known| !known.targets.iter().all(Vec::is_empty));
            let agents = act.args.iter().filter(|a| !denies && !done && a.role == Role::Agent).map(|a| a.token);
            // "condemned the raid *as* a breach of the treaty": the treaty did nothing.
            let capacity = |r: &Role| matches!(r, Role::Prep(p) if self.tree.grammar.has(Closed::Capacity, p));
            let part = |a: &&Arg| !matches!(a.role, Role::Agent | Role::Clause | Role::Speaker) && !capacity(&a.role);
            let others = act.args.iter().filter(|a| known.is_some() && part(a)).map(|a| a.token);
            // Who promises to send officers promises the officers nothing.
            let target =
                |t: &usize| !promises || known.is_some_and(|known| known.targets.iter().flatten().any(|o| o == t));
            for token in agents.chain(others.filter(target)) {
                let found: Vec<Filler> = self.fill(token, Slot::Object, types).into_iter().filter(other).collect();
                if found.iter().any(|f| self.resolution.entities[f.entity].named) {
                    return found;
                }
                unnamed = if unnamed.is_empty() { found } else { unnamed };
            }
        }
        unnamed
    }

    /// The codes of an act that is promised, refused, threatened or demanded, else none.
    pub fn shifted(&self, predicate: &PredicateInfo, context: &Context) -> Option<&(String, String)> {
        let key = (context.intent?, predicate.plover.clone()?);
        self.words.shifts.get(&key)
    }

    /// What somebody does by refusing to do what a draft says, where he would do it to an actor and nobody denies or only wants it.
    pub fn refused<'r>(&'r self, draft: &Draft) -> Option<&'r PredicateInfo> {
        let told = matches!(draft.context.told, Stance::Reports | Stance::Claims);
        let refuses = told && draft.context.intent == Some(Intent::Refuse);
        let refuses = refuses && self.shifted(draft.predicate, &draft.context).is_some();
        let rejected = self.ontology.get(REJECTED).filter(|_| refuses)?;
        let takes = |f: &Filler, types: &[EntityType]| types.contains(&self.resolution.entities[f.entity].entity_type);
        (takes(&draft.subject, &rejected.domain) && takes(&draft.object, &rejected.range)).then_some(rejected)
    }

    /// A draft that follows from a predication rather than from a rule.
    pub fn derived<'r>(
        &self,
        rule: &str,
        predicate: &'r PredicateInfo,
        predication: usize,
        subject: Filler,
        object: Filler,
    ) -> Draft<'r> {
        Draft {
            predicate,
            rule: rule.to_owned(),
            cameo: None,
            plover: None,
            trigger: self.predications[predication].head,
            predication,
            speaker: None,
            time: None,
            place: None,
            weapons: BTreeSet::new(),
            killed: None,
            injured: None,
            instrument_of: None,
            about: None,
            content: None,
            confidence: DERIVED * subject.confidence * object.confidence,
            context: Context::reported(),
            subject,
            object,
        }
    }

    fn draft<'r>(
        &self,
        found: &Found<'r>,
        predicate: &'r PredicateInfo,
        context: Context,
        subject: Filler,
        object: Filler,
    ) -> Draft<'r> {
        let rule: &'r Rule = found.matched.rule;
        Draft {
            cameo: rule.cameo.as_deref(),
            plover: rule.plover.as_deref(),
            speaker: context.speakers.iter().find_map(|&h| self.speaker(h)),
            weapons: subject.weapon.into_iter().collect(),
            confidence: rule.confidence * both(&subject, &object),
            context,
            ..self.derived(&rule.name, predicate, found.predication, subject, object)
        }
    }
}

/// How sure two ends are; what one word means is doubted once: "*they* agreed".
fn both(subject: &Filler, object: &Filler) -> f64 {
    if subject.tokens == object.tokens { subject.confidence } else { subject.confidence * object.confidence }
}

/// Whether an edge of that stance says that something was done to somebody, rather than planned.
pub fn happened(context: &Context) -> bool {
    !context.negated && matches!(context.stance, Stance::Reports | Stance::Claims)
}
