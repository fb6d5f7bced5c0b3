//! Errors that point at the place: file, line, column, and a caret under the text.

use super::Question;
use crate::error::Error;
use crate::export::vocabulary::PREFIXES;

/// How many of the tokens that would be right are listed.
const LISTED: usize = 8;

/// An error at a byte of the query.
pub fn error_at(question: &Question, offset: usize, message: &str) -> Error {
    let before = &question.text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    error(question, line, column, message)
}

/// An error from what the parser says: `error at LINE:COLUMN: expected …`.
pub fn syntax_error(question: &Question, parser: &str) -> Error {
    let found = parser.strip_prefix("error at ").and_then(|rest| {
        let (place, message) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, message))
    });
    match found {
        Some((line, column, message)) => {
            let ends = rest(&question.text, line, column).trim().is_empty();
            let message = if ends { "the query ends where more is expected".to_owned() } else { readable(message) };
            error(question, line, column, &message)
        }
        None => Error::Query(format!("{}{parser}", name(question))),
    }
}

/// The text from a place on.
fn rest(text: &str, line: usize, column: usize) -> &str {
    let lines = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let line = &text[lines.min(text.len())..];
    line.char_indices().nth(column - 1).map_or("", |(at, _)| &line[at..])
}

fn error(question: &Question, line: usize, column: usize, message: &str) -> Error {
    let text = question.text.lines().nth(line - 1).unwrap_or_default();
    // A tab stays one, so that the caret stands right whatever its width.
    let indent: String = text.chars().take(column - 1).map(|c| if c == '\t' { c } else { ' ' }).collect();
    let name = name(question);
    Error::Query(format!("{name}line {line}, column {column}: {message}\n  {text}\n  {indent}^"))
}

fn name(question: &Question) -> String {
    let name = if question.name.is_empty() { "the query" } else { &question.name };
    format!("{name}: ")
}

/// The parser lists everything that could stand there, and the rules of its grammar; a few words and signs are enough.
fn readable(message: &str) -> String {
    if message.contains("Prefix not found") {
        let known = PREFIXES.iter().map(|(prefix, _)| *prefix).collect::<Vec<_>>().join(", ");
        return format!("this prefix is not known; declare it with PREFIX, or use one of {known}");
    }
    let Some(list) = message.strip_prefix("expected one of ") else { return message.to_owned() };
    let tokens: Vec<&str> = list.split(", ").filter(|token| token.starts_with('"') && token.len() > 2).collect();
    match tokens.len() {
        0 => "nothing that may stand here".to_owned(),
        n if n <= LISTED => format!("expected one of {}", tokens.join(", ")),
        n => format!("expected one of {} and {} others", tokens[..LISTED].join(", "), n - LISTED),
    }
}
