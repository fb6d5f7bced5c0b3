//! What the targets share: bytes read as if they were a file of that name.

/// Reads bytes as `newsgraph` reads a file whose name ends so: articles or errors, never a panic.
pub fn read_file(ending: &str, bytes: &[u8]) {
    let path = std::env::temp_dir().join(format!("newsgraph-fuzz-{}.{ending}", std::process::id()));
    std::fs::write(&path, bytes).expect("the temporary folder can be written");
    let limits = newsgraph::input::Limits { file: 1 << 22, record: 1 << 20 };
    for article in newsgraph::input::read(&[path.to_string_lossy().into_owned()], limits).flatten() {
        for zone in &article.zones {
            assert!(!zone.span.of(&article.text).is_empty(), "{zone:?} does not fit the text");
        }
    }
}
