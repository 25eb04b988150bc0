//! The rules as they stand in `data/reasoning`, and what they find in a graph.

use super::{MOST, ReasonError};
use crate::ontology::NAMESPACE;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use oxigraph::store::Store as Oxigraph;
use serde::Deserialize;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{Query, SparqlParser};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The prefixes that rules and their examples use; the empty one is for examples.
pub(super) const PREFIXES: [(&str, &str); 5] = [
    ("", "http://example.org/"),
    ("jx", NAMESPACE),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
];

/// The graph of what followed last, beside all that is known.
pub(super) const NEW: &str = "urn:x-jinxiu:new";

#[derive(Deserialize)]
struct File {
    rule: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    name: String,
    says: String,
    #[serde(rename = "if")]
    premises: String,
    #[serde(rename = "where", default)]
    test: String,
    #[serde(default)]
    then: String,
    given: String,
    #[serde(default)]
    gives: Vec<String>,
}

/// A rule: what must be stated, and what follows; without the latter, what excludes itself.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) says: &'static str,
    query: Query,
    /// The same, once for each premise that must be new.
    anew: Vec<Query>,
    premises: Vec<TriplePattern>,
    pub(super) then: Option<TriplePattern>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by tests"))]
    pub(super) given: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by tests"))]
    pub(super) gives: &'static [String],
}

/// A rule that found its premises.
#[derive(Debug)]
pub(super) struct Fired {
    solution: QuerySolution,
    pub(super) premises: Vec<Triple>,
}

/// The rules, in the order of their file; a test proves that all can be read.
pub(super) fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let file: Option<File> = toml::from_str(include_str!("../../../data/reasoning/owl2rl.toml")).ok();
        let written: &'static [Written] = Vec::leak(file.map(|file| file.rule).unwrap_or_default());
        written.iter().filter_map(read).collect()
    });
    &RULES
}

fn read(rule: &'static Written) -> Option<Rule> {
    let test = if rule.test.is_empty() { String::new() } else { format!("FILTER({})", rule.test) };
    let (then, unknown) = match rule.then.as_str() {
        "" => (None, String::new()),
        then => (Some(triples(then)?.pop()?), format!("FILTER NOT EXISTS {{ {then} }}")),
    };
    let asked = |premises: &str| parse(&format!("SELECT * {{ {premises} {test} {unknown} }}"));
    let premises = triples(&rule.premises)?;
    let anew = (0..premises.len()).map(|new| asked(&with_new(&premises, new))).collect::<Option<_>>()?;
    let (name, says, given) = (&rule.name, &rule.says, &rule.given);
    Some(Rule { name, says, query: asked(&rule.premises)?, anew, premises, then, given, gives: &rule.gives })
}

/// Premises of which one must be among what followed last.
fn with_new(premises: &[TriplePattern], new: usize) -> String {
    let written = premises.iter().enumerate().map(|(place, premise)| match place == new {
        true => format!("GRAPH <{NEW}> {{ {premise} }}"),
        false => format!("{premise} ."),
    });
    written.collect::<Vec<_>>().join(" ")
}

fn parse(query: &str) -> Option<Query> {
    let parser = PREFIXES
        .iter()
        .try_fold(SparqlParser::new(), |parser, (p, iri)| parser.with_prefix(*p, *iri).ok())?;
    parser.parse_query(query).ok()
}

fn triples(written: &str) -> Option<Vec<TriplePattern>> {
    let query = parse(&format!("SELECT * {{ {written} }}"))?;
    let Query::Select { pattern: GraphPattern::Project { inner, .. }, .. } = query else { return None };
    match *inner {
        GraphPattern::Bgp { patterns } => Some(patterns),
        _ => None,
    }
}

impl Rule {
    /// All places where the premises hold and what follows is not known, sorted.
    pub(super) fn fire(&self, work: &Oxigraph) -> Result<Vec<Fired>, ReasonError> {
        self.found(std::slice::from_ref(&self.query), work)
    }

    /// Those of them that rest on what followed last.
    pub(super) fn fire_anew(&self, work: &Oxigraph) -> Result<Vec<Fired>, ReasonError> {
        self.found(&self.anew, work)
    }

    fn found(&self, queries: &[Query], work: &Oxigraph) -> Result<Vec<Fired>, ReasonError> {
        let mut fired = BTreeMap::new();
        for query in queries {
            for solution in self.solutions(query, work)? {
                let failed = |error: QueryEvaluationError| ReasonError::Rule(self.name, error.to_string());
                let solution = solution.map_err(failed)?;
                let premises: Vec<Triple> =
                    self.premises.iter().filter_map(|pattern| instance(pattern, &solution)).collect();
                let key: Vec<String> = premises.iter().map(ToString::to_string).collect();
                fired.insert(key, Fired { solution, premises });
                if fired.len() > MOST {
                    return Err(ReasonError::TooMuch);
                }
            }
        }
        Ok(fired.into_values().collect())
    }

    fn solutions<'a>(
        &self,
        query: &Query,
        work: &'a Oxigraph,
    ) -> Result<impl Iterator<Item = Result<QuerySolution, QueryEvaluationError>> + use<'a>, ReasonError>
    {
        let results = SparqlEvaluator::new().for_query(query.clone()).on_store(work).execute();
        match results.map_err(|e| ReasonError::Rule(self.name, e.to_string()))? {
            QueryResults::Solutions(solutions) => Ok(solutions),
            _ => Err(ReasonError::Rule(self.name, "it is no SELECT".to_owned())),
        }
    }
}

impl Fired {
    /// A pattern with the values that were found; none where it is no triple of RDF.
    pub(super) fn instance(&self, pattern: &TriplePattern) -> Option<Triple> {
        instance(pattern, &self.solution)
    }
}

fn instance(pattern: &TriplePattern, solution: &QuerySolution) -> Option<Triple> {
    let subject = match term(&pattern.subject, solution)? {
        Term::NamedNode(node) => NamedOrBlankNode::from(node),
        Term::BlankNode(node) => NamedOrBlankNode::from(node),
        Term::Literal(_) => return None,
    };
    let predicate = match &pattern.predicate {
        NamedNodePattern::NamedNode(node) => node.clone(),
        NamedNodePattern::Variable(name) => node(solution.get(name)?)?,
    };
    Some(Triple::new(subject, predicate, term(&pattern.object, solution)?))
}

fn node(term: &Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    }
}

fn term(pattern: &TermPattern, solution: &QuerySolution) -> Option<Term> {
    match pattern {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        TermPattern::Variable(name) => solution.get(name).cloned(),
        TermPattern::BlankNode(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_file_is_read() {
        let text = include_str!("../../../data/reasoning/owl2rl.toml");
        assert_eq!(rules().len(), text.matches("[[rule]]").count());
        assert!(rules().iter().all(|rule| rule.then.is_some() != rule.gives.is_empty()));
    }
}
