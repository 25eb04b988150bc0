//! `jinxiu link undo`: forgets decisions.

use super::table::{decisions_of, keep};
use crate::cli::failure::{Exit, Failure, Outcome};
use std::path::PathBuf;

/// Forget decisions, by their record_id
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu link undo 9f2c41d07a3be655 --decisions links.sssom.tsv")]
pub struct Args {
    /// The record_id of each
    #[arg(required = true)]
    records: Vec<String>,
    /// The file that keeps the decisions
    #[arg(long, value_name = "SSSOM")]
    decisions: PathBuf,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let mut decisions = decisions_of(&args.decisions)?;
    let missing: Vec<&str> = args.records.iter().filter(|r| !decisions.undo(r)).map(String::as_str).collect();
    if !missing.is_empty() {
        let words = format!("{}: no decision {}", args.decisions.display(), missing.join(", "));
        return Err(Failure::said(Exit::Usage, words));
    }
    keep(&decisions, &args.decisions)
}
