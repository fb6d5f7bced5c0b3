//! Where names stand: the recognizer's spans and the tables' matches brought together. What they stand for is decided later.

use super::lookup::{Lookup, Sense};
use super::{evidence, extents, repeats};
use crate::extract::tree::{Tree, is_possessive_mark};
use crate::model::TokenRange;
use crate::seeds::reference::Mark;
use crate::seeds::{Closed, Reference};
use crate::vocab::{Deprel, EntityType, NameType, Upos};

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
        let mut tagged = tagged(tree, lookup, reference, sentence.tokens);
        let listed = listed(tree, lookup, sentence.tokens);
        extents::mend(tree, lookup, &listed, &mut tagged);
        merge(tree, lookup, tagged, listed, &mut out);
    }
    repeats::find(tree, lookup, reference, &mut out);
    evidence::settle(tree, lookup, reference, &mut out);
    out
}

fn tagged(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference, sentence: TokenRange) -> Vec<Spot> {
    let names = &tree.doc.names;
    let hashtag = |t: usize| tree.doc.word(t).starts_with('#') || t > sentence.start && tree.doc.word(t - 1) == "#";
    let from = names.partition_point(|n| n.tokens.start < sentence.start);
    names[from..]
        .iter()
        .take_while(|n| n.tokens.start < sentence.end)
        .filter(|n| !hashtag(n.tokens.start))
        .flat_map(|n| {
            let (tokens, kind) = without_seat(tree, reference, n.tokens, n.kind);
            let tokens = without_party(tree, lookup, reference, without_title(tree, lookup, tokens));
            parts(tree, lookup, tokens, kind).into_iter().map(move |(tokens, kind)| (tokens, kind, n.score))
        })
        .filter_map(|(tokens, kind, score)| {
            let tokens = trim(tree, tokens);
            let spot = Spot { tokens, tag: Some(kind), score, senses: Vec::new(), inner: Vec::new() };
            (!tokens.is_empty()).then_some(spot)
        })
        .collect()
}

/// "Frankfurt-based Commerzbank" is named Commerzbank; who is "Ohio-born" is a person.
fn without_seat(tree: &Tree<'_>, reference: &Reference, tokens: TokenRange, kind: NameType) -> (TokenRange, NameType) {
    let mark = |t: usize| reference.mark(tree.lower(t));
    let side = |t: &usize| tree.lower(t - 1) == "-" && matches!(mark(*t), Some(Mark::Sided | Mark::Ethnic));
    let cut = (tokens.start + 2..tokens.end.saturating_sub(1)).rev().find(side);
    let rest = cut.map_or(tokens, |t| TokenRange::new(t + 1, tokens.end));
    let before = rest.start.checked_sub(2).filter(|&t| t >= tree.sentence(rest.start).start);
    let born = before.is_some_and(|t| tree.lower(t) == "-" && mark(t + 1) == Some(Mark::Ethnic));
    let person = born && kind == NameType::Loc && rest.len() > 1;
    (rest, if person { NameType::Per } else { kind })
}

