//! JSON-LD with a context of prefixes, one object per subject.

use oxrdf::{GraphName, Literal, Quad, Term, vocab::xsd};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes graphs as they come; what stands in a named graph is nested in an object for it.
pub(super) struct Writer<W: Write> {
    out: W,
    compact: Compact,
    graphs: usize,
}

impl<W: Write> Writer<W> {
    /// Writes the context.
    pub(super) fn begin(prefixes: Vec<(String, String)>, mut out: W) -> io::Result<Self> {
        let context: Map<String, Value> = prefixes.iter().map(|(p, iri)| (p.clone(), json!(iri))).collect();
        write!(out, "{{\"@context\":{},\n\"@graph\":[", serde_json::to_string_pretty(&context)?)?;
        Ok(Self { out, compact: Compact { prefixes }, graphs: 0 })
    }

    /// Writes the sorted quads of one graph.
    pub(super) fn graph(&mut self, quads: &[Quad]) -> io::Result<()> {
        self.out.write_all(if self.graphs == 0 { b"\n" } else { b",\n" })?;
        self.graphs += 1;
        self.compact.write_graph(quads, &mut self.out)
    }

    /// Closes what is open.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

struct Compact {
    prefixes: Vec<(String, String)>,
}

impl Compact {
    fn write_graph(&self, quads: &[Quad], out: &mut impl Write) -> io::Result<()> {
        let name = match &quads[0].graph_name {
            GraphName::DefaultGraph => None,
            GraphName::NamedNode(node) => Some(self.iri(node.as_str())),
            GraphName::BlankNode(node) => Some(node.to_string()),
        };
        if let Some(name) = &name {
            write!(out, "{{\"@id\":{},\"@graph\":[", json!(name))?;
        }
        for (index, subject) in quads.chunk_by(|a, b| a.subject == b.subject).enumerate() {
            if index > 0 {
                out.write_all(b",\n")?;
            }
            serde_json::to_writer(&mut *out, &self.subject(subject))?;
        }
        if name.is_some() { out.write_all(b"]}") } else { Ok(()) }
    }

    fn subject(&self, quads: &[Quad]) -> Value {
        let mut object = Map::new();
        let id = match &quads[0].subject {
            oxrdf::NamedOrBlankNode::NamedNode(node) => self.iri(node.as_str()),
            oxrdf::NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        object.insert("@id".to_owned(), json!(id));
        for same in quads.chunk_by(|a, b| a.predicate == b.predicate) {
            if same[0].predicate.as_ref() == super::v::TYPE {
                object.insert("@type".to_owned(), same.iter().map(|q| self.class(&q.object)).collect());
            } else {
                let values = same.iter().map(|q| self.value(&q.object)).collect();
                object.insert(self.iri(same[0].predicate.as_str()), values);
            }
        }
        Value::Object(object)
    }

    fn class(&self, term: &Term) -> Value {
        match term {
            Term::NamedNode(node) => json!(self.iri(node.as_str())),
            other => json!(other.to_string()),
        }
    }

    fn value(&self, term: &Term) -> Value {
        match term {
            Term::NamedNode(node) => json!({"@id": self.iri(node.as_str())}),
            Term::BlankNode(node) => json!({"@id": node.to_string()}),
            Term::Literal(literal) => self.literal(literal),
        }
    }

    fn literal(&self, literal: &Literal) -> Value {
        match literal.language() {
            Some(language) => json!({"@value": literal.value(), "@language": language}),
            None if literal.datatype() == xsd::STRING => json!(literal.value()),
            None => json!({"@value": literal.value(), "@type": self.iri(literal.datatype().as_str())}),
        }
    }

    /// An IRI shortened by the longest prefix that fits.
    fn iri(&self, iri: &str) -> String {
        let fitting = self.prefixes.iter().filter(|(_, p)| iri.starts_with(p.as_str()));
        match fitting.max_by_key(|(_, p)| p.len()) {
            Some((prefix, start)) if !iri[start.len()..].starts_with("//") => {
                format!("{prefix}:{}", &iri[start.len()..])
            }
            _ => iri.to_owned(),
        }
    }
}
