//! Documents come and go.
//!
//! A change is one transaction: the documents' graphs, what is merged across documents, what queries see, and the counts
//! that describe the data set. Only what the change touches is read and written, however much the store holds. Many new
//! documents are loaded in one stroke instead, marked as unsettled; settling merges them and takes the marks away, now
//! or, after a run that was stopped, in the next one.

use super::edit::Edit;
use super::{Store, StoreError};
use crate::graph::Decisions;
use crate::rdf::{Measured, measures, ontology_graph, vocabulary as v};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use oxigraph::store::Transaction;
use std::collections::HashSet;

/// From so many quads on, new documents are loaded in one stroke, which is many times faster.
const MANY: usize = 30_000;

impl Store {
    /// Puts a document's quads in place of whatever its graph held, in one transaction.
    pub fn load(&mut self, document: &str, quads: &[Quad]) -> Result<(), StoreError> {
        self.settle()?;
        Edit::new(self).documents(&[(document.to_owned(), quads)])
    }

    /// Puts quads in place of whatever a graph held. A document's graph is merged with the others; what is worked out from
    /// the documents is left to that, but for the decisions of people, which are heeded.
    pub fn load_graph(&mut self, graph: &NamedNode, quads: &[Quad]) -> Result<(), StoreError> {
        if let Some(document) = self.base.document_of(graph.as_str()) {
            return self.load(&document, quads);
        }
        if *graph == self.base.identity() {
            let text = quads.iter().find(|q| q.predicate == v::JX_DECISIONS).map(|q| &q.object);
            let Some(Term::Literal(text)) = text else { return Ok(()) };
            let decisions = Decisions::parse(text.value());
            return decisions.map_or(Ok(()), |decisions| self.decide(&decisions));
        }
        if self.works_out(graph) {
            return Ok(());
        }
        self.settle()?;
        Edit::new(self).other_graph(graph, quads)
    }

    /// Whether a graph is worked out from the documents and from what the program carries.
    pub(super) fn works_out(&self, graph: &NamedNode) -> bool {
        let base = &self.base;
        let derived = [base.identity(), base.description(), base.measures(), base.inferred()];
        let ontology = ontology_graph().first().map(|q| q.graph_name.clone());
        derived.contains(graph) || ontology == Some(graph.clone().into())
    }

    /// Loads documents: new ones in one stroke if they are many, else all in one transaction. A run that is stopped
    /// leaves all of them or none.
    pub fn load_all(&mut self, documents: &[(String, Vec<Quad>)]) -> Result<(), StoreError> {
        self.load_together(&self.graphs_of(documents))
    }

