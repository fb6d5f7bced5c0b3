//! Articles as JSON records: one a line (`lines`), or one object, an array or several objects in a file (`values`).
//!
//! A record is read whole, the file never. A bad record is an error with its line; the others go on.

use super::published::parse_date;
use super::sources::Source;
use super::stream::{Stream, megabytes};
use super::{Limits, decode};
use crate::model::{Span, Zone};
use crate::vocab::ZoneKind;
use crate::{Article, Error, Result};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, Cursor, Read};

/// The names under which a field is known, the first that holds something wins.
const ID: &[&str] = &["id", "_id", "uuid"];
const TEXT: &[&str] = &["text", "body", "content", "article", "maintext", "articleBody"];
const TITLE: &[&str] = &["title", "headline"];
const PUBLISHED: &[&str] =
    &["published", "date", "published_at", "publishedAt", "datePublished", "date_publish", "pubDate", "timestamp"];
const SOURCE: &[&str] = &["source", "publisher", "site", "outlet", "source_domain"];
const URL: &[&str] = &["url", "link"];

type Input = Box<dyn BufRead + Send>;

/// The articles of a file with one record a line.
pub(super) fn lines(
    stream: Stream,
    source: Source,
    limits: Limits,
) -> Result<impl Iterator<Item = Result<Article>> + Send> {
    let mut lines = Lines { input: utf8(stream, &source, limits)?, line: 0 };
    Ok(until_io_error(move || {
        let record = lines.next(limits.record)?;
        Some(record.and_then(|bytes| article(&bytes, &source, lines.line)).map_err(|e| e.into_error(&source)))
    }))
}

/// The articles of a file with one object, an array of them, or one after the other.
pub(super) fn values(
    stream: Stream,
    source: Source,
    limits: Limits,
) -> Result<impl Iterator<Item = Result<Article>> + Send> {
    let mut values = Values { input: utf8(stream, &source, limits)?, line: 1, in_array: false, ended: false, count: 0 };
    Ok(until_io_error(move || {
        let record = values.next(limits.record)?;
        Some(
            record
                .and_then(|(line, bytes)| article_at(&bytes, &source, line, values.count))
                .map_err(|e| e.into_error(&source)),
        )
    }))
}

/// Goes on after a bad record, but not after a failure to read: the next read would fail too.
fn until_io_error(
    mut next: impl FnMut() -> Option<Result<Article>> + Send,
) -> impl Iterator<Item = Result<Article>> + Send {
    let mut failed = false;
    std::iter::from_fn(move || {
        let item = if failed { None } else { next() };
        failed = matches!(item, Some(Err(Error::Io { .. })));
        item
    })
}

/// The bytes without a byte order mark. UTF-16 is decoded at once; whatever else is not UTF-8, record by record.
fn utf8(stream: Stream, source: &Source, limits: Limits) -> Result<Input> {
    let head = stream.prefix();
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        let bytes = stream.read_all(limits.file, &source.name)?;
        let text = decode::text(bytes, false).map_err(|why| Error::syntax(&source.name, None, why))?;
        return Ok(Box::new(Cursor::new(text.into_bytes())));
    }
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut input = BufReader::new(stream.into_read());
    std::io::copy(&mut input.by_ref().take(mark), &mut std::io::sink())
        .map_err(|error| Error::io(&source.name, error))?;
    Ok(Box::new(input))
}

/// Why a record could not be read.
enum Failure {
    Io(std::io::Error),
    Record { line: usize, message: String },
}

impl Failure {
    fn record(line: usize, message: impl Into<String>) -> Failure {
        Failure::Record { line, message: message.into() }
    }

    fn too_long(line: usize, limit: usize) -> Failure {
        Failure::record(line, format!("the record is larger than {}", megabytes(limit)))
    }

    fn into_error(self, source: &Source) -> Error {
        match self {
            Failure::Io(error) => Error::io(&source.name, error),
            Failure::Record { line, message } => Error::syntax(&source.name, line, message),
        }
    }
}

