//! Keeps article ids unique within a run.

use crate::Article;
use std::collections::BTreeSet;

/// The ids given so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<Box<str>>,
}

impl Ids {
    /// The article's own id where it is free, else with the first digits of its text's hash, else numbered.
    ///
    /// The suffix comes from the text so that it does not depend on how many others came before.
    pub fn claim(&mut self, article: &Article) -> String {
        if self.taken.insert(article.id.as_str().into()) {
            return article.id.clone();
        }
        let hash = article.reference().sha256;
        let hashed = format!("{}~{}", article.id, &hash[..8]);
        let numbered = (2..).map(|n: usize| format!("{hashed}-{n}"));
        let mut candidates = std::iter::once(hashed.clone()).chain(numbered);
        candidates.find(|id| self.taken.insert(id.as_str().into())).unwrap_or(hashed)
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
    }
}
