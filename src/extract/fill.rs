//! From the head of an argument to the entities it stands for: directly, through a noun that belongs to somebody, or through an event.
//!
//! "Armenian missiles" act for Armenia, "residential areas of Ganja" are hit in Ganja, "the decision of the court" is the court's.

use super::resolution::{Form, Mention, Resolution};
use super::tree::Tree;
use crate::model::TokenRange;
use crate::rules::Slot;
use crate::seeds::Closed;
use crate::vocab::{Deprel, EntityType, Upos, Xpos};
use std::collections::{BTreeMap, BTreeSet};

/// An entity in a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Filler {
    /// Index among the entities.
    pub entity: usize,
    /// The words that name it.
    pub tokens: TokenRange,
    /// How sure it is.
    pub confidence: f64,
    /// A weapon met on the way: "Armenian *missiles* hit".
    pub weapon: Option<usize>,
}

/// The entities of a document by token.
pub struct Fillers<'a> {
    tree: &'a Tree<'a>,
    resolution: &'a Resolution,
    /// The mention headed by a token, else a name that covers it.
    mention_at: Vec<Option<usize>>,
    /// Nouns that act for their owner: acts, words and counts ("attack", "statement", "dozens of").
    deputies: BTreeSet<usize>,
    /// The states by their country codes.
    states: BTreeMap<&'a str, usize>,
}

/// What is lost on each step from the argument's head to the entity.
const STEP: f64 = 0.9;
/// Kinds of those who stand against the state that they are of.
pub(super) const OPPOSED: [&str; 4] = ["armed-group", "fighter", "movement", "party"];
/// Kinds of people through whom their state acts and is acted on.
pub(super) const SERVING: [&str; 8] =
    ["diplomat", "jurist", "monarch", "officer", "official", "police", "politician", "soldier"];
/// No noun phrase worth following is deeper.
const DEPTH: usize = 2;

impl<'a> Fillers<'a> {
    /// Indexes the mentions of a document by token. `deputies` are the tokens of nouns that act for their owner, beside weapons.
    pub fn new(tree: &'a Tree<'a>, resolution: &'a Resolution, deputies: BTreeSet<usize>) -> Fillers<'a> {
        let mut mention_at = vec![None; tree.len()];
        for (i, m) in resolution.mentions.iter().enumerate().filter(|(_, m)| m.form == Form::Name) {
            mention_at[m.tokens.range()].fill(Some(i));
        }
        for (i, m) in resolution.mentions.iter().enumerate() {
            mention_at[m.head] = Some(i);
        }
        let states = resolution.entities.iter().enumerate().filter(|(_, e)| e.entity_type == EntityType::State);
        let states = states.filter_map(|(i, e)| Some((e.country.as_deref()?, i))).collect();
        Fillers { tree, resolution, mention_at, deputies, states }
    }

    /// The mention that a token heads or is part of.
    pub fn mention(&self, token: usize) -> Option<&'a Mention> {
        self.mention_at.get(token).copied().flatten().map(|i| &self.resolution.mentions[i])
    }

    /// The entities that the phrase of a token stands for in a slot, all of one of these types.
    pub fn fill(&self, token: usize, slot: Slot, types: &[EntityType]) -> Vec<Filler> {
        let (mut named, unnamed) = self.direct(token, types);
        if !named.is_empty() {
            if slot != Slot::Subject && types.contains(&EntityType::State) {
                let nations: Vec<Filler> = named.iter().filter_map(|f| self.nation(f)).collect();
                named.extend(nations);
            }
            return named;
        }
        let examples = if unnamed.is_empty() { Vec::new() } else { self.examples(token, types) };
        if !examples.is_empty() {
            return examples;
        }
        // Those who act act for themselves: "Iranian-backed militias" are not Iran.
        if self.is_another(token, types) || (slot == Slot::Subject && !unnamed.is_empty()) {
            return unnamed;
        }
        let mut found = self.lift(token, slot, types, DEPTH);
        // Whoever clashes with a man's allies does not clash with him.
        let person = |f: &Filler| self.resolution.entities[f.entity].entity_type == EntityType::Person;
        found.retain(|f| unnamed.is_empty() || !person(f));
        // Aid to the Syrian opposition is none to Syria.
        let state = |f: &Filler| self.resolution.entities[f.entity].entity_type == EntityType::State;
        let kind = |f: &Filler| self.resolution.entities[f.entity].kind.as_deref().unwrap_or_default();
        let apart = unnamed.iter().any(|f| OPPOSED.contains(&kind(f)));
        found.retain(|f| !apart || !state(f));
        found.extend(unnamed);
        found
    }

