//! Full text: names of things and sentences of documents, found by any part of them in either script.
//!
//! The index lies in the folder of the store. It is brought up to date when it is asked: graphs that changed since are
//! indexed anew, the others stay. Every character and every pair of neighbouring characters of the folded text is a term,
//! and what all terms of a question lead to is looked at once more, so that nothing is found that does not hold it.

mod freshness;
mod index;

use super::{Store, StoreError};
use crate::rdf::{simplified, vocabulary as v};
use crate::text::{LineKind, Text};
use index::{Entry, Index, Kind};
use oxigraph::model::{GraphNameRef, NamedNode, Quad, Term};
use std::collections::BTreeMap;

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
        let index = self.fresh_index()?;
        let wanted = folded(words);
        let failed = |e: tantivy::TantivyError| self.index_failure(&e.to_string());
        let mut entries = index.find(&wanted).map_err(failed)?;
        entries.retain(|entry| folded(&entry.text).contains(&wanted));
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

    /// The index after every graph that changed has been read anew.
    fn fresh_index(&self) -> Result<Index, SearchError> {
        let folder = self.path.join("find-index");
        let failed = |reason: &str| self.index_failure(reason);
        let mut state = freshness::State::read(&folder);
        let now = freshness::listing(&self.path);
        let mut index = Index::open(&folder).map_err(|e| failed(&e.to_string()))?;
        if index.is_lasting() && state.is_of(&now) {
            return Ok(index);
        }
        if !index.can_write() {
            index = Index::in_memory().map_err(|e| failed(&e.to_string()))?;
        }
        let mut marks = BTreeMap::new();
        for graph in self.graph_names()? {
            let labels = self.labels_in(&graph)?;
            let mark = self.mark(&graph, &labels)?;
            if state.mark(graph.as_str()) != Some(&mark) || !index.is_lasting() {
                let entries = self.entries(&graph, labels)?;
                index.replace(graph.as_str(), entries).map_err(|e| failed(&e.to_string()))?;
            }
            marks.insert(graph.into_string(), mark);
        }
        for gone in state.replace(now, marks) {
            index.replace(&gone, Vec::new()).map_err(|e| failed(&e.to_string()))?;
        }
        index.commit().map_err(|e| failed(&e.to_string()))?;
        if index.is_lasting() {
            state.write(&folder);
        }
        Ok(index)
    }

    fn index_failure(&self, reason: &str) -> SearchError {
        SearchError::Index(reason.to_owned(), self.path.join("find-index").display().to_string())
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

    /// What tells whether a graph must be read anew.
    fn mark(&self, graph: &NamedNode, labels: &[Quad]) -> Result<String, StoreError> {
        let mut lines: Vec<String> = labels.iter().map(ToString::to_string).collect();
        lines.sort();
        lines.extend(self.text_in(graph, v::SHA256)?);
        Ok(crate::rdf::digest(&lines.join("\n")))
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

    fn entries(&self, graph: &NamedNode, labels: Vec<Quad>) -> Result<Vec<Entry>, StoreError> {
        let base = self.base.as_str();
        let mut entries: Vec<Entry> = labels
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
