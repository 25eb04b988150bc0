//! The program and its library as their users meet them.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]

mod architecture;
mod asking;
mod bad_input;
mod checking;
mod contradicting;
mod cube;
mod damaged;
mod deciding;
mod evaluation;
mod examples;
mod exporting;
mod extending;
mod faults;
mod federating;
mod figures;
mod formats;
mod fuzzing;
mod helping;
mod hostile;
mod identity;
mod importing;
mod kills;
mod linking;
mod linking_brought;
mod linking_dumps;
mod linking_service;
mod metamorphic;
mod network;
mod ontology;
mod questions;
mod rdf_out;
mod sample;
mod samples;
mod schema;
mod shared;
mod signals;
mod sparql;
mod statistics;
mod stores;
mod tour;
mod updates;
mod upkeep;
