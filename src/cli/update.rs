//! `jinxiu update`: changes a store in SPARQL.

use super::failure::{Exit, Failure, Outcome};
use super::opened::{Patience, StoreArg};
use super::output::Output;
use super::sparql::Sparql;
use super::terminal::Terminal;
use jinxiu::store::{Effect, UpdateError};
use std::path::PathBuf;

/// Change a store in SPARQL, or show what an update would change
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is deleted without a graph is deleted from every document that states it; what is inserted without \
a graph goes to a graph of its own. All of an update is done, or nothing.\n\nExample: jinxiu update --store graph --dry-run \
'DELETE { ?p jx:status jx:planned } WHERE { ?p jx:status jx:planned, jx:signed }'"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    sparql: Sparql,
    /// Change nothing; print the change as RDF Patch
    #[arg(long)]
    dry_run: bool,
    /// Write the change as RDF Patch to FILE
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    patience: Patience,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let update = args.sparql.query()?;
    for (term, _) in update.unknown_terms() {
        terminal.note(&format!("jinxiu: the ontology has no term jx:{term}"));
    }
    let mut store = args.store.open_for_writing(args.patience)?;
    let effect = if args.dry_run { Effect::Shown } else { Effect::Made };
    let patch = store.update(&update, effect)?;
    if args.dry_run || args.output.is_some() {
        Output::named(args.output.as_deref()).write(|out| patch.write(out))?;
    }
    let (removed, added) = (patch.removed.len(), patch.added.len());
    let would = if args.dry_run { "would be " } else { "" };
    terminal.note(&format!("{removed} quads {would}removed, {added} {would}added"));
    Ok(())
}

impl From<UpdateError> for Failure {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::Query(error) => error.into(),
            UpdateError::Store(error) => error.into(),
            UpdateError::Elsewhere(_) => Self::new(Exit::Usage, error),
        }
    }
}
