//! What queries see of a document: things under the names they are merged into, nothing that was rejected, nothing that
//! a reprint says again.

use super::StoreError;
use super::state::State;
use super::terms::{graph_of, node_of, subject_of};
use crate::document::Class;
use crate::graph::{Decision, Decisions, Thing};
use crate::rdf::{STATING, vocabulary as v};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad, Term};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Kept in the documents' graphs to find what belongs together; of no use to whoever asks.
const INNER: [NamedNodeRef<'static>; 5] =
    [v::JX_WORDING_BAND, v::JX_IDENTITY_KEY, v::JX_UNSETTLED, v::JX_UNINDEXED, v::JX_DECISIONS];

/// Documents as queries see them at one moment.
pub(super) struct View<'a> {
    state: State<'a>,
    decisions: &'a Decisions,
    targets: RefCell<HashMap<NamedNode, Option<NamedNode>>>,
}

/// A triple as a document may state it.
pub(super) type Source = (NamedNode, NamedNode, Term);

/// A statement node's triple.
type Stated = BTreeMap<String, [Option<Term>; 3]>;

/// Every quad as it is, before anything is merged.
pub(super) fn plain(quads: Vec<Quad>) -> impl Iterator<Item = Quad> {
    quads.into_iter().filter_map(plainly)
}

/// A quad as it is, if it is seen at all.
pub(super) fn plainly(quad: Quad) -> Option<Quad> {
    let shown = !INNER.contains(&quad.predicate.as_ref());
    shown.then_some(Quad { graph_name: GraphName::DefaultGraph, ..quad })
}

impl<'a> View<'a> {
    pub(super) fn new(state: State<'a>, decisions: &'a Decisions) -> Self {
        Self { state, decisions, targets: RefCell::default() }
    }

    /// What is seen of a document's graph.
    pub(super) fn of(&self, graph: &str, quads: Vec<Quad>) -> Result<Vec<Quad>, StoreError> {
        let stated = stated(&quads);
        let hidden = self.hidden(graph, &quads, &stated)?;
        let mut seen = Vec::with_capacity(quads.len());
        for quad in &quads {
            let Some(subject) = subject_of(quad) else { continue };
            if hidden.contains(subject.as_str()) {
                continue;
            }
            let Some(mut shown) = self.one(quad)? else { continue };
            if quad.predicate == v::PREDICATE
                && quad.object == Term::from(v::LABEL.into_owned())
                && let Some([Some(Term::NamedNode(about)), ..]) = stated.get(subject.as_str())
                && self.target(about)?.is_some()
            {
                shown.object = v::ALT_LABEL.into_owned().into();
            }
            seen.push(shown);
        }
        Ok(seen)
    }

    /// What is seen of one quad that is no part of a statement node's description.
    pub(super) fn one(&self, quad: &Quad) -> Result<Option<Quad>, StoreError> {
        if INNER.contains(&quad.predicate.as_ref()) {
            return Ok(None);
        }
        let Some(subject) = subject_of(quad) else { return Ok(None) };
        let (mut shown, moved) = (quad.clone(), self.target(subject)?);
        shown.graph_name = GraphName::DefaultGraph;
        if let Term::NamedNode(object) = &quad.object
            && let Some(target) = self.target(object)?
        {
            shown.object = target.into();
        }
        if let Some(target) = moved {
            if quad.predicate == v::TYPE && self.class(&target) != self.class(subject) {
                return Ok(None);
            }
            if quad.predicate == v::LABEL {
                shown.predicate = v::ALT_LABEL.into_owned();
            }
            shown.subject = target.into();
        }
        let rejected = self.is_rejected(quad) || self.is_rejected(&shown);
        Ok((!rejected).then_some(shown))
    }

    /// The triples of documents in which one that is seen may be stated: its ends under the names that are merged into
    /// them, and another name as the main name that it was.
    pub(super) fn sources(&self, seen: &Quad) -> Result<Vec<Source>, StoreError> {
        let Some(subject) = subject_of(seen) else { return Ok(Vec::new()) };
        let mut subjects = self.state.merged_into(subject)?;
        subjects.push(subject.clone());
        let mut objects = vec![seen.object.clone()];
        if let Term::NamedNode(object) = &seen.object {
            objects.extend(self.state.merged_into(object)?.into_iter().map(Term::from));
        }
        let mut predicates = vec![seen.predicate.clone()];
        predicates.extend((seen.predicate == v::ALT_LABEL).then(|| v::LABEL.into_owned()));
        let mut sources = Vec::new();
        for subject in &subjects {
            for predicate in &predicates {
                sources.extend(objects.iter().map(|o| (subject.clone(), predicate.clone(), o.clone())));
            }
        }
        Ok(sources)
    }

