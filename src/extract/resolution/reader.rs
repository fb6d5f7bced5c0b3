//! What resolution has read of a document so far: names found, mentions made, entities met. Its stages write here in turn.

use super::countries::{Countries, forget_foreign_parties};
use super::lookup::Lookup;
use super::registry::{New, Registry};
use super::spots::{Spot, spots};
use super::things::PEOPLE;
use super::{Fact, Form, Mention, Resolution};
use crate::extract::tree::Tree;
use crate::model::{Document, TokenRange};
use crate::seeds::{Heads, KnownId, Names, Reference, Sense, Title};
use crate::vocab::{EntityType, Predicate, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// The state of reading one document.
pub(super) struct Reader<'a> {
    pub tree: Tree<'a>,
    pub lookup: Lookup<'a>,
    pub reference: &'a Reference,
    pub registry: Registry<'a>,
    pub spots: Vec<Spot>,
    pub countries: Countries,
    /// The spot over each token.
    spot_of: Vec<Option<u32>>,
    pub titles: Vec<TitleHit<'a>>,
    /// The title over each token.
    title_of: Vec<Option<u32>>,
    pub mentions: Vec<Mention>,
    /// The mention over each token; the first made where several are.
    pub at: Vec<Option<usize>>,
    pub facts: Vec<Fact>,
    /// The bodies whose owner was stated.
    partof: BTreeSet<usize>,
}

/// A title found in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct TitleHit<'a> {
    pub tokens: TokenRange,
    /// Its noun: "minister" in "minister of defense".
    pub head: usize,
    pub title: &'a Title,
    pub plural: bool,
}

