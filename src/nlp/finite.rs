//! A sentence of prose has a finite verb. Where the tagger saw none, it took a past tense for the participle that looks the same:
//! "The opposition *called* for sanctions", "Two rebels *surrendered* to the police"; or for a base form: "Turkey *shot* down a jet".

use super::lemma::Lemmatizer;
use super::trees::{COMMA, above, children, hang, is_nominal, past, raise, root, tag, with};
use crate::model::{Document, Sentence, Token};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, Upos, Xpos, ZoneKind};
use std::ops::Range;

/// Makes the participle that must be the sentence's verb a past tense, and its noun the subject.
pub(super) fn mend(document: &mut Document, lemmas: &Lemmatizer, grammar: &Grammar) {
    for number in 0..document.sentences.len() {
        for (verb, lemma) in irregular(document, &document.sentences[number], lemmas, grammar) {
            let token = &mut document.tokens[verb];
            past(token);
            token.lemma = lemma;
        }
        let sentence = &document.sentences[number];
        let range = sentence.tokens.range();
        for noun in range.clone() {
            if is_goal(&document.tokens, noun) {
                bring(&mut document.tokens, noun);
                document.tokens[noun].lemma = lemmas.lemma(document.word(noun), Xpos::Nns);
            }
        }
        for (have, verb) in perfects(document, range.clone(), grammar) {
            perfect(&mut document.tokens, range.clone(), have, verb);
            document.tokens[verb].lemma = lemmas.lemma(document.word(verb), Xpos::Vbn);
        }
        let sentence = &document.sentences[number];
        if !is_verbless(document, sentence) {
            continue;
        }
        let told = has_tense(document, range.clone());
        if let Some((noun, subject, verb)) = squeezed(document, range.clone()) {
            release(&mut document.tokens, range, noun, subject, verb);
            document.tokens[verb].lemma = lemmas.lemma(document.word(verb), Xpos::Vbd);
            continue;
        }
        let Some(root) = root(&document.tokens, range.clone()) else { continue };
        let noun = matches!(document.tokens[root].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
        let verb = if noun { verb_after(document, range.clone(), root) } else { Some(root) };
        // "Ann Moss, 76, *born* in Lima, who was a nurse": a clause of its own tells more of her.
        let verb = verb.filter(|&v| !told || (root..v).all(|t| document.word(t) != COMMA));
        let Some(verb) = verb.filter(|&v| is_bare_participle(&document.tokens, range.clone(), v)) else { continue };
        let tokens = &mut document.tokens;
        // Headlines name nothing in full; but nobody is advanced, and what has an object is done by its noun.
        let full = tokens[range.clone()].iter().any(|t| t.xpos == Xpos::Dt);
        let object = [verb, root].iter().any(|&t| with(tokens, range.clone(), t, Deprel::Obj).next().is_some());
        if !full && !object && !grammar.has(Closed::Intransitive, &tokens[verb].lemma) {
            continue;
        }
        if verb != root {
            promote(tokens, range.end, root, verb);
        }
        conjugate(tokens, range, verb);
    }
}

/// "Iran *has supplied missiles* to Yemen": a perfect read as if it told of missiles that somebody has; the auxiliary and the participle.
fn perfects(document: &Document, range: Range<usize>, grammar: &Grammar) -> Vec<(usize, usize)> {
    let tokens = &document.tokens;
    let found = |have: usize| {
        let verb = have + 1;
        let token = tokens.get(verb).filter(|_| range.contains(&verb))?;
        let object =
            token.head.filter(|&o| o > verb && tokens[o].head == Some(have) && tokens[o].deprel == Deprel::Obj)?;
        let describes = token.deprel == Deprel::Amod && grammar.has(Closed::Described, &token.lemma);
        let bare = is_nominal(&tokens[object]) && tokens[object].xpos != Xpos::Nn;
        (token.xpos == Xpos::Vbn && token.deprel == Deprel::Amod && bare && !describes).then_some((have, verb))
    };
    let has = |t: &usize| tokens[*t].upos == Upos::Verb && grammar.has(Closed::Perfect, &tokens[*t].lemma);
    range.clone().filter(has).filter_map(found).collect()
}

/// Makes such a participle the verb, and the verb its auxiliary.
fn perfect(tokens: &mut [Token], range: Range<usize>, have: usize, verb: usize) {
    let object = tokens[verb].head;
    let (above, relation) = (tokens[have].head, tokens[have].deprel);
    tokens[range].iter_mut().filter(|t| t.head == Some(have)).for_each(|t| t.head = Some(verb));
    (tokens[verb].head, tokens[verb].deprel) = (above, relation);
    (tokens[have].upos, tokens[have].deprel, tokens[have].head) = (Upos::Aux, Deprel::Aux, Some(verb));
    if let Some(object) = object {
        hang(tokens, object, verb, Deprel::Obj);
    }
}

/// Whether a sentence ends as one, is no heading, and has no finite verb but in relative clauses.
fn is_verbless(document: &Document, sentence: &Sentence) -> bool {
    let tokens = &document.tokens;
    let range = sentence.tokens.range();
    let stop = tokens[range.clone()].iter().rev().take_while(|t| t.upos == Upos::Punct).last();
    let relative =
        |t: usize| std::iter::once(t).chain(above(tokens, t, DEEPEST)).any(|a| tokens[a].deprel == Deprel::AclRelcl);
    let told = range.filter(|&t| is_finite(&tokens[t])).any(|t| !relative(t));
    sentence.zone != ZoneKind::Heading && !sentence.cut && stop.is_some() && !told
}

fn is_finite(token: &Token) -> bool {
    matches!(token.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
}

/// Whether any verb of a sentence is finite.
fn has_tense(document: &Document, mut range: Range<usize>) -> bool {
    range.any(|t| is_finite(&document.tokens[t]))
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
        let range = || sentence.tokens.range();
        let asked = children(tokens, range(), verb).any(asked);
        // "repelled two attacks and *shot* down a jet": it goes on with what is past.
        let first = tokens[verb].head.filter(|_| tokens[verb].deprel == Deprel::Conj);
        if !asked && first.is_some_and(|f| f < verb && tokens[f].xpos == Xpos::Vbd) {
            return Some((verb, Box::from(lemma)));
        }
        let subject = with(tokens, range(), verb, Deprel::Nsubj).next()?;
        let single = matches!(tokens[subject].xpos, Xpos::Nn | Xpos::Nnp)
            && with(tokens, range(), subject, Deprel::Conj).next().is_none();
        let sure = single || !grammar.has(Closed::BasePast, &form);
        (sure && !asked).then(|| (verb, Box::from(lemma)))
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
    tag(token, Upos::Noun, Xpos::Nns);
    token.deprel = match above {
        None => Deprel::Root,
        Some(Upos::Noun | Upos::Propn | Upos::Pron) => Deprel::Nmod,
        Some(_) => Deprel::Obl,
    };
}

/// "Egypt *delivered* food", "The state *severed* relations": a participle read as if it described the noun behind, which has a
/// name or a subject right before it; the noun, that subject and the participle.
fn squeezed(document: &Document, range: Range<usize>) -> Option<(usize, usize, usize)> {
    let tokens = &document.tokens;
    let noun = root(tokens, range.clone())?;
    let participle = |t: usize| match tokens[t].xpos {
        Xpos::Vbn => true,
        Xpos::Jj => document.word(t).ends_with(PAST),
        _ => false,
    };
    let verb = (range.start + 1..noun)
        .find(|&t| participle(t) && tokens[t].deprel == Deprel::Amod && tokens[t].head == Some(noun))?;
    let subject = verb - 1;
    let own = tokens[subject].upos == Upos::Propn || matches!(tokens[subject].deprel, Deprel::Nsubj | Deprel::Compound);
    let within = |t: usize| tokens[t].head.is_some_and(|h| h == noun || (range.start..=verb).contains(&h));
    let hangs = tokens[subject].head.is_some_and(|h| h == noun || h == verb);
    let fits = is_nominal(&tokens[noun]) && is_nominal(&tokens[subject]) && own && hangs;
    (fits && (range.start..verb).all(within)).then_some((noun, subject, verb))
}

/// The ending of regular past tenses.
const PAST: &str = "ed";

/// Makes such a participle the verb of the sentence, the noun before it its subject and the noun behind it its object.
fn release(tokens: &mut [Token], range: Range<usize>, noun: usize, subject: usize, verb: usize) {
    for t in range.clone() {
        let token = &mut tokens[t];
        let own = token.head == Some(noun);
        if own && t < subject {
            token.head = Some(subject);
        } else if own && token.upos == Upos::Punct {
            token.head = Some(verb);
        }
    }
    raise(tokens, verb, subject);
    hang(tokens, noun, verb, Deprel::Obj);
    tokens[verb].upos = Upos::Verb;
    conjugate(tokens, range, verb);
}

/// A participle with a noun before it and neither an auxiliary nor an agent.
fn is_bare_participle(tokens: &[Token], range: Range<usize>, token: usize) -> bool {
    let by = |t: usize| matches!(tokens[t].deprel, Deprel::OblAgent | Deprel::AuxPass | Deprel::Aux);
    tokens[token].xpos == Xpos::Vbn && !children(tokens, range, token).any(by)
}

/// The participle that must be the verb: the first that hangs on the noun or on one in its phrase, unless a comma sets it off.
fn verb_after(document: &Document, range: Range<usize>, noun: usize) -> Option<usize> {
    let tokens = &document.tokens;
    let part = |h: usize| is_nominal(&tokens[h]) || tokens[h].upos == Upos::Num;
    let below = |t: usize| above(tokens, t, DEEPEST).find(|&h| h == noun || !part(h)) == Some(noun);
    let verb = (noun + 1..range.end).find(|&t| tokens[t].deprel == Deprel::Acl && below(t))?;
    let commas = (noun..verb).filter(|&t| document.word(t) == COMMA).count();
    let copula = with(tokens, range, noun, Deprel::Cop).next();
    (commas != 1 && copula.is_none()).then_some(verb)
}

/// No phrase worth mending is deeper: a bound on the work for any text.
const DEEPEST: usize = 8;

/// Makes a participle a past tense, with its subject an active one.
fn conjugate(tokens: &mut [Token], range: Range<usize>, verb: usize) {
    past(&mut tokens[verb]);
    for token in tokens[range].iter_mut().filter(|t| t.head == Some(verb) && t.deprel == Deprel::NsubjPass) {
        token.deprel = Deprel::Nsubj;
    }
}

/// Makes a verb the root and the noun that it hung on its subject; what followed the verb goes with it.
fn promote(tokens: &mut [Token], end: usize, noun: usize, verb: usize) {
    for (t, token) in tokens.iter_mut().enumerate().take(end).skip(noun + 1) {
        if token.head == Some(noun) && (t > verb || token.upos == Upos::Punct) {
            token.head = Some(verb);
        }
    }
    // "angered Russia, *which had warned* Armenia": of a verb nothing is said.
    let object = with(tokens, verb + 1..end, verb, Deprel::Obj).next();
    if let Some(object) = object {
        let behind = tokens[object + 1..end].iter_mut();
        let told = behind.filter(|t| t.head == Some(verb) && t.deprel == Deprel::AclRelcl);
        told.for_each(|t| t.head = Some(object));
    }
    raise(tokens, verb, noun);
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
        assert_eq!(&*lemma("Turkey repelled two raids and shot down a jet.", 5), "shoot");
        assert_eq!(&*lemma("They will wound us.", 2), "wound");
    }

    #[test]
    fn a_phrase_without_a_stop_or_an_article_stays_one() {
        for text in ["Three men arrested in Lagos", "Books stolen from museum.", "A town shaken by the quake."] {
            assert!(read(text).tokens.iter().all(|t| t.xpos != Xpos::Vbd), "{text}");
        }
    }
}
