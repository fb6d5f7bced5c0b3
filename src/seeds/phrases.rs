//! Phrases of several words, found in one pass over a text.
//!
//! A phrase is the hash of its words, built up word by word, so that the longest phrase from a word on costs one look-up per
//! word. Hashes stand for the phrases: among 200,000 of them two share 64 bits once in a billion tables.
//! A hash map and no automaton (`fst`, Aho-Corasick): it is built in one pass over the tables at every start, and nothing
//! needs the order or the matches inside words that an automaton would pay for.

use super::fold::{Word, words};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Values by phrase.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    nodes: HashMap<u64, Node, BuildHasherDefault<Ready>>,
    values: Vec<T>,
}

/// What is known of a phrase: its values, and whether a longer one begins with it.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    first: u32,
    count: u32,
    more: bool,
}

/// Collects phrases; [`PhrasesBuilder::build`] makes them searchable.
#[derive(Debug)]
pub struct PhrasesBuilder<T> {
    entries: Vec<(u64, u32, T)>,
    prefixes: Vec<u64>,
}

impl<T> PhrasesBuilder<T> {
    /// With room for that many phrases.
    pub fn with_capacity(phrases: usize) -> PhrasesBuilder<T> {
        PhrasesBuilder { entries: Vec::with_capacity(phrases), prefixes: Vec::with_capacity(phrases) }
    }

    /// Adds a phrase given by its words.
    pub fn add_words(&mut self, phrase: &[Word], value: T) {
        let Some((last, init)) = phrase.split_last() else { return };
        let mut key = START;
        for word in init {
            key = extend(key, word);
            self.prefixes.push(key);
        }
        let order = self.entries.len() as u32;
        self.entries.push((extend(key, last), order, value));
    }

    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, value: T) {
        self.add_words(&words(phrase), value);
    }

    /// The phrases added, each with its values in the order in which they were.
    pub fn build(mut self) -> Phrases<T> {
        self.entries.sort_unstable_by_key(|(key, order, _)| (*key, *order));
        let room = self.entries.len() + self.prefixes.len() / 2;
        let mut nodes: HashMap<u64, Node, _> = HashMap::with_capacity_and_hasher(room, BuildHasherDefault::default());
        let mut values = Vec::with_capacity(self.entries.len());
        for group in self.entries.chunk_by(|a, b| a.0 == b.0) {
            let node = Node { first: values.len() as u32, count: group.len() as u32, more: false };
            nodes.insert(group[0].0, node);
            values.resize_with(values.len() + group.len(), || None);
        }
        for (slot, (_, _, value)) in values.iter_mut().zip(self.entries) {
            *slot = Some(value);
        }
        for prefix in self.prefixes {
            nodes.entry(prefix).or_default().more = true;
        }
        Phrases { nodes, values: values.into_iter().flatten().collect() }
    }
}

impl<T> Phrases<T> {
    /// The values of a phrase.
    pub fn get(&self, phrase: &str) -> &[T] {
        self.get_words(&words(phrase))
    }

    /// The values of a phrase given by its words.
    pub fn get_words(&self, phrase: &[Word]) -> &[T] {
        let key = phrase.iter().fold(START, extend);
        self.nodes.get(&key).map(|n| self.values_of(n)).unwrap_or_default()
    }

    /// Every phrase that begins with the first of these words, shortest first: how many words it has, and its values.
    pub fn starting<'a, 'w>(&'a self, words: &'w [Word]) -> impl Iterator<Item = (usize, &'a [T])> + use<'a, 'w, T> {
        let mut key = Some(START);
        words.iter().enumerate().map_while(move |(i, word)| {
            let next = extend(key?, word);
            let node = self.nodes.get(&next)?;
            key = node.more.then_some(next);
            Some((i + 1, self.values_of(node)))
        })
    }

    fn values_of(&self, node: &Node) -> &[T] {
        let first = node.first as usize;
        &self.values[first..first + node.count as usize]
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.nodes.values().filter(|n| n.count > 0).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

const START: u64 = 0x9e37_79b9_7f4a_7c15;

/// The key of a phrase that is one word longer (the finalizer of splitmix64).
fn extend(key: u64, word: &Word) -> u64 {
    let mut z = key.rotate_left(5) ^ word.key;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_phrases_are_found_behind_shorter_ones() {
        let mut builder = PhrasesBuilder::with_capacity(4);
        for (i, phrase) in ["New York", "New York Times", "York", "new-york"].into_iter().enumerate() {
            builder.add(phrase, i);
        }
        let phrases = builder.build();
        let text = words("New York Times building");
        let found: Vec<_> = phrases.starting(&text).map(|(n, v)| (n, v.to_vec())).collect();
        assert_eq!(found, [(1, vec![]), (2, vec![0, 3]), (3, vec![1])]);
        assert_eq!(phrases.get("york"), [2]);
        assert!(phrases.get("").is_empty() && phrases.get("times").is_empty());
        assert_eq!(phrases.len(), 3);
    }
}
