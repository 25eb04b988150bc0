//! Parts of quads that are of one kind, and terms in plain words.

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

/// The named graph in which a quad stands.
pub(super) fn graph_of(quad: &Quad) -> Option<&NamedNode> {
    match &quad.graph_name {
        GraphName::NamedNode(node) => Some(node),
        _ => None,
    }
}

/// What a quad is about, unless that has no name.
pub(super) fn subject_of(quad: &Quad) -> Option<&NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The node that a term is.
pub(super) fn node_of(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}

/// The text that a term is.
pub(super) fn text_of(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

/// A term without brackets, quotation marks, language and datatype.
pub(super) fn bare(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}
