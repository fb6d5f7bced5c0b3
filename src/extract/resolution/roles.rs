//! Titles and offices: who holds which, of what. "Azerbaijan's President Ilham Aliyev" leads Azerbaijan; "Aliyev, president of
//! Azerbaijan," too. It leaves roles of people who are not named to `descriptions`.

use super::reader::{Reader, TitleHit};
use super::{Form, Mention};
use crate::extract::tree::is_possessive_mark;
use crate::model::{Name, TokenRange};
use crate::seeds::reference::Mark;
use crate::seeds::{Closed, Title};
use crate::vocab::{Deprel, EntityType, Upos, Xpos};

/// What a title's neighbours say of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Office {
    /// Whose it is, with the words that say so.
    pub of: Option<(usize, TokenRange)>,
    /// Whether it was held before.
    pub past: bool,
    /// Whether it is not held yet.
    pub future: bool,
    /// Whether it is below the title's own: "deputy director".
    pub under: bool,
    /// Whether it stands after the title: "president of".
    pub linked: bool,
    /// Whether its bearer stands apart from a state: "Syrian rebel leader".
    pub apart: bool,
    /// Where the phrase begins, modifiers and owner included.
    pub start: usize,
}

/// Reads all titles that a named person bears.
pub(super) fn read(reader: &mut Reader<'_>) {
    read_parties(reader);
    read_titles(reader, |reader, hit| reader.at[hit.head].is_none() && !of_pronoun(reader, hit));
}

/// "the *Republican* nominee": the party that the tables have by the adjective before a title.
fn read_parties(reader: &mut Reader<'_>) {
    for number in 0..reader.titles.len() {
        let TitleHit { tokens: TokenRange { start, .. }, title, .. } = reader.titles[number];
        let first = reader.tree.sentence(start).start;
        let partisan =
            |t: usize| reader.tree.is_capital(t) && reader.reference.mark(reader.tree.lower(t)) == Some(Mark::Partisan);
        // "the Republican governor of Ohio" leads Ohio.
        let before = start.checked_sub(1).filter(|&t| t >= first && partisan(t) && title.relation != "leads");
        let before = before.filter(|&t| reader.at[t].is_none());
        let Some(adjective) = before else { continue };
        let forms = reader.lookup.names.candidates(&format!("{} {PARTY}", reader.tree.doc.word(adjective)));
        if let [form] = forms[..] {
            let party = reader.registry.known(form.known);
            reader.mention(TokenRange::new(adjective, start), adjective, vec![party], Form::Demonym, 0.9);
        }
    }
}

/// The noun behind the adjective in the name of a party.
const PARTY: &str = "Party";

/// Reads the titles that a pronoun owns, once pronouns are resolved: "his aide Anna Sargsyan".
pub(super) fn read_owned(reader: &mut Reader<'_>) {
    read_titles(reader, |reader, hit| of_pronoun(reader, hit) || of_phrase(reader, hit));
}

/// Whether a phrase that was resolved says whose a title is: "the group's leader", "head of the agency".
fn of_phrase(reader: &Reader<'_>, hit: &TitleHit<'_>) -> bool {
    let described = |t: usize| reader.at[t].is_some_and(|m| reader.mentions[m].form == Form::Description);
    reader
        .tree
        .children(hit.head)
        .any(|c| matches!(reader.tree.rel(c), Deprel::NmodPoss | Deprel::Nmod) && described(c))
}

/// Whether "his" or "its" stands before a title.
fn of_pronoun(reader: &Reader<'_>, hit: &TitleHit<'_>) -> bool {
    super::descriptions::possessor_pronoun(reader, hit.head)
        || hit.tokens.start.checked_sub(1).is_some_and(|t| reader.reference.pronoun(reader.tree.lower(t)).is_some())
}

fn read_titles(reader: &mut Reader<'_>, wanted: impl Fn(&Reader<'_>, &TitleHit<'_>) -> bool) {
    for number in 0..reader.titles.len() {
        let hit = reader.titles[number];
        // "Ann Moss, the president's adviser": somebody else's title.
        if !wanted(reader, &hit) || reader.tree.is_possessive(hit.tokens.end - 1) {
            continue;
        }
        let mut office = office(reader, &hit);
        let bearers = bearers(reader, &hit, &office);
        if let ([person], None) = (&bearers[..], office.of) {
            office.of = after_name(reader, &hit, *person);
        }
        let owners = respective(reader, &hit, &office, &bearers);
        for (number, person) in bearers.into_iter().enumerate() {
            let of = owners.get(number).copied().or(office.of);
            hold(reader, &hit, &Office { of, ..office }, person);
            lift_head(reader, &hit, person);
            if reader.at[hit.head].is_none() && doubled(reader, &hit, &office) == Some(person) {
                reader.at[hit.head] = Some(person);
            }
        }
    }
}

