//! Edges by the ids of their statements. The ids stand in the statements alone, so a large graph keeps none twice.

use crate::model::spread;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use petgraph::stable_graph::EdgeIndex;
use std::hash::BuildHasher;

/// Where the statement of an id is. Every call takes the graph's way from an edge to its id.
#[derive(Debug, Clone, Default)]
pub(super) struct EdgesById {
    /// With a part of each id's hash, so that few ids are looked at.
    table: HashTable<(u32, EdgeIndex)>,
    hasher: RandomState,
}

impl EdgesById {
    /// The edge of an id.
    pub fn get<'g>(&self, id: &str, id_of: impl Fn(EdgeIndex) -> &'g str) -> Option<EdgeIndex> {
        let hash = self.hash(id);
        self.table.find(spread(hash), |&(h, edge)| h == hash && id_of(edge) == id).map(|&(_, edge)| edge)
    }

    /// Adds an id that is not there yet.
    pub fn insert(&mut self, id: &str, edge: EdgeIndex) {
        let hash = self.hash(id);
        self.table.insert_unique(spread(hash), (hash, edge), |&(h, _)| spread(h));
    }

    /// Forgets an edge.
    pub fn remove(&mut self, id: &str, edge: EdgeIndex) {
        let hash = self.hash(id);
        if let Ok(entry) = self.table.find_entry(spread(hash), |&(_, there)| there == edge) {
            entry.remove();
        }
    }

    fn hash(&self, id: &str) -> u32 {
        // The half that is kept.
        self.hasher.hash_one(id) as u32
    }
}
