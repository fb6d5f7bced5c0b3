//! "Thousands fled *as* Russian forces shelled the city": behind "as" stands a clause with a subject of its own, which the parser may
//! take for a noun with a participle, or whose verb it may give to the subject of the sentence.

use super::lemma::Lemmatizer;
use super::trees::{above, children, hang, is_nominal, is_within, past, with};
use crate::model::{Document, Token};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, Upos, Xpos};
use std::ops::Range;

/// No subject behind the mark is longer, and no tree that matters deeper.
const LONGEST: usize = 8;

/// Mends the trees of a document.
pub(super) fn mend(document: &mut Document, lemmas: &Lemmatizer, grammar: &Grammar) {
    for number in 0..document.sentences.len() {
        let range = document.sentences[number].tokens.range();
        for mark in
            range.clone().filter(|&t| grammar.has(Closed::Capacity, &document.tokens[t].lemma)).collect::<Vec<_>>()
        {
            let tokens = &document.tokens;
            let Some((noun, verb)) = clause(tokens, range.clone(), mark) else { continue };
            let Some(main) = own(tokens, range.clone(), mark, noun, verb) else { continue };
            let outer = above(tokens, main, range.len()).any(|h| h == verb);
            let subject = with(tokens, range.start..mark, verb, Deprel::Nsubj).next().filter(|_| outer);
            if let Some(subject) = subject {
                swap(&mut document.tokens, range.clone(), subject, verb, main);
                document.tokens[main].lemma = lemmas.lemma(&document.word(main).to_lowercase(), Xpos::Vbd);
            }
            part(&mut document.tokens, mark, noun, verb, main);
            document.tokens[verb].lemma = lemmas.lemma(&document.word(verb).to_lowercase(), Xpos::Vbd);
        }
    }
}

/// The noun whose phrase fills the words behind the mark, and the past tense or participle right behind it.
fn clause(tokens: &[Token], range: Range<usize>, mark: usize) -> Option<(usize, usize)> {
    let whole = |n: usize| (mark + 1..n).all(|t| is_within(tokens, t, n, LONGEST));
    let told = |v: usize| tokens[v].upos == Upos::Verb && matches!(tokens[v].xpos, Xpos::Vbd | Xpos::Vbn);
    let end = range.end.min(mark + 1 + LONGEST);
    let noun = (mark + 1..end).find(|&n| n + 1 < range.end && is_nominal(&tokens[n]) && told(n + 1) && whole(n))?;
    Some((noun, noun + 1))
}

/// The verb of the sentence before the mark, where the clause behind it was misread.
fn own(tokens: &[Token], range: Range<usize>, mark: usize, noun: usize, verb: usize) -> Option<usize> {
    let child = |above: usize, relation: Deprel| with(tokens, range.clone(), above, relation).next();
    let helped = |v: usize| {
        [Deprel::Aux, Deprel::AuxPass, Deprel::OblAgent, Deprel::Mark].iter().any(|&r| child(v, r).is_some())
    };
    // "forces *shelled* Kharkiv": no participle has an object.
    let active = child(verb, Deprel::Obj).is_some();
    let described =
        tokens[verb].head == Some(noun) && tokens[verb].deprel == Deprel::Acl && tokens[mark].head == Some(noun);
    if described && active && !helped(verb) {
        return above(tokens, noun, LONGEST).find(|&h| h < mark && tokens[h].upos == Upos::Verb);
    }
    let subject = with(tokens, range.start..mark, verb, Deprel::Nsubj).next()?;
    let marked = tokens[mark].head == Some(verb) && tokens[mark].deprel == Deprel::Mark
        || tokens[mark].head == Some(noun) && tokens[mark].deprel == Deprel::Case;
    let bare = |&v: &usize| {
        let past = tokens[v].upos == Upos::Verb && matches!(tokens[v].xpos, Xpos::Vbd | Xpos::Vbn);
        past && matches!(tokens[v].deprel, Deprel::Acl | Deprel::Nmod) && !helped(v)
    };
    let main = children(tokens, subject + 1..mark, subject).find(bare)?;
    let beside = tokens[noun].head.is_some_and(|h| h < mark);
    (marked && beside).then_some(main)
}

/// Makes the verb behind the mark a clause of the main one, with the noun as its subject.
fn part(tokens: &mut [Token], mark: usize, noun: usize, verb: usize, main: usize) {
    past(&mut tokens[verb]);
    hang(tokens, verb, main, Deprel::Advcl);
    hang(tokens, noun, verb, Deprel::Nsubj);
    hang(tokens, mark, verb, Deprel::Mark);
}

/// Puts the main verb where the other stood, with the subject and all else that hung on that before it, and the last stop.
fn swap(tokens: &mut [Token], range: Range<usize>, subject: usize, verb: usize, main: usize) {
    for t in range {
        let moves = t < main || tokens[t].upos == Upos::Punct;
        if tokens[t].head == Some(verb) && t != main && moves {
            tokens[t].head = Some(main);
        }
    }
    past(&mut tokens[main]);
    (tokens[main].head, tokens[main].deprel) = (tokens[verb].head, tokens[verb].deprel);
    hang(tokens, subject, main, Deprel::Nsubj);
}

#[cfg(test)]
mod tests {
    use crate::model::Article;
    use crate::nlp::Analyzer;
    use crate::vocab::Deprel;

    #[test]
    fn behind_as_stands_a_clause() {
        let analyzer = Analyzer::builtin().unwrap();
        for (text, subject, verb, main) in [
            ("Thousands fled as Russian forces shelled Kharkiv.", "forces", "shelled", "fled"),
            ("Protesters gathered as the army stormed the embassy in Kabul.", "army", "stormed", "gathered"),
            ("The city lost power as Russian missiles hit the grid.", "missiles", "hit", "lost"),
        ] {
            let document = analyzer.read(Article::new("a", text));
            let at = |word: &str| (0..document.tokens.len()).find(|&t| document.word(t) == word).unwrap();
            let token = |word: &str| &document.tokens[at(word)];
            assert_eq!((token(subject).head, token(subject).deprel), (Some(at(verb)), Deprel::Nsubj), "{text}");
            assert_eq!((token(verb).head, token(verb).deprel), (Some(at(main)), Deprel::Advcl), "{text}");
            assert_eq!(token(main).head, None, "{text}");
        }
    }

    #[test]
    fn behind_as_stands_what_somebody_is() {
        let document = Analyzer::builtin().unwrap().read(Article::new("a", "He worked as a driver employed by Chad."));
        assert_eq!(document.tokens[4].deprel, Deprel::Obl);
    }
}
