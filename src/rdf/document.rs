//! The document itself and the run that read it.

use super::base::{Base, digest};
use super::graph::{GraphBuilder, integer};
use super::inner::bands;
use super::scripts::{SIMPLIFIED, TRADITIONAL, simplified};
use super::vocabulary as v;
use crate::text::{Date, LineKind, Text};
use oxrdf::{Literal, NamedNode};
use std::collections::BTreeMap;

/// What read a document: the program's version, the hashes of everything it read by, and what was too unsure for it. Never the time.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The version of the program.
    pub version: String,
    /// SHA-256 of rules, gazetteers and models, by their names.
    pub inputs: BTreeMap<String, String>,
    /// What was less sure than this, from 0 to 1, was left out.
    pub min_confidence: f32,
}

/// SHA-256 of each folder of rules, gazetteers and models that the program carries.
const INPUTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/inputs.rs"));

impl Default for Run {
    /// This program with what it carries.
    fn default() -> Self {
        let inputs = INPUTS.iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect();
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), inputs, min_confidence: 0.0 }
    }
}

impl Run {
    /// The IRI of the run.
    pub fn node(&self, base: &Base) -> NamedNode {
        let mut content: Vec<String> =
            self.inputs.iter().map(|(name, hash)| format!("{name} {hash}")).collect();
        content.extend(self.left_out().map(|least| format!("at least {least}")));
        let hash = digest(&format!("{}\n{}", self.version, content.join("\n")));
        base.mint("run", &format!("{}_{}", self.version, &hash[..16]))
    }

    /// The least confidence, if anything can be below it.
    fn left_out(&self) -> Option<f32> {
        (self.min_confidence > 0.0).then_some(self.min_confidence)
    }
}

/// The most characters that a title taken from the text may have.
const LONGEST_TITLE: usize = 80;

/// Adds the document, its text and the run.
pub(super) fn add_document(graph: &mut GraphBuilder<'_>, run: &Run) {
    let (document, text) = (graph.document.clone(), graph.source.text);
    let whole: String = text.chars.iter().collect();
    graph.add(&document, v::TYPE, v::JX_DOCUMENT);
    graph.add(&document, v::IDENTIFIER, Literal::new_simple_literal(graph.id()));
    graph.add(&document, v::SHA256, Literal::new_simple_literal(&text.sha256));
    graph.add(&document, v::JX_LENGTH, integer(text.chars.len()));
    let script = if simplified(&whole) == whole { SIMPLIFIED } else { TRADITIONAL };
    graph.add(&document, v::IN_LANGUAGE, Literal::new_simple_literal(script));
    graph.add(&document, v::TEXT, Literal::new_simple_literal(whole));
    if let Some(title) = title_of(text) {
        graph.add(&document, v::TITLE, Literal::new_simple_literal(title));
    }
    if let Some(date) = text.date() {
        graph.add(&document, v::ISSUED, issued(date));
    }
    for band in bands(text) {
        graph.add(&document, v::JX_WORDING_BAND, band);
    }
    add_run(graph, run);
}

/// A day, or the month or year where no more is given.
fn issued(date: Date) -> Literal {
    let (text, datatype) = match date {
        (year, Some(month), Some(day)) => (format!("{year:04}-{month:02}-{day:02}"), v::DATE),
        (year, Some(month), None) => (format!("{year:04}-{month:02}"), v::YEAR_MONTH),
        (year, ..) => (format!("{year:04}"), v::YEAR),
    };
    Literal::new_typed_literal(text, datatype)
}

fn add_run(graph: &mut GraphBuilder<'_>, run: &Run) {
    let name = graph.base.graph(graph.id());
    let iri = run.node(graph.base);
    graph.add(&name, v::WAS_DERIVED_FROM, graph.document.clone());
    graph.add(&name, v::WAS_GENERATED_BY, iri.clone());
    graph.add(&iri, v::TYPE, v::JX_RUN);
    graph.add(&iri, v::SOFTWARE_VERSION, Literal::new_simple_literal(&run.version));
    for (input, hash) in &run.inputs {
        graph.add(&iri, v::JX_INPUT_HASH, Literal::new_simple_literal(format!("{input} {hash}")));
    }
    if let Some(least) = run.left_out() {
        graph.add(&iri, v::JX_MIN_CONFIDENCE, Literal::new_typed_literal(least.to_string(), v::DECIMAL));
    }
}

/// The first heading, else the first sentence.
fn title_of(text: &Text) -> Option<String> {
    let readable = || text.sentences.iter().filter(|s| s.kind != LineKind::Furniture && s.start < s.end);
    let heading = readable().find(|s| s.kind == LineKind::Heading).or_else(|| readable().next())?;
    let (start, end) = text.view.to_text(heading.start, heading.end);
    let quoted = text.quote(start, end);
    Some(quoted.trim().chars().take(LONGEST_TITLE).collect())
}
