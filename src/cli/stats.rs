//! `jinxiu stats`: how much a store holds.

use super::failure::Outcome;
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::table::Rows;
use clap::ValueEnum;
use jinxiu::ontology::ontology;
use jinxiu::rdf::Counts;
use jinxiu::store::Store;
use std::collections::BTreeMap;

/// Tell how much a store holds
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu stats --store graph --lang en")]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// How to print it [default: table on a terminal, else tsv]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// The language of the labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Tsv,
    Json,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let counts = store.counts()?;
    let output = Output::Standard;
    let otherwise = if output.is_terminal() { Format::Table } else { Format::Tsv };
    let triples = store.triples()?;
    let rows = rows(&store, (&counts, triples), args.lang);
    output.write(|out| match args.format.unwrap_or(otherwise) {
        Format::Table => rows.write_table(out),
        Format::Tsv => rows.write_tsv(out),
        Format::Json => writeln!(out, "{:#}", json(&counts, triples)),
    })
}

fn rows(store: &Store, (counts, triples): (&Counts, usize), lang: Language) -> Rows {
    let mut rows = Rows::new(&["what", "label", "count"]);
    let mut push = |what: &str, label: String, count: usize| {
        rows.push(vec![what.to_owned(), label, count.to_string()]);
    };
    push("documents", lang.words("文本", "documents"), counts.documents);
    push("triples", lang.words("三元组", "triples"), triples);
    push("entities", lang.words("实体", "entities"), counts.entities);
    let prefixes = store.base().prefixes();
    for (iri, count) in counts.classes.iter().chain(&counts.properties) {
        let label = ontology().by_iri(iri).map_or("", |t| t.label(lang.tag()));
        push(&jinxiu::store::shorten(iri, &prefixes), label.to_owned(), *count);
    }
    rows
}

fn json(counts: &Counts, triples: usize) -> serde_json::Value {
    let local = |map: &BTreeMap<String, usize>| -> serde_json::Map<String, serde_json::Value> {
        map.iter().map(|(iri, n)| (iri.rsplit('#').next().unwrap_or(iri).to_owned(), (*n).into())).collect()
    };
    serde_json::json!({
        "documents": counts.documents,
        "triples": triples,
        "entities": counts.entities,
        "classes": local(&counts.classes),
        "relations": local(&counts.properties),
    })
}
