//! Who stands behind a predication: the article, a speaker who claims or denies it, or nobody yet because it is only planned.

use super::predication::Words;
use super::speech::{Act, Speech};
use super::tree::Tree;
use crate::model::TokenRange;
use crate::rules::{Arg, Mood, Predication, Role};
use crate::seeds::Closed;
use crate::vocab::{Deprel, Stance, Xpos};
use std::collections::BTreeMap;

/// What a sentence does with a predication, and through whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// Reports, claims, denies or supposes.
    pub stance: Stance,
    /// Whether it is said not to be so.
    pub negated: bool,
    /// The heads of the speaker's phrase; empty where the article speaks.
    pub speakers: Vec<usize>,
    /// The words of saying.
    pub cue: Option<TokenRange>,
    /// What is meant with an act that has not happened: promised, refused, threatened, demanded.
    pub intent: Option<Intent>,
    /// What is said of the act, or of its not having happened: claimed that somebody refuses it, denied that he does.
    pub told: Stance,
}

impl Context {
    /// The article says it has happened.
    pub fn reported() -> Context {
        Context {
            stance: Stance::Reports,
            negated: false,
            speakers: Vec::new(),
            cue: None,
            intent: None,
            told: Stance::Reports,
        }
    }
}

/// What an accusation, denial or demand does with the predications it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Claims, denies or supposes.
    pub stance: Stance,
    /// The heads of the one who accuses, denies, demands.
    pub speakers: Vec<usize>,
    /// The trigger.
    pub cue: TokenRange,
}

/// The contexts of one document.
pub struct Contexts<'a> {
    tree: &'a Tree<'a>,
    words: &'a Words,
    speeches: &'a [Speech],
    /// The innermost speech whose content holds a token.
    speech_of: Vec<Option<usize>>,
    /// Frames by the head token of what they are about.
    frames: BTreeMap<usize, Frame>,
}

