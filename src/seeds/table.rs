//! Tab-separated tables: one fact a line, `#` comments, a first line that names the columns.

use crate::error::{Error, Result};
use std::borrow::Cow;

/// A table of a seed file, its columns checked.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    text: Cow<'static, str>,
    columns: usize,
}

/// A row: its fields and where it stands.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    file: &'a str,
    /// The line in the file, from 1.
    pub line: usize,
    /// Where the line begins in the file, in bytes: what [`Table::fields_at`] takes.
    pub start: usize,
    /// As many as there are columns; what a line lacks at its end is empty.
    pub fields: Vec<&'a str>,
}

impl Table {
    /// Checks the header; `rows` checks the rest.
    pub fn parse(file: &str, text: Cow<'static, str>, columns: &[&str]) -> Result<Table> {
        let header = lines(&text).next();
        let expected = columns.join("\t");
        match header {
            Some((_, found)) if found == expected => Ok(Table { file: file.to_owned(), columns: columns.len(), text }),
            Some((line, found)) => Err(Error::syntax(
                file,
                line,
                format!("the first line must name the columns {expected:?} (tabs between), found {found:?}"),
            )),
            None => Err(Error::syntax(file, None, format!("the file is empty; its first line must be {expected:?}"))),
        }
    }

    /// The rows, in the file's order; a row with too many fields is an error.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row<'_>>> {
        lines(&self.text).skip(1).map(|(line, text)| {
            let mut fields: Vec<&str> = Vec::with_capacity(self.columns);
            fields.extend(text.split('\t'));
            if fields.len() > self.columns {
                let message = format!("{} columns expected, {} found", self.columns, fields.len());
                return Err(Error::syntax(&*self.file, line, message));
            }
            fields.resize(self.columns, "");
            Ok(Row { file: &self.file, line, start: text.as_ptr() as usize - self.text.as_ptr() as usize, fields })
        })
    }

    /// The fields of the row that begins at that byte, one after another; what the line lacks is empty. For tables too
    /// large to keep parsed.
    pub fn fields_at(&self, start: usize) -> impl Iterator<Item = &str> {
        let rest = self.text.get(start..).unwrap_or_default();
        rest.lines().next().unwrap_or_default().split('\t').chain(std::iter::repeat("")).take(self.columns)
    }
}

impl Row<'_> {
    /// An error about this row.
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::syntax(self.file, self.line, message)
    }
}

/// Lines that are neither empty nor comments, numbered from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &'static str) -> Result<Table> {
        Table::parse("names/x.tsv", Cow::Borrowed(text), &["a", "b"])
    }

    #[test]
    fn rows_are_padded_and_numbered() {
        let t = table("# origin\na\tb\n\nx\ty\nz\n").unwrap();
        let rows: Vec<_> = t.rows().map(|r| r.map(|r| (r.line, r.fields.join("|"))).unwrap()).collect();
        assert_eq!(rows, [(4, "x|y".to_owned()), (5, "z|".to_owned())]);
    }

    #[test]
    fn errors_name_file_and_line() {
        assert!(table("a\tc\n").unwrap_err().to_string().starts_with("names/x.tsv:1: the first line must name"));
        let t = table("a\tb\n1\t2\t3\n").unwrap();
        assert_eq!(t.rows().next().unwrap().unwrap_err().to_string(), "names/x.tsv:2: 2 columns expected, 3 found");
    }
}
