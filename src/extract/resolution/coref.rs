//! Pronouns and short definite phrases resolved to what was named before them. Where two antecedents are about as likely it
//! leaves the word unresolved: a wrong one spoils every statement it is in.

use super::bodies::{FORCE, armed_forces};
use super::descriptions::{bare, is_definite, possessor_pronoun, titled};
use super::doers;
use super::reader::Reader;
use super::{Form, Mention};
use crate::extract::speech::Speech;
use crate::model::{Name, Number, TokenRange};
use crate::seeds::reference::{Anaphor, Pronoun, PronounGender, Refers, Usage};
use crate::seeds::{Closed, Gender, StandsFor};
use crate::vocab::{Deprel, EntityType, Upos, Xpos};
use std::collections::{BTreeSet, HashMap};

/// An antecedent that was met.
#[derive(Debug, Clone)]
struct Item {
    entities: Vec<usize>,
    token: usize,
    sentence: usize,
    /// What it is to its clause.
    role: Deprel,
    governor: Option<usize>,
    plural: bool,
    quoted: Option<usize>,
    name: bool,
}

/// The discourse up to a token.
#[derive(Default)]
struct Discourse {
    items: Vec<Item>,
    /// The last two actors that were named together, and in which sentence.
    pair: Option<([usize; 2], usize)>,
    /// How often each entity was named so far.
    counts: Vec<u32>,
}

/// How many sentences back an antecedent can stand.
const WINDOW: usize = 3;
/// How many antecedents are weighed: a bound on the work for any text.
const MOST: usize = 40;
/// How much more likely he is who is known to do the act that a pronoun stands before.
const DOES: f64 = 2.0;

/// Resolves pronouns and definite phrases from left to right, then the speakers' "I" and "we".
pub(super) fn read(reader: &mut Reader<'_>, speeches: &[Speech]) {
    let order = mention_order(reader);
    let mut next = order.into_iter().peekable();
    let mut discourse = Discourse::default();
    let quotes = quotes(reader);
    let quoted = quoted(reader, speeches);
    for token in 0..reader.tree.len() {
        while let Some(number) =
            next.next_if(|&n| reader.mentions[n].head.max(reader.mentions[n].tokens.start) <= token)
        {
            discourse.meet(reader, number, &quotes);
        }
        if is_taken(reader, token) {
            continue;
        }
        let named = quoted.get(&token).map_or(&[][..], Vec::as_slice);
        if let Some(number) = resolve(reader, &discourse, &quotes, named, token) {
            discourse.meet(reader, number, &quotes);
        }
    }
    first_person(reader, speeches, &quotes);
}

/// Whether a token is resolved already; "the country" within "the country's largest port" is not.
fn is_taken(reader: &Reader<'_>, token: usize) -> bool {
    let mention = reader.at[token].map(|m| &reader.mentions[m]);
    mention.is_some_and(|m| {
        let owner = m.form == Form::Description && m.head != token && reader.tree.rel(token) == Deprel::NmodPoss;
        !owner
    })
}

/// The mentions made so far by where they stand in the parse.
fn mention_order(reader: &Reader<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reader.mentions.len()).collect();
    order.sort_by_key(|&n| (reader.mentions[n].head.max(reader.mentions[n].tokens.start), n));
    order
}

/// The number of the quotation over each token.
fn quotes(reader: &Reader<'_>) -> Vec<Option<usize>> {
    let mut out = vec![None; reader.tree.len()];
    for (number, quotation) in reader.tree.doc.quotations.iter().enumerate().filter(|(_, q)| q.speech) {
        for t in quotation.tokens.range() {
            if let Some(slot) = out.get_mut(t) {
                *slot = Some(number);
            }
        }
    }
    out
}

/// Whom the words name that somebody says: "Ann Moss agreed," *he* said of somebody else than himself.
fn quoted(reader: &Reader<'_>, speeches: &[Speech]) -> HashMap<usize, Vec<usize>> {
    let mut out: HashMap<usize, Vec<usize>> = HashMap::new();
    for speech in speeches {
        let Some(head) = speech.source_head.filter(|&t| reader.at[t].is_none()) else { continue };
        let within = speech.content.iter().flat_map(|c| c.range());
        let names = within.filter_map(|t| reader.at[t]).map(|m| &reader.mentions[m]).filter(|m| m.form == Form::Name);
        out.entry(head).or_default().extend(names.flat_map(|m| &m.entities));
    }
    out
}

impl Discourse {
    fn meet(&mut self, reader: &Reader<'_>, number: usize, quotes: &[Option<usize>]) {
        let m = &reader.mentions[number];
        self.counts.resize(reader.registry.entities.len(), 0);
        for &e in &m.entities {
            self.counts[e] += 1;
        }
        self.pair_with_last(reader, number);
        let role = speaks_through(reader, m).unwrap_or_else(|| match m.form {
            Form::Demonym => Deprel::Amod,
            _ => reader.tree.role(m.head),
        });
        let grammar = reader.tree.doc.tokens[m.head].morph.number;
        // "the United States and its allies": a state is one, whatever its name.
        let state = m.form == Form::Name && m.entity_type == EntityType::State;
        let plural = m.entities.len() > 1
            || grammar == Some(Number::Plural) && !state
            || m.form == Form::Pronoun && m.entities.first().is_some_and(|&e| reader.registry.info[e].plural);
        self.items.push(Item {
            entities: m.entities.clone(),
            token: m.head,
            sentence: reader.tree.doc.sentence_of(m.head),
            role,
            governor: reader.tree.governor(m.head),
            plural,
            quoted: quotes[m.head],
            name: m.form == Form::Name,
        });
        self.join(reader, number);
    }

