//! RDF from elsewhere, graph by graph.

use super::edit::MERGING;
use super::terms::graph_of;
use super::{Store, StoreError};
use crate::rdf::inner_quads;
use oxigraph::model::{NamedNode, Quad};
use std::io;
use std::iter::{Peekable, from_fn};

/// How many quads are kept in memory before they are stored together.
const TOGETHER: usize = 200_000;

/// Why an import did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The quads cannot be read.
    #[error("the quads cannot be sorted: {0}")]
    Io(#[from] io::Error),
}

impl Store {
    /// Puts graphs, whose quads come one graph after another, in place of those of the same name; tells how many. A run
    /// that is stopped leaves each of them whole or absent.
    pub fn import(&mut self, quads: impl Iterator<Item = io::Result<Quad>>) -> Result<usize, ImportError> {
        let mut quads = quads.peekable();
        let (mut waiting, mut size, mut count) = (Vec::new(), 0, 0);
        let mut merges = Vec::new();
        while let Some(first) = quads.next() {
            let mut group = vec![first?];
            let Some(graph) = graph_of(&group[0]).cloned() else { continue };
            group.extend(from_fn(|| next_of(&graph, &mut quads)).take(TOGETHER));
            count += 1;
            if group.len() > TOGETHER && self.is_new_of_others(&graph)? {
                let rest = from_fn(|| next_of(&graph, &mut quads));
                self.load_new(group.into_iter().chain(rest), self.stroke_marks(&graph).into_iter())?;
                continue;
            }
            group.extend(from_fn(|| next_of(&graph, &mut quads)));
            if graph == self.base.identity() {
                merges
                    .extend(group.iter().filter(|quad| MERGING.contains(&quad.predicate.as_ref())).cloned());
            } else if self.base.document_of(graph.as_str()).is_some() {
                group.extend(inner_quads(&group, &self.base));
            }
            size += group.len();
            waiting.push((graph, group));
            if size > TOGETHER {
                self.load_graphs(&waiting)?;
                (waiting, size) = (Vec::new(), 0);
            }
        }
        self.load_graphs(&waiting)?;
        self.keep_merges(&merges)?;
        Ok(count)
    }

    /// Whether a graph is neither there nor a document's nor worked out, so that it need not be in memory as a whole.
    fn is_new_of_others(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        let known = self.works_out(graph) || self.base.document_of(graph.as_str()).is_some();
        Ok(!(known || self.has_graph(graph)?))
    }
}

/// The next quad if it is of the same graph.
fn next_of(graph: &NamedNode, quads: &mut Peekable<impl Iterator<Item = io::Result<Quad>>>) -> Option<Quad> {
    let same = |quad: &io::Result<Quad>| quad.as_ref().is_ok_and(|quad| graph_of(quad) == Some(graph));
    quads.next_if(same)?.ok()
}
