//! The triples that queries see, property by property, several properties side by side.
//!
//! Read as a whole, each triple would have the engine look up the words of three terms. Asked for one property, it looks up
//! those of two, and what is asked for can be shared among threads.

use crate::store::StoreError;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolutionIter, SparqlEvaluator};
use oxigraph::store::Store as Oxigraph;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{TriplePattern, Variable};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SendError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Quads that are handed on together.
const LOT: usize = 4_096;

/// Lots of quads, or why there are no more.
type Lot = Result<Vec<Quad>, StoreError>;

/// The properties that are yet to be read.
type Waiting = Arc<Mutex<Vec<NamedNode>>>;

/// What reads the default graph of a store.
#[derive(Clone)]
pub(super) struct Reader {
    pub(super) store: Oxigraph,
    pub(super) path: PathBuf,
}

impl Reader {
    /// All triples of the default graph in lots, in no order.
    pub(super) fn lots(self) -> Result<Lots, StoreError> {
        let waiting = Arc::new(Mutex::new(self.properties()?));
        let threads = rayon::current_num_threads();
        let (lots, received) = sync_channel(threads);
        let start = || {
            let (reader, waiting, lots) = (self.clone(), Arc::clone(&waiting), lots.clone());
            std::thread::spawn(move || reader.work(&waiting, &lots))
        };
        Ok(Lots { received, workers: (0..threads).map(|_| start()).collect() })
    }

    /// Reads one property after another until none is left, or nobody takes what is read.
    fn work(&self, waiting: &Waiting, lots: &SyncSender<Lot>) {
        while let Some(property) = waiting.lock().ok().and_then(|mut waiting| waiting.pop()) {
            let handed = match self.read(&property, lots) {
                Ok(handed) => handed,
                Err(error) => lots.send(Err(error)),
            };
            if handed.is_err() {
                return;
            }
        }
    }

    fn read(
        &self,
        property: &NamedNode,
        lots: &SyncSender<Lot>,
    ) -> Result<Result<(), SendError<Lot>>, StoreError> {
        let mut lot = Vec::with_capacity(LOT);
        for row in self.rows(property.clone().into(), &["s", "o"])? {
            let row = row.map_err(|e| self.failure(&e))?;
            if let (Some(subject), Some(object)) = (row.get(0).cloned().and_then(node), row.get(1)) {
                lot.push(Quad::new(subject, property.clone(), object.clone(), GraphName::DefaultGraph));
            }
            if lot.len() == LOT
                && let Err(unwanted) = lots.send(Ok(std::mem::replace(&mut lot, Vec::with_capacity(LOT))))
            {
                return Ok(Err(unwanted));
            }
        }
        Ok(lots.send(Ok(lot)))
    }

    /// The properties that are used, each once.
    fn properties(&self) -> Result<Vec<NamedNode>, StoreError> {
        let rows = self.rows(Variable::new_unchecked("p").into(), &["p"])?;
        let terms = rows.map(|row| row.map(|row| row.get(0).cloned()).map_err(|e| self.failure(&e)));
        let nodes = terms.filter_map(|term| match term {
            Ok(Some(Term::NamedNode(property))) => Some(Ok(property)),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        });
        nodes.collect()
    }

    /// `SELECT DISTINCT variables { ?s predicate ?o }`.
    fn rows(
        &self,
        predicate: spargebra::term::NamedNodePattern,
        variables: &[&str],
    ) -> Result<QuerySolutionIter<'_>, StoreError> {
        let variable = |name: &&str| Variable::new_unchecked(*name);
        let triple =
            TriplePattern { subject: variable(&"s").into(), predicate, object: variable(&"o").into() };
        let rows = GraphPattern::Project {
            inner: Box::new(GraphPattern::Bgp { patterns: vec![triple] }),
            variables: variables.iter().map(variable).collect(),
        };
        let pattern = match variables {
            [_] => GraphPattern::Distinct { inner: Box::new(rows) },
            _ => rows,
        };
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        match SparqlEvaluator::new().for_query(query).on_store(&self.store).execute() {
            Ok(QueryResults::Solutions(rows)) => Ok(rows),
            Ok(_) => Err(StoreError::told(&self.path, "rows were asked for")),
            Err(error) => Err(self.failure(&error)),
        }
    }

    fn failure(&self, error: &QueryEvaluationError) -> StoreError {
        StoreError::told(&self.path, &error.to_string())
    }
}

/// The lots that some threads read.
pub(super) struct Lots {
    received: Receiver<Lot>,
    workers: Vec<JoinHandle<()>>,
}

impl Iterator for Lots {
    type Item = Lot;

    /// The next lot; a thread that did not come to its end is an error, so that nothing is lacking unnoticed.
    fn next(&mut self) -> Option<Lot> {
        if let Ok(lot) = self.received.recv() {
            return Some(lot);
        }
        let broken = self.workers.drain(..).any(|worker| worker.join().is_err());
        broken.then(|| Err(StoreError::told(Path::new("export"), "it was not read to its end")))
    }
}

fn node(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}
