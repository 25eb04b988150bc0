//! A graph in lots that fit into memory.

use super::is_mark;
use crate::rdf::Grouped;
use crate::store::view::plainly;
use crate::store::{Store, StoreError};
use oxigraph::model::{GraphNameRef, NamedNode, Quad};
use oxigraph::store::StorageError;

/// Quads that are handed on together, where a graph need not be whole.
const LOT: usize = 10_000;

/// Quads, some at a time.
pub(super) type Lots<'a> = Box<dyn Iterator<Item = Result<Vec<Quad>, StoreError>> + 'a>;

/// Quads handed on in lots; an error ends them.
pub(super) fn in_lots<'a>(mut quads: impl Iterator<Item = Result<Quad, StoreError>> + 'a) -> Lots<'a> {
    Box::new(std::iter::from_fn(move || {
        let lot = quads.by_ref().take(LOT).collect::<Result<Vec<_>, _>>();
        Some(lot).filter(|lot| lot.as_ref().map_or(true, |lot| !lot.is_empty()))
    }))
}

impl Store {
    /// The quads of a graph as queries see them, in one lot if they are few or a document's, which was in memory when it
    /// was read. More than that are sorted outside of memory, so that the lots are in order too.
    pub(super) fn lots_as_seen(&self, name: &NamedNode) -> Result<Lots<'_>, StoreError> {
        if self.base.document_of(name.as_str()).is_some() {
            return Ok(Box::new(std::iter::once(self.graph_as_seen(name))));
        }
        let mut quads = self.other_graph_as_seen(name);
        let first = quads.by_ref().take(LOT).collect::<Result<Vec<_>, _>>()?;
        if first.len() < LOT {
            return Ok(Box::new(std::iter::once(Ok(first))));
        }
        let failed = |error| self.failure(&StorageError::Io(error));
        let mut sorted = Grouped::default();
        for quad in first.into_iter().map(Ok).chain(quads) {
            sorted.push(&quad?).map_err(failed)?;
        }
        let sorted = sorted.quads().map_err(failed)?;
        Ok(in_lots(sorted.map(move |quad| quad.map_err(failed))))
    }

    /// The quads of a graph that is no document's, as queries see them.
    pub(super) fn other_graph_as_seen(
        &self,
        name: &NamedNode,
    ) -> Box<dyn Iterator<Item = Result<Quad, StoreError>> + '_> {
        let is_identity = *name == self.base.identity();
        let quads = self.inner.quads_for_pattern(None, None, None, Some(GraphNameRef::from(name.as_ref())));
        Box::new(quads.filter_map(move |quad| match quad {
            Ok(quad) if is_identity => (!is_mark(&quad)).then_some(Ok(quad)),
            Ok(quad) => {
                let graph_name = quad.graph_name.clone();
                plainly(quad).map(|quad| Ok(Quad { graph_name, ..quad }))
            }
            Err(error) => Some(Err(self.failure(&error))),
        }))
    }
}
