//! Headlines in capitals, read as if they were prose: "Forces Shell City" is cased as the article's own sentences case its words.
//!
//! A capital tells a name from a word, and in such a headline it tells nothing. What the article writes small within its sentences is
//! no name; what it writes with a capital is one; what it does not write at all stays as it is.

use crate::model::Document;
use crate::vocab::ZoneKind;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Of the words of a headline, how many in a hundred have a capital where all are meant to.
const LOUD: usize = 70;
/// Words of a headline that can be loud.
const FEWEST: usize = 4;
/// Letters that two forms of one word share at least, and how many either may have after them.
const STEM: usize = 4;
const ENDING: usize = 3;

/// The words of a document as the model should read them: those of loud headlines cased like the text below.
pub(super) fn words(document: &Document) -> Vec<Cow<'_, str>> {
    let mut words: Vec<Cow<str>> = (0..document.tokens.len()).map(|t| Cow::Borrowed(document.word(t))).collect();
    let heading = |s: &&crate::model::Sentence| s.zone == ZoneKind::Heading;
    let loud: Vec<_> = document
        .sentences
        .iter()
        .filter(heading)
        .map(|s| s.tokens.range())
        .filter(|r| is_loud(&words[r.clone()]))
        .collect();
    if loud.is_empty() {
        return words;
    }
    let casing = Casing::of(document);
    for token in loud.into_iter().flat_map(|r| r.skip(1)) {
        if let Some(small) = casing.lowered(&words[token]) {
            words[token] = Cow::Owned(small);
        }
    }
    words
}

fn is_loud(words: &[Cow<str>]) -> bool {
    let letters = || words.iter().filter(|w| w.chars().all(char::is_alphabetic) && w.chars().count() >= STEM);
    let capitals = letters().filter(|w| w.starts_with(char::is_uppercase)).count();
    letters().count() >= FEWEST && capitals * 100 >= letters().count() * LOUD
}

/// How an article cases words within its sentences, all kept in lower case.
struct Casing {
    small: BTreeSet<String>,
    capital: BTreeSet<String>,
}

impl Casing {
    fn of(document: &Document) -> Casing {
        let mut casing = Casing { small: BTreeSet::new(), capital: BTreeSet::new() };
        for sentence in document.sentences.iter().filter(|s| s.zone != ZoneKind::Heading) {
            for token in sentence.tokens.range().skip(1) {
                let word = document.word(token);
                match word.starts_with(char::is_uppercase) {
                    true => casing.capital.insert(word.to_lowercase()),
                    false => casing.small.insert(word.to_owned()),
                };
            }
        }
        casing
    }

    /// The word in lower case, where the article shows that it or another form of it is no name.
    fn lowered(&self, word: &str) -> Option<String> {
        let small = word.to_lowercase();
        let shown = self.small.contains(&small) || self.has_other_form(&small);
        (word != small && shown && !self.capital.contains(&small)).then_some(small)
    }

    /// "blamed" beside "blames", "shelling" beside "shell".
    fn has_other_form(&self, word: &str) -> bool {
        let letters = word.chars().count();
        let stem: String = word.chars().take(STEM.max(letters.saturating_sub(ENDING))).collect();
        let related = self.small.range(stem.clone()..).take_while(|w| w.starts_with(&stem));
        letters >= STEM && related.into_iter().any(|w| w.chars().count() <= letters + ENDING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;
    use crate::nlp::{Cues, Lexicon, Scope, segment};

    fn headline(text: &str) -> String {
        let document = segment(Article::new("a", text), Scope::Article, Lexicon::builtin(), Cues::builtin());
        let first = document.sentences[0].tokens.range();
        words(&document)[first].join(" ")
    }

    #[test]
    fn loud_headlines_are_cased_like_the_text() {
        let text = "Georgia President Slams Hostile Neighbours as Troops Shell Village\n\nOn Monday the president of Georgia \
                    slammed its neighbours, who are hostile. The village was under shelling by their troops in Ossetia.\n";
        assert_eq!(headline(text), "Georgia president slams hostile neighbours as troops shell village");
    }

    #[test]
    fn names_and_quiet_headlines_stay() {
        let text = "Rebels take Goma as Kigali looks on\n\nThe army said that rebels had taken the town of Goma, and Kigali was silent.\n";
        assert_eq!(headline(text), "Rebels take Goma as Kigali looks on");
        let text = "Victory Monument Hit in Front of May Crowd\n\nA shell struck Victory Monument, in which a crowd gathers each May.\n";
        assert_eq!(headline(text), "Victory Monument Hit in Front of May crowd");
    }
}
