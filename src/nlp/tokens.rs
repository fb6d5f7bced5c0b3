//! Splits text into tokens as the English treebanks of Universal Dependencies do, in one pass over the bytes.
//!
//! Clitics are split off ("do|n't", "Azerbaijan|'s"), hyphenated words are split unless an affix holds them together
//! ("cease|-|fire", "anti-tank"), abbreviations keep their full stop where the words around it say so ("Sept. 27"),
//! numbers lose their units ("$|1.5|bn"), and hosts, addresses, hashtags and handles stay whole. Every token is a span on
//! character boundaries; white space, controls and direction marks belong to none. What a token means is not asked here.
//!
//! Cost: linear in the text, whatever it holds. Every look ahead is bounded by a constant or remembered.

use super::lexicon::{Abbreviation, Affix, Lexicon};
use crate::model::Span;

/// Appends the tokens of a stretch of text.
///
/// ```
/// use newsgraph::model::Span;
/// use newsgraph::nlp::{Lexicon, tokenize};
///
/// let text = "Gen. Doe can't cross the U.S.-built bridge at 8 a.m. on Sept. 27.";
/// let mut spans = Vec::new();
/// tokenize(text, Span::new(0, text.len()), Lexicon::builtin(), &mut spans);
/// let words: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
/// assert_eq!(words.join("|"), "Gen.|Doe|ca|n't|cross|the|U.S.|-|built|bridge|at|8|a.m.|on|Sept.|27|.");
/// ```
pub fn tokenize(text: &str, span: Span, lexicon: &Lexicon, out: &mut Vec<Span>) {
    if text.get(span.start..span.end).is_some() {
        Scanner { text, bytes: text.as_bytes(), start: span.start, end: span.end, lexicon, no_atom_before: 0, out }
            .run();
    }
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
    Wide,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Wide; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        table[b] = if c.is_ascii_alphabetic() || c == b'_' {
            Class::Letter
        } else if c.is_ascii_digit() {
            Class::Digit
        } else if c <= b' ' || c == 0x7F {
            Class::Space
        } else {
            Class::Mark
        };
        b += 1;
    }
    table
}

/// Letters of a word looked at when deciding about an abbreviation; longer ones are none.
const LONGEST_ABBREVIATION: usize = 16;

