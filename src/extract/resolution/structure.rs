//! Structural statements by phrase: words that say how two entities hang together (`seeds/lexicon/structure.tsv`), a place beside the
//! place or state it lies in, a body beside its owner. Titles are read in `roles`.

use super::Form;
use super::reader::Reader;
use super::spots::letter_before;
use crate::extract::tree::is_possessive_mark;
use crate::model::TokenRange;
use crate::seeds::Closed;
use crate::seeds::reference::{End, Link, LinkPos, Mark};
use crate::vocab::{Deprel, EntityType, Upos, Xpos};
use std::collections::BTreeMap;

/// Reads what the phrases of a document state.
pub(super) fn read(reader: &mut Reader<'_>) {
    for token in 0..reader.tree.len() {
        let lemma = reader.tree.lemma(token).to_lowercase();
        for link in reader.reference.links(&lemma).to_vec() {
            read_link(reader, token, &link);
        }
    }
    for mention in 0..reader.mentions.len() {
        located(reader, mention);
    }
    addresses(reader);
    chained(reader);
    once(reader);
}

/// Each pair under each predicate once, the surest reading of it.
fn once(reader: &mut Reader<'_>) {
    let tree = &reader.tree;
    reader.facts.sort_by(|a, b| {
        let key = |f: &super::Fact| (f.subject, f.predicate.clone(), f.object, tree.doc.sentence_of(f.trigger.start));
        let place = |f: &super::Fact| (f.trigger, f.subject_tokens, f.object_tokens);
        key(a).cmp(&key(b)).then(b.confidence.total_cmp(&a.confidence)).then(place(a).cmp(&place(b)))
    });
    reader.facts.dedup_by(|b, a| {
        let same = (a.subject, &a.predicate, a.object) == (b.subject, &b.predicate, b.object);
        same && tree.doc.sentence_of(a.trigger.start) == tree.doc.sentence_of(b.trigger.start)
    });
}

fn read_link(reader: &mut Reader<'_>, token: usize, link: &Link) {
    let Some(trigger) = trigger(reader, token, link) else { return };
    if is_denied(reader, token) || is_wanted(reader, token) {
        return;
    }
    let subjects = ends(reader, token, link, &link.subject, &link.subject_types);
    let objects = ends(reader, token, link, &link.object, &link.object_types);
    for &subject in &subjects {
        for &object in &objects {
            let Some(&entity) = reader.mentions[object].entities.first() else { continue };
            let tokens = reader.mentions[object].tokens;
            let outside = || lies_in(reader, reader.mentions[subject].entities[0], entity) == Some(false);
            if link.predicate == *"locatedIn" && outside() {
                continue;
            }
            if is_in_title(reader, tokens) || link.pos == LinkPos::Preposition && reader.is_stated(subject, entity) {
                continue;
            }
            if subject != object && !tokens.overlaps(reader.mentions[subject].tokens) {
                reader.fact(&link.rule, &link.predicate, subject, entity, tokens, trigger, link.confidence);
            }
        }
    }
}

/// Whether a name is only part of a title: "Minister of Foreign Affairs".
fn is_in_title(reader: &Reader<'_>, tokens: TokenRange) -> bool {
    reader.title_over(tokens.start).is_some_and(|t| {
        let title = reader.titles[t].tokens;
        title.start < tokens.start && tokens.end <= title.end
    })
}

