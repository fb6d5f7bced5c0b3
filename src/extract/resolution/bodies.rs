//! Governments, armed forces, ministries and other bodies that a phrase names by whose they are and what they are: "Armenia's
//! Defense Ministry", "Turkish officials", "the Armed Forces of Armenia". It leaves bodies with names of their own to the tables.

use super::Form;
use super::lookup::Noun;
use super::reader::Reader;
use super::registry::{New, slug};
use super::roles;
use super::spots::Spot;
use super::things;
use crate::extract::tree::is_possessive_mark;
use crate::model::{Name, TokenRange};
use crate::seeds::Closed;
use crate::seeds::reference::Mark;
use crate::seeds::{KnownId, OrgHead, Sense as SenseForm, StandsFor};
use crate::vocab::{Deprel, EntityType, NameType, Upos};

/// Whose body it is: an entity and the words that say so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Owner {
    pub entity: usize,
    pub tokens: TokenRange,
}

/// A phrase that names a body.
#[derive(Debug)]
struct Phrase {
    /// The whole of it.
    tokens: TokenRange,
    /// The words for the body alone: "Defense Ministry", "ministry of defense".
    body: TokenRange,
    head: usize,
    owner: Option<Owner>,
    sided: bool,
    /// Whether it says that the body is "from" its owner.
    from: bool,
}

/// Reads all bodies of a document.
pub(super) fn read(reader: &mut Reader<'_>) {
    for token in 0..reader.tree.len() {
        if reader.tree.is_nominal(token) && reader.at[token].is_none() {
            read_at(reader, token);
        }
    }
}

fn read_at(reader: &mut Reader<'_>, head: usize) {
    let heads = org_head(reader, head);
    let Some(count) = heads.first().map(|n| n.length) else { return };
    if is_name_of_its_own(reader, head) || is_part_of_longer(reader, head) || is_preposition(reader, head) {
        return;
    }
    let body = TokenRange::new(head + 1 - count, head + 1);
    // Who is "from Chad" is Chad's; whom one calls back "from Chad" is not.
    let moved = reader.tree.role(head) == Deprel::Obj;
    let from = !moved && heads.iter().all(|n| n.plural);
    let police = heads.iter().any(|n| n.head.kind == POLICE);
    let phrase = phrase(reader, body, head, Links { from, seated: heads.iter().any(is_seated), police });
    let Some(owner) = phrase.owner else { return };
    // Officials from Chad are Chad's, fighters from a movement the movement's; soldiers from Chad may be anybody's.
    let state = reader.registry.entity_type(owner.entity) == EntityType::State;
    if !phrase.from || !state || heads.iter().all(|n| n.head.stands_for.is_state()) {
        owned(reader, &phrase, owner, &heads);
    }
}

/// The longest head noun that ends at a token, with its readings.
fn org_head<'a>(reader: &Reader<'a>, head: usize) -> Vec<Noun<'a, OrgHead>> {
    let start = reader.tree.sentence(head).start.max(head.saturating_sub(3));
    let words: Vec<&str> = (start..=head).map(|t| reader.tree.lower(t)).collect();
    reader.lookup.organization(&words)
}

/// Whether the tables or the recognizer know the whole phrase as one name that is more than owner and body.
fn is_name_of_its_own(reader: &Reader<'_>, head: usize) -> bool {
    let Some(spot) = reader.spot_at(head) else { return false };
    let known = spot.senses.iter().any(|s| s.sort != EntityType::State);
    known || spot.tag == Some(NameType::Per)
}

/// "in front of the court": a noun without an article between two prepositions is part of them.
fn is_preposition(reader: &Reader<'_>, head: usize) -> bool {
    let tree = &reader.tree;
    let sentence = tree.sentence(head);
    head > sentence.start
        && tree.upos(head - 1) == Upos::Adp
        && !tree.is_plural(head)
        && !tree.is_capital(head)
        && tree.is(head + 1, Closed::Genitive)
        && reader.reference.body(tree.lower(head)).is_none()
        && org_head(reader, head).first().is_some_and(|n| matches!(n.head.stands_for, StandsFor::Own | StandsFor::Part))
}