/// "Ann Moss and Raj Das, the ministers *of Chad and Niger*": of as many owners as bearers, each one's own.
fn respective(reader: &Reader<'_>, hit: &TitleHit<'_>, office: &Office, bearers: &[usize]) -> Vec<(usize, TokenRange)> {
    let Some((_, tokens)) = office.of.filter(|_| hit.plural && bearers.len() > 1) else { return Vec::new() };
    let owner = |t: usize| {
        let m = reader.at[t].map(|m| &reader.mentions[m])?;
        m.entities.first().map(|&e| (e, m.tokens))
    };
    let owners: Vec<_> = reader.tree.conjuncts(reader.tree.head_of(tokens)).into_iter().filter_map(owner).collect();
    if owners.len() == bearers.len() { owners } else { Vec::new() }
}

/// The parse may hang a name on its title: then the title's noun is the token by which the sentence refers to the person.
pub(super) fn lift_head(reader: &mut Reader<'_>, hit: &TitleHit<'_>, person: usize) {
    let head = reader.mentions[person].head;
    let hung = matches!(
        reader.tree.rel(head),
        Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod
    ) || reader.tree.rel(head) == Deprel::Conj && !hit.plural;
    let within = reader.tree.edges(hit.head).contains(head);
    if hung && within && reader.at[hit.head].is_none() {
        reader.mentions[person].head = hit.head;
        reader.at[hit.head] = Some(person);
    }
    apposed_head(reader, hit, person);
}

/// "Secretary-General Ann Moss", "Minister of Water Ali Veli", "envoy to Chad Dr Raj Das": whatever the parse of a title right
/// before a name, no part of it is somebody else. A part that the sentence refers by counts as the name's head, beside the words of
/// the name.
fn apposed_head(reader: &mut Reader<'_>, hit: &TitleHit<'_>, person: usize) {
    let name = reader.mentions[person].tokens;
    let near = [false, true].map(|comma| behind_complement(reader, hit, comma));
    if hit.plural || name.start != name_start(reader, hit) && !near.contains(&Some(name.start)) {
        return;
    }
    let whole = TokenRange::new(hit.tokens.start, name.end);
    let outside = |t: usize| reader.tree.head(t).is_none_or(|h| !whole.contains(h));
    let free: Vec<usize> = hit.tokens.range().filter(|&t| reader.at[t].is_none()).collect();
    if let Some(&head) = free.iter().find(|&&t| outside(t) && reader.tree.is_nominal(t)) {
        reader.mentions[person].head = head;
    }
    free.into_iter().for_each(|t| reader.at[t] = Some(person));
}

/// Notes the role, and states it where the text says whose it is.
pub(super) fn hold(reader: &mut Reader<'_>, hit: &TitleHit<'_>, office: &Office, person: usize) {
    let &[entity] = &reader.mentions[person].entities[..] else { return };
    let title = hit.title;
    let of = office.of.map(|(e, _)| e);
    if !title.role.is_empty() && !office.under {
        reader.registry.hold(entity, &title.role, of, office.past || office.future);
    }
    let kind = &mut reader.registry.entities[entity].kind;
    if kind.is_none() {
        *kind = Some(Name::from(&*title.kind)).filter(|k| !k.is_empty());
    }
    match office.of {
        Some((object, tokens)) => state(reader, hit, office, person, object, tokens),
        None if !office.past && !office.future && !office.under => known_office(reader, hit, person, entity),
        None => {}
    }
}

/// "President Ilham Aliyev": the table knows of which state that the article names he was president on that day.
fn known_office(reader: &mut Reader<'_>, hit: &TitleHit<'_>, person: usize, entity: usize) {
    let title = hit.title;
    let Some(date) = reader.tree.doc.article.published.map(|d| d.to_string()) else { return };
    if title.relation != "leads" || title.role.is_empty() {
        return;
    }
    let holder = reader.registry.entities[entity].id.clone();
    let held = reader.registry.names.offices(&holder).find(|o| o.role == title.role && o.held_on(&date));
    let body = held.and_then(|o| reader.registry.entities.iter().position(|e| *e.id == *o.body));
    if let Some(body) = body {
        reader.fact("leads/known-office", "leads", person, body, hit.tokens, hit.tokens, 0.8);
    }
}

