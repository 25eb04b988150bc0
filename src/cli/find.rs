//! `jinxiu find`: names and sentences that hold some words.

use super::failure::{Exit, Failure, Outcome};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::terminal::Terminal;
use clap::ValueEnum;
use jinxiu::store::{Hit, SearchError, Store, shorten};
use serde_json::json;
use std::io::{self, Write};

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
    /// How to print what is found
    #[arg(short, long, value_enum, default_value = "text")]
    format: Format,
    /// The script of names
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Jsonl,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    if args.words.trim().is_empty() {
        return Err(Failure::said(Exit::Usage, "name the words to be found"));
    }
    let store = args.store.open()?;
    let (hits, count) = store.search(&args.words, args.limit)?;
    Output::Standard.write(|out| match args.format {
        Format::Text => hits.iter().try_for_each(|hit| args.text(hit, &store, out)),
        Format::Jsonl => hits.iter().try_for_each(|hit| writeln!(out, "{}", as_json(hit))),
    })?;
    if count > hits.len() {
        terminal.note(&format!("{} of {count} shown; --limit shows more", hits.len()));
    }
    if hits.is_empty() {
        return Err(Failure::said(Exit::No, format_args!("nothing in the store holds {}", args.words)));
    }
    Ok(())
}

impl Args {
    fn text(&self, hit: &Hit, store: &Store, out: &mut dyn Write) -> io::Result<()> {
        match hit {
            Hit::Name { iri, name } => {
                writeln!(out, "{}\t{}", shorten(iri, &store.base().prefixes()), self.lang.name(name))
            }
            Hit::Sentence { document, start, end, words } => {
                writeln!(out, "{document}:{start}-{end}\t{words}")
            }
        }
    }
}

fn as_json(hit: &Hit) -> serde_json::Value {
    match hit {
        Hit::Name { iri, name } => json!({"iri": iri, "name": name}),
        Hit::Sentence { document, start, end, words } => {
            json!({"document": document, "start": start, "end": end, "sentence": words})
        }
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