/// "police station", "government of …" before its own head: the noun only modifies another that names a place or a person.
fn is_part_of_longer(reader: &Reader<'_>, head: usize) -> bool {
    let next = head + 1;
    if next >= reader.tree.len() || !reader.tree.is_nominal(next) || !reader.tree.sentence(head).contains(next) {
        return false;
    }
    let words = [reader.tree.lower(head), reader.tree.lower(next)];
    let longer = reader.lookup.organization(&words).first().is_some_and(|n| n.length == 2);
    let place = reader.lookup.place(&words[1..]).is_some() && reader.tree.head(head) == Some(next);
    longer || place || reader.lookup.is_long_title(&words)
}

/// Which prepositions may tie a body to its owner, beside "of".
#[derive(Clone, Copy)]
struct Links {
    /// "officials from Armenia"
    from: bool,
    /// "the authorities in Tehran"
    seated: bool,
    /// Whether they are police.
    police: bool,
}

/// Whether "of" and a name stand behind a body that has its owner before it.
fn has_whole(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    let named = |t: usize| reader.entity_at(t).is_some_and(|e| reader.registry.entities[e].named);
    let of = |p: &usize| reader.tree.has_preposition(*p, Closed::Genitive);
    !phrase.from && reader.tree.phrases(phrase.head).filter(of).any(named)
}

/// Whether a body sits where it rules: who governs, a ministry, police, the army as one; soldiers may be in any country.
fn is_seated(noun: &Noun<'_, OrgHead>) -> bool {
    match noun.head.stands_for {
        StandsFor::Government => true,
        StandsFor::ArmedForces => !noun.plural,
        _ => matches!(&*noun.head.kind, MINISTRY | POLICE),
    }
}

fn phrase(reader: &mut Reader<'_>, body: TokenRange, head: usize, links: Links) -> Phrase {
    let body = with_complement(reader, body, head);
    let mut phrase = Phrase { tokens: body, body, head, owner: None, sided: false, from: false };
    before(reader, &mut phrase);
    if phrase.owner.is_none() && !phrase.sided {
        after(reader, &mut phrase, links);
    }
    phrase
}

/// "ministry" with "of foreign affairs": the longest that the table of bodies knows, or a run of capitals.
fn with_complement(reader: &Reader<'_>, body: TokenRange, head: usize) -> TokenRange {
    let end = reader.tree.sentence(head).end;
    if head + 1 >= end || !reader.tree.is(head + 1, Closed::Genitive) {
        return body;
    }
    let known = (body.end + 2..=end.min(body.end + 7)).rev().map(|e| TokenRange::new(body.start, e));
    let mut known = known.filter(|r| reader.reference.body(&reader.tree.lower_words(*r)).is_some());
    if let Some(range) = known.next() {
        return range;
    }
    match reader.spot_at(head) {
        Some(spot) if spot.tokens.end > body.end && reader.tree.is_capital(head) => {
            let owner = spot.inner.iter().rev().find(|i| i.tokens.end == spot.tokens.end && i.tokens.start > body.end);
            TokenRange::new(body.start, owner.map_or(spot.tokens.end, |o| o.tokens.start - 1))
        }
        _ => body,
    }
}

/// The owner before the body: "Armenian armed forces", "Turkey's Foreign Ministry", "its military" is left to coreference.
fn before(reader: &mut Reader<'_>, phrase: &mut Phrase) {
    let sentence = reader.tree.sentence(phrase.head);
    let mut at = phrase.body.start;
    for _ in 0..5 {
        if at == sentence.start {
            return;
        }
        let previous = at - 1;
        if let Some(spot) = whole_owner(reader, reader.spot_ending_at(at), phrase.head) {
            if let Some(owner) = owner(reader, &spot, phrase.head) {
                phrase.tokens = TokenRange::new(owner.tokens.start, phrase.body.end);
                phrase.owner = Some(owner);
            }
            return;
        }
        if is_possessive_mark(reader.tree.lower(previous)) {
            at = previous;
            continue;
        }
        let name = TokenRange::new(previous, at);
        if let Some(entity) = things::led_by(reader, name, &[], phrase.head) {
            phrase.tokens = TokenRange::new(previous, phrase.body.end);
            phrase.owner = Some(Owner { entity, tokens: name });
            return;
        }
        match reader.reference.mark(reader.tree.lower(previous)) {
            Some(Mark::Sided) => {
                phrase.sided = true;
                return;
            }
            Some(Mark::Filler | Mark::Past | Mark::Ethnic) => at = previous,
            _ if is_qualifier(reader, previous) => at = previous,
            _ => return,
        }
    }
}

