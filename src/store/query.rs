//! SPARQL queries: built-in prefixes, all documents at once, a time limit, errors that show the place.

mod bind;
mod endpoints;
mod federate;
mod functions;
mod mistakes;
mod order;
mod parts;
mod plan;
pub(super) mod refusal;
mod rewrite;
mod unused;

use super::Store;
use super::answer::Answer;
use super::failure::QueryError;
use super::scan::{self, Piece, nearest};
use crate::ontology::{NAMESPACE, declares, ontology};
use endpoints::Endpoints;
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults};
use regex::{Captures, Regex};
use spargebra::SparqlParser;
use spargebra::algebra::{GraphPattern, QueryDataset};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;

pub use endpoints::{Asked, Reach};
pub use plan::{Explained, Plan};
pub use rewrite::Trap;
pub use unused::{Role, Unused};

/// A query before it is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    text: String,
    /// The most time it may take.
    pub timeout: Option<Duration>,
    /// Variables that have a value from the start.
    pub bindings: Vec<(Variable, Term)>,
    /// What other endpoints may be asked that SERVICE names; none may be asked unless this is set.
    pub services: Option<Reach>,
    /// How the query is answered.
    pub plan: Planning,
    /// Prefixes that need no declaration besides those that the program and the store bring.
    pub prefixes: Vec<(String, String)>,
}

/// Whether a query is led around known traps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Planning {
    /// Rewritten where it means the same.
    #[default]
    Rewritten,
    /// As it is written.
    AsWritten,
}

impl Query {
    /// A query in SPARQL 1.1; common prefixes and the project's own need no declaration.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it names a variable.
    pub fn has_variable(&self, name: &str) -> bool {
        let is_it =
            |piece| matches!(piece, Piece::Variable(found) | Piece::Parameter(found) if found == name);
        scan::pieces(&self.text).into_iter().any(|(piece, _)| is_it(piece))
    }

    /// Own terms in the query that the ontology does not declare, each with the closest declared one.
    pub fn unknown_terms(&self) -> Vec<(String, Option<String>)> {
        let used: BTreeSet<&str> = scan::pieces(&self.text)
            .into_iter()
            .filter_map(|(piece, _)| match piece {
                Piece::Name("jx", local) if !local.is_empty() => Some(local),
                _ => None,
            })
            .collect();
        let unknown = used.into_iter().filter(|local| !declares(local));
        unknown.map(|local| (local.to_owned(), closest_term(local))).collect()
    }
}

fn closest_term(local: &str) -> Option<String> {
    let locals: Vec<&str> = ontology().own_terms().filter_map(|t| t.iri.strip_prefix(NAMESPACE)).collect();
    nearest(local, locals.into_iter()).map(str::to_owned)
}

impl Store {
    /// Asks a query of all documents together, unless it names graphs itself.
    pub fn ask(&self, query: &Query) -> Result<Answer<'_>, QueryError> {
        let order = scan::selects_all(&query.text).then(|| scan::variables(&query.text));
        let prepared = self.prepare(query, Sorting::Here)?;
        let results = prepared.query.on_store(&self.inner).execute().map_err(|e| failed(&e))?;
        match (prepared.top, results) {
            (Some(top), QueryResults::Solutions(solutions)) => match top.first(solutions)? {
                Some(rows) => Ok(Answer::sorted(top.variables, rows, order)),
                None => self.ask_engine(query, order),
            },
            (_, results) => Ok(Answer::new(results, order)),
        }
    }

    fn ask_engine(&self, query: &Query, order: Option<Vec<&str>>) -> Result<Answer<'_>, QueryError> {
        let prepared = self.prepare(query, Sorting::ByEngine)?;
        let results = prepared.query.on_store(&self.inner).execute().map_err(|e| failed(&e))?;
        Ok(Answer::new(results, order))
    }

    /// The prefixes that a query may use undeclared, sorted; one of the query's own goes before one of the program.
    pub(super) fn prefixes_of(&self, query: &Query) -> Vec<(String, String)> {
        let mut prefixes = self.base.prefixes();
        prefixes.retain(|(prefix, _)| query.prefixes.iter().all(|(own, _)| own != prefix));
        prefixes.extend(query.prefixes.iter().cloned());
        prefixes.sort();
        prefixes
    }

    fn prepare(&self, query: &Query, sorting: Sorting) -> Result<Prepared, QueryError> {
        let mut parsed = self.parse(query)?;
        bind::bind(&mut parsed, &query.bindings);
        let (mut traps, mut top) = (Vec::new(), None);
        if query.plan == Planning::Rewritten {
            traps = rewrite::rewrite(pattern_mut(&mut parsed));
            top = (sorting == Sorting::Here).then(|| order::take(&mut parsed)).flatten();
            traps.extend(top.as_ref().map(|_| Trap::SortedForTheFirst));
        }
        let token = CancellationToken::new();
        if let Some(limit) = query.timeout {
            cancel_after(limit, token.clone());
        }
        let mut evaluator = functions::evaluator(token.clone());
        let endpoints = query.services.as_ref().map(Endpoints::new);
        if let Some(endpoints) = &endpoints {
            if query.plan == Planning::Rewritten {
                self.ask_ahead(&mut parsed, endpoints, token)?;
            }
            evaluator = evaluator.with_default_service_handler(endpoints.clone());
        }
        Ok(Prepared { query: evaluator.for_query(parsed), endpoints, traps, top })
    }

    fn ask_ahead(
        &self,
        query: &mut spargebra::Query,
        endpoints: &Endpoints,
        token: CancellationToken,
    ) -> Result<(), QueryError> {
        let dataset = dataset_of(query).cloned();
        let federation = federate::Federation { store: &self.inner, endpoints, dataset, token };
        federation.ask_ahead(pattern_mut(query))
    }

    fn parse(&self, query: &Query) -> Result<spargebra::Query, QueryError> {
        let prefixes = self.prefixes_of(query);
        let text = respell_languages(&query.text);
        parser(&text, &prefixes)?.parse_query(&text).or_else(|error| {
            let again = parser(&text, &prefixes)?.parse_query(&refusal::padded(&text)).err();
            Err(refusal::explain(&query.text, &prefixes, &again.unwrap_or(error).to_string()))
        })
    }

    /// A value as it is given on a command line: a term in SPARQL's own notation, or any other words as plain text.
    pub fn value(&self, given: &str, prefixes: &[(String, String)]) -> Term {
        let known = self.prefixes_of(&Query { prefixes: prefixes.to_vec(), ..Query::default() });
        let text = format!("SELECT * {{ VALUES ?value {{ {given} }} }}");
        let parsed = parser(&text, &known).ok().and_then(|parser| parser.parse_query(&text).ok());
        let term = parsed.and_then(only_value);
        term.unwrap_or_else(|| oxigraph::model::Literal::new_simple_literal(given).into())
    }
}

