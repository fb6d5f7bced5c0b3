//! CAMEO and PLOVER as `ontology/cameo.tsv` gives them: names, the Goldstein scale and the conversion.

use crate::error::{Error, Result};
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use std::sync::LazyLock;

const FILE: &str = "ontology/cameo.tsv";
const ROLES: &str = "ontology/actor-roles.tsv";
const FIELDS: usize = 6;

/// The rows of a sorted table by their first field; an event table looks several up for each row that it writes.
type Table<T> = IndexMap<String, T, RandomState>;

/// The event codes.
#[derive(Debug, Clone)]
pub struct Codebook {
    codes: Table<Code>,
    /// CAMEO role codes by kind of entity.
    roles: Table<String>,
}

/// What the codebooks say of one CAMEO code.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The CAMEO code: `194`; two digits are a root.
    pub code: String,
    /// Its name in CAMEO.
    pub name: String,
    /// From -10, most hostile, to 10, most friendly.
    pub goldstein: f64,
    /// The PLOVER event type it converts to.
    pub plover: Option<String>,
    /// The PLOVER mode.
    pub mode: Option<String>,
    /// The PLOVER contexts.
    pub context: Vec<String>,
}

impl Codebook {
    /// The codes that newsgraph is built with.
    pub fn builtin() -> &'static Codebook {
        static BUILTIN: LazyLock<Codebook> = LazyLock::new(|| {
            let codes = include_str!("../../ontology/cameo.tsv");
            Codebook::parse(codes, include_str!("../../ontology/actor-roles.tsv"))
                .expect("the embedded code tables are checked by this module's tests")
        });
        &BUILTIN
    }

    /// Reads the table of codes and that of roles; errors name the file and the line.
    pub fn parse(codes: &str, roles: &str) -> Result<Codebook> {
        let codes = table(FILE, codes, |row| parse_row(row).map(|c| (c.code.clone(), c)))?;
        let role = |row: &str| {
            let fields = row.split_once('\t').map(|(kind, role)| (kind.to_owned(), role.to_owned()));
            fields.ok_or("expected a kind and a role with a tab between them".to_owned())
        };
        Ok(Codebook { codes, roles: table(ROLES, roles, role)? })
    }

    /// The CAMEO role code of a kind of actor: `MIL` of an armed force.
    pub fn role(&self, kind: &str) -> Option<&str> {
        self.roles.get(kind).map(String::as_str)
    }

    /// What is known of a CAMEO code.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.codes.get(code)
    }

    /// The Goldstein scale of a code, or of the root or branch it belongs to.
    pub fn goldstein(&self, code: &str) -> Option<f64> {
        let mut ends = (2..=code.len()).rev().filter_map(|end| code.get(..end));
        ends.find_map(|c| self.codes.get(c)).map(|c| c.goldstein)
    }

    /// Every code, sorted.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.codes.values()
    }

    /// The PLOVER event types, sorted.
    pub fn plover_types(&self) -> Vec<&str> {
        let mut types: Vec<&str> = self.codes.values().filter_map(|c| c.plover.as_deref()).collect();
        types.sort_unstable();
        types.dedup();
        types
    }
}

/// Rows by their first field, by which they must be sorted.
fn table<T>(file: &str, text: &str, parse: impl Fn(&str) -> Result<(String, T), String>) -> Result<Table<T>> {
    let mut rows = Table::default();
    for (line, row) in (1..).zip(text.lines()).filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let (key, value) = parse(row).map_err(|message| Error::syntax(file, line, message))?;
        if rows.last().is_some_and(|(last, _)| *last >= key) {
            return Err(Error::syntax(file, line, format!("{key} is not after the one before it; sort the rows")));
        }
        rows.insert(key, value);
    }
    Ok(rows)
}

fn parse_row(row: &str) -> Result<Code, String> {
    let fields: Vec<&str> = row.split('\t').collect();
    let [code, name, goldstein, plover, mode, context] = fields[..] else {
        return Err(format!("expected {FIELDS} fields with tabs between them, found {}", fields.len()));
    };
    if code.len() < 2 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("{code:?} is no CAMEO code"));
    }
    let goldstein = goldstein.parse().ok().filter(|g: &f64| g.abs() <= 10.0);
    let goldstein = goldstein.ok_or(format!("the Goldstein scale of {code} must be from -10 to 10"))?;
    let given = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    Ok(Code {
        code: code.to_owned(),
        name: name.to_owned(),
        goldstein,
        plover: given(plover),
        mode: given(mode),
        context: context.split(", ").filter(|c| !c.is_empty()).map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    #[test]
    fn the_builtin_codes_load() {
        let codes = Codebook::builtin();
        let shelling = codes.get("194").expect("a CAMEO code");
        assert_eq!((shelling.goldstein, shelling.plover.as_deref()), (-10.0, Some("ASSAULT")));
        assert_eq!(codes.goldstein("1949"), Some(-10.0));
        assert_eq!(codes.goldstein("é"), None);
        assert_eq!((codes.role("armed-force"), codes.role("tank")), (Some("MIL"), None));
        assert_eq!(codes.plover_types().len(), 16);
    }

    #[test]
    fn predicates_use_codes_that_exist() {
        let codes = Codebook::builtin();
        for p in Ontology::builtin().predicates() {
            assert!(p.cameo.as_deref().is_none_or(|c| codes.get(c).is_some()), "{}", p.name);
            assert!(p.plover.as_deref().is_none_or(|t| codes.plover_types().contains(&t)), "{}", p.name);
        }
    }

    #[test]
    fn a_bad_line_is_named() {
        let bad = |row: &str| Codebook::parse(row, "").expect_err("bad").to_string();
        assert_eq!(bad("# x\n19\tFight"), "ontology/cameo.tsv:2: expected 6 fields with tabs between them, found 2");
        assert!(bad("19\tFight\t-11\t\t\t").contains("from -10 to 10"));
        assert!(bad("20\ta\t0\t\t\t\n19\tb\t0\t\t\t").contains("not after the one before"));
    }
}
