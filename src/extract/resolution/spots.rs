//! Where names stand: the recognizer's spans and the tables' matches brought together. What they stand for is decided later.

use super::lookup::{Lookup, Sense};
use crate::extract::tree::{Tree, is_possessive_mark};
use crate::model::TokenRange;
use crate::seeds::Closed;
use crate::seeds::reference::{Mark, Place};
use crate::seeds::{Reference, StandsFor};
use crate::vocab::{Deprel, EntityType, NameType, Upos};
use std::collections::BTreeMap;

/// A name's place with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub tokens: TokenRange,
    /// What the recognizer says it is.
    pub tag: Option<NameType>,
    /// How sure the recognizer is.
    pub score: f32,
    /// What in the tables bears the name.
    pub senses: Vec<Sense>,
    /// Table matches inside it: "Armenian" in "Armenian Defense Ministry".
    pub inner: Vec<Spot>,
}

/// The names of a document, in order, not overlapping but for those inside others.
pub(super) fn spots(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference) -> Vec<Spot> {
    let mut out = Vec::new();
    for sentence in &tree.doc.sentences {
        let tagged = tagged(tree, reference, sentence.tokens);
        let listed = listed(tree, lookup, sentence.tokens);
        merge(tree, tagged, listed, &mut out);
    }
    settle(tree, lookup, reference, &mut out);
    out
}

/// One name is one sort of thing in one article: what the recognizer says of it most surely, and what its last word and the
/// prepositions before it say, holds for all that no table knows.
fn settle(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference, spots: &mut [Spot]) {
    let mut votes: BTreeMap<String, [f32; 3]> = BTreeMap::new();
    for spot in spots.iter_mut().filter(|s| is_open(s)) {
        if is_body(tree, lookup, spot.tokens) {
            spot.tag = Some(NameType::Org);
        }
        let vote = votes.entry(tree.lower_words(spot.tokens)).or_default();
        if let Some(tag) = spot.tag {
            vote[rank(tag)] += 0.5 + spot.score.clamp(0.0, 1.0);
        }
        if is_sited(tree, reference, spot.tokens) {
            vote[rank(NameType::Loc)] += 1.2;
        }
    }
    for spot in spots.iter_mut().filter(|s| is_open(s)) {
        let vote = votes[&tree.lower_words(spot.tokens)];
        let own = spot.tag.map_or(0.0, |t| vote[rank(t)]);
        let winner = [NameType::Per, NameType::Org, NameType::Loc]
            .into_iter()
            .max_by(|a, b| vote[rank(*a)].total_cmp(&vote[rank(*b)]));
        spot.tag = winner.filter(|w| vote[rank(*w)] > own).or(spot.tag);
    }
}

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
    let noun = tokens.range().skip(1).find(|&t| tree.is(t, Closed::Genitive)).unwrap_or(tokens.end) - 1;
    if tokens.len() < 2 || !tree.is_capital(noun) {
        return false;
    }
    let word = tree.lower(noun);
    let body = lookup.organization(&[word]).into_iter().find(|n| !n.plural && n.head.stands_for == StandsFor::Own);
    body.is_some_and(|n| n.head.kind == "university" || lookup.place(&[word]).is_none())
}

/// "in Daquq", "outside Daquq": where only a place can stand.
fn is_sited(tree: &Tree<'_>, reference: &Reference, tokens: TokenRange) -> bool {
    let case = tree.case(tree.head_of(tokens)).filter(|&c| c + 1 == tokens.start);
    case.is_some_and(|c| reference.acts(Place::Preposition, tree.lower(c)) == Some(false))
}

fn tagged(tree: &Tree<'_>, reference: &Reference, sentence: TokenRange) -> Vec<Spot> {
    let names = &tree.doc.names;
    let hashtag = |t: usize| tree.doc.word(t).starts_with('#') || t > sentence.start && tree.doc.word(t - 1) == "#";
    let from = names.partition_point(|n| n.tokens.start < sentence.start);
    names[from..]
        .iter()
        .take_while(|n| n.tokens.start < sentence.end)
        .filter(|n| !hashtag(n.tokens.start))
        .flat_map(|n| parts(tree, without_seat(tree, reference, n.tokens), n.kind).into_iter().map(move |p| (n, p)))
        .filter_map(|(n, tokens)| {
            let tokens = trim(tree, tokens);
            (!tokens.is_empty()).then(|| Spot {
                tokens,
                tag: Some(n.kind),
                score: n.score,
                senses: Vec::new(),
                inner: Vec::new(),
            })
        })
        .collect()
}

/// "Frankfurt-based Commerzbank" is named Commerzbank.
fn without_seat(tree: &Tree<'_>, reference: &Reference, tokens: TokenRange) -> TokenRange {
    let side = |t: &usize| {
        tree.lower(t - 1) == "-" && matches!(reference.mark(tree.lower(*t)), Some(Mark::Sided | Mark::Ethnic))
    };
    let cut = (tokens.start + 2..tokens.end.saturating_sub(1)).rev().find(side);
    cut.map_or(tokens, |t| TokenRange::new(t + 1, tokens.end))
}

