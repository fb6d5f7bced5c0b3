//! What of a graph is shown and how: the options that every command with a graph as its result shares.

use super::args::Outputs;
use super::output::{self, Target};
use crate::export::{self, Format, Options, RdfView};
use crate::graph::{Filter, KnowledgeGraph, View};
use crate::query::Query;
use crate::vocab::{EntityType, Status};
use crate::{Error, Result, input};
use clap::Args;
use std::io::Read;
use std::path::Path;

/// Which part of the graph.
#[derive(Debug, Args)]
pub struct Part {
    /// Only entities of these types: Person, State, Place, Organization, WeaponSystem
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', help_heading = "What is shown")]
    types: Vec<String>,
    /// Only statements with these predicates
    #[arg(long, value_name = "PREDICATE", value_delimiter = ',', help_heading = "What is shown")]
    relation: Vec<String>,
    /// Only statements of these statuses: reported, claimed, denied, disputed, hypothetical
    #[arg(long, value_name = "STATUS", value_delimiter = ',', help_heading = "What is shown")]
    status: Vec<String>,
    /// Only statements at least so sure, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, hide_default_value = true, help_heading = "What is shown")]
    min_confidence: f64,
    /// Only statements with at least so many independent sources
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, help_heading = "What is shown")]
    min_sources: usize,
    /// Only statements of this day or later, YYYY-MM-DD
    #[arg(long, value_name = "DATE", help_heading = "What is shown")]
    since: Option<String>,
    /// Only statements of this day or earlier, YYYY-MM-DD
    #[arg(long, value_name = "DATE", help_heading = "What is shown")]
    until: Option<String>,
    /// Only what stands in these articles, by id or newsroom
    #[arg(long, value_name = "SOURCE", help_heading = "What is shown")]
    source: Vec<String>,
    /// Also participants without a name ("gunmen"); JSON always has them
    #[arg(long, help_heading = "What is shown")]
    unnamed: bool,
    /// Only what is near these entities, by id or name
    #[arg(long, value_name = "ENTITY", help_heading = "What is shown")]
    focus: Vec<String>,
    /// How near, in edges: 1 if not given
    #[arg(long, value_name = "K", help_heading = "What is shown")]
    hops: Option<usize>,
    /// Only the N entities with most statements
    #[arg(long, value_name = "N", help_heading = "What is shown")]
    top: Option<usize>,
}

/// Which part of the graph, and the choices of formats.
#[derive(Debug, Args)]
pub struct Show {
    #[command(flatten)]
    part: Part,
    /// Make one edge of all edges between two entities, with a weight
    #[arg(long, help_heading = "What is shown")]
    pub(super) collapse: bool,
    /// What IRIs begin with
    #[arg(long, value_name = "IRI", help_heading = "Formats")]
    base: Option<String>,
    /// How RDF lays statements out: plain, graphs, rdf12, nanopub
    #[arg(long, value_name = "VIEW", default_value = "plain", value_parser = rdf_view, help_heading = "Formats")]
    rdf_view: RdfView,
    /// GraphML with shapes and colours for yEd
    #[arg(long, help_heading = "Formats")]
    yed: bool,
}

impl Part {
    /// The filter that shows it, each statement by itself.
    pub fn filter(&self) -> Result<Filter> {
        Ok(Filter {
            types: self.types.iter().map(|t| EntityType::require("type", t)).collect::<Result<_>>()?,
            predicates: self.relation.iter().map(|r| r.as_str().into()).collect(),
            statuses: self.status.iter().map(|s| Status::require("status", s)).collect::<Result<_>>()?,
            min_confidence: self.min_confidence,
            min_sources: self.min_sources,
            since: self.since.as_deref().map(day).transpose()?,
            until: self.until.as_deref().map(day).transpose()?,
            named: !self.unnamed,
            sources: self.source.clone(),
            focus: self.focus.clone(),
            hops: self.hops.unwrap_or(1),
            top: self.top,
            collapse: false,
        })
    }
}

impl Show {
    /// The filter for a format: the interchange JSON keeps who has no name, since it is what is read again.
    fn filter(&self, format: Format) -> Result<Filter> {
        let part = self.part.filter()?;
        Ok(Filter { named: part.named && format != Format::Json, collapse: self.collapse, ..part })
    }

    /// The same choice of statements as a query.
    pub(super) fn query(&self) -> Query {
        Query {
            types: self.types.clone(),
            relation: self.relation.clone(),
            status: self.status.clone(),
            min_confidence: self.min_confidence,
            min_sources: self.min_sources,
            since: self.since.clone(),
            until: self.until.clone(),
            source: self.source.clone(),
            unnamed: self.unnamed,
            focus: self.focus.clone(),
            hops: self.hops,
            top: self.top,
            ..Query::default()
        }
    }

    /// The choices of formats.
    pub(super) fn options(&self) -> Result<Options> {
        let default = Options::default();
        let base = self.base.clone().unwrap_or(default.base);
        let options = Options { base, yed: self.yed, rdf_view: self.rdf_view };
        options.check()?;
        Ok(options)
    }

    /// Says what is wrong with the options before any work is done.
    pub fn check(&self, outputs: &Outputs) -> Result<Vec<(Target, Format)>> {
        self.options()?;
        self.filter(Format::Json)?.check()?;
        let asked = outputs.format.as_deref().and_then(Format::from_name);
        let by_extension = |e: &str| asked.filter(|f| f.accepts(e)).or_else(|| Format::from_extension(e));
        outputs.targets(Format::from_name, by_extension, Format::Json)
    }

    /// Writes a graph to all targets.
    pub fn write(&self, graph: &KnowledgeGraph, targets: &[(Target, Format)]) -> Result<()> {
        for target in targets {
            let view = View::new(graph, &self.filter(target.1)?)?;
            self.write_view(&view, std::slice::from_ref(target))?;
        }
        Ok(())
    }

    /// Writes what was chosen of a graph to all targets.
    pub(super) fn write_view(&self, view: &View<'_>, targets: &[(Target, Format)]) -> Result<()> {
        let options = self.options()?;
        for (target, format) in targets {
            match (target, format.parts()) {
                (Target::File(folder), Some(parts)) => write_folder(view, *format, folder, parts)?,
                _ => output::write(target, |out| export::write(view, *format, &options, out))?,
            }
        }
        Ok(())
    }
}

/// Writes the files of a format that has several.
fn write_folder(view: &View<'_>, format: Format, folder: &Path, parts: &[&str]) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    for part in parts {
        let file = Target::File(folder.join(part));
        output::write(&file, |out| export::write_part(view, format, part, out))?;
    }
    Ok(())
}

/// Reads a graph that newsgraph wrote, in JSON, Turtle or TriG.
pub fn load(path: &str) -> Result<KnowledgeGraph> {
    let mut bytes = Vec::new();
    input::open_file(path)?.read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    export::read(path, &bytes)
}

/// The RDF view of a name.
pub fn rdf_view(name: &str) -> Result<RdfView> {
    let names: Vec<&str> = RdfView::ALL.iter().map(|v| v.name()).collect();
    let unknown = || Error::Usage(format!("there is no RDF view {name:?}; there are {}", names.join(", ")));
    RdfView::parse(name).ok_or_else(unknown)
}

fn day(text: &str) -> Result<String> {
    let parsed = text.parse::<jiff::civil::Date>();
    parsed.map(|d| d.to_string()).map_err(|_| Error::Usage(format!("{text} is no day; write it as 2020-10-28")))
}
