//! The word tables of the tokenizer and the splitter, packed so that asking costs a few instructions.
//!
//! A form of up to sixteen ASCII bytes is packed into one integer, in lower case; longer ones are not found. What the
//! files hold is told in `seeds/lexicon/README.md`; tables of the zones are in [`super::zones`].

use crate::error::Result;
use crate::seeds::{Grammar, Row, Source};
use std::sync::LazyLock;

/// Why a word is written with a full stop, which tells whether the stop can also end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// "Mr.": never ends a sentence, a name follows.
    Title,
    /// "e.g.": never ends a sentence.
    Inner,
    /// "No.": an abbreviation only before a number.
    Number,
    /// "Miss.": an abbreviation only after a comma, as places are given.
    Place,
    /// "Inc.": may end a sentence.
    Word,
}

/// What a word that holds a hyphen or a slash is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affix {
    /// "anti": stays with what follows.
    Prefix,
    /// "esque": stays with what precedes.
    Suffix,
    /// "uh-huh": stays whole.
    Whole,
}

/// What a word of the calendar names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// "Monday", "Mon."
    Weekday,
    /// "October", "Oct."
    Month,
}

/// Where a contraction is split: after so many bytes, and again; zero where it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cuts(pub u8, pub u8);

/// The tables together.
#[derive(Debug, Clone)]
pub struct Lexicon {
    abbreviations: Packed<(Abbreviation, bool)>,
    affixes: Packed<Affix>,
    contractions: Packed<Cuts>,
    /// Whether it is the end of a negation.
    clitics: Packed<bool>,
    /// For each first letter the lengths of contractions, so that most words are never looked up.
    contraction_lengths: [u32; 32],
    units: Packed<()>,
    hosts: Packed<()>,
    starters: Packed<()>,
    emoticons: Packed<()>,
    asking: Packed<()>,
    calendar: Packed<Calendar>,
    labels: Packed<()>,
    prepositions: Packed<()>,
    particles: Packed<()>,
    grammar: Grammar,
}

