//! Cues: verbs, nouns and adjectives of saying and thinking, with their source and what is said.

use super::content::Found;
use super::lexicon::{Class, Entry, Kind, Strength, Take};
use super::{Act, Draft, Finder};
use crate::model::TokenRange;
use crate::seeds::Closed;
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
        let source = self.verb_source(verb, passive, &found, &entries);
        if !self.is_credible(verb, source, entry, &found, passive) {
            return None;
        }
        let start = self.cue_start(verb);
        let end = found.as_ref().map_or(end, |f| f.cue_end);
        let cue = TokenRange::new(start, if entry.is_sure() { self.medium_end(verb, end) } else { end });
        let act = if self.is_negated(verb) && entry.act != Act::Wants { Act::Thinks } else { entry.act };
        Some(Draft { strength: entry.strength, ..self.draft(source, cue, verb, found, act, takes_quotation(&entries)) })
    }

    fn verb_source(
        &self,
        verb: usize,
        passive: bool,
        found: &Option<Found>,
        entries: &[(&Entry, usize)],
    ) -> Option<usize> {
        if passive {
            return self.tree.agent(verb);
        }
        if found.as_ref().is_some_and(|f| f.takes_subject) {
            return None;
        }
        let mut parsed = self.tree.subject(verb).filter(|&s| self.can_speak(s, verb));
        if !entries.iter().any(|(e, _)| e.is_sure()) {
            return parsed;
        }
        let hearer = entries.iter().any(|(e, _)| e.takes.iter().any(|t| t.kind == Kind::Hearer));
        if self.follows_content(verb, parsed, hearer)
            && let Some(inverted) = self.tree.inverted_subject(verb)
        {
            return Some(inverted);
        }
        if parsed.is_some_and(|s| s > verb) {
            parsed = self.noun_before(verb).or(parsed);
        }
        parsed.or_else(|| self.noun_before(verb))
    }

    /// The noun phrase right before a finite verb, behind the last quotation that ends there.
    fn noun_before(&self, verb: usize) -> Option<usize> {
        let start = self.tree.sentence(verb).start;
        let bound = (start..verb).rev().find(|&t| self.quotes.closes(t)).map_or(start, |t| t + 1);
        let noun = self.tree.noun_before(verb, bound).filter(|_| self.tree.is_finite(verb))?;
        self.can_speak(noun, verb).then_some(noun)
    }

    /// Whether a subject can be the source: a noun that does not stand inside a quotation which the verb is outside of.
    fn can_speak(&self, subject: usize, verb: usize) -> bool {
        let quotation = self.quotes.holding(subject);
        let date = self.lexicon.is_date(self.tree.doc.word(subject));
        self.tree.heads_phrase(subject) && !date && (quotation.is_none() || quotation == self.quotes.holding(verb))
    }

    /// Whether what is said ends right before a verb, so that its subject may follow it.
    fn follows_content(&self, verb: usize, subject: Option<usize>, hearer: bool) -> bool {
        let Some(before) = verb.checked_sub(1).filter(|&b| b >= self.tree.sentence(verb).start) else { return false };
        if self.quotes.closes(before) {
            return true;
        }
        let comma = matches!(self.tree.doc.word(before), "," | "?" | "!");
        let far = subject.is_none_or(|s| s < verb && self.tree.verb_between(s, verb));
        comma
            && !hearer
            && far
            && (self.quotes.closes(before.saturating_sub(1))
                || self.tree.verb_between(self.tree.sentence(verb).start, before))
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
        if !tail.is_empty() && at < end && self.tree.is(at, Closed::Expletive) {
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
        let passive = self.tree.is_passive(cue);
        let mut best: Option<(u8, &Entry, usize, Found)> = None;
        for &(entry, end) in entries {
            for take in &entry.takes {
                let rank = if passive && take.kind == Kind::Raising { 0 } else { rank(take) };
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
            None => self.unparsed(cue, entries),
        }
    }

    /// Without a complement in the parse: the rest of the sentence if it holds a clause, else the quotation to be found.
    fn unparsed<'e>(&self, cue: usize, entries: &[(&'e Entry, usize)]) -> Option<(&'e Entry, usize, Option<Found>)> {
        let takes = |e: &Entry, kind: &Kind| e.takes.iter().any(|t| t.kind == *kind);
        let &(entry, end) = entries.iter().find(|(e, _)| takes(e, &Kind::Quote))?;
        let said = entry.is_sure() && takes(entry, &Kind::Clause) && self.tree.is_finite(cue);
        if !said || !entry.tail.is_empty() || self.tree.is_passive(cue) {
            return Some((entry, end, None));
        }
        let subject = self.tree.own_subject(cue).filter(|&s| s < cue).or_else(|| self.noun_before(cue));
        let before = || self.tree.start_of_sentence(cue, end, subject);
        Some((entry, end, self.tree.rest_of_sentence(cue, end).or_else(before)))
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
        if quoted && (!entry.is_sure() || source.is_none() || source.is_some_and(|s| self.tree.upos(s) == Upos::Pron)) {
            return false;
        }
        if found.as_ref().is_some_and(|f| f.takes_subject) {
            return source.is_some()
                || !self.tree.is_passive(verb)
                || entry.takes.iter().any(|t| t.kind == Kind::Raising);
        }
        match source {
            Some(source) => entry.is_sure() || !self.is_impersonal(source),
            None => entry.is_sure() && (passive || found.is_some()),
        }
    }

    /// "you", "it", "there", "one": no source for an opinion.
    fn is_impersonal(&self, source: usize) -> bool {
        self.tree.upos(source) == Upos::Pron && self.tree.is(source, Closed::Impersonal)
    }

    fn is_negated(&self, verb: usize) -> bool {
        let negates = |t: usize| self.lexicon.is_negation(&self.tree.doc.word(t).to_lowercase());
        let subject = self.tree.own_subject(verb);
        self.tree.children(verb).any(|k| k < verb && negates(k))
            || subject.is_some_and(|s| negates(s) || self.tree.children(s).any(|k| k < s && negates(k)))
    }

    /// Past "in a statement", "on Twitter" where that follows the cue.
    fn medium_end(&self, verb: usize, end: usize) -> usize {
        let limit = self.tree.sentence(verb).end;
        if end + 1 >= limit || self.tree.upos(end) != Upos::Adp {
            return end;
        }
        let noun = (end + 1..limit.min(end + 5)).find(|&t| matches!(self.tree.upos(t), Upos::Noun | Upos::Propn));
        let names = |&t: &usize| {
            let lemma = self.tree.lemma(t).to_lowercase();
            self.lexicon.entries(Class::Noun, &lemma).iter().any(|e| e.takes.iter().any(|t| t.kind == Kind::Medium))
        };
        noun.filter(names).map_or(end, |t| t + 1)
    }

    /// Auxiliaries, "to" and adverbs that stand right before a verb belong to the cue.
    fn cue_start(&self, verb: usize) -> usize {
        let floor = self.tree.sentence(verb).start;
        let mut start = verb;
        while start > floor && self.tree.head(start - 1) == Some(verb) && self.leads(start - 1) {
            start -= 1;
        }
        start
    }

    fn leads(&self, token: usize) -> bool {
        match self.tree.rel(token) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => true,
            Deprel::Advmod => !self.tree.is_punct(token),
            Deprel::Mark => self.tree.xpos(token) == Xpos::To,
            _ => false,
        }
    }

    fn adjective(&self, adjective: usize) -> Option<Draft> {
        self.tree.child(adjective, Deprel::Cop)?;
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
        Some(Draft { strength: entry.strength, ..self.draft(source, cue, adjective, Some(found), entry.act, false) })
    }

    fn noun(&self, noun: usize) -> Option<Draft> {
        if self.quotes.holding(noun).is_some() {
            return None;
        }
        let entries = self.matching(Class::Noun, noun);
        if entries.is_empty() || self.is_medium(noun) {
            return None;
        }
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
        if source.is_none() && !entry.is_sure() {
            return None;
        }
        let cue = TokenRange::new(noun, found.cue_end);
        Some(Draft { strength: entry.strength, ..self.draft(source, cue, noun, Some(found), entry.act, false) })
    }

    /// Whether the noun only says where a verb of saying speaks: "said in a statement that".
    fn is_medium(&self, noun: usize) -> bool {
        let verb = self.tree.head(noun).filter(|_| self.tree.rel(noun) == Deprel::Obl);
        verb.is_some_and(|v| self.matching(Class::Verb, v).iter().any(|(e, _)| e.is_sure()))
    }

    fn noun_complement(&self, noun: usize, end: usize, take: &Take) -> Option<Found> {
        match &take.kind {
            Kind::Clause => self.tree.noun_clause(noun, end),
            _ => self.tree.complement(noun, end, take, self.lexicon),
        }
    }

    /// "the minister's claim", "a claim by the minister", "the minister made a claim".
    fn noun_source(&self, noun: usize) -> Option<usize> {
        let tree = self.tree;
        if let Some(owner) = tree.child(noun, Deprel::NmodPoss) {
            return Some(owner);
        }
        let by = |&k: &usize| k > noun && tree.has_case(k, |c| tree.is(c, Closed::Issuer)) && tree.heads_phrase(k);
        if let Some(agent) = tree.children(noun).find(by) {
            return Some(agent);
        }
        let nation = |&k: &usize| {
            k < noun && tree.rel(k) == Deprel::Amod && self.is_name(k)
                || tree.rel(k) == Deprel::Compound && self.is_name(k)
        };
        tree.children(noun).find(nation).or_else(|| self.light_subject(noun))
    }

    /// The subject of the verb that has the noun as its object, as in "made", "issued", "repeated".
    fn light_subject(&self, noun: usize) -> Option<usize> {
        let verb = self.tree.head(noun).filter(|_| self.tree.rel(noun) == Deprel::Obj)?;
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
        let source_tokens = source.map(|s| self.source_phrase(s, cue));
        let chunk = source_tokens.filter(|s| self.is_beside(*s, cue));
        let chunk = chunk.map_or(cue, |s| TokenRange::new(s.start.min(cue.start), s.end.max(cue.end)));
        let content = found.map_or_else(Vec::new, |f| self.without(f, chunk, source_tokens));
        Draft { source, source_tokens, cue, cue_head: head, content, act, quotes, chunk, strength: Strength::Sure }
    }
}

