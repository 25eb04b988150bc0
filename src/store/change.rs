//! Documents come and go.

use super::{Store, StoreError};
use crate::rdf::{describe, ontology_graph};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, Quad, QuadRef};
use oxigraph::store::Transaction;
use std::collections::HashSet;

impl Store {
    /// Puts a document's quads in place of whatever its graph held, in one transaction.
    pub fn load(&mut self, document: &str, quads: &[Quad]) -> Result<(), StoreError> {
        let graph = self.base.graph(document);
        self.replace(graph.as_ref(), quads)
    }

    /// Puts quads in place of whatever a graph held that is no document's, in one transaction.
    pub fn load_graph(&mut self, graph: &NamedNode, quads: &[Quad]) -> Result<(), StoreError> {
        self.replace(graph.as_ref(), quads)
    }

    /// Loads documents of which most are new: those that the store does not hold in one stroke, the others one by one.
    /// A run that is stopped leaves all of the new ones or none.
    pub fn load_all(&mut self, documents: &[(String, Vec<Quad>)]) -> Result<(), StoreError> {
        let mut fresh = Vec::new();
        for (id, quads) in documents {
            let graph = self.base.graph(id);
            if self.inner.contains_named_graph(&graph).map_err(|e| self.failure(&e))? {
                self.load(id, quads)?;
            } else {
                fresh.extend(quads.iter().cloned());
            }
        }
        if fresh.is_empty() {
            return Ok(());
        }
        let merged = fresh.iter().map(|q| in_default_graph(q).into_owned()).collect::<Vec<_>>();
        let mut loader = self.inner.bulk_loader();
        loader.load_quads(fresh.into_iter().chain(merged)).map_err(|e| self.failure(&e))?;
        loader.commit().map_err(|e| self.failure(&e))
    }

    /// Takes a document out; tells whether it was there.
    pub fn remove(&mut self, document: &str) -> Result<bool, StoreError> {
        let graph = self.base.graph(document);
        let there = self.inner.contains_named_graph(&graph).map_err(|e| self.failure(&e))?;
        if there {
            self.replace(graph.as_ref(), &[])?;
        }
        Ok(there)
    }

    /// Describes the data set anew, adds the ontology and forces everything to the disk.
    pub fn finish(&mut self) -> Result<(), StoreError> {
        let description = describe(&self.base, &self.counts()?);
        let name = self.base.description();
        self.replace(name.as_ref(), &description)?;
        let ontology = ontology_graph();
        if let Some(Quad { graph_name: GraphName::NamedNode(name), .. }) = ontology.first() {
            self.replace(name.as_ref(), &ontology)?;
        }
        self.inner.flush().map_err(|e| self.failure(&e))
    }

    /// Makes a graph hold just these quads, writing only what differs.
    pub(super) fn replace(&self, graph: NamedNodeRef<'_>, quads: &[Quad]) -> Result<(), StoreError> {
        let old = self.inner.quads_for_pattern(None, None, None, Some(graph.into()));
        let old: HashSet<Quad> = old.collect::<Result<_, _>>().map_err(|e| self.failure(&e))?;
        let new: HashSet<&Quad> = quads.iter().collect();
        let mut change = self.inner.start_transaction().map_err(|e| self.failure(&e))?;
        for quad in old.iter().filter(|q| !new.contains(q)) {
            self.withdraw(quad, &mut change)?;
        }
        for quad in quads.iter().filter(|q| !old.contains(q)) {
            change.insert(quad.as_ref());
            change.insert(in_default_graph(quad));
        }
        if quads.is_empty() {
            change.remove_named_graph(graph).map_err(|e| self.failure(&e))?;
        }
        change.commit().map_err(|e| self.failure(&e))
    }

    /// Removes a quad, and its triple from the default graph unless another graph holds it too.
    fn withdraw(&self, quad: &Quad, change: &mut Transaction<'_>) -> Result<(), StoreError> {
        change.remove(quad.as_ref());
        let (s, p, o) = (quad.subject.as_ref(), quad.predicate.as_ref(), quad.object.as_ref());
        for same in self.inner.quads_for_pattern(Some(s), Some(p), Some(o), None) {
            let same = same.map_err(|e| self.failure(&e))?;
            if !same.graph_name.is_default_graph() && same.graph_name != quad.graph_name {
                return Ok(());
            }
        }
        change.remove(in_default_graph(quad));
        Ok(())
    }
}

fn in_default_graph(quad: &Quad) -> QuadRef<'_> {
    QuadRef { graph_name: GraphNameRef::DefaultGraph, ..quad.as_ref() }
}
