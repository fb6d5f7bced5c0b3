//! The words of time expressions, from `seeds/lexicon/time.tsv`.

use super::calendar::Unit;
use crate::Result;
use crate::seeds::{Row, Source};
use std::collections::BTreeMap;

const FILE: &str = "lexicon/time.tsv";

/// What a word can mean in a time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the head of seeds/lexicon/time.tsv explains each with an example")]
pub enum Sense {
    Month(i8),
    MaybeMonth(i8),
    /// Days after Monday.
    Weekday(i8),
    Habit,
    Offset(i64),
    Overnight,
    Part,
    Unit(Unit),
    Season(i8),
    Number(i64),
    Some,
    Ordinal(i64),
    Last,
    Next,
    This,
    Preceding,
    Following,
    Same,
    Early,
    Middle,
    Late,
    Earlier,
    Later,
    Ago,
    Before,
    After,
    Since,
    Until,
    From,
    Between,
    To,
    At,
    In,
    Of,
    And,
    For,
    Determiner,
    Clock,
    Time,
    Every,
    Age,
    Half,
    Future,
    Nth,
    Years,
}

/// The senses whose kind says all.
const PLAIN: &[(&str, Sense)] = &[
    ("after", Sense::After),
    ("age", Sense::Age),
    ("ago", Sense::Ago),
    ("and", Sense::And),
    ("at", Sense::At),
    ("before", Sense::Before),
    ("between", Sense::Between),
    ("clock", Sense::Clock),
    ("determiner", Sense::Determiner),
    ("earlier", Sense::Earlier),
    ("early", Sense::Early),
    ("every", Sense::Every),
    ("following", Sense::Following),
    ("for", Sense::For),
    ("from", Sense::From),
    ("future", Sense::Future),
    ("habit", Sense::Habit),
    ("half", Sense::Half),
    ("in", Sense::In),
    ("last", Sense::Last),
    ("late", Sense::Late),
    ("later", Sense::Later),
    ("middle", Sense::Middle),
    ("next", Sense::Next),
    ("nth", Sense::Nth),
    ("of", Sense::Of),
    ("overnight", Sense::Overnight),
    ("part", Sense::Part),
    ("preceding", Sense::Preceding),
    ("same", Sense::Same),
    ("since", Sense::Since),
    ("some", Sense::Some),
    ("this", Sense::This),
    ("time", Sense::Time),
    ("to", Sense::To),
    ("until", Sense::Until),
    ("years", Sense::Years),
];

/// The words of time expressions with their senses.
#[derive(Debug, Clone)]
pub struct TimeLexicon {
    words: BTreeMap<Box<str>, Vec<Sense>>,
}

impl TimeLexicon {
    /// Reads and checks the table.
    pub fn load(source: &Source) -> Result<TimeLexicon> {
        let table = source.table(FILE, &["word", "kind", "value"])?;
        let mut words: BTreeMap<Box<str>, Vec<Sense>> = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            let word = row.fields[0];
            if word.is_empty() || word.to_lowercase() != word {
                return Err(row.error("the word must be in lower case"));
            }
            words.entry(word.into()).or_default().push(sense(&row)?);
        }
        Ok(TimeLexicon { words })
    }

    /// What a word in lower case can mean.
    pub(super) fn senses(&self, word: &str) -> &[Sense] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }
}

fn sense(row: &Row<'_>) -> Result<Sense> {
    let (kind, value) = (row.fields[1], row.fields[2]);
    if let Some((_, sense)) = PLAIN.iter().find(|(name, _)| *name == kind) {
        return Ok(*sense);
    }
    let within = |low: i64, high: i64| {
        let number = value.parse().ok().filter(|n| (low..=high).contains(n));
        number.ok_or_else(|| row.error(format!("the value of a {kind} must be a number from {low} to {high}")))
    };
    Ok(match kind {
        "month" => Sense::Month(within(1, 12)? as i8),
        "maybe-month" => Sense::MaybeMonth(within(1, 12)? as i8),
        "weekday" => Sense::Weekday(within(1, 7)? as i8 - 1),
        "offset" => Sense::Offset(within(-7, 7)?),
        "season" => Sense::Season(within(1, 12)? as i8),
        "number" => Sense::Number(within(1, 1000)?),
        "ordinal" => Sense::Ordinal(within(1, 31)?),
        "unit" => Sense::Unit(Unit::parse(value).ok_or_else(|| row.error(format!("there is no unit {value:?}")))?),
        _ => return Err(row.error(format!("there is no kind {kind:?}; the head of the file lists them"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_sound() {
        let lexicon = TimeLexicon::load(&Source::builtin()).unwrap();
        assert_eq!(lexicon.senses("september"), [Sense::Month(9)]);
        assert_eq!(lexicon.senses("barda"), []);
    }

    #[test]
    fn errors_name_the_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("lexicon")).unwrap();
        for (row, message) in [
            ("may\tmonth\t13", "the value of a month must be a number from 1 to 12"),
            ("May\tmonth\t5", "the word must be in lower case"),
            ("eon\tunit\teon", "there is no unit \"eon\""),
            ("x\ty\t", "there is no kind \"y\"; the head of the file lists them"),
        ] {
            std::fs::write(folder.path().join(FILE), format!("word\tkind\tvalue\n{row}\n")).unwrap();
            let error = TimeLexicon::load(&Source::folder(folder.path()).unwrap()).unwrap_err();
            assert_eq!(error.to_string(), format!("lexicon/time.tsv:2: {message}"));
        }
    }
}
