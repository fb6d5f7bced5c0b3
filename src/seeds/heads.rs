//! Nouns and titles by which news names what no table can list: "Armenia's Defense Ministry", "the 3rd Assault Brigade",
//! "spokesman Hikmet Hajiyev", "two civilians"; and the usual gender of first names.

use super::fold::{Word, words};
use super::phrases::{Phrases, PhrasesBuilder};
use super::{Row, Source, Table};
use crate::error::Result;
use std::collections::BTreeMap;

/// What a title or role says of its bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// As the table writes it: "foreign minister".
    pub title: String,
    /// One name for all titles of the same office: `foreign-minister`; empty of a form of address.
    pub role: String,
    /// The predicate it implies, such as `leads`; empty when none.
    pub relation: String,
    /// The kind of person: `politician`, `officer`; empty when it says nothing.
    pub kind: String,
    /// Of what: `state`, `any`, or the kind of organization; empty when none.
    pub body: String,
    /// The body's usual name: "Foreign Ministry".
    pub body_name: String,
    /// What the word says of gender.
    pub gender: Option<Gender>,
}

/// Grammatical gender of a person's pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

impl Gender {
    /// `f` or `m`.
    pub fn parse(text: &str) -> Option<Gender> {
        match text {
            "f" => Some(Gender::Female),
            "m" => Some(Gender::Male),
            _ => None,
        }
    }
}

/// What a phrase with that head stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StandsFor {
    /// The state itself: "Turkish officials".
    State,
    /// The state itself, and a body where no state is named: "the government".
    Government,
    /// Its armed forces as a whole: "Azerbaijani troops".
    ArmedForces,
    /// A body that is part of it: "Armenia's Defense Ministry".
    Part,
    /// A body of its own: "the Free Aceh Movement".
    Own,
}

impl StandsFor {
    fn parse(text: &str) -> Option<StandsFor> {
        Some(match text {
            "state" => StandsFor::State,
            "government" => StandsFor::Government,
            "armed-forces" => StandsFor::ArmedForces,
            "part" => StandsFor::Part,
            "own" => StandsFor::Own,
            _ => return None,
        })
    }

    /// Whether the phrase means the state whose it is.
    pub fn is_state(self) -> bool {
        matches!(self, StandsFor::State | StandsFor::Government)
    }
}

/// A noun that makes a body: "ministry".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgHead {
    /// The noun, singular where it has one.
    pub head: String,
    /// The kind of organization.
    pub kind: String,
    /// What the phrase stands for; most likely first where a noun has several rows.
    pub stands_for: StandsFor,
}

/// A noun that makes a place: "province".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceHead {
    /// The noun, singular.
    pub head: String,
    /// The kind of place.
    pub kind: String,
}

/// A noun for participants without a name: "gunmen".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonHead {
    /// The noun, singular.
    pub head: String,
    /// What they are: `civilian`, `soldier`.
    pub kind: String,
    /// What the word says of gender.
    pub gender: Option<Gender>,
}

/// The tables of nouns, titles and first names.
#[derive(Debug)]
pub struct Heads {
    titles: Lexicon<Title>,
    organizations: Lexicon<OrgHead>,
    places: Lexicon<PlaceHead>,
    persons: Lexicon<PersonHead>,
    given: Phrases<Gender>,
}

impl Heads {
    /// Reads and checks the tables.
    pub fn load(source: &Source) -> Result<Heads> {
        let titles = source.table("names/titles.tsv", TITLES)?;
        let organizations = source.table("names/org-heads.tsv", &["head", "plural", "kind", "stands_for"])?;
        let places = source.table("names/place-heads.tsv", &["head", "plural", "kind"])?;
        let persons = source.table("names/person-heads.tsv", &["head", "plural", "kind", "gender"])?;
        Ok(Heads {
            titles: Lexicon::load(&titles, title)?,
            organizations: Lexicon::load(&organizations, organization)?,
            places: Lexicon::load(&places, place)?,
            persons: Lexicon::load(&persons, person)?,
            given: given_names(&source.table("names/given-names.tsv", &["name", "gender"])?)?,
        })
    }

