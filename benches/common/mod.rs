//! A large graph made from a seed, for benches: the same on every machine.

#![allow(dead_code, reason = "each bench uses what it needs")]

use newsgraph::graph::KnowledgeGraph;
use newsgraph::model::{Entity, Evidence, Name, Quoted, Reading, Statement, Time};
use newsgraph::vocab::{EntityType, Granularity, Stance, Status};
use newsgraph::{Article, Ontology};
use std::sync::LazyLock;
use std::time::Instant;

/// The graph of [`readings`].
pub fn graph(nodes: usize, statements: usize) -> KnowledgeGraph {
    KnowledgeGraph::from_readings(readings(nodes, statements))
}

/// SplitMix64: the same graph on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % n as u64) as usize
    }

    /// Small numbers are more likely, as with names in news.
    fn skewed(&mut self, n: usize) -> usize {
        let x = self.below(1 << 20) as f64 / (1 << 20) as f64;
        ((x * x * x) * n as f64) as usize
    }
}

fn entity(i: usize, mentions: usize) -> Entity {
    let entity_type = EntityType::ALL[i % EntityType::ALL.len()];
    let place = entity_type == EntityType::Place;
    Entity {
        id: format!("{}/name-number-{i}", entity_type.slug()).into(),
        entity_type,
        kind: Some("kind".into()),
        label: format!("Name Number {i}"),
        aliases: vec![format!("N. Number {i}"), format!("Number {i}")],
        named: true,
        country: Some("AZE".into()),
        lat: place.then_some(40.0 + (i % 100) as f64 / 100.0),
        lon: place.then_some(47.0 + (i % 100) as f64 / 100.0),
        same_as: vec![format!("http://www.wikidata.org/entity/Q{i}")],
        mentions,
    }
}

fn statement(random: &mut Random, nodes: usize, predicates: &[Name]) -> Statement {
    let [subject, object, speaker] = [(); 3].map(|()| entity(random.skewed(nodes), 1).id);
    let day = format!("20{:02}-{:02}-{:02}", 10 + random.below(15), 1 + random.below(12), 1 + random.below(28));
    let day = Name::from(day);
    let quote =
        format!("The {subject} said on Wednesday that {object} had shelled the town number {}.", random.below(1 << 30));
    let start = random.below(4000) as u32;
    let part =
        |text: &str, at: u32| Quoted { start: start + at, end: start + at + text.len() as u32, text: text.into() };
    let evidence = Evidence {
        article: Name::default(),
        start,
        end: start + quote.len() as u32,
        trigger: part("shelled", 50),
        subject: Some(part(&subject, 4)),
        object: Some(part(&object, 30)),
        cue: Some(part("said", 20)),
        quote: quote.into(),
        rule: "attacked/shell".into(),
        stance: Stance::ALL[random.below(2)],
        confidence: 0.5 + random.below(50) as f64 / 100.0,
        speaker: Some(speaker),
    };
    Statement {
        id: Name::default(),
        subject,
        object,
        predicate: predicates[random.below(predicates.len())].clone(),
        status: Status::Reported,
        negated: false,
        claimed_by: Vec::new(),
        denied_by: Vec::new(),
        time: Some(Time { start: Some(day.clone()), end: Some(day), granularity: Granularity::Day }),
        place: None,
        weapon: Vec::new(),
        killed: None,
        injured: None,
        instrument_of: None,
        content: None,
        cameo: Some("194".into()),
        plover: Some("ASSAULT".into()),
        about: None,
        confidence: 0.0,
        sources: 0,
        evidence: vec![evidence],
    }
}

/// Readings of articles with 25 statements each, made as they are asked for.
pub fn readings(nodes: usize, statements: usize) -> impl Iterator<Item = Reading> {
    let predicates: Vec<Name> = Ontology::builtin().predicates().map(|p| p.name.as_str().into()).collect();
    let mut random = Random(42);
    let articles = statements.div_ceil(25);
    (0..articles).map(move |a| {
        let statements: Vec<Statement> = (0..25).map(|_| statement(&mut random, nodes, &predicates)).collect();
        let own = nodes * a / articles..nodes * (a + 1) / articles;
        let article = Article::new(format!("article-{a}"), format!("text {a}")).reference();
        Reading { article, entities: own.map(|i| entity(i, 3)).collect(), statements, ..Reading::default() }
    })
}

/// Processor seconds of this thread so far, where the system says so; else those of the clock. Benches run on machines that
/// have other work.
pub fn seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|n| n.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// A number that an environment variable gives, or else the default.
pub fn size(variable: &str, default: usize) -> usize {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}
