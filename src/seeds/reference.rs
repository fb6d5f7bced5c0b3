//! The words by which mentions are told apart and joined: pronouns, anaphoric phrases, bodies of states, spellings of names,
//! and the nouns and verbs that state how entities hang together. Names themselves are in [`Names`](super::Names).

use super::{Gender, Grammar, Row, Source};
use crate::error::Result;
use crate::model::Name;
use crate::vocab::{EntityType, Predicate};
use std::collections::BTreeMap;

/// The tables of `seeds/lexicon` that resolution reads.
#[derive(Debug, Default)]
pub struct Reference {
    /// The small words by which phrases are read.
    pub grammar: Grammar,
    pronouns: BTreeMap<String, Pronoun>,
    anaphora: BTreeMap<String, Anaphor>,
    covers: BTreeMap<String, Vec<String>>,
    bodies: BTreeMap<String, usize>,
    body_list: Vec<Body>,
    spellings: Vec<Spelling>,
    markers: BTreeMap<String, Mark>,
    links: BTreeMap<String, Vec<Link>>,
    metonyms: BTreeMap<(Place, String), bool>,
}

/// What a pronoun agrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pronoun {
    /// Whether it is the speaker: I, we.
    pub first: bool,
    /// Whether it is plural in form.
    pub plural: bool,
    /// Its gender; none for I, we, they.
    pub gender: Option<PronounGender>,
    /// How it is used.
    pub usage: Usage,
}

/// The gender of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PronounGender {
    /// he
    Male,
    /// she
    Female,
    /// it
    Neuter,
}

/// How a pronoun is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// he, him
    Own,
    /// his
    Possessive,
    /// himself
    Reflexive,
}

/// Before a word that the name of an antecedent must have, among its kinds.
const CALLED: char = '=';

/// What a short definite phrase refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anaphor {
    /// To what sort of antecedent.
    pub refers: Refers,
    /// Of which kinds; empty for any.
    pub kinds: Vec<Name>,
    /// Words of which its name has one; empty for any.
    pub words: Vec<Name>,
}

/// The antecedents of definite phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refers {
    /// The two that were last named together.
    Pair,
    /// The first of them.
    Former,
    /// The second of them.
    Latter,
    /// One entity of this type.
    One(EntityType),
}

/// A body that every state has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its role among the bodies of its state, as in the table of organizations: `defense-ministry`.
    pub role: String,
    /// How it is called after an adjective: "Ministry of Defence".
    pub label: String,
}

#[derive(Debug)]
struct Spelling {
    from: String,
    to: String,
    place: Where,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Word,
    Start,
    End,
    Any,
    Print,
}

/// What a small word beside a name or title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The office was held before: former.
    Past,
    /// The office will be held: incoming.
    Future,
    /// A people, not a state: ethnic.
    Ethnic,
    /// The state is not the owner: pro-, -backed.
    Sided,
    /// Whose side somebody is on, before the place that he is elected in: Republican.
    Partisan,
    /// Nothing: senior, top.
    Filler,
    /// A preposition between a title and whose it is.
    Link,
    /// A preposition that ties a title only to a body: in.
    Within,
    /// The office is below the title's: deputy.
    Under,
    /// A verb that gives somebody an office: elect.
    Appoints,
    /// A noun for somebody who does not belong to what stands after it: critic, victim.
    Apart,
    /// An article, or what stands for one, of something known.
    Definite,
    /// An article of something new.
    Indefinite,
}

/// Where a capital's name stands to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// After this preposition.
    Preposition,
    /// The subject of this verb.
    Subject,
    /// The object of this verb.
    Object,
    /// The owner of this noun.
    Owner,
}

/// A word that states how two entities hang together.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The name of the rule: `capitalOf/capital`.
    pub rule: Name,
    /// What it states.
    pub predicate: Predicate,
    /// The trigger's words by dictionary form.
    pub words: Vec<String>,
    /// Its part of speech.
    pub pos: LinkPos,
    /// Where the subject stands.
    pub subject: Vec<End>,
    /// Where the object stands.
    pub object: Vec<End>,
    /// The subject's types.
    pub subject_types: Vec<EntityType>,
    /// The object's types.
    pub object_types: Vec<EntityType>,
    /// How sure such a reading is.
    pub confidence: f64,
}

