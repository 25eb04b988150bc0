//! What follows from a store, written to a file, and what cannot be true together.

use super::super::failure::{Exit, Failure, Outcome};
use super::super::output::Output;
use super::super::terminal::Terminal;
use jinxiu::rdf::{Syntax, write_quads};
use jinxiu::store::{ReasonError, Reasoned, Store, Violation, inferred_quads};
use std::path::{Path, PathBuf};

/// The file for what follows.
pub(super) struct Inferred {
    path: PathBuf,
    syntax: Syntax,
}

impl Inferred {
    /// A file whose name tells its syntax.
    pub(super) fn named(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let Some(syntax) = Syntax::parse(&extension) else {
            return Err(Failure::said(
                Exit::Usage,
                format_args!(
                    "{}: no RDF syntax goes with this extension; ttl, trig, nt, nq, rdf, jsonld and n3 do",
                    path.display()
                ),
            ));
        };
        Ok(Self { path: path.to_owned(), syntax })
    }

    fn write(&self, reasoned: &Reasoned, store: &Store) -> Outcome {
        let quads = inferred_quads(&reasoned.inferences, store.base());
        Output::File(self.path.clone()).write(|out| write_quads(quads, self.syntax, store.base(), out))
    }
}

/// Where what follows is kept.
pub(super) struct Kept<'a> {
    pub(super) file: Option<Inferred>,
    /// The folder of the store, if it shall hold it.
    pub(super) store: Option<&'a Path>,
}

/// Reasons over a store; what cannot be true together.
pub(super) fn run(store: &Store, kept: Kept<'_>, terminal: &Terminal) -> Result<Vec<Violation>, Failure> {
    let reasoned = store.reason().map_err(refusal)?;
    let mut places = Vec::new();
    if let Some(file) = kept.file {
        file.write(&reasoned, store)?;
        places.push(format!("written to {}", file.path.display()));
    }
    if let Some(folder) = kept.store {
        Store::open_for_writing(folder)?.save_inferences(&reasoned.inferences)?;
        places.push(format!("kept in the graph {}", store.base().inferred()));
    }
    let places = match places.is_empty() {
        true => "; --inferred FILE writes them".to_owned(),
        false => format!(", {}", places.join(" and ")),
    };
    terminal.note(&format!("{} statements follow{places}", reasoned.inferences.len()));
    Ok(reasoned.violations)
}

fn refusal(error: ReasonError) -> Failure {
    match error {
        ReasonError::Store(error) => error.into(),
        ReasonError::TooMuch => Failure::new(Exit::Limit, error),
        ReasonError::Rule(..) => Failure::new(Exit::Store, error),
    }
}
