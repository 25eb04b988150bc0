//! Whether the files of a store can be read to their end, and its indexes hold the same quads.
//!
//! The engine's own check counts what an index holds, and its iterators report a damaged block for ever. Here every index
//! is read by the patterns that it answers, up to the first error, and what they hold is compared by number and by the
//! sum of hashes.

use super::{Store, StoreError};
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, TermRef};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Subject, predicate, object and graph, as far as they are given.
type Pattern<'a> = (
    Option<NamedOrBlankNodeRef<'a>>,
    Option<NamedNodeRef<'a>>,
    Option<TermRef<'a>>,
    Option<GraphNameRef<'a>>,
);

/// Some quads, in whatever order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    quads: usize,
    sum: u64,
}

impl Tally {
    fn add(&mut self, quad: &Quad) {
        self.quads += 1;
        self.sum = self.sum.wrapping_add(hash(quad));
    }
}

/// An index that is read piece by piece, each by a pattern.
struct Index<'a> {
    store: &'a Store,
    read: HashSet<u64>,
    holds: Tally,
}

impl<'a> Index<'a> {
    fn of(store: &'a Store) -> Self {
        Self { store, read: HashSet::new(), holds: Tally::default() }
    }

    /// Reads what fits a pattern, unless that was read before. What the engine gives for an integer that ends in 0xFF
    /// reaches into the next ones, so objects are compared.
    fn read(&mut self, pattern: Pattern<'_>) -> Result<(), StoreError> {
        if !self.read.insert(hash(&pattern)) {
            return Ok(());
        }
        let (subject, predicate, object, graph) = pattern;
        for quad in self.store.inner.quads_for_pattern(subject, predicate, object, graph) {
            let quad = quad.map_err(|e| self.store.failure(&e))?;
            if object.is_none_or(|object| quad.object.as_ref() == object) {
                self.holds.add(&quad);
            }
        }
        Ok(())
    }
}

impl Store {
    /// Whether the store's files can be read and its indexes agree; reads everything.
    pub fn validate(&self) -> Result<(), StoreError> {
        let [mut subjects, mut predicates, mut objects] = [(); 3].map(|()| Index::of(self));
        let [mut inner_predicates, mut inner_objects] = [(); 2].map(|()| Index::of(self));
        let (mut all, mut named) = (Tally::default(), Tally::default());
        for quad in self.inner.quads_for_pattern(None, None, None, None) {
            let quad = quad.map_err(|e| self.failure(&e))?;
            let (predicate, object) = (Some(quad.predicate.as_ref()), Some(quad.object.as_ref()));
            all.add(&quad);
            subjects.read((Some(quad.subject.as_ref()), None, None, None))?;
            predicates.read((None, predicate, None, None))?;
            objects.read((None, None, object, None))?;
            if !quad.graph_name.is_default_graph() {
                let graph = Some(quad.graph_name.as_ref());
                named.add(&quad);
                inner_predicates.read((None, predicate, None, graph))?;
                inner_objects.read((None, None, object, graph))?;
            }
        }
        let agree = [subjects, predicates, objects].iter().all(|index| index.holds == all)
            && [inner_predicates, inner_objects].iter().all(|index| index.holds == named);
        self.inner.named_graphs().try_for_each(|name| name.map(drop)).map_err(|e| self.failure(&e))?;
        if agree { Ok(()) } else { Err(self.corrupt("its indexes do not hold the same quads")) }
    }

    fn corrupt(&self, reason: &str) -> StoreError {
        StoreError::Corrupt { path: self.path.clone(), reason: reason.to_owned() }
    }
}

/// Equal values have equal numbers, in each run.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::Base;
    use oxigraph::model::{GraphName, Literal, NamedNode};

    #[test]
    fn indexes_of_a_sound_store_agree() {
        let store = Store::in_memory(Base::default()).unwrap();
        let node = |local: &str| NamedNode::new_unchecked(format!("http://x/{local}"));
        for (subject, object) in [("a", "b"), ("b", "a"), ("a", "a")] {
            for graph in [GraphName::DefaultGraph, node("g").into(), node("h").into()] {
                store.inner.insert(&Quad::new(node(subject), node("p"), node(object), graph)).unwrap();
            }
        }
        store.validate().unwrap();
    }

    #[test]
    fn numbers_whose_ranges_run_into_one_another_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("store"), &Base::default()).unwrap();
        let graph = store.base.graph("one");
        let quads: Vec<Quad> = (250_i64..260)
            .map(|number| {
                Quad::new(graph.clone(), crate::rdf::vocabulary::START, Literal::from(number), graph.clone())
            })
            .collect();
        store.load("one", &quads).unwrap();
        store.validate().unwrap();
    }

    #[test]
    fn a_tally_heeds_what_is_held_and_not_its_order() {
        let node = |local: &str| NamedNode::new_unchecked(format!("http://x/{local}"));
        let quad = |object: &str| Quad::new(node("s"), node("p"), node(object), GraphName::DefaultGraph);
        let tally = |objects: &[&str]| {
            let mut tally = Tally::default();
            objects.iter().for_each(|object| tally.add(&quad(object)));
            tally
        };
        assert_eq!(tally(&["a", "b"]), tally(&["b", "a"]));
        assert_ne!(tally(&["a", "b"]), tally(&["a", "c"]));
    }
}