/// The part of speech of a link's trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPos {
    /// "the capital of"
    Noun,
    /// "is headed by"
    Verb,
    /// "loyal to"
    Adjective,
    /// A preposition between two names: "Ali Veli of Izmir".
    Preposition,
}

/// Where an end of a link stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The noun's bearer: apposition, copula, a name beside it.
    Bearer,
    /// The noun's possessor.
    Possessor,
    /// A name before the noun.
    Modifier,
    /// The verb's agent in the active.
    Agent,
    /// The verb's object, or its subject in the passive.
    Patient,
    /// After a preposition.
    Preposition(String),
}

impl Reference {
    /// Reads the tables.
    pub fn load(source: &Source) -> Result<Reference> {
        let mut reference = Reference { grammar: Grammar::load(source)?, ..Reference::default() };
        reference.load_pronouns(source)?;
        reference.load_anaphora(source)?;
        reference.load_roles(source)?;
        reference.load_bodies(source)?;
        reference.load_spellings(source)?;
        reference.load_markers(source)?;
        reference.load_links(source)?;
        reference.load_metonyms(source)?;
        Ok(reference)
    }

    /// What a word in lower case is as a pronoun.
    pub fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(word).copied()
    }

    /// What a phrase in lower case, without its article, refers back to.
    pub fn anaphor(&self, phrase: &str) -> Option<&Anaphor> {
        self.anaphora.get(phrase)
    }

    /// Whether a phrase in lower case stands for a state: "country", "government".
    pub fn is_state(&self, phrase: &str) -> bool {
        self.anaphor(phrase).is_some_and(|a| a.refers == Refers::One(EntityType::State))
    }

    /// The body that a phrase in lower case names.
    pub fn body(&self, phrase: &str) -> Option<&Body> {
        self.bodies.get(phrase).map(|&i| &self.body_list[i])
    }

    /// Whether who holds one role can be called by another: a president is a "leader".
    pub fn covers(&self, called: &str, held: &str) -> bool {
        called == held || self.covers.get(called).is_some_and(|all| all.iter().any(|r| r == held))
    }

    /// What a small word in lower case marks.
    pub fn mark(&self, word: &str) -> Option<Mark> {
        self.markers.get(word).copied()
    }

    /// Whether a capital's name that stands so to a word means the government; nothing where the tables do not say.
    pub fn acts(&self, place: Place, word: &str) -> Option<bool> {
        self.metonyms.get(&(place, word.to_owned())).copied()
    }

    /// The links whose last trigger word has that dictionary form.
    pub fn links(&self, lemma: &str) -> &[Link] {
        self.links.get(lemma).map_or(&[], |l| l)
    }

    /// The key by which spellings of one part of a name meet; the part is given in lower-case ASCII.
    pub fn sound(&self, part: &str) -> String {
        let mut key = part.to_owned();
        for spelling in self.spellings.iter().filter(|s| s.place != Where::Print) {
            spelling.apply(&mut key);
        }
        let mut last = None;
        key.retain(|c| last.replace(c) != Some(c));
        key
    }

    /// The spelling of one part of a name that ids are written in; the part is given in lower-case ASCII.
    pub fn printed(&self, part: &str) -> String {
        let mut printed = part.to_owned();
        for spelling in self.spellings.iter().filter(|s| s.place == Where::Print) {
            spelling.apply(&mut printed);
        }
        printed
    }

    fn load_pronouns(&mut self, source: &Source) -> Result<()> {
        let table = source.table("lexicon/pronouns.tsv", &["form", "person", "number", "gender", "use"])?;
        for row in table.rows() {
            let row = row?;
            let pronoun = Pronoun {
                first: one_of(&row, 1, &[("1", true), ("3", false)])?,
                plural: one_of(&row, 2, &[("p", true), ("s", false)])?,
                gender: one_of(
                    &row,
                    3,
                    &[
                        ("", None),
                        ("m", Some(PronounGender::Male)),
                        ("f", Some(PronounGender::Female)),
                        ("n", Some(PronounGender::Neuter)),
                    ],
                )?,
                usage: one_of(
                    &row,
                    4,
                    &[("own", Usage::Own), ("possessive", Usage::Possessive), ("reflexive", Usage::Reflexive)],
                )?,
            };
            self.pronouns.insert(row.fields[0].to_owned(), pronoun);
        }
        Ok(())
    }

    fn load_anaphora(&mut self, source: &Source) -> Result<()> {
        let refers = [
            ("pair", Refers::Pair),
            ("former", Refers::Former),
            ("latter", Refers::Latter),
            ("state", Refers::One(EntityType::State)),
            ("organization", Refers::One(EntityType::Organization)),
            ("place", Refers::One(EntityType::Place)),
            ("person", Refers::One(EntityType::Person)),
        ];
        for row in source.table("lexicon/anaphora.tsv", &["phrase", "refers", "kinds"])?.rows() {
            let row = row?;
            let refers = one_of(&row, 1, &refers)?;
            let called = parts(row.fields[2]).filter_map(|k| k.strip_prefix(CALLED));
            let kinds = parts(row.fields[2]).filter(|k| !k.starts_with(CALLED));
            let anaphor =
                Anaphor { refers, kinds: kinds.map(Name::from).collect(), words: called.map(Name::from).collect() };
            self.anaphora.insert(row.fields[0].to_owned(), anaphor);
        }
        Ok(())
    }

    fn load_roles(&mut self, source: &Source) -> Result<()> {
        for row in source.table("lexicon/roles.tsv", &["role", "covers"])?.rows() {
            let row = row?;
            self.covers.insert(row.fields[0].to_owned(), parts(row.fields[1]).map(str::to_owned).collect());
        }
        Ok(())
    }

    fn load_bodies(&mut self, source: &Source) -> Result<()> {
        for row in source.table("lexicon/bodies.tsv", &["role", "label", "variants"])?.rows() {
            let row = row?;
            let number = self.body_list.len();
            self.body_list.push(Body { role: row.fields[0].to_owned(), label: row.fields[1].to_owned() });
            for variant in parts(row.fields[2]) {
                if self.bodies.insert(variant.to_owned(), number).is_some() {
                    return Err(row.error(format!("{variant:?} is a variant of another body already")));
                }
            }
        }
        Ok(())
    }

    fn load_spellings(&mut self, source: &Source) -> Result<()> {
        let places = [
            ("word", Where::Word),
            ("start", Where::Start),
            ("end", Where::End),
            ("any", Where::Any),
            ("print", Where::Print),
        ];
        for row in source.table("lexicon/transliteration.tsv", &["from", "to", "where"])?.rows() {
            let row = row?;
            let (from, to) = (row.fields[0].to_owned(), row.fields[1].trim().to_owned());
            if from.is_empty() {
                return Err(row.error("the letters to replace are missing"));
            }
            self.spellings.push(Spelling { from, to, place: one_of(&row, 2, &places)? });
        }
        Ok(())
    }

    fn load_markers(&mut self, source: &Source) -> Result<()> {
        let marks = [
            ("past", Mark::Past),
            ("future", Mark::Future),
            ("ethnic", Mark::Ethnic),
            ("partisan", Mark::Partisan),
            ("sided", Mark::Sided),
            ("filler", Mark::Filler),
            ("link", Mark::Link),
            ("within", Mark::Within),
            ("under", Mark::Under),
            ("appoints", Mark::Appoints),
            ("apart", Mark::Apart),
            ("definite", Mark::Definite),
            ("indefinite", Mark::Indefinite),
        ];
        for row in source.table("lexicon/markers.tsv", &["word", "marks"])?.rows() {
            let row = row?;
            self.markers.insert(row.fields[0].to_owned(), one_of(&row, 1, &marks)?);
        }
        Ok(())
    }

    fn load_metonyms(&mut self, source: &Source) -> Result<()> {
        let places =
            [("prep", Place::Preposition), ("subj", Place::Subject), ("obj", Place::Object), ("noun", Place::Owner)];
        for row in source.table("lexicon/metonyms.tsv", &["word", "pos", "reads"])?.rows() {
            let row = row?;
            let key = (one_of(&row, 1, &places)?, row.fields[0].to_owned());
            self.metonyms.insert(key, one_of(&row, 2, &[("actor", true), ("site", false)])?);
        }
        Ok(())
    }

    fn load_links(&mut self, source: &Source) -> Result<()> {
        let columns =
            ["rule", "predicate", "words", "pos", "subject", "object", "subject_types", "object_types", "confidence"];
        for row in source.table("lexicon/structure.tsv", &columns)?.rows() {
            let row = row?;
            let link = link(&row)?;
            let key = link.words.last().cloned().ok_or_else(|| row.error("the trigger's words are missing"))?;
            // A particle is looked for beside its verb.
            let key = if link.pos == LinkPos::Verb { link.words[0].clone() } else { key };
            self.links.entry(key).or_default().push(link);
        }
        Ok(())
    }
}

