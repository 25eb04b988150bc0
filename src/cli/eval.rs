//! `jinxiu eval`: scores extractions against a gold annotation.

mod calibrated;
mod identity;
mod page;
mod tables;

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::report::{Case, Section, chosen, junit, markdown};
use super::terminal::Terminal;
use super::texts::each;
use clap::ValueEnum;
use jinxiu::evaluation::{Annotation, EvaluationError, Level, Part, PerDocument, Report, load, print, score};
use jinxiu::pipeline;
use jinxiu::text::{Naming, Source, Text, find};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Score extractions against a gold annotation
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 where a figure is lower than a --min option says.\n\n\
Example: jinxiu eval gold.jsonl --texts texts/ --per-type --min-entities 0.8\n\
Example: jinxiu eval gold.jsonl --texts texts/ --min-mentions 0.8 -o eval.xml\n\
Example: jinxiu eval gold.jsonl --system found.jsonl --faults --errors -f markdown\n\
Example: jinxiu eval gold.jsonl --texts texts/ --against earlier.jsonl --html report.html")]
pub struct Args {
    /// The gold annotation, one JSON object per text in the format of the annotation guide
    gold: PathBuf,
    /// Extract from the texts in this folder; a text's id is its file's name without .txt. With --system it only gives the words
    /// that --html shows
    #[arg(long, value_name = "DIR", required_unless_present = "system")]
    texts: Option<PathBuf>,
    /// Score this file of extractions instead
    #[arg(long, value_name = "FILE")]
    system: Option<PathBuf>,
    /// Show mentions and entities by type, relations by predicate
    #[arg(long)]
    per_type: bool,
    /// Show mentions of persons, of places and zones, of enterprises and organizations
    #[arg(long)]
    kinds: bool,
    /// List what was missed and what was wrong
    #[arg(long)]
    errors: bool,
    /// Count wrong mentions by kind: boundary, type, both, missing, spurious
    #[arg(long)]
    faults: bool,
    /// Show how often each rule, list and model was right, where the texts are read here
    #[arg(long)]
    rules: bool,
    /// Write a page with all tables and the texts, in which what is right, missing and spurious is marked
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Show the F1 of each document
    #[arg(long)]
    documents: bool,
    /// Show between which bounds each F1 lies where the documents are drawn anew a thousand times
    #[arg(long)]
    intervals: bool,
    /// Compare with the extractions in FILE, on the same texts
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Show how often findings of each confidence are right, and what --min-confidence would trade
    #[arg(long, requires = "texts")]
    calibration: bool,
    /// Score which mentions are one thing over all documents together; lines of FILE: label, document, entity, between tabs
    #[arg(long, value_name = "FILE", requires = "texts")]
    identity: Option<PathBuf>,
    /// How to print it [default: by the extension of FILE, xml being junit, else text]
    #[arg(short, long, value_enum, ignore_case = true)]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    least: Least,
}

/// The lowest F1 of each level that is good enough.
#[derive(Debug, clap::Args)]
struct Least {
    /// Exit 1 where the F1 of mentions is lower
    #[arg(long, value_name = "F1")]
    min_mentions: Option<f64>,
    /// Exit 1 where the F1 of entities is lower
    #[arg(long, value_name = "F1")]
    min_entities: Option<f64>,
    /// Exit 1 where the F1 of relations is lower
    #[arg(long, value_name = "F1")]
    min_relations: Option<f64>,
    /// Exit 1 where the F1 of observations is lower
    #[arg(long, value_name = "F1")]
    min_observations: Option<f64>,
    /// Exit 1 where the F1 of figures is lower
    #[arg(long, value_name = "F1")]
    min_figures: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    /// A test case for each level, which fails where its F1 is lower than --min says
    Junit,
    #[value(alias = "md")]
    Markdown,
    /// The page of --html
    Html,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let output = Output::named(args.output.as_deref());
    let format = chosen(args.format, &output, Format::Text)?;
    args.refuse_what_does_not_fit(format)?;
    let gold = load(&args.gold).map_err(wrong)?;
    let system = match (&args.system, &args.texts) {
        (Some(file), _) => load(file).map_err(wrong)?,
        (None, Some(folder)) => extracted(&gold, folder, terminal)?,
        (None, None) => Vec::new(),
    };
    let report = score(&gold, &system).map_err(wrong)?;
    let other = args.against.as_deref().map(load).transpose().map_err(wrong)?;
    let scoring = Scoring {
        gold: &gold,
        system: &system,
        report: &report,
        scored: PerDocument::new(&gold, &system).map_err(wrong)?,
        other: other.map(|other| PerDocument::new(&gold, &other)).transpose().map_err(wrong)?,
    };
    if let Some(path) = &args.html {
        let page = args.page(&scoring, terminal)?;
        Output::File(path.clone()).write(|out| out.write_all(page.as_bytes()))?;
    }
    let below = args.least.below(&report);
    let shown = args.shown(&scoring, (format, &below), terminal)?;
    output.write(|out| out.write_all(shown.as_bytes()))?;
    let words: Vec<String> = below.into_values().collect();
    if words.is_empty() { Ok(()) } else { Err(Failure::said(Exit::No, words.join("; "))) }
}