    /// "Chad *and Niger* said *they*": actors coordinated are together what a plural pronoun means.
    fn join(&mut self, reader: &Reader<'_>, number: usize) {
        let head = reader.mentions[number].head;
        if reader.tree.rel(head) != Deprel::Conj {
            return;
        }
        let first = reader.tree.first_conjunct(head);
        let [before @ .., last] = &self.items[..] else { return };
        let actor = |e: &usize| reader.registry.entity_type(*e).is_actor();
        // Those so far stand in the item before, joined already where they are more than one.
        let together = before.iter().rev().take(3).find(|i| reader.tree.first_conjunct(i.token) == first);
        let Some(others) = together.filter(|i| i.entities.iter().chain(&last.entities).all(actor)) else { return };
        let mut entities = others.entities.clone();
        entities.extend(last.entities.iter().copied().filter(|e| !others.entities.contains(e)));
        if entities.len() > others.entities.len() {
            let governor = reader.tree.governor(first);
            let name = others.name || last.name;
            self.items.push(Item { entities, plural: true, governor, name, ..others.clone() });
        }
    }

    /// Two actors coordinated, or the two of one mention, are the pair that "both sides" means.
    fn pair_with_last(&mut self, reader: &Reader<'_>, number: usize) {
        let m = &reader.mentions[number];
        let sentence = reader.tree.doc.sentence_of(m.head);
        if let [a, b] = m.entities[..] {
            self.pair = Some(([a, b], sentence));
            return;
        }
        let (&[entity], Some(last)) = (&m.entities[..], self.items.last()) else { return };
        let coordinated = reader.tree.rel(m.head) == Deprel::Conj
            && reader.tree.first_conjunct(m.head) == reader.tree.first_conjunct(last.token);
        let actor = |e: usize| reader.registry.entity_type(e).is_actor();
        if let &[other] = &last.entities[..]
            && coordinated
            && actor(entity)
            && actor(other)
            && other != entity
        {
            self.pair = Some(([other, entity], sentence));
        }
    }

    /// The antecedents near enough, nearest first.
    fn near(&self, sentence: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().rev().take(MOST).take_while(move |i| i.sentence + WINDOW >= sentence)
    }

    /// The best antecedent by score, if it is ahead of every other by a margin.
    fn best(&self, sentence: usize, margin: f64, score: impl Fn(&Item) -> Option<f64>) -> Option<(&Item, f64)> {
        let mut scored: Vec<(f64, &Item)> = Vec::new();
        for item in self.near(sentence) {
            let Some(s) = score(item) else { continue };
            let s = s + 0.08 * f64::from(item.entities.iter().map(|&e| self.counts[e]).max().unwrap_or(0).min(6));
            match scored.iter_mut().find(|(_, i)| i.entities == item.entities) {
                Some(known) if known.0 < s => *known = (s, item),
                Some(_) => {}
                None => scored.push((s, item)),
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.token.cmp(&a.1.token)));
        let (first, item) = *scored.first()?;
        let ahead = first - scored.get(1).map_or(first - 1.0, |s| s.0);
        (ahead >= margin).then_some((item, ahead))
    }
}

/// "Turkey's president says it will": whose officer is the subject is as good as the subject.
fn speaks_through(reader: &Reader<'_>, m: &Mention) -> Option<Deprel> {
    let tree = &reader.tree;
    let noun = tree.governor(m.head).filter(|&n| tree.is_nominal(n))?;
    let owns = matches!(tree.role(m.head), Deprel::NmodPoss | Deprel::Amod | Deprel::Compound);
    let officer = reader.entity_at(noun).filter(|&e| reader.registry.entity_type(e) == EntityType::Person);
    (owns && m.entity_type != EntityType::Person && officer.is_some() && tree.role(noun) == Deprel::Nsubj)
        .then_some(Deprel::Nsubj)
}

/// Makes the mention of a pronoun or definite phrase whose antecedent is clear.
fn resolve(
    reader: &mut Reader<'_>,
    discourse: &Discourse,
    quotes: &[Option<usize>],
    named: &[usize],
    token: usize,
) -> Option<usize> {
    if let Some(pronoun) = reader.reference.pronoun(reader.tree.lower(token)) {
        let (entities, confidence) = third_person(reader, discourse, quotes, named, token, pronoun)?;
        let tokens = TokenRange::new(token, token + 1);
        return Some(reader.mention(tokens, token, entities, Form::Pronoun, confidence));
    }
    if !reader.tree.is_nominal(token) && reader.tree.upos(token) != Upos::Adj {
        return None;
    }
    let tokens = titled(reader, token).map_or_else(|| bare(reader, token), |t| t.tokens);
    let (entities, confidence) = phrase(reader, discourse, quotes, token, tokens)?;
    let number = reader.mention(tokens, token, entities, Form::Description, confidence);
    reader.at[token] = Some(number);
    Some(number)
}

