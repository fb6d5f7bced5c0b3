//! The knowledge newsgraph starts with: tables of names and words and rules, embedded in the program or read from a folder.

mod fold;
mod grammar;
mod heads;
mod names;
mod phrases;
pub mod reference;
mod table;

pub use fold::{Case, Word, fold, slug, words};
pub use grammar::{Closed, Grammar};
pub use heads::{Gender, Heads, OrgHead, PersonHead, PlaceHead, StandsFor, Title};
pub use names::{Form, Hit, Known, KnownId, Names, Office, Sense};
pub use phrases::{Phrases, PhrasesBuilder};
pub use reference::Reference;
pub use table::{Row, Table};

use crate::error::{Error, Result};
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

static LEXICON: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds/lexicon");
static NAMES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds/names");
static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/seeds/rules");
static ONTOLOGY: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/ontology");

/// The folders that seed files lie in.
const FOLDERS: [&str; 4] = ["lexicon", "names", "ontology", "rules"];

/// Where seed files come from: the program itself, or a folder laid out as `seeds/` is, with an `ontology` beside. A
/// folder's files replace the built-in ones of the same name, each as a whole; what it lacks is taken from the program.
#[derive(Debug, Clone, Default)]
pub struct Source {
    folder: Option<PathBuf>,
}

impl Source {
    /// The files in the program.
    pub fn builtin() -> Source {
        Source::default()
    }

    /// The files of a folder, over those in the program. A folder that is missing, or of which nothing or not every
    /// table would be read, is an error.
    pub fn folder(path: impl Into<PathBuf>) -> Result<Source> {
        let path = path.into();
        check(&path).map_err(|reason| Error::Usage(format!("the folder of seeds {}: {reason}", path.display())))?;
        Ok(Source { folder: Some(path) })
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
            files.extend(self::files(root, folder));
        }
        files.retain(|f| f.ends_with(ending));
        files.sort();
        files.dedup();
        files
    }
}

/// What keeps a folder from being read as seeds.
fn check(folder: &Path) -> Result<(), String> {
    if !folder.is_dir() {
        let what = if folder.exists() { "this is a file" } else { "there is no such folder" };
        return Err(format!("{what}; name a folder laid out as seeds/ is"));
    }
    if !FOLDERS.iter().any(|name| folder.join(name).is_dir()) {
        return Err(format!(
            "it holds none of the folders {}; what it changes must stand in these",
            FOLDERS.join(", ")
        ));
    }
    let tables = |name| files(folder, name).into_iter().filter(|file| file.ends_with(".tsv"));
    match FOLDERS.iter().flat_map(|name| tables(name)).find(|file| embedded(file).is_none()) {
        Some(unknown) => Err(format!("{unknown} replaces no built-in table; {}", nearest(&unknown))),
        None => Ok(()),
    }
}

/// The built-in table that a file is perhaps meant to replace.
fn nearest(file: &str) -> String {
    let known = FOLDERS.iter().flat_map(|name| embedded_files(name)).filter(|known| known.ends_with(".tsv"));
    let near = known.max_by(|a, b| strsim::jaro_winkler(a, file).total_cmp(&strsim::jaro_winkler(b, file)));
    format!("did you mean {}?", near.unwrap_or_default())
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

/// Files below a folder of a root on disk; one that cannot be read is met again, with its error, when it is asked for.
fn files(root: &Path, folder: &str) -> Vec<String> {
    fn walk(path: &Path, name: &str, out: &mut Vec<String>) {
        let Ok(entries) = std::fs::read_dir(path) else { return };
        for entry in entries.flatten() {
            let child = format!("{name}/{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => walk(&entry.path(), &child, out),
                false => out.push(child),
            }
        }
    }
    let mut out = Vec::new();
    walk(&root.join(folder), folder, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_would_change_nothing_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = |path: &Path| Source::folder(path).unwrap_err().to_string();
        assert!(
            refusal(&folder.path().join("none"))
                .ends_with("none: there is no such folder; name a folder laid out as seeds/ is")
        );
        std::fs::write(folder.path().join("states.tsv"), "").unwrap();
        assert!(refusal(&folder.path().join("states.tsv")).contains("this is a file"));
        assert!(refusal(folder.path()).contains("none of the folders lexicon, names, ontology, rules"));
        std::fs::create_dir(folder.path().join("names")).unwrap();
        assert!(Source::folder(folder.path()).is_ok());
        std::fs::write(folder.path().join("names/stats.tsv"), "").unwrap();
        assert!(
            refusal(folder.path())
                .ends_with("names/stats.tsv replaces no built-in table; did you mean names/states.tsv?")
        );
    }

    #[test]
    fn a_folder_may_replace_one_file_of_many() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("lexicon")).unwrap();
        std::fs::write(folder.path().join("lexicon/units.tsv"), "unit\nells\n").unwrap();
        let source = Source::folder(folder.path()).unwrap();
        assert_eq!(source.read("lexicon/units.tsv").unwrap(), "unit\nells\n");
        let other = "lexicon/labels.tsv";
        assert_eq!(source.read(other).unwrap(), Source::builtin().read(other).unwrap());
    }
}
