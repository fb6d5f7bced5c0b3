//! The words of saying: `seeds/lexicon/speech.tsv`, checked on load and looked up by lemma.

use super::Act;
use crate::error::Result;
use crate::seeds::{Row, Source};
use indexmap::{IndexMap, IndexSet};

const FILE: &str = "lexicon/speech.tsv";
const CALENDAR: &str = "lexicon/calendar.tsv";
const COLUMNS: [&str; 5] = ["lemma", "pos", "act", "strength", "takes"];

/// The word class that a cue belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Verb,
    Noun,
    Adjective,
    Adverb,
    Preposition,
    /// Not a cue: a word that denies what it stands with.
    Negation,
}

/// What a cue takes as the thing said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Take {
    /// Whether an object comes first and belongs to the content: "accused *Armenia* of shelling".
    pub object: bool,
    /// What follows.
    pub kind: Kind,
}

/// The construction that holds the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// No content: the object is the one spoken to, as in "told reporters".
    Hearer,
    /// No content: the noun names the piece in which something is said, as in "said in a statement".
    Medium,
    /// A finite clause, with or without "that", before or after the cue.
    Clause,
    /// A quotation.
    Quote,
    /// A gerund: "denied shelling".
    Gerund,
    /// An infinitive: "vowed to retaliate".
    Infinitive,
    /// The subject of a passive together with an infinitive: "is believed to have fled".
    Raising,
    /// The subject together with what it seems to be: "seems ready".
    Seeming,
    /// An object that is itself a word of saying: "rejected the claim".
    Claim,
    /// The object alone: "condemned the attack".
    Plain,
    /// The object and what is said of it: "called him a liar".
    Predicate,
    /// A prepositional phrase.
    Preposition(Box<str>),
    /// A prepositional phrase and an infinitive: "called on them to leave".
    Asking(Box<str>),
}

/// How surely a word reports what somebody says or thinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It only keeps its content from being a fact: "tried to", "is likely to".
    Faint,
    /// With a source of its own, outside quotations.
    Likely,
    /// It is hardly used for anything else.
    Sure,
}

/// One line of the lexicon.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// What follows the first word: "out" of "point out", "to" of "according to".
    pub tail: Vec<Box<str>>,
    /// The kind of act.
    pub act: Act,
    /// How surely the word reports speech.
    pub strength: Strength,
    /// What it takes.
    pub takes: Vec<Take>,
}

/// The lexicon of cues.
#[derive(Debug, Clone, Default)]
pub struct SpeechLexicon {
    entries: IndexMap<(Class, Box<str>), Vec<Entry>>,
    /// Names of days and months, which are subjects of no verb of saying.
    calendar: IndexSet<Box<str>>,
}

impl Entry {
    /// Whether the word is hardly used but to report speech.
    pub fn is_sure(&self) -> bool {
        self.strength == Strength::Sure
    }
}

impl SpeechLexicon {
    /// Reads and checks `lexicon/speech.tsv`.
    pub fn load(source: &Source) -> Result<SpeechLexicon> {
        let table = source.table(FILE, &COLUMNS)?;
        let mut lexicon = SpeechLexicon::default();
        for row in table.rows() {
            lexicon.add(&row?)?;
        }
        for row in source.table(CALENDAR, &["word", "kind"])?.rows() {
            lexicon.calendar.insert(row?.fields[0].into());
        }
        Ok(lexicon)
    }

    /// The entries of a lemma, in the file's order.
    pub(super) fn entries(&self, class: Class, lemma: &str) -> &[Entry] {
        self.entries.get(&(class, Box::from(lemma))).map_or(&[], Vec::as_slice)
    }

    /// Whether the word denies what it stands with: "not", "nobody".
    pub(super) fn is_negation(&self, lemma: &str) -> bool {
        !self.entries(Class::Negation, lemma).is_empty()
    }

    /// Whether the word names a day or a month.
    pub(super) fn is_date(&self, word: &str) -> bool {
        self.calendar.contains(word)
    }

    /// Whether the verb takes the one spoken to as its object: "told reporters".
    pub(super) fn has_hearer(&self, lemma: &str) -> bool {
        self.entries(Class::Verb, lemma).iter().any(|e| e.takes.iter().any(|t| t.kind == Kind::Hearer))
    }