fn third_person(
    reader: &Reader<'_>,
    discourse: &Discourse,
    quotes: &[Option<usize>],
    named: &[usize],
    token: usize,
    pronoun: Pronoun,
) -> Option<(Vec<usize>, f64)> {
    if pronoun.first || matches!(reader.tree.rel(token), Deprel::Expl) {
        return None;
    }
    let sentence = reader.tree.doc.sentence_of(token);
    let governor = reader.tree.governor(token);
    let owned = (pronoun.usage == Usage::Possessive).then(|| reader.tree.head(token)).flatten();
    let doer = owned.and_then(|noun| doers::doer(&reader.tree, noun));
    let margin = match pronoun.gender {
        Some(PronounGender::Neuter) => 0.5,
        Some(_) => 0.3,
        None => 0.5,
    };
    // "Aliyev thanked him": not Aliyev, who would have thanked himself.
    let co_argument = |item: &&Item| {
        let same_verb = item.governor == governor && item.sentence == sentence && item.role != Deprel::NmodPoss;
        pronoun.usage == Usage::Own && same_verb
    };
    let mut others: BTreeSet<usize> =
        discourse.near(sentence).filter(co_argument).flat_map(|item| item.entities.iter().copied()).collect();
    others.extend(named);
    let score = |item: &Item| {
        let itself = owned == Some(item.token) || item.token >= token;
        if item.entities.iter().any(|e| others.contains(e)) || itself || !agrees(reader, item, pronoun) {
            return None;
        }
        // "Azerbaijan and its ally": the first of a pair owns the second.
        let paired = owned.is_some_and(|o| o != item.token && reader.tree.first_conjunct(o) == item.token);
        let bonus = if doer == Some(item.token) {
            DOES
        } else if paired {
            1.5
        } else {
            0.0
        };
        Some(salience(reader, item, sentence, token, quotes[token]) + bonus - misfit(reader, item, pronoun))
    };
    let (item, ahead) = discourse.best(sentence, margin, score)?;
    let weak = matches!(pronoun.gender, Some(PronounGender::Neuter) | None);
    // "it" and "they" refer to so much else that only a subject near by is believed.
    let focused =
        matches!(item.role, Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent) && item.sentence + 1 >= sentence;
    if weak && !focused && pronoun.usage != Usage::Possessive {
        return None;
    }
    // A place does not act: "the office in Mersin said it would appeal".
    let acts = matches!(reader.tree.role(token), Deprel::Nsubj | Deprel::OblAgent);
    let place = item.entities.first().is_some_and(|&e| reader.registry.entity_type(e) == EntityType::Place);
    if weak && acts && place && governor.is_some_and(|g| reader.tree.upos(g) == Upos::Verb) {
        return None;
    }
    Some((item.entities.clone(), 0.6 + 0.1 * ahead.min(2.0)))
}

/// Number, gender and sort.
fn agrees(reader: &Reader<'_>, item: &Item, pronoun: Pronoun) -> bool {
    let Some(&entity) = item.entities.first() else { return false };
    let sort = reader.registry.entity_type(entity);
    let many = item.entities.len() > 1;
    match pronoun.gender {
        Some(PronounGender::Neuter) => {
            !many && sort != EntityType::Person && !item.plural && reader.registry.entities[entity].named
        }
        Some(gender) => {
            !many && sort == EntityType::Person && !item.plural && gender.fits(reader.registry.info[entity].gender)
        }
        None => many || item.plural || sort == EntityType::Organization,
    }
}

/// How much less likely an antecedent is for what it is.
fn misfit(reader: &Reader<'_>, item: &Item, pronoun: Pronoun) -> f64 {
    let Some(&entity) = item.entities.first() else { return 0.0 };
    match (pronoun.gender, reader.registry.entity_type(entity)) {
        (Some(PronounGender::Neuter), EntityType::Place) => 0.8,
        (Some(PronounGender::Neuter), EntityType::WeaponSystem) => 0.8,
        (None, _) if item.entities.len() == 1 && !item.plural => 0.6,
        (Some(gender @ (PronounGender::Male | PronounGender::Female)), _) => {
            let info = &reader.registry.info[entity];
            let doubtful = info.gender.is_none() && !gender.fits(info.guess);
            (if doubtful { 1.2 } else { 0.0 }) + if reader.registry.entities[entity].named { 0.0 } else { 0.5 }
        }
        _ => 0.0,
    }
}

/// Recency, subjecthood and sameness of voice.
fn salience(reader: &Reader<'_>, item: &Item, sentence: usize, token: usize, quoted: Option<usize>) -> f64 {
    let distance = sentence - item.sentence.min(sentence);
    let recency = [0.0, -0.7, -1.6, -2.4][distance.min(WINDOW)];
    let role = match item.role {
        Deprel::Nsubj | Deprel::NsubjOuter => 1.2,
        Deprel::NsubjPass | Deprel::OblAgent => 1.0,
        Deprel::Obj | Deprel::Iobj => 0.4,
        Deprel::NmodPoss => 0.1,
        Deprel::Amod | Deprel::Compound => -1.2,
        _ => 0.0,
    };
    let parallel = if reader.tree.role(token) == item.role { 0.2 } else { 0.0 };
    let voice = match (item.quoted, quoted) {
        (Some(_), None) => -1.0,
        (Some(a), Some(b)) if a != b => -0.4,
        _ => 0.0,
    };
    recency + role + parallel + voice + if item.name { 0.15 } else { 0.0 }
}

