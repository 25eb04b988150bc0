//! How a query was answered: the plan with the rows and the time of each step.

use super::endpoints::{Asked, Endpoints};
use super::rewrite::Trap;
use super::{Query, Sorting, failed};
use crate::store::failure::QueryError;
use crate::store::{Answer, Store};
use oxigraph::sparql::QueryResults;
use serde_json::Value;

/// A step of a plan with those that it draws on.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is done.
    pub name: String,
    /// How many rows came out.
    pub rows: u64,
    /// The time until the last of them, the steps below included.
    pub seconds: f64,
    /// The steps below.
    pub children: Vec<Plan>,
}

/// A query that was run to its end, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Rows or triples that it gave.
    pub rows: usize,
    /// The time taken to make the plan.
    pub planning: f64,
    /// The plan.
    pub plan: Plan,
    /// Traps that the query was led around.
    pub traps: Vec<Trap>,
    /// What other endpoints were asked.
    pub asked: Vec<Asked>,
}

impl Store {
    /// Runs a query, passes its rows over and tells how they came about.
    pub fn explain(&self, query: &Query) -> Result<Explained, QueryError> {
        self.explained(query, Sorting::Here)
    }

    fn explained(&self, query: &Query, sorting: Sorting) -> Result<Explained, QueryError> {
        let prepared = self.prepare(query, sorting)?;
        let (results, explanation) = prepared.query.on_store(&self.inner).compute_statistics().explain();
        let rows = match (&prepared.top, results.map_err(|e| failed(&e))?) {
            (Some(top), QueryResults::Solutions(solutions)) => match top.first(solutions)? {
                Some(rows) => rows.len(),
                None => return self.explained(query, Sorting::ByEngine),
            },
            (_, results) => count(results)?,
        };
        let mut json = Vec::new();
        let unreadable =
            |reason: String| QueryError::Evaluation(format!("the plan cannot be read: {reason}"));
        explanation.write_in_json(&mut json).map_err(|e| unreadable(e.to_string()))?;
        let whole: Value = serde_json::from_slice(&json).map_err(|e| unreadable(e.to_string()))?;
        let planning = whole["planning duration in seconds"].as_f64().unwrap_or(0.0);
        let asked = prepared.endpoints.as_ref().map(Endpoints::asked).unwrap_or_default();
        Ok(Explained { rows, planning, plan: plan(&whole["plan"]), traps: prepared.traps, asked })
    }
}

fn count(results: QueryResults<'_>) -> Result<usize, QueryError> {
    match Answer::new(results, None) {
        Answer::Truth(_) => Ok(1),
        Answer::Rows(mut rows) => rows.try_fold(0, |n, row| row.map(|_| n + 1)),
        Answer::Triples(mut triples) => triples.try_fold(0, |n, triple| triple.map(|_| n + 1)),
    }
}

fn plan(node: &Value) -> Plan {
    Plan {
        name: node["name"].as_str().unwrap_or_default().to_owned(),
        rows: node["number of results"].as_u64().unwrap_or(0),
        seconds: node["duration in seconds"].as_f64().unwrap_or(0.0),
        children: node["children"].as_array().into_iter().flatten().map(plan).collect(),
    }
}
