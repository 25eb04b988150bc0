//! `jinxiu link decide`: takes over what people decided in a table.

use super::super::terminal::say;
use super::table::{decisions_of, keep, text_of, warn};
use crate::cli::failure::{Exit, Failure, Outcome};
use std::path::PathBuf;

/// Take over the reviewed rows of a table: those with a reviewer_id, whose decision says accept, refuse or nil
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu link decide review.sssom.tsv --decisions links.sssom.tsv")]
pub struct Args {
    /// The table that link run wrote and people reviewed
    review: PathBuf,
    /// The file that keeps the decisions
    #[arg(long, value_name = "SSSOM")]
    decisions: PathBuf,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let mut decisions = decisions_of(&args.decisions)?;
    let imported = decisions
        .import(&text_of(&args.review)?)
        .map_err(|e| Failure::said(Exit::Input, format_args!("{}: {e}", args.review.display())))?;
    keep(&decisions, &args.decisions)?;
    warn(&decisions.iter().cloned().collect::<Vec<_>>());
    if imported.kept_refusals > 0 {
        say(format_args!(
            "jinxiu: {} refused before and still refused; undo them first",
            imported.kept_refusals
        ));
    }
    say(format_args!(
        "{} new, {} changed, {} known, {} not reviewed",
        imported.added, imported.changed, imported.known, imported.open
    ));
    Ok(())
}
