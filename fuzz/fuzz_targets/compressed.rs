//! Any bytes as a compressed file give articles and errors.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| ["txt.gz", "jsonl.gz", "html.zst"].iter().for_each(|ending| newsgraph_fuzz::read_file(ending, data)));
