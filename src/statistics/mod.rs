//! Figures as a statistician works with them: selected, set side by side, checked.
//!
//! Goes in: the figures of a store. Comes out: the ones that were asked for, tables of place and indicator against period, and
//! findings where figures cannot all be right. Nothing is corrected and nothing left out.

mod checks;
mod pivot;
mod point;
mod selection;
mod shown;

pub use checks::{Finding, RULES, check};
pub use pivot::{Key, Pivot, pivot};
pub use point::{Interval, Point};
pub use selection::{Narrower, PeriodRange, Selection, Touching, Which, stem_of_code};
pub use shown::{Scale, plain, scaled};
