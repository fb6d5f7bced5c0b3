//! Drafts turned into the statements of a reading: indices into ids, tokens into quotes, qualifiers and evidence filled in.

use super::events::{Draft, Scene};
use super::fill::Filler;
use super::resolution::{Fact, Form, Mention as Resolved, Resolution};
use super::speech::Speech;
use super::tree::{fold_case, is_possessive_mark};
use crate::model::{
    Attribution, CharIndex, Document, Evidence, Mention, Name, NameSpan, Reading, Span, Statement, TokenRange,
};
use crate::ontology::Ontology;
use crate::seeds::{Closed, Grammar};
use crate::vocab::{EntityType, NameType, Stance, Status, Xpos};
use crate::weigh;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that one article yields.
pub fn reading(scene: &Scene, speeches: &[Speech], drafts: Vec<Draft>) -> Reading {
    let document = scene.tree.doc;
    let writer = Writer {
        document,
        chars: CharIndex::new(&document.article.text),
        grammar: scene.tree.grammar,
        resolution: scene.resolution,
    };
    let article = document.article.reference();
    let mut statements = writer.events(scene, &article.id, &drafts);
    let named = |f: &&Fact| [f.subject, f.object].iter().all(|&e| scene.resolution.entities[e].named);
    statements.extend(
        scene.resolution.facts.iter().filter(named).filter_map(|f| writer.fact(&article.id, f, scene.ontology)),
    );
    let statements = merge(statements);
    let mut entities = scene.resolution.entities.clone();
    let mentioned = writer.mentions(&statements);
    keep_used(&mut entities, &mentioned, &statements);
    Reading { article, entities, attributions: writer.attributions(scene, speeches), mentions: mentioned, statements }
}

struct Writer<'a> {
    document: &'a Document,
    chars: CharIndex<'a>,
    grammar: &'a Grammar,
    resolution: &'a Resolution,
}

