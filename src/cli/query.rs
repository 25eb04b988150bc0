//! `jinxiu query`: asks a store in SPARQL.

use super::answers::Asking;
use super::failure::{Exit, Failure, Outcome};
use super::opened::Sources;
use super::project::Project;
use super::terminal::Terminal;
use jinxiu::store::Query;
use oxrdf::Variable;
use std::io::Read;
use std::path::PathBuf;

/// Ask a store in SPARQL
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Common prefixes and jx: need no declaration; `jinxiu prefixes` lists them. A query sees all documents \
at once; GRAPH tells them apart.\n\n--data asks stores and RDF files together, without building anything.\n\nExample: jinxiu query --store graph 'SELECT ?p ?s { ?p a jx:Project ; jx:status ?s }'"
)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    /// The query; - or nothing reads it from standard input
    query: Option<String>,
    /// Read the query from FILE
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    file: Option<PathBuf>,
    /// Give a variable a value: a term such as jx:signed, "太原市"@zh-Hans or 2021, else plain text
    #[arg(short, long, value_name = "NAME=VALUE")]
    bind: Vec<String>,
    #[command(flatten)]
    asking: Asking,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let text = args.text()?;
    let (store, project) = (args.sources.open()?, Project::here()?);
    let mut query = Query::new(text);
    query.prefixes = project.prefixes();
    for given in &args.bind {
        let (name, value) = binding(given)?;
        query.bindings.push((name, store.value(&value, &query.prefixes)));
    }
    args.asking.run(&store, query, terminal)
}

/// A variable and what it shall be.
fn binding(given: &str) -> Result<(Variable, String), Failure> {
    let expected = || Failure::said(Exit::Usage, format_args!("--bind {given}: NAME=VALUE is expected"));
    let (name, value) = given.split_once('=').ok_or_else(expected)?;
    let name = name.trim().trim_start_matches(['?', '$']);
    Ok((Variable::new(name).map_err(|_| expected())?, value.to_owned()))
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
