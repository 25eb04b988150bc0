//! SPARQL updates, with the change that they make.
//!
//! The default graph holds what the named graphs state, so an update sees it that way too: a triple that is deleted
//! without a graph is deleted from every graph that states it, and one that is inserted without a graph goes to the graph
//! `update` below the base. All operations of an update are done in one transaction, or none; what they change of named
//! graphs is then a change like any other, from which follows what is merged and what queries see.

mod templates;

use super::edit::Edit;
use super::query::{failed, parser, refusal, respell_languages};
use super::state::State;
use super::view::View;
use super::{Query, QueryError, Store, StoreError};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, QuadRef, Term};
use oxigraph::sparql::{QueryResults, QuerySolution, SparqlEvaluator};
use oxigraph::store::Transaction;
use spargebra::GraphUpdateOperation as Operation;
use spargebra::algebra::{GraphPattern, GraphTarget, QueryDataset};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// An update that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// It is no update, or its pattern fails.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An operation that is done otherwise here.
    #[error("{0}")]
    Elsewhere(&'static str),
}

/// Whether an update is made or only shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The store is changed.
    Made,
    /// The store stays as it is.
    Shown,
}

/// What an update changes, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    /// Quads that go.
    pub removed: Vec<Quad>,
    /// Quads that come.
    pub added: Vec<Quad>,
}

impl Patch {
    /// Writes it as RDF Patch.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        writeln!(out, "TX .")?;
        self.removed.iter().try_for_each(|quad| writeln!(out, "D {quad} ."))?;
        self.added.iter().try_for_each(|quad| writeln!(out, "A {quad} ."))?;
        writeln!(out, "TC .")
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty()
    }
}

impl Store {
    /// Makes an update, or only tells what it would change.
    pub fn update(&mut self, update: &Query, effect: Effect) -> Result<Patch, UpdateError> {
        let parsed = self.parse_update(update)?;
        if effect == Effect::Made {
            self.settle()?;
        }
        let patch = self.patch_of(&parsed)?;
        if effect == Effect::Made && !patch.is_empty() {
            Edit::new(self).patch(&patch.removed, &patch.added)?;
            self.flush()?;
        }
        Ok(patch)
    }

    /// What an update changes, found out in a transaction that is given up.
    fn patch_of(&self, update: &spargebra::Update) -> Result<Patch, UpdateError> {
        let transaction = self.inner.start_transaction().map_err(|e| self.failure(&e))?;
        let mut change = Change { store: self, transaction, net: BTreeMap::new() };
        update.operations.iter().try_for_each(|operation| change.run(operation))?;
        Ok(patch(change.net))
    }

    fn parse_update(&self, update: &Query) -> Result<spargebra::Update, QueryError> {
        let prefixes = self.prefixes_of(update);
        let text = respell_languages(update.text());
        parser(&text, &prefixes)?.parse_update(&text).or_else(|error| {
            let again = parser(&text, &prefixes)?.parse_update(&refusal::padded(&text)).err();
            Err(refusal::explain(update.text(), &prefixes, &again.unwrap_or(error).to_string()))
        })
    }
}

/// By the quad in N-Quads: the quad, and whether it comes or goes.
type Net = BTreeMap<String, (Quad, bool)>;

fn patch(net: Net) -> Patch {
    let (added, removed): (Vec<_>, Vec<_>) = net.into_values().partition(|(_, comes)| *comes);
    let quads = |side: Vec<(Quad, bool)>| side.into_iter().map(|(quad, _)| quad).collect();
    Patch { removed: quads(removed), added: quads(added) }
}

/// An update while it is made.
struct Change<'a> {
    store: &'a Store,
    transaction: Transaction<'a>,
    net: Net,
}

