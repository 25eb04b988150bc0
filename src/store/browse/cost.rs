//! What the proof of every statement costs.

use crate::rdf::{STATING, is_evidence};
use crate::store::state::State;
use crate::store::{Store, StoreError};

/// What evidence costs: all that an export without evidence leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EvidenceCost {
    /// Statements and figures.
    pub statements: usize,
    /// Quads of evidence.
    pub quads: usize,
    /// Bytes of these quads as N-Quads.
    pub bytes: usize,
}

impl EvidenceCost {
    /// How many quads a statement costs, and how many bytes.
    pub fn each(&self) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let each = |of: usize| of as f64 / self.statements.max(1) as f64;
        (each(self.quads), each(self.bytes))
    }
}

impl Store {
    /// What the evidence of all documents costs; reads their graphs whole.
    pub fn evidence_cost(&self) -> Result<EvidenceCost, StoreError> {
        let mut cost = EvidenceCost::default();
        for graph in self.graph_names()?.iter().filter(|g| self.base.document_of(g.as_str()).is_some()) {
            for quad in State::committed(self).graph(graph)? {
                cost.statements += usize::from(STATING.contains(&quad.predicate.as_ref()));
                if is_evidence(&quad, &self.base) {
                    cost.quads += 1;
                    cost.bytes += quad.to_string().len() + " .\n".len();
                }
            }
        }
        Ok(cost)
    }
}