/// "the ministry", "both sides", "the president", "its forces".
fn phrase(
    reader: &mut Reader<'_>,
    discourse: &Discourse,
    quotes: &[Option<usize>],
    token: usize,
    tokens: TokenRange,
) -> Option<(Vec<usize>, f64)> {
    let owned = possessor_pronoun(reader, token) || owned_by_phrase(reader, token);
    let whole = reader.tree.lower_words(reader.tree.noun_phrase(token));
    if let Some(anaphor) = reader.reference.anaphor(&whole).filter(|a| a.refers == Refers::Pair).cloned() {
        return pair(reader, discourse, token, &anaphor);
    }
    if owned {
        return owned_body(reader, token);
    }
    if modifies(reader, token) || !is_definite(reader, token) || has_complement(reader, token, tokens) {
        return None;
    }
    if let Some(title) = titled(reader, token) {
        return holder(reader, discourse, token, &title.title.role);
    }
    let words = reader.tree.lower_words(tokens);
    let mut sought = sought(reader, token, tokens)?;
    let land = land(reader, token).filter(|_| sought.owner.is_none());
    sought.owner = sought.owner.or(land);
    match sought.anaphor.refers {
        Refers::Pair => pair(reader, discourse, token, &sought.anaphor),
        Refers::Former => discourse.pair.map(|(p, _)| (vec![p[0]], 0.7)),
        Refers::Latter => discourse.pair.map(|(p, _)| (vec![p[1]], 0.7)),
        Refers::One(sort) => {
            let found = one(reader, discourse, quotes, token, &sought);
            // What says more of whom it means is no other, however often that is named.
            let particular = sort == EntityType::Person
                || sought.owner.is_some()
                || sort == EntityType::State && !sought.anaphor.words.is_empty();
            if found.is_some() || particular {
                let body = || body_of_state(reader, land?, &words, sort, &sought.anaphor);
                return found.or_else(body);
            }
            sole(reader, discourse, sort, &sought.anaphor)
                .or_else(|| body_of_topic(reader, discourse, token, &words, sort, &sought.anaphor))
        }
    }
}

/// "the party favorite", "those former rivals": a word before the noun that the phrase is about.
fn modifies(reader: &Reader<'_>, token: usize) -> bool {
    let before = matches!(reader.tree.rel(token), Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Nummod);
    before && reader.tree.head(token).is_some_and(|h| h > token && reader.tree.is_nominal(h))
}

/// What a definite phrase asks for.
struct Sought {
    anaphor: Anaphor,
    /// The state whose it is said to be: "the Turkish company", or the region of the world: "the African country".
    owner: Option<usize>,
    /// What the noun says of a person's gender.
    gender: Option<Gender>,
}

/// The phrase as the table has it, without what says where it is from or how old it is: "the London-based group", "the
/// Turkish company", "the 44-year-old".
fn sought(reader: &Reader<'_>, token: usize, tokens: TokenRange) -> Option<Sought> {
    let gender = reader.lookup.person(&[reader.tree.lower(token)]).and_then(|n| n.head.gender);
    let words = reader.tree.lower_words(tokens);
    if let Some(anaphor) = reader.reference.anaphor(&words).cloned() {
        return Some(Sought { anaphor, owner: None, gender });
    }
    let aged = words.replace(" - ", "-");
    if let Some(rest) = aged.strip_prefix(|c: char| c.is_ascii_digit()) {
        let noun = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        return Some(Sought { anaphor: reader.reference.anaphor(noun)?.clone(), owner: None, gender });
    }
    let seat = tokens.range().rev().find(|&t| reader.tree.is(t, Closed::Seat) && t < token);
    let nation = reader.at[tokens.start].map(|m| &reader.mentions[m]).filter(|m| m.tokens.start == tokens.start);
    let owns = |m: &&Mention| match m.entities[..] {
        [e] => m.entity_type == EntityType::State || reader.registry.world_region(e).is_some(),
        _ => false,
    };
    let nation = nation.filter(|m| m.tokens.end <= token).filter(owns);
    let start = seat.map(|t| t + 1).or(nation.map(|m| m.tokens.end))?;
    let rest = reader.tree.lower_words(TokenRange::new(start, tokens.end));
    let owner = nation.filter(|_| seat.is_none()).map(|m| m.entities[0]);
    Some(Sought { anaphor: reader.reference.anaphor(&rest)?.clone(), owner, gender })
}

/// "the group's forces": whether a phrase that was resolved stands before a noun as its owner.
fn owned_by_phrase(reader: &Reader<'_>, token: usize) -> bool {
    let owner = reader.tree.child(token, Deprel::NmodPoss).and_then(|p| reader.at[p]);
    owner.is_some_and(|m| reader.mentions[m].form == Form::Description)
}

