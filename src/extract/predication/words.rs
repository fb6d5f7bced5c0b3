//! The words that predications are built with, and what they say of the clauses below them.

use super::SUBJECTS;
use crate::error::Result;
use crate::extract::context::{Effect, Intent};
use crate::extract::tree::Tree;
use crate::seeds::Source;
use crate::vocab::{Deprel, Xpos};
use std::collections::{BTreeMap, BTreeSet};

/// Words that predications are built with, from `seeds/lexicon/predication.tsv`.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Verbs that lend their subject to a noun: "launch", "carry", "hold".
    pub light: BTreeSet<String>,
    /// "not", "never", "no".
    pub negations: BTreeSet<String>,
    /// Auxiliaries that make a clause unreal: "will", "may", "would".
    pub unreal_auxiliaries: BTreeSet<String>,
    /// Conjunctions that make a clause unreal: "if", "unless".
    pub unreal_marks: BTreeSet<String>,
    /// Prepositions before a gerund whose subject is the object of the verb above: "accused X *of* shelling".
    pub object_control: BTreeSet<String>,
    /// Verbs, nouns and adjectives that make what is below them unreal or deny it: "plan", "fail".
    pub embedding: BTreeMap<String, Vec<Effect>>,
    /// Auxiliaries of the future: "will".
    pub future: BTreeSet<String>,
    /// CAMEO code and PLOVER type of an act that is promised, refused, threatened or demanded, by its own PLOVER type.
    pub shifts: BTreeMap<(Intent, String), (String, String)>,
    /// "the", "this", "that".
    pub definite: BTreeSet<String>,
    /// Dashes that set off an apposition.
    pub dashes: BTreeSet<String>,
    /// Adverbs that phrasal verbs are made with: "out".
    pub particles: BTreeSet<String>,
    /// Prepositions by which an act explains the plight of a place: "following".
    pub occasions: BTreeSet<String>,
    /// Nouns that count other nouns: "series".
    pub collective: BTreeSet<String>,
    /// Auxiliaries of obligation: "must".
    pub obligations: BTreeSet<String>,
    /// Nouns that stand for what somebody has said: "claim", "allegation".
    pub claims: BTreeSet<String>,
    /// Words said of an object, whatever their tag: "found him *guilty*", "took them *hostage*".
    pub predicative: BTreeSet<String>,
    /// Participles by which a force acts for another: "Russian-*backed* separatists".
    pub proxy: BTreeSet<String>,
    /// Verbs of travel: "fly".
    pub motion: BTreeSet<String>,
    /// Verbs for whose sake help is given: "*rebuild* the ports".
    pub benefit: BTreeSet<String>,
    /// Verbs that tell what an attack did: "*killed* three people in an attack".
    pub harm: BTreeSet<String>,
    /// Nouns by which an act is somebody's own: "claimed *responsibility* for the bombing".
    pub answer: BTreeSet<String>,
    /// Verbs by which one takes such a thing as his own: "*claimed* responsibility", not "felt" it.
    pub owning: BTreeSet<String>,
    /// Verbs by which one takes an act itself as his own: "*claimed* the bombing".
    pub claiming: BTreeSet<String>,
    /// Acts that are claimed so: "claimed the *bombing*".
    pub deed: BTreeSet<String>,
    /// Prepositions of when an act is done: "*during* talks with X, Y said".
    pub meanwhile: BTreeSet<String>,
    /// Prepositions by which nothing before the subject belongs to the verb: "*on* the sidelines, X called for calm".
    pub fronted: BTreeSet<String>,
    /// Nouns of help with which an act is done: "with *support* from X".
    pub backing: BTreeSet<String>,
    /// Prepositions before a gerund of what somebody is kept from: "*from* leaving".
    pub kept_from: BTreeSet<String>,
    /// Words that keep somebody from an act: "*barred* him from leaving", "stopped *short* of leaving".
    pub keeping: BTreeSet<String>,
    /// Verbs of what is said to an act that is taken for done: "refused to *condemn* the invasion".
    pub judging: BTreeSet<String>,
    /// Verbs by which somebody is named as one of many: "its members *include* X".
    pub listing: BTreeSet<String>,
    /// Nouns of what another act is at the same time: "carried out strikes in *support* of".
    pub manner: BTreeSet<String>,
    /// Verbs that say with what an act is done: "struck it *using* drones".
    pub means: BTreeSet<String>,
    /// Auxiliaries that make a clause unreal where they stand before its subject: "*should* Congress reject it".
    pub inverted: BTreeSet<String>,
    /// Light verbs whose subject receives what is somebody's: "*has* the backing of", "*won* the support of".
    pub receiving: BTreeSet<String>,
    /// Verbs of what is done by doing something else: "marched to *protest*".
    pub voicing: BTreeSet<String>,
    /// Prepositions before an act that is the occasion of another: "wants talks *after* Israel's strikes".
    pub granting: BTreeSet<String>,
    /// Verbs that charge somebody with an act: "*blamed* Russia for the shelling".
    pub charging: BTreeSet<String>,
    /// Nouns of acting for somebody: "on *behalf* of", "on Moscow's *orders*".
    pub behalf: BTreeSet<String>,
}

