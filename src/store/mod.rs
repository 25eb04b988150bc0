//! The graph on disk: open, load, remove, ask.
//!
//! Goes in: quads of documents. Comes out: answers to SPARQL. Every document is one named graph, written in one
//! transaction, so that a run that is stopped leaves each document whole or absent. The default graph holds each triple
//! of the named graphs once: it is what queries see, so that nothing is counted twice that two documents state.

mod answer;
mod browse;
mod catalogue;
mod change;
mod compare;
mod edit;
mod export;
mod failure;
mod import;
mod labels;
mod linking;
mod memory;
mod query;
mod questions;
mod reason;
mod reprints;
mod resolve;
mod scan;
mod search;
mod shapes;
mod soundness;
mod state;
mod terms;
mod update;
mod view;

pub use answer::{Answer, Row, Rows, StandardFormat, write_boolean, write_rows};
pub use browse::{
    Conflict, Dated, Doubt, EvidenceCost, FigureRow, Found, Kind, Merge, Moment, NameRow, Quotation, Record,
    RelationRow, Sameness, Sheet, Sides, Unproven,
};
pub use catalogue::DocumentEntry;
pub use compare::{Difference, Stated, compare};
pub use export::{Graphs, Pieces, Wanted, WantedError};
pub use failure::{QueryError, StoreError};
pub use import::ImportError;
pub use memory::{GatherError, file_quads};
pub use query::{Asked, Explained, Plan, Planning, Query, Reach, Role, Trap, Unused};
pub use questions::{BindError, Parameter, Question, own_questions, parse_question};
pub use reason::{Inference, ReasonError, Reasoned, inferred_quads};
pub use scan::{nearest, shorten};
pub use search::{Hit, SearchError};
pub use shapes::{SHAPES, ShapesError, Violation};
pub use update::{Effect, Patch, UpdateError};

use crate::graph::Decisions;
use crate::rdf::{Base, STORE_FORMAT, vocabulary as v};
use oxigraph::model::{GraphName, GraphNameRef, Literal, Quad, Term};
use oxigraph::store::Store as Oxigraph;
use state::{State, Work};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use view::View;

/// A store in a folder.
pub struct Store {
    inner: Oxigraph,
    path: PathBuf,
    base: Base,
    decisions: Decisions,
    work: Work,
}

impl Store {
    /// Opens a store for writing; makes it, and the folders above it, where there is none. `base` matters only to a new
    /// store.
    pub fn create(path: &Path, base: &Base) -> Result<Self, StoreError> {
        refuse_other_folders(path)?;
        make_folder_above(path)?;
        let inner = Oxigraph::open(path).map_err(|e| StoreError::new(path, &e))?;
        sweep(path);
        let store = Self::over(inner, path, base)?;
        if store.described()?.is_empty() {
            store.recount()?;
        }
        Ok(store)
    }

