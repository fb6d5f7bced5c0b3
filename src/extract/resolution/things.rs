//! Names of states, places, organizations and weapons: which of the senses of a name is meant, and what a name is that no table
//! knows. It leaves people to `people` and phrases built from several names to `bodies`.

use super::Form;
use super::lookup::Sense;
use super::people::{names_ground, title_case};
use super::reader::Reader;
use super::registry::{New, slug};
use super::repeats::is_acronym;
use super::spots::Spot;
use crate::model::{Name, TokenRange};
use crate::seeds::reference::{Mark, Place};
use crate::seeds::{Closed, Known, KnownId, Sense as SenseForm};
use crate::vocab::{Deprel, EntityType, NameType, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the names that people and bodies left.
pub(super) fn read(reader: &mut Reader<'_>) {
    for number in 0..reader.spots.len() {
        let spot = reader.spots[number].clone();
        if spot.tokens.range().all(|t| reader.at[t].is_none()) {
            read_spot(reader, &spot);
        } else {
            for inner in &spot.inner {
                if inner.tokens.range().all(|t| reader.at[t].is_none()) {
                    read_spot(reader, inner);
                }
            }
        }
    }
    acronyms(reader);
}

fn read_spot(reader: &mut Reader<'_>, spot: &Spot) {
    let head = reader.tree.head_of(spot.tokens);
    if is_in_title(reader, spot) {
        return;
    }
    if let Some(entity) = warship(reader, spot) {
        reader.mention(spot.tokens, head, vec![entity], Form::Name, 0.9);
        return;
    }
    if let Some(entity) = public_body(reader, spot, head) {
        reader.mention(spot.tokens, head, vec![entity], Form::Name, 0.75);
        return;
    }
    if let Some(entity) = namesake(reader, spot) {
        reader.mention(spot.tokens, head, vec![entity], Form::Name, 0.85);
        return;
    }
    if let Some(sense) = choose(reader, spot, head) {
        return read_sense(reader, spot, head, sense);
    }
    // "University of Leeds" is no name of Leeds.
    let house = spot.tag == Some(NameType::Org);
    if let Some(place) = named_with_noun(reader, spot).filter(|_| !house) {
        let entity = reader.registry.known(place);
        reader.mention(spot.tokens, head, vec![entity], Form::Name, 0.85);
        return;
    }
    let entity = match spot.tag {
        Some(NameType::Org) => organization(reader, spot.tokens),
        Some(NameType::Loc) if is_generic(reader, spot.tokens) => return,
        Some(NameType::Loc) => place(reader, spot.tokens, head),
        Some(NameType::Per) if names_ground(reader, spot) => place(reader, spot.tokens, head),
        Some(NameType::Norp) if reader.tree.is_plural(head) => people(reader, spot.tokens, None),
        _ => {
            // What the recognizer has no type for may still hold a name: "the Armenian genocide".
            for inner in spot.inner.clone() {
                read_spot(reader, &inner);
            }
            return;
        }
    };
    reader.mention(spot.tokens, head, vec![entity], Form::Name, 0.6 + 0.3 * f64::from(spot.score.clamp(0.0, 1.0)));
}

/// "The Ministry of Health said", "the Supreme Court": a body that every state has is that of the state that the text is about.
fn public_body(reader: &mut Reader<'_>, spot: &Spot, head: usize) -> Option<usize> {
    let words = reader.tree.lower_words(spot.tokens);
    reader.reference.body(&words)?;
    let capital = spot.tokens.range().all(|t| reader.tree.is_capital(t) || !reader.tree.is_nominal(t));
    if !capital || spot.tag == Some(NameType::Per) || spot.senses.iter().any(|s| !s.weak) || is_placed(reader, spot) {
        return None;
    }
    // "the Security Council" is first of all that of a union of states.
    if spot.senses.iter().any(|s| reader.lookup.names.known(s.entry).kind == UNION) {
        return None;
    }
    let home = reader.countries.home(reader.lookup.names);
    let state = match topic(reader, head) {
        Some(topic) => reporting(reader, head, topic).unwrap_or(topic),
        None => home?,
    };
    let kind = org_kind(reader, spot.tokens)?;
    let state = reader.registry.known(state);
    Some(reader.body(state, &words, &kind))
}

/// The kind of unions of states.
const UNION: &str = "igo";

/// "the Ministry of Health in Gaza": it says itself where it is.
fn is_placed(reader: &Reader<'_>, spot: &Spot) -> bool {
    let end = spot.tokens.end;
    let sentence = reader.tree.sentence(spot.tokens.start);
    let name = reader.spot_starting_at(end + 1).is_some_and(|s| sentence.contains(s.tokens.start));
    sentence.contains(end) && reader.tree.is(end, Closed::NameLink) && name
}

/// "BAKU – Armenian forces shelled Ganja, *the Ministry* said": the state from where the article reports, where the sentence says of
/// another what it did.
fn reporting(reader: &Reader<'_>, token: usize, other: KnownId) -> Option<KnownId> {
    let sentence = reader.tree.sentence(token);
    let says = reader.tree.role(token) == Deprel::Nsubj && senses(reader, sentence).any(|s| s.entry == other);
    reader.countries.home(reader.lookup.names).filter(|_| says)
}

/// The state that a text is about, else the only one that the sentence and the one before name.
fn topic(reader: &Reader<'_>, token: usize) -> Option<KnownId> {
    if let Some(state) = reader.countries.topic() {
        return Some(state);
    }
    let number = reader.tree.doc.sentence_of(token);
    let start = reader.tree.doc.sentences[number.saturating_sub(1)].tokens.start;
    let near = TokenRange::new(start, reader.tree.sentence(token).end);
    let mut states = senses(reader, near).filter(|s| s.sort == EntityType::State && !s.weak).map(|s| s.entry);
    let only = states.next()?;
    states.all(|s| s == only).then_some(only)
}

/// What the names that begin in a stretch of text, and those within them, may mean.
fn senses<'r>(reader: &'r Reader<'_>, within: TokenRange) -> impl Iterator<Item = &'r Sense> {
    let first = reader.spots.partition_point(|s| s.tokens.start < within.start);
    let here = reader.spots[first..].iter().take_while(move |s| s.tokens.start < within.end);
    here.flat_map(|s| std::iter::once(s).chain(&s.inner)).flat_map(|s| &s.senses)
}

/// "HMS Daring": a ship that no table knows.
fn warship(reader: &mut Reader<'_>, spot: &Spot) -> Option<usize> {
    let start = spot.tokens.start;
    let prefixed =
        spot.tokens.len() > 1 && reader.tree.is(start, Closed::Ship) && is_acronym(reader.tree.doc.word(start));
    if !prefixed || !spot.senses.is_empty() {
        return None;
    }
    let label = title_case(reader.tree.doc.words(spot.tokens));
    let kind = Some(Name::from("ship"));
    let entity_type = EntityType::WeaponSystem;
    Some(reader.registry.add(New { entity_type, kind, label: &label, slug: None, named: true, country: None }))
}

/// "Labour Minister": what is only a word of a title names no party.
fn is_in_title(reader: &Reader<'_>, spot: &Spot) -> bool {
    let title = reader.title_over(spot.tokens.start).map(|t| reader.titles[t].tokens);
    let weak = spot.senses.iter().all(|s| s.weak && s.sort == EntityType::Organization);
    !spot.senses.is_empty() && weak && title.is_some_and(|t| t.len() > spot.tokens.len() && t.end >= spot.tokens.end)
}

fn read_sense(reader: &mut Reader<'_>, spot: &Spot, head: usize, sense: Sense) {
    let demonym = super::bodies::is_demonym(sense.form);
    if demonym && is_a_people(reader, spot.tokens.start) {
        return;
    }
    let entity = reader.registry.known(sense.entry);
    match some_of_a_people(reader, head) {
        Some(_) if reader.tree.is_plural(head) => {
            let country = reader.registry.entities[entity].country.clone();
            let people = people(reader, spot.tokens, country);
            reader.registry.info[people].owner = Some(entity);
            reader.mention(spot.tokens, head, vec![people], Form::Name, 0.9);
            return;
        }
        // "a Palestinian" is nobody by name.
        Some(_) => return,
        None => {}
    }
    if sense.sort == EntityType::Organization {
        return read_organization(reader, spot, head, sense, entity);
    }
    let form = if demonym { Form::Demonym } else { Form::Name };
    reader.mention(spot.tokens, head, vec![entity], form, if sense.weak { 0.7 } else { 0.95 });
}

/// An organization of the tables; where its name holds the name of what it is part of, that is stated.
fn read_organization(reader: &mut Reader<'_>, spot: &Spot, head: usize, sense: Sense, entity: usize) {
    let mention = reader.mention(spot.tokens, head, vec![entity], Form::Name, if sense.weak { 0.7 } else { 0.95 });
    let names = reader.lookup.names;
    let Some(parent) = names.find(names.known(sense.entry).parent) else { return };
    let owner = reader.registry.known(parent);
    let repeated = reader.stated(entity);
    reader.registry.own(entity, owner);
    if let Some(tokens) = named_within(reader, spot.tokens, parent).filter(|_| !repeated) {
        reader.fact("partOf/name", "partOf", mention, owner, tokens, tokens, 0.9);
    }
}

/// Where an entity of the tables is named within a longer name.
fn named_within(reader: &Reader<'_>, tokens: TokenRange, entry: crate::seeds::KnownId) -> Option<TokenRange> {
    let whole = |t: usize, end: usize| t == tokens.start && end == tokens.end;
    tokens.range().find_map(|t| {
        (t + 1..=tokens.end.min(t + 4)).rev().filter(|&end| !whole(t, end)).find_map(|end| {
            let (found, senses) = reader.lookup.longest(&reader.tree, t, end)?;
            senses.iter().any(|s| s.entry == entry).then_some(found)
        })
    })
}

/// "ethnic Armenians", "Russian-speaking": not the state.
fn is_a_people(reader: &Reader<'_>, start: usize) -> bool {
    start > 0
        && reader.tree.sentence(start).contains(start - 1)
        && reader.reference.mark(reader.tree.lower(start - 1)) == Some(Mark::Ethnic)
}

/// The state of which a noun means some of the people, and not the state: "three Israelis", "millions of Americans", "arrested
/// Russians".
pub(super) fn some_of_a_people(reader: &Reader<'_>, noun: usize) -> Option<KnownId> {
    let tree = &reader.tree;
    let spot = reader.spot_at(noun).filter(|s| s.tokens.len() == 1 && !s.senses.is_empty())?;
    let state = spot.senses.iter().all(|s| super::bodies::is_demonym(s.form)).then(|| spot.senses[0].entry)?;
    let plural = tree.is_plural(noun);
    let counted = tree.child(noun, Deprel::Nummod).is_some();
    let one = || super::descriptions::determiner(reader, noun) == Some(Mark::Indefinite);
    let definite = tree.child(noun, Deprel::Det).is_some() && !one();
    let alone = tree.conjuncts(noun).len() == 1;
    let object = match tree.rel(noun) {
        Deprel::Obj | Deprel::NsubjPass => true,
        Deprel::Nmod => tree.has_preposition(noun, Closed::Genitive),
        Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodDesc | Deprel::Appos => return None,
        _ => false,
    };
    let some = counted || !definite && alone && (object || tree.child(noun, Deprel::Amod).is_some());
    (if plural { some } else { one() && tree.rel(noun) != Deprel::Nmod }).then_some(state)
}

/// The sense that the recognizer's tag, the name's place in the sentence and the countries spoken of point to.
fn choose(reader: &Reader<'_>, spot: &Spot, head: usize) -> Option<Sense> {
    if let Some(region) = region_of_town(reader, spot) {
        return Some(region);
    }
    let kind = |s: &Sense| s.sort;
    let state = pick(spot, |s| kind(s) == EntityType::State && !is_seat(s));
    let organization = pick_body(reader, spot);
    let weapon = pick(spot, |s| kind(s) == EntityType::WeaponSystem);
    let seat = pick(spot, |s| kind(s) == EntityType::State && is_seat(s));
    let place = best_place(reader, spot);
    let by_role = match (seat, place) {
        (Some(seat), Some(place)) => Some(if acts(reader, head) { seat } else { place }),
        (seat, place) => seat.or(place),
    };
    if weapon.is_some() && stands_before_weapon(reader, spot) {
        return weapon;
    }
    let sure = weapon.filter(|w| !w.weak);
    match spot.tag {
        Some(NameType::Per) => state.or(by_role).or(organization).or(sure),
        Some(NameType::Org) => organization.or(state).or(by_role).or(weapon),
        Some(NameType::Loc) => state.or(by_role).or(organization).or(sure),
        Some(NameType::Norp) => state.or(organization).or(place.filter(|p| is_of_a_region(reader, p))),
        Some(NameType::Misc) => weapon.or(state).or(organization).or(by_role),
        None => state
            .or(organization)
            .or(weapon)
            .or(by_role.filter(|s| s.sort != EntityType::Place || is_in_play(reader, spot, s))),
    }
}

/// "African": the adjective of a region of the world.
fn is_of_a_region(reader: &Reader<'_>, sense: &Sense) -> bool {
    super::bodies::is_demonym(sense.form) && is_world_region(reader, sense)
}

fn is_world_region(reader: &Reader<'_>, sense: &Sense) -> bool {
    let names = reader.lookup.names;
    names.world_region(&names.known(sense.entry).id).is_some()
}

/// "*Tomahawk* cruise missiles".
fn stands_before_weapon(reader: &Reader<'_>, spot: &Spot) -> bool {
    let next = reader
        .spot_starting_at(spot.tokens.end)
        .filter(|n| reader.tree.sentence(spot.tokens.start).contains(n.tokens.start));
    next.is_some_and(|n| n.senses.iter().any(|s| s.sort == EntityType::WeaponSystem))
}

/// Whether a place that the recognizer did not see is likely: its name has several words, its country is spoken of, or it is a
/// metropolis.
fn is_in_play(reader: &Reader<'_>, spot: &Spot, sense: &Sense) -> bool {
    if spot.tokens.len() > 1 && !is_world_region(reader, sense) {
        return true;
    }
    let known = reader.lookup.names.known(sense.entry);
    reader.countries.named(known.country) > 0 || known.population > 1_000_000 || is_of_a_region(reader, sense)
}

/// The first strong sense of some sort, else the first weak one.
fn pick(spot: &Spot, wanted: impl Fn(&Sense) -> bool) -> Option<Sense> {
    let mut senses: Vec<Sense> = spot.senses.iter().copied().filter(|s| wanted(s)).collect();
    senses.sort_by_key(|s| s.weak);
    senses.first().copied()
}

/// Of several organizations of one name: a strong sense before a weak one, then that of a country that the text speaks of most.
pub(super) fn pick_body(reader: &Reader<'_>, spot: &Spot) -> Option<Sense> {
    let context = |s: &Sense| reader.countries.meant(reader.lookup.names.known(s.entry).country);
    let bodies =
        spot.senses.iter().copied().filter(|s| s.sort == EntityType::Organization && is_of_this_country(reader, s));
    bodies.min_by_key(|s| (s.weak, std::cmp::Reverse(context(s)), s.rank))
}

/// "the Labour Party": what many countries have under one name is none of a country that the text leaves out, where it speaks of
/// others.
fn is_of_this_country(reader: &Reader<'_>, sense: &Sense) -> bool {
    let known = reader.lookup.names.known(sense.entry);
    !(sense.weak && is_national(known.kind) && !known.country.is_empty())
        || reader.countries.is_empty()
        || reader.countries.speak_of(known.country)
}

/// Kinds of body that every country has.
fn is_national(kind: &str) -> bool {
    matches!(
        kind,
        "party" | "legislature" | "ministry" | "court" | "armed-force" | "police" | "agency" | "intelligence"
    )
}

/// Whether a state is named by where its government sits.
fn is_seat(sense: &Sense) -> bool {
    matches!(sense.form, SenseForm::Capital | SenseForm::Metonym)
}

/// Of several places of one name: the one in a country that stands beside it or that the text speaks of, then the largest.
fn best_place(reader: &Reader<'_>, spot: &Spot) -> Option<Sense> {
    let places = || spot.senses.iter().copied().filter(|s| s.sort == EntityType::Place);
    let city = places().any(|p| is_city(reader, &p));
    let capital = spot.senses.iter().any(|s| s.form == SenseForm::Capital);
    let beside = sites_beside(reader, spot.tokens);
    let rank = |s: &Sense| {
        let known = reader.lookup.names.known(s.entry);
        let named_beside = beside.iter().map(|site| site.fit(&known)).max();
        let (named, meant) = (reader.countries.named(known.country), reader.countries.meant(known.country));
        // "Puno" is the city of that name rather than Pune by another, and a capital's name is first of all the capital's.
        let own = s.form == SenseForm::Label;
        let population = if city && !own { 0 } else { known.population.min(5_000_000) as usize };
        let spoken_of = named.min(20) * 100_000 + meant.min(10) * 20_000 + population / 10;
        (named_beside, own || !capital, spoken_of, std::cmp::Reverse(s.rank))
    };
    places().max_by_key(rank)
}

/// Whether a place of some size bears a name as its own.
fn is_city(reader: &Reader<'_>, sense: &Sense) -> bool {
    sense.form == SenseForm::Label && reader.lookup.names.known(sense.entry).population >= CITY
}

/// Inhabitants from which a city is known beyond its country.
const CITY: u64 = 100_000;

/// A state or first-level region named beside a place.
struct Beside<'n> {
    label: &'n str,
    country: &'n str,
    region: bool,
}