fn wrong(error: EvaluationError) -> Failure {
    Failure::new(Exit::Input, error)
}

/// A run that was scored.
struct Scoring<'a> {
    gold: &'a [Annotation],
    system: &'a [Annotation],
    report: &'a Report,
    scored: PerDocument,
    other: Option<PerDocument>,
}

/// The words of the texts that the gold annotation speaks of.
fn words(
    gold: &[Annotation],
    folder: &Path,
    terminal: &Terminal,
) -> Result<BTreeMap<String, Vec<char>>, Failure> {
    let sources = sources(gold, folder)?;
    let mut words = BTreeMap::new();
    let unread = each(
        &sources,
        terminal,
        |id, text| (id.to_owned(), text.chars),
        |(id, chars)| {
            words.insert(id, chars);
            Ok::<(), Failure>(())
        },
    )?;
    unread.outcome(sources.len()).map(|()| words)
}

/// The texts that the gold annotation speaks of.
fn sources(gold: &[Annotation], folder: &Path) -> Result<Vec<Source>, Failure> {
    let wanted: BTreeSet<&str> = gold.iter().map(|annotation| annotation.id.as_str()).collect();
    let found = find(&[folder.to_owned()], Naming::Stem).map_err(|error| Failure::new(Exit::Input, error))?;
    let sources: Vec<Source> =
        found.into_iter().filter(|source| wanted.contains(source.id.as_str())).collect();
    if let Some(id) = wanted.iter().find(|id| sources.iter().all(|source| source.id != **id)) {
        let place = folder.display();
        return Err(Failure::said(
            Exit::Input,
            format_args!("{place}: no {id}.txt, but the gold annotation has '{id}'"),
        ));
    }
    Ok(sources)
}

/// Extracts from the texts that the gold annotation speaks of.
fn extracted(gold: &[Annotation], folder: &Path, terminal: &Terminal) -> Result<Vec<Annotation>, Failure> {
    let sources = sources(gold, folder)?;
    let mut system = Vec::new();
    let read = |id: &str, text: Text| Annotation::from(&pipeline::extract(id, &text));
    let unread = each(&sources, terminal, read, |annotation| {
        system.push(annotation);
        Ok::<(), Failure>(())
    })?;
    unread.outcome(sources.len()).map(|()| system)
}

impl Args {
    fn listing(&self) -> identity::Errors {
        if self.errors { identity::Errors::Listed } else { identity::Errors::Counted }
    }

    /// What can only be told from the texts.
    fn over_texts(&self, gold: &[Annotation], terminal: &Terminal) -> Result<String, Failure> {
        let Some(folder) = self.texts.as_ref().filter(|_| self.calibration || self.identity.is_some()) else {
            return Ok(String::new());
        };
        let sources = sources(gold, folder)?;
        let mut text = String::new();
        if self.calibration {
            text.push_str(&calibrated::tables(gold, &sources, terminal)?);
        }
        if let Some(file) = &self.identity {
            text.push_str(&identity::table(gold, &sources, (file, self.listing()), terminal)?);
        }
        Ok(text)
    }

    fn refuse_what_does_not_fit(&self, format: Format) -> Outcome {
        let fits = matches!(format, Format::Text | Format::Markdown);
        if !fits && (self.calibration || self.identity.is_some()) {
            let why = "--calibration and --identity are printed as text or markdown";
            return Err(Failure::said(Exit::Usage, why));
        }
        Ok(())
    }

    fn page(&self, scoring: &Scoring<'_>, terminal: &Terminal) -> Result<String, Failure> {
        let texts = self.texts.as_deref().map(|folder| words(scoring.gold, folder, terminal)).transpose()?;
        Ok(page::page(scoring, &texts.unwrap_or_default()))
    }

