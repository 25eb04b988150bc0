//! What a store holds, before a change or within it; counts what is read.

use super::terms::{graph_of, node_of, subject_of};
use super::{Store, StoreError};
use crate::rdf::{Base, vocabulary as v};
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, TermRef};
use oxigraph::store::{Store as Oxigraph, Transaction};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The quads at a moment.
#[derive(Clone, Copy)]
enum Moment<'a> {
    Committed(&'a Oxigraph),
    Changing(&'a Transaction<'a>),
}

/// Reads the quads at a moment.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    moment: Moment<'a>,
    store: &'a Store,
}

type Subject<'a> = Option<&'a NamedNode>;
type Object<'a> = Option<TermRef<'a>>;

impl<'a> State<'a> {
    pub(super) fn committed(store: &'a Store) -> Self {
        Self { moment: Moment::Committed(&store.inner), store }
    }

    pub(super) fn changing(change: &'a Transaction<'_>, store: &'a Store) -> Self {
        Self { moment: Moment::Changing(change), store }
    }

    pub(super) fn base(&self) -> &'a Base {
        &self.store.base
    }

    /// The quads that fit; each is a piece of work.
    fn each(
        &self,
        (subject, predicate, object): (Subject<'_>, Option<NamedNodeRef<'_>>, Object<'_>),
        graph: Option<GraphNameRef<'_>>,
    ) -> Box<dyn Iterator<Item = Result<Quad, StoreError>> + 'a> {
        let subject = subject.map(|s| s.as_ref().into());
        let quads: Box<dyn Iterator<Item = _> + 'a> = match self.moment {
            Moment::Committed(store) => Box::new(store.quads_for_pattern(subject, predicate, object, graph)),
            Moment::Changing(change) => Box::new(change.quads_for_pattern(subject, predicate, object, graph)),
        };
        let store = self.store;
        Box::new(quads.map(move |quad| {
            store.work.fetch_add(1, Ordering::Relaxed);
            quad.map_err(|e| store.failure(&e))
        }))
    }

    /// The quads of a named graph.
    pub(super) fn graph(&self, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        self.each((None, None, None), Some(graph.as_ref().into())).collect()
    }

    /// The quads of all named graphs that fit.
    pub(super) fn named(
        &self,
        pattern: (Subject<'_>, Option<NamedNodeRef<'_>>, Object<'_>),
    ) -> Result<Vec<Quad>, StoreError> {
        let quads = self.each(pattern, None);
        quads.filter(|q| q.as_ref().map_or(true, |q| !q.graph_name.is_default_graph())).collect()
    }

    /// Whether `fits` says yes of a fitting quad of a named graph; stops at the first.
    pub(super) fn first_named(
        &self,
        pattern: (Subject<'_>, Option<NamedNodeRef<'_>>, Object<'_>),
        fits: impl Fn(&Quad) -> Result<bool, StoreError>,
    ) -> Result<bool, StoreError> {
        for quad in self.each(pattern, None) {
            let quad = quad?;
            if !quad.graph_name.is_default_graph() && fits(&quad)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The quads of one named graph that fit.
    pub(super) fn within(
        &self,
        graph: &NamedNode,
        pattern: (Subject<'_>, Option<NamedNodeRef<'_>>, Object<'_>),
    ) -> Result<Vec<Quad>, StoreError> {
        self.each(pattern, Some(graph.as_ref().into())).collect()
    }

    /// Whether the default graph holds a triple.
    pub(super) fn shows(&self, quad: &Quad) -> Result<bool, StoreError> {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return Ok(false) };
        let pattern = (Some(subject), Some(quad.predicate.as_ref()), Some(quad.object.as_ref()));
        Ok(self.each(pattern, Some(GraphNameRef::DefaultGraph)).next().transpose()?.is_some())
    }

    /// Whether any document states that something is of the class that its IRI says.
    pub(super) fn exists(&self, node: &NamedNode) -> Result<bool, StoreError> {
        let Some(thing) = self.base().thing(node.as_str()) else { return Ok(false) };
        let class = v::own(thing.class.as_str());
        let pattern = (Some(node), Some(v::TYPE), Some(class.as_ref().into()));
        for quad in self.each(pattern, None) {
            if let oxigraph::model::GraphName::NamedNode(graph) = quad?.graph_name
                && graph != self.base().identity()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether any graph but that of identity says this of a node, or anything.
    pub(super) fn is_told(
        &self,
        node: &NamedNode,
        predicate: Option<NamedNodeRef<'_>>,
    ) -> Result<bool, StoreError> {
        let identity = self.base().identity();
        self.first_named((Some(node), predicate, None), |quad| Ok(graph_of(quad) != Some(&identity)))
    }

    /// The named graphs that name something.
    pub(super) fn graphs_with(&self, node: &NamedNode) -> Result<BTreeSet<String>, StoreError> {
        let mut quads = self.named((Some(node), None, None))?;
        quads.extend(self.named((None, None, Some(node.as_ref().into())))?);
        Ok(quads.iter().filter_map(graph_of).map(|graph| graph.as_str().to_owned()).collect())
    }

    /// The subjects of fitting quads in documents' graphs, each once.
    pub(super) fn subjects(
        &self,
        predicate: NamedNodeRef<'_>,
        object: TermRef<'_>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let quads = self.named((None, Some(predicate), Some(object)))?;
        Ok(quads.into_iter().filter_map(|q| subject_of(&q).map(|s| s.as_str().to_owned())).collect())
    }

    /// What the identity graph says a node is merged into.
    pub(super) fn target(&self, node: &NamedNode) -> Result<Option<NamedNode>, StoreError> {
        let quads = self.within(&self.base().identity(), (Some(node), Some(v::JX_MERGED_INTO), None))?;
        Ok(quads.into_iter().find_map(|q| node_of(q.object)))
    }

    /// What is merged into a node.
    pub(super) fn merged_into(&self, node: &NamedNode) -> Result<Vec<NamedNode>, StoreError> {
        let pattern = (None, Some(v::JX_MERGED_INTO), Some(node.as_ref().into()));
        let quads = self.within(&self.base().identity(), pattern)?;
        Ok(quads.iter().filter_map(subject_of).cloned().collect())
    }

    /// The graph of the document whose reprint the document of a graph is.
    pub(super) fn original(&self, graph: &str) -> Result<Option<NamedNode>, StoreError> {
        let base = self.base();
        let Some(id) = base.document_of(graph) else { return Ok(None) };
        let document = base.mint("document", &id);
        let quads = self.within(&base.identity(), (Some(&document), Some(v::JX_REPRINT_OF), None))?;
        let original = quads.into_iter().find_map(|q| node_of(q.object));
        Ok(original.and_then(|o| graph_of_document(&o, base)))
    }
}

/// The graph of a document's node: `document/ID` has `graph/ID`.
pub(super) fn graph_of_document(document: &NamedNode, base: &Base) -> Option<NamedNode> {
    let id = document.as_str().strip_prefix(base.as_str())?.strip_prefix("document/")?;
    Some(NamedNode::new_unchecked(format!("{}graph/{id}", base.as_str())))
}

/// Counts quads that are read.
pub(super) type Work = AtomicUsize;
