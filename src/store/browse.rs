//! One entity with everything said of it, each with its sentence.

mod figures;
mod proof;
mod sheet;

pub use figures::Record;
pub use proof::Unproven;
pub use sheet::{FigureRow, Found, NameRow, Quotation, RelationRow, Sheet};
