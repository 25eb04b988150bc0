//! Other endpoints: what they were asked over HTTP and what they answered, kept on request in files with their date.

use oxigraph::model::{NamedNode, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolution, QuerySolutionIter};
use spargebra::algebra::GraphPattern;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

mod kept;

/// The most bytes that an answer may have.
const MOST_BYTES: u64 = 256 << 20;

/// The most rows that one SERVICE may give.
const MOST_ROWS: usize = 1_000_000;

/// What other endpoints may be asked.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// How long one request may take.
    pub timeout: Duration,
    /// The folder in which answers are kept with their date, and from which they are taken the next time.
    pub cache: Option<PathBuf>,
    /// Hears of every SERVICE that was asked.
    pub heard: Option<fn(&Asked)>,
}

/// What became of one SERVICE.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The endpoint.
    pub endpoint: String,
    /// The variables whose values were known here, and were sent.
    pub sent: Vec<String>,
    /// How many values, or rows of them, were sent.
    pub values: usize,
    /// How many requests were made.
    pub requests: usize,
    /// How many rows came.
    pub rows: usize,
    /// The day of the oldest answer that was taken from the cache, if any was.
    pub dated: Option<String>,
}

/// Why a SERVICE has no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum ServiceError {
    #[error("the service {0} does not answer: {1}")]
    Silent(String, String),
    #[error("the service {0} {1}")]
    TooMuch(String, String),
}

/// Rows under variables.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetched {
    variables: Vec<Variable>,
    rows: Vec<Vec<Option<Term>>>,
}

impl Fetched {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds the rows of another answer to the same question.
    pub(super) fn add(&mut self, other: Self) {
        self.variables = other.variables;
        self.rows.extend(other.rows);
    }

    fn solutions(&self) -> QuerySolutionIter<'static> {
        let variables: Arc<[Variable]> = Arc::from(self.variables.as_slice());
        let columns = Arc::clone(&variables);
        let row = move |row| Ok::<_, QueryEvaluationError>(QuerySolution::from((Arc::clone(&columns), row)));
        QuerySolutionIter::new(variables, self.rows.clone().into_iter().map(row))
    }
}

/// Asks endpoints; gives the evaluator what was asked ahead of it.
#[derive(Clone)]
pub(super) struct Endpoints(Arc<Inner>);

struct Inner {
    agent: ureq::Agent,
    reach: Reach,
    ahead: Mutex<BTreeMap<String, Result<Fetched, ServiceError>>>,
    asked: Mutex<Vec<Asked>>,
}

impl Endpoints {
    pub(super) fn new(reach: &Reach) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(reach.timeout))
            .user_agent(concat!("jinxiu/", env!("CARGO_PKG_VERSION")))
            .build();
        let (ahead, asked) = (Mutex::default(), Mutex::default());
        Self(Arc::new(Inner { agent: config.into(), reach: reach.clone(), ahead, asked }))
    }

    /// Asks for the rows of a pattern; tells from which day they are if they were kept.
    pub(super) fn ask(
        &self,
        endpoint: &str,
        pattern: &GraphPattern,
    ) -> Result<(Fetched, Option<String>), ServiceError> {
        let failed = |reason: String| ServiceError::Silent(endpoint.to_owned(), reason);
        let query =
            spargebra::Query::Select { dataset: None, pattern: pattern.clone(), base_iri: None }.to_string();
        let cache = self.0.reach.cache.as_deref();
        if let Some((answer, day)) = cache.and_then(|folder| kept::find(folder, endpoint, &query)) {
            return Ok((parse(&answer).map_err(failed)?, Some(day)));
        }
        let answer = self.request(endpoint, &query).map_err(failed)?;
        let fetched = parse(&answer).map_err(failed)?;
        if let Some(folder) = cache {
            kept::keep(folder, endpoint, (&query, &answer))
                .map_err(|e| failed(format!("its answer cannot be kept: {e}")))?;
        }
        Ok((fetched, None))
    }

    fn request(&self, endpoint: &str, query: &str) -> Result<Vec<u8>, String> {
        let request = self.0.agent.post(endpoint).header("Accept", "application/sparql-results+json");
        let request = request.header("Content-Type", "application/sparql-query");
        let mut answer = request.send(query).map_err(|e| e.to_string())?;
        answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec().map_err(|e| e.to_string())
    }

    /// Keeps what a SERVICE gave for the evaluator; the name under which it finds it.
    pub(super) fn put(&self, endpoint: &NamedNode, answer: Result<Fetched, ServiceError>) -> NamedNode {
        let mut ahead = self.0.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("{}#asked-{}", endpoint.as_str(), ahead.len() + 1);
        ahead.insert(name.clone(), answer);
        NamedNode::new_unchecked(name)
    }

    /// Notes what was asked, and tells whoever wants to hear of it.
    pub(super) fn note(&self, asked: Asked) {
        if let Some(heard) = self.0.reach.heard {
            heard(&asked);
        }
        self.0.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    }

    /// What was asked so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.0.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether one SERVICE gave more rows than can be held.
pub(super) fn within_bounds(endpoint: &str, rows: usize) -> Result<(), ServiceError> {
    match rows > MOST_ROWS {
        true => Err(ServiceError::TooMuch(
            endpoint.to_owned(),
            format!("gives more than {MOST_ROWS} rows; ask it for less"),
        )),
        false => Ok(()),
    }
}

impl DefaultServiceHandler for Endpoints {
    type Error = ServiceError;

    fn handle(
        &self,
        service: &NamedNode,
        pattern: &GraphPattern,
        _: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, ServiceError> {
        let ahead = self.0.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = ahead.get(service.as_str()) {
            return answer.as_ref().map(Fetched::solutions).map_err(Clone::clone);
        }
        drop(ahead);
        let (fetched, dated) = self.ask(service.as_str(), pattern)?;
        within_bounds(service.as_str(), fetched.len())?;
        let endpoint = service.as_str().to_owned();
        self.note(Asked { endpoint, requests: 1, rows: fetched.len(), dated, ..Asked::default() });
        Ok(fetched.solutions())
    }
}

fn parse(answer: &[u8]) -> Result<Fetched, String> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    match parser.for_reader(answer).map_err(|e| e.to_string())? {
        ReaderQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let row = |solution: QuerySolution| solution.values().to_vec();
            let rows = solutions.map(|s| s.map(row)).collect::<Result<Vec<_>, _>>();
            let rows = rows.map_err(|e| e.to_string())?;
            Ok(Fetched { variables, rows })
        }
        ReaderQueryResultsParserOutput::Boolean(_) => Err("it gives no rows".to_owned()),
    }
}

/// A value that can be sent: an endpoint knows no blank node of another.
pub(super) fn sendable(term: &Term) -> bool {
    !matches!(term, Term::BlankNode(_))
}
