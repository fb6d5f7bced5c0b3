//! Who says a sentence stands at its end: in "They freed inmates from the prison, residents and police said" nobody was freed from
//! residents. Who says something and goes on acts himself: in "She said two were killed and urged NATO to act" the dead urge nobody.

use super::trees::{COMMA, hang, is_nominal, past, tag, with};
use crate::model::{Document, Token};
use crate::seeds::{Closed, Grammar};
use crate::vocab::{Deprel, Upos, Xpos};
use std::ops::Range;

/// A bound on the work for any text.
const DEEPEST: usize = 64;
/// No phrase that matters here is longer.
const LONGEST: usize = 12;

/// Mends the trees of a document.
pub(super) fn mend(document: &mut Document, grammar: &Grammar) {
    for number in 0..document.sentences.len() {
        let range = document.sentences[number].tokens.range();
        speak(document, range, grammar);
    }
}

/// Gives the verb of saying at the end of a sentence its subject, and what is said before it a subject of its own; and what who says it
/// does besides.
fn speak(document: &mut Document, range: Range<usize>, grammar: &Grammar) {
    for verb in range.clone() {
        if let Some(says) = resumed(document, range.clone(), verb, grammar) {
            past(&mut document.tokens[verb]);
            hang(&mut document.tokens, verb, says, Deprel::Conj);
        }
    }
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
        tag(&mut tokens[verb], Upos::Verb, Xpos::Vbd);
        if let Some(object) = tokens[verb].head.filter(|&o| tokens[verb].deprel == Deprel::Amod && o != subject) {
            hang(tokens, object, verb, Deprel::Obj);
        }
        hang(tokens, verb, says, Deprel::Ccomp);
        hang(tokens, subject, verb, Deprel::Nsubj);
    }
}

/// "said ten people were killed *and urged* NATO to act": who says it urges NATO. The verb of saying that a verb goes on with, where
/// the clause between cannot: it has an auxiliary that the verb does not take, or a comma stands before "and".
fn resumed(document: &Document, range: Range<usize>, verb: usize, grammar: &Grammar) -> Option<usize> {
    let tokens = &document.tokens;
    let Token { head: Some(first), deprel: Deprel::Conj, .. } = tokens[verb] else { return None };
    let says = tokens[first].head.filter(|&s| tokens[first].deprel == Deprel::Ccomp && s < first)?;
    let child = |above: usize, relation: Deprel| with(tokens, range.clone(), above, relation).next();
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass, Deprel::Mark];
    let told = grammar.has(Closed::Saying, &tokens[says].lemma) && child(says, Deprel::Nsubj).is_some();
    let speaks = matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbn) && grammar.has(Closed::Stance, &tokens[verb].lemma);
    if !told || !speaks || own.iter().any(|&r| child(verb, r).is_some()) {
        return None;
    }
    let and = child(verb, Deprel::Cc).filter(|&c| c < verb)?;
    let comma = document.word(and - 1) == COMMA;
    let modal = with(tokens, range.clone(), first, Deprel::Aux).any(|a| tokens[a].xpos == Xpos::Md);
    let passive = child(first, Deprel::AuxPass).or_else(|| child(first, Deprel::Cop)).is_some();
    let object = [Deprel::Obj, Deprel::Iobj, Deprel::Ccomp].iter().any(|&r| child(verb, r).is_some());
    (comma || object && (modal || passive)).then_some(says)
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
        let helped = [Deprel::OblAgent, Deprel::AuxPass, Deprel::Mark];
        let passive = helped.iter().any(|&r| child(*v, r).next().is_some());
        matches!(tokens[*v].xpos, Xpos::Vbn | Xpos::Vb) && *v < second && !passive
    };
    // "Russian warplanes *struck* Idlib": what is struck is read as another name of them.
    let renamed = || child(first, Deprel::Appos).flat_map(|o| child(o, Deprel::Amod)).find(|&v| v == first + 1);
    let verb = child(first, Deprel::Acl).chain(renamed()).find(bare)?;
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

#[cfg(test)]
mod tests {
    use crate::model::Article;
    use crate::nlp::Analyzer;
    use crate::vocab::Deprel;

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
    fn a_clause_before_who_says_it_has_its_own_subject() {
        let text = "Pakistani shelling killed at least 15 people in Poonch, Indian police said.";
        let document = Analyzer::builtin().unwrap().read(Article::new("a", text));
        let (shelling, killed) = (&document.tokens[1], &document.tokens[2]);
        assert_eq!((shelling.deprel, shelling.head, killed.deprel), (Deprel::Nsubj, Some(2), Deprel::Ccomp));
    }

    #[test]
    fn who_says_it_goes_on() {
        let analyzer = Analyzer::builtin().unwrap();
        for (text, above) in [
            ("Ann Moss said two people were killed and urged NATO to act.", "said"),
            ("Ann Moss said Chad had shelled Goma, and condemned the attack.", "said"),
            ("Ann Moss said Chad shelled Goma and killed two women.", "shelled"),
        ] {
            let document = analyzer.read(Article::new("a", text));
            let and = (0..document.tokens.len()).find(|&t| document.word(t) == "and").unwrap();
            let verb = &document.tokens[and + 1];
            assert_eq!(verb.head.map(|h| document.word(h)), Some(above), "{text}");
        }
    }
}
