//! Who and what is known by name before the first article is read: states, organizations, persons, places, weapons.
//!
//! The tables are read once; a row is kept as the place where it stands and parsed again when somebody asks for it, so that
//! forty thousand places cost little until one is met. What is not here: which of several candidates an article means.

use super::fold::{Case, Word, slug, words};
use super::phrases::{Phrases, PhrasesBuilder};
use super::{Row, Source, Table};
use crate::error::Result;
use crate::model::Span;
use crate::vocab::EntityType;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A row of the name tables; only good with the [`Names`] it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownId(u32);

/// An entity as the tables know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<'a> {
    /// Stable: `state/azerbaijan`.
    pub id: Cow<'a, str>,
    /// What sort of thing.
    pub entity_type: EntityType,
    /// The finer sort; of a state its status, such as `member` or `self-declared`.
    pub kind: &'a str,
    /// The name to show.
    pub label: &'a str,
    /// ISO 3166 alpha-3; empty when unknown or none.
    pub country: &'a str,
    /// Of a place: the first-level region it lies in.
    pub region: &'a str,
    /// The id of what it is part of: the state of a ministry, the class of a weapon.
    pub parent: &'a str,
    /// Of an organization: which body of its parent it is, such as `armed-forces`.
    pub role: &'a str,
    /// Of a person: known gender.
    pub gender: &'a str,
    /// Of a state: its capital.
    pub capital: &'a str,
    /// Degrees, WGS 84.
    pub lat: Option<f64>,
    /// Degrees, WGS 84.
    pub lon: Option<f64>,
    /// Of a place: how many live there.
    pub population: u64,
    /// Wikidata's id, such as `Q227`; empty when unknown.
    pub wikidata: &'a str,
    /// GeoNames' id; empty when unknown.
    pub geonames: &'a str,
    forms: &'a str,
    adjectives: &'a str,
}

impl<'a> Known<'a> {
    /// Its other names, without marks of risk.
    pub fn aliases(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        cells(self.forms).map(|f| safe(f).0)
    }

    /// Of a state: the first of its adjectives, "Armenian".
    pub fn adjective(&self) -> Option<&'a str> {
        cells(self.adjectives).next().map(|f| safe(f).0)
    }

    /// IRIs of the same thing elsewhere.
    pub fn same_as(&self) -> Vec<String> {
        let wikidata = (!self.wikidata.is_empty()).then(|| format!("http://www.wikidata.org/entity/{}", self.wikidata));
        let geonames = (!self.geonames.is_empty()).then(|| format!("https://sws.geonames.org/{}/", self.geonames));
        wikidata.into_iter().chain(geonames).collect()
    }
}

/// What a form says of the entity it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// Its name.
    Label,
    /// Another name of it.
    Alias,
    /// The part of a person's name that is used alone: "Putin", "Xi".
    Short,
    /// Several of a weapon: "missiles".
    Plural,
    /// Of a state or region: belonging to it, "Armenian".
    Adjective,
    /// Of a state or region: one of its people, "a Turk".
    Demonym,
    /// Of a state or region: its people, "Turks".
    People,
    /// Of a state: its capital, which may speak for its government.
    Capital,
    /// Of a state: what else speaks for its government, "the Kremlin".
    Metonym,
}

/// One way in which words may name an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Which entity.
    pub known: KnownId,
    /// What the form says of it.
    pub sense: Sense,
    /// Whether it needs support from its context (see `seeds/names/README.md`).
    pub risky: bool,
    /// How the table writes it.
    pub case: Case,
    /// Whether it begins with an article that is part of it, as in "The Times": the text must write it large too.
    pub article: bool,
}

/// A stretch of text that the tables know, with all it may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Where, in bytes.
    pub span: Span,
    /// How the text writes it.
    pub case: Case,
    /// What it may name, likelier first: states, organizations, persons, weapons, then places by population.
    pub forms: Vec<Form>,
}

/// An office somebody held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The person's id.
    pub person: String,
    /// A role of `titles.tsv`: `president`.
    pub role: String,
    /// The id of the body: `state/armenia`.
    pub body: String,
    /// Since when: year, month or day; empty when unsure.
    pub from: String,
    /// Until when; empty when unsure or still.
    pub to: String,
}