fn state(
    reader: &mut Reader<'_>,
    hit: &TitleHit<'_>,
    office: &Office,
    person: usize,
    object: usize,
    tokens: TokenRange,
) {
    // "named Mohammad Mustafa prime minister": a name right before an office does not own it.
    let owned = office.linked || reader.tree.is_possessive(tokens.end - 1);
    let person_owns = reader.registry.entity_type(object) == EntityType::Person;
    if hit.title.relation == "leads" && person_owns && !owned {
        return;
    }
    let Some((predicate, object)) = relation(reader, hit.title, office, object) else { return };
    // A "Korea scholar" need not live there, nor an "Asia director"; a "Korean scholar" does.
    let region =
        reader.registry.world_region(object).is_some() || reader.registry.entity_type(object) == EntityType::State;
    let called = reader.at[tokens.start].is_some_and(|m| reader.mentions[m].form == Form::Name);
    if &*predicate == "locatedIn" && region && called && !owned {
        return;
    }
    let confidence = if office.past { 0.6 } else { 0.9 };
    let confidence = if &*predicate == "locatedIn" { 0.65 } else { confidence };
    let rule = format!("{predicate}/title");
    reader.fact(&rule, &predicate, person, object, tokens, hit.tokens, confidence);
}

/// The predicate a title implies of an owner, and the body meant: a ministry's chief leads the ministry where the text names it.
fn relation(reader: &Reader<'_>, title: &Title, office: &Office, of: usize) -> Option<(Name, usize)> {
    let relation = Name::from(Some(title.relation.as_str()).filter(|r| !r.is_empty())?);
    let owner = reader.registry.entity_type(of);
    let affiliated = Name::from("affiliatedWith");
    if office.future {
        return None;
    }
    if office.apart && owner == EntityType::State && title.body != "region" {
        return Some((Name::from("locatedIn"), of));
    }
    // "a Syrian commander" serves Syria, and does not lead it.
    let officer = title.kind == "officer" && owner == EntityType::State && !office.linked;
    let below = office.under || officer || owner == EntityType::Person;
    if office.past || below && &*relation == "leads" {
        return Some((affiliated, of));
    }
    let elsewhere = owner == EntityType::Place && title.body == "any" && &*relation == "affiliatedWith";
    if owner != EntityType::Organization && (!serves(title, owner) || elsewhere) {
        let predicate = if owner == EntityType::Person { affiliated } else { Name::from("locatedIn") };
        return (!office.linked).then_some((predicate, of));
    }
    // Who sits in a parliament for a place is of it.
    if &*relation == "memberOf" && owner == EntityType::Place {
        return Some((Name::from("locatedIn"), of));
    }
    let state_like = matches!(&*title.body, "" | "any" | "state" | "region" | "city");
    // The police chief of a town does not lead the town.
    if owner == EntityType::Place && !state_like && &*relation == "leads" {
        return Some((affiliated, of));
    }
    if owner != EntityType::State || state_like {
        let member_of_state = &*relation == "memberOf" && owner != EntityType::Organization;
        return Some((if member_of_state { affiliated } else { relation }, of));
    }
    match body_of(reader, title, of) {
        Some(body) => Some((relation, body)),
        None if &*title.body == "ministry" && &*relation == "leads" => Some((relation, of)),
        None => Some((affiliated, of)),
    }
}

/// Whether a title with a state's or place's name before it says whom its bearer serves; "Iranian activist" and "the Iowa
/// chairman" say only where they are from.
fn serves(title: &Title, owner: EntityType) -> bool {
    !matches!(&*title.body, "organization" | "media" | "university" | "church" | "party" | "armed-group" | "gang")
        || title.relation == "leads" && owner == EntityType::State
}

/// The state's body of the title's sort, where the text names one.
fn body_of(reader: &Reader<'_>, title: &Title, state: usize) -> Option<usize> {
    let wanted = reader.reference.body(&title.body_name.to_lowercase()).map(|b| &*b.label);
    reader.registry.owned_by(state).find(|&e| {
        let entity = &reader.registry.entities[e];
        reader.registry.kind(e) == &*title.body && wanted.is_none_or(|w| entity.label.contains(w))
    })
}

