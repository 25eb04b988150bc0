//! Entities, relations and observations of a document, from what was found in it.

use super::homonyms::Homonyms;
use super::places::{divisions, told_apart};
use super::resolve::{Resolved, resolve};
use crate::document::{
    Class, Entity, Evidence, Extraction, Object, Observation, Predicate, Relation, Span, Status,
};
use crate::facts::{Fact, FactObject, Figure};
use crate::mentions::Mention;
use crate::text::{Text, fold_name};
use std::collections::{BTreeMap, BTreeSet};

/// What was found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Names.
    pub mentions: &'a [Mention],
    /// For each of them what [`denoted`] tells.
    pub denoted: &'a [String],
    /// Relations between them.
    pub facts: &'a [Fact],
    /// Figures.
    pub figures: &'a [Figure],
}

/// Turns what was found into the extraction of document `id`.
pub fn assemble(id: &str, text: &Text, found: Found<'_>) -> Extraction {
    let Found { mentions, denoted, facts, figures } = found;
    let told = || denoted.iter().enumerate().filter(|(_, told)| !told.is_empty());
    let mut apart = apart(text, mentions, facts);
    told().for_each(|(mention, told)| apart[mention].clone_from(told));
    let resolved = resolve(&text.view, mentions, &apart);
    let mut entities = entities(text, mentions, &resolved);
    for (mention, told) in told() {
        let entity = &mut entities[resolved.entity_of[mention]];
        (entity.canonical, entity.code) = (told.clone(), None);
    }
    Extraction {
        id: id.to_owned(),
        text_sha256: text.sha256.clone(),
        relations: relations(text, facts, &resolved),
        observations: figures.iter().map(|f| observation(text, f, &resolved)).collect(),
        entities,
    }
}

/// For each mention the name of the thing that people say it denotes; empty for most.
pub fn denoted(text: &Text, mentions: &[Mention], homonyms: &Homonyms) -> Vec<String> {
    if homonyms.is_empty() {
        return vec![String::new(); mentions.len()];
    }
    let told = |m: &Mention| {
        let thing = homonyms.denoted(m.class, &name(text, m), span(text, (m.start, m.end)).start)?;
        Some(thing.name.clone())
    };
    mentions.iter().map(|m| told(m).unwrap_or_default()).collect()
}

/// An office is told apart by the body it belongs to; one without a body is that of the same name which its holder
/// has elsewhere, or the only one of that name.
pub(super) fn apart(text: &Text, mentions: &[Mention], facts: &[Fact]) -> Vec<String> {
    let mut apart = bodies(text, mentions, facts);
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (mention, body) in mentions.iter().zip(&apart).filter(|(_, body)| !body.is_empty()) {
        known.entry(name(text, mention)).or_default().insert(body.clone());
    }
    for (mention, body) in mentions.iter().zip(apart.iter_mut()) {
        if mention.class == Class::Position
            && body.is_empty()
            && let Some(bodies) = known.get(&name(text, mention))
            && let (1, Some(only)) = (bodies.len(), bodies.first())
        {
            body.clone_from(only);
        }
    }
    apart
}

fn name(text: &Text, mention: &Mention) -> String {
    fold_name(&text.view.slice(mention.start, mention.end))
}

fn bodies(text: &Text, mentions: &[Mention], facts: &[Fact]) -> Vec<String> {
    let mut apart = vec![String::new(); mentions.len()];
    for fact in facts.iter().filter(|f| f.predicate == Predicate::PositionIn) {
        if let FactObject::Mention(body) = fact.object {
            apart[fact.subject] = name(text, &mentions[body]);
        }
    }
    apart
}

fn entities(text: &Text, mentions: &[Mention], resolved: &Resolved) -> Vec<Entity> {
    let mut members: Vec<Vec<&Mention>> = vec![Vec::new(); resolved.count];
    for (mention, &entity) in mentions.iter().zip(&resolved.entity_of) {
        members[entity].push(mention);
    }
    let mut entities: Vec<Entity> =
        members.iter().enumerate().map(|(number, group)| entity(text, number, group)).collect();
    name_divisions(&mut entities);
    entities
}

/// Places that the gazetteer knows bear its full name and code.
fn name_divisions(entities: &mut [Entity]) {
    let folded: Vec<Vec<String>> = entities
        .iter()
        .map(|e| std::iter::once(&e.name).chain(&e.aliases).map(|n| fold_name(n)).collect())
        .collect();
    let places = entities.iter().zip(&folded).filter(|(e, _)| e.class == Class::Place);
    let known = divisions(&places.flat_map(|(_, names)| names.iter().map(String::as_str)).collect());
    for (entity, names) in entities.iter_mut().zip(&folded).filter(|(e, _)| e.class == Class::Place) {
        if let Some(division) = names.iter().find_map(|name| known.get(name)) {
            entity.canonical = told_apart(*division);
            entity.code = (!division.code.is_empty()).then(|| format!("GBT2260:{}", division.code));
        }
    }
}

