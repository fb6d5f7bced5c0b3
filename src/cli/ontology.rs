//! `newsgraph ontology`: the classes and properties of the graphs, and what else describes them.

use super::Outcome;
use super::output::{self, Target};
use crate::Result;
use std::borrow::Cow;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to print
    #[arg(value_enum, default_value_t = Part::Ontology)]
    part: Part,
}

/// A file of the ontology.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Part {
    /// Classes and properties, OWL in Turtle
    Ontology,
    /// CAMEO and PLOVER, SKOS in Turtle
    Codes,
    /// What every export satisfies, SHACL in Turtle
    Shapes,
    /// The context of our JSON-LD
    Context,
    /// JSON Schema of the interchange graph
    GraphSchema,
    /// JSON Schema of a reading
    ReadingSchema,
    /// The predicates in a table, Markdown
    Table,
    /// What can be asked with `newsgraph query GRAPH --question NAME`
    #[cfg(feature = "sparql")]
    Questions,
    /// A page that describes every term, HTML
    Page,
}

impl Part {
    fn text(self) -> Cow<'static, str> {
        let file = match self {
            Part::Ontology => include_str!("../../ontology/newsgraph.ttl"),
            Part::Codes => include_str!("../../ontology/codes.ttl"),
            Part::Shapes => include_str!("../../ontology/shapes.ttl"),
            Part::Context => include_str!("../../ontology/context.jsonld"),
            Part::GraphSchema => include_str!("../../ontology/graph.schema.json"),
            Part::ReadingSchema => include_str!("../../ontology/reading.schema.json"),
            Part::Table => include_str!("../../ontology/README.md"),
            Part::Page => include_str!("../../ontology/index.html"),
            #[cfg(feature = "sparql")]
            Part::Questions => return questions().into(),
        };
        file.into()
    }
}

/// Each question by name, in English.
#[cfg(feature = "sparql")]
fn questions() -> String {
    let all = crate::sparql::competencies();
    all.iter().map(|question| format!("{:15} {}\n", question.name, question.english)).collect()
}

/// Prints a file of the ontology.
pub fn run(args: Args) -> Result<Outcome> {
    output::write(&Target::Stdout, |out| Ok(out.write_all(args.part.text().as_bytes())?))?;
    Ok(Outcome::Done)
}
