//! `jinxiu train names`: texts without annotation, and what another tagger says of them.

use super::super::failure::{Exit, Failure};
use jinxiu::document::Class;
use jinxiu::mentions::Candidate;
use jinxiu::text::Text;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Texts that nobody annotated, and where what is learnt goes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu train kinds --corpus news.jsonl -o kinds.bin")]
pub struct CorpusArgs {
    /// The texts: JSON lines of {"id", "text"}
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

impl CorpusArgs {
    /// The texts in the order of their ids.
    pub fn read(&self) -> Result<Vec<Text>, Failure> {
        Ok(items(&self.corpus)?.iter().map(|item| Text::new(&item.text)).collect())
    }
}

/// Texts that another tagger has read, and where the weights go.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: jinxiu train names --corpus news.jsonl --hints found.jsonl --without gold/ -o names.bin"
)]
pub struct Args {
    /// The texts: JSON lines of {"id", "text"}
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// What another tagger found in them: JSON lines of {"id", "spans": [[start, end, "PER"|"LOC"|"ORG"], …]}
    #[arg(long, value_name = "FILE")]
    hints: PathBuf,
    /// Annotated texts to leave out, so that they stay new to the first tagger: .json or .jsonl files, or folders of them
    #[arg(long, value_name = "GOLD")]
    without: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Hints {
    id: String,
    spans: Vec<(usize, usize, String)>,
}

impl Args {
    /// The texts with what was found in them, in the order of their ids.
    pub fn read(&self) -> Result<Vec<(Text, Vec<Candidate>)>, Failure> {
        let hints: Vec<Hints> = lines(&self.hints)?;
        let hints: BTreeMap<String, Hints> = hints.into_iter().map(|h| (h.id.clone(), h)).collect();
        let annotated: BTreeSet<String> =
            super::annotations(&self.without)?.into_iter().map(|a| a.text_sha256).collect();
        let read = |item: Item| {
            let hints = hints.get(&item.id)?;
            let text = Text::new(&item.text);
            let found = candidates(&text, hints);
            (!annotated.contains(&text.sha256)).then_some((text, found))
        };
        Ok(items(&self.corpus)?.into_iter().filter_map(read).collect())
    }
}

/// The texts of a file, by id.
fn items(path: &Path) -> Result<Vec<Item>, Failure> {
    let mut items: Vec<Item> = lines(path)?;
    items.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(items)
}

fn candidates(text: &Text, hints: &Hints) -> Vec<Candidate> {
    let candidate = |(start, end, kind): &(usize, usize, String)| {
        let (start, end) = text.view.from_text(*start, *end);
        (start < end).then_some(Candidate { start, end, class: class(kind)?, rule: "hint" })
    };
    hints.spans.iter().filter_map(candidate).collect()
}

fn class(kind: &str) -> Option<Class> {
    match kind {
        "PER" => Some(Class::Person),
        "LOC" => Some(Class::Place),
        "ORG" => Some(Class::Organization),
        _ => None,
    }
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let content = fs::read_to_string(path).map_err(|error| Failure::file(path, "cannot read", &error))?;
    let line = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| {
            Failure::said(Exit::Input, format_args!("{}, line {}: {error}", path.display(), number + 1))
        })
    };
    content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(line).collect()
}
