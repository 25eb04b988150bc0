//! `jinxiu link`: which outside thing an entity is.

mod candidates;
mod decide;
mod diff;
mod eval;
mod explain;
mod given;
mod index;
mod review;
mod run;
mod serve;
mod sources;
mod table;
mod undo;

use super::failure::Outcome;
use super::terminal::Terminal;

/// Link entities with open data: divisions, zones, industries, GeoNames, Wikidata, and lists you bring
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu link candidates 太原 --near 山西")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Run(run::Args),
    Sources(sources::Args),
    Candidates(candidates::Args),
    Explain(explain::Args),
    Review(review::Args),
    Decide(decide::Args),
    Diff(diff::Args),
    Undo(undo::Args),
    Eval(eval::Args),
    Index(index::Args),
    Serve(serve::Args),
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    match &args.command {
        Command::Run(args) => run::run(args),
        Command::Sources(args) => sources::run(args),
        Command::Candidates(args) => candidates::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Review(args) => review::run(args, terminal),
        Command::Decide(args) => decide::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Undo(args) => undo::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Index(args) => index::run(args, terminal),
        Command::Serve(args) => serve::run(args),
    }
}
