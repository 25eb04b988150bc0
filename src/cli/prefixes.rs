//! `jinxiu prefixes`: lists the prefixes that need no declaration.

use super::failure::Outcome;
use super::output::Output;
use super::table::Rows;
use jinxiu::rdf::Base;
use jinxiu::store::Store;
use std::path::PathBuf;

/// List the prefixes that need no declaration in a query
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu prefixes")]
pub struct Args {
    /// The folder of a store whose entities have another base
    #[arg(short, long, value_name = "DIR")]
    store: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let base = match &args.store {
        Some(path) => Store::open(path)?.base().clone(),
        None => Base::default(),
    };
    let mut rows = Rows::new(&["prefix", "iri"]);
    for (prefix, iri) in base.prefixes() {
        rows.push(vec![prefix, iri]);
    }
    let output = Output::Standard;
    let terminal = output.is_terminal();
    output.write(|out| if terminal { rows.write_table(out) } else { rows.write_tsv(out) })
}
