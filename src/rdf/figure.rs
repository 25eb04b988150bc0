//! Figures as observations of one data cube.
//!
//! A cell of the cube is a quantity of a thing at a time: subject, indicator, measure, whole, period, fact or aim. Texts may
//! give one cell several values, and each is kept: what tells the observations of a cell apart is where they are stated, as
//! two further dimensions, the passage and the place of the value among those that the passage gives for the cell. A cell is
//! a slice of the cube, known by its dimensions alone, so that the values of all documents meet in it.

use super::base::digest;
use super::concept::indicator;
use super::graph::{GraphBuilder, decimal, integer};
use super::period::days_of;
use super::vocabulary::{self as v, own};
use crate::document::{Class, Entity, Evidence, Modality, Observation};
use crate::ontology::ontology;
use crate::text::fold_name;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term};
use std::collections::BTreeMap;

/// Adds every figure that the document states.
pub(super) fn add_figures(graph: &mut GraphBuilder<'_>) {
    let extraction = graph.source.extraction;
    let mut orders = BTreeMap::new();
    for observation in &extraction.observations {
        let evidence = graph.sound(&observation.evidence);
        if let (Some(entity), Some(first)) = (graph.entity(&observation.subject), evidence.first()) {
            let cell = Cell::of(graph, observation, entity);
            let order: &mut BTreeMap<String, usize> = orders.entry((cell.key(), first.span)).or_default();
            let next = order.len() + 1;
            let nth = *order.entry(reading(observation)).or_insert(next);
            add_figure(graph, &Stated { figure: observation, cell, nth }, &evidence);
        }
    }
    if !orders.is_empty() {
        add_data_set(graph);
    }
}

fn add_data_set(graph: &mut GraphBuilder<'_>) {
    let data_set = data_set(graph);
    graph.add(&data_set, v::TYPE, v::DATA_SET_CLASS);
    graph.add(&data_set, v::STRUCTURE, v::JX_FIGURE_STRUCTURE);
    graph.add(&data_set, v::UNIT_MULT, integer(0));
    for (label, language) in
        [("文本所陈述的数据", "zh-hans"), ("文本所陳述的數據", "zh-hant"), ("Figures that texts state", "en")]
    {
        graph.add(&data_set, v::LABEL, Literal::new_language_tagged_literal_unchecked(label, language));
    }
}

fn data_set(graph: &GraphBuilder<'_>) -> NamedNode {
    graph.base.mint("dataset", "figures")
}

/// The dimensions of a figure, without where it is stated.
struct Cell {
    area: bool,
    dimensions: [(NamedNodeRef<'static>, NamedNode); 6],
}

/// A figure with its cell and its place among the values that its passage gives for the cell.
struct Stated<'a> {
    figure: &'a Observation,
    cell: Cell,
    nth: usize,
}

impl Cell {
    fn of(graph: &mut GraphBuilder<'_>, figure: &Observation, entity: &Entity) -> Self {
        let whole = figure.of.as_deref().map(|whole| indicator(graph, whole));
        Self {
            area: matches!(entity.class, Class::Place | Class::Zone),
            dimensions: [
                (v::JX_FIGURE_OF, graph.entity_iri(entity)),
                (v::JX_INDICATOR, indicator(graph, &figure.indicator)),
                (v::JX_MEASURE, own(figure.measure.as_str())),
                (v::JX_SHARE_OF, whole.unwrap_or_else(|| v::JX_UNSPECIFIED_WHOLE.into_owned())),
                (v::REF_PERIOD, period(graph, &figure.period)),
                (v::JX_MODALITY, own(figure.modality.as_str())),
            ],
        }
    }

    fn subject(&self) -> &NamedNode {
        &self.dimensions[0].1
    }

    fn key(&self) -> String {
        self.dimensions.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn describe(&self, graph: &mut GraphBuilder<'_>, node: &NamedNode) {
        for (dimension, value) in &self.dimensions {
            graph.add(node, *dimension, value.clone());
        }
    }
}

/// What tells one value of a cell from another in the same passage.
fn reading(figure: &Observation) -> String {
    format!(
        "{} {} {} {:?} {}",
        figure.value,
        figure.unit,
        figure.bound,
        figure.from,
        fold_name(&figure.indicator)
    )
}

fn add_figure(graph: &mut GraphBuilder<'_>, stated: &Stated<'_>, evidence: &[Evidence]) {
    let Some(first) = evidence.first() else { return };
    let passage = graph.passage(first.span);
    let known_by = format!("{} {passage} {}", stated.cell.key(), stated.nth);
    let node = graph.base.hashed("figure", graph.id(), &known_by);
    graph.add(&node, v::TYPE, v::OBSERVATION);
    graph.add(&node, v::TYPE, v::JX_FIGURE);
    if stated.figure.modality == Modality::Target {
        graph.add(&node, v::TYPE, v::JX_TARGET);
    }
    stated.cell.describe(graph, &node);
    if stated.cell.area {
        graph.add(&node, v::REF_AREA, stated.cell.subject().clone());
    }
    graph.add(&node, v::JX_STATED_AT, passage);
    graph.add(&node, v::JX_VALUE_ORDER, integer(stated.nth));
    add_value(graph, &node, stated.figure);
    add_to_cube(graph, &node, &stated.cell);
    graph.attest(&node, evidence);
}

fn add_to_cube(graph: &mut GraphBuilder<'_>, node: &NamedNode, cell: &Cell) {
    let data_set = data_set(graph);
    let slice = graph.base.mint("cell", &digest(&cell.key())[..16]);
    graph.add(node, v::DATA_SET, data_set.clone());
    graph.add(&data_set, v::SLICE, slice.clone());
    graph.add(&slice, v::TYPE, v::SLICE_CLASS);
    graph.add(&slice, v::SLICE_STRUCTURE, v::JX_CELL);
    cell.describe(graph, &slice);
    graph.add(&slice, v::SLICE_OBSERVATION, node.clone());
}

fn add_value(graph: &mut GraphBuilder<'_>, node: &NamedNode, figure: &Observation) {
    graph.add(node, v::OBS_VALUE, decimal(figure.value));
    let unit = unit(graph, &figure.unit);
    graph.add(node, v::UNIT_MEASURE, unit);
    graph.add(node, v::JX_BOUND, own(figure.bound.as_str()));
    graph.add(node, v::JX_INDICATOR_AS_WRITTEN, Literal::new_simple_literal(&figure.indicator));
    if let Some(from) = figure.from {
        graph.add(node, v::JX_BASELINE, decimal(from));
    }
    if !figure.as_written.is_empty() {
        graph.add(node, v::JX_VALUE_AS_WRITTEN, Literal::new_simple_literal(&figure.as_written));
    }
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
