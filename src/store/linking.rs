//! What a store holds to be linked, and the graphs of its links.

use super::terms::{subject_of, text_of};
use super::{Store, StoreError};
use crate::document::{Class, Predicate};
use crate::link::{Place, Subject, graph_of};
use crate::rdf::{SIMPLIFIED, vocabulary as v};
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// The most places nearby that are kept of a subject.
const MOST_NEAR: usize = 12;

/// Where an entity is named: document and first character.
type Places = BTreeMap<String, BTreeSet<usize>>;

impl Store {
    /// The entities of the given classes with their names, codes and surroundings, sorted by IRI.
    pub fn link_subjects(&self, classes: &[Class]) -> Result<Vec<Subject>, StoreError> {
        let named_at = self.named_at()?;
        let places = self.entities(Class::Place)?;
        let known: BTreeMap<&str, Place> =
            places.iter().map(|(iri, e)| (iri.as_str(), e.as_place())).collect();
        let parents = self.parents()?;
        let years = self.years()?;
        let beside = beside(&named_at, &known);
        let mut subjects = Vec::new();
        for class in classes {
            let entities = if *class == Class::Place { places.clone() } else { self.entities(*class)? };
            for (iri, entity) in entities {
                let at = named_at.get(&iri).cloned().unwrap_or_default();
                let around = parents.get(&iri).into_iter().flatten();
                subjects.push(Subject {
                    name: entity.name,
                    aliases: entity.aliases,
                    class: *class,
                    code: entity.code.map(|code| format!("gbt2260:{code}")),
                    parents: around.filter_map(|p| known.get(p.as_str()).cloned()).collect(),
                    near: near(&iri, &at, &beside),
                    year: at.keys().filter_map(|document| years.get(document)).min().copied(),
                    iri,
                });
            }
        }
        subjects.sort_by(|a, b| a.iri.cmp(&b.iri));
        Ok(subjects)
    }

    /// Puts the links with a source in place of those that were there; without any, takes their graph out.
    pub fn put_links(&mut self, source: &str, quads: &[Quad]) -> Result<(), StoreError> {
        let graph = graph_of(source, &self.base);
        self.load_graph(&graph, quads)
    }

    fn entities(&self, class: Class) -> Result<BTreeMap<String, Entity>, StoreError> {
        let mut entities = BTreeMap::new();
        let class = v::own(class.as_str());
        for node in self.subjects(v::TYPE, class.as_ref())? {
            let names = |predicate| self.names(&node, predicate);
            let mut labels = names(v::LABEL)?;
            let mut aliases = names(v::ALT_LABEL)?;
            let code = self.text_of(&node, v::NOTATION)?;
            if labels.is_empty() {
                continue;
            }
            let name = labels.remove(0);
            aliases.splice(0..0, labels);
            aliases.retain(|alias| *alias != name);
            entities.insert(node.into_string(), Entity { name, aliases, code });
        }
        Ok(entities)
    }

    fn names(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Result<Vec<String>, StoreError> {
        let simplified = |term: Term| match term {
            Term::Literal(l) if l.language() == Some(SIMPLIFIED) => Some(l.value().to_owned()),
            _ => None,
        };
        Ok(self.objects(node, predicate)?.into_iter().filter_map(simplified).collect())
    }

    /// Where each entity is named, by the passages of the statements that name it.
    fn named_at(&self) -> Result<BTreeMap<String, Places>, StoreError> {
        let mut named_by: BTreeMap<String, String> = BTreeMap::new();
        for predicate in [v::LABEL, v::ALT_LABEL, v::TYPE] {
            let predicate = Term::from(predicate.into_owned());
            for statement in self.matching((None, Some(v::PREDICATE), Some(&predicate)))? {
                let Some(node) = subject_of(&statement).cloned() else { continue };
                let subject = self.matching((Some(&node), Some(v::SUBJECT), None))?;
                if let Some(Quad { object: Term::NamedNode(entity), .. }) = subject.into_iter().next() {
                    named_by.insert(node.into_string(), entity.into_string());
                }
            }
        }
        let mut at: BTreeMap<String, Places> = BTreeMap::new();
        for predicate in [v::JX_EVIDENCE, v::JX_OCCURS_AT] {
            for quad in
                self.inner.quads_for_pattern(None, Some(predicate), None, Some(GraphNameRef::DefaultGraph))
            {
                let quad = quad.map_err(|e| self.failure(&e))?;
                let (NamedOrBlankNode::NamedNode(node), Term::NamedNode(passage)) =
                    (quad.subject, quad.object)
                else {
                    continue;
                };
                let place = named_by.get(node.as_str()).zip(place_of(passage.as_str()));
                if let Some((entity, (document, start))) = place {
                    at.entry(entity.clone())
                        .or_default()
                        .entry(document.to_owned())
                        .or_default()
                        .insert(start);
                }
            }
        }
        Ok(at)
    }

    fn parents(&self) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
        let mut parents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let located = v::own(Predicate::LocatedIn.as_str());
        for quad in self.matching((None, Some(located.as_ref()), None))? {
            if let (Some(inner), Term::NamedNode(outer)) = (subject_of(&quad), &quad.object) {
                parents.entry(inner.as_str().to_owned()).or_default().insert(outer.as_str().to_owned());
            }
        }
        Ok(parents)
    }

