//! Document → Reading: who is mentioned, who says what, and what happened between whom.
//!
//! 1. [`speech`] finds what the article puts in somebody's mouth.
//! 2. [`resolution`] finds mentions, resolves them to entities, and reads structural facts from names and titles.
//! 3. [`time`] finds when things are said to have happened, [`quantities`] how many are counted.
//! 4. `predication` turns the parse into normalised predicates with their arguments.
//! 5. `events` matches rules on them and builds statements with their qualifiers.

pub mod quantities;
pub mod resolution;
pub mod speech;
pub mod time;
