//! Which outside thing an entity is: candidates in open data, weighed, judged and explained.
//!
//! Goes in: a [`Subject`] (an entity with its names, class, code and surroundings) and the [`Catalogue`] of sources. Comes
//! out: for each source the [`Finding`]: links that are accepted, links for a person to review, candidates that are
//! refused, or that there is none, each with the evidence that was added up and the gates that failed. Nothing here reads
//! a clock or a network; the same subject and the same sources give the same findings.

mod catalogue;
mod context;
mod decisions;
mod gates;
pub mod gold;
mod index;
mod industry_words;
mod judge;
mod names;
mod quads;
pub mod reconcile;
mod record;
mod short_names;
pub mod sources;
pub mod sssom;
mod subject;
mod table;

pub use catalogue::Catalogue;
pub use decisions::{Decisions, Imported, contradictions};
pub use index::{Index, IndexWriter};
pub use judge::{Decision, Evidence, Finding, Link, Reason, link};
pub use quads::{Enrichment, Identity, Style, graph_of, quads};
pub use record::{About, Hit, Kind, Naming, Point, Record, Relation};
pub use subject::{Place, Subject};
pub use table::Table;

/// Outside data that entities can be linked to.
pub trait Source: Send + Sync {
    /// What it is: name, version, licence, the classes it knows.
    fn about(&self) -> &About;

    /// The records that bear a formal code such as `gbt2260:140100`, or that id.
    fn with_code(&self, code: &str) -> Vec<Hit>;

    /// The records that bear a folded name, in whatever way.
    fn with_name(&self, folded: &str) -> Vec<Hit>;

    /// The first records in the order of their names, at most so many, whose names begin with a folded name.
    fn beginning_with(&self, folded: &str, most: usize) -> Vec<Hit>;

    /// Why something was not found that may be there, for sources that are read while they are asked.
    fn failure(&self) -> Option<&str> {
        None
    }
}
