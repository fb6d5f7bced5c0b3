//! What the words around a name say it is: titles, ages, prepositions, appositions, what it is coordinated with. Weighed against
//! what the recognizer says, for the whole article at once.

use super::lookup::{Lookup, Noun};
use super::spots::Spot;
use crate::extract::tree::Tree;
use crate::model::TokenRange;
use crate::seeds::reference::Place;
use crate::seeds::{Closed, OrgHead, Reference, StandsFor, Title};
use crate::vocab::{Deprel, EntityType, NameType, Upos};
use std::collections::BTreeMap;

/// What speaks for each type that a name can have, over all places where it stands.
#[derive(Debug, Default)]
struct Votes {
    count: f32,
    tags: [f32; 3],
    signs: [f32; 3],
}

impl Votes {
    /// The recognizer's word on average, and the signs as far as they are no exception among many mentions.
    fn total(&self, tag: NameType) -> f32 {
        let n = rank(tag);
        self.tags[n] / self.count.max(1.0) + self.signs[n] / (self.count / MENTIONS_PER_SIGN).max(1.0)
    }
}

/// One sign for so many mentions counts in full.
const MENTIONS_PER_SIGN: f32 = 4.0;

/// One name is one sort of thing in one article: what the recognizer says of it most surely, and what its last word and the
/// words around it say, holds for all that no table knows.
pub(super) fn settle(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference, spots: &mut [Spot]) {
    homes(tree, spots);
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    for number in 0..spots.len() {
        if !is_open(&spots[number]) {
            continue;
        }
        let tokens = spots[number].tokens;
        if is_body(tree, lookup, tokens) {
            spots[number].tag = Some(NameType::Org);
        } else if is_ground(tree, lookup, &spots[number]) {
            spots[number].tag = Some(NameType::Loc);
        }
        let vote = votes.entry(tree.lower_words(tokens)).or_default();
        vote.count += 1.0;
        if let Some(tag) = spots[number].tag {
            vote.tags[rank(tag)] += 0.5 + spots[number].score.clamp(0.0, 1.0);
        }
        for (tag, weight) in signs(tree, lookup, reference, spots, number) {
            vote.signs[rank(tag)] += weight;
        }
    }
    for spot in spots.iter_mut().filter(|s| is_open(s)) {
        let vote = &votes[&tree.lower_words(spot.tokens)];
        let own = spot.tag.map_or(0.0, |t| vote.total(t));
        let winner = [NameType::Per, NameType::Org, NameType::Loc]
            .into_iter()
            .max_by(|a, b| vote.total(*a).total_cmp(&vote.total(*b)));
        spot.tag = winner.filter(|w| vote.total(*w) > own).or(spot.tag);
    }
}

/// What the place of one name says it is, and how strongly.
fn signs(
    tree: &Tree<'_>,
    lookup: &Lookup<'_>,
    reference: &Reference,
    spots: &[Spot],
    number: usize,
) -> Vec<(NameType, f32)> {
    let (spot, tokens) = (&spots[number], spots[number].tokens);
    let mut out = Vec::new();
    if is_sited(tree, reference, tokens) {
        out.push((NameType::Loc, 1.2));
    }
    if spot.tag == Some(NameType::Loc) && has_title(tree, lookup, tokens)
        || has_age(tree, tokens)
        || is_addressed(tree, lookup, tokens)
        || is_speaker(tree, lookup, reference, tokens)
    {
        out.push((NameType::Per, 2.0));
    }
    if spot.tag == Some(NameType::Per) && has_given_name(tree, lookup, tokens) {
        out.push((NameType::Per, 1.0));
    }
    out.extend(renamed(tree, lookup, tokens).map(|tag| (tag, 2.0)));
    if is_called(tree, lookup, tokens) || has_office(tree, lookup, tokens) {
        out.push((NameType::Org, 1.5));
    }
    out.extend(in_company_of(tree, spots, number).map(|tag| (tag, 0.8)));
    out
}

