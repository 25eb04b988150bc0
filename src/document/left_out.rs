//! What was considered in a document and left out, in words.

use super::Span;

/// A name or relation that was considered and left out.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The words of the name, or of the subject.
    pub subject: String,
    /// `type` for a name, else the property.
    pub property: String,
    /// The class of the name, or the words of the object.
    pub value: String,
    /// Where it would be stated.
    pub span: Span,
    /// What proposed it.
    pub found_by: String,
    /// From 0 to 1; 0 where nothing weighed it.
    pub confidence: f32,
    /// Why it is left out.
    pub why: String,
    /// Whether it came near to being stated: not merely other bounds of a name, nor a pair for which hardly anything speaks.
    pub near: bool,
}
