//! The competency questions of `ontology/questions`, to be asked by name.

use include_dir::{Dir, include_dir};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/ontology/questions");

/// A question that the model is made to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Competency {
    /// The name of its file without `.rq`.
    pub name: &'static str,
    /// What is asked, in English.
    pub english: &'static str,
    /// The query.
    pub text: &'static str,
}

/// Every question, in order of name.
pub fn competencies() -> Vec<Competency> {
    let mut all: Vec<Competency> = FOLDER.files().filter_map(competency).collect();
    all.sort_by_key(|question| question.name);
    all
}

fn competency(file: &'static include_dir::File<'static>) -> Option<Competency> {
    let name = file.path().to_str()?.strip_suffix(".rq")?;
    let text = file.contents_utf8()?;
    let english = text.lines().next()?.strip_prefix("# ")?;
    Some(Competency { name, english, text })
}
