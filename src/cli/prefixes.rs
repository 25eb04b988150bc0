//! `jinxiu prefixes`: lists the prefixes that need no declaration.

use super::failure::Outcome;
use super::frame::{Cell, Frame, Printing};
use super::project::Project;
use jinxiu::rdf::Base;
use jinxiu::store::Store;
use std::path::PathBuf;

/// List the prefixes that need no declaration in a query
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Further ones may stand under [prefixes] in a file jinxiu.toml, in this folder or one above it.\n\n\
Example: jinxiu prefixes"
)]
pub struct Args {
    /// The folder of a store whose entities have another base
    #[arg(short, long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    printing: Printing,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let base = match &args.store {
        Some(path) => Store::open(path)?.base().clone(),
        None => Base::default(),
    };
    let mut rows = Frame::new(["prefix", "iri"]);
    let own = Project::here()?.prefixes();
    let mut prefixes = base.prefixes();
    prefixes.retain(|(prefix, _)| own.iter().all(|(known, _)| known != prefix));
    prefixes.extend(own);
    prefixes.sort();
    for (prefix, iri) in prefixes {
        rows.push([prefix, iri].map(Cell::from).into());
    }
    args.printing.print(&rows)
}