    /// What is seen of a quad of any named graph.
    pub(super) fn seen(&self, quad: &Quad) -> Result<Option<Quad>, StoreError> {
        match graph_of(quad).and_then(|graph| self.state.base().document_of(graph.as_str())) {
            Some(_) => self.one(quad),
            None => Ok(plainly(quad.clone())),
        }
    }

    fn class(&self, node: &NamedNode) -> Option<Class> {
        self.state.base().thing(node.as_str()).map(|t| t.class)
    }

    /// What a node is merged into; looked up once.
    fn target(&self, node: &NamedNode) -> Result<Option<NamedNode>, StoreError> {
        if self.class(node).is_none() {
            return Ok(None);
        }
        if let Some(known) = self.targets.borrow().get(node) {
            return Ok(known.clone());
        }
        let target = self.state.target(node)?;
        self.targets.borrow_mut().insert(node.clone(), target.clone());
        Ok(target)
    }

    fn is_rejected(&self, quad: &Quad) -> bool {
        let Some(subject) = subject_of(quad) else { return false };
        self.decisions.iter().any(|decision| {
            let Decision::Reject(about, property, object) = decision else { return false };
            let predicate = if property == "type" { v::TYPE.into_owned() } else { v::own(property) };
            *subject == self.state.base().iri_of(about)
                && quad.predicate == predicate
                && quad.object == self.object(object)
        })
    }

    /// An object of a rejected statement: a thing, else a term.
    fn object(&self, text: &str) -> Term {
        let thing = Thing::parse(text).map(|t| self.state.base().iri_of(&t));
        thing.unwrap_or_else(|| v::own(text)).into()
    }

    /// Nodes of a document that are not seen: rejected statements, what the original states already, and passages that
    /// nothing else rests on.
    fn hidden(&self, graph: &str, quads: &[Quad], stated: &Stated) -> Result<BTreeSet<String>, StoreError> {
        let mut hidden = self.repeated(graph, quads)?;
        for (node, triple) in stated {
            if let [Some(Term::NamedNode(s)), Some(Term::NamedNode(p)), Some(o)] = triple {
                let quad = Quad::new(s.clone(), p.clone(), o.clone(), GraphName::DefaultGraph);
                if self.one(&quad)?.is_none() {
                    hidden.insert(node.clone());
                }
            }
        }
        if !hidden.is_empty() {
            let orphans = orphans(quads, &hidden);
            hidden.extend(orphans);
        }
        Ok(hidden)
    }

    /// Statements and figures of a reprint that its original has too: their IRIs differ in the document's id only.
    fn repeated(&self, graph: &str, quads: &[Quad]) -> Result<BTreeSet<String>, StoreError> {
        let Some(original) = self.state.original(graph)? else { return Ok(BTreeSet::new()) };
        let mut there = BTreeSet::new();
        for mark in STATING {
            let nodes = self.state.within(&original, (None, Some(mark), None))?;
            there.extend(nodes.iter().filter_map(subject_of).map(|n| content(n.as_str()).to_owned()));
        }
        let own = quads.iter().filter(|q| STATING.contains(&q.predicate.as_ref()));
        let own = own.filter_map(subject_of).map(|n| n.as_str().to_owned());
        Ok(own.filter(|node| there.contains(content(node))).collect())
    }
}

/// The hash at the end of a statement's or figure's IRI.
fn content(node: &str) -> &str {
    node.rsplit('_').next().unwrap_or(node)
}

fn stated(quads: &[Quad]) -> Stated {
    let mut stated = Stated::new();
    for quad in quads {
        let place = [v::SUBJECT, v::PREDICATE, v::OBJECT].iter().position(|p| quad.predicate == *p);
        if let (Some(place), Some(node)) = (place, subject_of(quad)) {
            stated.entry(node.as_str().to_owned()).or_default()[place] = Some(quad.object.clone());
        }
    }
    stated
}

/// Passages, and what selects them, on which only hidden nodes rest.
fn orphans(quads: &[Quad], hidden: &BTreeSet<String>) -> BTreeSet<String> {
    let links = [v::JX_EVIDENCE, v::JX_STATED_AT, v::JX_OCCURS_AT];
    let (mut used, mut unused) = (BTreeSet::new(), BTreeSet::new());
    for quad in quads.iter().filter(|q| links.contains(&q.predicate.as_ref())) {
        let (Some(node), Some(passage)) = (subject_of(quad), node_of(quad.object.clone())) else { continue };
        let side = if hidden.contains(node.as_str()) { &mut unused } else { &mut used };
        side.insert(passage.into_string());
    }
    unused.retain(|passage| !used.contains(passage));
    let selectors = quads.iter().filter(|q| q.predicate == v::HAS_SELECTOR);
    let of_unused = selectors.filter(|q| subject_of(q).is_some_and(|s| unused.contains(s.as_str())));
    let selectors: Vec<String> =
        of_unused.filter_map(|q| node_of(q.object.clone())).map(NamedNode::into_string).collect();
    unused.extend(selectors);
    unused
}
