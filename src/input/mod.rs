//! Turns files into [`Article`]s, one after the other: plain text, Markdown, web pages, JSON and JSON lines, compressed or not.
//!
//! Paths are read in the order given; a folder or a pattern in the order of its sorted paths. Nothing is fetched from the
//! network, feeds and PDF are not read, and what in a text is not prose is the business of `nlp`.

mod decode;
mod html;
mod ids;
mod json;
mod markdown;
mod published;
mod sources;
mod stream;

pub use published::parse_date;

use crate::{Article, Error, Result};
use ids::Ids;
use sources::{Origin, Source};
use std::collections::VecDeque;
use stream::{Kind, Stream};

/// How much is read of one file or record before it is refused, so that memory stays bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that holds one article, decompressed.
    pub file: usize,
    /// Bytes of one record among JSON lines or in a JSON array.
    pub record: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file: 64 << 20, record: 64 << 20 }
    }
}

/// Reads the articles of files, folders, glob patterns and `-` (standard input).
///
/// An error concerns one file or record; the iterator goes on with the next. Ids are unique: an article without one gets
/// its file's name, and a second article with an id that is taken gets a suffix from its text's hash.
///
/// ```
/// let articles = newsgraph::input::read(&["seeds/articles".to_owned()], Default::default());
/// assert!(articles.flatten().all(|article| article.published.is_some()));
/// ```
pub fn read(paths: &[String], limits: Limits) -> Articles {
    Articles {
        pending: sources::expand(paths).into(),
        current: Box::new(std::iter::empty()),
        ids: Ids::default(),
        limits,
    }
}

/// The bytes of a file that is no article (a graph, readings), decompressed; `-` is standard input.
pub fn open_file(path: &str) -> Result<Box<dyn std::io::Read + Send>> {
    let stream = match path {
        "-" => Stream::new(Box::new(std::io::stdin())),
        path => std::fs::File::open(path).and_then(|file| Stream::new(Box::new(file))),
    };
    stream.map(|s| Box::new(s.into_read()) as Box<dyn std::io::Read + Send>).map_err(|error| Error::io(path, error))
}

/// The articles of some paths, read as they are asked for.
pub struct Articles {
    pending: VecDeque<Result<Source>>,
    current: Read,
    ids: Ids,
    limits: Limits,
}

impl Iterator for Articles {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Result<Article>> {
        loop {
            if let Some(next) = self.current.next() {
                return Some(next.map(|article| self.finish(article)));
            }
            match self.pending.pop_front()? {
                Err(error) => return Some(Err(error)),
                Ok(source) => match open(source, self.limits) {
                    Err(error) => return Some(Err(error)),
                    Ok(articles) => self.current = articles,
                },
            }
        }
    }
}

impl Articles {
    /// Makes the id unique and looks for a date where no metadata gave one.
    fn finish(&mut self, mut article: Article) -> Article {
        article.published = article
            .published
            .or_else(|| article.url.as_deref().and_then(published::in_url))
            .or_else(|| published::in_head(&article.text))
            .or_else(|| published::in_id(&article.id));
        article.id = self.ids.claim(&article);
        article
    }
}

fn open(source: Source, limits: Limits) -> Result<Read> {
    let name = source.name.clone();
    let stream = match &source.origin {
        Origin::Stdin => Stream::new(Box::new(std::io::stdin())),
        Origin::File(path) => std::fs::File::open(path).and_then(|file| Stream::new(Box::new(file))),
    };
    let stream = stream.map_err(|error| Error::io(&name, error))?;
    let kind = source.kind.unwrap_or_else(|| stream.sniff());
    articles(stream, source, kind, limits)
}

type Read = Box<dyn Iterator<Item = Result<Article>> + Send>;

/// The articles in a stream of that kind.
fn articles(stream: Stream, source: Source, kind: Kind, limits: Limits) -> Result<Read> {
    match kind {
        Kind::JsonLines => Ok(Box::new(json::lines(stream, source, limits)?)),
        Kind::Json => Ok(Box::new(json::values(stream, source, limits)?)),
        Kind::Text | Kind::Markdown | Kind::Html => Ok(Box::new(std::iter::once(whole(stream, &source, kind, limits)))),
    }
}

/// Reads a file that is one article.
fn whole(stream: Stream, source: &Source, kind: Kind, limits: Limits) -> Result<Article> {
    let bytes = stream.read_all(limits.file, &source.name)?;
    let text = decode::text(bytes, kind == Kind::Html).map_err(|why| Error::syntax(&source.name, None, why))?;
    match kind {
        Kind::Markdown => Ok(markdown::article(&source.id, &text)),
        Kind::Html => html::article(&source.id, &text).map_err(|why| Error::syntax(&source.name, None, why)),
        _ => Ok(Article::new(&source.id, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    /// Reads bytes as if they were a file of that kind; whatever they are, this ends and does not panic.
    fn read_as(kind: Kind, bytes: &[u8]) -> Vec<Result<Article>> {
        let source = Source { name: "x".into(), id: "x".into(), kind: Some(kind), origin: Origin::Stdin };
        let limits = Limits { file: 1 << 20, record: 1 << 10 };
        let Ok(stream) = Stream::new(Box::new(Cursor::new(bytes.to_vec()))) else { return Vec::new() };
        let current =
            articles(stream, source, kind, limits).unwrap_or_else(|error| Box::new(std::iter::once(Err(error))));
        Articles { pending: VecDeque::new(), current, ids: Ids::default(), limits }.collect()
    }

    const KINDS: [Kind; 5] = [Kind::Text, Kind::Markdown, Kind::Html, Kind::Json, Kind::JsonLines];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            KINDS.into_iter().for_each(|kind| drop(read_as(kind, &bytes)));
        }

        #[test]
        fn any_words_with_marks_are_read_or_refused(text in r#"([{}\[\]",:\\u0-9a-d<>/#*`\-| \n]|é|\\ud83d|2020-10-2|Oct|May|---\n|"text"|https?://){0,80}"#) {
            KINDS.into_iter().for_each(|kind| drop(read_as(kind, text.as_bytes())));
        }

        #[test]
        fn any_tags_are_read_or_refused(page in "(</?(p|div|a|b|table|td|tr|\
         ul|li|h2|span|article|time|form|script|svg|math|title|template|br|select|option)( href=x| class=y)?>|words that go on. |<!--|-->|&amp;|&#x){0,120}") {
            drop(read_as(Kind::Html, page.as_bytes()));
        }
    }

    #[test]
    fn ids_of_one_run_are_unique() {
        let lines = b"{\"id\": \"a\", \"text\": \"x\"}\n".repeat(3);
        let ids: Vec<String> = read_as(Kind::JsonLines, &lines).into_iter().flatten().map(|a| a.id).collect();
        assert_eq!(ids, ["a", "a~2d711642", "a~2d711642-2"]);
    }
}
