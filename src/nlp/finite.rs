//! A sentence of prose has a finite verb. Where the tagger saw none, it took a past tense for the participle that looks the same:
//! "The opposition *called* for sanctions", "Two rebels *surrendered* to the police"; or for a base form: "Turkey *shot* down a jet".

use super::lemma::Lemmatizer;
use super::morph;
use crate::model::{Document, Sentence, Token};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, Upos, Xpos, ZoneKind};

/// Makes the participle that must be the sentence's verb a past tense, and its noun the subject.
pub(super) fn mend(document: &mut Document, lemmas: &Lemmatizer, grammar: &Grammar) {
    for number in 0..document.sentences.len() {
        for (verb, lemma) in irregular(document, &document.sentences[number], lemmas, grammar) {
            let token = &mut document.tokens[verb];
            (token.xpos, token.lemma, token.morph) = (Xpos::Vbd, lemma, morph(Upos::Verb, Xpos::Vbd));
        }
        let sentence = &document.sentences[number];
        let range = sentence.tokens.range();
        for noun in range.clone() {
            if is_goal(&document.tokens, noun) {
                bring(&mut document.tokens, noun);
                document.tokens[noun].lemma = lemmas.lemma(document.word(noun), Xpos::Nns);
            }
        }
        if !is_verbless(document, sentence) {
            continue;
        }
        if let Some((noun, subject, verb)) = squeezed(document, sentence) {
            let range = sentence.tokens.range();
            let lemma = lemmas.lemma(document.word(verb), Xpos::Vbd);
            release(&mut document.tokens[range.clone()], range.start, noun, subject, verb);
            (document.tokens[verb].upos, document.tokens[verb].lemma) = (Upos::Verb, lemma);
            continue;
        }
        let range = sentence.tokens.range();
        let Some(root) = range.clone().find(|&t| document.tokens[t].head.is_none()) else { continue };
        let noun = matches!(document.tokens[root].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
        let verb = if noun { verb_after(document, sentence, root) } else { Some(root) };
        let Some(verb) = verb.filter(|&v| is_bare_participle(document, sentence, v)) else { continue };
        // Headlines name nothing in full; but nobody is advanced, and what has an object is done by its noun.
        let full = document.tokens[range.clone()].iter().any(|t| t.xpos == Xpos::Dt);
        let object = range.clone().any(|t| {
            let token = &document.tokens[t];
            token.deprel == Deprel::Obj && (token.head == Some(verb) || token.head == Some(root))
        });
        if !full && !object && !grammar.has(Closed::Intransitive, &document.tokens[verb].lemma) {
            continue;
        }
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

/// Past tenses read as base forms though they have a subject and nothing that asks for one, with their dictionary forms.
///
/// Of those that are the base form of another verb too, only where a base form would not agree: "the army *found*".
fn irregular(
    document: &Document,
    sentence: &Sentence,
    lemmas: &Lemmatizer,
    grammar: &Grammar,
) -> Vec<(usize, Box<str>)> {
    let tokens = &document.tokens;
    let base = |t: &usize| matches!(tokens[*t].xpos, Xpos::Vb | Xpos::Vbp) && tokens[*t].upos == Upos::Verb;
    let past = |verb: usize| {
        let form = document.word(verb).to_lowercase();
        let lemma = lemmas.irregular_past(&form).filter(|l| **l != *form)?;
        let asked = |t: usize| tokens[t].deprel == Deprel::Aux || tokens[t].xpos == Xpos::To;
        let subject = children(document, sentence, verb).find(|&t| tokens[t].deprel == Deprel::Nsubj)?;
        let single = matches!(tokens[subject].xpos, Xpos::Nn | Xpos::Nnp)
            && !children(document, sentence, subject).any(|t| tokens[t].deprel == Deprel::Conj);
        let sure = single || !grammar.has(Closed::BasePast, &form);
        (sure && !children(document, sentence, verb).any(asked)).then(|| (verb, Box::from(lemma)))
    };
    sentence.tokens.range().filter(base).filter_map(past).collect()
}

/// "opened its borders *to refugees*": behind "to" a verb has no ending, so it is a noun.
fn is_goal(tokens: &[Token], t: usize) -> bool {
    t > 0 && tokens[t].xpos == Xpos::Vbz && tokens[t - 1].xpos == Xpos::To && tokens[t - 1].head == Some(t)
}

/// Makes such a verb a noun with a preposition, on what it hung on.
fn bring(tokens: &mut [Token], noun: usize) {
    let above = tokens[noun].head.map(|h| tokens[h].upos);
    let to = &mut tokens[noun - 1];
    (to.upos, to.xpos, to.deprel) = (Upos::Adp, Xpos::In, Deprel::Case);
    let token = &mut tokens[noun];
    (token.upos, token.xpos, token.morph) = (Upos::Noun, Xpos::Nns, morph(Upos::Noun, Xpos::Nns));
    token.deprel = match above {
        None => Deprel::Root,
        Some(Upos::Noun | Upos::Propn | Upos::Pron) => Deprel::Nmod,
        Some(_) => Deprel::Obl,
    };
}

/// "Egypt *delivered* food", "The state *severed* relations": a participle read as if it described the noun behind, which has a
/// name or a subject right before it; the noun, that subject and the participle.
fn squeezed(document: &Document, sentence: &Sentence) -> Option<(usize, usize, usize)> {
    let tokens = &document.tokens;
    let range = sentence.tokens.range();
    let noun = range.clone().find(|&t| tokens[t].head.is_none())?;
    let participle = |t: usize| match tokens[t].xpos {
        Xpos::Vbn => true,
        Xpos::Jj => document.word(t).ends_with(PAST),
        _ => false,
    };
    let verb = (range.start + 1..noun)
        .find(|&t| participle(t) && tokens[t].deprel == Deprel::Amod && tokens[t].head == Some(noun))?;
    let subject = verb - 1;
    let nominal = |t: usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn);
    let own = tokens[subject].upos == Upos::Propn || matches!(tokens[subject].deprel, Deprel::Nsubj | Deprel::Compound);
    let within = |t: usize| tokens[t].head.is_some_and(|h| h == noun || (range.start..verb).contains(&h));
    let fits = nominal(noun) && nominal(subject) && own && tokens[subject].head == Some(noun);
    (fits && (range.start..verb).all(within)).then_some((noun, subject, verb))
}

/// The ending of regular past tenses.
const PAST: &str = "ed";

/// Makes such a participle the verb of the sentence, the noun before it its subject and the noun behind it its object.
fn release(tokens: &mut [Token], first: usize, noun: usize, subject: usize, verb: usize) {
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
            ("Bolivia severed ties with Israel.", 0, 1),
            ("The government severed relations with Israel.", 1, 2),
            ("Turkey shot down a Syrian jet.", 0, 1),
            ("Taliban fighters entered Kabul.", 1, 2),
            ("Azerbaijani troops advanced into Armenian territory near Jermuk.", 1, 2),
            ("Rebels shot dead two officers.", 0, 1),
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
    fn no_infinitive_has_an_ending() {
        let document = read("Uganda has opened its borders to refugees from Congo.");
        let (to, refugees) = (&document.tokens[5], &document.tokens[6]);
        assert_eq!(
            (to.xpos, to.deprel, refugees.xpos, &*refugees.lemma),
            (Xpos::In, Deprel::Case, Xpos::Nns, "refugee")
        );
        assert_eq!((refugees.deprel, refugees.head), (Deprel::Obl, Some(2)));
    }

    #[test]
    fn irregular_past_tenses_are_no_base_forms() {
        let lemma = |text: &str, verb: usize| read(text).tokens[verb].lemma.clone();
        assert_eq!(&*lemma("Turkey shot down a Syrian jet.", 1), "shoot");
        assert_eq!(&*lemma("They will wound us.", 2), "wound");
    }

    #[test]
    fn a_phrase_without_a_stop_or_an_article_stays_one() {
        for text in ["Three men arrested in Lagos", "Books stolen from museum.", "A town shaken by the quake."] {
            assert!(read(text).tokens.iter().all(|t| t.xpos != Xpos::Vbd), "{text}");
        }
    }
}
