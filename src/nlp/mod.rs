//! Turns an article into a document: zones, sentences, tokens, quotations; then tags, dependencies and names by the model.

mod lexicon;
mod sentences;
mod tokens;

pub use lexicon::{Abbreviation, Affix, Cuts, Lexicon};
pub use sentences::{End, LONGEST, split_sentences};
pub use tokens::tokenize;