/// The only one of the kinds that the text has named so far, however far back.
fn sole(reader: &Reader<'_>, discourse: &Discourse, sort: EntityType, anaphor: &Anaphor) -> Option<(Vec<usize>, f64)> {
    let fits = |e: &usize| {
        reader.registry.entity_type(*e) == sort
            && reader.registry.entities[*e].named
            && anaphor.kinds.iter().any(|k| **k == *reader.registry.kind(*e))
    };
    let mut found = discourse.items.iter().rev().take(FAR).filter_map(|i| match i.entities[..] {
        [entity] => Some(entity).filter(fits),
        _ => None,
    });
    let first = found.next()?;
    found.all(|e| e == first).then_some((vec![first], 0.65))
}

/// How many antecedents "the only one" looks back over: a bound on the work for any text.
const FAR: usize = 400;

/// "the army", "the foreign ministry", where none was named: that of the state that the text is about.
fn body_of_topic(
    reader: &mut Reader<'_>,
    discourse: &Discourse,
    token: usize,
    words: &str,
    sort: EntityType,
    anaphor: &Anaphor,
) -> Option<(Vec<usize>, f64)> {
    let state = last_state(reader, discourse, token)
        .or_else(|| topic(reader, discourse))
        .or_else(|| opening(reader, discourse, token));
    let state = match state {
        Some(state) => reporting(reader, discourse, token, state).unwrap_or(state),
        None => reader.registry.known(reader.countries.home(reader.lookup.names)?),
    };
    body_of_state(reader, state, words, sort, anaphor)
}

/// The state itself, or the body of it that a phrase names.
fn body_of_state(
    reader: &mut Reader<'_>,
    state: usize,
    words: &str,
    sort: EntityType,
    anaphor: &Anaphor,
) -> Option<(Vec<usize>, f64)> {
    if sort == EntityType::State {
        return Some((vec![state], 0.6));
    }
    let nouns: Vec<&str> = words.split(' ').collect();
    let forces = reader.lookup.organization(&nouns).iter().any(|n| n.head.stands_for == StandsFor::ArmedForces);
    let known = reader.reference.body(words).is_some();
    let body = match anaphor.kinds.first() {
        Some(kind) if known => reader.body(state, words, &kind.clone()),
        _ if forces => armed_forces(reader, state, true),
        _ => return None,
    };
    Some((vec![body], 0.6))
}

/// "*In Mali*, the army bombed a town": the state where a clause opens.
fn land(reader: &Reader<'_>, token: usize) -> Option<usize> {
    let tree = &reader.tree;
    let verb = tree.governor(token).filter(|_| tree.role(token) == Deprel::Nsubj)?;
    let opens = |&t: &usize| t < token && tree.has_preposition(t, Closed::Locative);
    let place = tree.with(verb, &[Deprel::Obl]).find(opens).and_then(|t| reader.entity_at(t))?;
    (reader.registry.entity_type(place) == EntityType::State).then_some(place)
}

/// "BAKU – Armenian forces shelled Ganja, *the ministry* said": the state from where the article reports, where the sentence says of
/// another what it did.
fn reporting(reader: &mut Reader<'_>, discourse: &Discourse, token: usize, other: usize) -> Option<usize> {
    let sentence = reader.tree.doc.sentence_of(token);
    let of_other = |e: &usize| reader.registry.state_of(*e) == Some(other);
    let here = discourse.near(sentence).any(|i| i.sentence == sentence && i.entities.iter().any(of_other));
    let home =
        reader.countries.home(reader.lookup.names).filter(|_| here && reader.tree.role(token) == Deprel::Nsubj)?;
    Some(reader.registry.known(home))
}

/// The state that is named far more often than any other.
fn topic(reader: &Reader<'_>, discourse: &Discourse) -> Option<usize> {
    let states =
        discourse.counts.iter().enumerate().filter(|&(e, _)| reader.registry.entity_type(e) == EntityType::State);
    let mut counts: Vec<(u32, usize)> = states.map(|(e, &n)| (n, e)).collect();
    counts.sort_by_key(|&(n, e)| (std::cmp::Reverse(n), e));
    let second = counts.get(1).map_or(0, |c| c.0);
    counts.first().filter(|c| c.0 >= 3 && c.0 >= 2 * second).map(|c| c.1)
}

/// The one state whose people, bodies or self the first sentence that names any names, if no other is spoken of just now: an article
/// opens with its subject.
fn opening(reader: &Reader<'_>, discourse: &Discourse, token: usize) -> Option<usize> {
    let sentence = reader.tree.doc.sentence_of(token);
    let states = |i: &Item| i.entities.iter().filter_map(|&e| reader.registry.state_of(e)).collect::<Vec<_>>();
    let first = discourse.items.iter().find(|i| !states(i).is_empty())?;
    let mut opened = discourse.items.iter().take_while(|i| i.sentence <= first.sentence).flat_map(states);
    let state = opened.next()?;
    let alone = opened.all(|s| s == state);
    let spoken = discourse.near(sentence).filter(|i| i.sentence + 1 >= sentence && !is_beside(reader, i, token));
    let others = spoken.flat_map(states).any(|s| s != state);
    (alone && !others).then_some(state)
}