/// Lines that are not blank.
struct Lines {
    input: Input,
    line: usize,
}

impl Lines {
    fn next(&mut self, limit: usize) -> Option<Result<Vec<u8>, Failure>> {
        loop {
            let mut bytes = Vec::new();
            let read = self.input.by_ref().take(limit as u64 + 1).read_until(b'\n', &mut bytes);
            match read {
                Err(error) => return Some(Err(Failure::Io(error))),
                Ok(0) => return None,
                Ok(_) => self.line += 1,
            }
            if bytes.len() > limit && bytes.last() != Some(&b'\n') {
                return Some(self.skip_line().and(Err(Failure::too_long(self.line, limit))));
            }
            if !bytes.trim_ascii().is_empty() {
                return Some(Ok(bytes));
            }
        }
    }

    /// Passes over the rest of a line without keeping it.
    fn skip_line(&mut self) -> Result<(), Failure> {
        self.input.skip_until(b'\n').map_err(Failure::Io).map(|_| ())
    }
}

/// Objects at the top level, or in an array there, cut out by counting brackets.
struct Values {
    input: Input,
    line: usize,
    in_array: bool,
    ended: bool,
    count: usize,
}

impl Values {
    /// The next object and the line on which it begins.
    fn next(&mut self, limit: usize) -> Option<Result<(usize, Vec<u8>), Failure>> {
        if self.ended {
            return None;
        }
        let found = self.find(limit).transpose();
        self.ended = !matches!(found, Some(Ok(_)));
        self.count += 1;
        found
    }

    fn find(&mut self, limit: usize) -> Result<Option<(usize, Vec<u8>)>, Failure> {
        while let Some(byte) = self.byte()? {
            match byte {
                b'{' => return self.object(limit).map(Some),
                b'[' if !self.in_array => self.in_array = true,
                b',' if self.in_array => {}
                b']' if self.in_array => self.in_array = false,
                _ if byte.is_ascii_whitespace() => {}
                _ => return Err(Failure::record(self.line, "expected a JSON object or an array of objects")),
            }
        }
        Ok(None)
    }

    /// The rest of an object whose first bracket was read.
    fn object(&mut self, limit: usize) -> Result<(usize, Vec<u8>), Failure> {
        let start = self.line;
        let mut bytes = vec![b'{'];
        let (mut depth, mut in_string, mut escaped) = (1, false, false);
        while depth > 0 {
            let byte = self.byte()?.ok_or_else(|| Failure::record(start, "the file ends within this record"))?;
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' if !in_string => depth += 1,
                b'}' if !in_string => depth -= 1,
                _ => {}
            }
            if bytes.len() >= limit {
                return Err(Failure::too_long(start, limit));
            }
            bytes.push(byte);
        }
        Ok((start, bytes))
    }

    fn byte(&mut self) -> Result<Option<u8>, Failure> {
        let byte = self.input.fill_buf().map_err(Failure::Io)?.first().copied();
        if byte.is_some() {
            self.input.consume(1);
        }
        self.line += usize::from(byte == Some(b'\n'));
        Ok(byte)
    }
}

/// The article of a line; without an `id` it is called by its file and line.
fn article(bytes: &[u8], source: &Source, line: usize) -> Result<Article, Failure> {
    let record = parse(bytes, line)?;
    build(&record, line, || format!("{}-{line}", source.id))
}

/// The article of an object in a file; without an `id` it is called by its file, and its number if it is not the first.
fn article_at(bytes: &[u8], source: &Source, line: usize, count: usize) -> Result<Article, Failure> {
    let record = parse(bytes, line)?;
    build(&record, line, || if count == 1 { source.id.clone() } else { format!("{}-{count}", source.id) })
}

