//! Noun phrases without a name: those who act or are acted on ("gunmen", "13 villages"), and short definite phrases that
//! coreference will resolve ("the ministry", "both sides").

use super::Form;
use super::reader::{Reader, TitleHit};
use super::registry::{Held, New};
use super::roles;
use super::things::some_of_a_people;
use crate::model::{Name, TokenRange, hex};
use crate::seeds::Closed;
use crate::seeds::reference::{Link, Mark};
use crate::seeds::{Gender, StandsFor};
use crate::vocab::{Deprel, EntityType, NameType, Upos};
use sha2::{Digest, Sha256};

/// What a head noun says of an unnamed participant.
struct Sort {
    entity_type: EntityType,
    kind: Name,
    gender: Option<Gender>,
}

/// Reads the noun phrases that no name covers.
pub(super) fn read(reader: &mut Reader<'_>) {
    places_by_noun(reader);
    read_unnamed(reader, |reader, head| !is_anaphor(reader, head) && !possessor_pronoun(reader, head));
}

/// Reads the noun phrases that coreference left: "his spokesman", "its forces" where nobody knows whose.
pub(super) fn read_rest(reader: &mut Reader<'_>) {
    read_unnamed(reader, |_, _| true);
}

fn read_unnamed(reader: &mut Reader<'_>, wanted: impl Fn(&Reader<'_>, usize) -> bool) {
    let article = article_hash(reader);
    for head in 0..reader.tree.len() {
        let nominal = |t: usize| reader.tree.is_nominal(t) || some_of_a_people(reader, t).is_some();
        let free = reader.at[head].is_none() && nominal(head) && is_participant(reader, head);
        if free && wanted(reader, head) {
            unnamed(reader, head, &article);
        }
    }
}

/// What tells the unnamed of one article from those of another.
fn article_hash(reader: &Reader<'_>) -> String {
    let digest = Sha256::digest(reader.tree.doc.article.text.as_bytes());
    hex(&digest[..4])
}

/// "the city of Barda", "Barda city": the noun is how the sentence refers to the place.
fn places_by_noun(reader: &mut Reader<'_>) {
    for number in 0..reader.mentions.len() {
        let m = &reader.mentions[number];
        if m.entity_type != EntityType::Place || m.form != Form::Name {
            continue;
        }
        let head = m.head;
        let Some(noun) =
            reader.tree.head(head).filter(|&n| reader.at[n].is_none() && reader.tree.upos(n) == Upos::Noun)
        else {
            continue;
        };
        let named_after = reader
            .tree
            .children(noun)
            .any(|c| c > noun && c != head && reader.entity_at(c).is_some() && is_of(reader, c));
        // "the capital city of Chad" is in Chad, "the city of Barda" is Barda.
        let stands = |(i, word): (usize, &String)| noun.checked_sub(i).is_some_and(|t| reader.tree.lemma(t) == *word);
        let said = |l: &&Link| l.words.iter().rev().enumerate().all(stands);
        let links = reader.reference.links(reader.tree.lemma(noun)).iter();
        let seat = links.filter(said).any(|l| l.predicate == *"capitalOf");
        let identical = !seat
            && !named_after
            && match reader.tree.rel(head) {
                Deprel::Compound | Deprel::Appos | Deprel::Flat | Deprel::NmodDesc => true,
                Deprel::Nmod => is_of(reader, head),
                _ => false,
            };
        let settled = reader.lookup.place(&[reader.tree.lower(noun)]).filter(|n| !n.plural && is_settled(&n.head.kind));
        if let (true, Some(place)) = (identical, settled) {
            let kind = Name::from(&*place.head.kind);
            let entity = reader.mentions[number].entities[0];
            reader.registry.entities[entity].kind.get_or_insert(kind);
            reader.mentions[number].head = noun;
            reader.at[noun] = Some(number);
        }
    }
}

