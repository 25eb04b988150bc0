//! Stores and RDF files read together into memory, to be asked as one.

use super::{Store, StoreError};
use crate::rdf::{Base, ReadError, Syntax, stream_quads};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, QuadRef};
use oxigraph::store::Store as Oxigraph;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Something that cannot be read together with the rest.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// A store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that cannot be opened, or not be read to its end.
    #[error("{path}: cannot read: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A file whose name tells no syntax.
    #[error("{path}: no RDF syntax goes with this extension; ttl, trig, nt, nq, rdf, jsonld and n3 do", path = path.display())]
    Extension {
        /// The file.
        path: PathBuf,
    },
    /// A file that breaks its syntax.
    #[error("{path}: {error}", path = path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why.
        error: ReadError,
    },
}

impl Store {
    /// An empty store in memory.
    pub fn in_memory(base: Base) -> Result<Self, StoreError> {
        let path = PathBuf::from("memory");
        let inner = Oxigraph::new().map_err(|e| StoreError::new(&path, &e))?;
        Self::over(inner, &path, &base)
    }

    /// Reads stores (folders) and RDF files into one store in memory. What a file states outside of named graphs gets a
    /// graph that is called after the file; queries see all graphs at once, as in a store on disk.
    pub fn gather(sources: &[PathBuf]) -> Result<Self, GatherError> {
        let mut store = Self::in_memory(Base::default())?;
        for source in sources {
            let quads = match source.is_dir() {
                true => Self::open(source)?.quads(None)?,
                false => file_quads(source)?.collect::<Result<_, _>>()?,
            };
            store.add(&quads)?;
        }
        if let Some(base) = super::base_of(&store.inner, &store.path)? {
            store.base = base;
        }
        Ok(store)
    }

    fn add(&self, quads: &[Quad]) -> Result<(), StoreError> {
        let seen = quads.iter().map(|q| QuadRef { graph_name: GraphNameRef::DefaultGraph, ..q.as_ref() });
        let mut loader = self.inner.bulk_loader();
        let all = quads.iter().map(Quad::as_ref).chain(seen).map(QuadRef::into_owned);
        loader.load_quads(all).map_err(|e| self.failure(&e))?;
        loader.commit().map_err(|e| self.failure(&e))
    }
}

/// The quads of an RDF file, its syntax told by its extension; triples stand in a graph called after the file.
pub fn file_quads(
    path: &Path,
) -> Result<impl Iterator<Item = Result<Quad, GatherError>> + use<>, GatherError> {
    let name = path.extension().unwrap_or_default().to_string_lossy();
    let syntax = Syntax::parse(&name).ok_or_else(|| GatherError::Extension { path: path.to_owned() })?;
    let own = path.to_owned();
    let broken = move |error: ReadError| match error {
        ReadError::Io(reason) => GatherError::Unreadable { path: own.clone(), reason },
        error => GatherError::Syntax { path: own.clone(), error },
    };
    let file = File::open(path).map_err(|error| broken(error.into()))?;
    let graph = NamedNode::new_unchecked(file_iri(path));
    let quads = stream_quads(BufReader::new(file), syntax, Some(graph.as_str())).map_err(&broken)?;
    Ok(quads.map(move |quad| {
        let mut quad = quad.map_err(&broken)?;
        if quad.graph_name == GraphName::DefaultGraph {
            quad.graph_name = graph.clone().into();
        }
        Ok(quad)
    }))
}

/// `file:` and the absolute path, what an IRI forbids percent-encoded.
fn file_iri(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let segments = whole.to_string_lossy().split('/').map(crate::rdf::readable).collect::<Vec<_>>();
    format!("file://{}", segments.join("/"))
}
