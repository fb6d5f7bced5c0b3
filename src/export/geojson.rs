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
        for (name, id) in [("source", &e.subject), ("target", &e.object), ("at", &place.id)] {
            write!(out, ", \"{name}\": ")?;
            to_json(&mut *out, id)?;
            write!(out, ", \"{name}Label\": ")?;
            to_json(&mut *out, &view.entity(id).map(|e| &e.label))?;
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
fn place<'v>(view: &View<'v>, e: &Edge<'_>) -> Option<(&'v Entity, (f64, f64))> {
    let ends = [e.place.as_ref(), Some(&e.object), Some(&e.subject)].into_iter().flatten();
    let places = ends.filter_map(|id| view.entity(id)).filter(|p| p.entity_type == EntityType::Place);
    places.filter_map(|p| Some((p, point(p)?))).next()
}
