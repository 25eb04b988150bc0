//! `jinxiu conflicts`: what contradicts one another, with its sources.

use super::failure::{Failure, Outcome};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::sheet::{Format, Printer};
use jinxiu::store::{Conflict, Sides};
use serde_json::{Value, json};

/// List what contradicts one another, with its sources
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Figures of one quantity in one period that differ; two holders in one year of an office that one person \
holds; a project at an earlier stage than was reported before; a place, zone or project in two places that exclude one \
another. The year is that in which the texts appeared. Exit code 1 if there are any.\n\nExample: jinxiu conflicts --store graph"
)]
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
            match &conflict.sides {
                Sides::Figures(rows) => printer.figure_rows(rows, out),
                Sides::Statements(rows) => printer.relation_rows(rows, &conflict.name, out),
            }
        }),
    })?;
    if conflicts.is_empty() { Ok(()) } else { Err(Failure::no()) }
}

fn as_json(conflict: &Conflict) -> Value {
    let (key, rows): (_, Vec<Value>) = match &conflict.sides {
        Sides::Figures(rows) => ("figures", rows.iter().map(super::show::figure_json).collect()),
        Sides::Statements(rows) => ("statements", rows.iter().map(super::show::relation_json).collect()),
    };
    json!({"entity": conflict.entity, "name": conflict.name, "kind": conflict.kind.as_str(), key: rows})
}
