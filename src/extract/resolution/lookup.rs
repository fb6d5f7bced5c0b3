//! The tables as resolution asks them: names at a token, nouns at the end of a phrase, who holds an office.

use crate::extract::tree::Tree;
use crate::model::TokenRange;
use crate::seeds::{Gender, Heads, KnownId, Names, OrgHead, PersonHead, PlaceHead, Sense as Form, Title, Word, words};
use crate::vocab::EntityType;

/// One entity of the tables that some words may name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sense {
    pub entry: KnownId,
    pub sort: EntityType,
    /// What the words say of it.
    pub form: Form,
    /// Whether it needs support from its context.
    pub weak: bool,
    /// Likelier senses come first in the tables.
    pub rank: u32,
}

/// A noun of the tables at the end of a phrase.
#[derive(Debug)]
pub(super) struct Noun<'a, T> {
    /// How many of the words it has.
    pub length: usize,
    pub head: &'a T,
    pub plural: bool,
}

impl<T> Clone for Noun<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Noun<'_, T> {}

/// The name tables, with the words of a document as they compare them.
pub(super) struct Lookup<'a> {
    pub names: &'a Names,
    pub heads: &'a Heads,
    words: Vec<Word>,
    /// The first word that begins at or after each token.
    at: Vec<u32>,
}

impl<'a> Lookup<'a> {
    pub fn new(tree: &Tree<'_>, names: &'a Names, heads: &'a Heads) -> Lookup<'a> {
        let words = words(&tree.doc.article.text);
        let mut next = 0;
        let mut at = Vec::with_capacity(tree.len());
        for token in &tree.doc.tokens {
            while words.get(next).is_some_and(|w| w.span.start < token.span.start) {
                next += 1;
            }
            at.push(next as u32);
        }
        Lookup { names, heads, words, at }
    }

    /// The words from a token to the end of its sentence.
    fn words_from(&self, tree: &Tree<'_>, token: usize, end: usize) -> &[Word] {
        let first = self.at[token] as usize;
        let starts_here = self.words.get(first).is_some_and(|w| w.span.start == tree.doc.tokens[token].span.start);
        let last = self.at.get(end).map_or(self.words.len(), |&w| w as usize);
        if starts_here { &self.words[first..last.max(first)] } else { &[] }
    }

    /// The tokens from one on that end where some bytes end.
    fn tokens_to(&self, tree: &Tree<'_>, start: usize, end: usize, byte: usize) -> Option<TokenRange> {
        let tokens = &tree.doc.tokens[start..end];
        let count = tokens.partition_point(|t| t.span.end < byte) + 1;
        let last = tokens.get(count - 1)?;
        // The dot of an abbreviation may be the token's, not the word's.
        (last.span.end <= byte + 1 && last.span.start < byte).then(|| TokenRange::new(start, start + count))
    }

    /// The longest name of the tables that begins at a token.
    pub fn longest(&self, tree: &Tree<'_>, token: usize, end: usize) -> Option<(TokenRange, Vec<Sense>)> {
        let (_, hit) = self.names.longest(self.words_from(tree, token, end))?;
        let tokens = self.tokens_to(tree, token, end, hit.span.end)?;
        let sense = |(rank, f): (usize, &crate::seeds::Form)| Sense {
            entry: f.known,
            sort: self.names.known(f.known).entity_type,
            form: f.sense,
            weak: f.risky,
            rank: rank as u32,
        };
        Some((tokens, hit.forms.iter().enumerate().map(sense).collect()))
    }

    /// The longest title that begins at a token.
    pub fn title_at(&self, tree: &Tree<'_>, token: usize, end: usize) -> Option<(TokenRange, &'a Title, bool)> {
        let words = self.words_from(tree, token, end);
        let (length, title, plural) = self.heads.longest_title(words)?;
        let tokens = self.tokens_to(tree, token, end, words[length - 1].span.end)?;
        Some((tokens, title, plural))
    }

    /// The longest noun for an organization at the end of a phrase, with all that it can make.
    pub fn organization(&self, phrase: &[&str]) -> Vec<Noun<'a, OrgHead>> {
        suffix(phrase, 4, |text| self.heads.organization(text).collect::<Vec<_>>(), Vec::is_empty)
            .map(|(length, text, heads)| {
                heads
                    .into_iter()
                    .map(|head| Noun { length, head, plural: !head.head.eq_ignore_ascii_case(&text) })
                    .collect()
            })
            .unwrap_or_default()
    }

    /// The longest noun for a place at the end of a phrase.
    pub fn place(&self, phrase: &[&str]) -> Option<Noun<'a, PlaceHead>> {
        let (length, text, head) = suffix(phrase, 4, |text| self.heads.place(text), Option::is_none)?;
        head.map(|head| Noun { length, head, plural: !head.head.eq_ignore_ascii_case(&text) })
    }

    /// The longest noun for people at the end of a phrase.
    pub fn person(&self, phrase: &[&str]) -> Option<Noun<'a, PersonHead>> {
        let (length, _, found) = suffix(phrase, 4, |text| self.heads.person(text), Option::is_none)?;
        found.map(|(head, plural)| Noun { length, head, plural })
    }

    /// Whether the last words of a phrase are a title of more than one word.
    pub fn is_long_title(&self, phrase: &[&str]) -> bool {
        phrase.len() > 1 && self.heads.title(&phrase.join(" ")).is_some()
    }

    /// The usual gender of a given name.
    pub fn gender(&self, given: &str) -> Option<Gender> {
        self.heads.gender(given)
    }

    /// The people known by a surname.
    pub fn by_surname(&self, surname: &str) -> impl Iterator<Item = KnownId> {
        let person = |k: &KnownId| self.names.known(*k).entity_type == EntityType::Person;
        self.names.lookup(surname).iter().map(|f| f.known).filter(person)
    }
}

/// The longest end of a phrase that is found.
fn suffix<T>(
    phrase: &[&str],
    most: usize,
    find: impl Fn(&str) -> T,
    empty: impl Fn(&T) -> bool,
) -> Option<(usize, String, T)> {
    (1..=phrase.len().min(most)).rev().find_map(|length| {
        let text = phrase[phrase.len() - length..].join(" ");
        let found = find(&text);
        (!empty(&found)).then_some((length, text, found))
    })
}
