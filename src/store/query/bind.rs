//! Values for variables, as if the query began with a VALUES block; no text is pasted.

use oxigraph::model::{Term, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

/// Gives variables their values.
pub(super) fn bind(query: &mut Query, bindings: &[(Variable, Term)]) {
    let known: Vec<(Variable, GroundTerm)> =
        bindings.iter().filter_map(|(name, value)| Some((name.clone(), ground(value)?))).collect();
    if known.is_empty() {
        return;
    }
    let (variables, row): (Vec<_>, Vec<_>) =
        known.into_iter().map(|(name, value)| (name, Some(value))).unzip();
    let values = GraphPattern::Values { variables, bindings: vec![row] };
    put(values, super::pattern_mut(query), Projection::Ahead);
}

/// A value as it stands in a VALUES block; a blank node cannot.
pub(super) fn ground(value: &Term) -> Option<GroundTerm> {
    match value {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::Literal(literal) => Some(literal.clone().into()),
        Term::BlankNode(_) => None,
    }
}

/// Puts values where a group begins that is no query of its own.
pub(super) fn put_at_head(values: GraphPattern, group: &mut GraphPattern) {
    put(values, group, Projection::Passed);
}

/// Whether the projection of the query itself still lies ahead; the next one is that of a sub-select.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Projection {
    Ahead,
    Passed,
}

/// Puts values where the outermost group begins.
fn put(values: GraphPattern, pattern: &mut GraphPattern, projection: Projection) {
    use GraphPattern as P;
    match pattern {
        P::Slice { inner, .. } | P::Distinct { inner } | P::Reduced { inner }
            if projection == Projection::Ahead =>
        {
            put(values, inner, projection);
        }
        P::Project { inner, .. } if projection == Projection::Ahead => put(values, inner, Projection::Passed),
        P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Group { inner, .. } => {
            put(values, inner, projection);
        }
        P::LeftJoin { left, .. } | P::Minus { left, .. } | P::Join { left, .. } => {
            put(values, left, Projection::Passed);
        }
        leaf => {
            let rest = std::mem::take(leaf);
            *leaf = P::Join { left: Box::new(values), right: Box::new(rest) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    fn bound(query: &str) -> String {
        let mut query = SparqlParser::new().parse_query(query).unwrap();
        bind(&mut query, &[(Variable::new_unchecked("x"), oxigraph::model::Literal::from(7).into())]);
        query.to_string()
    }

    #[test]
    fn values_stand_at_the_head_of_the_outermost_group() {
        let value = "VALUES ( ?x ) { ( \"7\"^^<http://www.w3.org/2001/XMLSchema#integer> )  }";
        for query in [
            "SELECT ?s { ?s <p> ?x }",
            "SELECT DISTINCT ?s { ?s <p> ?x OPTIONAL { ?s <q> ?y FILTER(?x > 3) } } ORDER BY ?s LIMIT 3",
            "SELECT ?s (COUNT(*) AS ?n) { ?s <p> ?x MINUS { ?s <r> ?z } } GROUP BY ?s HAVING(?n > 1)",
            "CONSTRUCT { ?s <a> ?x } { ?s <p> ?x }",
            "ASK { ?s <p> ?x }",
        ] {
            let query =
                query.replace("<p>", "<http://p>").replace("<q>", "<http://q>").replace("<r>", "<http://r>");
            let query = query.replace("<a>", "<http://a>");
            let text = bound(&query);
            let place = text.find(value).unwrap_or_else(|| panic!("no value in {text}"));
            assert!(place < text.find("<http://p>").unwrap(), "{text}");
        }
    }

    #[test]
    fn a_sub_select_keeps_its_own_variables() {
        let text = bound("SELECT * { { SELECT ?s { ?s <http://p> ?x } } }");
        assert!(text.find("VALUES").unwrap() < text.rfind("SELECT").unwrap(), "{text}");
    }
}