impl Beside<'_> {
    /// How well a place of the tables lies there: 2 in the region, 1 in the country, 0 not.
    fn fit(&self, place: &Known<'_>) -> u8 {
        match (self.region && place.region == self.label, place.country == self.country) {
            (true, true) => 2,
            (_, same) => u8::from(same),
        }
    }
}

/// "Barda, Azerbaijan", "Azerbaijan's Barda", "Oxford in central Massachusetts": where a place is said to lie, each reading.
fn sites_beside<'n>(reader: &Reader<'n>, tokens: TokenRange) -> Vec<Beside<'n>> {
    let owner = tokens.start.checked_sub(1).filter(|&t| crate::extract::tree::is_possessive_mark(reader.tree.lower(t)));
    let spot = after_link(reader, tokens).or_else(|| owner.and_then(|t| reader.spot_ending_at(t)));
    let senses = spot.map(|s| &s.senses[..]).unwrap_or_default();
    let known = senses.iter().map(|s| (s, reader.lookup.names.known(s.entry)));
    let sites = known.filter(|(s, k)| s.sort == EntityType::State && !is_seat(s) || k.kind == "region");
    sites.map(|(s, k)| Beside { label: k.label, country: k.country, region: s.sort == EntityType::Place }).collect()
}

/// The name after a comma or "in", and words for a direction.
fn after_link<'r>(reader: &'r Reader<'_>, tokens: TokenRange) -> Option<&'r Spot> {
    let end = reader.tree.sentence(tokens.start).end;
    let link = tokens.end < end && is_site_link(reader, tokens.end);
    let direction = |t: &usize| reader.reference.mark(reader.tree.lower(*t)) == Some(Mark::Filler);
    let name = (tokens.end + 1..end).find(|t| !direction(t)).filter(|_| link)?;
    reader.spot_starting_at(name).filter(|s| s.tokens.start == name)
}