impl Office {
    /// The office of a row, whose person and body must be known and whose dates must be in order.
    fn of(row: &Row<'_>, known: impl Fn(&str) -> bool) -> Result<Office> {
        let field = |i: usize| row.fields[i].to_owned();
        let office = Office { person: field(0), role: field(1), body: field(2), from: field(3), to: field(4) };
        if let Some(id) = [&office.person, &office.body].into_iter().find(|id| !known(id)) {
            return Err(row.error(format!("no table has the id {id}")));
        }
        if let Some(date) = [&office.from, &office.to].into_iter().find(|d| !is_date(d)) {
            return Err(row.error(format!("a date is YYYY, YYYY-MM, YYYY-MM-DD or nothing, found {date:?}")));
        }
        if !office.from.is_empty() && !office.held_on(&office.from) {
            return Err(row.error(format!("the office ends ({}) before it begins ({})", office.to, office.from)));
        }
        Ok(office)
    }

    /// Whether it was held on that day or in that month or year, as far as the table knows.
    pub fn held_on(&self, date: &str) -> bool {
        // Dates of different exactness are compared as far as both go.
        let (from, to, date) = (self.from.as_bytes(), self.to.as_bytes(), date.as_bytes());
        let begun = from.iter().zip(date).find(|(a, b)| a != b).is_none_or(|(a, b)| a < b);
        let over = to.iter().zip(date).find(|(a, b)| a != b).is_some_and(|(a, b)| a < b);
        begun && !over
    }
}

/// All name tables.
#[derive(Debug)]
pub struct Names {
    sheets: Vec<Sheet>,
    rows: Vec<Place>,
    phrases: Phrases<Form>,
    ids: BTreeMap<String, KnownId>,
    bodies: BTreeMap<(String, String), KnownId>,
    countries: BTreeMap<String, KnownId>,
    memberships: BTreeMap<String, Vec<(String, String)>>,
    offices: Vec<Office>,
    world_regions: BTreeMap<String, BTreeSet<String>>,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    sheet: u32,
    start: u32,
}

#[derive(Debug)]
struct Sheet {
    layout: &'static Layout,
    table: Table,
}

/// Which column of a table means what.
#[derive(Debug)]
struct Layout {
    file: &'static str,
    entity_type: EntityType,
    columns: &'static [&'static str],
}

impl Layout {
    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| *c == name)
    }
}

/// In the order in which candidates are preferred; of two places tables the hand-made one wins.
static LAYOUTS: [Layout; 6] = [
    Layout {
        file: "names/states.tsv",
        entity_type: EntityType::State,
        columns: &[
            "id",
            "label",
            "iso3",
            "wikidata",
            "lat",
            "lon",
            "status",
            "aliases",
            "adjectives",
            "nouns",
            "capital",
            "metonyms",
        ],
    },
    Layout {
        file: "names/organizations.tsv",
        entity_type: EntityType::Organization,
        columns: &["id", "label", "kind", "country", "parent", "role", "wikidata", "aliases"],
    },
    Layout {
        file: "names/persons.tsv",
        entity_type: EntityType::Person,
        columns: &["id", "label", "kind", "gender", "country", "short", "aliases"],
    },
    Layout {
        file: "names/weapons.tsv",
        entity_type: EntityType::WeaponSystem,
        columns: &["id", "label", "kind", "origin", "class", "aliases", "plurals"],
    },
    Layout { file: "names/places-extra.tsv", entity_type: EntityType::Place, columns: PLACES },
    Layout { file: "names/places.tsv", entity_type: EntityType::Place, columns: PLACES },
];

const PLACES: &[&str] = &["id", "name", "kind", "country", "region", "lat", "lon", "population", "geonames", "aliases"];

/// Regions and waters have no inhabitants in the tables; of one name they come before all but large cities.
const UNCOUNTED: u64 = 2_000_000;

/// No name is longer; a bound on the work per word.
const LONGEST: usize = 14;

impl Names {
    /// Reads and checks all name tables.
    pub fn load(source: &Source) -> Result<Names> {
        let mut loader = Loader::default();
        for layout in &LAYOUTS {
            loader.sheet(layout, source.table(layout.file, layout.columns)?)?;
        }
        loader.demonyms(&source.table("names/demonyms.tsv", &["id", "adjectives", "nouns"])?)?;
        loader.memberships(&source.table("names/members.tsv", &["organization", "member", "role"])?)?;
        loader.check_references()?;
        let mut names = loader.finish();
        names.read_offices(&source.table("names/offices.tsv", &["person", "role", "body", "from", "to"])?)?;
        names.read_world_regions(&source.table("names/world-regions.tsv", &["region", "countries"])?)?;
        Ok(names)
    }

