//! `jinxiu conflicts`: values that contradict one another, with their sources.

use super::failure::{Failure, Outcome};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::sheet::{Format, Printer};
use jinxiu::store::Conflict;
use serde_json::{Value, json};

/// List values that contradict one another, with their sources
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 if there are any. Example: jinxiu conflicts --store graph")]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// How to print them
    #[arg(short, long, value_enum, default_value = "text")]
    format: Format,
    /// The language of labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let conflicts = store.conflicts()?;
    let printer = Printer { lang: args.lang, sentences: usize::MAX, prefixes: store.base().prefixes() };
    Output::Standard.write(|out| match args.format {
        Format::Json => writeln!(out, "{:#}", Value::from(conflicts.iter().map(as_json).collect::<Vec<_>>())),
        Format::Text => conflicts.iter().try_for_each(|conflict| {
            writeln!(out, "{}", args.lang.name(&conflict.name))?;
            printer.figure_rows(&conflict.figures, out)
        }),
    })?;
    if conflicts.is_empty() { Ok(()) } else { Err(Failure::no()) }
}

fn as_json(conflict: &Conflict) -> Value {
    json!({
        "entity": conflict.entity,
        "name": conflict.name,
        "figures": conflict.figures.iter().map(super::show::figure_json).collect::<Vec<_>>(),
    })
}
