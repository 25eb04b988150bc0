//! What queries see, read as it stands in the store: what all graphs give when they are merged.

use super::lots::in_lots;
use super::{Wanted, WantedError};
use crate::rdf::ontology_graph;
use crate::store::state::State;
use crate::store::terms::subject_of;
use crate::store::{Store, StoreError};
use oxigraph::model::{GraphName, GraphNameRef, Quad};
use std::collections::HashSet;

impl Wanted {
    /// Whether nothing is left out but the ontology.
    pub fn is_whole(&self) -> bool {
        self.documents.is_empty() && self.class.is_none() && self.place.is_none() && self.years.is_none()
    }
}

impl Store {
    /// All triples that queries see, in lots and in the order of the store; without the ontology unless it is wanted.
    pub fn merged(
        &self,
        wanted: &Wanted,
    ) -> Result<impl Iterator<Item = Result<Vec<Quad>, StoreError>> + '_, WantedError> {
        let left_out = self.ontology_alone()?;
        let quads = self.inner.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
        let quads = quads.map(|quad| quad.map_err(|e| self.failure(&e)));
        let quads = quads.filter(move |quad| quad.as_ref().map_or(true, |quad| !left_out.contains(quad)));
        Ok(in_lots(quads).chain([Ok(self.extra(wanted))]))
    }

    /// What the ontology says and no other graph.
    fn ontology_alone(&self) -> Result<HashSet<Quad>, StoreError> {
        let Some(GraphName::NamedNode(ontology)) = ontology_graph().first().map(|q| q.graph_name.clone())
        else {
            return Ok(HashSet::new());
        };
        let state = State::committed(self);
        let mut alone = HashSet::new();
        for quad in self.graph_quads(&ontology)? {
            let pattern = (subject_of(&quad), Some(quad.predicate.as_ref()), Some(quad.object.as_ref()));
            if !state.first_named(pattern, |other| Ok(other.graph_name != quad.graph_name))? {
                alone.insert(Quad { graph_name: GraphName::DefaultGraph, ..quad });
            }
        }
        Ok(alone)
    }
}
