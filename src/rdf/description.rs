//! What is said across documents: the data set with its counts, and the ontology in a graph of its own.

use super::base::Base;
use super::graph::integer;
use super::vocabulary as v;
use crate::document::{Class, Predicate};
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

impl Counts {
    /// Nothing of everything that is counted.
    pub fn none() -> Self {
        let zero = |iri: NamedNode| (iri.into_string(), 0);
        let figures = [v::JX_FIGURE, v::JX_TARGET].map(NamedNodeRef::into_owned);
        Self {
            documents: 0,
            entities: 0,
            classes: Class::ALL.iter().map(|c| v::own(c.as_str())).chain(figures).map(zero).collect(),
            properties: Predicate::ALL.iter().map(|p| v::own(p.as_str())).map(zero).collect(),
        }
    }

    /// Counts a triple that comes.
    pub fn with(&mut self, quad: &Quad) {
        self.touch(quad, |count| *count += 1);
    }

    /// Counts a triple that goes.
    pub fn without(&mut self, quad: &Quad) {
        self.touch(quad, |count| *count = count.saturating_sub(1));
    }

    fn touch(&mut self, quad: &Quad, change: impl Fn(&mut usize)) {
        if quad.predicate != v::TYPE {
            self.properties.get_mut(quad.predicate.as_str()).into_iter().for_each(change);
            return;
        }
        let Term::NamedNode(class) = &quad.object else { return };
        if *class == v::JX_DOCUMENT {
            change(&mut self.documents);
        }
        if let Some(count) = self.classes.get_mut(class.as_str()) {
            change(count);
            if *class != v::JX_FIGURE && *class != v::JX_TARGET {
                change(&mut self.entities);
            }
        }
    }

    /// Reads back what [`describe`] wrote, if it is there.
    pub fn read(base: &Base, quads: &[Quad]) -> Option<Self> {
        let node = base.description();
        let number = |subject: &NamedNode, predicate: NamedNodeRef<'_>| {
            let of_it =
                quads.iter().find(|q| q.subject == subject.clone().into() && q.predicate == predicate)?;
            let Term::Literal(number) = &of_it.object else { return None };
            number.value().parse::<usize>().ok()
        };
        let mut counts = Self::none();
        counts.documents = number(&node, v::DOCUMENTS)?;
        counts.entities = number(&node, v::ENTITIES)?;
        let part = |iri: &str| NamedNode::new_unchecked(format!("{}/{}", node.as_str(), local(iri)));
        for (iri, count) in &mut counts.classes {
            *count = number(&part(iri), v::ENTITIES)?;
        }
        for (iri, count) in &mut counts.properties {
            *count = number(&part(iri), v::TRIPLES)?;
        }
        Some(counts)
    }
}

fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The layout of stores that this version writes and reads.
pub const STORE_FORMAT: &str = "3";

/// The quads that describe the data set, in a graph of their own.
pub fn describe(base: &Base, counts: &Counts) -> Vec<Quad> {
    let mut graph = Description { node: base.description(), quads: Vec::new() };
    let node = graph.node.clone();
    graph.add(&node, v::TYPE, v::VOID_DATASET);
    graph.add(&node, v::TYPE, v::DCAT_DATASET);
    graph.add_titles();
    graph.add(&node, v::URI_SPACE, Literal::new_simple_literal(base.as_str()));
    graph.add(&node, v::JX_STORE_FORMAT, Literal::new_simple_literal(STORE_FORMAT));
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
            let part = NamedNode::new_unchecked(format!("{}/{}", node.as_str(), local(iri)));
            self.add(&node, link, part.clone());
            self.add(&part, what, NamedNode::new_unchecked(iri));
            self.add(&part, count, integer(*size));
        }
    }
}