    /// What a title implies.
    pub fn title(&self, text: &str) -> Option<&Title> {
        self.titles.get(text).next().map(|(t, _)| t)
    }

    /// The longest title that begins with the first of these words: its length in words, what it implies, whether it is plural.
    pub fn longest_title(&self, words: &[Word]) -> Option<(usize, &Title, bool)> {
        self.titles.longest(words)
    }

    /// What organizations a noun, singular or plural, can make; the likelier first.
    pub fn organization(&self, text: &str) -> impl Iterator<Item = &OrgHead> {
        self.organizations.get(text).map(|(h, _)| h)
    }

    /// The longest noun for an organization that begins with the first of these words.
    pub fn longest_organization(&self, words: &[Word]) -> Option<(usize, &OrgHead, bool)> {
        self.organizations.longest(words)
    }

    /// What place a noun, singular or plural, makes.
    pub fn place(&self, text: &str) -> Option<&PlaceHead> {
        self.places.get(text).next().map(|(h, _)| h)
    }

    /// What participants a noun stands for, and whether it is plural.
    pub fn person(&self, text: &str) -> Option<(&PersonHead, bool)> {
        self.persons.get(text).next()
    }

    /// The usual gender of a first name's bearers.
    pub fn gender(&self, given_name: &str) -> Option<Gender> {
        self.given.get(given_name).first().copied()
    }
}

const TITLES: &[&str] = &["title", "plural", "role", "relation", "kind", "body", "body_name", "gender"];

fn title(row: &Row<'_>) -> Result<Title> {
    let [title, _, role, relation, kind, body, body_name, gender] = row.fields[..] else { return Err(short(row)) };
    let text = |s: &str| s.to_owned();
    let (kind, body, body_name) = (text(kind), text(body), text(body_name));
    Ok(Title {
        title: text(title),
        role: text(role),
        relation: text(relation),
        kind,
        body,
        body_name,
        gender: gender_of(row, gender)?,
    })
}

fn organization(row: &Row<'_>) -> Result<OrgHead> {
    let [head, _, kind, stands_for] = row.fields[..] else { return Err(short(row)) };
    let expected = || row.error(format!("stands_for is state, armed-forces, part or own, found {stands_for:?}"));
    let stands_for = StandsFor::parse(stands_for).ok_or_else(expected)?;
    Ok(OrgHead { head: head.to_owned(), kind: kind.to_owned(), stands_for })
}

fn place(row: &Row<'_>) -> Result<PlaceHead> {
    let [head, _, kind] = row.fields[..] else { return Err(short(row)) };
    Ok(PlaceHead { head: head.to_owned(), kind: kind.to_owned() })
}

fn person(row: &Row<'_>) -> Result<PersonHead> {
    let [head, _, kind, gender] = row.fields[..] else { return Err(short(row)) };
    Ok(PersonHead { head: head.to_owned(), kind: kind.to_owned(), gender: gender_of(row, gender)? })
}

/// Later rows win, so that a folder's own table may end with corrections.
fn given_names(table: &Table) -> Result<Phrases<Gender>> {
    let mut found = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        let expected = || row.error(format!("gender is f or m, found {:?}", row.fields[1]));
        found.insert(row.fields[0].to_owned(), gender_of(&row, row.fields[1])?.ok_or_else(expected)?);
    }
    let mut builder = PhrasesBuilder::with_capacity(found.len());
    found.iter().for_each(|(name, gender)| builder.add(name, *gender));
    Ok(builder.build())
}

fn gender_of(row: &Row<'_>, text: &str) -> Result<Option<Gender>> {
    match (text, Gender::parse(text)) {
        ("", _) => Ok(None),
        (_, Some(gender)) => Ok(Some(gender)),
        _ => Err(row.error(format!("gender is f, m or nothing, found {text:?}"))),
    }
}

