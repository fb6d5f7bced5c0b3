//! `newsgraph query` and `stats` as a user sees them: tables, CSV, JSON, graphs and messages, on a small graph made by hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the helpers are shared with other tests")]

mod common;

use assert_cmd::Command;
use common::{entity, statement};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::model::{ArticleRef, Evidence, Name, Quoted, Reading, Statement, Time};
use newsgraph::vocab::{EntityType, Granularity, Stance};
use std::path::PathBuf;

fn said(quote: &str, stance: Stance, speaker: Option<&str>) -> Evidence {
    Evidence {
        article: Name::default(),
        start: 0,
        end: quote.chars().count() as u32,
        quote: quote.into(),
        rule: "attacked/hit".into(),
        stance,
        confidence: 0.8,
        trigger: Quoted { start: 0, end: 1, text: quote.chars().take(1).collect::<String>().into() },
        subject: None,
        object: None,
        speaker: speaker.map(Name::from),
        cue: None,
    }
}

fn on(day: &str, cameo: &str, s: Statement) -> Statement {
    let day = Some(Name::from(day));
    let time = Some(Time { start: day.clone(), end: day, granularity: Granularity::Day });
    Statement { time, cameo: Some(cameo.into()), ..s }
}

fn reading(id: &str, source: &str, statements: Vec<Statement>) -> Reading {
    use EntityType::{Organization, Person, Place, State};
    let mut armenia = entity("state/armenia", State, "Armenia");
    armenia.aliases = vec!["Yerevan".into()];
    let entities = vec![
        armenia,
        entity("state/azerbaijan", State, "Azerbaijan"),
        entity("state/turkey", State, "Turkey"),
        entity("state/russia", State, "Russia"),
        entity("place/barda", Place, "Barda"),
        entity("organization/armed-forces", Organization, "Armed Forces"),
        entity("person/hajiyev", Person, "Hikmət Hacıyev"),
        entity("person/stepanyan", Person, "Shushan Stepanyan"),
    ];
    let article = ArticleRef { id: id.into(), source: Some(source.into()), sha256: id.into(), ..ArticleRef::default() };
    Reading { article, entities, statements, ..Reading::default() }
}

/// An attack that one says and another denies, what others say of it, and who is who.
fn graph() -> KnowledgeGraph {
    use Stance::{Claims, Denies, Reports};
    let hit = |quote, stance, speaker| {
        let evidence = said(quote, stance, Some(speaker));
        on("2020-10-28", "194", statement("organization/armed-forces", "attacked", "place/barda", evidence))
    };
    let plain = |subject, predicate, object, quote| statement(subject, predicate, object, said(quote, Reports, None));
    let wire = vec![
        hit("Rockets of the armed forces hit Barda, Hajiyev said.", Claims, "person/hajiyev"),
        on("2020-10-29", "111", plain("state/turkey", "condemned", "state/armenia", "Turkey condemned Armenia.")),
        on("2020-10-30", "045", plain("state/russia", "mediated", "state/armenia", "Russia is mediating.")),
        on("2020-10-30", "045", plain("state/russia", "mediated", "state/azerbaijan", "Russia is mediating.")),
        plain("organization/armed-forces", "partOf", "state/armenia", "the armed forces of Armenia"),
        plain("person/hajiyev", "affiliatedWith", "state/azerbaijan", "Hajiyev, an aide in Baku"),
        plain("person/stepanyan", "spokespersonOf", "organization/armed-forces", "the army's spokeswoman Stepanyan"),
    ];
    let paper = vec![
        hit("Stepanyan called the report on Barda false.", Denies, "person/stepanyan"),
        on("2020-10-29", "111", plain("state/turkey", "condemned", "state/armenia", "Ankara condemned Yerevan.")),
    ];
    KnowledgeGraph::from_readings([reading("wire-1", "The Wire", wire), reading("paper-1", "The Paper", paper)])
}

