//! What of a graph is shown and how: the options that every command with a graph as its result shares.

use super::args::Outputs;
use super::output::{self, Target};
use super::{bundle, picture};
use crate::export::{self, Format, Options, RdfView};
use crate::graph::{Filter, KnowledgeGraph, View};
use crate::query::Query;
use crate::vocab::{EntityType, Status};
use crate::{Error, Result, input};
use clap::Args;
use std::io::Write;
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
        let part = &self.part;
        Query {
            types: part.types.clone(),
            relation: part.relation.clone(),
            status: part.status.clone(),
            min_confidence: part.min_confidence,
            min_sources: part.min_sources,
            since: part.since.clone(),
            until: part.until.clone(),
            source: part.source.clone(),
            unnamed: part.unnamed,
            focus: part.focus.clone(),
            hops: part.hops,
            top: part.top,
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
    pub fn check(&self, outputs: &Outputs) -> Result<Vec<(Target, Product)>> {
        self.options()?;
        self.filter(Format::Json)?.check()?;
        let asked = outputs.format.as_deref().and_then(Format::from_name);
        let by_extension =
            |e: &str| asked.filter(|f| f.accepts(e)).map(Product::Format).or_else(|| Product::from_extension(e));
        let targets = outputs.targets(Product::from_name, by_extension, Product::Format(Format::Json))?;
        targets.iter().try_for_each(|(target, product)| product.check(target))?;
        Ok(targets)
    }

    /// Writes a graph to all targets.
    pub fn write(&self, graph: &KnowledgeGraph, targets: &[(Target, Product)]) -> Result<()> {
        for target in targets {
            let view = View::new(graph, &self.filter(target.1.format())?)?;
            self.write_view(&view, std::slice::from_ref(target))?;
        }
        Ok(())
    }

    /// Writes what was chosen of a graph to all targets.
    pub(super) fn write_view(&self, view: &View<'_>, targets: &[(Target, Product)]) -> Result<()> {
        let options = self.options()?;
        for (target, product) in targets {
            product.write(view, &options, target)?;
        }
        Ok(())
    }
}

/// What is made of a graph: a format, or a picture that Graphviz draws of its DOT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// A format.
    Format(Format),
    /// A picture, by its kind.
    Picture(&'static str),
}

impl Product {
    fn from_name(name: &str) -> Option<Product> {
        Format::from_name(name).map(Product::Format).or_else(|| picture::kind(name).map(Product::Picture))
    }

    fn from_extension(extension: &str) -> Option<Product> {
        Format::from_extension(extension)
            .map(Product::Format)
            .or_else(|| picture::kind(extension).map(Product::Picture))
    }

    fn format(self) -> Format {
        match self {
            Product::Format(format) => format,
            Product::Picture(_) => Format::Dot,
        }
    }

    /// Whether it can be made here.
    fn check(self, target: &Target) -> Result<()> {
        let Product::Format(format) = self else { return picture::check() };
        format.check()?;
        match (target, format.parts()) {
            (Target::File(path), Some(_)) if has_ending(path, &["gz", "zst"]) => {
                let path = path.display();
                Err(Error::Usage(format!("{path}: {format} is a folder of files; end its name in .zip to compress it")))
            }
            _ => Ok(()),
        }
    }

    fn write(self, view: &View<'_>, options: &Options, target: &Target) -> Result<()> {
        let one = |out: &mut dyn Write| match self {
            Product::Format(format) => export::write(view, format, options, out),
            Product::Picture(kind) => picture::draw(kind, out, |dot| export::write(view, Format::Dot, options, dot)),
        };
        let part = |part: &str, out: &mut dyn Write| export::write_part(view, self.format(), part, out);
        match (target, self.format().parts()) {
            (Target::File(path), parts) if has_ending(path, &["zip"]) => output::write(target, |out| match parts {
                Some(parts) => bundle::zip(out, parts, part),
                None => bundle::zip(out, &[&inner_name(path)], |_, out| one(out)),
            }),
            (Target::File(path), Some(parts)) => bundle::folder(path, parts, part),
            _ => output::write(target, one),
        }
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    endings.contains(&ending.as_str())
}

/// The name of the one file in an archive: `graph.ttl` in `graph.ttl.zip`.
fn inner_name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads a graph that newsgraph wrote, in JSON, Turtle or TriG.
pub fn load(path: &str) -> Result<KnowledgeGraph> {
    export::read(path, input::open_file(path)?)
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