fn is_of(reader: &Reader<'_>, token: usize) -> bool {
    reader.tree.rel(token) == Deprel::Nmod
        && reader.tree.case(token).is_some_and(|c| reader.tree.is(c, Closed::Genitive))
}

/// Kinds of place whose noun beside a name means the same place, as a building's does not.
fn is_settled(kind: &str) -> bool {
    matches!(kind, "city" | "town" | "village" | "district" | "region" | "island")
}

/// Whether a noun heads a phrase that can act or be acted on, rather than being part of another.
fn is_participant(reader: &Reader<'_>, head: usize) -> bool {
    use Deprel::*;
    let nominal = matches!(
        reader.tree.role(head),
        Nsubj
            | NsubjPass
            | NsubjOuter
            | Obj
            | Iobj
            | Obl
            | OblAgent
            | Nmod
            | NmodPoss
            | Appos
            | Root
            | Dislocated
            | Parataxis
            | Xcomp
    );
    let predicate = reader.tree.child(head, Deprel::Cop).is_some();
    let in_name = reader.spot_at(head).is_some_and(|s| s.tag.is_some_and(|t| t != NameType::Misc))
        && some_of_a_people(reader, head).is_none();
    nominal && !predicate && !in_name
}

/// Whether the phrase is short and definite, and refers to what was named before.
fn is_anaphor(reader: &Reader<'_>, head: usize) -> bool {
    let phrase = bare(reader, head);
    let definite = is_definite(reader, head) || possessor_pronoun(reader, head);
    let pair = reader.reference.anaphor(&reader.tree.lower_words(reader.tree.noun_phrase(head))).is_some();
    let known = |t: TokenRange| reader.reference.anaphor(&reader.tree.lower_words(t)).is_some();
    // "the London-based group"
    let suffix = || (phrase.start..=head).any(|t| known(TokenRange::new(t, phrase.end)));
    pair || definite && (titled(reader, head).is_some() || suffix())
}

/// The title that a phrase is, where it implies a role: "the president", "the head of state".
pub(super) fn titled<'a>(reader: &Reader<'a>, head: usize) -> Option<TitleHit<'a>> {
    let start = bare(reader, head).start;
    reader.title_headed(head).filter(|t| t.tokens.start == start && !t.plural && !t.title.role.is_empty())
}

/// Whether "the" or "this" determines a phrase, or the owner that it begins with.
pub(super) fn is_definite(reader: &Reader<'_>, head: usize) -> bool {
    let definite = |t: usize| reader.reference.mark(reader.tree.lower(t)) == Some(Mark::Definite);
    let start = bare(reader, head).start;
    let before = start.checked_sub(1).filter(|&t| t >= reader.tree.sentence(head).start);
    let owner = reader.tree.rel(head) == Deprel::NmodPoss;
    determiner(reader, head) == Some(Mark::Definite) || owner && before.is_some_and(definite)
}

/// A phrase without what determines it.
pub(super) fn bare(reader: &Reader<'_>, head: usize) -> TokenRange {
    let mut range = reader.tree.noun_phrase(head);
    while range.start < head && is_determiner(reader, range.start) {
        range.start += 1;
    }
    TokenRange::new(range.start, range.end.max(head + 1))
}

fn is_determiner(reader: &Reader<'_>, token: usize) -> bool {
    matches!(reader.tree.upos(token), Upos::Det | Upos::Punct | Upos::Adv | Upos::Adp | Upos::Cconj)
        || reader.reference.pronoun(reader.tree.lower(token)).is_some()
}

/// What the article says.
pub(super) fn determiner(reader: &Reader<'_>, head: usize) -> Option<Mark> {
    let article = reader.tree.child(head, Deprel::Det).or_else(|| reader.tree.child(head, Deprel::DetPredet))?;
    reader.reference.mark(reader.tree.lower(article))
}

/// Whether "his", "its", "our" stands before it.
pub(super) fn possessor_pronoun(reader: &Reader<'_>, head: usize) -> bool {
    reader.tree.child(head, Deprel::NmodPoss).is_some_and(|c| reader.reference.pronoun(reader.tree.lower(c)).is_some())
}

