//! How contributions of several articles become one entity or statement: pure functions that do not see their order.

use super::sightings::{Qualifiers, Sightings};
use crate::model::{Casualties, Entity, Evidence, Name, Reading, Statement};
use crate::ontology::Ontology;
use crate::vocab::EntityType;
use crate::weigh;
use foldhash::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};

/// One entity of what articles say about it; how often they mention it is not counted.
///
/// A label known beforehand (the entity has identifiers elsewhere) wins over one met in text, then the one with most
/// mentions, the longest, the first in the alphabet. All other forms are aliases. Of values that differ, the one that
/// most articles give is kept.
pub(super) fn entity(sightings: &Sightings<Entity>) -> Entity {
    let weights = sightings.weights();
    let first = weights[0].0;
    let label = label(&weights);
    if weights.len() == 1 {
        return Entity { label, ..first.clone() };
    }
    let place = most(&weights, |e| e.lat.zip(e.lon).map(|(lat, lon)| (lat.to_bits(), lon.to_bits())));
    Entity {
        id: first.id.clone(),
        entity_type: most(&weights, |e| Some(e.entity_type)).unwrap_or(first.entity_type),
        kind: most(&weights, |e| e.kind.clone()),
        aliases: aliases(&weights, &label),
        label,
        named: weights.iter().any(|(e, ..)| e.named),
        country: most(&weights, |e| e.country.clone()),
        lat: place.map(|p| f64::from_bits(p.0)),
        lon: place.map(|p| f64::from_bits(p.1)),
        same_as: union(weights.iter().flat_map(|(e, ..)| &e.same_as)),
        mentions: 0,
    }
}

fn label(weights: &[(&Entity, usize, usize)]) -> String {
    let mut labels: BTreeMap<&str, (bool, usize)> = BTreeMap::new();
    for (e, articles, mentions) in weights {
        let weight = labels.entry(&e.label).or_default();
        weight.0 |= !e.same_as.is_empty();
        weight.1 += articles + mentions;
    }
    if labels.len() > 1 {
        labels.remove("");
    }
    let best = labels.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(a.len().cmp(&b.len())).then(b.cmp(a)));
    match best {
        Some((label, _)) if !label.is_empty() => label.to_owned(),
        _ => weights[0].0.id.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

fn aliases(weights: &[(&Entity, usize, usize)], label: &str) -> Vec<String> {
    let mut all: Vec<String> = union(weights.iter().flat_map(|(e, ..)| e.aliases.iter().chain([&e.label])));
    all.retain(|a| a != label && !a.is_empty());
    all
}

/// The value that most articles give, the smallest of equally common ones.
fn most<P, T: Ord>(weights: &[(&P, usize, usize)], get: impl Fn(&P) -> Option<T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for (p, articles, mentions) in weights {
        if let Some(value) = get(p) {
            *counts.entry(value).or_default() += articles + mentions;
        }
    }
    counts.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a))).map(|(value, _)| value)
}

fn union<'a, T: Ord + Clone + 'a>(items: impl Iterator<Item = &'a T>) -> Vec<T> {
    items.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

/// Sets a statement's qualifiers from those of its articles: weapons are united, casualties span all counts given, of the
/// rest the value that most articles give is kept.
pub(super) fn qualify(statement: &mut Statement, variants: &Sightings<Qualifiers>) {
    let weights = variants.weights();
    let merged = Qualifiers {
        weapon: union(weights.iter().flat_map(|(q, ..)| &q.weapon)),
        killed: casualties(weights.iter().filter_map(|(q, n, _)| Some((q.killed.as_deref()?, *n)))),
        injured: casualties(weights.iter().filter_map(|(q, n, _)| Some((q.injured.as_deref()?, *n)))),
        instrument_of: most(&weights, |q| q.instrument_of.clone()),
        content: most(&weights, |q| q.content.clone()),
        plover: most(&weights, |q| q.plover.clone()),
        about: most(&weights, |q| q.about.clone()),
    };
    merged.put(statement);
}

fn casualties<'a>(counts: impl Iterator<Item = (&'a Casualties, usize)>) -> Option<Box<Casualties>> {
    let counts: Vec<(&Casualties, usize, usize)> = counts.map(|(c, n)| (c, n, 0)).collect();
    counts.first()?;
    let open = counts.iter().any(|(c, ..)| c.max.is_none());
    Some(Box::new(Casualties {
        min: counts.iter().filter_map(|(c, ..)| c.min).min(),
        max: if open { None } else { counts.iter().filter_map(|(c, ..)| c.max).max() },
        who: most(&counts, |c| c.who.clone()),
        side: most(&counts, |c| c.side.clone()),
        cumulative: counts.iter().any(|(c, ..)| c.cumulative),
    }))
}

