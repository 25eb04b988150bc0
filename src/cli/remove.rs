//! `jinxiu remove`: takes documents out of a store.

use super::decided::{DecisionsArg, heed};
use super::failure::{Exit, Failure, Outcome};
use super::interrupt;
use super::opened::{Patience, StoreArg};
use super::terminal::Terminal;
use jinxiu::store::{Store, nearest};

/// Take documents out of a store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What other documents state stays: the store is then the one that they alone would give.\n\n\
Example: jinxiu remove interview --store graph"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// Ids of documents; `jinxiu ask documents` lists them
    #[arg(required = true, value_name = "ID")]
    documents: Vec<String>,
    #[command(flatten)]
    patience: Patience,
    #[command(flatten)]
    decisions: DecisionsArg,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let decisions = args.decisions.read(&args.store.path)?;
    let _writing = interrupt::writing();
    let mut store = args.store.open_for_writing(args.patience)?;
    for document in &args.documents {
        if store.reading(document)?.is_none() {
            return Err(unknown(document, &store)?);
        }
    }
    let mut removed = 0;
    for document in args.documents.iter().take_while(|_| !interrupt::is_asked()) {
        removed += usize::from(store.remove(document)?);
    }
    heed(&decisions, &mut store, terminal)?;
    store.finish()?;
    terminal.note(&format!("{removed} documents removed, {} left", store.counts()?.documents));
    interrupt::outcome("what was removed is gone")
}

fn unknown(document: &str, store: &Store) -> Result<Failure, Failure> {
    let there = store.documents()?;
    let close = nearest(document, there.iter().map(|d| d.id.as_str()));
    let hint = close.map(|c| format!("; the closest one is {c}")).unwrap_or_default();
    Ok(Failure::said(Exit::Input, format_args!("the store has no document {document}{hint}")))
}
