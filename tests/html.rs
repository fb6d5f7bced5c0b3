//! The pages of `tests/html/`: the article, its title, date, site and address are found in five typical layouts.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use newsgraph::model::Zone;
use newsgraph::{Article, input};
use std::fs;
use std::path::Path;

#[test]
fn articles_are_found_in_typical_layouts() {
    let wrong: Vec<String> =
        ["agency", "broadcaster", "daily", "magazine", "wire"].into_iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What was found in a page where it is not what is expected.
fn wrong(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html").join(name);
    let page = path.with_extension("html").display().to_string();
    let articles: Vec<_> = input::read(&[page], input::Limits::default()).collect();
    let [Ok(article)] = articles.as_slice() else { panic!("{name}: {articles:?}") };
    let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
    let found = show(article);
    (found != expected).then(|| format!("{name}: expected\n{expected}\nfound\n{found}"))
}

fn show(article: &Article) -> String {
    let or_dash = |field: &Option<String>| field.clone().unwrap_or("-".into());
    let zone = |zone: &Zone| format!("{}: {}\n", zone.kind, zone.span.of(&article.text));
    let zones: Vec<String> = article.zones.iter().map(zone).collect();
    format!(
        "title: {}\npublished: {}\nsource: {}\nurl: {}\n{}----\n{}\n",
        or_dash(&article.title),
        or_dash(&article.published.map(|date| date.to_string())),
        or_dash(&article.source),
        or_dash(&article.url),
        zones.concat(),
        article.text
    )
}
