//! Documents come and go.
//!
//! A change is one transaction: the documents' graphs, what is merged across documents, what queries see, and the counts
//! that describe the data set. Only what the change touches is read and written, however much the store holds. Many new
//! documents are loaded in one stroke instead, marked as unsettled; settling merges them and takes the marks away, now
//! or, after a run that was stopped, in the next one.

use super::edit::Edit;
use super::{Store, StoreError};
use crate::graph::{Decisions, Rank};
use crate::rdf::{measures, ontology_graph, vocabulary as v};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use oxigraph::store::Transaction;
use std::collections::HashSet;

/// From so many quads on, new documents are loaded in one stroke, which is many times faster.
const MANY: usize = 30_000;

impl Store {
    /// Puts a document's quads in place of whatever its graph held, in one transaction.
    pub fn load(&mut self, document: &str, quads: &[Quad]) -> Result<(), StoreError> {
        self.settle()?;
        Edit::new(self).documents(&[(document, quads)])
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
        let ontology = ontology_graph().first().map(|q| q.graph_name.clone());
        let derived = [self.base.description(), self.base.measures()].contains(graph);
        if derived || ontology == Some(graph.clone().into()) {
            return Ok(());
        }
        self.settle()?;
        Edit::new(self).other_graph(graph, quads)
    }

    /// Loads documents: new ones in one stroke if they are many, else all in one transaction. A run that is stopped
    /// leaves all of them or none.
    pub fn load_all(&mut self, documents: &[(String, Vec<Quad>)]) -> Result<(), StoreError> {
        let (mut fresh, mut known) = (Vec::new(), Vec::new());
        for (id, quads) in documents {
            let graph = self.base.graph(id);
            let there = self.inner.contains_named_graph(&graph).map_err(|e| self.failure(&e))?;
            let list = if there || quads.is_empty() { &mut known } else { &mut fresh };
            list.push((id.as_str(), quads.as_slice()));
        }
        if fresh.iter().map(|(_, quads)| quads.len()).sum::<usize>() < MANY {
            known.append(&mut fresh);
        }
        if !known.is_empty() {
            self.settle()?;
            Edit::new(self).documents(&known)?;
        }
        if fresh.is_empty() { Ok(()) } else { self.stroke(&fresh) }
    }

    /// Loads new documents in one stroke, however few they are.
    pub fn load_at_once(&mut self, documents: &[(String, Vec<Quad>)]) -> Result<(), StoreError> {
        let documents: Vec<_> = documents.iter().map(|(id, quads)| (id.as_str(), quads.as_slice())).collect();
        if documents.is_empty() { Ok(()) } else { self.stroke(&documents) }
    }

    fn stroke(&self, documents: &[(&str, &[Quad])]) -> Result<(), StoreError> {
        let identity = self.base.identity();
        let mark = |(id, _): &(&str, &[Quad])| {
            let document = self.base.mint("document", id);
            Quad::new(identity.clone(), v::JX_UNSETTLED.into_owned(), document, identity.clone())
        };
        let quads = || documents.iter().flat_map(|(_, quads)| quads.iter().cloned());
        let seen = super::view::plain(quads().collect());
        let unindexed = documents.iter().map(|(id, _)| self.index_mark(&self.base.graph(id)));
        let mut loader = self.inner.bulk_loader();
        let all = quads().chain(seen).chain(documents.iter().map(mark)).chain(unindexed);
        loader.load_quads(all).map_err(|e| self.failure(&e))?;
        loader.commit().map_err(|e| self.failure(&e))
    }

    /// Takes a document out; tells whether it was there.
    pub fn remove(&mut self, document: &str) -> Result<bool, StoreError> {
        self.settle()?;
        let graph = self.base.graph(document);
        let there = self.inner.contains_named_graph(&graph).map_err(|e| self.failure(&e))?;
        if there {
            Edit::new(self).documents(&[(document, &[])])?;
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

    /// Keeps what was measured of the network, until a document comes, goes or changes.
    pub fn save_measures(&mut self, ranks: &[Rank], communities: &[Vec<String>]) -> Result<(), StoreError> {
        self.settle()?;
        let quads = measures(ranks, communities, &self.base);
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
    fn settle(&mut self) -> Result<(), StoreError> {
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
