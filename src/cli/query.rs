//! `jinxiu query`: asks a store in SPARQL.

use super::answers::Asking;
use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
use super::terminal::Terminal;
use jinxiu::store::Query;
use std::io::Read;
use std::path::PathBuf;

/// Ask a store in SPARQL
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Common prefixes and jx: need no declaration; `jinxiu prefixes` lists them. A query sees all documents \
at once; GRAPH tells them apart.\n\nExample: jinxiu query --store graph 'SELECT ?p ?s { ?p a jx:Project ; jx:status ?s }'"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// The query; - or nothing reads it from standard input
    query: Option<String>,
    /// Read the query from FILE
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    file: Option<PathBuf>,
    #[command(flatten)]
    asking: Asking,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let text = args.text()?;
    let store = args.store.open()?;
    args.asking.run(&store, Query::new(text), terminal)
}

impl Args {
    fn text(&self) -> Result<String, Failure> {
        match (&self.query, &self.file) {
            (_, Some(path)) => {
                std::fs::read_to_string(path).map_err(|e| Failure::file(path, "cannot read the query", &e))
            }
            (Some(query), None) if query != "-" => Ok(query.clone()),
            _ => {
                let mut text = String::new();
                std::io::stdin()
                    .read_to_string(&mut text)
                    .map_err(|e| Failure::said(Exit::Input, format_args!("standard input: {e}")))?;
                Ok(text)
            }
        }
    }
}
