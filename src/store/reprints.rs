//! Which documents are reprints of which, worked out only around those that a change touches.

use super::StoreError;
use super::state::State;
use super::terms::{subject_of, text_of};
use crate::rdf::vocabulary as v;
use crate::text::{Text, Wording};
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Works out originals at one moment; a text is read once.
pub(super) struct Reprints<'a> {
    state: State<'a>,
    read: BTreeMap<String, Option<Wording>>,
}

impl<'a> Reprints<'a> {
    pub(super) fn new(state: State<'a>) -> Self {
        Self { state, read: BTreeMap::new() }
    }

    /// The documents that share a band with one of these, they themselves included.
    pub(super) fn around(&self, documents: &BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
        let mut around = documents.clone();
        for document in documents {
            around.extend(self.alike(document)?);
        }
        Ok(around)
    }

    /// The first of the documents of which this one is a reprint.
    pub(super) fn original(&mut self, document: &str) -> Result<Option<NamedNode>, StoreError> {
        for other in self.alike(document)? {
            if other.as_str() >= document {
                break;
            }
            if let (Some(one), Some(two)) = (self.wording(document)?, self.wording(&other)?)
                && one.is_reprint_of(&two)
            {
                return Ok(Some(NamedNode::new_unchecked(other)));
            }
        }
        Ok(None)
    }

    fn alike(&self, document: &str) -> Result<BTreeSet<String>, StoreError> {
        let node = NamedNode::new_unchecked(document);
        let mut alike = BTreeSet::new();
        for quad in self.state.named((Some(&node), Some(v::JX_WORDING_BAND), None))? {
            alike.extend(self.state.subjects(v::JX_WORDING_BAND, quad.object.as_ref())?);
        }
        Ok(alike)
    }

    fn wording(&mut self, document: &str) -> Result<Option<Wording>, StoreError> {
        if let Some(known) = self.read.get(document) {
            return Ok(known.clone());
        }
        let node = NamedNode::new_unchecked(document);
        let quads = self.state.named((Some(&node), Some(v::TEXT), None))?;
        let text =
            quads.iter().find_map(|quad| text_of(&quad.object)).map(|text| Wording::of(&Text::new(text)));
        self.read.insert(document.to_owned(), text.clone());
        Ok(text)
    }

    /// The documents that are known as reprints of one.
    pub(super) fn known(state: &State<'_>, original: &NamedNode) -> Result<Vec<NamedNode>, StoreError> {
        let pattern = (None, Some(v::JX_REPRINT_OF), Some(original.as_ref().into()));
        let quads = state.within(&state.base().identity(), pattern)?;
        Ok(quads.iter().filter_map(subject_of).cloned().collect())
    }
}
