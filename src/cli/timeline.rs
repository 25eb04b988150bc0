//! `jinxiu timeline`: what is said of something, by the time it speaks of.

use super::failure::Outcome;
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::sheet::{Format, Printer};
use jinxiu::store::FigureRow;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Show what is said of something, by the time it speaks of
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu timeline 太原市 --store graph")]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// A name, full or short, in either script
    name: String,
    /// How to print it
    #[arg(short, long, value_enum, default_value = "text")]
    format: Format,
    /// The language of labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let found = super::show::named(&store, &args.name)?;
    let mut periods: BTreeMap<String, Vec<FigureRow>> = BTreeMap::new();
    for thing in &found {
        for figure in store.sheet(&thing.iri)?.figures {
            periods.entry(figure.period.clone()).or_default().push(figure);
        }
    }
    let undated = periods.remove("");
    let printer = Printer { lang: args.lang, sentences: 1, prefixes: store.base().prefixes() };
    let rows: Vec<(String, Vec<FigureRow>)> = periods
        .into_iter()
        .chain(undated.map(|figures| (args.lang.words("时间不明", "undated"), figures)))
        .collect();
    Output::Standard.write(|out| match args.format {
        Format::Json => {
            let one = |(period, figures): &(String, Vec<FigureRow>)| {
                json!({"period": period, "figures": figures.iter().map(super::show::figure_json).collect::<Vec<_>>()})
            };
            writeln!(out, "{:#}", Value::from(rows.iter().map(one).collect::<Vec<_>>()))
        }
        Format::Text => rows.iter().try_for_each(|(period, figures)| {
            writeln!(out, "{period}")?;
            printer.figure_rows(figures, out)
        }),
    })
}