/// Whose title it is: what stands before it ("Armenian defense ministry spokesperson"), else after it ("president of").
pub(super) fn office(reader: &Reader<'_>, hit: &TitleHit<'_>) -> Office {
    let mut office = before(reader, hit);
    // "FBI director": the title itself says it.
    let within = reader.at[hit.tokens.start].map(|m| &reader.mentions[m]);
    let named = |m: &&Mention| hit.tokens.start == m.tokens.start && m.tokens.end < hit.tokens.end;
    if let Some(body) = within.filter(named).filter(|m| m.entity_type == EntityType::Organization) {
        office.of = body.entities.first().map(|&e| (e, body.tokens));
    }
    let end = reader.tree.sentence(hit.head).end;
    // "Kenya's governor of Nairobi": of the city, which is named last.
    if reader.tree.is(link(reader, hit), Closed::Genitive)
        && let Some(of) = after(reader, link(reader, hit), end)
        && reader.registry.entity_type(of.0) == EntityType::Place
    {
        (office.of, office.linked) = (Some(of), true);
    }
    if office.of.is_none() {
        // Who is ambassador to a state serves another.
        let posted = hit.title.kind == "diplomat" && reader.tree.is(link(reader, hit), Closed::Posting);
        office.of = after(reader, link(reader, hit), end).filter(|_| !posted);
        let portfolio = portfolio_end(reader, hit);
        if office.of.is_none() && portfolio > hit.tokens.end {
            let body = |of: &(usize, TokenRange)| {
                let adjective = reader.tree.upos(of.1.end - 1) == Upos::Adj;
                !adjective && reader.registry.entity_type(of.0) != EntityType::Person
            };
            office.of = after(reader, portfolio, end).filter(body);
            // The head of sales at a firm does not lead the firm.
            office.under |= office.of.is_some() && hit.title.relation == "leads";
        }
        office.linked = office.of.is_some();
    }
    office.past |= behind_then(reader, complement_end(reader, hit)).is_some();
    office
}

/// "the president *at the time*": where the words end that say so.
fn behind_then(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let words = TokenRange::new(at, at + 3);
    let within = words.end <= reader.tree.sentence(at.saturating_sub(1)).end;
    let then = within && reader.tree.grammar.has(Closed::Then, &reader.tree.lower_words(words).replace(' ', "_"));
    then.then_some(words.end)
}

/// The preposition behind a title, which may be part of it: "representative *to*".
fn link(reader: &Reader<'_>, hit: &TitleHit<'_>) -> usize {
    let end = hit.tokens.end;
    end - usize::from(reader.tree.is(end - 1, Closed::Posting))
}

/// Where the words end that say what somebody is minister of: "minister of *digital transformation*". The preposition's place where
/// there are none.
fn portfolio_end(reader: &Reader<'_>, hit: &TitleHit<'_>) -> usize {
    let (tree, link) = (&reader.tree, link(reader, hit));
    let end = tree.sentence(hit.head).end;
    if link >= end || !(tree.is(link, Closed::Genitive) || tree.is(link, Closed::Portfolio)) {
        return link;
    }
    let said = |t: &usize| {
        let word = matches!(tree.upos(*t), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Cconj | Upos::Det);
        word && reader.at[*t].is_none() && reader.title_over(*t).is_none()
    };
    let words = (link + 1..end).take(LONGEST_PORTFOLIO).take_while(said);
    words.filter(|&t| tree.upos(t) != Upos::Det).last().map_or(link, |last| last + 1)
}

/// In tokens; what is longer is no portfolio.
const LONGEST_PORTFOLIO: usize = 8;

fn before(reader: &Reader<'_>, hit: &TitleHit<'_>) -> Office {
    let sentence = reader.tree.sentence(hit.head);
    let apart = hit.tokens.range().any(|t| reader.tree.is(t, Closed::Apart));
    let mut office = Office { start: hit.tokens.start, apart, ..Office::default() };
    for _ in 0..6 {
        let at = before_bracket(reader, office.start);
        if at == sentence.start {
            break;
        }
        let previous = at - 1;
        if let Some(owner) = owner_ending_at(reader, at) {
            let tokens = reader.mentions[owner].tokens;
            office.of = reader.mentions[owner].entities.first().map(|&e| (e, tokens));
            office.start = tokens.start;
            let mark = tokens
                .start
                .checked_sub(1)
                .filter(|&t| t >= sentence.start)
                .and_then(|t| reader.reference.mark(reader.tree.lower(t)));
            office.past |= mark == Some(Mark::Past);
            office.future |= mark == Some(Mark::Future);
            office.under |= mark == Some(Mark::Under);
            break;
        }
        match reader.reference.mark(reader.tree.lower(previous)) {
            Some(Mark::Past) => office.past = true,
            Some(Mark::Future) => office.future = true,
            Some(Mark::Under) => office.under = true,
            Some(Mark::Filler) => {}
            _ if is_possessive_mark(reader.tree.lower(previous)) => {}
            _ if reader.tree.upos(previous) == Upos::Adj || reader.tree.rel(previous) == Deprel::Amod => {}
            _ => break,
        }
        office.apart |= reader.tree.is(previous, Closed::Apart);
        office.start = previous;
    }
    office
}

