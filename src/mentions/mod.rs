//! What in a text denotes something: names of the nine classes.
//!
//! Goes in: a [`Text`]. Comes out: [`Mention`]s, as ranges of its view, in reading order; a mention may lie
//! inside that of a project, and a list item may carry two classes on one range.

mod bounds;
pub mod calendar;
pub mod candidates;
pub mod gazetteer;
pub mod inner;
pub mod introduced;
mod mend;
pub mod numbers;
mod passed_over;
pub mod periods;
pub mod quantities;
pub mod second_look;
pub mod tagger;
pub mod units;
#[cfg(test)]
mod values;

pub use candidates::Candidate;
pub use passed_over::{PassedOver, passed_over};

use crate::document::Class;
use crate::text::{LineKind, Text};
use tagger::Tagger;

/// A range of the view that names something.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First character in the view.
    pub start: usize,
    /// One past the last character in the view.
    pub end: usize,
    /// What it names.
    pub class: Class,
    /// The rule, gazetteer or model that found it.
    pub found_by: String,
    /// From 0 to 1.
    pub confidence: f32,
}

/// The names in a text, sorted by start, longer first.
pub fn find(text: &Text) -> Vec<Mention> {
    find_with(text, Tagger::open(), Tagger::inner())
}

/// As [`find`], by taggers of the caller's: one of the nine classes, one of the names inside a project's name.
pub fn find_with(text: &Text, tagger: &Tagger, inner: &Tagger) -> Vec<Mention> {
    second_look::complete(text, first_look_with(text, tagger), inner)
}

/// What the tagger reads, sentence by sentence.
fn first_look(text: &Text) -> Vec<Mention> {
    first_look_with(text, Tagger::open())
}

fn first_look_with(text: &Text, tagger: &Tagger) -> Vec<Mention> {
    let candidates = candidates::find(text);
    let sentences = text.sentences.iter().filter(|s| s.kind != LineKind::Furniture);
    let first = tagger.tag(&text.view, sentences.map(|s| s.start..s.end), &candidates);
    mend::edges(&text.view, first)
}