/// "the president of Georgia", "the group that", "the company, Acme,": not an anaphor, the phrase says itself whom it means.
fn has_complement(reader: &Reader<'_>, token: usize, phrase: TokenRange) -> bool {
    let name = |t: usize| reader.at[t].is_some_and(|m| reader.mentions[m].form == Form::Name);
    // "accused the army *of shelling*" says what it did, not which army it is.
    let gerund = |c: usize| reader.tree.xpos(c) == Xpos::Vbg && reader.tree.preposition(c).is_some();
    // "the army, led by a general," is said of an army that is known already.
    reader.tree.children(token).filter(|&c| c > token && !phrase.contains(c)).any(|c| match reader.tree.rel(c) {
        Deprel::Nmod => true,
        Deprel::AclRelcl => !reader.tree.is_set_off(c),
        Deprel::Acl => !gerund(c) && !reader.tree.is_set_off(c),
        Deprel::Appos | Deprel::Flat => name(c),
        _ => false,
    })
}

/// The two of whom the text speaks: those named together just before, else the only two of the last sentences, else the
/// last that were named together or the two that it names most.
fn pair(reader: &Reader<'_>, discourse: &Discourse, token: usize, anaphor: &Anaphor) -> Option<(Vec<usize>, f64)> {
    let person = !anaphor.kinds.is_empty();
    let fits = |e: usize| (reader.registry.entity_type(e) == EntityType::Person) == person;
    let sentence = reader.tree.doc.sentence_of(token);
    // "France and Russia urged *both sides*": who acts on two is neither.
    let acting = |p: &[usize; 2]| {
        let here = discourse.items.iter().rev().take_while(|i| i.sentence == sentence);
        here.filter(|i| is_acting(reader, i, token)).flat_map(|i| &i.entities).any(|e| p.contains(e))
    };
    let together = discourse.pair.filter(|(p, _)| p.iter().all(|&e| fits(e)) && !acting(p));
    let recent = together.filter(|(_, s)| s + 1 >= sentence).map(|(p, _)| (p.to_vec(), 0.75));
    let near = || only_two(reader, discourse, token, person).map(|p| (p.to_vec(), 0.65));
    // Of those named together long before, only the two that the text names most are still meant.
    let count = |e: usize| discourse.counts.get(e).copied().unwrap_or(0);
    let actor = |e: usize| fits(e) && (person || is_party(reader, e));
    let foremost = |p: &[usize; 2]| {
        let others = (0..discourse.counts.len()).filter(|e| !p.contains(e) && actor(*e));
        let most = others.map(count).max();
        p.iter().all(|&e| Some(count(e)) >= most)
    };
    let told = || together.filter(|(p, _)| foremost(p)).map(|(p, _)| (p.to_vec(), 0.7));
    let found = recent.or_else(near).or_else(told);
    if found.is_some() {
        return found;
    }
    let mut actors: Vec<(u32, usize)> =
        discourse.counts.iter().enumerate().filter(|&(e, _)| actor(e)).map(|(e, &n)| (n, e)).collect();
    actors.sort_by_key(|&(n, e)| (std::cmp::Reverse(n), e));
    let third = actors.get(2).map_or(0, |a| a.0);
    match actors[..] {
        [a, b, ..] if b.0 >= 2 && b.0 >= 2 * third => Some((vec![a.1.min(b.1), a.1.max(b.1)], 0.6)),
        _ => None,
    }
}

/// Whether an entity can be a party to a conflict: a state, or a force that fights.
fn is_party(reader: &Reader<'_>, entity: usize) -> bool {
    reader.registry.entity_type(entity) == EntityType::State
        || matches!(reader.registry.kind(entity), FORCE | "armed-group") && reader.registry.entities[entity].named
}

/// Whether somebody acts on what a token stands for, or he who does is his: "*Malaysia's* Anwar Ibrahim urged both countries".
fn is_acting(reader: &Reader<'_>, item: &Item, token: usize) -> bool {
    let governor = reader.tree.governor(token);
    let owner = matches!(reader.tree.rel(item.token), Deprel::NmodPoss | Deprel::Amod | Deprel::Compound);
    let outer = if owner { item.governor.and_then(|noun| reader.tree.governor(noun)) } else { item.governor };
    let here = item.sentence == reader.tree.doc.sentence_of(token);
    here && governor.is_some() && outer == governor
}

/// The two people, or the two states, that the sentence and the one before name, if they name no third.
fn only_two(reader: &Reader<'_>, discourse: &Discourse, token: usize, person: bool) -> Option<[usize; 2]> {
    let sentence = reader.tree.doc.sentence_of(token);
    let sort = if person { EntityType::Person } else { EntityType::State };
    let mut found: Vec<usize> = Vec::new();
    for item in discourse.near(sentence).filter(|i| i.sentence + 1 >= sentence && !is_acting(reader, i, token)) {
        for &e in &item.entities {
            let fits = reader.registry.entity_type(e) == sort && reader.registry.entities[e].named;
            if fits && !found.contains(&e) {
                found.push(e);
            }
        }
    }
    match found[..] {
        [second, first] => Some([first, second]),
        _ => None,
    }
}

