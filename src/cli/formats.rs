//! `newsgraph formats`: what can be written.

use super::Outcome;
use super::output::{self, Target};
use super::picture;
use crate::Result;
use crate::export::Format;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Lists the formats: the name for `--to`, the extensions, what it is.
pub fn run(Args {}: Args) -> Result<Outcome> {
    output::write(&Target::Stdout, |out| {
        for &format in Format::ALL {
            let extensions: Vec<String> = format.extensions().iter().map(|e| format!(".{e}")).collect();
            writeln!(out, "{:12} {:22} {}", format.name(), extensions.join(" "), format.title())?;
        }
        for kind in picture::KINDS {
            writeln!(out, "{kind:12} {:22} picture, drawn by Graphviz where it is installed", format!(".{kind}"))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}
