//! Any bytes in a web page give an article whose zones lie in its text, or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| newsgraph_fuzz::read_file("html", data));
