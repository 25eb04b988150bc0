//! `jinxiu eval`: scores extractions against a gold annotation.

mod calibrated;
mod identity;
mod page;

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::terminal::Terminal;
use super::texts::each;
use jinxiu::evaluation::{
    Annotation, Contrast, Counts, EvaluationError, FAULTS, Interval, Level, Part, PerDocument, Report,
    by_origin, faults, load, print, score,
};
use jinxiu::pipeline;
use jinxiu::text::{Naming, Source, Text, find};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Score extractions against a gold annotation
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu eval gold.jsonl --texts texts/ --per-type --min-entities 0.8\n\
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
    #[arg(long, requires = "texts", conflicts_with = "json")]
    calibration: bool,
    /// Score which mentions are one thing over all documents together; lines of FILE: label, document, entity, between tabs
    #[arg(long, value_name = "FILE", requires = "texts", conflicts_with = "json")]
    identity: Option<PathBuf>,
    /// Print JSON
    #[arg(long, conflicts_with = "errors")]
    json: bool,
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

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let gold = load(&args.gold).map_err(|error| Failure::new(Exit::Input, error))?;
    let system = match (&args.system, &args.texts) {
        (Some(file), _) => load(file).map_err(|error| Failure::new(Exit::Input, error))?,
        (None, Some(folder)) => extracted(&gold, folder, terminal)?,
        (None, None) => Vec::new(),
    };
    let report = score(&gold, &system).map_err(|error| Failure::new(Exit::Input, error))?;
    let shown = if args.json { as_json(args, &report) } else { as_text(args, &report) };
    let other = args.against.as_deref().map(load).transpose().map_err(wrong)?;
    let scoring = Scoring {
        gold: &gold,
        system: &system,
        report: &report,
        scored: PerDocument::new(&gold, &system).map_err(wrong)?,
        other: other.map(|other| PerDocument::new(&gold, &other)).transpose().map_err(wrong)?,
    };
    if let Some(path) = &args.html {
        let texts = args.texts.as_deref().map(|folder| words(&gold, folder, terminal)).transpose()?;
        let page = page::page(&scoring, &texts.unwrap_or_default());
        Output::File(path.clone()).write(|out| out.write_all(page.as_bytes()))?;
    }
    let further = if args.json { String::new() } else { args.further(&scoring) };
    let more = args.over_texts(&gold, terminal)?;
    Output::Standard.write(|out| out.write_all((shown + &further + &more).as_bytes()))?;
    args.least.judge(&report)
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

    /// What is asked for beside the table.
    fn further(&self, scoring: &Scoring<'_>) -> String {
        let mut text = String::new();
        if self.faults {
            let counts = faults(scoring.gold, scoring.system);
            text.push_str("\nwrong mentions\n");
            FAULTS.iter().for_each(|fault| text.push_str(&format!("  {fault:<18} {:>6}\n", counts[fault])));
        }
        if self.rules {
            text.push_str(&origins(scoring));
        }
        if self.documents {
            text.push_str(&by_document(&scoring.scored));
        }
        if self.intervals {
            text.push_str("\nF1 in nineteen of twenty draws of the documents\n");
            for level in Level::ALL {
                let Interval { low, high } = scoring.scored.interval(level);
                text.push_str(&format!("  {level:<14} {low:.3} to {high:.3}\n"));
            }
        }
        if let Some(other) = &scoring.other {
            text.push_str(&contrast(&scoring.scored, other));
        }
        text
    }
}

fn origins(scoring: &Scoring<'_>) -> String {
    let mut text = format!("\n{:<42} {:>7} {:>6} {:>6}\n", "what found it", "P", "right", "wrong");
    for (name, (right, all)) in by_origin(scoring.gold, scoring.system) {
        let precision = Counts { right, gold: 0, system: all }.precision();
        text.push_str(&format!("  {name:<40} {precision:7.3} {right:6} {:6}\n", all - right));
    }
    text
}

fn by_document(scored: &PerDocument) -> String {
    let mut text = String::from("\nF1 by document\n");
    for (place, document) in scored.documents.iter().enumerate() {
        let figures = Level::ALL.map(|level| format!("{level} {:.3}", scored.of(place, level).f1()));
        text.push_str(&format!("  {document}  {}\n", figures.join("  ")));
    }
    text
}

fn contrast(scored: &PerDocument, other: &PerDocument) -> String {
    let mut text = String::from(
        "\nF1 of the other run less this one; between the bounds in nineteen of twenty draws; chance\n",
    );
    for level in Level::ALL {
        let Contrast { difference, interval, chance } = scored.contrast(other, level);
        let (low, high) = (interval.low, interval.high);
        text.push_str(&format!("  {level:<14} {difference:+.3}  {low:+.3} to {high:+.3}  {chance:.3}\n"));
    }
    text
}

fn parts(args: &Args) -> Vec<Part> {
    let types = args.per_type.then_some(Part::Types);
    types.into_iter().chain(args.kinds.then_some(Part::Kinds)).collect()
}

fn as_text(args: &Args, report: &Report) -> String {
    let mut text = String::new();
    for difference in report.differences.iter().filter(|_| args.errors) {
        text.push_str(&format!(
            "{}\t{}\t{}\n",
            difference.document,
            difference.kind,
            difference.parts.join("\t")
        ));
    }
    text + &print(&report.rows(&parts(args)))
}

fn as_json(args: &Args, report: &Report) -> String {
    let object: serde_json::Map<String, serde_json::Value> = report
        .rows(&parts(args))
        .into_iter()
        .map(|(label, counts)| (label.trim().to_owned(), serde_json::to_value(counts).unwrap_or_default()))
        .collect();
    serde_json::to_string_pretty(&object).unwrap_or_default() + "\n"
}

impl Least {
    fn judge(&self, report: &Report) -> Outcome {
        let least = [
            self.min_mentions,
            self.min_entities,
            self.min_relations,
            self.min_observations,
            self.min_figures,
        ];
        let below = Level::ALL.iter().zip(least).filter_map(|(level, least)| {
            let (f1, least) = (report.level(*level).f1(), least?);
            (f1 < least).then(|| format!("F1 of {level} is {f1:.3}, below {least}"))
        });
        let below: Vec<String> = below.collect();
        if below.is_empty() { Ok(()) } else { Err(Failure::said(Exit::No, below.join("; "))) }
    }
}
