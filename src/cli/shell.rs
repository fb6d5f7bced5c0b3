//! `newsgraph completions` and `newsgraph man`: what shells and `man` know of the program, from its own description.

use super::output::{self, Target};
use super::{Cli, Outcome};
use crate::{Error, Result};
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::PathBuf;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Prints a shell's completions.
pub fn completions(args: Completions) -> Result<Outcome> {
    let mut command = Cli::command();
    // clap's generator prints in one go and fails with the process; a vector does not.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "newsgraph", &mut script);
    output::write(&Target::Stdout, |out| Ok(out.write_all(&script)?))?;
    Ok(Outcome::Done)
}

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// Write the page of every command into FOLDER, instead of the main page to standard output
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// Writes man pages.
pub fn man(args: Man) -> Result<Outcome> {
    let Some(folder) = args.folder else {
        let page = page(&Cli::command())?;
        output::write(&Target::Stdout, |out| Ok(out.write_all(&page)?))?;
        return Ok(Outcome::Done);
    };
    let written = std::fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(Cli::command(), &folder));
    written.map_err(|e| Error::io(&folder, e))?;
    Ok(Outcome::Done)
}

fn page(command: &clap::Command) -> Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
