//! A shared string: ids of entities and statements, names of predicates and kinds, quoted words. Cheap to clone, compared by content.

use foldhash::HashSet;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// An immutable string that is cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Name {
    fn default() -> Name {
        Name::from("")
    }
}

impl Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        Name(Arc::from(text))
    }
}

impl From<String> for Name {
    fn from(text: String) -> Name {
        Name(Arc::from(text))
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_str(Text(|text| {
            POOL.with_borrow_mut(|pool| pool.as_mut().map_or_else(|| Name::from(text), |p| p.name(text)))
        }))
    }
}

/// Makes a name of what the reader holds, without a string in between.
struct Text(fn(&str) -> Name);

impl Visitor<'_> for Text {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Name, E> {
        Ok(self.0(text))
    }
}

thread_local! {
    /// The pool that names are read with, while `pooled` runs.
    static POOL: RefCell<Option<Pool>> = const { RefCell::new(None) };
}

/// Runs `work`; of equal names that it reads by serde on this thread, all are one string in memory.
pub(crate) fn pooled<T>(work: impl FnOnce() -> T) -> T {
    let outer = POOL.replace(Some(Pool::default()));
    let result = work();
    POOL.set(outer);
    result
}

/// Names that are met, each once.
#[derive(Debug, Default)]
pub(crate) struct Pool(HashSet<Name>);

impl Pool {
    /// The name of that text.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let name = Name::from(text);
        self.0.insert(name.clone());
        name
    }
}

/// A field whose names are met once: they are not kept for comparison.
pub(crate) fn unpooled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
    deserializer.deserialize_str(Text(|text| Name::from(text)))
}
