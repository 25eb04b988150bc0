//! `jinxiu man`: pages of the manual.

use super::failure::{Failure, Outcome};
use super::output::Output;
use super::terminal::Terminal;
use clap::Command;
use std::fs;
use std::path::PathBuf;

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
        return Output::Standard.write(|mut out| clap_mangen::Man::new(program).render(&mut out));
    };
    fs::create_dir_all(folder).map_err(|e| Failure::file(folder, "cannot make the folder", &e))?;
    let mut pages = 1;
    page(&program, folder.join("jinxiu.1"))?;
    for subcommand in program.get_subcommands() {
        let name = format!("jinxiu-{}", subcommand.get_name());
        let path = folder.join(format!("{name}.1"));
        let name: &'static str = name.leak(); // the program ends when the pages are written
        page(&subcommand.clone().name(name), path)?;
        pages += 1;
    }
    terminal.note(&format!("{pages} pages written to {}", folder.display()));
    Ok(())
}

fn page(command: &Command, path: PathBuf) -> Outcome {
    let page = clap_mangen::Man::new(command.clone());
    Output::File(path).write(|mut out| page.render(&mut out))
}
