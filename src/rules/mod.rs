//! The rule language: which words, with which arguments, state which predicate. Specified in `seeds/rules/README.md`.
//!
//! A rule file names a predicate and lists triggers: verbs, nouns and adjectives, with the grammatical roles that fill the
//! slots of the statement. Rules match [`Predication`]s, in which passives, relative clauses, control, coordination and light
//! verbs are already undone, so that one trigger covers every construction.

mod predication;
mod syntax;

pub use predication::{Arg, Mood, Pos, Predication, Role};
pub use syntax::{Example, RuleFile, Slot, Trigger};

use crate::error::Result;
use crate::vocab::{EntityType, Stance};
use std::collections::BTreeMap;

/// A rule: a predicate with its conditions. Its triggers stand in the set.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `attacked/strike`: folder and file.
    pub name: String,
    /// The predicate, or `none` for a rule that keeps others from firing and says at most whose words `about` are.
    pub predicate: String,
    /// CAMEO code, where it differs from the predicate's.
    pub cameo: Option<String>,
    /// PLOVER type, where it differs from the predicate's.
    pub plover: Option<String>,
    /// Types allowed as subject; empty for the predicate's domain.
    pub subject: Vec<EntityType>,
    /// Types allowed as object; empty for the predicate's range.
    pub object: Vec<EntityType>,
    /// Kinds that an unnamed object is not of: "an army-held building" is no territory.
    pub not_kinds: Vec<String>,
    /// Kinds allowed as subject, empty where any is; `""` stands for an entity of no known kind.
    pub subject_kind: Vec<String>,
    /// Kinds allowed as object, the same.
    pub object_kind: Vec<String>,
    /// Whether the words of the object slot must name the object themselves: who "welcomes the support of a party" receives no party.
    pub direct: bool,
    /// A predicate that the same words do not state where this rule gives an edge: who "attacks" a rival in a speech uses no arms.
    pub instead: Option<String>,
    /// Whether it is read beside whatever else its words say, and hides nothing: who fires a missile at a town also uses it.
    pub beside: bool,
    /// A capital among the objects stands for its state: "recalled its envoy from Dublin".
    pub seats: bool,
    /// Two subjects without an object act on each other: "Baku and Yerevan clashed".
    pub reciprocal: bool,
    /// Two named people who bear no arms do not do it to each other: "Rubio clashed with Christie" in words.
    pub armed: bool,
    /// Who means to do it does it: who tries to defeat somebody fights him.
    pub meant: bool,
    /// What the act does with the statement in its `A` slot: an accusation claims it, a denial denies it.
    pub about: Option<Stance>,
    /// How often a clean match is right, before what the parse and the resolution take away.
    pub confidence: f64,
}

/// All rules, with an index from trigger words to triggers.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// The rules, by name.
    pub rules: Vec<Rule>,
    /// The examples of each rule, by the rule's index.
    pub examples: Vec<(usize, Example)>,
    triggers: Vec<(usize, Trigger)>,
    index: BTreeMap<(Pos, String), Vec<usize>>,
}

/// A rule that fits a predication, with the tokens that fill its slots.
#[derive(Debug, Clone)]
pub struct Match<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// The trigger that fired.
    pub trigger: &'r Trigger,
    /// Head tokens of the subject slot, by role; the first role that gives an entity counts.
    pub subjects: Vec<Vec<usize>>,
    /// Head tokens of the object slot, the same.
    pub objects: Vec<Vec<usize>>,
    /// Head tokens of the `A` slot: what a denial, demand or accusation is about.
    pub about: Vec<usize>,
}

