//! Rows as a table for people: columns aligned, IRIs short enough to read and right to paste into the next query.

use crate::error::Result;
use crate::export::vocabulary::PREFIXES;
use oxigraph::model::{Term, TermRef};
use std::io::Write;

/// A table in the making.
pub struct Table<'b> {
    header: Vec<String>,
    rows: Vec<Vec<Cell>>,
    base: &'b str,
}

struct Cell {
    text: String,
    number: bool,
}

impl<'b> Table<'b> {
    /// A table without rows.
    pub fn new(header: Vec<String>, base: &'b str) -> Table<'b> {
        Table { header, rows: Vec::new(), base }
    }

    /// Adds a row; what is not bound stays empty.
    pub fn push(&mut self, row: &[Option<Term>]) {
        let empty = || Cell { text: String::new(), number: false };
        let cell = |term: &Term| Cell { text: text(term.as_ref(), self.base), number: number(term) };
        self.rows.push(row.iter().map(|term| term.as_ref().map_or_else(empty, cell)).collect());
    }

    /// Writes it, and how many rows there are.
    pub fn write(&self, out: &mut dyn Write) -> Result<()> {
        let widths: Vec<usize> = (0..self.header.len()).map(|column| self.width(column)).collect();
        line(self.header.iter().map(|name| (name.as_str(), false)), &widths, out)?;
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        line(rule.iter().map(|text| (text.as_str(), false)), &widths, out)?;
        for row in &self.rows {
            line(row.iter().map(|cell| (cell.text.as_str(), cell.number)), &widths, out)?;
        }
        let plural = if self.rows.len() == 1 { "" } else { "s" };
        Ok(writeln!(out, "{} row{plural}", self.rows.len())?)
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| row[column].text.as_str());
        cells.chain([self.header[column].as_str()]).map(width).max().unwrap_or_default()
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn line<'c>(cells: impl Iterator<Item = (&'c str, bool)>, widths: &[usize], out: &mut dyn Write) -> Result<()> {
    let mut written = String::new();
    for ((text, right), column) in cells.zip(widths) {
        let space = " ".repeat(column - width(text));
        let cell = if right { [space.as_str(), text] } else { [text, space.as_str()] };
        written.extend(cell);
        written.push_str("  ");
    }
    Ok(writeln!(out, "{}", written.trim_end())?)
}

fn number(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if literal.value().parse::<f64>().is_ok())
}

/// A term as people read it: literals bare, IRIs with their prefix or relative to the base.
fn text(term: TermRef<'_>, base: &str) -> String {
    match term {
        TermRef::NamedNode(iri) => short(iri.as_str(), base),
        TermRef::Literal(literal) => plain(literal.value()),
        TermRef::BlankNode(node) => node.to_string(),
        TermRef::Triple(triple) => {
            let [s, p, o] =
                [Term::from(triple.subject.clone()), triple.predicate.clone().into(), triple.object.clone()];
            let [s, p, o] = [s, p, o].map(|part| text(part.as_ref(), base));
            format!("<<( {s} {p} {o} )>>")
        }
    }
}

fn short(iri: &str, base: &str) -> String {
    if let Some(rest) = iri.strip_prefix(base).filter(|rest| !rest.is_empty()) {
        return format!("<{rest}>");
    }
    let prefixed = |(prefix, namespace): &(&str, &str)| {
        let local = iri.strip_prefix(*namespace)?;
        local.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then(|| format!("{prefix}:{local}"))
    };
    PREFIXES.iter().find_map(prefixed).unwrap_or_else(|| format!("<{iri}>"))
}

/// A text on one line: what would move the cursor is shown as a space.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