fn parse(bytes: &[u8], line: usize) -> Result<Map<String, Value>, Failure> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => decode::text(bytes.to_vec(), false).map_err(|why| Failure::record(line, why))?,
    };
    let parsed = serde_json::from_str(&text).or_else(|error| serde_json::from_str(&mend(&text)).map_err(|_| error));
    parsed.map_err(|error| Failure::record(line + error.line().saturating_sub(1), message(&error)))
}

/// The parser's message with the column, since the line is said already.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("not a JSON object of an article: {what} (column {})", error.column())
}

/// Replaces what JSON forbids and files hold nevertheless: lone surrogate escapes, unknown escapes, raw control characters.
fn mend(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut rest, mut in_string) = (json, false);
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' if in_string => mend_escape(rest, &mut out),
            c if in_string && c < ' ' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
                c.len_utf8()
            }
            c => {
                in_string ^= c == '"';
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// Writes the escape at the beginning of `rest` so that it is valid, and says how many bytes it took.
fn mend_escape(rest: &str, out: &mut String) -> usize {
    let unit = |at: usize| rest.get(at..at + 6)?.strip_prefix("\\u").and_then(|hex| u16::from_str_radix(hex, 16).ok());
    match (unit(0), unit(6)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => copy(&rest[..12], out),
        (Some(0xd800..=0xdfff), _) => {
            out.push('\u{fffd}');
            6
        }
        (Some(_), _) => copy(&rest[..6], out),
        (None, _) if rest[1..].starts_with(['"', '\\', '/', 'b', 'f', 'n', 'r', 't']) => copy(&rest[..2], out),
        (None, _) => {
            out.push_str("\\\\");
            1
        }
    }
}

fn copy(escape: &str, out: &mut String) -> usize {
    out.push_str(escape);
    escape.len()
}

fn build(record: &Map<String, Value>, line: usize, default_id: impl Fn() -> String) -> Result<Article, Failure> {
    let text = TEXT
        .iter()
        .find_map(|name| paragraphs(record.get(*name)?))
        .ok_or_else(|| Failure::record(line, "the record has no text; put the article's words in a field `text`"))?;
    Ok(Article {
        id: first(record, ID).unwrap_or_else(default_id),
        title: first(record, TITLE),
        zones: record.get("zones").and_then(|given| zones(given, &text)).unwrap_or_default(),
        text,
        published: PUBLISHED.iter().find_map(|name| parse_date(&scalar(record.get(*name)?)?)),
        source: first(record, SOURCE),
        url: first(record, URL),
    })
}

/// A stretch of the text, in characters, as `newsgraph articles` writes it.
#[derive(Deserialize)]
struct GivenZone {
    start: usize,
    end: usize,
    kind: ZoneKind,
}

/// What the record says of stretches of its text; a field of that name that holds something else says nothing.
fn zones(given: &Value, text: &str) -> Option<Vec<Zone>> {
    let given = Vec::<GivenZone>::deserialize(given).ok()?;
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let span = |zone: &GivenZone| Some(Span::new(*bytes.get(zone.start)?, *bytes.get(zone.end)?));
    let zones: Option<Vec<Zone>> = given.iter().map(|z| Some(Zone { span: span(z)?, kind: z.kind })).collect();
    zones.filter(|zones| {
        zones.iter().all(|z| z.span.start < z.span.end) && zones.is_sorted_by(|a, b| a.span.end <= b.span.start)
    })
}

fn first(record: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| scalar(record.get(*name)?))
}

/// A string or number that says something; of an object its name.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => object.get("name").and_then(scalar),
        _ => None,
    }
}

