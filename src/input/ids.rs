//! Keeps article ids unique within a run.

use crate::Article;
use std::collections::BTreeMap;

/// The ids given so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// With the number that the next article of that id and text gets.
    taken: BTreeMap<Box<str>, usize>,
}

impl Ids {
    /// The article's own id where it is free, else with the first digits of its text's hash, else numbered.
    ///
    /// The suffix comes from the text so that it does not depend on how many others came before.
    pub fn claim(&mut self, article: &Article) -> String {
        if self.take(&article.id) {
            return article.id.clone();
        }
        let hash = article.reference().sha256;
        let hashed = format!("{}~{}", article.id, &hash[..8]);
        if self.take(&hashed) {
            return hashed;
        }
        loop {
            let next = self.taken.entry(hashed.as_str().into()).or_insert(2);
            let numbered = format!("{hashed}-{next}");
            *next += 1;
            if self.take(&numbered) {
                return numbered;
            }
        }
    }

    /// Whether an id was free; it is taken now.
    fn take(&mut self, id: &str) -> bool {
        let free = !self.taken.contains_key(id);
        self.taken.entry(id.into()).or_insert(2);
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_id_gets_the_hash_of_its_text() {
        let mut ids = Ids::default();
        let claim = |ids: &mut Ids, text: &str| ids.claim(&Article::new("a", text));
        assert_eq!(claim(&mut ids, "one"), "a");
        assert_eq!(claim(&mut ids, "two"), "a~3fc4ccfe");
        assert_eq!(claim(&mut ids, "two"), "a~3fc4ccfe-2");
        assert_eq!(claim(&mut ids, "two"), "a~3fc4ccfe-3");
    }
}