impl<'a> Reader<'a> {
    pub fn new(document: &'a Document, names: &'a Names, heads: &'a Heads, reference: &'a Reference) -> Reader<'a> {
        let tree = Tree::new(document, &reference.grammar);
        let lookup = Lookup::new(&tree, names, heads);
        let mut spots = spots(&tree, &lookup, reference);
        forget_foreign_parties(&tree, &lookup, &mut spots);
        let countries = Countries::new(&tree, &lookup, &spots);
        let mut spot_of = vec![None; tree.len()];
        for (number, spot) in spots.iter().enumerate() {
            spot_of[spot.tokens.range()].fill(Some(number as u32));
        }
        let titles = find_titles(&tree, &lookup);
        let mut title_of = vec![None; tree.len()];
        for (number, hit) in titles.iter().enumerate() {
            title_of[hit.tokens.range()].fill(Some(number as u32));
        }
        let at = vec![None; tree.len()];
        let registry = Registry::new(names);
        Reader {
            tree,
            lookup,
            reference,
            registry,
            spots,
            countries,
            spot_of,
            titles,
            title_of,
            mentions: Vec::new(),
            at,
            facts: Vec::new(),
            partof: BTreeSet::new(),
        }
    }

    /// The spot over a token, the outer where one lies in another.
    pub fn spot_at(&self, token: usize) -> Option<&Spot> {
        self.spot_of.get(token).copied().flatten().map(|s| &self.spots[s as usize])
    }

    /// The spot, or the one inside a spot, that begins at a token.
    pub fn spot_starting_at(&self, token: usize) -> Option<&Spot> {
        let spot = self.spot_at(token)?;
        if spot.tokens.start == token && spot.inner.iter().all(|i| i.tokens.start != token) {
            return Some(spot);
        }
        spot.inner.iter().find(|i| i.tokens.start == token)
    }

    /// The spot, or the one inside a spot, that ends before a token.
    pub fn spot_ending_at(&self, token: usize) -> Option<&Spot> {
        let spot = self.spot_at(token.checked_sub(1)?)?;
        spot.inner.iter().find(|i| i.tokens.end == token).or((spot.tokens.end == token).then_some(spot))
    }

    /// The number of the title over a token.
    pub fn title_over(&self, token: usize) -> Option<usize> {
        self.title_of.get(token).copied().flatten().map(|t| t as usize)
    }

    /// The title whose noun a token is.
    pub fn title_headed(&self, token: usize) -> Option<TitleHit<'a>> {
        self.title_over(token).map(|t| self.titles[t]).filter(|t| t.head == token)
    }

    /// The number of the title that ends before a token.
    pub fn title_ending_at(&self, token: usize) -> Option<usize> {
        self.title_over(token.checked_sub(1)?).filter(|&t| self.titles[t].tokens.end == token)
    }

    /// Notes a mention; its words become an alias of a named entity that they name alone.
    pub fn mention(
        &mut self,
        tokens: TokenRange,
        head: usize,
        entities: Vec<usize>,
        form: Form,
        confidence: f64,
    ) -> usize {
        let number = self.mentions.len();
        if let ([entity], Form::Name) = (&entities[..], form) {
            let words = self.tree.doc.words(tokens).to_owned();
            self.registry.alias(*entity, &words);
        }
        let entity_type = entities.first().map_or(EntityType::Organization, |&e| self.registry.entity_type(e));
        for slot in &mut self.at[tokens.range()] {
            slot.get_or_insert(number);
        }
        self.mentions.push(Mention { tokens, head, entities, entity_type, form, confidence });
        number
    }

    /// The one entity of the mention over a token.
    pub fn entity_at(&self, token: usize) -> Option<usize> {
        match &self.mentions[self.at.get(token).copied().flatten()?].entities[..] {
            [entity] => Some(*entity),
            _ => None,
        }
    }

    /// Notes a structural fact about the entity of a mention.
    #[allow(clippy::too_many_arguments, reason = "a fact has as many parts")]
    pub fn fact(
        &mut self,
        rule: &str,
        predicate: &str,
        subject: usize,
        object: usize,
        object_tokens: TokenRange,
        trigger: TokenRange,
        confidence: f64,
    ) {
        let mention = &self.mentions[subject];
        let &[entity] = &mention.entities[..] else { return };
        if entity == object {
            return;
        }
        if predicate == "partOf" {
            self.partof.insert(entity);
        }
        self.facts.push(Fact {
            subject: entity,
            predicate: Predicate::from(predicate),
            object,
            subject_tokens: mention.tokens,
            object_tokens,
            trigger,
            rule: crate::model::Name::from(rule),
            confidence,
        });
    }

    /// Whether the sentence of a mention was read to say already how its entity hangs together with another.
    pub fn is_stated(&self, mention: usize, other: usize) -> bool {
        let m = &self.mentions[mention];
        let sentence = self.tree.sentence(m.head);
        let same = |f: &&Fact| m.entities == [f.subject] && f.object == other && sentence.contains(f.trigger.start);
        // Facts are read stage by stage, not in order of the text.
        self.facts.iter().rev().any(|f| same(&f))
    }

    /// Whether it was stated already whose body an entity is.
    pub fn stated(&self, entity: usize) -> bool {
        self.partof.contains(&entity)
    }

    /// How a state or organization stands before its bodies: "Armenian", "Artsakh", "UN".
    pub fn adjective(&self, owner: usize) -> String {
        let known = self.registry.info[owner].known;
        let adjective = known.and_then(|k| self.lookup.names.known(k).adjective());
        adjective.map_or_else(|| self.registry.entities[owner].label.clone(), str::to_owned)
    }

    /// The body of an owner that a phrase in lower case names: the tables' own, else one made from the owner's name.
    pub fn body(&mut self, owner: usize, phrase: &str, kind: &str) -> usize {
        let body = self.reference.body(phrase);
        let known = body
            .zip(self.registry.info[owner].known)
            .and_then(|(b, o)| self.lookup.names.body(&self.lookup.names.known(o).id, &b.role));
        let entity = match known {
            Some(entry) => self.registry.known(entry),
            None => {
                let label = format!("{} {}", self.adjective(owner), body.map_or(phrase, |b| &b.label));
                let country = self.registry.entities[owner].country.clone();
                let kind = Some(crate::model::Name::from(kind));
                let entity_type = EntityType::Organization;
                self.registry.add(New { entity_type, kind, label: &label, slug: None, named: true, country })
            }
        };
        self.registry.own(entity, owner);
        entity
    }

    /// The resolution: entities in order of first mention, mentions and facts in order of the text.
    pub fn finish(mut self) -> Resolution {
        self.mentions.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
        self.facts.sort_by_key(|f| (f.trigger.start, f.subject_tokens.start, f.object_tokens.start));
        let (seats, nations) = (self.seats(), self.nations());
        let order = self.order(seats.values().chain(nations.values()).copied());
        let mut entities = Vec::with_capacity(order.len());
        let mut place = vec![usize::MAX; self.registry.entities.len()];
        for old in order {
            place[old] = entities.len();
            entities.push(self.registry.entities[old].clone());
        }
        for mention in &mut self.mentions {
            mention.entities.iter_mut().for_each(|e| *e = place[*e]);
            mention.entities.iter().for_each(|&e| entities[e].mentions += 1);
        }
        for fact in &mut self.facts {
            (fact.subject, fact.object) = (place[fact.subject], place[fact.object]);
        }
        entities.iter_mut().for_each(|e| e.aliases.sort());
        let placed = |of: BTreeMap<usize, usize>| of.into_iter().map(|(a, b)| (place[a], place[b])).collect();
        let (seats, nations) = (placed(seats), placed(nations));
        Resolution { entities, mentions: self.mentions, facts: self.facts, seats, nations }
    }

    /// The states whose people the text speaks of, by these.
    fn nations(&self) -> BTreeMap<usize, usize> {
        let people = |e: &usize| self.registry.entities[*e].kind.as_deref() == Some(PEOPLE);
        let met = self.mentions.iter().flat_map(|m| m.entities.iter().copied());
        met.filter(people).filter_map(|e| Some((e, self.registry.info[e].owner?))).collect()
    }

    /// The states whose capitals the text has as places, by these.
    fn seats(&mut self) -> BTreeMap<usize, usize> {
        let names = self.registry.names;
        let met: BTreeSet<usize> = self.mentions.iter().flat_map(|m| m.entities.iter().copied()).collect();
        let mut seats = BTreeMap::new();
        for city in met {
            let entity = &self.registry.entities[city];
            if entity.entity_type != EntityType::Place || self.registry.info[city].known.is_none() {
                continue;
            }
            let forms = names.lookup(&entity.label).iter().filter(|f| f.sense == Sense::Capital);
            let here = |id: &KnownId| entity.country.as_deref() == Some(names.known(*id).country);
            if let Some(state) = forms.map(|f| f.known).find(here) {
                seats.insert(city, self.registry.known(state));
            }
        }
        seats
    }

    /// The entities that a mention or a fact refers to, by where that first happens, then those that others stand for.
    fn order(&self, behind: impl Iterator<Item = usize>) -> Vec<usize> {
        let mentioned = self.mentions.iter().flat_map(|m| m.entities.iter().copied());
        let stated = self.facts.iter().flat_map(|f| [f.subject, f.object]);
        let mut seen = vec![false; self.registry.entities.len()];
        mentioned.chain(stated).chain(behind).filter(|&e| !std::mem::replace(&mut seen[e], true)).collect()
    }
}

/// The longest title at each place, in order.
fn find_titles<'a>(tree: &Tree<'_>, lookup: &Lookup<'a>) -> Vec<TitleHit<'a>> {
    let mut out = Vec::new();
    for sentence in &tree.doc.sentences {
        let mut t = sentence.tokens.start;
        while t < sentence.tokens.end {
            match lookup.title_at(tree, t, sentence.tokens.end) {
                Some((tokens, title, plural)) => {
                    out.push(TitleHit { tokens, head: title_head(tree, tokens), title, plural });
                    t = tokens.end;
                }
                None => t += 1,
            }
        }
    }
    out
}

/// The noun of a title: what stands before "of", else the last word.
fn title_head(tree: &Tree<'_>, tokens: TokenRange) -> usize {
    let of = tokens.range().skip(1).find(|&t| tree.upos(t) == Upos::Adp);
    of.unwrap_or(tokens.end) - 1
}
