//! Names, and what refers back to them, in texts of our own: `entities.txt`.

use newsgraph::{Article, Reading, pipeline::Pipeline};

/// The ids of the named entities that some words of a text stand for.
fn ids<'r>(reading: &'r Reading, words: &str) -> Vec<&'r str> {
    let named = |id: &str| reading.entities.iter().any(|e| *e.id == *id && e.named);
    let ids = reading.mentions.iter().filter(|m| *m.text == *words).map(|m| &*m.entity);
    ids.filter(|id| named(id)).collect()
}

/// What is wrong with one case: a text, then a line for each of its words that must name something or nothing.
fn faults(pipeline: &Pipeline, case: &str) -> Vec<String> {
    let (text, lines) = case.split_once('\n').expect("a text and what it must hold");
    let reading = pipeline.read(&Article::new("test", text));
    let fault = |line: &str| {
        let (words, expected) = line.split_once(" = ").expect("words and an id");
        let found = ids(&reading, words);
        let right =
            if expected == "-" { found.is_empty() } else { !found.is_empty() && found.iter().all(|f| *f == expected) };
        (!right).then(|| format!("{words:?} is {found:?}, not {expected:?}, in {text:?}"))
    };
    lines.lines().filter_map(fault).collect()
}

#[test]
fn names_stand_for_what_they_must() {
    let pipeline = Pipeline::builtin().unwrap();
    let cases = include_str!("entities.txt").split("\n\n").skip(1);
    let faults: Vec<String> = cases.flat_map(|case| faults(&pipeline, case)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