/// A text, or a list of its paragraphs.
fn paragraphs(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) => list.iter().map(Value::as_str).collect::<Option<Vec<_>>>().map(|list| list.join("\n\n")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::Origin;
    use super::*;

    fn source() -> Source {
        Source { name: "a.json".into(), id: "a".into(), kind: None, origin: Origin::Stdin }
    }

    fn show(result: Result<Article>) -> String {
        result.map(|a| format!("{}: {}", a.id, a.text)).unwrap_or_else(|e| e.to_string())
    }

    fn stream(text: &[u8]) -> Stream {
        Stream::new(Box::new(Cursor::new(text.to_vec()))).unwrap()
    }

    fn check_lines(text: &[u8], expected: &[&str]) {
        let limits = Limits { file: 1000, record: 60 };
        let found: Vec<String> = lines(stream(text), source(), limits).unwrap().map(show).collect();
        assert_eq!(found, expected);
    }

    fn check_values(text: &str, expected: &[&str]) {
        let limits = Limits { file: 1000, record: 60 };
        let found: Vec<String> = values(stream(text.as_bytes()), source(), limits).unwrap().map(show).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_go_on() {
        let text = b"\xef\xbb\xbf{\"id\": 7, \"text\": \"one\"}\n\n{\"text\": }\n{\"body\": \"two\", \"extra\": []}\n{\"title\": \"x\"}\n[]";
        check_lines(
            text,
            &[
                "7: one",
                "a.json:3: not a JSON object of an article: expected value (column 10)",
                "a-4: two",
                "a.json:5: the record has no text; put the article's words in a field `text`",
                "a.json:6: not a JSON object of an article: invalid type: sequence, expected a map (column 0)",
            ],
        );
    }

    #[test]
    fn a_long_line_is_refused_and_passed_over() {
        let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"short\"}}\n", "a".repeat(100));
        check_lines(long.as_bytes(), &["a.json:1: the record is larger than 60 bytes", "a-2: short"]);
    }

    #[test]
    fn what_json_forbids_is_mended() {
        check_lines(
            br#"{"text": "a \ud83d b \ud83d\ude00 \udc00 \x \" \\"}"#,
            &["a-1: a \u{fffd} b \u{1f600} \u{fffd} \\x \" \\"],
        );
        check_lines(b"{\"text\": \"tab\there\"}", &["a-1: tab\there"]);
        check_lines(b"{\"text\": \"caf\xe9 in Erevan\"}", &["a-1: caf\u{e9} in Erevan"]);
    }

    #[test]
    fn utf16_lines_are_decoded() {
        let bytes: Vec<u8> = "\u{feff}{\"text\": \"Ağdam\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check_lines(&bytes, &["a-1: Ağdam"]);
    }

    #[test]
    fn a_file_may_hold_one_object_or_many() {
        check_values("{\n \"text\": \"one {\\\"}\"\n}", &["a: one {\"}"]);
        check_values("[{\"text\": \"one\"},\n {\"text\": [\"two\", \"three\"]}]", &["a: one", "a-2: two\n\nthree"]);
        check_values("{\"text\": \"one\"}\n{\"text\": \"two\"}", &["a: one", "a-2: two"]);
        check_values("", &[]);
        check_values("[]", &[]);
    }

    #[test]
    fn a_bad_object_is_named_by_its_line() {
        let message = "expected a JSON object or an array of objects";
        check_values("\n7", &[&format!("a.json:2: {message}")]);
        check_values(
            "[{\"text\": \"one\"},\n{\n\"text\": x}]",
            &["a: one", "a.json:3: not a JSON object of an article: expected value (column 9)"],
        );
        check_values("{\"text\": \"one", &["a.json:1: the file ends within this record"]);
    }

    #[test]
    fn other_names_of_fields_are_known() {
        let record =
            r#"{"headline": "H", "content": "T", "date": "26 Oct 2020", "publisher": {"name": "P"}, "link": "u"}"#;
        let found = values(stream(record.as_bytes()), source(), Limits::default()).unwrap().next().unwrap().unwrap();
        let expected = Article {
            id: "a".into(),
            title: Some("H".into()),
            text: "T".into(),
            published: Some(jiff::civil::date(2020, 10, 26)),
            source: Some("P".into()),
            url: Some("u".into()),
            zones: Vec::new(),
        };
        assert_eq!(found, expected);
    }
}
