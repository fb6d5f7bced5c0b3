//! Questions on a small graph made by hand: two states at war over Dale, a town, with a newspaper and a wire about it.

use super::*;
use crate::KnowledgeGraph;
use crate::model::{ArticleRef, Entity, Evidence, Name, Quoted, Reading, Statement, Time};
use crate::vocab::{EntityType, Granularity, Stance, Status};

fn entity(id: &str, label: &str, aliases: &[&str]) -> Entity {
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
        mentions: 1,
    }
}

/// `North attacked Dale`, said by somebody or by the article itself.
pub(super) fn said(triple: [&str; 3], stance: Stance, speaker: Option<&str>) -> Statement {
    let [subject, predicate, object] = triple;
    let evidence = Evidence {
        article: Name::default(),
        start: 0,
        end: 9,
        quote: format!("{subject} {predicate} {object}.").into(),
        rule: "attacked/hit".into(),
        stance,
        confidence: 0.6,
        trigger: Quoted { start: 0, end: 1, text: "x".into() },
        subject: None,
        object: None,
        speaker: speaker.map(Name::from),
        cue: None,
    };
    Statement {
        id: "set by the graph".into(),
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

fn on(day: &str, s: Statement) -> Statement {
    let day = Some(Name::from(day));
    Statement { time: Some(Time { start: day.clone(), end: day, granularity: Granularity::Day }), ..s }
}

fn coded(cameo: &str, s: Statement) -> Statement {
    Statement { cameo: Some(cameo.into()), ..s }
}

fn reading(id: &str, source: &str, published: &str, entities: &[Entity], statements: Vec<Statement>) -> Reading {
    let (source, published) = (Some(source.to_owned()), Some(published.to_owned()));
    let article = ArticleRef { id: id.into(), source, published, sha256: id.into(), ..ArticleRef::default() };
    Reading { article, entities: entities.to_vec(), statements, ..Reading::default() }
}

/// Who there is.
pub(super) fn graph() -> KnowledgeGraph {
    use Stance::{Claims, Denies, Reports, Supposes};
    let dale = Entity { kind: Some("town".into()), ..entity("place/dale", "Dale", &["Dál"]) };
    let gunmen = Entity { named: false, ..entity("organization/gunmen", "gunmen", &[]) };
    let entities = [
        entity("state/north", "North", &["Northern officials", "Norden"]),
        entity("state/south", "South", &[]),
        entity("state/east", "East", &[]),
        entity("person/ann", "Ann Arden", &["Arden"]),
        entity("person/bo", "Bo Arden", &["Arden"]),
        entity("weapon/big-gun", "Big Gun", &[]),
        dale,
        gunmen,
    ];
    let attack = |stance, speaker| {
        let hit = coded("194", on("2020-10-28", said(["state/north", "attacked", "place/dale"], stance, speaker)));
        Statement { weapon: vec!["weapon/big-gun".into()], ..hit }
    };
    let wire = vec![
        attack(Claims, Some("person/ann")),
        said(["person/ann", "leads", "state/south"], Reports, None),
        coded("043", on("2020-10-30", said(["state/north", "consulted", "state/east"], Reports, None))),
        coded("111", said(["state/east", "condemned", "state/north"], Reports, None)),
        on("2020-10-27", said(["organization/gunmen", "attacked", "place/dale"], Reports, None)),
    ];
    let paper = vec![
        attack(Denies, Some("person/bo")),
        said(["person/bo", "leads", "state/north"], Reports, None),
        coded("190", on("2020-11-02", said(["state/north", "attacked", "state/south"], Supposes, None))),
        coded("190", on("2020-11-01", said(["state/south", "attacked", "state/north"], Reports, None))),
    ];
    KnowledgeGraph::from_readings([
        reading("wire-1", "The Wire", "2020-10-31", &entities, wire),
        reading("paper-1", "The Paper", "2020-11-02", &entities[..2], paper),
    ])
}

/// The answer's first columns, a row a line, in the words of a table.
fn shown(query: Query, columns: usize) -> String {
    let graph = graph();
    match Index::new(&graph).ask(&query) {
        Err(error) => error.to_string(),
        Ok(answer) => {
            let line = |row: &Vec<Cell>| {
                row.iter().take(columns).map(|cell| cell.text(&graph)).collect::<Vec<_>>().join(" | ")
            };
            let rows = answer.rows.iter().map(line);
            rows.chain(answer.notes.iter().map(|note| format!("({note})"))).collect::<Vec<_>>().join("\n")
        }
    }
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| w.to_string()).collect()
}

fn found(query: Query) -> String {
    shown(query, 3)
}

#[test]
fn a_pattern_names_ends_by_any_name() {
    let north = Query { from: list(&["norden"]), ..Query::default() };
    assert_eq!(
        found(north.clone()),
        "North | attacked | Dale\nNorth | attacked | South\nNorth | consulted with | East"
            .replace("consulted with", &crate::Ontology::builtin().get("consulted").expect("a predicate").label)
    );
    assert_eq!(
        found(Query { relation: list(&["attacked"]), to: list(&["DÁL"]), ..north.clone() }),
        "North | attacked | Dale"
    );
    assert_eq!(found(Query { with: list(&["north", "south"]), ..Query::default() }).lines().count(), 2);
    assert_eq!(found(Query { limit: Some(1), ..north }), "North | attacked | Dale");
}

#[test]
fn each_field_restricts() {
    let unnamed = "(1 with participants that have no name left out (--unnamed shows them))";
    let check = |query: Query, expected: &str| assert_eq!(found(query.clone()), expected, "{query:?}");
    check(Query { status: list(&["Disputed"]), ..Query::default() }, "North | attacked | Dale");
    check(Query { weapon: list(&["big gun"]), ..Query::default() }, "North | attacked | Dale");
    check(Query { claimed_by: list(&["Ann Arden"]), ..Query::default() }, "North | attacked | Dale");
    check(Query { denied_by: list(&["Bo Arden"]), ..Query::default() }, "North | attacked | Dale");
    check(Query { to: list(&["kind:town"]), ..Query::default() }, &format!("North | attacked | Dale\n{unnamed}"));
    check(
        Query { place: list(&["Dale"]), unnamed: true, ..Query::default() },
        "gunmen | attacked | Dale\nNorth | attacked | Dale",
    );
    check(Query { from: list(&["gunmen"]), ..Query::default() }, "gunmen | attacked | Dale");
    check(Query { min_sources: 2, ..Query::default() }, "North | attacked | Dale");
    check(Query { min_confidence: 0.7, ..Query::default() }, "North | attacked | Dale");
    check(
        Query { since: Some("2020-11-01".into()), until: Some("2020-11-01".into()), ..Query::default() },
        "South | attacked | North",
    );
    check(
        Query {
            source: list(&["the paper"]),
            types: list(&["State"]),
            status: list(&["reported"]),
            ..Query::default()
        },
        "South | attacked | North",
    );
    check(
        Query { source: list(&["wire-1"]), from: list(&["type:Person"]), ..Query::default() },
        "Ann Arden | leads | South",
    );
    check(
        Query { focus: list(&["east"]), hops: Some(1), ..Query::default() }.clone(),
        &found(Query { with: list(&["east"]), ..Query::default() }),
    );
    check(
        Query { top: Some(2), relation: list(&["attacked"]), ..Query::default() },
        "North | attacked | South\nSouth | attacked | North",
    );
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let check = |query: Query, expected: &str| assert!(found(query.clone()).contains(expected), "{}", found(query));
    check(
        Query { from: list(&["Nord"]), ..Query::default() },
        "there is no entity \"Nord\"; did you mean North (state/north)",
    );
    check(
        Query { with: list(&["Arden"]), ..Query::default() },
        "\"Arden\" is the name of Ann Arden (person/ann) and of Bo Arden",
    );
    check(Query { relation: list(&["ate"]), ..Query::default() }, "there is no predicate ate");
    check(Query { to: list(&["kind:village"]), ..Query::default() }, "has the kind \"village\"; there are town");
    check(
        Query { status: list(&["sure"]), ..Query::default() },
        "there is no status \"sure\"; there are reported, claimed",
    );
    check(Query { source: list(&["Gazette"]), ..Query::default() }, "no article and no newsroom \"Gazette\"");
    check(Query { since: Some("October".into()), ..Query::default() }, "\"October\" is no day");
    check(Query { min_confidence: 7.0, ..Query::default() }, "from 0 to 1");
}

#[test]
fn a_timeline_is_in_order_of_time() {
    let times = Query { ask: Ask::Timeline, with: list(&["north"]), ..Query::default() };
    let columns = shown(times, 2).lines().map(|line| line.trim_end_matches(" | ").to_owned()).collect::<Vec<_>>();
    assert!(columns[0].starts_with("2020-10-28") && columns[1].starts_with("2020-10-30"), "{columns:#?}");
    assert!(columns[2].starts_with("by 2020-10-31") && columns[3].starts_with("2020-11-01"), "{columns:#?}");
    assert_eq!(columns.last().map(String::as_str), Some("(1 without a date left out)"));
}

#[test]
fn a_dispute_shows_both_sides() {
    let answer = shown(Query { ask: Ask::Disputed, ..Query::default() }, 6);
    assert_eq!(
        answer,
        "North | attacked | Dale | 2020-10-28 | Ann Arden (The Wire): “state/north attacked place/dale.” | \
         Bo Arden (The Paper): “state/north attacked place/dale.”"
    );
}

#[test]
fn answers_are_csv_and_json() {
    let graph = graph();
    let index = Index::new(&graph);
    let query: Query = serde_json::from_str(r#"{"from": "Norden", "to": ["Dale"], "minSources": 2}"#).expect("a query");
    let answer = index.ask(&query).expect("a good query");
    let (mut csv, mut json) = (Vec::new(), Vec::new());
    answer.write_csv(&graph, &mut csv).expect("a vector takes all");
    answer.write_json(&graph, &mut json).expect("a vector takes all");
    let csv = String::from_utf8(csv).expect("text");
    assert!(csv.starts_with("subject,subjectLabel,predicate,object,objectLabel,negated,time,"), "{csv}");
    assert!(csv.contains("\nstate/north,North,attacked,place/dale,Dale,false,2020-10-28,"), "{csv}");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["rows"][0]["subject"], "state/north");
    assert_eq!(json["statements"][0]["status"], "disputed");
    assert_eq!((&json["entities"][0]["id"], &json["entities"][2]["label"]), (&"person/ann".into(), &"Dale".into()));
    assert!(serde_json::from_str::<Query>(r#"{"form": "North"}"#).is_err(), "a field that is none is an error");
}
