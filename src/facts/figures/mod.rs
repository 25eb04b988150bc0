//! Stated figures.
use super::Figure;
use crate::mentions::Mention;
use crate::text::Text;
/// Reads figures.
pub fn find(_text: &Text, _mentions: &[Mention]) -> Vec<Figure> {
    Vec::new()
}
