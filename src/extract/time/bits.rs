//! Tokens cut into the pieces that time expressions are made of, so that "mid-October", "1914–18" and "5pm" read alike
//! however the tokenizer left them.

use super::lexicon::{Sense, TimeLexicon};
use crate::model::{Document, Number, TokenRange};
use crate::vocab::{Deprel, Upos};

/// A piece of a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bit<'a> {
    /// The token it belongs to.
    pub token: usize,
    /// As written.
    pub text: &'a str,
    /// What its word can mean.
    pub senses: &'a [Sense],
    /// Its value, where it begins with digits.
    pub number: Option<i64>,
    /// How many digits.
    pub digits: usize,
    /// Whether it stands right after the piece before it.
    pub glued: bool,
    /// Whether it is a number that counts a plural noun after it, as the parse sees it: "in 2000 villages".
    pub counts_plural: bool,
    /// Whether it is tagged as a noun, name or adjective.
    pub is_nominal: bool,
}

impl Bit<'_> {
    /// Whether its word can mean that.
    pub fn is(&self, sense: Sense) -> bool {
        self.senses.contains(&sense)
    }

    /// What comes after its digits: "th", "s", "pm".
    pub fn suffix(&self) -> &str {
        &self.text[self.digits..]
    }

    /// Its number, if it is nothing but digits.
    pub fn plain(&self) -> Option<i64> {
        self.number.filter(|_| self.suffix().is_empty())
    }

    /// Whether it begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The pieces of a range of tokens.
pub(super) fn bits<'a>(document: &'a Document, tokens: TokenRange, lexicon: &'a TimeLexicon) -> Vec<Bit<'a>> {
    let mut bits = Vec::with_capacity(tokens.len());
    let mut end = None;
    let mut lower = String::new();
    for token in tokens.range() {
        let mut start = document.tokens[token].span.start;
        for text in pieces(document.word(token)) {
            let bit = bit(token, text, end == Some(start), lexicon, &mut lower);
            let counts_plural = bit.number.is_some() && counts_plural(document, token);
            let is_nominal = matches!(document.tokens[token].upos, Upos::Noun | Upos::Propn | Upos::Adj);
            bits.push(Bit { counts_plural, is_nominal, ..bit });
            start += text.len();
            end = Some(start);
        }
    }
    bits
}

fn bit<'a>(token: usize, text: &'a str, glued: bool, lexicon: &'a TimeLexicon, lower: &mut String) -> Bit<'a> {
    // The longest word of the lexicon is short; a long token is none of them.
    const LONGEST: usize = 24;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    lower.clear();
    if text.len() <= LONGEST && digits == 0 {
        lower.extend(text.chars().flat_map(char::to_lowercase));
    }
    if (1..=4).contains(&digits) && text.len() <= digits + 4 {
        // "5pm" means what "pm" does.
        lower.extend(text[digits..].trim_start_matches('.').chars().flat_map(char::to_lowercase));
    }
    let word = if lower.len() > 1 { lower.trim_end_matches('.') } else { lower.as_str() };
    let number = (1..=9).contains(&digits).then(|| text[..digits].parse().ok()).flatten();
    Bit { token, text, senses: lexicon.senses(word), number, digits, glued, counts_plural: false, is_nominal: false }
}

fn counts_plural(document: &Document, token: usize) -> bool {
    let analysed = &document.tokens[token];
    let head = analysed.head.filter(|head| analysed.deprel == Deprel::Nummod && *head > token);
    head.is_some_and(|head| document.tokens[head].morph.number == Some(Number::Plural))
}

/// Cuts a token at hyphens, dashes, slashes and colons between letters or digits: "mid", "-", "October".
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    const JOINTS: [char; 6] = ['-', '–', '—', '/', ':', '‑'];
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let cut = if JOINTS.contains(&first) { first.len_utf8() } else { rest.find(JOINTS).unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at(cut);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut_at_joints() {
        for (word, expected) in [
            ("mid-October", "mid - October"),
            ("1914–18", "1914 – 18"),
            ("2020-10-28", "2020 - 10 - 28"),
            ("10:30pm", "10 : 30pm"),
            ("-", "-"),
            ("--", "- -"),
            ("", ""),
            ("Ağdam", "Ağdam"),
        ] {
            assert_eq!(pieces(word).collect::<Vec<_>>().join(" "), expected);
        }
    }
}
