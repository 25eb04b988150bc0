//! Known traps: queries that the engine answers slowly as they are written, turned into the same query that it answers fast.

use super::parts;
use crate::store::scan;
use oxigraph::model::Variable;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;

/// A trap that a query was led around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trap {
    /// All rows are sorted before the repeated ones are dropped.
    SortedBeforeDistinct,
    /// A pattern that must match stands after optional ones.
    RequiredAfterOptional,
    /// What rows are sorted by is computed at every comparison.
    SortedByExpression,
    /// All rows are sorted where only the first are wanted.
    SortedForTheFirst,
}

impl Trap {
    /// The trap and what is done about it.
    pub fn words(self) -> &'static str {
        match self {
            Self::SortedBeforeDistinct => {
                "DISTINCT with ORDER BY sorts every row: the repeated ones are dropped before sorting"
            }
            Self::RequiredAfterOptional => {
                "a required pattern after OPTIONAL is tried on every optional match: it is moved before"
            }
            Self::SortedByExpression => {
                "ORDER BY computes its expression at every comparison: it is computed once for each row"
            }
            Self::SortedForTheFirst => {
                "ORDER BY with LIMIT sorts every row: each is looked at once and only the first are kept"
            }
        }
    }
}

/// Names of variables.
pub(super) type Names = BTreeSet<Variable>;

/// Rewrites a query's pattern; tells which traps there were.
pub(super) fn rewrite(pattern: &mut GraphPattern) -> Vec<Trap> {
    let mut traps = BTreeSet::new();
    walk(pattern, &mut traps);
    traps.into_iter().collect()
}

fn walk(pattern: &mut GraphPattern, traps: &mut BTreeSet<Trap>) {
    parts::of_mut(pattern).into_iter().for_each(|part| walk(part, traps));
    for mend in [hoist, compute_once, sort_last] {
        let (mended, trap) = mend(std::mem::take(pattern));
        *pattern = mended;
        traps.extend(trap);
    }
}

/// A pattern, and the trap that it was led around.
type Mended = (GraphPattern, Option<Trap>);

/// `A OPTIONAL { B } C` as `A C OPTIONAL { B }`, where that means the same: what B shares with C, A binds for sure.
fn hoist(pattern: GraphPattern) -> Mended {
    let GraphPattern::Join { left, right: required } = pattern else { return (pattern, None) };
    let GraphPattern::LeftJoin { left: first, right: optional, expression } = *left else {
        return (GraphPattern::Join { left, right: required }, None);
    };
    let (sure, ours, theirs) = (certain(&first), in_scope(&first), in_scope(&required));
    let shared = in_scope(&optional).iter().all(|name| !theirs.contains(name) || sure.contains(name));
    let mut tested = expression.iter().flat_map(names_in);
    let apart = tested.all(|name| !theirs.contains(&name) || ours.contains(&name));
    let simple = matches!(*required, GraphPattern::Bgp { .. } | GraphPattern::Path { .. });
    if !(shared && apart && simple) {
        let left = Box::new(GraphPattern::LeftJoin { left: first, right: optional, expression });
        return (GraphPattern::Join { left, right: required }, None);
    }
    let joined = GraphPattern::Join { left: first, right: required };
    let (joined, _) = hoist(joined);
    (
        GraphPattern::LeftJoin { left: Box::new(joined), right: optional, expression },
        Some(Trap::RequiredAfterOptional),
    )
}

/// `ORDER BY f(?x)` as a column that is computed once.
fn compute_once(pattern: GraphPattern) -> Mended {
    let GraphPattern::OrderBy { mut inner, mut expression } = pattern else { return (pattern, None) };
    let mut computed = 0;
    for order in &mut expression {
        let (OrderExpression::Asc(key) | OrderExpression::Desc(key)) = order;
        if !matches!(key, Expression::Variable(_) | Expression::NamedNode(_) | Expression::Literal(_)) {
            let variable = Variable::new_unchecked(format!("sorted_by_{computed}"));
            let taken = std::mem::replace(key, Expression::Variable(variable.clone()));
            inner = Box::new(GraphPattern::Extend { inner, variable, expression: taken });
            computed += 1;
        }
    }
    let same = GraphPattern::OrderBy { inner, expression };
    (same, (computed > 0).then_some(Trap::SortedByExpression))
}

/// `SELECT DISTINCT ?x … ORDER BY ?x` with the repeated rows dropped before sorting.
fn sort_last(pattern: GraphPattern) -> Mended {
    let GraphPattern::Distinct { inner } = pattern else { return (pattern, None) };
    let GraphPattern::Project { inner, variables } = *inner else {
        return (GraphPattern::Distinct { inner }, None);
    };
    let GraphPattern::OrderBy { inner: rows, expression } = *inner else {
        return (
            GraphPattern::Distinct { inner: Box::new(GraphPattern::Project { inner, variables }) },
            None,
        );
    };
    let plain = expression.iter().all(|order| {
        let (OrderExpression::Asc(key) | OrderExpression::Desc(key)) = order;
        matches!(key, Expression::Variable(name) if variables.contains(name))
    });
    if !plain {
        let inner = Box::new(GraphPattern::OrderBy { inner: rows, expression });
        return (
            GraphPattern::Distinct { inner: Box::new(GraphPattern::Project { inner, variables }) },
            None,
        );
    }
    let distinct = GraphPattern::Distinct {
        inner: Box::new(GraphPattern::Project { inner: rows, variables: variables.clone() }),
    };
    let sorted = GraphPattern::OrderBy { inner: Box::new(distinct), expression };
    (GraphPattern::Project { inner: Box::new(sorted), variables }, Some(Trap::SortedBeforeDistinct))
}