/// A comma or "in" between a place and what it lies in.
fn is_site_link(reader: &Reader<'_>, token: usize) -> bool {
    let word = reader.tree.lower(token);
    word == "," || reader.reference.mark(word) == Some(Mark::Within)
}

/// "Moscow, Idaho": a town that only shares its name with those of the tables.
fn namesake(reader: &mut Reader<'_>, spot: &Spot) -> Option<usize> {
    let site = after_link(reader, spot.tokens)?;
    let end = site.tokens.end;
    let listed =
        reader.tree.rel(reader.tree.head_of(site.tokens)) == Deprel::Conj || reader.tree.is(end, Closed::Coordinator);
    let town = |s: &Sense| s.sort == EntityType::Place && !is_world_region(reader, s);
    let towns = spot.senses.iter().all(|s| town(s) || s.sort == EntityType::State && is_seat(s));
    if listed || spot.senses.is_empty() || !towns {
        return None;
    }
    let sites = sites_beside(reader, spot.tokens);
    let names = reader.lookup.names;
    let elsewhere = |s: &Sense| sites.iter().all(|site| site.fit(&names.known(s.entry)) == 0);
    let region = sites.iter().find(|s| s.region).filter(|_| spot.senses.iter().all(elsewhere))?;
    let label = title_case(reader.tree.doc.words(spot.tokens));
    let slug = Some(slug(&format!("{label} {}", region.label)));
    let country = Some(Name::from(region.country));
    let kind = Some(Name::from("city"));
    Some(reader.registry.add(New { entity_type: EntityType::Place, kind, label: &label, slug, named: true, country }))
}

