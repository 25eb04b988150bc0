//! Full text: names of things and sentences of documents, found by any part of them in either script.
//!
//! The index lies in the folder of the store. Whatever changes a graph marks it as not indexed, in the same transaction;
//! when the change is on the disk, marked graphs are indexed and the marks taken away. A run that is stopped between the
//! two leaves marks, from which whoever writes or searches next goes on. Every character and every pair of neighbouring
//! characters of the folded text is a term, and what all terms of a question lead to is looked at once more, so that
//! nothing is found that does not hold it.

mod index;

use super::state::State;
use super::terms::node_of;
use super::{Store, StoreError, is_store};
use crate::rdf::{simplified, vocabulary as v};
use crate::text::{LineKind, Text};
use index::{Entry, Index, Kind};
use oxigraph::model::{GraphNameRef, NamedNode, Quad, Term};
use std::path::PathBuf;

/// Something that holds the words asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    /// The name of a thing.
    Name {
        /// Its IRI.
        iri: String,
        /// The name.
        name: String,
    },
    /// A sentence.
    Sentence {
        /// The id of its document.
        document: String,
        /// Its first code point.
        start: usize,
        /// One past its last code point.
        end: usize,
        /// The words, as the text has them.
        words: String,
    },
}

/// An index that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index fails.
    #[error(
        "the index of names and sentences cannot be used: {0}; remove the folder {1} and it is made anew"
    )]
    Index(String, String),
}

impl Store {
    /// Names and sentences that hold some words: names first, the shortest first; at most `limit`, and how many there are.
    pub fn search(&self, words: &str, limit: usize) -> Result<(Vec<Hit>, usize), SearchError> {
        let wanted = folded(words);
        let mut entries = self.entries_with(&wanted)?;
        entries.retain(|entry| folded(&entry.text).contains(&wanted));
        for entry in entries.iter_mut().filter(|entry| entry.kind == Kind::Name) {
            entry.of = self.shown_as(&NamedNode::new_unchecked(&entry.of))?.into_string();
        }
        entries.sort_by_cached_key(|e| {
            (
                e.kind,
                if e.kind == Kind::Name { e.text.chars().count() } else { 0 },
                e.of.clone(),
                e.start,
                e.text.clone(),
            )
        });
        entries.dedup_by(|a, b| {
            a.kind == b.kind && a.of == b.of && a.start == b.start && folded(&a.text) == folded(&b.text)
        });
        let count = entries.len();
        Ok((entries.into_iter().take(limit).map(hit).collect(), count))
    }

    /// The entries that have all pieces of some folded words. An index that lags behind is brought in step first; where
    /// nobody may write, what it lacks is indexed in memory.
    fn entries_with(&self, wanted: &str) -> Result<Vec<Entry>, SearchError> {
        let mut kept = Index::open(&self.index_folder());
        let mut behind = self.behind(kept.as_ref(), self.index_marks()?)?;
        if !behind.is_empty() && Self::open_for_writing(&self.path).is_ok_and(|store| store.index().is_ok()) {
            kept = Index::open(&self.index_folder());
            behind.clear();
        }
        let failed = |e: tantivy::TantivyError| self.index_failure(&e);
        let mut entries = match kept {
            Some(kept) => kept.find(wanted, &behind).map_err(failed)?,
            None => Vec::new(),
        };
        if !behind.is_empty() {
            let mut fresh = Index::in_memory();
            self.enter(&behind, &mut fresh)?;
            entries.extend(fresh.find(wanted, &[]).map_err(failed)?);
        }
        Ok(entries)
    }

    /// Brings the index in step with the store, and takes the marks away.
    fn index(&self) -> Result<(), SearchError> {
        if !is_store(&self.path) {
            return Ok(());
        }
        let (folder, marks) = (self.index_folder(), self.index_marks()?);
        let kept = Index::open(&folder);
        let behind = self.behind(kept.as_ref(), marks.clone())?;
        if behind.is_empty() && kept.is_some() {
            return Ok(());
        }
        let failed = |e: tantivy::TantivyError| self.index_failure(&e);
        let mut index = kept.map_or_else(|| Index::create(&folder), Ok).map_err(failed)?;
        self.enter(&behind, &mut index)?;
        let mut change = self.inner.start_transaction().map_err(|e| self.failure(&e))?;
        marks.iter().for_each(|mark| change.remove(mark.as_ref()));
        change.commit().map_err(|e| self.failure(&e))?;
        Ok(self.inner.flush().map_err(|e| self.failure(&e))?)
    }

