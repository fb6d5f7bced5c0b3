//! Ids from content: the same statement has the same id in every article, run and machine.

use super::{Name, Statement, Time, hex};
use sha2::{Digest, Sha256};

impl Statement {
    /// The id that follows from what the statement says: subject, predicate, object, negation, time, place and CAMEO code.
    pub fn content_id(&self) -> Name {
        let mut hash = Sha256::new();
        for part in [&self.subject, &self.predicate, &self.object] {
            field(&mut hash, Some(part));
        }
        field(&mut hash, self.negated.then_some("not"));
        time(&mut hash, self.time.as_ref());
        field(&mut hash, self.place.as_deref());
        field(&mut hash, self.cameo.as_deref());
        let digest = hash.finalize();
        Name::from(["s-", &hex(&digest[..8])].concat())
    }
}

fn time(hash: &mut Sha256, time: Option<&Time>) {
    field(hash, time.and_then(|t| t.start.as_deref()));
    field(hash, time.and_then(|t| t.end.as_deref()));
    field(hash, time.map(|t| t.granularity.as_str()));
}

/// Length first, so that no two sequences of fields are the same bytes; a missing field has a length no text has.
fn field(hash: &mut Sha256, text: Option<&str>) {
    let length = text.map_or(u64::MAX, |t| t.len() as u64);
    hash.update(length.to_le_bytes());
    hash.update(text.unwrap_or_default().as_bytes());
}