/// The trigger's tokens, if the words around the token are the link's and its part of speech fits.
fn trigger(reader: &Reader<'_>, token: usize, link: &Link) -> Option<TokenRange> {
    let upos = reader.tree.upos(token);
    match link.pos {
        LinkPos::Preposition => {
            let noun = reader.tree.head(token).filter(|_| reader.tree.rel(token) == Deprel::Case)?;
            let tied = reader.tree.rel(noun) == Deprel::Nmod || name_before(reader, token).is_some();
            // A rival of a firm does not belong to it.
            let apart = |h: usize| reader.reference.mark(reader.tree.lemma(h)) == Some(Mark::Apart);
            (tied && !reader.tree.head(noun).is_some_and(apart)).then(|| TokenRange::new(token, token + 1))
        }
        LinkPos::Verb => {
            let rest = &link.words[1..];
            let particle = |w: &String| {
                reader
                    .tree
                    .children(token)
                    .any(|c| reader.tree.rel(c) == Deprel::CompoundPrt && reader.tree.lower(c) == w)
            };
            (upos == Upos::Verb && rest.iter().all(particle)).then(|| TokenRange::new(token, token + 1))
        }
        LinkPos::Noun | LinkPos::Adjective => {
            let start = (token + 1).checked_sub(link.words.len())?;
            let same = |(t, w): (usize, &String)| reader.tree.lemma(t).eq_ignore_ascii_case(w);
            let fits = match link.pos {
                LinkPos::Noun => reader.tree.is_nominal(token),
                _ => matches!(upos, Upos::Adj | Upos::Verb),
            };
            (fits && (start..=token).zip(&link.words).all(same)).then(|| TokenRange::new(start, token + 1))
        }
    }
}

/// "wants *to join*", "applied *to join*": what an infinitive names is no fact.
fn is_wanted(reader: &Reader<'_>, token: usize) -> bool {
    let tree = &reader.tree;
    tree.xpos(token) == Xpos::Vb && tree.rel(token) == Deprel::Xcomp && tree.child(token, Deprel::Mark).is_some()
}

/// "not a member", "no longer an ally", "former ally", "will lead".
fn is_denied(reader: &Reader<'_>, token: usize) -> bool {
    reader.tree.children(token).any(|c| {
        let past = matches!(reader.reference.mark(reader.tree.lower(c)), Some(Mark::Past | Mark::Future));
        let negative = reader.tree.rel(c) == Deprel::Advmod
            && reader.tree.grammar.has(Closed::Denial, reader.tree.lemma(c))
            || reader.tree.rel(c) == Deprel::Det && reader.tree.is(c, Closed::No)
            || reader.tree.is(c, Closed::NoMore);
        past || negative || reader.tree.doc.tokens[c].xpos == Xpos::Md
    })
}

