//! `jinxiu stats`: how much a store holds.

use super::failure::Outcome;
use super::frame::{Cell, Frame, Printing, TableFormat};
use super::language::Language;
use super::opened::StoreArg;
use jinxiu::ontology::ontology;
use jinxiu::rdf::Counts;
use jinxiu::store::{EvidenceCost, Store};
use std::collections::BTreeMap;

/// Tell how much a store holds
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Evidence is what `export --evidence none` leaves out: statement nodes, passages with their quotations, what \
found them. Its bytes are those of N-Quads.\n\nExample: jinxiu stats --store graph --evidence --lang en"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    printing: Printing,
    /// Also tell what the evidence costs; reads the whole store
    #[arg(long)]
    evidence: bool,
    /// The language of the labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let (counts, triples) = (store.counts()?, store.triples()?);
    let cost = args.evidence.then(|| store.evidence_cost()).transpose()?;
    let mut rows = rows(&store, (&counts, triples), args.lang);
    cost.iter().for_each(|cost| push_cost(&mut rows, cost, args.lang));
    match args.printing.chosen()? {
        (TableFormat::Json, output) => {
            output.write(|out| writeln!(out, "{:#}", json((&counts, triples), cost.as_ref())))
        }
        (format, output) => rows.write(format, &output),
    }
}

fn rows(store: &Store, (counts, triples): (&Counts, usize), lang: Language) -> Frame {
    let mut rows = Frame::new(["what", "label", "count"]);
    let mut push = |what: &str, label: &str, count| {
        rows.push(vec![what.into(), label.into(), Cell::Whole(count)]);
    };
    push("documents", &lang.words("文本", "documents"), counts.documents);
    push("triples", &lang.words("三元组", "triples"), triples);
    push("entities", &lang.words("实体", "entities"), counts.entities);
    let prefixes = store.base().prefixes();
    for (iri, count) in counts.classes.iter().chain(&counts.properties) {
        let label = ontology().by_iri(iri).map_or("", |t| t.label(lang.tag()));
        push(&jinxiu::store::shorten(iri, &prefixes), label, *count);
    }
    rows
}

fn push_cost(rows: &mut Frame, cost: &EvidenceCost, lang: Language) {
    let (quads, bytes) = cost.each();
    let mut push = |what: &str, (chinese, english), count| {
        rows.push(vec![what.into(), lang.words(chinese, english).into(), count]);
    };
    push("statements", ("陈述与数据", "statements and figures"), Cell::Whole(cost.statements));
    push("evidence quads", ("依据的四元组", "quads of evidence"), Cell::Whole(cost.quads));
    let quads = (quads * 100.0).round() / 100.0;
    push("quads a statement", ("每条陈述的依据四元组", "quads of evidence a statement"), Cell::Number(quads));
    push(
        "bytes a statement",
        ("每条陈述的依据字节", "bytes of evidence a statement"),
        Cell::Number(bytes.round()),
    );
}

fn json((counts, triples): (&Counts, usize), cost: Option<&EvidenceCost>) -> serde_json::Value {
    let local = |map: &BTreeMap<String, usize>| -> serde_json::Map<String, serde_json::Value> {
        map.iter().map(|(iri, n)| (iri.rsplit('#').next().unwrap_or(iri).to_owned(), (*n).into())).collect()
    };
    let mut told = serde_json::json!({
        "documents": counts.documents,
        "triples": triples,
        "entities": counts.entities,
        "classes": local(&counts.classes),
        "relations": local(&counts.properties),
    });
    if let Some(cost) = cost {
        told["evidence"] = serde_json::json!({
            "statements": cost.statements, "quads": cost.quads, "bytes": cost.bytes,
            "quadsEach": cost.each().0, "bytesEach": cost.each().1,
        });
    }
    told
}
