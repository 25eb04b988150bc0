//! `jinxiu extract`: prints what is found in texts, without a store.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::probability::probability;
use super::table::Rows;
use super::terminal::Terminal;
use super::texts::{Texts, Unread, each};
use clap::ValueEnum;
use jinxiu::document::{
    Bound, Class, Entity, Evidence, Extraction, LeftOut, Modality, Object, Observation, Span, notation,
};
use jinxiu::pipeline;
use jinxiu::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

/// Print what is found in texts
#[derive(Debug, clap::Args)]
#[command(
    after_help = "--explain also lists what was considered and left out, with the reason in the last column: names that the tagger \
reads otherwise, relations below the threshold or against the ontology, stages behind a further one, what --min-confidence \
leaves out. Only what came near is listed; --explain=all lists the rest too.\n\nExample: jinxiu extract data/samples --format \
table\nExample: jinxiu extract article.txt --explain=all -o explained.tsv"
)]
pub struct Args {
    #[command(flatten)]
    texts: Texts,
    /// How to print it [default: by the extension of FILE, else table on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Leave out what is less sure than P, from 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability::<f32>)]
    min_confidence: f32,
    /// Say for each mention, relation and figure what decided and how sure it is, and what was left out and why; as a table or as
    /// TSV
    #[arg(long, value_enum, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "near")]
    explain: Option<Considered>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Considered {
    /// What is found, and what came near
    Near,
    /// Everything that was considered
    All,
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
        (Unread::default(), Rows::new(if args.explain.is_some() { &EXPLAINED } else { &COLUMNS }));
    let written = output.write(|out| {
        let read = |id: &str, text: Text| args.read(id, text);
        let print = |(found, text, lines): (Extraction, Text, Vec<Vec<String>>)| {
            if args.explain.is_none() {
                return print(&found, &text, format, (&mut *out, &mut rows));
            }
            lines.into_iter().for_each(|line| rows.push(line));
            Ok(())
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
    /// What is found in a text, and the rows that explain it if that is asked for.
    fn read(&self, id: &str, text: Text) -> (Extraction, Text, Vec<Vec<String>>) {
        let found = pipeline::extract(id, &text);
        let mut rows = Vec::new();
        if let Some(considered) = self.explain {
            rows = explained(&found, &text, self.min_confidence);
            let listed = |left: &LeftOut| left.near || considered == Considered::All;
            rows.extend(
                pipeline::left_out(&text).iter().filter(|l| listed(l)).map(|l| left_out(id, l, &text)),
            );
        }
        (found.at_least(self.min_confidence), text, rows)
    }

    /// How to print: an explanation is rows.
    fn shape(&self, output: &Output) -> Result<Format, Failure> {
        let format = self.format.unwrap_or_else(|| default_format(output));
        match format {
            Format::Table | Format::Tsv => Ok(format),
            _ if self.explain.is_none() => Ok(format),
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

const EXPLAINED: [&str; 9] =
    ["text", "subject", "property", "value", "at", "words", "decided by", "sure", "left out because"];

/// One row per mention, and per place at which a relation or figure is stated: first what is as sure as asked.
fn explained(found: &Extraction, text: &Text, least: f32) -> Vec<Vec<String>> {
    let kept = found.clone().at_least(least);
    let names: BTreeSet<&str> = kept.entities.iter().map(|e| e.id.as_str()).collect();
    let (mut rows, mut unsure) = (Vec::new(), Vec::new());
    each_finding(found, |[subject, property, value], ends, evidence| {
        let whole = ends.iter().all(|end| names.contains(end));
        let best = evidence.iter().map(|at| at.confidence).fold(0.0, f32::max);
        for at in evidence {
            let why = match (whole, if property == "type" { at.confidence } else { best } >= least) {
                (true, true) => String::new(),
                (_, false) => format!("less sure than {least}"),
                (false, true) => format!("a name in it is less sure than {least}"),
            };
            let to = if why.is_empty() { &mut rows } else { &mut unsure };
            let mut row = vec![found.id.clone(), subject.clone(), property.clone(), value.clone()];
            row.extend(decided(text, at));
            row.push(why);
            to.push(row);
        }
    });
    rows.append(&mut unsure);
    rows
}

/// Where, in which words, decided by what, how sure.
fn decided(text: &Text, at: &Evidence) -> [String; 4] {
    let words = text.chars[at.span.start..at.span.end].iter().collect();
    [places(std::slice::from_ref(at)), words, at.found_by.clone(), format!("{:.2}", at.confidence)]
}

/// A row for what was considered and left out.
fn left_out(id: &str, left: &LeftOut, text: &Text) -> Vec<String> {
    let at = Evidence { span: left.span, found_by: left.found_by.clone(), confidence: left.confidence };
    let mut row = vec![id.to_owned(), left.subject.clone(), left.property.clone(), left.value.clone()];
    row.extend(decided(text, &at));
    row.push(left.why.clone());
    row
}

fn tabulate(found: &Extraction, rows: &mut Rows) {
    each_finding(found, |[subject, property, value], _, evidence| {
        rows.push(vec![found.id.clone(), subject, property, value, places(evidence)]);
    });
}

/// Calls `push` with subject, property and value, the ids of the entities in it, and the evidence of every entity, relation
/// and figure.
fn each_finding(found: &Extraction, mut push: impl FnMut([String; 3], &[&str], &[Evidence])) {
    let names: BTreeMap<&str, &str> =
        found.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
    let name = |id: &str| (*names.get(id).unwrap_or(&"")).to_owned();
    for entity in &found.entities {
        push([entity.name.clone(), "type".to_owned(), entity.class.to_string()], &[], &entity.mentions);
    }
    for relation in &found.relations {
        let (object, ends) = match &relation.object {
            Object::Entity(id) => (name(id), vec![relation.subject.as_str(), id]),
            Object::Status(status) => (status.to_string(), vec![relation.subject.as_str()]),
        };
        push([name(&relation.subject), relation.predicate.to_string(), object], &ends, &relation.evidence);
    }
    for figure in &found.observations {
        let property = format!("{} ({})", figure.indicator, figure.measure);
        push([name(&figure.subject), property, value(figure)], &[&figure.subject], &figure.evidence);
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
