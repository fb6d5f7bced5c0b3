//! The binary by its standard output, standard error and exit code.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use std::fs;
use std::io::Write;
use std::path::Path;

fn newsgraph(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("newsgraph").unwrap();
    command.args(arguments);
    command
}

/// Runs it and gives the exit code, standard output and standard error.
fn run(arguments: &[&str], stdin: &[u8]) -> (i32, String, String) {
    let output = newsgraph(arguments).write_stdin(stdin).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The ids of the records in standard output.
fn ids(stdout: &str) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    stdout.lines().map(id).collect()
}

fn file(folder: &Path, name: &str, content: &[u8]) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path.display().to_string()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn help_and_version_end_well() {
    let (code, out, _) = run(&["--help"], b"");
    assert!(code == 0 && out.contains("build") && out.contains("extract"), "{out}");
    let (code, out, _) = run(&["--version"], b"");
    assert_eq!((code, out.as_str()), (0, concat!("newsgraph ", env!("CARGO_PKG_VERSION"), "\n")));
}

#[test]
fn wrong_usage_is_two() {
    for arguments in [&["articles"][..], &["no-such-command"], &[], &["articles", "no-such-*.txt"]] {
        let (code, out, err) = run(arguments, b"");
        assert!(code == 2 || arguments.last() == Some(&"no-such-*.txt") && code == 1, "{arguments:?}: {code}");
        assert!(out.is_empty() && !err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn seeds_of_ones_own_replace_what_they_hold_or_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (article, seeds) = (file(folder.path(), "one.txt", b"They sold 9ells of cloth."), folder.path().join("own"));
    let given = seeds.display().to_string();
    let refused = |message: &str| {
        for command in ["build", "extract", "parse"] {
            let (code, out, err) = run(&[command, &article, "--seeds", &given], b"");
            assert_eq!((code, out.as_str(), err.contains(message)), (2, "", true), "{command}: {err}");
        }
    };
    refused(&format!(
        "newsgraph: the folder of seeds {given}: there is no such folder; name a folder laid out as seeds/ is"
    ));
    file(&seeds, "units.tsv", b"unit\nells\n");
    refused("it holds none of the folders lexicon, names, ontology, rules");
    file(&seeds, "lexicon/unit.tsv", b"unit\nells\n");
    refused("lexicon/unit.tsv replaces no built-in table; did you mean lexicon/units.tsv?");
    fs::rename(seeds.join("lexicon/unit.tsv"), seeds.join("lexicon/units.tsv")).unwrap();
    let (code, out, err) = run(&["parse", &article, "--seeds", &given], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("\t9\t") && out.contains("\tells\t"), "{out}");
    assert!(run(&["parse", &article], b"").1.contains("\t9ells\t"));
    file(&seeds, "lexicon/units.tsv", b"units\nells\n");
    let (code, _, err) = run(&["parse", &article, "--seeds", &given], b"");
    assert!(code == 1 && err.contains("lexicon/units.tsv:1: the first line must name the columns"), "{code} {err}");
}

#[test]
fn a_folder_is_read_in_order_and_a_bad_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "b/one.txt", b"Shelling resumed.");
    file(folder.path(), "a/one.txt.gz", &gzip(b"A truce was signed."));
    file(folder.path(), "c.jsonl", b"{\"id\": \"x\", \"text\": \"ok\"}\n{broken\n{\"text\": \"ok\"}\n");
    file(folder.path(), "d.html", b"\x89PNG\r\n\x1a\n\0\0");
    file(folder.path(), "README.md", b"not an article");
    file(folder.path(), ".git/x.txt", b"hidden");
    let path = folder.path().display().to_string();
    let (code, out, err) = run(&["articles", &path], b"");
    assert_eq!((code, ids(&out)), (1, ["a/one", "b/one", "x", "c-3"].map(str::to_owned).to_vec()));
    let errors: Vec<&str> = err.lines().collect();
    assert_eq!(errors.len(), 2, "{err}");
    assert!(errors[0].contains("c.jsonl:2: not a JSON object"), "{err}");
    assert!(errors[1].contains("d.html: this is a picture"), "{err}");
}

