//! Headlines have a grammar of their own: they leave out "will" and "and", and write their verbs where the tagger expects a noun.
//! "Poland to send tanks", "Turkey, Greece agree", "Belarus jails opposition leader".

use super::lemma::Lemmatizer;
use super::trees::{children, hang, is_nominal, is_within, raise, root, tag, with};
use crate::model::{Document, Token};
use crate::vocab::{Deprel, Upos, Xpos, ZoneKind};
use std::ops::Range;

/// Mends the trees of headings; and of prose where a noun has an object, which only verbs have.
pub(super) fn mend(document: &mut Document, lemmas: &Lemmatizer) {
    for number in 0..document.sentences.len() {
        let (range, zone) = (document.sentences[number].tokens.range(), document.sentences[number].zone);
        let heading = zone == ZoneKind::Heading;
        for verb in tops(document, range.clone()) {
            let Some(subject) = doer(document, range.clone(), verb, heading) else { continue };
            let xpos = if document.word(verb).ends_with(ENDING) { Xpos::Vbz } else { Xpos::Vbp };
            let lemma = lemmas.lemma(&document.word(verb).to_lowercase(), xpos);
            act(&mut document.tokens, range.clone(), subject, verb);
            tag(&mut document.tokens[verb], Upos::Verb, xpos);
            document.tokens[verb].lemma = lemma;
        }
        if heading {
            intend(&mut document.tokens, range.clone());
            join(document, range);
        }
    }
}

/// The ending of a verb of the third person.
const ENDING: &str = "s";
/// The mark behind the topic of a headline: "Ukraine war*:* Russia shells Kherson".
const TOPIC: &str = ":";

/// No headline has more clauses: a bound on the work for any text.
const MOST: usize = 8;

/// The root of a sentence, and what hangs on it behind a colon.
fn tops(document: &Document, range: Range<usize>) -> Vec<usize> {
    let tokens = &document.tokens;
    let Some(root) = root(tokens, range.clone()) else { return Vec::new() };
    let colon = (root..range.end).find(|&t| document.word(t) == TOPIC).unwrap_or(range.end);
    let behind = children(tokens, colon..range.end, root).filter(|&t| tokens[t].upos != Upos::Punct);
    std::iter::once(root).chain(behind.take(MOST)).collect()
}

/// The noun before a word that is a verb though the tagger took it for a noun: it has an object, or, in a heading, a noun right
/// behind it that is said to be the same.
fn doer(document: &Document, range: Range<usize>, verb: usize, heading: bool) -> Option<usize> {
    let tokens = &document.tokens;
    let nominal = |t: usize| is_nominal(&tokens[t]);
    let below = |t: usize, relation: Deprel| tokens[t].head == Some(verb) && tokens[t].deprel == relation;
    let object = (verb + 1..range.end).any(|t| below(t, Deprel::Obj));
    let plural = matches!(tokens[verb].xpos, Xpos::Nns | Xpos::Nnps);
    let renamed = heading && plural && same(tokens, range.clone(), verb).is_some();
    let finite = tokens[verb].upos == Upos::Verb && tokens[verb].xpos == Xpos::Vbz;
    let own = (range.start..verb).find(|&t| below(t, Deprel::Nsubj));
    // "fighters entered Kabul": a verb of its own stands behind it.
    let other = range.clone().any(|t| below(t, Deprel::Cop) || below(t, Deprel::Acl) && tokens[t].xpos == Xpos::Vbn);
    if other || !(object || renamed) || !(nominal(verb) || finite && own.is_none()) {
        return None;
    }
    let part = |t: usize| {
        matches!(tokens[t].deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodDesc) && tokens[t].head == Some(verb)
    };
    let beside = |t: &usize| range.contains(t) && part(*t) && (nominal(*t) || renamed || finite);
    own.or_else(|| verb.checked_sub(1).filter(beside))
}

/// The noun whose phrase begins right behind a word and is read as another name of it.
fn same(tokens: &[Token], range: Range<usize>, word: usize) -> Option<usize> {
    let renames = |t: &usize| matches!(tokens[*t].deprel, Deprel::Appos | Deprel::Flat);
    let name = children(tokens, word + 1..range.end, word).find(renames).filter(|&t| is_nominal(&tokens[t]))?;
    (word + 1..name).all(|t| is_within(tokens, t, name, LONGEST) && tokens[t].upos != Upos::Punct).then_some(name)
}