/// Words between owner and body: adjectives, numbers, and nouns for the government ("Syrian government forces").
fn is_qualifier(reader: &Reader<'_>, token: usize) -> bool {
    match reader.tree.upos(token) {
        Upos::Adj | Upos::Num => true,
        Upos::Verb => reader.tree.rel(token) == Deprel::Amod,
        Upos::Noun | Upos::Propn => {
            let government = |n: &Noun<'_, OrgHead>| n.head.stands_for.is_state();
            reader.lookup.organization(&[reader.tree.lower(token)]).iter().any(government)
                || reader.tree.is_capital(token)
        }
        _ => false,
    }
}

/// The owner after the body: "armed forces of Armenia", "ministry of defense of the Republic of Armenia"; "officials from Armenia"
/// and "the ministry in Baku" where the links allow it.
fn after(reader: &mut Reader<'_>, phrase: &mut Phrase, links: Links) {
    let sentence = reader.tree.sentence(phrase.head);
    let mut at = phrase.body.end;
    let of = |t: usize| reader.tree.is(t, Closed::Genitive) || links.from && reader.tree.is(t, Closed::Home);
    let seated = links.seated && reader.tree.is(at, Closed::Side);
    if at + 1 >= sentence.end || !of(at) && !seated {
        return;
    }
    at += 1;
    let mark = |t: usize| reader.reference.mark(reader.tree.lower(t));
    // "fighters of the Rwandan-backed M23"
    let sided = |t: usize| reader.tree.lower(t + 1) == "-" && mark(t + 2) == Some(Mark::Sided);
    while at + 1 < sentence.end {
        if reader.tree.upos(at) == Upos::Det || mark(at) == Some(Mark::Filler) {
            at += 1;
        } else if at + 3 < sentence.end && sided(at) {
            at += 3;
        } else {
            break;
        }
    }
    let spot = whole_owner(reader, reader.spot_starting_at(at), phrase.head);
    // Police in a capital may be the town's; "police in the Azerbaijani town" are in a town.
    let town = |s: &Spot| s.senses.iter().any(|s| matches!(s.form, SenseForm::Capital | SenseForm::Metonym));
    let adjective = |s: &Spot| !s.senses.is_empty() && s.senses.iter().all(|s| is_demonym(s.form));
    if seated && spot.as_ref().is_some_and(|s| adjective(s) || links.police && town(s)) {
        return;
    }
    if let Some(owner) = spot.and_then(|s| owner(reader, &s, phrase.head)) {
        if seated && reader.registry.entity_type(owner.entity) != EntityType::State {
            return;
        }
        phrase.tokens = TokenRange::new(phrase.body.start, owner.tokens.end);
        phrase.owner = Some(owner);
        phrase.from = !seated && !reader.tree.is(phrase.body.end, Closed::Genitive);
    }
}

/// The name that an owner is part of, where that is not the body's own: "a unit of *China Life*".
fn whole_owner(reader: &Reader<'_>, spot: Option<&Spot>, head: usize) -> Option<Spot> {
    let spot = spot?;
    let around =
        reader.spot_at(spot.tokens.start).filter(|s| !s.tokens.contains(head) && s.tokens.len() > spot.tokens.len());
    Some(around.unwrap_or(spot).clone())
}

/// The state, organization or place that a spot names as an owner.
fn owner(reader: &mut Reader<'_>, spot: &Spot, head: usize) -> Option<Owner> {
    // Within one longer name only a state is sure to be an owner, not "National" in "National Liberation Army".
    let within =
        reader.spot_at(head).is_some_and(|s| s.tag == Some(NameType::Org) && s.tokens.contains(spot.tokens.start));
    let owns = |s: &super::lookup::Sense| {
        s.sort == EntityType::State || s.sort == EntityType::Organization && !s.weak && is_public(reader, s)
    };
    if within && !spot.senses.iter().any(owns) {
        return None;
    }
    let entity = things::owner(reader, spot, head)?;
    Some(Owner { entity, tokens: spot.tokens })
}

/// Whether an organization can have bodies named after it, as a newspaper has none.
fn is_public(reader: &Reader<'_>, sense: &super::lookup::Sense) -> bool {
    !matches!(reader.lookup.names.known(sense.entry).kind, "media" | "company" | "university")
}

