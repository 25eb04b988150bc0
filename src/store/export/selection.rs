//! The part of a document's graph that speaks of some things: their statements, their figures, and what these rest on.

use super::{Wanted, WantedError};
use crate::document::Class;
use crate::ontology::{NAMESPACE, TermKind, ontology};
use crate::rdf::{in_both_scripts, vocabulary as v};
use crate::store::{Query, Store, nearest};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// The things that are spoken of, and the figures that fit the years; everything where nothing is said.
pub(super) struct Selection {
    things: Option<BTreeSet<NamedNode>>,
    figures: Option<BTreeSet<NamedNode>>,
    entities: Vec<String>,
}

impl Selection {
    pub(super) fn new(store: &Store, wanted: &Wanted) -> Result<Self, WantedError> {
        let mut things = wanted.class.as_deref().map(|class| of_class(store, class)).transpose()?;
        if let Some(place) = &wanted.place {
            let within = within(store, place)?;
            things = Some(match things {
                Some(things) => things.intersection(&within).cloned().collect(),
                None => within,
            });
        }
        let figures = wanted.years.map(|years| of_years(store, years)).transpose()?;
        let entities = Class::ALL.iter().map(|c| store.base.entity(*c, "").into_string()).collect();
        Ok(Self { things, figures, entities })
    }

    pub(super) fn is_everything(&self) -> bool {
        self.things.is_none() && self.figures.is_none()
    }

    /// What of a graph is wanted.
    pub(super) fn of(&self, quads: Vec<Quad>) -> Vec<Quad> {
        if self.is_everything() {
            return quads;
        }
        let mut about: BTreeMap<NamedNode, Vec<Quad>> = BTreeMap::new();
        for quad in quads {
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                about.entry(subject.clone()).or_default().push(quad);
            }
        }
        let mut waiting: Vec<NamedNode> = about
            .iter()
            .filter(|(node, said)| self.begins_with(node, said))
            .map(|(node, _)| node.clone())
            .collect();
        let mut seen: BTreeSet<NamedNode> = waiting.iter().cloned().collect();
        let mut kept = Vec::new();
        while let Some(node) = waiting.pop() {
            let brief = self.is_entity(&node) && (self.figures.is_some() || !self.is_thing(&node));
            let said = about.remove(&node).unwrap_or_default();
            for quad in said.into_iter().filter(|quad| !brief || names(quad)) {
                if let Term::NamedNode(object) = &quad.object
                    && let Some(of_object) = about.get(object)
                {
                    if is_measured(of_object) && !seen.contains(object) {
                        continue;
                    }
                    waiting.extend(seen.insert(object.clone()).then(|| object.clone()));
                }
                kept.push(quad);
            }
        }
        if !kept.is_empty() {
            kept.extend(about.into_values().filter(|said| is_credit(said)).flatten());
        }
        kept
    }

    /// Whether a node is wanted for itself: a thing, a statement about one, a figure of one.
    fn begins_with(&self, node: &NamedNode, said: &[Quad]) -> bool {
        let subject = |predicate| {
            said.iter().any(|quad| {
                quad.predicate.as_ref() == predicate
                    && matches!(&quad.object, Term::NamedNode(of) if self.is_thing(of))
            })
        };
        if is_measured(said) {
            let fits = self.figures.as_ref().is_none_or(|figures| figures.contains(node));
            return fits && (self.is_thing(node) || subject(v::JX_FIGURE_OF));
        }
        self.figures.is_none() && (self.is_thing(node) || subject(v::SUBJECT))
    }

    fn is_thing(&self, node: &NamedNode) -> bool {
        self.things.as_ref().is_none_or(|things| things.contains(node))
    }

    fn is_entity(&self, node: &NamedNode) -> bool {
        self.entities.iter().any(|start| node.as_str().starts_with(start))
    }
}

/// Whether a node is a figure or a slice of figures, which is wanted for itself or not at all.
fn is_measured(said: &[Quad]) -> bool {
    said.iter().any(|quad| quad.predicate.as_ref() == v::JX_FIGURE_OF)
}

/// Whether a node is a source whose licence asks for words, which go wherever something of it goes.
fn is_credit(said: &[Quad]) -> bool {
    said.iter().any(|quad| quad.predicate.as_ref() == v::CITATION)
}

/// Whether a quad says what something is and is called.
fn names(quad: &Quad) -> bool {
    [v::TYPE, v::LABEL, v::ALT_LABEL].contains(&quad.predicate.as_ref())
}

fn of_class(store: &Store, name: &str) -> Result<BTreeSet<NamedNode>, WantedError> {
    let classes = || ontology().own_terms().filter(|t| t.kind == TermKind::Class);
    let local = name.trim_start_matches("jx:");
    let known = classes().find(|t| t.local() == local || t.labels.values().any(|label| label == local));
    let Some(class) = known else {
        let locals: Vec<&str> = classes().filter_map(|t| t.iri.strip_prefix(NAMESPACE)).collect();
        let hint = nearest(local, locals.into_iter())
            .map(|c| format!("; the closest one is {c}"))
            .unwrap_or_default();
        return Err(WantedError::Class(name.to_owned(), hint));
    };
    Ok(store.things(&Query::new(format!("SELECT DISTINCT ?e {{ ?e a <{}> }}", class.iri)))?)
}

fn within(store: &Store, name: &str) -> Result<BTreeSet<NamedNode>, WantedError> {
    let names = in_both_scripts(name).map(|literal| literal.to_string());
    let things = store.things(&Query::new(format!(
        "SELECT DISTINCT ?e {{ VALUES ?name {{ {} }} ?place rdfs:label|skos:altLabel ?name . \
         ?e (jx:locatedIn|jx:partOf|jx:positionIn)* ?place }}",
        names.join(" ")
    )))?;
    if things.is_empty() { Err(WantedError::Place(name.to_owned())) } else { Ok(things) }
}

fn of_years(store: &Store, (first, last): (i32, i32)) -> Result<BTreeSet<NamedNode>, WantedError> {
    Ok(store.things(&Query::new(format!(
        "SELECT ?f {{ ?f sdmx-dimension:refPeriod ?p . ?p time:hasBeginning/time:inXSDDate ?from ; \
         time:hasEnd/time:inXSDDate ?to FILTER(YEAR(?from) <= {last} && YEAR(?to) >= {first}) }}"
    )))?)
}
