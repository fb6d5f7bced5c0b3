//! What verbs lend to nouns: who launches an attack attacks, who speaks in talks with somebody talks to him.

use super::words::Words;
use super::{BETWEEN, GOAL, NOMINALS};
use crate::extract::tree::Tree;
use crate::rules::{Arg, Mood, Pos, Predication, Role};
use crate::seeds::Closed;
use crate::vocab::{Deprel, Upos, Xpos};

/// "Armenia launched an attack on Barda": the attack's agent is Armenia, and what hangs on "launched" hangs on it too.
pub(super) fn lend_light_subjects(all: &mut [Predication], tree: &Tree, words: &Words) {
    let mut lent: Vec<(usize, Arg)> = Vec::new();
    for verb in all.iter().filter(|p| p.pos == Pos::Verb && words.light.contains(&p.lemma)) {
        // "responded *with* strikes on"
        let with = |a: &Arg| matches!(a.role, Role::Prep(_)) && tree.has_preposition(a.token, Closed::Partner);
        let nouns = verb.args.iter().filter(|a| (a.role == Role::Patient || with(a)) && a.via.is_none());
        for noun in nouns.filter(|a| givers(tree, words, verb, a.token).is_empty()) {
            for arg in verb.args.iter().filter(|a| a.token != noun.token) {
                let role = match &arg.role {
                    Role::Agent => Role::Light,
                    Role::Prep(p) => Role::Prep(p.clone()),
                    _ => continue,
                };
                lent.push((counted(tree, words, noun.token), Arg { role, token: arg.token, via: arg.via }));
            }
        }
    }
    // Who answers for an act did it.
    let answers = |a: &Arg| a.role == Role::Patient && words.answer.contains(tree.lemma(a.token));
    let owns = |p: &&Predication| p.pos == Pos::Verb && words.owning.contains(&p.lemma);
    for verb in all.iter().filter(owns) {
        let answered = verb.args.iter().any(answers);
        let claiming = words.claiming.contains(&verb.lemma);
        let owned = |a: &Arg| match answered {
            true => tree.has_preposition(a.token, Closed::Portfolio),
            false => claiming && a.role == Role::Patient && words.deed.contains(tree.lemma(a.token)),
        };
        for act in verb.args.iter().filter(|a| owned(a)) {
            let agents = verb.args.iter().filter(|a| a.role == Role::Agent);
            lent.extend(agents.map(|a| light(act.token, a)));
        }
    }
    lend_charged(all, tree, words, &mut lent);
    lend_to_manner(all, tree, words, &mut lent);
    lend_to_receivers(all, tree, words, &mut lent);
    lend_to_backing(all, tree, words, &mut lent);
    lend_to_meanwhile(all, tree, words, &mut lent);
    // Who killed three people in an attack made the attack.
    for verb in all.iter().filter(|p| p.pos == Pos::Verb && words.harm.contains(&p.lemma)) {
        let within = verb.args.iter().filter(|a| a.via.is_none() && tree.has_preposition(a.token, Closed::Locative));
        for noun in within {
            let agents = verb.args.iter().filter(|a| a.role == Role::Agent);
            lent.extend(agents.map(|a| light(noun.token, a)));
        }
    }
    lent.sort_by_key(|(noun, arg)| (*noun, arg.token));
    for p in all.iter_mut().filter(|p| p.pos == Pos::Noun) {
        let from = lent.partition_point(|(noun, _)| *noun < p.head);
        for (_, arg) in lent[from..].iter().take_while(|(noun, _)| *noun == p.head) {
            if !p.args.contains(arg) {
                p.args.push(arg.clone());
            }
        }
    }
    inherit_mood(all, tree, words);
}

