//! `jinxiu train`: learns the weights that ship with the program, or another set of them, from annotated texts.

mod weak;

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use clap::{Args as ClapArgs, Subcommand};
use jinxiu::document::{Class, Extraction};
use jinxiu::facts::figures::choice;
use jinxiu::facts::relations::{self, Training};
use jinxiu::mentions::rescoring::{self, Rescorer};
use jinxiu::mentions::tagger::{self, Kinds, Score, Settings, Tagger, precision_recall_f1};
use jinxiu::mentions::{Sought, inner};
use jinxiu::text::{Naming, Source, Text, find};
use jinxiu::{mentions, pipeline};
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Learn weights from annotated texts
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: jinxiu train relations gold/ --texts texts/ -o relations.bin")]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// The kinds of words that the tagger tells apart, from texts that nobody annotated
    Kinds(weak::CorpusArgs),
    /// The weights of the first tagger, from what another tagger found
    Names(weak::Args),
    /// The trees that weigh probable names by the whole document
    #[command(after_help = "Example: jinxiu train rescoring gold/ --texts texts/ -o rescoring.bin")]
    Rescoring(Annotated),
    /// The trees that judge figures and weigh their bearers and periods, from what the program finds in texts with annotated figures
    #[command(after_help = "Example: jinxiu train figures gold/ --texts texts/ -o figures.bin")]
    Figures(Annotated),
    /// The weights of the relations between names
    Relations(Annotated),
    /// The weights of the tagger of names
    Tagger(TaggerArgs),
    /// The weights of the tagger of the names inside a project's name
    #[command(after_help = "Example: jinxiu train inner gold/ --texts texts/ -o inner.bin")]
    Inner(TaggerArgs),
}

/// Annotated texts, and how to measure on them.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: jinxiu train tagger gold/ --texts texts/ --folds 5 -o tagger.bin")]
struct TaggerArgs {
    #[command(flatten)]
    annotated: Annotated,
    /// Before that, train on all but one part of N and print the scores on that part, for each part
    #[arg(long, value_name = "N")]
    folds: Option<NonZeroUsize>,
}

/// Annotated texts, and where the weights go.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: jinxiu train relations gold/ --texts texts/ -o relations.bin")]
struct Annotated {
    /// Annotations: .json or .jsonl files in the format of `extract --format jsonl`, or folders of them
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// The folder in which (or below which) the annotated texts lie, each named after its id
    #[arg(long, value_name = "DIR")]
    texts: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    match &args.kind {
        Kind::Rescoring(annotated) => write(&annotated.output, &rescoring_weights(&annotated.read()?)),
        Kind::Relations(annotated) => write(&annotated.output, &relation_weights(&annotated.read()?)),
        Kind::Figures(annotated) => write(&annotated.output, &figure_weights(&annotated.read()?)),
        Kind::Tagger(args) => tagger_weights(args, tagger::Annotated::new, Class::ALL),
        Kind::Inner(args) => tagger_weights(args, tagger::Annotated::inside_projects, &inner::CLASSES),
        Kind::Kinds(args) => word_kinds(args),
        Kind::Names(args) => {
            write(&args.output, &tagger::train_first(&args.read()?, &Settings::first()).to_bytes())
        }
    }
}

fn word_kinds(args: &weak::CorpusArgs) -> Outcome {
    let kinds = Kinds::learn(&args.read()?);
    if kinds.is_empty() {
        return Err(Failure::said(
            Exit::Input,
            "no word occurs often enough to have a kind; give more texts",
        ));
    }
    write(&args.output, &kinds.to_bytes())
}

fn write(output: &Path, bytes: &[u8]) -> Outcome {
    Output::named(Some(output)).write(|out| out.write_all(bytes))
}

/// What a tagger learns from an annotated text.
type Lesson = fn(&Text, &Extraction) -> tagger::Annotated;

fn lessons(annotated: &[(Extraction, Text)], lesson: Lesson) -> Vec<tagger::Annotated> {
    annotated.iter().map(|(gold, text)| lesson(text, gold)).collect()
}

