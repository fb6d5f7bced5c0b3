//! Where names begin and end, where the recognizer cut them or took in too much: "Lam Chung-wang", "Ministry of Agriculture and
//! Livestock", "NGO Provea". It changes no type.

use super::lookup::Lookup;
use super::spots::Spot;
use crate::extract::tree::Tree;
use crate::model::TokenRange;
use crate::seeds::{Closed, StandsFor};
use crate::vocab::{Deprel, NameType, Upos, Xpos};

/// Mends the recognizer's spans of one sentence; `listed` are the tables' matches there.
pub(super) fn mend(tree: &Tree<'_>, lookup: &Lookup<'_>, listed: &[Spot], tagged: &mut Vec<Spot>) {
    tagged.retain(|s| !is_portfolio(tree, lookup, listed, s));
    join_nicknames(tree, tagged);
    part_from_bodies(tree, lookup, tagged);
    for number in 0..tagged.len() {
        let from = number.checked_sub(1).map_or(0, |before| tagged[before].tokens.end);
        let until = tagged.get(number + 1).map_or(tree.len(), |after| after.tokens.start);
        let free = Free { tree, lookup, listed, within: TokenRange::new(from, until) };
        let spot = &mut tagged[number];
        if spot.tag == Some(NameType::Per) {
            spot.tokens = free.person(spot.tokens);
        }
        if spot.tag == Some(NameType::Org) && free.is_numbered(spot.tokens) {
            spot.tokens.end += 1;
        }
        if spot.tag == Some(NameType::Org) && free.is_second_half(spot.tokens.start) {
            spot.tokens.start -= 2;
        }
        spot.tokens = without_sort(tree, lookup, spot.tokens);
        free.christen(spot);
    }
    join_people(tree, tagged);
    join_bodies(tree, lookup, listed, tagged);
    spell_out(tree, tagged);
}

/// "Ali *"the Fox"* Veli": a person's name goes on behind what he is called between.
fn join_nicknames(tree: &Tree<'_>, tagged: &mut Vec<Spot>) {
    let quote = |t: usize, sentence: TokenRange| sentence.contains(t) && is_quote(tree, t);
    for number in 0..tagged.len() {
        let Some(first) = tagged.get(number).filter(|s| s.tag == Some(NameType::Per)).map(|s| s.tokens) else {
            continue;
        };
        let sentence = tree.sentence(first.start);
        // The recognizer may stop within the nickname.
        let open = first.range().find(|&t| is_quote(tree, t)).unwrap_or(first.end);
        let close = (open + 2..=open + 1 + LONGEST_NICKNAME).find(|&t| quote(t, sentence));
        let Some(close) = close.filter(|_| quote(open, sentence)) else { continue };
        let behind = close + 1;
        let named = sentence.contains(behind) && tree.is_capital(behind) && tree.upos(behind) == Upos::Propn;
        if !named || !tree.is_capital(close - 1) {
            continue;
        }
        let last = tagged.iter().find(|s| s.tokens.contains(behind)).map_or(behind + 1, |s| s.tokens.end);
        tagged[number].tokens.end = last;
        tagged.retain(|s| s.tokens.start <= first.start || s.tokens.start >= last);
    }
}

/// No nickname has more words.
const LONGEST_NICKNAME: usize = 3;

fn is_quote(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.xpos(token), Xpos::OpenQuote | Xpos::CloseQuote)
}

/// "the Minister of *Foreign Affairs*": what somebody is minister of is no body.
fn is_portfolio(tree: &Tree<'_>, lookup: &Lookup<'_>, listed: &[Spot], spot: &Spot) -> bool {
    let start = spot.tokens.start;
    let sentence = tree.sentence(start);
    let of = start >= sentence.start + 2 && tree.is(start - 1, Closed::Genitive);
    let known = listed.iter().any(|l| l.tokens.overlaps(spot.tokens));
    let minister = || lookup.title_at(tree, start - 2, start - 1).is_some_and(|(_, t, _)| t.role == "minister");
    of && spot.tag == Some(NameType::Org) && !known && minister()
}

