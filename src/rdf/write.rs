//! Quads in the usual syntaxes: prefixed, sorted, the same bytes every time.

mod annotated;
mod canonical;
mod hdt;
mod json_ld;
mod stream;

pub use annotated::write_annotated;
pub use canonical::{CanonicalError, write_canonical};
pub use hdt::write_hdt;
pub use stream::{write_as_they_come, write_graphs, write_merged};

use super::base::Base;
use super::scripts::respell_language;
use super::vocabulary as v;
use oxrdf::{GraphName, NamedNode, Quad, Term};
use oxrdfio::{JsonLdProfileSet, RdfFormat};
use std::cmp::Ordering;
use std::io::{self, Write};

/// An RDF syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Turtle: triples, the graphs merged.
    Turtle,
    /// TriG: Turtle with graphs.
    TriG,
    /// N-Triples: a triple a line, the graphs merged.
    NTriples,
    /// N-Quads: a quad a line.
    NQuads,
    /// RDF/XML, the graphs merged.
    RdfXml,
    /// JSON-LD with a context and graphs.
    JsonLd,
    /// Notation 3, as far as it is Turtle, the graphs merged.
    N3,
}

impl Syntax {
    /// Every syntax with its name and its usual extension.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Turtle, "turtle", "ttl"),
        (Self::TriG, "trig", "trig"),
        (Self::NTriples, "ntriples", "nt"),
        (Self::NQuads, "nquads", "nq"),
        (Self::RdfXml, "rdfxml", "rdf"),
        (Self::JsonLd, "jsonld", "jsonld"),
        (Self::N3, "n3", "n3"),
    ];

    /// The syntax of that name or extension.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let known = Self::ALL.iter().find(|(_, n, e)| *n == name || *e == name);
        known.map(|(syntax, _, _)| *syntax).or(match name.as_str() {
            "n-triples" => Some(Self::NTriples),
            "n-quads" => Some(Self::NQuads),
            "xml" | "rdf/xml" => Some(Self::RdfXml),
            "json-ld" => Some(Self::JsonLd),
            _ => None,
        })
    }

    /// Whether it can tell graphs apart.
    pub fn keeps_graphs(self) -> bool {
        matches!(self, Self::TriG | Self::NQuads | Self::JsonLd)
    }

    pub(super) fn format(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::TriG => RdfFormat::TriG,
            Self::NTriples => RdfFormat::NTriples,
            Self::NQuads => RdfFormat::NQuads,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
            Self::RdfXml => RdfFormat::RdfXml,
            Self::N3 => RdfFormat::N3,
        }
    }
}

/// Writes quads, sorted and each once, with those prefixes that they use.
pub fn write_quads(mut quads: Vec<Quad>, syntax: Syntax, base: &Base, out: impl Write) -> io::Result<()> {
    if !syntax.keeps_graphs() {
        quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
    }
    let quads = laid_out(quads);
    let mut prefixes = UsedPrefixes::new(base);
    quads.iter().for_each(|quad| prefixes.note(quad));
    let graphs = quads.chunk_by(|a, b| a.graph_name == b.graph_name).map(Ok);
    stream::write_sorted(graphs, syntax, prefixes.used(), out).map(|_| ())
}

/// Quads as they are written: language tags respelt, in the order of reading, each once.
fn laid_out(mut quads: Vec<Quad>) -> Vec<Quad> {
    quads.iter_mut().for_each(|quad| respell_language(&mut quad.object));
    quads.sort_by(in_reading_order);
    quads.dedup();
    quads
}

pub(super) fn in_reading_order(a: &Quad, b: &Quad) -> Ordering {
    graph_key(&a.graph_name)
        .cmp(graph_key(&b.graph_name))
        .then_with(|| subject_key(a).cmp(subject_key(b)))
        .then_with(|| predicate_key(&a.predicate).cmp(&predicate_key(&b.predicate)))
        .then_with(|| object_key(&a.object).cmp(&object_key(&b.object)))
}

pub(super) fn graph_key(graph: &GraphName) -> &str {
    match graph {
        GraphName::NamedNode(node) => node.as_str(),
        GraphName::BlankNode(node) => node.as_str(),
        GraphName::DefaultGraph => "",
    }
}

pub(super) fn subject_key(quad: &Quad) -> &str {
    match &quad.subject {
        oxrdf::NamedOrBlankNode::NamedNode(node) => node.as_str(),
        oxrdf::NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

/// Types first, then names, then the rest by IRI.
pub(super) fn predicate_key(predicate: &NamedNode) -> (u8, &str) {
    let first = [v::TYPE, v::LABEL, v::ALT_LABEL];
    let rank = first.iter().position(|p| predicate.as_ref() == *p);
    (rank.map_or(3, |r| u8::try_from(r).unwrap_or(3)), predicate.as_str())
}

pub(super) fn object_key(object: &Term) -> (u8, &str, &str, &str) {
    match object {
        Term::NamedNode(node) => (0, node.as_str(), "", ""),
        Term::BlankNode(node) => (1, node.as_str(), "", ""),
        Term::Literal(l) => (2, l.value(), l.language().unwrap_or(""), l.datatype().as_str()),
    }
}

/// Which prefixes some quads use.
pub struct UsedPrefixes {
    prefixes: Vec<(String, String)>,
    used: Vec<bool>,
    /// The name spaces that were met last, one for each place in a quad.
    met: [String; 4],
}

impl UsedPrefixes {
    /// None of those of a base yet.
    pub fn new(base: &Base) -> Self {
        let mut prefixes = base.prefixes();
        prefixes.sort_by_key(|(_, iri)| std::cmp::Reverse(iri.len()));
        Self { used: vec![false; prefixes.len()], prefixes, met: Default::default() }
    }

    /// Notes what a quad uses.
    pub fn note(&mut self, quad: &Quad) {
        let object = match &quad.object {
            Term::NamedNode(node) => node.as_str(),
            Term::Literal(literal) => literal.datatype().as_str(),
            Term::BlankNode(_) => "",
        };
        let iris = [graph_key(&quad.graph_name), subject_key(quad), quad.predicate.as_str(), object];
        iris.into_iter().enumerate().for_each(|(place, iri)| self.note_iri(iri, place));
    }

    /// Which prefix an IRI uses depends on its name space alone, since prefixes end where a name space does.
    fn note_iri(&mut self, iri: &str, place: usize) {
        let space = &iri[..iri.rfind(['/', '#']).map_or(0, |end| end + 1)];
        if self.met[place] == space {
            return;
        }
        self.met[place] = space.to_owned();
        if let Some(index) = self.prefixes.iter().position(|(_, prefix)| iri.starts_with(prefix.as_str())) {
            self.used[index] = true;
        }
    }

    /// Those that were used, sorted.
    pub fn used(self) -> Vec<(String, String)> {
        let mut kept: Vec<_> =
            self.prefixes.into_iter().zip(self.used).filter(|(_, used)| *used).map(|(p, _)| p).collect();
        kept.sort();
        kept
    }
}