    /// Opens a store for reading. Readers work side by side and see what had been written when they opened it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !is_store(path) {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        Self::over(open_settled(path)?, path, &Base::default())
    }

    /// A store with what it says of itself.
    fn over(inner: Oxigraph, path: &Path, base: &Base) -> Result<Self, StoreError> {
        let known = base_of(&inner, path)?.unwrap_or_else(|| base.clone());
        let (path, decisions) = (path.to_owned(), Decisions::default());
        let mut store = Self { inner, path, base: known, decisions, work: Work::default() };
        store.decisions = store.recorded_decisions()?;
        store.refuse_other_formats()?;
        Ok(store)
    }

    fn described(&self) -> Result<Vec<Quad>, StoreError> {
        State::committed(self).graph(&self.base.description())
    }

    /// A layout that this version does not write cannot be kept as a clean build would have it.
    fn refuse_other_formats(&self) -> Result<(), StoreError> {
        let current = Term::from(Literal::new_simple_literal(STORE_FORMAT));
        let node = self.base.description();
        let stated = State::committed(self).within(&node, (Some(&node), Some(v::JX_STORE_FORMAT), None))?;
        if stated.iter().any(|q| q.object == current) || self.described()?.is_empty() {
            return Ok(());
        }
        Err(StoreError::OtherFormat { path: self.path.clone() })
    }

    fn recorded_decisions(&self) -> Result<Decisions, StoreError> {
        let identity = self.base.identity();
        let quads =
            State::committed(self).within(&identity, (Some(&identity), Some(v::JX_DECISIONS), None))?;
        let text = quads.iter().find_map(|quad| terms::text_of(&quad.object));
        let read = Decisions::parse(text.unwrap_or_default());
        read.map_err(|e| StoreError::Corrupt { path: self.path.clone(), reason: format!("decisions: {e}") })
    }

    /// The decisions that it heeds.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// How many quads were read in order to change it, since it was opened.
    pub fn work(&self) -> usize {
        self.work.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Opens an existing store for writing.
    pub fn open_for_writing(path: &Path) -> Result<Self, StoreError> {
        if !is_store(path) {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        Self::create(path, &Base::default())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The base under which its entities are minted.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// All quads of the store in their graphs, or those of one document: as queries see them, things under the names
    /// they are merged into.
    pub fn quads(&self, document: Option<&str>) -> Result<Vec<Quad>, StoreError> {
        let found = self.as_found(document)?;
        let view = View::new(State::committed(self), &self.decisions);
        let mut graphs: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
        for quad in found {
            graphs.entry(quad.graph_name.to_string()).or_default().push(quad);
        }
        let mut quads = Vec::new();
        for group in graphs.into_values() {
            let Some(name) = group.first().map(|q| q.graph_name.clone()) else { continue };
            let seen = match &name {
                GraphName::NamedNode(node) if self.base.document_of(node.as_str()).is_some() => {
                    view.of(node.as_str(), group)?
                }
                _ => view::plain(group).collect(),
            };
            quads.extend(seen.into_iter().map(|quad| Quad { graph_name: name.clone(), ..quad }));
        }
        Ok(quads)
    }

    /// All quads of the store, or those of one document, as they were found.
    pub fn as_found(&self, document: Option<&str>) -> Result<Vec<Quad>, StoreError> {
        let graph = document.map(|d| self.base.graph(d));
        let graph = graph.as_ref().map(|g| GraphNameRef::from(g.as_ref()));
        let quads = self.inner.quads_for_pattern(None, None, None, graph);
        let apart = [GraphName::DefaultGraph, self.base.inferred().into()];
        let stated = quads.filter(|q| q.as_ref().map_or(true, |q| !apart.contains(&q.graph_name)));
        stated.collect::<Result<_, _>>().map_err(|e| self.failure(&e))
    }

    fn failure(&self, error: &oxigraph::store::StorageError) -> StoreError {
        StoreError::new(&self.path, error)
    }
}

/// Removes what an interrupted load left beside the store's own files; whoever holds the store may.
fn sweep(path: &Path) {
    for entry in path.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("bulk-") && name.ends_with(".sst") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn make_folder_above(path: &Path) -> Result<(), StoreError> {
    let above = path.parent().filter(|above| !above.as_os_str().is_empty());
    above
        .map_or(Ok(()), std::fs::create_dir_all)
        .map_err(|error| StoreError::Unusable { path: path.to_owned(), reason: error.to_string() })
}

/// Opens for reading. A writer that has just begun may be replacing files, so a failure is final only if it stays.
fn open_settled(path: &Path) -> Result<Oxigraph, StoreError> {
    let mut attempt = Oxigraph::open_read_only(path);
    for _ in 0..10 {
        if attempt.is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(30));
        attempt = Oxigraph::open_read_only(path);
    }
    // A writer would sweep up files that a damaged store still needs.
    let damaged = attempt.as_ref().is_err_and(|e| failure::tells_of_broken_files(&e.to_string()));
    if attempt.is_err() && !damaged && Oxigraph::open(path).is_ok() {
        // Killed before its first write, a store lacks what only a writer puts there.
        attempt = Oxigraph::open_read_only(path);
    }
    attempt.map_err(|e| StoreError::new(path, &e))
}

/// RocksDB keeps a file of this name in every database.
fn is_store(path: &Path) -> bool {
    path.join("CURRENT").is_file()
}

/// A folder that holds something else is never turned into a store.
fn refuse_other_folders(path: &Path) -> Result<(), StoreError> {
    let occupied = path.is_file()
        || path
            .read_dir()
            .is_ok_and(|entries| entries.flatten().any(|entry| !is_laid_down_first(&entry.file_name())));
    if occupied && !is_store(path) {
        return Err(StoreError::Occupied { path: path.to_owned() });
    }
    Ok(())
}

/// Files that RocksDB writes before the one that makes a database of the folder: all that a run killed at once leaves.
fn is_laid_down_first(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    matches!(&*name, "LOCK" | "LOG" | "IDENTITY") || name.starts_with("MANIFEST-") || name.ends_with(".dbtmp")
}

fn base_of(store: &Oxigraph, path: &Path) -> Result<Option<Base>, StoreError> {
    let mut spaces = store.quads_for_pattern(None, Some(v::URI_SPACE), None, None);
    match spaces.next() {
        Some(Ok(Quad { object: Term::Literal(base), .. })) => Ok(Base::new(base.value()).ok()),
        Some(Err(error)) => Err(StoreError::new(path, &error)),
        _ => Ok(None),
    }
}
