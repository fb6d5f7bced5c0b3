//! Whose an act is that a phrase names by a word for somebody told of before: who is urged "to stop *its* attacks" attacks, who is
//! punished "for *its* invasion" invades, who is condemned for "detaining two of *the country's* journalists" is not the judge.

use crate::extract::tree::Tree;
use crate::seeds::Closed;
use crate::vocab::{Deprel, Upos, Xpos};

/// No phrase that matters here is deeper.
const DEEPEST: usize = 4;
const OBJECTS: &[Deprel] = &[Deprel::Obj, Deprel::Iobj, Deprel::NsubjPass];

/// The token of who does what a noun names, where another than its clause's subject is judged for it or asked to end it.
pub(super) fn doer(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let mut top = tree.first_conjunct(noun);
    for _ in 0..DEEPEST {
        let above = tree.head(top)?;
        if tree.has_preposition(top, Closed::Ground)
            && let Some(judged) = judged(tree, above)
        {
            return Some(judged);
        }
        if tree.upos(above) == Upos::Verb {
            return directed(tree, above);
        }
        top = tree.first_conjunct(above);
    }
    None
}

/// The token of whose an act is that others are met in: "*Iran's* detention of two of the country's journalists".
pub(super) fn owner(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let mut below = noun;
    for _ in 0..DEEPEST {
        let above = tree.head(below).filter(|&a| tree.upos(a) != Upos::Verb)?;
        if let Some(owner) = tree.child(above, Deprel::NmodPoss).filter(|&o| o != below) {
            return Some(owner);
        }
        below = above;
    }
    None
}

/// "punished *Russia* for", "imposed sanctions on *Russia* for": who is judged by a verb, or by the noun that it has or that it is.
fn judged(tree: &Tree<'_>, word: usize) -> Option<usize> {
    let judges = |t: usize| tree.grammar.has(Closed::Faulting, tree.lemma(t));
    let object = tree.with(word, OBJECTS).next();
    if !tree.is_nominal(word) && judges(word) {
        return object;
    }
    let noun = if tree.is_nominal(word) { Some(word) } else { object }.filter(|&n| judges(n))?;
    let on = |p: &usize| tree.has_preposition(*p, Closed::Faulted);
    tree.phrases(noun).chain(tree.with(word, &[Deprel::Obl])).find(on)
}

/// "urged *Israel* to stop", "called on *Rwanda* to end", "criticized *Egypt* for jailing": who is to do what a verb without a subject
/// names, or has done it.
fn directed(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let first = tree.first_conjunct(verb);
    let own = tree.with(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some();
    let above = tree.head(first).filter(|_| !own && !tree.grammar.has(Closed::Favouring, tree.lemma(verb)))?;
    let object = tree.with(above, OBJECTS).find(|&o| o < first);
    let marked = |class| tree.with(first, &[Deprel::Mark, Deprel::Case]).any(|m| tree.is(m, class));
    let asked = |o: &usize| *o < first && tree.has_preposition(*o, Closed::Asked);
    match (tree.xpos(first), tree.rel(first)) {
        (Xpos::Vb, Deprel::Xcomp) if object.is_some() => object,
        (Xpos::Vb, Deprel::Xcomp | Deprel::Advcl) => tree.with(above, &[Deprel::Obl]).find(asked),
        (Xpos::Vbg, _) if marked(Closed::Ground) || marked(Closed::Genitive) => object,
        _ => None,
    }
}