/// "Atlanta, Georgia": the region, not the state of its name, where the town before it lies there.
fn region_of_town(reader: &Reader<'_>, spot: &Spot) -> Option<Sense> {
    let names = reader.lookup.names;
    let region = pick(spot, |s| s.sort == EntityType::Place && names.known(s.entry).kind == "region")?;
    let state = pick(spot, |s| s.sort == EntityType::State)?;
    let link = spot.tokens.start.checked_sub(1).filter(|&t| is_site_link(reader, t))?;
    let town = reader.spot_ending_at(link)?;
    let (region_of, state_of) = (names.known(region.entry), names.known(state.entry));
    let towns = || town.senses.iter().map(|s| names.known(s.entry));
    let here = towns().any(|t| t.region == region_of.label && t.country == region_of.country);
    (here && towns().all(|t| t.country != state_of.country)).then_some(region)
}

/// Whether a capital's name stands for the government: by its preposition, its verb or what it owns.
fn acts(reader: &Reader<'_>, head: usize) -> bool {
    let tree = &reader.tree;
    let first = tree.first_conjunct(head);
    let case = tree
        .case(head)
        .or_else(|| tree.case(first))
        .filter(|&c| !crate::extract::tree::is_possessive_mark(tree.lower(c)));
    let governor = tree.head(first);
    let lemma = governor.map(|g| tree.lemma(g)).unwrap_or_default();
    let asked = |place, word: &str| reader.reference.acts(place, word);
    match tree.rel(first) {
        Deprel::Nsubj => asked(Place::Subject, lemma).unwrap_or(governor.is_some_and(|g| tree.upos(g) == Upos::Verb)),
        Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj => asked(Place::Object, lemma).unwrap_or(false),
        Deprel::NmodPoss => asked(Place::Owner, lemma).unwrap_or(governor.is_some_and(|g| !names_place(reader, g))),
        Deprel::Compound => asked(Place::Owner, lemma).unwrap_or(false),
        Deprel::OblAgent => true,
        _ => case.and_then(|c| asked(Place::Preposition, tree.lower(c))).unwrap_or(false),
    }
}