    fn graphs_of<'q>(&self, documents: &'q [(String, Vec<Quad>)]) -> Vec<(NamedNode, &'q [Quad])> {
        documents.iter().map(|(id, quads)| (self.base.graph(id), quads.as_slice())).collect()
    }

    /// Loads graphs as `load_graph` does, new ones in one stroke if they are many.
    pub fn load_graphs(&mut self, graphs: &[(NamedNode, Vec<Quad>)]) -> Result<(), StoreError> {
        let (derived, rest): (Vec<_>, Vec<_>) = graphs.iter().partition(|(graph, _)| self.works_out(graph));
        derived.into_iter().try_for_each(|(graph, quads)| self.load_graph(graph, quads))?;
        let rest: Vec<_> = rest.into_iter().map(|(graph, quads)| (graph.clone(), quads.as_slice())).collect();
        self.load_together(&rest)
    }

    fn load_together(&mut self, graphs: &[(NamedNode, &[Quad])]) -> Result<(), StoreError> {
        let (mut fresh, mut known) = (Vec::new(), Vec::new());
        for (graph, quads) in graphs {
            let list = if quads.is_empty() || self.has_graph(graph)? { &mut known } else { &mut fresh };
            list.push((graph.clone(), *quads));
        }
        if fresh.iter().map(|(_, quads)| quads.len()).sum::<usize>() < MANY {
            known.append(&mut fresh);
        }
        if !known.is_empty() {
            self.settle()?;
            let id =
                |(graph, quads): (NamedNode, _)| self.base.document_of(graph.as_str()).map(|id| (id, quads));
            let documents: Vec<_> = known.iter().cloned().filter_map(id).collect();
            Edit::new(self).documents(&documents)?;
            for (graph, quads) in known.iter().filter(|(g, _)| self.base.document_of(g.as_str()).is_none()) {
                Edit::new(self).other_graph(graph, quads)?;
            }
        }
        if fresh.is_empty() { Ok(()) } else { self.stroke(&fresh) }
    }

    /// Whether there is such a graph.
    pub(super) fn has_graph(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        self.inner.contains_named_graph(graph).map_err(|e| self.failure(&e))
    }

    /// Loads new documents in one stroke, however few they are.
    pub fn load_at_once(&mut self, documents: &[(String, Vec<Quad>)]) -> Result<(), StoreError> {
        if documents.is_empty() { Ok(()) } else { self.stroke(&self.graphs_of(documents)) }
    }

    fn stroke(&self, graphs: &[(NamedNode, &[Quad])]) -> Result<(), StoreError> {
        let marks = graphs.iter().flat_map(|(graph, _)| self.stroke_marks(graph));
        self.load_new(graphs.iter().flat_map(|(_, quads)| quads.iter().cloned()), marks)
    }

    /// Loads quads of new graphs in one stroke, and what says that they are not merged with the others yet.
    pub(super) fn load_new(
        &self,
        quads: impl Iterator<Item = Quad>,
        marks: impl Iterator<Item = Quad>,
    ) -> Result<(), StoreError> {
        let twice = quads.flat_map(|quad| [Some(quad.clone()), super::view::plainly(quad)]).flatten();
        let mut loader = self.inner.bulk_loader();
        loader.load_quads(twice.chain(marks)).map_err(|e| self.failure(&e))?;
        loader.commit().map_err(|e| self.failure(&e))
    }

    /// What says that a graph was loaded in one stroke.
    pub(super) fn stroke_marks(&self, graph: &NamedNode) -> [Quad; 2] {
        let identity = self.base.identity();
        let unsettled = match self.base.document_of(graph.as_str()) {
            Some(id) => {
                let document = self.base.mint("document", &id);
                Quad::new(identity.clone(), v::JX_UNSETTLED.into_owned(), document, identity)
            }
            None => self.last_mark(),
        };
        [unsettled, self.index_mark(graph)]
    }

    /// Takes a document out; tells whether it was there.
    pub fn remove(&mut self, document: &str) -> Result<bool, StoreError> {
        self.settle()?;
        let graph = self.base.graph(document);
        let there = self.has_graph(&graph)?;
        if there {
            Edit::new(self).documents(&[(document.to_owned(), &[])])?;
        }
        Ok(there)
    }

    /// Heeds these decisions from now on, in place of those that were heeded before.
    pub fn decide(&mut self, decisions: &Decisions) -> Result<(), StoreError> {
        if *decisions == self.decisions {
            return Ok(());
        }
        self.settle()?;
        Edit::new(self).decisions(decisions)?;
        self.decisions = decisions.clone();
        Ok(())
    }

    /// Keeps what an export says of names under which its documents show nothing any more, since they were merged.
    pub(super) fn keep_merges(&mut self, merges: &[Quad]) -> Result<(), StoreError> {
        if merges.is_empty() {
            return Ok(());
        }
        self.settle()?;
        Edit::new(self).merges(merges)
    }

    /// Keeps what was measured of the network, in place of what was measured in the same way before, until a document
    /// comes, goes or changes.
    pub fn save_measures(&mut self, measured: &Measured) -> Result<(), StoreError> {
        self.settle()?;
        let mut quads = super::state::State::committed(self).graph(&self.base.measures())?;
        quads.retain(|quad| !measured.properties().contains(&quad.predicate.as_ref()));
        quads.extend(measures(measured, &self.base));
        let mut change = self.inner.start_transaction().map_err(|e| self.failure(&e))?;
        self.replace_plainly(&self.base.measures(), &quads, &mut change)?;
        change.commit().map_err(|e| self.failure(&e))?;
        self.flush()
    }

    /// Takes out what was measured of a network that is no longer the same.
    pub(super) fn forget_measures(&self, change: &mut Transaction<'_>) -> Result<(), StoreError> {
        let graph = self.base.measures();
        if self.replace_plainly(&graph, &[], change)? {
            change.remove_named_graph(&graph).map_err(|e| self.failure(&e))?;
        }
        Ok(())
    }

    /// Merges with the others what was loaded in one stroke.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        let identity = self.base.identity();
        let marks =
            super::state::State::committed(self).within(&identity, (None, Some(v::JX_UNSETTLED), None))?;
        if marks.is_empty() {
            return Ok(());
        }
        Edit::new(self).marked(&marks)?;
        self.recount()
    }

    /// Settles, adds the ontology, forces everything to the disk and brings full text in step with it.
    pub fn finish(&mut self) -> Result<(), StoreError> {
        self.settle()?;
        let ontology = ontology_graph();
        if let Some(Quad { graph_name: GraphName::NamedNode(name), .. }) = ontology.first() {
            let mut change = self.inner.start_transaction().map_err(|e| self.failure(&e))?;
            if self.replace_plainly(name, &ontology, &mut change)? {
                change.commit().map_err(|e| self.failure(&e))?;
            }
        }
        self.flush()
    }

    /// Counts everything anew, which takes long in a large store, and takes the last mark away.
    pub(super) fn recount(&self) -> Result<(), StoreError> {
        let counts = self.counted()?;
        let mut change = self.inner.start_transaction().map_err(|e| self.failure(&e))?;
        let description = crate::rdf::describe(&self.base, &counts);
        self.replace_plainly(&self.base.description(), &description, &mut change)?;
        change.remove(self.last_mark().as_ref());
        change.commit().map_err(|e| self.failure(&e))
    }

    /// Says that the counts do not hold.
    pub(super) fn last_mark(&self) -> Quad {
        let identity = self.base.identity();
        Quad::new(identity.clone(), v::JX_UNSETTLED.into_owned(), self.base.description(), identity)
    }

    /// Makes a graph that shares no triple with another hold just these quads; tells whether anything differs.
    pub(super) fn replace_plainly(
        &self,
        graph: &NamedNode,
        quads: &[Quad],
        change: &mut Transaction<'_>,
    ) -> Result<bool, StoreError> {
        let old: HashSet<Quad> = super::state::State::committed(self).graph(graph)?.into_iter().collect();
        let new: HashSet<&Quad> = quads.iter().collect();
        let mut differs = false;
        for quad in old.iter().filter(|q| !new.contains(q)) {
            change.remove(quad.as_ref());
            change.remove(in_default_graph(quad).as_ref());
            differs = true;
        }
        for quad in quads.iter().filter(|q| !old.contains(q)) {
            change.insert(quad.as_ref());
            change.insert(in_default_graph(quad).as_ref());
            differs = true;
        }
        Ok(differs)
    }
}

pub(super) fn in_default_graph(quad: &Quad) -> Quad {
    Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }
}
