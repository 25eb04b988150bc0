//! One change of a store with all that follows from it, in one transaction.

use super::change::in_default_graph;
use super::reprints::Reprints;
use super::resolve::{Resolver, Target};
use super::state::{State, graph_of, graph_of_document, node_of, subject_of};
use super::view::{View, plain};
use super::{Store, StoreError};
use crate::graph::{Decision, Decisions};
use crate::rdf::{Counts, describe, in_both_scripts, vocabulary as v};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use oxigraph::store::Transaction;
use std::collections::{BTreeMap, BTreeSet, HashSet};

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
    counted: bool,
}

/// What queries see no longer, and what they see now.
type Difference = (HashSet<Quad>, HashSet<Quad>);

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
            counted: true,
        }
    }

    fn begin(&self) -> Result<Transaction<'a>, StoreError> {
        self.store.inner.start_transaction().map_err(|e| self.store.failure(&e))
    }

    fn before(&self) -> State<'a> {
        State::committed(self.store)
    }

    /// Makes documents hold just these quads; one without quads goes.
    pub(super) fn documents(mut self, documents: &[(&str, &[Quad])]) -> Result<(), StoreError> {
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
        self.others.insert(graph.as_str().to_owned());
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
        for old in before.within(&identity, (Some(&identity), Some(v::JX_DECISIONS), None))? {
            change.remove(old.as_ref());
        }
        if !decisions.is_empty() {
            let text = Literal::new_simple_literal(decisions.to_string());
            change.insert(Quad::new(identity.clone(), v::JX_DECISIONS, text, identity).as_ref());
        }
        self.complete(change)
    }

    /// Works out what follows, and commits.
    fn complete(mut self, mut change: Transaction<'_>) -> Result<(), StoreError> {
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

    /// The things whose target changes, with the new one.
    fn moved(&self, change: &Transaction<'_>) -> Result<BTreeMap<NamedNode, Target>, StoreError> {
        let (before, after) = (self.before(), State::changing(change, self.store));
        let old = Resolver { state: before, decisions: &self.store.decisions };
        let new = Resolver { state: after, decisions: self.decisions };
        let (mut done, mut moved) = (BTreeSet::new(), BTreeMap::new());
        let mut waiting = self.touched.clone();
        while !waiting.is_empty() {
            let mut around = old.around(&waiting)?;
            around.extend(new.around(&waiting)?);
            waiting.clear();
            for node in around {
                if !done.insert(node.clone()) {
                    continue;
                }
                let target = if after.exists(&node)? { new.target(&node)? } else { None };
                let known = self.known(&node)?;
                if target != known {
                    moved.insert(node.clone(), target);
                    waiting.insert(node);
                }
            }
        }
        Ok(moved)
    }

    /// What the store says that a node is merged into.
    fn known(&self, node: &NamedNode) -> Result<Target, StoreError> {
        let before = self.before();
        let Some(target) = before.target(node)? else { return Ok(None) };
        let pattern = (Some(node), Some(v::JX_MERGED_BECAUSE), None);
        let reason = before.within(&self.store.base.identity(), pattern)?.into_iter().next();
        let reason = reason.map_or(String::new(), |quad| match quad.object {
            Term::Literal(reason) => reason.value().to_owned(),
            _ => String::new(),
        });
        Ok(Some((target, reason)))
    }

    /// The documents whose original changes, with the new one.
    fn reprints(&self, change: &Transaction<'_>) -> Result<BTreeMap<String, Option<NamedNode>>, StoreError> {
        let after = State::changing(change, self.store);
        let mut reprints = Reprints::new(after);
        let mut around = Reprints::new(self.before()).around(&self.documents)?;
        around.extend(reprints.around(&self.documents)?);
        let mut changed = BTreeMap::new();
        for document in around {
            let node = NamedNode::new_unchecked(&document);
            let known = self
                .before()
                .within(&self.store.base.identity(), (Some(&node), Some(v::JX_REPRINT_OF), None))?;
            let known = known.into_iter().find_map(|q| node_of(q.object));
            let original = reprints.original(&document)?;
            if known != original {
                changed.insert(document, original);
            }
        }
        Ok(changed)
    }

    fn note(
        &mut self,
        moved: &BTreeMap<NamedNode, Target>,
        reprints: &BTreeMap<String, Option<NamedNode>>,
    ) -> Result<(), StoreError> {
        self.noted.extend(self.touched.iter().cloned());
        self.noted.extend(reprints.keys().map(NamedNode::new_unchecked));
        for (node, target) in moved {
            self.noted.extend(self.before().target(node)?);
            self.noted.extend(target.iter().map(|(target, _)| target.clone()));
            self.noted.insert(node.clone());
        }
        Ok(())
    }

    fn write_targets(
        &self,
        moved: &BTreeMap<NamedNode, Target>,
        change: &mut Transaction<'_>,
    ) -> Result<(), StoreError> {
        let identity = self.store.base.identity();
        for (node, target) in moved {
            for predicate in [v::JX_MERGED_INTO, v::JX_MERGED_BECAUSE] {
                for old in self.before().within(&identity, (Some(node), Some(predicate), None))? {
                    change.remove(old.as_ref());
                }
            }
            if let Some((target, reason)) = target {
                let reason = Literal::new_simple_literal(reason);
                change.insert(
                    Quad::new(node.clone(), v::JX_MERGED_INTO, target.clone(), identity.clone()).as_ref(),
                );
                change
                    .insert(Quad::new(node.clone(), v::JX_MERGED_BECAUSE, reason, identity.clone()).as_ref());
            }
        }
        Ok(())
    }

    fn write_reprints(
        &self,
        reprints: &BTreeMap<String, Option<NamedNode>>,
        change: &mut Transaction<'_>,
    ) -> Result<(), StoreError> {
        let identity = self.store.base.identity();
        for (document, original) in reprints {
            let node = NamedNode::new_unchecked(document);
            for old in self.before().within(&identity, (Some(&node), Some(v::JX_REPRINT_OF), None))? {
                change.remove(old.as_ref());
            }
            if let Some(original) = original {
                change.insert(Quad::new(node, v::JX_REPRINT_OF, original.clone(), identity.clone()).as_ref());
            }
        }
        Ok(())
    }

    /// Gives a class and names to what only decisions speak of.
    fn name_targets(&self, change: &mut Transaction<'_>) -> Result<(), StoreError> {
        let identity = self.store.base.identity();
        for target in &self.noted {
            let wanted = self.description_of(target, change)?;
            for predicate in [v::TYPE, v::LABEL] {
                for old in self.before().within(&identity, (Some(target), Some(predicate), None))? {
                    change.remove(old.as_ref());
                }
            }
            wanted.iter().for_each(|quad| change.insert(quad.as_ref()));
        }
        Ok(())
    }

    fn description_of(&self, target: &NamedNode, change: &Transaction<'_>) -> Result<Vec<Quad>, StoreError> {
        let after = State::changing(change, self.store);
        let Some(thing) = self.store.base.thing(target.as_str()) else { return Ok(Vec::new()) };
        if after.merged_into(target)?.is_empty() || after.exists(target)? {
            return Ok(Vec::new());
        }
        let identity = self.store.base.identity();
        let name = self.decisions.given_name(&thing).unwrap_or(&thing.name);
        let labels = in_both_scripts(name).map(|l| Quad::new(target.clone(), v::LABEL, l, identity.clone()));
        let class = Quad::new(target.clone(), v::TYPE, v::own(thing.class.as_str()), identity.clone());
        Ok(labels.into_iter().chain([class]).collect())
    }

    /// Finds the graphs of which queries may see something else than before.
    fn reach(
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

    fn difference(&self, change: &Transaction<'_>) -> Result<Difference, StoreError> {
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
        let mut subjects = after.merged_into(subject)?;
        subjects.push(subject.clone());
        let mut objects = vec![quad.object.clone()];
        if let Term::NamedNode(object) = &quad.object {
            objects.extend(after.merged_into(object)?.into_iter().map(Term::from));
        }
        let mut predicates = vec![quad.predicate.as_ref()];
        if quad.predicate == v::ALT_LABEL {
            predicates.push(v::LABEL);
        }
        for subject in &subjects {
            for (predicate, object) in predicates.iter().flat_map(|p| objects.iter().map(move |o| (*p, o))) {
                let found =
                    after.first_named((Some(subject), Some(predicate), Some(object.as_ref())), |same| {
                        let graph = graph_of(same).unwrap_or_default();
                        if self.graphs.contains(graph)
                            || self.others.contains(graph)
                            || graph == self.store.base.identity().as_str()
                        {
                            return Ok(false);
                        }
                        match self.store.base.document_of(graph) {
                            Some(_) => Ok(view.one(same)?.as_ref() == Some(quad)),
                            None => Ok(in_default_graph(same) == *quad),
                        }
                    })?;
                if found {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Lets queries see the difference, and counts it.
    fn show(&self, (gone, come): Difference, change: &mut Transaction<'_>) -> Result<(), StoreError> {
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
