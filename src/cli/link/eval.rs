//! `jinxiu link eval`: how good the linker is on judged links.

use super::given::{Brought, all_asked};
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output::Output;
use crate::cli::probability::probability;
use jinxiu::link::Place;
use jinxiu::link::gold::{Report, Setting, evaluate, read};
use std::io::{self, Write};
use std::path::PathBuf;

/// Measure the linker on judged links: precision, recall, precision of NIL, by kind
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu link eval tests/quality/places.tsv --errors --min-precision 0.95")]
pub struct Args {
    /// The judged links: a table with tabs and the columns mention, kind, decision, target
    gold: PathBuf,
    #[command(flatten)]
    brought: Brought,
    /// A place near all mentions whose rows name none; may be given again
    #[arg(long, value_name = "PLACE")]
    near: Vec<String>,
    /// The year of texts whose rows name none
    #[arg(long)]
    year: Option<u16>,
    /// List the rows that came out otherwise
    #[arg(long)]
    errors: bool,
    /// Exit 1 where precision is lower
    #[arg(long, value_name = "P", value_parser = probability::<f64>)]
    min_precision: Option<f64>,
    /// Exit 1 where recall is lower
    #[arg(long, value_name = "R", value_parser = probability::<f64>)]
    min_recall: Option<f64>,
    /// Exit 1 where the precision of NIL is lower
    #[arg(long, value_name = "N", value_parser = probability::<f64>)]
    min_nil_precision: Option<f64>,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let text =
        std::fs::read_to_string(&args.gold).map_err(|e| Failure::file(&args.gold, "cannot read", &e))?;
    let setting = Setting { near: args.near.iter().map(|n| Place::named(n)).collect(), year: args.year };
    let items = read(&text, &setting)
        .map_err(|e| Failure::said(Exit::Input, format_args!("{}, {e}", args.gold.display())))?;
    let catalogue = args.brought.catalogue()?;
    let report = evaluate(&items, &catalogue);
    all_asked(&catalogue)?;
    Output::Standard.write(|out| print(args, &report, out))?;
    judge(args, &report)
}

fn print(args: &Args, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for (line, mention, judged, found) in report.differences.iter().filter(|_| args.errors) {
        writeln!(out, "{line}\t{mention}\t{judged}\t{found}")?;
    }
    writeln!(out, "kind\tprecision\trecall\tNIL precision\tlinks\tNIL\topen, with the right one\tas judged")?;
    for (kind, c) in &report.kinds {
        let (precision, recall, nil) = (c.precision(), c.recall(), c.nil_precision());
        let (links, nils) = (c.right + c.missed, c.nil_right + c.nil_wrong);
        writeln!(
            out,
            "{kind}\t{precision:.3}\t{recall:.3}\t{nil:.3}\t{links}\t{nils}\t{}, {}\t{}/{}",
            c.open, c.open_right, c.rows_agreed, c.rows
        )?;
    }
    for (tenth, (all, right)) in &report.calibration {
        writeln!(out, "confidence 0.{tenth}\t{right} of {all} right")?;
    }
    Ok(())
}

fn judge(args: &Args, report: &Report) -> Outcome {
    let all = report.kinds.get("all").copied().unwrap_or_default();
    let tried = [
        ("precision", all.precision(), args.min_precision),
        ("recall", all.recall(), args.min_recall),
        ("precision of NIL", all.nil_precision(), args.min_nil_precision),
    ];
    let below = tried.iter().filter_map(|(name, value, least)| {
        let least = (*least)?;
        (*value < least).then(|| format!("{name} is {value:.3}, below {least}"))
    });
    let below: Vec<String> = below.collect();
    if below.is_empty() { Ok(()) } else { Err(Failure::said(Exit::No, below.join("; "))) }
}