    fn shown(
        &self,
        scoring: &Scoring<'_>,
        (format, below): (Format, &BTreeMap<Level, String>),
        terminal: &Terminal,
    ) -> Result<String, Failure> {
        let mut out = Vec::new();
        let written = match format {
            Format::Text => {
                let more = self.over_texts(scoring.gold, terminal)?;
                out.write_all((self.text(scoring) + &more).as_bytes())
            }
            Format::Json => writeln!(out, "{:#}", self.json(scoring)),
            Format::Junit => junit("jinxiu eval", &self.cases(scoring, below), &mut out),
            Format::Markdown => {
                let more = self.over_texts(scoring.gold, terminal)?;
                self.markdown(scoring, &more, &mut out)
            }
            Format::Html => out.write_all(self.page(scoring, terminal)?.as_bytes()),
        };
        written.map_err(|error| Failure::new(Exit::Input, error))?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// The parts of the main table that are asked for.
    fn parts(&self) -> Vec<Part> {
        let types = self.per_type.then_some(Part::Types);
        types.into_iter().chain(self.kinds.then_some(Part::Kinds)).collect()
    }

    /// What is asked for beside the main table.
    fn further(&self, scoring: &Scoring<'_>) -> Vec<Section> {
        let mut sections = Vec::new();
        sections.extend(self.faults.then(|| tables::wrong(scoring)));
        sections.extend(self.rules.then(|| tables::origins(scoring)));
        sections.extend(self.documents.then(|| tables::documents(&scoring.scored)));
        sections.extend(self.intervals.then(|| tables::intervals(&scoring.scored)));
        sections.extend(scoring.other.as_ref().map(|other| tables::contrast(&scoring.scored, other)));
        sections
    }

    fn text(&self, scoring: &Scoring<'_>) -> String {
        let mut text = String::new();
        for difference in scoring.report.differences.iter().filter(|_| self.errors) {
            let (document, kind, parts) =
                (&difference.document, difference.kind, difference.parts.join("\t"));
            text.push_str(&format!("{document}\t{kind}\t{parts}\n"));
        }
        text.push_str(&print(&scoring.report.rows(&self.parts())));
        self.further(scoring).iter().for_each(|section| text.push_str(&section.text()));
        text
    }

    fn json(&self, scoring: &Scoring<'_>) -> Value {
        let rows = scoring.report.rows(&self.parts()).into_iter();
        let rows = rows.map(|(label, counts)| {
            (label.trim().to_owned(), serde_json::to_value(counts).unwrap_or_default())
        });
        let mut object: Map<String, Value> = rows.collect();
        let differences = self.errors.then(|| tables::differences(scoring));
        let sections = self.further(scoring).into_iter().chain(differences);
        object.extend(sections.map(|section| (section.key().to_owned(), section.json())));
        Value::Object(object)
    }

    /// A case for each level; those of entities and relations list on request what was missed and what was wrong.
    fn cases(&self, scoring: &Scoring<'_>, below: &BTreeMap<Level, String>) -> Vec<Case> {
        let case = |level: Level| {
            let counts = scoring.report.level(level);
            let mut told = format!(
                "precision {:.4}, recall {:.4}, F1 {:.4}; {} right of {} in the gold annotation and {} found",
                counts.precision(),
                counts.recall(),
                counts.f1(),
                counts.right,
                counts.gold,
                counts.system
            );
            let of_level = |kind: &str| match level {
                Level::Entities => kind.ends_with("entity"),
                Level::Relations => kind.ends_with("relation"),
                _ => false,
            };
            for difference in scoring.report.differences.iter().filter(|d| self.errors && of_level(d.kind)) {
                let parts = difference.parts.join(" ");
                told.push_str(&format!("\n{}: {} {parts}", difference.document, difference.kind));
            }
            let failure = below.get(&level).map(|words| (words.clone(), String::new()));
            Case { class: "eval".to_owned(), name: level.to_string(), failure, told }
        };
        Level::ALL.map(case).into()
    }

    fn markdown(&self, scoring: &Scoring<'_>, more: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut sections = vec![tables::levels(scoring)];
        sections.extend(self.parts().into_iter().map(|part| tables::parts(scoring, part)));
        sections.extend(self.further(scoring));
        sections.extend(self.errors.then(|| tables::differences(scoring)));
        markdown("jinxiu eval", &sections, out)?;
        if more.is_empty() { Ok(()) } else { writeln!(out, "\n```text\n{}\n```", more.trim_matches('\n')) }
    }
}

impl Least {
    /// The levels whose F1 is too low, with the words for it.
    fn below(&self, report: &Report) -> BTreeMap<Level, String> {
        let least = [
            self.min_mentions,
            self.min_entities,
            self.min_relations,
            self.min_observations,
            self.min_figures,
        ];
        let below = Level::ALL.into_iter().zip(least).filter_map(|(level, least)| {
            let (f1, least) = (report.level(level).f1(), least?);
            (f1 < least).then(|| (level, format!("F1 of {level} is {f1:.3}, below {least}")))
        });
        below.collect()
    }
}