struct Scanner<'a, 'o> {
    text: &'a str,
    bytes: &'a [u8],
    start: usize,
    end: usize,
    lexicon: &'a Lexicon,
    /// Where the last search for a host or address ended without one; none begins before.
    no_atom_before: usize,
    out: &'o mut Vec<Span>,
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
        let mut at = self.start;
        while at < self.end {
            at = match CLASSES[usize::from(self.bytes[at])] {
                Class::Space => at + 1,
                Class::Letter => self.word(at),
                Class::Digit => self.number(at, at),
                Class::Mark => self.mark(at),
                Class::Wide => self.wide(at),
            };
        }
    }

    fn push(&mut self, start: usize, end: usize) -> usize {
        self.out.push(Span::new(start, end));
        end
    }

    /// The byte there; zero past the end.
    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.bytes[at] } else { 0 }
    }

    /// The byte before; zero at the start.
    fn before(&self, at: usize) -> u8 {
        if at > self.start { self.bytes[at - 1] } else { 0 }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.end)?.chars().next()
    }

    /// Whether a letter or digit begins there.
    fn is_wordy(&self, at: usize) -> bool {
        let b = self.byte(at);
        b.is_ascii_alphanumeric() || (b >= 0x80 && self.char_at(at).is_some_and(continues_word))
    }

    fn is_letter(&self, at: usize) -> bool {
        let b = self.byte(at);
        b.is_ascii_alphabetic() || (b >= 0x80 && self.char_at(at).is_some_and(char::is_alphabetic))
    }

    fn is_upper(&self, at: usize) -> bool {
        let b = self.byte(at);
        b.is_ascii_uppercase() || (b >= 0x80 && self.char_at(at).is_some_and(char::is_uppercase))
    }

    fn is_lower(&self, at: usize) -> bool {
        let b = self.byte(at);
        b.is_ascii_lowercase() || (b >= 0x80 && self.char_at(at).is_some_and(char::is_lowercase))
    }

    /// The length of an apostrophe there: straight, curly or, as people type it, a grave accent.
    fn apostrophe(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\'' | b'`' => 1,
            0xE2 if self.byte(at + 1) == 0x80 && self.byte(at + 2) == 0x99 => 3,
            _ => 0,
        }
    }

    /// The end of the letters and digits from there.
    fn run_of_word(&self, mut at: usize) -> usize {
        loop {
            while at < self.end && matches!(CLASSES[usize::from(self.bytes[at])], Class::Letter | Class::Digit) {
                at += 1;
            }
            match self.char_at(at) {
                Some(c) if !c.is_ascii() && continues_word(c) => at += c.len_utf8(),
                _ => return at,
            }
        }
    }

    /// A token that begins with a letter, and the clitics at its end.
    fn word(&mut self, start: usize) -> usize {
        let mut at = self.run_of_word(start);
        if matches!(self.byte(at), b' ' | b',' | 0) {
            return self.plain(start, at);
        }
        let mut label = start; // where the letters since the last full stop begin
        loop {
            let apostrophe = self.apostrophe(at);
            if apostrophe > 0 && self.is_wordy(at + apostrophe) {
                at = self.run_of_word(at + apostrophe);
                continue;
            }
            match self.byte(at) {
                b'.' | b'@' | b':' => {
                    if let Some(end) = self.atom(start, at) {
                        return self.push(start, end);
                    }
                    if self.byte(at) != b'.' {
                        return self.clitics(start, at);
                    }
                    if self.is_dotted(label, at) && self.is_letter(at + 1) {
                        label = at + 1;
                        at = self.run_of_word(label);
                        continue;
                    }
                    return self.stop(start, label, at);
                }
                b'-' if self.holds_hyphen(start, at) => at = self.run_of_word(at + 1),
                b'&' if self.holds_ampersand(at) => at = self.run_of_word(at + 1),
                b'/' if self.holds_slash(start, at) => at = self.run_of_word(at + 1),
                b'$' if self.is_currency(start, at) => return self.push(start, at + 1),
                _ => break,
            }
        }
        if label > start { self.undotted(start, label, at) } else { self.clitics(start, at) }
    }

    /// A word without an apostrophe inside.
    fn plain(&mut self, start: usize, end: usize) -> usize {
        let Some(cuts) = self.lexicon.contraction(&self.bytes[start..end]) else {
            return self.push(start, end);
        };
        let mut from = start;
        for cut in [cuts.0, cuts.1] {
            if cut > 0 {
                from = self.push(from, start + usize::from(cut));
            }
        }
        self.push(from, end)
    }

    /// A word that may end in clitics: "n't", "'s", "'re".
    fn clitics(&mut self, start: usize, end: usize) -> usize {
        match self.clitic(start, end) {
            Some(cut) if self.clitic(start, cut).is_some() => {
                // "wouldn't've": two at most are met in writing.
                let inner = self.clitic(start, cut).unwrap_or(cut);
                self.push(start, inner);
                self.push(inner, cut);
                self.push(cut, end)
            }
            Some(cut) => {
                self.push(start, cut);
                self.push(cut, end)
            }
            None => self.plain(start, end),
        }
    }

    /// Where the clitic at the end of a word begins, if it has one.
    fn clitic(&self, start: usize, end: usize) -> Option<usize> {
        let mut letters = end;
        while letters > start && end - letters < 3 && self.bytes[letters - 1].is_ascii_alphabetic() {
            letters -= 1;
        }
        let mark = [1, 3].into_iter().find(|&n| letters >= start + n && self.apostrophe(letters - n) == n)?;
        let apostrophe = letters - mark;
        if self.lexicon.is_clitic(&self.bytes[letters..end]) {
            return (apostrophe > start).then_some(apostrophe);
        }
        let n = apostrophe.checked_sub(1).filter(|_| self.lexicon.is_negative_clitic(&self.bytes[letters..end]))?;
        (n > start && self.bytes[n].eq_ignore_ascii_case(&b'n')).then_some(n)
    }

    /// Whether one letter stands between `label` and a full stop: "U." of "U.S."
    fn is_dotted(&self, label: usize, stop: usize) -> bool {
        let len = stop - label;
        len > 0 && len <= 4 && self.char_at(label).is_some_and(|c| c.is_alphabetic() && c.len_utf8() == len)
            || self.is_degree(label, stop)
    }

    /// "Ph" of "Ph.D.", "M.Sc.": a capital and a small letter or two before another dotted letter.
    fn is_degree(&self, label: usize, stop: usize) -> bool {
        stop - label == 2
            && self.bytes[label].is_ascii_uppercase()
            && self.byte(stop + 1).is_ascii_uppercase()
            && self.byte(stop + 2) == b'.'
    }

    /// A word at a full stop: takes the stop in if it is an abbreviation's.
    fn stop(&mut self, start: usize, label: usize, at: usize) -> usize {
        if label > start {
            return self.dotted_end(start, label, at);
        }
        let ellipsis = self.byte(at + 1) == b'.' && self.byte(at + 2) == b'.';
        if !ellipsis && self.is_abbreviation(start, at) {
            return self.push(start, at + 1);
        }
        self.clitics(start, at)
    }

    /// "U.S" or "Ph.D" at a full stop.
    fn dotted_end(&mut self, start: usize, label: usize, at: usize) -> usize {
        if self.is_dotted(label, at) || self.lexicon.abbreviation(&self.bytes[start..at]).is_some() {
            let ellipsis = self.byte(at + 1) == b'.' && self.byte(at + 2) == b'.';
            return self.push(start, if ellipsis { at } else { at + 1 });
        }
        self.undotted(start, label, at)
    }

    /// "J.Smith", "U.S.President": a dotted start with a word glued to it; "U.S.A" and "p.m" are whole.
    fn undotted(&mut self, start: usize, label: usize, at: usize) -> usize {
        let base = self.clitic(label, at).unwrap_or(at);
        let second = label + self.char_at(label).map_or(1, char::len_utf8);
        if base - label <= 2 && !self.is_lower(second) || self.lexicon.abbreviation(&self.bytes[start..at]).is_some() {
            return self.clitics(start, at);
        }
        self.push(start, label);
        label
    }

    fn is_abbreviation(&self, start: usize, at: usize) -> bool {
        let word = &self.bytes[start..at];
        if word.len() > LONGEST_ABBREVIATION {
            return false;
        }
        if word.len() == 1 && word[0].is_ascii_uppercase() {
            return self.is_initial(start, at);
        }
        match self.lexicon.abbreviation(word) {
            Some(Abbreviation::Number) => self.next_mark(at + 1).is_some_and(|n| self.opens_number(n)),
            Some(Abbreviation::Place) => {
                (self.is_after_comma(start) || self.is_after_party(start)) && self.next_mark(at + 1).is_some()
            }
            Some(_) => true,
            None if word.len() == 1 => self.is_initial(start, at),
            None => self.is_unpronounceable(word) && self.next_mark(at + 1).is_some_and(|n| self.continues(n)),
        }
    }

    /// Where the next character stands, a few blanks ahead; a line's end is a blank, a paragraph's end is not.
    fn next_mark(&self, at: usize) -> Option<usize> {
        (at..self.end.min(at + 4)).find(|&i| !matches!(self.bytes[i], b' ' | b'\n' | b'\r'))
    }

    fn opens_number(&self, at: usize) -> bool {
        let word = &self.bytes[at..self.run_of_word_within(at, 6)];
        let roman = !word.is_empty() && word.iter().all(|b| b"IVXLC".contains(b));
        self.byte(at).is_ascii_digit() || self.byte(at) == b'#' || roman
    }

    /// Small letters, digits and commas go on where a sentence does.
    fn continues(&self, at: usize) -> bool {
        self.is_lower(at) || matches!(self.byte(at), b'0'..=b'9' | b',' | b';')
    }

    fn is_after_comma(&self, start: usize) -> bool {
        let blank = self.before(start) == b' ';
        self.before(start - usize::from(blank)) == b','
    }

    /// "(R-La.)": the letter of a party and a hyphen stand before.
    fn is_after_party(&self, start: usize) -> bool {
        start > 2
            && self.before(start) == b'-'
            && self.is_upper(start - 2)
            && matches!(self.before(start - 2), b'(' | b' ')
    }

    /// Two to five consonants, not all capitals: "pts", "Blvd".
    fn is_unpronounceable(&self, word: &[u8]) -> bool {
        (2..=5).contains(&word.len())
            && word.iter().all(|b| b.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(b))
            && word.iter().any(u8::is_ascii_lowercase)
    }

    /// "J." before a name, as against "plan B." at a sentence's end.
    fn is_initial(&self, start: usize, at: usize) -> bool {
        let Some(next) = self.next_mark(at + 1) else { return false };
        if !self.bytes[start].is_ascii_uppercase() {
            return self.byte(next).is_ascii_digit();
        }
        if next == at + 1 {
            return self.is_upper(next) || matches!(self.bytes[next], b',' | b';' | b':' | b')' | b']' | b'-');
        }
        let word = &self.bytes[next..self.run_of_word(next).min(next + LONGEST_ABBREVIATION)];
        let named = self.is_upper(next) || self.byte(next) == b'(' && self.is_after_initial(start);
        named && (self.byte(next + 1) == b'.' || !self.lexicon.is_starter(word)) && self.bytes[start] != b'I'
    }

    /// "R." in "D. R. (2007)".
    fn is_after_initial(&self, start: usize) -> bool {
        self.before(start) == b' '
            && start >= self.start + 3
            && self.bytes[start - 2] == b'.'
            && self.is_upper(start - 3)
    }

    /// Whether the word before a hyphen or the one after it is an affix that holds the two together.
    fn holds_hyphen(&self, start: usize, at: usize) -> bool {
        if !self.is_wordy(at + 1) {
            return false;
        }
        if at - start <= 16 && self.lexicon.affix(&self.bytes[start..at]) == Some(Affix::Prefix) {
            return true;
        }
        let end = self.run_of_word_within(at + 1, 16);
        self.lexicon.affix(&self.bytes[at + 1..end]) == Some(Affix::Suffix) || self.is_whole(start, end)
    }

    fn holds_ampersand(&self, at: usize) -> bool {
        self.before(at).is_ascii_alphanumeric() && self.byte(at + 1).is_ascii_alphanumeric()
    }

    fn holds_slash(&self, start: usize, at: usize) -> bool {
        self.is_letter(at + 1) && self.is_whole(start, self.run_of_word_within(at + 1, 16))
    }

    fn is_whole(&self, start: usize, end: usize) -> bool {
        end - start <= 16 && self.lexicon.affix(&self.bytes[start..end]) == Some(Affix::Whole)
    }

    /// "US" before a dollar.
    fn is_currency(&self, start: usize, at: usize) -> bool {
        at - start <= 3 && self.bytes[start..at].iter().all(u8::is_ascii_uppercase)
    }

    /// The end of a word, looked for no further than that; past it, it does not matter.
    fn run_of_word_within(&self, at: usize, most: usize) -> usize {
        let limit = self.end.min(at + most + 1);
        (at..limit).find(|&i| !self.bytes[i].is_ascii_alphanumeric()).unwrap_or(limit)
    }

    /// The end of a host, address or file name that begins at `start`, where a mark at `mark` says that one may.
    fn atom(&mut self, start: usize, mark: usize) -> Option<usize> {
        if start < self.no_atom_before {
            return None;
        }
        if self.bytes[mark] == b':' {
            return self.scheme(start, mark);
        }
        let plain = self.end_of(start, is_local);
        let found = match self.byte(plain) {
            b'@' if self.is_wordy(plain + 1) => Some(self.trimmed(start, self.end_of(plain + 1, is_host))),
            _ => self.host(start, plain),
        };
        if found.is_none() {
            self.no_atom_before = plain;
        }
        found
    }

    /// `https://...`, `mailto:...`
    fn scheme(&self, start: usize, colon: usize) -> Option<usize> {
        let scheme = self.bytes[start..colon].to_ascii_lowercase();
        let slashes = self.byte(colon + 1) == b'/' && self.byte(colon + 2) == b'/';
        let known = slashes && scheme.len() <= 6 || scheme == b"mailto" && self.is_wordy(colon + 1);
        known.then(|| self.trimmed(start, self.end_of(colon + 1, is_address)))
    }

    /// A host or file name in a run of plain characters, with the path after it.
    fn host(&self, start: usize, plain: usize) -> Option<usize> {
        let end = self.trimmed(start, plain);
        let run = &self.bytes[start..end];
        let dot = run.iter().rposition(|&b| b == b'.')?;
        let (stem, label) = (&run[..dot], &run[dot + 1..]);
        let named = self.lexicon.is_host_label(label) && (!label[0].is_ascii_uppercase() || is_loud(stem, label));
        if !(named || run.starts_with(b"www.") || is_newsgroup(run)) || stem.is_empty() {
            return None;
        }
        let path = end == plain && self.byte(end) == b'/' && self.is_wordy(end + 1) || self.byte(end) == b'?';
        Some(if path { self.trimmed(start, self.end_of(end, is_address)) } else { end })
    }

    fn end_of(&self, start: usize, accepts: fn(u8) -> bool) -> usize {
        self.bytes[start..self.end].iter().position(|&b| !accepts(b)).map_or(self.end, |n| start + n)
    }

    /// Without the punctuation of the sentence around it.
    fn trimmed(&self, start: usize, mut end: usize) -> usize {
        let opened = self.bytes[start..end].contains(&b'(');
        while end > start + 1 {
            let strip = match self.bytes[end - 1] {
                b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'"' | b']' | b'-' => true,
                b')' => !opened,
                _ => false,
            };
            if !strip {
                break;
            }
            end -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        end
    }

    /// A token that begins with a digit, or with a mark at `start` that belongs to the number at `digits`.
    fn number(&mut self, start: usize, digits: usize) -> usize {
        if let Some(end) = self.dashed_number(digits) {
            return self.push(start, end);
        }
        let mut at = self.end_of(digits, |b| b.is_ascii_digit());
        while self.joins_digits(digits, at) {
            at = self.end_of(at + 1, |b| b.is_ascii_digit());
        }
        let letters = self.run_of_word(at);
        if letters > at {
            return self.number_with_letters(start, at, letters);
        }
        let apostrophe = self.apostrophe(at);
        if apostrophe > 0 && self.byte(at + apostrophe) == b's' && !self.is_wordy(at + apostrophe + 1) {
            return self.push(start, at + apostrophe + 1); // "the 1990's"
        }
        if self.is_list_number(start, at) {
            return self.push(start, at + 1);
        }
        self.push(start, at)
    }

    /// "1.5", "10,000", "10:30", "9/11": whether the mark at `at` joins the digits on both sides.
    fn joins_digits(&self, start: usize, at: usize) -> bool {
        if !self.byte(at + 1).is_ascii_digit() {
            return false;
        }
        match self.byte(at) {
            b'.' | b':' => true,
            b',' => (1..4).all(|i| self.byte(at + i).is_ascii_digit()) && !self.byte(at + 4).is_ascii_digit(),
            b'/' => at - start <= 5 && (1..=4).any(|i| !self.byte(at + 1 + i).is_ascii_digit()),
            _ => false,
        }
    }

    /// "30km", "9am" lose their unit; "5th", "1980s", "3D" stay.
    fn number_with_letters(&mut self, start: usize, letters: usize, end: usize) -> usize {
        let dot = self.byte(end) == b'.' || self.byte(end) == b'@';
        if dot && let Some(atom) = self.atom(start, end) {
            return self.push(start, atom);
        }
        if self.lexicon.is_unit(&self.bytes[letters..end]) || self.is_clock(letters, end) {
            self.push(start, letters);
            return letters;
        }
        self.clitics(start, end)
    }

    /// "8a.m.": the letter before a full stop and an m.
    fn is_clock(&self, letters: usize, end: usize) -> bool {
        end - letters == 1
            && matches!(self.bytes[letters] | 0x20, b'a' | b'p')
            && self.byte(end) == b'.'
            && self.byte(end + 1) | 0x20 == b'm'
    }

    /// Telephone numbers and dates are one token, ranges and scores are not: the lengths of the groups tell.
    fn dashed_number(&self, start: usize) -> Option<usize> {
        let mut groups = [0u8; 4];
        let mut at = start;
        for count in 0..4 {
            let end =
                (at..self.end.min(at + 8)).find(|&i| !self.bytes[i].is_ascii_digit()).unwrap_or(self.end.min(at + 8));
            groups[count] = (end - at) as u8;
            if self.byte(end) != b'-' || !self.byte(end + 1).is_ascii_digit() || count == 3 {
                let whole = !self.is_wordy(end) && (self.byte(end) != b'-' || !self.is_wordy(end + 1));
                return (whole && is_one_number(&groups[..=count])).then_some(end);
            }
            at = end + 1;
        }
        None
    }

    /// "1." at the start of a line or a sentence, before a word.
    fn is_list_number(&self, start: usize, at: usize) -> bool {
        let opens = start == self.start || matches!(self.before(start), b'\n' | b'\r') || self.is_after_stop(start);
        opens && at - start <= 2 && self.byte(at) == b'.' && self.byte(at + 1) == b' ' && self.is_letter(at + 2)
    }

    /// A number right after a sentence's end, as in lists that run on.
    fn is_after_stop(&self, start: usize) -> bool {
        let last = self.out.last().filter(|s| s.end + 1 == start && s.start >= self.start);
        last.is_some_and(|s| matches!(self.bytes[s.start], b'.' | b'?' | b'!' | b';'))
    }

    /// A token that begins with an ASCII mark.
    fn mark(&mut self, at: usize) -> usize {
        let b = self.bytes[at];
        match b {
            b'\'' | b'`' => self.quote_mark(at),
            b'.' if self.byte(at + 1).is_ascii_digit() && !self.is_after_word(at) => self.number(at, at + 1),
            b'+' if self.byte(at + 1).is_ascii_digit() && !self.is_after_word(at) => self.number(at, at + 1),
            b'.' => self.dots(at),
            b'[' if self.omission(at).is_some() => {
                let end = self.omission(at).unwrap_or(at + 1);
                self.push(at, end)
            }
            b'!' | b'?' => {
                let end = self.end_of(at, |b| b == b'!' || b == b'?');
                self.push(at, end)
            }
            b'@' | b'#' if self.is_letter(at + 1) => self.handle(at),
            b':' | b';' | b'=' | b'^' | b'<' if self.emoticon(at).is_some() => {
                let end = self.emoticon(at).unwrap_or(at + 1);
                self.push(at, end)
            }
            b'-' | b'*' | b'=' | b'~' | b'+' | b'#' | b'<' | b'>' | b'|' | b'$' | b'^' => {
                let run = self.bytes[at..self.end].iter().take_while(|&&c| c == b).count();
                self.push(at, at + run)
            }
            _ => self.push(at, at + 1),
        }
    }

    /// "[...]", "[…]": the end of an omission marked by an editor.
    fn omission(&self, at: usize) -> Option<usize> {
        ["[...]", "[…]"].into_iter().find(|mark| self.text[at..self.end].starts_with(mark)).map(|mark| at + mark.len())
    }

    /// Whether a word ends right there.
    fn is_after_word(&self, at: usize) -> bool {
        let b = self.before(at);
        b.is_ascii_alphanumeric() || b >= 0x80
    }

    /// "...", "…" and what mixes them; one full stop alone too.
    fn dots(&mut self, at: usize) -> usize {
        let mut end = at;
        loop {
            match self.byte(end) {
                b'.' => end += 1,
                0xE2 if self.text[end..].starts_with('…') => end += 3,
                _ => return self.push(at, end),
            }
        }
    }

    /// "#WarCrimes", "@handle".
    fn handle(&mut self, at: usize) -> usize {
        let end = self.run_of_word(at + 1);
        self.push(at, end)
    }

    /// An emoticon between blanks.
    fn emoticon(&self, at: usize) -> Option<usize> {
        if self.is_after_word(at) {
            return None;
        }
        // Five bytes at most are looked at: a run of colons must not be scanned from each of them.
        let limit = self.end.min(at + 5);
        let is_gap = |&i: &usize| matches!(CLASSES[usize::from(self.bytes[i])], Class::Space | Class::Wide);
        let end = (at..limit).find(is_gap).unwrap_or(limit);
        let end = (at + 2..end + 1).rev().find(|&e| self.lexicon.is_emoticon(&self.bytes[at..e]))?;
        (!self.is_wordy(end)).then_some(end)
    }

    /// A straight apostrophe or a grave accent that does not stand inside a word.
    fn quote_mark(&mut self, at: usize) -> usize {
        let b = self.bytes[at];
        if self.byte(at + 1) == b {
            return self.push(at, at + 2);
        }
        match self.apostrophe_word(at, 1) {
            Some(end) => self.push(at, end),
            None => self.push(at, at + 1),
        }
    }

    /// What an apostrophe begins: a clitic after a mark ("U.S.'s"), "'em", "'72".
    fn apostrophe_word(&self, at: usize, mark: usize) -> Option<usize> {
        let from = at + mark;
        let end = self.run_of_word_within(from, 8);
        let word = &self.bytes[from..end];
        let glued = at > self.start && !matches!(CLASSES[usize::from(self.before(at))], Class::Space);
        let clitic = self.lexicon.is_clitic(word);
        if at > self.start && !glued && clitic && self.byte(end) == b' ' {
            return Some(end); // text that was tokenized before: "Baku 's"
        }
        if glued && matches!(self.before(at), b'.' | b')' | b'"' | b'!' | b'%') {
            return clitic.then_some(end);
        }
        let year =
            word.len() >= 2 && word[..2].iter().all(u8::is_ascii_digit) && (word.len() == 2 || &word[2..] == b"s");
        let mut spelled = [0; 9];
        spelled[0] = b'\'';
        spelled[1..=word.len().min(8)].copy_from_slice(&word[..word.len().min(8)]);
        let listed = word.len() <= 8 && self.lexicon.contraction(&spelled[..=word.len()]).is_some_and(|c| c.0 == 0);
        (!glued && (year || listed)).then_some(end)
    }

    /// A token that begins outside ASCII.
    fn wide(&mut self, at: usize) -> usize {
        let Some(c) = self.char_at(at) else { return self.end };
        let next = at + c.len_utf8();
        match c {
            _ if continues_word(c) && !is_mark(c) => self.word(at),
            '’' | '‘' => match self.apostrophe_word(at, 3) {
                Some(end) if c == '’' => self.push(at, end),
                _ if self.text[next..self.end].starts_with(c) => self.push(at, next + 3),
                _ => self.push(at, next),
            },
            '…' => self.dots(at),
            '—' | '–' | '―' => {
                let run = self.text[at..self.end].chars().take_while(|&d| d == c).count();
                self.push(at, at + run * c.len_utf8())
            }
            _ if is_invisible(c) => next,
            _ => self.symbol(at, next),
        }
    }

    /// A symbol or an emoji with what modifies it: skin tones, variation selectors, joined ones, flags.
    fn symbol(&mut self, at: usize, mut end: usize) -> usize {
        let mut flag = self.char_at(at).is_some_and(is_regional);
        while let Some(c) = self.char_at(end).filter(|c| !c.is_ascii()) {
            let joined =
                c == '\u{200D}' && !self.is_wordy(end + 3) && self.char_at(end + 3).is_some_and(|d| !d.is_ascii());
            if joined {
                end += 3 + self.char_at(end + 3).map_or(0, char::len_utf8);
            } else if is_modifier(c) || is_mark(c) || flag && is_regional(c) {
                flag = false;
                end += c.len_utf8();
            } else {
                break;
            }
        }
        self.push(at, end)
    }
}

