//! Which documents a store holds, and how much of what.

use super::state::State;
use super::terms::{node_of, subject_of, text_of};
use super::{Answer, Query, QueryError, Store, StoreError};
use crate::document::Class;
use crate::graph::Thing;
use crate::rdf::{Counts, ontology_graph, vocabulary as v};
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Quad, Term};
use std::collections::BTreeMap;

/// A document in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentEntry {
    /// Its id.
    pub id: String,
    /// Its title, if its text has one.
    pub title: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// Code points of its text.
    pub length: usize,
}

impl Store {
    /// The documents, sorted by id.
    pub fn documents(&self) -> Result<Vec<DocumentEntry>, StoreError> {
        let mut entries = Vec::new();
        for node in self.subjects(v::TYPE, v::JX_DOCUMENT)? {
            let text = |predicate| self.text_of(&node, predicate).map(Option::unwrap_or_default);
            entries.push(DocumentEntry {
                id: text(v::IDENTIFIER)?,
                title: text(v::TITLE)?,
                sha256: text(v::SHA256)?,
                length: text(v::JX_LENGTH)?.parse().unwrap_or(0),
            });
        }
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(entries)
    }

    /// The SHA-256 of a document's text and the IRI of the run that read it, if the store has the document.
    pub fn reading(&self, document: &str) -> Result<Option<(String, String)>, StoreError> {
        let Some(sha256) = self.text_of(&self.base.mint("document", document), v::SHA256)? else {
            return Ok(None);
        };
        let run = self.objects(&self.base.graph(document), v::WAS_GENERATED_BY)?;
        let run = run.into_iter().find_map(node_of);
        Ok(Some((sha256, run.map(NamedNode::into_string).unwrap_or_default())))
    }

    /// Below which confidence findings were left out of the texts of the store: each different number once, ascending.
    pub fn min_confidences(&self) -> Result<Vec<f32>, StoreError> {
        let mut found = Vec::new();
        for run in self.subjects(v::TYPE, v::JX_RUN)? {
            found.push(self.min_confidence_of(&run)?);
        }
        found.sort_by(f32::total_cmp);
        found.dedup();
        Ok(found)
    }

    /// Below which confidence findings were left out of a document.
    pub fn min_confidence(&self, document: &str) -> Result<f32, StoreError> {
        let runs = self.objects(&self.base.graph(document), v::WAS_GENERATED_BY)?;
        runs.into_iter().find_map(node_of).map_or(Ok(0.0), |run| self.min_confidence_of(&run))
    }

    fn min_confidence_of(&self, run: &NamedNode) -> Result<f32, StoreError> {
        let stated = self.text_of(run, v::JX_MIN_CONFIDENCE)?;
        Ok(stated.and_then(|number| number.parse().ok()).unwrap_or(0.0))
    }

    /// Whether any document was found to speak of a thing, under whatever name queries see it.
    pub fn is_found(&self, thing: &Thing) -> Result<bool, StoreError> {
        State::committed(self).exists(&self.base.iri_of(thing))
    }

    /// The name under which queries see a thing: that which it is merged into, or its own.
    pub fn shown_as(&self, thing: &NamedNode) -> Result<NamedNode, StoreError> {
        Ok(State::committed(self).target(thing)?.unwrap_or_else(|| thing.clone()))
    }

    /// The text of a document as it was read.
    pub fn text(&self, document: &str) -> Result<Option<String>, StoreError> {
        self.text_of(&self.base.mint("document", document), v::TEXT)
    }

    /// How many documents, entities and relations there are, as the store says of itself.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let state = State::committed(self);
        let marks = state.within(&self.base.identity(), (None, Some(v::JX_UNSETTLED), None))?;
        let described = Counts::read(&self.base, &state.graph(&self.base.description())?);
        described.filter(|_| marks.is_empty()).map_or_else(|| self.counted(), Ok)
    }

    /// How many documents, entities and relations there are, counted.
    pub fn counted(&self) -> Result<Counts, StoreError> {
        let mut counts = Counts::none();
        counts.documents = self.size(v::JX_DOCUMENT)?;
        let nine: Vec<String> = Class::ALL.iter().map(|c| v::own(c.as_str()).into_string()).collect();
        for (iri, count) in &mut counts.classes {
            *count = self.size(NamedNodeRef::new_unchecked(iri))?;
            if nine.contains(iri) {
                counts.entities += *count;
            }
        }
        for (iri, count) in &mut counts.properties {
            *count = self.count(&format!("?s <{iri}> ?o"))?;
        }
        Ok(counts)
    }

    /// How many different triples the documents' graphs hold.
    pub fn triples(&self) -> Result<usize, StoreError> {
        let description = self.count(&format!("GRAPH {} {{ ?s ?p ?o }}", self.base.description()))?;
        Ok(self.count("?s ?p ?o")?.saturating_sub(ontology_graph().len() + description))
    }

    fn size(&self, class: NamedNodeRef<'_>) -> Result<usize, StoreError> {
        self.count(&format!("?s a {class}"))
    }

    /// Counts the matches of a pattern without reading the names in them; one by one, since the engine's own COUNT
    /// would go on for ever where a file is damaged.
    fn count(&self, pattern: &str) -> Result<usize, StoreError> {
        let failed = |error: QueryError| StoreError::told(&self.path, &error.to_string());
        let query = Query::new(format!("SELECT ?nothing {{ {pattern} }}"));
        let Answer::Rows(mut rows) = self.ask(&query).map_err(failed)? else { return Ok(0) };
        rows.try_fold(0, |count, row| row.map(|_| count + 1)).map_err(failed)
    }

    /// Distinct subjects of a predicate and object, sorted.
    pub(super) fn subjects(
        &self,
        predicate: NamedNodeRef<'_>,
        object: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let object = Term::from(object.into_owned());
        let quads = self.matching((None, Some(predicate), Some(&object)))?;
        let nodes: BTreeMap<String, NamedNode> =
            quads.iter().filter_map(subject_of).map(|n| (n.as_str().to_owned(), n.clone())).collect();
        Ok(nodes.into_values().collect())
    }

    /// Distinct objects of a subject and predicate, sorted.
    pub(super) fn objects(
        &self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Vec<Term>, StoreError> {
        let quads = self.matching((Some(subject), Some(predicate), None))?;
        let terms: BTreeMap<String, Term> =
            quads.into_iter().map(|q| (q.object.to_string(), q.object)).collect();
        Ok(terms.into_values().collect())
    }

    /// The first literal of a subject and predicate.
    pub(super) fn text_of(
        &self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        let terms = self.objects(subject, predicate)?;
        Ok(terms.iter().find_map(text_of).map(str::to_owned))
    }

    /// The triples that fit a pattern, each once whatever number of documents state it.
    pub(super) fn matching(
        &self,
        (subject, predicate, object): (Option<&NamedNode>, Option<NamedNodeRef<'_>>, Option<&Term>),
    ) -> Result<Vec<Quad>, StoreError> {
        let subject = subject.map(|s| s.as_ref().into());
        let quads = self.inner.quads_for_pattern(
            subject,
            predicate,
            object.map(Term::as_ref),
            Some(GraphNameRef::DefaultGraph),
        );
        quads.collect::<Result<_, _>>().map_err(|e| self.failure(&e))
    }
}