impl Finder<'_> {
    /// The source's words: its phrase, with names whole and titles that the parse has cut off, without a date behind it.
    fn source_phrase(&self, source: usize, cue: TokenRange) -> TokenRange {
        let mut phrase = self.tree.whole_phrase(source);
        let dated =
            |&k: &usize| k > source && self.tree.head(k) == Some(source) && self.lexicon.is_date(self.tree.doc.word(k));
        if let Some(date) = phrase.range().find(dated) {
            phrase.end = self.tree.edges(date).start.max(source + 1).min(phrase.end);
        }
        if let Some(title) = self.cut_title(source, phrase) {
            phrase.start = title;
        }
        self.with_whole_names(phrase, cue)
    }

    /// The phrase widened over names that it cuts, unless they hold the cue.
    fn with_whole_names(&self, phrase: TokenRange, cue: TokenRange) -> TokenRange {
        let names = &self.tree.doc.names;
        let from = names.partition_point(|n| n.tokens.end <= phrase.start);
        let cut = names[from..].iter().take_while(|n| n.tokens.start < phrase.end).filter(|n| !n.tokens.overlaps(cue));
        cut.fold(phrase, |p, n| TokenRange::new(p.start.min(n.tokens.start), p.end.max(n.tokens.end)))
    }

    /// The start of a second subject right before the source: "Prime Minister" of "Prime Minister Aliyev said".
    fn cut_title(&self, source: usize, phrase: TokenRange) -> Option<usize> {
        let verb = self.tree.head(source).filter(|_| self.tree.rel(source) == Deprel::Nsubj)?;
        let beside = |&k: &usize| self.tree.rel(k) == Deprel::Nsubj && self.tree.edges(k).end == phrase.start;
        phrase.start.checked_sub(1).filter(|&t| !self.tree.is_punct(t))?;
        let title = self.tree.children(verb).find(|k| k != &source && beside(k))?;
        Some(self.tree.whole_phrase(title).start)
    }

    /// Whether nothing but the cue's own words stands between it and its source.
    fn is_beside(&self, source: TokenRange, cue: TokenRange) -> bool {
        let gap = if source.end <= cue.start { source.end..cue.start } else { cue.end..source.start };
        gap.len() < 12
            && gap.clone().all(|t| self.tree.upos(t) != Upos::Verb)
            && self.tree.sentence(cue.start).overlaps(source)
    }

    /// A content without the cue and its source, unless the subject is part of it.
    fn without(&self, found: Found, chunk: TokenRange, source: Option<TokenRange>) -> Vec<TokenRange> {
        let chunk = match source {
            Some(s) if s.end <= chunk.start => TokenRange::new(s.start, chunk.end),
            Some(agent) if found.takes_subject => TokenRange::new(agent.start.saturating_sub(1), agent.end),
            None if found.takes_subject => return found.content,
            _ => chunk,
        };
        let mut parts = Vec::new();
        for range in found.content {
            match range.overlaps(chunk) {
                true => {
                    parts.push(TokenRange::new(range.start, chunk.start.max(range.start)));
                    parts.push(TokenRange::new(chunk.end.min(range.end), range.end));
                }
                false => parts.push(range),
            }
        }
        self.tree.parts(&parts)
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
        Kind::Infinitive | Kind::Gerund | Kind::Raising | Kind::Seeming => 2,
        Kind::Preposition(_) => 3,
        Kind::Plain => 4,
        Kind::Quote | Kind::Hearer | Kind::Medium => 5,
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
            && self.tree.rel(inner.cue_head) == Deprel::Xcomp
            && outer.cue.end == inner.cue.start
            && inner.act == Act::Asserts
            && !inner.content.is_empty()
    }
}
