//! What a text states of the things it names: relations and figures, each with its evidence.
//!
//! Goes in: a text and its mentions. Comes out: [`Fact`]s and [`Figure`]s between mentions (indices into the slice of
//! mentions); which mentions are one thing is decided later, in [`graph`](crate::graph).

pub mod figures;
mod rejected;
pub mod relations;
pub mod subjects;

pub use rejected::{Rejected, Why};

use crate::document::{Bound, Measure, Modality, Predicate, Status};
use crate::rules::Rules;

/// Loads the rules and models, which otherwise happens on first use.
pub fn load() {
    Rules::open();
    relations::Model::open();
    figures::choice::Chooser::open();
}

/// A relation between two mentions, or between a project's mention and its status.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Index of the subject's mention.
    pub subject: usize,
    /// How they are related.
    pub predicate: Predicate,
    /// To what.
    pub object: FactObject,
    /// The words that state it: a range of the view.
    pub evidence: (usize, usize),
    /// The rule that found it.
    pub found_by: String,
    /// From 0 to 1.
    pub confidence: f32,
}

/// The far end of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactObject {
    /// Index of the object's mention.
    Mention(usize),
    /// The stage of a project.
    Status(Status),
}

/// A stated figure; fields as in [`Observation`](crate::document::Observation), with ranges of the view.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Index of the mention of what is measured.
    pub subject: usize,
    /// The quantity, in the document's words.
    pub indicator: String,
    /// What is measured of it.
    pub measure: Measure,
    /// In the base unit.
    pub value: f64,
    /// The base unit.
    pub unit: String,
    /// The whole, for a share.
    pub of: Option<String>,
    /// How the value bounds the true one.
    pub bound: Bound,
    /// ISO 8601 or empty.
    pub period: String,
    /// Fact or aim.
    pub modality: Modality,
    /// The earlier value.
    pub from: Option<f64>,
    /// The value with its unit as written: a range of the view.
    pub written: (usize, usize),
    /// The clause that states it: a range of the view.
    pub evidence: (usize, usize),
    /// The rule that found it.
    pub found_by: String,
    /// From 0 to 1.
    pub confidence: f32,
}
