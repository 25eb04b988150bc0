//! What must hold of a graph, said in SHACL, and where it does not: each with the sentence it rests on.

use super::browse::Quotation;
use super::terms::bare;
use super::{Store, StoreError};
use crate::rdf::vocabulary as v;
use oxigraph::model::{Graph, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use shacl_rust::validation::dataset::ValidationDataset;
use shacl_rust::{parse_shapes, validate};

/// The shapes that the program carries.
pub const SHAPES: &str = include_str!("../../ontology/shapes.ttl");

/// How many unnamed shapes, or places in their lists, may stand within one another below a named one.
const DEEPEST: usize = 64;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// What it is about.
    pub focus: String,
    /// The property, if one is concerned.
    pub path: String,
    /// The value, if one is concerned.
    pub value: String,
    /// What should hold.
    pub message: String,
    /// Violation, Warning or Info.
    pub severity: String,
    /// The shape, or the one that holds it, as only some have names.
    pub shape: String,
    /// The kind of constraint: the IRI of its component.
    pub constraint: String,
    /// Where the statement stands.
    pub quotations: Vec<Quotation>,
}

/// Shapes that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// They are no Turtle.
    #[error("{0}")]
    Syntax(String),
    /// They are no shapes.
    #[error("the shapes cannot be understood: {0}")]
    Shapes(String),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Holds the graph of all documents against shapes in Turtle; what does not hold, sorted.
    pub fn check(&self, shapes: &str) -> Result<Vec<Violation>, ShapesError> {
        let shapes = graph(shapes)?;
        let parsed = parse_shapes(&shapes).map_err(|e| ShapesError::Shapes(e.to_string()))?;
        let data = ValidationDataset::from_triples_with_experimental_index(self.seen()?, shapes.clone())
            .map_err(|e| ShapesError::Shapes(e.to_string()))?;
        let report = validate(&data, &parsed);
        let results = report.get_results().iter();
        let mut violations: Vec<Violation> = results.map(|result| violation(result, &shapes)).collect();
        violations.sort();
        violations.dedup();
        for violation in &mut violations {
            violation.quotations = self.grounds(violation)?;
        }
        Ok(violations)
    }

    /// The triples that queries see.
    fn seen(&self) -> Result<Vec<Triple>, StoreError> {
        let quads = self.inner.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
        quads
            .map(|quad| {
                quad.map(|Quad { subject, predicate, object, .. }| Triple::new(subject, predicate, object))
                    .map_err(|e| self.failure(&e))
            })
            .collect()
    }

    /// The words on which rests what does not hold: those of the statement, or of the figure itself.
    fn grounds(&self, violation: &Violation) -> Result<Vec<Quotation>, StoreError> {
        let Ok(focus) = NamedNode::new(&violation.focus) else { return Ok(Vec::new()) };
        let mut nodes = self.subjects(v::SUBJECT, focus.as_ref())?;
        let same = |node: &NamedNode, predicate, wanted: &str| {
            wanted.is_empty()
                || self
                    .objects(node, predicate)
                    .is_ok_and(|found| found.iter().any(|term| bare(term) == wanted))
        };
        nodes.retain(|node| {
            same(node, v::PREDICATE, &violation.path) && same(node, v::OBJECT, &violation.value)
        });
        nodes.push(focus);
        let mut quotations = Vec::new();
        for node in nodes {
            quotations.extend(self.quotations(&node)?);
        }
        quotations.dedup();
        Ok(quotations)
    }
}

fn graph(turtle: &str) -> Result<Graph, ShapesError> {
    let mut graph = Graph::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
        let quad = quad.map_err(|error| {
            let line = error.location().map_or(1, |location| location.start.line + 1);
            ShapesError::Syntax(format!("line {line}: {error}"))
        })?;
        graph.insert(&Triple::new(quad.subject, quad.predicate, quad.object));
    }
    Ok(graph)
}

/// What a SPARQL constraint of a shape for nodes finds is a node, so that this is the value where the query gives none.
fn is_of_the_node(result: &shacl_rust::ValidationResult<'_>, shapes: &Graph) -> bool {
    let sparql = result
        .source_constraint_component()
        .is_some_and(|c| c.as_str().ends_with("#SPARQLConstraintComponent"));
    let path = NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#path");
    sparql && shapes.object_for_subject_predicate(result.source_shape(), path).is_none()
}

fn violation(result: &shacl_rust::ValidationResult<'_>, shapes: &Graph) -> Violation {
    let iri =
        |iri: &str| iri.strip_prefix('<').and_then(|iri| iri.strip_suffix('>')).unwrap_or(iri).to_owned();
    let message = match result.messages() {
        [] => result.constraint_detail().unwrap_or_default().to_owned(),
        messages => messages.join("; "),
    };
    let value = result.value().or_else(|| is_of_the_node(result, shapes).then(|| result.focus_node()));
    Violation {
        focus: bare(&result.focus_node().into_owned()),
        path: result.result_path().map(|path| iri(&path.to_string())).unwrap_or_default(),
        value: value.map(|value| bare(&value.into_owned())).unwrap_or_default(),
        message,
        severity: result.severity().as_str().rsplit('#').next().unwrap_or_default().to_owned(),
        shape: named(result.source_shape(), shapes).unwrap_or_default(),
        constraint: result.source_constraint_component().map(|c| c.as_str().to_owned()).unwrap_or_default(),
        quotations: Vec::new(),
    }
}

/// The first shape with a name from one upwards, since what has none is called otherwise in every run.
fn named(shape: NamedOrBlankNodeRef<'_>, shapes: &Graph) -> Option<String> {
    let mut shape = shape;
    for _ in 0..DEEPEST {
        match shape {
            NamedOrBlankNodeRef::NamedNode(node) => return Some(node.as_str().to_owned()),
            NamedOrBlankNodeRef::BlankNode(node) => shape = shapes.triples_for_object(node).next()?.subject,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::{NAMESPACE, TermKind, ontology};

    #[test]
    fn every_class_and_every_property_of_the_ontology_has_a_shape() {
        let targets: Vec<String> = graph(SHAPES)
            .unwrap()
            .iter()
            .filter(|t| t.predicate.as_str().contains("shacl#target"))
            .map(|t| bare(&t.object.into_owned()))
            .collect();
        let declared = ontology().own_terms().filter(|t| t.kind != TermKind::Individual);
        let bare: Vec<&str> = declared
            .filter(|t| !targets.contains(&t.iri))
            .filter_map(|t| t.iri.strip_prefix(NAMESPACE))
            .collect();
        let datatypes = ["GBT2260"];
        assert_eq!(bare, datatypes, "without a shape in ontology/shapes.ttl; datatypes need none");
    }

    #[test]
    fn shapes_name_only_declared_terms() {
        for triple in graph(SHAPES).unwrap().iter() {
            for iri in [triple.predicate.to_string(), triple.object.to_string()] {
                let iri = iri.trim_matches(['<', '>']);
                assert!(!iri.starts_with(NAMESPACE) || ontology().by_iri(iri).is_some(), "{iri}");
            }
        }
    }
}
