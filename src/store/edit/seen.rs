//! What a change means for queries: the triples that they see no longer, and those that they see now.

use super::super::StoreError;
use super::super::change::in_default_graph;
use super::super::reprints::Reprints;
use super::super::resolve::Target;
use super::super::state::{State, graph_of_document};
use super::super::terms::{graph_of, subject_of};
use super::super::view::{View, plain};
use super::Edit;
use crate::graph::Decision;
use crate::rdf::{Counts, describe};
use oxigraph::model::{GraphName, NamedNode, Quad};
use oxigraph::store::Transaction;
use std::collections::{BTreeMap, HashSet};

/// What queries see no longer, and what they see now.
type Difference = (HashSet<Quad>, HashSet<Quad>);

impl Edit<'_> {
    /// Finds the graphs of which queries may see something else than before.
    pub(super) fn reach(
        &mut self,
        moved: &BTreeMap<NamedNode, Target>,
        change: &Transaction<'_>,
    ) -> Result<(), StoreError> {
        let (before, after) = (self.before(), State::changing(change, self.store));
        for node in moved.keys() {
            self.graphs.extend(before.graphs_with(node)?);
            self.graphs.extend(after.graphs_with(node)?);
        }
        for node in self.touched.iter().filter(|_| !self.unsettled.is_empty()) {
            if after.target(node)?.is_some() {
                let graphs = after.graphs_with(node)?;
                self.graphs.extend(graphs.into_iter().filter(|g| self.unsettled.contains(g)));
            }
        }
        for document in &self.documents {
            let node = NamedNode::new_unchecked(document);
            for state in [&before, &after] {
                let known = Reprints::known(state, &node)?;
                self.graphs.extend(
                    known
                        .iter()
                        .filter_map(|d| graph_of_document(d, &self.store.base))
                        .map(NamedNode::into_string),
                );
                let graph = graph_of_document(&node, &self.store.base).map(NamedNode::into_string);
                if let Some(graph) = graph
                    && state.original(&graph)?.is_some()
                {
                    self.graphs.insert(graph);
                }
            }
        }
        if !self.unsettled.is_empty() {
            self.reach_rejected()?;
        }
        self.graphs.retain(|graph| self.store.base.document_of(graph).is_some());
        Ok(())
    }

    /// Documents that state what was rejected are not to be seen as they are.
    fn reach_rejected(&mut self) -> Result<(), StoreError> {
        for decision in self.decisions.iter().filter(|d| matches!(d, Decision::Reject(..))) {
            for thing in decision.things() {
                let graphs = self.before().graphs_with(&self.store.base.iri_of(thing))?;
                self.graphs.extend(graphs.into_iter().filter(|g| self.unsettled.contains(g)));
            }
        }
        Ok(())
    }

    pub(super) fn difference(&self, change: &Transaction<'_>) -> Result<Difference, StoreError> {
        let (before, after) = (self.before(), State::changing(change, self.store));
        let (old_view, new_view) =
            (View::new(before, &self.store.decisions), View::new(after, self.decisions));
        let identity = self.store.base.identity();
        let (mut old, mut new): (HashSet<Quad>, HashSet<Quad>) = (HashSet::new(), HashSet::new());
        for node in &self.noted {
            old.extend(plain(before.within(&identity, (Some(node), None, None))?));
            new.extend(plain(after.within(&identity, (Some(node), None, None))?));
        }
        for graph in &self.others {
            let node = NamedNode::new_unchecked(graph);
            old.extend(plain(before.graph(&node)?));
            new.extend(plain(after.graph(&node)?));
        }
        let (removed, added) = &self.patched;
        old.extend(plain(removed.clone()));
        new.extend(plain(added.clone()));
        for graph in &self.graphs {
            let node = NamedNode::new_unchecked(graph);
            let quads = before.graph(&node)?;
            if self.unsettled.contains(graph) {
                old.extend(plain(quads));
            } else {
                old.extend(old_view.of(graph, quads)?);
            }
            new.extend(new_view.of(graph, after.graph(&node)?)?);
        }
        let mut gone: HashSet<Quad> = old.difference(&new).cloned().collect();
        let come = new.difference(&old).cloned().collect();
        let mut kept = Vec::new();
        for quad in &gone {
            if self.is_stated_elsewhere(quad, &after, &new_view)? {
                kept.push(quad.clone());
            }
        }
        kept.iter().for_each(|quad| {
            gone.remove(quad);
        });
        Ok((gone, come))
    }

    /// Whether a document that the change does not reach lets queries see a triple.
    fn is_stated_elsewhere(
        &self,
        quad: &Quad,
        after: &State<'_>,
        view: &View<'_>,
    ) -> Result<bool, StoreError> {
        let Some(subject) = subject_of(quad) else { return Ok(false) };
        if self.store.base.is_of_one_document(subject.as_str()) {
            return Ok(false);
        }
        for (subject, predicate, object) in view.sources(quad)? {
            let pattern = (Some(&subject), Some(predicate.as_ref()), Some(object.as_ref()));
            let found = after.first_named(pattern, |same| {
                let graph = graph_of(same).map_or("", NamedNode::as_str);
                if self.graphs.contains(graph)
                    || self.others.contains(graph)
                    || graph == self.store.base.identity().as_str()
                {
                    return Ok(false);
                }
                Ok(view.seen(same)?.as_ref() == Some(quad))
            })?;
            if found {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Lets queries see the difference, and counts it.
    pub(super) fn show(
        &self,
        (gone, come): Difference,
        change: &mut Transaction<'_>,
    ) -> Result<(), StoreError> {
        let before = self.before();
        let mut counts = if self.counted { self.store.counts()? } else { Counts::default() };
        for quad in gone {
            change.remove(quad.as_ref());
            if self.counted && before.shows(&quad)? {
                counts.without(&quad);
            }
        }
        for quad in come {
            if self.counted && !before.shows(&quad)? {
                counts.with(&quad);
            }
            debug_assert!(quad.graph_name == GraphName::DefaultGraph);
            change.insert(in_default_graph(&quad).as_ref());
        }
        if self.counted {
            let description = describe(&self.store.base, &counts);
            self.store.replace_plainly(&self.store.base.description(), &description, change)?;
        }
        Ok(())
    }
}
