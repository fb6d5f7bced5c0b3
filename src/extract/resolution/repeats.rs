//! Names that the recognizer saw in one place and missed in another: the same words again, a surname alone, what capitals in
//! brackets abbreviate, and the coalition of "coalition jets". It gives no name that the article does not show somewhere to be one.

use super::lookup::{Lookup, Sense};
use super::spots::Spot;
use crate::extract::tree::Tree;
use crate::model::TokenRange;
use crate::seeds::reference::Mark;
use crate::seeds::{Closed, Reference, StandsFor};
use crate::vocab::{Deprel, EntityType, NameType, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// Adds the spots of names met again, takes away capitals that abbreviate no name.
pub(super) fn find(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference, spots: &mut Vec<Spot>) {
    let short = abbreviations(tree, lookup);
    let surnames = surnames(tree, spots);
    let nameless = |s: &Spot| s.tokens.len() == 1 && is_nameless(tree, &short, s);
    spots.retain(|s| {
        !nameless(s)
            && !is_side(tree, reference, s)
            && !is_currency(tree, s)
            && !is_title_alone(tree, lookup, &surnames, s)
            && !is_noun_alone(tree, lookup, reference, s)
    });
    let known = Known::new(tree, spots, &short);
    let mut found: Vec<Spot> = gaps(tree, spots).into_iter().flat_map(|gap| known.within(tree, gap)).collect();
    spots.append(&mut found);
    spots.append(&mut allied(tree, lookup, spots));
    spots.sort_by_key(|s| s.tokens);
}

/// "*coalition* jets": the one alliance that the text names and that is called so.
fn allied(tree: &Tree<'_>, lookup: &Lookup<'_>, spots: &[Spot]) -> Vec<Spot> {
    let alliances = spots.iter().flat_map(|s| &s.senses).filter(|s| lookup.names.known(s.entry).kind == ALLIANCE);
    let mut called: BTreeMap<String, Option<&Sense>> = BTreeMap::new();
    for sense in alliances {
        for noun in nouns(lookup, sense) {
            let other = |s: &mut Option<&Sense>| *s = s.filter(|s| s.entry == sense.entry);
            called.entry(noun).and_modify(other).or_insert(Some(sense));
        }
    }
    let bare = (0..tree.len()).filter(|&t| is_bare_modifier(tree, t));
    let sense = |t: usize| Some((t, (*called.get(tree.lower(t))?)?));
    let spot = |(t, sense): (usize, &Sense)| {
        let tokens = TokenRange::new(t, t + 1);
        Spot { tokens, tag: Some(NameType::Org), score: 0.0, senses: vec![*sense], inner: Vec::new() }
    };
    let free = |s: &Spot| !spots.iter().any(|o| o.tokens.overlaps(s.tokens));
    bare.filter_map(sense).map(spot).filter(free).collect()
}

/// The kind of alliances of states and of forces.
const ALLIANCE: &str = "alliance";

/// The nouns for an alliance with which names of one end: "coalition" of "the Saudi-led coalition".
fn nouns(lookup: &Lookup<'_>, sense: &Sense) -> Vec<String> {
    let known = lookup.names.known(sense.entry);
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let mut nouns: Vec<String> = known.aliases().chain([known.label]).map(last).collect();
    nouns.retain(|n| lookup.organization(&[n]).iter().any(|h| h.head.kind == ALLIANCE && !h.plural));
    nouns.dedup();
    nouns
}

/// A noun right before the noun that it is about, with nothing of its own before it: not "the *ruling coalition* lawmakers".
fn is_bare_modifier(tree: &Tree<'_>, token: usize) -> bool {
    let noun = tree.head(token).filter(|&h| h > token && tree.is_nominal(h));
    let own = token > tree.sentence(token).start
        && (matches!(tree.upos(token - 1), Upos::Adj | Upos::Verb | Upos::Noun | Upos::Propn)
            || tree.lower(token - 1) == "-");
    tree.rel(token) == Deprel::Compound && noun.is_some() && !own
}

/// Last words of the full names of people that the recognizer found.
pub(super) fn surnames<'d>(tree: &Tree<'d>, spots: &[Spot]) -> BTreeSet<&'d str> {
    let full = spots.iter().filter(|s| s.tag == Some(NameType::Per) && s.tokens.len() > 1);
    full.map(|s| tree.doc.word(s.tokens.end - 1)).collect()
}

