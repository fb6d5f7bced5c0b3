//! From the paths that a user names to the files behind them, in a fixed order. Opens none of them.

use super::stream::Kind;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file to read, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The name in messages.
    pub name: String,
    /// The id of its article, or the first part of the ids of its records.
    pub id: String,
    /// What its extension says it is.
    pub kind: Option<Kind>,
    /// Where its bytes come from.
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Stdin,
    File(PathBuf),
}

/// Every file behind the paths: a folder is walked and a pattern expanded, each in the order of its sorted paths.
///
/// In folders and patterns only files with a known extension count, and hidden files, `README` and `LICENSE` do not; a file
/// named by itself is read whatever it is called.
pub(super) fn expand(paths: &[String]) -> Vec<Result<Source>> {
    let mut sources: Vec<Result<Source>> = paths.iter().flat_map(|path| expand_one(path)).collect();
    name_apart(&mut sources);
    sources
}

fn expand_one(path: &str) -> Vec<Result<Source>> {
    if path == "-" {
        return vec![Ok(Source { name: "stdin".into(), id: "stdin".into(), kind: None, origin: Origin::Stdin })];
    }
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => walk(Path::new(path)),
        Ok(_) => vec![Ok(file(PathBuf::from(path)))],
        Err(_) if path.contains(['*', '?', '[']) => pattern(path),
        Err(error) => vec![Err(Error::io(path, error))],
    }
}

fn file(path: PathBuf) -> Source {
    Source { name: path.display().to_string(), id: stem(&path), kind: Kind::of_path(&path), origin: Origin::File(path) }
}

fn walk(folder: &Path) -> Vec<Result<Source>> {
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let visible = entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()));
    let found = visible.filter_map(|entry| match entry {
        Ok(entry) if entry.file_type().is_file() && is_article(entry.path()) => Some(Ok(file(entry.into_path()))),
        Ok(_) => None,
        Err(error) => Some(Err(walk_error(folder, error))),
    });
    some_or(found.collect(), || format!("{}: the folder holds no articles ({})", folder.display(), Kind::extensions()))
}

fn walk_error(folder: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(folder).to_owned();
    Error::io(path, error.into())
}

fn pattern(pattern: &str) -> Vec<Result<Source>> {
    let paths = match glob::glob(pattern) {
        Ok(paths) => paths,
        Err(error) => return vec![Err(Error::Usage(format!("{pattern}: {error}")))],
    };
    let found = paths.flat_map(|path| match path {
        Ok(path) if path.is_dir() => walk(&path),
        Ok(path) if is_article(&path) => vec![Ok(file(path))],
        Ok(_) => Vec::new(),
        Err(error) => {
            let path = error.path().to_owned();
            vec![Err(Error::io(path, error.into()))]
        }
    });
    some_or(found.collect(), || format!("{pattern}: no file of articles matches ({})", Kind::extensions()))
}

fn some_or(found: Vec<Result<Source>>, message: impl Fn() -> String) -> Vec<Result<Source>> {
    if found.is_empty() { vec![Err(Error::Usage(message()))] } else { found }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether a file met in a folder is meant as an article.
fn is_article(path: &Path) -> bool {
    let stem = stem(path).to_ascii_lowercase();
    Kind::of_path(path).is_some() && !is_hidden(path) && stem != "readme" && stem != "license"
}

/// The file's name without the extensions of its format and compression.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let bare = Kind::strip_compression(&name);
    let cut = bare.rfind('.').filter(|&at| at > 0).unwrap_or(bare.len());
    bare[..cut].to_owned()
}

/// Gives files with the same name ids with as many of their folders as tell them apart: `bbc/index`, `tass/index`.
fn name_apart(sources: &mut [Result<Source>]) {
    const DEEPEST: usize = 16;
    let mut depth = vec![0; sources.len()];
    for _ in 0..DEEPEST {
        let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, source) in sources.iter().enumerate() {
            if let Ok(source) = source {
                holders.entry(source.id.clone()).or_default().push(at);
            }
        }
        for at in holders.into_values().filter(|same| same.len() > 1).flatten() {
            depth[at] += 1;
            if let Ok(source) = &mut sources[at] {
                deepen(source, depth[at]);
            }
        }
    }
}

/// Puts the name of the folder `depth` levels up before the id.
fn deepen(source: &mut Source, depth: usize) {
    let Origin::File(path) = &source.origin else { return };
    if let Some(folder) = path.ancestors().nth(depth).and_then(Path::file_name) {
        source.id = format!("{}/{}", folder.to_string_lossy(), source.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(paths: &[&str]) -> Vec<String> {
        let mut sources: Vec<Result<Source>> = paths.iter().map(|p| Ok(file(PathBuf::from(p)))).collect();
        name_apart(&mut sources);
        sources.into_iter().flatten().map(|s| s.id).collect()
    }

    #[test]
    fn a_file_is_called_by_its_stem() {
        assert_eq!(ids(&["x/barda.txt", "x/ganja.jsonl.gz", "x/v1.2.html"]), ["barda", "ganja", "v1.2"]);
    }

    #[test]
    fn same_names_are_told_apart_by_folders() {
        assert_eq!(ids(&["a/x/i.txt", "b/x/i.txt", "c.txt"]), ["a/x/i", "b/x/i", "c"]);
        assert_eq!(ids(&["bbc/i.txt", "tass/i.txt"]), ["bbc/i", "tass/i"]);
    }

    #[test]
    fn folders_leave_out_what_is_no_article() {
        for name in [".hidden.txt", "README.md", "LICENSE.txt", "notes.pdf", "Makefile"] {
            assert!(!is_article(Path::new(name)), "{name}");
        }
        assert!(is_article(Path::new("readme-first.md")));
    }

    #[test]
    fn a_missing_file_and_an_empty_pattern_are_errors() {
        let errors: Vec<String> = expand(&["no/such.txt".into(), "no/such*.txt".into()])
            .into_iter()
            .filter_map(|s| s.err().map(|e| e.to_string()))
            .collect();
        assert!(errors[0].starts_with("no/such.txt: "), "{}", errors[0]);
        assert!(errors[1].starts_with("no/such*.txt: no file of articles matches"), "{}", errors[1]);
    }
}
