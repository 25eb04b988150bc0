//! The patterns that stand directly inside a pattern, whatever kind it is of, and those that a test tries.

use spargebra::algebra::{Expression, GraphPattern};

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

/// The patterns of every EXISTS in an expression.
pub(super) fn tried_in(expression: &mut Expression) -> Vec<&mut GraphPattern> {
    use Expression as E;
    match expression {
        E::Exists(pattern) => vec![pattern],
        E::Or(a, b)
        | E::And(a, b)
        | E::Equal(a, b)
        | E::SameTerm(a, b)
        | E::Greater(a, b)
        | E::GreaterOrEqual(a, b)
        | E::Less(a, b)
        | E::LessOrEqual(a, b)
        | E::Add(a, b)
        | E::Subtract(a, b)
        | E::Multiply(a, b)
        | E::Divide(a, b) => [a, b].into_iter().flat_map(|part| tried_in(part)).collect(),
        E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => tried_in(a),
        E::If(a, b, c) => [a, b, c].into_iter().flat_map(|part| tried_in(part)).collect(),
        E::In(a, list) => tried_in(a).into_iter().chain(list.iter_mut().flat_map(tried_in)).collect(),
        E::Coalesce(list) | E::FunctionCall(_, list) => list.iter_mut().flat_map(tried_in).collect(),
        _ => Vec::new(),
    }
}