/// "Mr Blom", "Tourism Minister Usi": a title with a capital right before the name, where no noun for a place or body ends it.
fn is_addressed(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    let sentence = tree.sentence(tokens.start);
    let from = sentence.start.max(tokens.start.saturating_sub(LONGEST_TITLE));
    let title = title_within(tree, lookup, from, tokens.start);
    title.is_some_and(|(range, title, plural)| !plural && title.role != "member" && tree.is_capital(range.end - 1))
        && !ends_in_sort(tree, lookup, tokens)
}

/// The longest title that ends right before a token and begins at another or after it.
fn title_within<'n>(
    tree: &Tree<'_>,
    lookup: &Lookup<'n>,
    from: usize,
    end: usize,
) -> Option<(TokenRange, &'n Title, bool)> {
    (from..end).find_map(|t| lookup.title_at(tree, t, end).filter(|(r, ..)| r.end == end))
}

/// Above this the recognizer's word for a given name and a surname stands.
const SURE: f32 = 0.5;

/// Words in the longest title that is looked for before a name.
const LONGEST_TITLE: usize = 4;

/// "Daniel Rivera": a given name and more, where no noun for a place or body ends it.
fn has_given_name(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    tokens.len() > 1
        && lookup.gender(tree.lower(tokens.start)).is_some()
        && tokens.range().all(|t| tree.is_capital(t))
        && !ends_in_sort(tree, lookup, tokens)
}

/// Whether a noun for a sort of place or body ends a name.
fn ends_in_sort(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    let last = [tree.lower(tokens.end - 1)];
    lookup.place(&last).is_some() || !lookup.organization(&last).is_empty()
}

/// The noun in the singular for a sort of body that has a name of its own.
fn body_noun<'n>(lookup: &Lookup<'n>, word: &str) -> Option<Noun<'n, OrgHead>> {
    lookup.organization(&[word]).into_iter().find(|n| !n.plural && n.head.stands_for == StandsFor::Own)
}

