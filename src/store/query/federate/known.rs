//! What is known of the solutions of a query before an endpoint is asked.

use super::super::rewrite::{Names, certain, in_scope, names_in};
use super::joined;
use crate::store::scan::speaks_of;
use oxigraph::model::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::NamedNodePattern;

/// What every solution must agree with, as far as it is known.
#[derive(Clone, Default)]
pub(super) struct Known {
    pattern: Option<GraphPattern>,
    filters: Vec<Expression>,
    /// The graph in which patterns are matched, if a GRAPH names one.
    graph: Option<NamedNodePattern>,
}

impl Known {
    pub(super) fn with(&self, pattern: &GraphPattern) -> Self {
        let pattern = match &self.graph {
            Some(name) => GraphPattern::Graph { name: name.clone(), inner: Box::new(pattern.clone()) },
            None => pattern.clone(),
        };
        let pattern = match &self.pattern {
            Some(known) => joined(known.clone(), pattern),
            None => pattern,
        };
        Self { pattern: Some(pattern), ..self.clone() }
    }

    /// A test that asks an endpoint itself, or that would be made of another graph, is left to the engine.
    pub(super) fn filtered(&self, filter: &Expression) -> Self {
        let mut known = self.clone();
        let mut open = vec![filter.clone()];
        while let Some(filter) = open.pop() {
            match filter {
                Expression::And(a, b) => open.extend([*a, *b]),
                other => {
                    let text = other.to_string();
                    let apart = self.graph.is_some() && speaks_of(&text, "EXISTS");
                    if !(apart || speaks_of(&text, "SERVICE")) {
                        known.filters.push(other);
                    }
                }
            }
        }
        known
    }

    /// Seen from what a GRAPH holds.
    pub(super) fn inside(&self, graph: &NamedNodePattern) -> Self {
        Self { graph: Some(graph.clone()), ..self.clone() }
    }

    /// The variable after the GRAPH within which patterns are matched.
    pub(super) fn open_graph(&self) -> Option<&Variable> {
        match &self.graph {
            Some(NamedNodePattern::Variable(name)) => Some(name),
            _ => None,
        }
    }

    /// Seen from where rows are counted or cut, so that none may be left out.
    pub(super) fn unknown(&self) -> Self {
        Self { graph: self.graph.clone(), ..Self::default() }
    }

    /// Seen from a sub-select, which has its own variables but for those that it gives.
    pub(super) fn within(&self, given: &[Variable]) -> Self {
        let pattern = self.pattern.clone().map(|pattern| {
            let scope = in_scope(&pattern);
            let variables = given.iter().filter(|v| scope.contains(v)).cloned().collect();
            GraphPattern::Project { inner: Box::new(pattern), variables }
        });
        let mut filters = self.filters.clone();
        filters.retain(|filter| names_in(filter).iter().all(|name| given.contains(name)));
        Self { pattern, filters, graph: self.graph.clone() }
    }

    /// The variables that it may bind.
    pub(super) fn scope(&self) -> Names {
        self.pattern.as_ref().map(in_scope).unwrap_or_default()
    }

    /// The rows of some variables, each once.
    pub(super) fn rows_of(&self, variables: &[Variable]) -> Option<GraphPattern> {
        let mut pattern = self.pattern.clone()?;
        let sure = certain(&pattern);
        for filter in &self.filters {
            if names_in(filter).iter().all(|name| sure.contains(name)) {
                pattern = GraphPattern::Filter { expr: filter.clone(), inner: Box::new(pattern) };
            }
        }
        let variables = variables.to_vec();
        let inner = Box::new(GraphPattern::Project { inner: Box::new(pattern), variables });
        Some(GraphPattern::Distinct { inner })
    }
}
