//! SERVICE with the values that are known here. The engine asks an endpoint for all that a pattern matches; this pass
//! first answers what is joined with the pattern, then asks about those values alone, some hundred in a request.

mod known;

use super::endpoints::{Asked, Endpoints, Fetched, ServiceError, sendable, within_bounds};
use super::rewrite::{certain, in_scope};
use super::{bind, failed, parts};
use crate::store::failure::QueryError;
use crate::store::scan::speaks_of;
use known::Known;
use oxigraph::model::{NamedNode, Term, Variable};
use oxigraph::sparql::{CancellationToken, QueryResults, QuerySolution};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression, QueryDataset};
use spargebra::term::{GroundTerm, NamedNodePattern};
use std::collections::BTreeSet;

/// How many rows of values one request carries.
const BATCH: usize = 200;

/// About how many rows of values one SERVICE is asked at most.
const MOST_VALUES: usize = 20_000;

/// How many endpoints a variable may stand for.
const MOST_ENDPOINTS: usize = 50;

/// The SERVICE patterns of one query.
pub(super) struct Federation<'a> {
    pub(super) store: &'a oxigraph::store::Store,
    pub(super) endpoints: &'a Endpoints,
    pub(super) dataset: Option<QueryDataset>,
    pub(super) token: CancellationToken,
}

/// Rows of values for some variables, each value known.
#[derive(Default)]
struct Values {
    variables: Vec<Variable>,
    rows: Vec<Vec<GroundTerm>>,
}