/// "blamed *Russia* for the shelling", "blamed the shelling on *Russia*", "held *Russia* responsible for": who is charged with an act did
/// it, as the words have it.
fn lend_charged(all: &[Predication], tree: &Tree, words: &Words, lent: &mut Vec<(usize, Arg)>) {
    for verb in all.iter().filter(|p| p.pos != Pos::Noun && words.charging.contains(&p.lemma)) {
        let charged = if verb.pos == Pos::Verb { Role::Patient } else { Role::Agent };
        let phrases = || verb.args.iter().filter(|a| a.via.is_none() && matches!(a.role, Role::Prep(_)));
        let persons = || verb.args.iter().filter(|a| a.via.is_none() && a.role == charged);
        let noun =
            |a: &Arg| headed(all, a.token).is_some_and(|p| p.pos == Pos::Noun) && tree.upos(a.token) == Upos::Noun;
        // Who is responsible for negotiations has done no deed.
        let deed = |a: &Arg| verb.pos == Pos::Verb || words.deed.contains(tree.lemma(a.token));
        let act = |a: &&Arg| noun(a) && deed(a);
        let ground =
            |a: &&Arg| tree.has_preposition(a.token, Closed::Ground) || tree.has_preposition(a.token, Closed::Genitive);
        let acts = phrases().filter(ground).filter(act);
        lent.extend(acts.flat_map(|noun| persons().map(move |who| light(noun.token, who))));
        let on = |a: &&Arg| verb.pos == Pos::Verb && tree.has_preposition(a.token, Closed::Asked);
        let blamed = persons().filter(act);
        lent.extend(blamed.flat_map(|noun| phrases().filter(on).map(move |who| light(noun.token, who))));
    }
}

/// Somebody as who does what a noun names.
fn light(noun: usize, who: &Arg) -> (usize, Arg) {
    (noun, Arg { role: Role::Light, token: who.token, via: None })
}

/// The predication of a word.
fn headed(all: &[Predication], word: usize) -> Option<&Predication> {
    all.binary_search_by_key(&word, |p| p.head).ok().map(|i| &all[i])
}

/// "carried out strikes *in support of* the government": who strikes supports it.
fn lend_to_manner(all: &[Predication], tree: &Tree, words: &Words, lent: &mut Vec<(usize, Arg)>) {
    let manner = |p: &&Predication| p.pos == Pos::Noun && words.manner.contains(&p.lemma);
    for noun in all.iter().filter(manner).filter(|p| tree.has_preposition(p.head, Closed::Side)) {
        let owned = noun.args.iter().any(|a| matches!(a.role, Role::Possessor | Role::Light));
        let verb = tree.ancestors(noun.head).find(|&a| !tree.is_nominal(a)).filter(|_| !owned);
        let act = verb.and_then(|v| headed(all, v));
        let agents = act.into_iter().flat_map(|p| p.role(&Role::Agent));
        lent.extend(agents.map(|a| light(noun.head, a)));
    }
}

/// "seized power *with help* from the army": who is helped does the act.
fn lend_to_backing(all: &[Predication], tree: &Tree, words: &Words, lent: &mut Vec<(usize, Arg)>) {
    let backing = |p: &&Predication| p.pos == Pos::Noun && words.backing.contains(&p.lemma);
    for noun in all.iter().filter(backing).filter(|p| tree.has_preposition(p.head, Closed::Partner)) {
        let verb = tree.head(noun.head).filter(|&v| tree.rel(noun.head) == Deprel::Obl && !tree.is_nominal(v));
        let act = verb.and_then(|v| headed(all, v));
        let agents = act.into_iter().flat_map(|p| p.role(&Role::Agent));
        lent.extend(agents.map(|a| (noun.head, Arg { role: Role::Prep(GOAL.into()), token: a.token, via: None })));
    }
}