/// "World Health Organization *(WHO)* chief": where a short form in brackets begins, else the same place.
fn before_bracket(reader: &Reader<'_>, at: usize) -> usize {
    let opens = |t: &usize| reader.tree.doc.word(*t) == "(" && owner_ending_at(reader, *t).is_some();
    let open = at.checked_sub(3).filter(|&t| t > 0 && reader.tree.doc.word(at - 1) == ")");
    open.filter(opens).unwrap_or(at)
}

/// "Prime Minister Jane Doe of Spain": whose it is stands after the name.
fn after_name(reader: &Reader<'_>, hit: &TitleHit<'_>, person: usize) -> Option<(usize, TokenRange)> {
    let name = reader.mentions[person].tokens;
    let beside = name.start == name_start(reader, hit) && reader.tree.is(name.end, Closed::Genitive);
    if beside { after(reader, name.end, reader.tree.sentence(hit.head).end) } else { None }
}

pub(super) fn owner_ending_at(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let mention = reader.at[at - 1]?;
    let m = &reader.mentions[mention];
    (m.tokens.end == at && m.entities.len() == 1 && m.entity_type != EntityType::WeaponSystem).then_some(mention)
}

/// "the Oslo-based institute", "the Russian-backed group": a name that only says where or on whose side what follows is.
fn is_side(reader: &Reader<'_>, end: usize) -> bool {
    reader.tree.lower(end) == "-" && reader.reference.mark(reader.tree.lower(end + 1)) == Some(Mark::Sided)
}

/// "of the Republic of Armenia", "for the ministry", "to Prime Minister Abiy Ahmed".
fn after(reader: &Reader<'_>, start: usize, end: usize) -> Option<(usize, TokenRange)> {
    let link = Some(start).filter(|&s| s < end).and_then(|s| reader.reference.mark(reader.tree.lower(s)));
    // An "ambassador in Rome" serves somebody else there.
    let only_bodies = link == Some(Mark::Within);
    // A "minister for the Middle East" deals with it.
    let portfolio = reader.tree.is(start, Closed::Portfolio);
    if link != Some(Mark::Link) && !only_bodies {
        return None;
    }
    for at in start + 1..end.min(start + 7) {
        if let Some(m) = reader.at[at].map(|m| &reader.mentions[m]) {
            let owner = m.tokens.start == at
                && m.entity_type != EntityType::WeaponSystem
                && (!only_bodies || m.entity_type == EntityType::Organization)
                && !(portfolio && m.entity_type == EntityType::Place)
                && !(m.entity_type == EntityType::Person && named_right_behind(reader, at))
                && !reader.tree.is_possessive(m.tokens.end - 1)
                && !is_side(reader, m.tokens.end);
            if let Some(person) = holder_behind(reader, m) {
                return Some(person);
            }
            return m.entities.first().filter(|_| owner).map(|&e| (e, m.tokens));
        }
        let word = reader.tree.lower(at);
        let skip = matches!(reader.reference.mark(word), Some(Mark::Filler | Mark::Definite | Mark::Past))
            || reader.title_over(at).is_some()
            || reader.tree.upos(at) == Upos::Adj;
        if !skip {
            return None;
        }
    }
    None
}

/// "spokesman for Kenyan president *William Ruto*": who is named with an office of a state's is served before the state.
fn holder_behind(reader: &Reader<'_>, state: &Mention) -> Option<(usize, TokenRange)> {
    let title = reader.title_over(state.tokens.end).map(|t| reader.titles[t])?;
    let leads = title.title.relation == "leads" && !title.plural;
    let opens = state.entity_type == EntityType::State && title.tokens.start == state.tokens.end && leads;
    let person = named(reader, title.tokens.end).filter(|_| opens).map(|m| &reader.mentions[m])?;
    let &[entity] = &person.entities[..] else { return None };
    (person.tokens.start == title.tokens.end).then_some((entity, person.tokens))
}