fn names_place(reader: &Reader<'_>, noun: usize) -> bool {
    reader.lookup.place(&[reader.tree.lower(noun)]).is_some()
        || reader.spot_at(noun).is_some_and(|s| s.tag == Some(NameType::Loc))
}

/// "Kocaeli province", "Barda city": a known place whose name the recognizer took together with its noun.
fn named_with_noun(reader: &Reader<'_>, spot: &Spot) -> Option<KnownId> {
    let inner = spot.inner.iter().find(|i| {
        let rest: Vec<usize> = spot.tokens.range().filter(|t| !i.tokens.contains(*t)).collect();
        rest.iter()
            .all(|&t| reader.tree.is(t, Closed::Genitive) || reader.lookup.place(&[reader.tree.lower(t)]).is_some())
    })?;
    best_place(reader, inner).map(|s| s.entry)
}

/// An organization that no table knows.
pub(super) fn organization(reader: &mut Reader<'_>, tokens: TokenRange) -> usize {
    let label = title_case(reader.tree.doc.words(tokens));
    let kind = org_kind(reader, tokens);
    let kind = kind.filter(|k| &**k != "government");
    let country = foreign_namesake(reader, &label);
    let slug = country.as_ref().map(|c| slug(&format!("{label} {c}")));
    reader.registry.add(New { entity_type: EntityType::Organization, kind, label: &label, slug, named: true, country })
}

