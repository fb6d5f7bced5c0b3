//! `newsgraph parse` by its stdout and exit code.
#![cfg(feature = "cli")]

use assert_cmd::Command;

fn parse(arguments: &[&str], input: &str) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_newsgraph"))
        .arg("parse")
        .args(arguments)
        .write_stdin(input)
        .assert()
        .success();
    String::from_utf8(run.get_output().stdout.clone()).expect("the output is text")
}

fn column(conllu: &str, at: usize) -> Vec<&str> {
    let rows = conllu.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit()));
    rows.map(|row| row.split('\t').nth(at).unwrap_or_default()).collect()
}

const ARTICLE: &str = "BAKU (Reuters) - Shells didn't hit Barda. “Nobody was hurt,” he said.\nRead more: Who is who\n";

#[test]
fn every_word_is_written_unless_prose_is_asked_for() {
    let all = parse(&["--from", "text", "--to", "conllu"], ARTICLE);
    let glued: String = ARTICLE.split_whitespace().collect();
    assert_eq!(column(&all, 1).concat(), glued);
    assert!(all.contains("# zone = dateline\n") && all.contains("# text = Shells didn't hit Barda.\n"));
    let prose = parse(&["--prose"], ARTICLE);
    assert!(!prose.contains("Reuters") && !prose.contains("Read more"));
}

#[test]
fn given_tokens_are_kept() {
    let first = parse(&[], ARTICLE);
    let again = parse(&["--from", "conllu"], &first);
    assert_eq!(column(&again, 1), column(&first, 1));
    assert_eq!(column(&again, 6), column(&first, 6));
}

#[test]
fn bad_conllu_is_named_with_its_line() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsgraph"));
    let run = command.args(["parse", "--from", "conllu"]).write_stdin("1\tonly\n").assert().code(1);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("-:1: a token has 10 columns"), "{said}");
}
