//! The formats that can be written: their names, file extensions and media types.

use std::fmt;

/// A format that a graph can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The interchange JSON, node-link.
    Json,
    /// GraphML 1.0.
    GraphMl,
    /// GEXF 1.3.
    Gexf,
    /// Graphviz.
    Dot,
}

/// What is to be known of a format, in one place.
struct Facts {
    name: &'static str,
    title: &'static str,
    extensions: &'static [&'static str],
    media_type: &'static str,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: &'static [Format] = &[Format::Json, Format::GraphMl, Format::Gexf, Format::Dot];

    fn facts(self) -> Facts {
        let facts = |name, title, extensions, media_type| Facts { name, title, extensions, media_type };
        match self {
            Format::Json => facts("json", "interchange JSON (node-link)", &["json"], "application/json"),
            Format::GraphMl => facts("graphml", "GraphML", &["graphml"], "application/graphml+xml"),
            Format::Gexf => facts("gexf", "GEXF 1.3 for Gephi", &["gexf"], "application/gexf+xml"),
            Format::Dot => facts("dot", "Graphviz DOT", &["dot", "gv"], "text/vnd.graphviz"),
        }
    }

    /// The name for `--to`.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// What it is, in a few words.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// The file extensions that mean it, without the dot, the usual one first; empty if none does.
    pub fn extensions(self) -> &'static [&'static str] {
        self.facts().extensions
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.facts().media_type
    }

    /// The format of a name as in `--to`, in any case.
    pub fn from_name(name: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        Format::ALL.iter().copied().find(|f| f.name() == name || f.extensions().contains(&name.as_str()))
    }

    /// The format that a file extension means, without the dot.
    pub fn from_extension(extension: &str) -> Option<Format> {
        let extension = extension.to_ascii_lowercase();
        Format::ALL.iter().copied().find(|f| f.extensions().contains(&extension.as_str()))
    }

    /// Whether edges that stand for several statements make sense in it.
    pub fn takes_collapsed(self) -> bool {
        !matches!(self, Format::Json)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