    /// Forces everything to the disk, and the index after it. One that cannot be written does not fail the change: the
    /// marks stay, and the next search says why.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        self.inner.flush().map_err(|e| self.failure(&e))?;
        match self.index() {
            Err(SearchError::Store(error)) => Err(error),
            Err(SearchError::Index(..)) | Ok(()) => Ok(()),
        }
    }

    /// Says that a graph is not indexed as it is.
    pub(super) fn index_mark(&self, graph: &NamedNode) -> Quad {
        let identity = self.base.identity();
        Quad::new(identity.clone(), v::JX_UNINDEXED.into_owned(), graph.clone(), identity)
    }

    fn index_marks(&self) -> Result<Vec<Quad>, StoreError> {
        State::committed(self).within(&self.base.identity(), (None, Some(v::JX_UNINDEXED), None))
    }

    /// The graphs that an index does not have as they are: those with marks, or all.
    fn behind(&self, kept: Option<&Index>, marks: Vec<Quad>) -> Result<Vec<NamedNode>, StoreError> {
        match kept {
            None => self.graph_names(),
            Some(_) => Ok(marks.into_iter().filter_map(|mark| node_of(mark.object)).collect()),
        }
    }

    /// Puts what graphs hold in place of what an index has of them.
    fn enter(&self, graphs: &[NamedNode], index: &mut Index) -> Result<(), SearchError> {
        for graph in graphs {
            let entries = self.entries(graph)?;
            index.replace(graph, entries).map_err(|e| self.index_failure(&e))?;
        }
        index.commit().map_err(|e| self.index_failure(&e))
    }

    fn index_folder(&self) -> PathBuf {
        self.path.join("find-index")
    }

    fn index_failure(&self, reason: &tantivy::TantivyError) -> SearchError {
        SearchError::Index(reason.to_string(), self.index_folder().display().to_string())
    }

    /// What names things in a graph.
    fn labels_in(&self, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let mut labels = Vec::new();
        for predicate in [v::LABEL, v::ALT_LABEL] {
            let graph = Some(GraphNameRef::from(graph.as_ref()));
            for quad in self.inner.quads_for_pattern(None, Some(predicate), None, graph) {
                labels.push(quad.map_err(|e| self.failure(&e))?);
            }
        }
        Ok(labels)
    }

    fn text_in(
        &self,
        graph: &NamedNode,
        predicate: oxigraph::model::NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        let name = Some(GraphNameRef::from(graph.as_ref()));
        let quad = self.inner.quads_for_pattern(None, Some(predicate), None, name).next();
        Ok(match quad.transpose().map_err(|e| self.failure(&e))? {
            Some(Quad { object: Term::Literal(text), .. }) => Some(text.value().to_owned()),
            _ => None,
        })
    }

    fn entries(&self, graph: &NamedNode) -> Result<Vec<Entry>, StoreError> {
        let base = self.base.as_str();
        let mut entries: Vec<Entry> = self
            .labels_in(graph)?
            .into_iter()
            .filter_map(|quad| match (quad.subject, quad.object) {
                (oxigraph::model::NamedOrBlankNode::NamedNode(node), Term::Literal(name))
                    if node.as_str().starts_with(base) =>
                {
                    Some(Entry::name(node.as_str(), name.value()))
                }
                _ => None,
            })
            .collect();
        let Some(text) = self.text_in(graph, v::TEXT)? else { return Ok(entries) };
        let document = self.text_in(graph, v::IDENTIFIER)?.unwrap_or_default();
        let text = Text::new(&text);
        for sentence in text.sentences.iter().filter(|s| s.kind != LineKind::Furniture && s.start < s.end) {
            let (start, end) = text.view.to_text(sentence.start, sentence.end);
            entries.push(Entry::sentence(&document, (start, end), text.quote(start, end).trim()));
        }
        Ok(entries)
    }
}

/// As words are compared: simplified, in lower case, without blanks.
fn folded(words: &str) -> String {
    simplified(words).to_lowercase().split_whitespace().collect()
}

fn hit(entry: Entry) -> Hit {
    match entry.kind {
        Kind::Name => Hit::Name { iri: entry.of, name: entry.text },
        Kind::Sentence => {
            Hit::Sentence { document: entry.of, start: entry.start, end: entry.end, words: entry.text }
        }
    }
}
