//! Any bytes as JSON, and as JSON lines, give articles and errors.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| ["json", "jsonl"].iter().for_each(|ending| newsgraph_fuzz::read_file(ending, data)));