#[test]
fn globs_and_several_paths_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let last = file(folder.path(), "z.txt", b"z");
    file(folder.path(), "a1.txt", b"a");
    file(folder.path(), "a2.txt", b"a");
    let pattern = folder.path().join("a*.txt").display().to_string();
    let (code, out, _) = run(&["articles", &last, &pattern], b"");
    assert_eq!((code, ids(&out)), (0, ["z", "a1", "a2"].map(str::to_owned).to_vec()));
}

#[test]
fn standard_input_is_sniffed() {
    let (code, out, _) =
        run(&["articles", "-"], b"{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"b\", \"text\": \"y\"}\n");
    assert_eq!((code, ids(&out)), (0, vec!["a".to_owned(), "b".to_owned()]));
    let (code, out, _) = run(&["articles", "-"], b"Plain words.");
    assert_eq!((code, ids(&out)), (0, vec!["stdin".to_owned()]));
    assert!(out.contains("Plain words."));
    let (_, out, _) = run(&["articles", "-"], &gzip(b"{\"id\": \"z\", \"text\": \"x\"}\n"));
    assert_eq!(ids(&out), ["z"]);
}

#[test]
fn a_taken_id_gets_a_suffix() {
    let (_, out, _) = run(&["articles", "-"], b"{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"y\"}\n");
    let ids = ids(&out);
    assert!(ids[0] == "a" && ids[1].starts_with("a~"), "{ids:?}");
}

