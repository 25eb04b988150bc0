//! What a query answers: rows, yes or no, triples.

use super::failure::QueryError;
use super::query::failed;
use oxigraph::model::{Quad, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolution};
use std::io::{self, Write};
use std::iter::Peekable;

/// The answer to a query.
pub enum Answer<'a> {
    /// To SELECT.
    Rows(Rows<'a>),
    /// To ASK.
    Truth(bool),
    /// To CONSTRUCT and DESCRIBE.
    Triples(Box<dyn Iterator<Item = Result<Quad, QueryError>> + 'a>),
}

/// A row: a value for each column that has one.
pub type Row = Vec<Option<Term>>;

/// The rows of a SELECT, computed as they are read.
pub struct Rows<'a> {
    variables: Vec<Variable>,
    rows: Peekable<Box<dyn Iterator<Item = Result<Row, QueryError>> + 'a>>,
}

impl<'a> Answer<'a> {
    /// Rows that are all there, in their order.
    pub(super) fn sorted(variables: Vec<Variable>, rows: Vec<Row>, order: Option<Vec<&str>>) -> Self {
        let mut columns: Vec<usize> = (0..variables.len()).collect();
        if let Some(order) = order {
            columns.sort_by_key(|column| order.iter().position(|o| *o == variables[*column].as_str()));
        }
        let names = columns.iter().map(|column| variables[*column].clone()).collect();
        let row = move |row: Row| columns.iter().map(|column| respelt(row[*column].as_ref()?)).collect();
        Self::Rows(Rows::new(names, rows.into_iter().map(move |found| Ok(row(found)))))
    }

    pub(super) fn new(results: QueryResults<'a>, order: Option<Vec<&str>>) -> Self {
        match results {
            QueryResults::Boolean(truth) => Self::Truth(truth),
            QueryResults::Graph(triples) => Self::Triples(Box::new(triples.map(|triple| {
                let triple = triple.map_err(|e| failed(&e))?;
                Ok(triple.in_graph(oxigraph::model::GraphName::DefaultGraph))
            }))),
            QueryResults::Solutions(solutions) => {
                let mut variables = solutions.variables().to_vec();
                if let Some(order) = order {
                    variables.sort_by_key(|v| order.iter().position(|o| *o == v.as_str()));
                }
                let columns = variables.clone();
                let row = move |solution: QuerySolution| {
                    columns.iter().map(|v| respelt(solution.get(v)?)).collect()
                };
                Self::Rows(Rows::new(variables, solutions.map(move |s| s.map(&row).map_err(|e| failed(&e)))))
            }
        }
    }
}

impl<'a> Rows<'a> {
    /// Rows under these columns.
    pub(super) fn new(
        variables: Vec<Variable>,
        rows: impl Iterator<Item = Result<Row, QueryError>> + 'a,
    ) -> Self {
        let rows: Box<dyn Iterator<Item = _> + 'a> = Box::new(rows);
        Self { variables, rows: rows.peekable() }
    }

    /// The names of the columns.
    pub fn columns(&self) -> Vec<&str> {
        self.variables.iter().map(Variable::as_str).collect()
    }

    /// Computes the first row, so that a failure is known before anything is written; tells whether there is one.
    pub fn begin(&mut self) -> Result<bool, QueryError> {
        match self.rows.peek() {
            Some(Err(error)) => Err(error.clone()),
            first => Ok(first.is_some()),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

fn respelt(term: &Term) -> Option<Term> {
    let mut term = term.clone();
    crate::rdf::respell_language(&mut term);
    Some(term)
}
/// The formats that the SPARQL recommendation defines for results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandardFormat {
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// SPARQL results in JSON.
    Json,
    /// SPARQL results in XML.
    Xml,
}

impl StandardFormat {
    fn format(self) -> QueryResultsFormat {
        match self {
            Self::Csv => QueryResultsFormat::Csv,
            Self::Tsv => QueryResultsFormat::Tsv,
            Self::Json => QueryResultsFormat::Json,
            Self::Xml => QueryResultsFormat::Xml,
        }
    }
}

/// Writes rows as they come; tells how many, and the error that ended them if one did.
pub fn write_rows(
    rows: &mut Rows<'_>,
    format: StandardFormat,
    limit: usize,
    out: impl Write,
) -> io::Result<(usize, Option<QueryError>)> {
    let variables = rows.variables.clone();
    let serializer = QueryResultsSerializer::from_format(format.format());
    let mut serializer = serializer.serialize_solutions_to_writer(out, variables.clone())?;
    let (mut count, mut error) = (0, None);
    for row in rows.take(limit) {
        match row {
            Ok(row) => {
                let bound = variables.iter().zip(&row).filter_map(|(v, t)| Some((v, t.as_ref()?)));
                serializer.serialize(bound)?;
                count += 1;
            }
            Err(e) => {
                error = Some(e);
                break;
            }
        }
    }
    let mut out = serializer.finish()?;
    if matches!(format, StandardFormat::Json | StandardFormat::Xml) {
        writeln!(out)?;
    }
    out.flush()?;
    Ok((count, error))
}

/// Writes the answer to an ASK in JSON or XML; CSV and TSV write the bare word.
pub fn write_boolean(truth: bool, format: StandardFormat, mut out: impl Write) -> io::Result<()> {
    match format {
        StandardFormat::Csv | StandardFormat::Tsv => writeln!(out, "{truth}"),
        other => {
            let serializer = QueryResultsSerializer::from_format(other.format());
            serializer.serialize_boolean_to_writer(&mut out, truth)?;
            writeln!(out)
        }
    }
}
