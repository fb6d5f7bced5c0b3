//! Clauses that the parser hangs in the wrong place. A semicolon parts them: in "Russia struck the dam, Ukraine said; Moscow blamed
//! shelling" the last is nothing that Ukraine said. What somebody denies is an act: in "deny targeting civilians" nobody denies
//! civilians. Who says a sentence stands at its end: in "They freed inmates from the prison, residents and police said" nobody was
//! freed from residents. Who pledges aid pledges a thing, who chairs ASEAN chairs somebody.

use super::trees::{COMMA, above, hang, is_nominal, is_within, past, root, tag, with};
use crate::model::{Document, Token};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, Upos, Xpos};
use std::ops::Range;

/// The mark between clauses of one rank.
const SEMICOLON: &str = ";";

/// Mends the trees of a document.
pub(super) fn mend(document: &mut Document, grammar: &Grammar) {
    for number in 0..document.sentences.len() {
        let range = document.sentences[number].tokens.range();
        objects(&mut document.tokens, range.clone(), grammar);
        speakers(document, range.clone(), grammar);
        parts(document, range);
    }
}

/// Gives verbs the objects that the parser gave to others, or took for clauses and names.
fn objects(tokens: &mut [Token], range: Range<usize>, grammar: &Grammar) {
    for verb in range.clone() {
        if let Some((gerund, object)) = denied(&tokens[..range.end], verb, grammar) {
            hang(tokens, gerund, verb, Deprel::Xcomp);
            tokens[object].head = Some(gerund);
        }
        if let Some(noun) = promised(&tokens[..range.end], verb, grammar) {
            take(tokens, range.clone(), noun);
        }
        if let Some(accused) = charged(&tokens[..range.end], verb, grammar) {
            hang(tokens, verb, accused, Deprel::Advcl);
        }
        if let Some(peer) = renamed(tokens, verb) {
            hang(tokens, verb, peer, Deprel::Appos);
        }
        if let Some(name) = chaired(tokens, range.clone(), verb) {
            tokens[name].deprel = Deprel::Obj;
        }
        if let Some(first) = joined(tokens, range.start, verb) {
            tokens[verb].head = Some(first);
        }
        if let Some(noun) = modified(tokens, range.end, verb) {
            hang(tokens, verb, noun, Deprel::Compound);
        }
    }
}

/// "castigated *opposition* candidate Ann Moss": a bare noun right before the phrase of a second subject or object of the same verb
/// is part of that phrase; the second's noun.
fn modified(tokens: &[Token], end: usize, noun: usize) -> Option<usize> {
    let Token { head: Some(verb), deprel, .. } = tokens[noun] else { return None };
    let bare = tokens[noun].xpos == Xpos::Nn && matches!(deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj);
    if !bare || tokens.get(verb)?.upos != Upos::Verb {
        return None;
    }
    let window = noun + 1..end.min(noun + LONGEST);
    let second = with(tokens, window, verb, deprel).next()?;
    // "*Kremlin critic* Ilya Yashin was freed"
    let name = tokens[second].upos == Upos::Propn;
    let part =
        |t: usize| name && t < noun && matches!(tokens[t].deprel, Deprel::Compound | Deprel::Amod | Deprel::Nummod);
    let alone = (noun.saturating_sub(LONGEST)..second).all(|t| tokens[t].head != Some(noun) || part(t));
    let filled = (noun + 1..second).all(|t| is_within(tokens, t, second, LONGEST) && tokens[t].upos != Upos::Punct);
    (alone && filled && is_nominal(&tokens[second])).then_some(second)
}

/// Gives the verb of saying at the end of a sentence its subject, and what is said before it a subject of its own.
fn speakers(document: &mut Document, range: Range<usize>, grammar: &Grammar) {
    let last = range.clone().rev().find(|&t| document.tokens[t].upos != Upos::Punct);
    let Some(says) = last.filter(|&t| grammar.has(Closed::Saying, &document.tokens[t].lemma)) else { return };
    if let Some(comma) = signed(document, range.clone(), says) {
        sign(&mut document.tokens[..says], comma, says);
        (document.tokens[comma].head, document.tokens[says].deprel) = (Some(says), Deprel::Parataxis);
    }
    if appended(document, range.clone(), says) {
        document.tokens[says].deprel = Deprel::Parataxis;
    }
    if let Some((subject, verb)) = parted(document, range, says) {
        let tokens = &mut document.tokens;
        past(&mut tokens[verb]);
        hang(tokens, verb, says, Deprel::Ccomp);
        hang(tokens, subject, verb, Deprel::Nsubj);
    }
}

