//! Merging is order-free and idempotent, retraction exact, and the interchange JSON reads back to the same graph.

use super::*;
use crate::Article;
use crate::model::{Casualties, Evidence, Quoted, Time};
use crate::vocab::{EntityType, Granularity, Stance, Status};

fn entity(id: &str, label: &str, aliases: &[&str], mentions: usize) -> Entity {
    let slug = id.split('/').next().unwrap_or_default();
    Entity {
        id: id.into(),
        entity_type: EntityType::ALL.iter().copied().find(|t| t.slug() == slug).expect("a known type"),
        kind: None,
        label: label.into(),
        aliases: aliases.iter().map(|a| a.to_string()).collect(),
        named: true,
        country: None,
        lat: None,
        lon: None,
        same_as: Vec::new(),
        mentions,
    }
}

fn statement(subject: &str, predicate: &str, object: &str, stance: Stance, speaker: Option<&str>) -> Statement {
    let quoted = Quoted { start: 6, end: 9, text: "hit".into() };
    let evidence = Evidence {
        article: "set by the graph".into(),
        start: 0,
        end: 14,
        quote: "North hit Dale".into(),
        rule: "attacked/hit".into(),
        stance,
        confidence: 0.6,
        trigger: quoted,
        subject: None,
        object: None,
        speaker: speaker.map(Name::from),
        cue: None,
    };
    Statement {
        id: "x".into(),
        subject: subject.into(),
        object: object.into(),
        predicate: predicate.into(),
        status: Status::Hypothetical,
        negated: false,
        claimed_by: Vec::new(),
        denied_by: Vec::new(),
        time: Some(Time {
            start: Some("2020-10-28".into()),
            end: Some("2020-10-28".into()),
            granularity: Granularity::Day,
        }),
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

fn reading(article: &str, text: &str, entities: Vec<Entity>, statements: Vec<Statement>) -> Reading {
    let mut article = Article::new(article, text).reference();
    article.fingerprint = Some(fingerprint(text));
    Reading { article, entities, statements, ..Reading::default() }
}

fn dead(min: u64, max: Option<u64>) -> Option<Box<Casualties>> {
    Some(Box::new(Casualties { min: Some(min), max, who: Some("civilians".into()), side: None, cumulative: false }))
}

/// Four articles: two that disagree, a reprint, and another text under an id that is taken.
fn readings() -> Vec<Reading> {
    let hit = |stance, speaker| statement("state/north", "attacked", "place/dale", stance, speaker);
    let mut claimed = hit(Stance::Claims, Some("person/ann"));
    claimed.killed = dead(21, None);
    let mut denied = hit(Stance::Denies, Some("person/bob"));
    denied.killed = dead(19, Some(20));
    denied.weapon = vec!["weapon/grad".into()];
    let met = statement("state/south", "fought", "state/north", Stance::Reports, None);
    let wire = "North hit Dale, Ann said on Wednesday, and twenty-one people died there in one hour of shelling.";
    vec![
        reading("a", wire, vec![entity("state/north", "North", &["The North"], 3)], vec![claimed.clone(), met]),
        reading("b", "Bob denied it.", vec![entity("state/north", "Northland", &["North"], 2)], vec![denied]),
        reading("c", &format!("{wire} "), vec![entity("state/north", "North", &[], 3)], vec![claimed.clone()]),
        reading("a", "Other words.", vec![entity("place/dale", "Dale", &[], 1)], vec![claimed]),
    ]
}

fn json(graph: &KnowledgeGraph) -> String {
    let mut out = Vec::new();
    write_json(&graph.view(), &mut out).expect("writing to memory");
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[test]
fn merging_is_order_free_and_idempotent() {
    let there = KnowledgeGraph::from_readings(readings());
    let mut back: Vec<Reading> = readings();
    back.reverse();
    back.extend(readings());
    let mut one_by_one = KnowledgeGraph::new();
    let added: Vec<bool> = back.into_iter().map(|r| one_by_one.add(r)).collect();
    assert_eq!(added, [true, true, true, true, false, false, false, false]);
    assert_eq!(json(&there), json(&one_by_one));
    let mut twice = there.clone();
    twice.merge(one_by_one);
    assert_eq!(json(&there), json(&twice));
}

#[test]
fn evidence_adds_up_across_articles() {
    let graph = KnowledgeGraph::from_readings(readings());
    let view = graph.view();
    let hit = view.edges().iter().find(|e| *e.predicate == *"attacked").expect("the attack");
    assert_eq!(hit.status, Status::Disputed);
    assert_eq!(hit.claimed_by, [Name::from("person/ann")]);
    assert_eq!(hit.denied_by, [Name::from("person/bob")]);
    assert_eq!(hit.evidence.len(), 4);
    // The reprint is no source of its own.
    assert_eq!(hit.sources, 3);
    assert_eq!(hit.confidence, 0.936);
    assert_eq!(hit.weapon, [Name::from("weapon/grad")]);
    assert_eq!(hit.killed, dead(19, None));
    let north = graph.entity("state/north").expect("merged");
    assert_eq!((north.label.as_str(), north.mentions), ("North", 8));
    assert_eq!(north.aliases, ["Northland", "The North"]);
    // A symmetric statement has the smaller id first, and who is only named by a statement is there too.
    assert!(view.edges().iter().any(|e| *e.predicate == *"fought" && *e.subject == *"state/north"));
    assert_eq!(graph.entity("person/bob").map(|e| e.label.as_str()), Some("bob"));
}

#[test]
fn two_texts_of_one_id_stay_apart() {
    let graph = KnowledgeGraph::from_readings(readings());
    let names: Vec<&str> = graph.articles().map(|a| a.id.as_str()).collect();
    assert_eq!(names.len(), 4);
    assert!(names[0].starts_with("a@") && names[1].starts_with("a@") && names[2..] == ["b", "c"], "{names:?}");
    let view = graph.view();
    for e in view.edges().iter().flat_map(|e| &e.evidence) {
        assert!(graph.article(&e.article).is_some(), "{}", e.article);
    }
}

#[test]
fn a_removed_article_leaves_no_trace() {
    for gone in ["a", "b", "c"] {
        let mut graph = KnowledgeGraph::from_readings(readings());
        assert!(graph.remove_article(gone));
        assert!(!graph.remove_article(gone));
        let never = KnowledgeGraph::from_readings(readings().into_iter().filter(|r| r.article.id != gone));
        assert_eq!(json(&graph), json(&never), "{gone}");
    }
}

#[test]
fn json_reads_back_to_the_same_graph() {
    let graph = KnowledgeGraph::from_readings(readings());
    let text = json(&graph);
    let mut back = read_json("g.json", text.as_bytes()).expect("our own JSON");
    assert_eq!(json(&back), text);
    // What was read back can still be taken apart and added to.
    assert!(back.remove_article("b") && !back.add(readings().remove(2)));
    back.extend(readings());
    assert_eq!(json(&back), text);
}

#[test]
fn unify_makes_one_of_two() {
    let mut graph = KnowledgeGraph::from_readings(readings());
    graph.unify(&[(Name::from("person/ann"), Name::from("person/anna"))].into());
    let hit = graph.view().edges().iter().find(|e| *e.predicate == *"attacked").expect("the attack").claimed_by.clone();
    assert_eq!(hit, [Name::from("person/anna")]);
    assert!(graph.entity("person/ann").is_none());
}

#[test]
fn filters_pick_and_collapse() {
    let graph = KnowledgeGraph::from_readings(readings());
    let count = |filter: Filter| View::new(&graph, &filter).map(|v| (v.entities().len(), v.edges().len()));
    let is = |filter: Filter, expected: (usize, usize)| assert_eq!(count(filter).expect("a good filter"), expected);
    is(Filter::default(), (6, 2));
    is(Filter { predicates: vec!["fought".into()], ..Filter::default() }, (2, 1));
    is(Filter { statuses: vec![Status::Disputed], ..Filter::default() }, (5, 1));
    is(Filter { min_sources: 2, ..Filter::default() }, (5, 1));
    is(Filter { since: Some("2020-10-29".into()), ..Filter::default() }, (0, 0));
    is(Filter { types: vec![EntityType::State], ..Filter::default() }, (2, 1));
    is(Filter { focus: vec!["dale".into()], hops: 1, ..Filter::default() }, (5, 1));
    is(Filter { top: Some(2), ..Filter::default() }, (5, 1));
    is(Filter { collapse: true, ..Filter::default() }, (6, 2));
    assert!(count(Filter { focus: vec!["Nowhere".into()], ..Filter::default() }).is_err());
    assert!(count(Filter { predicates: vec!["ate".into()], ..Filter::default() }).is_err());
}

#[test]
fn the_lists_of_a_file_may_stand_in_any_order_but_once() {
    let graph = KnowledgeGraph::from_readings(readings());
    let file: serde_json::Value = serde_json::from_str(&json(&graph)).unwrap();
    let part = |name: &str| format!("\"{name}\": {}", file[name]);
    let (meta, nodes, edges) = (part("graph"), part("nodes"), part("edges"));
    let links = edges.replacen("edges", "links", 1);
    for parts in [[&edges, &nodes, &meta], [&nodes, &links, &meta], [&meta, &nodes, &edges]] {
        let text = format!("{{{}}}", parts.map(String::as_str).join(","));
        assert_eq!(json(&read_json("g.json", text.as_bytes()).unwrap()), json(&graph));
    }
    for (parts, expected) in [
        (vec![&meta, &nodes], "missing field `edges`"),
        (vec![&meta, &edges], "missing field `nodes`"),
        (vec![&meta, &nodes, &edges, &nodes], "duplicate field `nodes`"),
        (vec![&meta, &nodes, &edges, &edges], "duplicate field `edges`"),
    ] {
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).collect();
        let error = read_json("g.json", format!("{{{}}}", parts.join(",")).as_bytes()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_file_is_read_piece_by_piece_and_errors_name_the_line() {
    let name = |i: usize| format!("Name {} {i}", "é".repeat(i % 97));
    let entities = (0..4000).map(|i| entity(&format!("person/{i}"), &name(i), &[], 1));
    let long = entity("person/long", &"long ".repeat(200_000), &[], 1);
    let text =
        json(&KnowledgeGraph::from_readings([reading("a", "Text.", entities.chain([long]).collect(), Vec::new())]));
    assert_eq!(json(&read_json("g.json", text.as_bytes()).unwrap()), text);
    let lines = text.lines().count();
    let error = |text: &str| read_json("g.json", text.as_bytes()).unwrap_err().to_string();
    let (cut, _) = text.trim_end().rsplit_once('\n').unwrap();
    assert!(error(cut).starts_with(&format!("g.json:{}: ", lines - 1)), "{}", error(cut));
    assert!(error(&format!("{text} x")).starts_with(&format!("g.json:{}: ", lines + 1)));
    let named = text.replacen("\"named\":true", "\"named\":7", 1);
    let at = named.lines().position(|l| l.contains("\"named\":7")).unwrap() + 1;
    assert!(error(&named).starts_with(&format!("g.json:{at}: ")), "{}", error(&named));
}

#[test]
fn what_is_about_a_statement_with_a_foreign_id_follows_it() {
    let hit = statement("state/north", "attacked", "place/dale", Stance::Claims, Some("person/ann"));
    let id = hit.content_id();
    let mut denied = statement("state/north", "denied", "person/ann", Stance::Reports, None);
    denied.about = Some(id.clone());
    let text = json(&KnowledgeGraph::from_readings([reading("a", "Text.", Vec::new(), vec![hit, denied])]));
    let foreign = text.replace(&*id, "their-own-id");
    assert!(foreign != text);
    assert_eq!(json(&read_json("g.json", foreign.as_bytes()).unwrap()), text);
}