    /// Reads who held which office; places may be bodies, so this comes when every name can be found.
    fn read_offices(&mut self, table: &Table) -> Result<()> {
        for row in table.rows() {
            let office = Office::of(&row?, |id| self.find(id).is_some())?;
            self.offices.push(office);
        }
        self.offices.sort_by(|a, b| a.person.cmp(&b.person));
        Ok(())
    }

    /// Reads which countries lie in which region of the world; a region may hold others, which may stand further down.
    fn read_world_regions(&mut self, table: &Table) -> Result<()> {
        let mut parts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            let region = row.fields[0];
            if self.find(region).is_none() {
                return Err(row.error(format!("no table has the id {region}")));
            }
            parts.insert(region, row.fields[1].split('|').collect());
        }
        for row in table.rows() {
            let row = row?;
            let unknown = |part: &&str| !parts.contains_key(part) && self.state(part).is_none();
            if let Some(part) = parts[row.fields[0]].iter().copied().find(|p| unknown(p)) {
                return Err(row.error(format!("{part} is neither the code of a state nor a region of this table")));
            }
            let countries = countries_within(&parts, row.fields[0]);
            self.world_regions.insert(row.fields[0].to_owned(), countries);
        }
        Ok(())
    }

    /// The codes of the countries in a region of the world, such as `place/west-africa`; nothing for any other place.
    pub fn world_region(&self, id: &str) -> Option<&BTreeSet<String>> {
        self.world_regions.get(id)
    }

    /// The entity of a row.
    pub fn known(&self, id: KnownId) -> Known<'_> {
        let place = self.rows[id.0 as usize];
        let sheet = &self.sheets[place.sheet as usize];
        sheet.known(place.start as usize)
    }

    /// The entity of that id, such as `state/azerbaijan`.
    pub fn get(&self, id: &str) -> Option<Known<'_>> {
        self.find(id).map(|k| self.known(k))
    }

    /// The row of that id.
    pub fn find(&self, id: &str) -> Option<KnownId> {
        self.ids.get(id).copied().or_else(|| {
            let name = id.strip_prefix("place/")?;
            let named = self.phrases.get(name).iter().filter(|f| f.sense == Sense::Label).map(|f| f.known);
            named.into_iter().find(|k| self.known(*k).id == id)
        })
    }

    /// What words may stand for, whatever their case: `"Turkey"`, `"bm-21 grad"`.
    pub fn lookup(&self, text: &str) -> &[Form] {
        self.phrases.get(text)
    }

    /// What words as they are written may stand for: case must admit it.
    pub fn candidates(&self, text: &str) -> Vec<Form> {
        let words = words(text);
        self.admitted(self.phrases.get_words(&words), &words)
    }

    /// The forms that words written so may stand for, likelier first.
    fn admitted(&self, forms: &[Form], words: &[Word]) -> Vec<Form> {
        let case = Case::of(words);
        let small = words.first().is_some_and(|w| w.case == Case::Lower);
        let fits = |f: &&Form| f.case.admits(case) && !(f.article && small);
        let mut admitted: Vec<Form> = forms.iter().filter(fits).copied().collect();
        // SARS in capitals is no evidence of a town called Sars.
        for form in admitted.iter_mut().filter(|f| f.case == Case::Title && case == Case::Upper) {
            form.risky |= self.is_place(form.known);
        }
        if admitted.len() > 1 {
            admitted.sort_by_cached_key(|f| self.rank(f.known));
        }
        admitted
    }

    fn is_place(&self, known: KnownId) -> bool {
        let sheet = self.rows[known.0 as usize].sheet as usize;
        self.sheets[sheet].layout.entity_type == EntityType::Place
    }

    /// Smaller for what a name more likely means: the tables in their order, then, of places, the more populous.
    fn rank(&self, known: KnownId) -> (usize, Reverse<u64>) {
        let place = self.rows[known.0 as usize];
        let sheet = &self.sheets[place.sheet as usize];
        let known = sheet.known(place.start as usize);
        let weight = match known.kind {
            _ if known.entity_type != EntityType::Place => 0,
            _ if known.population > 0 => known.population,
            "region" | "water" | "island" | "mountain" => UNCOUNTED,
            _ => 0,
        };
        // The two tables of places rank as one.
        ((place.sheet as usize).min(LAYOUTS.len() - 2), Reverse(weight))
    }

    /// Every stretch of a text that the tables know, longest first from the left, none overlapping. Linear in the text.
    pub fn scan(&self, text: &str) -> Vec<Hit> {
        let words = words(text);
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < words.len() {
            match self.longest(&words[at..]) {
                Some((length, hit)) => {
                    hits.push(hit);
                    at += length;
                }
                None => at += 1,
            }
        }
        hits
    }

    /// The longest name that begins with the first of these words.
    pub fn longest(&self, words: &[Word]) -> Option<(usize, Hit)> {
        let first = words.first().filter(|w| !w.glued)?;
        let window = &words[..words.len().min(LONGEST)];
        let mut best = None;
        for (length, forms) in self.phrases.starting(window) {
            if forms.is_empty() || words.get(length).is_some_and(|w| w.glued) {
                continue;
            }
            let forms = self.admitted(forms, &words[..length]);
            if !forms.is_empty() {
                let case = Case::of(&words[..length]);
                let span = Span::new(first.span.start, words[length - 1].span.end);
                best = Some((length, Hit { span, case, forms }));
            }
        }
        best
    }

    /// The body of a parent that has that role: the `armed-forces` of `state/israel`.
    pub fn body(&self, parent: &str, role: &str) -> Option<KnownId> {
        self.bodies.get(&(parent.to_owned(), role.to_owned())).copied()
    }

    /// The state of an ISO 3166 alpha-3 code.
    pub fn state(&self, iso3: &str) -> Option<KnownId> {
        self.countries.get(iso3).copied()
    }

    /// The organizations that an entity belongs to, each with its part in it: `member`, `co-chair`.
    pub fn memberships(&self, id: &str) -> &[(String, String)] {
        self.memberships.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The offices a person held, in the table's order.
    pub fn offices<'a>(&'a self, person: &'a str) -> impl Iterator<Item = &'a Office> {
        let first = self.offices.partition_point(|o| o.person.as_str() < person);
        self.offices[first..].iter().take_while(move |o| o.person == person)
    }

    /// Who held an office of a body on a day (`2020-10-28`), in a month or a year; with no date, at any time.
    pub fn holders<'a>(
        &'a self,
        body: &'a str,
        role: &'a str,
        date: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Office> {
        let office = move |o: &&Office| o.body == body && o.role == role && date.is_none_or(|d| o.held_on(d));
        self.offices.iter().filter(office)
    }

    /// How many entities are known.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All entities, in the order of the tables.
    pub fn iter(&self) -> impl Iterator<Item = Known<'_>> {
        (0..self.rows.len() as u32).map(|i| self.known(KnownId(i)))
    }
}

