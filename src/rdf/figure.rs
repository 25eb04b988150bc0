//! Figures as observations of a data cube, one data set per document.

use super::graph::{GraphBuilder, decimal};
use super::period::days_of;
use super::scripts::in_both_scripts;
use super::vocabulary::{self as v, own};
use crate::document::{Class, Entity, Evidence, Modality, Observation};
use crate::ontology::ontology;
use crate::text::fold_name;
use oxrdf::{Literal, NamedNode, Term};

/// Adds every figure that the document states.
pub(super) fn add_figures(graph: &mut GraphBuilder<'_>) {
    let extraction = graph.source.extraction;
    let data_set = graph.base.mint("dataset", graph.id());
    let mut any = false;
    for observation in &extraction.observations {
        let evidence = graph.sound(&observation.evidence);
        if let (Some(entity), false) = (graph.entity(&observation.subject), evidence.is_empty()) {
            add_figure(graph, (observation, entity), &evidence);
            any = true;
        }
    }
    if any {
        graph.add(&data_set, v::TYPE, v::DATA_SET_CLASS);
        graph.add(&data_set, v::STRUCTURE, v::JX_FIGURE_STRUCTURE);
        graph.add(&data_set, v::SOURCE, graph.document.clone());
    }
}

fn add_figure(
    graph: &mut GraphBuilder<'_>,
    (figure, entity): (&Observation, &Entity),
    evidence: &[Evidence],
) {
    let subject = graph.entity_iri(entity);
    let node = graph.base.hashed("figure", graph.id(), &cell(&subject, figure));
    add_dimensions(graph, &node, figure);
    graph.add(&node, v::JX_FIGURE_OF, subject.clone());
    if matches!(entity.class, Class::Place | Class::Zone) {
        graph.add(&node, v::REF_AREA, subject);
    }
    add_value(graph, &node, figure);
    if let Some(first) = evidence.first() {
        let passage = graph.passage(first.span);
        graph.add(&node, v::JX_STATED_AT, passage);
    }
    graph.attest(&node, evidence);
}

/// Everything that tells one figure from another.
fn cell(subject: &NamedNode, f: &Observation) -> String {
    let of = f.of.as_deref().map(fold_name);
    format!(
        "{subject} {} {} {} {} {of:?} {} {} {} {:?}",
        fold_name(&f.indicator),
        f.measure,
        f.value,
        f.unit,
        f.bound,
        f.period,
        f.modality,
        f.from
    )
}

fn add_dimensions(graph: &mut GraphBuilder<'_>, node: &NamedNode, figure: &Observation) {
    let data_set = graph.base.mint("dataset", graph.id());
    graph.add(node, v::TYPE, v::OBSERVATION);
    graph.add(node, v::TYPE, v::JX_FIGURE);
    if figure.modality == Modality::Target {
        graph.add(node, v::TYPE, v::JX_TARGET);
    }
    graph.add(node, v::DATA_SET, data_set);
    let indicator = indicator(graph, &figure.indicator);
    graph.add(node, v::JX_INDICATOR, indicator);
    graph.add(node, v::JX_MEASURE, own(figure.measure.as_str()));
    graph.add(node, v::JX_MODALITY, own(figure.modality.as_str()));
    graph.add(node, v::JX_BOUND, own(figure.bound.as_str()));
    let period = period(graph, &figure.period);
    graph.add(node, v::REF_PERIOD, period);
}

fn add_value(graph: &mut GraphBuilder<'_>, node: &NamedNode, figure: &Observation) {
    graph.add(node, v::OBS_VALUE, decimal(figure.value));
    let unit = unit(graph, &figure.unit);
    graph.add(node, v::UNIT_MEASURE, unit);
    if let Some(whole) = &figure.of {
        let whole = indicator(graph, whole);
        graph.add(node, v::JX_SHARE_OF, whole);
    }
    if let Some(from) = figure.from {
        graph.add(node, v::JX_BASELINE, decimal(from));
    }
    if !figure.as_written.is_empty() {
        graph.add(node, v::JX_VALUE_AS_WRITTEN, Literal::new_simple_literal(&figure.as_written));
    }
}

fn indicator(graph: &mut GraphBuilder<'_>, name: &str) -> NamedNode {
    let iri = graph.base.mint("indicator", &fold_name(name));
    graph.add(&iri, v::TYPE, v::JX_INDICATOR_CLASS);
    graph.add(&iri, v::IN_SCHEME, v::JX_INDICATORS);
    for literal in in_both_scripts(name) {
        graph.add(&iri, v::LABEL, literal);
    }
    iri
}

/// The unit's IRI from the ontology, else one of our own that carries the sign.
fn unit(graph: &mut GraphBuilder<'_>, sign: &str) -> NamedNode {
    if let Some(iri) = ontology().unit(sign) {
        return NamedNode::new_unchecked(iri);
    }
    let iri = graph.base.mint("unit", sign);
    graph.add(&iri, v::TYPE, v::JX_UNIT);
    graph.add(&iri, v::NOTATION, Literal::new_simple_literal(sign));
    iri
}

fn period(graph: &mut GraphBuilder<'_>, period: &str) -> NamedNode {
    let Some((first, last)) = days_of(period) else { return v::JX_UNDATED.into_owned() };
    let iri = graph.base.mint("period", &period.replace('/', "--"));
    graph.add(&iri, v::TYPE, v::JX_PERIOD);
    graph.add(&iri, v::LABEL, Literal::new_simple_literal(period));
    for (predicate, day) in [(v::HAS_BEGINNING, first), (v::HAS_END, last)] {
        let instant = graph.base.mint("instant", &day);
        graph.add(&iri, predicate, instant.clone());
        graph.add(&instant, v::TYPE, v::INSTANT);
        graph.add(&instant, v::IN_XSD_DATE, Term::from(Literal::new_typed_literal(day, v::DATE)));
    }
    iri
}
