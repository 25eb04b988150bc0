//! The patterns that stand directly inside a pattern, whatever kind it is of.

use spargebra::algebra::GraphPattern;

macro_rules! parts {
    ($pattern:expr, $borrow:ident) => {
        match $pattern {
            GraphPattern::Join { left, right }
            | GraphPattern::LeftJoin { left, right, .. }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => vec![left.$borrow(), right.$borrow()],
            GraphPattern::Filter { inner, .. }
            | GraphPattern::Graph { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Group { inner, .. } => vec![inner.$borrow()],
            _ => Vec::new(),
        }
    };
}

/// The patterns inside, left before right; none inside a `SERVICE`, which another endpoint reads.
pub(super) fn of(pattern: &GraphPattern) -> Vec<&GraphPattern> {
    parts!(pattern, as_ref)
}

/// The patterns inside, to be changed.
pub(super) fn of_mut(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    parts!(pattern, as_mut)
}
