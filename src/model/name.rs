//! A shared string: ids of entities and statements, names of predicates and kinds, quoted words. Cheap to clone, compared by content.

use super::by_text::ByText;
use arcstr::ArcStr;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;

/// An immutable string that is cheap to clone.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(ArcStr);

impl Name {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of that text, while `pooled` runs the same for equal texts.
    pub(crate) fn pooled(text: &str) -> Name {
        POOL.with_borrow_mut(|pool| pool.as_mut().map_or_else(|| Name::from(text), |p| p.name(text)))
    }

    /// Where the text stands in memory: the same for a name and its clones, and no other's while one of them lives.
    pub(crate) fn address(&self) -> usize {
        self.0.as_ptr().addr()
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
        Name(ArcStr::from(text))
    }
}

impl From<String> for Name {
    fn from(text: String) -> Name {
        Name(ArcStr::from(text))
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.0.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.0.as_str() == *other
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.as_str(), f)
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
        deserializer.deserialize_str(Text(Name::pooled))
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
#[derive(Debug, Clone, Default)]
pub(crate) struct Pool {
    names: ByText<Name>,
    /// There are many more sentences than names: apart, they do not slow the names down.
    sentences: ByText<Name>,
}

/// From how many bytes on a name is a sentence.
const SENTENCE: usize = 64;

impl Pool {
    /// The name of that text.
    pub fn name(&mut self, text: &str) -> Name {
        self.get_or_insert(text, || Name::from(text))
    }

    /// Replaces a copy of a name by that which came first.
    pub fn share(&mut self, name: &mut Name) {
        *name = self.get_or_insert(name, || name.clone());
    }

    fn get_or_insert(&mut self, text: &str, new: impl FnOnce() -> Name) -> Name {
        let table = if text.len() < SENTENCE { &mut self.names } else { &mut self.sentences };
        table.get_or_insert(text, |name| *name == *text, new).clone()
    }
}

/// A field whose names are met once: they are not kept for comparison.
pub(crate) fn unpooled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
    deserializer.deserialize_str(Text(|text| Name::from(text)))
}