/// The country that a text is about, where what the tables know by a name is another country's: the Labour Party of Kenya.
fn foreign_namesake(reader: &Reader<'_>, label: &str) -> Option<Name> {
    let names = reader.lookup.names;
    let known = names.known(names.find(&format!("organization/{}", slug(label)))?);
    let here = Name::from(names.known(reader.countries.topic()?).country);
    let elsewhere = !known.country.is_empty() && !reader.countries.speak_of(known.country);
    (is_national(known.kind) && elsewhere && !here.is_empty()).then_some(here)
}

fn org_kind(reader: &Reader<'_>, tokens: TokenRange) -> Option<Name> {
    let before_of = tokens.range().find(|&t| reader.tree.is(t, Closed::NameLink)).unwrap_or(tokens.end);
    let words: Vec<&str> = (tokens.start..before_of).map(|t| reader.tree.lower(t)).collect();
    reader.lookup.organization(&words).first().map(|n| Name::from(&*n.head.kind))
}

/// "the Kingdom", "the Republic": a noun for a sort of place or body with a capital, which names none.
fn is_generic(reader: &Reader<'_>, tokens: TokenRange) -> bool {
    let words: Vec<&str> = tokens.range().map(|t| reader.tree.lower(t)).collect();
    let place = reader.lookup.place(&words).is_some_and(|n| n.length == words.len());
    place || reader.lookup.organization(&words).first().is_some_and(|n| n.length == words.len())
}

