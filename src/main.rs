//! The `jinxiu` program: reads its arguments, runs one subcommand and says by its exit code how that went.

#![warn(clippy::print_stdout, clippy::print_stderr)]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