impl Words {
    /// What a word does to what is below it.
    pub(in crate::extract) fn effects(&self, lemma: &str) -> &[Effect] {
        self.embedding.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a word has that effect on what is below it.
    pub(in crate::extract) fn does(&self, lemma: &str, effect: Effect) -> bool {
        self.effects(lemma).contains(&effect)
    }

    /// Whether a clause opens with a conjunction that makes it unreal, or is turned round for it: "if", "should Congress reject it".
    pub(in crate::extract) fn supposes(&self, tree: &Tree, clause: usize) -> bool {
        let mark = tree.with(clause, &[Deprel::Mark]).any(|m| self.unreal_marks.contains(tree.lower(m)));
        // "there should be an inquiry" is no condition.
        let subject = tree.with(clause, SUBJECTS).next().filter(|_| tree.child(clause, Deprel::Expl).is_none());
        let before = |a: usize| subject.is_some_and(|s| a < s) && self.inverted.contains(tree.lower(a));
        mark || tree.with(clause, &[Deprel::Aux]).any(before)
    }

    /// Whether an auxiliary or a conjunction makes a clause unreal.
    pub(in crate::extract) fn is_unreal(&self, tree: &Tree, clause: usize) -> bool {
        let auxiliary = |a: usize| self.unreal_auxiliaries.contains(tree.lemma(a));
        tree.with(clause, &[Deprel::Aux]).any(auxiliary) || self.supposes(tree, clause)
    }

    /// Whether a word is denied on the spot.
    pub(in crate::extract) fn denies(&self, tree: &Tree, word: usize) -> bool {
        let by = |w: usize| self.negations.contains(tree.lemma(w)) || self.negations.contains(tree.lower(w));
        tree.with(word, &[Deprel::Advmod, Deprel::Det, Deprel::Mark, Deprel::Cc]).any(by)
    }

    /// Whether an infinitive is what something is done for. Who "flew to Cairo to meet" somebody met him, who "marched to protest" an
    /// act protested, who "used drones to attack" attacked.
    pub(in crate::extract) fn is_purpose(&self, tree: &Tree, clause: usize) -> bool {
        let travels = |h: usize| tree.xpos(h) == Xpos::Vbd && self.motion.contains(tree.lemma(h));
        let voices = |h: usize| self.voicing.contains(tree.lemma(clause)) && tree.is_past(h);
        let uses = |h: usize| self.means.contains(tree.lemma(h)) && tree.has_tense(h);
        let done = |h: usize| travels(h) || (voices(h) || uses(h)) && !self.doubts(tree, h);
        tree.xpos(clause) == Xpos::Vb
            && matches!(tree.rel(clause), Deprel::Advcl | Deprel::Acl)
            && tree.with(clause, &[Deprel::Mark]).next().is_some()
            && !tree.head(clause).is_some_and(done)
    }

    /// Whether what hangs on a word is in doubt: the word is denied or unreal.
    pub(in crate::extract) fn doubts(&self, tree: &Tree, word: usize) -> bool {
        self.denies(tree, word) || self.is_unreal(tree, word)
    }

    /// Reads `lexicon/predication.tsv`.
    pub fn load(source: &Source) -> Result<Words> {
        let mut words = Words::default();
        for row in source.table("lexicon/predication.tsv", &["class", "word"])?.rows() {
            let row = row?;
            let word = row.fields[1].to_owned();
            let set = match row.fields[0] {
                "dash" => &mut words.dashes,
                "occasion" => &mut words.occasions,
                "particle" => &mut words.particles,
                "collective" => &mut words.collective,
                "obligation" => &mut words.obligations,
                "definite" => &mut words.definite,
                "claim" => &mut words.claims,
                "predicative" => &mut words.predicative,
                "proxy" => &mut words.proxy,
                "motion" => &mut words.motion,
                "benefit" => &mut words.benefit,
                "harm" => &mut words.harm,
                "answer" => &mut words.answer,
                "owning" => &mut words.owning,
                "deed" => &mut words.deed,
                "claiming" => &mut words.claiming,
                "meanwhile" => &mut words.meanwhile,
                "fronted" => &mut words.fronted,
                "backing" => &mut words.backing,
                "kept-from" => &mut words.kept_from,
                "keeping" => &mut words.keeping,
                "judging" => &mut words.judging,
                "voicing" => &mut words.voicing,
                "granting" => &mut words.granting,
                "charging" => &mut words.charging,
                "behalf" => &mut words.behalf,
                "listing" => &mut words.listing,
                "manner" => &mut words.manner,
                "means" => &mut words.means,
                "receiving" => &mut words.receiving,
                "inverted" => &mut words.inverted,
                "light" => &mut words.light,
                "negation" => &mut words.negations,
                "object-control" => &mut words.object_control,
                "unreal-auxiliary" => &mut words.unreal_auxiliaries,
                "unreal-mark" => &mut words.unreal_marks,
                "future" => &mut words.future,
                class => {
                    words.embedding.entry(word).or_default().push(effect(class).map_err(|m| row.error(m))?);
                    continue;
                }
            };
            set.insert(word);
        }
        for row in source.table("lexicon/shifts.tsv", &["intent", "plover", "shifted", "cameo"])?.rows() {
            let row = row?;
            let Effect::Intends(intent) = effect(row.fields[0]).map_err(|m| row.error(m))? else {
                return Err(row.error("an intent is one of plan, refuse, threaten, demand"));
            };
            let codes = (row.fields[3].to_owned(), row.fields[2].to_owned());
            words.shifts.insert((intent, row.fields[1].to_owned()), codes);
        }
        Ok(words)
    }
}

fn effect(class: &str) -> Result<Effect, String> {
    Ok(match class {
        "unreal" => Effect::Unreal,
        "try" => Effect::Tries,
        "negates" => Effect::Negates,
        "plan" => Effect::Intends(Intent::Plan),
        "refuse" => Effect::Intends(Intent::Refuse),
        "threaten" => Effect::Intends(Intent::Threaten),
        "demand" => Effect::Intends(Intent::Demand),
        "command" => Effect::Commands,
        other => return Err(format!("{other:?} is no class; seeds/README.md lists those there are")),
    })
}
