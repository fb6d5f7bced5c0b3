//! A small graph with every nasty value there is, for the tests of formats.

use newsgraph::graph::{KnowledgeGraph, fingerprint};
use newsgraph::model::{Casualties, Entity, Evidence, Name, Quoted, Reading, Statement, Time};
use newsgraph::vocab::{EntityType, Granularity, Stance, Status};
use newsgraph::{Article, ArticleRef};

/// What breaks formats: markup, quotes, backslashes, line ends, controls, emoji, right-to-left, separators.
pub const NASTY: &str = "a\"b'c<d>&amp;&e]]>f\\g\\\"h;i|j,k\tl\nm\r\nn\u{0}o\u{1}p\u{1b}q\u{7f}r\u{85}s\u{2028}t\u{feff}u\u{fffe}v\u{ffff}😀عربي\u{202e}\u{10ffff}{{$x}}`${y}`--%s";

pub fn entity(id: &str, entity_type: EntityType, label: &str) -> Entity {
    Entity {
        id: id.into(),
        entity_type,
        kind: None,
        label: label.into(),
        aliases: Vec::new(),
        named: true,
        country: None,
        lat: None,
        lon: None,
        same_as: Vec::new(),
        mentions: 1,
    }
}

fn length(text: &str) -> u32 {
    text.chars().count() as u32
}

fn words(start: u32, text: &str) -> Quoted {
    Quoted { start, end: start + length(text), text: text.into() }
}

fn evidence(quote: &str, stance: Stance, speaker: Option<&str>) -> Evidence {
    // Different sentences of one article stand at different places.
    let start = length(quote) * 100;
    let piece =
        |from: u32, n: usize| words(start + from, &quote.chars().skip(from as usize).take(n).collect::<String>());
    Evidence {
        article: Name::default(),
        start,
        end: start + length(quote),
        quote: quote.into(),
        rule: "attacked/hit".into(),
        stance,
        confidence: 0.75,
        trigger: piece(0, 1),
        subject: Some(piece(0, 2)),
        object: None,
        speaker: speaker.map(Name::from),
        cue: speaker.map(|_| piece(1, 1)),
    }
}

pub fn statement(subject: &str, predicate: &str, object: &str, evidence: Evidence) -> Statement {
    Statement {
        id: format!("{subject}{predicate}{object}").into(),
        subject: subject.into(),
        object: object.into(),
        predicate: predicate.into(),
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
        sources: 0,
        evidence: vec![evidence],
    }
}

fn time(start: Option<&str>, end: Option<&str>, granularity: Granularity) -> Option<Time> {
    Some(Time { start: start.map(Name::from), end: end.map(Name::from), granularity })
}

fn article(id: &str, text: &str) -> ArticleRef {
    let mut article = Article::new(id, text).reference();
    article.fingerprint = Some(fingerprint(text));
    article
}

fn nasty_entities() -> Vec<Entity> {
    use EntityType::*;
    let azerbaijan = Entity {
        aliases: vec!["Baku".into(), "Azeri officials".into(), NASTY.into(), String::new()],
        country: Some("AZE".into()),
        lat: Some(40.4),
        lon: Some(47.6),
        same_as: vec!["http://www.wikidata.org/entity/Q227".into(), "https://example.org/a b".into()],
        mentions: 31,
        ..entity("state/azerbaijan", State, "Azerbaijan")
    };
    let nowhere = Entity { lat: Some(f64::NAN), lon: Some(1.0), ..entity("place/barda", Place, "Barda") };
    let gunmen = Entity { named: false, ..entity("organization/gunmen", Organization, "gunmen") };
    let smerch = Entity { kind: Some("rocket-artillery".into()), ..entity("weapon/smerch", WeaponSystem, "Smerch") };
    vec![
        azerbaijan,
        nowhere,
        gunmen,
        smerch,
        entity(&format!("person/{NASTY}"), Person, NASTY),
        entity("person/twin-1", Person, "Twin"),
        entity("person/twin-2", Person, "Twin"),
        entity("place/empty", Place, ""),
        entity("place/../..", Place, ".."),
        entity(&format!("place/{}", "x".repeat(1000)), Place, &"é".repeat(10_000)),
    ]
}

fn nasty_statements() -> Vec<Statement> {
    let nasty = format!("person/{NASTY}");
    let hit = |stance, speaker: Option<&str>| {
        statement("state/azerbaijan", "attacked", "place/barda", evidence(NASTY, stance, speaker))
    };
    let shelling = Statement {
        time: time(Some("2020-10-28"), Some("2020-10-28"), Granularity::Day),
        weapon: vec!["weapon/smerch".into()],
        killed: Some(Box::new(Casualties {
            min: Some(21),
            max: None,
            who: Some(NASTY.into()),
            side: Some("state/azerbaijan".into()),
            cumulative: true,
        })),
        cameo: Some("194".into()),
        plover: Some("ASSAULT".into()),
        instrument_of: Some("person/twin-1".into()),
        ..hit(Stance::Claims, Some(&nasty))
    };
    let ides = Statement {
        time: time(Some("-0044-03-15"), None, Granularity::Interval),
        content: Some(NASTY.into()),
        cameo: Some("no such code".into()),
        ..hit(Stance::Reports, None)
    };
    let again = Statement {
        time: time(Some("2021-01-01"), Some("2021-12-31"), Granularity::Year),
        ..hit(Stance::Reports, None)
    };
    let undated = Statement {
        time: time(Some("not a day"), Some("2020-13-45"), Granularity::Year),
        negated: true,
        ..hit(Stance::Reports, None)
    };
    let accusation = Statement {
        about: Some(shelling.id.clone()),
        ..statement(&nasty, "accused", "state/azerbaijan", evidence("He said so.", Stance::Reports, None))
    };
    let itself =
        statement("person/twin-1", "denied", "person/twin-1", evidence("", Stance::Denies, Some("person/twin-2")));
    let strange =
        statement("person/twin-1", "no such predicate", "organization/gunmen", evidence("x y", Stance::Supposes, None));
    let located = statement(
        "place/barda",
        "locatedIn",
        "state/azerbaijan",
        evidence("Azerbaijan's Barda", Stance::Reports, None),
    );
    vec![shelling, ides, again, undated, accusation, itself, strange, located]
}

/// Two articles that say nasty things, and partly other things of the same.
pub fn nasty_readings() -> Vec<Reading> {
    let one = ArticleRef {
        title: Some(NASTY.into()),
        published: Some("2020-10-29".into()),
        source: Some("Wire & Sons".into()),
        url: Some("https://example.org/a?b=c&d=\"e\"".into()),
        ..article("a/ b\"<", "One text.")
    };
    let mut denial = nasty_statements().remove(0);
    denial.evidence = vec![evidence("It was not us.", Stance::Denies, Some("person/twin-2"))];
    denial.killed = None;
    let other = Entity { mentions: 4, ..entity("state/azerbaijan", EntityType::State, "Republic of Azerbaijan") };
    vec![
        Reading { article: one, entities: nasty_entities(), statements: nasty_statements(), ..Reading::default() },
        Reading {
            article: article("b", "Another text."),
            entities: vec![other],
            statements: vec![denial],
            ..Reading::default()
        },
    ]
}

/// The graph of these.
pub fn nasty_graph() -> KnowledgeGraph {
    KnowledgeGraph::from_readings(nasty_readings())
}
