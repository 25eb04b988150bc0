//! A query or an update as it is given: on the command line, in a file, or on standard input.

use super::failure::{Exit, Failure};
use super::project::Project;
use jinxiu::store::{Query, Store};
use oxrdf::Variable;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where the SPARQL is.
#[derive(Debug, clap::Args)]
pub struct Sparql {
    /// The SPARQL, or the name of a file that holds it; - or nothing reads it from standard input
    text: Option<String>,
    /// Read the SPARQL from FILE
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    file: Option<PathBuf>,
}

impl Sparql {
    /// The SPARQL with the prefixes that the project file adds.
    pub fn query(&self) -> Result<Query, Failure> {
        let mut query = Query::new(self.read()?);
        query.prefixes = Project::here()?.prefixes();
        Ok(query)
    }

    fn read(&self) -> Result<String, Failure> {
        match (&self.text, &self.file) {
            (_, Some(path)) => read(path),
            (Some(text), None) if is_file_name(text) => read(Path::new(text)),
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

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| Failure::file(path, "cannot read the query", &e))
}

/// Whether this names a file, as no SPARQL does that asks or changes anything.
fn is_file_name(text: &str) -> bool {
    let extension = Path::new(text).extension().and_then(|extension| extension.to_str());
    let usual = extension.is_some_and(|e| ["rq", "ru", "sparql"].contains(&e));
    !text.contains(['{', '\n']) && (usual || Path::new(text).is_file())
}

/// Gives variables of a query their values.
pub fn bind(query: &mut Query, given: &[String], store: &Store) -> Result<(), Failure> {
    for pair in given {
        let expected = || Failure::said(Exit::Usage, format_args!("--bind {pair}: NAME=VALUE is expected"));
        let (name, value) = pair.split_once('=').ok_or_else(expected)?;
        let name = name.trim().trim_start_matches(['?', '$']);
        let variable = Variable::new(name).map_err(|_| expected())?;
        if !query.has_variable(name) {
            let unknown = format_args!("--bind {pair}: the query has no variable ?{name}");
            return Err(Failure::said(Exit::Usage, unknown));
        }
        query.bindings.push((variable, store.value(value, &query.prefixes)));
    }
    Ok(())
}
