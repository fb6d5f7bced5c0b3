//! Cues: verbs, nouns and adjectives of saying and thinking, with their source and what is said.

use super::content::Found;
use super::lexicon::{Class, Entry, Kind, Take};
use super::{Act, Draft, Finder};
use crate::model::TokenRange;
use crate::vocab::{Deprel, Upos, Xpos};

impl Finder<'_> {
    /// The cue that a token begins or heads.
    pub(super) fn cue_at(&self, token: usize) -> Option<Draft> {
        if let Some(draft) = self.preposition(token) {
            return Some(draft);
        }
        match self.tree.upos(token) {
            Upos::Verb => self.verb(token),
            Upos::Noun => self.noun(token),
            Upos::Adj => self.adjective(token),
            Upos::Adv => self.adverb(token),
            _ => None,
        }
    }

    fn verb(&self, verb: usize) -> Option<Draft> {
        let entries = self.matching(Class::Verb, verb);
        let passive = self.tree.is_passive(verb);
        let (entry, end, found) = self.best(verb, &entries)?;
        let source = self.verb_source(verb, passive, &found);
        if !self.is_credible(verb, source, entry, &found, passive) {
            return None;
        }
        let start = self.cue_start(verb);
        let cue = TokenRange::new(start, found.as_ref().map_or(end, |f| f.cue_end));
        let act = if self.is_negated(verb) && entry.act != Act::Wants { Act::Thinks } else { entry.act };
        Some(self.draft(source, cue, verb, found, act, takes_quotation(&entries)))
    }

    fn verb_source(&self, verb: usize, passive: bool, found: &Option<Found>) -> Option<usize> {
        if passive {
            return self.tree.agent(verb);
        }
        if found.as_ref().is_some_and(|f| f.takes_subject) {
            return None;
        }
        self.tree.inverted_subject(verb).or_else(|| self.tree.subject(verb))
    }

    /// The entries of a token's lemma whose further words follow it, longest first, each with the end of its words.
    fn matching(&self, class: Class, token: usize) -> Vec<(&Entry, usize)> {
        let lemma = self.tree.lemma(token).to_lowercase();
        let entries = self.lexicon.entries(class, &lemma);
        let mut out: Vec<(&Entry, usize)> =
            entries.iter().filter_map(|e| Some((e, self.tail_end(token, &e.tail)?))).collect();
        if out.iter().any(|(e, _)| !e.tail.is_empty()) {
            out.retain(|(e, _)| !e.tail.is_empty());
        }
        out
    }

    /// One past the last of the words that must follow a token; "it" may stand between, as in "made it clear".
    pub(super) fn tail_end(&self, token: usize, tail: &[Box<str>]) -> Option<usize> {
        let end = self.tree.sentence(token).end;
        let mut at = token + 1;
        if !tail.is_empty() && at < end && self.tree.is_word(at, "it") {
            at += 1;
        }
        for word in tail {
            if at >= end || !self.tree.is_word(at, word) {
                return None;
            }
            at += 1;
        }
        Some(if tail.is_empty() { token + 1 } else { at })
    }

    /// The entry whose complement is there and tells most; without any, one that takes a quotation.
    fn best<'e>(&self, cue: usize, entries: &[(&'e Entry, usize)]) -> Option<(&'e Entry, usize, Option<Found>)> {
        let mut best: Option<(u8, &Entry, usize, Found)> = None;
        for &(entry, end) in entries {
            for take in &entry.takes {
                let rank = rank(take);
                if best.as_ref().is_some_and(|b| b.0 <= rank) {
                    continue;
                }
                if let Some(found) = self.tree.complement(cue, end, take, self.lexicon) {
                    best = Some((rank, entry, end, found));
                }
            }
        }
        match best {
            Some((_, entry, end, found)) => Some((entry, end, Some(found))),
            None => entries
                .iter()
                .find(|(e, _)| e.takes.iter().any(|t| t.kind == Kind::Quote))
                .map(|&(e, end)| (e, end, None)),
        }
    }

    /// Whether what was found is speech: in the author's own "we want" or inside a quotation it mostly is not.
    fn is_credible(
        &self,
        verb: usize,
        source: Option<usize>,
        entry: &Entry,
        found: &Option<Found>,
        passive: bool,
    ) -> bool {
        let quoted = self.quotes.holding(verb).is_some();
        if quoted && (!entry.sure || source.is_none() || source.is_some_and(|s| self.tree.upos(s) == Upos::Pron)) {
            return false;
        }
        if found.as_ref().is_some_and(|f| f.takes_subject) {
            return source.is_some()
                || !self.tree.is_passive(verb)
                || entry.takes.iter().any(|t| t.kind == Kind::Raising);
        }
        match source {
            Some(source) => entry.sure || !self.is_impersonal(source),
            None => entry.sure && (passive || found.is_some()),
        }
    }

    /// "you", "it", "there", "one": no source for an opinion.
    fn is_impersonal(&self, source: usize) -> bool {
        self.tree.upos(source) == Upos::Pron
            && ["you", "it", "there", "this", "that", "what"].iter().any(|w| self.tree.is_word(source, w))
    }

    fn is_negated(&self, verb: usize) -> bool {
        self.tree.kids(verb).iter().any(|&k| k < verb && matches!(self.tree.lemma(k), "not" | "n't" | "never"))
    }

    /// Auxiliaries, "to" and adverbs that stand right before a verb belong to the cue.
    fn cue_start(&self, verb: usize) -> usize {
        let floor = self.tree.sentence(verb).start;
        let mut start = verb;
        while start > floor && self.tree.head(start - 1) == Some(verb) && self.leads(start - 1) {
            start -= 1;
        }
        while start < verb && self.tree.upos(start) == Upos::Adv && !self.tree.is_word(start, "not") {
            start += 1;
        }
        start
    }

    fn leads(&self, token: usize) -> bool {
        match self.tree.relation(token) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => true,
            Deprel::Advmod => matches!(self.tree.upos(token), Upos::Adv | Upos::Part),
            Deprel::Mark => self.tree.xpos(token) == Xpos::To,
            _ => false,
        }
    }

    fn adjective(&self, adjective: usize) -> Option<Draft> {
        self.tree.kid(adjective, &[Deprel::Cop])?;
        let entries = self.matching(Class::Adjective, adjective);
        let (entry, end, found) = self.best(adjective, &entries)?;
        let found = found?;
        if self.quotes.holding(adjective).is_some() {
            return None;
        }
        let source = if found.takes_subject { None } else { self.tree.subject(adjective) };
        if !found.takes_subject && source.is_none_or(|s| self.is_impersonal(s)) {
            return None;
        }
        let cue = TokenRange::new(self.cue_start(adjective), found.cue_end.max(end));
        Some(self.draft(source, cue, adjective, Some(found), entry.act, false))
    }

    fn noun(&self, noun: usize) -> Option<Draft> {
        if self.quotes.holding(noun).is_some() {
            return None;
        }
        let entries = self.matching(Class::Noun, noun);
        let mut best: Option<(u8, &Entry, Found)> = None;
        for (entry, end) in entries {
            for take in &entry.takes {
                if let Some(found) =
                    self.noun_complement(noun, end, take).filter(|_| best.as_ref().is_none_or(|b| b.0 > rank(take)))
                {
                    best = Some((rank(take), entry, found));
                }
            }
        }
        let (_, entry, found) = best?;
        let source = self.noun_source(noun);
        if source.is_none() && !entry.sure {
            return None;
        }
        let cue = TokenRange::new(noun, found.cue_end);
        Some(self.draft(source, cue, noun, Some(found), entry.act, false))
    }

    fn noun_complement(&self, noun: usize, end: usize, take: &Take) -> Option<Found> {
        match &take.kind {
            Kind::Clause => self.tree.noun_clause(noun, end),
            _ => self.tree.complement(noun, end, take, self.lexicon),
        }
    }

    /// "the minister's claim", "a claim by the minister", "the minister made a claim".
    fn noun_source(&self, noun: usize) -> Option<usize> {
        let tree = &self.tree;
        if let Some(owner) = tree.kid(noun, &[Deprel::NmodPoss]) {
            return Some(owner);
        }
        let by = |&k: &usize| k > noun && (tree.has_case(k, "by") || tree.has_case(k, "from")) && tree.is_nominal(k);
        if let Some(agent) = tree.kids(noun).iter().copied().find(by) {
            return Some(agent);
        }
        let nation = |&k: &usize| {
            k < noun && tree.relation(k) == Deprel::Amod && self.is_name(k)
                || tree.relation(k) == Deprel::Compound && self.is_name(k)
        };
        tree.kids(noun).iter().copied().find(nation).or_else(|| self.light_subject(noun))
    }

    /// The subject of the verb that has the noun as its object, as in "made", "issued", "repeated".
    fn light_subject(&self, noun: usize) -> Option<usize> {
        let verb = self.tree.head(noun).filter(|_| self.tree.relation(noun) == Deprel::Obj)?;
        let rejects =
            self.matching(Class::Verb, verb).iter().any(|(e, _)| e.takes.iter().any(|t| t.kind == Kind::Claim));
        if rejects || self.tree.is_passive(verb) { None } else { self.tree.subject(verb) }
    }

    fn is_name(&self, token: usize) -> bool {
        self.tree.doc.word(token).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn draft(
        &self,
        source: Option<usize>,
        cue: TokenRange,
        head: usize,
        found: Option<Found>,
        act: Act,
        quotes: bool,
    ) -> Draft {
        let content = found.map_or_else(Vec::new, |f| f.content);
        let source_tokens = source.map(|s| self.tree.noun_phrase(s));
        let chunk = source_tokens.filter(|s| {
            self.tree.sentence(head).overlaps(*s) && s.end.abs_diff(cue.start).min(cue.end.abs_diff(s.start)) < 8
        });
        let chunk = chunk.map_or(cue, |s| TokenRange::new(s.start.min(cue.start), s.end.max(cue.end)));
        Draft { source, source_tokens, cue, cue_head: head, content, act, quotes, chunk }
    }
}