/// "*in talks with X*, Y presented a plan", "Y said *on the sidelines of a meeting with X*": who acts meanwhile is the other party.
fn lend_to_meanwhile(all: &mut [Predication], tree: &Tree, words: &Words, lent: &mut Vec<(usize, Arg)>) {
    let mut moods = Vec::new();
    for (i, noun) in all.iter().enumerate().filter(|(_, p)| p.pos == Pos::Noun) {
        let partner = |p: &str| tree.grammar.has(Closed::Partner, p) && !tree.grammar.has(Closed::Blamed, p);
        let with = |a: &Arg| a.via.is_none() && matches!(&a.role, Role::Prep(p) if partner(p));
        let owned = |a: &Arg| match &a.role {
            Role::Possessor | Role::Light | Role::Is => true,
            Role::Modifier => tree.is_capital(a.token),
            Role::Prep(p) => **p == *BETWEEN || tree.grammar.has(Closed::Agent, p),
            _ => false,
        };
        if !noun.args.iter().any(with) || noun.args.iter().any(owned) {
            continue;
        }
        let of = |t: usize| tree.rel(t) == Deprel::Nmod && tree.has_preposition(t, Closed::Genitive);
        let phrase = tree.head(noun.head).filter(|_| of(noun.head)).unwrap_or(noun.head);
        let apart = |p: &String| phrase != noun.head || !words.fronted.contains(p);
        let when = tree.preposition(phrase).filter(|p| words.meanwhile.contains(p) && apart(p));
        let verb =
            tree.head(phrase).filter(|&v| when.is_some() && tree.rel(phrase) == Deprel::Obl && !tree.is_nominal(v));
        let act = verb.and_then(|v| headed(all, v));
        if let Some(act) = act {
            let agents = act.role(&Role::Agent);
            lent.extend(agents.map(|a| light(noun.head, a)));
            moods.push((i, act.mood));
        }
    }
    for (noun, mood) in moods {
        all[noun].mood = all[noun].mood.max(mood);
    }
}

/// "has the backing *of NATO*": what is had is done by others, for the verb's subject.
fn lend_to_receivers(all: &[Predication], tree: &Tree, words: &Words, lent: &mut Vec<(usize, Arg)>) {
    for verb in all.iter().filter(|p| p.pos == Pos::Verb) {
        for noun in verb.role(&Role::Patient).filter(|a| a.via.is_none()) {
            let givers = givers(tree, words, verb, noun.token);
            let receivers = verb.role(&Role::Agent).filter(|_| !givers.is_empty());
            let of = |role: Role, token: usize| (noun.token, Arg { role, token, via: None });
            lent.extend(receivers.map(|a| of(Role::Prep(GOAL.into()), a.token)));
            lent.extend(givers.into_iter().map(|token| of(Role::Possessor, token)));
        }
    }
}

/// Of whom a verb's subject has what a noun names: of NATO, in "has the backing of NATO".
fn givers(tree: &Tree, words: &Words, verb: &Predication, noun: usize) -> Vec<usize> {
    let definite = tree.child(noun, Deprel::Det).is_some_and(|d| words.definite.contains(tree.lower(d)));
    if !definite || !words.receiving.contains(&verb.lemma) {
        return Vec::new();
    }
    let of = tree.phrases(noun).filter(|&p| tree.has_preposition(p, Closed::Genitive));
    of.flat_map(|p| tree.coordinated(p)).collect()
}

/// Whether a word before "of" counts what stands behind it: "*some* of the harshest sanctions", "*one* of its allies".
pub(super) fn is_counter(tree: &Tree, word: usize) -> bool {
    matches!(tree.upos(word), Upos::Num | Upos::Det | Upos::Pron) && tree.xpos(word) != Xpos::Prp
}

/// What a number or a noun of number counts: the strikes of "a series of strikes".
pub(in crate::extract) fn counted(tree: &Tree, words: &Words, noun: usize) -> usize {
    let of = || tree.with(noun, NOMINALS).find(|&n| tree.has_preposition(n, Closed::Genitive));
    let counts = is_counter(tree, noun) || words.collective.contains(tree.lemma(noun));
    counts.then(of).flatten().unwrap_or(noun)
}

/// A noun under a light verb is denied or unreal when the verb is.
fn inherit_mood(all: &mut [Predication], tree: &Tree, words: &Words) {
    let moods: Vec<(usize, bool, Mood)> = all
        .iter()
        .filter(|p| p.pos == Pos::Verb && words.light.contains(&p.lemma))
        .map(|p| (p.head, p.negated, p.mood))
        .collect();
    for p in all.iter_mut().filter(|p| p.pos == Pos::Noun) {
        let Some(head) = tree.head(p.head) else { continue };
        if let Ok(i) = moods.binary_search_by_key(&head, |m| m.0) {
            p.negated |= moods[i].1;
            p.mood = p.mood.max(moods[i].2);
        }
    }
}
