//! The plain data of newsgraph: what articles, documents, mentions, entities, statements and readings are. No algorithms.

mod article;
mod by_text;
mod document;
mod entity;
mod identity;
mod name;
mod reading;
mod span;
mod statement;

pub(crate) use article::hex;
pub use article::{Article, ArticleRef};
pub(crate) use by_text::ByText;
pub use document::{Dateline, Document, Morph, Name as NameSpan, Number, Quotation, Sentence, Tense, Token, Zone};
pub use entity::Entity;
pub use name::Name;
pub(crate) use name::{Pool, pooled, unpooled};
pub use reading::{Attribution, Mention, Reading};
pub use span::{CharIndex, Quoted, Span, TokenRange};
pub use statement::{Casualties, Evidence, Statement, Time};
