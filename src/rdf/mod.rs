//! From what was found in a document to quads.
//!
//! Goes in: a text, its extraction, the run that made it. Comes out: the quads of the document's named graph, sorted:
//! asserted triples, a statement node for each with its evidence, observations of a data cube, and the document itself.
//! A document's graph depends on that document alone. RDF 1.1, no blank nodes.

mod base;
mod concept;
mod description;
mod document;
mod evidence;
mod figure;
mod graph;
mod grouped;
mod imported;
mod inner;
mod measures;
mod names;
mod network;
mod period;
mod read;
mod record;
mod scripts;
mod sorter;
pub mod vocabulary;
mod write;

pub(crate) use base::readable;
pub use base::{Base, BaseError, DEFAULT_BASE, digest};
pub use description::{Counts, STORE_FORMAT, describe, ontology_graph};
pub use document::Run;
pub use evidence::{EvidenceForm, STATING, is_evidence, reshape};
pub use graph::entity_names;
pub use grouped::Grouped;
pub use imported::imported_quads;
pub use inner::inner_quads;
pub use measures::{Measured, measures};
pub use network::{Network, NetworkFormat};
pub use period::days_of;
pub use read::{ReadError, read_quads, stream_quads};
pub(crate) use scripts::respell_language;
pub use scripts::{SIMPLIFIED, TRADITIONAL, in_both_scripts, simplified, traditional};
pub(crate) use sorter::Sorter;
pub use write::{
    CanonicalError, Syntax, UsedPrefixes, write_annotated, write_as_they_come, write_canonical, write_graphs,
    write_hdt, write_merged, write_quads,
};

use crate::document::Extraction;
use crate::text::Text;
use graph::GraphBuilder;
use oxrdf::Quad;

/// A text with what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The text as read.
    pub text: &'a Text,
    /// What was found; its `id` names the document.
    pub extraction: &'a Extraction,
}

/// The quads of a document's graph, sorted, each once.
pub fn document_quads(source: Source<'_>, base: &Base, run: &Run) -> Vec<Quad> {
    let mut graph = GraphBuilder::new(source, base);
    document::add_document(&mut graph, run);
    names::add_entities(&mut graph);
    graph.add_relations();
    figure::add_figures(&mut graph);
    graph.finish()
}

#[cfg(test)]
mod tests;