/// Brings a reading into the form that merging expects: no number that is none, symmetric statements with the smaller
/// id first, ids that follow from content, every entity that a statement names present, entities and statements once.
pub(super) fn normalize(reading: &mut Reading) {
    reading.entities.iter_mut().for_each(clean_entity);
    reading.statements.retain(|s| !s.evidence.is_empty());
    reading.statements.iter_mut().for_each(clean_statement);
    set_ids(&mut reading.statements);
    unite_statements(&mut reading.statements);
    share_quotes(&mut reading.statements);
    add_missing(reading);
    unite_entities(&mut reading.entities);
}

pub(super) fn clean_statement(s: &mut Statement) {
    s.evidence.iter_mut().for_each(|e| e.confidence = weigh::unit(e.confidence));
    turn_symmetric(s);
    sort_names(&mut s.weapon);
}

pub(super) fn clean_entity(e: &mut Entity) {
    let legal = |x: Option<f64>, most: f64| x.is_some_and(|x| x.is_finite() && x.abs() <= most);
    if !legal(e.lat, 90.0) || !legal(e.lon, 180.0) {
        (e.lat, e.lon) = (None, None);
    }
    let label = std::mem::take(&mut e.label);
    e.aliases.retain(|a| *a != label && !a.is_empty());
    e.aliases.sort();
    e.aliases.dedup();
    e.same_as.sort();
    e.same_as.dedup();
    e.label = label;
}

fn sort_names(names: &mut Vec<Name>) {
    names.sort();
    names.dedup();
}

fn turn_symmetric(s: &mut Statement) {
    let symmetric = |s: &Statement| Ontology::builtin().get(&s.predicate).is_some_and(|p| p.symmetric);
    if s.object < s.subject && symmetric(s) {
        std::mem::swap(&mut s.subject, &mut s.object);
        let swap = |e: &mut Evidence| std::mem::swap(&mut e.subject, &mut e.object);
        s.evidence.iter_mut().for_each(swap);
    }
}

fn set_ids(statements: &mut [Statement]) {
    let mut moved: HashMap<Name, Name> = HashMap::default();
    statements.iter_mut().for_each(|s| set_id(s, &mut moved));
    follow(&moved, statements.iter_mut().filter_map(|s| s.about.as_mut()));
}

/// What is about a statement that got another id follows it.
pub(super) fn follow<'a>(moved: &HashMap<Name, Name>, abouts: impl Iterator<Item = &'a mut Name>) {
    for about in abouts {
        if let Some(id) = moved.get(about) {
            *about = id.clone();
        }
    }
}

/// Sets the id that follows from the content; one that was another is noted.
pub(super) fn set_id(s: &mut Statement, moved: &mut HashMap<Name, Name>) {
    let id = s.content_id();
    if id != s.id {
        moved.insert(std::mem::replace(&mut s.id, id.clone()), id);
    }
}

/// Statements that are one become one; what only one of them can keep is that of the first in order of content.
fn unite_statements(statements: &mut Vec<Statement>) {
    statements.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| Qualifiers::of(a).cmp(&Qualifiers::of(b))));
    statements.dedup_by(|b, a| {
        let same = a.id == b.id;
        if same {
            let mut both = Sightings::default();
            both.push(0, 0, Qualifiers::of(a));
            both.push(1, 0, Qualifiers::of(b));
            qualify(a, &both);
            a.evidence.append(&mut b.evidence);
        }
        same
    });
}

