//! The program and its library as their users meet them.

mod ontology;
mod questions;
mod rdf_out;
mod sample;
mod sparql;
mod stores;