fn tagger_weights(args: &TaggerArgs, lesson: Lesson, classes: &[Class]) -> Outcome {
    let read = args.annotated.read()?;
    let texts = lessons(&read, lesson);
    if let Some(folds) = args.folds {
        print_folds(&texts, classes, folds.get())?;
    }
    write(&args.annotated.output, &tagger::train_on(&texts, classes, &Settings::default()).to_bytes())
}

/// Prints how models trained on the other parts do on each part of the texts.
fn print_folds(texts: &[tagger::Annotated], classes: &[Class], folds: usize) -> Outcome {
    let mut score = Score::default();
    for fold in 0..folds {
        let model = without_fold(texts, classes, (fold, folds));
        texts.iter().skip(fold).step_by(folds).for_each(|text| score.add(&model, text));
    }
    let row = |name: &str, counts: [usize; 3]| {
        let [precision, recall, f1] = precision_recall_f1(counts);
        format!("{name}\t{precision:.3}\t{recall:.3}\t{f1:.3}\t{}", counts[2])
    };
    let rows = classes.iter().zip(&score.rows).map(|(class, counts)| row(class.as_str(), *counts));
    let mut lines = rows.chain([row("all", score.total())]);
    Output::Standard.write(|out| {
        writeln!(out, "class\tprecision\trecall\tf1\tannotated")?;
        lines.try_for_each(|line| writeln!(out, "{line}"))
    })
}

/// A model that has not seen each text whose index leaves the rest `fold`.
fn without_fold(
    texts: &[tagger::Annotated],
    classes: &[Class],
    (fold, folds): (usize, usize),
) -> tagger::Model {
    let others = texts.iter().enumerate().filter(|(at, _)| at % folds != fold).map(|(_, text)| text);
    tagger::train_on(others, classes, &Settings::default())
}

/// What taggers say of texts that they have not seen, fold by fold: for each fold the tagger of the names inside projects'
/// names, and what the other one seeks in each text of the fold.
fn sought_unseen(annotated: &[(Extraction, Text)]) -> Vec<(Tagger, Vec<Sought>)> {
    let texts = lessons(annotated, tagger::Annotated::new);
    let projects = lessons(annotated, tagger::Annotated::inside_projects);
    let of_fold = |fold: usize| {
        let tagger = Tagger::new(without_fold(&texts, Class::ALL, (fold, TAGGER_FOLDS)));
        let inner = Tagger::new(without_fold(&projects, &inner::CLASSES, (fold, TAGGER_FOLDS)));
        (inner, in_fold(annotated, fold).map(|(_, text)| mentions::seek(text, &tagger)).collect())
    };
    (0..TAGGER_FOLDS).map(of_fold).collect()
}

/// The texts of a fold.
fn in_fold(annotated: &[(Extraction, Text)], fold: usize) -> impl Iterator<Item = &(Extraction, Text)> {
    annotated.iter().skip(fold).step_by(TAGGER_FOLDS)
}

/// What each fold teaches the rescorer.
fn rescoring_lessons(
    annotated: &[(Extraction, Text)],
    sought: &[(Tagger, Vec<Sought>)],
) -> Vec<rescoring::Training> {
    let of_fold = |(fold, (_, sought)): (usize, &(Tagger, Vec<Sought>))| {
        let mut training = rescoring::Training::default();
        in_fold(annotated, fold)
            .zip(sought)
            .for_each(|((gold, text), sought)| training.add(text, gold, sought));
        training
    };
    sought.iter().enumerate().map(of_fold).collect()
}

/// A rescorer that has learnt from all folds but perhaps one.
fn rescorer(lessons: &[rescoring::Training], without: Option<usize>) -> Rescorer {
    let taught = lessons.iter().enumerate().filter(|(fold, _)| Some(*fold) != without);
    rescoring::Training::grow(taught.map(|(_, lesson)| lesson))
}

fn rescoring_weights(annotated: &[(Extraction, Text)]) -> Vec<u8> {
    rescorer(&rescoring_lessons(annotated, &sought_unseen(annotated)), None).to_bytes()
}

