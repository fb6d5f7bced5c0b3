//! Names, and what refers back to them, in texts of our own: `entities.txt`.

use newsgraph::{Article, Reading, pipeline::Pipeline};

/// The ids of the entities that some words of a text stand for.
fn ids<'r>(reading: &'r Reading, words: &str) -> Vec<&'r str> {
    reading.mentions.iter().filter(|m| *m.text == *words).map(|m| &*m.entity).collect()
}

#[test]
fn names_stand_for_what_they_must() {
    let pipeline = Pipeline::builtin().unwrap();
    let cases = include_str!("entities.txt").split("\n\n").skip(1);
    for case in cases {
        let mut lines = case.lines();
        let text = lines.next().unwrap_or_default();
        let reading = pipeline.read(&Article::new("test", text));
        for line in lines {
            let (words, expected) = line.split_once(" = ").expect("words and an id");
            let found = ids(&reading, words);
            match expected {
                "-" => assert!(found.is_empty(), "{words:?} is {found:?} in {text:?}"),
                id => assert!(
                    !found.is_empty() && found.iter().all(|f| *f == id),
                    "{words:?} is {found:?}, not {id}, in {text:?}"
                ),
            }
        }
    }
}
