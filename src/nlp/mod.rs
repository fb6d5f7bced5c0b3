//! Turns an article into a document: zones, sentences, tokens, quotations; then tags, dependencies and names by the model.

mod analyzer;
mod annotate;
mod clauses;
mod conllu;
mod cues;
mod finite;
mod headlines;
mod lemma;
mod lexicon;
mod meanwhile;
mod names;
mod network;
mod pairs;
mod parser;
mod quotes;
mod segment;
mod sentences;
mod speakers;
mod tagger;
mod tokens;
mod trees;
mod truecase;
mod zones;

pub use analyzer::Analyzer;
pub use annotate::{Analysis, LONGEST_WINDOW, Model, Scratch};
pub use conllu::{Frame, Framed, Multiword, read_conllu, write_conllu};
pub use cues::{Cues, Shown};
pub use lemma::Lemmatizer;
pub use lexicon::{Abbreviation, Affix, Calendar, Cuts, Lexicon};
pub use names::FoundName;
pub use quotes::find_quotations;
pub use segment::{Scope, segment};
pub use sentences::{End, LONGEST, split_sentences};
pub use tagger::{morph, passive};
pub use tokens::tokenize;
pub use zones::{Zones, find_zones};