impl Change<'_> {
    fn run(&mut self, operation: &Operation) -> Result<(), UpdateError> {
        match operation {
            Operation::InsertData { data } => {
                data.iter().try_for_each(|quad| self.insert(templates::quad(quad)))
            }
            Operation::DeleteData { data } => {
                data.iter().try_for_each(|quad| self.remove(&templates::ground(quad)))
            }
            Operation::DeleteInsert { delete, insert, using, pattern } => {
                let solutions = self.solutions(pattern, using.as_ref())?;
                let gone =
                    solutions.iter().flat_map(|s| delete.iter().filter_map(|t| templates::removed(t, s)));
                gone.collect::<Vec<_>>().iter().try_for_each(|quad| self.remove(quad))?;
                solutions.iter().try_for_each(|s| {
                    templates::added(insert, s).into_iter().try_for_each(|q| self.insert(q))
                })
            }
            Operation::Clear { graph, .. } | Operation::Drop { graph, .. } => self.clear(graph),
            Operation::Create { .. } => Ok(()),
            Operation::Load { .. } => {
                Err(UpdateError::Elsewhere("LOAD is not done here; use: jinxiu import FILE --store DIR"))
            }
        }
    }

    fn solutions(
        &self,
        pattern: &GraphPattern,
        using: Option<&QueryDataset>,
    ) -> Result<Vec<QuerySolution>, UpdateError> {
        let select =
            spargebra::Query::Select { dataset: using.cloned(), pattern: pattern.clone(), base_iri: None };
        let prepared = SparqlEvaluator::new().for_query(select);
        let results = prepared.on_transaction(&self.transaction).execute().map_err(|e| failed(&e))?;
        let QueryResults::Solutions(solutions) = results else { return Ok(Vec::new()) };
        Ok(solutions.collect::<Result<_, _>>().map_err(|e| failed(&e))?)
    }

    /// The quads of named graphs that fit.
    fn stated(
        &self,
        (subject, predicate, object): (Option<&NamedOrBlankNode>, Option<&NamedNode>, Option<&Term>),
        graph: Option<&NamedNode>,
    ) -> Result<Vec<Quad>, StoreError> {
        let quads = self.transaction.quads_for_pattern(
            subject.map(NamedOrBlankNode::as_ref),
            predicate.map(NamedNode::as_ref),
            object.map(Term::as_ref),
            graph.map(|g| g.as_ref().into()),
        );
        let named = quads.filter(|q| q.as_ref().map_or(true, |q| !q.graph_name.is_default_graph()));
        named.collect::<Result<_, _>>().map_err(|e| self.store.failure(&e))
    }

    fn view(&self) -> View<'_> {
        View::new(State::changing(&self.transaction, self.store), &self.store.decisions)
    }

    /// The quads of named graphs that let queries see a triple, under whatever names their documents give its ends.
    fn behind(&self, seen: &Quad) -> Result<Vec<Quad>, StoreError> {
        let (view, mut behind) = (self.view(), Vec::new());
        let mut patterns = Vec::new();
        for (subject, predicate, object) in view.sources(seen)? {
            patterns.push((NamedOrBlankNode::from(subject), predicate, object));
        }
        if let NamedOrBlankNode::BlankNode(_) = seen.subject {
            patterns.push((seen.subject.clone(), seen.predicate.clone(), seen.object.clone()));
        }
        for (subject, predicate, object) in &patterns {
            for quad in self.stated((Some(subject), Some(predicate), Some(object)), None)? {
                if view.seen(&quad)?.is_some_and(|quad| merged(&quad) == merged(seen)) {
                    behind.push(quad);
                }
            }
        }
        Ok(behind)
    }

    fn insert(&mut self, mut quad: Quad) -> Result<(), UpdateError> {
        if quad.graph_name == GraphName::DefaultGraph {
            quad.graph_name = self.store.base.additions().into();
        }
        if !self.transaction.contains(&quad).map_err(|e| self.store.failure(&e))? {
            self.transaction.insert(quad.as_ref());
            if let Some(seen) = self.view().seen(&quad)? {
                self.transaction.insert(seen.as_ref());
            }
            self.note(quad, true);
        }
        Ok(())
    }

    /// Removes a quad; one of the default graph from every graph that lets queries see it.
    fn remove(&mut self, quad: &Quad) -> Result<(), UpdateError> {
        let spo = (Some(&quad.subject), Some(&quad.predicate), Some(&quad.object));
        let stated = match &quad.graph_name {
            GraphName::NamedNode(graph) => self.stated(spo, Some(graph))?,
            _ => self.behind(quad)?,
        };
        for stated in stated {
            let seen = self.view().seen(&stated)?;
            self.transaction.remove(stated.as_ref());
            if let Some(seen) = seen
                && self.behind(&seen)?.is_empty()
            {
                self.transaction.remove(seen.as_ref());
            }
            self.note(stated, false);
        }
        Ok(())
    }

    fn clear(&mut self, target: &GraphTarget) -> Result<(), UpdateError> {
        let graph = match target {
            GraphTarget::NamedNode(node) => Some(node),
            GraphTarget::NamedGraphs | GraphTarget::AllGraphs => None,
            GraphTarget::DefaultGraph => {
                return Err(UpdateError::Elsewhere(
                    "the default graph holds what the documents' graphs state; clear a named graph",
                ));
            }
        };
        let quads = self.stated((None, None, None), graph)?;
        quads.iter().try_for_each(|quad| self.remove(quad))?;
        graph.map_or(Ok(()), |graph| {
            self.transaction.remove_named_graph(graph).map_err(|e| self.store.failure(&e).into())
        })
    }

    /// Notes a change; one that takes another back leaves nothing.
    fn note(&mut self, quad: Quad, comes: bool) {
        let key = quad.to_string();
        match self.net.get(&key) {
            Some((_, before)) if *before != comes => drop(self.net.remove(&key)),
            _ => drop(self.net.insert(key, (quad, comes))),
        }
    }
}

fn merged(quad: &Quad) -> QuadRef<'_> {
    QuadRef { graph_name: GraphNameRef::DefaultGraph, ..quad.as_ref() }
}
