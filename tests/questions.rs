//! The competency questions of `ontology/questions`: each answered over a small graph as the table beside it says, and
//! with something over the sample articles.
//!
//! `UPDATE_GOLDEN=1 cargo test --test questions` writes the tables anew; the difference is the review.

#![cfg(feature = "sparql")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use newsgraph::export::Options;
use newsgraph::graph::read_json;
use newsgraph::pipeline::Pipeline;
use newsgraph::sparql::{Question, Store, Syntax};
use newsgraph::{KnowledgeGraph, input};
use std::fs;
use std::path::PathBuf;

/// What the model is made to answer; a question that is taken out is missed.
const QUESTIONS: [&str; 12] = [
    "accusations",
    "attacks",
    "casualties",
    "condemnations",
    "contradictions",
    "denials",
    "events",
    "mediation",
    "single-source",
    "spokespeople",
    "territory",
    "weapons",
];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn store(graph: &KnowledgeGraph) -> Store {
    Store::of(&graph.view(), &Options::default()).unwrap()
}

fn answer(store: &Store, question: &str) -> String {
    let text = fs::read_to_string(path(&format!("ontology/questions/{question}.rq"))).unwrap();
    let question = Question { name: question.into(), ..Question::new(text) };
    let mut out = Vec::new();
    let answer = store.ask(&question).and_then(|answer| answer.write(Syntax::Tsv, &mut out));
    answer.unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(out).unwrap()
}

fn invented_war() -> KnowledgeGraph {
    read_json("graph.json", fs::File::open(path("tests/questions/graph.json")).unwrap()).unwrap()
}

#[test]
fn the_folder_holds_the_questions_and_their_answers() {
    let mut names: Vec<String> = fs::read_dir(path("ontology/questions"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    names.sort();
    let expected: Vec<String> = QUESTIONS.iter().flat_map(|q| [format!("{q}.rq"), format!("{q}.tsv")]).collect();
    assert_eq!(names, expected);
}

#[test]
fn every_question_opens_with_itself_in_english() {
    for question in QUESTIONS {
        let text = fs::read_to_string(path(&format!("ontology/questions/{question}.rq"))).unwrap();
        let first = text.lines().next().unwrap();
        assert!(first.starts_with("# ") && first.ends_with('?'), "{question}: {first}");
    }
}

#[test]
fn an_invented_war_is_answered_as_expected() {
    let store = store(&invented_war());
    for question in QUESTIONS {
        let found = answer(&store, question);
        let file = path(&format!("ontology/questions/{question}.tsv"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, &found).unwrap();
        }
        assert_eq!(found, fs::read_to_string(file).unwrap(), "{question}");
        assert!(found.lines().count() > 1, "{question} has no answer");
    }
}

#[test]
fn the_sample_articles_answer_every_question() {
    let limits = input::Limits::default();
    let articles = input::read(&[path("seeds/articles").display().to_string()], limits);
    let graph = Pipeline::builtin().unwrap().graph(articles.map(Result::unwrap));
    let store = store(&graph);
    for question in QUESTIONS {
        assert!(answer(&store, question).lines().count() > 1, "{question} has no answer over seeds/articles");
    }
}