fn unnamed(reader: &mut Reader<'_>, head: usize, article: &str) {
    let Some(sort) = sort(reader, head) else { return };
    let tokens = bare(reader, head);
    let known = renamed(reader, head, sort.entity_type).or_else(|| office_holder(reader, head));
    if let Some(entity) = known.or_else(|| branch_of(reader, head)) {
        let mention = reader.mention(tokens, head, vec![entity], Form::Description, 0.8);
        reader.at[head] = Some(mention);
        return;
    }
    if let Some(states) = states_of_officers(reader, head) {
        let mention = reader.mention(tokens, head, states, Form::Description, 0.85);
        reader.at[head] = Some(mention);
        return;
    }
    let label = label(reader, tokens);
    let slug = format!("{}-{article}", super::registry::slug(&label));
    let people = some_of_a_people(reader, head).map(|state| reader.registry.known(state));
    let owner = people.or_else(|| owner_within(reader, tokens));
    let country = owner.and_then(|o| reader.registry.entities[o].country.clone());
    let new = New {
        entity_type: sort.entity_type,
        kind: Some(sort.kind),
        label: &label,
        slug: Some(slug),
        named: false,
        country,
    };
    let entity = reader.registry.add(new);
    let info = &mut reader.registry.info[entity];
    info.gender = info.gender.or(sort.gender);
    info.plural = reader.tree.is_plural(head);
    info.noun = Some(reader.tree.lemma(head).to_owned());
    info.owner = owner;
    let mention = reader.mention(tokens, head, vec![entity], Form::Description, 0.7);
    reader.at[head] = Some(mention);
    bear_title(reader, head, mention);
}

/// "the bank's Cairo office", "the Moscow bureau of the agency": stands for the body that has it there.
fn branch_of(reader: &Reader<'_>, head: usize) -> Option<usize> {
    let tree = &reader.tree;
    let whose = |t: &usize| tree.rel(*t) == Deprel::NmodPoss || is_of(reader, *t);
    let body = |t: usize| reader.entity_at(t).filter(|&e| reader.registry.entity_type(e) == EntityType::Organization);
    let whole = || tree.with(head, &[Deprel::NmodPoss, Deprel::Nmod]).filter(whose).find_map(body);
    tree.is(head, Closed::Branch).then(whole).flatten()
}

/// Who holds the office that a phrase names with whose it is: "the Azerbaijani president", in the text or on that day; of offices
/// that do not lead, "the Syrian opposition leader", in the text.
fn office_holder(reader: &mut Reader<'_>, head: usize) -> Option<usize> {
    let leads = |t: &TitleHit<'_>| t.title.relation == "leads";
    let particular = determiner(reader, head) == Some(Mark::Definite);
    let held = |t: &TitleHit<'_>| leads(t) || particular && !t.title.role.is_empty();
    let hit = reader.title_headed(head).filter(|t| !t.plural && held(t))?;
    let office = roles::office(reader, &hit);
    let (of, _) =
        office.of.filter(|_| !office.past && !office.future && determiner(reader, head) != Some(Mark::Indefinite))?;
    let called = |role: &str| reader.reference.covers(&hit.title.role, role);
    let held =
        |p: &usize| reader.registry.info[*p].roles.iter().any(|h| called(&h.role) && h.of == Some(of) && !h.past);
    let holders: Vec<usize> = people(reader).filter(held).take(2).collect();
    // Of spokesmen and senators there may be several.
    if let Some(&person) = holders.first().filter(|_| leads(&hit) || holders.len() == 1) {
        return Some(person);
    }
    if !leads(&hit) {
        return None;
    }
    let date = reader.tree.doc.article.published.map(|d| d.to_string());
    let date = date.as_deref();
    let then = date.and_then(|date| named_in_office(reader, &hit, of, date));
    then.or_else(|| unplaced(reader, &hit, of)).or_else(|| listed_in_office(reader, &hit, of, date?))
}

