//! Quads of an extraction that somebody offered, in a graph of their own beside that of the document.

use super::base::{Base, readable};
use super::{Run, Source, document_quads};
use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term};

/// The quads; statements and figures are told from those of the document's own graph by their origin.
pub fn imported_quads(source: Source<'_>, base: &Base, origin: &str) -> Vec<Quad> {
    let id = &source.extraction.id;
    let own = [base.mint("document", id), base.graph(id)];
    let runs = base.mint("run", "").into_string();
    let graph = base.imported(&format!("{id}_{origin}"));
    let marks: Vec<(String, String)> = ["statement", "figure"]
        .iter()
        .map(|folder| {
            let start = format!("{}_", base.mint(folder, id).as_str());
            let marked = format!("{start}{}_", readable(origin));
            (start, marked)
        })
        .collect();
    let renamed = |node: NamedNode| {
        let mark = marks.iter().find(|(start, _)| node.as_str().starts_with(start));
        mark.map_or(node.clone(), |(start, marked)| {
            NamedNode::new_unchecked(node.as_str().replacen(start, marked, 1))
        })
    };
    let told = |quad: &Quad| match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => !own.contains(node) && !node.as_str().starts_with(&runs),
        NamedOrBlankNode::BlankNode(_) => true,
    };
    let quads = document_quads(source, base, &Run::default()).into_iter().filter(told);
    let moved = quads.map(|mut quad| {
        quad.graph_name = graph.clone().into();
        if let NamedOrBlankNode::NamedNode(node) = quad.subject {
            quad.subject = renamed(node).into();
        }
        if let Term::NamedNode(node) = quad.object {
            quad.object = renamed(node).into();
        }
        quad
    });
    moved.collect()
}