/// "the president": who was said to hold that role, else who holds it in the state last spoken of.
fn holder(reader: &mut Reader<'_>, discourse: &Discourse, token: usize, role: &str) -> Option<(Vec<usize>, f64)> {
    let mut holders: Vec<usize> = Vec::new();
    for item in discourse.items.iter().rev().take(4 * MOST) {
        let &[entity] = &item.entities[..] else { continue };
        let covers = |h: &super::registry::Held| !h.past && reader.reference.covers(role, &h.role);
        let holds = reader.registry.info[entity].roles.iter().any(covers);
        if holds && !holders.contains(&entity) {
            holders.push(entity);
        }
    }
    if let Some(&nearest) = holders.first() {
        return Some((vec![nearest], if holders.len() == 1 { 0.85 } else { 0.65 }));
    }
    let state = last_state(reader, discourse, token)?;
    let entry = reader.registry.info[state].known?;
    let date = reader.tree.doc.article.published?.to_string();
    let names = reader.lookup.names;
    let body = names.known(entry).id;
    let mut holders = names.holders(&body, role, Some(&date));
    let holder = names.find(&holders.next()?.person)?;
    Some((vec![reader.registry.known(holder)], 0.6))
}

/// The state last spoken of, if the sentence and the one before speak of one alone.
fn last_state(reader: &Reader<'_>, discourse: &Discourse, token: usize) -> Option<usize> {
    let sentence = reader.tree.doc.sentence_of(token);
    let mut states = discourse
        .near(sentence)
        .filter(|i| i.sentence + 1 >= sentence)
        .filter(|i| !is_beside(reader, i, token))
        .flat_map(|i| &i.entities)
        .filter_map(|&e| (reader.registry.entity_type(e) == EntityType::State).then_some(e));
    let first = states.next()?;
    states.all(|s| s == first).then_some(first)
}

/// "the ministry", "the country", "the city": the most salient entity of the sort.
fn one(
    reader: &Reader<'_>,
    discourse: &Discourse,
    quotes: &[Option<usize>],
    token: usize,
    sought: &Sought,
) -> Option<(Vec<usize>, f64)> {
    let anaphor = &sought.anaphor;
    let Refers::One(sort) = anaphor.refers else { return None };
    let sentence = reader.tree.doc.sentence_of(token);
    if sort == EntityType::Person && is_introduced(reader, discourse, token) {
        return None;
    }
    let country = |e: usize| reader.registry.entities[e].country.as_deref();
    let elsewhere = |e: usize, owner: usize| match (country(e), reader.registry.world_region(owner)) {
        (Some(country), Some(region)) => !region.contains(country),
        (own, None) => own.is_some() && own != country(owner),
        (None, Some(_)) => true,
    };
    // Of whom nothing is known, it is not known that he bears arms.
    let armed = anaphor.kinds.iter().all(|k| matches!(&**k, FORCE | "armed-group"));
    let does = || doers::owner(&reader.tree, token).or_else(|| doers::doer(&reader.tree, token));
    let doer = (sort == EntityType::State).then(does).flatten();
    let actor = reader.tree.governor(token).and_then(|verb| reader.tree.child(verb, Deprel::Nsubj));
    let home = actor.filter(|&a| a != token).and_then(|a| reader.entity_at(a)).and_then(country);
    let score = |item: &Item| {
        let &[entity] = &item.entities[..] else { return None };
        let named = reader.registry.entities[entity].named;
        let kind = reader.registry.kind(entity);
        let info = &reader.registry.info[entity];
        let gender = info.gender.or(info.guess);
        let other = sought.gender.is_some() && gender.is_some() && gender != sought.gender
            || sought.owner.is_some_and(|o| elsewhere(entity, o));
        let beside = is_beside(reader, item, token);
        let called = anaphor.words.is_empty() || is_called(reader, entity, &anaphor.words);
        let fits = reader.registry.entity_type(entity) == sort
            && called
            && named
            && !other
            && !beside
            && (anaphor.kinds.is_empty()
                || kind.is_empty() && sort == EntityType::Organization && !armed
                || anaphor.kinds.iter().any(|k| **k == *kind));
        let unsure = kind.is_empty() && sort != EntityType::State && !anaphor.kinds.is_empty();
        let penalty = if unsure { 0.5 } else { 0.0 };
        // Whoever was named last is meant first.
        let far = (sentence - item.sentence.min(sentence)) as f64;
        let penalty = if sort == EntityType::Person { penalty + 0.5 * far } else { penalty };
        // "Sharif told *the armed forces*": first of all his own.
        let own = kind == FORCE && home.is_some() && country(entity) == home;
        let penalty = if own { penalty - 1.0 } else { penalty };
        let penalty = if doer == Some(item.token) { penalty - DOES } else { penalty };
        // What an article is about is meant before where somebody of it lives.
        let topic = if sort == EntityType::State { TOPIC * f64::from(discourse.counts[entity]).ln_1p() } else { 0.0 };
        fits.then(|| salience(reader, item, sentence, token, quotes[token]) + topic - penalty)
    };
    let (item, ahead) = discourse.best(sentence, 0.4, score)?;
    Some((item.entities.clone(), 0.65 + 0.1 * ahead.min(2.0)))
}

/// By how much a state is more likely for each time that it was named, on a scale of logarithms.
const TOPIC: f64 = 0.6;

