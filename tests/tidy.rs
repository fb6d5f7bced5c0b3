//! The house rules that a machine can check: who imports whom, and that every file says what it is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// For each top module, the modules of the crate that it may import. `error`, `letters`, `vocab` and `ontology` are free to all.
const LAYERS: &[(&str, &[&str])] = &[
    ("vocab", &["model"]),
    ("error", &[]),
    ("letters", &[]),
    ("model", &["model"]),
    ("ontology", &[]),
    ("weigh", &["model"]),
    ("rules", &["rules", "model"]),
    ("seeds", &["seeds", "rules", "model"]),
    ("nlp", &["nlp", "seeds", "model"]),
    ("input", &["input", "seeds", "model"]),
    ("extract", &["extract", "rules", "seeds", "model", "weigh"]),
    ("graph", &["graph", "model", "weigh"]),
    ("export", &["export", "graph", "model", "weigh"]),
    ("explorer", &["explorer", "export", "graph", "model"]),
    ("sparql", &["export", "graph"]),
    ("serve", &["explorer", "query", "sparql", "export", "graph"]),
    ("query", &["query", "graph", "model", "weigh"]),
    ("pipeline", &["nlp", "extract", "graph", "seeds", "rules", "model"]),
];

const FREE: &[&str] = &["error", "letters", "vocab", "ontology"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        match entry.is_dir() {
            true => out.extend(sources(&entry)),
            false if entry.extension().is_some_and(|e| e == "rs") => out.push(entry),
            false => {}
        }
    }
    out.sort();
    out
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The top module that a file belongs to: `extract` of `src/extract/fill.rs`.
fn top(file: &Path) -> String {
    let below = file.strip_prefix(root().join("src")).unwrap();
    below.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_go_down_the_layers() {
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let module = top(&file);
        let Some((_, allowed)) = LAYERS.iter().find(|(m, _)| *m == module) else { continue };
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for part in code.split("crate::").skip(1) {
                let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_module = LAYERS.iter().any(|(m, _)| *m == name) || name == "cli";
                if is_module && !allowed.contains(&name.as_str()) && !FREE.contains(&name.as_str()) && name != module {
                    wrong.push(format!("{}:{}: {module} must not import {name}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the layers of ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let files = sources(&root().join("src"));
    let silent: Vec<_> = files.iter().filter(|f| !fs::read_to_string(f).unwrap().starts_with("//!")).collect();
    assert!(silent.is_empty(), "open these with `//!` and one sentence: {silent:#?}");
}

#[test]
fn every_module_is_in_the_code_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let tops: std::collections::BTreeSet<String> = sources(&root().join("src")).iter().map(|f| top(f)).collect();
    let missing: Vec<_> =
        tops.iter().filter(|m| !["lib", "main"].contains(&m.as_str()) && !map.contains(&format!("`{m}"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

#[test]
fn seed_tables_are_sorted_and_have_an_origin() {
    let folder = root().join("seeds/lexicon");
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.extension().is_none_or(|e| e != "tsv") {
            continue;
        }
        let text = fs::read_to_string(&entry).unwrap();
        if !text.starts_with('#') {
            wrong.push(format!("{}: the first line must be a comment with the table's origin", entry.display()));
        }
        // A table whose lines are steps says so.
        if text.contains("in the order given") {
            continue;
        }
        let rows: Vec<&str> = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1).collect();
        if let Some(pair) = rows.windows(2).find(|w| w[0] >= w[1]) {
            wrong.push(format!("{}: {:?} must stand before {:?}, and once", entry.display(), pair[1], pair[0]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