/// A place named with the region it lies in is two places: "Oujda, Morocco".
fn parts(tree: &Tree<'_>, tokens: TokenRange, kind: NameType) -> Vec<TokenRange> {
    if kind != NameType::Loc {
        return vec![tokens];
    }
    let all: Vec<usize> = tokens.range().collect();
    let pieces = all.split(|&t| tree.lower(t) == ",").filter(|p| !p.is_empty());
    pieces.map(|p| TokenRange::new(p[0], p[p.len() - 1] + 1)).collect()
}

/// Without an article before and a possessive mark or punctuation after.
fn trim(tree: &Tree<'_>, tokens: TokenRange) -> TokenRange {
    let mut range = tokens;
    while !range.is_empty() && (tree.upos(range.start) == Upos::Det || is_edge(tree, range.start)) {
        range.start += 1;
    }
    while !range.is_empty() && is_edge(tree, range.end - 1) {
        range.end -= 1;
    }
    range
}

fn is_edge(tree: &Tree<'_>, token: usize) -> bool {
    is_possessive_mark(tree.lower(token)) || !tree.doc.word(token).chars().any(char::is_alphanumeric)
}

fn listed(tree: &Tree<'_>, lookup: &Lookup<'_>, sentence: TokenRange) -> Vec<Spot> {
    let mut out = Vec::new();
    let mut t = sentence.start;
    while t < sentence.end {
        let found = lookup.longest(tree, t, sentence.end);
        let spot = found.and_then(|(tokens, senses)| listed_spot(tree, tokens, senses));
        match spot {
            Some(spot) => {
                t = spot.tokens.end;
                out.push(spot);
            }
            None => t += 1,
        }
    }
    out
}

/// A table's match that the text bears out: names are written with a capital, weapon classes need not be.
fn listed_spot(tree: &Tree<'_>, tokens: TokenRange, senses: Vec<Sense>) -> Option<Spot> {
    let capital = tokens.range().any(|t| tree.is_capital(t) || starts_with_digit(tree.doc.word(t)));
    let fits = |s: &&Sense| capital || s.sort == EntityType::WeaponSystem;
    let senses: Vec<Sense> = senses.into_iter().filter(|s| fits(&s)).collect();
    (!senses.is_empty()).then(|| Spot { tokens, tag: None, score: 0.0, senses, inner: Vec::new() })
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Both lists are in order and each is free of overlaps. Equal spans join; of two that overlap the longer stands, the
/// table's where they are as long; a table's match within a recognizer's span is kept inside it.
fn merge(tree: &Tree<'_>, tagged: Vec<Spot>, listed: Vec<Spot>, out: &mut Vec<Spot>) {
    let mut tagged = tagged.into_iter().peekable();
    for spot in listed {
        while let Some(t) = tagged.next_if(|t| t.tokens.end <= spot.tokens.start) {
            push(t, out);
        }
        join(tree, spot, &mut tagged, out);
    }
    tagged.for_each(|t| push(t, out));
}

fn join(
    tree: &Tree<'_>,
    mut spot: Spot,
    tagged: &mut std::iter::Peekable<std::vec::IntoIter<Spot>>,
    out: &mut Vec<Spot>,
) {
    // A recognizer's span that was put out already, or is still to come, may hold the match.
    if let Some(last) = out.last_mut().filter(|l| l.tokens.overlaps(spot.tokens)) {
        if last.tokens.start <= spot.tokens.start && spot.tokens.end <= last.tokens.end {
            last.inner.push(spot);
        }
        return;
    }
    while let Some(t) = tagged.next_if(|t| t.tokens.overlaps(spot.tokens)) {
        if t.tokens == spot.tokens || spot.tokens.len() > t.tokens.len() {
            if t.tokens == spot.tokens || spot.tag.is_none() {
                (spot.tag, spot.score) = (Some(t.tag.unwrap_or(NameType::Misc)), t.score);
            }
            continue;
        }
        let mut t = t;
        t.inner.push(spot);
        push(t, out);
        return;
    }
    if spot.tag.is_some() || stands_alone(tree, &spot) {
        push(spot, out);
    }
}

fn push(spot: Spot, out: &mut Vec<Spot>) {
    if out.last().is_none_or(|l| l.tokens.end <= spot.tokens.start) {
        out.push(spot);
    }
}

/// Whether a table's match that the recognizer did not see is a name here: unambiguous, or borne out by its tag, its
/// neighbours or its length.
fn stands_alone(tree: &Tree<'_>, spot: &Spot) -> bool {
    let t = spot.tokens.start;
    let noun = spot.tokens.range().any(|t| matches!(tree.upos(t), Upos::Propn));
    let strong = spot.senses.iter().any(|s| !s.weak);
    let sort = |wanted: EntityType| spot.senses.iter().any(|s| s.sort == wanted);
    let state = sort(EntityType::State);
    let weapon = sort(EntityType::WeaponSystem);
    if !strong {
        return false;
    }
    if weapon {
        return noun || spot.tokens.len() > 1 || tree.upos(t) == Upos::Noun;
    }
    if state || spot.tokens.len() > 1 {
        return noun || matches!(tree.upos(t), Upos::Adj | Upos::Noun) || spot.tokens.len() > 1;
    }
    if sort(EntityType::Organization) {
        return noun;
    }
    // A town's or person's single word: the recognizer would have seen most; the rest must be placed like one.
    let placed = tree.case(t).is_some() || tree.rel(t) == Deprel::Appos;
    noun && sort(EntityType::Place) && placed && !tree.starts_sentence(t)
}