    /// Whether the noun names something said: a claim, a statement.
    pub(super) fn is_claim(&self, lemma: &str) -> bool {
        self.entries(Class::Noun, lemma).iter().any(|e| e.act == Act::Asserts && e.is_sure())
    }

    fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let mut words = row.fields[0].split(' ').filter(|w| !w.is_empty()).map(Box::from);
        let first = words.next().ok_or_else(|| row.error("the first column must hold the cue's lemma"))?;
        let class = class(row)?;
        let entry = Entry { tail: words.collect(), act: act(row)?, strength: strength(row)?, takes: takes(row)? };
        self.entries.entry((class, first)).or_default().push(entry);
        Ok(())
    }
}

fn class(row: &Row<'_>) -> Result<Class> {
    match row.fields[1] {
        "verb" => Ok(Class::Verb),
        "noun" => Ok(Class::Noun),
        "adjective" => Ok(Class::Adjective),
        "adverb" => Ok(Class::Adverb),
        "preposition" => Ok(Class::Preposition),
        "negation" => Ok(Class::Negation),
        other => {
            let message = "pos must be verb, noun, adjective, adverb, preposition or negation";
            Err(row.error(format!("{message}, found {other:?}")))
        }
    }
}

fn act(row: &Row<'_>) -> Result<Act> {
    match row.fields[2] {
        "asserts" => Ok(Act::Asserts),
        "denies" => Ok(Act::Denies),
        "wants" => Ok(Act::Wants),
        "thinks" => Ok(Act::Thinks),
        other => Err(row.error(format!("act must be asserts, denies, wants or thinks, found {other:?}"))),
    }
}

fn strength(row: &Row<'_>) -> Result<Strength> {
    match row.fields[3] {
        "sure" => Ok(Strength::Sure),
        "likely" => Ok(Strength::Likely),
        "faint" => Ok(Strength::Faint),
        other => Err(row.error(format!("strength must be sure, likely or faint, found {other:?}"))),
    }
}

fn takes(row: &Row<'_>) -> Result<Vec<Take>> {
    row.fields[4]
        .split(',')
        .filter(|t| !t.is_empty())
        .map(|text| take(text).ok_or_else(|| row.error(format!("unknown complement {text:?}"))))
        .collect()
}

fn take(text: &str) -> Option<Take> {
    let (object, rest) = match text.strip_prefix("object+") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    Some(Take { object, kind: kind(rest)? })
}

fn kind(text: &str) -> Option<Kind> {
    let letters = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase());
    Some(match text {
        "clause" => Kind::Clause,
        "hearer" => Kind::Hearer,
        "medium" => Kind::Medium,
        "quote" => Kind::Quote,
        "ing" => Kind::Gerund,
        "inf" => Kind::Infinitive,
        "raise" => Kind::Raising,
        "seem" => Kind::Seeming,
        "claim" => Kind::Claim,
        "object" => Kind::Plain,
        "pred" => Kind::Predicate,
        _ => match text.strip_suffix("+inf") {
            Some(preposition) if letters(preposition) => Kind::Asking(preposition.into()),
            None if letters(text) => Kind::Preposition(text.into()),
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lexicon_is_well_formed() {
        let lexicon = SpeechLexicon::load(&Source::builtin()).unwrap();
        assert!(lexicon.entries.len() > 500);
        assert!(lexicon.entries(Class::Verb, "say").iter().any(|e| e.is_sure() && e.act == Act::Asserts));
        assert!(lexicon.entries(Class::Verb, "accuse").iter().any(|e| e.takes.iter().any(|t| t.object)));
        assert!(lexicon.is_claim("allegation"));
        assert!(lexicon.entries(Class::Verb, "shell").is_empty());
    }

    #[test]
    fn complements_are_read() {
        assert_eq!(take("object+of"), Some(Take { object: true, kind: Kind::Preposition("of".into()) }));
        assert_eq!(take("on+inf"), Some(Take { object: false, kind: Kind::Asking("on".into()) }));
        assert_eq!(take("clause"), Some(Take { object: false, kind: Kind::Clause }));
        assert_eq!(take("of the"), None);
        assert_eq!(take(""), None);
    }
}
