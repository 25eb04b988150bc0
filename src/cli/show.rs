//! `jinxiu show`: one entity with everything said of it, each with its sentence.

use super::completions;
use super::failure::{Exit, Failure, Outcome};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::sheet::{Format, Printer};
use clap_complete::engine::ArgValueCompleter;
use jinxiu::store::{FigureRow, Found, Quotation, RelationRow, Sheet, Store};
use serde_json::{Value, json};

/// Show an entity with everything said of it, each with its sentence
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu show 太原 --store graph")]
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
    /// At most this many sentences each
    #[arg(long, value_name = "N", default_value_t = 3)]
    sentences: usize,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let found = named(&store, &args.name)?;
    let sheets = found.iter().map(|f| store.sheet(&f.iri)).collect::<Result<Vec<_>, _>>()?;
    let printer = Printer { lang: args.lang, sentences: args.sentences, prefixes: store.base().prefixes() };
    Output::Standard.write(|out| match args.format {
        Format::Json => writeln!(out, "{:#}", Value::from(sheets.iter().map(as_json).collect::<Vec<_>>())),
        Format::Text => sheets.iter().try_for_each(|sheet| printer.sheet(sheet, out)),
    })
}

/// What bears a name; where nothing does, the failure says what comes close.
pub fn named(store: &Store, name: &str) -> Result<Vec<Found>, Failure> {
    let found = store.find(name)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let like = store.names_like(name, 8)?;
    let hint = if like.is_empty() { String::new() } else { format!("; there are: {}", like.join("、")) };
    Err(Failure::said(Exit::No, format_args!("nothing is called {name}{hint}")))
}

fn as_json(sheet: &Sheet) -> Value {
    json!({
        "iri": sheet.iri,
        "names": sheet.names.iter().map(|n| json!({"name": n.name, "evidence": evidence(&n.quotations)})).collect::<Vec<_>>(),
        "classes": sheet.classes.iter().map(|c| c.other.clone()).collect::<Vec<_>>(),
        "relations": sheet.relations.iter().map(relation_json).collect::<Vec<_>>(),
        "figures": sheet.figures.iter().map(figure_json).collect::<Vec<_>>(),
    })
}

/// A statement as JSON.
pub fn relation_json(row: &RelationRow) -> Value {
    json!({"predicate": row.predicate, "outgoing": row.outgoing, "other": row.other, "name": row.name,
            "evidence": evidence(&row.quotations)})
}

/// A figure as JSON.
pub fn figure_json(row: &FigureRow) -> Value {
    json!({"indicator": row.indicator, "measure": row.terms[0], "bound": row.terms[1], "modality": row.terms[2],
            "value": row.value, "unit": row.unit, "period": row.period, "of": row.of, "from": row.baseline,
            "asWritten": row.as_written, "evidence": evidence(&row.quotations)})
}

fn evidence(quotations: &[Quotation]) -> Vec<Value> {
    let one = |q: &Quotation| {
        json!({"document": q.document, "reported": q.reported, "start": q.start, "end": q.end, "exact": q.exact, "sentence": q.sentence,
            "foundBy": q.found_by, "confidence": q.confidence})
    };
    quotations.iter().map(one).collect()
}
