//! What must be true of the reading of any text, and of the graph of any readings.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use newsgraph::pipeline::Pipeline;
use newsgraph::{Article, KnowledgeGraph, Reading};
use proptest::prelude::*;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::builtin().unwrap());

fn sample_articles() -> Vec<Article> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles").to_owned();
    newsgraph::input::read(&[folder], Default::default()).map(Result::unwrap).collect()
}

/// The words at a span counted in characters.
fn at(text: &str, start: u32, end: u32) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

fn check(article: &Article, reading: &Reading) {
    for m in &reading.mentions {
        assert_eq!(at(&article.text, m.start, m.end), *m.text);
        assert!(reading.entities.iter().any(|e| e.id == m.entity), "{} is no entity", m.entity);
    }
    for s in &reading.statements {
        assert!(!s.evidence.is_empty() && (0.0..=1.0).contains(&s.confidence));
        assert_eq!(s.id, s.content_id());
        for e in &s.evidence {
            assert_eq!(at(&article.text, e.start, e.end), *e.quote);
            assert_eq!(at(&article.text, e.trigger.start, e.trigger.end), *e.trigger.text);
        }
    }
    for q in reading.attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue).chain(&a.content)) {
        assert_eq!(at(&article.text, q.start, q.end), *q.text);
    }
}

#[test]
fn sample_articles_read_true_to_their_text() {
    for article in sample_articles() {
        check(&article, &PIPELINE.read(&article));
    }
}

#[test]
fn the_order_of_articles_does_not_change_the_graph() {
    let json = |articles: Vec<Article>| {
        let graph: KnowledgeGraph = PIPELINE.graph(articles);
        let mut out = Vec::new();
        newsgraph::graph::write_json(&graph.view(), &mut out).unwrap();
        out
    };
    let forward = sample_articles();
    let mut backward = forward.clone();
    backward.reverse();
    assert!(json(forward) == json(backward), "the graph depends on the order of the articles");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let article = Article::new("any", text);
        check(&article, &PIPELINE.read(&article));
    }

    #[test]
    fn any_words_of_news_are_read(words in proptest::collection::vec(
        prop_oneof![Just("Baku"), Just("said"), Just("that"), Just("Armenian"), Just("forces"), Just("shelled"), Just("\u{201c}"),
            Just("\u{201d}"), Just("."), Just("denied"), Just("the"), Just("attack"), Just("on"), Just("Wednesday"), Just("21"),
            Just("killed"), Just(","), Just("by"), Just("who"), Just("and"), Just("He"), Just("\n\n")], 0..60)) {
        let article = Article::new("any", words.join(" "));
        check(&article, &PIPELINE.read(&article));
    }
}

#[test]
fn text_may_end_in_the_middle_of_a_phrase() {
    let text = "The talks between Armenia and Azerbaijan, the main city in Nagorno-Karabakh and its ally Turkey said Ilham Aliyev of";
    let words: Vec<&str> = text.split(' ').collect();
    for end in 0..=words.len() {
        let article = Article::new("cut", words[..end].join(" "));
        check(&article, &PIPELINE.read(&article));
    }
}
