//! Things found by a text that they hold themselves, or that stands elsewhere, so that it is kept once.

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// A table of things by their texts. What has a text is asked of the caller.
#[derive(Debug, Clone)]
pub(crate) struct ByText<T> {
    /// With half of each text's hash, so that few texts are looked at.
    table: HashTable<(u32, T)>,
    hasher: RandomState,
}

impl<T> Default for ByText<T> {
    fn default() -> ByText<T> {
        ByText { table: HashTable::new(), hasher: RandomState::default() }
    }
}

impl<T> ByText<T> {
    /// What has that text.
    pub fn get(&self, text: &str, has: impl Fn(&T) -> bool) -> Option<&T> {
        let hash = self.hash(text);
        self.table.find(spread(hash), |(h, item)| *h == hash && has(item)).map(|(_, item)| item)
    }

    /// What has that text, made if there is none.
    pub fn get_or_insert(&mut self, text: &str, has: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> &T {
        let hash = self.hash(text);
        let entry = self.table.entry(spread(hash), |(h, item)| *h == hash && has(item), |(h, _)| spread(*h));
        &entry.or_insert_with(|| (hash, new())).into_mut().1
    }

    /// Adds what has a text that nothing else has.
    pub fn insert(&mut self, text: &str, item: T) {
        let hash = self.hash(text);
        self.table.insert_unique(spread(hash), (hash, item), |(h, _)| spread(*h));
    }

    /// Takes out what has that text.
    pub fn remove(&mut self, text: &str, has: impl Fn(&T) -> bool) {
        let hash = self.hash(text);
        if let Ok(entry) = self.table.find_entry(spread(hash), |(h, item)| *h == hash && has(item)) {
            entry.remove();
        }
    }

    fn hash(&self, text: &str) -> u32 {
        self.hasher.hash_one(text) as u32
    }
}

/// All bits that the table looks at, from the half that is kept.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