impl Writer<'_> {
    fn events(&self, scene: &Scene, article: &str, drafts: &[Draft]) -> Vec<Statement> {
        let mut statements: Vec<Statement> = drafts.iter().map(|d| self.event(scene, article, d)).collect();
        for (i, d) in drafts.iter().enumerate() {
            statements[i].about = d.about.map(|a| statements[a].id.clone());
        }
        statements
    }

    fn event(&self, scene: &Scene, article: &str, d: &Draft) -> Statement {
        let refused = scene.refused(d);
        let predicate = refused.unwrap_or(d.predicate);
        let (mut subject, mut object) = (&d.subject, &d.object);
        if predicate.symmetric && self.id(subject.entity) > self.id(object.entity) {
            (subject, object) = (object, subject);
        }
        // Who refuses does so now, whoever says it.
        let speaker = d.speaker.filter(|&s| refused.is_none() || s != subject.entity);
        let told = if speaker.is_some() { Stance::Claims } else { Stance::Reports };
        let evidence = Evidence {
            rule: Name::from(d.rule.as_str()),
            stance: if refused.is_some() { told } else { d.context.stance },
            confidence: round(d.confidence),
            trigger: self.quote(TokenRange::new(d.trigger, d.trigger + 1)),
            subject: Some(self.quote(self.naming(subject))),
            object: Some(self.quote(self.naming(object))),
            speaker: speaker.map(|s| self.id(s)),
            cue: d.context.cue.map(|c| self.quote(c)),
            ..self.sentence(article, d.trigger)
        };
        let shifted = scene.shifted(d.predicate, &d.context);
        let (cameo, plover) = match shifted {
            Some((cameo, plover)) => (Some(cameo.as_str()), Some(plover.as_str())),
            None => (d.cameo.or(d.predicate.cameo.as_deref()), d.plover.or(d.predicate.plover.as_deref())),
        };
        let mut statement = Statement {
            negated: d.context.negated && refused.is_none(),
            time: d.time.clone(),
            place: d.place.map(|p| self.id(p)),
            weapon: d.weapons.iter().map(|&w| self.id(w)).collect::<BTreeSet<_>>().into_iter().collect(),
            killed: d.killed.clone(),
            injured: d.injured.clone(),
            instrument_of: d.instrument_of.map(|p| self.id(p)),
            content: d.content.map(|c| self.document.words(c).into()),
            cameo: cameo.map(Name::from),
            plover: plover.map(Name::from),
            ..blank(self.id(subject.entity), &predicate.name, self.id(object.entity), evidence)
        };
        for speaker in joint_speakers(scene, d) {
            let said = Evidence { speaker: Some(self.id(speaker)), ..statement.evidence[0].clone() };
            statement.evidence.push(said);
        }
        statement.id = statement.content_id();
        statement
    }

    /// The words that show who is meant: for a pronoun the name in the same sentence that it stands for, where there is one.
    fn naming(&self, filler: &Filler) -> TokenRange {
        let mentions = &self.resolution.mentions;
        let at = |m: &&Resolved| m.tokens == filler.tokens && m.form == Form::Pronoun;
        let from = mentions.partition_point(|m| m.tokens.start < filler.tokens.start);
        if !mentions[from..].iter().take_while(|m| m.tokens.start == filler.tokens.start).any(|m| at(&m)) {
            return filler.tokens;
        }
        let sentence = self.document.sentences[self.document.sentence_of(filler.tokens.start)].tokens;
        let before = mentions[..from].iter().rev().take_while(|m| m.tokens.start >= sentence.start);
        let named = before.filter(|m| m.form != Form::Pronoun).find(|m| m.entities == [filler.entity]);
        named.map_or(filler.tokens, |m| m.tokens)
    }

    fn fact(&self, article: &str, f: &Fact, ontology: &Ontology) -> Option<Statement> {
        let predicate = ontology.get(&f.predicate)?;
        let evidence = Evidence {
            rule: f.rule.clone(),
            stance: Stance::Reports,
            confidence: round(f.confidence),
            trigger: self.quote(f.trigger),
            subject: Some(self.quote(f.subject_tokens)),
            object: self.stands_apart(f).then(|| self.quote(f.object_tokens)),
            speaker: None,
            cue: None,
            ..self.sentence(article, f.subject_tokens.start)
        };
        let mut statement = blank(self.id(f.subject), &predicate.name, self.id(f.object), evidence);
        statement.cameo = predicate.cameo.as_deref().map(Name::from);
        statement.plover = predicate.plover.as_deref().map(Name::from);
        statement.id = statement.content_id();
        Some(statement)
    }

    /// Whether the object has words of its own, as in "Iraq's army" and "army of Iraq", rather than being read off the subject's
    /// name: "Iraqi army" mentions no state.
    fn stands_apart(&self, f: &Fact) -> bool {
        let (name, owner) = (f.subject_tokens, f.object_tokens);
        let within = name.start <= owner.start && owner.end <= name.end;
        let word = |t: usize| fold_case(self.document.word(t));
        let possessive = owner.end < name.end && is_possessive_mark(&word(owner.end));
        let of = (name.start..owner.start).any(|t| self.grammar.has(Closed::Genitive, &word(t)));
        !within || possessive || of
    }

    /// Evidence that knows its article and sentence only.
    fn sentence(&self, article: &str, token: usize) -> Evidence {
        let sentence = &self.document.sentences[self.document.sentence_of(token)];
        let quote = self.chars.quote(sentence.span);
        Evidence {
            article: Name::from(article),
            start: quote.start,
            end: quote.end,
            quote: quote.text,
            rule: Name::default(),
            stance: Stance::Reports,
            confidence: 0.0,
            trigger: self.chars.quote(Span::default()),
            subject: None,
            object: None,
            speaker: None,
            cue: None,
        }
    }

    fn quote(&self, tokens: TokenRange) -> crate::model::Quoted {
        self.chars.quote(self.document.span(tokens))
    }

    fn id(&self, entity: usize) -> Name {
        self.resolution.entities[entity].id.clone()
    }

    /// Mentions of named entities, and of unnamed parties to a conflict that take part in a statement; other unnamed ones
    /// ("students", "teams") stand in the evidence alone. A possessive ("his spokesman") is part of another phrase and not listed.
    fn mentions(&self, statements: &[Statement]) -> Vec<Mention> {
        let used: BTreeSet<&str> = statements.iter().flat_map(|s| [&*s.subject, &*s.object]).collect();
        let mut out = Vec::new();
        let possessive = |m: &&Resolved| self.document.tokens[m.head].xpos == Xpos::PrpPoss;
        for m in self.resolution.mentions.iter().filter(|m| !possessive(m)) {
            let words = self.quote(m.tokens);
            for &entity in &m.entities {
                let e = &self.resolution.entities[entity];
                if e.named || m.form != Form::Pronoun && is_party(e) && used.contains(&*e.id) {
                    let entity_type = if m.entities.len() == 1 { m.entity_type } else { e.entity_type };
                    let (start, end, text) = (words.start, words.end, words.text.clone());
                    out.push(Mention { entity: e.id.clone(), start, end, text, entity_type });
                }
            }
        }
        out.extend(self.inner_names());
        out.sort_by(|a, b| (a.start, a.end, &a.entity).cmp(&(b.start, b.end, &b.entity)));
        out.dedup_by(|a, b| (a.start, a.end, &a.entity) == (b.start, b.end, &b.entity));
        out
    }

    /// Names inside longer ones: the Algeria of "Algeria's army", the UK of "the UK government", the EC of "EC officials".
    fn inner_names(&self) -> Vec<Mention> {
        let owners = self.resolution.facts.iter().map(|f| (f.object_tokens, f.object));
        let one = |m: &&Resolved| {
            m.entities.len() == 1 && (m.entity_type == EntityType::State || m.form == Form::Description)
        };
        let inside = self.resolution.mentions.iter().filter(one).filter_map(|m| {
            let name = self.name_at(m.tokens.start)?;
            (name.tokens.end < m.tokens.end).then_some((name.tokens, m.entities[0]))
        });
        let named = owners.chain(inside).filter_map(|(tokens, entity)| {
            let entity_type = self.resolution.entities[entity].entity_type;
            let kind = match entity_type {
                EntityType::State => NameType::Loc,
                EntityType::Organization => NameType::Org,
                _ => return None,
            };
            let whole = self.name_at(tokens.start).is_some_and(|n| n.tokens == tokens && n.kind == kind);
            whole.then_some((tokens, entity, entity_type))
        });
        let mention = |(tokens, entity, entity_type)| {
            let words = self.quote(tokens);
            let (start, end, text) = (words.start, words.end, words.text);
            Mention { entity: self.id(entity), start, end, text, entity_type }
        };
        named.map(mention).collect()
    }

    /// The recognizer's name that begins at a token.
    fn name_at(&self, token: usize) -> Option<&NameSpan> {
        let names = &self.document.names;
        let found = names.binary_search_by_key(&token, |n| n.tokens.start).ok()?;
        Some(&names[found])
    }

    fn attributions(&self, scene: &Scene, speeches: &[Speech]) -> Vec<Attribution> {
        let speaker = |s: &Speech| s.source_head.and_then(|h| scene.speaker(h)).map(|e| self.id(e));
        let quote = |&r: &TokenRange| self.quote(r);
        let one = |s: &Speech| Attribution {
            source: s.source.iter().map(quote).collect(),
            cue: vec![self.quote(s.cue)],
            content: s.content.iter().map(quote).collect(),
            speaker: speaker(s),
        };
        speeches.iter().filter(|s| s.listed).map(one).collect()
    }
}