/// The mentions at the places where an end of a link may stand, of its types; coordinated ones together.
fn ends(reader: &Reader<'_>, token: usize, link: &Link, places: &[End], types: &[EntityType]) -> Vec<usize> {
    let mut out = Vec::new();
    for place in places {
        for found in end_tokens(reader, token, link.pos, place) {
            for conjunct in together(reader, token, found, link.pos) {
                let mention =
                    mention_at(reader, conjunct, types).or_else(|| name_beside(reader, conjunct, link.pos, types));
                let mention = mention.filter(|&m| link.pos != LinkPos::Preposition || is_name(reader, m, link));
                // Who leads a country's delegation does not lead the country.
                out.extend(mention.filter(|&m| !reader.tree.is(reader.mentions[m].head, Closed::Delegates)));
            }
        }
        if !out.is_empty() {
            break;
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The phrases coordinated with an end of a link. A title in the plural is borne by all of them; what stands behind a
/// preposition or before a singular noun is one, or the first of several.
fn together(reader: &Reader<'_>, trigger: usize, found: usize, pos: LinkPos) -> Vec<usize> {
    let plural = pos == LinkPos::Noun && reader.tree.is_plural(trigger);
    let first = reader.tree.first_conjunct(found) == found;
    let many = plural || first && (found > trigger || pos == LinkPos::Verb);
    if many {
        return reader.tree.conjuncts(found);
    }
    // "Brazoria, Galveston and Harris in Texas"
    let place = |t: usize| reader.at[t].is_some_and(|m| reader.mentions[m].entity_type == EntityType::Place);
    let listed = pos == LinkPos::Preposition && found < trigger && place(found);
    let alone = |t: &usize| {
        *t == found || place(*t) && (reader.tree.case(*t).is_none() || reader.tree.first_conjunct(*t) == *t)
    };
    if listed && reader.tree.case(found).is_none_or(|_| first) {
        return reader.tree.conjuncts(found).into_iter().filter(alone).collect();
    }
    vec![found]
}

/// Whether a mention names, as a preposition between names wants it; places may be described, and bodies to which somebody
/// belongs. "Iraqi forces in Mosul" only happen to be there.
fn is_name(reader: &Reader<'_>, mention: usize, link: &Link) -> bool {
    let m = &reader.mentions[mention];
    let named = || m.entities.iter().all(|&e| reader.registry.entities[e].named);
    // A militia is where its fighters are; an army's are sent there.
    let militia = || m.entities.iter().all(|&e| reader.registry.kind(e) == "armed-group");
    let stays = link.predicate == *"affiliatedWith" || link.predicate == *"locatedIn" && militia();
    let described = m.entity_type == EntityType::Place || stays && named();
    m.form == Form::Name || m.form == Form::Description && described
}

fn mention_at(reader: &Reader<'_>, token: usize, types: &[EntityType]) -> Option<usize> {
    let number = reader.at[token]?;
    let m = &reader.mentions[number];
    ((m.head == token || m.tokens.contains(token)) && types.contains(&m.entity_type) && m.entities.len() == 1)
        .then_some(number)
}

/// "the London-based firm Acme", "Diver Jane Doe of Oslo": the name that a noun which names nobody itself stands by.
fn name_beside(reader: &Reader<'_>, token: usize, pos: LinkPos, types: &[EntityType]) -> Option<usize> {
    let tree = &reader.tree;
    if reader.at[token].is_some() || !tree.is_nominal(token) {
        return None;
    }
    // What a preposition hangs on is the noun's own, not that of an apposition to it.
    let beside = |rel: Deprel| pos != LinkPos::Preposition && matches!(rel, Deprel::Appos | Deprel::NmodDesc);
    let below = tree.children(token).filter(|&c| tree.rel(c) == Deprel::Flat || beside(tree.rel(c)));
    let above = tree.head(token).filter(|_| beside(tree.rel(token)));
    below.chain(above).find_map(|t| mention_at(reader, t, types)).filter(|&m| reader.mentions[m].form == Form::Name)
}

fn end_tokens(reader: &Reader<'_>, token: usize, pos: LinkPos, end: &End) -> Vec<usize> {
    let tree = &reader.tree;
    let children =
        |wanted: &[Deprel]| tree.children(token).filter(|&c| wanted.contains(&tree.rel(c))).collect::<Vec<_>>();
    match end {
        End::Bearer if pos == LinkPos::Preposition => before_preposition(reader, token).into_iter().collect(),
        End::Patient if pos == LinkPos::Preposition => tree.head(token).map(|n| whole(reader, n)).into_iter().collect(),
        End::Bearer => bearers(reader, token, pos),
        End::Possessor => possessors(reader, token),
        End::Modifier => {
            children(&[Deprel::Compound, Deprel::Amod, Deprel::NmodDesc]).into_iter().filter(|&c| c < token).collect()
        }
        End::Agent => agents(reader, token),
        End::Patient => patients(reader, token),
        End::Preposition(word) => with_preposition(reader, token, |p| reader.tree.lower(p) == word),
    }
}

/// "Ali Veli at the Institute said", "held at the Shipyard in Gdansk": the name before a preposition that the parse hangs on
/// the verb, where the verb comes after both or the name is a site itself.
fn name_before(reader: &Reader<'_>, token: usize) -> Option<usize> {
    let tree = &reader.tree;
    let noun = tree.head(token).filter(|&n| tree.rel(n) == Deprel::Obl)?;
    let before = token.checked_sub(1).filter(|&t| tree.sentence(token).contains(t))?;
    let comma = tree.lower(before) == ",";
    let m = &reader.mentions[reader.at[before.checked_sub(usize::from(comma))?]?];
    let verb = tree.head(noun)?;
    let at = tree.case(m.head).is_some_and(|c| tree.is(c, Closed::Venue));
    let site = m.entity_type == EntityType::Place || at && tree.rel(m.head) == Deprel::Obl;
    let ends = m.tokens.end + usize::from(comma) == token && m.form == Form::Name;
    (ends && (site || !comma && (verb > noun || m.tokens.contains(verb)))).then_some(m.head)
}

/// The noun that a preposition's noun hangs on; "Jane Doe, 50, of Izmir" hangs it on the age.
fn before_preposition(reader: &Reader<'_>, token: usize) -> Option<usize> {
    if let Some(name) = name_before(reader, token) {
        return Some(name);
    }
    let head = reader.tree.head(reader.tree.head(token)?)?;
    if reader.tree.upos(head) == Upos::Num { reader.tree.head(head) } else { Some(head) }
}

/// "the southern part of Syria", "the heart of Aleppo": the place that a noun for a part of it is part of.
fn whole(reader: &Reader<'_>, noun: usize) -> usize {
    let tree = &reader.tree;
    let part = reader.at[noun].is_none() && reader.reference.mark(tree.lower(noun)) == Some(Mark::Filler);
    let of = || with_preposition(reader, noun, |p| reader.tree.is(p, Closed::Genitive)).into_iter().next();
    if part { of().unwrap_or(noun) } else { noun }
}

/// Who owns a noun; where the parse takes it as part of the name beside it, who owns that: "its main ally Turkey".
fn possessors(reader: &Reader<'_>, token: usize) -> Vec<usize> {
    let tree = &reader.tree;
    let part = matches!(tree.rel(token), Deprel::Compound | Deprel::NmodDesc | Deprel::Amod);
    let nouns = [Some(token), tree.head(token).filter(|_| part)];
    nouns.into_iter().flatten().filter_map(|n| tree.child(n, Deprel::NmodPoss)).collect()
}

/// "The U.S., Russia and France — the members of": an apposition that the parse takes for one more of the list.
fn dashed(reader: &Reader<'_>, token: usize) -> Vec<usize> {
    let tree = &reader.tree;
    let before = tree.noun_phrase(token).start.checked_sub(1).filter(|&t| tree.sentence(token).contains(t));
    let dash = before.is_some_and(|t| matches!(tree.doc.word(t), "—" | "–" | "--" | "-"));
    let listed = tree.rel(token) == Deprel::Conj && tree.child(token, Deprel::Cc).is_none();
    if dash && listed { tree.conjuncts(token).into_iter().filter(|&c| c != token).collect() } else { Vec::new() }
}

/// Of a noun: its apposition either way, the subject it is said of, a name beside it.
fn bearers(reader: &Reader<'_>, token: usize, pos: LinkPos) -> Vec<usize> {
    let dashed = dashed(reader, token);
    if !dashed.is_empty() {
        return dashed;
    }
    let tree = &reader.tree;
    let mut out = Vec::new();
    let first = tree.first_conjunct(token);
    let copula = tree.child(first, Deprel::Cop).is_some();
    if let Some(head) = tree.head(first) {
        let beside = match tree.rel(first) {
            Deprel::Appos | Deprel::Parataxis => tree.is_nominal(head),
            Deprel::Compound | Deprel::NmodDesc | Deprel::Flat => head > token,
            Deprel::Amod | Deprel::Acl | Deprel::AclRelcl => {
                pos == LinkPos::Adjective || tree.rel(first) == Deprel::AclRelcl
            }
            _ => false,
        };
        out.extend(beside.then_some(head));
    }
    out.extend(tree.children(first).filter(|&c| match tree.rel(c) {
        Deprel::Appos => !tree.is_one_of_many(c, first),
        Deprel::Nsubj | Deprel::NsubjOuter => copula || pos == LinkPos::Adjective,
        Deprel::NsubjPass => pos == LinkPos::Adjective,
        Deprel::Compound | Deprel::Flat | Deprel::NmodDesc => c > token,
        _ => false,
    }));
    // "Turkey, Azerbaijan's main ally": a comma does what the parse may miss.
    if out.is_empty() {
        out.extend(before_comma(reader, token));
    }
    out
}

fn before_comma(reader: &Reader<'_>, token: usize) -> Option<usize> {
    let start = reader.tree.noun_phrase(token).start;
    let comma = start.checked_sub(1).filter(|&t| reader.tree.sentence(token).contains(t))?;
    if !matches!(reader.tree.doc.word(comma), "," | "—" | "–" | "--") {
        return None;
    }
    let number = reader.at[comma.checked_sub(1)?]?;
    let m = &reader.mentions[number];
    (m.tokens.end == comma && reader.tree.rel(m.head) != Deprel::Conj && m.form == Form::Name).then_some(m.head)
}

/// The verb's subject, its own or that of the verb it is coordinated with or hangs on.
fn agents(reader: &Reader<'_>, token: usize) -> Vec<usize> {
    let tree = &reader.tree;
    if is_passive(reader, token) {
        return with_preposition(reader, token, |p| reader.tree.is(p, Closed::Agent)).into_iter().take(1).collect();
    }
    subject(reader, token, Deprel::Nsubj)
        .or_else(|| (tree.rel(token) == Deprel::AclRelcl).then(|| tree.head(token)).flatten())
        .into_iter()
        .collect()
}

fn subject(reader: &Reader<'_>, token: usize, wanted: Deprel) -> Option<usize> {
    let tree = &reader.tree;
    let mut verb = token;
    for _ in 0..4 {
        if let Some(s) = tree.child(verb, wanted) {
            let relative = tree.upos(s) == Upos::Pron && tree.rel(verb) == Deprel::AclRelcl && reader.at[s].is_none();
            return if relative { tree.head(verb) } else { Some(s) };
        }
        match (tree.rel(verb), tree.head(verb)) {
            (Deprel::Conj | Deprel::Xcomp, Some(h)) => verb = h,
            _ => return None,
        }
    }
    None
}

fn is_passive(reader: &Reader<'_>, token: usize) -> bool {
    let tree = &reader.tree;
    let by = tree.doc.tokens[token].xpos == Xpos::Vbn && tree.child(token, Deprel::OblAgent).is_some();
    if by && tree.child(token, Deprel::Nsubj).is_none() {
        return true;
    }
    let first = tree.first_conjunct(token);
    let marked = |t: usize| {
        tree.doc.tokens[t].morph.passive
            || tree.child(t, Deprel::AuxPass).is_some()
            || tree.child(t, Deprel::NsubjPass).is_some()
    };
    let participle = |t: usize| {
        tree.doc.tokens[t].xpos == Xpos::Vbn && matches!(tree.rel(t), Deprel::Acl | Deprel::Amod | Deprel::Advcl)
    };
    marked(token)
        || participle(token)
        || token != first && tree.doc.tokens[token].xpos == Xpos::Vbn && (marked(first) || participle(first))
}

/// The verb's object; in the passive its subject, or the noun that the participle stands by.
fn patients(reader: &Reader<'_>, token: usize) -> Vec<usize> {
    let tree = &reader.tree;
    if !is_passive(reader, token) {
        return tree.child(token, Deprel::Obj).into_iter().collect();
    }
    let first = tree.first_conjunct(token);
    let by_subject = subject(reader, token, Deprel::NsubjPass).or_else(|| subject(reader, first, Deprel::NsubjPass));
    let noun = || {
        matches!(tree.rel(first), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod | Deprel::Advcl)
            .then(|| modified(reader, first))
            .flatten()
    };
    by_subject.or_else(noun).or_else(|| shared_patient(reader, token)).into_iter().collect()
}

/// "the group, set up by A and chaired by B": the noun of the participle before a conjunction, whatever the parse.
fn shared_patient(reader: &Reader<'_>, token: usize) -> Option<usize> {
    let tree = &reader.tree;
    let start = tree.sentence(token).start;
    token.checked_sub(1).filter(|&t| t >= start && tree.upos(t) == Upos::Cconj)?;
    let participle = |t: &usize| tree.doc.tokens[*t].xpos == Xpos::Vbn && tree.rel(*t) == Deprel::Acl;
    (start..token).rev().find(participle).and_then(|t| modified(reader, t))
}

/// The noun that a participle stands by: "the powers, among them the Minsk Group, set up by A" is about the name right before
/// it where the noun that the parse takes names nobody.
fn modified(reader: &Reader<'_>, participle: usize) -> Option<usize> {
    let tree = &reader.tree;
    let head = tree.head(participle)?;
    let comma = participle.checked_sub(1).filter(|&t| tree.lower(t) == ",");
    let number = comma.and_then(|t| t.checked_sub(1)).and_then(|t| reader.at[t]).filter(|_| reader.at[head].is_none());
    let nearest = number.map(|n| &reader.mentions[n]).filter(|m| m.form == Form::Name && Some(m.tokens.end) == comma);
    Some(nearest.map_or(head, |m| m.head))
}

fn with_preposition(reader: &Reader<'_>, token: usize, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let tree = &reader.tree;
    let nominal = |c: &usize| matches!(tree.rel(*c), Deprel::Nmod | Deprel::Obl | Deprel::OblAgent | Deprel::NmodDesc);
    tree.children(token).filter(nominal).filter(|&c| tree.case(c).is_some_and(&is_wanted)).collect()
}

/// "Barda, Azerbaijan", "Azerbaijan's Barda", "the Azerbaijani city of Barda", "a village in Barda".
fn located(reader: &mut Reader<'_>, mention: usize) {
    let m = &reader.mentions[mention];
    if m.entity_type != EntityType::Place || m.entities.len() != 1 || m.form == Form::Pronoun {
        return;
    }
    let (tokens, head) = (m.tokens, m.head);
    constituency(reader, mention);
    seat_of_next(reader, mention);
    let sites = [after_comma(reader, tokens), owner_before(reader, tokens, head)];
    for (site, trigger, rule, confidence) in sites.into_iter().flatten() {
        let other = &reader.mentions[site];
        if let (&[entity], site_tokens) = (&other.entities[..], other.tokens) {
            reader.fact(rule, "locatedIn", mention, entity, site_tokens, trigger, confidence);
            lend_country(reader, mention, entity);
        }
    }
}

/// "Paris AFP": the town before the name of a newsroom.
fn seat_of_next(reader: &mut Reader<'_>, place: usize) {
    let m = &reader.mentions[place];
    let tokens = m.tokens;
    let Some(house) = reader.at.get(tokens.end).copied().flatten() else { return };
    let h = &reader.mentions[house];
    let media = h.entities.len() == 1 && reader.registry.kind(h.entities[0]) == "media";
    let apart = h.tokens.start == tokens.end && reader.tree.sentence(tokens.start).contains(tokens.end);
    let free = reader.tree.case(m.head).is_none() && m.form == Form::Name && h.form == Form::Name;
    if let (&[entity], true) = (&m.entities[..], media && apart && free) {
        reader.fact("locatedIn/seat", "locatedIn", house, entity, tokens, tokens, 0.65);
    }
}

/// "Sam Doe, D-Ohio,", "Sen. Sam Doe (R-Utah)": the place that somebody is elected for.
fn constituency(reader: &mut Reader<'_>, place: usize) {
    let m = &reader.mentions[place];
    let (&[entity], tokens) = (&m.entities[..], m.tokens) else { return };
    let first = reader.tree.sentence(tokens.start).start;
    let Some(letter) = letter_before(&reader.tree, tokens.start).filter(|&t| t > first) else { return };
    let Some(person) = (letter - 1).checked_sub(1).and_then(|t| reader.at[t]) else { return };
    let p = &reader.mentions[person];
    if p.entity_type == EntityType::Person && p.form == Form::Name && p.tokens.end == letter - 1 {
        let trigger = TokenRange::new(letter, letter + 1);
        reader.fact("locatedIn/constituency", "locatedIn", person, entity, tokens, trigger, 0.75);
    }
}

/// A place without a country lies in that of the state or place it is said to lie in.
fn lend_country(reader: &mut Reader<'_>, mention: usize, outer: usize) {
    let inner = reader.mentions[mention].entities[0];
    if reader.registry.entities[inner].country.is_none() {
        reader.registry.entities[inner].country = reader.registry.entities[outer].country.clone();
    }
}

/// "Coast Guard Center, Petaluma, Calif.": a body or building before a town with its region.
fn addresses(reader: &mut Reader<'_>) {
    let towns: Vec<(usize, TokenRange)> =
        reader.facts.iter().filter(|f| f.rule == *COMMA).map(|f| (f.subject, f.subject_tokens)).collect();
    for (town, tokens) in towns {
        let first = reader.tree.sentence(tokens.start).start;
        let Some(comma) = tokens.start.checked_sub(1).filter(|&t| t > first && reader.tree.lower(t) == ",") else {
            continue;
        };
        let Some(house) = reader.at[comma - 1] else { continue };
        let m = &reader.mentions[house];
        let sort = matches!(m.entity_type, EntityType::Organization | EntityType::Place);
        let ends = m.tokens.end == comma && m.form == Form::Name && m.entities.len() == 1;
        let listed = reader.tree.rel(m.head) == Deprel::Conj || lies_in(reader, m.entities[0], town) == Some(false);
        if sort && ends && !listed {
            reader.fact(COMMA, "locatedIn", house, town, tokens, TokenRange::new(comma, comma + 1), 0.65);
        }
    }
}

/// "of Bethany, Conn.": what lies in a place lies in what that place is said to lie in right after.
fn chained(reader: &mut Reader<'_>) {
    let comma = |f: &&super::Fact| f.rule == *COMMA;
    let outer: BTreeMap<usize, (usize, TokenRange)> =
        reader.facts.iter().filter(comma).map(|f| (f.subject_tokens.start, (f.object, f.object_tokens))).collect();
    let located = |f: &&super::Fact| f.predicate == *"locatedIn";
    let more: Vec<super::Fact> = reader
        .facts
        .iter()
        .filter(located)
        .filter_map(|f| {
            let &(object, object_tokens) = outer.get(&f.object_tokens.start)?;
            let confidence = f.confidence * 0.95;
            (object != f.subject).then(|| super::Fact { object, object_tokens, confidence, ..f.clone() })
        })
        .collect();
    reader.facts.extend(more);
}

const COMMA: &str = "locatedIn/comma";

/// Another mention, the words between, the rule and how sure it is.
type Site = (usize, TokenRange, &'static str, f64);

fn site_at(reader: &Reader<'_>, token: usize) -> Option<usize> {
    let number = reader.at.get(token).copied().flatten()?;
    let site = matches!(reader.mentions[number].entity_type, EntityType::State | EntityType::Place);
    (site && reader.mentions[number].entities.len() == 1).then_some(number)
}

fn after_comma(reader: &Reader<'_>, tokens: TokenRange) -> Option<Site> {
    let comma = tokens.end;
    let sentence = reader.tree.sentence(tokens.start);
    if comma + 1 >= sentence.end || reader.tree.lower(comma) != "," {
        return None;
    }
    // "Barda, central Azerbaijan"
    let direction = |t: &usize| reader.reference.mark(reader.tree.lower(*t)) == Some(Mark::Filler);
    let begins = |t: usize| site_at(reader, t).is_some_and(|s| reader.mentions[s].tokens.start == t);
    let skipped = |t: &usize| direction(t) || reader.tree.lower(*t) == "-";
    let first = (comma + 1..sentence.end.min(comma + 4)).find(|t| begins(*t) || !skipped(t))?;
    let whole = |m: &super::Mention| {
        m.tokens.start == first && m.form == Form::Name && !m.tokens.range().any(|t| is_body_noun(reader, t))
    };
    let site = site_at(reader, first).filter(|&s| whole(&reader.mentions[s]))?;
    let end = reader.mentions[site].tokens.end;
    let sibling = reader.tree.rel(reader.mentions[site].head) == Deprel::Conj;
    let listed = end < sentence.end && (reader.tree.is(end, Closed::Coordinator));
    let (inner, outer) = (reader.entity_at(tokens.start)?, reader.mentions[site].entities[0]);
    let borne_out = lies_in(reader, inner, outer);
    let unknown = reader.registry.info[outer].known.is_none();
    let (next, role) = (reader.tree.upos(end.min(sentence.end - 1)), reader.tree.role(reader.mentions[site].head));
    let closed = end >= sentence.end || next == Upos::Punct;
    // "Born in Athens, Smith went": a name that no table knows may be anything, unless it is set off like a region.
    let subject = matches!(role, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Parataxis | Deprel::Root);
    let doubtful = subject || unknown && !closed;
    // "in Baku, Yerevan and Tbilisi" is a list; a place with its own state or region is not.
    if borne_out == Some(false)
        || sibling && listed && lies_in_other_region(reader, inner, outer)
        || borne_out.is_none() && (sibling || listed || doubtful)
        || reader.mentions[site].form == Form::Demonym
    {
        return None;
    }
    let confidence = if borne_out == Some(true) { 0.9 } else { 0.65 };
    Some((site, TokenRange::new(comma, comma + 1), COMMA, confidence))
}

/// "U.S. officials", "Ankara government": a state that acts, not where something lies.
fn is_body_noun(reader: &Reader<'_>, token: usize) -> bool {
    !reader.lookup.organization(&[reader.tree.lower(token)]).is_empty()
}

/// Whether the tables have a place in another first-level region than one that it may be listed with: "Arusha, Kilimanjaro and Manyara".
fn lies_in_other_region(reader: &Reader<'_>, inner: usize, outer: usize) -> bool {
    let known = |e: usize| reader.registry.info[e].known.map(|k| reader.lookup.names.known(k));
    let both = known(inner).zip(known(outer));
    both.is_some_and(|(a, b)| b.kind == "region" && !a.region.is_empty() && a.region != b.label)
}

/// Whether the tables know that a place lies in another or in a state; nothing where they do not know the place.
fn lies_in(reader: &Reader<'_>, inner: usize, outer: usize) -> Option<bool> {
    let (a, b) = (&reader.registry.entities[inner], &reader.registry.entities[outer]);
    let known = reader.registry.info[inner].known.is_some() && reader.registry.info[outer].known.is_some();
    let size = |e: usize| match (reader.registry.entity_type(e), reader.registry.entities[e].kind.as_deref()) {
        _ if reader.registry.world_region(e).is_some() => Some(5),
        (EntityType::State, _) => Some(4),
        (_, Some("region" | "island")) => Some(3),
        (_, Some("district")) => Some(2),
        (_, Some("city" | "town" | "village")) => Some(1),
        (_, Some("building" | "road" | "camp")) => Some(0),
        _ => None,
    };
    if size(inner).zip(size(outer)).is_some_and(|(a, b)| a >= b) {
        return Some(false);
    }
    // A town told from its namesake by the region beside it has that region's country.
    let told = reader.registry.info[inner].known.is_none() && a.country.is_some() && a.country == b.country;
    if told && reader.registry.info[outer].known.is_some() {
        return Some(true);
    }
    if !known || a.country.is_none() {
        return None;
    }
    Some(a.country == b.country)
}

fn owner_before(reader: &Reader<'_>, tokens: TokenRange, head: usize) -> Option<Site> {
    let start = tokens.start.min(reader.tree.noun_phrase(head).start);
    let sentence = reader.tree.sentence(tokens.start);
    let mut at = tokens.start;
    // Back over "city of", adjectives and the possessive mark to the owner's name.
    for _ in 0..5 {
        let previous = at.checked_sub(1).filter(|&p| p >= sentence.start)?;
        let own = reader.at[head];
        if let Some(site) = site_at(reader, previous).filter(|&s| Some(s) != own) {
            let m = &reader.mentions[site];
            let possessive = is_possessive_mark(reader.tree.lower(m.tokens.end));
            let adjective = m.form == Form::Demonym
                && (at < tokens.start || previous >= start)
                && is_common(reader, m.tokens.end, tokens);
            let rule = if possessive { "locatedIn/possessive" } else { "locatedIn/adjective" };
            return (possessive || adjective).then(|| {
                (site, TokenRange::new(m.tokens.end - 1, m.tokens.end + usize::from(possessive)), rule, 0.85)
            });
        }
        let word = reader.tree.lower(previous);
        let noun = reader.lookup.place(&[word]).is_some();
        let skip = noun
            || reader.tree.is(previous, Closed::Genitive)
            || is_possessive_mark(word)
            || matches!(reader.tree.upos(previous), Upos::Adj | Upos::Num)
            || reader.reference.mark(word) == Some(Mark::Filler);
        if !skip {
            return None;
        }
        at = previous;
    }
    None
}

/// Whether a noun for a sort of place stands between: "the Azerbaijani city of Ganja".
fn is_common(reader: &Reader<'_>, start: usize, tokens: TokenRange) -> bool {
    (start..tokens.start).any(|t| reader.lookup.place(&[reader.tree.lower(t)]).is_some())
        || tokens.range().any(|t| !reader.tree.is_capital(t) && reader.lookup.place(&[reader.tree.lower(t)]).is_some())
}