/// "Liang Ge, a researcher", "Azoya, a company": what an apposition with an article calls it.
fn renamed(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> Option<NameType> {
    let head = tree.head_of(tokens);
    // Further appositions may belong to a name in between.
    let beside = |c: usize| tree.lower(tokens.end) == "," && tree.child(c, Deprel::Det) == Some(tokens.end + 1);
    let called = |c: &usize| tree.rel(*c) == Deprel::Appos && tree.upos(*c) == Upos::Noun && beside(*c);
    let noun = tree.children(head).find(called)?;
    let word = [tree.lower(noun)];
    let person = lookup.person(&word).is_some() || lookup.title_at(tree, noun, noun + 1).is_some();
    match (person, body_noun(lookup, word[0]).is_some(), lookup.place(&word).is_some()) {
        (true, false, false) => Some(NameType::Per),
        (false, true, false) => Some(NameType::Org),
        (false, false, true) => Some(NameType::Loc),
        _ => None,
    }
}

/// "the company Azoya", "research firm YipitData": a noun for a body before the name, of which the name is a part.
fn is_called(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    let head = tree.head_of(tokens);
    let Some(before) = tokens.start.checked_sub(1).filter(|&t| tree.sentence(head).contains(t)) else { return false };
    let noun = tree.upos(before) == Upos::Noun && !tree.is_capital(before);
    let tied = tree.head(head) == Some(before) || tree.head(before) == Some(head);
    noun && tied && body_noun(lookup, tree.lower(before)).is_some()
}

/// "CEO of Acumen", "Avianca's chief executive": what has an officer that only bodies have.
fn has_office(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    let head = tree.head_of(tokens);
    let owner = match tree.rel(head) {
        Deprel::Nmod => tree.case(head).is_some_and(|c| c + 1 == tokens.start && tree.is(c, Closed::Genitive)),
        Deprel::NmodPoss => true,
        _ => false,
    };
    let Some(noun) = tree.head(head).filter(|_| owner) else { return false };
    let from = noun.saturating_sub(LONGEST_TITLE).max(tree.sentence(noun).start);
    let title = title_within(tree, lookup, from, noun + 1);
    title.is_some_and(|(_, t, _)| !matches!(&*t.body, "" | "any" | "state" | "armed-force" | "person"))
}

/// "Rae Bareli and Amethi": what it is coordinated with, where the tables or its tag are sure of that.
fn in_company_of(tree: &Tree<'_>, spots: &[Spot], number: usize) -> Option<NameType> {
    let head = tree.head_of(spots[number].tokens);
    let near = number.saturating_sub(3)..(number + 4).min(spots.len());
    let others = near.filter(|&n| n != number).map(|n| &spots[n]);
    let joined = others.filter(|s| {
        let other = tree.head_of(s.tokens);
        tree.first_conjunct(other) == tree.first_conjunct(head)
            && (tree.rel(other) == Deprel::Conj || tree.rel(head) == Deprel::Conj)
    });
    let tags: Vec<NameType> = joined.filter_map(known_type).collect();
    let first = *tags.first()?;
    tags.iter().all(|t| *t == first).then_some(first)
}

/// What the tables alone say of a spot, where all its senses agree.
fn known_type(spot: &Spot) -> Option<NameType> {
    let tag = |sort| match sort {
        EntityType::Person => Some(NameType::Per),
        EntityType::Organization => Some(NameType::Org),
        EntityType::Place | EntityType::State => Some(NameType::Loc),
        EntityType::WeaponSystem => None,
    };
    let first = tag(spot.senses.first()?.sort)?;
    let agree = spot.senses.iter().all(|s| tag(s.sort) == Some(first));
    (agree && spot.tag.is_none_or(|t| t == first || t == NameType::Misc)).then_some(first)
}

/// "Jane Doe, 50, of Bethany, Conn.": where somebody is from is a place, and so is what that lies in.
fn homes(tree: &Tree<'_>, spots: &mut [Spot]) {
    let people: Vec<TokenRange> = spots.iter().filter(|s| s.tag == Some(NameType::Per)).map(|s| s.tokens).collect();
    let person = |t: usize| {
        let after = people.partition_point(|p| p.end <= t);
        people.get(after).is_some_and(|p| p.contains(t))
    };
    let mut home: Option<usize> = None;
    for spot in spots.iter_mut() {
        let place = spot.senses.iter().any(|s| s.sort == EntityType::Place);
        let open = spot.senses.is_empty() || place && spot.senses.iter().all(|s| s.sort != EntityType::State);
        let beside = home == Some(spot.tokens.start) && place;
        if open && spot.tag == Some(NameType::Per) && (beside || is_home(tree, spot.tokens, &person)) {
            spot.tag = Some(NameType::Loc);
        }
        let comma = spot.tag == Some(NameType::Loc) && tree.lower(spot.tokens.end) == ",";
        home = comma.then_some(spot.tokens.end + 1);
    }
}

/// Whether a name stands after "of" or "from" and belongs to a person's name or age.
fn is_home(tree: &Tree<'_>, tokens: TokenRange, person: &dyn Fn(usize) -> bool) -> bool {
    let head = tree.head_of(tokens);
    let from = tree
        .case(head)
        .is_some_and(|c| c + 1 == tokens.start && (tree.is(c, Closed::Genitive) || tree.is(c, Closed::Home)));
    let bearer = tree.head(head).filter(|_| tree.rel(head) == Deprel::Nmod);
    let owner = bearer.and_then(|b| if tree.upos(b) == Upos::Num { tree.head(b) } else { Some(b) });
    from && tokens.len() <= LONGEST_HOME && owner.is_some_and(|o| !tokens.contains(o) && person(o))
}

/// What has more words and stands so is a house or a body: "of the Ayr Institute of Law".
const LONGEST_HOME: usize = 2;

/// Whether only the recognizer knows a name.
fn is_open(spot: &Spot) -> bool {
    spot.senses.is_empty() && matches!(spot.tag, Some(NameType::Per | NameType::Org | NameType::Loc))
}

fn rank(tag: NameType) -> usize {
    match tag {
        NameType::Per => 0,
        NameType::Org => 1,
        _ => 2,
    }
}

/// "University of Havana", "Paul Tsai Centre": a name of several words that ends in a noun for a body, not for a building.
fn is_body(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    if is_firm(tree, lookup, tokens) {
        return true;
    }
    let noun = tokens.range().skip(1).find(|&t| tree.is(t, Closed::Genitive)).unwrap_or(tokens.end) - 1;
    if tokens.len() < 2 || !tree.is_capital(noun) {
        return false;
    }
    if tree.is(tokens.start, Closed::BodyFirst) || tree.is(tokens.end - 1, Closed::BodyLast) {
        return true;
    }
    let word = tree.lower(noun);
    body_noun(lookup, word).is_some_and(|n| n.head.kind == "university" || lookup.place(&[word]).is_none())
}

/// "Ernst & Young", "BMS&K"; not "Ana Diaz & Li Wei", who are two.
fn is_firm(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    let joined = |t: usize| tree.doc.word(t).contains('&');
    let given = |t: usize| lookup.gender(tree.lower(t)).is_some();
    let Some(sign) = tokens.range().find(|&t| joined(t)) else { return false };
    !(sign > tokens.start + 1 && sign + 2 < tokens.end && given(tokens.start))
}

/// "Manuel Antonio National Park", "Parque Landeta": a name that begins or ends with a word for a place and is no given name with a
/// surname.
fn is_ground(tree: &Tree<'_>, lookup: &Lookup<'_>, spot: &Spot) -> bool {
    let tokens = spot.tokens;
    let sure = spot.score > SURE || lookup.gender(tree.lower(tokens.start)).is_some();
    let person = tokens.len() == 2 && sure;
    let last = lookup.place(&[tree.lower(tokens.end - 1)]).is_some_and(|n| !n.plural);
    let titled = lookup.title_at(tree, tokens.start, tokens.end).is_some();
    spot.tag == Some(NameType::Per)
        && tokens.len() > 1
        && tree.is_capital(tokens.end - 1)
        && !titled
        && (last && !person || tree.is(tokens.start, Closed::PlaceFirst))
}

/// "Officer Demir", "Prince Norodom": a name that begins with a title, where no noun for a place ends it.
fn has_title(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    let title = lookup.title_at(tree, tokens.start, tokens.end);
    title.is_some_and(|(t, _, plural)| t.end < tokens.end && !plural) && !ends_in_sort(tree, lookup, tokens)
}

/// "Yilmaz, 44, said": only people have an age.
fn has_age(tree: &Tree<'_>, tokens: TokenRange) -> bool {
    let end = tokens.end;
    let age = || tree.doc.word(end + 1).parse::<u8>().is_ok_and(|years| years < 110);
    end + 2 < tree.sentence(tokens.start).end && tree.lower(end) == "," && tree.lower(end + 2) == "," && age()
}

/// "Virginia Galle said": a given name and a surname that act, where no noun for a place ends the name.
fn is_speaker(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference, tokens: TokenRange) -> bool {
    let head = tree.head_of(tokens);
    let said = tree.head(head).filter(|_| tree.rel(head) == Deprel::Nsubj).map(|v| tree.lemma(v));
    tokens.len() > 1
        && lookup.gender(tree.lower(tokens.start)).is_some()
        && lookup.place(&[tree.lower(tokens.end - 1)]).is_none()
        && said.is_some_and(|v| reference.acts(Place::Subject, v) == Some(true))
}

/// "in Daquq", "outside Daquq": where only a place can stand.
fn is_sited(tree: &Tree<'_>, reference: &Reference, tokens: TokenRange) -> bool {
    let case = tree.case(tree.head_of(tokens)).filter(|&c| c + 1 == tokens.start);
    case.is_some_and(|c| reference.acts(Place::Preposition, tree.lower(c)) == Some(false))
}
