//! Every figure of a store with what it is about, and what lies in a place.

use super::sheet::{FigureRow, Reader};
use crate::rdf::vocabulary as v;
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A figure with the thing that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The IRI of the thing.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// Its class, by local name.
    pub class: String,
    /// Its GB/T 2260 code, or empty.
    pub code: String,
    /// The figure.
    pub figure: FigureRow,
}

impl Store {
    /// All figures, sorted by name, indicator, period and value.
    pub fn figures(&self) -> Result<Vec<Record>, StoreError> {
        let mut reader = Reader { store: self, texts: BTreeMap::new() };
        let mut subjects: BTreeMap<String, (String, String, String)> = BTreeMap::new();
        let mut records = Vec::new();
        for node in self.subjects(v::TYPE, v::JX_FIGURE)? {
            let Some(Term::NamedNode(subject)) = self.objects(&node, v::JX_FIGURE_OF)?.into_iter().next()
            else {
                continue;
            };
            if !subjects.contains_key(subject.as_str()) {
                subjects.insert(subject.as_str().to_owned(), self.about(&reader, &subject)?);
            }
            let (name, class, code) = subjects.get(subject.as_str()).cloned().unwrap_or_default();
            let figure = reader.figure(&node)?;
            records.push(Record { subject: subject.into_string(), name, class, code, figure });
        }
        records.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(records)
    }

    /// Name, class and code of a thing.
    fn about(
        &self,
        reader: &Reader<'_>,
        subject: &NamedNode,
    ) -> Result<(String, String, String), StoreError> {
        let name = reader.name(&subject.clone().into())?;
        let class = self.found(subject)?.map(|found| found.class).unwrap_or_default();
        let code = self.text_of(subject, v::NOTATION)?.unwrap_or_default();
        Ok((name, class, code))
    }

    /// The GB/T 2260 code of a place, where its documents give one.
    pub fn code_of(&self, place: &str) -> Result<Option<String>, StoreError> {
        self.text_of(&NamedNode::new_unchecked(place), v::NOTATION)
    }

    /// The things that lie in some others by what the documents state, and these themselves.
    pub fn lying_in(&self, places: &[String]) -> Result<BTreeSet<String>, StoreError> {
        let mut inside: BTreeSet<String> = BTreeSet::new();
        let mut next: Vec<String> = places.to_vec();
        while let Some(place) = next.pop() {
            let node = NamedNode::new_unchecked(&place);
            if inside.insert(place) {
                for relation in ["locatedIn", "partOf"] {
                    let nearer = self.subjects(v::own(relation).as_ref(), node.as_ref())?;
                    next.extend(nearer.into_iter().map(NamedNode::into_string));
                }
            }
        }
        Ok(inside)
    }
}

type Order<'a> = (&'a str, &'a str, &'a str, [&'a str; 3], &'a str, &'a str, Option<(&'a str, usize)>);

fn order(record: &Record) -> Order<'_> {
    let f = &record.figure;
    let first = f.quotations.first().map(|q| (q.document.as_str(), q.start));
    let terms = [f.terms[0].as_str(), f.terms[1].as_str(), f.terms[2].as_str()];
    (&record.name, &record.subject, &f.indicator, terms, &f.period, &f.value, first)
}