#[test]
fn the_output_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.jsonl.gz").display().to_string();
    let (code, out, _) = run(&["articles", "-", "-o", &target], b"Plain words.");
    assert_eq!((code, out.as_str()), (0, ""));
    let (_, out, _) = run(&["articles", &target], b"");
    assert_eq!(ids(&out), ["stdin"]);
    let (code, _, err) = run(&["articles", "-", "-o", "/no/such/folder/x.jsonl"], b"x");
    assert!(code == 1 && err.contains("/no/such/folder/x.jsonl"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let line = format!("{{\"text\": \"{}\"}}\n", "word ".repeat(2000));
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("newsgraph"))
        .args(["articles", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..200 {
        if stdin.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn the_sample_articles_are_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles");
    let (code, out, err) = run(&["articles", folder], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(ids(&out).len() >= 12);
    assert!(!out.contains("\"published\":null"), "every sample has a date");
}

#[cfg(feature = "explorer")]
#[test]
fn a_page_holds_the_graph_and_the_articles_that_belong_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = b"Turkey condemned Armenia on Monday.";
    let article = file(folder.path(), "own/one.txt", text);
    let other = file(folder.path(), "two.txt", b"Nobody read this one.");
    let graph = folder.path().join("graph.json").display().to_string();
    assert_eq!(run(&["build", &article, "-o", &graph], b"").0, 0);
    let (code, page, err) = run(&["view", &graph, "--articles", &article, &other], b"");
    assert_eq!(code, 0, "{err}");
    assert!(page.starts_with("<!doctype html>") && page.contains("\"text\":\"Turkey condemned Armenia on Monday.\""));
    assert!(!page.contains("Nobody read") && err.contains("no article of the graph has this text"), "{err}");
    let (code, _, err) = run(&["view", &graph, "--relation", "eats"], b"");
    assert!(code == 2 && err.contains("there is no predicate eats"), "{err}");
}

/// The graph of the competency questions.
#[cfg(feature = "sparql")]
const INVENTED_WAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/graph.json");

#[cfg(feature = "sparql")]
#[test]
fn a_graph_is_asked_in_sparql() {
    let folder = tempfile::tempdir().unwrap();
    let query = "SELECT ?who { ?who ng:condemned <state/almora> }";
    let table = "who\n─────────────\n<state/bresk>\n1 row\n";
    assert_eq!(run(&["query", INVENTED_WAR, query], b""), (0, table.into(), String::new()));
    let saved = file(folder.path(), "who.rq", query.as_bytes());
    for arguments in [&["--file", &saved][..], &[&format!("@{saved}")]] {
        assert_eq!(run(&[&["query", INVENTED_WAR], arguments].concat(), b"").1, table, "{arguments:?}");
    }
    assert_eq!(run(&["query", INVENTED_WAR, "--file", "-"], query.as_bytes()).1, table);
    let csv = "who\r\nhttps://example.org/state/bresk\r\n";
    assert_eq!(run(&["query", INVENTED_WAR, query, "--to", "csv", "--base", "https://example.org/"], b"").1, csv);
    let (code, out, _) = run(&["query", INVENTED_WAR, "--question", "condemnations", "--to", "tsv"], b"");
    assert_eq!((code, out.as_str()), (0, include_str!("../ontology/questions/condemnations.tsv")));
    assert!(run(&["ontology", "questions"], b"").1.contains("condemnations   Who condemned whom"));
    let out = folder.path().join("who.srj").display().to_string();
    assert_eq!(run(&["query", INVENTED_WAR, query, "-o", &out], b"").0, 0);
    assert!(fs::read_to_string(&out).unwrap().starts_with("{\"head\""));
}

#[cfg(feature = "sparql")]
#[test]
fn a_query_that_cannot_be_answered_says_why() {
    let cases: [(&[&str], i32, &str); 7] = [
        (&["--question", "why"], 2, "newsgraph: there is no question why; there are accusations, attacks,"),
        (&["SELECT ?x WHERE { ?x"], 2, "newsgraph: the query: line 1, column 21: the query ends"),
        (&["CLEAR ALL"], 2, "newsgraph: the query: line 1, column 1: this changes the graph"),
        (&["ASK {}", "--to", "xls"], 2, "newsgraph: no answer is written as xls; rows are as table, json,"),
        (&["ASK {}", "--to", "ttl"], 2, "newsgraph: SELECT and ASK give rows, which cannot be written as turtle"),
        (&["ASK {}", "--time-limit", "0"], 2, "error: invalid value '0' for '--time-limit <SECONDS>'"),
        (&["@no-such.rq"], 1, "newsgraph: no-such.rq: "),
    ];
    for (arguments, expected, message) in cases {
        let (code, out, err) = run(&[&["query", INVENTED_WAR], arguments].concat(), b"");
        assert!(code == expected && out.is_empty() && err.starts_with(message), "{arguments:?}: {code} {out}{err}");
    }
}

const NASTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/formats/nasty.json");

#[test]
fn a_pair_of_tables_is_a_folder_or_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let targets = ["g.csv", "g.csv.zip", "again.zip", "g.ttl.zip"].map(path);
    let arguments: Vec<&str> =
        ["convert", NASTY].into_iter().chain(targets.iter().flat_map(|t| ["-o", t.as_str()])).collect();
    let (code, out, err) = run(&arguments, b"");
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    assert!(fs::read_to_string(path("g.csv/nodes.csv")).unwrap().starts_with("Id,Label,"));
    assert!(fs::metadata(path("g.csv/edges.csv")).is_ok());
    let bytes = fs::read(path("g.csv.zip")).unwrap();
    assert!(bytes.starts_with(b"PK") && bytes == fs::read(path("again.zip")).unwrap());
    let (code, _, err) = run(&["convert", NASTY, "-o", &path("g.csv.gz")], b"");
    assert!(code == 2 && err.contains("end its name in .zip"), "{err}");
}

#[test]
fn a_picture_without_graphviz_says_what_to_install() {
    let output = newsgraph(&["convert", NASTY, "-o", "g.svg"]).env("PATH", "").output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && err.contains("install the package graphviz"), "{err}");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_says_which_build_writes_it() {
    let (code, _, err) = run(&["convert", NASTY, "-o", "g.parquet"], b"");
    assert!(code == 2 && err.contains("--features parquet"), "{err}");
}
