//! Any bytes in a file of any kind give articles or an error, never a panic. The first byte picks the kind.

#![no_main]

use libfuzzer_sys::fuzz_target;

const KINDS: [&str; 7] = ["txt", "md", "html", "json", "jsonl", "gz", "zst"];

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let kind = KINDS[usize::from(*first) % KINDS.len()];
    let path = std::env::temp_dir().join(format!("newsgraph-fuzz-{}.{kind}", std::process::id()));
    std::fs::write(&path, bytes).expect("the temporary folder can be written");
    for article in newsgraph::input::read(&[path.to_string_lossy().into_owned()], Default::default()).flatten() {
        assert!(article.text.len() <= (1 << 26));
    }
});
