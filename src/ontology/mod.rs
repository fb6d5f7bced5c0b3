//! The predicates that `ontology/predicates.toml` declares, checked on load. Rules and words that express them live in `seeds/`.

use crate::error::{Error, Result};
use crate::vocab::EntityType;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use serde::Deserialize;
use std::sync::LazyLock;

mod codes;

pub use codes::{Code, Codebook};

const FILE: &str = "ontology/predicates.toml";

/// Everything an edge can say, in the order of the file.
#[derive(Debug, Clone)]
pub struct Ontology {
    predicates: IndexMap<String, PredicateInfo, RandomState>,
}

/// What the ontology says of one predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PredicateInfo {
    /// The end of its IRI: `attacked`.
    pub name: String,
    /// As a reader says it: "withdrew from".
    pub label: String,
    /// One sentence.
    pub definition: String,
    /// Types that its subject can have, sorted.
    pub domain: Vec<EntityType>,
    /// Types that its object can have, sorted.
    pub range: Vec<EntityType>,
    /// Whether it happens at a time, rather than holds.
    pub dynamic: bool,
    /// Whether subject and object may change places.
    pub symmetric: bool,
    /// The same thing said from the other end.
    pub inverse: Option<String>,
    /// CAMEO code where a rule gives none finer.
    pub cameo: Option<String>,
    /// PLOVER event type where a rule gives none other.
    pub plover: Option<String>,
    /// A sentence that says it.
    pub example: String,
    /// The statement in that sentence: subject and object.
    pub reads: (String, String),
}

impl Ontology {
    /// The ontology that newsgraph is built with.
    pub fn builtin() -> &'static Ontology {
        static BUILTIN: LazyLock<Ontology> = LazyLock::new(|| {
            Ontology::parse(FILE, include_str!("../../ontology/predicates.toml"))
                .expect("the embedded ontology is checked by this module's tests")
        });
        &BUILTIN
    }

    /// Reads an ontology; errors name the file, the line and the predicate.
    pub fn parse(file: &str, text: &str) -> Result<Ontology> {
        Ontology::parse_all([(file, text)])
    }

    /// Reads an ontology of several files, given with their names and texts. No predicate may be declared twice.
    pub fn parse_all<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Ontology> {
        let mut predicates = IndexMap::default();
        for (file, text) in files {
            let raw: RawFile = toml::from_str(text).map_err(|e| {
                let line = e.span().map(|s| line_of(text, s.start));
                Error::syntax(file, line, e.message().to_owned())
            })?;
            for entry in raw.predicate {
                let line = line_of(text, entry.span().start);
                let info = check(entry.into_inner()).map_err(|message| Error::syntax(file, line, message))?;
                if let Some(twin) = predicates.insert(info.name.clone(), info) {
                    return Err(Error::syntax(file, line, format!("predicate {} is declared twice", twin.name)));
                }
            }
        }
        Ok(Ontology { predicates })
    }

    /// What is known of a predicate.
    pub fn get(&self, name: &str) -> Option<&PredicateInfo> {
        self.predicates.get(name)
    }

    /// What is known of a predicate that must exist; the error lists what there is.
    pub fn require(&self, name: &str) -> Result<&PredicateInfo> {
        self.get(name).ok_or_else(|| {
            let names: Vec<&str> = self.predicates.keys().map(String::as_str).collect();
            Error::Usage(format!("there is no predicate {name}; there are {}", names.join(", ")))
        })
    }

    /// Every predicate, in the order of the file.
    pub fn predicates(&self) -> impl Iterator<Item = &PredicateInfo> {
        self.predicates.values()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    predicate: Vec<toml::Spanned<RawPredicate>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPredicate {
    name: String,
    label: String,
    definition: String,
    domain: Vec<String>,
    range: Vec<String>,
    nature: String,
    #[serde(default)]
    symmetric: bool,
    inverse: Option<String>,
    cameo: Option<String>,
    plover: Option<String>,
    example: String,
    reads: String,
}

fn check(raw: RawPredicate) -> Result<PredicateInfo, String> {
    let name = &raw.name;
    if !is_camel(name) {
        return Err(format!(
            "{name:?} is no name for a predicate; write letters and digits, beginning with a small letter"
        ));
    }
    if raw.symmetric == raw.inverse.is_some() {
        return Err(format!("{name} must be symmetric or have an inverse, and not both"));
    }
    if raw.inverse.as_deref().is_some_and(|i| !is_camel(i)) {
        return Err(format!("the inverse of {name} is no name for a predicate"));
    }
    let (subject, object) =
        raw.reads.split_once(" | ").ok_or(format!("`reads` of {name} must be \"subject | object\""))?;
    let dynamic = match raw.nature.as_str() {
        "dynamic" => true,
        "structural" => false,
        other => return Err(format!("the nature of {name} is {other:?}; write \"dynamic\" or \"structural\"")),
    };
    if dynamic != raw.cameo.is_some() {
        return Err(format!("{name} needs a CAMEO code if it is dynamic, and none if it is structural"));
    }
    Ok(PredicateInfo {
        domain: types(name, &raw.domain)?,
        range: types(name, &raw.range)?,
        reads: (subject.to_owned(), object.to_owned()),
        dynamic,
        name: raw.name,
        label: raw.label,
        definition: raw.definition,
        symmetric: raw.symmetric,
        inverse: raw.inverse,
        cameo: raw.cameo,
        plover: raw.plover,
        example: raw.example,
    })
}

fn types(predicate: &str, names: &[String]) -> Result<Vec<EntityType>, String> {
    let mut out = Vec::new();
    for name in names {
        match (name.as_str(), EntityType::parse(name)) {
            ("Actor", _) => out.extend(EntityType::ALL.iter().copied().filter(|t| t.is_actor())),
            (_, Some(t)) => out.push(t),
            _ => return Err(format!("{predicate}: there is no entity type {name:?}")),
        }
    }
    out.sort();
    out.dedup();
    if out.is_empty() { Err(format!("{predicate} needs a domain and a range")) } else { Ok(out) }
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_ontology_loads() {
        let ontology = Ontology::builtin();
        let attacked = ontology.get("attacked").expect("attacked");
        assert!(attacked.dynamic && attacked.range.contains(&EntityType::Place));
        assert_eq!(ontology.predicates().count(), 35);
        assert!(ontology.require("eats").is_err_and(|e| e.to_string().contains("attacked, fought")));
    }

    #[test]
    fn names_are_declared_once_across_predicates_and_inverses() {
        let mut seen = std::collections::BTreeSet::new();
        for p in Ontology::builtin().predicates() {
            assert!(seen.insert(p.name.clone()), "{}", p.name);
            assert!(p.inverse.iter().all(|i| seen.insert(i.clone())), "{}", p.name);
        }
    }

    #[test]
    fn a_bad_file_is_named_with_its_line() {
        let bad = |text: &str| Ontology::parse("p.toml", text).expect_err("bad").to_string();
        let twice = "[[predicate]]\nname = \"a\"\nlabel=\"a\"\ndefinition=\"d\"\n\
         domain=[\"Person\"]\nrange=[\"Place\"]\nnature=\"structural\"\ninverse=\"b\"\nexample=\"e\"\nreads=\"x | y\"\n";
        assert!(bad(&format!("{twice}{twice}")).starts_with("p.toml:11: predicate a is declared twice"));
        assert!(bad(&twice.replace("Person", "Robot")).contains("no entity type \"Robot\""));
        assert!(bad(&twice.replace("x | y", "x")).contains("subject | object"));
        assert!(bad(&twice.replace("example", "exemple")).starts_with("p.toml:9: "));
    }
}
