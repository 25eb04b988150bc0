//! What queries see, read as it stands in the store: what all graphs give when they are merged.

use super::side_by_side::Reader;
use super::{Wanted, WantedError};
use crate::rdf::ontology_graph;
use crate::store::state::State;
use crate::store::terms::subject_of;
use crate::store::{Store, StoreError};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{HashMap, HashSet};

/// Triples by their property.
type Triples = HashMap<NamedNode, HashSet<(NamedOrBlankNode, Term)>>;

impl Wanted {
    /// Whether nothing is left out but the ontology.
    pub fn is_whole(&self) -> bool {
        self.documents.is_empty() && self.class.is_none() && self.place.is_none() && self.years.is_none()
    }
}

impl Store {
    /// All triples that queries see, in lots and in no order; without the ontology unless it is wanted.
    pub fn merged(
        &self,
        wanted: &Wanted,
    ) -> Result<impl Iterator<Item = Result<Vec<Quad>, StoreError>> + '_, WantedError> {
        let left_out = self.ontology_alone()?;
        let lots = Reader { store: self.inner.clone(), path: self.path.clone() }.lots()?;
        let seen = lots.map(move |lot| lot.map(|quads| without(&left_out, quads)));
        Ok(seen.chain([Ok(self.extra(wanted))]))
    }

    /// What the ontology says and no other graph.
    fn ontology_alone(&self) -> Result<Triples, StoreError> {
        let Some(GraphName::NamedNode(ontology)) = ontology_graph().first().map(|q| q.graph_name.clone())
        else {
            return Ok(Triples::new());
        };
        let state = State::committed(self);
        let mut alone = Triples::new();
        for quad in self.graph_quads(&ontology)? {
            let pattern = (subject_of(&quad), Some(quad.predicate.as_ref()), Some(quad.object.as_ref()));
            if !state.first_named(pattern, |other| Ok(other.graph_name != quad.graph_name))? {
                alone.entry(quad.predicate).or_default().insert((quad.subject, quad.object));
            }
        }
        Ok(alone)
    }
}

/// Triples of one property without some.
fn without(left_out: &Triples, mut quads: Vec<Quad>) -> Vec<Quad> {
    let of_property = quads.first().and_then(|quad| left_out.get(&quad.predicate));
    if let Some(left_out) = of_property {
        quads.retain(|quad| !left_out.contains(&(quad.subject.clone(), quad.object.clone())));
    }
    quads
}
