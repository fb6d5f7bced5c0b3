//! What the clause grammar needs of a tree beyond walking it: relations by set, prepositions, coordinated nominals.

use super::tree::Tree;
use crate::model::TokenRange;
use crate::seeds::Closed;
use crate::vocab::{Deprel, Upos, Xpos};

impl Tree<'_> {
    /// The dependents with one of these relations, in order.
    pub fn with(&self, token: usize, relations: &'static [Deprel]) -> impl Iterator<Item = usize> + '_ {
        self.children(token).filter(|&c| relations.contains(&self.rel(c)))
    }

    /// The Penn tag.
    pub fn xpos(&self, token: usize) -> Xpos {
        self.doc.tokens[token].xpos
    }

    /// The preposition or conjunction of a phrase with its fixed parts, in lower case: "on", "according_to".
    pub fn preposition(&self, token: usize) -> Option<String> {
        let is_mark = |c: &usize| !super::tree::is_possessive_mark(self.lower(*c));
        let own = |t: usize| self.with(t, &[Deprel::Case, Deprel::Mark]).find(is_mark);
        // "with *Prime Minister* Imran Khan": the preposition may hang on the title.
        let of_title = || self.with(token, &[Deprel::NmodDesc]).filter(|&t| t < token).find_map(own);
        let case = own(token).or_else(of_title)?;
        let before = case.checked_sub(1).filter(|&b| self.sentence(case).contains(b));
        // "cities west of Tripoli" are not of Tripoli.
        let adverb = before.filter(|&b| self.is(case, Closed::Genitive) && self.upos(b) == Upos::Adv);
        let words = self.with_fixed(case);
        // "out of Lyman": two marks, one beside the other.
        let beside = |&of: &usize| self.rel(of) == Deprel::Case && self.head(of) == Some(token);
        let second = Some(case + 1).filter(|&of| self.is(of, Closed::Genitive)).filter(beside);
        Some(match (adverb, second) {
            (Some(b), _) => format!("{}_{words}", self.lower(b)),
            (None, Some(of)) => format!("{words}_{}", self.lower(of)),
            (None, None) => words,
        })
    }

    /// A word with those that make one expression with it, joined as in the tables: "because_of", "each_other".
    pub fn with_fixed(&self, token: usize) -> String {
        let mut words = self.lower(token).to_owned();
        for part in self.with(token, &[Deprel::Fixed]) {
            words.push('_');
            words.push_str(self.lower(part));
        }
        words
    }

    /// Whether the preposition of a phrase is of a closed class.
    pub fn has_preposition(&self, token: usize, class: Closed) -> bool {
        self.preposition(token).is_some_and(|p| self.grammar.has(class, &p))
    }

    /// "severed relations with Iran, *accusing* Hezbollah": the verb that a participle goes on with where a comma sets it off from
    /// the object that the parse has hung it on.
    pub fn trailed(&self, participle: usize) -> Option<usize> {
        let noun = self.head(participle).filter(|&n| n < participle && self.rel(participle) == Deprel::Acl)?;
        let object = matches!(self.role(noun), Deprel::Obj | Deprel::Obl | Deprel::Nmod);
        let trails = object && self.xpos(participle) == Xpos::Vbg && self.lower(participle - 1) == ",";
        self.ancestors(noun).find(|&a| self.upos(a) == Upos::Verb).filter(|_| trails)
    }

    /// The prepositional phrases of a noun: its own, and one right behind it that the parse has hung on its verb, as in
    /// "condemned the attack *on a church*".
    pub fn phrases(&self, noun: usize) -> impl Iterator<Item = usize> + '_ {
        let verb = self.head(noun).filter(|_| self.rel(noun) == Deprel::Obj);
        let behind = verb.into_iter().flat_map(|v| self.with(v, &[Deprel::Obl]));
        let adjacent = behind.filter(move |&o| self.case(o) == Some(noun + 1));
        self.with(noun, &[Deprel::Nmod]).chain(adjacent)
    }

    /// A noun phrase's head and those coordinated below it, in order.
    pub fn coordinated(&self, token: usize) -> Vec<usize> {
        let mut all = vec![token];
        let mut next = 0;
        while next < all.len() {
            // What goes on with a name may hang on any of its words.
            let name = self.name_around(all[next]);
            let conjuncts = name.range().flat_map(|t| self.with(t, &[Deprel::Conj]));
            let listed = self.with(all[next], &[Deprel::Appos]).filter(|&c| self.is_listed_after(c, name));
            all.extend(conjuncts.chain(listed).filter(|&c| !name.contains(c) && self.heads_phrase(c)));
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// "by the NRA, *the KKK* and David Duke": the parser may take the second name of a list for another name of the first.
    fn is_listed_after(&self, second: usize, first: TokenRange) -> bool {
        let is_name = |name: TokenRange| self.doc.names.binary_search_by_key(&name.start, |n| n.tokens.start).is_ok();
        let last = |c: usize| self.child(c, Deprel::Cc).is_some() && is_name(self.name_around(c));
        is_name(first) && is_name(self.name_around(second)) && self.with(second, &[Deprel::Conj]).any(last)
    }

    /// The name that a token is part of, else the token.
    pub fn name_around(&self, token: usize) -> TokenRange {
        let names = &self.doc.names;
        let after = names.partition_point(|n| n.tokens.start <= token);
        let name = after.checked_sub(1).map(|i| names[i].tokens).filter(|n| n.contains(token));
        name.unwrap_or(TokenRange::new(token, token + 1))
    }

    /// Whether a token can head a noun phrase.
    pub fn heads_phrase(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::X | Upos::Sym)
            || (self.upos(token) == Upos::Adj && self.with(token, &[Deprel::Det, Deprel::Case]).next().is_some())
    }

    /// The lemma, with what a hyphen joins to it: "cease-fire" is three tokens and one word.
    pub fn whole_lemma(&self, token: usize) -> String {
        let tokens = &self.doc.tokens;
        let joined = |first: usize| {
            self.lower(first + 1) == "-"
                && tokens[first].span.end == tokens[first + 1].span.start
                && tokens[first + 1].span.end == tokens[token].span.start
        };
        let lemma = self.lemma(token).to_lowercase();
        match token.checked_sub(2).filter(|&f| joined(f)) {
            Some(first) => format!("{}-{lemma}", self.lower(first)),
            None => lemma,
        }
    }

    /// The heads above a token, nearest first.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let limit = self.sentence(token).len();
        std::iter::successors(self.head(token), move |&t| self.head(t)).take(limit)
    }

    /// The clause around a token: the nearest verb at or above it, with all that hangs on it but deeper full clauses.
    pub fn clause(&self, token: usize) -> TokenRange {
        let verb = std::iter::once(token).chain(self.ancestors(token)).find(|&t| self.upos(t) == Upos::Verb);
        self.edges(verb.unwrap_or(token))
    }
}
