//! Any bytes are a graph in the interchange JSON, a reading, or an error; what was read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::graph::{read_json, write_json};
use newsgraph::{KnowledgeGraph, Reading};

fuzz_target!(|data: &[u8]| {
    if let Ok(reading) = serde_json::from_slice::<Reading>(data) {
        write_again(&KnowledgeGraph::from_readings([reading]));
    }
    if let Ok(graph) = read_json("x", data) {
        write_again(&graph);
    }
});

fn write_again(graph: &KnowledgeGraph) {
    let mut once = Vec::new();
    write_json(&graph.view(), &mut once).expect("memory takes any write");
    let again = read_json("x", once.as_slice()).expect("what is written is read");
    assert_eq!(graph.entity_count(), again.entity_count());
    assert_eq!(graph.statement_count(), again.statement_count());
}
