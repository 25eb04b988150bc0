//! A graph as a network of things: nodes with names and classes, edges with their property and the documents that state
//! them. Figures, evidence and descriptions are no part of it.

mod dot;
mod gexf;
mod graphml;
mod tables;

use super::SIMPLIFIED;
use super::base::Base;
use super::vocabulary as v;
use crate::document::{Class, Predicate};
use crate::ontology::{NAMESPACE, ontology};
use oxrdf::{GraphName, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The formats of networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFormat {
    /// GraphML.
    GraphMl,
    /// GEXF 1.3, which Gephi opens.
    Gexf,
    /// Graphviz.
    Dot,
}

/// A thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// Its name.
    pub label: String,
    /// Its class: the local name.
    pub class: String,
    /// The stage of a project.
    pub status: String,
}

/// A relation between two things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The IRI of one.
    pub source: String,
    /// The property: the local name.
    pub property: String,
    /// The IRI of the other.
    pub target: String,
}

/// Things and relations, sorted by IRI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<Edge, BTreeSet<String>>,
    language: String,
    graphs: String,
}

impl Network {
    /// An empty network whose names are in a language (`zh-hans`, `zh-hant`, `en`).
    pub fn new(language: &str, base: &Base) -> Self {
        let graphs = base.mint("graph", "").into_string();
        Self { nodes: BTreeMap::new(), edges: BTreeMap::new(), language: language.to_owned(), graphs }
    }

    /// Takes what a quad says of things and their relations.
    pub fn add(&mut self, quad: &Quad) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return };
        let (subject, predicate) = (subject.as_str(), quad.predicate.as_ref());
        match &quad.object {
            Term::NamedNode(class) if predicate == v::TYPE => {
                if let Some(class) = class_of(class.as_str()) {
                    self.nodes.entry(subject.to_owned()).or_default().class = class.to_owned();
                }
            }
            Term::Literal(name) if predicate == v::LABEL => self.name(subject, name),
            Term::NamedNode(object) if predicate == v::JX_STATUS => {
                let stage = object.as_str().trim_start_matches(NAMESPACE);
                self.nodes.entry(subject.to_owned()).or_default().status = stage.to_owned();
            }
            Term::NamedNode(object) => {
                self.relate(subject, predicate.as_str(), (object.as_str(), &quad.graph_name))
            }
            _ => {}
        }
    }

    fn name(&mut self, subject: &str, name: &oxrdf::Literal) {
        let node = self.nodes.entry(subject.to_owned()).or_default();
        let wanted = if self.language == "en" { SIMPLIFIED } else { &self.language };
        let fits = name.language() == Some(wanted) || name.language() == Some(&self.language);
        if node.label.is_empty() || fits {
            name.value().clone_into(&mut node.label);
        }
    }

    fn relate(&mut self, subject: &str, property: &str, (object, graph): (&str, &GraphName)) {
        let Some(local) = property.strip_prefix(NAMESPACE).filter(|local| Predicate::parse(local).is_some())
        else {
            return;
        };
        let edge = Edge { source: subject.to_owned(), property: local.to_owned(), target: object.to_owned() };
        let documents = self.edges.entry(edge).or_default();
        if let GraphName::NamedNode(graph) = graph {
            documents.insert(graph.as_str().trim_start_matches(self.graphs.as_str()).to_owned());
        }
    }

    /// The things by IRI.
    pub fn things(&self) -> &BTreeMap<String, Node> {
        &self.nodes
    }

    /// The relations, each with the documents that state it.
    pub fn relations(&self) -> &BTreeMap<Edge, BTreeSet<String>> {
        &self.edges
    }

    /// Leaves out what is no thing of the nine classes, and relations whose ends are none.
    pub fn settle(&mut self) {
        self.nodes.retain(|_, node| !node.class.is_empty());
        let known = &self.nodes;
        self.edges.retain(|edge, _| known.contains_key(&edge.source) && known.contains_key(&edge.target));
    }

    /// Writes the network.
    pub fn write(mut self, format: NetworkFormat, out: &mut dyn Write) -> io::Result<()> {
        self.settle();
        match format {
            NetworkFormat::GraphMl => graphml::write(&self, out),
            NetworkFormat::Gexf => gexf::write(&self, out),
            NetworkFormat::Dot => dot::write(&self, out),
        }
    }

    /// Writes two tables in CSV: things and relations.
    pub fn write_tables(mut self, nodes: &mut dyn Write, edges: &mut dyn Write) -> io::Result<()> {
        self.settle();
        tables::write(&self, nodes, edges)
    }

    /// Nodes with their number, in order.
    fn numbered(&self) -> BTreeMap<&str, usize> {
        self.nodes.keys().enumerate().map(|(number, iri)| (iri.as_str(), number)).collect()
    }

    /// What a term of the ontology is called.
    fn word(&self, local: &str) -> String {
        ontology().term(local).map_or_else(|| local.to_owned(), |term| term.label(&self.language).to_owned())
    }
}

fn class_of(iri: &str) -> Option<&str> {
    iri.strip_prefix(NAMESPACE).filter(|local| Class::parse(local).is_some())
}

fn documents(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdfio::{RdfFormat, RdfParser};

    fn network() -> Network {
        let text = "<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/jinxiu/ontology#Place> <https://w3id.org/jinxiu/id/graph/one> .
<http://x/a> <http://www.w3.org/2000/01/rdf-schema#label> \"甲 & \\\"乙\\\"\"@zh-hans <https://w3id.org/jinxiu/id/graph/one> .
<http://x/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/jinxiu/ontology#Industry> <https://w3id.org/jinxiu/id/graph/one> .
<http://x/a> <https://w3id.org/jinxiu/ontology#develops> <http://x/b> <https://w3id.org/jinxiu/id/graph/one> .
<http://x/a> <https://w3id.org/jinxiu/ontology#develops> <http://x/b> <https://w3id.org/jinxiu/id/graph/two> .
<http://x/a> <https://w3id.org/jinxiu/ontology#develops> <http://x/unknown> <https://w3id.org/jinxiu/id/graph/two> .
";
        let mut network = Network::new("zh-hans", &Base::default());
        for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(text) {
            network.add(&quad.unwrap());
        }
        network
    }

    fn written(format: NetworkFormat) -> String {
        let mut out = Vec::new();
        network().write(format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_format_escapes_names_and_counts_documents() {
        let graphml = written(NetworkFormat::GraphMl);
        assert!(graphml.contains("甲 &amp; &quot;乙&quot;") && graphml.contains(">one two<"), "{graphml}");
        assert_eq!(graphml.matches("<edge ").count(), 1);
        let gexf = written(NetworkFormat::Gexf);
        assert!(gexf.contains("weight=\"2\"") && gexf.contains("label=\"发展产业\""), "{gexf}");
        let dot = written(NetworkFormat::Dot);
        assert!(dot.contains("label=\"甲 & \\\"乙\\\"\"") && dot.contains("n0 -> n1"), "{dot}");
    }

    #[test]
    fn tables_quote_what_needs_it() {
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        network().write_tables(&mut nodes, &mut edges).unwrap();
        let nodes = String::from_utf8(nodes).unwrap();
        assert!(
            nodes.starts_with("id,label,class,status\r\nhttp://x/a,\"甲 & \"\"乙\"\"\",Place,\r\n"),
            "{nodes}"
        );
        assert!(String::from_utf8(edges).unwrap().ends_with("http://x/a,develops,http://x/b,2,one two\r\n"));
    }
}
