//! Folding: a text cut into words that compare equal however an article spells the same name. What is folded away:
//! case, diacritics, apostrophes, hyphens, the dots of acronyms, the seam between letters and digits (`F-16`, `F16`).
//! Transliterations that differ in letters are not: they are forms of their own in the tables.

use super::Source;
use crate::letters::fold_char;
use crate::model::Span;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// A word of a text, or a punctuation mark that no name reaches across.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// A hash of its folded letters: equal for spellings of one word.
    pub key: u64,
    /// How it is capitalised.
    pub case: Case,
    /// Whether it is glued to the word before, as `16` in `F16` is: no name starts or ends at such a seam.
    pub glued: bool,
}

/// How a word, or a phrase, is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// No capital: "missile"; also what has no letters.
    Lower,
    /// Some capitals: "Turkey", "al-Qaeda".
    Title,
    /// Nothing but capitals: "NATO", "M23".
    Upper,
}

impl Case {
    /// Whether a form written so in a table may stand for words written as `text` is: an acronym needs its capitals,
    /// a name one of them.
    pub fn admits(self, text: Case) -> bool {
        self <= text
    }

    /// The case of a phrase from those of its words.
    pub fn of(words: &[Word]) -> Case {
        let mut lettered = words.iter().filter(|w| w.case != Case::Lower);
        match (lettered.next(), words.iter().any(|w| w.case == Case::Title || w.is_lower_letters())) {
            (None, _) => Case::Lower,
            (Some(_), true) => Case::Title,
            (Some(_), false) => Case::Upper,
        }
    }
}

impl Word {
    /// Whether it is a word in small letters, not a number or a mark.
    fn is_lower_letters(&self) -> bool {
        self.case == Case::Lower && self.key & LETTERS != 0
    }
}

/// The words of a text, in order, in linear time.
///
/// ```
/// use newsgraph::seeds::words;
/// let keys = |t| words(t).iter().map(|w| w.key).collect::<Vec<_>>();
/// assert_eq!(keys("Côte d’Ivoire"), keys("COTE D'IVOIRE"));
/// assert_eq!(keys("the U.S."), keys("the US"));
/// assert_eq!(keys("F-16"), keys("F16"));
/// ```
pub fn words(text: &str) -> Vec<Word> {
    let mut cutter = Cutter { text, at: 0, out: Vec::with_capacity(text.len() / 5 + 1) };
    while let Some(c) = cutter.peek() {
        cutter.step(c);
    }
    cutter.out
}

/// A text in folded form, words parted by spaces: what [`words`] compares, made readable.
pub fn fold(text: &str) -> String {
    let folded: Vec<String> = words(text).iter().map(|w| fold_letters(w.span.of(text))).collect();
    folded.join(" ")
}

/// A name as the end of an id: `Ra's al-Ain` gives `ras-al-ain`.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_apostrophe(*c) && *c != '.') {
        match c.is_alphanumeric() || is_combining_mark(c) {
            true => fold_char(c, |f| out.push(f)),
            false if !out.ends_with('-') => out.push('-'),
            false => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// The lowest bit of a key tells words of letters from numbers and marks.
const LETTERS: u64 = 1;

/// The letters of the clitics in the program: ids and names are folded the same whatever tables a reader brings.
static CLITICS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let table = Source::builtin().table("lexicon/clitics.tsv", &["letters", "kind"]).expect("the table is embedded");
    let letters = table.rows().map(|row| row.map(|row| row.fields[0].to_owned()));
    letters.collect::<Result<_, _>>().expect("the embedded tables are loaded by a test before they are shipped")
});

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Word>,
}

