//! How graphs are drawn: colours and sizes, the same in every format that has them.

use crate::model::{Entity, Name};
use crate::ontology::{Codebook, Ontology};
use crate::vocab::{EntityType, Status};

/// A colour in red, green and blue.
pub type Rgb = [u8; 3];

/// The colour of a node: by type, from the palette of Okabe and Ito, which every kind of eye tells apart.
pub fn node_colour(entity_type: EntityType) -> Rgb {
    match entity_type {
        EntityType::Person => [0xcc, 0x79, 0xa7],
        EntityType::State => [0x00, 0x72, 0xb2],
        EntityType::Place => [0x00, 0x9e, 0x73],
        EntityType::Organization => [0xe6, 0x9f, 0x00],
        EntityType::WeaponSystem => [0x59, 0x59, 0x59],
    }
}

/// Hostile edges, friendly ones, and those that are neither.
pub const EDGE_COLOURS: [Rgb; 3] = [[0xc2, 0x4e, 0x00], [0x00, 0x72, 0xb2], [0x76, 0x76, 0x76]];

/// The colour of an edge, by the Goldstein scale of its predicate. A public statement, such as a denial, is neither
/// hostile nor friendly, whatever its scale.
pub fn edge_colour(predicate: &Name) -> Rgb {
    let [hostile, friendly, neither] = EDGE_COLOURS;
    let cameo = Ontology::builtin().get(predicate).and_then(|p| p.cameo.as_deref());
    let cameo = cameo.filter(|c| !c.starts_with("01"));
    match cameo.and_then(|c| Codebook::builtin().goldstein(c)) {
        Some(scale) if scale < 0.0 => hostile,
        Some(scale) if scale > 0.0 => friendly,
        _ => neither,
    }
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
