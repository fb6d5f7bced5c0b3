//! IRIs from ids, legal by construction: what is not unreserved in RFC 3986 is percent-encoded.

use crate::model::{Evidence, Name, Quoted, Time};
use sha2::{Digest, Sha256};

/// Makes the IRIs of one base.
#[derive(Debug, Clone)]
pub struct Iris<'a> {
    base: &'a str,
}

impl<'a> Iris<'a> {
    /// IRIs that begin with `base`, which is checked before.
    pub fn new(base: &'a str) -> Iris<'a> {
        Iris { base }
    }

    /// An entity: its id under the base.
    pub fn entity(&self, id: &str) -> String {
        self.under("", id)
    }

    /// A point, the place of an entity.
    pub fn geometry(&self, id: &str) -> String {
        self.under("geometry/", id)
    }

    /// A statement.
    pub fn statement(&self, id: &str) -> String {
        self.under("statement/", id)
    }

    /// An article.
    pub fn article(&self, id: &str) -> String {
        self.under("article/", id)
    }

    /// The named graph of an article.
    pub fn graph(&self, article: &str) -> String {
        self.under("graph/", article)
    }

    /// A nanopublication.
    pub fn nanopub(&self, statement: &str) -> String {
        self.under("nanopub/", statement)
    }

    /// A stretch of an article's text, counted in characters as RFC 5147 does.
    pub fn span(&self, article: &str, start: usize, end: usize) -> String {
        let mut iri = self.under("article/", article);
        iri.push_str(&format!("#char={start},{end}"));
        iri
    }

    /// A quoted stretch.
    pub fn quoted(&self, article: &str, q: &Quoted) -> String {
        self.span(article, q.start, q.end)
    }

    /// A stretch of time.
    pub fn time(&self, time: &Time) -> String {
        let part = |day: &Option<String>| day.as_deref().map_or_else(|| "..".to_owned(), encoded);
        format!("{}time/{}_{}_{}", self.base, part(&time.start), part(&time.end), time.granularity)
    }

    /// A day.
    pub fn day(&self, day: &str) -> String {
        self.under("day/", day)
    }

    /// Evidence, named by what it is, so that its IRI stays when more is found.
    pub fn evidence(&self, statement: &Name, e: &Evidence) -> String {
        let mut hash = Sha256::new();
        let place = format!("\0{}\0{}\0{}\0", e.start, e.end, e.stance);
        for part in [statement, "\0", &e.article, &place, &e.rule, "\0", e.speaker.as_deref().unwrap_or("\0")] {
            hash.update(part.as_bytes());
        }
        for q in [Some(&e.trigger), e.subject.as_ref(), e.object.as_ref(), e.cue.as_ref()].into_iter().flatten() {
            hash.update(format!("{},{};", q.start, q.end).as_bytes());
        }
        let hex: String = hash.finalize()[..8].iter().map(|b| format!("{b:02x}")).collect();
        self.under("evidence/", &hex)
    }

    fn under(&self, folder: &str, id: &str) -> String {
        let mut iri = String::with_capacity(self.base.len() + folder.len() + id.len() + 8);
        iri.push_str(self.base);
        iri.push_str(folder);
        encode(id, &mut iri);
        iri
    }
}

/// An id as part of an IRI.
pub fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len() + 8);
    encode(id, &mut out);
    out
}

fn encode(id: &str, out: &mut String) {
    // A segment of dots alone would be resolved away.
    let dots = id.split('/').any(|s| !s.is_empty() && s.bytes().all(|b| b == b'.'));
    for b in id.bytes() {
        match b {
            b'.' if dots => out.push_str("%2E"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(b)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.extend(['%', char::from(HEX[usize::from(b >> 4)]), char::from(HEX[usize::from(b & 15)])]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_becomes_a_legal_iri() {
        let iris = Iris::new("https://example.org/");
        for id in ["state/azerbaijan", "", "a b<>\"{}|\\^`", "../..", "ağca\u{202e}", "a:b?c#d", "%41", "\0"] {
            for iri in [iris.entity(id), iris.article(id), iris.span(id, 1, 2)] {
                assert!(oxrdf::NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            }
        }
        assert_ne!(iris.entity("%41"), iris.entity("A"));
        assert_eq!(iris.entity("a/.."), "https://example.org/a/%2E%2E");
    }
}