/// "Syrian rebel forces", "Iraqi tribal leaders": of the country, but neither its army nor its government.
fn is_apart(reader: &Reader<'_>, phrase: &Phrase, owner: Owner) -> bool {
    (owner.tokens.end..phrase.head).any(|t| reader.tree.is(t, Closed::Apart))
}

/// The kind of forces that are not their state's.
const REBELS: &str = "armed-group";

/// "OPEC headquarters": a building, unless it acts.
fn is_site(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    let building = reader.lookup.place(&[reader.tree.lower(phrase.head)]).is_some_and(|n| n.head.kind == "building");
    building && !matches!(reader.tree.role(phrase.head), Deprel::Nsubj | Deprel::OblAgent)
}

/// "the bank's Cairo office": a town beside such a noun is where a body has it.
fn is_branch(reader: &Reader<'_>, phrase: &Phrase, owner: Owner) -> bool {
    let beside = owner.tokens.end == phrase.head && reader.tree.upos(owner.tokens.end - 1) == Upos::Propn;
    let town = reader.registry.entity_type(owner.entity) != EntityType::Organization;
    beside && town && reader.tree.is(phrase.head, Closed::Branch) && !reader.tree.is_capital(phrase.head)
}

/// "NATO's mission is to deter": what a body has to do.
fn is_purpose(reader: &Reader<'_>, noun: usize) -> bool {
    let tree = &reader.tree;
    let clause = tree.head(noun).filter(|_| matches!(tree.rel(noun), Deprel::Nsubj | Deprel::NsubjOuter));
    clause.is_some_and(|c| tree.upos(c) == Upos::Verb && tree.child(c, Deprel::Cop).is_some())
}

