//! Names of people: parts and spellings compared, so that one person's names join and two people's stay apart.

use super::Form;
use super::lookup::Sense;
use super::reader::{Reader, TitleHit};
use super::registry::{New, ascii, slug};
use super::spots::Spot;
use crate::model::TokenRange;
use crate::seeds::{Closed, Gender, KnownId, Reference, Sense as Form_};
use crate::vocab::{Deprel, EntityType, NameType, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// A person's name where it stands.
#[derive(Debug)]
struct Found {
    tokens: TokenRange,
    name: PersonName,
    /// The tables' person of exactly that name.
    known: Option<KnownId>,
    /// Those of the tables who are called so for short.
    short: Vec<KnownId>,
    /// The title before it.
    title: Option<usize>,
    /// The role that the title gives.
    role: Option<String>,
    /// What the title, the tables or the given name says.
    gender: Option<Gender>,
}

/// All that names one person in a document.
#[derive(Debug)]
struct Cluster {
    name: PersonName,
    known: Option<KnownId>,
    gender: Option<Gender>,
    /// The roles that titles give.
    roles: BTreeSet<String>,
    /// Indices into what was found.
    members: Vec<usize>,
    /// Whether a part of the name alone stood for it before.
    called: bool,
}

/// Finds people's names and joins those of one person: full names first, then surnames and given names to the last full
/// name that they fit, before them or, for a headline's sake, after.
pub(super) fn read(reader: &mut Reader<'_>) {
    let found = find(reader);
    let mut people = People::default();
    let single = |f: &Found| f.name.is_single() && f.known.is_none();
    for (i, f) in found.iter().enumerate().filter(|(_, f)| !single(f)) {
        people.add_full(i, f);
    }
    for (i, f) in found.iter().enumerate().filter(|(_, f)| single(f)) {
        let titled = f.title.and_then(|_| office_holder(reader, f));
        people.add_short(i, f, titled, || well_known(reader, f));
    }
    for cluster in &people.clusters {
        mention(reader, &found, cluster);
    }
}

/// The people of a document, found again by any part of their names.
#[derive(Debug, Default)]
struct People {
    clusters: Vec<Cluster>,
    by_part: BTreeMap<String, Vec<usize>>,
}

impl People {
    fn add_full(&mut self, index: usize, found: &Found) {
        let same = self.sharing(&found.name).find(|&c| joins(&self.clusters[c], found));
        let cluster = match same {
            Some(cluster) => {
                self.clusters[cluster].take(index, found);
                cluster
            }
            None => self.push(index, found, found.known),
        };
        self.index(cluster, &found.name);
    }

    /// `holder` is who of the tables holds the office that the title says.
    fn add_short(
        &mut self,
        index: usize,
        found: &Found,
        holder: Option<KnownId>,
        known: impl FnOnce() -> Option<KnownId>,
    ) {
        match self.nearest(found, index, holder) {
            Some(cluster) => {
                self.clusters[cluster].members.push(index);
                self.clusters[cluster].called = true;
            }
            None => {
                let cluster = self.push(index, found, holder.or_else(known));
                self.index(cluster, &found.name);
            }
        }
    }

    fn push(&mut self, index: usize, found: &Found, known: Option<KnownId>) -> usize {
        let (name, gender) = (found.name.clone(), found.gender);
        let roles = found.role.iter().cloned().collect();
        self.clusters.push(Cluster { name, known, gender, roles, members: vec![index], called: false });
        self.clusters.len() - 1
    }

    fn index(&mut self, cluster: usize, name: &PersonName) {
        for key in &name.keys {
            let clusters = self.by_part.entry(key.clone()).or_default();
            if clusters.last() != Some(&cluster) && clusters.len() < NAMESAKES {
                clusters.push(cluster);
            }
        }
    }

    fn sharing<'p>(&'p self, name: &'p PersonName) -> impl Iterator<Item = usize> + 'p {
        name.keys.iter().filter_map(|k| self.by_part.get(k)).flatten().copied()
    }

    /// The one that a short name fits best: by surname before given name, then by gender ("Mrs. Moss"), then by the nearest
    /// mention before it, then the nearest after. Who is named with the title of an office is its holder, or has that title elsewhere;
    /// and nobody of the tables is meant whom nobody calls so while another is called so: "Mr Obama" is not his wife.
    fn nearest(&self, short: &Found, index: usize, holder: Option<KnownId>) -> Option<usize> {
        let other = |cluster: &Cluster| match (cluster.known, holder) {
            (Some(known), Some(holder)) => known != holder,
            (Some(known), None) => {
                let apart = cluster.gender.zip(short.gender).is_some_and(|(a, b)| a != b);
                apart || !short.short.is_empty() && !short.short.contains(&known)
            }
            (None, Some(_)) => short.role.as_ref().is_some_and(|role| !cluster.roles.contains(role)),
            (None, None) => false,
        };
        let fits = self.sharing(&short.name).filter(|&c| !other(&self.clusters[c])).filter_map(|c| {
            let cluster = &self.clusters[c];
            let rank = cluster.name.named_by(&short.name);
            let other = cluster.gender.zip(short.gender).is_some_and(|(a, b)| a != b);
            (rank > 0).then(|| (std::cmp::Reverse(rank), other, cluster.distance(index), c))
        });
        fits.min().map(|(.., c)| c)
    }
}

/// More people than this who share a part of their names are not told apart by it.
const NAMESAKES: usize = 16;

fn joins(cluster: &Cluster, found: &Found) -> bool {
    match (cluster.known, found.known) {
        (Some(a), Some(b)) => a == b,
        _ => cluster.name.same_as(&found.name),
    }
}

/// By how many people's names somebody is nearer who was called so before.
const CALLED: isize = 24;
/// The same of those whom the tables have.
const KNOWN: isize = 2;

impl Cluster {
    fn take(&mut self, index: usize, found: &Found) {
        self.members.push(index);
        self.roles.extend(found.role.iter().cloned());
        self.known = self.known.or(found.known);
        self.gender = self.gender.or(found.gender);
        if found.name.parts.len() > self.name.parts.len() {
            self.name = found.name.clone();
        }
    }

    /// How far a mention is from the last one before it, else from the first: members are in order up to the last full name.
    /// Who is called by one name already is nearer, since his father is given in full, and so is whom the tables have.
    fn distance(&self, index: usize) -> (u8, isize) {
        let nearer = if self.called { CALLED } else { 0 } + if self.known.is_some() { KNOWN } else { 0 };
        let gap = |m: usize| index.abs_diff(m).cast_signed() - nearer;
        let before = self.members.iter().rev().take(8).filter(|&&m| m < index).max().map(|&m| (0, gap(m)));
        before.or_else(|| self.members.first().map(|&m| (1, gap(m)))).unwrap_or((2, 0))
    }
}

/// Where people are named: the recognizer's people, the tables', and what follows a title.
fn find(reader: &Reader<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let surnames = surnames(reader);
    for spot in reader.spots.iter().filter(|s| is_person(reader, s, &surnames)) {
        found.extend(found_at(reader, spot.tokens, known_person(spot), short_for(spot)));
    }
    for hit in &reader.titles {
        found.extend(after_title(reader, hit));
    }
    found.sort_by_key(|f| f.tokens);
    found.dedup_by(|b, a| a.tokens.overlaps(b.tokens));
    found
}

/// Parts of the full names that the recognizer found, to know them again alone.
fn surnames<'r>(reader: &'r Reader<'_>) -> BTreeSet<&'r str> {
    let mut surnames = super::repeats::surnames(&reader.tree, &reader.spots);
    surnames.retain(|w| w.chars().count() > 2);
    surnames
}

fn is_person(reader: &Reader<'_>, spot: &Spot, surnames: &BTreeSet<&str>) -> bool {
    let sort = |wanted: EntityType| spot.senses.iter().any(|s| s.sort == wanted);
    let person = sort(EntityType::Person);
    match spot.tag {
        Some(NameType::Per) if names_ground(reader, spot) || is_besieged(reader, spot) => false,
        Some(NameType::Per) if spot.senses.is_empty() || person => true,
        // "Jordan", "Chad": a country, unless the text has such a person.
        Some(NameType::Per) => {
            // A body of the tables is named after people more often than people after it.
            let body = |s: &Sense| !s.weak && s.sort == EntityType::Organization;
            spot.tokens.range().all(|t| surnames.contains(reader.tree.doc.word(t)))
                || titled(reader, spot.tokens.start)
                || !sort(EntityType::State)
                    && spot.senses.iter().all(|s| s.form != Form_::Capital && !body(s))
                    && spot.score > 0.3
        }
        // A surname that the text has with its given name is a person's, whatever the recognizer says of it alone.
        Some(NameType::Org | NameType::Loc | NameType::Misc) | None
            if spot.tokens.len() == 1
                && spot.senses.iter().all(|s| matches!(s.sort, EntityType::Person | EntityType::Place) || s.weak)
                && spot.inner.is_empty()
                && surnames.contains(reader.tree.doc.word(spot.tokens.start)) =>
        {
            true
        }
        Some(NameType::Loc) if !sort(EntityType::State) && honored(reader, spot) => true,
        Some(_) | None => person && spot.senses.iter().all(|s| s.sort == EntityType::Person),
    }
}

/// "the Rancho Nuevo area": what the recognizer took for a person's name stands before a noun for a sort of place.
pub(super) fn names_ground(reader: &Reader<'_>, spot: &Spot) -> bool {
    let tree = &reader.tree;
    let noun = spot.tokens.end;
    let name = tree.head_of(spot.tokens);
    noun < tree.sentence(name).end
        && tree.upos(noun) == Upos::Noun
        && tree.head(name) == Some(noun)
        && tree.rel(name) == Deprel::Compound
        && reader.lookup.place(&[tree.lower(noun)]).is_some_and(|n| !n.plural && n.head.kind != "building")
}

/// "shelled *Martuni*": what is shelled or besieged and may be a place is one.
fn is_besieged(reader: &Reader<'_>, spot: &Spot) -> bool {
    let tree = &reader.tree;
    let name = tree.head_of(spot.tokens);
    let place = spot.senses.iter().any(|s| s.sort == EntityType::Place);
    let object = matches!(tree.role(name), Deprel::Obj | Deprel::NsubjPass);
    let taken = |v: usize| tree.grammar.has(Closed::Besieging, tree.lemma(v));
    place && object && spot.tokens.len() == 1 && tree.governor(name).is_some_and(taken)
}

/// "President Lincoln": a title with a capital stands before no town.
fn honored(reader: &Reader<'_>, spot: &Spot) -> bool {
    let hit = reader.title_ending_at(spot.tokens.start).map(|t| reader.titles[t]);
    hit.is_some_and(|h| !h.plural && reader.tree.is_capital(h.tokens.start) && reader.tree.is_capital(h.head))
        && reader.tree.rel(reader.tree.head_of(spot.tokens)) != Deprel::NmodPoss
        && !names_ground(reader, spot)
}

fn titled(reader: &Reader<'_>, start: usize) -> bool {
    reader.title_ending_at(start).is_some_and(|t| !reader.titles[t].plural)
}

/// Those of the tables whom a spot names for short, where that is safe: "Putin".
fn short_for(spot: &Spot) -> Vec<KnownId> {
    spot.senses.iter().filter(|s| s.form == Form_::Short && !s.weak).map(|s| s.entry).collect()
}

fn known_person(spot: &Spot) -> Option<KnownId> {
    let full = |s: &&Sense| s.sort == EntityType::Person && s.form != Form_::Short;
    let mut people = spot.senses.iter().filter(full).map(|s| s.entry);
    let first = people.next()?;
    // A surname that several bear says nothing yet.
    people.next().is_none().then_some(first)
}

/// The name without the titles that the recognizer took in, and the title before it.
fn found_at(reader: &Reader<'_>, tokens: TokenRange, known: Option<KnownId>, short: Vec<KnownId>) -> Option<Found> {
    let mut tokens = tokens;
    while let Some(hit) = reader.title_over(tokens.start).map(|t| reader.titles[t]) {
        if known.is_some() || hit.tokens.start != tokens.start || hit.tokens.end >= tokens.end {
            break;
        }
        tokens.start = hit.tokens.end;
    }
    let title = reader.title_ending_at(tokens.start);
    let name = PersonName::new(reader.tree.doc.words(tokens), reader.reference);
    let gender = title
        .and_then(|t| reader.titles[t].title.gender)
        .or_else(|| known.and_then(|k| Gender::parse(reader.lookup.names.known(k).gender)))
        .or_else(|| gender(reader, &name));
    let role = title.map(|t| reader.titles[t].title.role.clone());
    (!name.parts.is_empty()).then_some(Found { tokens, name, known, short, title, role, gender })
}

/// Capitalised words that no spot covers, right after a title with a capital: "President Aliyev".
fn after_title(reader: &Reader<'_>, hit: &TitleHit<'_>) -> Option<Found> {
    let tree = &reader.tree;
    let sentence = tree.sentence(hit.head);
    let is_name = |t: &usize| {
        *t < sentence.end && tree.upos(*t) == Upos::Propn && tree.is_capital(*t) && reader.spot_at(*t).is_none()
    };
    let end = (hit.tokens.end..hit.tokens.end + 4).take_while(is_name).last()? + 1;
    let before_noun = end < sentence.end && tree.is_nominal(end);
    if before_noun || hit.plural || reader.spot_at(hit.head).is_some() {
        return None;
    }
    found_at(reader, TokenRange::new(hit.tokens.end, end), None, Vec::new())
}

/// The one whom the tables know by that short name: the only one, or the only one in office on that day.
fn well_known(reader: &Reader<'_>, found: &Found) -> Option<KnownId> {
    if let [one] = found.short[..] {
        return Some(one);
    }
    let date = reader.tree.doc.article.published?.to_string();
    let names = reader.lookup.names;
    let mut sitting = found.short.iter().copied().filter(|&k| {
        let id = names.known(k).id;
        names.offices(&id).any(|o| o.held_on(&date))
    });
    let first = sitting.next()?;
    sitting.next().is_none().then_some(first)
}

/// The person of the tables with that surname whose office fits the title: "President Aliyev" on that day.
fn office_holder(reader: &Reader<'_>, found: &Found) -> Option<KnownId> {
    let title = reader.titles[found.title?].title;
    let surname = reader.tree.doc.words(found.tokens);
    let date = reader.tree.doc.article.published.map(|d| d.to_string());
    let names = reader.lookup.names;
    let held = |p: &KnownId| {
        let id = names.known(*p).id;
        let mut offices = names.offices(&id);
        offices.any(|o| o.role == title.role && date.as_ref().is_none_or(|d| o.from.as_str() <= d.as_str()))
    };
    let mut holders = reader.lookup.by_surname(surname).filter(held);
    let first = holders.next()?;
    holders.next().is_none().then_some(first)
}

fn mention(reader: &mut Reader<'_>, found: &[Found], cluster: &Cluster) {
    let entity = entity(reader, found, cluster);
    for &member in &cluster.members {
        let f = &found[member];
        let head = reader.tree.head_of(f.tokens);
        let confidence = if f.name.is_single() { 0.85 } else { 0.95 };
        reader.mention(f.tokens, head, vec![entity], Form::Name, confidence);
        if let Some(gender) = f.title.and_then(|t| reader.titles[t].title.gender) {
            reader.registry.info[entity].gender.get_or_insert(gender);
        }
    }
}

fn entity(reader: &mut Reader<'_>, found: &[Found], cluster: &Cluster) -> usize {
    if let Some(known) = cluster.known {
        return reader.registry.known(known);
    }
    let fullest = cluster.members.iter().copied().rev().max_by_key(|&m| found[m].name.parts.len());
    let tokens = fullest.map_or(TokenRange::default(), |m| found[m].tokens);
    let label = title_case(reader.tree.doc.words(tokens));
    // One spelling for ids, so that the articles of two newsrooms meet.
    let printed: Vec<String> = slug(&label).split('-').map(|p| reader.reference.printed(p)).collect();
    let new = New {
        entity_type: EntityType::Person,
        kind: None,
        label: &label,
        slug: Some(printed.join("-")),
        named: true,
        country: None,
    };
    let entity = reader.registry.add(new);
    reader.registry.info[entity].guess = gender(reader, &cluster.name);
    entity
}

fn gender(reader: &Reader<'_>, name: &PersonName) -> Option<Gender> {
    name.parts.first().filter(|_| name.parts.len() > 1).and_then(|given| reader.lookup.gender(given))
}

/// A name in capitals as it would be printed in running text; others as they are, white space made single.
pub(super) fn title_case(words: &str) -> String {
    let capitals = words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_lowercase);
    let word = |w: &str| {
        let mut chars = w.chars();
        chars.next().map(|c| c.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
    };
    let all: Vec<&str> = words.split_whitespace().collect();
    match capitals && all.len() > 1 {
        true => all.iter().map(|w| word(w)).collect::<Vec<_>>().join(" "),
        false => all.join(" "),
    }
}

/// A person's name cut into parts, each as a key by which its spellings meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PersonName {
    /// In lower-case ASCII.
    pub parts: Vec<String>,
    keys: Vec<String>,
}