/// "*U.S.* Defense Secretary": the state or body, where the rest of the span is the first half of a title.
fn without_title(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> TokenRange {
    let sentence = tree.sentence(tokens.start).end;
    let title = |t: &usize| lookup.title_at(tree, *t, sentence).is_some_and(|(title, ..)| title.end > tokens.end);
    let owner = |t: &usize| {
        is_listed(tree, lookup, TokenRange::new(tokens.start, *t), &[EntityType::State, EntityType::Organization])
    };
    let cut = (tokens.start + 1..tokens.end).find(|t| title(t) && owner(t));
    cut.map_or(tokens, |end| TokenRange::new(tokens.start, end))
}

/// "Republican *Indiana* Gov. Ali Veli": the party before a place is no part of its name.
fn without_party(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference, tokens: TokenRange) -> TokenRange {
    let rest = TokenRange::new(tokens.start + 1, tokens.end);
    let party = reference.mark(tree.lower(tokens.start)) == Some(Mark::Partisan);
    let place = party
        && is_listed(tree, lookup, rest, &[EntityType::Place])
        && !is_listed(tree, lookup, tokens, EntityType::ALL);
    if place { rest } else { tokens }
}

/// The names in one span of the recognizer: a place with the region it lies in ("Oujda, Morocco"), a person with a home ("Ali
/// Veli of Izmir"), a house with its town ("Paris AFP"), a constituency without the party ("D-Ohio").
fn parts(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange, kind: NameType) -> Vec<(TokenRange, NameType)> {
    let split = constituency(tree, lookup, tokens)
        .or_else(|| with_home(tree, lookup, tokens, kind))
        .or_else(|| with_town(tree, lookup, tokens))
        .or_else(|| side_by_side(tree, lookup, tokens, kind))
        .or_else(|| around_dash(tree, tokens, kind));
    if let Some(split) = split {
        return split;
    }
    if kind != NameType::Loc {
        return vec![(tokens, kind)];
    }
    let all: Vec<usize> = tokens.range().collect();
    let pieces = all.split(|&t| tree.lower(t) == ",").filter(|p| !p.is_empty());
    pieces.map(|p| (TokenRange::new(p[0], p[p.len() - 1] + 1), kind)).collect()
}

/// "Kgalema Motlanthe - met Abiy": no person's name goes on with a verb behind a dash.
fn around_dash(tree: &Tree<'_>, tokens: TokenRange, kind: NameType) -> Split {
    if kind != NameType::Per {
        return None;
    }
    let span = |t: usize| tree.doc.tokens[t].span;
    let dash = |t: &usize| {
        let mark = matches!(tree.lower(*t), "-" | "–" | "—" | "--");
        mark && span(*t - 1).end < span(*t).start
            && span(*t).end < span(*t + 1).start
            && tree.upos(*t + 1) == Upos::Verb
    };
    let at = tokens.range().skip(1).take(tokens.len().saturating_sub(2)).find(dash)?;
    let rest = (at + 1..tokens.end).find(|&t| tree.is_capital(t));
    let before = (TokenRange::new(tokens.start, at), kind);
    Some(std::iter::once(before).chain(rest.map(|t| (TokenRange::new(t, tokens.end), kind))).collect())
}

type Split = Option<Vec<(TokenRange, NameType)>>;

/// Whether the tables know exactly these words as a name of one of some types.
fn is_listed(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange, sorts: &[EntityType]) -> bool {
    let found = (!tokens.is_empty()).then(|| lookup.longest(tree, tokens.start, tokens.end)).flatten();
    found.is_some_and(|(range, senses)| range.end == tokens.end && senses.iter().any(|s| sorts.contains(&s.sort)))
}

/// "D-Ga.", "R-Utah": a letter for the party before the place that somebody is elected for.
fn constituency(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> Split {
    let party = is_party_letter(tree, tokens.start) && tokens.len() > 2;
    let place = TokenRange::new(tokens.start + 2, tokens.end.max(tokens.start + 2));
    (party && is_listed(tree, lookup, place, &[EntityType::Place])).then(|| vec![(place, NameType::Loc)])
}

/// The letter of a party before the name of a place, set off from a person: "(R-La.)", ", D-Ohio".
pub(super) fn letter_before(tree: &Tree<'_>, place: usize) -> Option<usize> {
    let letter = place.checked_sub(2).filter(|&t| t > 0 && is_party_letter(tree, t))?;
    matches!(tree.doc.word(letter - 1), "(" | ",").then_some(letter)
}

/// Whether one capital and a hyphen stand at a token.
fn is_party_letter(tree: &Tree<'_>, token: usize) -> bool {
    tree.doc.word(token).chars().count() == 1 && tree.is_capital(token) && tree.lower(token + 1) == "-"
}

/// "Ali Veli of Izmir": a given name, a surname and a place.
fn with_home(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange, kind: NameType) -> Split {
    let of = tokens.range().find(|&t| tree.is(t, Closed::Genitive))?;
    let (name, home) = (TokenRange::new(tokens.start, of), TokenRange::new(of + 1, tokens.end));
    let person = name.len() > 1 && matches!(kind, NameType::Per | NameType::Loc);
    let given = person && lookup.gender(tree.lower(name.start)).is_some();
    (given && is_listed(tree, lookup, home, &[EntityType::Place, EntityType::State]))
        .then(|| vec![(name, NameType::Per), (home, NameType::Loc)])
}

/// "Paris AFP", "Cairo AL-AHALI": a town before the name of a newsroom that the tables know, or a name set in capitals.
fn with_town(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> Split {
    if tokens.len() < 2 || is_listed(tree, lookup, tokens, EntityType::ALL) {
        return None;
    }
    let (town, senses) = lookup.longest(tree, tokens.start, tokens.end - 1)?;
    let body = TokenRange::new(town.end, tokens.end);
    let is_upper = |t: usize| !tree.doc.word(t).chars().any(char::is_lowercase);
    let long = || body.range().any(|t| tree.doc.word(t).chars().filter(|c| c.is_alphabetic()).count() > 2);
    let set_off = !town.range().any(is_upper) && body.range().all(is_upper) && long();
    let found = lookup.longest(tree, body.start, body.end).filter(|(range, _)| *range == body);
    let media = |s: &Sense| !s.weak && lookup.names.known(s.entry).kind == "media";
    let known = found.is_some_and(|(_, senses)| senses.iter().any(media));
    let place = senses.iter().any(|s| s.sort == EntityType::Place && !s.weak);
    (place && (known || set_off)).then(|| vec![(town, NameType::Loc), (body, NameType::Org)])
}

/// "the Armenia-Azerbaijan border", "US-UK strikes": two states or bodies with a hyphen between.
fn side_by_side(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange, kind: NameType) -> Split {
    let hyphen = tokens.range().find(|&t| matches!(tree.lower(t), "-" | "–"))?;
    let (first, second) = (TokenRange::new(tokens.start, hyphen), TokenRange::new(hyphen + 1, tokens.end));
    let party = |tokens| is_listed(tree, lookup, tokens, &[EntityType::State, EntityType::Organization]);
    (party(first) && party(second)).then(|| vec![(first, kind), (second, kind)])
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

/// "US$ 30": a sign of money is no state.
fn is_money(tree: &Tree<'_>, token: usize) -> bool {
    tree.doc.word(token).ends_with('$')
}

fn listed(tree: &Tree<'_>, lookup: &Lookup<'_>, sentence: TokenRange) -> Vec<Spot> {
    let mut out = Vec::new();
    let mut t = sentence.start;
    while t < sentence.end {
        let found = lookup.longest(tree, t, sentence.end).filter(|_| !is_money(tree, t));
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
    // In a headline a verb has a capital as well: "Forces *Shell* City".
    let named = tokens.len() > 1 || tree.upos(tokens.start) == Upos::Propn;
    let fits = |s: &&Sense| match s.sort {
        EntityType::WeaponSystem => true,
        EntityType::Organization => capital && (named || !s.weak),
        _ => capital,
    };
    // "(R-La.)" is for Louisiana.
    let elected = letter_before(tree, tokens.start).is_some();
    let fits = |s: &Sense| fits(&s) && (!elected || s.sort == EntityType::Place);
    let senses: Vec<Sense> = senses.into_iter().filter(fits).collect();
    let tag = elected.then_some(NameType::Loc);
    (!senses.is_empty()).then(|| Spot { tokens, tag, score: 0.0, senses, inner: Vec::new() })
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Both lists are in order and each is free of overlaps. Equal spans join; of two that overlap the longer stands, the
/// table's where they are as long; a table's match within a recognizer's span is kept inside it.
fn merge(tree: &Tree<'_>, lookup: &Lookup<'_>, tagged: Vec<Spot>, listed: Vec<Spot>, out: &mut Vec<Spot>) {
    let mut tagged = tagged.into_iter().peekable();
    for spot in listed {
        while let Some(t) = tagged.next_if(|t| t.tokens.end <= spot.tokens.start) {
            push(t, out);
        }
        join(tree, lookup, spot, &mut tagged, out);
    }
    tagged.for_each(|t| push(t, out));
}

fn join(
    tree: &Tree<'_>,
    lookup: &Lookup<'_>,
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
            // "the Crimean Bridge" is no people.
            let people = t.tag == Some(NameType::Norp);
            if t.tokens == spot.tokens || spot.tag.is_none() && !people {
                (spot.tag, spot.score) = (Some(t.tag.unwrap_or(NameType::Misc)), t.score);
            }
            continue;
        }
        let mut t = t;
        // "*The National* Police Agency" is no newspaper.
        if t.tokens.start <= spot.tokens.start && spot.tokens.end <= t.tokens.end {
            t.inner.push(spot);
        }
        push(t, out);
        return;
    }
    if spot.tag.is_some() || stands_alone(tree, lookup, &spot) {
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
fn stands_alone(tree: &Tree<'_>, lookup: &Lookup<'_>, spot: &Spot) -> bool {
    let t = spot.tokens.start;
    let noun = spot.tokens.range().any(|t| matches!(tree.upos(t), Upos::Propn));
    let strong = spot.senses.iter().any(|s| !s.weak);
    let sort = |wanted: EntityType| spot.senses.iter().any(|s| s.sort == wanted);
    let state = sort(EntityType::State);
    let weapon = sort(EntityType::WeaponSystem);
    if !strong {
        return is_abbreviated_region(tree, spot);
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
    let placed = tree.case(t).is_some() || tree.rel(t) == Deprel::Appos || is_city_before_noun(tree, lookup, spot);
    noun && sort(EntityType::Place) && placed && !tree.starts_sentence(t)
}

/// "Gary, Ind.", "Rochester, N.Y.": an abbreviation after a comma and a name.
fn is_abbreviated_region(tree: &Tree<'_>, spot: &Spot) -> bool {
    let TokenRange { start, end } = spot.tokens;
    let dotted = tree.doc.word(end - 1).ends_with('.') || tree.lower(end) == ".";
    let named = start >= tree.sentence(start).start + 2 && tree.lower(start - 1) == "," && tree.is_capital(start - 2);
    dotted && named && tree.upos(start - 2) == Upos::Propn && spot.senses.iter().all(|s| s.sort == EntityType::Place)
}

/// "a Memphis native": a large city before a common noun.
fn is_city_before_noun(tree: &Tree<'_>, lookup: &Lookup<'_>, spot: &Spot) -> bool {
    let t = spot.tokens.start;
    let noun = tree.head(t).is_some_and(|h| h == t + 1 && tree.upos(h) == Upos::Noun && !tree.is_capital(h));
    let large = |s: &Sense| s.sort == EntityType::Place && lookup.names.known(s.entry).population > 300_000;
    noun && tree.rel(t) == Deprel::Compound && spot.senses.iter().any(large)
}
