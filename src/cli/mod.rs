//! The command line: arguments, and one file per subcommand that reads, calls the library and prints.

mod answers;
mod ask;
mod build;
mod check;
mod completions;
mod conflicts;
mod decided;
mod diff;
mod doctor;
mod eval;
mod export;
mod extract;
mod failure;
mod figures;
mod find;
mod frame;
mod import;
mod import_extractions;
mod interrupt;
mod interview;
mod language;
mod link;
mod man;
mod manifest;
mod opened;
mod output;
mod paint;
mod parquet;
mod plot;
mod prefixes;
mod probability;
mod project;
mod query;
mod questions;
mod remove;
mod report;
mod review;
mod rules;
mod selecting;
mod sheet;
mod shell;
mod show;
mod sparql;
mod stats;
mod table;
mod terminal;
mod texts;
mod timeline;
mod train;
mod update;
mod verify;
mod walk;
mod why;
mod why_same;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::CompleteEnv;
use failure::{Exit, Failure, Outcome, one_line};
use std::process::ExitCode;
use terminal::Terminal;

/// Turns Chinese text on regional development into a knowledge graph whose every statement shows its sentence.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(flatten)]
    terminal: Terminal,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done or yes; 1 no (false, or a threshold missed); 2 wrong usage; 3 unusable file; \
4 store unusable or locked; 5 done in part; 6 limit or timeout reached; 130 stopped by Ctrl-C; 143 stopped by the system.";

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Extract(extract::Args),
    Query(query::Args),
    Update(update::Args),
    Ask(ask::Args),
    Questions(questions::Args),
    Prefixes(prefixes::Args),
    Find(find::Args),
    Show(show::Args),
    Why(why::Args),
    Check(check::Args),
    Figures(figures::Args),
    Plot(plot::Args),
    WhySame(why_same::Args),
    Conflicts(conflicts::Args),
    Timeline(timeline::Args),
    Review(review::Args),
    Path(walk::PathArgs),
    Neighbors(walk::NeighborsArgs),
    Rank(walk::RankArgs),
    /// List groups of things that have more to do with one another than with the rest
    Communities(walk::GroupArgs),
    /// List groups of things that relations connect, by whatever way
    #[command(after_help = "Example: jinxiu components --least 5 --store graph")]
    Components(walk::GroupArgs),
    Export(export::Args),
    Import(import::Args),
    ImportExtractions(import_extractions::Args),
    Stats(stats::Args),
    Verify(verify::Args),
    Remove(remove::Args),
    Diff(diff::Args),
    Eval(eval::Args),
    Link(link::Args),
    Train(train::Args),
    Rules(rules::Args),
    Shell(shell::Args),
    Completions(completions::Args),
    Man(man::Args),
    Doctor(doctor::Args),
}

/// Runs the program.
pub fn run() -> ExitCode {
    CompleteEnv::with_factory(Cli::command).complete();
    interrupt::listen();
    let outcome = match parsed() {
        Ok(cli) => prepare(&cli.terminal).and_then(|()| dispatch(&cli.command, &cli.terminal)),
        Err(error) => usage(&error),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The arguments. What they are read by is left to the system: to take it down would last longer than many a query.
fn parsed() -> Result<Cli, clap::Error> {
    let mut command = std::mem::ManuallyDrop::new(Cli::command());
    let mut matches = command.try_get_matches_from_mut(std::env::args_os())?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

fn prepare(terminal: &Terminal) -> Outcome {
    terminal.jobs.map_or(Ok(()), |jobs| {
        jinxiu::pipeline::use_threads(jobs.get()).map_err(|error| Failure::new(Exit::Usage, error))
    })
}

fn dispatch(command: &Command, terminal: &Terminal) -> Outcome {
    match command {
        Command::Build(args) => build::run(args, terminal),
        Command::Extract(args) => extract::run(args, terminal),
        Command::Query(args) => query::run(args, terminal),
        Command::Update(args) => update::run(args, terminal),
        Command::Ask(args) => ask::run(args, terminal),
        Command::Questions(args) => questions::run(args),
        Command::Prefixes(args) => prefixes::run(args),
        Command::Show(args) => show::run(args),
        Command::Why(args) => why::run(args),
        Command::Check(args) => check::run(args, terminal),
        Command::Import(args) => import::run(args, terminal),
        Command::ImportExtractions(args) => import_extractions::run(args, terminal),
        Command::Figures(args) => figures::run(args, terminal),
        Command::Plot(args) => plot::run(args, terminal),
        Command::WhySame(args) => why_same::run(args),
        Command::Conflicts(args) => conflicts::run(args),
        Command::Timeline(args) => timeline::run(args),
        Command::Review(args) => review::run(args, terminal),
        Command::Path(args) => walk::path(args, terminal),
        Command::Neighbors(args) => walk::neighbors(args),
        Command::Rank(args) => walk::rank(args),
        Command::Communities(args) => walk::communities(args),
        Command::Components(args) => walk::components(args),
        Command::Export(args) => export::run(args, terminal),
        Command::Stats(args) => stats::run(args),
        Command::Verify(args) => verify::run(args, terminal),
        Command::Remove(args) => remove::run(args, terminal),
        Command::Diff(args) => diff::run(args),
        Command::Eval(args) => eval::run(args, terminal),
        Command::Link(args) => link::run(args, terminal),
        Command::Train(args) => train::run(args),
        Command::Find(args) => find::run(args, terminal),
        Command::Shell(args) => {
            let terminal = Terminal { goes_on: true, ..terminal.clone() };
            shell::run(args, &terminal, &|words| again(words, &terminal))
        }
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args, Cli::command(), terminal),
        Command::Doctor(args) => doctor::run(args),
        Command::Rules(args) => rules::run(args),
    }
}

/// Runs a line of the shell, which is the arguments of a subcommand.
fn again(words: &[String], terminal: &Terminal) -> Outcome {
    let words = std::iter::once("jinxiu").chain(words.iter().map(String::as_str));
    match Cli::try_parse_from(words) {
        Ok(cli) => dispatch(&cli.command, terminal),
        Err(error) => usage(&error),
    }
}

/// Help and version are answers; anything else is wrong usage, said on one line.
fn usage(error: &clap::Error) -> Outcome {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return Err(Failure::said(
            Exit::Usage,
            "name a subcommand, for example: jinxiu build TEXT --store graph",
        ));
    }
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return Ok(());
    }
    let whole = error.render().to_string();
    let said = whole.split("\n\n").filter(|part| !part.starts_with("For more") && !part.starts_with("Usage"));
    let line = one_line(&said.collect::<Vec<_>>().join("; "));
    let helper = subcommand(std::env::args().skip(1)).map(|name| format!(" {name}")).unwrap_or_default();
    Err(Failure::said(
        Exit::Usage,
        format_args!("{} (see 'jinxiu{helper} --help')", line.trim_start_matches("error: ")),
    ))
}

/// The subcommand that some arguments name.
fn subcommand(arguments: impl Iterator<Item = String>) -> Option<String> {
    let program = Cli::command();
    let known = |name: &String| program.find_subcommand(name).is_some();
    arguments.take_while(|argument| argument.starts_with('-') || known(argument)).find(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
