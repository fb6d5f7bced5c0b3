//! JSON that is read piece by piece: of a long list, one item is in memory at a time.

use crate::error::{Error, Result};
use serde::de::DeserializeOwned;
use std::io::Read;

/// How much is read at once, in bytes; more where one value is longer.
const CHUNK: usize = 1 << 18;

/// A JSON text, of which the caller takes punctuation and values in turn.
pub(super) struct Pieces<'f, R> {
    /// For messages.
    file: &'f str,
    input: R,
    /// Checked to be text as it comes, so that no string in it need be.
    buffer: String,
    /// The bytes read of a character that goes on.
    cut: Vec<u8>,
    /// What of the buffer is taken.
    at: usize,
    ended: bool,
    /// Lines taken, and bytes of the line that follows.
    lines: usize,
    column: usize,
}

impl<'f, R: Read> Pieces<'f, R> {
    /// Reads from `input`, nothing yet.
    pub fn new(file: &'f str, input: R) -> Pieces<'f, R> {
        Pieces { file, input, buffer: String::new(), cut: Vec::new(), at: 0, ended: false, lines: 0, column: 0 }
    }

    /// Takes a value as soon as it is whole in the buffer.
    pub fn value<T: DeserializeOwned>(&mut self) -> Result<T> {
        loop {
            let rest = &self.buffer[self.at..];
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<T>();
            match values.next() {
                // A number at the end may go on.
                Some(Ok(value)) if self.ended || values.byte_offset() < rest.len() => {
                    let taken = values.byte_offset();
                    self.take(taken);
                    return Ok(value);
                }
                Some(Err(error)) if self.ended || !(error.is_eof() || is_at_end(rest, &error)) => {
                    return Err(self.unreadable(&error));
                }
                None if self.ended => return Err(self.unexpected("a value")),
                _ => self.fill()?,
            }
        }
    }

    /// Takes what stands between two brackets, each item by `item`.
    pub fn each(&mut self, [open, close]: [u8; 2], mut item: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.punctuation(open)?;
        if self.peek()? == Some(close) {
            self.take(1);
            return Ok(());
        }
        loop {
            item(self)?;
            if self.peek()? != Some(b',') {
                return self.punctuation(close);
            }
            self.take(1);
        }
    }

    /// Takes one character that must come next.
    pub fn punctuation(&mut self, wanted: u8) -> Result<()> {
        if self.peek()? != Some(wanted) {
            return Err(self.unexpected(&format!("`{}`", char::from(wanted))));
        }
        self.take(1);
        Ok(())
    }

    /// Nothing but space may follow.
    pub fn end(&mut self) -> Result<()> {
        if self.peek()?.is_some() { Err(self.unexpected("the end")) } else { Ok(()) }
    }

    /// Something of the whole is missing or there twice.
    pub fn faulty(&self, what: &str) -> Error {
        self.error(None, what)
    }

    /// The next character that is no space.
    fn peek(&mut self) -> Result<Option<u8>> {
        loop {
            let rest = &self.buffer.as_bytes()[self.at..];
            if let Some(space) = rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n')) {
                let next = rest[space];
                self.take(space);
                return Ok(Some(next));
            }
            if self.ended {
                return Ok(None);
            }
            self.take(self.buffer.len() - self.at);
            self.fill()?;
        }
    }

    fn take(&mut self, bytes: usize) {
        let taken = &self.buffer.as_bytes()[self.at..self.at + bytes];
        self.column = match memchr::memrchr(b'\n', taken) {
            Some(newline) => taken.len() - newline - 1,
            None => self.column + taken.len(),
        };
        self.lines += memchr::memchr_iter(b'\n', taken).count();
        self.at += bytes;
    }

    /// Reads on: as much again as a value has that is not whole.
    fn fill(&mut self) -> Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let mut bytes = std::mem::take(&mut self.buffer).into_bytes();
        let more = bytes.len().max(CHUNK) as u64;
        bytes.append(&mut self.cut);
        let read = self.input.by_ref().take(more).read_to_end(&mut bytes);
        self.ended = read.map_err(|e| Error::io(self.file, e))? == 0;
        self.buffer = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => {
                let (valid, part) = (e.utf8_error().valid_up_to(), e.utf8_error().error_len().is_none());
                let mut bytes = e.into_bytes();
                self.cut = bytes.split_off(valid);
                let text = String::from_utf8(bytes).unwrap_or_default();
                if !part || self.ended {
                    return Err(self.no_text(text));
                }
                text
            }
        };
        Ok(())
    }

    /// Bytes that are no text come behind this.
    fn no_text(&mut self, before: String) -> Error {
        self.buffer = before;
        self.take(self.buffer.len());
        self.error(Some((self.lines + 1, self.column + 1)), "invalid UTF-8")
    }

    fn unexpected(&self, wanted: &str) -> Error {
        self.error(Some((self.lines + 1, self.column + 1)), &format!("expected {wanted}"))
    }

    /// The parser counts from where the value begins.
    fn unreadable(&self, error: &serde_json::Error) -> Error {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let first = if error.line() <= 1 { self.column } else { 0 };
        let place = message.strip_suffix(&place).map(|m| (m, (self.lines + error.line(), first + error.column())));
        match place {
            Some((message, place)) => self.error(Some(place), message),
            None => self.error(None, &message),
        }
    }

    fn error(&self, place: Option<(usize, usize)>, message: &str) -> Error {
        let place_words = place.map(|(line, column)| format!(" at line {line} column {column}")).unwrap_or_default();
        let message = format!("this is not the interchange JSON of newsgraph: {message}{place_words}");
        Error::syntax(self.file, place.map(|(line, _)| line), message)
    }
}

/// Whether an error stands where the text ends: "0." is no number, though it may become one.
fn is_at_end(text: &str, error: &serde_json::Error) -> bool {
    let line = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |newline| newline + 1);
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    error.line() == lines + 1 && error.column() >= text.len() - line
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IgnoredAny;

    fn count(text: &str) -> Result<usize> {
        let mut json = Pieces::new("test.json", text.as_bytes());
        let mut values = 0;
        json.each(*b"[]", |json| {
            values += 1;
            json.value::<IgnoredAny>().map(|_| ())
        })?;
        json.end().map(|()| values)
    }

    #[test]
    fn values_are_whole_wherever_the_text_is_cut() {
        let values = vec!["{\"é\": -0.25e+1, \"b\": [null, true, \"\\u00e9\"]}"; CHUNK / 16].join(",");
        for shift in 0..48 {
            let text = format!("[{}{values}]", " ".repeat(shift));
            assert_eq!(count(&text).ok(), Some(CHUNK / 16), "{shift}");
        }
    }

    #[test]
    fn what_is_no_text_is_named_with_its_place() {
        let mut json = Pieces::new("test.json", &b"[1,\n2, \xff]"[..]);
        let error = json.punctuation(b'[').unwrap_err().to_string();
        assert!(error.contains("line 2 column 4"), "{error}");
        assert!(count("[0.5, 0.x]").is_err());
    }
}
