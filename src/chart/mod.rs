//! Charts of figures: a series over time, a comparison of things, as SVG and PNG.
//!
//! Goes in: figures of one quantity in one unit. Comes out: a drawing with every value labelled and every source listed below.
//! The same figures give the same bytes. Text stays text in SVG; a PNG is drawn with the font that the program carries, and with
//! fonts of the system only for characters that it lacks.

mod layout;
mod plan;
mod png;
mod svg;

pub use plan::{Chart, Form, Line, Mark, comparison, series};
pub use png::{ChartError, outlined, png};
pub use svg::draw;
