//! What describes the data set: counts, licence, the sources it is linked with and what these ask for.

use crate::rdf::vocabulary as v;
use crate::store::state::State;
use crate::store::terms::{node_of, subject_of};
use crate::store::{Store, StoreError};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

impl Store {
    pub(super) fn licence(&self, license: Option<&NamedNode>) -> Vec<Quad> {
        let node = self.base.description();
        let say = |predicate: oxigraph::model::NamedNodeRef<'_>, object: Term| {
            Quad::new(node.clone(), predicate.into_owned(), object, node.clone())
        };
        let said = license.map(|license| {
            [say(v::TYPE, v::DCAT_DATASET.into_owned().into()), say(v::LICENSE, license.clone().into())]
        });
        said.into_iter().flatten().collect()
    }

    /// What describes the data set in VoID and DCAT: counts, vocabulary, licence, sets of links with their attribution.
    pub fn description(&self, license: Option<&NamedNode>) -> Result<Vec<Quad>, StoreError> {
        let node = self.base.description();
        let mut quads = self.graph_quads(&node)?;
        let triples = Literal::new_typed_literal(self.triples()?.to_string(), v::INTEGER);
        quads.push(Quad::new(node.clone(), v::TRIPLES.into_owned(), triples, node));
        quads.extend(self.licence(license));
        quads.extend(self.linksets()?);
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

    /// The sets of links, and the sources they lead to with the words that these ask for.
    fn linksets(&self) -> Result<Vec<Quad>, StoreError> {
        let (node, state) = (self.base.description(), State::committed(self));
        let sets = state.named((None, Some(v::TYPE), Some(v::VOID_LINKSET.into())))?;
        let mut told = Vec::new();
        for set in sets.iter().filter_map(subject_of) {
            told.push(Quad::new(node.clone(), v::SUBSET.into_owned(), set.clone(), node.clone()));
            let of_set = state.named((Some(set), None, None))?;
            let targets = of_set.iter().filter(|quad| quad.predicate == v::OBJECTS_TARGET);
            for source in targets.filter_map(|quad| node_of(quad.object.clone())) {
                told.extend(state.named((Some(&source), None, None))?);
            }
            told.extend(of_set);
        }
        let graph = GraphName::from(node);
        Ok(told.into_iter().map(|quad| Quad { graph_name: graph.clone(), ..quad }).collect())
    }
}

/// Whether a quad names something of a source.
fn is_of(source: &str, quad: &Quad) -> bool {
    let subject = matches!(&quad.subject, NamedOrBlankNode::NamedNode(of) if of.as_str().starts_with(source));
    subject || matches!(&quad.object, Term::NamedNode(of) if of.as_str().starts_with(source))
}
