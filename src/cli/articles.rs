//! `newsgraph articles`: what the readers make of files, one JSON record a line, which `build` and `extract` read again.

use super::Outcome;
use super::args::Inputs;
use super::output::{self, Target};
use super::progress::Progress;
use crate::model::{CharIndex, Zone};
use crate::{Article, Error, Result};
use serde_json::json;
use std::path::PathBuf;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Write to FILE (JSON lines) instead of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,
}

/// Reads the articles and writes them.
pub fn run(args: Args) -> Result<Outcome> {
    let mut progress = Progress::new("articles");
    output::write(&Target::of_path(&args.file), |out| {
        for article in args.inputs.articles() {
            if let Some(article) = progress.keep(article) {
                writeln!(out, "{}", record(&article)).map_err(Error::Write)?;
                progress.tick();
            }
        }
        Ok(())
    })?;
    Ok(progress.finish())
}

fn record(article: &Article) -> serde_json::Value {
    let chars = CharIndex::new(&article.text);
    let zone = |zone: &Zone| {
        json!({
            "start": chars.chars_before(zone.span.start), "end": chars.chars_before(zone.span.end), "kind": zone.kind,
        })
    };
    let mut record = json!({
        "id": article.id, "title": article.title, "text": article.text,
        "published": article.published.map(|date| date.to_string()), "source": article.source, "url": article.url,
    });
    if !article.zones.is_empty() {
        record["zones"] = article.zones.iter().map(zone).collect();
    }
    record
}