/// Those who say it together with the speaker: "Chad and Niger said".
fn joint_speakers(scene: &Scene, d: &Draft) -> Vec<usize> {
    let Some(first) = d.speaker else { return Vec::new() };
    let heads = d.context.speakers.iter().flat_map(|&h| scene.tree.coordinated(h));
    let mut all: Vec<usize> = heads.flat_map(|h| scene.speakers(h)).collect();
    if !all.contains(&first) {
        return Vec::new();
    }
    all.sort_unstable();
    all.dedup();
    all.retain(|s| *s != first);
    all
}

impl Scene<'_> {
    /// All that such a phrase stands for.
    fn speakers(&self, head: usize) -> Vec<usize> {
        let actors = [EntityType::Person, EntityType::Organization, EntityType::State];
        self.fill(head, crate::rules::Slot::Subject, &actors).into_iter().map(|f| f.entity).collect()
    }

    /// The entity that the head of a speaker's phrase stands for: one who can speak.
    pub fn speaker(&self, head: usize) -> Option<usize> {
        self.speakers(head).first().copied()
    }
}

/// Whether a body without a name is one that fights or governs: "enemy fighters", "local authorities".
fn is_party(e: &crate::model::Entity) -> bool {
    let fights = matches!(e.kind.as_deref(), Some("armed-force" | "armed-group" | "unit" | "alliance" | "government"));
    e.entity_type == EntityType::Organization && fights
}

