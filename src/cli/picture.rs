//! Pictures of a graph, drawn by Graphviz where it is installed.

use crate::{Error, Result};
use std::io::{self, Seek, Write};
use std::process::{Command, Stdio};

/// The kinds of picture, by file extension, as `dot -T` knows them.
pub const KINDS: &[&str] = &["svg", "png", "pdf"];

/// The kind that a name or extension means.
pub fn kind(name: &str) -> Option<&'static str> {
    KINDS.iter().copied().find(|kind| kind.eq_ignore_ascii_case(name))
}

/// Whether Graphviz is there to draw with.
pub fn check() -> Result<()> {
    let found = Command::new("dot").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.map(drop).map_err(not_installed)
}

/// Draws what `fill` writes as DOT.
pub fn draw(kind: &str, out: &mut dyn Write, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut source = tempfile::tempfile()?;
    fill(&mut source)?;
    source.rewind()?;
    let drawn = Command::new("dot").arg(format!("-T{kind}")).stdin(source).output().map_err(not_installed)?;
    if !drawn.status.success() {
        let said = String::from_utf8_lossy(&drawn.stderr);
        let said = said.lines().next().unwrap_or("it did not say why");
        return Err(Error::Usage(format!(
            "graphviz could not draw the graph: {said}; draw less with --top or --focus"
        )));
    }
    Ok(out.write_all(&drawn.stdout)?)
}

fn not_installed(error: io::Error) -> Error {
    Error::Usage(format!(
        "pictures are drawn by Graphviz, whose program dot cannot be run ({error}); install the package graphviz \
         (apt-get install graphviz, brew install graphviz), or write .dot"
    ))
}
