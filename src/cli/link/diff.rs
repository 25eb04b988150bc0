//! `jinxiu link diff`: what two tables of links decide differently.

use super::table::text_of;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output::Output;
use jinxiu::link::sssom::{Mapping, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Tell which links two runs decide differently
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 if they differ. Example: jinxiu link diff old.sssom.tsv new.sssom.tsv")]
pub struct Args {
    /// A table of links
    old: PathBuf,
    /// A table of links
    new: PathBuf,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let (old, new) = (table(&args.old)?, table(&args.new)?);
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    let said = |row: Option<&Mapping>| {
        row.map_or("–".to_owned(), |m| format!("{} {}", m.decision, m.predicate_id))
    };
    let lines = keys.into_iter().filter_map(|key| {
        let (before, after) = (old.get(key), new.get(key));
        let row = after.or(before)?;
        let (before, after) = (said(before), said(after));
        let line =
            format!("{}\t{}\t{}\t{before} → {after}", row.subject_id, row.subject_label, row.object_id);
        (before != after).then_some(line)
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    Output::Standard.write(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    if lines.is_empty() { Ok(()) } else { Err(Failure::no()) }
}

fn table(path: &Path) -> Result<BTreeMap<String, Mapping>, Failure> {
    let rows = read(&text_of(path)?)
        .map_err(|e| Failure::said(Exit::Input, format_args!("{}: {e}", path.display())))?;
    Ok(rows.into_iter().map(|(_, row)| (row.key(), row)).collect())
}
