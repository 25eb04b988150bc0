//! `jinxiu find`: names and sentences that hold some words.

use super::failure::{Exit, Failure, Outcome};
use super::frame::{Cell, Frame, Printing, TableFormat};
use super::language::Language;
use super::opened::StoreArg;
use super::terminal::Terminal;
use jinxiu::store::{Hit, SearchError, Store, shorten};

/// Find names and sentences that hold some words, in either script
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 if nothing is found. Example: jinxiu find 产业 --store graph")]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// The words
    words: String,
    /// Show at most N
    #[arg(long, value_name = "N", default_value = "20")]
    limit: usize,
    /// The script of names
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
    #[command(flatten)]
    printing: Printing,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    if args.words.trim().is_empty() {
        return Err(Failure::said(Exit::Usage, "name the words to be found"));
    }
    let store = args.store.open()?;
    let (hits, count) = store.search(&args.words, args.limit)?;
    let (format, output) = args.printing.chosen()?;
    args.frame(&hits, (&store, format)).write(format, &output)?;
    if count > hits.len() {
        terminal.note(&format!("{} of {count} shown; --limit shows more", hits.len()));
    }
    if hits.is_empty() {
        return Err(Failure::said(Exit::No, format_args!("nothing in the store holds {}", args.words)));
    }
    Ok(())
}

impl Args {
    /// For people the place of a sentence in one cell, for programs in three.
    fn frame(&self, hits: &[Hit], (store, format): (&Store, TableFormat)) -> Frame {
        let prefixes = store.base().prefixes();
        let places: &[&str] =
            if format.is_for_people() { &["at"] } else { &["iri", "document", "start", "end"] };
        let mut frame = Frame::new(places.iter().chain(&["words"]).copied());
        for hit in hits {
            let mut cells = match hit {
                Hit::Name { iri, .. } => {
                    vec![shorten(iri, &prefixes).into(), Cell::Empty, Cell::Empty, Cell::Empty]
                }
                Hit::Sentence { document, start, end, .. } if format.is_for_people() => {
                    vec![format!("{document}:{start}-{end}").into()]
                }
                Hit::Sentence { document, start, end, .. } => {
                    vec![Cell::Empty, document.as_str().into(), Cell::Whole(*start), Cell::Whole(*end)]
                }
            };
            cells.truncate(places.len());
            cells.push(match hit {
                Hit::Name { name, .. } => self.lang.name(name).into(),
                Hit::Sentence { words, .. } => words.as_str().into(),
            });
            frame.push(cells);
        }
        frame
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Store(error) => error.into(),
            other => Self::new(Exit::Store, other),
        }
    }
}
