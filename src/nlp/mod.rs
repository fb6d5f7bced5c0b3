//! Turns an article into a document: zones, sentences, tokens, quotations; then tags, dependencies and names by the model.

mod conllu;
mod cues;
mod lexicon;
mod quotes;
mod segment;
mod sentences;
mod tokens;
mod zones;

pub use conllu::{Frame, Framed, Multiword, read_conllu, write_conllu};
pub use cues::{Cues, Shown};
pub use lexicon::{Abbreviation, Affix, Calendar, Cuts, Lexicon};
pub use quotes::find_quotations;
pub use segment::{Scope, segment};
pub use sentences::{End, LONGEST, split_sentences};
pub use tokens::tokenize;
pub use zones::{Zones, find_zones};