fn takes_quotation(entries: &[(&Entry, usize)]) -> bool {
    entries.iter().any(|(e, _)| e.takes.iter().any(|t| t.kind == Kind::Quote))
}

/// Which complement tells most: a clause, then an object with more to it, then a phrase, then an object alone.
fn rank(take: &Take) -> u8 {
    match take.kind {
        _ if take.object => 1,
        Kind::Clause => 0,
        Kind::Claim => 1,
        Kind::Predicate | Kind::Asking(_) => 1,
        Kind::Infinitive | Kind::Gerund | Kind::Raising => 2,
        Kind::Preposition(_) => 3,
        Kind::Plain => 4,
        Kind::Quote => 5,
    }
}

impl Finder<'_> {
    /// Joins a verb of wanting or refusing with the verb of saying below it into one cue: "declined to say".
    pub(super) fn merge_chains(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let outer = out.last().filter(|o| self.chains(o, &draft)).cloned();
            if let Some(outer) = outer {
                out.pop();
                let cue = TokenRange::new(outer.cue.start, draft.cue.end);
                let act = if outer.act == Act::Wants { Act::Thinks } else { outer.act };
                out.push(Draft {
                    cue,
                    act,
                    source: outer.source,
                    source_tokens: outer.source_tokens,
                    chunk: outer.chunk,
                    ..draft
                });
            } else {
                out.push(draft);
            }
        }
        out
    }

    fn chains(&self, outer: &Draft, inner: &Draft) -> bool {
        self.tree.head(inner.cue_head) == Some(outer.cue_head)
            && self.tree.relation(inner.cue_head) == Deprel::Xcomp
            && outer.cue.end == inner.cue.start
            && inner.act == Act::Asserts
    }
}