/// A place that no table knows.
pub(super) fn place(reader: &mut Reader<'_>, tokens: TokenRange, head: usize) -> usize {
    let label = title_case(reader.tree.doc.words(tokens));
    let words: Vec<&str> = tokens.range().map(|t| reader.tree.lower(t)).collect();
    let within =
        reader.lookup.place(&words).or_else(|| reader.lookup.place(&words[..1])).map(|n| Name::from(&*n.head.kind));
    // "the village of X", "X village"
    let noun = reader.tree.head(head).map(|h| reader.tree.lower(h));
    let kind = within.or_else(|| noun.and_then(|n| reader.lookup.place(&[n])).map(|n| Name::from(&*n.head.kind)));
    reader.registry.add(New {
        entity_type: EntityType::Place,
        kind,
        label: &label,
        slug: None,
        named: true,
        country: None,
    })
}

/// The kind of a people, a faith or a political group.
pub(super) const PEOPLE: &str = "community";

/// A people, faith or political group: "Kurds"; of a state, some of its people: "three Israelis".
fn people(reader: &mut Reader<'_>, tokens: TokenRange, country: Option<Name>) -> usize {
    let label = title_case(reader.tree.doc.words(tokens));
    let kind = Some(Name::from(PEOPLE));
    let entity = reader.registry.add(New {
        entity_type: EntityType::Organization,
        kind,
        label: &label,
        slug: None,
        named: true,
        country,
    });
    reader.registry.info[entity].plural = true;
    entity
}

/// The entity that a spot names where it owns a body: the state, organization or place.
pub(super) fn owner(reader: &mut Reader<'_>, spot: &Spot, head: usize) -> Option<usize> {
    // "the Obama administration" is no body of a town in Japan.
    let person =
        spot.tag == Some(NameType::Per) && !spot.senses.iter().any(|s| s.sort == EntityType::State && !is_seat(s));
    if person || !spot.senses.is_empty() && spot.senses.iter().all(|s| s.sort == EntityType::Person) {
        return led_by(reader, spot.tokens, &spot.senses, head);
    }
    let site = reader.reference.acts(Place::Owner, reader.tree.lower(head)) == Some(false);
    let kind = |s: &Sense| s.sort;
    let state = pick(spot, |s| kind(s) == EntityType::State && !(site && is_seat(s)));
    let organization = pick_body(reader, spot);
    if let Some(sense) = state.or(organization) {
        return Some(reader.registry.known(sense.entry));
    }
    if let Some(sense) = best_place(reader, spot) {
        return Some(reader.registry.known(sense.entry));
    }
    match spot.tag? {
        NameType::Org => Some(self::organization(reader, spot.tokens)),
        NameType::Loc if is_generic(reader, spot.tokens) => None,
        NameType::Loc => Some(place(reader, spot.tokens, spot.tokens.end - 1)),
        _ => None,
    }
}

/// "the Merkel government": the state that whoever of the tables is called so leads or led, where that is one. The name may be one
/// that the recognizer missed, or a surname that several have.
pub(super) fn led_by(reader: &mut Reader<'_>, name: TokenRange, senses: &[Sense], head: usize) -> Option<usize> {
    if !reader.reference.is_state(reader.tree.lower(head)) {
        return None;
    }
    let names = reader.lookup.names;
    let mut people: Vec<_> = senses.iter().filter(|s| s.sort == EntityType::Person).map(|s| s.entry).collect();
    if people.is_empty() && reader.tree.is_capital(name.start) {
        people.extend(reader.lookup.by_surname(reader.tree.doc.words(name)));
    }
    let ids = people.into_iter().map(|p| names.known(p).id);
    let offices = ids.flat_map(|id| names.offices(&id).map(|o| o.body.clone()).collect::<Vec<_>>());
    let mut states: Vec<_> = offices.filter_map(|body| names.find(&body)).collect();
    states.retain(|s| names.known(*s).entity_type == EntityType::State);
    states.dedup();
    match states[..] {
        [state] => Some(reader.registry.known(state)),
        _ => None,
    }
}

