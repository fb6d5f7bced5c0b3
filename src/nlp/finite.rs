//! A sentence of prose has a finite verb. Where the tagger saw none, it took a past tense for the participle that looks the same:
//! "The opposition *called* for sanctions", "Two rebels *surrendered* to the police".

use super::morph;
use crate::model::{Document, Sentence, Token};
use crate::vocab::{Deprel, Upos, Xpos, ZoneKind};

/// Makes the participle that must be the sentence's verb a past tense, and its noun the subject.
pub(super) fn mend(document: &mut Document) {
    for number in 0..document.sentences.len() {
        let sentence = &document.sentences[number];
        if !is_verbless(document, sentence) {
            continue;
        }
        if let Some((noun, verb)) = squeezed(document, sentence) {
            let range = sentence.tokens.range();
            release(&mut document.tokens[range.clone()], range.start, noun, verb);
            continue;
        }
        let range = sentence.tokens.range();
        // Headlines name nothing in full.
        if !document.tokens[range.clone()].iter().any(|t| t.xpos == Xpos::Dt) {
            continue;
        }
        let Some(root) = range.clone().find(|&t| document.tokens[t].head.is_none()) else { continue };
        let noun = matches!(document.tokens[root].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
        let verb = if noun { verb_after(document, sentence, root) } else { Some(root) };
        let Some(verb) = verb.filter(|&v| is_bare_participle(document, sentence, v)) else { continue };
        let first = range.start;
        let tokens = &mut document.tokens[range];
        if verb != root {
            promote(tokens, first, root, verb);
        }
        conjugate(tokens, first, verb);
    }
}

/// Whether a sentence ends as one, is no heading, and has no finite verb.
fn is_verbless(document: &Document, sentence: &Sentence) -> bool {
    let tokens = &document.tokens[sentence.tokens.range()];
    let stop = tokens.iter().rev().take_while(|t| t.upos == Upos::Punct).last();
    let finite = |x: Xpos| matches!(x, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    sentence.zone != ZoneKind::Heading && !sentence.cut && stop.is_some() && !tokens.iter().any(|t| finite(t.xpos))
}

/// "Egypt *delivered* food": a participle with a name right before it, both read as if they described the noun behind; the noun
/// and the participle.
fn squeezed(document: &Document, sentence: &Sentence) -> Option<(usize, usize)> {
    let tokens = &document.tokens;
    let range = sentence.tokens.range();
    let noun = range.clone().find(|&t| tokens[t].head.is_none())?;
    let verb = (range.start + 1..noun)
        .find(|&t| tokens[t].xpos == Xpos::Vbn && tokens[t].deprel == Deprel::Amod && tokens[t].head == Some(noun))?;
    let nominal = |t: usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn);
    let subject = nominal(noun) && tokens[verb - 1].upos == Upos::Propn && tokens[verb - 1].head == Some(noun);
    let within = |t: usize| tokens[t].head.is_some_and(|h| h == noun || (range.start..verb).contains(&h));
    (subject && (range.start..verb).all(within)).then_some((noun, verb))
}

/// Makes such a participle the verb of the sentence, the name before it its subject and the noun its object.
fn release(tokens: &mut [Token], first: usize, noun: usize, verb: usize) {
    let subject = verb - 1;
    for (t, token) in tokens.iter_mut().enumerate().map(|(i, token)| (first + i, token)) {
        if token.head == Some(noun) && t < subject {
            token.head = Some(subject);
        } else if token.head == Some(noun) && token.upos == Upos::Punct {
            token.head = Some(verb);
        }
    }
    (tokens[verb - first].head, tokens[verb - first].deprel) = (None, Deprel::Root);
    (tokens[subject - first].head, tokens[subject - first].deprel) = (Some(verb), Deprel::Nsubj);
    (tokens[noun - first].head, tokens[noun - first].deprel) = (Some(verb), Deprel::Obj);
    conjugate(tokens, first, verb);
}

/// A participle with a noun before it and neither an auxiliary nor an agent.
fn is_bare_participle(document: &Document, sentence: &Sentence, token: usize) -> bool {
    let by = |t: usize| matches!(document.tokens[t].deprel, Deprel::OblAgent | Deprel::AuxPass | Deprel::Aux);
    document.tokens[token].xpos == Xpos::Vbn && !children(document, sentence, token).any(by)
}

/// The participle that must be the verb: the first that hangs on the noun or on one in its phrase, unless a comma sets it off.
fn verb_after(document: &Document, sentence: &Sentence, noun: usize) -> Option<usize> {
    let tokens = &document.tokens;
    let nominal = |t: usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Num);
    let below = |t: usize| {
        let mut above = std::iter::successors(tokens[t].head, |&h| tokens[h].head).take(DEEPEST);
        above.find(|&h| h == noun || !nominal(h)) == Some(noun)
    };
    let verb = (noun + 1..sentence.tokens.end).find(|&t| tokens[t].deprel == Deprel::Acl && below(t))?;
    let commas = (noun..verb).filter(|&t| document.word(t) == ",").count();
    let copula = children(document, sentence, noun).any(|t| tokens[t].deprel == Deprel::Cop);
    (commas != 1 && !copula).then_some(verb)
}

