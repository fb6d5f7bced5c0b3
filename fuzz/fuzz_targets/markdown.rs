//! Any bytes in a Markdown file give an article or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| newsgraph_fuzz::read_file("md", data));