/// "the Rapid Support Forces (RSF)", "the Free Aceh Movement (GAM)": a short name in brackets joins the long one, here and wherever it
/// is used.
fn acronyms(reader: &mut Reader<'_>) {
    let mut join: BTreeMap<usize, usize> = BTreeMap::new();
    for number in 0..reader.mentions.len() {
        let m = &reader.mentions[number];
        let bracket = m.tokens.start.checked_sub(2).filter(|&t| {
            matches!(reader.tree.doc.word(m.tokens.start - 1), "(" | "[")
                && reader.at[t].is_some()
                && m.tokens.len() <= 2
        });
        let closed = m.tokens.end < reader.tree.len() && matches!(reader.tree.doc.word(m.tokens.end), ")" | "]");
        if let (Some(before), true) = (bracket, closed) {
            let (Some(long), Some(short)) = (reader.entity_at(before), m.entities.first().copied()) else { continue };
            if long != short && is_short_of(reader, short, long) {
                join.insert(short, long);
            } else if long != short && is_spelled_out(reader, short, long) {
                let variant = is_variant(reader, short, long);
                if variant || is_only_called(reader, short, reader.tree.doc.word(m.tokens.start)) {
                    let (other, kept) = if variant { (long, short) } else { (short, long) };
                    join.insert(other, kept);
                }
            }
        }
    }
    for (short, long) in spelled_before(reader) {
        if !join.contains_key(&long) {
            join.entry(short).or_insert(long);
        }
    }
    for mention in &mut reader.mentions {
        for entity in &mut mention.entities {
            if let Some(&kept) = join.get(entity) {
                *entity = kept;
                mention.entity_type = reader.registry.entities[kept].entity_type;
            }
        }
    }
    for (other, kept) in join {
        let label = reader.registry.entities[other].label.clone();
        reader.registry.alias(kept, &label);
    }
}

/// "the Election Commission … the EC": bodies called by letters alone, with the one body named before that has these initials.
fn spelled_before(reader: &Reader<'_>) -> Vec<(usize, usize)> {
    let mut long: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut out: BTreeMap<usize, usize> = BTreeMap::new();
    let names = reader.mentions.iter().filter(|m| m.form == Form::Name && m.entity_type == EntityType::Organization);
    for m in names {
        let (&[entity], words) = (&m.entities[..], reader.tree.doc.words(m.tokens)) else { continue };
        if m.tokens.len() > 1 {
            long.entry(initials(words)).or_default().insert(entity);
        } else if is_acronym(words) && !out.contains_key(&entity) {
            let mut bodies = long.get(words).into_iter().flatten().filter(|&&e| e != entity);
            let one = bodies.next().filter(|_| bodies.next().is_none() && is_only_called(reader, entity, words));
            out.extend(one.map(|&long| (entity, long)));
        }
    }
    out.into_iter().collect()
}

/// The first letters of the words of a name that have a capital.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect()
}

/// Whether a name that no table has is the long form that a text gives for an acronym that one has.
fn is_spelled_out(reader: &Reader<'_>, short: usize, long: usize) -> bool {
    let known = |e: usize| reader.registry.info[e].known.is_some();
    let body = |e: usize| reader.registry.entity_type(e) == EntityType::Organization;
    let entity = &reader.registry.entities[short];
    known(short)
        && !known(long)
        && body(short)
        && body(long)
        && entity.aliases.contains(&initials(&reader.registry.entities[long].label))
}

/// "the Sudanese People's Liberation Army (SPLA)" is the one of the tables in other words, "the United Democratic Alliance (UDA)" is
/// not their Ulster Defence Association: whether each longer word begins as one of the other's does.
fn is_variant(reader: &Reader<'_>, known: usize, long: usize) -> bool {
    let words = |e: usize| slug(&reader.registry.entities[e].label);
    let (known, long) = (words(known), words(long));
    let alike = |stem: &str| known.split('-').any(|w| w.starts_with(stem));
    long.split('-').filter_map(|w| w.get(..STEM)).all(alike)
}

/// Letters by which words are compared; shorter ones say little.
const STEM: usize = 4;

/// Whether a text calls an entity by one word alone.
fn is_only_called(reader: &Reader<'_>, entity: usize, word: &str) -> bool {
    let of = reader.mentions.iter().filter(|m| m.entities.contains(&entity));
    of.map(|m| m.tokens).all(|t| reader.tree.doc.words(t) == word)
}

/// Whether a name can be the acronym of another: its letters are among the other's initials or letters, in order.
fn is_short_of(reader: &Reader<'_>, short: usize, long: usize) -> bool {
    let known = |e: usize| reader.registry.info[e].known.is_some();
    if known(short) || reader.registry.entity_type(long) != EntityType::Organization {
        return false;
    }
    let short = slug(&reader.registry.entities[short].label).replace('-', "");
    let long = slug(&reader.registry.entities[long].label);
    if short.len() < 2 || short.len() >= long.len() {
        return false;
    }
    let mut letters = long.chars();
    // Acronyms of names in other languages share no letters with the English name: capitals in brackets are enough.
    short.chars().all(|c| letters.any(|l| l == c)) || short.len() <= 6
}
