//! Entities: their classes and kinds, their names in both scripts, their codes.

use super::graph::GraphBuilder;
use super::inner;
use super::scripts::{in_both_scripts, simplified};
use super::vocabulary::{self as v, own};
use crate::document::{Entity, Evidence};
use crate::graph::mention_of;
use crate::ontology::ontology;
use crate::text::fold_name;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Triple};
use std::collections::BTreeMap;

/// Adds every entity that the document names.
pub(super) fn add_entities(graph: &mut GraphBuilder<'_>) {
    for entity in &graph.source.extraction.entities {
        let iri = graph.entity_iri(entity);
        add_classes(graph, entity, &iri);
        add_names(graph, entity, &iri);
        add_code(graph, entity, &iri);
        add_key(graph, &iri);
    }
}

/// The plain form of the name by which other documents' names of the thing are found, where it differs from the name.
fn add_key(graph: &mut GraphBuilder<'_>, iri: &NamedNode) {
    if let Some(key) = graph.base.thing(iri.as_str()).as_ref().and_then(inner::key) {
        graph.add(iri, v::JX_IDENTITY_KEY, key);
    }
}

fn add_classes(graph: &mut GraphBuilder<'_>, entity: &Entity, iri: &NamedNode) {
    let class = entity.class.as_str();
    let first = first_mention(entity);
    graph.state(Triple::new(iri.clone(), v::TYPE, own(class)), first);
    if let Some((kind, ending)) = ontology().kind_of(class, &simplified(&main_name(entity))) {
        let evidence: Vec<Evidence> = first.iter().map(|e| by_ending(e, ending)).collect();
        graph.state(Triple::new(iri.clone(), v::TYPE, NamedNode::new_unchecked(&kind.iri)), &evidence);
    }
}

fn by_ending(mention: &Evidence, ending: &str) -> Evidence {
    Evidence { found_by: format!("ending:{ending}"), ..mention.clone() }
}

fn first_mention(entity: &Entity) -> &[Evidence] {
    &entity.mentions[..entity.mentions.len().min(1)]
}

/// The name an entity is shown by: the canonical one where it says more than the fullest name of the text.
fn main_name(entity: &Entity) -> String {
    let canonical = &entity.canonical;
    if canonical.is_empty() || *canonical == fold_name(&entity.name) || mention_of(canonical).is_some() {
        entity.name.clone()
    } else {
        canonical.clone()
    }
}

fn add_names(graph: &mut GraphBuilder<'_>, entity: &Entity, iri: &NamedNode) {
    let main = main_name(entity);
    let mut places = mentions_by_name(graph, entity);
    let mut seen = Vec::new();
    for name in std::iter::once(&main).chain([&entity.name]).chain(&entity.aliases) {
        let folded = fold_name(name);
        if seen.contains(&folded) {
            continue;
        }
        let at = places.remove(&folded).unwrap_or_default();
        let predicate = if seen.is_empty() { v::LABEL } else { v::ALT_LABEL };
        let evidence = if at.is_empty() { first_mention(entity).to_vec() } else { at };
        add_name(graph, iri, (predicate, name), &evidence);
        seen.push(folded);
    }
}

fn add_name(
    graph: &mut GraphBuilder<'_>,
    iri: &NamedNode,
    (predicate, name): (NamedNodeRef<'_>, &str),
    evidence: &[Evidence],
) {
    let Some((first, others)) = evidence.split_first() else { return };
    let [hans, hant] = in_both_scripts(name);
    let triple = Triple::new(iri.clone(), predicate, hans);
    graph.state(triple.clone(), std::slice::from_ref(first));
    graph.state_elsewhere(triple, others);
    graph.add(iri, predicate, hant);
}

fn mentions_by_name(graph: &GraphBuilder<'_>, entity: &Entity) -> BTreeMap<String, Vec<Evidence>> {
    let mut places: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
    for mention in graph.sound(&entity.mentions) {
        let quoted = graph.source.text.quote(mention.span.start, mention.span.end);
        places.entry(fold_name(&quoted)).or_default().push(mention);
    }
    places
}

fn add_code(graph: &mut GraphBuilder<'_>, entity: &Entity, iri: &NamedNode) {
    let code = entity.code.as_deref().and_then(|c| c.strip_prefix("GBT2260:"));
    if let Some(code) = code {
        let literal = Literal::new_typed_literal(code, v::JX_GBT2260);
        graph.state(Triple::new(iri.clone(), v::NOTATION, literal), first_mention(entity));
    }
}