fn blank(subject: Name, predicate: &str, object: Name, evidence: Evidence) -> Statement {
    Statement {
        id: Name::default(),
        subject,
        object,
        predicate: Name::from(predicate),
        status: Status::Reported,
        negated: false,
        claimed_by: Vec::new(),
        denied_by: Vec::new(),
        time: None,
        place: None,
        weapon: Vec::new(),
        killed: None,
        injured: None,
        instrument_of: None,
        content: None,
        cameo: None,
        plover: None,
        about: None,
        confidence: 0.0,
        sources: 1,
        evidence: vec![evidence],
    }
}

/// Statements with one id become one, with the evidence of all; sorted by id.
fn merge(statements: Vec<Statement>) -> Vec<Statement> {
    let mut by_id: BTreeMap<Name, Statement> = BTreeMap::new();
    for s in statements {
        match by_id.get_mut(&s.id) {
            Some(first) => unite(first, s),
            None => drop(by_id.insert(s.id.clone(), s)),
        }
    }
    let mut all: Vec<Statement> = by_id.into_values().collect();
    all.iter_mut().for_each(|s| weigh::settle(s, |_| None));
    all
}

fn unite(first: &mut Statement, other: Statement) {
    first.weapon.extend(other.weapon);
    first.weapon.sort();
    first.weapon.dedup();
    first.killed = first.killed.take().or(other.killed);
    first.injured = first.injured.take().or(other.injured);
    first.instrument_of = first.instrument_of.take().or(other.instrument_of);
    first.about = first.about.take().or(other.about);
    first.content = first.content.take().or(other.content);
    first.evidence.extend(other.evidence);
}

/// Drops unnamed entities that no statement needs, and puts the rest in order of their ids.
fn keep_used(entities: &mut Vec<crate::model::Entity>, mentions: &[Mention], statements: &[Statement]) {
    let mut used: BTreeSet<&str> = mentions.iter().map(|m| &*m.entity).collect();
    for s in statements {
        used.extend(
            [&*s.subject, &*s.object]
                .into_iter()
                .chain(s.place.as_deref())
                .chain(s.instrument_of.as_deref())
                .chain(s.weapon.iter().map(|w| &**w)),
        );
        used.extend(s.claimed_by.iter().chain(&s.denied_by).map(|n| &**n));
    }
    entities.retain(|e| used.contains(&*e.id));
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    entities.dedup_by(|a, b| a.id == b.id);
}

/// Four digits are more than the estimate is worth, and read well.
fn round(x: f64) -> f64 {
    (x.clamp(0.0, 1.0) * 1e4).round() / 1e4
}