impl Federation<'_> {
    /// Asks the endpoints that a query names, as far as their values can be known before.
    pub(super) fn ask_ahead(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        self.visit(pattern, &Known::default())
    }

    fn visit(&self, pattern: &mut GraphPattern, known: &Known) -> Result<(), QueryError> {
        use GraphPattern as P;
        if !asks(pattern) {
            return Ok(());
        }
        match pattern {
            P::Service { name: NamedNodePattern::Variable(_), .. } => self.spread(pattern, known),
            P::Service { .. } => self.fetch(pattern, known),
            P::Join { .. } => self.chain(pattern, known),
            P::LeftJoin { left, right, expression } => {
                self.visit(left, known)?;
                let known = known.with(left);
                self.visit(right, &known)?;
                expression.iter_mut().try_for_each(|test| self.visit_test(test, &known.with(right)))
            }
            P::Union { left, right } => self.visit(left, known).and_then(|()| self.visit(right, known)),
            P::Minus { left, right } => {
                self.visit(left, known)?;
                self.visit(right, &known.with(left))
            }
            P::Graph { name, inner } => self.visit(inner, &known.inside(name)),
            P::Filter { expr, inner } => {
                self.visit(inner, &known.filtered(expr))?;
                self.visit_test(expr, &known.with(inner))
            }
            P::Extend { inner, expression, .. } => {
                self.visit(inner, known)?;
                self.visit_test(expression, &known.with(inner))
            }
            P::OrderBy { inner, expression } => {
                self.visit(inner, known)?;
                expression.iter_mut().try_for_each(
                    |(OrderExpression::Asc(key) | OrderExpression::Desc(key))| {
                        self.visit_test(key, &known.with(inner))
                    },
                )
            }
            P::Distinct { inner } | P::Reduced { inner } => self.visit(inner, known),
            P::Project { inner, variables } => self.visit(inner, &known.within(variables)),
            P::Slice { inner, .. } | P::Group { inner, .. } => self.visit(inner, &known.unknown()),
            _ => Ok(()),
        }
    }

    /// The patterns of EXISTS, each tried on the solutions that are known.
    fn visit_test(&self, test: &mut Expression, known: &Known) -> Result<(), QueryError> {
        parts::tried_in(test).into_iter().try_for_each(|pattern| self.visit(pattern, known))
    }

    /// `SERVICE ?endpoint` as one SERVICE for each endpoint that is known.
    fn spread(&self, pattern: &mut GraphPattern, known: &Known) -> Result<(), QueryError> {
        let GraphPattern::Service { name: NamedNodePattern::Variable(variable), inner, silent } = pattern
        else {
            return Ok(());
        };
        let (mut each, silent) = (None, *silent);
        for endpoint in self.endpoints_of(variable, known)? {
            let inner = inner.clone();
            let service = GraphPattern::Service { name: endpoint.clone().into(), inner, silent };
            let one = joined(only(variable, vec![endpoint]), service);
            each = Some(match each {
                Some(others) => GraphPattern::Union { left: Box::new(others), right: Box::new(one) },
                None => one,
            });
        }
        *pattern = each.unwrap_or_else(|| only(variable, Vec::new()));
        self.visit(pattern, known)
    }

    /// The endpoints that a variable stands for.
    fn endpoints_of(&self, variable: &Variable, known: &Known) -> Result<Vec<NamedNode>, QueryError> {
        let names = [variable.clone()];
        let Some(pattern) = known.rows_of(&names).filter(|_| known.scope().contains(variable)) else {
            return Err(QueryError::Endpoint(format!(
                "nothing outside of it says which endpoint {variable} is"
            )));
        };
        let mut endpoints = BTreeSet::new();
        for row in self.rows(pattern, &names, MOST_ENDPOINTS + 1)? {
            match row.into_iter().next().flatten() {
                Some(Term::NamedNode(endpoint)) => drop(endpoints.insert(endpoint)),
                Some(other) => {
                    return Err(QueryError::Endpoint(format!(
                        "{variable} is {other}, and an endpoint is an IRI"
                    )));
                }
                None => {}
            }
        }
        if endpoints.len() > MOST_ENDPOINTS {
            return Err(QueryError::Bound(format!(
                "{variable} stands for more than {MOST_ENDPOINTS} endpoints; narrow the query"
            )));
        }
        Ok(endpoints.into_iter().collect())
    }

    /// What is joined: first what is answered here, then endpoint after endpoint, those first of which a value is known.
    fn chain(&self, pattern: &mut GraphPattern, known: &Known) -> Result<(), QueryError> {
        let mut parts = Vec::new();
        flatten(std::mem::take(pattern), &mut parts);
        let (mut remote, mut done): (Vec<_>, Vec<_>) = parts.into_iter().partition(asks);
        let mut known = done.iter().fold(known.clone(), |known, part| known.with(part));
        while !remote.is_empty() {
            let scope = known.scope();
            let touching = remote.iter().position(|part| !in_scope(part).is_disjoint(&scope));
            let mut part = remote.remove(touching.unwrap_or(0));
            self.visit(&mut part, &known)?;
            known = known.with(&part);
            done.push(part);
        }
        *pattern = done.into_iter().reduce(joined).unwrap_or_default();
        Ok(())
    }

    fn fetch(&self, pattern: &mut GraphPattern, known: &Known) -> Result<(), QueryError> {
        let GraphPattern::Service { name: NamedNodePattern::NamedNode(name), inner, silent } = pattern else {
            return Ok(());
        };
        if let Some(graph) = known.open_graph() {
            return Err(QueryError::Endpoint(format!(
                "the SERVICE stands within GRAPH {graph}, where the engine loses its answer; put it behind the GRAPH"
            )));
        }
        let answer = self.answer(name, inner, known)?;
        match answer {
            Err(ServiceError::TooMuch(..)) | Err(ServiceError::Silent(..)) if !*silent => {
                Err(answer.err().map_or(QueryError::Service, QueryError::from))
            }
            answer => {
                *name = self.endpoints.put(name, answer);
                Ok(())
            }
        }
    }

    /// The rows of a SERVICE; the inner error is that of the endpoint.
    fn answer(
        &self,
        endpoint: &NamedNode,
        inner: &GraphPattern,
        known: &Known,
    ) -> Result<Result<Fetched, ServiceError>, QueryError> {
        let values = match self.values(inner, known)? {
            Some(values) if values.rows.len() > MOST_VALUES => {
                return Ok(Err(too_many(endpoint, &values)));
            }
            values => values,
        };
        let mut asked = Asked { endpoint: endpoint.as_str().to_owned(), ..Asked::default() };
        let answer = self.in_batches(inner, values, &mut asked);
        self.endpoints.note(asked);
        Ok(answer)
    }

    fn in_batches(
        &self,
        inner: &GraphPattern,
        values: Option<Values>,
        asked: &mut Asked,
    ) -> Result<Fetched, ServiceError> {
        let mut patterns = vec![inner.clone()];
        if let Some(values) = values {
            asked.sent = values.variables.iter().map(|v| v.as_str().to_owned()).collect();
            asked.values = values.rows.len();
            patterns =
                values.rows.chunks(BATCH).map(|rows| narrowed(inner, &values.variables, rows)).collect();
        }
        let mut fetched = Fetched::default();
        for pattern in patterns {
            let (more, dated) = self.endpoints.ask(&asked.endpoint, &pattern)?;
            fetched.add(more);
            asked.requests += usize::from(dated.is_none());
            asked.dated = [asked.dated.take(), dated].into_iter().flatten().min();
            asked.rows = fetched.len();
            within_bounds(&asked.endpoint, fetched.len())?;
        }
        Ok(fetched)
    }

    /// The values that are known of what a pattern asks, sorted; none where nothing is known.
    fn values(&self, inner: &GraphPattern, known: &Known) -> Result<Option<Values>, QueryError> {
        let shared: Vec<Variable> = certain(inner).intersection(&known.scope()).cloned().collect();
        let Some(pattern) = known.rows_of(&shared).filter(|_| !shared.is_empty()) else { return Ok(None) };
        let rows = self.rows(pattern, &shared, MOST_VALUES + 1)?;
        Ok(whole_columns(shared, &rows))
    }

    /// The first rows of a pattern.
    fn rows(
        &self,
        pattern: GraphPattern,
        columns: &[Variable],
        most: usize,
    ) -> Result<Vec<Vec<Option<Term>>>, QueryError> {
        let query = Query::Select { dataset: self.dataset.clone(), pattern, base_iri: None };
        let evaluator = super::functions::evaluator(self.token.clone())
            .with_default_service_handler(self.endpoints.clone());
        let results = evaluator.for_query(query).on_store(self.store).execute().map_err(|e| failed(&e))?;
        let QueryResults::Solutions(solutions) = results else { return Ok(Vec::new()) };
        let row = |solution: QuerySolution| columns.iter().map(|v| solution.get(v).cloned()).collect();
        solutions.take(most).map(|solution| solution.map(row).map_err(|e| failed(&e))).collect()
    }
}