/// "Leader of the *Opposition* Ali Veli": a name right behind a word that says nothing of who it is bears the title.
fn named_right_behind(reader: &Reader<'_>, name: usize) -> bool {
    reader.reference.mark(reader.tree.lower(name - 1)) == Some(Mark::Filler) && reader.tree.is_nominal(name - 1)
}

/// The mentions of people who bear a title: the name right after it, its apposition either way, or its subject.
fn bearers(reader: &Reader<'_>, hit: &TitleHit<'_>, office: &Office) -> Vec<usize> {
    let person = |t: usize| named(reader, t);
    let beside = Some(name_start(reader, hit)).filter(|&t| t < reader.tree.sentence(hit.head).end).and_then(person);
    let found = beside
        .or_else(|| after_complement(reader, hit, false, &person))
        .or_else(|| in_list(reader, office, &person).filter(|_| !hit.plural))
        .or_else(|| by_parse(reader, hit.head, &person))
        .or_else(|| before_comma(reader, office, &person).filter(|_| !hit.plural))
        .or_else(|| after_complement(reader, hit, true, &person))
        .or_else(|| shared(reader, hit, office, &person))
        .or_else(|| doubled(reader, hit, office));
    let Some(first) = found else { return Vec::new() };
    if hit.plural {
        let conjuncts = reader.tree.conjuncts(reader.mentions[first].head);
        let mut all: Vec<usize> = conjuncts.into_iter().filter_map(person).collect();
        all.push(first);
        all.sort_unstable();
        all.dedup();
        // "Nigeria's president, Bola Tinubu, the leaders of the bloc": what is said of many is not said of one.
        return if all.len() > 1 || beside.is_some() { all } else { Vec::new() };
    }
    vec![first]
}

/// Where the name behind a title begins, further titles with capitals skipped: "Foreign Minister *Sheikh* Ali Veli", not "chief
/// economist Ann Moss".
fn name_start(reader: &Reader<'_>, hit: &TitleHit<'_>) -> usize {
    behind_titles(reader, hit.tokens.end, |_| true)
}

/// Where the titles with capitals that begin at a token, and are of the kind wanted, end.
pub(super) fn behind_titles(reader: &Reader<'_>, start: usize, wanted: fn(&Title) -> bool) -> usize {
    let title = |at: usize| reader.title_over(at).map(|t| reader.titles[t]).filter(|t| t.tokens.start == at);
    let next = |at: usize| {
        let hit = title(at).filter(|t| wanted(t.title))?;
        reader.tree.is_capital(at).then_some(hit.tokens)
    };
    let honors = std::iter::successors(next(start), |t| next(t.end)).take(MOST_TITLES).last();
    honors.map_or(start, |t| t.end)
}

/// Nobody's name has more titles right before it: a bound on the work for any text.
const MOST_TITLES: usize = 3;

/// Where the words end that say what a title is of or for: "minister *of public works*", "envoy *to Chad*", "head *of sales at Orbis*".
/// The title's end where there are none.
fn complement_end(reader: &Reader<'_>, hit: &TitleHit<'_>) -> usize {
    let end = reader.tree.sentence(hit.head).end;
    let portfolio = portfolio_end(reader, hit);
    let of = after(reader, link(reader, hit), end).or_else(|| after(reader, portfolio, end));
    of.map_or(portfolio, |(_, tokens)| tokens.end)
}

/// Where a name begins behind a title and its complement, right behind it or behind a comma, if that is where its words are.
fn behind_complement(reader: &Reader<'_>, hit: &TitleHit<'_>, comma: bool) -> Option<usize> {
    let end = complement_end(reader, hit);
    let end = behind_then(reader, end).unwrap_or(end);
    let sentence = reader.tree.sentence(hit.head);
    let marked = sentence.contains(end) && reader.tree.lower(end) == ",";
    // "an aide to Senate Leader Ann Moss" is somebody else.
    let honor = |title: &Title| !matches!(title.relation.as_str(), "leads" | "memberOf");
    let start = behind_titles(reader, end + usize::from(comma), if comma { |_| true } else { honor });
    (marked == comma && end > hit.tokens.end && sentence.contains(start)).then_some(start)
}