impl Lexicon {
    /// The tables in the program.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::load(&Source::builtin()).expect("the embedded tables are loaded by a test before they are shipped")
        });
        &BUILTIN
    }

    /// Reads `lexicon/*.tsv` from a source.
    pub fn load(source: &Source) -> Result<Lexicon> {
        let contractions = packed(source, "lexicon/contractions.tsv", &["form", "tokens"], cuts)?;
        let lengths = contraction_lengths(&contractions);
        Ok(Lexicon {
            abbreviations: packed(source, "lexicon/abbreviations.tsv", &["form", "kind"], abbreviation)?,
            affixes: packed(source, "lexicon/affixes.tsv", &["form", "kind"], affix)?,
            contractions,
            contraction_lengths: lengths,
            clitics: packed(source, "lexicon/clitics.tsv", &["letters", "kind"], clitic)?,
            units: packed(source, "lexicon/units.tsv", &["unit"], word)?,
            hosts: packed(source, "lexicon/domains.tsv", &["label", "kind"], host)?,
            starters: packed(source, "lexicon/starters.tsv", &["word"], word)?,
            emoticons: packed(source, "lexicon/emoticons.tsv", &["emoticon"], word)?,
            asking: packed(source, "lexicon/asking.tsv", &["verb"], word)?,
            calendar: packed(source, "lexicon/calendar.tsv", &["word", "kind"], calendar)?,
            labels: packed(source, "lexicon/labels.tsv", &["word"], word)?,
            prepositions: packed(source, "lexicon/prepositions.tsv", &["word"], word)?,
            particles: packed(source, "lexicon/particles.tsv", &["word"], word)?,
            grammar: Grammar::load(source)?,
        })
    }

    /// The small words by which phrases are read.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// What a word is when a full stop follows it; the stop itself left out.
    ///
    /// A form listed with a capital is not found in lower case: "gen" is none, "Gen" and "GEN" are.
    pub fn abbreviation(&self, word: &[u8]) -> Option<Abbreviation> {
        let (kind, capital) = self.abbreviations.get(word)?;
        (!capital || word.first().is_some_and(u8::is_ascii_uppercase)).then_some(kind)
    }

    /// Whether a hyphen after this prefix, before this suffix, or inside this word does not split it.
    pub fn affix(&self, word: &[u8]) -> Option<Affix> {
        self.affixes.get(word)
    }

    /// Where a word without an inner apostrophe is split: "cannot", "gonna".
    pub fn contraction(&self, word: &[u8]) -> Option<Cuts> {
        let lengths = self.contraction_lengths[usize::from(*word.first()? & 31)];
        let known = word.len() < 32 && lengths & (1 << word.len()) != 0;
        if known { self.contractions.get(word) } else { None }
    }

    /// Whether letters after an apostrophe are a word of their own: "they'*re*".
    pub fn is_clitic(&self, letters: &[u8]) -> bool {
        self.clitics.get(letters).is_some_and(|negative| !negative)
    }

    /// Whether letters after "n" and an apostrophe are a negation with it: "do-n'*t*".
    pub fn is_negative_clitic(&self, letters: &[u8]) -> bool {
        self.clitics.get(letters).is_some_and(|negative| negative)
    }

    /// Whether letters after a number are a unit of it.
    pub fn is_unit(&self, word: &[u8]) -> bool {
        self.units.get(word).is_some()
    }

    /// Whether it is the last label of a host or the ending of a file name.
    pub fn is_host_label(&self, word: &[u8]) -> bool {
        self.hosts.get(word).is_some()
    }

    /// Whether sentences begin with this word.
    pub fn is_starter(&self, word: &[u8]) -> bool {
        self.starters.get(word).is_some()
    }

    /// Whether it is a verb that follows a quoted question with its speaker.
    pub fn is_asking(&self, word: &[u8]) -> bool {
        self.asking.get(word).is_some()
    }

    /// Whether it names a day of the week or a month.
    pub fn calendar(&self, word: &[u8]) -> Option<Calendar> {
        self.calendar.get(word.strip_suffix(b".").unwrap_or(word))
    }

    /// Whether a colon after it makes it the label of a credit: "Image: Jane Doe".
    pub fn is_label(&self, word: &[u8]) -> bool {
        self.labels.get(word).is_some()
    }

    /// Whether a date or a name after it belongs to its sentence.
    pub fn is_preposition(&self, word: &[u8]) -> bool {
        self.prepositions.get(word).is_some()
    }

    /// Whether it is a small word inside names and between them: "van", "al", "of", "and".
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.get(word.as_bytes()).is_some() || self.is_preposition(word.as_bytes())
    }

    /// Whether it is an emoticon.
    pub fn is_emoticon(&self, mark: &[u8]) -> bool {
        self.emoticons.get(mark).is_some()
    }
}