impl PersonName {
    /// The name in some words.
    pub fn new(words: &str, reference: &Reference) -> PersonName {
        let folded = ascii(words);
        let cut = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | ',' | '"' | '“' | '”' | '(' | ')');
        let parts: Vec<String> = folded
            .split(cut)
            .map(|p| p.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|p| !p.is_empty())
            .map(str::to_owned)
            .collect();
        let keys = parts.iter().map(|p| reference.sound(p)).collect();
        PersonName { parts, keys }
    }

    /// Whether it is a single word, not counting an Arabic article.
    pub fn is_single(&self) -> bool {
        self.significant().count() <= 1
    }

    /// The last part that is more than an initial or a particle.
    pub fn surname(&self) -> Option<&str> {
        self.keys.last().map(String::as_str)
    }

    fn significant(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().zip(&self.parts).filter(|(_, p)| p.len() > 2 || self.keys.len() == 1).map(|(k, _)| k.as_str())
    }

    /// Whether two full names are spellings of one: the same surname, and given names that do not contradict.
    pub fn same_as(&self, other: &PersonName) -> bool {
        if self.keys == other.keys || self.keys.concat() == other.keys.concat() {
            return true;
        }
        let (short, long) = if self.keys.len() <= other.keys.len() { (self, other) } else { (other, self) };
        if short.surname() != long.surname() || short.keys.len() < 2 {
            return false;
        }
        let given = &long.keys[..long.keys.len() - 1];
        short.keys[..short.keys.len() - 1].iter().all(|k| given.iter().any(|g| same_given(k, g)))
    }

    /// How well a short form such as a surname names this full name: 0 not at all; the surname better than the given name.
    pub fn named_by(&self, short: &PersonName) -> u8 {
        let key = match short.significant().last() {
            Some(key) => key,
            None => return 0,
        };
        if !short.significant().all(|k| self.keys.iter().any(|s| s == k)) {
            return 0;
        }
        if self.surname() == Some(key) {
            3
        } else if self.keys.first().map(String::as_str) == Some(key) {
            2
        } else {
            1
        }
    }
}

