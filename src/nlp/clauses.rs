//! Clauses that the parser hangs in the wrong place. A semicolon parts them: in "Russia struck the dam, Ukraine said; Moscow blamed
//! shelling" the last is nothing that Ukraine said. What somebody denies is an act: in "deny targeting civilians" nobody denies
//! civilians. Who pledges aid pledges a thing, who chairs ASEAN chairs somebody.

use super::trees::{above, children, hang, is_nominal, is_within, root, tag, with};
use crate::model::{Document, NameSpan, Token};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, NameType, Upos, Xpos};
use std::ops::Range;

/// The mark between clauses of one rank.
const SEMICOLON: &str = ";";

/// Mends the trees of a document.
pub(super) fn mend(document: &mut Document, grammar: &Grammar) {
    for number in 0..document.names.len() {
        if let Some((head, verb)) = given(document, number, grammar) {
            hang(&mut document.tokens, head, verb, Deprel::Iobj);
        }
    }
    for number in 0..document.sentences.len() {
        let range = document.sentences[number].tokens.range();
        if let Some(gerund) = range.clone().find(|&t| authored(&document.tokens, range.clone(), t, grammar)) {
            take(&mut document.tokens, range.clone(), gerund, Deprel::Nsubj);
            document.tokens[gerund].lemma = document.word(gerund).to_lowercase().as_str().into();
        }
        objects(&mut document.tokens, range.clone(), grammar);
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
            take(tokens, range.clone(), noun, Deprel::Obj);
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
        if is_content(tokens, range.clone(), verb, grammar) {
            tokens[verb].deprel = Deprel::Acl;
        }
        if let Some(first) = retold(tokens, verb) {
            hang(tokens, verb, first, Deprel::Appos);
        }
        if let Some((to, noun, above)) = freed(&tokens[..range.end], verb, grammar) {
            tag(&mut tokens[verb], Upos::Verb, Xpos::Vb);
            tag(&mut tokens[to], Upos::Part, Xpos::To);
            hang(tokens, to, verb, Deprel::Mark);
            hang(tokens, verb, above, Deprel::Xcomp);
            hang(tokens, noun, verb, Deprel::Obj);
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

/// "sent *Ukraine* tanks": a place right behind a verb that takes two objects is the first of them; the place's head and the verb.
fn given(document: &Document, name: usize, grammar: &Grammar) -> Option<(usize, usize)> {
    let tokens = &document.tokens;
    let NameSpan { tokens: place, kind: NameType::Loc, .. } = document.names[name] else { return None };
    let verb = place.start.checked_sub(1).filter(|&v| tokens[v].upos == Upos::Verb)?;
    let outside = |t: &usize| tokens[*t].head.is_none_or(|h| !place.contains(h));
    let head = place.range().find(outside).filter(|&t| tokens[t].deprel == Deprel::Compound)?;
    let object = tokens[head].head.filter(|&o| o >= place.end && tokens[o].deprel == Deprel::Obj)?;
    // "sent US troops": letters describe as adjectives do.
    let letters = document.word(head).chars().all(char::is_uppercase);
    let takes = grammar.has(Closed::Giving, &tokens[verb].lemma) && tokens[object].head == Some(verb);
    (takes && !letters).then_some((head, verb))
}

/// "*Shelling* by Azerbaijani forces killed four": a gerund with an author is a noun.
fn authored(tokens: &[Token], range: Range<usize>, gerund: usize, grammar: &Grammar) -> bool {
    let token = &tokens[gerund];
    if token.xpos != Xpos::Vbg || token.deprel != Deprel::Csubj {
        return false;
    }
    let by =
        |t: usize| with(tokens, gerund + 1..t, t, Deprel::Case).any(|c| grammar.has(Closed::Agent, &tokens[c].lemma));
    let phrase = |r: Deprel| matches!(r, Deprel::Obl | Deprel::OblAgent);
    let mut phrases = children(tokens, gerund + 1..range.end, gerund).filter(|&t| phrase(tokens[t].deprel));
    phrases.any(|t| is_nominal(&tokens[t]) && by(t))
        && with(tokens, range.clone(), gerund, Deprel::Obj).next().is_none()
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

/// "denied reports *that it had bombed Barda*": a clause with a subject and an object of its own says what the noun before is about.
fn is_content(tokens: &[Token], range: Range<usize>, verb: usize, grammar: &Grammar) -> bool {
    if tokens[verb].deprel != Deprel::AclRelcl {
        return false;
    }
    let child = |relation: Deprel| with(tokens, range.clone(), verb, relation).next();
    let that = child(Deprel::Mark).is_some_and(|m| grammar.has(Closed::That, &tokens[m].lemma));
    that && child(Deprel::Nsubj).is_some() && child(Deprel::Obj).is_some()
}

/// "Russia, France and the United States, *co-chairs* of the group": a plural behind the last of a list says what all of it is; the
/// list's first.
fn retold(tokens: &[Token], noun: usize) -> Option<usize> {
    let Token { head: Some(first), deprel: Deprel::Conj, upos: Upos::Noun, xpos: Xpos::Nns, .. } = tokens[noun] else {
        return None;
    };
    let joined = |t: usize| (first + 1..t).rev().any(|c| tokens[c].head == Some(t) && tokens[c].deprel == Deprel::Cc);
    let near = noun.saturating_sub(LONGEST).max(first + 1);
    let last =
        (near..noun).find(|&t| tokens[t].head == Some(first) && tokens[t].deprel == Deprel::Conj && joined(t))?;
    let comma = (last + 1..noun).any(|t| tokens[t].upos == Upos::Punct);
    let name = tokens[first].upos == Upos::Propn && tokens[last].upos == Upos::Propn;
    (name && comma && !joined(noun)).then_some(first)
}

/// "asked Bolivia to *free* prisoners": an adjective behind "to" that is a verb as well; the "to", the noun behind it, and the verb above.
fn freed(tokens: &[Token], word: usize, grammar: &Grammar) -> Option<(usize, usize, usize)> {
    let adjective = tokens[word].deprel == Deprel::Amod && grammar.has(Closed::Freeing, &tokens[word].lemma);
    let to = word.checked_sub(1).filter(|&t| adjective && grammar.has(Closed::Content, &tokens[t].lemma))?;
    let noun =
        tokens[word].head.filter(|&n| n > word && tokens[to].head == Some(n) && tokens[n].deprel == Deprel::Obl)?;
    let above = tokens[noun].head.filter(|&v| v < to && tokens[v].upos == Upos::Verb)?;
    let asked = (above + 1..to)
        .any(|t| tokens[t].head == Some(above) && matches!(tokens[t].deprel, Deprel::Obj | Deprel::Iobj));
    asked.then_some((to, noun, above))
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

/// Makes a form of a verb the noun that is written like it, in that relation, and what hangs on it hang on a noun.
fn take(tokens: &mut [Token], range: Range<usize>, noun: usize, relation: Deprel) {
    for token in
        tokens[range].iter_mut().filter(|t| t.head == Some(noun) && matches!(t.deprel, Deprel::Obl | Deprel::OblAgent))
    {
        token.deprel = Deprel::Nmod;
    }
    tag(&mut tokens[noun], Upos::Noun, Xpos::Nn);
    tokens[noun].deprel = relation;
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
    fn what_is_pledged_is_a_thing() {
        let document = Analyzer::builtin().unwrap().read(Article::new("a", "Japan pledged aid to the Philippines."));
        let (aid, to) = (&document.tokens[2], &document.tokens[5]);
        assert_eq!((aid.upos, aid.deprel, to.deprel), (Upos::Noun, Deprel::Obj, Deprel::Nmod));
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
