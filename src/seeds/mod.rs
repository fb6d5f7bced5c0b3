//! The knowledge newsgraph starts with: tables of names and words and rules, embedded in the program or read from a folder.

mod fold;
mod heads;
mod names;
mod phrases;
pub mod reference;
mod table;

pub use fold::{Case, Word, fold, slug, words};
pub use heads::{Gender, Heads, OrgHead, PersonHead, PlaceHead, StandsFor, Title};
pub use names::{Form, Hit, Known, KnownId, Names, Office, Sense};
pub use phrases::{Phrases, PhrasesBuilder};
pub use reference::Reference;
pub use table::{Row, Table};

use crate::error::{Error, Result};
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::path::PathBuf;

static LEXICON: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds/lexicon");
static NAMES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds/names");
static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds/rules");
static ONTOLOGY: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/ontology");

/// Where seed files come from: the program itself, or a folder laid out as `seeds/` is. A folder's files replace the
/// built-in ones of the same name; what it lacks is taken from the program.
#[derive(Debug, Clone, Default)]
pub struct Source {
    folder: Option<PathBuf>,
}

impl Source {
    /// The files in the program.
    pub fn builtin() -> Source {
        Source::default()
    }

    /// The files of a folder, over those in the program.
    pub fn folder(path: impl Into<PathBuf>) -> Source {
        Source { folder: Some(path.into()) }
    }

    /// The text of a file such as `names/states.tsv` or `ontology/predicates.toml`.
    pub fn read(&self, file: &str) -> Result<Cow<'static, str>> {
        if let Some(path) = self.folder.as_ref().map(|f| f.join(file)).filter(|p| p.is_file()) {
            return std::fs::read_to_string(&path).map(Cow::Owned).map_err(|e| Error::io(path, e));
        }
        embedded(file).and_then(|f| f.contents_utf8()).map(Cow::Borrowed).ok_or_else(|| {
            Error::Usage(format!("there is no seed file {file}, neither built in nor in the folder given"))
        })
    }

    /// The table in a `.tsv` file, with exactly these columns.
    pub fn table(&self, file: &str, columns: &[&str]) -> Result<Table> {
        Table::parse(file, self.read(file)?, columns)
    }

    /// The files under a folder such as `rules`, with that ending, sorted, each once.
    pub fn list(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut files = embedded_files(folder);
        if let Some(root) = &self.folder {
            collect(&root.join(folder), folder, &mut files);
        }
        files.retain(|f| f.ends_with(ending));
        files.sort();
        files.dedup();
        files
    }
}

fn split(file: &str) -> Option<(&'static Dir<'static>, &str)> {
    let (top, rest) = file.split_once('/').unwrap_or((file, ""));
    let dir = match top {
        "lexicon" => &LEXICON,
        "names" => &NAMES,
        "rules" => &RULES,
        "ontology" => &ONTOLOGY,
        _ => return None,
    };
    Some((dir, rest))
}

fn embedded(file: &str) -> Option<&'static include_dir::File<'static>> {
    let (dir, rest) = split(file)?;
    dir.get_file(rest)
}

fn embedded_files(folder: &str) -> Vec<String> {
    fn walk(dir: &Dir<'_>, prefix: &str, out: &mut Vec<String>) {
        out.extend(dir.files().map(|f| format!("{prefix}/{}", f.path().display())));
        dir.dirs().for_each(|d| walk(d, prefix, out));
    }
    let mut out = Vec::new();
    if let Some((dir, _)) = split(folder) {
        let top = folder.split('/').next().unwrap_or(folder);
        walk(dir, top, &mut out);
        out.retain(|f| f.starts_with(folder));
    }
    out
}

/// Files below a folder on disk; one that cannot be read is met again, with its error, when it is asked for.
fn collect(path: &std::path::Path, name: &str, out: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        let child = format!("{name}/{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => collect(&entry.path(), &child, out),
            false => out.push(child),
        }
    }
}