/// "the minister of public works Ali Veli", "the envoy to Chad, Dr Ali Veli,": the name behind a title and its complement; behind a
/// comma only if it is set off.
fn after_complement(
    reader: &Reader<'_>,
    hit: &TitleHit<'_>,
    comma: bool,
    person: &dyn Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let start = behind_complement(reader, hit, comma).filter(|_| !hit.plural)?;
    let mention = person(start).filter(|&m| reader.mentions[m].tokens.start == start)?;
    let (closed, head) = (reader.mentions[mention].tokens.end, reader.mentions[mention].head);
    let closes = !reader.tree.sentence(hit.head).contains(closed) || reader.tree.upos(closed) == Upos::Punct;
    let listed = reader.tree.rel(head) == Deprel::Conj && reader.tree.lower(closed) != ",";
    (!comma || closes && !listed).then_some(mention)
}

/// The mention over a token by which somebody is named.
pub(super) fn named(reader: &Reader<'_>, token: usize) -> Option<usize> {
    let m = reader.at.get(token).copied().flatten()?;
    (reader.mentions[m].entity_type == EntityType::Person && reader.mentions[m].form == Form::Name).then_some(m)
}

fn by_parse(reader: &Reader<'_>, head: usize, person: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let tree = &reader.tree;
    let first = tree.first_conjunct(head);
    if let Some(m) = tree.head(first).filter(|_| tree.rel(first) == Deprel::Appos).and_then(person) {
        return Some(last_before(reader, m, first).unwrap_or(m));
    }
    let copula = tree.child(first, Deprel::Cop).is_some();
    // "Ann Moss, who *is* head of the union": of who was, it is not said whether she still is.
    let is = tree.child(first, Deprel::Cop).is_some_and(|c| matches!(tree.xpos(c), Xpos::Vbz | Xpos::Vbp));
    let who = tree.child(first, Deprel::Nsubj).is_some_and(|s| tree.is(s, Closed::Relative));
    if is && who && !is_open(reader, first) {
        return relative(reader, first, person);
    }
    tree.children(head)
        .chain(tree.children(first).filter(|_| first != head))
        .filter(|&c| match tree.rel(c) {
            Deprel::Appos | Deprel::Flat => true,
            Deprel::Nsubj => copula && !is_open(reader, first),
            _ => false,
        })
        .find_map(person)
        .or_else(|| appointed(reader, first, person))
}

/// "Ann Moss and *Raj Das*, the envoy": of people in a list, an apposition is said of the last, though the parse hangs it on the first.
pub(super) fn last_before(reader: &Reader<'_>, first: usize, noun: usize) -> Option<usize> {
    // The comma may be part of the apposition or not.
    let start = reader.tree.edges(noun).start;
    let person = |t: usize| named(reader, t);
    let last =
        [Some(start), start.checked_sub(1)].into_iter().flatten().find_map(|t| named_before(reader, t, &person))?;
    let (list, head) = (reader.mentions[first].head, reader.mentions[last].head);
    (reader.tree.first_conjunct(head) == reader.tree.first_conjunct(list)).then_some(last)
}

/// "was elected president", "named Jane Doe director", "became chairman", "served as minister".
fn appointed(reader: &Reader<'_>, title: usize, person: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let tree = &reader.tree;
    let verb = tree.head(title)?;
    let placed = match tree.rel(title) {
        Deprel::Xcomp | Deprel::Obj => true,
        Deprel::Obl => tree.case(title).is_some_and(|c| tree.is(c, Closed::Capacity)),
        _ => false,
    };
    if !placed || reader.reference.mark(tree.lemma(verb)) != Some(Mark::Appoints) || is_open(reader, verb) {
        return None;
    }
    // The parse may take "Jane Doe director" for one name.
    let within = tree.children(title).filter(|&c| tree.rel(c) == Deprel::Compound && c < title).find_map(person);
    let child = |rel: Deprel| tree.children(verb).filter(|&c| c != title && tree.rel(c) == rel).find_map(person);
    let passive = tree.child(verb, Deprel::NsubjPass).is_some();
    let whom = || child(Deprel::Obj).or_else(|| child(Deprel::Iobj));
    let alone = || tree.children(verb).all(|c| c == title || !matches!(tree.rel(c), Deprel::Obj | Deprel::Iobj));
    within.or_else(|| if passive { child(Deprel::NsubjPass) } else { whom() }).or_else(|| {
        let subject = child(Deprel::Nsubj).or_else(|| relative(reader, verb, person));
        subject.filter(|_| alone())
    })
}

/// "Jane Doe, who became president": whom a relative clause is about.
fn relative(reader: &Reader<'_>, verb: usize, person: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    reader.tree.head(verb).filter(|_| reader.tree.rel(verb) == Deprel::AclRelcl).and_then(person)
}

