//! An article as it came in, and how a graph refers to it.

use super::Zone;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A news article: its text as given, and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// Unique in a corpus: the file's name or the `id` of its record.
    pub id: String,
    /// The headline, where it is not part of the text.
    pub title: Option<String>,
    /// The text, to which every offset refers.
    pub text: String,
    /// The day of publication.
    pub published: Option<jiff::civil::Date>,
    /// The newsroom or site.
    pub source: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Stretches of which the reader knew what they are, as a page tells its captions; in order, never overlapping.
    pub zones: Vec<Zone>,
}

impl Article {
    /// An article of which only id and text are known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Article {
        Article { id: id.into(), text: text.into(), ..Article::default() }
    }

    /// The reference that goes into readings and graphs.
    pub fn reference(&self) -> ArticleRef {
        ArticleRef {
            id: self.id.clone(),
            title: self.title.clone(),
            published: self.published.map(|d| d.to_string()),
            source: self.source.clone(),
            url: self.url.clone(),
            origin: None,
            fingerprint: None,
            sha256: hex(&Sha256::digest(self.text.as_bytes())),
        }
    }
}

/// An article as graphs refer to it: everything but the text, with the text's hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct ArticleRef {
    /// The article's id.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// The newsroom or site.
    pub source: Option<String>,
    /// Where it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A fingerprint shared by reprints of one story: articles with the same origin count as one source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// What the text is like, so that reprints can be told (see `graph::fingerprint`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// SHA-256 of the text in UTF-8, lower-case hexadecimal.
    pub sha256: String,
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |d: u8| char::from(DIGITS[usize::from(d & 15)]);
    let mut out = String::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|b| out.extend([digit(b >> 4), digit(*b)]));
    out
}
