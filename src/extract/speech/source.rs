//! Who says it: the subject of a cue wherever it stands, and the noun phrase around its head.

use crate::extract::tree::Tree;
use crate::model::TokenRange;
use crate::seeds::Closed;
use crate::vocab::{Deprel, Upos, Xpos};

/// Governors are followed at most this far in search of a subject.
const CLIMB: usize = 6;

impl Tree<'_> {
    /// The head of the one who does what a verb or adjective says: its subject, that of the verb it is coordinated with
    /// or depends on, or the noun it modifies.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..CLIMB {
            if let Some(subject) = self.own_subject(at) {
                return Some(subject);
            }
            if self.child(at, Deprel::Expl).is_some() {
                return None;
            }
            at = match self.subject_giver(at)? {
                Governor::Noun(noun) => return Some(noun),
                Governor::Verb(verb) => verb,
            };
        }
        None
    }

    /// The subject that hangs on the verb itself; a relative pronoun stands for the noun before its clause.
    pub(super) fn own_subject(&self, verb: usize) -> Option<usize> {
        let is_subject = |&k: &usize| matches!(self.rel(k), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
        let before = self.children(verb).rev().filter(|&k| k < verb).find(is_subject);
        let subject = before.or_else(|| self.children(verb).find(is_subject))?;
        match self.is_relative(subject).then(|| self.relative_head(verb)).flatten() {
            Some(noun) => Some(noun),
            None => Some(subject),
        }
    }

    /// The noun that a relative clause modifies, found from the clause's verb or one coordinated with it.
    pub(super) fn relative_head(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..CLIMB {
            match self.rel(at) {
                Deprel::AclRelcl | Deprel::Acl => return self.head(at),
                _ => at = self.head(at)?,
            }
        }
        None
    }

    pub(super) fn is_relative(&self, token: usize) -> bool {
        matches!(self.xpos(token), Xpos::Wp | Xpos::Wdt) || self.is(token, Closed::Relative)
    }

    fn subject_giver(&self, verb: usize) -> Option<Governor> {
        let head = self.head(verb)?;
        if let Some(above) = self.trailed(verb) {
            return Some(Governor::Verb(above));
        }
        let object = || self.child(head, Deprel::Obj).filter(|&o| o < verb && self.heads_phrase(o));
        // "quoted the minister *as saying*"
        let capacity = self.with(verb, &[Deprel::Mark]).any(|m| self.is(m, Closed::Capacity));
        if let Some(object) = object().filter(|_| capacity && self.xpos(verb) == Xpos::Vbg) {
            return Some(Governor::Noun(object));
        }
        match self.rel(verb) {
            Deprel::Conj | Deprel::Advcl | Deprel::Parataxis | Deprel::Ccomp | Deprel::Dep => {
                let open = self.rel(verb) == Deprel::Conj || !self.is_finite(verb);
                (open && self.is_predicate(head)).then_some(Governor::Verb(head))
            }
            Deprel::Xcomp => Some(object().map_or(Governor::Verb(head), Governor::Noun)),
            Deprel::Acl | Deprel::AclRelcl if self.xpos(verb) == Xpos::Vbg => Some(Governor::Noun(head)),
            _ => None,
        }
    }

    /// Whether a token heads a clause: a verb, or a noun or adjective with a copula.
    pub(super) fn is_predicate(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux) || self.child(token, Deprel::Cop).is_some()
    }

    /// Whether a clause's head is finite by itself or by its auxiliary.
    pub(super) fn is_finite(&self, verb: usize) -> bool {
        let finite = |t: usize| matches!(self.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
        finite(verb)
            || self
                .children(verb)
                .any(|k| matches!(self.rel(k), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) && finite(k))
    }

    /// The phrase of a noun: titles, modifiers, appositions and coordinated nouns, without clauses and final marks.
    pub(super) fn whole_phrase(&self, head: usize) -> TokenRange {
        let start = self.children(head).filter(|&k| k < head && self.belongs(k)).map(|k| self.edges(k).start).min();
        let mut start = start.unwrap_or(head).min(head);
        while start < head && (self.is_punct(start) || self.upos(start) == Upos::Cconj) {
            start += 1;
        }
        let mut end = head + 1;
        for kid in self.children(head).filter(|&k| k > head) {
            match self.rel(kid) {
                Deprel::Punct | Deprel::Case => {}
                _ if self.belongs(kid) && !self.holds_clause(kid) => end = end.max(self.edges(kid).end),
                _ if self.belongs(kid) => {
                    end = end.max(self.whole_phrase(kid).end);
                    break;
                }
                _ => break,
            }
        }
        if self.children(head).any(|k| k == end && self.xpos(k) == Xpos::Pos) {
            return TokenRange::new(start, end);
        }
        while end > head + 1 && self.is_punct(end - 1) && self.xpos(end - 1) != Xpos::CloseBracket {
            end -= 1;
        }
        TokenRange::new(start, end)
    }

    fn holds_clause(&self, token: usize) -> bool {
        self.edges(token).range().any(|t| matches!(self.rel(t), Deprel::AclRelcl | Deprel::Parataxis | Deprel::Ccomp))
    }

    fn belongs(&self, kid: usize) -> bool {
        match self.rel(kid) {
            Deprel::Case | Deprel::Cc | Deprel::Mark | Deprel::Punct | Deprel::Cop | Deprel::Aux => false,
            Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::AdvclRelcl | Deprel::Parataxis => false,
            Deprel::Ccomp | Deprel::Xcomp | Deprel::Discourse | Deprel::Vocative | Deprel::Nsubj | Deprel::Csubj => {
                false
            }
            Deprel::Conj => !self.is_predicate(kid),
            _ => true,
        }
    }

    /// The one named by "by …" below a passive, or below a phrase that follows it.
    pub(super) fn agent(&self, verb: usize) -> Option<usize> {
        let phrase = |k: usize| matches!(self.rel(k), Deprel::Obl | Deprel::OblAgent | Deprel::Nmod);
        let phrases: Vec<usize> = self.children(verb).filter(|&k| k > verb && phrase(k)).collect();
        let below = phrases.iter().flat_map(|&k| self.children(k)).filter(|&k| phrase(k));
        phrases.iter().copied().chain(below).find(|&k| self.has_case(k, |c| self.is(c, Closed::Agent)))
    }

    /// Whether a noun stands under such a preposition.
    pub(super) fn has_case(&self, noun: usize, is_wanted: impl Fn(usize) -> bool) -> bool {
        self.children(noun).any(|k| matches!(self.rel(k), Deprel::Case | Deprel::Mark) && k < noun && is_wanted(k))
    }
}

