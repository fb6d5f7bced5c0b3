//! Rule files: TOML with triggers in a small notation, checked on load with file and line.

use super::{Pos, Predication, Role, Rule};
use crate::error::{Error, Result};
use crate::vocab::{EntityType, Stance};
use serde::Deserialize;
use toml::Spanned;

/// A slot of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// `S`: who acts.
    Subject,
    /// `O`: on whom.
    Object,
    /// `A`: what a denial, accusation or demand is about.
    About,
}

/// A word with the arguments it needs, and where its slots are filled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The word.
    pub lemma: String,
    particle: Option<String>,
    /// Arguments that must be there, headed by one of these words.
    needs: Vec<(Role, Vec<String>)>,
    slots: Vec<(Slot, Vec<Role>)>,
}

/// A sentence in a rule file.
#[derive(Debug, Clone)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The edges it must give, `subject | predicate | object`; for a near miss the predicate must not appear at all.
    pub edges: Vec<String>,
    /// Whether it is one that the rule must not match.
    pub near: bool,
    /// Where it stands.
    pub line: usize,
}

/// A rule file, read.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// The rule.
    pub rule: Rule,
    /// Its triggers.
    pub triggers: Vec<(Pos, Trigger)>,
    /// Its examples.
    pub examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Toml {
    predicate: String,
    cameo: Option<String>,
    plover: Option<String>,
    #[serde(default)]
    subject: Vec<EntityType>,
    #[serde(default)]
    object: Vec<EntityType>,
    #[serde(default)]
    not_kinds: Vec<String>,
    #[serde(default)]
    subject_kind: Vec<String>,
    #[serde(default)]
    object_kind: Vec<String>,
    #[serde(default)]
    direct: bool,
    instead: Option<String>,
    #[serde(default)]
    beside: bool,
    #[serde(default)]
    seats: bool,
    #[serde(default)]
    reciprocal: bool,
    #[serde(default)]
    armed: bool,
    #[serde(default)]
    meant: bool,
    about: Option<Stance>,
    #[serde(default = "usual_confidence")]
    confidence: f64,
    #[serde(default)]
    verbs: Vec<Spanned<String>>,
    #[serde(default)]
    nouns: Vec<Spanned<String>>,
    #[serde(default)]
    adjectives: Vec<Spanned<String>>,
    #[serde(default, rename = "match")]
    matches: Vec<TomlExample>,
    #[serde(default)]
    near: Vec<TomlExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlExample {
    text: Spanned<String>,
    #[serde(default)]
    edges: Vec<String>,
}

fn usual_confidence() -> f64 {
    0.9
}

impl RuleFile {
    /// Reads a rule file; `name` is its path below `rules/`.
    pub fn parse(name: &str, text: &str) -> Result<RuleFile> {
        let toml: Toml = toml::from_str(text).map_err(|e| {
            let line = e.span().map(|s| line_of(text, s.start));
            Error::syntax(format!("rules/{name}"), line, e.message())
        })?;
        let at =
            |offset: usize, message: String| Error::syntax(format!("rules/{name}"), line_of(text, offset), message);
        let mut triggers = Vec::new();
        for (pos, lines) in [(Pos::Verb, &toml.verbs), (Pos::Noun, &toml.nouns), (Pos::Adjective, &toml.adjectives)] {
            for line in lines {
                let read = read_line(pos, line.get_ref()).map_err(|m| at(line.span().start, m))?;
                triggers.extend(read.into_iter().map(|t| (pos, t)));
            }
        }
        let example = |e: TomlExample, near| Example {
            line: line_of(text, e.text.span().start),
            text: e.text.into_inner(),
            edges: e.edges,
            near,
        };
        let near = toml.near.into_iter().map(|e| example(e, true)).collect::<Vec<_>>();
        let examples = toml.matches.into_iter().map(|e| example(e, false)).chain(near).collect();
        let rule = Rule {
            name: name.trim_end_matches(".toml").to_owned(),
            predicate: toml.predicate,
            cameo: toml.cameo,
            plover: toml.plover,
            subject: toml.subject,
            object: toml.object,
            not_kinds: toml.not_kinds,
            subject_kind: toml.subject_kind,
            object_kind: toml.object_kind,
            direct: toml.direct,
            instead: toml.instead,
            beside: toml.beside,
            seats: toml.seats,
            reciprocal: toml.reciprocal,
            armed: toml.armed,
            meant: toml.meant,
            about: toml.about,
            confidence: toml.confidence,
        };
        Ok(RuleFile { rule, triggers, examples })
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1
}

/// Reads `fire shoot open(patient=fire) : O=at|on`; what a bracket alone asks for, every word of the line does.
fn read_line(pos: Pos, line: &str) -> Result<Vec<Trigger>, String> {
    let (words, slots) = line.split_once(" : ").unwrap_or((line, ""));
    let slots = read_slots(pos, slots)?;
    let (shared, words): (Vec<&str>, Vec<&str>) = words.split_whitespace().partition(|w| w.starts_with('('));
    let shared = shared.into_iter().map(|w| read_needs(w, w)).collect::<Result<Vec<_>, String>>()?.concat();
    let trigger = |word: &&str| {
        let mut trigger = read_trigger(word, &slots)?;
        trigger.needs.extend(shared.iter().cloned());
        Ok(trigger)
    };
    let triggers: Vec<Trigger> = words.iter().map(trigger).collect::<Result<_, String>>()?;
    match triggers.is_empty() {
        true => Err("a trigger line needs at least one word".into()),
        false => Ok(triggers),
    }
}

fn read_slots(pos: Pos, text: &str) -> Result<Vec<(Slot, Vec<Role>)>, String> {
    let mut slots = Vec::new();
    for part in text.split_whitespace() {
        let (name, roles) = part.split_once('=').ok_or_else(|| format!("expected SLOT=role|role, found {part:?}"))?;
        let slot = match name {
            "S" => Slot::Subject,
            "O" => Slot::Object,
            "A" => Slot::About,
            _ => return Err(format!("{name:?} is no slot; the slots are S, O and A")),
        };
        slots.push((slot, roles.split('|').map(Role::parse).collect()));
    }
    for (slot, roles) in usual_slots(pos) {
        if !slots.iter().any(|(s, _)| *s == slot) {
            slots.push((slot, roles.iter().map(|r| Role::parse(r)).collect()));
        }
    }
    Ok(slots)
}

/// Where a line that does not say otherwise takes its slots from.
fn usual_slots(pos: Pos) -> [(Slot, &'static [&'static str]); 2] {
    match pos {
        Pos::Verb => [(Slot::Subject, &["agent"]), (Slot::Object, &["patient"])],
        Pos::Noun => [(Slot::Subject, &["by", "light", "poss", "mod"]), (Slot::Object, &["on", "against", "of"])],
        Pos::Adjective => [(Slot::Subject, &["agent"]), (Slot::Object, &["of"])],
    }
}

fn read_trigger(word: &str, slots: &[(Slot, Vec<Role>)]) -> Result<Trigger, String> {
    let (head, needs) = match word.split_once('(') {
        Some((head, _)) => (head, read_needs(&word[head.len()..], word)?),
        None => (word, Vec::new()),
    };
    let (lemma, particle) = match head.split_once('_') {
        Some((lemma, particle)) => (lemma, Some(particle.to_owned())),
        None => (head, None),
    };
    match lemma.is_empty() {
        true => Err(format!("{word:?} has no word before its bracket or particle")),
        false => Ok(Trigger { lemma: lemma.to_owned(), particle, needs, slots: slots.to_vec() }),
    }
}

/// Reads `(patient=fire,on=town)`.
fn read_needs(bracket: &str, word: &str) -> Result<Vec<(Role, Vec<String>)>, String> {
    let inside = bracket.strip_prefix('(').and_then(|b| b.strip_suffix(')'));
    let inside = inside.ok_or_else(|| format!("{word:?} has a bracket that is not closed"))?;
    inside.split(',').map(read_need).collect()
}

fn read_need(text: &str) -> Result<(Role, Vec<String>), String> {
    let (role, words) = text.split_once('=').ok_or_else(|| format!("expected role=word|word, found {text:?}"))?;
    Ok((Role::parse(role), words.split('|').map(str::to_owned).collect()))
}

/// In a need: whatever stands there.
const ANY: &str = "*";
/// The preposition of a gift's receiver, which the parse may hang on the gift: "gave a loan *to* Ukraine".
const GOAL: &str = "to";

impl Trigger {
    /// How much of the words around it the trigger asks for.
    pub fn specificity(&self) -> usize {
        self.needs.len() + usize::from(self.particle.is_some())
    }

    /// Whether it is said of somebody, as "a member" is, rather than done by him.
    pub(super) fn is_said_of(&self) -> bool {
        let subject = self.slots.iter().find(|(slot, _)| *slot == Slot::Subject);
        subject.is_some_and(|(_, roles)| roles.first() == Some(&Role::Is))
    }

    /// The particle of a phrasal verb.
    pub(super) fn particle(&self) -> Option<&str> {
        self.particle.as_deref()
    }

    /// Whether the predication has all that the trigger asks for.
    pub(super) fn fits(&self, predication: &Predication, lemma_of: &impl Fn(usize) -> String) -> bool {
        let particle_fits = match &self.particle {
            Some(particle) => predication.particle.as_deref() == Some(particle),
            None => true,
        };
        particle_fits && self.needs.iter().all(|(role, words)| need_is_met(predication, role, words, lemma_of))
    }

    /// The tokens of each role that a slot may be filled from, in the order given, empty ones left out. What hangs on the
    /// object counts only where the trigger names the object, or where it is whom the object goes to; "killed in an attack in Libya"
    /// was by whose attack it was.
    pub(super) fn fill(&self, slot: Slot, predication: &Predication) -> Vec<Vec<usize>> {
        let roles = self.slots.iter().filter(|(s, _)| *s == slot).flat_map(|(_, roles)| roles);
        let tokens = |role: &Role| -> Vec<usize> {
            let goal = matches!(role, Role::Prep(p) if &**p == GOAL);
            let asked = matches!(role, Role::Prep(_)) && self.needs.iter().any(|(r, _)| r == role);
            let through = goal || !self.needs.is_empty() && !asked;
            let reached = predication.role(role).filter(|a| a.via.is_none() || through);
            reached.map(|a| a.token).collect()
        };
        roles.map(tokens).filter(|t| !t.is_empty()).collect()
    }
}

fn need_is_met(p: &Predication, role: &Role, words: &[String], lemma_of: &impl Fn(usize) -> String) -> bool {
    // A lemmatizer may leave a plural as it is: "troops". Of "air-raid" the last part counts as well.
    p.role(role).any(|a| {
        let lemma = lemma_of(a.token);
        let last = lemma.rsplit('-').next();
        words.iter().any(|w| w == ANY || lemma == *w || lemma.strip_suffix('s') == Some(w) || last == Some(w))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        RuleFile::parse("x/y.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn errors_name_file_and_line() {
        assert!(error("predicate = 'a'\nverb = ['x']").starts_with("rules/x/y.toml:2: unknown field `verb`"));
        let text = "predicate = 'a'\nverbs = [\n  'hit',\n  'fire : Z=on',\n]";
        assert_eq!(error(text), "rules/x/y.toml:4: \"Z\" is no slot; the slots are S, O and A");
    }

    #[test]
    fn triggers_read_particles_and_needs() {
        let line = "carry_out(patient=attack|raid) open(patient=fire) : O=on";
        let read = read_line(Pos::Verb, line).unwrap();
        assert_eq!(read[0].particle.as_deref(), Some("out"));
        assert_eq!(read[0].specificity(), 2);
        assert_eq!(read[1].needs, [(Role::Patient, vec!["fire".to_owned()])]);
        let read = read_line(Pos::Adjective, "false untrue (agent=claim) : S=speaker").unwrap();
        assert!(read.len() == 2 && read.iter().all(|t| t.needs == [(Role::Agent, vec!["claim".to_owned()])]));
    }
}
