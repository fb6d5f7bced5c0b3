//! A semicolon parts clauses: in "Russia struck the dam, Ukraine said; Moscow blamed shelling" the last is nothing that Ukraine said,
//! though the parser hangs what follows a verb of saying on it.

use crate::model::{Document, Token};
use crate::vocab::Deprel;

/// The mark between clauses of one rank.
const SEMICOLON: &str = ";";

/// Hangs what follows a semicolon on the sentence where the parser took it for what was said before it.
pub(super) fn mend(document: &mut Document) {
    for number in 0..document.sentences.len() {
        let range = document.sentences[number].tokens.range();
        let marks: Vec<usize> = range.clone().filter(|&t| document.word(t) == SEMICOLON).collect();
        let Some(root) = range.clone().find(|&t| document.tokens[t].head.is_none()).filter(|_| !marks.is_empty())
        else {
            continue;
        };
        for clause in range.filter(|&t| t != root) {
            if is_beyond(&document.tokens, &marks, clause) {
                (document.tokens[clause].head, document.tokens[clause].deprel) = (Some(root), Deprel::Parataxis);
            }
        }
    }
}

/// Whether a clause is the content of a verb that stands before the semicolon before it, after words of its own.
fn is_beyond(tokens: &[Token], marks: &[usize], clause: usize) -> bool {
    let Some(verb) = tokens[clause].head.filter(|&h| h < clause && tokens[clause].deprel == Deprel::Ccomp) else {
        return false;
    };
    let first = (verb + 1..clause).find(|&t| tokens[t].head == Some(clause) && !marks.contains(&t)).unwrap_or(clause);
    let parted = marks.iter().any(|&m| verb < m && m < first);
    // "He said: 'We want peace; we are ready'": who has said nothing yet says what follows.
    parted && tokens[verb].deprel == Deprel::Parataxis
}

#[cfg(test)]
mod tests {
    use crate::model::Article;
    use crate::nlp::Analyzer;
    use crate::vocab::Deprel;

    #[test]
    fn nobody_says_what_follows_a_semicolon() {
        let analyzer = Analyzer::builtin().unwrap();
        let text = "Russia blew up the Kakhovka dam, Ukraine said; Moscow blamed Ukrainian shelling.";
        let document = analyzer.read(Article::new("a", text));
        let blamed = (0..document.tokens.len()).find(|&t| document.word(t) == "blamed").unwrap();
        let token = &document.tokens[blamed];
        assert_eq!((token.deprel, token.head.map(|h| document.word(h))), (Deprel::Parataxis, Some("blew")));
    }
}