/// Of those whom the text names, the one whom the tables have in such an office there on that day.
fn named_in_office(reader: &Reader<'_>, hit: &TitleHit<'_>, of: usize, date: &str) -> Option<usize> {
    let body = &reader.registry.entities[of].id;
    let held = |p: usize| {
        let mut offices = reader.lookup.names.offices(&reader.registry.entities[p].id);
        offices.any(|o| reader.reference.covers(&hit.title.role, &o.role) && *o.body == **body && o.held_on(date))
    };
    only(people(reader).filter(|&p| held(p)))
}

/// "President Ali Veli … the Nigerian president": of those whom the text calls so without saying where, the only one who may be.
fn unplaced(reader: &Reader<'_>, hit: &TitleHit<'_>, of: usize) -> Option<usize> {
    let country = reader.registry.entities[of].country.as_deref();
    let called = |h: &Held| reader.reference.covers(&hit.title.role, &h.role) && h.of.is_none() && !h.past;
    let may = |p: usize| {
        let own = reader.registry.entities[p].country.as_deref();
        reader.registry.info[p].roles.iter().any(called) && (own.is_none() || own == country)
    };
    only(people(reader).filter(|&p| may(p)))
}

/// The one whom the tables have in that office on that day.
fn listed_in_office(reader: &mut Reader<'_>, hit: &TitleHit<'_>, of: usize, date: &str) -> Option<usize> {
    let names = reader.lookup.names;
    let body = names.known(reader.registry.info[of].known?).id;
    let holder = only(names.holders(&body, &hit.title.role, Some(date)).filter(|o| !o.from.is_empty()))?;
    names.find(&holder.person).map(|p| reader.registry.known(p))
}

/// People of the text, as many as are worth the time.
fn people<'a>(reader: &'a Reader<'_>) -> impl Iterator<Item = usize> + 'a {
    let all = 0..reader.registry.info.len().min(MOST_PEOPLE);
    all.filter(|&p| reader.registry.entity_type(p) == EntityType::Person)
}

/// The only item, if there is one and no other.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// "the foreign ministers of Chad and Niger", "the Chadian and Nigerien presidents": officers who lead several states, one for each,
/// act for these.
fn states_of_officers(reader: &Reader<'_>, head: usize) -> Option<Vec<usize>> {
    reader.title_headed(head).filter(|t| t.plural && t.title.relation == "leads")?;
    let tree = &reader.tree;
    let state = |t: usize| reader.entity_at(t).filter(|&e| reader.registry.entity_type(e) == EntityType::State);
    let modifiers = tree.noun_phrase(head).range().take_while(|&t| t < head);
    let owners = tree.with(head, &[Deprel::Nmod]).filter(|&t| is_of(reader, t)).flat_map(|t| tree.conjuncts(t));
    let mut states: Vec<usize> = modifiers.chain(owners).filter_map(state).collect();
    states.dedup();
    (states.len() > 1).then_some(states)
}

/// A bound on the work for any text.
const MOST_PEOPLE: usize = 512;

/// What an apposition renames: "Stepanakert, the main city in Nagorno-Karabakh".
fn renamed(reader: &Reader<'_>, head: usize, sort: EntityType) -> Option<usize> {
    let plural = reader.tree.is_plural(head);
    let is_country = reader.reference.is_state(reader.tree.lower(head));
    let named = |t: usize| {
        let entity = reader.entity_at(t)?;
        let is_name = reader.mentions[reader.at[t]?].form == Form::Name;
        let state = is_country && reader.registry.entity_type(entity) == EntityType::State;
        // Many are not one: "companies such as", "the members" name others than the name beside them.
        (!plural
            && is_name
            && reader.mentions[reader.at[t]?].head == t
            && (reader.registry.entity_type(entity) == sort || state))
            .then_some(entity)
    };
    match reader.tree.rel(head) {
        Deprel::Appos => reader.tree.head(head).and_then(named),
        _ => reader.tree.children(head).filter(|&c| reader.tree.rel(c) == Deprel::Appos).find_map(named),
    }
}