/// Whether the text or the language has a word in capitals for something that is no name: "artificial intelligence (AI)", "DNA".
fn is_nameless(tree: &Tree<'_>, short: &BTreeMap<&str, bool>, spot: &Spot) -> bool {
    let word = tree.doc.word(spot.tokens.start);
    let general = || tree.is(spot.tokens.start, Closed::Nameless);
    spot.senses.is_empty() && (short.get(word) == Some(&false) || general())
}

/// "the Prime Minister": a title without a name, where nobody is called so.
fn is_title_alone(tree: &Tree<'_>, lookup: &Lookup<'_>, surnames: &BTreeSet<&str>, spot: &Spot) -> bool {
    let TokenRange { start, end } = spot.tokens;
    let title = lookup.title_at(tree, start, end).is_some_and(|(t, ..)| t == spot.tokens);
    let called = spot.tokens.len() == 1 && surnames.contains(tree.doc.word(start));
    spot.senses.is_empty() && title && !called
}

/// "*U.S.*93 million": a name glued to a number is the mark of a currency.
fn is_currency(tree: &Tree<'_>, spot: &Spot) -> bool {
    let (last, next) = (spot.tokens.end - 1, spot.tokens.end);
    let number = |t: usize| tree.doc.word(t).starts_with(|c: char| c.is_ascii_digit() || c == '$');
    tree.sentence(last).contains(next)
        && tree.doc.tokens[last].span.end == tree.doc.tokens[next].span.start
        && number(next)
        && tree.doc.word(last).ends_with(['.', '$'])
}

/// "*Anti-Junta* fighters": whom somebody is for or against is not who he is.
fn is_side(tree: &Tree<'_>, reference: &Reference, spot: &Spot) -> bool {
    let start = spot.tokens.start;
    let prefix = tree.lower(start).split_once('-').map(|(prefix, _)| prefix);
    let next = tree.sentence(start).contains(start + 1) && tree.is_nominal(start + 1) && !tree.is_capital(start + 1);
    spot.tokens.len() == 1 && next && prefix.is_some_and(|p| reference.mark(p) == Some(Mark::Sided))
}

/// "the Council", "the Embassy": a noun for a sort of body with the article, which names one that was named before.
fn is_noun_alone(tree: &Tree<'_>, lookup: &Lookup<'_>, reference: &Reference, spot: &Spot) -> bool {
    let start = spot.tokens.start;
    let article = start > tree.sentence(start).start && reference.mark(tree.lower(start - 1)) == Some(Mark::Definite);
    let noun = spot.tokens.len() == 1 && !lookup.organization(&[tree.lower(start)]).is_empty();
    spot.senses.is_empty() && noun && (article || spot.tag == Some(NameType::Per))
}

/// Capitals in brackets after lower-case words that they abbreviate, and whether those words name a body: "the special
/// investigation team (SIT)" does, "memorandum of understanding (MoU)" does not.
fn abbreviations<'d>(tree: &Tree<'d>, lookup: &Lookup<'_>) -> BTreeMap<&'d str, bool> {
    let bracketed = (2..tree.len().saturating_sub(1))
        .filter(|&t| tree.doc.word(t - 1) == "(" && tree.doc.word(t + 1) == ")" && is_acronym(tree.doc.word(t)));
    let abbreviates = bracketed.filter(|&t| stands_for_lower_case(tree, t));
    abbreviates
        .map(|t| {
            let body = |n: &super::lookup::Noun<'_, crate::seeds::OrgHead>| {
                !n.plural && matches!(n.head.stands_for, StandsFor::Own | StandsFor::Part)
            };
            (tree.doc.word(t), lookup.organization(&[tree.lower(t - 2)]).iter().any(body))
        })
        .collect()
}

/// Two capitals or more, and few other letters: "RSF", "MoU".
pub(super) fn is_acronym(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    (2..=8).contains(&letters().count()) && capitals >= 2 && capitals * 2 > letters().count()
}

/// Whether the letters of a word in brackets are, from the last to the first, the initials of the words in lower case before it.
fn stands_for_lower_case(tree: &Tree<'_>, bracketed: usize) -> bool {
    let mut letters: Vec<char> = tree.lower(bracketed).chars().filter(|c| c.is_alphabetic()).collect();
    let start = tree.sentence(bracketed).start;
    for t in (start..bracketed - 1).rev().take(LONGEST_EXPANSION) {
        let Some(&last) = letters.last() else { return true };
        if tree.is_capital(t) {
            return false;
        }
        if tree.lower(t).starts_with(last) {
            letters.pop();
        } else if !is_small(tree, t) {
            return false;
        }
    }
    letters.is_empty()
}

