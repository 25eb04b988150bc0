//! Relations that were considered and are not stated, with the reason.

use super::Fact;
use crate::document::{Class, Predicate, Status};
use std::fmt::{self, Display, Formatter};

/// A relation that was considered and is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    /// What it would state; the confidence is that of the model, 0 where a rule's firing never came before it.
    pub fact: Fact,
    /// Why it is left out.
    pub why: Why,
}

/// Why a relation is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// It is less likely than this.
    Unlikely(f32),
    /// The same the other way round is likelier.
    OtherWay,
    /// Another stage of the project is likelier.
    OtherStage(Status),
    /// The ontology does not let the property lead from the one class to the other.
    Classes(Predicate, Class, Class),
    /// Both ends are names of one thing.
    Itself,
    /// The project is said to have come further.
    Further(Status),
}

impl Display for Why {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlikely(least) => write!(f, "below the threshold of {least}"),
            Self::OtherWay => write!(f, "the other way round is likelier"),
            Self::OtherStage(stage) => write!(f, "{stage} is likelier"),
            Self::Classes(predicate, from, to) => {
                write!(f, "the ontology lets {predicate} not lead from {from} to {to}")
            }
            Self::Itself => write!(f, "both ends are one thing"),
            Self::Further(stage) => write!(f, "the more advanced {stage} is stated"),
        }
    }
}
