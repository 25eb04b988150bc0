//! The program and its library as their users meet them.

mod evaluation;
mod ontology;
mod questions;
mod rdf_out;
mod sample;
mod shared;
mod sparql;
mod stores;