impl Cutter<'_> {
    fn peek(&self) -> Option<char> {
        self.char_at(self.at)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(b) if b.is_ascii() => Some(char::from(*b)),
            Some(_) => self.text.get(at..).and_then(|t| t.chars().next()),
            None => None,
        }
    }

    fn step(&mut self, c: char) {
        match c {
            c if c.is_alphabetic() => self.letters(),
            c if c.is_numeric() => self.number(),
            c if is_apostrophe(c) && self.clitic(self.at).is_some() => self.clitic_word(),
            '.' if self.closes_abbreviation() => self.at += 1,
            c if is_seam(c) => self.at += c.len_utf8(),
            c => {
                let start = self.at;
                self.at += c.len_utf8();
                self.push(start, self.at, hash(std::iter::once(c)) & !LETTERS, Case::Lower);
            }
        }
    }

    /// A run of letters, or an acronym with dots.
    fn letters(&mut self) {
        if self.dotted_acronym() {
            return;
        }
        let start = self.at;
        let mut hasher = Hasher::new();
        let (mut upper, mut lower) = (0usize, 0usize);
        while let Some(c) = self.peek() {
            if c.is_alphabetic() || is_combining_mark(c) {
                upper += usize::from(c.is_uppercase());
                lower += usize::from(c.is_lowercase());
                fold_char(c, |f| hasher.add(f));
                self.at += c.len_utf8();
            } else if is_apostrophe(c) && self.clitic(self.at).is_none() && self.letter_after(c) {
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        let case = match (upper, lower) {
            (0, _) => Case::Lower,
            (_, 0) => Case::Upper,
            // `LeT`, `MbS` are acronyms too, and not the words `let` and `mbs`.
            (2.., _) if upper + lower <= 4 => Case::Upper,
            _ => Case::Title,
        };
        self.push(start, self.at, hasher.finish() | LETTERS, case);
    }

    /// `U.S.`, `D.R`: at least two single letters with dots between them.
    fn dotted_acronym(&mut self) -> bool {
        let (start, mut at, mut hasher, mut count) = (self.at, self.at, Hasher::new(), 0);
        let mut upper = true;
        while let Some(c) = self.char_at(at).filter(|c| c.is_alphabetic()) {
            let next = at + c.len_utf8();
            let dot = self.char_at(next) == Some('.');
            let ends = !dot && !self.char_at(next).is_some_and(|n| n.is_alphanumeric());
            if !(dot || ends && count > 0) {
                break;
            }
            fold_char(c, |f| hasher.add(f));
            upper &= c.is_uppercase();
            count += 1;
            at = next + usize::from(dot);
            if ends {
                break;
            }
        }
        if count < 2 || self.char_at(at).is_some_and(char::is_alphanumeric) {
            return false;
        }
        self.at = at;
        self.push(start, at, hasher.finish() | LETTERS, if upper { Case::Upper } else { Case::Lower });
        true
    }

    /// A run of digits, with the marks inside it: `2,000`.
    fn number(&mut self) {
        let start = self.at;
        let mut hasher = Hasher::new();
        while let Some(c) = self.peek() {
            if c.is_numeric() {
                fold_char(c, |f| hasher.add(f));
            } else if !(matches!(c, '.' | ',') && self.char_at(self.at + 1).is_some_and(char::is_numeric)) {
                break;
            }
            self.at += c.len_utf8();
        }
        self.push(start, self.at, hasher.finish() & !LETTERS, Case::Lower);
    }

    /// A clitic such as the `'s` of a possessive, as a word of its own.
    fn clitic_word(&mut self) {
        let Some(end) = self.clitic(self.at) else { return };
        let letters = self.text[self.at..end].chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase());
        self.out.push(Word {
            span: Span::new(self.at, end),
            key: hash(letters) | LETTERS,
            case: Case::Lower,
            glued: false,
        });
        self.at = end;
    }

    /// Where the clitic that the apostrophe at `at` opens ends: `'s`, `'ll`, `'re`. Without this, `she'll` is a shell.
    fn clitic(&self, at: usize) -> Option<usize> {
        let mark = self.char_at(at).filter(|c| is_apostrophe(*c))?;
        let rest = &self.text[at + mark.len_utf8()..];
        let length = rest.bytes().take(3).take_while(u8::is_ascii_alphabetic).count();
        let end = at + mark.len_utf8() + length;
        let ends = !self.char_at(end).is_some_and(char::is_alphanumeric);
        let letters = rest[..length].to_ascii_lowercase();
        (ends && CLITICS.contains(&letters)).then_some(end)
    }

    fn letter_after(&self, c: char) -> bool {
        self.char_at(self.at + c.len_utf8()).is_some_and(char::is_alphabetic)
    }

    /// Whether the dot here ends a short word such as `St.` or `Gen.`, so that a name may go on behind it.
    fn closes_abbreviation(&self) -> bool {
        self.out
            .last()
            .is_some_and(|w| w.span.end == self.at && w.span.end - w.span.start <= 4 && w.case != Case::Lower)
    }

    fn push(&mut self, start: usize, end: usize, key: u64, case: Case) {
        let glued =
            self.out.last().is_some_and(|w| w.span.end == start) && self.lettered(start) && self.lettered_end(start);
        self.out.push(Word { span: Span::new(start, end), key, case, glued });
    }

    fn lettered(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_alphanumeric)
    }

    fn lettered_end(&self, at: usize) -> bool {
        self.text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(char::is_alphanumeric)
    }
}