/// One given name, or an initial or short form of the other.
fn same_given(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || (short.len() == 1 || short.len() >= 3) && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Source;

    fn name(words: &str) -> PersonName {
        PersonName::new(words, &Reference::load(&Source::builtin()).unwrap())
    }

    #[test]
    fn transliterations_merge() {
        for (a, b) in [
            ("Shushan Stepanian", "Shushan Stepanyan"),
            ("Ilham Aliyev", "Ilkham Aliev"),
            ("Volodymyr Zelensky", "Vladimir Zelenskyy"),
            ("Recep Tayyip Erdogan", "Tayyip Erdoğan"),
            ("Gary J. Volesky", "Gary Volesky"),
            ("Mohamed Hamdan Dagalo", "Mohammed Hamdan Dagalo"),
        ] {
            assert!(name(a).same_as(&name(b)), "{a} and {b}");
        }
    }

    #[test]
    fn homonyms_stay_apart() {
        for (a, b) in [("Ilham Aliyev", "Heydar Aliyev"), ("George Bush", "Laura Bush"), ("Kim Jong Un", "Kim Jong Il")]
        {
            assert!(!name(a).same_as(&name(b)), "{a} and {b}");
        }
    }

    #[test]
    fn short_forms_name_the_full_one() {
        assert_eq!(name("Abdel Fattah al-Burhan").named_by(&name("Burhan")), 3);
        assert_eq!(name("Abiy Ahmed").named_by(&name("Abiy")), 2);
        assert_eq!(name("Omar al-Bashir").named_by(&name("al-Bashir")), 3);
        assert_eq!(name("Ilham Aliyev").named_by(&name("Hajiyev")), 0);
    }
}