/// "the head of *ABCD* Ali Veli": letters are no part of the name of a person.
fn part_from_bodies(tree: &Tree<'_>, lookup: &Lookup<'_>, tagged: &mut Vec<Spot>) {
    let acronym = |t: usize| super::repeats::is_acronym(tree.doc.word(t));
    // "NGO Provea"
    let sort = |t: usize| !lookup.organization(&[tree.lower(t)]).is_empty();
    for number in (0..tagged.len()).rev() {
        let (tokens, tag) = (tagged[number].tokens, tagged[number].tag);
        let long = tokens.len() > 2 && tree.doc.word(tokens.start).len() >= SHORTEST_ACRONYM;
        let of = tokens.start > tree.sentence(tokens.start).start && tree.is(tokens.start - 1, Closed::Genitive);
        let letters = long && acronym(tokens.start) && !acronym(tokens.start + 1) && !sort(tokens.start);
        // "the head of ABCD Easy Sky, Ali Veli": the name is the next.
        let next = tagged.get(number + 1).is_some_and(|s| s.tag == tag && s.tokens.start == tokens.end + 1);
        if tag == Some(NameType::Per) && of && letters && !next {
            let body = TokenRange::new(tokens.start, tokens.start + 1);
            tagged[number].tokens.start = body.end;
            tagged.insert(number, Spot { tokens: body, tag: Some(NameType::Org), ..tagged[number].clone() });
        }
    }
}

/// The tokens around a span that no other name covers.
struct Free<'t, 'l, 'd> {
    tree: &'t Tree<'d>,
    lookup: &'t Lookup<'l>,
    listed: &'t [Spot],
    within: TokenRange,
}

impl Free<'_, '_, '_> {
    /// A person's name with the parts that hang on it: an initial or given name before, a surname after, "-wang".
    fn person(&self, tokens: TokenRange) -> TokenRange {
        let mut range = tokens;
        while range.start > self.within.start && self.is_given(range.start - 1, range.start) {
            range.start -= 1;
        }
        while self.is_part_after(range) {
            range.end += 1;
        }
        if self.is_hyphenated(range) {
            range.end += 2;
        }
        range
    }

    /// "HMS Daring": a warship has what stands before its name, and is no person.
    fn christen(&self, spot: &mut Spot) {
        let tree = self.tree;
        let ship = |t: usize| tree.is(t, Closed::Ship) && super::repeats::is_acronym(tree.doc.word(t));
        let before = spot.tokens.start.checked_sub(1).filter(|&t| tree.sentence(spot.tokens.start).contains(t));
        if let Some(prefix) = before.filter(|&t| ship(t) && self.is_open(t)) {
            spot.tokens.start = prefix;
        }
        if spot.tokens.len() > 1 && ship(spot.tokens.start) {
            spot.tag = Some(NameType::Misc);
        }
    }

    /// "High-*Level Council*": a hyphen and a word with a capital that names nothing itself stand before.
    fn is_second_half(&self, start: usize) -> bool {
        let tree = self.tree;
        let Some(first) = start.checked_sub(2).filter(|&t| t >= tree.sentence(start).start) else { return false };
        is_hyphen_in_word(tree, TokenRange::new(first, first + 1))
            && tree.is_capital(first)
            && tree.doc.word(first).chars().all(char::is_alphabetic)
            && self.is_open(first)
    }

    fn is_open(&self, token: usize) -> bool {
        self.within.contains(token) && !self.listed.iter().any(|l| l.tokens.contains(token))
    }

    fn is_proper(&self, token: usize) -> bool {
        self.tree.upos(token) == Upos::Propn && self.tree.is_capital(token) && !self.tree.is(token, Closed::Nameless)
    }

    /// Whether a token is an initial or a given name that the parse ties to the name after it.
    fn is_given(&self, token: usize, name: usize) -> bool {
        let tree = self.tree;
        let same = tree.sentence(name).contains(token);
        let word = tree.doc.word(token);
        let initials = word.chars().count() <= 2 && word.chars().all(char::is_uppercase);
        let given = initials || self.lookup.gender(tree.lower(token)).is_some();
        same && self.is_open(token)
            && self.is_proper(token)
            && given
            && tied(tree, token, name)
            && self.lookup.title_at(tree, token, token + 1).is_none()
            && self.lookup.organization(&[tree.lower(token)]).is_empty()
    }

    fn is_part_after(&self, name: TokenRange) -> bool {
        let next = name.end;
        self.is_open(next)
            && self.tree.sentence(name.start).contains(next)
            && self.is_proper(next)
            && self.tree.rel(next) == Deprel::Flat
            && self.tree.head(next).is_some_and(|h| name.contains(h))
            && self.tree.doc.word(next).chars().any(char::is_lowercase) == self.is_written_small(name)
    }

    /// "CTF *50*": a number after capitals that counts nothing.
    fn is_numbered(&self, name: TokenRange) -> bool {
        let (tree, number) = (self.tree, name.end);
        let sentence = tree.sentence(name.start);
        let digits = |t: usize| tree.doc.word(t).len() <= 3 && tree.doc.word(t).chars().all(|c| c.is_ascii_digit());
        let counted = number + 1 < sentence.end && (tree.is_nominal(number + 1) || tree.upos(number + 1) == Upos::Adj);
        name.len() == 1
            && super::repeats::is_acronym(tree.doc.word(name.start))
            && self.is_open(number)
            && sentence.contains(number)
            && digits(number)
            && tree.head(number) == Some(name.start)
            && !counted
    }

    /// Whether a name has letters in lower case.
    fn is_written_small(&self, name: TokenRange) -> bool {
        self.tree.doc.words(name).chars().any(char::is_lowercase)
    }

    /// "Chung*-wang*", "Thandi Mokoena*-Dlamini*": a hyphen and a part in lower case, which is no noun, adjective or participle
    /// ("Putin*-backed*"), or a second surname.
    fn is_hyphenated(&self, name: TokenRange) -> bool {
        let (tree, part) = (self.tree, name.end + 1);
        let small = |part: usize| {
            !matches!(tree.upos(part), Upos::Noun | Upos::Adj | Upos::Verb | Upos::Adv | Upos::Num)
                && tree.doc.word(part).chars().all(char::is_lowercase)
        };
        self.is_open(name.end)
            && self.is_open(part)
            && is_hyphen_in_word(tree, name)
            && (small(part) || name.len() > 1 && self.is_proper(part))
    }
}

