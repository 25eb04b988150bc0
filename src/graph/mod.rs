//! Mentions of one thing become one entity.
//!
//! Goes in: the mentions, facts and figures of a document. Comes out: its [`Extraction`](crate::document::Extraction). Names are the nodes of a
//! petgraph graph, reasons for two names to mean one thing its edges, entities its connected components.

mod assemble;
mod bodies;
mod decisions;
mod homonyms;
mod identity;
mod left_out;
mod names;
mod network;
mod offices;
mod places;
mod resolve;

pub use assemble::{Found, assemble, denoted};
pub use bodies::is_national;
pub use decisions::{Decision, DecisionError, Decisions, Thing};
pub use homonyms::{Homonyms, mention_of};
pub use identity::{identity_key, is_relative, kept_apart};
pub use left_out::left_out;
pub use names::{Reason, same_thing};
pub use network::{Link, Neighbor, Network, Rank};
pub use offices::{is_held_alone, is_national_office};
pub use places::{Division, divisions, has_namesakes, told_apart};
pub use resolve::{Resolved, resolve};