impl Sheet {
    fn known(&self, start: usize) -> Known<'_> {
        let mut fields = [""; 12];
        for (slot, field) in fields.iter_mut().zip(self.table.fields_at(start)) {
            *slot = field;
        }
        self.layout.known(&fields)
    }
}

impl Layout {
    fn known<'a>(&self, fields: &[&'a str]) -> Known<'a> {
        let get = |name: &str| self.column(name).map_or("", |i| fields[i]);
        let first = |a: &str, b: &str| if self.column(a).is_some() { get(a) } else { get(b) };
        let label = safe(first("label", "name")).0;
        let id = match get("id") {
            "" => Cow::Owned(format!("{}/{}", self.entity_type.slug(), slug(label))),
            id => Cow::Borrowed(id),
        };
        Known {
            id,
            entity_type: self.entity_type,
            kind: first("kind", "status"),
            label,
            country: [get("country"), get("iso3"), get("origin")]
                .into_iter()
                .find(|c| !c.is_empty())
                .unwrap_or_default(),
            region: get("region"),
            parent: first("parent", "class"),
            role: get("role"),
            gender: get("gender"),
            capital: get("capital"),
            lat: get("lat").parse().ok(),
            lon: get("lon").parse().ok(),
            population: get("population").parse().unwrap_or_default(),
            wikidata: get("wikidata"),
            geonames: get("geonames"),
            forms: get("aliases"),
            adjectives: get("adjectives"),
        }
    }
}

/// The forms of a cell.
fn cells(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|f| !f.is_empty())
}

/// A form without its mark of risk, and whether it had one.
fn safe(form: &str) -> (&str, bool) {
    match form.strip_prefix('?') {
        Some(rest) => (rest, true),
        None => (form, false),
    }
}

