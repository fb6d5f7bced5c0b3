//! The words of counts, from `seeds/lexicon/quantities.tsv`.

use crate::Result;
use crate::seeds::{Row, Source};
use std::collections::BTreeMap;

const FILE: &str = "lexicon/quantities.tsv";

/// What a word or phrase can mean in a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Number(u64),
    None,
    Scale(u64),
    Suffix(u64),
    Plural(u64),
    Vague(u64),
    Article,
    Half,
    Bound(Bound),
    After(Bound),
    Between,
    And,
    To,
    Of,
    NotCounted,
    Currency,
}

/// Which side of a number is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast,
    AtMost,
    About,
    Exactly,
}

/// The words of counts, from `seeds/lexicon/quantities.tsv`.
#[derive(Debug, Clone)]
pub struct QuantityLexicon {
    /// Phrases by their first word, the longest first.
    phrases: BTreeMap<Box<str>, Vec<Phrase>>,
}

/// A phrase without its first word.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The words after the first.
    pub rest: Vec<Box<str>>,
    /// What it can mean.
    pub sense: Sense,
}

impl QuantityLexicon {
    /// Reads and checks the table.
    pub fn load(source: &Source) -> Result<QuantityLexicon> {
        let table = source.table(FILE, &["phrase", "kind", "value"])?;
        let mut phrases: BTreeMap<Box<str>, Vec<Phrase>> = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            let mut words = row.fields[0].split(' ').map(Box::from);
            let first: Box<str> = words.next().unwrap_or_default();
            if first.is_empty() || row.fields[0].to_lowercase() != row.fields[0] {
                return Err(row.error("the phrase must be in lower case, with one blank between its words"));
            }
            phrases.entry(first).or_default().push(Phrase { rest: words.collect(), sense: sense(&row)? });
        }
        phrases.values_mut().for_each(|same| same.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len())));
        Ok(QuantityLexicon { phrases })
    }

    /// The phrases that begin with a word, in any case.
    pub(super) fn phrases(&self, word: &str) -> &[Phrase] {
        // A longer word is in no table.
        const LONGEST: usize = 24;
        let lower = if word.len() > LONGEST { String::new() } else { word.to_lowercase() };
        self.phrases.get(lower.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The value of a word for a number.
    pub(super) fn number(&self, word: &str) -> Option<u64> {
        self.phrases(word)
            .iter()
            .find_map(|phrase| if let Sense::Number(value) = phrase.sense { Some(value) } else { None })
    }
}

fn sense(row: &Row<'_>) -> Result<Sense> {
    let (kind, value) = (row.fields[1], row.fields[2]);
    let number = || value.parse().map_err(|_| row.error(format!("the value of a {kind} must be a whole number")));
    Ok(match kind {
        "number" => Sense::Number(number()?),
        "none" => Sense::None,
        "scale" => Sense::Scale(number()?),
        "suffix" => Sense::Suffix(number()?),
        "plural" => Sense::Plural(number()?),
        "vague" => Sense::Vague(number()?),
        "article" => Sense::Article,
        "half" => Sense::Half,
        "at-least" => Sense::Bound(Bound::AtLeast),
        "at-most" => Sense::Bound(Bound::AtMost),
        "about" => Sense::Bound(Bound::About),
        "exactly" => Sense::Bound(Bound::Exactly),
        "after-at-least" => Sense::After(Bound::AtLeast),
        "after-at-most" => Sense::After(Bound::AtMost),
        "after-about" => Sense::After(Bound::About),
        "between" => Sense::Between,
        "and" => Sense::And,
        "to" => Sense::To,
        "of" => Sense::Of,
        "not-counted" => Sense::NotCounted,
        "currency" => Sense::Currency,
        _ => return Err(row.error(format!("there is no kind {kind:?}; the head of the file lists them"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_sound() {
        let lexicon = QuantityLexicon::load(&Source::builtin()).unwrap();
        assert_eq!(lexicon.number("Twelve"), Some(12));
        assert_eq!(lexicon.phrases("a").first().map(|phrase| phrase.rest.len()), Some(2), "the longest comes first");
    }

    #[test]
    fn errors_name_the_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("lexicon")).unwrap();
        for (row, message) in [
            ("ten\tnumber\tX", "the value of a number must be a whole number"),
            ("Ten\tnumber\t10", "the phrase must be in lower case, with one blank between its words"),
            ("ten\tsum\t10", "there is no kind \"sum\"; the head of the file lists them"),
        ] {
            std::fs::write(folder.path().join(FILE), format!("phrase\tkind\tvalue\n{row}\n")).unwrap();
            let error = QuantityLexicon::load(&Source::folder(folder.path()).unwrap()).unwrap_err();
            assert_eq!(error.to_string(), format!("lexicon/quantities.tsv:2: {message}"));
        }
    }
}
