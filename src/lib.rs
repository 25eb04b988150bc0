//! jinxiu (錦繡) turns Chinese text on regional development into a knowledge graph whose every statement
//! shows its sentence.
//!
//! Text flows one way: [`text`] → [`document`] → [`mentions`] → [`facts`] → [`graph`] → [`rdf`] → [`link`] → [`store`].
//! [`statistics`] works with the figures of a store, [`chart`] draws them.
//! A module imports only what stands before it in that line; [`pipeline`] alone knows all stages.

pub mod chart;
pub mod document;
pub mod evaluation;
pub mod facts;
pub mod graph;
pub mod link;
pub mod mentions;
pub mod offered;
pub mod ontology;
pub mod pipeline;
pub mod random;
pub mod rdf;
pub mod rules;
pub mod statistics;
pub mod store;
pub mod text;
pub mod trees;