fn packed<V: Copy>(
    source: &Source,
    file: &str,
    columns: &[&str],
    value: impl Fn(&Row<'_>) -> Result<V>,
) -> Result<Packed<V>> {
    let table = source.table(file, columns)?;
    let mut entries = Vec::new();
    for row in table.rows() {
        let row = row?;
        let form = row.fields[0].strip_suffix('.').unwrap_or(row.fields[0]);
        let key =
            pack(form.as_bytes()).ok_or_else(|| row.error(format!("{form:?} must be 1 to 16 ASCII characters")))?;
        entries.push((key, value(&row)?));
    }
    Ok(Packed::new(entries))
}

fn word(_: &Row<'_>) -> Result<()> {
    Ok(())
}

fn host(row: &Row<'_>) -> Result<()> {
    match row.fields[1] {
        "domain" | "file" => Ok(()),
        other => Err(row.error(format!("the kind must be domain or file, found {other:?}"))),
    }
}

fn abbreviation(row: &Row<'_>) -> Result<(Abbreviation, bool)> {
    let kind = match row.fields[1] {
        "title" => Abbreviation::Title,
        "inner" => Abbreviation::Inner,
        "number" => Abbreviation::Number,
        "place" => Abbreviation::Place,
        "word" => Abbreviation::Word,
        other => {
            return Err(row.error(format!("the kind must be title, inner, number, place or word, found {other:?}")));
        }
    };
    if !row.fields[0].ends_with('.') {
        return Err(row.error("an abbreviation must end in a full stop"));
    }
    Ok((kind, row.fields[0].starts_with(|c: char| c.is_ascii_uppercase())))
}

fn clitic(row: &Row<'_>) -> Result<bool> {
    match row.fields[1] {
        "word" => Ok(false),
        "negation" => Ok(true),
        other => Err(row.error(format!("kind must be word or negation, found {other:?}"))),
    }
}

fn affix(row: &Row<'_>) -> Result<Affix> {
    match row.fields[1] {
        "prefix" => Ok(Affix::Prefix),
        "suffix" => Ok(Affix::Suffix),
        "whole" => Ok(Affix::Whole),
        other => Err(row.error(format!("the kind must be prefix, suffix or whole, found {other:?}"))),
    }
}

fn calendar(row: &Row<'_>) -> Result<Calendar> {
    match row.fields[1] {
        "weekday" => Ok(Calendar::Weekday),
        "month" => Ok(Calendar::Month),
        other => Err(row.error(format!("the kind must be weekday or month, found {other:?}"))),
    }
}

fn cuts(row: &Row<'_>) -> Result<Cuts> {
    let parts: Vec<&str> = row.fields[1].split(' ').collect();
    if parts.concat() != row.fields[0] || parts.len() > 3 {
        return Err(row.error("the tokens, at most three, must spell the form"));
    }
    let first = if parts.len() > 1 { parts[0].len() } else { 0 };
    let second = if parts.len() > 2 { first + parts[1].len() } else { 0 };
    Ok(Cuts(first as u8, second as u8))
}

fn contraction_lengths(table: &Packed<Cuts>) -> [u32; 32] {
    let mut lengths = [0; 32];
    for &(key, _) in table.slots.iter().flatten() {
        let bytes = key.to_le_bytes();
        let len = bytes.iter().take_while(|&&b| b != 0).count();
        lengths[usize::from(bytes[0] & 31)] |= 1 << len;
    }
    lengths
}

/// A map from short ASCII words in any case to small values: open addressing, never more than half full.
#[derive(Debug, Clone)]
struct Packed<V> {
    slots: Vec<Option<(u128, V)>>,
}

impl<V: Copy> Packed<V> {
    /// Of two entries with one key the later one holds: of "No." and "no." the one in small letters.
    fn new(entries: Vec<(u128, V)>) -> Packed<V> {
        let mut slots = vec![None; (entries.len() * 2 + 1).next_power_of_two()];
        for (key, value) in entries {
            let mut at = slot(key, slots.len());
            while slots[at].is_some_and(|(k, _)| k != key) {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = Some((key, value));
        }
        Packed { slots }
    }

    fn get(&self, word: &[u8]) -> Option<V> {
        let key = pack(word)?;
        let mut at = slot(key, self.slots.len());
        loop {
            let (found, value) = self.slots[at]?;
            if found == key {
                return Some(value);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

fn pack(word: &[u8]) -> Option<u128> {
    if word.is_empty() || word.len() > 16 {
        return None;
    }
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(word) {
        if *from == 0 || !from.is_ascii() {
            return None;
        }
        *to = from.to_ascii_lowercase();
    }
    Some(u128::from_le_bytes(bytes))
}

fn slot(key: u128, slots: usize) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_load() {
        let lexicon = Lexicon::load(&Source::builtin()).unwrap();
        assert_eq!(lexicon.abbreviation(b"Gen"), Some(Abbreviation::Title));
        assert_eq!(lexicon.abbreviation(b"GEN"), Some(Abbreviation::Title));
        assert_eq!(lexicon.abbreviation(b"gen"), None);
        assert_eq!(lexicon.affix(b"Anti"), Some(Affix::Prefix));
        assert_eq!(lexicon.contraction(b"Cannot"), Some(Cuts(3, 0)));
        assert_eq!(lexicon.contraction(b"dunno"), Some(Cuts(2, 3)));
        assert_eq!(lexicon.contraction(b"cannon"), None);
        assert!(lexicon.is_unit(b"km") && lexicon.is_starter(b"The") && lexicon.is_host_label(b"com"));
    }
}
