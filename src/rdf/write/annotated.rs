//! RDF 1.2 Turtle: each triple with its evidence as an annotation, `s p o ~ statement {| jx:evidence … |}`.

use super::super::base::Base;
use super::super::vocabulary as v;
use super::{laid_out, subject_key};
use oxrdf::{NamedNode, Quad, Term};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the graphs of documents one after another, their names left out; a statement node becomes the reifier of its
/// triple. Tells how many triples were written.
pub fn write_annotated(
    graphs: impl Iterator<Item = io::Result<Vec<Quad>>>,
    base: &Base,
    mut out: impl Write,
) -> io::Result<usize> {
    let mut prefixes = base.prefixes();
    prefixes.sort();
    prefixes.iter().try_for_each(|(prefix, iri)| writeln!(out, "PREFIX {prefix}: <{iri}>"))?;
    let mut count = 0;
    for graph in graphs {
        let graph = laid_out(graph?);
        count += graph.len();
        Annotator::new(&graph, &prefixes).write(&mut out)?;
    }
    out.flush()?;
    Ok(count)
}

struct Annotator<'a> {
    prefixes: &'a [(String, String)],
    graph: &'a [Quad],
    /// The statement nodes of each triple, and what is said of each.
    reifiers: BTreeMap<String, Vec<&'a [Quad]>>,
}

impl<'a> Annotator<'a> {
    fn new(graph: &'a [Quad], prefixes: &'a [(String, String)]) -> Self {
        let mut reifiers: BTreeMap<String, Vec<&[Quad]>> = BTreeMap::new();
        for node in graph.chunk_by(|a, b| a.subject == b.subject) {
            if let Some(triple) = stated(node) {
                reifiers.entry(triple).or_default().push(node);
            }
        }
        Self { prefixes, graph, reifiers }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let nodes = self.graph.chunk_by(|a, b| a.subject == b.subject);
        for node in nodes.filter(|node| stated(node).is_none()) {
            writeln!(out)?;
            for (index, quad) in node.iter().enumerate() {
                let start = if index == 0 {
                    format!("{} ", self.term(&quad.subject.clone().into()))
                } else {
                    "    ".to_owned()
                };
                let end = if index + 1 == node.len() { "." } else { ";" };
                writeln!(
                    out,
                    "{start}{} {}{} {end}",
                    self.iri(&quad.predicate),
                    self.term(&quad.object),
                    self.annotations(quad)
                )?;
            }
        }
        Ok(())
    }

    fn annotations(&self, quad: &Quad) -> String {
        let nodes = self.reifiers.get(&triple(quad)).into_iter().flatten();
        nodes.map(|node| self.annotation(node)).collect()
    }

    fn annotation(&self, node: &[Quad]) -> String {
        let said = node.iter().filter(|q| !is_reification(q));
        let said: Vec<String> =
            said.map(|q| format!("{} {}", self.iri(&q.predicate), self.term(&q.object))).collect();
        format!(" ~ {} {{| {} |}}", self.term(&node[0].subject.clone().into()), said.join(" ; "))
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.iri(node),
            Term::Literal(literal)
                if literal.language().is_none() && literal.datatype() != oxrdf::vocab::xsd::STRING =>
            {
                let text = oxrdf::Literal::new_simple_literal(literal.value());
                format!("{text}^^{}", self.iri(&literal.datatype().into_owned()))
            }
            other => other.to_string(),
        }
    }

    /// An IRI, shortened where its last part needs no escape.
    fn iri(&self, node: &NamedNode) -> String {
        let fitting = self.prefixes.iter().filter(|(_, start)| node.as_str().starts_with(start.as_str()));
        let plain = |local: &str| {
            local.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') && !local.starts_with('-')
        };
        match fitting.max_by_key(|(_, start)| start.len()) {
            Some((prefix, start)) if plain(&node.as_str()[start.len()..]) => {
                format!("{prefix}:{}", &node.as_str()[start.len()..])
            }
            _ => node.to_string(),
        }
    }
}

fn is_reification(quad: &Quad) -> bool {
    [v::SUBJECT, v::PREDICATE, v::OBJECT].contains(&quad.predicate.as_ref())
}

/// The triple that a node states, if it is a statement.
fn stated(node: &[Quad]) -> Option<String> {
    let one =
        |predicate| node.iter().find(|q| q.predicate.as_ref() == predicate).map(|q| q.object.to_string());
    Some(format!("{} {} {}", one(v::SUBJECT)?, one(v::PREDICATE)?, one(v::OBJECT)?))
}

fn triple(quad: &Quad) -> String {
    debug_assert!(!subject_key(quad).is_empty());
    format!("{} {} {}", quad.subject, quad.predicate, quad.object)
}
