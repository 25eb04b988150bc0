//! A figure as rules read it, and where it stands.

use crate::facts::Figure;
use crate::facts::figures::capacity;
use crate::facts::figures::source::Source;
use crate::text::Sentence;

/// A figure as rules read it, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) figure: &'a Figure,
    /// The number of the figure.
    pub(super) index: usize,
    pub(super) sentence: Sentence,
    /// The number of the sentence.
    pub(super) number: usize,
    /// The figure before.
    pub(super) previous: Option<&'a Figure>,
    /// Whether the figure before stands in the same sentence.
    pub(super) goes_on: bool,
}

/// The figures of a text but those that stand in names, in reading order.
pub(super) fn all<'a>(source: &Source<'_>, figures: &'a [Figure]) -> Vec<Scene<'a>> {
    let mut scenes: Vec<Scene<'a>> = Vec::new();
    let stated = |(_, figure): &(usize, &Figure)| figure.found_by != capacity::RULE;
    for (index, figure) in figures.iter().enumerate().filter(stated) {
        let after = source.text.sentences.partition_point(|s| s.start <= figure.written.0);
        let number = after.saturating_sub(1);
        let Some(&sentence) = source.text.sentences.get(number) else { continue };
        let previous = scenes.last();
        scenes.push(Scene {
            figure,
            index,
            sentence,
            number,
            previous: previous.map(|scene| scene.figure),
            goes_on: previous.is_some_and(|scene| scene.number == number),
        });
    }
    scenes
}

/// Units in a fixed order; what comes later counts as one.
const UNITS: &[&str] = &[
    "CNY", "%", "count", "person", "t", "pp", "kW", "m2", "km", "mu", "ha", "rank", "times", "USD", "m3",
    "kWh", "day", "year",
];

pub(super) fn unit_number(unit: &str) -> f32 {
    UNITS.iter().position(|known| *known == unit).unwrap_or(UNITS.len()) as f32
}
