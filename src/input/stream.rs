//! Opens a file: decompresses it where its first bytes say so, and finds out what format it is in. Decodes nothing.

use crate::{Error, Result};
use std::io::{self, Cursor, Read};
use std::path::Path;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
}

/// The extensions that are read, with their format.
const KINDS: &[(&str, Kind)] = &[
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Markdown),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Html),
    ("json", Kind::Json),
    ("jsonl", Kind::JsonLines),
    ("ndjson", Kind::JsonLines),
];

/// The extensions of compressed files.
const COMPRESSED: &[&str] = &[".gz", ".zst"];

impl Kind {
    /// What a path's extension says, that of a compression set aside.
    pub fn of_path(path: &Path) -> Option<Kind> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let (_, extension) = Kind::strip_compression(&name).rsplit_once('.')?;
        KINDS.iter().find(|(known, _)| *known == extension).map(|&(_, kind)| kind)
    }

    /// A file's name without `.gz` or `.zst`.
    pub fn strip_compression(name: &str) -> &str {
        COMPRESSED.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
    }

    /// The extensions, to name them in a message.
    pub fn extensions() -> String {
        KINDS.iter().map(|(extension, _)| format!(".{extension}")).collect::<Vec<_>>().join(" ")
    }
}

/// A file's bytes, decompressed, the first of them at hand.
pub(super) struct Stream {
    prefix: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

/// How many bytes are looked at to find out what a stream holds.
const PREFIX: u64 = 8192;
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

impl Stream {
    /// Looks at the first bytes of a reader and decompresses it where they say so.
    pub fn new(reader: Box<dyn Read + Send>) -> io::Result<Stream> {
        let raw = Stream::peek(reader)?;
        if raw.prefix.starts_with(GZIP) {
            return Stream::peek(Box::new(flate2::read::MultiGzDecoder::new(raw.into_read())));
        }
        if raw.prefix.starts_with(ZSTD) {
            return Stream::peek(unzstd(raw.into_read())?);
        }
        Ok(raw)
    }

    fn peek(mut reader: Box<dyn Read + Send>) -> io::Result<Stream> {
        let mut prefix = Vec::new();
        reader.by_ref().take(PREFIX).read_to_end(&mut prefix)?;
        Ok(Stream { prefix, rest: reader })
    }

    /// The first bytes.
    pub fn prefix(&self) -> &[u8] {
        &self.prefix
    }

    /// All bytes, from the first.
    pub fn into_read(self) -> impl Read + Send {
        Cursor::new(self.prefix).chain(self.rest)
    }

    /// Reads everything, or says that it is too much.
    pub fn read_all(self, limit: usize, name: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut bounded = self.into_read().take(limit as u64 + 1);
        bounded.read_to_end(&mut bytes).map_err(|error| Error::io(name, error))?;
        if bytes.len() > limit {
            let message = format!("the file is larger than {}; split it, or make it JSON lines", megabytes(limit));
            return Err(Error::syntax(name, None, message));
        }
        Ok(bytes)
    }

    /// What the first bytes look like, where no extension tells.
    pub fn sniff(&self) -> Kind {
        let head = String::from_utf8_lossy(&self.prefix);
        let head = head.trim_start_matches('\u{feff}').trim_start();
        if head.starts_with('[') && head[1..].trim_start().starts_with('{') {
            return Kind::Json;
        }
        if head.starts_with('{') && head[1..].trim_start().starts_with(['"', '}']) {
            let first = head.lines().next().unwrap_or_default();
            return if first.len() > 1 { Kind::JsonLines } else { Kind::Json };
        }
        let lower = head.to_ascii_lowercase();
        if head.starts_with('<') && (lower.contains("<html") || lower.contains("<!doctype html")) {
            return Kind::Html;
        }
        Kind::Text
    }
}

/// A limit as it is said to the user.
pub(super) fn megabytes(bytes: usize) -> String {
    if bytes < 1 << 20 { format!("{bytes} bytes") } else { format!("{} MiB", bytes >> 20) }
}

#[cfg(feature = "zstd")]
fn unzstd(reader: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    Ok(Box::new(zstd::stream::read::Decoder::new(reader)?))
}

#[cfg(not(feature = "zstd"))]
fn unzstd(_: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this build cannot read .zst; build with the feature `zstd`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(bytes: &[u8]) -> Stream {
        Stream::new(Box::new(Cursor::new(bytes.to_vec()))).unwrap()
    }

    #[test]
    fn extensions_name_the_format() {
        for (path, kind) in [
            ("a.txt", Some(Kind::Text)),
            ("a.JSONL.gz", Some(Kind::JsonLines)),
            ("a.html.zst", Some(Kind::Html)),
            ("a.gz", None),
            ("a", None),
            ("a.pdf", None),
        ] {
            assert_eq!(Kind::of_path(Path::new(path)), kind, "{path}");
        }
    }

    #[test]
    fn first_bytes_name_the_format() {
        for (head, kind) in [
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Kind::JsonLines),
            ("{\n  \"text\": \"a\"\n}\n", Kind::Json),
            (" [ {\"text\": \"a\"}]", Kind::Json),
            ("[Photo] A man", Kind::Text),
            ("\u{feff}<!DOCTYPE html><html>", Kind::Html),
            ("<b>bold</b> text", Kind::Text),
            ("", Kind::Text),
        ] {
            assert_eq!(stream(head.as_bytes()).sniff(), kind, "{head}");
        }
    }

    #[test]
    fn a_large_file_is_refused() {
        let error = stream(&[b'a'; 11]).read_all(10, "big.txt").unwrap_err();
        assert!(error.to_string().starts_with("big.txt: the file is larger than 10 bytes"), "{error}");
        assert_eq!(stream(&[b'a'; 10]).read_all(10, "x").unwrap().len(), 10);
    }
}