fn owned(reader: &mut Reader<'_>, phrase: &Phrase, owner: Owner, heads: &[Noun<'_, OrgHead>]) {
    let owner_type = reader.registry.entity_type(owner.entity);
    let Some(noun) = heads.iter().find(|n| n.head.stands_for.is_state()).or(heads.first()).copied() else {
        return;
    };
    let head = noun.head;
    // "a Turkish official, Ali Veli, said" names a person, "Turkey's leader" means one.
    let leader = !noun.plural && reader.title_headed(phrase.head).is_some_and(|t| t.title.relation == "leads");
    let officer = || head.stands_for.is_state() || reader.title_headed(phrase.head).is_some_and(|t| !t.plural);
    if head.stands_for.is_state() && leader || officer() && bears_a_name(reader, phrase.head) {
        return;
    }
    if is_whole_name(reader, phrase, owner, head, noun.plural) || is_branch(reader, phrase, owner) {
        return;
    }
    let capital = phrase.body.range().any(|t| reader.tree.is_capital(t));
    let apart = is_apart(reader, phrase, owner);
    if apart && head.stands_for.is_state() {
        return;
    }
    let rebels = apart && head.stands_for == StandsFor::ArmedForces;
    let (stands_for, kind) = if rebels { (StandsFor::Own, REBELS) } else { (head.stands_for, &*head.kind) };
    if !capital && (is_site(reader, phrase) || is_purpose(reader, phrase.head)) {
        return;
    }
    // "African countries", "a European government": some of many.
    if head.stands_for.is_state() && reader.registry.world_region(owner.entity).is_some() {
        return;
    }
    // "a NATO country": one of many.
    let nation = reader.reference.is_state(reader.tree.lower(phrase.head));
    if nation && head.stands_for == StandsFor::State && !noun.plural && owner_type == EntityType::Organization {
        return;
    }
    // "the Brazilian unit of Volkswagen", "South Africa's presidency of the G20": another's, or for another.
    let of_another = head.stands_for == StandsFor::Part && owner_type == EntityType::State && has_whole(reader, phrase);
    if !capital && of_another {
        return;
    }
    let ground = reader.lookup.place(&[reader.tree.lower(phrase.head)]).is_some();
    let plural = reader.tree.is_plural(phrase.head);
    let entity = match (stands_for, owner_type) {
        // "Chiapas State", "the state of Chiapas": the place itself.
        (StandsFor::State | StandsFor::Government, EntityType::Place) if ground => return,
        // "Bangkok Metropolitan Administration": a name of its own.
        (StandsFor::State | StandsFor::Government, EntityType::Place) if capital && is_named(reader, phrase) => return,
        (StandsFor::State | StandsFor::Government, EntityType::Place) => authorities(reader, phrase, owner),
        (StandsFor::State | StandsFor::Government, _) => owner.entity,
        (StandsFor::ArmedForces, EntityType::State) => armed_forces(reader, owner.entity, plural),
        (StandsFor::ArmedForces | StandsFor::Own, EntityType::Organization) => owner.entity,
        (StandsFor::ArmedForces, EntityType::Place) if noun.plural && !phrase.from => {
            named(reader, phrase, owner, kind)
        }
        (StandsFor::ArmedForces, _) => return,
        (StandsFor::Part, EntityType::Organization) if !capital && head.kind == "unit" => owner.entity,
        (StandsFor::Part, EntityType::State) if !capital && head.kind == "unit" => {
            armed_forces(reader, owner.entity, plural)
        }
        (StandsFor::Part, EntityType::Organization) if is_same_body(reader, phrase, owner, head) => owner.entity,
        (StandsFor::Part, _) => part(reader, phrase, owner, head),
        // "Syrian rebels": not the state's, but of that country.
        (StandsFor::Own, EntityType::State) if noun.plural || capital => named(reader, phrase, owner, kind),
        (StandsFor::Own, _) => return,
    };
    let form = if capital { Form::Name } else { Form::Description };
    let mut others = coordinated(reader, owner, head);
    if noun.plural {
        others.extend(following(reader, phrase, owner, head));
    }
    let tokens =
        others.iter().fold(phrase.tokens, |all, (_, t)| TokenRange::new(all.start.min(t.start), all.end.max(t.end)));
    let (before, after): (Vec<_>, Vec<_>) = others.iter().partition(|(_, t)| t.start < owner.tokens.start);
    let entities = before.iter().map(|(e, _)| *e).chain([entity]).chain(after.iter().map(|(e, _)| *e)).collect();
    let mention = reader.mention(tokens, phrase.head, entities, form, 0.9);
    if entity != owner.entity {
        let first = reader.registry.info[entity].owner != Some(owner.entity) || !reader.stated(entity);
        reader.registry.own(entity, owner.entity);
        let body = phrase.body;
        if matches!(reader.registry.entity_type(owner.entity), EntityType::State | EntityType::Organization)
            && stands_for != StandsFor::Own
            && first
        {
            reader.fact("partOf/body", "partOf", mention, owner.entity, owner.tokens, body, 0.9);
        }
    }
}

/// "National Hurricane Center of the United States", "China's Tsinghua University": the recognizer's name has more words than whose
/// body it is and what, or has a body of its own kind without its owner.
fn is_whole_name(reader: &Reader<'_>, phrase: &Phrase, owner: Owner, head: &OrgHead, plural: bool) -> bool {
    let open = |s: &&Spot| s.tag == Some(NameType::Org) && s.senses.is_empty() && s.tokens.len() > 1;
    let Some(spot) = reader.spot_at(phrase.head).filter(open) else { return false };
    // "the Mercosur bloc of South American countries" is no name.
    if !reader.tree.is_capital(phrase.head) {
        return false;
    }
    let outside = spot.tokens.range().any(|t| !phrase.tokens.contains(t) && reader.tree.is_capital(t));
    let apart = !spot.tokens.overlaps(owner.tokens) && spot.tokens.start < phrase.body.start;
    outside || apart && head.stands_for == StandsFor::Own && !plural
}

/// Whether the recognizer took a phrase for the name of a body.
fn is_named(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    reader.spot_at(phrase.head).is_some_and(|s| s.tag == Some(NameType::Org) && s.tokens.contains(phrase.body.start))
}

/// "the Armenpress agency": the noun only says what sort of body it is.
fn is_same_body(reader: &Reader<'_>, phrase: &Phrase, owner: Owner, head: &OrgHead) -> bool {
    let beside = phrase.body.start == owner.tokens.end;
    let kind = reader.registry.kind(owner.entity);
    let media = kind == "media" && head.kind == "agency";
    beside && !reader.tree.is_capital(phrase.head) && (kind.is_empty() || media || kind == head.kind)
}

