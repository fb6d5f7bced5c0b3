//! Any bytes as RDF in any syntax give a graph or an error. The first byte picks the syntax.

#![no_main]

use libfuzzer_sys::fuzz_target;

const FILES: [&str; 6] = ["x.ttl", "x.trig", "x.nt", "x.nq", "x.rdf", "x.jsonld"];

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let _ = newsgraph::export::read(FILES[usize::from(*first) % FILES.len()], bytes);
});