/// No phrase worth mending is deeper: a bound on the work for any text.
const DEEPEST: usize = 8;

fn children<'a>(document: &'a Document, sentence: &Sentence, token: usize) -> impl Iterator<Item = usize> + 'a {
    sentence.tokens.range().filter(move |&t| document.tokens[t].head == Some(token))
}

/// Makes a participle a past tense, with its subject an active one. The tokens are those of a sentence, the first of which has that number.
fn conjugate(tokens: &mut [Token], first: usize, verb: usize) {
    tokens[verb - first].xpos = Xpos::Vbd;
    tokens[verb - first].morph = morph(Upos::Verb, Xpos::Vbd);
    for token in tokens.iter_mut().filter(|t| t.head == Some(verb) && t.deprel == Deprel::NsubjPass) {
        token.deprel = Deprel::Nsubj;
    }
}

/// Makes a verb the root and the noun that it hung on its subject; what followed the verb goes with it.
fn promote(tokens: &mut [Token], first: usize, noun: usize, verb: usize) {
    for (t, token) in tokens.iter_mut().enumerate().map(|(i, token)| (first + i, token)) {
        let aside = t > noun && token.upos == Upos::Punct;
        if token.head == Some(noun) && (t > verb || aside) {
            token.head = Some(verb);
        }
    }
    (tokens[verb - first].head, tokens[verb - first].deprel) = (None, Deprel::Root);
    (tokens[noun - first].head, tokens[noun - first].deprel) = (Some(verb), Deprel::Nsubj);
}

#[cfg(test)]
mod tests {
    use crate::model::{Article, Document};
    use crate::nlp::Analyzer;
    use crate::vocab::{Deprel, Xpos};

    fn read(text: &str) -> Document {
        Analyzer::builtin().unwrap().read(Article::new("a", text))
    }

    #[test]
    fn a_sentence_without_a_finite_verb_gets_one() {
        for (text, subject, verb) in [
            ("The opposition called for sanctions against Belarus.", 1, 2),
            ("A delegation of the miners called on the governor to resign.", 1, 5),
            ("Egypt delivered food to Yemen.", 0, 1),
        ] {
            let document = read(text);
            let token = &document.tokens[verb];
            assert_eq!((token.xpos, token.head, token.deprel), (Xpos::Vbd, None, Deprel::Root), "{text}");
            let token = &document.tokens[subject];
            assert_eq!((token.head, token.deprel), (Some(verb), Deprel::Nsubj), "{text}");
            assert!(document.tokens.iter().filter(|t| t.head.is_none()).count() == 1);
        }
    }

    #[test]
    fn a_phrase_without_a_stop_or_an_article_stays_one() {
        for text in ["Three men arrested in Lagos", "Books stolen from museum.", "A town shaken by the quake."] {
            assert!(read(text).tokens.iter().all(|t| t.xpos != Xpos::Vbd), "{text}");
        }
    }
}