/// Makes the noun before a verb its subject, with what stood before it, and the noun behind it its object.
fn act(tokens: &mut [Token], range: Range<usize>, subject: usize, verb: usize) {
    for t in range {
        let token = &mut tokens[t];
        if token.head != Some(verb) {
            continue;
        }
        match token.deprel {
            _ if t == subject => {
                token.deprel = Deprel::Nsubj;
                if token.upos == Upos::Adj {
                    (token.upos, token.xpos) = (Upos::Noun, Xpos::Nn);
                }
            }
            Deprel::Compound | Deprel::Amod | Deprel::Det | Deprel::NmodPoss | Deprel::Nummod if t < subject => {
                token.head = Some(subject);
            }
            Deprel::Appos | Deprel::Flat if t > verb => token.deprel = Deprel::Obj,
            Deprel::Nmod if t > verb => token.deprel = Deprel::Obl,
            _ => {}
        }
    }
    if tokens[verb].deprel == Deprel::Appos {
        tokens[verb].deprel = Deprel::Parataxis;
    }
}

/// No name before a verb is longer.
const LONGEST: usize = 12;

/// "Poland *to send* tanks": what somebody will do.
fn intend(tokens: &mut [Token], range: Range<usize>) {
    let Some(root) = root(tokens, range.clone()).filter(|&r| is_nominal(&tokens[r])) else { return };
    let infinitive = |t: &usize| tokens[*t].xpos == Xpos::Vb;
    let Some(verb) = with(tokens, root + 1..range.end, root, Deprel::Acl).find(infinitive) else { return };
    let marked = tokens[root + 1].xpos == Xpos::To && tokens[root + 1].head == Some(verb);
    if !marked {
        return;
    }
    for token in tokens[root + 1..range.end].iter_mut().filter(|t| t.head == Some(root)) {
        token.head = Some(verb);
    }
    raise(tokens, verb, root);
}

/// "Turkey, *Greece* agree": two before one verb with a comma between them do it together.
fn join(document: &mut Document, range: Range<usize>) {
    let tokens = &document.tokens;
    let subject = |t: usize| {
        let role =
            matches!(tokens[t].deprel, Deprel::Nsubj | Deprel::Vocative | Deprel::Dislocated | Deprel::NsubjPass);
        role && is_nominal(&tokens[t])
    };
    let Some(comma) = range.clone().find(|&t| document.word(t) == ",") else { return };
    let Some(second) = (comma + 1..range.end).find(|&t| subject(t) && tokens[t].deprel != Deprel::Vocative) else {
        return;
    };
    let Some(first) = (range.start..comma).find(|&t| subject(t) && tokens[t].head == tokens[second].head) else {
        return;
    };
    let within = |t: usize, top: usize| is_within(tokens, t, top, LONGEST);
    let close = (first + 1..comma).all(|t| within(t, first)) && (comma + 1..second).all(|t| within(t, second));
    if close {
        document.tokens[first].deprel = document.tokens[second].deprel;
        hang(&mut document.tokens, second, first, Deprel::Conj);
        document.tokens[comma].head = Some(second);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Article, Document};
    use crate::nlp::Analyzer;
    use crate::vocab::{Deprel, Upos};

    fn read(headline: &str) -> Document {
        let text = format!("{headline}\n\nThe weather was fine for most of the day, and people walked in the park.");
        let article = Article { title: Some(headline.into()), ..Article::new("a", text) };
        Analyzer::builtin().unwrap().read(article)
    }

    #[test]
    fn headlines_have_verbs_and_subjects() {
        for (headline, subject, verb) in [
            ("Poland to send tanks to Ukraine", 0, 2),
            ("Belarus jails opposition leader", 0, 1),
            ("Turkey's Erdogan slams Israel over Gaza strikes", 2, 3),
            ("Kim's sister mocks South Korea's president", 2, 3),
            ("Turkey, Greece agree to resume talks", 0, 3),
            ("Putin, Xi meet in Moscow", 0, 3),
        ] {
            let tokens = read(headline).tokens;
            assert_eq!((tokens[verb].upos, tokens[verb].head), (Upos::Verb, None), "{headline}");
            assert_eq!((tokens[subject].head, tokens[subject].deprel), (Some(verb), Deprel::Nsubj), "{headline}");
        }
        assert_eq!(read("Turkey, Greece agree to resume talks").tokens[2].deprel, Deprel::Conj);
    }

    #[test]
    fn a_headline_without_a_verb_stays_one() {
        for headline in ["Talks in Geneva", "Floods in Kenya", "The war in Sudan, explained"] {
            assert!(read(headline).tokens[..3].iter().all(|t| t.upos != Upos::Verb), "{headline}");
        }
    }
}