/// "a Kremlin spokesman": the role of somebody who is not named.
fn bear_title(reader: &mut Reader<'_>, head: usize, mention: usize) {
    let Some(hit) = reader.title_headed(head) else { return };
    let office = roles::office(reader, &hit);
    if office.of.is_some() {
        roles::hold(reader, &hit, &office, mention);
    }
}

/// The words without numbers and determiners, as the phrase would be printed alone.
fn label(reader: &Reader<'_>, tokens: TokenRange) -> String {
    let keep = |t: &usize| {
        !matches!(reader.tree.upos(*t), Upos::Num | Upos::Det | Upos::Punct | Upos::Adv | Upos::Adp | Upos::Sym)
    };
    let counted = tokens.range().rev().find(|&t| reader.tree.upos(t) == Upos::Num).map_or(tokens.start, |n| n + 1);
    let mut words = (counted..tokens.end).filter(keep);
    let first = words.next().unwrap_or(tokens.end - 1);
    let text = reader.tree.doc.words(TokenRange::new(first, tokens.end));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The state or body that a modifier names: "Ukrainian" in "Ukrainian civilians".
fn owner_within(reader: &Reader<'_>, tokens: TokenRange) -> Option<usize> {
    let owner = |t: usize| reader.entity_at(t).filter(|&e| reader.registry.entity_type(e) != EntityType::Person);
    tokens.range().find_map(owner)
}

fn sort(reader: &Reader<'_>, head: usize) -> Option<Sort> {
    let start = head.saturating_sub(3).max(reader.tree.sentence(head).start);
    let words: Vec<&str> = (start..=head).map(|t| reader.tree.lower(t)).collect();
    let plural = reader.tree.is_plural(head);
    let group = reader.lookup.organization(&words).into_iter().find(|n| match n.head.stands_for {
        StandsFor::Own | StandsFor::ArmedForces | StandsFor::Part | StandsFor::Government => true,
        StandsFor::State => n.plural,
    });
    let sort = |entity_type, kind: &str, gender| Sort { entity_type, kind: Name::from(kind), gender };
    if some_of_a_people(reader, head).is_some() {
        return Some(sort(EntityType::Person, "civilian", None));
    }
    let person = reader.lookup.person(&words).map(|n| n.head);
    match (group, person) {
        (Some(g), Some(_)) if plural => Some(sort(EntityType::Organization, &g.head.kind, None)),
        (_, Some(p)) if plural || is_counted(reader, head) => Some(sort(EntityType::Person, &p.kind, p.gender)),
        (_, Some(_)) => None,
        (Some(g), None) if !is_building(reader, &words) => Some(sort(EntityType::Organization, &g.head.kind, None)),
        _ => place_or_office(reader, head, &words),
    }
}

/// Whether something determines a noun: "justice" alone is no judge.
fn is_counted(reader: &Reader<'_>, head: usize) -> bool {
    reader.tree.children(head).any(|c| {
        matches!(reader.tree.rel(c), Deprel::Det | Deprel::Nummod | Deprel::NmodPoss | Deprel::Compound | Deprel::Amod)
    })
}

fn is_building(reader: &Reader<'_>, words: &[&str]) -> bool {
    reader.lookup.place(words).is_some_and(|n| n.head.kind == "building")
}

fn place_or_office(reader: &Reader<'_>, head: usize, words: &[&str]) -> Option<Sort> {
    if let Some(place) = reader.lookup.place(words) {
        return Some(Sort { entity_type: EntityType::Place, kind: Name::from(&*place.head.kind), gender: None });
    }
    let hit = reader.title_headed(head).filter(|t| t.plural || is_counted(reader, head))?;
    let kind = Name::from(if hit.title.kind.is_empty() { "official" } else { &hit.title.kind });
    Some(Sort { entity_type: EntityType::Person, kind, gender: hit.title.gender })
}