impl<'a> Contexts<'a> {
    /// Paints the content of each speech onto its tokens, wider ones first, so that the innermost stays on top.
    pub fn new(tree: &'a Tree<'a>, words: &'a Words, speeches: &'a [Speech]) -> Contexts<'a> {
        let size = |s: &Speech| s.content.iter().map(|c| c.len()).sum::<usize>();
        let mut order: Vec<usize> = (0..speeches.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(size(&speeches[i])), i));
        let mut speech_of = vec![None; tree.len()];
        for i in order {
            for token in speeches[i].content.iter().flat_map(|c| c.range()).filter(|&t| t < tree.len()) {
                speech_of[token] = Some(i);
            }
        }
        Contexts { tree, words, speeches, speech_of, frames: BTreeMap::new() }
    }

    /// The innermost speech that holds a token.
    pub fn speech(&self, token: usize) -> Option<usize> {
        self.speech_of.get(token).copied().flatten()
    }

    /// The head of the phrase of who asserts what a token stands in.
    pub fn speaker(&self, token: usize) -> Option<usize> {
        let speech = &self.speeches[self.speech(token)?];
        speech.source_head.filter(|_| speech.act == Act::Asserts)
    }

    /// Puts what hangs on a token under a frame; the first frame stays.
    pub fn frame(&mut self, token: usize, frame: Frame) {
        self.frames.entry(token).or_insert(frame);
    }

    /// Gives each predication inside a speech its speaker as an argument, for rules that ask for one.
    pub fn lend_speakers(&self, predications: &mut [Predication]) {
        for p in predications {
            let speaker = self.speech(p.head).and_then(|s| self.speeches[s].source_head);
            p.args.extend(speaker.map(|token| Arg { role: Role::Speaker, token, via: None }));
        }
    }

    /// The context of a predication; `meant`: for a rule by which what is meant is done.
    pub fn of(&self, predication: &Predication, meant: bool) -> Context {
        let climb = self.climb(predication.head);
        let (told, speakers, cue) = self.voice(predication.head, &climb, meant);
        let unreal = match predication.mood.max(climb.mood) {
            Mood::Real => false,
            Mood::Meant => !meant || climb.doubted,
            Mood::Unreal => true,
        };
        let negated = predication.negated != climb.negated;
        let (stance, negated) = match (told, unreal, negated) {
            (_, true, negated) => (Stance::Supposes, negated),
            (Stance::Claims, _, true) => (Stance::Denies, false),
            (Stance::Denies, _, true) => (Stance::Claims, false),
            (stance, _, negated) => (stance, negated),
        };
        // "will not release" refuses.
        let supposed = self.words.supposes(self.tree, predication.head);
        let refuses = predication.negated && self.is_future(predication.head) && !supposed;
        // Who may refuse has refused nothing.
        let sure = climb.intent.filter(|i| *i != Intent::Refuse || !climb.doubted);
        let intent = if refuses { Some(Intent::Refuse) } else { sure };
        let intent = intent.filter(|_| stance == Stance::Supposes || negated);
        Context { stance, negated, speakers, cue, intent, told }
    }

    fn is_future(&self, head: usize) -> bool {
        self.tree.with(head, &[Deprel::Aux]).any(|a| self.words.future.contains(self.tree.lemma(a)))
    }

    fn voice(&self, head: usize, climb: &Climb, meant: bool) -> (Stance, Vec<usize>, Option<TokenRange>) {
        if let Some(frame) = climb.frame {
            return (frame.stance, frame.speakers.clone(), Some(frame.cue));
        }
        // "agreed to a truce *brokered* by Qatar": it is.
        let supposes = |s: &Speech| matches!(s.act, Act::Wants | Act::Thinks);
        let given = |s: &&Speech| {
            climb.apart && (supposes(s) || s.act == Act::Denies)
                || climb.given && s.act == Act::Wants && self.plans(s.cue_head)
                || climb.judge == Some(s.cue_head) && self.is_withheld(s.cue_head)
        };
        // "is trying to defeat": who means it does it.
        let tried =
            |s: &&Speech| meant && s.act == Act::Wants && self.words.does(self.tree.lemma(s.cue_head), Effect::Tries);
        let speech = |token: usize| self.speech(token).map(|s| &self.speeches[s]);
        // "said that Chad refused to meet him": who refuses says nothing besides.
        let refused = |s: &Speech| s.act == Act::Wants && self.refuses(s.cue_head);
        // Who says that somebody tries still says so.
        let past = |s: &&Speech| given(s) || tried(s) || refused(s) || self.is_aside(head, s.cue_head);
        let said = speech(head).and_then(|s| if past(&s) { speech(s.cue_head) } else { Some(s) });
        let Some(speech) = said else {
            return (Stance::Reports, Vec::new(), None);
        };
        let stance = match speech.act {
            Act::Asserts => Stance::Claims,
            Act::Denies if !self.words.denies(self.tree, speech.cue_head) => Stance::Denies,
            // Who "neither confirmed nor denied" says neither.
            Act::Denies | Act::Wants | Act::Thinks => Stance::Supposes,
        };
        (stance, speech.source_head.into_iter().collect(), Some(speech.cue))
    }

    fn plans(&self, cue: usize) -> bool {
        let meant = |e: &Effect| matches!(e, Effect::Intends(Intent::Plan | Intent::Refuse));
        self.words.effects(self.tree.lemma(cue)).iter().any(meant)
    }

    /// The frame that a token was put under, but for that of a refusal, which says nothing besides.
    fn framed(&self, token: usize) -> Option<&Frame> {
        self.frames.get(&token).filter(|f| f.stance != Stance::Supposes || !self.refuses(f.cue.start))
    }

    fn refuses(&self, cue: usize) -> bool {
        self.effects(cue).contains(&Effect::Intends(Intent::Refuse))
    }

    /// What a word does to what is below it; a phrasal verb may do otherwise: "*ruled out* sending troops".
    fn effects(&self, word: usize) -> &[Effect] {
        let particle = self.tree.child(word, Deprel::CompoundPrt);
        let phrase = particle.map(|p| format!("{}_{}", self.tree.lemma(word), self.tree.lower(p)));
        let phrasal = phrase.map(|p| self.words.effects(&p)).filter(|e| !e.is_empty());
        phrasal.unwrap_or_else(|| self.words.effects(self.tree.lemma(word)))
    }

    /// Whether a gerund is what somebody is against.
    fn is_shunned(&self, clause: usize) -> bool {
        self.tree.xpos(clause) == Xpos::Vbg && self.tree.has_preposition(clause, Closed::Blamed)
    }

    /// Whether a clause has a tense of its own and tells what is so, as no clause with "if" does.
    fn is_told(&self, clause: usize) -> bool {
        self.tree.has_tense(clause) && !self.words.is_unreal(self.tree, clause)
    }

    /// "refused to condemn *the invasion*": who judges or answers an act, or does not, takes it for done.
    fn is_judged(&self, act: usize, verb: usize) -> bool {
        let tree = self.tree;
        // Who "responds with strikes" has not had them done to him.
        let answered = tree.rel(act) == Deprel::Obl && !tree.has_preposition(act, Closed::Partner);
        let object = (answered || matches!(tree.rel(act), Deprel::Obj | Deprel::NsubjPass)) && tree.is_nominal(act);
        let known = |d: usize| self.words.definite.contains(tree.lower(d));
        object && self.words.judging.contains(tree.lemma(verb)) && tree.with(act, &[Deprel::Det]).all(known)
    }

    /// Whether an act that is named as known is the occasion of what the sentence tells.
    fn is_granted(&self, act: usize) -> bool {
        let tree = self.tree;
        let marked = tree.preposition(act).is_some_and(|p| self.words.granting.contains(&p));
        let known = |c: usize| match tree.rel(c) {
            Deprel::NmodPoss => true,
            Deprel::Det => self.words.definite.contains(tree.lower(c)),
            Deprel::Amod | Deprel::Compound => tree.is_capital(c),
            _ => false,
        };
        marked && tree.is_nominal(act) && tree.children(act).any(known)
    }

    /// Whether a gerund is what somebody or his object may be kept from: "prevented them *from attacking*".
    fn is_kept_from(&self, clause: usize) -> bool {
        let tree = self.tree;
        let marked = |m: usize| self.words.kept_from.contains(tree.lower(m));
        tree.rel(clause) == Deprel::Advcl
            && tree.xpos(clause) == Xpos::Vbg
            && tree.with(clause, &[Deprel::Mark]).any(marked)
    }

    /// Whether a verb, or the word before the clause, keeps from what the clause says: "*barred* him from", "stopped *short* of".
    fn keeps(&self, verb: usize, clause: usize) -> bool {
        let before = self.tree.edges(clause).start.saturating_sub(1);
        [verb, before].into_iter().any(|t| self.words.keeping.contains(self.tree.lemma(t)))
    }

    /// "Baku accused Yerevan, *which denies it*, of shelling": a clause set off from somebody whom the words are about is none of theirs.
    fn is_aside(&self, head: usize, cue: usize) -> bool {
        let tree = self.tree;
        let mut clauses = std::iter::once(head).chain(tree.ancestors(head)).take_while(|&a| a != cue);
        clauses.any(|c| {
            let noun = tree.head(c).filter(|_| tree.rel(c) == Deprel::AclRelcl && tree.is_set_off(c));
            noun.is_some_and(|n| {
                tree.head(n) == Some(cue) && matches!(tree.rel(n), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass)
            })
        })
    }

    /// Whether somebody does not say what a verb of saying says: "failed to *condemn*", "should *condemn*".
    fn is_withheld(&self, verb: usize) -> bool {
        let above = self.climb(verb);
        self.words.doubts(self.tree, verb) || above.negated || above.mood != Mood::Real
    }

    /// Whether a participle behind a comma says something, while its sentence tells of something else.
    fn is_said_besides(&self, clause: usize) -> bool {
        let start = self.tree.edges(clause).start;
        let first = start + usize::from(self.tree.lower(start) == ",");
        first == clause
            && self.tree.is_set_off(clause)
            && self.tree.xpos(clause) == Xpos::Vbg
            && self.speeches.iter().any(|s| s.cue_head == clause)
    }

    /// Walks up from a predicate: frames it stands in, and words above it that make it unreal or deny it.
    fn climb(&self, head: usize) -> Climb<'_> {
        let mut climb = Climb { frame: self.framed(head), ..Climb::default() };
        if self.is_future(head) {
            climb.intent = Some(Intent::Plan);
        }
        let mut below = head;
        let mut verbal = true;
        for above in self.tree.ancestors(head) {
            // "refrained *from attacking*"
            let kept = self.is_kept_from(below);
            let relation = if kept { Deprel::Xcomp } else { self.tree.rel(below) };
            climb.negated |= kept && !climb.given && self.keeps(above, below);
            // "demanded the release of men *held* in Kabul": they are held, whether or not they will be released.
            let bare = || self.tree.with(below, &[Deprel::Aux]).next().is_none();
            climb.given |= relation == Deprel::Acl && self.tree.xpos(below) == Xpos::Vbn && bare();
            // "decided *against recommending* charges"
            climb.negated |= relation == Deprel::Advcl && !climb.given && self.is_shunned(below);
            // "refused to land *after rebels shelled the town*": they did.
            let told = relation == Deprel::Advcl && self.is_told(below);
            climb.apart |= told && self.tree.is_past(below);
            // "is working to end the war, *accusing Russia*": it is said now.
            climb.apart |= relation == Deprel::Advcl && self.is_said_besides(below);
            // "wants talks *after Israel's strikes*": they were made.
            climb.apart |= matches!(relation, Deprel::Obl | Deprel::Nmod) && self.is_granted(below);
            climb.given |= told || climb.apart;
            if self.is_judged(below, above) {
                (climb.given, climb.judge) = (true, climb.judge.or(Some(above)));
                climb.frame = climb.frame.filter(|f| f.stance != Stance::Supposes);
            }
            // "sent jets to help *defeat* the rebels"
            if verbal && !climb.given && self.words.is_purpose(self.tree, below) {
                climb.mood = climb.mood.max(Mood::Meant);
            }
            verbal &= relation == Deprel::Xcomp;
            if !embeds(relation) {
                // What is coordinated with an embedded clause is embedded too; anything else ends the reach.
                if relation != Deprel::Conj {
                    break;
                }
            } else if !climb.given {
                // "rejected calls for a truce": the calls were made.
                let demand = Effect::Intends(Intent::Demand);
                let asked = relation == Deprel::Obj && self.words.does(self.tree.lemma(below), demand);
                // Who rejects a decision to act has not refused to act.
                let others = relation == Deprel::Obj && below != head;
                let refuses = |e: &&Effect| **e == Effect::Intends(Intent::Refuse);
                // Who insists that a school "was hit" demands nothing.
                let so = relation == Deprel::Ccomp && self.is_told(below) && self.tree.is_past(below);
                let idle = |e: &&Effect| (asked || others) && refuses(e) || so && **e == demand;
                let effects = self.effects(above).iter().filter(|e| !idle(e));
                effects.for_each(|e| climb.meet(*e, relation));
            }
            climb.doubted |= self.words.doubts(self.tree, above);
            below = above;
            let beside =
                |f: &&Frame| climb.given && f.stance == Stance::Supposes || climb.apart && f.stance == Stance::Denies;
            let frame = self.framed(above).filter(|f| !beside(f));
            climb.frame = climb.frame.or(frame);
        }
        climb
    }
}

