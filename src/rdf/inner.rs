//! What a document's graph keeps in order to find what belongs together, and no export shows.

use super::base::Base;
use super::vocabulary as v;
use crate::graph::{Thing, identity_key};
use crate::text::{Text, Wording};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeSet;

/// The plain form of a thing's name by which other documents' names of it are found, where it differs from the name.
pub(super) fn key(thing: &Thing) -> Option<Literal> {
    let key = identity_key(thing.class, &thing.name);
    (key != thing.name).then(|| Literal::new_simple_literal(format!("{}:{key}", thing.class.as_str())))
}

/// The bands of a text, which it shares with its reprints.
pub(super) fn bands(text: &Text) -> impl Iterator<Item = Literal> {
    Wording::of(text).bands().into_iter().map(Literal::new_simple_literal)
}

/// What the exported graph of a document lacks of the one in its store.
pub fn inner_quads(quads: &[Quad], base: &Base) -> Vec<Quad> {
    let Some(graph) = quads.first().map(|quad| &quad.graph_name) else { return Vec::new() };
    let inner = |(node, predicate, literal): (&NamedNode, _, Literal)| {
        Quad::new(node.clone(), predicate, literal, GraphName::clone(graph))
    };
    let things: BTreeSet<&NamedNode> = quads.iter().filter_map(subject).collect();
    let of = |node: &NamedNode| base.thing(node.as_str()).as_ref().and_then(key);
    let keys = things.into_iter().filter_map(|node| Some((node, v::JX_IDENTITY_KEY, of(node)?)));
    let words = quads.iter().filter(|quad| quad.predicate == v::TEXT);
    let words = words.filter_map(|quad| match (subject(quad), &quad.object) {
        (Some(document), Term::Literal(words)) => Some((document, Text::new(words.value()))),
        _ => None,
    });
    let bands = words.flat_map(|(document, text)| {
        bands(&text).map(move |band| (document, v::JX_WORDING_BAND, band)).collect::<Vec<_>>()
    });
    keys.chain(bands).map(inner).collect()
}

fn subject(quad: &Quad) -> Option<&NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}
