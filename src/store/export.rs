//! The graphs of a store one after another, whole or as far as they speak of something; or what they give when merged.

mod description;
mod lots;
mod merged;
mod selection;
mod side_by_side;

use super::state::State;
use super::view::View;
use super::{Query, QueryError, Store, StoreError};
use crate::rdf::{ontology_graph, vocabulary as v};
use lots::Lots;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeSet;

/// What of a store is wanted; everything unless something is named.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only these documents.
    pub documents: Vec<String>,
    /// Only what is said of things of this class, by its term or label.
    pub class: Option<String>,
    /// Only what is said of this place and what lies in it, by any of its names.
    pub place: Option<String>,
    /// Only figures of this year, or of these years.
    pub years: Option<(i32, i32)>,
    /// The ontology, too.
    pub ontology: bool,
    /// The licence under which the data are given, said in their description.
    pub license: Option<NamedNode>,
}

/// Something that is wanted and not there.
#[derive(Debug, thiserror::Error)]
pub enum WantedError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Looking it up fails.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// No such document.
    #[error("the store has no document {0}")]
    Document(String),
    /// No such class.
    #[error("the ontology has no class {0}{1}")]
    Class(String, String),
    /// No such place.
    #[error("nothing in the store is called {0}")]
    Place(String),
}

/// Graphs of a store that are read one after another.
pub struct Graphs<'a> {
    store: &'a Store,
    names: std::vec::IntoIter<NamedNode>,
    selection: selection::Selection,
    extra: Vec<Quad>,
    pieces: Pieces,
    open: Lots<'a>,
}

/// How large a graph is handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pieces {
    /// Whole, whatever its size.
    Whole,
    /// In lots that fit into memory, sorted, unless only a part of it is wanted.
    Lots,
}

impl Store {
    /// The graphs that are wanted, sorted by name, each in memory only while it is looked at.
    pub fn graphs(&self, wanted: &Wanted, pieces: Pieces) -> Result<Graphs<'_>, WantedError> {
        let selection = selection::Selection::new(self, wanted)?;
        let mut names = self.graph_names()?;
        let known = wanted.documents.iter().map(|id| self.base.graph(id)).collect::<BTreeSet<_>>();
        if let Some(missing) = wanted.documents.iter().find(|id| !names.contains(&self.base.graph(id))) {
            return Err(WantedError::Document(missing.clone()));
        }
        let ontology = ontology_graph().first().map(|q| q.graph_name.clone());
        let whole = known.is_empty() && selection.is_everything();
        names.retain(|name| match GraphName::from(name.clone()) {
            graph if Some(&graph) == ontology.as_ref() => false,
            _ if *name == self.base.description() => whole,
            _ => known.is_empty() || known.contains(name),
        });
        let (names, extra, open) = (names.into_iter(), self.extra(wanted), Box::new(std::iter::empty()));
        Ok(Graphs { store: self, names, selection, extra, pieces, open })
    }

    /// What is wanted and stands in no graph.
    fn extra(&self, wanted: &Wanted) -> Vec<Quad> {
        let licence = self.licence(wanted.license.as_ref());
        licence.into_iter().chain(ontology_graph().into_iter().filter(|_| wanted.ontology)).collect()
    }

    /// The names of the named graphs, sorted; that of what was inferred is none that anybody states.
    pub(super) fn graph_names(&self) -> Result<Vec<NamedNode>, StoreError> {
        let names = self.inner.named_graphs().map(|name| name.map_err(|e| self.failure(&e)));
        let names = names.filter_map(|name| match name {
            Ok(NamedOrBlankNode::NamedNode(node)) if node == self.base.inferred() => None,
            Ok(NamedOrBlankNode::NamedNode(node)) => Some(Ok(node)),
            Ok(NamedOrBlankNode::BlankNode(_)) => None,
            Err(error) => Some(Err(error)),
        });
        let names: BTreeSet<NamedNode> = names.collect::<Result<_, _>>()?;
        Ok(names.into_iter().collect())
    }

    fn graph_quads(&self, name: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let graph = Some(GraphNameRef::from(name.as_ref()));
        let quads = self.inner.quads_for_pattern(None, None, None, graph);
        quads.collect::<Result<_, _>>().map_err(|e| self.failure(&e))
    }

    /// The quads of a graph as queries see them: things under the names they are merged into.
    fn graph_as_seen(&self, name: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        if self.base.document_of(name.as_str()).is_none() {
            return self.other_graph_as_seen(name).collect();
        }
        let seen =
            View::new(State::committed(self), &self.decisions).of(name.as_str(), self.graph_quads(name)?)?;
        Ok(seen.into_iter().map(|quad| Quad { graph_name: name.clone().into(), ..quad }).collect())
    }

    /// The things that a query of one column names.
    fn things(&self, query: &Query) -> Result<BTreeSet<NamedNode>, QueryError> {
        let mut things = BTreeSet::new();
        if let super::Answer::Rows(rows) = self.ask(query)? {
            for row in rows {
                if let Some(Some(Term::NamedNode(node))) = row?.into_iter().next() {
                    things.insert(node);
                }
            }
        }
        Ok(things)
    }
}

/// Whether a quad only says what a run has still to do.
fn is_mark(quad: &Quad) -> bool {
    [v::JX_UNSETTLED, v::JX_UNINDEXED].contains(&quad.predicate.as_ref())
}

impl<'a> Graphs<'a> {
    /// The lots of the next graph; after the last one what stands in none.
    fn following(&mut self) -> Option<Result<Lots<'a>, StoreError>> {
        let Some(name) = self.names.next() else {
            let rest = std::mem::take(&mut self.extra);
            return (!rest.is_empty()).then(|| Ok(Box::new(std::iter::once(Ok(rest))) as Lots<'a>));
        };
        let own =
            self.extra.extract_if(.., |quad| quad.graph_name == name.clone().into()).collect::<Vec<_>>();
        if self.pieces == Pieces::Lots && own.is_empty() && self.selection.is_everything() {
            return Some(self.store.lots_as_seen(&name));
        }
        let quads = self.store.graph_as_seen(&name).map(|quads| self.selection.of(quads));
        Some(quads.map(|mut quads| {
            quads.extend(own);
            Box::new(std::iter::once(Ok(quads))) as Lots<'a>
        }))
    }
}

impl Iterator for Graphs<'_> {
    type Item = Result<Vec<Quad>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.open.next() {
                Some(Ok(quads)) if quads.is_empty() => {}
                Some(lot) => return Some(lot),
                None => match self.following()? {
                    Ok(lots) => self.open = lots,
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }
}
