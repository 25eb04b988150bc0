//! One change of a store with all that follows from it, in one transaction.

mod identity;
mod seen;

use super::state::{State, graph_of_document};
use super::terms::{graph_of, node_of, subject_of};
use super::{Store, StoreError};
use crate::graph::{Decision, Decisions};
use crate::rdf::vocabulary as v;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};
use oxigraph::store::Transaction;
use std::collections::{BTreeSet, HashSet};

/// What says that a name is merged into another, and why.
pub(super) const MERGING: [NamedNodeRef<'static>; 2] = [v::JX_MERGED_INTO, v::JX_MERGED_BECAUSE];

/// A change that is being made.
pub(super) struct Edit<'a> {
    store: &'a Store,
    decisions: &'a Decisions,
    /// Things that come, go, or may have other names than before.
    touched: BTreeSet<NamedNode>,
    /// Documents (their nodes) that come, go or change.
    documents: BTreeSet<String>,
    /// Graphs of which queries may see something else than before.
    graphs: BTreeSet<String>,
    /// Graphs that queries see as they are, since they are not settled.
    unsettled: BTreeSet<String>,
    /// Nodes of which the identity graph may say something else than before.
    noted: BTreeSet<NamedNode>,
    /// Graphs that are no document's, which queries see as they are.
    others: BTreeSet<String>,
    /// Quads of such graphs that go, and that come, where the rest of the graph stays as it is.
    patched: (Vec<Quad>, Vec<Quad>),
    counted: bool,
}

