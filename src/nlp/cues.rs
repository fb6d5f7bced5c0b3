//! The cue words of zones, the names of agencies and the cities of datelines, and whether a line shows one.

use crate::error::Result;
use crate::seeds::{Row, Source};
use crate::vocab::ZoneKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A longer line is prose: captions, credits and boxes are short.
const LONGEST_LINE: usize = 900;
/// Bytes of a cue at most: only so much of a line's start and end is looked at.
const LONGEST_CUE: usize = 64;
/// And at least: "©".
const SHORTEST_CUE: usize = 2;

/// Cues, agencies and cities.
#[derive(Debug, Clone)]
pub struct Cues {
    /// By the first three letters: cues that begin a line or are the whole of it.
    opening: BTreeMap<[u8; 3], Vec<Cue>>,
    inner: Vec<Cue>,
    /// The first bytes of inner cues: most lines have none of them.
    inner_marks: [bool; 256],
    closing: Vec<Cue>,
    agencies: BTreeSet<String>,
    /// In capitals.
    cities: BTreeSet<String>,
}

#[derive(Debug, Clone)]
struct Cue {
    words: String,
    whole: bool,
    most: usize,
    kind: ZoneKind,
}

/// How a line showed what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// What it is.
    pub kind: ZoneKind,
    /// Whether the cue is the whole line: the head of a box.
    pub whole: bool,
    /// Bytes of the cue at the line's start; zero if it stands elsewhere.
    pub len: usize,
}

impl Cue {
    /// Whether a line is as short as those with this cue are.
    fn fits(&self, line: &str) -> bool {
        line.split_whitespace().take(self.most + 1).count() <= self.most
    }
}

impl Cues {
    /// The tables in the program.
    pub fn builtin() -> &'static Cues {
        static BUILTIN: LazyLock<Cues> = LazyLock::new(|| {
            Cues::load(&Source::builtin()).expect("the embedded tables are loaded by a test before they are shipped")
        });
        &BUILTIN
    }

    /// Reads `lexicon/zone-cues.tsv`, `lexicon/agencies.tsv` and `lexicon/dateline-cities.tsv` from a source.
    pub fn load(source: &Source) -> Result<Cues> {
        let mut cues = Cues {
            opening: BTreeMap::new(),
            inner: Vec::new(),
            inner_marks: [false; 256],
            closing: Vec::new(),
            agencies: BTreeSet::new(),
            cities: BTreeSet::new(),
        };
        for row in source.table("lexicon/zone-cues.tsv", &["cue", "place", "words", "zone"])?.rows() {
            cues.add(&row?)?;
        }
        for row in source.table("lexicon/agencies.tsv", &["name"])?.rows() {
            let name = row?.fields[0].to_owned();
            cues.agencies.extend([name.to_uppercase(), name]);
        }
        for row in source.table("lexicon/dateline-cities.tsv", &["city"])?.rows() {
            cues.cities.insert(row?.fields[0].to_uppercase());
        }
        Ok(cues)
    }

    fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let words = row.fields[0].to_owned();
        if !(SHORTEST_CUE..=LONGEST_CUE).contains(&words.len()) || words.chars().any(char::is_uppercase) {
            return Err(row.error(format!("a cue is {SHORTEST_CUE} to {LONGEST_CUE} bytes long, in small letters")));
        }
        let most = row.fields[2].parse().map_err(|_| row.error("the third column is a number of words"))?;
        let kind =
            ZoneKind::parse(row.fields[3]).ok_or_else(|| row.error(format!("there is no zone {:?}", row.fields[3])))?;
        let cue = Cue { words, whole: row.fields[1] == "whole", most, kind };
        match row.fields[1] {
            "start" | "whole" => self.opening.entry(prefix(&cue.words)).or_default().push(cue),
            "inside" => {
                self.inner_marks[usize::from(cue.words.as_bytes()[0])] = true;
                self.inner.push(cue);
            }
            "end" => self.closing.push(cue),
            other => return Err(row.error(format!("the place must be start, end, inside or whole, found {other:?}"))),
        }
        Ok(())
    }

    /// What a line is by its cue words; of several cues the longest, one at the line's start before others.
    pub fn of_line(&self, line: &str) -> Option<Shown> {
        if line.len() > LONGEST_LINE {
            return None;
        }
        self.opening_cue(line).or_else(|| self.inner_cue(line)).or_else(|| self.closing_cue(line))
    }

    /// A cue at the start, behind marks or with a bracket of its own: "(adds".
    fn opening_cue(&self, line: &str) -> Option<Shown> {
        let body = line.trim_start_matches(['(', '[', '*', '•', '-', '–', '—', '>', '|', ' ']);
        self.opening_of(line, body).or_else(|| self.opening_of(line, line).filter(|_| line.starts_with('(')))
    }

    fn opening_of(&self, line: &str, body: &str) -> Option<Shown> {
        // Most lines begin like no cue: nothing is copied for them.
        let short = self.opening.get(&prefix(start_of(body, SHORTEST_CUE)));
        let candidates = [self.opening.get(&prefix(body)), short.filter(|_| body.len() > SHORTEST_CUE)];
        if candidates.iter().all(Option::is_none) {
            return None;
        }
        let start = normalized(start_of(body, LONGEST_CUE));
        let found = candidates
            .into_iter()
            .flatten()
            .flatten()
            .filter(|cue| start.starts_with(&cue.words) && cue.fits(line))
            .filter(|cue| match cue.whole {
                true => body.len() <= LONGEST_CUE && is_rest_empty(&start[cue.words.len()..]),
                false => is_bounded(body, &cue.words),
            })
            .max_by_key(|cue| cue.words.len())?;
        let after = body.char_indices().nth(found.words.chars().count()).map_or(body.len(), |(at, _)| at);
        Some(Shown { kind: found.kind, whole: found.whole, len: line.len() - body.len() + after })
    }

    fn inner_cue(&self, line: &str) -> Option<Shown> {
        if !line.bytes().any(|b| self.inner_marks[usize::from(b)]) {
            return None;
        }
        let lower = normalized(line);
        let found = self.inner.iter().find(|cue| lower.contains(&cue.words) && cue.fits(line))?;
        Some(Shown { kind: found.kind, whole: false, len: 0 })
    }

    fn closing_cue(&self, line: &str) -> Option<Shown> {
        let end = line.trim_end_matches([')', ']', '.', '*', ' ']);
        let tail = normalized(end_of(end, LONGEST_CUE));
        let found = self.closing.iter().find(|cue| tail.ends_with(&cue.words) && cue.fits(line))?;
        Some(Shown { kind: found.kind, whole: false, len: 0 })
    }

    /// Whether it is the name of an agency, or that in capitals.
    pub fn is_agency(&self, name: &str) -> bool {
        self.agencies.contains(name)
    }

    /// Whether it is a city that a dateline may name without its country.
    pub fn is_dateline_city(&self, name: &str) -> bool {
        self.cities.contains(&name.to_uppercase())
    }
}

