//! The bare words of a query: what is neither a string, an IRI, a comment, a variable nor a prefixed name.
//!
//! Enough to say at once, and at its place, that a query asks for what is not done here. What slips through is refused by
//! the evaluator, which changes nothing and has no network.

use super::Question;
use super::place::error_at;
use crate::error::{Error, Result};

/// What begins a query.
const QUERIES: [&str; 4] = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
/// What begins an update.
const UPDATES: [&str; 10] = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"];

/// Refuses updates, calls of other services, and queries without a word.
pub fn check(question: &Question) -> Result<()> {
    let is = |word: &str, any: &[&str]| any.iter().any(|keyword| word.eq_ignore_ascii_case(keyword));
    let mut bare = words(&question.text).filter(|(_, word)| !is(word, &["PREFIX", "BASE", "VERSION"]));
    let Some((offset, first)) = bare.next() else {
        return Err(Error::Query("the query is empty; begin with SELECT, ASK, CONSTRUCT or DESCRIBE".into()));
    };
    if is(first, &UPDATES) {
        let message = "this changes the graph, which is only read; ask with SELECT, ASK, CONSTRUCT or DESCRIBE";
        return Err(error_at(question, offset, message));
    }
    if !is(first, &QUERIES) {
        return Err(error_at(question, offset, "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"));
    }
    match bare.find(|(_, word)| is(word, &["SERVICE"])) {
        Some((offset, _)) => Err(error_at(question, offset, "nothing is asked elsewhere; leave out SERVICE")),
        None => Ok(()),
    }
}

/// Each bare word with its byte offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            at += token(&text[at..]);
            let token = &text[start..at];
            if token.starts_with(|c: char| c.is_ascii_alphabetic()) && !token.contains(':') {
                return Some((start, token));
            }
        }
        None
    })
}

/// The length in bytes of the token that a text begins with; at least one character.
fn token(text: &str) -> usize {
    let first = text.chars().next().map_or(1, char::len_utf8);
    match text.as_bytes()[0] {
        b'#' => text.find('\n').unwrap_or(text.len()),
        b'"' | b'\'' => string(text),
        b'<' => iri(text).unwrap_or(first),
        b'?' | b'$' | b'@' => first + run(&text[first..], |c| c.is_alphanumeric() || "_-".contains(c)),
        c if c.is_ascii_alphanumeric() || c == b'_' || c == b':' || !c.is_ascii() => name(text).max(first),
        _ => first,
    }
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// A word, or a name with a prefix, whose local part may hold dots.
fn name(text: &str) -> usize {
    let word = run(text, |c| c.is_alphanumeric() || "_-".contains(c));
    match text[word..].strip_prefix(':') {
        Some(local) => word + 1 + run(local, |c| c.is_alphanumeric() || "_-.:%\\".contains(c)),
        None => word,
    }
}

/// An IRI in angle brackets; else it was a less-than sign.
fn iri(text: &str) -> Option<usize> {
    let end = text.find(['>', ' ', '\n', '\t', '"', '{', '}'])?;
    text[end..].starts_with('>').then_some(end + 1)
}

/// A string, of one or of three quotes; up to the end if nothing closes it.
fn string(text: &str) -> usize {
    let quote = &text[..1];
    let three = quote.repeat(3);
    let quote = if text.starts_with(&three) { three.as_str() } else { quote };
    let mut at = quote.len();
    while at < text.len() && !text[at..].starts_with(quote) {
        let escape = usize::from(text[at..].starts_with('\\'));
        at += escape;
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    (at + quote.len()).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> String {
        words(text).map(|(_, word)| word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_told_from_what_only_looks_like_them() {
        assert_eq!(bare("SELECT ?service { ?s a \"service\" } # service"), "SELECT a");
        assert_eq!(bare("{ ng:service service:x <service> ng:a.service }"), "");
        assert_eq!(bare("?x.SERVICE <http://x/>"), "SERVICE");
        assert_eq!(bare("'''a 'b' service''' x 'it\\'s' y \"open"), "x y");
        assert_eq!(bare("FILTER(?a <?b && ?c> 3)"), "FILTER");
        assert_eq!(bare("é ü:service 'ü' ï\u{0}"), "");
    }
}
