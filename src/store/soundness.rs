//! Whether the files of a store can be read to their end, and its indexes hold the same quads.
//!
//! The engine's own check counts what an index holds, and its iterators report a damaged block for ever. Here every index
//! is read up to the first error, each word once, and what one index gives is compared in number with what another gives
//! that is led to by the terms of the first. Such a question asks for no term, which spares the engine looking up words;
//! and the objects of a predicate come in the order of the index that is read by them, which spares it reading a block
//! twice.

use super::{Store, StoreError};
use oxigraph::model::Term;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use std::sync::atomic::{AtomicBool, Ordering};

/// All that a store holds, whatever the graph.
const ALL: &str = "?s ?p ?o";

impl Store {
    /// Whether the store's files can be read and its indexes agree; reads everything.
    pub fn validate(&self) -> Result<(), StoreError> {
        let given_up = AtomicBool::new(false);
        let (whole, graphs) = std::thread::scope(|scope| {
            let graphs = scope.spawn(|| self.graphs_agree(&given_up));
            let whole = self.indexes_agree();
            given_up.store(whole.is_err(), Ordering::Relaxed);
            (whole, graphs.join())
        });
        whole?;
        graphs.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// The indexes that are read whatever the graph, and the words.
    fn indexes_agree(&self) -> Result<(), StoreError> {
        let mut predicates = Vec::new();
        self.each(&distinct("?p", ALL), |row| predicates.extend(row.get("p").map(Term::to_string)))?;
        for (term, quads) in [("?s", ALL.to_owned()), ("?o", ALL.to_owned()), ("?g", within("?g"))] {
            self.each(&distinct(term, &quads), |_| ())?;
        }
        let all = self.rows_of(ALL)?;
        self.gives(all, &led("?s", ALL))?;
        let mut stated = 0;
        for predicate in &predicates {
            stated += self.objects_agree(predicate)?;
        }
        if stated == all { Ok(()) } else { Err(self.disagree()) }
    }

    /// The index that leads from objects to their quads, as far as these have a predicate; tells how many have it.
    fn objects_agree(&self, predicate: &str) -> Result<usize, StoreError> {
        let stated = format!("?s {predicate} ?o");
        let count = self.rows_of(&stated)?;
        let objects = distinct("?o", &stated);
        let led = format!("{{ {objects} }} LATERAL {{ ?s ?p ?o FILTER(sameTerm(?p, {predicate})) }}");
        self.gives(count, &led)?;
        Ok(count)
    }

    /// The indexes that are read graph by graph, until damage is known.
    fn graphs_agree(&self, given_up: &AtomicBool) -> Result<(), StoreError> {
        for graph in self.inner.named_graphs().take_while(|_| !given_up.load(Ordering::Relaxed)) {
            let graph = within(&graph.map_err(|e| self.failure(&e))?.to_string());
            let count = self.rows_of(&graph)?;
            self.gives(count, &led("?p", &graph))?;
            self.gives(count, &led("?o", &graph))?;
        }
        Ok(())
    }

    fn gives(&self, count: usize, pattern: &str) -> Result<(), StoreError> {
        if self.rows_of(pattern)? == count { Ok(()) } else { Err(self.disagree()) }
    }

    fn rows_of(&self, pattern: &str) -> Result<usize, StoreError> {
        let mut count = 0;
        self.each(&format!("SELECT ?nothing {{ {pattern} }}"), |_| count += 1)?;
        Ok(count)
    }

    /// Asks the engine of all graphs, up to the first error.
    fn each(&self, question: &str, mut heed: impl FnMut(QuerySolution)) -> Result<(), StoreError> {
        let failed = |error: QueryEvaluationError| StoreError::told(&self.path, &error.to_string());
        let parsed = SparqlEvaluator::new().parse_query(question);
        let mut parsed = parsed.map_err(|e| self.corrupt(&e.to_string()))?;
        parsed.dataset_mut().set_default_graph_as_union();
        if let QueryResults::Solutions(mut rows) = parsed.on_store(&self.inner).execute().map_err(failed)? {
            rows.try_for_each(|row| row.map(&mut heed).map_err(failed))?;
        }
        Ok(())
    }

    fn disagree(&self) -> StoreError {
        self.corrupt("its indexes do not hold the same quads")
    }

    fn corrupt(&self, reason: &str) -> StoreError {
        StoreError::Corrupt { path: self.path.clone(), reason: reason.to_owned() }
    }
}

/// The quads of a named graph.
fn within(graph: &str) -> String {
    format!("GRAPH {graph} {{ {ALL} }}")
}

fn distinct(term: &str, quads: &str) -> String {
    format!("SELECT DISTINCT {term} {{ {quads} }}")
}

/// The same quads, as the index gives them that leads from a term to its quads.
fn led(term: &str, quads: &str) -> String {
    format!("{{ {} }} LATERAL {{ {quads} }}", distinct(term, quads))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::Base;
    use oxigraph::model::{GraphName, Literal, NamedNode, Quad};

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
}