/// What stands between the words of one name without parting them.
fn is_seam(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{200b}')
        || is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}' | '\u{2018}' | '\u{2bb}' | '\u{2bc}' | '\u{2be}' | '\u{2bf}' | '`' | '\u{b4}' | '\u{2032}'
    )
}

fn fold_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| fold_char(c, |f| out.push(f)));
    out
}

/// FNV-1a over the folded letters: fast on short words, and the same on every machine.
struct Hasher(u64);

impl Hasher {
    fn new() -> Hasher {
        Hasher(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn finish(self) -> u64 {
        self.0
    }
}

fn hash(chars: impl Iterator<Item = char>) -> u64 {
    let mut hasher = Hasher::new();
    chars.for_each(|c| hasher.add(c));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, folded: &str) {
        assert_eq!(fold(text), folded, "{text:?}");
    }

    #[test]
    fn spellings_fold_together() {
        check("Nagorno-Karabakh", "nagorno karabakh");
        check("Sana'a", "sanaa");
        check("Côte d’Ivoire", "cote divoire");
        check("Ağdərə", "agdara");
        check("the U.S. Army", "the us army");
        check("U.S.-led", "us led");
        check("Israel's army", "israel s army");
        check("People’s Peoples' ", "people s peoples");
        check("F16 F-16 T-72B3", "f 16 f 16 t 72 b 3");
        check("2,000-pound", "2000 pound");
        check("St. Petersburg", "st petersburg");
        check("Washington, D.C.", "washington  dc");
        check("İstanbul", "istanbul");
        check("she'll we’re I've", "she ll we re i ve");
    }

    #[test]
    fn case_is_evidence() {
        let case = |t| Case::of(&words(t));
        assert_eq!(case("missile"), Case::Lower);
        assert_eq!(case("al-Qaeda"), Case::Title);
        assert_eq!(case("Turkey"), Case::Title);
        assert_eq!(case("M23"), Case::Upper);
        assert_eq!(case("U.N."), Case::Upper);
        assert_eq!(case("AP"), Case::Upper);
        assert_eq!((case("LeT"), case("Let")), (Case::Upper, Case::Title));
        assert_eq!(case("U.N. Security"), Case::Title);
        assert!(
            Case::Title.admits(Case::Upper) && !Case::Upper.admits(Case::Title) && !Case::Title.admits(Case::Lower)
        );
    }

    #[test]
    fn spans_are_those_of_the_text() {
        let text = "Zoë’s U.K. F-16s…";
        let spans: Vec<_> = words(text).iter().map(|w| (w.span.of(text), w.glued)).collect();
        let expected =
            [("Zoë", false), ("’s", false), ("U.K.", false), ("F", false), ("16", false), ("s", true), ("…", false)];
        assert_eq!(spans, expected);
    }

    #[test]
    fn a_full_stop_parts_names() {
        assert_eq!(words("in Donetsk. Moscow").len(), 4);
        assert_eq!(words("Gen. Syrsky").len(), 2);
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("Ra's al-Ain"), "ras-al-ain");
        assert_eq!(slug("Luhansk People's Republic"), "luhansk-peoples-republic");
        assert_eq!(slug("São Tomé"), "sao-tome");
    }
}