    /// The state of some of its people: "three Israelis" that are killed are Israel's.
    fn nation(&self, people: &Filler) -> Option<Filler> {
        let &entity = self.resolution.nations.get(&people.entity)?;
        Some(Filler { entity, confidence: people.confidence * STEP, ..people.clone() })
    }

    /// The entities that the phrase of a token names itself, not through what belongs to them.
    pub fn named_by(&self, token: usize, types: &[EntityType]) -> Vec<Filler> {
        let (named, unnamed) = self.direct(token, types);
        if named.is_empty() { unnamed } else { named }
    }

    /// The state whose capital a phrase names as a place: who goes to Warsaw on business of state goes to Poland.
    pub fn seat(&self, token: usize) -> Vec<Filler> {
        let Some(mention) = self.mention(token) else { return Vec::new() };
        let state = mention.entities.first().and_then(|e| self.resolution.seats.get(e));
        let confidence = mention.confidence * STEP;
        state.map(|&entity| Filler { entity, tokens: mention.tokens, confidence, weapon: None }).into_iter().collect()
    }

    /// Whom the thing that a noun names belongs to: its possessor or nationality.
    pub fn owner(&self, noun: usize, types: &[EntityType]) -> Option<Filler> {
        self.lift(noun, Slot::About, types, 1).into_iter().next()
    }

    /// Those named of many: "eleven prisoners, *including Nasrin Sotoudeh*".
    fn examples(&self, token: usize, types: &[EntityType]) -> Vec<Filler> {
        let including = |p: &usize| self.tree.has_preposition(*p, Closed::Example);
        let phrases = self.tree.phrases(token).filter(including).flat_map(|p| self.tree.coordinated(p));
        phrases.flat_map(|p| self.direct(p, types).0).collect()
    }

    /// Named and unnamed entities that the token's own mention stands for.
    fn direct(&self, token: usize, types: &[EntityType]) -> (Vec<Filler>, Vec<Filler>) {
        let mention = self.mention(token).or_else(|| self.renaming(token));
        let Some(mention) = mention else { return (Vec::new(), Vec::new()) };
        let filler =
            |&entity: &usize| Filler { entity, tokens: mention.tokens, confidence: mention.confidence, weapon: None };
        // A state stands for itself where it is met as a place: "sent aid to Yemen".
        let fits = |f: &Filler| {
            types.contains(&self.type_of(f.entity, mention))
                || types.contains(&self.resolution.entities[f.entity].entity_type)
        };
        let finer = self.models(mention);
        let all = mention.entities.iter().chain(finer).map(filler).filter(fits);
        all.partition(|f| self.resolution.entities[f.entity].named)
    }

