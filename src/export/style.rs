//! How graphs are drawn: colours and sizes, the same in every format that has them.

use crate::model::{Entity, Name};
use crate::ontology::{Codebook, Ontology};
use crate::vocab::{EntityType, Status};
use serde::Serialize;

/// A colour in red, green and blue.
pub type Rgb = [u8; 3];

/// The colour of a node: by type, in the colours of Okabe and Ito, which colour-blind eyes tell apart too.
pub fn node_colour(entity_type: EntityType) -> Rgb {
    match entity_type {
        EntityType::Person => [0x00, 0x72, 0xb2],
        EntityType::State => [0xd5, 0x5e, 0x00],
        EntityType::Place => [0x00, 0x9e, 0x73],
        EntityType::Organization => [0xe6, 0x9f, 0x00],
        EntityType::WeaponSystem => [0x70, 0x70, 0x78],
    }
}

/// What an edge does to its object, by the Goldstein scale of its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// It harms.
    Hostile,
    /// It helps.
    Friendly,
    /// Neither.
    Neutral,
}

impl Tone {
    /// Every tone.
    pub const ALL: &'static [Tone] = &[Tone::Hostile, Tone::Friendly, Tone::Neutral];

    /// The tone of a predicate. One that PLOVER has no event for, such as a denial, is talk and does neither.
    pub fn of(predicate: &str) -> Tone {
        let event = Ontology::builtin().get(predicate).filter(|p| p.plover.is_some());
        match event.and_then(|p| p.cameo.as_deref()).and_then(|c| Codebook::builtin().goldstein(c)) {
            Some(scale) if scale < 0.0 => Tone::Hostile,
            Some(scale) if scale > 0.0 => Tone::Friendly,
            _ => Tone::Neutral,
        }
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Hostile => "hostile",
            Tone::Friendly => "friendly",
            Tone::Neutral => "neutral",
        }
    }

    /// Its colour: red and blue, which colour-blind eyes tell apart too.
    pub fn colour(self) -> Rgb {
        match self {
            Tone::Hostile => [0xb5, 0x36, 0x2f],
            Tone::Friendly => [0x1f, 0x6f, 0xb2],
            Tone::Neutral => [0x8a, 0x8a, 0x8a],
        }
    }
}

/// The colour of an edge, by the tone of its predicate.
pub fn edge_colour(predicate: &Name) -> Rgb {
    Tone::of(predicate).colour()
}

/// A pale shade of a colour, on which black is easily read.
pub fn tint(colour: Rgb) -> Rgb {
    colour.map(|c| 255 - (255 - c) / 5)
}

/// The size of a node: grows with the square root of its mentions, so that its area shows their number.
pub fn node_size(e: &Entity) -> f64 {
    ((4.0 + 4.0 * (e.mentions as f64).sqrt()) * 10.0).round() / 10.0
}

/// The line of an edge in Graphviz: full if reported, dashed if said by somebody, dotted if it may not have happened.
pub fn line(status: Status, negated: bool) -> &'static str {
    match status {
        _ if negated => "dotted",
        Status::Reported => "solid",
        Status::Claimed | Status::Disputed => "dashed",
        Status::Denied | Status::Hypothetical => "dotted",
    }
}

/// `#rrggbb`.
pub fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
