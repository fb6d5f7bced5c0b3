//! "between" wants two: "the agreement between Sudan and the army". The parser may hang the second on the noun, or on what governs
//! the phrase, as if the act and the second party were coordinated.

use super::trees::{hang, is_nominal, is_within, with};
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
                hang(&mut document.tokens, second, first, Deprel::Conj);
                hang(&mut document.tokens, and, second, Deprel::Cc);
            }
        }
    }
}

/// "talks *in Ankara* between Ethiopia and Somalia": what holds between two, where the parser hung them on the place before them.
fn beyond(tokens: &[Token], mark: usize, first: usize) -> Option<usize> {
    let place = tokens[first].head.filter(|&h| h < mark && tokens[h].upos == Upos::Propn)?;
    let marked = with(tokens, place.saturating_sub(DEEPEST)..place, place, Deprel::Case).next().is_some();
    tokens[place].head.filter(|&h| h < place && marked && matches!(tokens[h].upos, Upos::Noun | Upos::Verb))
}

/// The noun coordinated with what governs the first party, right behind that party's phrase and "and", where it has no partner;
/// with that "and" before it.
fn lost(tokens: &[Token], end: usize, first: usize) -> Option<(usize, usize)> {
    let nominal = |t: usize| is_nominal(&tokens[t]);
    let conjunct = |head: usize| with(tokens, first + 1..end, head, Deprel::Conj).next();
    let above = tokens[first].head.filter(|&h| h < first && nominal(h) && nominal(first))?;
    let second = conjunct(above)?;
    let and = (first + 1..second).rev().find(|&t| tokens[t].upos == Upos::Cconj)?;
    // What stands before "and" belongs to the first party.
    let below = |t: usize| is_within(tokens, t, first, DEEPEST);
    (conjunct(first).is_none() && nominal(second) && (first + 1..and).all(below)).then_some((and, second))
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
