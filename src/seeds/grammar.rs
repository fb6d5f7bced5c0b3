//! Closed classes of small words by which phrases are read, from `lexicon/grammar.tsv`.

use super::{Source, Table};
use crate::error::{Error, Result};

const FILE: &str = "lexicon/grammar.tsv";

/// A closed class of words; `seeds/lexicon/README.md` tells what each is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the README of the table describes each")]
pub enum Closed {
    Agent,
    Ago,
    Anaphor,
    Apart,
    Article,
    Asked,
    Author,
    Authored,
    Bare,
    BasePast,
    Besieging,
    Blamed,
    BodyFirst,
    BodyLast,
    Branch,
    Broker,
    Byline,
    Capacity,
    ClauseMark,
    Content,
    Coordinator,
    Delegates,
    Denial,
    Described,
    Doer,
    Example,
    Expletive,
    Faulted,
    Faulting,
    Favouring,
    Freeing,
    Genitive,
    Gerund,
    Giving,
    Ground,
    Home,
    Impersonal,
    Intransitive,
    Issuer,
    Led,
    Locative,
    Means,
    NameLink,
    Nameless,
    No,
    NoMore,
    Ours,
    Own,
    Owner,
    Partner,
    Party,
    Peer,
    Perfect,
    PlaceFirst,
    Portfolio,
    Posting,
    Reciprocal,
    Relative,
    Saying,
    Seat,
    Ship,
    Side,
    Single,
    Site,
    Stance,
    That,
    Then,
    ToDate,
    Topic,
    Unreal,
    Venue,
}

/// Every class by its name in the table, in the order of the enum.
const CLASSES: [(&str, Closed); 71] = [
    ("agent", Closed::Agent),
    ("ago", Closed::Ago),
    ("anaphor", Closed::Anaphor),
    ("apart", Closed::Apart),
    ("article", Closed::Article),
    ("asked", Closed::Asked),
    ("author", Closed::Author),
    ("authored", Closed::Authored),
    ("bare", Closed::Bare),
    ("base-past", Closed::BasePast),
    ("besieging", Closed::Besieging),
    ("blamed", Closed::Blamed),
    ("body-first", Closed::BodyFirst),
    ("body-last", Closed::BodyLast),
    ("branch", Closed::Branch),
    ("broker", Closed::Broker),
    ("byline", Closed::Byline),
    ("capacity", Closed::Capacity),
    ("clause-mark", Closed::ClauseMark),
    ("content", Closed::Content),
    ("coordinator", Closed::Coordinator),
    ("delegates", Closed::Delegates),
    ("denial", Closed::Denial),
    ("described", Closed::Described),
    ("doer", Closed::Doer),
    ("example", Closed::Example),
    ("expletive", Closed::Expletive),
    ("faulted", Closed::Faulted),
    ("faulting", Closed::Faulting),
    ("favouring", Closed::Favouring),
    ("freeing", Closed::Freeing),
    ("genitive", Closed::Genitive),
    ("gerund", Closed::Gerund),
    ("giving", Closed::Giving),
    ("ground", Closed::Ground),
    ("home", Closed::Home),
    ("impersonal", Closed::Impersonal),
    ("intransitive", Closed::Intransitive),
    ("issuer", Closed::Issuer),
    ("led", Closed::Led),
    ("locative", Closed::Locative),
    ("means", Closed::Means),
    ("name-link", Closed::NameLink),
    ("nameless", Closed::Nameless),
    ("no", Closed::No),
    ("no-more", Closed::NoMore),
    ("ours", Closed::Ours),
    ("own", Closed::Own),
    ("owner", Closed::Owner),
    ("partner", Closed::Partner),
    ("party", Closed::Party),
    ("peer", Closed::Peer),
    ("perfect", Closed::Perfect),
    ("place-first", Closed::PlaceFirst),
    ("portfolio", Closed::Portfolio),
    ("posting", Closed::Posting),
    ("reciprocal", Closed::Reciprocal),
    ("relative", Closed::Relative),
    ("saying", Closed::Saying),
    ("seat", Closed::Seat),
    ("ship", Closed::Ship),
    ("side", Closed::Side),
    ("single", Closed::Single),
    ("site", Closed::Site),
    ("stance", Closed::Stance),
    ("that", Closed::That),
    ("then", Closed::Then),
    ("to-date", Closed::ToDate),
    ("topic", Closed::Topic),
    ("unreal", Closed::Unreal),
    ("venue", Closed::Venue),
];

/// The words of every class.
#[derive(Debug, Clone)]
pub struct Grammar {
    words: [Vec<Box<str>>; CLASSES.len()],
}

impl Default for Grammar {
    fn default() -> Grammar {
        Grammar { words: std::array::from_fn(|_| Vec::new()) }
    }
}

impl Grammar {
    /// Reads and checks the table.
    pub fn load(source: &Source) -> Result<Grammar> {
        Grammar::read(&source.table(FILE, &["class", "word"])?)
    }

    fn read(table: &Table) -> Result<Grammar> {
        let mut grammar = Grammar::default();
        for row in table.rows() {
            let row = row?;
            let (name, word) = (row.fields[0], row.fields[1]);
            let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == name) else {
                return Err(row.error(format!("there is no class {name:?}; lexicon/README.md lists them")));
            };
            if word.is_empty() || word.to_lowercase() != word || word.contains(char::is_whitespace) {
                return Err(row.error("the word must be in lower case, without blanks"));
            }
            if grammar.has(*class, word) {
                return Err(row.error(format!("{word:?} is in the class {name} already")));
            }
            grammar.words[*class as usize].push(word.into());
        }
        match CLASSES.iter().find(|(_, class)| grammar.words(*class).is_empty()) {
            Some((name, _)) => Err(Error::syntax(FILE, None, format!("the class {name} has no word"))),
            None => Ok(grammar),
        }
    }

    /// The words of a class, in the table's order.
    pub fn words(&self, class: Closed) -> &[Box<str>] {
        &self.words[class as usize]
    }

    /// Whether a word in lower case is in a class.
    pub fn has(&self, class: Closed, word: &str) -> bool {
        self.words(class).iter().any(|known| **known == *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_where_its_name_says() {
        let grammar = Grammar::load(&Source::builtin()).unwrap();
        assert!(CLASSES.iter().enumerate().all(|(i, (_, class))| *class as usize == i));
        assert!(grammar.has(Closed::Agent, "by") && !grammar.has(Closed::Agent, "of"));
        assert_eq!(grammar.words(Closed::Owner).first().map(|w| &**w), Some("of"), "the order is the file's");
    }

    #[test]
    fn errors_name_the_line() {
        for (row, message) in [
            ("agents\tby", "lexicon/grammar.tsv:2: there is no class \"agents\""),
            ("agent\tBy", "lexicon/grammar.tsv:2: the word must be in lower case"),
            ("agent\tby\nagent\tby", "lexicon/grammar.tsv:3: \"by\" is in the class agent already"),
            ("agent\tby", "lexicon/grammar.tsv: the class ago has no word"),
        ] {
            let table = Table::parse(FILE, format!("class\tword\n{row}\n").into(), &["class", "word"]).unwrap();
            let error = Grammar::read(&table).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