#[derive(Default)]
struct Climb<'f> {
    frame: Option<&'f Frame>,
    mood: Mood,
    /// Whether what is above, by which it may be meant, is denied or unreal itself: "will try to".
    doubted: bool,
    negated: bool,
    intent: Option<Intent>,
    /// Whether it is said of something as a fact: "men *held* in Kabul".
    given: bool,
    /// Whether it is told beside what somebody wants or thinks: "wants talks *after rebels shelled the town*".
    apart: bool,
    /// The verb by which an act is judged: "condemned the invasion".
    judge: Option<usize>,
}

impl Climb<'_> {
    fn meet(&mut self, effect: Effect, relation: Deprel) {
        match effect {
            Effect::Negates => self.negated |= governs(relation),
            // "backed efforts to defeat": the efforts are made, whoever else helps them on.
            Effect::Unreal if relation == Deprel::Obj && self.mood == Mood::Meant => {}
            Effect::Unreal if governs(relation) => self.mood = Mood::Unreal,
            Effect::Tries if governs(relation) => self.mood = self.mood.max(Mood::Meant),
            Effect::Intends(intent) if governs(relation) => {
                let mood = if intent == Intent::Plan { Mood::Meant } else { Mood::Unreal };
                self.mood = self.mood.max(mood);
                self.negated |= intent == Intent::Refuse && relation != Deprel::Obj;
                self.intent = Some(intent);
            }
            Effect::Commands if matches!(relation, Deprel::Xcomp | Deprel::Ccomp) => {
                self.mood = Mood::Unreal;
                self.intent = Some(Intent::Demand);
            }
            Effect::Unreal | Effect::Tries | Effect::Intends(_) | Effect::Commands => {}
        }
    }
}

/// What a word does to the clause or event below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// "able to attack": not yet.
    Unreal,
    /// "try to attack": not yet, but it is meant.
    Tries,
    /// "failed to capture": not at all.
    Negates,
    /// "promised to send": not yet, and what is meant with it decides its code.
    Intends(Intent),
    /// "ordered troops to attack" demands; "ordered an attack" is the act.
    Commands,
}

/// What is meant with an act that has not happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Intent {
    /// "will", "plans to", "promised to".
    Plan,
    /// "refused to".
    Refuse,
    /// "threatened to".
    Threaten,
    /// "demanded that".
    Demand,
}

/// Relations through which "fail" denies, or "plan" keeps unreal, what is below it; neither does so to "after the attack".
fn governs(relation: Deprel) -> bool {
    use Deprel::*;
    matches!(relation, Xcomp | Ccomp | Csubj | Acl | Obj)
}

/// Relations through which a word rules what is below it.
fn embeds(relation: Deprel) -> bool {
    use Deprel::*;
    matches!(relation, Xcomp | Ccomp | Csubj | CsubjPass | Advcl | Acl | Obj | Obl | Nmod | NsubjPass)
}
