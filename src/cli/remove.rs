//! `jinxiu remove`: takes documents out of a store.

use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
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
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let mut store = Store::open_for_writing(&args.store.path)?;
    let there = store.documents()?;
    if let Some(unknown) = args.documents.iter().find(|d| there.iter().all(|t| t.id != **d)) {
        let close = nearest(unknown, there.iter().map(|d| d.id.as_str()));
        let hint = close.map(|c| format!("; the closest one is {c}")).unwrap_or_default();
        return Err(Failure::said(Exit::Input, format_args!("the store has no document {unknown}{hint}")));
    }
    for document in &args.documents {
        store.remove(document)?;
    }
    store.finish()?;
    terminal.note(&format!("{} of {} documents removed", args.documents.len(), there.len()));
    Ok(())
}
