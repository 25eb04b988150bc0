//! Relations between the things that a text names.
//!
//! Every pair of things that could be related by their classes and that stand near one another, or that the text
//! connects by its topic, is a candidate. Rules and the wording around the pair are its features; a logistic
//! model weighs them; a decoder keeps what is consistent.

mod candidates;
mod context;
mod cues;
mod decode;
mod features;
mod model;
mod names;
mod signals;
mod train;

pub use candidates::{Candidate, Far, Meeting, all as candidates_of, signature_allows};
pub use context::Context;
pub use model::Model;
pub(super) use train::entities_found;
pub use train::{Training, annotated, train};

use super::{Fact, Rejected};
use crate::mentions::Mention;
use crate::text::Text;

/// The relations that `text` states between its `mentions`. `things[i]` numbers the thing that mention `i` names.
pub fn find(text: &Text, mentions: &[Mention], things: &[usize]) -> Vec<Fact> {
    find_with(text, mentions, things, Model::open())
}

/// As [`find`], by a model of the caller's.
pub fn find_with(text: &Text, mentions: &[Mention], things: &[usize], model: &Model) -> Vec<Fact> {
    let context = Context::new(text, mentions, things);
    decode::decode(&context, weighed(&context, model))
}

/// What [`find`] considers and leaves out, each with the reason.
pub fn rejected(text: &Text, mentions: &[Mention], things: &[usize]) -> Vec<Rejected> {
    let context = Context::new(text, mentions, things);
    let mut rejected = decode::impossible(&context);
    rejected.extend(decode::rejected(&context, weighed(&context, Model::open())));
    rejected
}

fn weighed(context: &Context, model: &Model) -> Vec<(Candidate, f32)> {
    let candidates = candidates::all(context);
    let probabilities = model.probabilities(context, &candidates);
    candidates.into_iter().zip(probabilities).collect()
}