/// Runs a command on the graph; gives the exit code, standard output and standard error.
fn run(command: &str, arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("graph.json");
    newsgraph::graph::write_json(&graph().view(), &mut std::fs::File::create(&path).unwrap()).unwrap();
    let mut newsgraph = Command::cargo_bin("newsgraph").unwrap();
    let output = newsgraph.arg(command).arg(path).args(arguments).env_remove("NO_COLOR").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The table that a question gives, with the digits of ids, which are hashes, left open.
fn table(arguments: &[&str]) -> String {
    let (code, out, err) = run("query", arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
    let open = |line: &str| match line.rsplit_once("  s-") {
        Some((rest, id)) if id.len() == 8 => format!("{rest}  s-########"),
        _ => line.to_owned(),
    };
    out.lines().map(open).collect::<Vec<_>>().join("\n")
}

fn check(arguments: &[&str], expected: &str) {
    let found = table(arguments);
    assert_eq!(found.trim_end(), expected.trim(), "{arguments:?}:\n{found}");
}

#[test]
fn a_pattern_gives_a_table() {
    check(
        &["--relation", "condemned", "--to", "yerevan", "--since", "2020-10-01"],
        "
who     does       to whom  when        status    sure  sources  id
──────  ─────────  ───────  ──────────  ────────  ────  ───────  ──────────
Turkey  condemned  Armenia  2020-10-29  reported  0.96        2  s-########",
    );
}

#[test]
fn both_sides_of_a_dispute_stand_side_by_side() {
    check(
        &["--disputed"],
        "
who           does      to whom  when        asserted                         denied                          id
────────────  ────────  ───────  ──────────  ───────────────────────────────  ──────────────────────────────  ──────────
Armed Forces  attacked  Barda    2020-10-28  Hikmət Hacıyev (The Wire):       Shushan Stepanyan (The Paper):  s-########
                                             “Rockets of the armed forces     “Stepanyan called the report
                                             hit Barda, Hajiyev said.”        on Barda false.”",
    );
}

#[test]
fn a_path_names_the_statements_along_it() {
    check(
        &["--from", "hikmat haciyev", "--to", "Turkey", "--path"],
        "
path  step  who             does             to whom     when        status    id
────  ────  ──────────────  ───────────────  ──────────  ──────────  ────────  ──────────
   1     1  Hikmət Hacıyev  affiliated with  Azerbaijan              reported  s-########
   1     2  Russia          mediated         Azerbaijan  2020-10-30  reported  s-########
   1     3  Russia          mediated         Armenia     2020-10-30  reported  s-########
   1     4  Turkey          condemned        Armenia     2020-10-29  reported  s-########",
    );
}

#[test]
fn pairs_are_weighed_on_the_goldstein_scale() {
    check(
        &["--balance"],
        "
one         other   events  conflict  cooperation  other to one   mean  balance
──────────  ──────  ──────  ────────  ───────────  ────────────  ─────  ───────
Armenia     Russia       1         0            1          5.00   5.00     5.00
Azerbaijan  Russia       1         0            1          5.00   5.00     5.00
Armenia     Turkey       1         1            0         -2.00  -2.00    -2.00",
    );
}

#[test]
fn neighbours_say_how_they_are_connected() {
    check(
        &["--with", "armenia", "--neighbours"],
        "
entity   neighbour     type          statements  has done by it
───────  ────────────  ────────────  ──────────  ──────────────
Armenia  Armed Forces  Organization           1  partOf
Armenia  Russia        State                  1  mediated
Armenia  Turkey        State                  1  condemned",
    );
}

#[test]
fn answers_can_be_read_by_programs() {
    let (_, csv, _) = run("query", &["--central", "degree", "--limit", "1", "--format", "csv"]);
    assert!(csv.starts_with("entity,entityLabel,type,asSubject,asObject,"), "{csv}");
    assert!(csv.contains("\nstate/armenia,Armenia,State,0,3,3,"), "{csv}");
    let (_, json, _) = run("query", &["--communities", "-f", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["ask"], json["rows"][0]["size"].as_u64()), (&"communities".into(), Some(3)), "{json:#}");
    let (_, turtle, _) = run("query", &["--from", "Turkey", "-f", "ttl"]);
    assert!(turtle.contains("condemned") && !turtle.contains("mediated"), "{turtle}");
}

#[test]
fn the_graph_behind_an_answer_is_a_graph() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("near.json.gz");
    let (code, out, err) = run("query", &["--focus", "Barda", "--hops", "2", "-o", file.to_str().unwrap()]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let output = Command::cargo_bin("newsgraph").unwrap().arg("stats").arg(&file).output().unwrap();
    let stats = String::from_utf8(output.stdout).unwrap();
    assert!(stats.contains("3 statements on 4 sentences; 33.3 % of what is asserted is disputed"), "{stats}");
}

#[test]
fn what_is_not_there_is_explained() {
    let says = |arguments: &[&str], expected: &str| {
        let (code, out, err) = run("query", arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
    };
    says(&["--from", "Turky"], "newsgraph: there is no entity \"Turky\"; did you mean Turkey (state/turkey)?");
    says(&["--to", "csv"], "the form of the answer is --format csv");
    says(&["--path", "--from", "Turkey"], "--to ENTITY is missing");
    says(&["--neighbours"], "say whose neighbours: --with ENTITY");
    says(&["--timeline", "--balance"], "cannot be used with");
    says(&["--cooccur", "--status", "claimed"], "co-occurrence is a matter of articles");
    says(&["--format", "xls"], "there is no format \"xls\"");
    let (code, out, err) = run("query", &["--from", "Turkey", "--relation", "attacked"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "newsgraph: nothing in the graph matches\n"));
    let (_, out, err) = run("query", &["--limit", "1"]);
    assert_eq!((out.lines().count(), err.as_str()), (3, "newsgraph: 1 of 7 rows; --limit N shows more\n"));
}

#[test]
fn stats_fit_a_screen() {
    let (code, out, err) = run("stats", &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines[..2],
        ["2 articles, 8 entities", "7 statements on 9 sentences; 14.3 % of what is asserted is disputed"]
    );
    assert!(out.contains("Events by day, 2020-10-29 to 2020-10-30\n  ▄█\n"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colours where nobody sees them");
    let (_, json, _) = run("stats", &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["summary"]["statuses"][1], serde_json::json!(["disputed", 1]));
}

#[test]
fn shells_and_man_know_the_commands() {
    let print = |arguments: &[&str]| {
        let output = Command::cargo_bin("newsgraph").unwrap().args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(["bash", "zsh", "fish"].iter().all(|shell| print(&["completions", shell]).contains("communities")));
    assert!(print(&["man"]).contains(".TH newsgraph 1"));
    let folder = tempfile::tempdir().unwrap();
    print(&["man", "-o", folder.path().to_str().unwrap()]);
    let page = std::fs::read_to_string(folder.path().join("newsgraph-query.1")).unwrap();
    assert!(page.contains("\\-\\-communities"), "{page}");
}
