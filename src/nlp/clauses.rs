//! Clauses that the parser hangs in the wrong place. A semicolon parts them: in "Russia struck the dam, Ukraine said; Moscow blamed
//! shelling" the last is nothing that Ukraine said. What somebody denies is an act: in "deny targeting civilians" nobody denies
//! civilians. Who says a sentence stands at its end: in "They freed inmates from the prison, residents and police said" nobody was
//! freed from residents. Who pledges aid pledges a thing, who chairs ASEAN chairs somebody.

use super::morph;
use crate::model::{Document, Token};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, Upos, Xpos};
use std::ops::Range;

/// The mark between clauses of one rank.
const SEMICOLON: &str = ";";

/// Hangs what follows a semicolon on the sentence where the parser took it for what was said before it, and gives the object of a
/// gerund to the gerund.
pub(super) fn mend(document: &mut Document, grammar: &Grammar) {
    for number in 0..document.sentences.len() {
        let range = document.sentences[number].tokens.range();
        for verb in range.clone() {
            if let Some((gerund, object)) = denied(&document.tokens[..range.end], verb, grammar) {
                (document.tokens[gerund].head, document.tokens[gerund].deprel) = (Some(verb), Deprel::Xcomp);
                document.tokens[object].head = Some(gerund);
            }
            if let Some(noun) = promised(&document.tokens[..range.end], verb, grammar) {
                take(&mut document.tokens[range.clone()], noun);
                let token = &mut document.tokens[noun];
                (token.upos, token.xpos, token.deprel) = (Upos::Noun, Xpos::Nn, Deprel::Obj);
                token.morph = morph(Upos::Noun, Xpos::Nn);
            }
            // "who chairs ASEAN": a verb is no part of the name behind it.
            let named =
                |t: &usize| document.tokens[*t].head == Some(verb) && document.tokens[*t].deprel == Deprel::Flat;
            let verbal = matches!(document.tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
            if let Some(name) = range.clone().skip(verb + 1 - range.start).find(named).filter(|_| verbal) {
                document.tokens[name].deprel = Deprel::Obj;
            }
        }
        if let Some((comma, verb)) = signed(document, range.clone(), grammar) {
            sign(&mut document.tokens, comma, verb);
        }
        if let Some(verb) = appended(document, range.clone(), grammar) {
            document.tokens[verb].deprel = Deprel::Parataxis;
        }
        if let Some((subject, verb, says)) = parted(document, range.clone(), grammar) {
            let tokens = &mut document.tokens;
            (tokens[verb].head, tokens[verb].deprel, tokens[verb].xpos) = (Some(says), Deprel::Ccomp, Xpos::Vbd);
            tokens[verb].morph = morph(Upos::Verb, Xpos::Vbd);
            (tokens[subject].head, tokens[subject].deprel) = (Some(verb), Deprel::Nsubj);
        }
        for gerund in range.clone() {
            if let Some(first) = joined(document, range.start, gerund) {
                document.tokens[gerund].head = Some(first);
            }
        }
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

/// A gerund right behind a verb of the class that takes one, read as if it described the verb's object; with that object.
fn denied(tokens: &[Token], verb: usize, grammar: &Grammar) -> Option<(usize, usize)> {
    let gerund = verb + 1;
    let token = tokens.get(gerund).filter(|t| t.xpos == Xpos::Vbg && t.deprel == Deprel::Amod)?;
    let object =
        token.head.filter(|&o| o > gerund && tokens[o].head == Some(verb) && tokens[o].deprel == Deprel::Obj)?;
    grammar.has(Closed::Gerund, &tokens[verb].lemma).then_some((gerund, object))
}

/// "asked Chad for help, *a source said*": who says the sentence at its end, read as if it were said on the occasion.
fn appended(document: &Document, range: Range<usize>, grammar: &Grammar) -> Option<usize> {
    let tokens = &document.tokens;
    let verb = range.clone().rev().find(|&t| tokens[t].upos != Upos::Punct)?;
    let says = tokens[verb].deprel == Deprel::Advcl && grammar.has(Closed::Saying, &tokens[verb].lemma);
    let child =
        |relation: Deprel| range.clone().find(|&t| tokens[t].head == Some(verb) && tokens[t].deprel == relation);
    let before = |t: usize| (range.start..t).rev().take(LONGEST).find(|&c| document.word(c) == COMMA);
    let subject = child(Deprel::Nsubj).filter(|_| says && child(Deprel::Mark).is_none())?;
    before(subject).map(|_| verb)
}

/// "*Shelling killed* 15 people, police said": a subject and its verb read as a second subject of who says it; with the verb of saying.
fn parted(document: &Document, range: Range<usize>, grammar: &Grammar) -> Option<(usize, usize, usize)> {
    let tokens = &document.tokens;
    let says = range.clone().rev().find(|&t| tokens[t].upos != Upos::Punct)?;
    let child = |above: usize, relation: Deprel| {
        range.clone().filter(move |&t| tokens[t].head == Some(above) && tokens[t].deprel == relation)
    };
    let mut subjects = child(says, Deprel::Nsubj);
    let (first, second) = (subjects.next()?, subjects.next()?);
    let bare = |v: &usize| {
        let passive = child(*v, Deprel::OblAgent).chain(child(*v, Deprel::AuxPass)).next().is_some();
        tokens[*v].xpos == Xpos::Vbn && *v < second && !passive
    };
    let verb = child(first, Deprel::Acl).find(bare)?;
    let comma = (verb..second).any(|t| document.word(t) == COMMA);
    (comma && grammar.has(Closed::Saying, &tokens[says].lemma)).then_some((first, verb, says))
}

/// No phrase before a subject is longer.
const LONGEST: usize = 12;

/// "accused Islamabad of arming and *training* the militants": a gerund behind "and" goes on with the gerund right before it.
fn joined(document: &Document, start: usize, gerund: usize) -> Option<usize> {
    let tokens = &document.tokens;
    let first = gerund.checked_sub(2).filter(|&f| f >= start)?;
    let listed =
        tokens[gerund].xpos == Xpos::Vbg && tokens[gerund].deprel == Deprel::Conj && tokens[gerund].head != Some(first);
    let and = tokens[gerund - 1].upos == Upos::Cconj;
    let hangs = matches!(tokens[first].deprel, Deprel::Acl | Deprel::Advcl | Deprel::Xcomp);
    (listed && and && hangs && tokens[first].xpos == Xpos::Vbg).then_some(first)
}

/// "pledged *aid* to": a bare verb behind a verb that takes none is its object.
fn promised(tokens: &[Token], verb: usize, grammar: &Grammar) -> Option<usize> {
    let noun = verb + 1;
    let bare = |t: &Token| t.xpos == Xpos::Vb && t.deprel == Deprel::Xcomp && t.head == Some(verb);
    let takes = tokens[verb].upos == Upos::Verb && !grammar.has(Closed::Bare, &tokens[verb].lemma);
    (takes && tokens.get(noun).is_some_and(bare)).then_some(noun)
}

/// Makes a bare verb the noun that is written like it, and what hangs on it hang on a noun.
fn take(tokens: &mut [Token], noun: usize) {
    for token in tokens.iter_mut() {
        if token.head == Some(noun) && token.deprel == Deprel::Obl {
            token.deprel = Deprel::Nmod;
        }
    }
}

/// The comma and the verb of "…, residents and police said." where the parser goes on with the nouns before the comma; the verb has no
/// subject then.
fn signed(document: &Document, range: Range<usize>, grammar: &Grammar) -> Option<(usize, usize)> {
    let tokens = &document.tokens;
    let verb = range.clone().rev().find(|&t| tokens[t].upos != Upos::Punct)?;
    let says = tokens[verb].upos == Upos::Verb && grammar.has(Closed::Saying, &tokens[verb].lemma);
    let own = |t: usize| tokens[t].head == Some(verb) && tokens[t].upos != Upos::Punct;
    if !says || tokens[verb].deprel != Deprel::Conj || range.clone().any(own) {
        return None;
    }
    let comma = (range.start..verb).rev().find(|&t| document.word(t) == COMMA && opens(tokens, t, verb))?;
    Some((comma, verb))
}

/// Whether all words between a comma and a verb hang on each other, or on one noun before the comma.
fn opens(tokens: &[Token], comma: usize, verb: usize) -> bool {
    let outside = |t: &usize| tokens[*t].head.is_none_or(|h| h <= comma || h >= verb);
    let mut heads = (comma + 1..verb).filter(outside).map(|t| (tokens[t].head, tokens[t].deprel));
    let noun = |h: Option<usize>| h.is_some_and(|h| h < comma && matches!(tokens[h].upos, Upos::Noun | Upos::Propn));
    match heads.next() {
        Some((head, relation)) if noun(head) => {
            let listed = |r| matches!(r, Deprel::Conj | Deprel::Appos);
            listed(relation) && heads.all(|(h, r)| h == head && (listed(r) || r == Deprel::Cc))
        }
        _ => false,
    }
}

/// Makes the nouns between a comma and a verb the verb's subject.
fn sign(tokens: &mut [Token], comma: usize, verb: usize) {
    let mut first = None;
    for t in comma + 1..verb {
        if tokens[t].head.is_some_and(|h| h > comma && h < verb) {
            continue;
        }
        match first {
            None => (tokens[t].head, tokens[t].deprel, first) = (Some(verb), Deprel::Nsubj, Some(t)),
            Some(_) => tokens[t].head = first,
        }
    }
    (tokens[comma].head, tokens[verb].deprel) = (Some(verb), Deprel::Parataxis);
}

/// The mark before who says it.
const COMMA: &str = ",";

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
    use crate::vocab::{Deprel, Upos};

    #[test]
    fn what_is_denied_is_an_act() {
        let document =
            Analyzer::builtin().unwrap().read(Article::new("a", "Both Baku and Yerevan deny targeting civilians."));
        let (targeting, civilians) = (&document.tokens[5], &document.tokens[6]);
        assert_eq!((targeting.deprel, targeting.head), (Deprel::Xcomp, Some(4)));
        assert_eq!((civilians.deprel, civilians.head), (Deprel::Obj, Some(5)));
    }

    #[test]
    fn who_says_it_stands_at_the_end() {
        let text = "Two people were killed in the raid, the army and the police said.";
        let document = Analyzer::builtin().unwrap().read(Article::new("a", text));
        let (army, police) = (&document.tokens[9], &document.tokens[12]);
        assert_eq!(
            (army.deprel, army.head, police.deprel, police.head),
            (Deprel::Nsubj, Some(13), Deprel::Conj, Some(9))
        );
    }

    #[test]
    fn what_is_pledged_is_a_thing() {
        let document = Analyzer::builtin().unwrap().read(Article::new("a", "Japan pledged aid to the Philippines."));
        let (aid, to) = (&document.tokens[2], &document.tokens[5]);
        assert_eq!((aid.upos, aid.deprel, to.deprel), (Upos::Noun, Deprel::Obj, Deprel::Nmod));
    }

    #[test]
    fn a_clause_before_who_says_it_has_its_own_subject() {
        let text = "Pakistani shelling killed at least 15 people in Poonch, Indian police said.";
        let document = Analyzer::builtin().unwrap().read(Article::new("a", text));
        let (shelling, killed) = (&document.tokens[1], &document.tokens[2]);
        assert_eq!((shelling.deprel, shelling.head, killed.deprel), (Deprel::Nsubj, Some(2), Deprel::Ccomp));
    }

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
