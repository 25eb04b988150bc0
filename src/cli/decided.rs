//! The `--decisions` argument, the file it names, and what follows from it.

use super::failure::{Exit, Failure, Outcome};
use super::terminal::{Terminal, say};
use jinxiu::graph::Decisions;
use jinxiu::pipeline::extract_apart;
use jinxiu::rdf::{Base, Run, Source, document_quads};
use jinxiu::store::Store;
use jinxiu::text::Text;
use oxrdf::Quad;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Which decisions to heed.
#[derive(Debug, Clone, clap::Args)]
pub struct DecisionsArg {
    /// The file with people's decisions about identity [default: DIR.decisions.tsv beside the store]
    #[arg(long = "decisions", value_name = "FILE")]
    file: Option<PathBuf>,
}

impl DecisionsArg {
    /// The file for a store.
    pub fn path(&self, store: &Path) -> PathBuf {
        self.file.clone().unwrap_or_else(|| {
            let mut name = store.components().as_path().as_os_str().to_owned();
            name.push(".decisions.tsv");
            PathBuf::from(name)
        })
    }

    /// Reads the file, if there is one; a file that was named must be there. Says what contradicts itself.
    pub fn read(&self, store: &Path) -> Result<Decisions, Failure> {
        let path = self.path(store);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && self.file.is_none() => {
                return Ok(Decisions::default());
            }
            Err(error) => return Err(Failure::file(&path, "cannot read", &error)),
        };
        let decisions = Decisions::parse(&text)
            .map_err(|error| Failure::said(Exit::Input, format_args!("{}: {error}", path.display())))?;
        for contradiction in decisions.contradictions() {
            say(format_args!("jinxiu: {}: {contradiction}", path.display()));
        }
        Ok(decisions)
    }
}

/// Heeds decisions: reads again the texts in which other names are told apart than before, then merges by them. Says which
/// mentions are named and not there.
pub fn heed(decisions: &Decisions, store: &mut Store, terminal: &Terminal) -> Outcome {
    let named = store.decisions().mentions().chain(decisions.mentions());
    let documents: BTreeSet<String> = named.map(|(_, document, _)| document.to_owned()).collect();
    for document in &documents {
        if store.decisions().homonyms(document) != decisions.homonyms(document) {
            read_again(document, decisions, store)?;
        }
    }
    store.decide(decisions)?;
    for (thing, document, _) in decisions.mentions() {
        if store.text(document)?.is_some() && !store.is_found(thing)? {
            terminal.note(&format!("decisions: {document} names nothing there that is {thing}"));
        }
    }
    Ok(())
}

fn read_again(document: &str, decisions: &Decisions, store: &mut Store) -> Outcome {
    let Some(text) = store.text(document)? else { return Ok(()) };
    let run = Run { min_confidence: store.min_confidence(document)?, ..Run::default() };
    let quads = quads_of(document, &Text::new(&text), decisions, (store.base(), &run));
    Ok(store.load(document, &quads)?)
}

/// The graph of a text, in which decisions tell names apart.
pub fn quads_of(id: &str, text: &Text, decisions: &Decisions, (base, run): (&Base, &Run)) -> Vec<Quad> {
    let found = extract_apart(id, text, &decisions.homonyms(id)).at_least(run.min_confidence);
    document_quads(Source { text, extraction: &found }, base, run)
}