fn entity(text: &Text, number: usize, group: &[&Mention]) -> Entity {
    let mut evidence: Vec<Evidence> = group
        .iter()
        .map(|m| Evidence {
            span: span(text, (m.start, m.end)),
            found_by: m.found_by.clone(),
            confidence: m.confidence,
        })
        .collect();
    evidence.sort_by_key(|e| e.span);
    evidence.dedup_by_key(|e| e.span);
    let surfaces = surfaces(text, &evidence);
    let fullest = surfaces.iter().max_by_key(|surface| fullness(surface)).cloned();
    let name = fullest.unwrap_or_default();
    Entity {
        id: format!("e{}", number + 1),
        class: group.first().map_or(Class::Place, |m| m.class),
        canonical: fold_name(&name),
        code: None,
        aliases: surfaces.into_iter().filter(|s| *s != name).collect(),
        name,
        mentions: evidence,
    }
}

/// Orders forms of a name by what they say: blanks, width and script of the text say nothing.
fn fullness(surface: &str) -> (usize, std::cmp::Reverse<String>) {
    let folded = fold_name(surface);
    (folded.chars().count(), std::cmp::Reverse(folded))
}

/// The distinct surface forms in the order of their first mention, one of each folded form.
fn surfaces(text: &Text, evidence: &[Evidence]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    evidence
        .iter()
        .map(|e| text.quote(e.span.start, e.span.end))
        .filter(|surface| seen.insert(fold_name(surface)))
        .collect()
}

fn span(text: &Text, range: (usize, usize)) -> Span {
    text.view.to_text(range.0, range.1).into()
}

fn relations(text: &Text, facts: &[Fact], resolved: &Resolved) -> Vec<Relation> {
    let mut merged = Merged::new();
    for fact in facts {
        let (subject, _, object) = ends(fact, resolved);
        if fact.predicate != Predicate::Status && object.0 == subject {
            continue;
        }
        merged.entry((subject, fact.predicate, object)).or_default().push(Evidence {
            span: span(text, fact.evidence),
            found_by: fact.found_by.clone(),
            confidence: fact.confidence,
        });
    }
    keep_most_advanced(&mut merged);
    merged
        .into_iter()
        .map(|((subject, predicate, (object, status)), evidence)| Relation {
            subject: format!("e{}", subject + 1),
            predicate,
            object: status.map_or_else(|| Object::Entity(format!("e{}", object + 1)), Object::Status),
            evidence: distinct(evidence),
        })
        .collect()
}

type Key = (usize, Predicate, (usize, Option<Status>));

type Merged = BTreeMap<Key, Vec<Evidence>>;

/// The entities that a fact is about, or the entity and its stage.
pub(super) fn ends(fact: &Fact, resolved: &Resolved) -> Key {
    let object = match fact.object {
        FactObject::Mention(mention) => (resolved.entity_of[mention], None),
        FactObject::Status(stage) => (0, Some(stage)),
    };
    (resolved.entity_of[fact.subject], fact.predicate, object)
}

/// Of several stages stated of one project, only the most advanced stands.
fn keep_most_advanced(merged: &mut Merged) {
    let mut latest: BTreeMap<usize, Status> = BTreeMap::new();
    for (subject, _, (_, status)) in merged.keys() {
        if let Some(status) = status {
            let known = latest.entry(*subject).or_insert(*status);
            *known = (*known).max(*status);
        }
    }
    merged.retain(|(subject, _, (_, status)), _| status.is_none_or(|s| latest.get(subject) == Some(&s)));
}

fn distinct(mut evidence: Vec<Evidence>) -> Vec<Evidence> {
    evidence.sort_by(|a, b| {
        (a.span, &a.found_by).cmp(&(b.span, &b.found_by)).then(b.confidence.total_cmp(&a.confidence))
    });
    evidence.dedup_by(|a, b| a.span == b.span && a.found_by == b.found_by);
    evidence
}

fn observation(text: &Text, figure: &Figure, resolved: &Resolved) -> Observation {
    let written = span(text, figure.written);
    Observation {
        subject: format!("e{}", resolved.entity_of[figure.subject] + 1),
        indicator: figure.indicator.clone(),
        measure: figure.measure,
        value: figure.value,
        unit: figure.unit.clone(),
        of: figure.of.clone(),
        bound: figure.bound,
        period: figure.period.clone(),
        modality: figure.modality,
        from: figure.from,
        evidence: vec![Evidence {
            span: span(text, figure.evidence),
            found_by: figure.found_by.clone(),
            confidence: figure.confidence,
        }],
        as_written: text.quote(written.start, written.end),
    }
}
