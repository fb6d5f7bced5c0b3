//! Whom people without an office belong to: "Jane Doe, an analyst with the Institute", "Institute analyst Jane Doe", "the Boston
//! lawyer Jane Doe". It leaves offices to `roles` and prepositions between two names to `structure`.

use super::Form;
use super::reader::Reader;
use super::roles;
use crate::extract::tree::is_possessive_mark;
use crate::model::TokenRange;
use crate::seeds::Closed;
use crate::seeds::reference::Mark;
use crate::vocab::{Deprel, EntityType, Upos};

/// A noun said of a person.
struct Said {
    person: usize,
    noun: usize,
}

/// Another mention and the words that tie the person to it.
struct Tie {
    to: usize,
    trigger: usize,
    /// The preposition between the two, where there is one.
    case: Option<usize>,
}

/// Reads what the nouns beside people's names tie them to.
pub(super) fn read(reader: &mut Reader<'_>) {
    for person in 0..reader.mentions.len() {
        let m = &reader.mentions[person];
        if m.entity_type != EntityType::Person || m.form != Form::Name || m.entities.len() != 1 {
            continue;
        }
        let ties: Vec<Tie> =
            nouns(reader, person).iter().flat_map(|s| complements(reader, s)).chain(before(reader, person)).collect();
        for tie in ties {
            state(reader, person, &tie);
        }
        of_state(reader, person);
        following(reader, person);
    }
}

/// "*India's* Narendra Modi": whose citizen somebody is.
fn of_state(reader: &mut Reader<'_>, person: usize) {
    let name = reader.mentions[person].tokens;
    let Some(mark) = name.start.checked_sub(1).filter(|&t| t > 0 && is_possessive_mark(reader.tree.lower(t))) else {
        return;
    };
    let Some(state) = reader.at[mark - 1].map(|m| &reader.mentions[m]) else { return };
    let (&[entity], tokens) = (&state.entities[..], state.tokens) else { return };
    let ends = tokens.end == mark && state.entity_type == EntityType::State && state.form == Form::Name;
    if ends && !reader.is_stated(person, entity) {
        let mark = TokenRange::new(mark, mark + 1);
        reader.fact("affiliatedWith/possessive", "affiliatedWith", person, entity, tokens, mark, 0.7);
    }
}

fn state(reader: &mut Reader<'_>, person: usize, tie: &Tie) {
    let site = &reader.mentions[tie.to];
    let (&[entity], tokens) = (&site.entities[..], site.tokens) else { return };
    let (predicate, rule, confidence) = match site.entity_type {
        EntityType::Organization => ("affiliatedWith", "affiliatedWith/noun", 0.75),
        EntityType::Place | EntityType::State => ("locatedIn", "locatedIn/noun", 0.65),
        _ => return,
    };
    if !reader.is_stated(person, entity) {
        reader.fact(rule, predicate, person, entity, tokens, TokenRange::new(tie.trigger, tie.trigger + 1), confidence);
    }
}

/// "Jane Doe's Liberal Party": the following that is named by somebody whose it is.
fn following(reader: &mut Reader<'_>, person: usize) {
    let tree = &reader.tree;
    let name = tree.head_of(reader.mentions[person].tokens);
    let Some(noun) = tree.head(name).filter(|_| tree.rel(name) == Deprel::NmodPoss) else { return };
    let Some(body) = reader.at[noun] else { return };
    let m = &reader.mentions[body];
    let (&[entity], tokens) = (&m.entities[..], m.tokens) else { return };
    let kind = matches!(reader.registry.kind(entity), "party" | "armed-group" | "movement" | "alliance" | "union");
    if kind && m.form == Form::Name && !reader.is_stated(person, entity) {
        let trigger = TokenRange::new(tokens.start, tokens.start + 1);
        reader.fact("affiliatedWith/possessive", "affiliatedWith", person, entity, tokens, trigger, 0.7);
    }
}

/// The nouns in apposition to a name, either way, or said of it with a copula.
fn nouns(reader: &Reader<'_>, person: usize) -> Vec<Said> {
    let tree = &reader.tree;
    let m = &reader.mentions[person];
    let name = tree.head_of(m.tokens);
    // Of people in a list, an apposition is said of the last.
    let first = Some(tree.first_conjunct(name)).filter(|&f| f != name);
    let hung =
        std::iter::once(name).chain(first).flat_map(|n| tree.children(n)).filter(|&c| tree.rel(c) == Deprel::Appos);
    let last = |noun: usize| roles::last_before(reader, person, noun);
    let beside = |noun: usize| tree.head(noun) == Some(name) && last(noun).is_none_or(|l| l == person);
    let after = hung.filter(|&noun| beside(noun) || last(noun) == Some(person));
    let above = tree.head(name).filter(|&h| match tree.rel(name) {
        Deprel::Appos => true,
        Deprel::Nsubj => tree.child(h, Deprel::Cop).is_some() && !roles::is_open(reader, h),
        _ => false,
    });
    let first: Vec<usize> = after.chain(above).collect();
    let others =
        first.iter().flat_map(|&n| tree.conjuncts(n)).filter(|&n| !first.contains(&n) && !is_another(reader, n));
    let whole = first.iter().copied().chain(others);
    whole.filter(|&noun| is_role(reader, noun)).map(|noun| Said { person, noun }).collect()
}

