//! IRIs from ids, legal by construction: what is not unreserved in RFC 3986 is percent-encoded.

use crate::model::{Evidence, Name, Time, hex};
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

    /// A stretch of time.
    pub fn time(&self, time: &Time) -> String {
        let mut iri = String::with_capacity(self.base.len() + 40);
        iri.push_str(self.base);
        iri.push_str("time/");
        for day in [&time.start, &time.end] {
            match day {
                Some(day) => encode(day, &mut iri),
                None => iri.push_str(".."),
            }
            iri.push('_');
        }
        iri.push_str(time.granularity.as_str());
        iri
    }

    /// A day.
    pub fn day(&self, day: &str) -> String {
        self.under("day/", day)
    }

    /// Evidence, named by what it is, so that its IRI stays when more is found.
    pub fn evidence(&self, statement: &Name, e: &Evidence) -> String {
        let (mut start, mut end) = (itoa::Buffer::new(), itoa::Buffer::new());
        let parts = [statement, &e.article, start.format(e.start), end.format(e.end), e.stance.as_str(), &e.rule];
        let mut content = String::with_capacity(160);
        for part in parts {
            content.push_str(part);
            content.push('\0');
        }
        content.push_str(e.speaker.as_deref().unwrap_or("\0"));
        for q in [Some(&e.trigger), e.subject.as_ref(), e.object.as_ref(), e.cue.as_ref()].into_iter().flatten() {
            pair(&mut content, q.start, q.end);
            content.push(';');
        }
        let digest = Sha256::digest(content.as_bytes());
        self.under("evidence/", &hex(&digest[..8]))
    }

    fn under(&self, folder: &str, id: &str) -> String {
        let mut iri = String::with_capacity(self.base.len() + folder.len() + id.len() + 8);
        iri.push_str(self.base);
        iri.push_str(folder);
        encode(id, &mut iri);
        iri
    }
}

/// The IRIs of stretches of one article's text, counted in characters as RFC 5147 does, each made in the room of the last.
pub struct Spans {
    iri: String,
    stem: usize,
}

impl Spans {
    /// Those of an article, whose IRI is given.
    pub fn of(article: &str) -> Spans {
        let mut iri = String::with_capacity(article.len() + 30);
        iri.push_str(article);
        iri.push_str("#char=");
        Spans { stem: iri.len(), iri }
    }

    /// From one character up to another.
    pub fn at(&mut self, start: u32, end: u32) -> &str {
        self.iri.truncate(self.stem);
        pair(&mut self.iri, start, end);
        &self.iri
    }
}

fn pair(out: &mut String, start: u32, end: u32) {
    let mut number = itoa::Buffer::new();
    out.push_str(number.format(start));
    out.push(',');
    out.push_str(number.format(end));
}

/// An id as part of an IRI.
pub fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len() + 8);
    encode(id, &mut out);
    out
}

fn encode(id: &str, out: &mut String) {
    if id.bytes().all(|b| UNRESERVED[usize::from(b)] && b != b'.') {
        return out.push_str(id);
    }
    // A segment of dots alone would be resolved away.
    let dots = id.contains('.') && id.split('/').any(|s| !s.is_empty() && s.bytes().all(|b| b == b'.'));
    let mut done = 0;
    for (i, b) in id.bytes().enumerate() {
        if !UNRESERVED[usize::from(b)] || (dots && b == b'.') {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push_str(id.get(done..i).unwrap_or_default());
            out.extend(['%', char::from(HEX[usize::from(b >> 4)]), char::from(HEX[usize::from(b & 15)])]);
            done = i + 1;
        }
    }
    out.push_str(id.get(done..).unwrap_or_default());
}

/// Bytes that may stand in an IRI as they are, with the slash.
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        table[b] = c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'_' | b'~' | b'/');
        b += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_becomes_a_legal_iri() {
        let iris = Iris::new("https://example.org/");
        for id in ["state/azerbaijan", "", "a b<>\"{}|\\^`", "../..", "ağca\u{202e}", "a:b?c#d", "%41", "\0"] {
            for iri in [iris.entity(id), iris.article(id), Spans::of(&iris.article(id)).at(1, 2).to_owned()] {
                assert!(oxrdf::NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            }
        }
        assert_ne!(iris.entity("%41"), iris.entity("A"));
        assert_eq!(iris.entity("a/.."), "https://example.org/a/%2E%2E");
    }
}
