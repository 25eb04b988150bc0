//! Where documents call something by its name, as they were found.

use super::sheet::{Quotation, Reader};
use crate::graph::Thing;
use crate::rdf::vocabulary as v;
use crate::store::state::State;
use crate::store::{Store, StoreError};
use oxigraph::model::NamedNode;

impl Store {
    /// The first words that name a thing in a document, whatever it is merged into.
    pub fn naming(&self, thing: &Thing) -> Result<Option<Quotation>, StoreError> {
        let (state, mut reader) = (State::committed(self), Reader::new(self));
        let node = self.base.iri_of(thing);
        for statement in state.subjects(v::SUBJECT, node.as_ref().into())? {
            let statement = NamedNode::new_unchecked(statement);
            let said = self.objects(&statement, v::PREDICATE)?;
            let names = [v::LABEL, v::ALT_LABEL].iter().any(|p| said.contains(&p.into_owned().into()));
            if names && let Some(first) = reader.quotations(&statement)?.into_iter().next() {
                return Ok(Some(first));
            }
        }
        Ok(None)
    }
}
