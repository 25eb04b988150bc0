//! What in a text denotes something: names of the nine classes.
//!
//! Goes in: a [`Text`]. Comes out: [`Mention`]s, as ranges of its view, in reading order; a mention may lie
//! inside that of a project, and a list item may carry two classes on one range.

pub mod bounds;
pub mod calendar;
pub mod candidates;
pub mod gazetteer;
pub mod inner;
pub mod introduced;
mod listed;
mod mend;
pub mod numbers;
mod passed_over;
pub mod periods;
pub mod quantities;
pub mod rescoring;
mod second_look;
pub mod tagger;
pub mod units;
#[cfg(test)]
mod values;

pub use candidates::Candidate;
pub use passed_over::{PassedOver, passed_over};

use crate::document::Class;
use crate::text::{LineKind, Text};
use rescoring::Rescorer;
use tagger::{Reading, Tagger};

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

/// What is weighed by the whole document.
#[derive(Debug)]
pub struct Sought {
    /// The mentions that the tagger reads and those that follow from them, sorted; none overlaps another.
    pub found: Vec<Mention>,
    /// What the tagger holds for probable.
    pub probable: Vec<Mention>,
    /// What looks like a name.
    pub forms: Vec<Candidate>,
}

/// What a tagger reads in a text, sentence by sentence, with what follows from it.
pub fn seek(text: &Text, tagger: &Tagger) -> Sought {
    let forms = candidates::find(text);
    let sentences = text.sentences.iter().filter(|s| s.kind != LineKind::Furniture);
    let Reading { best, probable } = tagger.read(&text.view, sentences.map(|s| s.start..s.end), &forms);
    Sought { found: second_look::complete(text, mend::edges(&text.view, best)), probable, forms }
}

/// The names in a text, sorted by start, longer first.
pub fn find(text: &Text) -> Vec<Mention> {
    decide(text, &seek(text, Tagger::open()), Rescorer::open(), Tagger::inner())
}

/// The names among what was sought, with those inside projects' names.
pub fn decide(text: &Text, sought: &Sought, rescorer: &Rescorer, inner: &Tagger) -> Vec<Mention> {
    let mut names = inner::complete(text, rescoring::choose(&rescorer.weigh(text, sought)), inner);
    listed::add_projects(text, &mut names);
    names
}

/// Sorts mentions by start, longer first, and keeps each once.
fn in_reading_order(mentions: &mut Vec<Mention>) {
    mentions.sort_by(|a, b| (a.start, b.end, a.class).cmp(&(b.start, a.end, b.class)));
    mentions.dedup_by(|a, b| (a.start, a.end, a.class) == (b.start, b.end, b.class));
}
