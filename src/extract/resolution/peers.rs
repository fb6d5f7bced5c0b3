//! Peers: who is called the Irish counterpart of a prime minister is prime minister of Ireland.

use super::reader::{Reader, TitleHit};
use super::roles::{self, Office};
use crate::model::TokenRange;
use crate::seeds::Closed;
use crate::vocab::{Deprel, EntityType, Upos};

/// Reads the offices of named people who are called somebody's counterpart, where that somebody's office is known.
pub(super) fn read(reader: &mut Reader<'_>) {
    for token in 0..reader.tree.len() {
        if let Some((hit, office, person)) = peer(reader, token) {
            roles::hold(reader, &hit, &office, person);
            roles::lift_head(reader, &hit, person);
        }
    }
}

/// The office that a peer holds, at the word that says so, and the mention of the peer.
fn peer<'a>(reader: &Reader<'a>, token: usize) -> Option<(TitleHit<'a>, Office, usize)> {
    if !reader.tree.is(token, Closed::Peer) {
        return None;
    }
    let person = bearer(reader, token)?;
    let of = state_before(reader, token)?;
    let &[entity] = &reader.mentions[person].entities[..] else { return None };
    let other = other(reader, token, entity)?;
    let known = reader.registry.info[entity].roles.iter().any(|held| held.of == Some(of.0));
    let role = &reader.registry.info[other].roles.iter().rev().find(|held| !held.past)?.role;
    let title = reader.titles.iter().rfind(|hit| hit.title.role == *role)?.title;
    let hit = TitleHit { tokens: TokenRange::new(token, token + 1), head: token, title, plural: false };
    (!known).then_some((hit, Office { of: Some(of), start: of.1.start, ..Office::default() }, person))
}

/// "Irish counterpart": the state, and the words that name it.
fn state_before(reader: &Reader<'_>, token: usize) -> Option<(usize, TokenRange)> {
    let mention = &reader.mentions[roles::owner_ending_at(reader, Some(token).filter(|&t| t > 0)?)?];
    let entity = *mention.entities.first()?;
    (reader.registry.entity_type(entity) == EntityType::State).then_some((entity, mention.tokens))
}

/// The name right behind, or behind a comma and set off.
fn bearer(reader: &Reader<'_>, token: usize) -> Option<usize> {
    let sentence = reader.tree.sentence(token);
    let next = token + 1;
    let comma = sentence.contains(next) && reader.tree.lower(next) == ",";
    let start = next + usize::from(comma);
    let mention = roles::named(reader, start).filter(|_| sentence.contains(start))?;
    let tokens = reader.mentions[mention].tokens;
    let closed = !sentence.contains(tokens.end) || reader.tree.upos(tokens.end) == Upos::Punct;
    (tokens.start == start && (!comma || closed)).then_some(mention)
}

/// Whose peer it is: the owner by name, who stands before an "and", else the subject of the clause.
fn other(reader: &Reader<'_>, token: usize, peer: usize) -> Option<usize> {
    let tree = &reader.tree;
    let person = |t: usize| {
        let entity = reader.entity_at(t)?;
        let is_name =
            reader.registry.entities[entity].named && reader.registry.entity_type(entity) == EntityType::Person;
        (is_name && entity != peer).then_some(entity)
    };
    let near = [token, token + 1];
    let owner = || near.into_iter().flat_map(|t| tree.with(t, &[Deprel::NmodPoss])).find_map(person);
    let joined = || {
        near.into_iter().find_map(|t| person(tree.first_conjunct(reader.at[t].map_or(t, |m| reader.mentions[m].head))))
    };
    let subject = || {
        let verbs = std::iter::successors(tree.head(token), |&t| tree.head(t)).take(FARTHEST);
        verbs.flat_map(|v| tree.with(v, &[Deprel::Nsubj, Deprel::NsubjPass])).find_map(person)
    };
    owner().or_else(joined).or_else(subject)
}

/// How many words up the tree a clause's subject may be: a bound on the work for any text.
const FARTHEST: usize = 6;