/// "Armenian and Azeri troops", "Turkish and Russian officials": the bodies of the owners that stand before the last.
fn coordinated(reader: &mut Reader<'_>, owner: Owner, head: &OrgHead) -> Vec<(usize, TokenRange)> {
    let mut out = Vec::new();
    let mut at = owner.tokens.start;
    while (head.stands_for.is_state() || head.stands_for == StandsFor::ArmedForces)
        && at > reader.tree.sentence(at).start + 1
    {
        let joined = reader.tree.upos(at - 1) == Upos::Cconj || reader.tree.lower(at - 1) == "," && !out.is_empty();
        let Some(spot) = reader.spot_ending_at(at - 1).filter(|_| joined).cloned() else { break };
        let Some(state) = spot.senses.iter().find(|s| is_demonym(s.form)).map(|s| s.entry) else { break };
        at = spot.tokens.start;
        out.push((same_body(reader, state, head), spot.tokens));
    }
    out.reverse();
    out
}

/// "the armies of Chad and Niger", "officials from Chad, Mali and Niger": the bodies of the states that follow the first.
fn following(reader: &mut Reader<'_>, phrase: &Phrase, owner: Owner, head: &OrgHead) -> Vec<(usize, TokenRange)> {
    let known = head.stands_for.is_state() || head.stands_for == StandsFor::ArmedForces;
    if !known || owner.tokens.start < phrase.head {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut end = owner.tokens.end;
    while let Some((state, tokens)) = next_state(reader, end, reader.tree.sentence(phrase.head).end) {
        end = tokens.end;
        out.push((same_body(reader, state, head), tokens));
    }
    // Without "and" the next name begins something else.
    let and = |last: &(usize, TokenRange)| (owner.tokens.end..last.1.start).any(|t| reader.tree.upos(t) == Upos::Cconj);
    if out.last().is_some_and(and) { out } else { Vec::new() }
}

/// The state that is named next in a list, behind "and" or a comma.
fn next_state(reader: &Reader<'_>, from: usize, end: usize) -> Option<(KnownId, TokenRange)> {
    let tree = &reader.tree;
    let between = |t: &usize| matches!(tree.upos(*t), Upos::Cconj | Upos::Det) || tree.lower(*t) == ",";
    let at = (from..end).find(|t| !between(t)).filter(|&at| at > from)?;
    let spot = reader.spot_starting_at(at)?;
    let named = |s: &&super::lookup::Sense| s.sort == EntityType::State && !is_demonym(s.form) && !s.weak;
    spot.senses.iter().find(named).map(|s| (s.entry, spot.tokens))
}

/// What a noun stands for, of another state.
fn same_body(reader: &mut Reader<'_>, state: KnownId, head: &OrgHead) -> usize {
    let state = reader.registry.known(state);
    match head.stands_for {
        StandsFor::ArmedForces => armed_forces(reader, state, false),
        _ => state,
    }
}

/// Whether the noun is a title of somebody named beside it.
fn bears_a_name(reader: &Reader<'_>, head: usize) -> bool {
    let known = |s: &Spot| !s.senses.is_empty() && s.senses.iter().all(|s| s.sort == EntityType::Person);
    let person = |s: &Spot| s.tag == Some(NameType::Per) || known(s);
    let next = reader.spot_starting_at(head + 1).is_some_and(person);
    let tree = &reader.tree;
    let after = tree.children(head).filter(|&c| tree.rel(c) == Deprel::Appos);
    let above = tree.head(head).filter(|_| tree.rel(head) == Deprel::Appos);
    next || after.chain(above).any(|t| reader.spot_at(t).is_some_and(person)) || names_behind_complement(reader, head)
}

/// "the US envoy *to Chad Dr Raj Das*", "…, Raj Das,": whether a person's name follows what a title is of or for.
fn names_behind_complement(reader: &Reader<'_>, head: usize) -> bool {
    let end = reader.tree.sentence(head).end;
    let word = |t: usize| if t < end { reader.tree.lower(t) } else { "" };
    let one = reader.title_headed(head).is_some_and(|t| !t.plural);
    if !one || reader.reference.mark(word(head + 1)) != Some(Mark::Link) {
        return false;
    }
    let article = usize::from(reader.reference.mark(word(head + 2)) == Some(Mark::Definite));
    let Some(of) = reader.spot_starting_at(head + 2 + article) else { return false };
    let comma = word(of.tokens.end) == ",";
    let start = roles::behind_titles(reader, of.tokens.end + usize::from(comma), |_| true);
    let name = reader.spot_starting_at(start).filter(|s| s.tag == Some(NameType::Per) && start < end);
    name.is_some_and(|n| !comma || n.tokens.end >= end || word(n.tokens.end) == ",")
}

fn authorities(reader: &mut Reader<'_>, phrase: &Phrase, owner: Owner) -> usize {
    let label = format!("{} authorities", reader.registry.entities[owner.entity].label);
    add(reader, phrase, owner, &label, None, "government")
}

/// The armed forces of a state or organization.
pub(super) fn armed_forces(reader: &mut Reader<'_>, owner: usize, plural: bool) -> usize {
    let entity = reader.body(owner, ARMED_FORCES, FORCE);
    reader.registry.info[entity].plural |= plural;
    entity
}

/// The kind of armies.
pub(super) const FORCE: &str = "armed-force";
/// The kinds of ministries and of police.
const MINISTRY: &str = "ministry";
const POLICE: &str = "police";
/// The role of armed forces among a state's bodies, as in the tables.
const ARMED_FORCES: &str = "armed forces";

/// A ministry, service or unit of a state or organization.
fn part(reader: &mut Reader<'_>, phrase: &Phrase, owner: Owner, head: &OrgHead) -> usize {
    let words = reader.tree.lower_words(phrase.body);
    if reader.reference.body(&words).is_some() {
        return reader.body(owner.entity, &words, &head.kind);
    }
    named(reader, phrase, owner, &head.kind)
}

/// The body with the qualifiers between it and its owner: "3rd Assault Brigade".
fn full_body(phrase: &Phrase, owner: Owner) -> TokenRange {
    if owner.tokens.end <= phrase.body.start { TokenRange::new(owner.tokens.end, phrase.body.end) } else { phrase.body }
}

/// A body called by its owner and its own words: "China Youth Federation" is printed so, and is one with "Chinese Youth Federation";
/// "Delhi Court" is a court of its own.
fn named(reader: &mut Reader<'_>, phrase: &Phrase, owner: Owner, kind: &str) -> usize {
    let own = reader.tree.doc.words(full_body(phrase, owner));
    let adjective = format!("{} {own}", reader.adjective(owner.entity));
    let form = reader
        .spot_starting_at(owner.tokens.start)
        .and_then(|s| s.senses.iter().map(|s| s.form).min_by_key(|f| is_demonym(*f)));
    let beside = owner.tokens.end <= phrase.body.start && !reader.tree.is_possessive(owner.tokens.end - 1);
    let capital = phrase.body.range().all(|t| reader.tree.is_capital(t));
    let label = &reader.registry.entities[owner.entity].label;
    let (label, slug) = match form {
        // A ministry is the state's, wherever it is said to sit.
        Some(SenseForm::Capital | SenseForm::Metonym) if kind != MINISTRY => {
            (format!("{} {own}", reader.tree.doc.words(owner.tokens)), None)
        }
        Some(SenseForm::Label | SenseForm::Alias) if beside && capital => {
            (format!("{label} {own}"), Some(slug(&plain(&adjective))))
        }
        _ => (adjective, None),
    };
    add(reader, phrase, owner, &label, slug, kind)
}

/// A label without the possessive mark of its owner.
fn plain(label: &str) -> String {
    label.split_whitespace().filter(|w| !is_possessive_mark(w)).collect::<Vec<_>>().join(" ")
}

fn add(reader: &mut Reader<'_>, phrase: &Phrase, owner: Owner, label: &str, slug: Option<String>, kind: &str) -> usize {
    let label = plain(label);
    let country = reader.registry.entities[owner.entity].country.clone();
    let new = New {
        entity_type: EntityType::Organization,
        kind: Some(Name::from(kind)),
        label: &label,
        slug,
        named: true,
        country,
    };
    let entity = reader.registry.add(new);
    reader.registry.info[entity].plural |= reader.tree.is_plural(phrase.head);
    entity
}

/// Whether a spot's sense is an adjective or noun of nationality.
pub(super) fn is_demonym(form: SenseForm) -> bool {
    matches!(form, SenseForm::Adjective | SenseForm::Demonym | SenseForm::People)
}