/// "will become", "was not named", "to be elected", "if elected", "is no longer head": nothing that is so.
pub(super) fn is_open(reader: &Reader<'_>, predicate: usize) -> bool {
    let tree = &reader.tree;
    let denies = |t: usize| tree.grammar.has(Closed::Denial, tree.lemma(t));
    tree.children(predicate).any(|c| {
        let adverb = tree.rel(c) == Deprel::Advmod;
        let open = tree.doc.tokens[c].xpos == Xpos::Md || tree.is(c, Closed::Unreal);
        open || denies(c) || adverb && tree.children(c).any(denies)
    })
}

/// "leader of the party and head of the union": the bearer of the title before a conjunction.
fn shared(
    reader: &Reader<'_>,
    hit: &TitleHit<'_>,
    office: &Office,
    person: &dyn Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let and = office.start.checked_sub(1).filter(|&t| reader.tree.upos(t) == Upos::Cconj)?;
    let end = if reader.tree.lower(and.checked_sub(1)?) == "," { and - 1 } else { and };
    let sentence = reader.tree.sentence(hit.head);
    let before = reader.titles.partition_point(|t| t.tokens.start < hit.tokens.start).checked_sub(1)?;
    let other = reader.titles[before];
    let theirs = self::office(reader, &other);
    let closes = match theirs.of {
        Some((_, tokens)) if theirs.linked => tokens.end,
        _ => other.tokens.end,
    };
    let joined = sentence.contains(other.head) && closes == end && !hit.plural;
    joined.then(|| by_parse(reader, other.head, person).or_else(|| before_comma(reader, &theirs, person))).flatten()
}

/// "Deputy Premier and Finance Minister Ali Veli": the name after the second of two titles, where no article sets the first off.
fn doubled(reader: &Reader<'_>, hit: &TitleHit<'_>, office: &Office) -> Option<usize> {
    let tree = &reader.tree;
    let sentence = tree.sentence(hit.head);
    let determined = |t: usize| tree.upos(t) == Upos::Det || tree.is_possessive(t) || tree.xpos(t) == Xpos::PrpPoss;
    let before = office.start.checked_sub(1).filter(|&t| sentence.contains(t));
    let and = office.of.filter(|_| office.linked).map_or(hit.tokens.end, |(_, of)| of.end);
    if hit.plural
        || before.is_some_and(determined)
        || determined(office.start)
        || and >= sentence.end
        || tree.upos(and) != Upos::Cconj
    {
        return None;
    }
    let next = reader.titles.partition_point(|t| t.tokens.start <= and);
    let other = *reader.titles.get(next).filter(|t| !t.plural && t.tokens.end < sentence.end)?;
    let person = named(reader, other.tokens.end)?;
    let begins = reader.mentions[person].tokens.start == other.tokens.end;
    (begins && self::before(reader, &other).start == and + 1).then_some(person)
}

/// "met Ann Moss, director of the Port Authority, and Professor Raj Das, head of the council": of a title without an article, whose
/// it is after it and set off on both sides, the name right before it, whatever the parse of the list.
fn in_list(reader: &Reader<'_>, office: &Office, person: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let (_, of) = office.of.filter(|_| office.linked)?;
    let comma = office.start.checked_sub(1)?;
    let mention = named_before(reader, comma, person)?;
    let sentence = reader.tree.sentence(comma);
    let named = reader.mentions[mention].tokens.end == comma && sentence.contains(of.end - 1);
    let closed = of.end >= sentence.end || matches!(reader.tree.upos(of.end), Upos::Punct | Upos::Cconj);
    (named && closed).then_some(mention)
}

/// "Hikmet Hajiyev, an aide to Aliyev": a comma and an article between name and title, whatever the parse.
fn before_comma(reader: &Reader<'_>, office: &Office, person: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let mut at = office.start.checked_sub(1)?;
    let article =
        |t: usize| matches!(reader.reference.mark(reader.tree.lower(t)), Some(Mark::Definite | Mark::Indefinite));
    if article(at) {
        at = at.checked_sub(1)?;
    }
    if !reader.tree.sentence(at).contains(office.start) {
        return None;
    }
    // A list of people is no apposition.
    let mention = named_before(reader, at, person)?;
    let head = reader.mentions[mention].head;
    (reader.tree.rel(head) != Deprel::Conj).then_some(mention)
}

/// Who is named right before a comma.
fn named_before(reader: &Reader<'_>, comma: usize, person: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    if reader.tree.lower(comma) == "," { comma.checked_sub(1).and_then(person) } else { None }
}
