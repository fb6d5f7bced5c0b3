//! How graphs are drawn: colours and sizes, the same in every format that has them.

use crate::model::{Entity, Name};
use crate::ontology::{Codebook, Ontology};
use crate::vocab::{EntityType, Status};

/// A colour in red, green and blue.
pub type Rgb = [u8; 3];

/// The colour of a node: by type, in Tableau's colours, told apart by most eyes.
pub fn node_colour(entity_type: EntityType) -> Rgb {
    match entity_type {
        EntityType::Person => [0x4e, 0x79, 0xa7],
        EntityType::State => [0xe1, 0x57, 0x59],
        EntityType::Place => [0x59, 0xa1, 0x4f],
        EntityType::Organization => [0xf2, 0x8e, 0x2b],
        EntityType::WeaponSystem => [0x79, 0x70, 0x6e],
    }
}

/// The colour of an edge: hostile, friendly, or neither, by the Goldstein scale of its predicate.
pub fn edge_colour(predicate: &Name) -> Rgb {
    let cameo = Ontology::builtin().get(predicate).and_then(|p| p.cameo.as_deref());
    match cameo.and_then(|c| Codebook::builtin().goldstein(c)) {
        Some(scale) if scale < 0.0 => [0xb5, 0x36, 0x2f],
        Some(scale) if scale > 0.0 => [0x2e, 0x7d, 0x4f],
        _ => [0x8a, 0x8a, 0x8a],
    }
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