/// Whether a hyphen joins a name to the word after it.
fn is_hyphen_in_word(tree: &Tree<'_>, name: TokenRange) -> bool {
    tree.sentence(name.start).contains(name.end + 1) && tree.lower(name.end) == "-" && beside(tree, name.end)
}

/// Whether no blank stands on either side of a token.
fn beside(tree: &Tree<'_>, token: usize) -> bool {
    let span = |t: usize| tree.doc.tokens[t].span;
    span(token - 1).end == span(token).start && span(token).end == span(token + 1).start
}

/// Whether one of two neighbours hangs on the other as a part of one name.
fn tied(tree: &Tree<'_>, a: usize, b: usize) -> bool {
    let part = |t: usize| matches!(tree.rel(t), Deprel::Flat | Deprel::Compound);
    tree.head(b) == Some(a) && part(b)
        || tree.head(a) == Some(b) && part(a)
        || part(b) && tree.head(b).is_some() && tree.head(a) == tree.head(b)
}

/// "NGO Provea": without the noun in capitals that only says what sort of body it is.
fn without_sort(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> TokenRange {
    let word = tree.doc.word(tokens.start);
    let sort = tokens.len() > 1 && super::repeats::is_acronym(word) && !tree.lower(tokens.start + 1).starts_with('-');
    let body =
        |t: usize| lookup.organization(&[tree.lower(t)]).into_iter().any(|n| n.head.stands_for == StandsFor::Own);
    // "the NGO Affairs Bureau" is a bureau.
    if sort && body(tokens.start) && lookup.organization(&[tree.lower(tokens.end - 1)]).is_empty() {
        TokenRange::new(tokens.start + 1, tokens.end)
    } else {
        tokens
    }
}

/// "Mohamed bin Zayed" and "Al Nahyan", side by side and tied, are one person, and so are "Thandi Mokoena" and "Dlamini" with a
/// hyphen between; "the Trump-Kim summit" has two.
fn join_people(tree: &Tree<'_>, tagged: &mut Vec<Spot>) {
    tagged.dedup_by(|next, spot| {
        // The recognizer may take the surname of "Mark Cuban" for a nationality.
        let surname = next.tag == Some(NameType::Norp) && spot.tokens.len() == 1;
        let both = spot.tag == Some(NameType::Per) && (next.tag == Some(NameType::Per) || surname);
        let head = tree.head_of(next.tokens);
        let tied = tree.rel(head) == Deprel::Flat && tree.head(head).is_some_and(|h| spot.tokens.contains(h));
        let beside = both && tied && spot.tokens.end == next.tokens.start;
        let surname = next.tokens.len() == 1 && spot.tokens.end + 1 == next.tokens.start;
        let double = spot.tag == Some(NameType::Per) && spot.tokens.len() > 1 && surname;
        let one = beside || double && is_hyphen_in_word(tree, spot.tokens);
        if one {
            spot.tokens.end = next.tokens.end;
        }
        one
    });
}

/// "Ministry of Agriculture" with "and Livestock": what a ministry or department is for, to the last of its names.
fn join_bodies(tree: &Tree<'_>, lookup: &Lookup<'_>, listed: &[Spot], tagged: &mut Vec<Spot>) {
    for number in 0..tagged.len() {
        let spot = &tagged[number];
        if spot.tag != Some(NameType::Org) || !has_portfolio(tree, lookup, spot.tokens) {
            continue;
        }
        let blocked = |range: TokenRange| {
            let other = |s: &Spot| s.tokens.overlaps(range) && s.tag != Some(NameType::Org);
            tagged[number + 1..].iter().any(other) || listed.iter().any(|l| l.tokens.overlaps(range))
        };
        let end = portfolio_end(tree, lookup, spot.tokens, &blocked);
        tagged[number].tokens.end = end;
    }
    tagged.dedup_by(|next, spot| next.tokens.start < spot.tokens.end);
}

/// "Egyptian Association against *Torture (EAAT)*": a name runs to the left as far as the letters in brackets behind it ask.
fn spell_out(tree: &Tree<'_>, tagged: &mut Vec<Spot>) {
    for number in 0..tagged.len() {
        let spot = &tagged[number];
        if spot.tag == Some(NameType::Per) {
            continue;
        }
        let Some(start) = long_form(tree, spot.tokens).filter(|&s| s < spot.tokens.start) else { continue };
        let person = |s: &Spot| s.tag == Some(NameType::Per) && s.tokens.end > start;
        if !tagged[..number].iter().any(person) {
            tagged[number].tokens.start = start;
            tagged[number].tag = Some(NameType::Org);
        }
    }
    for number in (1..tagged.len()).rev() {
        if tagged[number - 1].tokens.end > tagged[number].tokens.start {
            let start = tagged[number].tokens.start.min(tagged[number - 1].tokens.start);
            tagged[number].tokens.start = start;
            tagged.remove(number - 1);
        }
    }
}

/// Where the long form of the acronym in brackets behind a name begins: the nearest capital from which the acronym's letters are
/// met in order, each at the beginning of a word or within one (Schwartz and Hearst 2003).
fn long_form(tree: &Tree<'_>, name: TokenRange) -> Option<usize> {
    let sentence = tree.sentence(name.start);
    let (open, acronym, close) = (name.end, name.end + 1, name.end + 2);
    let bracketed = close < sentence.end && tree.doc.word(open) == "(" && tree.doc.word(close) == ")";
    let letters: Vec<char> = if bracketed { tree.lower(acronym).chars().collect() } else { return None };
    let spelled = tree.doc.word(acronym).chars().all(|c| c.is_ascii_uppercase()) && letters.len() >= SHORTEST_ACRONYM;
    let first = sentence.start.max(name.end.saturating_sub((letters.len() * 2).min(letters.len() + SPARE)));
    let mut left = letters.len();
    for t in (first..name.end).rev().take_while(|_| spelled) {
        let word: Vec<char> = tree.lower(t).chars().collect();
        for (i, c) in word.iter().enumerate().rev() {
            // The first letter begins a word.
            if left > 0 && *c == letters[left - 1] && (left > 1 || i == 0 && tree.is_capital(t)) {
                left -= 1;
            }
        }
        if left == 0 {
            return Some(t);
        }
    }
    None
}

/// Shorter acronyms say too little of what they stand for.
const SHORTEST_ACRONYM: usize = 3;
/// Words that a long form may have beyond the letters of its acronym.
const SPARE: usize = 5;

/// Whether a name is a public body's with what it is for: "Ministry of Agriculture", "Chamber of Commerce".
fn has_portfolio(tree: &Tree<'_>, lookup: &Lookup<'_>, tokens: TokenRange) -> bool {
    let of = tokens.range().skip(1).find(|&t| tree.is(t, Closed::Genitive) || tree.is(t, Closed::Portfolio));
    of.is_some_and(|of| {
        let kinds = lookup.organization(&[tree.lower(of - 1)]);
        of + 1 < tokens.end && kinds.iter().any(|n| matches!(&*n.head.kind, "ministry" | "agency" | "chamber"))
    })
}

/// Where a list that goes on after a name ends: ", Science and Technology", nothing where the last item is no part of it.
fn portfolio_end(
    tree: &Tree<'_>,
    lookup: &Lookup<'_>,
    tokens: TokenRange,
    blocked: &dyn Fn(TokenRange) -> bool,
) -> usize {
    let sentence = tree.sentence(tokens.start);
    let item = |from: usize| {
        let word = |t: &usize| tree.is_capital(*t) && tree.is_nominal(*t) | (tree.upos(*t) == Upos::Adj);
        (from..sentence.end).take_while(word).last().map(|t| TokenRange::new(from, t + 1))
    };
    let fits = |range: &TokenRange| {
        let last = tree.lower(range.end - 1);
        let title = lookup.title_at(tree, range.start, range.end).is_some();
        !blocked(*range) && !title && lookup.organization(&[last]).is_empty() && !tree.is_possessive(range.end - 1)
    };
    let mut at = tokens.end;
    while at < sentence.end {
        let last = tree.is(at, Closed::Coordinator);
        if !last && tree.lower(at) != "," {
            break;
        }
        let Some(range) = item(at + 1).filter(fits) else { break };
        if last {
            return range.end;
        }
        at = range.end;
    }
    tokens.end
}
