//! Attribution: who is said to have said what, by which words. Speakers are resolved to entities later.

use crate::model::TokenRange;

/// What kind of act of speech or mind a cue names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Asserts the content: said, announced, according to, confirmed.
    Asserts,
    /// Says that the content is not so: denied, rejected, dismissed.
    Denies,
    /// Wants the content to become so: demanded, urged, called for, vowed, threatened, hopes.
    Wants,
    /// Holds or doubts the content without a stand that counts as a claim: believes, fears, wonders, asked whether.
    Thinks,
}

/// One attribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// The source's noun phrase, without what hangs off it as a clause; none for "it was reported that".
    pub source: Option<TokenRange>,
    /// The head token of the source.
    pub source_head: Option<usize>,
    /// The words of saying: "said", "according to", "in a statement".
    pub cue: TokenRange,
    /// The cue's head token.
    pub cue_head: usize,
    /// What is said; several ranges where the cue stands in the middle.
    pub content: Vec<TokenRange>,
    /// The kind of act.
    pub act: Act,
    /// Whether the content stands in quotation marks.
    pub direct: bool,
    /// The attribution around this one: "Reuters reported that the minister said".
    pub inside: Option<usize>,
}