/// The codes of all countries of a region and of the regions in it.
fn countries_within(parts: &BTreeMap<&str, Vec<&str>>, region: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([region]);
    let mut open = vec![region];
    let mut countries = BTreeSet::new();
    while let Some(region) = open.pop() {
        for &part in &parts[region] {
            if !parts.contains_key(part) {
                countries.insert(part.to_owned());
            } else if seen.insert(part) {
                open.push(part);
            }
        }
    }
    countries
}

/// Reads the tables row by row.
struct Loader {
    sheets: Vec<Sheet>,
    rows: Vec<Place>,
    phrases: PhrasesBuilder<Form>,
    ids: BTreeMap<String, KnownId>,
    bodies: BTreeMap<(String, String), KnownId>,
    countries: BTreeMap<String, KnownId>,
    memberships: BTreeMap<String, Vec<(String, String)>>,
}

impl Default for Loader {
    fn default() -> Loader {
        Loader {
            sheets: Vec::new(),
            rows: Vec::with_capacity(50_000),
            phrases: PhrasesBuilder::with_capacity(150_000),
            ids: BTreeMap::new(),
            bodies: BTreeMap::new(),
            countries: BTreeMap::new(),
            memberships: BTreeMap::new(),
        }
    }
}

impl Loader {
    fn sheet(&mut self, layout: &'static Layout, table: Table) -> Result<()> {
        let sheet = self.sheets.len() as u32;
        let columns = Columns::of(layout);
        for row in table.rows() {
            let row = row?;
            let known = KnownId(self.rows.len() as u32);
            self.rows.push(Place { sheet, start: row.start as u32 });
            self.identify(layout, &row, known)?;
            columns.check(&row, layout)?;
            self.forms(&columns, &row, known);
        }
        self.sheets.push(Sheet { layout, table });
        Ok(())
    }

