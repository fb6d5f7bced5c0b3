//! Every example prints what its header says, and is short.
//!
//! `UPDATE_GOLDEN=1 cargo test --test examples` writes the headers anew; the diff is the review.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lines of code that an example may have, without its header.
const LONGEST: usize = 40;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn examples() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(root().join("examples")).unwrap().map(|e| e.unwrap().path());
    let sources = entries.filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let mut all: Vec<(String, PathBuf)> =
        sources.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path)).collect();
    all.sort();
    all
}

/// The program that cargo built of an example.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().unwrap().parent().unwrap().join("examples").join(name);
    assert!(path.is_file(), "{} is missing: run all tests, or `cargo build --examples` before", path.display());
    path
}

fn printed(name: &str) -> String {
    let output = Command::new(program(name)).current_dir(root()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert!(output.status.success(), "{name}: {}", text(output.stderr));
    text(output.stdout)
}

/// The header's console block: the lines before its output, the output, and what follows.
fn parts<'a>(name: &str, source: &'a str) -> [&'a str; 3] {
    let command = format!("//! $ cargo run -q --example {name}\n");
    let start =
        source.find(&command).unwrap_or_else(|| panic!("{name}: the header has no line {command}")) + command.len();
    let end = start + source[start..].find("//! ```\n").unwrap_or_else(|| panic!("{name}: the block has no end"));
    [&source[..start], &source[start..end], &source[end..]]
}

#[test]
fn examples_print_what_their_headers_say() {
    for (name, path) in examples() {
        let source = fs::read_to_string(&path).unwrap();
        let [before, said, after] = parts(&name, &source);
        let found: String =
            printed(&name).lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect();
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, [before, &found, after].concat()).unwrap();
        } else {
            assert_eq!(said, found, "{name} prints something else; if it should, set UPDATE_GOLDEN=1 and review");
        }
    }
}

#[test]
fn examples_are_short() {
    for (name, path) in examples() {
        let source = fs::read_to_string(&path).unwrap();
        let code = source.lines().filter(|line| !line.starts_with("//!")).count();
        assert!(code <= LONGEST, "{name} has {code} lines; show one thing in at most {LONGEST}");
    }
}