/// "his wife, Jane, and the secretary, John": a coordinated noun that means somebody else.
fn is_another(reader: &Reader<'_>, noun: usize) -> bool {
    let tree = &reader.tree;
    let definite = |c: usize| reader.reference.mark(tree.lower(c)) == Some(Mark::Definite);
    tree.children(noun).any(|c| tree.rel(c) == Deprel::Appos || tree.rel(c) == Deprel::Det && definite(c))
}

/// Whether a common noun in the singular can say what a person is; "a critic of" says whom he is against.
fn is_role(reader: &Reader<'_>, noun: usize) -> bool {
    let tree = &reader.tree;
    let article = |c: usize| reader.reference.mark(tree.lower(c)) == Some(Mark::Indefinite);
    (tree.upos(noun) == Upos::Noun || tree.child(noun, Deprel::Det).is_some_and(article))
        && !tree.is_plural(noun)
        && !matches!(reader.reference.mark(tree.lower(noun)), Some(Mark::Apart | Mark::Filler))
        && reader.lookup.place(&[tree.lower(noun)]).is_none()
        && reader.lookup.organization(&[tree.lower(noun)]).iter().all(|n| n.head.kind == "government")
}

/// What stands by a noun and says whose or where: "an Emery employee", "a professor of law at Yale", "an analyst with Orbis".
fn complements(reader: &Reader<'_>, said: &Said) -> Vec<Tie> {
    let tree = &reader.tree;
    let mut out = Vec::new();
    for child in tree.children(said.noun) {
        match tree.rel(child) {
            Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc if child < said.noun => {
                out.extend(mention_at(reader, said, child).map(|to| Tie { to, trigger: said.noun, case: None }));
            }
            Deprel::Nmod => {
                let ties = with_case(reader, said, child);
                let below = tree.children(child).filter(|&c| tree.rel(c) == Deprel::Nmod);
                // "commander of the forces in Vietnam" says where the forces are.
                let body = |t: &Tie| reader.mentions[t.to].entity_type == EntityType::Organization;
                let below = below.filter_map(|c| with_case(reader, said, c)).filter(body);
                out.extend(ties.into_iter().chain(below).filter(|t| fits(reader, t)));
            }
            _ => {}
        }
    }
    out
}

fn with_case(reader: &Reader<'_>, said: &Said, noun: usize) -> Option<Tie> {
    let case = reader.tree.case(noun)?;
    let to = mention_at(reader, said, noun)?;
    Some(Tie { to, trigger: said.noun, case: Some(case) })
}

/// Whether a preposition ties a person to what stands after it: to a body by "of", "at", "with", to a place by "in" or "from".
fn fits(reader: &Reader<'_>, tie: &Tie) -> bool {
    let word = tie.case.map_or("", |c| reader.tree.lower(c));
    let mark = reader.reference.mark(word);
    match reader.mentions[tie.to].entity_type {
        EntityType::Organization => matches!(mark, Some(Mark::Link | Mark::Within)),
        _ => mark == Some(Mark::Within) || reader.tree.grammar.has(Closed::Home, word),
    }
}

/// A name, or a phrase resolved to one, that is no part of the person's own.
fn mention_at(reader: &Reader<'_>, said: &Said, token: usize) -> Option<usize> {
    let number = reader.at[token]?;
    let m = &reader.mentions[number];
    let named = m.entities.len() == 1 && reader.registry.entities[m.entities[0]].named;
    let own = m.entities == reader.mentions[said.person].entities || m.tokens.contains(said.noun);
    let titled = reader.title_over(token).is_some_and(|t| reader.titles[t].tokens.len() > m.tokens.len());
    (named && !own && !titled && m.form != Form::Demonym && m.form != Form::Pronoun).then_some(number)
}

/// "Football League placekicker Jane Doe", "Soviet pianist Jane Doe": nouns in the singular between two names.
fn before(reader: &Reader<'_>, person: usize) -> Option<Tie> {
    let tree = &reader.tree;
    let start = reader.mentions[person].tokens.start;
    let first = tree.sentence(start).start;
    let noun = start.checked_sub(1).filter(|&t| t >= first && is_role(reader, t) && !is_office(reader, t))?;
    let mut at = noun;
    for _ in 0..3 {
        let previous = at.checked_sub(1).filter(|&t| t >= first)?;
        if let Some(number) = reader.at[previous] {
            let m = &reader.mentions[number];
            let ends = m.tokens.end == at && m.form != Form::Description && m.form != Form::Pronoun;
            return (ends && m.entities.len() == 1).then_some(Tie { to: number, trigger: noun, case: None });
        }
        let between = matches!(tree.upos(previous), Upos::Noun | Upos::Adj) || is_possessive_mark(tree.lower(previous));
        if !between || is_office(reader, previous) {
            return None;
        }
        at = previous;
    }
    None
}

/// Whether a title that implies whom its bearer serves stands over a word: `roles` reads it.
fn is_office(reader: &Reader<'_>, token: usize) -> bool {
    reader.title_over(token).is_some_and(|t| !reader.titles[t].title.relation.is_empty())
}
