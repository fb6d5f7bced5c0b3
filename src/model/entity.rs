//! Who or what the mentions of an article, or of a graph, stand for.

use super::Name;
use crate::vocab::EntityType;
use serde::{Deserialize, Serialize};

/// One real thing: a node of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable, from content: `state/azerbaijan`.
    pub id: Name,
    /// What sort of thing it is.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// The finer sort: politician, city, ministry, drone.
    pub kind: Option<Name>,
    /// The name to show.
    pub label: String,
    /// Every other surface form met or known, sorted.
    pub aliases: Vec<String>,
    /// False for a participant known only by description.
    pub named: bool,
    /// ISO 3166 alpha-3.
    pub country: Option<Name>,
    /// Latitude, degrees, WGS 84.
    pub lat: Option<f64>,
    /// Longitude, degrees, WGS 84.
    pub lon: Option<f64>,
    /// The same thing elsewhere: Wikidata, GeoNames.
    #[serde(rename = "sameAs")]
    pub same_as: Vec<String>,
    /// How often it is mentioned.
    pub mentions: usize,
}
