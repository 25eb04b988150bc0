//! One entity with everything said of it, each with its sentence.

mod conflicts;
mod contradictions;
mod cost;
mod figures;
mod named;
mod naming;
mod proof;
mod sameness;
mod sheet;
mod timeline;

pub use conflicts::{Conflict, Kind, Sides};
pub use cost::EvidenceCost;
pub use figures::Record;
pub use named::Found;
pub use proof::Unproven;
pub use sameness::{Doubt, Merge, Sameness};
pub use sheet::{FigureRow, NameRow, Quotation, RelationRow, Sheet};
pub use timeline::{Dated, Moment};
