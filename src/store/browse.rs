//! One entity with everything said of it, each with its sentence.

mod proof;
mod sheet;

pub use proof::Unproven;
pub use sheet::{FigureRow, Found, NameRow, Quotation, RelationRow, Sheet};
