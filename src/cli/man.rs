//! `jinxiu man`: pages of the manual.

use super::failure::{Failure, Outcome};
use super::output::Output;
use super::terminal::Terminal;
use clap::Command;
use clap_mangen::Man;
use std::fs;
use std::path::{Path, PathBuf};

/// Write the pages of the manual, one for each subcommand
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without --output the page of the program itself is printed.\n\nExample: jinxiu man --output man1"
)]
pub struct Args {
    /// The folder for the pages; made where there is none
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, program: Command, terminal: &Terminal) -> Outcome {
    let Some(folder) = &args.output else {
        return Output::Standard.write(|mut out| Man::new(program).render(&mut out));
    };
    fs::create_dir_all(folder).map_err(|e| Failure::file(folder, "cannot make the folder", &e))?;
    let mut program = program.disable_help_subcommand(true);
    program.build();
    let count = pages(&program, folder)?;
    terminal.note(&format!("{count} pages written to {}", folder.display()));
    Ok(())
}

/// Writes the page of a command and those of its subcommands; tells how many.
fn pages(command: &Command, folder: &Path) -> Result<usize, Failure> {
    let page = Man::new(command.clone());
    Output::File(folder.join(page.get_filename())).write(|mut out| page.render(&mut out))?;
    command.get_subcommands().try_fold(1, |count, below| Ok(count + pages(below, folder)?))
}
