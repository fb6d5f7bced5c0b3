//! Places in a text: byte spans, token ranges, and the table that turns bytes into characters for output.

use super::Name;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A stretch of an article's text in bytes, on character boundaries, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of `start..end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The words it covers; empty where it does not fit the text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether `other` lies inside.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span over both.
    pub fn join(&self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Tokens `start..end` of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TokenRange {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

impl TokenRange {
    /// The tokens `start..end`.
    pub fn new(start: usize, end: usize) -> TokenRange {
        TokenRange { start, end }
    }

    /// As a range, to index and iterate with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the token is inside.
    pub fn contains(self, token: usize) -> bool {
        self.start <= token && token < self.end
    }

    /// Whether the two share a token.
    pub fn overlaps(self, other: TokenRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many tokens.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it has no token.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// A quoted stretch as it stands in output: offsets in Unicode scalar values, and the words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quoted {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words, equal to `text[start..end]` in characters.
    pub text: Name,
}

/// Turns byte offsets of one text into character offsets: O(n) to make, O(1) to ask.
#[derive(Debug, Clone)]
pub struct CharIndex<'a> {
    text: &'a str,
    /// Characters before each block of `BLOCK` bytes; empty where every character is one byte.
    blocks: Vec<usize>,
}

const BLOCK: usize = 64;

impl<'a> CharIndex<'a> {
    /// Indexes a text.
    pub fn new(text: &'a str) -> CharIndex<'a> {
        let blocks = if text.is_ascii() { Vec::new() } else { count_blocks(text) };
        CharIndex { text, blocks }
    }

    /// How many characters stand before a byte offset; at most `u32::MAX`, more than any article has.
    pub fn chars_before(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let block = byte / BLOCK;
        let chars = match self.blocks.get(block) {
            Some(before) => before + count_starts(&self.text.as_bytes()[block * BLOCK..byte]),
            None => byte,
        };
        u32::try_from(chars).unwrap_or(u32::MAX)
    }

    /// The span in characters, with its words.
    pub fn quote(&self, span: Span) -> Quoted {
        Quoted {
            start: self.chars_before(span.start),
            end: self.chars_before(span.end),
            text: span.of(self.text).into(),
        }
    }
}

fn count_blocks(text: &str) -> Vec<usize> {
    let mut blocks = vec![0];
    for chunk in text.as_bytes().chunks(BLOCK) {
        let before = blocks[blocks.len() - 1];
        blocks.push(before + count_starts(chunk));
    }
    blocks
}

/// Bytes that begin a character.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_characters() {
        let text = "“Ağdam” – fell. ".repeat(20);
        let index = CharIndex::new(&text);
        for (chars, (byte, _)) in (0..).zip(text.char_indices()) {
            assert_eq!(index.chars_before(byte), chars);
        }
        assert_eq!(index.chars_before(text.len()) as usize, text.chars().count());
    }

    #[test]
    fn ascii_needs_no_table() {
        assert_eq!(CharIndex::new("abc").quote(Span::new(1, 3)), Quoted { start: 1, end: 3, text: "bc".into() });
    }
}