enum Governor {
    Verb(usize),
    Noun(usize),
}

impl Tree<'_> {
    /// The subject behind its verb after a quotation or a clause: "…," said the minister.
    pub(super) fn inverted_subject(&self, verb: usize) -> Option<usize> {
        let sentence = self.sentence(verb);
        let next = verb + 1;
        if next >= sentence.end || !self.is_finite(verb) || self.is(next, Closed::That) {
            return None;
        }
        if !matches!(self.upos(next), Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Pron | Upos::Num) {
            return None;
        }
        let behind =
            |&k: &usize| k > verb && self.edges(k).start == next && self.heads_phrase(k) && !self.is_predicate(k);
        let child = self.children(verb).find(behind);
        let noun = child.or_else(|| self.phrase_head(next, next, sentence.end))?;
        let end = self.whole_phrase(noun).end;
        let own_clause =
            end < sentence.end && matches!(self.upos(end), Upos::Verb | Upos::Aux | Upos::Adv | Upos::Part);
        (!own_clause && end - next < 40).then_some(noun)
    }

    /// The noun right before a verb, across auxiliaries, adverbs and an apposition's last comma.
    pub(super) fn noun_before(&self, verb: usize, start: usize) -> Option<usize> {
        let mut at = verb;
        while at > start {
            at -= 1;
            let skip = matches!(self.upos(at), Upos::Adv | Upos::Aux | Upos::Part)
                || matches!(self.doc.word(at), "," | ")" | "—" | "–");
            if !skip {
                return self.phrase_head(at, start, verb);
            }
        }
        None
    }

    /// The topmost noun above a token, within bounds.
    fn phrase_head(&self, token: usize, start: usize, end: usize) -> Option<usize> {
        let within = |t: usize| start <= t && t < end;
        let mut at = token;
        for _ in 0..CLIMB {
            let up = self.head(at).filter(|&h| within(h));
            let over = |h: usize| {
                if self.heads_phrase(h) {
                    Some(h)
                } else {
                    self.head(h).filter(|&g| within(g) && g < h && self.heads_phrase(g))
                }
            };
            match up.and_then(over).filter(|&h| !self.is_predicate(h)) {
                Some(head) => at = head,
                None => break,
            }
        }
        (self.heads_phrase(at) && !self.is_predicate(at) && !self.is_relative(at)).then_some(at)
    }

    /// Whether a finite verb or auxiliary stands between two places.
    pub(super) fn verb_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|t| matches!(self.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
    }
}
