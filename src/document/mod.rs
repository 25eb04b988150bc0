//! The types in which a read document is described: spans, mentions, entities, relations, observations.

mod extraction;
mod left_out;
pub mod notation;
mod terms;

pub use extraction::{Entity, Evidence, Extraction, Object, Observation, Relation};
pub use left_out::LeftOut;
pub use terms::{Bound, Class, Measure, Modality, Predicate, Status};

use serde::{Deserialize, Serialize};

/// A half-open range of code points in a text as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// First code point, counted from 0.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}
