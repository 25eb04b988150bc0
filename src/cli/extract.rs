//! `jinxiu extract`: prints what is found in texts, without a store.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::probability::probability;
use super::table::Rows;
use super::terminal::Terminal;
use super::texts::{Texts, Unread, each};
use clap::ValueEnum;
use jinxiu::document::{
    Bound, Class, Entity, Evidence, Extraction, Modality, Object, Observation, Span, notation,
};
use jinxiu::pipeline;
use jinxiu::text::Text;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Print what is found in texts
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu extract data/samples --format table")]
pub struct Args {
    #[command(flatten)]
    texts: Texts,
    /// How to print it [default: by the extension of FILE, else table on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Leave out what is less sure than P, from 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    min_confidence: f32,
    /// Say for each mention, relation and figure what decided and how sure it is; as a table or as TSV
    #[arg(long)]
    explain: bool,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object per text, in the format of the annotation guide
    Jsonl,
    /// The text with the mentions marked: [太原市/Place]
    Notation,
    /// One row per entity, relation and figure
    Table,
    /// The same rows as tab-separated values
    Tsv,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let sources = args.texts.sources()?;
    let output = Output::named(args.output.as_deref());
    let format = args.shape(&output)?;
    let (mut unread, mut rows) =
        (Unread::default(), Rows::new(if args.explain { &EXPLAINED } else { &COLUMNS }));
    let written = output.write(|out| {
        let read = |id: &str, text: Text| (pipeline::extract(id, &text).at_least(args.min_confidence), text);
        let print = |(found, text): (Extraction, Text)| {
            if args.explain {
                explain(&found, &text, &mut rows);
                return Ok(());
            }
            print(&found, &text, format, (&mut *out, &mut rows))
        };
        unread = each(&sources, terminal, read, print)?;
        if unread.is_all_of(sources.len()) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        finish(&rows, format, out)
    });
    if unread.is_all_of(sources.len()) {
        unread.outcome(sources.len())
    } else {
        written.and(unread.outcome(sources.len()))
    }
}

impl Args {
    /// How to print: an explanation is rows.
    fn shape(&self, output: &Output) -> Result<Format, Failure> {
        let format = self.format.unwrap_or_else(|| default_format(output));
        match format {
            Format::Table | Format::Tsv => Ok(format),
            _ if !self.explain => Ok(format),
            _ if self.format.is_none() => Ok(Format::Tsv),
            _ => Err(Failure::said(Exit::Usage, "--explain prints rows; use it with -f table or -f tsv")),
        }
    }
}

fn default_format(output: &Output) -> Format {
    match output.extension().as_deref() {
        Some("tsv") => Format::Tsv,
        Some("txt") => Format::Notation,
        _ if output.is_terminal() => Format::Table,
        _ => Format::Jsonl,
    }
}

/// Prints one text's findings, or keeps them for the table at the end.
fn print(
    found: &Extraction,
    text: &Text,
    format: Format,
    (out, rows): (&mut dyn Write, &mut Rows),
) -> io::Result<()> {
    match format {
        Format::Jsonl => {
            serde_json::to_writer(&mut *out, found)?;
            out.write_all(b"\n")
        }
        Format::Notation => writeln!(out, "{}", notation::print(&text.chars, &mentions(found))),
        Format::Table | Format::Tsv => {
            tabulate(found, rows);
            Ok(())
        }
    }
}

fn finish(rows: &Rows, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Table => rows.write_table(out),
        Format::Tsv => rows.write_tsv(out),
        Format::Jsonl | Format::Notation => Ok(()),
    }
}

fn mentions(found: &Extraction) -> Vec<(Span, Class)> {
    let of = |entity: &Entity| -> Vec<_> { entity.mentions.iter().map(|m| (m.span, entity.class)).collect() };
    found.entities.iter().flat_map(of).collect()
}

const COLUMNS: [&str; 5] = ["text", "subject", "property", "value", "at"];

const EXPLAINED: [&str; 8] = ["text", "subject", "property", "value", "at", "words", "decided by", "sure"];

/// One row per mention, and per place at which a relation or figure is stated.
fn explain(found: &Extraction, text: &Text, rows: &mut Rows) {
    each_finding(found, |subject, property, value, evidence| {
        for at in evidence {
            let words = text.chars[at.span.start..at.span.end].iter().collect();
            let mut row = vec![found.id.clone(), subject.clone(), property.clone(), value.clone()];
            row.extend([
                places(std::slice::from_ref(at)),
                words,
                at.found_by.clone(),
                format!("{:.2}", at.confidence),
            ]);
            rows.push(row);
        }
    });
}

fn tabulate(found: &Extraction, rows: &mut Rows) {
    each_finding(found, |subject, property, value, evidence| {
        rows.push(vec![found.id.clone(), subject, property, value, places(evidence)]);
    });
}

/// Calls `push` with subject, property, value and evidence of every entity, relation and figure.
fn each_finding(found: &Extraction, mut push: impl FnMut(String, String, String, &[Evidence])) {
    let names: BTreeMap<&str, &str> =
        found.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
    let name = |id: &str| (*names.get(id).unwrap_or(&"")).to_owned();
    for entity in &found.entities {
        push(entity.name.clone(), "type".to_owned(), entity.class.to_string(), &entity.mentions);
    }
    for relation in &found.relations {
        let object = match &relation.object {
            Object::Entity(id) => name(id),
            Object::Status(status) => status.to_string(),
        };
        push(name(&relation.subject), relation.predicate.to_string(), object, &relation.evidence);
    }
    for figure in &found.observations {
        let property = format!("{} ({})", figure.indicator, figure.measure);
        push(name(&figure.subject), property, value(figure), &figure.evidence);
    }
}

/// A figure in one cell: `over 500000000000 CNY, 2021, target`.
fn value(figure: &Observation) -> String {
    let bound = if figure.bound == Bound::Exact { String::new() } else { format!("{} ", figure.bound) };
    let from = figure.from.map(|from| format!(" from {from}")).unwrap_or_default();
    let mut parts = vec![format!("{bound}{} {}{from}", figure.value, figure.unit)];
    parts.extend(figure.of.as_ref().map(|whole| format!("of {whole}")));
    parts.extend((!figure.period.is_empty()).then(|| figure.period.clone()));
    parts.extend((figure.modality == Modality::Target).then(|| "target".to_owned()));
    parts.join(", ")
}

/// Where it stands first, and how often.
fn places(evidence: &[Evidence]) -> String {
    let first = evidence.first().map(|e| format!("{}–{}", e.span.start, e.span.end)).unwrap_or_default();
    if evidence.len() > 1 { format!("{first} ×{}", evidence.len()) } else { first }
}
