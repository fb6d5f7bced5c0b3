//! The `newsgraph` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    newsgraph::cli::main()
}
