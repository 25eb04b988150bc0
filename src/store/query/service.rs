//! SERVICE: other endpoints, asked only where that is allowed.

use oxigraph::model::{NamedNode, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolution, QuerySolutionIter};
use spargebra::algebra::GraphPattern;
use std::sync::Arc;
use std::time::Duration;

/// The most bytes that an answer may have.
const MOST: u64 = 256 << 20;

/// Asks endpoints over HTTP, each for at most some time.
pub(super) struct Services {
    agent: ureq::Agent,
}

/// An endpoint that does not answer.
#[derive(Debug, thiserror::Error)]
#[error("the service {name} does not answer: {reason}")]
pub(super) struct ServiceError {
    name: String,
    reason: String,
}

impl Services {
    pub(super) fn new(timeout: Duration) -> Self {
        let config = ureq::Agent::config_builder().timeout_global(Some(timeout)).build();
        Self { agent: config.into() }
    }

    fn ask(&self, name: &str, query: &str) -> Result<Vec<u8>, String> {
        let request = self.agent.post(name).header("Accept", "application/sparql-results+json");
        let request = request.header("Content-Type", "application/sparql-query");
        let mut answer = request.send(query).map_err(|e| e.to_string())?;
        answer.body_mut().with_config().limit(MOST).read_to_vec().map_err(|e| e.to_string())
    }
}

impl DefaultServiceHandler for Services {
    type Error = ServiceError;

    fn handle(
        &self,
        service: &NamedNode,
        pattern: &GraphPattern,
        base: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, ServiceError> {
        let failed = |reason: String| ServiceError { name: service.as_str().to_owned(), reason };
        let query =
            spargebra::Query::Select { dataset: None, pattern: pattern.clone(), base_iri: base.cloned() };
        let answer = self.ask(service.as_str(), &query.to_string()).map_err(failed)?;
        let (variables, rows) = parse(&answer).map_err(failed)?;
        let rows = rows.into_iter().map(Ok::<QuerySolution, QueryEvaluationError>);
        Ok(QuerySolutionIter::new(Arc::from(variables), rows))
    }
}

fn parse(answer: &[u8]) -> Result<(Vec<Variable>, Vec<QuerySolution>), String> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    match parser.for_reader(answer).map_err(|e| e.to_string())? {
        ReaderQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let rows = solutions.collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
            Ok((variables, rows))
        }
        ReaderQueryResultsParserOutput::Boolean(_) => Err("it gives no rows".to_owned()),
    }
}