/// The columns in which every row has a value. A gap would match anything, also what another row asks for.
fn whole_columns(shared: Vec<Variable>, rows: &[Vec<Option<Term>>]) -> Option<Values> {
    let whole = |column: &usize| rows.iter().all(|row| row[*column].is_some());
    let columns: Vec<usize> = (0..shared.len()).filter(whole).collect();
    if columns.is_empty() {
        return None;
    }
    let variables = columns.iter().map(|column| shared[*column].clone()).collect();
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for row in rows {
        let row: Vec<&Term> = columns.iter().filter_map(|column| row[*column].as_ref()).collect();
        let key = row.iter().map(ToString::to_string).collect::<Vec<_>>();
        if row.iter().all(|term| sendable(term)) && seen.insert(key.clone()) {
            kept.push((key, row.into_iter().filter_map(bind::ground).collect()));
        }
    }
    kept.sort_by(|(a, _), (b, _)| a.cmp(b));
    Some(Values { variables, rows: kept.into_iter().map(|(_, row)| row).collect() })
}

fn narrowed(inner: &GraphPattern, variables: &[Variable], rows: &[Vec<GroundTerm>]) -> GraphPattern {
    let bindings = rows.iter().map(|row| row.iter().cloned().map(Some).collect()).collect();
    let mut pattern = inner.clone();
    bind::put_at_head(GraphPattern::Values { variables: variables.to_vec(), bindings }, &mut pattern);
    pattern
}

fn too_many(endpoint: &NamedNode, values: &Values) -> ServiceError {
    let names: Vec<String> = values.variables.iter().map(ToString::to_string).collect();
    let reason = format!(
        "would be asked about more than {MOST_VALUES} values of {}; narrow the query, or ask it for everything by --as-written",
        names.join(" ")
    );
    ServiceError::TooMuch(endpoint.as_str().to_owned(), reason)
}

impl From<ServiceError> for QueryError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Silent(..) => Self::Evaluation(error.to_string()),
            ServiceError::TooMuch(..) => Self::Bound(error.to_string()),
        }
    }
}

fn joined(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Join { left: Box::new(left), right: Box::new(right) }
}

fn flatten(pattern: GraphPattern, parts: &mut Vec<GraphPattern>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            flatten(*left, parts);
            flatten(*right, parts);
        }
        part => parts.push(part),
    }
}

/// A variable with its values.
fn only(variable: &Variable, values: Vec<NamedNode>) -> GraphPattern {
    let bindings = values.into_iter().map(|value| vec![Some(value.into())]).collect();
    GraphPattern::Values { variables: vec![variable.clone()], bindings }
}

/// Whether a pattern asks an endpoint, in EXISTS too.
fn asks(pattern: &GraphPattern) -> bool {
    speaks_of(&pattern.to_string(), "SERVICE")
}