impl<'a> Edit<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self {
            store,
            decisions: &store.decisions,
            touched: BTreeSet::new(),
            documents: BTreeSet::new(),
            graphs: BTreeSet::new(),
            unsettled: BTreeSet::new(),
            noted: BTreeSet::new(),
            others: BTreeSet::new(),
            patched: (Vec::new(), Vec::new()),
            counted: true,
        }
    }

    fn begin(&self) -> Result<Transaction<'a>, StoreError> {
        self.store.inner.start_transaction().map_err(|e| self.store.failure(&e))
    }

    /// Takes back what the identity graph said of a node.
    fn forget(
        &self,
        node: &NamedNode,
        predicate: NamedNodeRef<'_>,
        change: &mut Transaction<'_>,
    ) -> Result<(), StoreError> {
        let identity = self.store.base.identity();
        for old in self.before().within(&identity, (Some(node), Some(predicate), None))? {
            change.remove(old.as_ref());
        }
        Ok(())
    }

    fn before(&self) -> State<'a> {
        State::committed(self.store)
    }

    /// Makes documents hold just these quads; one without quads goes.
    pub(super) fn documents(mut self, documents: &[(String, &[Quad])]) -> Result<(), StoreError> {
        let mut change = self.begin()?;
        for (id, quads) in documents {
            self.put(id, quads, &mut change)?;
        }
        if self.documents.is_empty() { Ok(()) } else { self.complete(change) }
    }

    /// Makes a graph that is no document's hold just these quads.
    pub(super) fn other_graph(mut self, graph: &NamedNode, quads: &[Quad]) -> Result<(), StoreError> {
        let mut change = self.begin()?;
        self.before().graph(graph)?.iter().for_each(|q| change.remove(q.as_ref()));
        quads.iter().for_each(|q| change.insert(q.as_ref()));
        if quads.is_empty() {
            change.remove_named_graph(graph).map_err(|e| self.store.failure(&e))?;
        }
        change.insert(self.store.index_mark(graph).as_ref());
        self.others.insert(graph.as_str().to_owned());
        self.complete(change)
    }

    /// Takes quads out of named graphs, and puts others in.
    pub(super) fn patch(mut self, removed: &[Quad], added: &[Quad]) -> Result<(), StoreError> {
        let mut change = self.begin()?;
        removed.iter().for_each(|quad| change.remove(quad.as_ref()));
        added.iter().for_each(|quad| change.insert(quad.as_ref()));
        let base = &self.store.base;
        for quad in removed.iter().chain(added) {
            let Some(graph) = graph_of(quad) else { continue };
            if let Some(id) = base.document_of(graph.as_str()) {
                self.documents.insert(base.mint("document", &id).into_string());
                self.graphs.insert(graph.as_str().to_owned());
                self.touched.extend(subject_of(quad).filter(|n| base.thing(n.as_str()).is_some()).cloned());
            }
            let left = change.quads_for_pattern(None, None, None, Some(graph.as_ref().into())).next();
            if left.is_none() {
                change.remove_named_graph(graph).map_err(|e| self.store.failure(&e))?;
            }
            change.insert(self.store.index_mark(graph).as_ref());
        }
        let of_no_document = |quads: &[Quad]| -> Vec<Quad> {
            let document = |quad: &Quad| graph_of(quad).and_then(|graph| base.document_of(graph.as_str()));
            quads.iter().filter(|quad| document(quad).is_none()).cloned().collect()
        };
        self.patched = (of_no_document(removed), of_no_document(added));
        self.complete(change)
    }

    fn put(&mut self, id: &str, quads: &[Quad], change: &mut Transaction<'_>) -> Result<(), StoreError> {
        let graph = self.store.base.graph(id);
        let old: HashSet<Quad> = self.before().graph(&graph)?.into_iter().collect();
        let new: HashSet<&Quad> = quads.iter().collect();
        if old.len() == new.len() && new.iter().all(|q| old.contains(*q)) {
            return Ok(());
        }
        old.iter().filter(|q| !new.contains(q)).for_each(|q| change.remove(q.as_ref()));
        quads.iter().filter(|q| !old.contains(*q)).for_each(|q| change.insert(q.as_ref()));
        if quads.is_empty() {
            change.remove_named_graph(&graph).map_err(|e| self.store.failure(&e))?;
        }
        let things = old.iter().chain(quads).filter_map(subject_of);
        self.touched.extend(things.filter(|n| self.store.base.thing(n.as_str()).is_some()).cloned());
        self.documents.insert(self.store.base.mint("document", id).into_string());
        change.insert(self.store.index_mark(&graph).as_ref());
        self.graphs.insert(graph.into_string());
        Ok(())
    }

    /// Merges documents with the others that were loaded without.
    pub(super) fn marked(mut self, marks: &[Quad]) -> Result<(), StoreError> {
        let mut change = self.begin()?;
        let before = self.before();
        for mark in marks {
            change.remove(mark.as_ref());
            let Some(document) = node_of(mark.object.clone()) else { continue };
            let Some(graph) = graph_of_document(&document, &self.store.base) else { continue };
            for quad in before.within(&graph, (None, Some(v::TYPE), None))? {
                let thing = subject_of(&quad).filter(|n| self.store.base.thing(n.as_str()).is_some());
                self.touched.extend(thing.cloned());
            }
            self.documents.insert(document.into_string());
            self.unsettled.insert(graph.into_string());
        }
        change.insert(self.store.last_mark().as_ref());
        self.counted = false;
        self.complete(change)
    }

    /// Heeds other decisions.
    pub(super) fn decisions(mut self, decisions: &'a Decisions) -> Result<(), StoreError> {
        let mut change = self.begin()?;
        let before = self.before();
        for decision in self.decisions.changed(decisions) {
            for thing in decision.things() {
                let node = self.store.base.iri_of(thing);
                if matches!(decision, Decision::Reject(..)) {
                    for node in before.merged_into(&node)?.iter().chain([&node]) {
                        self.graphs.extend(before.graphs_with(node)?);
                    }
                }
                self.touched.insert(node);
            }
        }
        self.decisions = decisions;
        let identity = self.store.base.identity();
        self.forget(&identity, v::JX_DECISIONS, &mut change)?;
        if !decisions.is_empty() {
            let text = Literal::new_simple_literal(decisions.to_string());
            change.insert(Quad::new(identity.clone(), v::JX_DECISIONS, text, identity).as_ref());
        }
        self.complete(change)
    }

    /// Keeps what became of names that no document bears, since all were exported under the name they were merged into;
    /// what is said of one name stands together.
    pub(super) fn merges(mut self, merges: &[Quad]) -> Result<(), StoreError> {
        let mut change = self.begin()?;
        let before = self.before();
        for merge in merges.chunk_by(|one, other| one.subject == other.subject) {
            let into = merge.iter().find(|quad| quad.predicate == v::JX_MERGED_INTO);
            let target = into.and_then(|quad| node_of(quad.object.clone()));
            let (Some(name), Some(target)) = (subject_of(&merge[0]), target) else { continue };
            if before.exists(name)? || !before.is_told(&target, None)? {
                continue;
            }
            MERGING.iter().try_for_each(|predicate| self.forget(name, *predicate, &mut change))?;
            merge.iter().for_each(|quad| change.insert(quad.as_ref()));
            self.noted.extend([name.clone(), target]);
        }
        if self.noted.is_empty() { Ok(()) } else { self.complete(change) }
    }

    /// Works out what follows, and commits.
    fn complete(mut self, mut change: Transaction<'_>) -> Result<(), StoreError> {
        self.store.forget_inferences(&mut change)?;
        let moved = self.moved(&change)?;
        let reprints = self.reprints(&change)?;
        self.note(&moved, &reprints)?;
        self.write_targets(&moved, &mut change)?;
        self.write_reprints(&reprints, &mut change)?;
        self.name_targets(&mut change)?;
        self.reach(&moved, &change)?;
        let difference = self.difference(&change)?;
        self.show(difference, &mut change)?;
        self.store.forget_measures(&mut change)?;
        change.commit().map_err(|e| self.store.failure(&e))
    }
}