impl RuleSet {
    /// Compiles rule files, given with their names (`attacked/strike.toml`) and texts.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<RuleSet> {
        let mut set = RuleSet::default();
        for (name, text) in files {
            set.add(RuleFile::parse(name, text)?);
        }
        Ok(set)
    }

    fn add(&mut self, file: RuleFile) {
        let number = self.rules.len();
        for (pos, trigger) in file.triggers {
            self.index.entry((pos, trigger.lemma.clone())).or_default().push(self.triggers.len());
            self.triggers.push((number, trigger));
        }
        self.examples.extend(file.examples.into_iter().map(|e| (number, e)));
        self.rules.push(file.rule);
    }

    /// Whether some rule is triggered by the word.
    pub fn knows(&self, pos: Pos, lemma: &str) -> bool {
        self.index.contains_key(&(pos, lemma.to_owned()))
    }

    /// Whether a noun is what somebody does, and not what he is: "attack", not "ally".
    pub fn is_act(&self, noun: &str) -> bool {
        let triggers = self.index.get(&(Pos::Noun, noun.to_owned())).into_iter().flatten();
        triggers.into_iter().any(|&i| !self.triggers[i].1.is_said_of())
    }

    /// Whether some rule is triggered by a verb with that particle: "hand over".
    pub fn knows_phrasal(&self, verb: &str, particle: &str) -> bool {
        let triggers = self.index.get(&(Pos::Verb, verb.to_owned())).into_iter().flatten();
        triggers.into_iter().any(|&i| self.triggers[i].1.particle() == Some(particle))
    }

    /// How many triggers there are.
    pub fn triggers(&self) -> usize {
        self.triggers.len()
    }

    /// Rules that fit a predication, those that ask for more first. A trigger that asks for more of the words around it hides those
    /// that ask for less ("strike a deal" is not "strike") save those of its own predicate, which may find what it misses. A
    /// rule that is read beside others neither hides nor is hidden.
    pub fn matches(&self, predication: &Predication, lemma_of: impl Fn(usize) -> String) -> Vec<Match<'_>> {
        let key = (predication.pos, predication.lemma.clone());
        let fitting: Vec<&(usize, Trigger)> = self
            .index
            .get(&key)
            .into_iter()
            .flatten()
            .map(|&i| &self.triggers[i])
            .filter(|(_, t)| t.fits(predication, &lemma_of))
            .collect();
        let (beside, hiding): (Vec<_>, Vec<_>) = fitting.into_iter().partition(|(r, _)| self.rules[*r].beside);
        let best = hiding.iter().map(|(_, t)| t.specificity()).max().unwrap_or(0);
        let first: Vec<&str> =
            hiding.iter().filter(|(_, t)| t.specificity() == best).map(|(r, _)| &*self.rules[*r].predicate).collect();
        let shown = hiding.iter().copied().filter(|(rule, _)| first.contains(&&*self.rules[*rule].predicate));
        let mut kept: Vec<_> = shown.chain(beside).collect();
        let tells = |rule: &Rule| rule.predicate != "none" || rule.about.is_some();
        kept.retain(|(rule, _)| tells(&self.rules[*rule]));
        kept.sort_by_key(|(_, t)| std::cmp::Reverse(t.specificity()));
        kept.into_iter()
            .map(|(rule, trigger)| Match {
                rule: &self.rules[*rule],
                trigger,
                subjects: trigger.fill(Slot::Subject, predication),
                objects: trigger.fill(Slot::Object, predication),
                about: trigger.fill(Slot::About, predication).concat(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> RuleSet {
        RuleSet::parse([("attacked/test.toml", text)]).unwrap()
    }

    fn verb(lemma: &str, args: &[(Role, usize)]) -> Predication {
        let args = args.iter().map(|(role, token)| Arg { role: role.clone(), token: *token, via: None }).collect();
        Predication {
            head: 9,
            pos: Pos::Verb,
            lemma: lemma.into(),
            particle: None,
            args,
            negated: false,
            mood: Mood::Real,
        }
    }

    #[test]
    fn roles_fill_slots_in_the_order_given() {
        let set = set("predicate = 'attacked'\nverbs = ['fire : O=at|on']");
        let p = verb("fire", &[(Role::Agent, 1), (Role::Prep("on".into()), 3), (Role::Prep("at".into()), 2)]);
        let m = set.matches(&p, |_| String::new());
        assert_eq!((&m[0].subjects, &m[0].objects), (&vec![vec![1]], &vec![vec![2], vec![3]]));
    }

    #[test]
    fn a_longer_trigger_hides_a_shorter_one() {
        let set = RuleSet::parse([
            ("attacked/a.toml", "predicate = 'attacked'\nverbs = ['strike']"),
            ("none/b.toml", "predicate = 'none'\nverbs = ['strike(patient=deal|accord)']"),
        ])
        .unwrap();
        let p = verb("strike", &[(Role::Agent, 1), (Role::Patient, 2)]);
        assert_eq!(set.matches(&p, |_| "deal".into()).len(), 0);
        assert_eq!(set.matches(&p, |_| "city".into()).len(), 1);
    }
}
