//! Mentions of one thing become one entity.
//!
//! Goes in: the mentions, facts and figures of a document. Comes out: its [`Extraction`](crate::document::Extraction). Names are the nodes of a
//! petgraph graph, reasons for two names to mean one thing its edges, entities its connected components.

mod assemble;
mod names;
mod places;
mod resolve;

pub use assemble::assemble;
pub use names::{Reason, same_thing};
pub use places::{Division, divisions};
pub use resolve::{Resolved, resolve};
