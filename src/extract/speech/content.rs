//! What is said: the words that a cue's complement covers.

use super::lexicon::{Kind, SpeechLexicon, Take};
use crate::extract::tree::Tree;
use crate::model::TokenRange;
use crate::seeds::Closed;
use crate::vocab::{Deprel, Upos, Xpos};

/// A complement that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The words, in up to two ranges around the cue.
    pub content: Vec<TokenRange>,
    /// One past the last token that belongs to the cue, as "for" in "called for".
    pub cue_end: usize,
    /// Whether the subject is part of the content, so that it cannot be the source.
    pub takes_subject: bool,
}

impl Found {
    fn new(content: TokenRange, cue_end: usize) -> Option<Found> {
        (!content.is_empty()).then(|| Found { content: vec![content], cue_end, takes_subject: false })
    }
}

impl Tree<'_> {
    /// The complement of one kind, if the cue has it. `end` is one past the cue's own words.
    pub(super) fn complement(&self, cue: usize, end: usize, take: &Take, lexicon: &SpeechLexicon) -> Option<Found> {
        let passive = self.upos(cue) == Upos::Verb && self.is_passive(cue);
        match &take.kind {
            Kind::Quote | Kind::Hearer | Kind::Medium => None,
            Kind::Seeming => self.raised(cue, end, false).filter(|_| !passive),
            Kind::Raising => self.raised(cue, end, true).filter(|_| passive),
            Kind::Clause => self.said_clause(cue, end, lexicon),
            Kind::Gerund => self.below(cue, end, |t, k| t.xpos(k) == Xpos::Vbg && t.is_clausal(k)),
            Kind::Infinitive if take.object => {
                self.object_and(cue, end, passive, |t, o| t.infinitive(cue).or(t.infinitive(o)))
            }
            Kind::Infinitive => self.below(cue, end, |t, k| t.is_clausal(k) && t.has_to(k)),
            Kind::Claim => self
                .object(cue, end, passive)
                .filter(|(o, _)| lexicon.is_claim(self.lemma(*o)) || self.upos(*o) == Upos::Pron)
                .map(|f| f.1),
            Kind::Plain => self.object(cue, end, passive).map(|f| f.1),
            Kind::Predicate => self.predicate(cue, end, passive),
            Kind::Preposition(word) if take.object => {
                self.object_and(cue, end, passive, |t, o| t.phrase(cue, word).or(t.phrase(o, word)))
            }
            Kind::Preposition(word) => self.prepositional(cue, end, word),
            Kind::Asking(word) => self.asking(cue, end, word),
        }
    }

    fn is_clausal(&self, token: usize) -> bool {
        matches!(
            self.rel(token),
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl | Deprel::Obj | Deprel::Acl | Deprel::Dep
        )
    }

    fn has_to(&self, token: usize) -> bool {
        self.children(token).any(|k| k < token && self.xpos(k) == Xpos::To && self.upos(k) == Upos::Part)
    }

    fn infinitive(&self, governor: usize) -> Option<usize> {
        self.children(governor).find(|&k| k > governor && self.is_clausal(k) && self.has_to(k))
    }

    /// The first child after the cue that fits.
    fn below(&self, cue: usize, end: usize, fits: impl Fn(&Self, usize) -> bool) -> Option<Found> {
        let kid = self.children(cue).find(|&k| k >= end && fits(self, k))?;
        let hull = self.edges(kid);
        Found::new(self.trimmed(TokenRange::new(hull.start.max(end), hull.end)), end)
    }

    /// A clause after the cue, before it, or around it.
    fn said_clause(&self, cue: usize, end: usize, lexicon: &SpeechLexicon) -> Option<Found> {
        if let Some(after) = self.clause_after(cue, end, lexicon) {
            let content = match self.stray_subject(cue) {
                Some(subject) => self.parts(&[self.edges(subject), after]),
                None => vec![after],
            };
            return (!after.is_empty()).then_some(Found { content, cue_end: end, takes_subject: false });
        }
        let content =
            self.inverted(cue, end).or_else(|| self.clause_before(cue)).or_else(|| self.clause_around(cue, end))?;
        (!content.is_empty()).then_some(Found { content, cue_end: end, takes_subject: false })
    }

    /// "…, while officials said one man was killed": read as if the saying hung on what is said, which stands behind it.
    fn inverted(&self, cue: usize, end: usize) -> Option<Vec<TokenRange>> {
        let said = self.head(cue).filter(|&h| h >= end && self.rel(cue) == Deprel::Advcl && self.is_predicate(h))?;
        let own = self.own_subject(cue).is_some() && self.edges(cue).end <= end;
        own.then(|| vec![self.trimmed(TokenRange::new(end, self.edges(said).end))])
    }

    fn clause_after(&self, cue: usize, end: usize, lexicon: &SpeechLexicon) -> Option<TokenRange> {
        let after = |k: &usize| *k >= end;
        let kid = self.children(cue).filter(after).find(|&k| self.is_said_clause(k)).or_else(|| {
            let parataxis = |&k: &usize| self.rel(k) == Deprel::Parataxis && self.is_predicate(k);
            self.children(cue).filter(after).find(parataxis)
        });
        let kid = kid.or_else(|| self.stray_clause(cue, end, lexicon))?;
        let hull = self.edges(kid);
        let start = self.misread_subject(cue, end, kid, lexicon).unwrap_or(hull.start);
        Some(self.trimmed(TokenRange::new(start.max(end), self.reach(cue, hull.end))))
    }

    /// Where the subject of the clause begins if the parse has made it the cue's object: "said two missiles had hit".
    fn misread_subject(&self, cue: usize, end: usize, clause: usize, lexicon: &SpeechLexicon) -> Option<usize> {
        let own = self.with(clause, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Mark]).next();
        if own.is_some() || lexicon.has_hearer(self.lemma(cue)) {
            return None;
        }
        let first = self.children(cue).find(|&k| k >= end && k < clause)?;
        let fits =
            matches!(self.rel(first), Deprel::Obj | Deprel::Nsubj | Deprel::Iobj) && self.edges(first).start == end;
        (fits && self.own_subject(cue) != Some(first)).then_some(end)
    }

    /// How far a clause behind its cue goes: on over words that the parse has left out, to the next mark or conjunction,
    /// and over "and that …".
    fn reach(&self, cue: usize, from: usize) -> usize {
        let end = self.sentence(cue).end;
        let mut at = from.min(end);
        while at < end {
            if let Some(that) = self.and_that(at, end) {
                at = that + 1;
            } else if self.is_punct(at) || matches!(self.upos(at), Upos::Cconj | Upos::Sconj | Upos::Adp) {
                break;
            } else {
                at += 1;
            }
        }
        at.max(from)
    }

    /// The "that" of ", and that" at a place.
    fn and_that(&self, at: usize, end: usize) -> Option<usize> {
        let and = (at..end.min(at + 3)).find(|&t| !self.is_punct(t)).filter(|&t| self.upos(t) == Upos::Cconj)?;
        (and + 1 < end && self.is(and + 1, Closed::That)).then_some(and + 1)
    }

    /// "The raid, he said, had failed": read as a second subject of "said", it belongs to what is said.
    fn stray_subject(&self, cue: usize) -> Option<usize> {
        let mut subjects = self.children(cue).filter(|&k| k < cue && self.rel(k) == Deprel::Nsubj);
        let first = subjects.next()?;
        let end = self.edges(first).end;
        let comma = self.is_word(end, ",") || self.is_word(end - 1, ",");
        subjects.next().filter(|_| comma).map(|_| first)
    }

    fn is_said_clause(&self, token: usize) -> bool {
        match self.rel(token) {
            Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => !self.is_afterthought(token),
            Deprel::Acl | Deprel::Advcl => self.is_that_clause(token),
            Deprel::Xcomp => self.own_subject(token).is_some() && !self.has_to(token),
            _ => false,
        }
    }

    /// A participle behind a comma: "…, the ministry said, citing its own sources".
    fn is_afterthought(&self, token: usize) -> bool {
        let start = self.edges(token).start;
        self.xpos(token) == Xpos::Vbg && !self.is_finite(token) && start > 0 && self.doc.word(start - 1) == ","
    }

    fn is_that_clause(&self, token: usize) -> bool {
        let mark = |&k: &usize| self.rel(k) == Deprel::Mark && self.is(k, Closed::That);
        let first = self.edges(token).start;
        let that = self.children(token).find(mark).or(self.is(first, Closed::That).then_some(first));
        that.is_some_and(|t| match self.rel(t) {
            Deprel::Nsubj | Deprel::NsubjPass => false,
            Deprel::Obj => self.xpos(t) != Xpos::Wdt || self.is_spare_that(t),
            _ => true,
        })
    }

    /// A clause with "that" that the parse has hung on a noun between: "wrote in a letter that", "told reporters that".
    fn stray_clause(&self, cue: usize, end: usize, lexicon: &SpeechLexicon) -> Option<usize> {
        let holds =
            |&k: &usize| self.heads_phrase(k) && (self.rel(k) != Deprel::Obj || !lexicon.is_claim(self.lemma(k)));
        let nouns = self.children(cue).filter(|&k| k >= end).filter(holds);
        nouns
            .flat_map(|n| self.children(n))
            .find(|&k| matches!(self.rel(k), Deprel::Acl | Deprel::AclRelcl | Deprel::Ccomp) && self.is_that_clause(k))
    }

    /// Whatever precedes a cue and its subject up to a comma: "Twelve dead in blast, police say".
    pub(super) fn start_of_sentence(&self, cue: usize, end: usize, subject: Option<usize>) -> Option<Found> {
        let start = self.sentence(cue).start;
        let own = subject.filter(|&s| s < cue).map_or(cue, |s| self.whole_phrase(s).start);
        let comma = own > start + 1 && self.is_word(own - 1, ",");
        Found::new(self.trimmed(TokenRange::new(start, own)), end).filter(|_| comma)
    }

    /// Whatever follows a cue to the end of its sentence, if it holds a clause that the parse did not see.
    pub(super) fn rest_of_sentence(&self, cue: usize, end: usize) -> Option<Found> {
        let last = self.sentence(cue).end.max(end);
        let that = (end + 1..last).find(|&t| self.is(t, Closed::That) && self.is_word(t - 1, ","));
        let rest = TokenRange::new(that.unwrap_or(end), last);
        if rest.is_empty() {
            return None;
        }
        let clause = self.verb_between(rest.start, rest.end) && !self.is_punct(rest.start);
        Found::new(self.trimmed(rest), end).filter(|_| clause && self.upos(rest.start) != Upos::Adp)
    }

    /// "…, the ministry said": the clause hangs on the cue and stands before it.
    fn clause_before(&self, cue: usize) -> Option<Vec<TokenRange>> {
        let kid = self.children(cue).rev().find(|&k| k < cue && self.rel(k) == Deprel::Ccomp)?;
        let chunk = self.cue_chunk(cue, kid);
        let start = self.content_start(cue, kid);
        Some(self.parts(&[TokenRange::new(start, chunk.start)]))
    }

    /// "The raid, he said, failed": the cue hangs on the clause.
    fn clause_around(&self, cue: usize, end: usize) -> Option<Vec<TokenRange>> {
        let head = self.head(cue).filter(|_| self.rel(cue) == Deprel::Parataxis)?;
        let chunk = self.edges(cue);
        let chunk = TokenRange::new(chunk.start, chunk.end.max(end));
        let start = self.content_start(head, head);
        let before = TokenRange::new(start, chunk.start.max(start));
        // What a semicolon parts from it is said by somebody else.
        let goes_on = !self.is_word(chunk.end, ";");
        let after = TokenRange::new(chunk.end, if goes_on { self.edges(head).end.max(chunk.end) } else { chunk.end });
        if head > chunk.start && before.len() < 2 {
            return Some(self.parts(&[after]));
        }
        Some(self.parts(&[before, after]))
    }

    /// Where the content before a cue begins: with the sentence if the cue belongs to its main clause.
    fn content_start(&self, governor: usize, content: usize) -> usize {
        let sentence = self.sentence(governor);
        let hull = self.edges(content);
        if self.head(governor).is_none() { sentence.start.min(hull.start) } else { hull.start }
    }

    /// The cue with its subject and whatever else stands between the content and it.
    pub(super) fn cue_chunk(&self, cue: usize, content: usize) -> TokenRange {
        let mut chunk = TokenRange::new(cue, cue + 1);
        for kid in self.children(cue).filter(|&k| k != content && !self.is_punct(k)) {
            let hull = self.edges(kid);
            if hull.start > content && hull.start > self.core_end(content, cue) {
                chunk.start = chunk.start.min(hull.start);
                chunk.end = chunk.end.max(hull.end);
            }
        }
        chunk
    }

    /// The last token of a content that surely belongs to it, seen from a cue behind it.
    fn core_end(&self, content: usize, cue: usize) -> usize {
        let hull = self.edges(content);
        if hull.end <= cue { hull.end - 1 } else { content }
    }

    /// The object of a verb, or the subject of its passive.
    fn object(&self, cue: usize, end: usize, passive: bool) -> Option<(usize, Found)> {
        if passive {
            let subject = self.child(cue, Deprel::NsubjPass).filter(|&s| !self.is_relative(s))?;
            let found = Found { takes_subject: true, ..Found::new(self.trimmed(self.edges(subject)), end)? };
            return Some((subject, found));
        }
        let after = |relation| self.children(cue).find(|&k| k >= end && self.rel(k) == relation);
        let object = after(Deprel::Obj).or_else(|| after(Deprel::Iobj));
        let Some(object) = object else { return self.relative_object(cue, end) };
        let hull = self.edges(object);
        Some((object, Found::new(self.trimmed(TokenRange::new(hull.start.max(end), hull.end)), end)?))
    }

    /// "an allegation that Ankara denies": the object is the noun before the relative clause.
    fn relative_object(&self, cue: usize, end: usize) -> Option<(usize, Found)> {
        let pronoun = self.children(cue).find(|&k| k < cue && self.rel(k) == Deprel::Obj)?;
        let noun = self.relative_head(cue).filter(|_| self.is_relative(pronoun))?;
        Some((noun, Found::new(self.whole_phrase(noun), end)?))
    }

    /// The object together with a phrase that says what of it.
    fn object_and(
        &self,
        cue: usize,
        end: usize,
        passive: bool,
        rest: impl Fn(&Self, usize) -> Option<usize>,
    ) -> Option<Found> {
        let object = self.object(cue, end, passive).or_else(|| self.clausal_object(cue, end));
        let (object, found) = object.or_else(|| self.bare_participle(cue, end))?;
        let passive = passive || found.takes_subject;
        let rest = rest(self, object)?;
        let tail = self.edges(rest);
        let first = found.content[0];
        if passive {
            let content = self.parts(&[first, TokenRange::new(tail.start.max(end), tail.end)]);
            return Some(Found { content, ..found });
        }
        Found::new(self.trimmed(TokenRange::new(first.start, tail.end.max(first.end))), end)
    }

    /// What should be an object but was read as the subject of a clause: "urged them to leave".
    fn clausal_object(&self, cue: usize, end: usize) -> Option<(usize, Found)> {
        let clause = self.children(cue).find(|&k| k >= end && self.rel(k) == Deprel::Ccomp && !self.is_finite(k))?;
        let subject = self.child(clause, Deprel::Nsubj)?;
        Some((subject, Found::new(self.trimmed(self.edges(clause)), end)?))
    }

    /// "Ankara accused of breaking the truce": a headline's passive, without its auxiliary.
    fn bare_participle(&self, cue: usize, end: usize) -> Option<(usize, Found)> {
        let alone = self.with(cue, &[Deprel::Aux, Deprel::Obj, Deprel::Xcomp, Deprel::Ccomp]).next().is_none();
        let phrase = end < self.doc.tokens.len() && matches!(self.upos(end), Upos::Adp | Upos::Sconj);
        let bare = alone && phrase && self.xpos(cue) == Xpos::Vbn;
        let subject = self.child(cue, Deprel::Nsubj).filter(|&s| bare && s < cue && !self.is_relative(s))?;
        let found = Found::new(self.trimmed(self.edges(subject)), end)?;
        Some((subject, Found { takes_subject: true, ..found }))
    }

    fn predicate(&self, cue: usize, end: usize, passive: bool) -> Option<Found> {
        let complement = self
            .children(cue)
            .rev()
            .find(|&k| k >= end && matches!(self.rel(k), Deprel::Xcomp | Deprel::Ccomp) && !self.has_to(k))?;
        let tail = self.edges(complement);
        match self.object(cue, end, passive) {
            Some((_, found)) if passive => {
                let content = self.parts(&[found.content[0], TokenRange::new(tail.start.max(end), tail.end)]);
                Some(Found { content, ..found })
            }
            Some((_, found)) => {
                let start = found.content[0].start;
                Found::new(self.trimmed(TokenRange::new(start, tail.end.max(found.content[0].end))), end)
            }
            None => Found::new(self.trimmed(TokenRange::new(tail.start.max(end), tail.end)), end),
        }
    }

    /// The noun or clause below a governor that stands under this preposition.
    fn phrase(&self, governor: usize, word: &str) -> Option<usize> {
        self.children(governor).find(|&k| k > governor && self.has_case(k, |c| self.is_word(c, word)))
    }

    fn prepositional(&self, cue: usize, end: usize, word: &str) -> Option<Found> {
        let noun = self.phrase(cue, word)?;
        let mark = self.children(noun).find(|&k| self.is_word(k, word))?;
        if mark < end {
            return None;
        }
        let cue_end = if mark <= end + 2 { mark + 1 } else { end };
        Found::new(self.trimmed(TokenRange::new(mark + 1, self.edges(noun).end)), cue_end)
    }

    fn asking(&self, cue: usize, end: usize, word: &str) -> Option<Found> {
        let noun = self.phrase(cue, word)?;
        let mark = self.children(noun).find(|&k| k >= end && self.is_word(k, word))?;
        let verb = self.infinitive(cue).or_else(|| self.infinitive(noun))?;
        let cue_end = if mark <= end + 1 { mark + 1 } else { end };
        Found::new(self.trimmed(TokenRange::new(mark + 1, self.edges(verb).end.max(self.edges(noun).end))), cue_end)
    }

    /// "is believed to have fled", "seems ready": subject and complement are said, nobody is named.
    fn raised(&self, cue: usize, end: usize, passive: bool) -> Option<Found> {
        if self.upos(cue) == Upos::Verb && !passive && self.xpos(cue) == Xpos::Vbn {
            return None;
        }
        let subject = self.with(cue, &[Deprel::NsubjPass, Deprel::Nsubj, Deprel::Expl]).next()?;
        let complement = self
            .children(cue)
            .find(|&k| k >= end && matches!(self.rel(k), Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj))?;
        let tail = self.edges(complement);
        let content = self.parts(&[self.edges(subject), TokenRange::new(tail.start.max(end), tail.end)]);
        (!content.is_empty()).then_some(Found { content, cue_end: end, takes_subject: true })
    }

    /// The ranges that are not empty once trimmed.
    pub(super) fn parts(&self, ranges: &[TokenRange]) -> Vec<TokenRange> {
        ranges.iter().map(|&r| self.trimmed(r)).filter(|r| !r.is_empty()).collect()
    }

    /// Without commas, stops and dashes at the ends; quotation marks and brackets stay.
    pub(super) fn trimmed(&self, range: TokenRange) -> TokenRange {
        let TokenRange { mut start, mut end } = range;
        let loose =
            |t: usize| self.is_punct(t) && matches!(self.doc.word(t), "," | "." | ";" | ":" | "-" | "--" | "—" | "–");
        while start < end && loose(start) {
            start += 1;
        }
        while start < end && loose(end - 1) {
            end -= 1;
        }
        TokenRange::new(start, end)
    }
}

impl Tree<'_> {
    /// "the claim that …".
    pub(super) fn noun_clause(&self, noun: usize, end: usize) -> Option<Found> {
        let clause = self.children(noun).find(|&k| {
            k >= end
                && matches!(self.rel(k), Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl | Deprel::Appos)
                && self.is_that_clause(k)
        })?;
        let hull = self.edges(clause);
        Found::new(self.trimmed(TokenRange::new(hull.start.max(end), hull.end)), end)
    }
}