/// Variables that a solution may bind.
pub(super) fn in_scope(pattern: &GraphPattern) -> Names {
    let mut names = Names::new();
    pattern.on_in_scope_variable(|name| names.extend([name.clone()]));
    names
}

/// Variables that an expression names, also within EXISTS.
pub(super) fn names_in(expression: &Expression) -> Vec<Variable> {
    let text = expression.to_string();
    scan::variables(&text).into_iter().map(Variable::new_unchecked).collect()
}

/// Variables that every solution binds.
pub(super) fn certain(pattern: &GraphPattern) -> Names {
    use GraphPattern as P;
    match pattern {
        P::Bgp { patterns } => patterns.iter().flat_map(of_triple).collect(),
        P::Path { subject, object, .. } => [subject, object].into_iter().filter_map(of_term).collect(),
        P::Join { left, right } => certain(left).union(&certain(right)).cloned().collect(),
        P::LeftJoin { left, .. } | P::Minus { left, .. } => certain(left),
        P::Union { left, right } => certain(left).intersection(&certain(right)).cloned().collect(),
        P::Filter { inner, .. } | P::Extend { inner, .. } | P::Distinct { inner } | P::Reduced { inner } => {
            certain(inner)
        }
        P::Graph { inner, .. } | P::Service { inner, silent: false, .. } => certain(inner),
        P::Values { variables, bindings } => {
            let bound = |column: &usize| bindings.iter().all(|row| row[*column].is_some());
            (0..variables.len()).filter(bound).map(|column| variables[column].clone()).collect()
        }
        P::Project { inner, variables } => {
            certain(inner).into_iter().filter(|v| variables.contains(v)).collect()
        }
        _ => Names::new(),
    }
}

fn of_triple(triple: &TriplePattern) -> Vec<Variable> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(name) => Some(name.clone()),
        NamedNodePattern::NamedNode(_) => None,
    };
    [of_term(&triple.subject), predicate, of_term(&triple.object)].into_iter().flatten().collect()
}

fn of_term(term: &TermPattern) -> Option<Variable> {
    match term {
        TermPattern::Variable(name) => Some(name.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::{Query, SparqlParser};

    fn rewritten(query: &str) -> (String, Vec<Trap>) {
        let parser = SparqlParser::new().with_prefix("", "http://x/").unwrap();
        let Query::Select { mut pattern, dataset, base_iri } = parser.parse_query(query).unwrap() else {
            panic!()
        };
        let traps = rewrite(&mut pattern);
        (Query::Select { pattern, dataset, base_iri }.to_string(), traps)
    }

    #[test]
    fn repeated_rows_are_dropped_before_sorting() {
        let (_, traps) = rewritten("SELECT DISTINCT ?s { ?s :p ?o } ORDER BY ?s LIMIT 3");
        assert_eq!(traps, [Trap::SortedBeforeDistinct]);
        assert_eq!(rewritten("SELECT DISTINCT ?s { ?s :p ?o } ORDER BY ?o").1, []);
        assert_eq!(rewritten("SELECT ?s { ?s :p ?o } ORDER BY ?s").1, []);
    }

    #[test]
    fn a_required_pattern_goes_before_the_optional_ones_where_that_means_the_same() {
        let (query, traps) =
            rewritten("SELECT * { ?s :p ?o OPTIONAL { ?s :q ?x } OPTIONAL { ?s :r ?y } ?s :t ?z }");
        assert_eq!(traps, [Trap::RequiredAfterOptional]);
        assert!(query.find("http://x/t").unwrap() < query.find("http://x/q").unwrap(), "{query}");
        assert_eq!(rewritten("SELECT * { ?s :p ?o OPTIONAL { ?s :q ?x } ?x :t ?z }").1, []);
        assert_eq!(rewritten("SELECT * { ?s :p ?o OPTIONAL { ?s :q ?x FILTER(?z > 1) } ?s :t ?z }").1, []);
        assert_eq!(
            rewritten("SELECT * { { ?s :p ?o } UNION { ?s :q ?a } OPTIONAL { ?s :q ?a } ?s :t ?a }").1,
            []
        );
    }

    #[test]
    fn what_rows_are_sorted_by_is_computed_once() {
        let (query, traps) = rewritten("SELECT ?s { ?s :p ?o } ORDER BY DESC(STRLEN(?o)) ?s");
        assert_eq!(traps, [Trap::SortedByExpression]);
        assert!(query.contains("sorted_by_0"), "{query}");
    }
}