/// "COM" after "EXAMPLE", "Com" after "Example": as loud as the name before it.
fn is_loud(stem: &[u8], label: &[u8]) -> bool {
    label.iter().all(u8::is_ascii_uppercase) || stem[0].is_ascii_uppercase() && label.eq_ignore_ascii_case(b"com")
}

/// "alt.animals.cat": three or more labels in small letters.
fn is_newsgroup(run: &[u8]) -> bool {
    run.split(|&b| b == b'.').count() > 2
        && run.split(|&b| b == b'.').all(|l| l.len() > 1 && l.iter().all(|b| b.is_ascii_lowercase()))
}

fn is_local(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%')
}

fn is_host(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')
}

fn is_address(b: u8) -> bool {
    b > b' ' && b < 0x7F && !matches!(b, b'<' | b'>' | b'"' | b'{' | b'}' | b'\\' | b'^' | b'`' | b'|')
}

/// Lengths of the groups of digits in telephone numbers, post codes and dates.
fn is_one_number(groups: &[u8]) -> bool {
    matches!(groups, [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [1..=2, 1..=2, 2 | 4] | [4, 2, 2] | [5, 4] | [3, 2, 4])
}

/// Letters, numbers, combining marks and what hides inside words.
fn continues_word(c: char) -> bool {
    (c.is_alphanumeric() && !matches!(c, 'ª' | 'º' | '²' | '³' | '¹'))
        || is_mark(c)
        || matches!(c, '\u{AD}' | '\u{200C}' | '\u{2060}')
}

/// Combining marks that Unicode does not count as alphabetic.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{652}'
        | '\u{94D}' | '\u{9CD}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// White space, controls, direction marks: between tokens, never in one.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{AD}' | '\u{61C}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E007F}')
}

fn is_modifier(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut spans = Vec::new();
        tokenize(text, Span::new(0, text.len()), Lexicon::builtin(), &mut spans);
        spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cases() {
        let cases = include_str!("../../tests/text/tokens.tsv").lines().filter(|l| !l.starts_with("# "));
        let wrong: Vec<_> = cases
            .filter_map(|line| {
                let (text, expected) = line.split_once('\t').expect("two columns");
                let found = words(text);
                (found != expected).then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