/// The first bytes of a line, to a character's end.
fn start_of(line: &str, most: usize) -> &str {
    let mut end = line.len().min(most);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

/// The last bytes of a line, from a character's start.
fn end_of(line: &str, most: usize) -> &str {
    let mut start = line.len().saturating_sub(most);
    while !line.is_char_boundary(start) {
        start += 1;
    }
    &line[start..]
}

/// Small letters, straight apostrophes, plain blanks.
fn normalized(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            '\u{A0}' => ' ',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

fn prefix(words: &str) -> [u8; 3] {
    let bytes = words.as_bytes();
    std::array::from_fn(|i| bytes.get(i).map_or(0, u8::to_ascii_lowercase))
}

fn is_rest_empty(rest: &str) -> bool {
    !rest.contains(char::is_alphanumeric)
}

/// Whether no word goes on right after a cue that ends in a letter: "Published26" and "image captionA man" are cues,
/// "publishers" and "SHAREHOLDERS" are not.
fn is_bounded(body: &str, cue: &str) -> bool {
    let mut chars = body.chars().skip(cue.chars().count() - 1);
    match (chars.next(), chars.next()) {
        (Some(last), Some(next)) if last.is_alphabetic() && next.is_alphabetic() => {
            last.is_lowercase() && next.is_uppercase()
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_load() {
        let cues = Cues::load(&Source::builtin()).unwrap();
        let kind = |line| cues.of_line(line).map(|s| s.kind);
        assert_eq!(kind("Read more: Truce fails"), Some(ZoneKind::Related));
        assert_eq!(kind("TOPSHOT - A man looks on"), Some(ZoneKind::Caption));
        assert_eq!(kind("A tank (Photo by Jane Doe)"), Some(ZoneKind::Credit));
        assert_eq!(kind("image captionA man looks on"), Some(ZoneKind::Caption));
        assert_eq!(kind("PUBLISHERS met in Baku in 2020"), None);
        assert_eq!(kind("Share prices fell"), None);
        assert_eq!(kind("© AFP 2025 / Jane Doe"), Some(ZoneKind::Credit));
        assert_eq!(kind("© 2025 The Post"), Some(ZoneKind::Notice));
        assert!(cues.is_agency("Reuters"));
    }
}
