//! What is said across documents: the data set with its counts, and the ontology in a graph of its own.

use super::base::Base;
use super::graph::integer;
use super::vocabulary as v;
use crate::ontology::{NAMESPACE, ontology};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use std::collections::BTreeMap;

/// How much a store holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: usize,
    /// Entities that any document names.
    pub entities: usize,
    /// Entities by class IRI.
    pub classes: BTreeMap<String, usize>,
    /// Asserted relations by property IRI.
    pub properties: BTreeMap<String, usize>,
}

/// The quads that describe the data set, in a graph of their own.
pub fn describe(base: &Base, counts: &Counts) -> Vec<Quad> {
    let mut graph = Description { node: base.description(), quads: Vec::new() };
    let node = graph.node.clone();
    graph.add(&node, v::TYPE, v::VOID_DATASET);
    graph.add(&node, v::TYPE, v::DCAT_DATASET);
    graph.add_titles();
    graph.add(&node, v::URI_SPACE, Literal::new_simple_literal(base.as_str()));
    graph.add(&node, v::VOCABULARY, NamedNode::new_unchecked(NAMESPACE));
    graph.add(&node, v::DOCUMENTS, integer(counts.documents));
    graph.add(&node, v::ENTITIES, integer(counts.entities));
    graph.add_partitions((v::CLASS_PARTITION, v::CLASS, v::ENTITIES), &counts.classes);
    graph.add_partitions((v::PROPERTY_PARTITION, v::PROPERTY, v::TRIPLES), &counts.properties);
    graph.quads
}

/// The ontology's triples in the graph that bears its name.
pub fn ontology_graph() -> Vec<Quad> {
    let name = NamedNode::new_unchecked(NAMESPACE.trim_end_matches('#'));
    ontology().triples().iter().map(|t| t.clone().in_graph(name.clone())).collect()
}

struct Description {
    node: NamedNode,
    quads: Vec<Quad>,
}

impl Description {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate.into_owned(), object, self.node.clone()));
    }

    fn add_titles(&mut self) {
        let titles = [
            ("区域发展知识图谱", "zh-hans"),
            ("區域發展知識圖譜", "zh-hant"),
            ("Knowledge graph of regional development", "en"),
        ];
        let node = self.node.clone();
        for (title, language) in titles {
            self.add(&node, v::TITLE, Literal::new_language_tagged_literal_unchecked(title, language));
        }
    }

    fn add_partitions(
        &mut self,
        (link, what, count): (NamedNodeRef<'_>, NamedNodeRef<'_>, NamedNodeRef<'_>),
        partitions: &BTreeMap<String, usize>,
    ) {
        let node = self.node.clone();
        for (iri, size) in partitions {
            let local = iri.rsplit(['#', '/']).next().unwrap_or(iri);
            let part = NamedNode::new_unchecked(format!("{}/{local}", node.as_str()));
            self.add(&node, link, part.clone());
            self.add(&part, what, NamedNode::new_unchecked(iri));
            self.add(&part, count, integer(*size));
        }
    }
}