    /// Checks and records the id and, of states and organizations, what else they are found by.
    fn identify(&mut self, layout: &Layout, row: &Row<'_>, known: KnownId) -> Result<()> {
        let id = row.fields[0];
        if !id.is_empty() {
            if id.split_once('/').map(|(t, _)| t) != Some(layout.entity_type.slug()) {
                return Err(row.error(format!("an id here begins with {:?}, found {id:?}", layout.entity_type.slug())));
            }
            if self.ids.insert(id.to_owned(), known).is_some() {
                return Err(row.error(format!("the id {id} is given twice")));
            }
        } else if layout.entity_type != EntityType::Place {
            return Err(row.error("the first column must hold an id"));
        }
        match layout.entity_type {
            EntityType::State if !row.fields[2].is_empty() => {
                self.countries.insert(row.fields[2].to_owned(), known);
            }
            EntityType::Organization if !row.fields[5].is_empty() => {
                let body = (row.fields[4].to_owned(), row.fields[5].to_owned());
                if self.bodies.insert(body, known).is_some() {
                    let message = format!("{} has two bodies with the role {}", row.fields[4], row.fields[5]);
                    return Err(row.error(message));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Adjectives and demonyms of what is no state.
    fn demonyms(&mut self, table: &Table) -> Result<()> {
        for row in table.rows() {
            let row = row?;
            let missing = || row.error(format!("no table gives the id {}", row.fields[0]));
            let known = self.ids.get(row.fields[0]).copied().ok_or_else(missing)?;
            self.cell(row.fields[1], Sense::Adjective, known);
            self.cell(row.fields[2], Sense::Demonym, known);
        }
        Ok(())
    }

    /// Adds the forms of a cell.
    fn cell(&mut self, cell: &str, sense: Sense, known: KnownId) {
        for form in cells(cell) {
            let (form, risky) = safe(form);
            match (sense, form.split_once('/')) {
                (Sense::Demonym, Some((one, many))) => {
                    self.form(one, risky, Sense::Demonym, known);
                    self.form(many, risky, Sense::People, known);
                }
                _ => self.form(form, risky, sense, known),
            }
        }
    }

    fn forms(&mut self, columns: &Columns, row: &Row<'_>, known: KnownId) {
        for (column, sense) in &columns.forms {
            self.cell(row.fields[*column], *sense, known);
        }
        if let Some(short) = columns.short_of(row) {
            let (form, risky) = safe(short);
            self.form(form, risky, Sense::Short, known);
        }
    }

    fn form(&mut self, form: &str, risky: bool, sense: Sense, known: KnownId) {
        let words = words(form);
        let risky = risky || sense == Sense::Short;
        let article = form.starts_with("The ");
        self.phrases.add_words(&words, Form { known, sense, risky, case: Case::of(&words), article });
    }

    fn memberships(&mut self, table: &Table) -> Result<()> {
        for row in table.rows() {
            let row = row?;
            for id in &row.fields[..2] {
                self.must_know(&row, id)?;
            }
            let entry = self.memberships.entry(row.fields[1].to_owned()).or_default();
            entry.push((row.fields[0].to_owned(), row.fields[2].to_owned()));
        }
        Ok(())
    }

    fn must_know(&self, row: &Row<'_>, id: &str) -> Result<()> {
        match self.ids.contains_key(id) {
            true => Ok(()),
            false => Err(row.error(format!("no table has the id {id}"))),
        }
    }

    /// Parents and countries must exist; they may stand further down, so they are checked at the end.
    fn check_references(&self) -> Result<()> {
        let known: BTreeSet<&str> = self.countries.keys().map(String::as_str).collect();
        for sheet in self.sheets.iter().filter(|s| s.layout.entity_type != EntityType::Place) {
            for row in sheet.table.rows() {
                let row = row?;
                let fields = sheet.layout.known(&row.fields);
                if !fields.parent.is_empty() {
                    self.must_know(&row, fields.parent)?;
                }
                let state = fields.entity_type == EntityType::State;
                if !state
                    && !fields.country.is_empty()
                    && !known.contains(fields.country)
                    && !TERRITORIES.contains(&fields.country)
                {
                    return Err(row.error(format!("{} is the code of no state in states.tsv", fields.country)));
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Names {
        Names {
            sheets: self.sheets,
            rows: self.rows,
            phrases: self.phrases.build(),
            ids: self.ids,
            bodies: self.bodies,
            countries: self.countries,
            memberships: self.memberships,
            offices: Vec::new(),
            world_regions: BTreeMap::new(),
        }
    }
}

/// Codes of territories that are no states but where companies and newspapers have their seats.
const TERRITORIES: [&str; 4] = ["HKG", "MAC", "CYM", "PRI"];

/// The columns of a table that hold forms, and those that hold numbers.
struct Columns {
    forms: Vec<(usize, Sense)>,
    short: Option<usize>,
    label: usize,
    degrees: Option<(usize, usize)>,
}

impl Columns {
    fn of(layout: &Layout) -> Columns {
        const SENSES: [(&str, Sense); 8] = [
            ("label", Sense::Label),
            ("name", Sense::Label),
            ("aliases", Sense::Alias),
            ("plurals", Sense::Plural),
            ("adjectives", Sense::Adjective),
            ("nouns", Sense::Demonym),
            ("capital", Sense::Capital),
            ("metonyms", Sense::Metonym),
        ];
        let forms = SENSES.iter().filter_map(|(name, sense)| Some((layout.column(name)?, *sense))).collect();
        let degrees = layout.column("lat").zip(layout.column("lon"));
        Columns { forms, short: layout.column("short"), label: 1, degrees }
    }

    fn check(&self, row: &Row<'_>, layout: &Layout) -> Result<()> {
        if row.fields[self.label].is_empty() {
            return Err(row.error(format!("the column {:?} must hold a name", layout.columns[self.label])));
        }
        let Some((lat, lon)) = self.degrees else { return Ok(()) };
        for (column, most) in [(lat, 90.0), (lon, 180.0)] {
            let field = row.fields[column];
            if !field.is_empty() && !field.parse::<f64>().is_ok_and(|d| d.abs() <= most) {
                let name = layout.columns[column];
                return Err(row.error(format!("{name} must be degrees between -{most} and {most}, found {field:?}")));
            }
        }
        Ok(())
    }

    /// The short name of a person: what the table says, else the last word of the name.
    fn short_of<'a>(&self, row: &Row<'a>) -> Option<&'a str> {
        let given = row.fields[self.short?];
        if given == "-" {
            return None;
        }
        let last = || row.fields[self.label].rsplit_once(' ').map(|(_, last)| last);
        if given.is_empty() { last() } else { Some(given) }
    }
}

fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    matches!(shape.as_str(), "" | "0000" | "0000-00" | "0000-00-00")
}

#[cfg(test)]
mod tests;