/// Whether a name of somebody has one of some words: "the Kingdom", "the council" is one that is called so.
fn is_called(reader: &Reader<'_>, entity: usize, words: &[Name]) -> bool {
    let entity = &reader.registry.entities[entity];
    let has = |name: &str| name.split_whitespace().any(|w| words.iter().any(|k| w.eq_ignore_ascii_case(k)));
    has(&entity.label) || entity.aliases.iter().any(|a| has(a))
}

/// "Hezbollah attacked the group", "the government freed two Russian citizens": what stands to one verb is two, also where the
/// one is said of a noun.
fn is_beside(reader: &Reader<'_>, item: &Item, token: usize) -> bool {
    let governor = reader.tree.governor(token);
    let describes = matches!(item.role, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc);
    let of = if describes { item.governor.and_then(|noun| reader.tree.governor(noun)) } else { item.governor };
    governor.is_some() && of == governor && item.role != Deprel::NmodPoss
}

/// Whether somebody unnamed was met by the same noun: "the man" is then he.
fn is_introduced(reader: &Reader<'_>, discourse: &Discourse, token: usize) -> bool {
    let noun = reader.tree.lemma(token);
    let same = |e: &usize| reader.registry.info[*e].noun.as_deref() == Some(noun);
    discourse.items.iter().rev().take(FAR).any(|i| i.entities.iter().any(same))
}

/// "its forces", "his country", "their military": the body or state of the one that the pronoun stands for.
fn owned_body(reader: &mut Reader<'_>, token: usize) -> Option<(Vec<usize>, f64)> {
    let pronoun = reader.tree.child(token, Deprel::NmodPoss)?;
    let owner = reader.entity_at(pronoun)?;
    body_of(reader, token, owner).map(|e| (vec![e], 0.7))
}

/// The body of an owner that a noun names: armed forces, or the state itself.
fn body_of(reader: &mut Reader<'_>, token: usize, owner: usize) -> Option<usize> {
    let words = reader.tree.lower_words(TokenRange::new(token.saturating_sub(1), token + 1));
    let words: Vec<&str> = words.split(' ').collect();
    let country = reader.reference.is_state(reader.tree.lower(token));
    if country {
        return reader
            .registry
            .state_of(owner)
            .filter(|&s| s != owner || reader.registry.entity_type(owner) == EntityType::Person);
    }
    let forces = reader.lookup.organization(&words).iter().any(|n| n.head.stands_for == StandsFor::ArmedForces);
    if !forces {
        return None;
    }
    match (reader.registry.kind(owner), reader.registry.entity_type(owner)) {
        (FORCE | "armed-group", _) => Some(owner),
        _ => reader.registry.state_of(owner).map(|s| armed_forces(reader, s, true)),
    }
}

/// "I", "we" and "our" inside somebody's words are the speaker and the speaker's side.
fn first_person(reader: &mut Reader<'_>, speeches: &[Speech], quotes: &[Option<usize>]) {
    let speakers = speakers(reader, speeches, quotes);
    for (token, quote) in quotes.iter().enumerate() {
        let Some(pronoun) = reader.reference.pronoun(reader.tree.lower(token)).filter(|p| p.first) else { continue };
        if reader.at[token].is_some() {
            continue;
        }
        let Some(speaker) = quote.and_then(|q| speakers.get(q).copied().flatten()) else { continue };
        let entity = if pronoun.plural { side(reader, speaker) } else { person(reader, speaker) };
        if let Some(entity) = entity {
            reader.mention(TokenRange::new(token, token + 1), token, vec![entity], Form::Pronoun, 0.75);
            owned_by_speaker(reader, token, entity);
        }
    }
}

/// "our forces" once "our" is known.
fn owned_by_speaker(reader: &mut Reader<'_>, pronoun: usize, owner: usize) {
    let Some(noun) =
        reader.tree.head(pronoun).filter(|&n| reader.tree.rel(pronoun) == Deprel::NmodPoss && reader.at[n].is_none())
    else {
        return;
    };
    if let Some(entity) = body_of(reader, noun, owner) {
        let tokens = bare(reader, noun);
        let number = reader.mention(tokens, noun, vec![entity], Form::Description, 0.7);
        reader.at[noun] = Some(number);
    }
}

/// Who speaks in each quotation.
fn speakers(reader: &Reader<'_>, speeches: &[Speech], quotes: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut out = vec![None; reader.tree.doc.quotations.len()];
    for speech in speeches {
        let Some(entity) = speech.source_head.and_then(|t| reader.entity_at(t)) else { continue };
        // The marks around a quotation belong to what is said, not to the quotation.
        let over = speech.content.iter().flat_map(|c| c.range());
        for quotation in over.filter_map(|t| quotes.get(t).copied().flatten()) {
            out[quotation].get_or_insert(entity);
        }
    }
    out
}

fn person(reader: &Reader<'_>, speaker: usize) -> Option<usize> {
    (reader.registry.entity_type(speaker) == EntityType::Person).then_some(speaker)
}

/// Whom a speaker speaks for: an official for the state, anybody else for the body he belongs to, a body for itself.
fn side(reader: &Reader<'_>, speaker: usize) -> Option<usize> {
    if reader.registry.entity_type(speaker) != EntityType::Person {
        return Some(speaker);
    }
    let held = reader.registry.info[speaker].roles.iter().rev().find_map(|h| h.of.filter(|_| !h.past));
    reader.registry.state_of(speaker).or(held)
}