    /// The model beside a class of weapon: "Smerch rockets".
    fn models(&self, mention: &Mention) -> impl Iterator<Item = &'a usize> {
        let is_weapon = mention.entity_type == EntityType::WeaponSystem;
        let head = mention.head;
        let beside = self.tree.with(head, &[Deprel::Compound]).filter_map(|t| self.mention(t));
        let models = beside.filter(move |m| is_weapon && m.head != head && m.entity_type == EntityType::WeaponSystem);
        models.flat_map(|m| &m.entities).collect::<Vec<_>>().into_iter()
    }

    /// Whether a phrase names something that the slot cannot take: what it belongs to is not meant then either.
    fn is_another(&self, token: usize, types: &[EntityType]) -> bool {
        self.mention(token).is_some_and(|m| {
            m.form == Form::Name && m.entity_type != EntityType::WeaponSystem && !types.contains(&m.entity_type)
        })
    }

    /// The type an entity has in a mention; a mention of several has each one's own.
    fn type_of(&self, entity: usize, mention: &Mention) -> EntityType {
        match mention.entities.len() {
            1 => mention.entity_type,
            _ => self.resolution.entities[entity].entity_type,
        }
    }

    /// "its spokesman, John Doe": the name beside a description.
    fn renaming(&self, token: usize) -> Option<&'a Mention> {
        self.tree
            .with(token, &[Deprel::Appos, Deprel::Flat])
            .find_map(|t| self.mention(t).filter(|m| m.form == Form::Name))
    }

    fn lift(&self, token: usize, slot: Slot, types: &[EntityType], depth: usize) -> Vec<Filler> {
        if depth == 0 {
            return Vec::new();
        }
        let weapon =
            self.mention(token).filter(|m| m.entity_type == EntityType::WeaponSystem).and_then(|m| m.entities.first());
        // "Armenian missiles" act for Armenia, "Jordanian factories" do not act for Jordan.
        if slot == Slot::Subject && weapon.is_none() && !self.deputies.contains(&token) {
            return Vec::new();
        }
        for group in self.steps(token, slot, types) {
            // "one of the warring parties": which of them is not said.
            let single = self.tree.is(token, Closed::Single);
            let look = |next: usize| {
                if single && self.mention(next).is_some_and(|m| m.entities.len() > 1) {
                    return Vec::new();
                }
                let (named, unnamed) = self.direct(next, types);
                let deeper = if named.is_empty() { self.lift(next, slot, types, depth - 1) } else { named };
                if deeper.is_empty() { unnamed } else { deeper }
            };
            let ours = group.iter().any(|&t| self.tree.is(t, Closed::Ours));
            let mut found: Vec<Filler> = group.into_iter().flat_map(look).collect();
            if ours {
                found.iter_mut().for_each(|f| f.entity = self.country(f.entity).unwrap_or(f.entity));
            }
            if !found.is_empty() {
                return found.into_iter().map(|f| step(f, weapon.copied())).collect();
            }
        }
        Vec::new()
    }

    /// The state of somebody who says "our".
    fn country(&self, entity: usize) -> Option<usize> {
        let country = self.resolution.entities[entity].country.as_deref()?;
        self.states.get(country).copied()
    }

    /// Where to look next: the owner, the nationality, then for objects what it is of and where it lies.
    fn steps(&self, token: usize, slot: Slot, types: &[EntityType]) -> Vec<Vec<usize>> {
        let all = |t: usize| self.tree.coordinated(t);
        // "its Chinese counterparts" are Chinese.
        let (pronouns, owners): (Vec<usize>, Vec<usize>) =
            self.tree.with(token, &[Deprel::NmodPoss]).partition(|&t| self.tree.xpos(t) == Xpos::PrpPoss);
        let mut steps: Vec<Vec<usize>> = owners.into_iter().map(all).collect();
        let is_before =
            |c: &usize| *c < token && self.tree.upos(*c) != Upos::Verb && self.tree.preposition(*c).is_none();
        let of = |p: &usize| self.tree.has_preposition(*p, Closed::Genitive);
        // "the Iraqi city of Zakho" is Zakho; "the Armenian shelling of Barda" is first of all Armenian.
        if !self.deputies.contains(&token) {
            steps.extend(self.tree.phrases(token).filter(of).map(all));
        }
        // "a raid condemned by Jordan" is none of Jordan's.
        let made = |a: &usize| self.tree.grammar.has(Closed::Authored, self.tree.lemma(*a));
        let authors = self.tree.with(token, &[Deprel::Acl]).filter(made);
        let authors = authors.flat_map(|a| self.tree.with(a, &[Deprel::OblAgent]));
        steps.extend(authors.map(all));
        let modifiers = self.tree.with(token, &[Deprel::Amod, Deprel::Compound, Deprel::NmodDesc]);
        steps.extend(modifiers.filter(is_before).map(|m| self.together(m)));
        steps.extend(self.leaders(token).map(|l| self.together(l)));
        let grammar = self.tree.grammar;
        // "its border *with Libya*" is shared.
        let shared = |p: &usize| self.tree.rel(*p) == Deprel::Nmod && self.tree.has_preposition(*p, Closed::Partner);
        if slot != Slot::Subject && !pronouns.is_empty() {
            steps.extend(self.tree.phrases(token).filter(shared).map(all));
        }
        steps.extend(pronouns.into_iter().map(all));
        // Who seizes weapons in a town does not take the town.
        let actors = types.iter().any(|t| matches!(t, EntityType::Person | EntityType::Organization));
        let ground = || self.mention(token).is_some_and(|m| m.entity_type == EntityType::Place);
        let places = match slot {
            Slot::Subject => &[],
            _ if types.contains(&EntityType::Place) && (actors || ground()) => grammar.words(Closed::Site),
            _ => grammar.words(Closed::Party),
        };
        // "the bombardment of Sanaa by the United States" is first of all by the United States, though "by" may hang on Sanaa.
        let is_act = self.deputies.contains(&token);
        // "troops *deployed in Syria*"
        let participles = self.tree.with(token, &[Deprel::Acl]).filter(|&a| self.tree.upos(a) == Upos::Verb);
        let stationed = participles.flat_map(|a| self.tree.with(a, &[Deprel::Obl]));
        let with = |p: &usize| self.tree.has_preposition(*p, Closed::Partner);
        let stationed = stationed.filter(|o| self.tree.has_preposition(*o, Closed::Site) && !with(o));
        let stationed: Vec<usize> = stationed.collect();
        let owners = grammar.words(if is_act { Closed::Doer } else { Closed::Owner });
        for preposition in owners.iter().chain(places) {
            let by = is_act && grammar.has(Closed::Agent, preposition);
            let inner = |p: &usize| by && (of(p) || self.tree.has_preposition(*p, Closed::Locative));
            let below = self.tree.phrases(token).filter(inner).flat_map(|p| self.tree.phrases(p));
            let phrases = self.tree.phrases(token).chain(below).chain(stationed.iter().copied());
            // "protected villagers from the rebels", "bombed a bridge with help from": what hangs on the verb is not its object's.
            let verbal = |p: &usize| (owners.contains(preposition) || with(p)) && !of(p);
            let hangs = |p: &usize| self.tree.rel(*p) == Deprel::Nmod || is_act || !verbal(p);
            let fitting =
                phrases.filter(hangs).filter(|&p| self.tree.preposition(p).is_some_and(|w| w == **preposition));
            steps.extend(fitting.map(all));
        }
        steps
    }

    /// A modifier with those beside it: "American *and British* warplanes", "US-*UK* strikes".
    fn together(&self, modifier: usize) -> Vec<usize> {
        let own = |t: &usize| self.mention(*t).is_some_and(|m| m.head == *t);
        let beside = self.tree.with(modifier, &[Deprel::Flat, Deprel::Compound]).filter(|c| *c > modifier).filter(own);
        let conjuncts = self.tree.with(modifier, &[Deprel::Conj]);
        let mut all: Vec<usize> = self.tree.coordinated(modifier).into_iter().chain(conjuncts).chain(beside).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// "*Saudi*-led air strikes": who leads an act.
    fn leaders(&self, act: usize) -> impl Iterator<Item = usize> {
        let acts = self.deputies.contains(&act);
        let participles = self.tree.with(act, &[Deprel::Amod, Deprel::Compound]);
        let led = participles.filter(move |&p| acts && self.tree.is(p, Closed::Led));
        led.flat_map(|p| self.tree.with(p, &[Deprel::Compound, Deprel::Obl, Deprel::Amod, Deprel::Nmod]))
    }
}

fn step(filler: Filler, weapon: Option<usize>) -> Filler {
    Filler { confidence: filler.confidence * STEP, weapon: filler.weapon.or(weapon), ..filler }
}