/// Words that abbreviations may pass over.
fn is_small(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.upos(token), Upos::Adp | Upos::Cconj | Upos::Det | Upos::Punct | Upos::Part)
}

/// As many words as a long abbreviation with its small words.
const LONGEST_EXPANSION: usize = 12;

/// The words of a name with its type, the longest first.
type KnownName<'d> = (std::cmp::Reverse<usize>, Vec<&'d str>, NameType);

/// Names by their first words.
struct Known<'d> {
    by_first: BTreeMap<&'d str, BTreeSet<KnownName<'d>>>,
}

impl<'d> Known<'d> {
    fn new(tree: &Tree<'d>, spots: &[Spot], short: &BTreeMap<&'d str, bool>) -> Known<'d> {
        let mut known = Known { by_first: BTreeMap::new() };
        for spot in spots {
            let words: Vec<&str> = spot.tokens.range().map(|t| tree.doc.word(t)).collect();
            let person = spot.senses.iter().all(|s| s.sort == EntityType::Person);
            match spot.tag {
                Some(NameType::Per) if words.len() > 1 && person => {
                    known.add(&words[words.len() - 1..], NameType::Per);
                    known.add(&words, NameType::Per);
                }
                Some(tag @ (NameType::Per | NameType::Org | NameType::Loc)) if spot.senses.is_empty() => {
                    known.add(&words, tag);
                }
                _ => {}
            }
        }
        short.iter().filter(|(_, body)| **body).for_each(|(word, _)| known.add(&[word], NameType::Org));
        known
    }

    fn add(&mut self, words: &[&'d str], tag: NameType) {
        let entry = (std::cmp::Reverse(words.len()), words.to_vec(), tag);
        self.by_first.entry(words[0]).or_default().insert(entry);
    }

    /// The names in a stretch that no spot covers, the longest first.
    fn within(&self, tree: &Tree<'_>, gap: TokenRange) -> Vec<Spot> {
        let mut out = Vec::new();
        let mut t = gap.start;
        while t < gap.end {
            match self.at(tree, t, gap.end) {
                Some(spot) => {
                    t = spot.tokens.end;
                    out.push(spot);
                }
                None => t += 1,
            }
        }
        out
    }

    fn at(&self, tree: &Tree<'_>, start: usize, end: usize) -> Option<Spot> {
        let names = self.by_first.get(tree.doc.word(start))?;
        let fits = |words: &[&str]| {
            start + words.len() <= end && words.iter().enumerate().all(|(i, w)| tree.doc.word(start + i) == *w)
        };
        let (_, words, tag) = names.iter().find(|(_, words, _)| fits(words))?;
        let tokens = TokenRange::new(start, start + words.len());
        let spot = Spot { tokens, tag: Some(*tag), score: 0.0, senses: Vec::new(), inner: Vec::new() };
        is_name(tree, tokens, *tag).then_some(spot)
    }
}

/// Whether words met again can be the name: several, capitals, or one word that is a name by its tag and for a person has no article.
fn is_name(tree: &Tree<'_>, tokens: TokenRange, tag: NameType) -> bool {
    let start = tokens.start;
    let proper =
        || tree.upos(start) == Upos::Propn && tree.is_capital(start) && tree.doc.word(start).chars().count() > 2;
    let article = || start > tree.sentence(start).start && tree.upos(start - 1) == Upos::Det;
    tokens.len() > 1 || is_acronym(tree.doc.word(start)) || proper() && !(tag == NameType::Per && article())
}

/// The stretches of sentences between the spots.
fn gaps(tree: &Tree<'_>, spots: &[Spot]) -> Vec<TokenRange> {
    let mut out = Vec::new();
    let mut spots = spots.iter().peekable();
    for sentence in &tree.doc.sentences {
        let mut start = sentence.tokens.start;
        while let Some(spot) = spots.next_if(|s| s.tokens.start < sentence.tokens.end) {
            out.push(TokenRange::new(start, spot.tokens.start.max(start)));
            start = spot.tokens.end;
        }
        out.push(TokenRange::new(start, sentence.tokens.end.max(start)));
    }
    out.retain(|gap| !gap.is_empty());
    out
}