    /// The year of each document that has a date, by the last segment of its IRI.
    fn years(&self) -> Result<BTreeMap<String, u16>, StoreError> {
        let mut years = BTreeMap::new();
        for quad in self.matching((None, Some(v::ISSUED), None))? {
            let Some(node) = subject_of(&quad) else { continue };
            let Some(date) = text_of(&quad.object) else { continue };
            let document = node.as_str().rsplit('/').next().unwrap_or_default().to_owned();
            if let Some(year) = date.get(..4).and_then(|year| year.parse().ok()) {
                years.insert(document, year);
            }
        }
        Ok(years)
    }
}

#[derive(Clone)]
struct Entity {
    name: String,
    aliases: Vec<String>,
    code: Option<String>,
}

impl Entity {
    fn as_place(&self) -> Place {
        Place { name: self.name.clone(), code: self.code.clone() }
    }
}

/// Document and first character, from the end of a passage's IRI.
fn place_of(passage: &str) -> Option<(&str, usize)> {
    let (document, span) = passage.rsplit('/').next()?.rsplit_once('_')?;
    Some((document, span.split_once('-')?.0.parse().ok()?))
}

/// For each document the places that it names, and where.
type Beside<'a> = BTreeMap<&'a str, Vec<(&'a str, &'a Place, &'a BTreeSet<usize>)>>;

fn beside<'a>(all: &'a BTreeMap<String, Places>, known: &'a BTreeMap<&'a str, Place>) -> Beside<'a> {
    let mut beside = Beside::new();
    for (iri, place) in known {
        for (document, starts) in all.get(*iri).into_iter().flatten() {
            beside.entry(document).or_default().push((iri, place, starts));
        }
    }
    beside
}

/// The other places of the documents that name it, the nearest first.
fn near(iri: &str, at: &Places, beside: &Beside<'_>) -> Vec<Place> {
    let mut distances: BTreeMap<&Place, usize> = BTreeMap::new();
    for (document, starts) in at {
        let others = beside.get(document.as_str()).into_iter().flatten().filter(|(other, ..)| *other != iri);
        for (_, place, theirs) in others {
            let distance = starts.iter().map(|start| nearest(*start, theirs)).min().unwrap_or(usize::MAX);
            let least = distances.entry(place).or_insert(distance);
            *least = distance.min(*least);
        }
    }
    let mut distances: Vec<(usize, &Place)> = distances.into_iter().map(|(place, d)| (d, place)).collect();
    distances.sort();
    distances.into_iter().take(MOST_NEAR).map(|(_, place)| place.clone()).collect()
}

fn nearest(start: usize, others: &BTreeSet<usize>) -> usize {
    let before = others.range(..=start).next_back().map(|other| start - other);
    let after = others.range(start..).next().map(|other| other - start);
    before.into_iter().chain(after).min().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_tells_document_and_place() {
        assert_eq!(place_of("https://w3id.org/jinxiu/id/passage/a_b_12-15"), Some(("a_b", 12)));
        assert_eq!(place_of("https://w3id.org/jinxiu/id/passage/a"), None);
    }

    #[test]
    fn the_nearest_mention_on_either_side_counts() {
        let others = BTreeSet::from([3, 40]);
        assert_eq!([nearest(10, &others), nearest(38, &others), nearest(3, &others)], [7, 2, 0]);
    }
}
