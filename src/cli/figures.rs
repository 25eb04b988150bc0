//! `jinxiu figures`: figures as a table of place, indicator and period, set side by side, or checked.

mod checked;
mod columns;

use super::failure::{Exit, Failure, Outcome};
use super::frame::TableFormat;
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::selecting::Selecting;
use super::terminal::Terminal;
use clap::ValueEnum;
use std::path::PathBuf;

/// List, compare and check the figures of a store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A check finds shares over 100 %, values that contradict one another, growth that two levels contradict, \
slipped units, parts larger than their whole, sectors that do not add up, aims that had been reached; each finding cites its \
sentences, and the exit code is 1 when there are any.\n\n\
Example: jinxiu figures --place 合肥 --indicator GDP --period 2023 --store graph\n\
Example: jinxiu figures --pivot --subject-type Place --store graph -f markdown\n\
Example: jinxiu figures --targets --sources --store graph -f csv -o targets.csv\n\
Example: jinxiu figures --check --store graph -f junit -o checks.xml"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    selecting: Selecting,
    /// One row for each series, one column for each period
    #[arg(long, conflicts_with = "check")]
    pivot: bool,
    /// With document, position and sentence, one row for each statement
    #[arg(long, conflicts_with_all = ["pivot", "check"])]
    sources: bool,
    /// Find figures that cannot all be right; exit code 1 if there are any
    #[arg(long)]
    check: bool,
    /// How to print it [default: by the extension of FILE, else a table on a terminal, else TSV; checks: text]
    #[arg(short, long, value_enum, ignore_case = true)]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
    /// Stop after N rows; exit code 6 if there were more
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// All formats of this subcommand; tables and checks have different ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Tsv,
    Csv,
    Json,
    Jsonl,
    #[value(alias = "md")]
    Markdown,
    Parquet,
    Text,
    Junit,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let output = Output::named(args.output.as_deref());
    if args.check {
        let format = args.check_format(&output)?;
        let points = args.selecting.points(&args.store.open()?)?;
        return checked::run(&points, (format, args.lang), &output);
    }
    let format = TableFormat::chosen(args.table_format()?, &output)?;
    let points = args.selecting.points(&args.store.open()?)?;
    let mut frame = match (args.pivot, args.sources) {
        (true, _) => columns::pivoted(&points, args.lang),
        (_, true) => columns::with_sources(&points, (format, args.lang)),
        _ => columns::plain_rows(&points, (format, args.lang)),
    };
    let more = frame.cut(args.limit);
    frame.write(format, &output)?;
    if output.is_terminal() {
        terminal.note(&format!("{} rows", frame.len()));
    }
    if more {
        let message = format!("stopped after {}, as --limit says; there is more", frame.len());
        return Err(Failure::said(Exit::Limit, message));
    }
    Ok(())
}

impl Args {
    fn table_format(&self) -> Result<Option<TableFormat>, Failure> {
        Ok(Some(match self.format {
            None => return Ok(None),
            Some(Format::Table) => TableFormat::Table,
            Some(Format::Tsv) => TableFormat::Tsv,
            Some(Format::Csv) => TableFormat::Csv,
            Some(Format::Json) => TableFormat::Json,
            Some(Format::Jsonl) => TableFormat::Jsonl,
            Some(Format::Markdown) => TableFormat::Markdown,
            Some(Format::Parquet) => TableFormat::Parquet,
            Some(Format::Text | Format::Junit) => {
                return Err(Failure::said(Exit::Usage, "text and junit are formats of --check"));
            }
        }))
    }

    fn check_format(&self, output: &Output) -> Result<checked::Format, Failure> {
        let extension = output.extension();
        match (self.format, extension.as_deref()) {
            (Some(Format::Json), _) | (None, Some("json")) => Ok(checked::Format::Json),
            (Some(Format::Junit), _) | (None, Some("xml")) => Ok(checked::Format::Junit),
            (None | Some(Format::Text), _) => Ok(checked::Format::Text),
            _ => Err(Failure::said(Exit::Usage, "the formats of --check are text, json and junit")),
        }
    }
}
