//! GeoJSON (RFC 7946): places and other entities that have coordinates, and statements at the place where they happened.

use super::Out;
use super::cytoscape::field;
use super::table::{edge_cells, node_cells};
use crate::error::Result;
use crate::graph::{Edge, View, to_json};
use crate::model::{Entity, Name};
use crate::vocab::EntityType;
use std::io::{self, Write};

/// Writes a view.
pub fn write(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    out.write_all(b"{\"type\": \"FeatureCollection\", \"features\": [")?;
    let mut separator = "\n";
    for e in view.entities() {
        let Some(point) = point(e) else { continue };
        open(&mut separator, point, &e.id, "entity", out)?;
        for (column, value) in node_cells(e) {
            field(", ", column.name, &value, out)?;
        }
        out.write_all(b"}}")?;
    }
    for e in view.edges() {
        let Some((place, point)) = place(view, e) else { continue };
        open(&mut separator, point, &e.id, "statement", out)?;
        for (name, entity) in [("source", e.ends[0]), ("target", e.ends[1]), ("at", place)] {
            write!(out, ", \"{name}\": ")?;
            to_json(&mut *out, &entity.id)?;
            write!(out, ", \"{name}Label\": ")?;
            to_json(&mut *out, &entity.label)?;
        }
        for (column, value) in edge_cells(e) {
            field(", ", column.name, &value, out)?;
        }
        out.write_all(b"}}")?;
    }
    out.write_all(b"]}\n")?;
    Ok(())
}

fn open(separator: &mut &str, (lat, lon): (f64, f64), id: &Name, what: &str, out: &mut Out<'_>) -> io::Result<()> {
    let id = serde_json::to_string(id)?;
    write!(
        out,
        "{separator}{{\"type\": \"Feature\", \"id\": {id}, \"geometry\": {{\"type\": \"Point\", \"coordinates\": [{lon}, {lat}]}}, "
    )?;
    write!(out, "\"properties\": {{\"feature\": \"{what}\"")?;
    *separator = ",\n";
    Ok(())
}

fn point(e: &Entity) -> Option<(f64, f64)> {
    e.lat.zip(e.lon)
}

/// Where it happened: at the place given, else at the end of it that is a place; a state's own coordinates say nothing.
fn place<'v>(view: &View<'v>, e: &Edge<'v>) -> Option<(&'v Entity, (f64, f64))> {
    let given = e.place.as_ref().and_then(|id| view.entity(id));
    let places = given.into_iter().chain([e.ends[1], e.ends[0]]).filter(|p| p.entity_type == EntityType::Place);
    places.filter_map(|p| Some((p, point(p)?))).next()
}