/// Relations are learnt between the names as annotated, and once more between those that models find which have not
/// seen the text.
fn relation_weights(annotated: &[(Extraction, Text)]) -> Vec<u8> {
    let mut training = Training::default();
    for (gold, text) in annotated {
        training.add(text, gold);
    }
    let unseen = sought_unseen(annotated);
    let lessons = rescoring_lessons(annotated, &unseen);
    for (fold, (inner, sought)) in unseen.iter().enumerate() {
        let rescorer = rescorer(&lessons, Some(fold));
        for ((gold, text), sought) in in_fold(annotated, fold).zip(sought) {
            let mentions = mentions::decide(text, sought, &rescorer, inner);
            let things = pipeline::things(text, &mentions);
            training.add_found(text, gold, mentions, things);
        }
    }
    relations::train(&training).to_bytes()
}

/// Bearers and periods of figures are learnt from the names that the program finds.
fn figure_weights(annotated: &[(Extraction, Text)]) -> Vec<u8> {
    let mut training = choice::Training::default();
    for (gold, text) in annotated.iter().filter(|(gold, _)| !gold.observations.is_empty()) {
        let mentions = mentions::find(text);
        let things = pipeline::things(text, &mentions);
        training.add(text, gold, mentions, things);
    }
    training.learn().to_bytes()
}

/// Into how many parts the texts are split for taggers that have not seen them.
const TAGGER_FOLDS: usize = 4;

impl Annotated {
    /// Every annotation with its text, in the order of their ids.
    fn read(&self) -> Result<Vec<(Extraction, Text)>, Failure> {
        let sources = find(std::slice::from_ref(&self.texts), Naming::Stem)
            .map_err(|error| Failure::new(Exit::Input, error))?;
        let by_id: BTreeMap<&str, &Source> = sources.iter().map(|s| (s.id.as_str(), s)).collect();
        let mut annotations = annotations(&self.gold)?;
        annotations.sort_by(|a, b| a.id.cmp(&b.id));
        annotations.into_iter().map(|gold| with_text(gold, &by_id)).collect()
    }
}

/// All annotations in files and folders.
fn annotations(paths: &[PathBuf]) -> Result<Vec<Extraction>, Failure> {
    let mut annotations = Vec::new();
    for path in files(paths)? {
        annotations.extend(annotations_in(&path)?);
    }
    Ok(annotations)
}

fn with_text(gold: Extraction, by_id: &BTreeMap<&str, &Source>) -> Result<(Extraction, Text), Failure> {
    let source = by_id.get(gold.id.as_str()).ok_or_else(|| {
        Failure::said(Exit::Input, format_args!("{}: no text of this id; check --texts", gold.id))
    })?;
    let text = source.read().map_err(|error| Failure::new(Exit::Input, error))?;
    if !gold.text_sha256.is_empty() && gold.text_sha256 != text.sha256 {
        return Err(Failure::said(
            Exit::Input,
            format_args!("{}: not the text that was annotated (SHA-256 differs)", source.place()),
        ));
    }
    Ok((gold, text))
}

/// The annotation files that the paths name, folders opened, in the order of their paths.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = fs::read_dir(path).map_err(|e| Failure::file(path, "cannot read", &e))?;
            files.extend(
                entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|p| is_annotation(p)),
            );
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    Ok(files)
}

fn is_annotation(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "json" || e == "jsonl")
}

/// One annotation in a `.json` file, one in each line of any other.
fn annotations_in(path: &Path) -> Result<Vec<Extraction>, Failure> {
    let content = fs::read_to_string(path).map_err(|error| Failure::file(path, "cannot read", &error))?;
    let whole = path.extension().is_some_and(|e| e == "json");
    let pieces: Vec<&str> = if whole {
        vec![content.as_str()]
    } else {
        content.lines().filter(|l| !l.trim().is_empty()).collect()
    };
    pieces
        .iter()
        .zip(1..)
        .map(|(piece, line)| {
            serde_json::from_str(piece).map_err(|error| {
                Failure::said(Exit::Input, format_args!("{}, annotation {line}: {error}", path.display()))
            })
        })
        .collect()
}
