//! `jinxiu timeline`: what is said of something, by the time it speaks of.

use super::completions;
use super::failure::{Exit, Failure, Outcome};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::sheet::{Format, Printer};
use clap_complete::engine::ArgValueCompleter;
use jinxiu::store::{Dated, Moment};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Show what is said of something, by the time it speaks of
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Figures by their period; stages of a project, offices and policies by the time that their sentence gives, else by \
the day on which they were reported. Exit code 1 if there are none of these.\n\nExample: jinxiu timeline 太原市 --store graph"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// A name, full or short, in either script
    #[arg(add = ArgValueCompleter::new(completions::things))]
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
    let mut things = Vec::new();
    for found in super::show::named(&store, &args.name)? {
        let name = store.sheet(&found.iri)?.name().to_owned();
        things.push((found.iri.clone(), name, store.timeline(&found.iri)?));
    }
    let printer = Printer { lang: args.lang, sentences: 1, prefixes: store.base().prefixes() };
    let empty = things.iter().all(|(_, _, moments)| moments.is_empty());
    Output::Standard.write(|out| match args.format {
        Format::Json => {
            let of = |(iri, _, moments): &(String, String, Vec<Moment>)| {
                moments.iter().map(|moment| as_json(iri, moment)).collect::<Vec<_>>()
            };
            writeln!(out, "{:#}", Value::from(things.iter().flat_map(of).collect::<Vec<_>>()))
        }
        Format::Text => things.iter().try_for_each(|(_, name, moments)| {
            moments.iter().try_for_each(|moment| text(moment, name, &printer, out))
        }),
    })?;
    if empty {
        let words = format!("no figure, stage, office or policy of {} is stated; see jinxiu show", args.name);
        return Err(Failure::said(Exit::No, words));
    }
    Ok(())
}

fn text(moment: &Moment, name: &str, printer: &Printer, out: &mut dyn Write) -> io::Result<()> {
    let (time, lang) = (&moment.time, printer.lang);
    let heading = match moment.dated {
        Dated::Said => time.clone(),
        Dated::Reported => lang.words(&format!("{time} 报道"), &format!("{time} reported")),
        Dated::Never => lang.words("时间不明", "undated"),
    };
    writeln!(out, "{heading}")?;
    printer.relation_rows(&moment.statements, name, out)?;
    printer.figure_rows(&moment.figures, out)
}

fn as_json(iri: &str, moment: &Moment) -> Value {
    let dated = match moment.dated {
        Dated::Said => "said",
        Dated::Reported => "reported",
        Dated::Never => "undated",
    };
    json!({
        "thing": iri,
        "period": moment.time,
        "dated": dated,
        "statements": moment.statements.iter().map(super::show::relation_json).collect::<Vec<_>>(),
        "figures": moment.figures.iter().map(super::show::figure_json).collect::<Vec<_>>(),
    })
}
