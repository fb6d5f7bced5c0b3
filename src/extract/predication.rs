//! The parse turned into predications: passives, participles, relative clauses, control, coordination and light verbs undone.
//!
//! What a predicate's deep arguments are is decided here once, so that a rule needs to know words and roles only.

mod lend;
mod words;

use super::context::{Effect, Intent};
use super::tree::Tree;
use crate::rules::{Arg, Mood, Pos, Predication, Role, RuleSet};
use crate::seeds::Closed;
use crate::vocab::{Deprel, Upos, Xpos, ZoneKind};
pub(super) use lend::counted;
use lend::{is_counter, lend_light_subjects};
use std::collections::BTreeSet;
pub use words::Words;

/// All predications of a document that a rule may want, in order of their heads.
pub fn predications(tree: &Tree, rules: &RuleSet, words: &Words) -> Vec<Predication> {
    let builder = Builder { tree, words, rules };
    let mut all: Vec<Predication> = (0..tree.len()).filter_map(|t| builder.predication(t)).collect();
    lend_light_subjects(&mut all, tree, words);
    all
}

/// Nouns through which their owner acts: acts that rules know, what is said or written, and counts of others.
pub fn deputies(tree: &Tree, predications: &[Predication], rules: &RuleSet, words: &Words) -> BTreeSet<usize> {
    let acts = predications.iter().filter(|p| p.pos == Pos::Noun && rules.is_act(&p.lemma)).map(|p| p.head);
    let stands = |t: &usize| {
        let lemma = tree.lemma(*t);
        tree.upos(*t) == Upos::Num || words.claims.contains(lemma) || words.collective.contains(lemma)
    };
    acts.chain((0..tree.len()).filter(stands)).collect()
}

struct Builder<'a> {
    tree: &'a Tree<'a>,
    words: &'a Words,
    rules: &'a RuleSet,
}

/// The preposition of those between whom an act is, in rules.
const BETWEEN: &str = "between";
/// The preposition of whom an act is for, in rules.
const GOAL: &str = "for";
const SUBJECTS: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj, Deprel::CsubjPass, Deprel::NsubjOuter];
const OBLIQUES: &[Deprel] = &[Deprel::Obl, Deprel::OblAgent];
const CLAUSES: &[Deprel] = &[Deprel::Ccomp, Deprel::Xcomp];
const NOMINALS: &[Deprel] = &[Deprel::Nmod];