fn link(row: &Row<'_>) -> Result<Link> {
    let pos =
        [("noun", LinkPos::Noun), ("verb", LinkPos::Verb), ("adj", LinkPos::Adjective), ("prep", LinkPos::Preposition)];
    let confidence: f64 = row.fields[8].parse().map_err(|_| row.error("the confidence must be a number"))?;
    if !(0.0..=1.0).contains(&confidence) {
        return Err(row.error("the confidence must lie between 0 and 1"));
    }
    Ok(Link {
        rule: Name::from(row.fields[0]),
        predicate: Predicate::from(row.fields[1]),
        words: row.fields[2].split_whitespace().map(str::to_owned).collect(),
        pos: one_of(row, 3, &pos)?,
        subject: parts(row.fields[4]).map(end).collect(),
        object: parts(row.fields[5]).map(end).collect(),
        subject_types: types(row, 6)?,
        object_types: types(row, 7)?,
        confidence,
    })
}

fn end(text: &str) -> End {
    match text {
        "bearer" => End::Bearer,
        "poss" => End::Possessor,
        "mod" => End::Modifier,
        "agent" => End::Agent,
        "patient" => End::Patient,
        preposition => End::Preposition(preposition.to_owned()),
    }
}

fn types(row: &Row<'_>, field: usize) -> Result<Vec<EntityType>> {
    let mut types = Vec::new();
    for part in parts(row.fields[field]) {
        match part {
            "Actor" => types.extend([EntityType::Person, EntityType::Organization, EntityType::State]),
            "Site" => types.extend([EntityType::Place, EntityType::State]),
            _ => types
                .push(EntityType::parse(part).ok_or_else(|| row.error(format!("{part:?} is not a type of entity")))?),
        }
    }
    Ok(types)
}

