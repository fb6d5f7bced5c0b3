//! Arguments that several subcommands share, and what they mean.

use super::output::Target;
use crate::pipeline::Pipeline;
use crate::seeds::Source;
use crate::{Error, Result, input};
use clap::Args;
use std::path::{Path, PathBuf};

/// The articles to read.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files, folders, glob patterns, or - for standard input: .txt .md .html .json .jsonl, also as .gz and .zst
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// Refuse articles larger than this, in MiB
    #[arg(long, value_name = "MIB", default_value_t = Inputs::MAX_SIZE, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub max_size: u32,
}

impl Inputs {
    /// The largest article that is read unless another limit is given, in MiB.
    pub const MAX_SIZE: u32 = 64;

    /// The articles, read as they are asked for.
    pub fn articles(&self) -> input::Articles {
        let bytes = self.max_size as usize * (1 << 20);
        input::read(&self.paths, input::Limits { file: bytes, record: bytes })
    }
}

/// Where results go, and in which format.
#[derive(Debug, Args)]
pub struct Outputs {
    /// Write to FILE, in the format of its extension; may be repeated; .gz, .zst and .zip are compressed
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The format of standard output, and of files whose extension names none
    #[arg(long = "to", value_name = "FORMAT")]
    pub format: Option<String>,
}

impl Outputs {
    /// Each target with its format.
    ///
    /// `by_name` knows formats by the name in `--to`, `by_extension` by a file's extension without the dot. Without any
    /// file the result goes to standard output; `default` is its format where `--to` gives none.
    pub fn targets<F: Copy>(
        &self,
        by_name: impl Fn(&str) -> Option<F>,
        by_extension: impl Fn(&str) -> Option<F>,
        default: F,
    ) -> Result<Vec<(Target, F)>> {
        let unknown = |name: &str| Error::Usage(format!("there is no format {name:?}; `newsgraph formats` lists them"));
        let named = self.format.as_deref().map(|name| by_name(name).ok_or_else(|| unknown(name))).transpose()?;
        if self.files.is_empty() {
            return Ok(vec![(Target::Stdout, named.unwrap_or(default))]);
        }
        let format_of = |path: &PathBuf| {
            let target = Target::of_path(path);
            let fallback = named.or((target == Target::Stdout).then_some(default));
            let format = extension(path).and_then(|extension| by_extension(&extension)).or(fallback);
            format.map(|format| (target, format)).ok_or_else(|| no_format(path))
        };
        self.files.iter().map(format_of).collect()
    }
}

fn no_format(path: &Path) -> Error {
    let shown = path.display();
    Error::Usage(format!("the extension of {shown} names no format; add --to FORMAT (`newsgraph formats` lists them)"))
}

/// The extension in lower case, that of a compression set aside: `ttl` of `graph.ttl.gz`.
fn extension(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let bare = [".gz", ".zst", ".zip"].iter().find_map(|end| name.strip_suffix(end).filter(|bare| bare.contains('.')));
    let bare = bare.unwrap_or(&name);
    bare.rsplit_once('.').map(|(_, extension)| extension.to_owned())
}

/// The knowledge that analysis uses.
#[derive(Debug, Args)]
pub struct Knowledge {
    /// A folder laid out as seeds/ is, whose files replace the built-in ones of the same name
    #[arg(long, value_name = "FOLDER")]
    pub seeds: Option<PathBuf>,
    /// Weights to use instead of the built-in model
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

impl Knowledge {
    /// Where the seed files come from.
    pub fn source(&self) -> Result<Source> {
        self.seeds.as_ref().map_or_else(|| Ok(Source::builtin()), Source::folder)
    }

    /// The pipeline with it.
    pub fn pipeline(&self) -> Result<Pipeline> {
        Pipeline::load(&self.source()?, self.model.as_deref())
    }
}

/// How many threads work.
#[derive(Debug, Args)]
pub struct Jobs {
    /// Threads (0: as many as there are cores)
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

impl Jobs {
    /// Does something with so many threads at hand.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build();
        let pool = pool.map_err(|e| Error::Usage(format!("{} threads cannot be had: {e}", self.jobs)))?;
        Ok(pool.install(work))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(files: &[&str], format: Option<&str>) -> String {
        let outputs = Outputs { files: files.iter().map(PathBuf::from).collect(), format: format.map(str::to_owned) };
        let known = |name: &str| ["json", "ttl", "dot"].iter().position(|known| *known == name);
        match outputs.targets(known, known, 0) {
            Ok(found) => format!("{found:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_format_comes_from_the_extension_or_the_option() {
        assert_eq!(targets(&[], None), "[(Stdout, 0)]");
        assert_eq!(targets(&[], Some("dot")), "[(Stdout, 2)]");
        assert_eq!(targets(&["g.ttl.gz", "g.dot"], None), r#"[(File("g.ttl.gz"), 1), (File("g.dot"), 2)]"#);
        assert_eq!(targets(&["g.ttl.zip"], None), r#"[(File("g.ttl.zip"), 1)]"#);
        assert_eq!(targets(&["g.out", "-"], Some("ttl")), r#"[(File("g.out"), 1), (Stdout, 1)]"#);
    }

    #[test]
    fn unknown_formats_are_usage_errors() {
        assert_eq!(targets(&[], Some("xls")), "there is no format \"xls\"; `newsgraph formats` lists them");
        assert!(targets(&["graph"], None).starts_with("the extension of graph names no format"));
    }
}