/// A query that can be answered, and what is known of it.
struct Prepared {
    query: PreparedSparqlQuery,
    endpoints: Option<Endpoints>,
    traps: Vec<Trap>,
    /// The sorting that is left to do.
    top: Option<order::Top>,
}

/// Who sorts rows of which only the first are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sorting {
    Here,
    ByEngine,
}

fn dataset_of(query: &spargebra::Query) -> Option<&QueryDataset> {
    match query {
        spargebra::Query::Select { dataset, .. }
        | spargebra::Query::Construct { dataset, .. }
        | spargebra::Query::Describe { dataset, .. }
        | spargebra::Query::Ask { dataset, .. } => dataset.as_ref(),
    }
}

fn pattern_mut(query: &mut spargebra::Query) -> &mut GraphPattern {
    match query {
        spargebra::Query::Select { pattern, .. }
        | spargebra::Query::Construct { pattern, .. }
        | spargebra::Query::Describe { pattern, .. }
        | spargebra::Query::Ask { pattern, .. } => pattern,
    }
}

/// What reads a text that is not nested too deep for it.
pub(super) fn parser(text: &str, prefixes: &[(String, String)]) -> Result<SparqlParser, QueryError> {
    if scan::nests_too_deep(text) {
        return Err(QueryError::Bound(format!("the query is nested more than {} deep", scan::DEEPEST)));
    }
    prefixes.iter().try_fold(SparqlParser::new(), |parser, (prefix, iri)| {
        parser.with_prefix(prefix, iri).map_err(|e| QueryError::Evaluation(format!("prefix {prefix}: {e}")))
    })
}

/// The one value of a query that consists of one VALUES with one value, so that nothing else can slip in.
fn only_value(query: spargebra::Query) -> Option<Term> {
    let spargebra::Query::Select { pattern: GraphPattern::Project { inner, .. }, .. } = query else {
        return None;
    };
    let GraphPattern::Values { bindings, .. } = *inner else { return None };
    match bindings.as_slice() {
        [row] => row.first()?.clone().map(Into::into),
        _ => None,
    }
}

/// Language tags are stored in lower case, while `LANG(?x) = "zh-Hans"` is how people write it.
pub(super) fn respell_languages(query: &str) -> String {
    static TAG: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?i-u)"zh-han[st]"|'zh-han[st]'"#).ok());
    let Some(tag) = &*TAG else { return query.to_owned() };
    tag.replace_all(query, |found: &Captures<'_>| found[0].to_ascii_lowercase()).into_owned()
}

fn cancel_after(limit: Duration, token: CancellationToken) {
    std::thread::spawn(move || {
        std::thread::sleep(limit);
        token.cancel();
    });
}

pub(super) fn failed(error: &QueryEvaluationError) -> QueryError {
    match error {
        QueryEvaluationError::Cancelled => QueryError::Timeout,
        QueryEvaluationError::UnsupportedService(_) => QueryError::Service,
        QueryEvaluationError::UnsupportedCustomFunction(name) => QueryError::Function {
            name: name.as_str().to_owned(),
            hint: functions::closest(name.as_str())
                .map(|c| format!("; the closest one is {c}"))
                .unwrap_or_default(),
        },
        other => QueryError::Evaluation(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_misspelt_terms_of_the_ontology() {
        let unknown = Query::new("SELECT * { ?s a jx:Projct ; jx:status jx:signed }").unknown_terms();
        assert_eq!(unknown, [("Projct".to_owned(), Some("Project".to_owned()))]);
    }

    #[test]
    fn a_bound_value_is_a_term_or_plain_text_and_never_more() {
        let store = Store::in_memory(crate::rdf::Base::default()).unwrap();
        let value = |given: &str| store.value(given, &[]).to_string();
        assert_eq!(value("jx:signed"), "<https://w3id.org/jinxiu/ontology#signed>");
        assert_eq!(value("\"太原市\"@zh-Hans"), "\"太原市\"@zh-hans");
        assert_eq!(value("2021"), "\"2021\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        assert_eq!(value("太原市"), "\"太原市\"");
        assert_eq!(value("1 } ?s ?p ?o { 2"), "\"1 } ?s ?p ?o { 2\"");
        assert_eq!(value("1 2"), "\"1 2\"");
    }
}