fn parts(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').map(str::trim).filter(|p| !p.is_empty())
}

fn one_of<T: Copy>(row: &Row<'_>, field: usize, values: &[(&str, T)]) -> Result<T> {
    let found = row.fields[field];
    values.iter().find(|(name, _)| *name == found).map(|(_, v)| *v).ok_or_else(|| {
        let known: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        row.error(format!("column {} must be one of {}, found {found:?}", field + 1, known.join(", ")))
    })
}

impl Spelling {
    fn apply(&self, key: &mut String) {
        match self.place {
            Where::Word if *key == self.from => *key = self.to.clone(),
            Where::Start if key.starts_with(&self.from) => key.replace_range(..self.from.len(), &self.to),
            Where::End | Where::Print if key.ends_with(&self.from) => {
                key.truncate(key.len() - self.from.len());
                key.push_str(&self.to);
            }
            Where::Any if key.contains(&self.from) => *key = key.replace(&self.from, &self.to),
            _ => {}
        }
    }
}

impl PronounGender {
    /// Whether somebody of that gender, or of an unknown one, can be meant.
    pub fn fits(self, gender: Option<Gender>) -> bool {
        match self {
            PronounGender::Male => gender != Some(Gender::Female),
            PronounGender::Female => gender != Some(Gender::Male),
            PronounGender::Neuter => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load() {
        let r = Reference::load(&Source::builtin()).unwrap();
        assert_eq!(r.body("ministry of defence").map(|b| &*b.role), Some("defense-ministry"));
        assert!(matches!(r.anaphor("both sides").map(|a| a.refers), Some(Refers::Pair)));
        assert!(!r.links("capital").is_empty());
    }

    #[test]
    fn spellings_of_one_sound_meet() {
        let r = Reference::load(&Source::builtin()).unwrap();
        for (a, b) in [
            ("stepanian", "stepanyan"),
            ("aliyev", "aliev"),
            ("zelensky", "zelenskyy"),
            ("zelensky", "zelenskiy"),
            ("hajiyev", "hajiev"),
            ("lukashenko", "lukashenka"),
            ("mohammed", "muhammad"),
        ] {
            assert_eq!(r.sound(a), r.sound(b), "{a} and {b}");
        }
        for (a, b) in [("aliyev", "alimov"), ("zhang", "yang"), ("sarkisyan", "sahakyan")] {
            assert_ne!(r.sound(a), r.sound(b), "{a} and {b}");
        }
    }
}
