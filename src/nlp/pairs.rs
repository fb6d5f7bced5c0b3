//! "between" wants two: "the agreement between Sudan and the army". The parser may hang the second on the noun, or on what governs
//! the phrase, as if the act and the second party were coordinated.

use crate::model::{Document, Token};
use crate::vocab::{Deprel, Upos};

/// The preposition of two parties.
const BETWEEN: &str = "between";

/// Hangs the second of two parties on the first.
pub(super) fn mend(document: &mut Document) {
    for number in 0..document.sentences.len() {
        let range = document.sentences[number].tokens.range();
        for mark in range.clone() {
            if &*document.tokens[mark].lemma != BETWEEN || document.tokens[mark].deprel != Deprel::Case {
                continue;
            }
            let Some(first) = document.tokens[mark].head.filter(|&f| f > mark) else { continue };
            if let Some(above) = beyond(&document.tokens, mark, first) {
                document.tokens[first].head = Some(above);
            }
            if let Some((and, second)) = lost(&document.tokens, range.end, first) {
                (document.tokens[second].head, document.tokens[second].deprel) = (Some(first), Deprel::Conj);
                (document.tokens[and].head, document.tokens[and].deprel) = (Some(second), Deprel::Cc);
            }
        }
    }
}

/// "talks *in Ankara* between Ethiopia and Somalia": what holds between two, where the parser hung them on the place before them.
fn beyond(tokens: &[Token], mark: usize, first: usize) -> Option<usize> {
    let place = tokens[first].head.filter(|&h| h < mark && tokens[h].upos == Upos::Propn)?;
    let marked =
        (0..place).rev().take(DEEPEST).any(|t| tokens[t].head == Some(place) && tokens[t].deprel == Deprel::Case);
    tokens[place].head.filter(|&h| h < place && marked && matches!(tokens[h].upos, Upos::Noun | Upos::Verb))
}

/// The noun coordinated with what governs the first party, right behind that party's phrase and "and", where it has no partner;
/// with that "and" before it.
fn lost(tokens: &[Token], end: usize, first: usize) -> Option<(usize, usize)> {
    let nominal = |t: usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn);
    let partner = (first + 1..end).any(|t| tokens[t].head == Some(first) && tokens[t].deprel == Deprel::Conj);
    let above = tokens[first].head.filter(|&h| h < first && nominal(h) && nominal(first))?;
    let second = (first + 1..end).find(|&t| tokens[t].head == Some(above) && tokens[t].deprel == Deprel::Conj)?;
    let and = (first + 1..second).rev().find(|&t| tokens[t].upos == Upos::Cconj)?;
    // What stands before "and" belongs to the first party.
    let below = |t: usize| std::iter::successors(Some(t), |&t| tokens[t].head).take(DEEPEST).any(|h| h == first);
    (!partner && nominal(second) && (first + 1..and).all(below)).then_some((and, second))
}

/// No phrase worth mending is deeper: a bound on the work for any text.
const DEEPEST: usize = 8;

#[cfg(test)]
mod tests {
    use crate::model::Article;
    use crate::nlp::Analyzer;
    use crate::vocab::Deprel;

    #[test]
    fn two_parties_are_coordinated() {
        let analyzer = Analyzer::builtin().unwrap();
        for text in [
            "The mission welcomed the nascent peace agreement between the Malian government and the Azawad People's Front.",
            "The war between Ethiopia and the Oromo army ended.",
            "He oversaw the border between Chad and Niger.",
            "Turkey brokered talks in Ankara between Ethiopia and Somalia.",
        ] {
            let document = analyzer.read(Article::new("a", text));
            let mark = (0..document.tokens.len()).find(|&t| document.word(t) == "between").unwrap();
            let first = document.tokens[mark].head.unwrap();
            let second = document.tokens.iter().any(|t| t.head == Some(first) && t.deprel == Deprel::Conj);
            assert!(second, "{text}");
            assert!(document.tokens[first].head.is_some_and(|h| document.word(h) != "Ankara"), "{text}");
        }
    }
}
