//! From the templates of an update to quads.

use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::QuerySolution;
use spargebra::term::{
    GraphName as Name, GraphNamePattern, GroundQuad, GroundQuadPattern, GroundTerm, GroundTermPattern,
    NamedNodePattern, Quad as Data, QuadPattern, TermPattern,
};
use std::collections::HashMap;

/// A quad of INSERT DATA.
pub(super) fn quad(data: &Data) -> Quad {
    Quad::new(data.subject.clone(), data.predicate.clone(), data.object.clone(), graph_name(&data.graph_name))
}

/// A quad of DELETE DATA.
pub(super) fn ground(data: &GroundQuad) -> Quad {
    let object: Term = match &data.object {
        GroundTerm::NamedNode(node) => node.clone().into(),
        GroundTerm::Literal(literal) => literal.clone().into(),
    };
    Quad::new(data.subject.clone(), data.predicate.clone(), object, graph_name(&data.graph_name))
}

fn graph_name(name: &Name) -> GraphName {
    match name {
        Name::NamedNode(node) => node.clone().into(),
        Name::DefaultGraph => GraphName::DefaultGraph,
    }
}

/// What a template of DELETE means for a solution; nothing where a variable has no fitting value.
pub(super) fn removed(template: &GroundQuadPattern, solution: &QuerySolution) -> Option<Quad> {
    let term = |pattern: &GroundTermPattern| match pattern {
        GroundTermPattern::NamedNode(node) => Some(Term::from(node.clone())),
        GroundTermPattern::Literal(literal) => Some(literal.clone().into()),
        GroundTermPattern::Variable(variable) => solution.get(variable).cloned(),
    };
    let subject = node(term(&template.subject)?)?;
    let predicate = predicate(&template.predicate, solution)?;
    Some(Quad::new(subject, predicate, term(&template.object)?, graph(&template.graph_name, solution)?))
}

/// What the templates of INSERT mean for a solution; a blank node is a new one for each solution.
pub(super) fn added(templates: &[QuadPattern], solution: &QuerySolution) -> Vec<Quad> {
    let mut blank: HashMap<&BlankNode, BlankNode> = HashMap::new();
    let mut quads = Vec::new();
    for template in templates {
        let subject = term(&template.subject, solution, &mut blank).and_then(node);
        let object = term(&template.object, solution, &mut blank);
        let place = (predicate(&template.predicate, solution), graph(&template.graph_name, solution));
        if let (Some(subject), Some(object), (Some(predicate), Some(graph))) = (subject, object, place) {
            quads.push(Quad::new(subject, predicate, object, graph));
        }
    }
    quads
}

fn term<'a>(
    pattern: &'a TermPattern,
    solution: &QuerySolution,
    blank: &mut HashMap<&'a BlankNode, BlankNode>,
) -> Option<Term> {
    match pattern {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        TermPattern::BlankNode(node) => Some(blank.entry(node).or_default().clone().into()),
        TermPattern::Variable(variable) => solution.get(variable).cloned(),
    }
}

fn node(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}

fn predicate(pattern: &NamedNodePattern, solution: &QuerySolution) -> Option<NamedNode> {
    match pattern {
        NamedNodePattern::NamedNode(node) => Some(node.clone()),
        NamedNodePattern::Variable(variable) => match solution.get(variable)? {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        },
    }
}

fn graph(pattern: &GraphNamePattern, solution: &QuerySolution) -> Option<GraphName> {
    match pattern {
        GraphNamePattern::DefaultGraph => Some(GraphName::DefaultGraph),
        GraphNamePattern::NamedNode(node) => Some(node.clone().into()),
        GraphNamePattern::Variable(variable) => match solution.get(variable)? {
            Term::NamedNode(node) => Some(node.clone().into()),
            _ => None,
        },
    }
}