fn unite_entities(entities: &mut Vec<Entity>) {
    entities.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.label.cmp(&b.label)).then(a.mentions.cmp(&b.mentions)));
    entities.dedup_by(|b, a| {
        let same = a.id == b.id;
        if same {
            let mut both = Sightings::default();
            for e in [&*a, &*b] {
                let mentions = u32::try_from(e.mentions).unwrap_or(u32::MAX);
                both.push(0, mentions, Entity { mentions: 0, ..e.clone() });
            }
            both.settle(a);
        }
        same
    });
}

/// An entity that only a statement names gets a node; while no article gives it a label, that is the end of its id.
fn add_missing(reading: &mut Reading) {
    let known: HashSet<Name> = reading.entities.iter().map(|e| e.id.clone()).collect();
    let named: BTreeSet<Name> = reading.statements.iter().flat_map(references).cloned().collect();
    reading.entities.extend(named.into_iter().filter(|id| !known.contains(id)).map(stub));
}

/// Every entity that a statement names: first its ends, then qualifiers and speakers.
pub(super) fn references(s: &Statement) -> impl Iterator<Item = &Name> {
    let sides = [&s.killed, &s.injured].into_iter().flatten().filter_map(|c| c.side.as_ref());
    [&s.subject, &s.object]
        .into_iter()
        .chain(&s.place)
        .chain(&s.instrument_of)
        .chain(&s.weapon)
        .chain(sides)
        .chain(s.evidence.iter().filter_map(|e| e.speaker.as_ref()))
}

/// The same, to be changed.
pub(super) fn references_mut(s: &mut Statement) -> impl Iterator<Item = &mut Name> {
    let sides = [&mut s.killed, &mut s.injured].into_iter().flatten().filter_map(|c| c.side.as_mut());
    [&mut s.subject, &mut s.object]
        .into_iter()
        .chain(&mut s.place)
        .chain(&mut s.instrument_of)
        .chain(&mut s.weapon)
        .chain(sides)
        .chain(s.evidence.iter_mut().filter_map(|e| e.speaker.as_mut()))
}

/// Every word of a statement that others are likely to have too: predicate, codes, rules and the words read.
pub(super) fn words_mut(s: &mut Statement) -> impl Iterator<Item = &mut Name> {
    let read = s.evidence.iter_mut().flat_map(|e| {
        let words = [Some(&mut e.trigger), e.subject.as_mut(), e.object.as_mut(), e.cue.as_mut()];
        std::iter::once(&mut e.rule).chain(words.into_iter().flatten().map(|q| &mut q.text))
    });
    let days = s.time.iter_mut().flat_map(|t| t.start.iter_mut().chain(&mut t.end));
    std::iter::once(&mut s.predicate).chain(&mut s.cameo).chain(&mut s.plover).chain(days).chain(read)
}

/// Statements read from one sentence share its text.
fn share_quotes(statements: &mut [Statement]) {
    let mut quotes: HashMap<(u32, u32), Name> = HashMap::default();
    for e in statements.iter_mut().flat_map(|s| &mut s.evidence) {
        let known = quotes.entry((e.start, e.end)).or_insert_with(|| e.quote.clone());
        if *known == e.quote {
            e.quote = known.clone();
        }
    }
}

pub(super) fn stub(id: Name) -> Entity {
    let slug = id.split('/').next().unwrap_or_default();
    let entity_type = EntityType::ALL.iter().copied().find(|t| t.slug() == slug).unwrap_or(EntityType::Organization);
    Entity {
        entity_type,
        kind: None,
        label: String::new(),
        aliases: Vec::new(),
        named: true,
        country: None,
        lat: None,
        lon: None,
        same_as: Vec::new(),
        mentions: 0,
        id,
    }
}

/// Renames entities wherever a reading names them.
pub(super) fn rename(reading: &mut Reading, ids: &BTreeMap<Name, Name>) {
    let one = |id: &mut Name| {
        if let Some(new) = ids.get(id) {
            *id = new.clone();
        }
    };
    reading.entities.iter_mut().for_each(|e| one(&mut e.id));
    reading.mentions.iter_mut().for_each(|m| one(&mut m.entity));
    reading.attributions.iter_mut().filter_map(|a| a.speaker.as_mut()).for_each(one);
    for s in &mut reading.statements {
        references_mut(s).for_each(one);
    }
}
