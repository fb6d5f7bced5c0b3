//! Document → Reading: who is mentioned, who says what, and what happened between whom.
//!
//! 1. [`speech`] finds what the article puts in somebody's mouth.
//! 2. [`resolution`] finds mentions, resolves them to entities, and reads structural facts from names and titles.
//! 3. [`time`] finds when things are said to have happened, [`quantities`] how many are counted,
//!    [`casualties`] which of these counts are of killed and injured people.
//! 4. [`predication`] turns the parse into normalised predicates with their arguments.
//! 5. [`events`] matches rules on them, [`context`] says who vouches for each, [`about`] links denials to claims,
//!    [`qualify`] adds time, place and weapons, [`victims`] the victims.
//! 6. [`assemble`] writes it all down as a [`Reading`](crate::model::Reading).

pub mod about;
pub mod assemble;
pub mod casualties;
pub mod context;
pub mod events;
pub mod fill;
mod grammar;
pub mod predication;
pub mod qualify;
pub mod quantities;
pub mod resolution;
pub mod speech;
pub mod time;
pub mod tree;
pub mod victims;
