//! `jinxiu query`: asks a store in SPARQL.

use super::answers::Asking;
use super::failure::Outcome;
use super::opened::Sources;
use super::sparql::{Sparql, bind};
use super::terminal::Terminal;

/// Ask a store in SPARQL
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Common prefixes and jx: need no declaration; `jinxiu prefixes` lists them. A query sees all documents \
at once; GRAPH tells them apart. --data asks stores and RDF files together, without building anything.\n\nExample: \
jinxiu query --store graph 'SELECT ?p ?s { ?p a jx:Project ; jx:status ?s }'"
)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    sparql: Sparql,
    /// Give a variable a value: a term such as jx:signed, "太原市"@zh-Hans or 2021, else plain text
    #[arg(short, long, value_name = "NAME=VALUE")]
    bind: Vec<String>,
    #[command(flatten)]
    asking: Asking,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let mut query = args.sparql.query()?;
    let store = args.sources.open()?;
    bind(&mut query, &args.bind, &store)?;
    let outcome = args.asking.run(&store, query, terminal);
    terminal.leave(store);
    outcome
}