fn short(row: &Row<'_>) -> crate::Error {
    row.error("the row lacks columns")
}

/// Entries by singular and plural.
#[derive(Debug)]
struct Lexicon<T> {
    entries: Vec<T>,
    phrases: Phrases<(u32, bool)>,
}

impl<T> Lexicon<T> {
    /// The first column is the singular, the second the plural.
    fn load(table: &Table, read: impl Fn(&Row<'_>) -> Result<T>) -> Result<Lexicon<T>> {
        let mut entries = Vec::new();
        let mut builder = PhrasesBuilder::with_capacity(1024);
        for row in table.rows() {
            let row = row?;
            if row.fields[0].is_empty() {
                return Err(row.error("the first column must hold a word"));
            }
            let number = entries.len() as u32;
            builder.add(row.fields[0], (number, false));
            builder.add(row.fields[1], (number, true));
            entries.push(read(&row)?);
        }
        Ok(Lexicon { entries, phrases: builder.build() })
    }

    fn get(&self, text: &str) -> impl Iterator<Item = (&T, bool)> {
        self.phrases.get_words(&words(text)).iter().map(|(n, plural)| (&self.entries[*n as usize], *plural))
    }

    fn longest(&self, words: &[Word]) -> Option<(usize, &T, bool)> {
        let window = &words[..words.len().min(8)];
        let found = self.phrases.starting(window).filter(|(_, v)| !v.is_empty()).last()?;
        let (number, plural) = found.1.first().copied()?;
        Some((found.0, &self.entries[number as usize], plural))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads() -> Heads {
        Heads::load(&Source::builtin()).unwrap()
    }

    #[test]
    fn titles_imply_office_and_body() {
        let heads = heads();
        let minister = heads.title("Foreign Minister").unwrap();
        assert_eq!((minister.role.as_str(), minister.body_name.as_str()), ("foreign-minister", "Foreign Ministry"));
        assert_eq!(heads.title("spokeswoman").unwrap().gender, Some(Gender::Female));
        let (length, title, plural) = heads.longest_title(&words("foreign ministers of Armenia")).unwrap();
        assert_eq!((length, title.title.as_str(), plural), (2, "foreign minister", true));
        let (length, title, _) = heads.longest_title(&words("Lt. Gen. John Smith")).unwrap();
        assert_eq!((length, title.role.as_str()), (2, "officer"));
        assert!(heads.title("sandwich").is_none());
    }

    #[test]
    fn nouns_make_bodies_places_and_participants() {
        let heads = heads();
        assert_eq!(heads.organization("officials").next().unwrap().stands_for, StandsFor::State);
        assert_eq!(heads.organization("troops").next().unwrap().stands_for, StandsFor::ArmedForces);
        assert_eq!(heads.organization("Defense Ministry").next().unwrap().kind, "ministry");
        assert_eq!(heads.place("provinces").unwrap().kind, "region");
        let (head, plural) = heads.person("gunmen").unwrap();
        assert_eq!((head.head.as_str(), plural), ("gunman", true));
    }

    #[test]
    fn first_names_have_a_usual_gender() {
        let heads = heads();
        assert_eq!(heads.gender("Olga"), Some(Gender::Female));
        assert_eq!(heads.gender("Vladimir"), Some(Gender::Male));
        assert_eq!(heads.gender("Xyzzy"), None);
    }

    #[test]
    fn errors_say_what_is_expected() {
        let table = Table::parse(
            "names/org-heads.tsv",
            "head\tplural\tkind\tstands_for\na\tb\tc\td\n".into(),
            &["head", "plural", "kind", "stands_for"],
        )
        .unwrap();
        let error = Lexicon::load(&table, organization).unwrap_err().to_string();
        assert_eq!(error, "names/org-heads.tsv:2: stands_for is state, armed-forces, part or own, found \"d\"");
    }
}