impl Builder<'_> {
    fn predication(&self, token: usize) -> Option<Predication> {
        let lemma = self.lemma(token);
        let (pos, args) = match self.tree.upos(token) {
            Upos::Verb | Upos::Aux if self.tree.xpos(token) != Xpos::Md && self.tree.rel(token) != Deprel::Aux => {
                (Pos::Verb, self.verb(token))
            }
            Upos::Adj if self.acts_as_verb(token) => (Pos::Verb, self.verb(token)),
            Upos::Noun | Upos::Propn if self.rules.knows(Pos::Noun, &lemma) && !self.in_name(token) => {
                (Pos::Noun, self.noun(token))
            }
            Upos::Adj if self.rules.knows(Pos::Adjective, &lemma) => (Pos::Adjective, self.adjective(token)),
            _ => return None,
        };
        Some(Predication {
            head: token,
            pos,
            particle: self.particle(token).map(|p| self.tree.lower(p).to_owned()),
            negated: self.negated(token),
            mood: self.mood(token),
            lemma,
            args,
        })
    }

    /// Whether a noun is one of the words of a name: "the Movement for Solidarity" is in solidarity with nobody.
    fn in_name(&self, token: usize) -> bool {
        let name = self.tree.name_around(token);
        name.len() > 1 && (self.tree.upos(token) == Upos::Propn || self.tree.is_capital(token))
    }

    /// "would free 74 prisoners": what has an object is a verb, whatever its tag.
    fn acts_as_verb(&self, token: usize) -> bool {
        self.tree.child(token, Deprel::Obj).is_some() && self.tree.child(token, Deprel::Cop).is_none()
    }

    /// The lemma that rules know: the lemmatizer may take the "e" of a rare verb for part of its ending.
    fn lemma(&self, token: usize) -> String {
        let whole = self.tree.whole_lemma(token);
        if self.tree.is_nominal(token) && self.rules.knows(Pos::Noun, &whole) {
            return whole;
        }
        let lemma = self.tree.lemma(token).to_lowercase();
        let longer = format!("{lemma}e");
        let rare = !self.rules.knows(Pos::Verb, &lemma) && self.rules.knows(Pos::Verb, &longer);
        if self.tree.upos(token) == Upos::Verb && rare { longer } else { lemma }
    }

    /// The particle of a phrasal verb, also where the parse takes it for an adverb.
    fn particle(&self, verb: usize) -> Option<usize> {
        let after = self.tree.child(verb, Deprel::Obj).unwrap_or(verb);
        let adverb = |&c: &usize| {
            (c == verb + 1 || c == after + 1)
                && matches!(self.tree.rel(c), Deprel::Advmod | Deprel::Compound)
                && self.words.particles.contains(self.tree.lower(c))
        };
        let known = self.tree.child(verb, Deprel::CompoundPrt).or_else(|| self.tree.children(verb).find(adverb));
        // "handed *over* 14 tanks": read as an adverb of the number.
        let next = verb + 1;
        let counted = || {
            let object = self.tree.child(verb, Deprel::Obj).filter(|&o| next < o && self.tree.edges(o).contains(next));
            let adverb = object.is_some() && self.tree.rel(next) == Deprel::Advmod;
            (adverb && self.rules.knows_phrasal(&self.lemma(verb), self.tree.lower(next))).then_some(next)
        };
        let known = known.or_else(counted);
        let known = known.or_else(|| self.particled(verb).and_then(|object| self.tree.case(object)));
        let way = |o: usize| self.way(o).and_then(|_| self.tree.case(o));
        known.or_else(|| self.tree.with(verb, OBLIQUES).find_map(way))
    }

    /// "pulled *out of* the talks": the particle in the two words before a phrase, with the preposition that is left.
    fn way(&self, oblique: usize) -> Option<Box<str>> {
        let words = self.tree.preposition(oblique)?;
        let (particle, preposition) = words.split_once('_')?;
        (self.words.particles.contains(particle) && self.tree.grammar.has(Closed::Genitive, preposition))
            .then(|| preposition.into())
    }

    /// "handed over weapons": the object of a phrasal verb whose particle the parser takes for a preposition.
    fn particled(&self, verb: usize) -> Option<usize> {
        let (tree, particle) = (self.tree, verb + 1);
        let alone = tree.with(verb, &[Deprel::Obj]).all(|o| tree.case(o).is_some())
            && self.words.particles.contains(tree.lower(particle));
        let objects = tree.with(verb, &[Deprel::Obl, Deprel::Obj]);
        let object = objects.filter(|&o| self.way(o).is_none()).find(|&o| tree.case(o) == Some(particle))?;
        (alone && self.rules.knows_phrasal(&self.lemma(verb), tree.lower(particle))).then_some(object)
    }

    fn verb(&self, verb: usize) -> Vec<Arg> {
        let mut args = Args::default();
        let passive = self.passive(verb);
        for subject in self.subjects(verb) {
            args.all(self, if passive { Role::Patient } else { Role::Agent }, subject, None);
            if passive {
                self.prepositional(subject, NOMINALS, Some(subject), &mut args);
            }
        }
        let particled = self.particled(verb);
        for object in self.tree.with(verb, &[Deprel::Obj]).chain(self.counted_object(verb, passive)).chain(particled) {
            if self.is_predicative(object, verb) {
                self.predicative(object, &mut args);
                continue;
            }
            args.all(self, Role::Patient, object, None);
            if self.is_given_to(verb, object) {
                args.all(self, Role::Recipient, object, None);
            }
            if let Some(result) = self.result(verb, object) {
                args.push(Role::Clause, result, None);
            }
            for conjunct in self.tree.coordinated(object) {
                self.prepositional(conjunct, NOMINALS, Some(object), &mut args);
            }
            // "restricted exports of grain *to Japan*"
            for of in self.tree.with(object, NOMINALS).filter(|&n| self.tree.has_preposition(n, Closed::Genitive)) {
                self.prepositional(of, NOMINALS, Some(object), &mut args);
            }
            // "lifted the sanctions *imposed* on India" lifts them on India.
            let laid = self.tree.with(object, &[Deprel::Acl]).filter(|&c| self.tree.xpos(c) == Xpos::Vbn);
            laid.for_each(|c| self.prepositional(c, &[Deprel::Obl], Some(object), &mut args));
            // "fired a barrage *of rockets*" fires rockets.
            let inner = counted(self.tree, self.words, object);
            if inner != object {
                // "freed 12 *of the dissidents*": a number is nobody itself.
                let via = matches!(self.tree.upos(object), Upos::Noun | Upos::Propn).then_some(object);
                args.0.retain(|a| a.token != inner);
                args.all(self, Role::Patient, inner, via);
                self.prepositional(inner, NOMINALS, Some(object), &mut args);
            }
        }
        self.purposes(verb, &mut args);
        for party in self.parties(verb) {
            args.all(self, Role::Parties, party, None);
        }
        if let Some(gap) = self.gap(verb, &args) {
            args.all(self, Role::Patient, gap, None);
        }
        // "warned the US": with nothing given, the parse may take the one object for a recipient; who is asked whether is a recipient.
        let says = |c: &usize| {
            self.tree.rel(*c) == Deprel::Parataxis && self.tree.grammar.has(Closed::Saying, self.tree.lemma(*c))
        };
        let content = &[Deprel::Obj, Deprel::Ccomp, Deprel::Parataxis];
        let given = self.tree.with(verb, content).any(|c| !says(&c));
        let asked = self.words.does(self.tree.lemma(verb), Effect::Intends(Intent::Demand))
            && self.tree.child(verb, Deprel::Xcomp).is_none()
            && !self.tree.with(verb, &[Deprel::Iobj]).any(|o| self.is_told_to(o));
        for recipient in self.tree.with(verb, &[Deprel::Iobj]) {
            args.all(self, Role::Recipient, recipient, None);
            if !given && !asked {
                args.all(self, Role::Patient, recipient, None);
            }
        }
        for clause in self.tree.with(verb, CLAUSES) {
            args.push(Role::Clause, clause, None);
            // "was found guilty *of murder by a court*"
            let state = self.tree.upos(clause) == Upos::Adj;
            let of_state = self.tree.with(clause, OBLIQUES).filter(|_| state);
            of_state.for_each(|o| self.oblique(o, passive, &mut args));
        }
        for clause in self.tree.with(verb, &[Deprel::Advcl]) {
            if let Some(p) = self.tree.preposition(clause) {
                args.push(Role::Prep(p.into()), clause, None);
            }
        }
        for oblique in self.tree.with(verb, OBLIQUES).filter(|o| Some(*o) != particled) {
            self.oblique(oblique, passive, &mut args);
        }
        self.participle_agent(verb, passive, &mut args);
        if self.tree.xpos(verb) == Xpos::Vbg {
            self.parted(verb, &mut args);
        }
        args.0
    }

    /// "provided $20m *to help refugees in Chad*", "launched an effort *to end the dispute between* two states": what the clause
    /// acts on, wherever in the phrases of the head it hangs.
    fn purposes(&self, head: usize, args: &mut Args) {
        let tree = self.tree;
        let helps = |c: &usize| {
            tree.xpos(*c) == Xpos::Vb
                && matches!(tree.rel(*c), Deprel::Advcl | Deprel::Acl | Deprel::Xcomp)
                && self.words.benefit.contains(tree.lemma(*c))
        };
        let below = |c: &usize| {
            let mut above = tree.ancestors(*c).take_while(|&a| a != head);
            above.all(|a| a > head && tree.is_nominal(a)) && tree.ancestors(*c).any(|a| a == head)
        };
        for clause in (head + 1..tree.sentence(head).end).filter(helps).filter(below) {
            for object in tree.with(clause, &[Deprel::Obj, Deprel::Obl]) {
                args.all(self, Role::Purpose, object, None);
            }
        }
    }

    /// "deported at least four migrants": the "at" of a count makes the parser take the object for a phrase of circumstance.
    fn counted_object(&self, verb: usize, passive: bool) -> Option<usize> {
        let tree = self.tree;
        if passive || tree.child(verb, Deprel::Obj).is_some() {
            return None;
        }
        let counted = |&o: &usize| {
            o > verb && tree.case(o).is_none() && tree.is_nominal(o) && tree.child(o, Deprel::Nummod).is_some()
        };
        tree.with(verb, &[Deprel::Obl]).find(counted)
    }

    /// Whether a verb's object is said of its real one.
    fn is_predicative(&self, object: usize, verb: usize) -> bool {
        let tree = self.tree;
        let real = || tree.with(verb, &[Deprel::Obj]).any(|o| o < object);
        let hidden = || tree.with(object, &[Deprel::Compound]).any(|c| tree.is_nominal(c));
        self.words.predicative.contains(tree.lemma(object)) && tree.xpos(object) != Xpos::Nns && (real() || hidden())
    }

    /// "urged *both countries* to stand down": who is told to do something, read as if he had the telling.
    fn is_told_to(&self, object: usize) -> bool {
        let infinitive = |c: usize| self.tree.xpos(c) == Xpos::Vb && self.tree.child(c, Deprel::Mark).is_some();
        self.tree.with(object, &[Deprel::Acl]).any(infinitive)
    }

    /// "granted *Sri Lanka* a loan": the first of two objects, read as an object of the same kind.
    fn is_given_to(&self, verb: usize, object: usize) -> bool {
        let counted = |o: usize| self.tree.with(o, &[Deprel::Det, Deprel::Nummod]).next().is_some();
        let second = |o: usize| object < o && !self.is_predicative(o, verb) && counted(o);
        verb < object && self.tree.with(verb, &[Deprel::Obj]).any(second)
    }

    /// "set *free* two hostages": an adjective before a number or an article is none of the noun.
    fn result(&self, verb: usize, object: usize) -> Option<usize> {
        let (next, behind) = (verb + 1, verb + 2);
        let below = |t: usize| t < object && self.tree.head(t) == Some(object);
        let opens = below(behind) && matches!(self.tree.rel(behind), Deprel::Nummod | Deprel::Det | Deprel::Case);
        (opens && below(next) && self.tree.upos(next) == Upos::Adj).then_some(next)
    }

    /// "found Raslan guilty", "took him hostage": what is said of the object, which the parser may take for the object itself.
    fn predicative(&self, word: usize, args: &mut Args) {
        args.push(Role::Clause, word, None);
        let named = self.tree.with(word, &[Deprel::Compound, Deprel::NmodDesc]).filter(|&c| self.tree.is_nominal(c));
        if let Some(object) = named.last() {
            args.all(self, Role::Patient, object, None);
        }
        self.prepositional(word, NOMINALS, None, args);
        for clause in self.tree.with(word, &[Deprel::Acl]) {
            if let Some(p) = self.tree.preposition(clause) {
                args.push(Role::Prep(p.into()), clause, None);
            }
        }
    }

    /// Who has what a participle is said of: the parties to "agreed to a truce *brokered* by Washington".
    fn parties(&self, verb: usize) -> Vec<usize> {
        if !matches!(self.tree.rel(verb), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod) {
            return Vec::new();
        }
        let above = self.tree.head(verb).and_then(|noun| self.tree.governor(noun));
        above.filter(|&v| self.tree.upos(v) == Upos::Verb).map_or_else(Vec::new, |v| self.subjects(v))
    }

    /// "by" in the passive is the agent; what hangs on an oblique is reached through it ("under attack *from*").
    fn oblique(&self, oblique: usize, passive: bool, args: &mut Args) {
        let Some(preposition) = self.way(oblique).map(String::from).or_else(|| self.tree.preposition(oblique)) else {
            return;
        };
        if self.words.fronted.contains(&preposition) && self.is_fronted(oblique) {
            return;
        }
        // "freed after its occupation *by* rebels": who occupied it has not freed it.
        let told = |p: usize| self.tree.case(p).is_some_and(|case| self.is_told_of(case));
        if passive && told(oblique) {
            return;
        }
        let role = match passive
            && (self.tree.grammar.has(Closed::Agent, &preposition) || self.tree.rel(oblique) == Deprel::OblAgent)
        {
            true => Role::Agent,
            false => Role::Prep(preposition.into()),
        };
        args.all(self, role, oblique, None);
        // "was dropped on Stepanakert *by Azerbaijan*": the parse may hang "by" on the place.
        let verb = self.tree.head(oblique).filter(|&v| passive && v < oblique);
        let stray = verb.is_some_and(|v| self.tree.child(v, Deprel::OblAgent).is_none());
        let by = |p: &usize| stray && self.tree.has_preposition(*p, Closed::Agent) && !told(*p);
        for agent in self.tree.with(oblique, NOMINALS).filter(by) {
            args.all(self, Role::Agent, agent, None);
        }
        self.prepositional(oblique, NOMINALS, Some(oblique), args);
    }

    /// "*On the sidelines*, the president called for calm": a phrase before the subject.
    fn is_fronted(&self, oblique: usize) -> bool {
        let subject = self.tree.head(oblique).and_then(|v| self.tree.with(v, SUBJECTS).next());
        let wh = matches!(self.tree.xpos(oblique), Xpos::Wp | Xpos::Wdt | Xpos::WpPoss);
        subject.is_some_and(|s| oblique < s) && !wh
    }

    /// Whether the word before a preposition is an act by which the clause is explained: "after its occupation by".
    fn is_told_of(&self, preposition: usize) -> bool {
        let (tree, agent) = (self.tree, self.tree.is(preposition, Closed::Agent));
        let Some(act) = preposition.checked_sub(1).filter(|_| agent) else { return false };
        let occasion = tree.preposition(act).is_some_and(|p| self.words.occasions.contains(&p));
        occasion && tree.is_nominal(act) && self.rules.is_act(&self.lemma(act))
    }

    fn prepositional(&self, head: usize, relations: &'static [Deprel], via: Option<usize>, args: &mut Args) {
        for phrase in self.tree.with(head, relations) {
            if let Some(p) = self.tree.preposition(phrase) {
                args.all(self, Role::Prep(p.into()), phrase, via);
            }
        }
    }

    /// "Russian-backed": the word before a participle in a compound is its agent.
    fn participle_agent(&self, verb: usize, passive: bool, args: &mut Args) {
        if !passive || self.tree.rel(verb) != Deprel::Amod {
            return;
        }
        let before = self.tree.children(verb).filter(|&c| c < verb);
        let agent = before
            .filter(|&c| matches!(self.tree.upos(c), Upos::Propn | Upos::Noun | Upos::Adj))
            .find(|&c| !matches!(self.tree.rel(c), Deprel::NsubjPass));
        if let Some(agent) = agent {
            args.push(Role::Agent, agent, None);
        }
    }

    fn noun(&self, noun: usize) -> Vec<Arg> {
        let mut args = Args::default();
        for owner in self.tree.with(noun, &[Deprel::NmodPoss]) {
            args.all(self, Role::Possessor, owner, None);
        }
        for modifier in
            self.tree.with(noun, &[Deprel::Compound, Deprel::Amod, Deprel::NmodDesc, Deprel::Nmod, Deprel::Flat])
        {
            if modifier < noun && self.tree.preposition(modifier).is_none() {
                args.all(self, Role::Modifier, modifier, None);
                self.paired(noun, modifier).into_iter().for_each(|m| args.push(Role::Prep(BETWEEN.into()), m, None));
            }
        }
        for named in self.said_of(noun) {
            // "Israel was *behind* the attack"
            let role = if self.tree.has_preposition(noun, Closed::Author) { Role::Light } else { Role::Is };
            args.all(self, role, named, None);
        }
        if let Some(side) = self.side(noun) {
            args.all(self, Role::Side, side, None);
        }
        for phrase in self.tree.phrases(noun) {
            if let Some(p) = self.tree.preposition(phrase) {
                args.all(self, Role::Prep(p.into()), phrase, None);
            }
        }
        self.prepositional(noun, OBLIQUES, None, &mut args);
        self.parted(noun, &mut args);
        // "the release of X by Y": the parse may hang "by" on X.
        for of in self.tree.with(noun, NOMINALS) {
            for maker in self.tree.with(of, NOMINALS) {
                if let Some(by) = self.tree.preposition(maker).filter(|p| self.tree.grammar.has(Closed::Agent, p)) {
                    args.all(self, Role::Prep(by.into()), maker, None);
                }
            }
            // "the suspension of aid *to* Gaza": what hangs on the noun's own object is reached through it.
            self.prepositional(of, NOMINALS, Some(of), &mut args);
        }
        // "the attacks by Chad *against Niger*": the parse may hang the victim on the author.
        let by = |p: &usize| self.tree.has_preposition(*p, Closed::Agent);
        for author in self.tree.phrases(noun).filter(by) {
            for victim in self.tree.with(author, NOMINALS) {
                if let Some(on) = self.tree.preposition(victim).filter(|p| self.tree.grammar.has(Closed::Blamed, p)) {
                    args.all(self, Role::Prep(on.into()), victim, None);
                }
            }
        }
        // "strikes using drones *against* Gaza": the parse may hang the victim on a participle.
        for participle in self.tree.with(noun, &[Deprel::Acl]).filter(|&c| self.tree.xpos(c) != Xpos::Vb) {
            for victim in self.tree.with(participle, OBLIQUES) {
                if let Some(on) = self.tree.preposition(victim).filter(|p| self.tree.grammar.has(Closed::Blamed, p)) {
                    args.all(self, Role::Prep(on.into()), victim, None);
                }
            }
        }
        // "the claim *that*", "the call *to*"; a "complaint *filed* by" somebody is not about the filing.
        self.purposes(noun, &mut args);
        let told = |c: &usize| self.tree.xpos(*c) == Xpos::Vb || self.tree.child(*c, Deprel::Mark).is_some();
        for clause in self.tree.with(noun, &[Deprel::Acl]).filter(told) {
            args.push(Role::Clause, clause, None);
        }
        args.0
    }

    /// "the *Iran-Iraq* war": a modifier with the one that a hyphen ties to it, the two between whom the act is.
    fn paired(&self, noun: usize, modifier: usize) -> Vec<usize> {
        let tree = self.tree;
        let tied = |c: &usize| {
            let (first, second) = (modifier.min(*c), modifier.max(*c));
            let names = tree.is_capital(first) && tree.is_capital(second);
            names && tree.is_hyphened(first, second)
        };
        let near = [noun, modifier].into_iter();
        let beside = near.flat_map(|t| tree.with(t, &[Deprel::Compound, Deprel::Flat, Deprel::Amod, Deprel::NmodDesc]));
        beside
            .filter(|&c| c != modifier)
            .find(tied)
            .map_or_else(Vec::new, |other| vec![other.min(modifier), other.max(modifier)])
    }

    /// "Clashes broke out *between Chad and Niger*": the parties to what a verb says only that it happens.
    fn parted(&self, act: usize, args: &mut Args) {
        let tree = self.tree;
        let subject = matches!(tree.rel(act), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj);
        let above = tree.head(act).filter(|_| subject);
        // In a headline the parse may take the verb for a participle.
        let Some(verb) = above.or_else(|| tree.child(act, Deprel::Acl)) else { return };
        // Only an idiom has a bare noun for its object: "took *place* between".
        let idiom = |o: usize| o == verb + 1 && tree.xpos(o) == Xpos::Nn && tree.children(o).next().is_none();
        if tree.upos(verb) != Upos::Verb || tree.child(verb, Deprel::Obj).is_some_and(|o| !idiom(o)) {
            return;
        }
        for parties in tree.with(verb, OBLIQUES).filter(|&o| o > verb && tree.has_preposition(o, Closed::Party)) {
            if let Some(p) = tree.preposition(parties) {
                args.all(self, Role::Prep(p.into()), parties, None);
            }
        }
    }

    /// Who is in what a noun names: "backed *Iraq* in the fight against", "support for *Iraq* in the fight against".
    fn side(&self, noun: usize) -> Option<usize> {
        let tree = self.tree;
        let within = tree.has_preposition(noun, Closed::Side) && tree.child(noun, Deprel::NmodPoss).is_none();
        let above = tree.head(noun).filter(|_| within)?;
        match tree.upos(above) {
            Upos::Verb => {
                let phrases = || tree.with(above, OBLIQUES).filter(|&o| o < noun).last();
                tree.with(above, &[Deprel::Obj]).next().or_else(phrases)
            }
            _ => Some(above).filter(|&a| tree.is_nominal(a)),
        }
    }

    /// Whom a noun is said of: "X is a member", "X, a member", "its ally X", "X, Y and Z—the members", "members include X".
    fn said_of(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        // "is *one of* its allies"
        let counter = |c: &usize| is_counter(tree, *c);
        let of = tree.rel(noun) == Deprel::Nmod && tree.has_preposition(noun, Closed::Genitive);
        let top = tree.head(noun).filter(counter).filter(|_| of).unwrap_or(noun);
        let mut named: Vec<usize> = match tree.child(top, Deprel::Cop) {
            Some(_) => tree.with(top, SUBJECTS).collect(),
            // "remains the largest donor"
            None if tree.rel(top) == Deprel::Xcomp => self.subjects(top),
            None => tree.with(noun, &[Deprel::Appos]).filter(|&n| !tree.is_one_of_many(n, noun)).collect(),
        };
        let apposed = |n: &usize| match tree.rel(*n) {
            Deprel::Appos | Deprel::Compound | Deprel::NmodDesc => true,
            Deprel::Conj => tree.with(*n, &[Deprel::Punct]).any(|p| self.words.dashes.contains(tree.lower(p))),
            _ => false,
        };
        if apposed(&top) {
            named.extend(tree.head(top));
        }
        // "its members *include* X and Y", "members such as X"
        let listed = tree.head(noun).filter(|&v| {
            matches!(tree.rel(noun), Deprel::Nsubj) && self.words.listing.contains(tree.lemma(v)) && !self.passive(v)
        });
        named.extend(listed.into_iter().flat_map(|v| tree.with(v, &[Deprel::Obj])));
        named.extend(tree.phrases(noun).filter(|&p| tree.has_preposition(p, Closed::Example)));
        named
    }

    fn adjective(&self, adjective: usize) -> Vec<Arg> {
        let mut args = Args::default();
        let subjects: Vec<usize> = match self.tree.rel(adjective) {
            Deprel::Amod | Deprel::Acl => {
                self.tree.head(adjective).map_or_else(Vec::new, |noun| self.putting_out(noun))
            }
            _ => self.subjects(adjective),
        };
        for subject in subjects {
            args.all(self, Role::Agent, subject, None);
        }
        self.prepositional(adjective, OBLIQUES, None, &mut args);
        for clause in self.tree.with(adjective, &[Deprel::Advcl, Deprel::Xcomp, Deprel::Ccomp]) {
            match self.tree.preposition(clause) {
                Some(p) if !self.tree.grammar.has(Closed::Content, &p) => args.push(Role::Prep(p.into()), clause, None),
                _ => args.push(Role::Clause, clause, None),
            }
        }
        args.0
    }

    /// The surface subjects of a predicate: its own, or the one it shares with the predicate above.
    fn subjects(&self, verb: usize) -> Vec<usize> {
        // "the World Health Organization (WHO) chief X met Y": the parser may part a title from whose it is.
        let bracket = |s: usize, next: usize| (s..next).any(|t| self.tree.xpos(t) == Xpos::CloseBracket);
        let last = self.tree.with(verb, SUBJECTS).filter(|&s| s < verb).last().unwrap_or(verb);
        let subjects = self.tree.with(verb, SUBJECTS).filter(|&s| s >= last || !bracket(s, last));
        let mut own: Vec<usize> = subjects.flat_map(|s| self.author(verb, self.antecedent(s))).collect();
        if !own.is_empty() {
            own.extend(self.joined_subject(verb));
            return own;
        }
        let Some(head) = self.tree.head(verb) else { return Vec::new() };
        if let Some(above) = self.tree.trailed(verb) {
            return self.subjects(above);
        }
        match self.tree.rel(verb) {
            Deprel::Acl if self.is_means(verb) => self.user(verb, head),
            Deprel::Acl | Deprel::Amod => self.noun_as_subject(verb, self.brought_about(verb, head)),
            Deprel::Conj => self.subjects(self.nearer_clause(verb, head).unwrap_or(head)),
            Deprel::Xcomp => self.controller(head),
            // "said the army shelled Barda": the parse may hang the subject on the verb of saying.
            Deprel::Ccomp => self.tree.child(head, Deprel::Obj).filter(|&o| head < o && o < verb).into_iter().collect(),
            Deprel::Advcl if self.tree.has_tense(verb) => self.marked_subject(verb, head),
            Deprel::Advcl => match self.meant_by(verb) {
                Some(noun) => self.noun_as_subject(verb, noun),
                None => self.adverbial_subject(verb, head),
            },
            _ => Vec::new(),
        }
    }

    /// "signed a deal in Pretoria *brokered* by": nobody brokers a town, so it is said of the act that was done there.
    fn brought_about(&self, participle: usize, noun: usize) -> usize {
        let tree = self.tree;
        let named = tree.upos(noun) == Upos::Propn && tree.has_preposition(noun, Closed::Locative);
        let made = named && tree.xpos(participle) == Xpos::Vbn && tree.is(participle, Closed::Broker);
        let above = tree.head(noun).filter(|_| made);
        let object = |v: usize| tree.child(v, Deprel::Obj).filter(|&o| o < noun);
        let act = above.and_then(|a| if tree.is_nominal(a) { Some(a) } else { object(a) });
        act.filter(|&a| self.rules.knows(Pos::Noun, &self.lemma(a))).unwrap_or(noun)
    }

    /// "hours *after the army* and the militia had agreed": the mark of a clause read as a preposition parts its two subjects.
    fn joined_subject(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        let and = tree.child(verb, Deprel::Cc).filter(|_| tree.rel(verb) == Deprel::Conj)?;
        let marked =
            |&o: &usize| tree.edges(o).end == and && tree.case(o).is_some_and(|c| tree.is(c, Closed::ClauseMark));
        tree.head(verb).and_then(|above| tree.with(above, OBLIQUES).find(marked))
    }

    /// Who has put out the words of which a relative clause tells: "adopted a resolution that demanded".
    fn author(&self, verb: usize, subject: usize) -> Vec<usize> {
        let told = self.tree.rel(verb) == Deprel::AclRelcl && self.tree.head(verb) == Some(subject);
        if told && !self.passive(verb) { self.putting_out(subject) } else { vec![subject] }
    }

    /// Who puts out the words that a noun stands for, or does the act, else the noun: "issued a *report* critical of", "carried out
    /// *strikes* that killed".
    fn putting_out(&self, noun: usize) -> Vec<usize> {
        let lemma = self.lemma(noun);
        let words = self.words.claims.contains(&lemma);
        let lent =
            |v: &usize| words || self.words.light.contains(&self.lemma(*v)) && self.rules.knows(Pos::Noun, &lemma);
        // Who vetoes a resolution has not written it.
        let against = |e: &Effect| matches!(e, Effect::Negates | Effect::Intends(Intent::Refuse));
        let own = |v: &usize| !self.words.effects(self.tree.lemma(*v)).iter().any(against);
        match self.tree.head(noun).filter(|_| self.tree.rel(noun) == Deprel::Obj).filter(own).filter(lent) {
            Some(above) => self.subjects(above),
            None => vec![noun],
        }
    }

    /// "bombed Gaza after gunmen stormed the border, *killed* 1,400 people and took hostages": without "and", a verb goes on with the
    /// clause nearest before it, which the parser may pass over.
    fn nearer_clause(&self, verb: usize, head: usize) -> Option<usize> {
        let tree = self.tree;
        if tree.child(verb, Deprel::Cc).is_some() || tree.xpos(verb) != Xpos::Vbd {
            return None;
        }
        let below = |t: usize| tree.ancestors(t).take_while(|&a| a != verb).any(|a| a == head);
        let clause = |t: &usize| {
            tree.xpos(*t) == Xpos::Vbd
                && matches!(tree.rel(*t), Deprel::Advcl | Deprel::AclRelcl)
                && tree.with(*t, SUBJECTS).next().is_some()
                && below(*t)
        };
        (head + 1..verb).rev().find(clause)
    }

    /// "troops shelling the city", "the city shelled", "the decision to attack".
    fn noun_as_subject(&self, verb: usize, noun: usize) -> Vec<usize> {
        let infinitive = self.tree.xpos(verb) == Xpos::Vb;
        // Who "put out a report accusing" somebody accuses.
        let lemma = self.tree.lemma(noun);
        let words = !self.passive(verb) && (self.words.claims.contains(lemma) || self.words.answer.contains(lemma));
        if !infinitive && !words {
            return vec![noun];
        }
        if let Some(owner) = self.owner(noun) {
            return vec![owner];
        }
        match self.tree.head(noun) {
            // "gave *the generals* a week to withdraw"
            Some(above) if self.tree.rel(noun) == Deprel::Obj => {
                self.tree.child(above, Deprel::Iobj).map_or_else(|| self.subjects(above), |given| vec![given])
            }
            _ if words => vec![noun],
            _ => Vec::new(),
        }
    }

    /// "carried out strikes in support of Iraq *using* jets": whatever it hangs on, it says with what the clause's act is done.
    fn is_means(&self, verb: usize) -> bool {
        // "accused Chad *of using* gas": Chad has used it.
        let charged = self.tree.preposition(verb).is_some_and(|p| self.words.object_control.contains(&p));
        self.tree.xpos(verb) == Xpos::Vbg && self.words.means.contains(self.tree.lemma(verb)) && !charged
    }

    /// Who uses the means: who does the act that the noun before is part of, else the subject of the clause.
    fn user(&self, verb: usize, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        let phrase = std::iter::once(noun).chain(tree.ancestors(noun)).take_while(|&a| tree.is_nominal(a));
        let act = phrase.filter(|&a| self.rules.is_act(&self.lemma(a))).last();
        let clause = tree.ancestors(noun).find(|&a| tree.upos(a) == Upos::Verb).filter(|&v| v < noun);
        let subjects = clause.map_or_else(Vec::new, |v| self.subjects(v));
        match act {
            Some(act) if tree.rel(act) != Deprel::Obj => vec![act],
            _ if subjects.is_empty() => self.noun_as_subject(verb, noun),
            _ => subjects,
        }
    }

    /// "praised efforts by Chad *to end*", "in their campaign *to defeat*": the parse may hang on the verb what the noun before is for.
    fn meant_by(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        let mark = tree.child(verb, Deprel::Mark).filter(|_| tree.xpos(verb) == Xpos::Vb)?;
        let before = mark.checked_sub(1).filter(|&t| t >= tree.sentence(verb).start)?;
        let meant = |e: &Effect| matches!(e, Effect::Tries | Effect::Intends(Intent::Plan));
        let noun = |&t: &usize| tree.is_nominal(t) && self.words.effects(tree.lemma(t)).iter().any(meant);
        [Some(before), tree.head(before)].into_iter().flatten().find(noun)
    }

    /// Whose a decision, an effort or a report is: "the *army's* plan", "efforts by *Chad*", "the will of *NATO*", "*NATO* efforts".
    fn owner(&self, noun: usize) -> Option<usize> {
        let tree = self.tree;
        let phrase = |of: Closed| tree.phrases(noun).find(|&p| tree.has_preposition(p, of));
        let name = |m: &usize| *m < noun && tree.upos(*m) == Upos::Propn;
        let modifier = || tree.with(noun, &[Deprel::Compound, Deprel::Amod, Deprel::NmodDesc]).find(name);
        tree.child(noun, Deprel::NmodPoss)
            .or_else(|| phrase(Closed::Agent))
            .or_else(|| phrase(Closed::Genitive))
            .or_else(modifier)
    }

    /// Who does what a verb's infinitive says: its object ("urged Baku to withdraw"), else its subject.
    fn controller(&self, head: usize) -> Vec<usize> {
        let object = self.tree.with(head, &[Deprel::Obj, Deprel::Iobj]).next();
        object.or_else(|| self.called_on(head)).map_or_else(|| self.subjects(head), |o| vec![o])
    }

    /// "called *on the generals* to lay down their arms": of whom an act is demanded.
    fn called_on(&self, verb: usize) -> Option<usize> {
        let demands = self.words.does(self.tree.lemma(verb), Effect::Intends(Intent::Demand));
        let asked = |&o: &usize| o > verb && self.tree.has_preposition(o, Closed::Asked);
        self.tree.with(verb, OBLIQUES).find(|o| demands && asked(o))
    }

    /// "railed *against the senators* for leaving": at whom words are aimed.
    fn blamed(&self, verb: usize) -> Option<usize> {
        self.tree.with(verb, OBLIQUES).find(|&o| o > verb && self.tree.has_preposition(o, Closed::Blamed))
    }

    fn adverbial_subject(&self, verb: usize, head: usize) -> Vec<usize> {
        let mark = self.tree.preposition(verb).unwrap_or_default();
        let object = self.tree.with(head, &[Deprel::Obj, Deprel::NsubjPass]).next().or_else(|| self.blamed(head));
        let infinitive = self.tree.xpos(verb) == Xpos::Vb;
        if let Some(asked) = self.called_on(head).filter(|_| infinitive) {
            return vec![asked];
        }
        let asks = |e: &Effect| matches!(e, Effect::Commands | Effect::Intends(Intent::Demand));
        let commanded = infinitive && self.words.effects(self.tree.lemma(head)).iter().any(asks);
        match object {
            Some(object) if commanded || self.words.object_control.contains(&mark) => vec![object],
            _ if self.tree.is_nominal(head) && self.tree.child(head, Deprel::Cop).is_none() => Vec::new(),
            _ => self.subjects(head),
        }
    }

    /// "hours *after the army* had agreed": the mark of a clause read as the preposition of its subject, or the subject as a phrase of
    /// the clause above.
    fn marked_subject(&self, verb: usize, head: usize) -> Vec<usize> {
        let tree = self.tree;
        let mark = tree.child(verb, Deprel::Mark).filter(|&m| tree.is(m, Closed::ClauseMark));
        let marked = |&o: &usize| {
            let opens = tree.case(o).is_some_and(|c| tree.is(c, Closed::ClauseMark));
            o < verb
                && tree.is_nominal(o)
                && (opens || tree.case(o).is_none() && mark.is_some_and(|m| m + 1 == tree.edges(o).start))
        };
        tree.with(head, OBLIQUES).filter(marked).last().into_iter().collect()
    }

    /// A relative pronoun stands for the noun that its clause hangs on.
    fn antecedent(&self, token: usize) -> usize {
        let relative = matches!(self.tree.xpos(token), Xpos::Wp | Xpos::Wdt | Xpos::WpPoss)
            || (self.tree.upos(token) == Upos::Pron && self.tree.is(token, Closed::That));
        if !relative || self.tree.is_spare_that(token) {
            return token;
        }
        let clause = self.tree.ancestors(token).find(|&a| self.tree.rel(a) == Deprel::AclRelcl);
        clause.and_then(|c| self.tree.head(c)).map_or(token, |noun| self.restricted(token, noun))
    }

    /// "strikes inside Afghanistan *that* killed eight": no name needs "that" to be told from others, so it is the act before it.
    fn restricted(&self, pronoun: usize, noun: usize) -> usize {
        let tree = self.tree;
        let place = tree.has_preposition(noun, Closed::Locative);
        let name = tree.upos(noun) == Upos::Propn && place && tree.is(pronoun, Closed::That);
        let act = tree.head(noun).filter(|&a| name && tree.rel(noun) == Deprel::Nmod && tree.is_nominal(a));
        act.filter(|&a| self.rules.knows(Pos::Noun, &self.lemma(a))).unwrap_or(noun)
    }

    /// The noun of a relative clause without a pronoun and without an object: "the villages they captured".
    fn gap(&self, verb: usize, args: &Args) -> Option<usize> {
        let relative = self.tree.rel(verb) == Deprel::AclRelcl;
        let noun = self.tree.head(verb)?;
        let free = !args.0.iter().any(|a| a.role == Role::Patient || a.token == noun);
        (relative && free && self.tree.child(verb, Deprel::Nsubj).is_some()).then_some(noun)
    }

    fn passive(&self, verb: usize) -> bool {
        let tree = self.tree;
        if tree.with(verb, &[Deprel::AuxPass]).next().is_some() {
            return true;
        }
        if tree.xpos(verb) != Xpos::Vbn || tree.with(verb, &[Deprel::Aux]).next().is_some() {
            return false;
        }
        match tree.rel(verb) {
            Deprel::Acl | Deprel::Amod => true,
            Deprel::Advcl => tree.with(verb, SUBJECTS).next().is_none(),
            Deprel::Conj if tree.with(verb, SUBJECTS).next().is_none() => {
                tree.head(verb).is_some_and(|h| tree.upos(h) == Upos::Verb && self.passive(h))
            }
            // Without an auxiliary only headlines are passive; in prose it is a past tense tagged as a participle.
            _ => self.in_heading(verb) || self.has_by(verb),
        }
    }

    fn in_heading(&self, token: usize) -> bool {
        let sentences = &self.tree.doc.sentences;
        sentences.get(self.tree.doc.sentence_of(token)).is_some_and(|s| s.zone == ZoneKind::Heading)
    }

    fn has_by(&self, verb: usize) -> bool {
        self.tree.with(verb, OBLIQUES).any(|o| self.tree.rel(o) == Deprel::OblAgent)
    }

    fn negated(&self, token: usize) -> bool {
        let deny = |t: usize| self.words.denies(self.tree, t);
        deny(token) || (self.tree.upos(token) == Upos::Verb && self.tree.with(token, SUBJECTS).any(deny))
    }

    fn mood(&self, token: usize) -> Mood {
        let tree = self.tree;
        let purpose = self.words.is_purpose(tree, token);
        // "Poland to send tanks"
        let intended = tree.xpos(token) == Xpos::Vb
            && tree.head(token).is_none()
            && tree.with(token, &[Deprel::Mark]).any(|m| tree.xpos(m) == Xpos::To);
        // "if he went in and killed": what goes on with an unreal clause is unreal; a tense of its own ends what "will" began.
        let goes_on = tree.rel(token) == Deprel::Conj && tree.with(token, SUBJECTS).next().is_none();
        let above = tree.head(token).filter(|&h| goes_on && tree.upos(h) == Upos::Verb);
        let shared = above.map_or(Mood::Real, |h| match tree.xpos(token) == Xpos::Vb {
            _ if self.words.supposes(tree, h) => Mood::Unreal,
            true => self.mood(h),
            false => Mood::Real,
        });
        match self.words.is_unreal(tree, token) || intended {
            true => Mood::Unreal,
            false => shared.max(if purpose { Mood::Meant } else { Mood::Real }),
        }
    }
}

/// Arguments as they are collected: each token once.
#[derive(Default)]
struct Args(Vec<Arg>);

impl Args {
    fn push(&mut self, role: Role, token: usize, via: Option<usize>) {
        if !self.0.iter().any(|a| a.token == token && a.role == role) {
            self.0.push(Arg { role, token, via });
        }
    }

    /// The argument and what is coordinated with it, relative pronouns resolved.
    fn all(&mut self, builder: &Builder, role: Role, token: usize, via: Option<usize>) {
        for conjunct in builder.tree.coordinated(token) {
            self.push(role.clone(), builder.antecedent(conjunct), via);
        }
    }
}
