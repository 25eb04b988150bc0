//! What somebody else offers as found in a text: a language model, a person, another program.
//!
//! Go in: lines of JSON, each a relation with its quotation or an extraction in the format of the annotation guide, and
//! the texts they speak of. Come out: extractions of what can be proved, and the rest with the reason. Kept is only what
//! quotes words that stand in the text, about names that stand there too, of classes that the ontology allows.

mod allowed;
mod check;
mod lines;

pub use check::{Origin, Refused, check};
pub use lines::{Item, Offer, read};