/// Hangs what follows a semicolon on the sentence where the parser took it for what was said before it.
fn parts(document: &mut Document, range: Range<usize>) {
    let marks: Vec<usize> = range.clone().filter(|&t| document.word(t) == SEMICOLON).collect();
    let root = root(&document.tokens, range.clone()).filter(|_| !marks.is_empty());
    let Some(root) = root else { return };
    for clause in range.filter(|&t| t != root) {
        if is_beyond(&document.tokens, &marks, clause) {
            hang(&mut document.tokens, clause, root, Deprel::Parataxis);
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

/// "was accused by Kyiv *of shelling* Odesa": who accuses does not do it; the verb of a passive whose agent a gerund hangs on.
fn charged(tokens: &[Token], gerund: usize, grammar: &Grammar) -> Option<usize> {
    let Token { head: Some(agent), deprel: Deprel::Acl, xpos: Xpos::Vbg, .. } = tokens[gerund] else { return None };
    let of = (agent + 1..gerund).any(|t| {
        tokens[t].head == Some(gerund)
            && tokens[t].deprel == Deprel::Mark
            && grammar.has(Closed::Genitive, &tokens[t].lemma)
    });
    tokens[agent].head.filter(|_| of && tokens[agent].deprel == Deprel::OblAgent)
}

/// "met his Chinese counterpart *Wang Yi*": a name right behind an object is another name of it, and no clause.
fn renamed(tokens: &[Token], name: usize) -> Option<usize> {
    let Token { head: Some(verb), deprel: Deprel::Xcomp, upos: Upos::Propn, .. } = tokens[name] else { return None };
    let object = name.checked_sub(1).filter(|&o| tokens[o].head == Some(verb) && tokens[o].deprel == Deprel::Obj)?;
    (tokens[object].upos == Upos::Noun).then_some(object)
}

/// "who chairs *ASEAN*": a verb is no part of the name behind it.
fn chaired(tokens: &[Token], range: Range<usize>, verb: usize) -> Option<usize> {
    if !matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) {
        return None;
    }
    with(tokens, verb + 1..range.end.min(verb + 1 + LONGEST), verb, Deprel::Flat).next()
}

/// "accused Islamabad of arming and *training* the militants": a gerund behind "and" goes on with the gerund right before it.
fn joined(tokens: &[Token], start: usize, gerund: usize) -> Option<usize> {
    let first = gerund.checked_sub(2).filter(|&f| f >= start)?;
    let other = tokens[gerund].head != Some(first) && tokens[first].head != Some(gerund);
    let listed = tokens[gerund].xpos == Xpos::Vbg && tokens[gerund].deprel == Deprel::Conj && other;
    let and = tokens[gerund - 1].upos == Upos::Cconj;
    let hangs = matches!(tokens[first].deprel, Deprel::Acl | Deprel::Advcl | Deprel::Xcomp);
    let free = !above(tokens, first, DEEPEST).any(|h| h == gerund);
    (listed && and && hangs && free && tokens[first].xpos == Xpos::Vbg).then_some(first)
}

/// A bound on the work for any text.
const DEEPEST: usize = 64;
/// No phrase that matters here is longer.
const LONGEST: usize = 12;

/// "pledged *aid* to": a bare verb behind a verb that takes none is its object.
fn promised(tokens: &[Token], verb: usize, grammar: &Grammar) -> Option<usize> {
    let noun = verb + 1;
    let bare = |t: &Token| t.xpos == Xpos::Vb && t.deprel == Deprel::Xcomp && t.head == Some(verb);
    let takes = tokens[verb].upos == Upos::Verb && !grammar.has(Closed::Bare, &tokens[verb].lemma);
    (takes && tokens.get(noun).is_some_and(bare)).then_some(noun)
}

/// Makes a bare verb the noun that is written like it, an object, and what hangs on it hang on a noun.
fn take(tokens: &mut [Token], range: Range<usize>, noun: usize) {
    for token in tokens[range].iter_mut().filter(|t| t.head == Some(noun) && t.deprel == Deprel::Obl) {
        token.deprel = Deprel::Nmod;
    }
    tag(&mut tokens[noun], Upos::Noun, Xpos::Nn);
    tokens[noun].deprel = Deprel::Obj;
}

/// "asked Chad for help, *a source said*": who says it read as if he said it on the occasion.
fn appended(document: &Document, range: Range<usize>, says: usize) -> bool {
    let tokens = &document.tokens;
    let child = |relation: Deprel| with(tokens, range.clone(), says, relation).next();
    let comma = |t: usize| (range.start..t).rev().take(LONGEST).any(|c| document.word(c) == COMMA);
    let subject = child(Deprel::Nsubj).filter(|_| child(Deprel::Mark).is_none());
    tokens[says].deprel == Deprel::Advcl && subject.is_some_and(comma)
}

/// "*Shelling killed* 15 people, police said": a subject and its verb read as a second subject of who says it.
fn parted(document: &Document, range: Range<usize>, says: usize) -> Option<(usize, usize)> {
    let tokens = &document.tokens;
    let child = |above: usize, relation: Deprel| with(tokens, range.clone(), above, relation);
    let mut subjects = child(says, Deprel::Nsubj);
    let (first, second) = (subjects.next()?, subjects.next()?);
    let bare = |v: &usize| {
        let passive = child(*v, Deprel::OblAgent).chain(child(*v, Deprel::AuxPass)).next().is_some();
        tokens[*v].xpos == Xpos::Vbn && *v < second && !passive
    };
    let verb = child(first, Deprel::Acl).find(bare)?;
    (verb..second).any(|t| document.word(t) == COMMA).then_some((first, verb))
}

/// The comma of "…, residents and police said." where the parser goes on with the nouns before it; the verb has no subject then.
fn signed(document: &Document, range: Range<usize>, says: usize) -> Option<usize> {
    let tokens = &document.tokens;
    let own = |t: usize| tokens[t].head == Some(says) && tokens[t].upos != Upos::Punct;
    if tokens[says].upos != Upos::Verb || tokens[says].deprel != Deprel::Conj || range.clone().any(own) {
        return None;
    }
    let mut near = (range.start..says).rev().take(DEEPEST);
    let comma = near.find(|&t| document.word(t) == COMMA && opens(tokens, t, says))?;
    tokens[says].head.is_some_and(|h| h < comma).then_some(comma)
}

/// Whether all words between a comma and a verb hang on each other, or on one noun before the comma.
fn opens(tokens: &[Token], comma: usize, verb: usize) -> bool {
    let outside = |t: &usize| tokens[*t].head.is_none_or(|h| h <= comma || h >= verb);
    let mut heads = (comma + 1..verb).filter(outside).map(|t| (tokens[t].head, tokens[t].deprel));
    let noun = |h: Option<usize>| h.is_some_and(|h| h < comma && is_nominal(&tokens[h]));
    match heads.next() {
        Some((head, relation)) if noun(head) => {
            let listed = |r| matches!(r, Deprel::Conj | Deprel::Appos);
            listed(relation) && heads.all(|(h, r)| h == head && (listed(r) || r == Deprel::Cc))
        }
        _ => false,
    }
}

/// Makes the nouns behind a comma, to the end of the tokens, the subject of a verb.
fn sign(tokens: &mut [Token], comma: usize, verb: usize) {
    let mut first = None;
    for (t, token) in tokens.iter_mut().enumerate().skip(comma + 1) {
        if token.head.is_some_and(|h| h > comma && h < verb) {
            continue;
        }
        match first {
            None => (token.head, token.deprel, first) = (Some(verb), Deprel::Nsubj, Some(t)),
            Some(_) => token.head = first,
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
    fn who_is_accused_by_somebody_does_it() {
        let text = "Chad was accused by the UN of arming the militia.";
        let document = Analyzer::builtin().unwrap().read(Article::new("a", text));
        let arming = &document.tokens[7];
        assert_eq!((arming.deprel, arming.head), (Deprel::Advcl, Some(2)));
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
