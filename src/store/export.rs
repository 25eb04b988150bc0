//! The graphs of a store one after another, whole or as far as they speak of something.

mod selection;

use super::state::State;
use super::view::View;
use super::{Query, QueryError, Store, StoreError};
use crate::rdf::{ontology_graph, vocabulary as v};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
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
}

impl Store {
    /// The graphs that are wanted, sorted by name, each in memory only while it is looked at.
    pub fn graphs(&self, wanted: &Wanted) -> Result<Graphs<'_>, WantedError> {
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
        let mut extra = self.licence(wanted.license.as_ref());
        extra.extend(ontology_graph().into_iter().filter(|_| wanted.ontology));
        Ok(Graphs { store: self, names: names.into_iter(), selection, extra })
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

    fn licence(&self, license: Option<&NamedNode>) -> Vec<Quad> {
        let node = self.base.description();
        let say = |predicate: oxigraph::model::NamedNodeRef<'_>, object: Term| {
            Quad::new(node.clone(), predicate.into_owned(), object, node.clone())
        };
        let said = license.map(|license| {
            [say(v::TYPE, v::DCAT_DATASET.into_owned().into()), say(v::LICENSE, license.clone().into())]
        });
        said.into_iter().flatten().collect()
    }

    /// What describes the data set in VoID and DCAT: counts, vocabulary, licence.
    pub fn description(&self, license: Option<&NamedNode>) -> Result<Vec<Quad>, StoreError> {
        let node = self.base.description();
        let mut quads = self.graph_quads(&node)?;
        let triples = Literal::new_typed_literal(self.triples()?.to_string(), v::INTEGER);
        quads.push(Quad::new(node.clone(), v::TRIPLES.into_owned(), triples, node));
        quads.extend(self.licence(license));
        Ok(quads)
    }

    /// The words that the licences of linked sources ask for, of the sources that some quads name.
    pub fn credits(&self, quads: &[Quad]) -> Result<Vec<Quad>, StoreError> {
        let named = |source: &str| quads.iter().any(|quad| is_of(source, quad));
        let found =
            self.inner.quads_for_pattern(None, Some(v::CITATION), None, Some(GraphNameRef::DefaultGraph));
        let found = found.map(|quad| quad.map_err(|e| self.failure(&e)));
        let asked =
            |quad: &Quad| matches!(&quad.subject, NamedOrBlankNode::NamedNode(of) if named(of.as_str()));
        found.filter(|quad| quad.as_ref().map_or(true, asked)).collect()
    }

    fn graph_quads(&self, name: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let graph = Some(GraphNameRef::from(name.as_ref()));
        let quads = self.inner.quads_for_pattern(None, None, None, graph);
        quads.collect::<Result<_, _>>().map_err(|e| self.failure(&e))
    }

    /// The quads of a graph as queries see them: things under the names they are merged into.
    fn graph_as_seen(&self, name: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let quads = self.graph_quads(name)?;
        let seen: Vec<Quad> = match self.base.document_of(name.as_str()) {
            Some(_) => View::new(State::committed(self), &self.decisions).of(name.as_str(), quads)?,
            None if *name == self.base.identity() => quads.into_iter().filter(|q| !is_mark(q)).collect(),
            None => super::view::plain(quads).collect(),
        };
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

/// Whether a quad names something of a source.
fn is_of(source: &str, quad: &Quad) -> bool {
    let subject = matches!(&quad.subject, NamedOrBlankNode::NamedNode(of) if of.as_str().starts_with(source));
    subject || matches!(&quad.object, Term::NamedNode(of) if of.as_str().starts_with(source))
}

/// Whether a quad only says what a run has still to do.
fn is_mark(quad: &Quad) -> bool {
    [v::JX_UNSETTLED, v::JX_UNINDEXED].contains(&quad.predicate.as_ref())
}

impl Iterator for Graphs<'_> {
    type Item = Result<Vec<Quad>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let description = GraphName::from(self.store.base.description());
        loop {
            let Some(name) = self.names.next() else {
                let rest = std::mem::take(&mut self.extra);
                return (!rest.is_empty()).then_some(Ok(rest));
            };
            let quads = self.store.graph_as_seen(&name).map(|quads| self.selection.of(quads));
            let Ok(mut quads) = quads else { return Some(quads) };
            if GraphName::from(name) == description {
                let (own, rest) =
                    std::mem::take(&mut self.extra).into_iter().partition(|q| q.graph_name == description);
                self.extra = rest;
                quads.extend::<Vec<Quad>>(own);
            }
            if !quads.is_empty() {
                return Some(Ok(quads));
            }
        }
    }
}
