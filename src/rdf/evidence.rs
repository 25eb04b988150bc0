//! The evidence of a document's graph in another shape, or left out.

use super::base::Base;
use super::vocabulary as v;
use oxrdf::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::HashMap;

/// How evidence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EvidenceForm {
    /// A statement node for each triple, as stores hold it; readable by every tool.
    #[default]
    Reification,
    /// A named graph for each triple, and what is said of that graph.
    Graphs,
    /// Annotations of RDF 1.2.
    Annotations,
    /// None: only what is stated.
    None,
}

/// The quads of a graph with their evidence in a form. Annotations are made when they are written.
pub fn reshape(quads: Vec<Quad>, form: EvidenceForm, base: &Base) -> Vec<Quad> {
    match form {
        EvidenceForm::Reification | EvidenceForm::Annotations => quads,
        EvidenceForm::None => quads.into_iter().filter(|quad| !is_evidence(quad, base)).collect(),
        EvidenceForm::Graphs => into_graphs(quads),
    }
}

/// The properties by one of which a node is known to be a statement or a figure.
pub const STATING: [NamedNodeRef<'static>; 2] = [v::PREDICATE, v::OBS_VALUE];

/// Whether a quad of a document's graph says on what a statement or figure rests, or what found it.
pub fn is_evidence(quad: &Quad, base: &Base) -> bool {
    let points = [v::JX_EVIDENCE, v::JX_FOUND_BY, v::JX_CONFIDENCE, v::WAS_GENERATED_BY];
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(_) => "",
    };
    let object = match &quad.object {
        Term::NamedNode(node) => node.as_str(),
        _ => "",
    };
    points.contains(&quad.predicate.as_ref()) || of_evidence(subject, base) || of_evidence(object, base)
}

/// Whether an IRI is that of a statement, a passage, what selects it, or a run.
fn of_evidence(iri: &str, base: &Base) -> bool {
    let local = iri.strip_prefix(base.as_str()).unwrap_or_default();
    ["statement/", "passage/", "selector/", "run/"].iter().any(|folder| local.starts_with(folder))
}

/// Puts each stated triple into a graph that is called after its statement.
fn into_graphs(quads: Vec<Quad>) -> Vec<Quad> {
    let mut stated: HashMap<NamedOrBlankNode, [Option<Term>; 3]> = HashMap::new();
    let parts = [v::SUBJECT, v::PREDICATE, v::OBJECT];
    for quad in &quads {
        if let Some(part) = parts.iter().position(|p| *p == quad.predicate.as_ref()) {
            stated.entry(quad.subject.clone()).or_default()[part] = Some(quad.object.clone());
        }
    }
    let triples: HashMap<[Term; 3], NamedOrBlankNode> =
        stated.into_iter().filter_map(|(node, [s, p, o])| Some(([s?, p?, o?], node))).collect();
    let kept = quads.into_iter().filter(|quad| !parts.contains(&quad.predicate.as_ref()));
    let moved = kept.map(|mut quad| {
        let triple = [quad.subject.clone().into(), quad.predicate.clone().into(), quad.object.clone()];
        if let Some(NamedOrBlankNode::NamedNode(node)) = triples.get(&triple) {
            quad.graph_name = GraphName::NamedNode(node.clone());
        }
        quad
    });
    moved.collect()
}
