//! What speaks for or against a figure that rules read being stated as they read it, as a row of numbers.

use super::scene::{Scene, unit_number};
use super::wording::Wording;
use crate::document::{Class, Modality};
use crate::facts::figures::source::Source;
use crate::text::LineKind;
use crate::trees::truth;

/// The number of a figure that is stated, among the kinds of figures that words go with; of any other 0.
pub(super) const STATED: usize = 1;

/// How far before a number words are looked at, in characters of the view.
const NEAR: usize = 12;

/// The figures of a text as a whole.
pub(super) struct Counted<'a> {
    source: &'a Source<'a>,
    figures: f32,
    /// For each class, its share among the bearers.
    shares: [f32; Class::ALL.len()],
}

impl<'a> Counted<'a> {
    pub(super) fn new(source: &'a Source<'a>, scenes: &[Scene<'_>]) -> Self {
        let figures = scenes.len() as f32;
        let mut shares = [0.0; Class::ALL.len()];
        for scene in scenes {
            shares[source.mentions[scene.figure.subject].class as usize] += 1.0 / figures;
        }
        Self { source, figures, shares }
    }

    /// The row of a figure.
    pub(super) fn row(&self, scene: &Scene<'_>, wording: &Wording) -> Vec<f32> {
        let mut row = Vec::with_capacity(64);
        wording.shares(scene.figure).iter().for_each(|(share, known)| row.extend([share[STATED], *known]));
        self.of_figure(scene, &mut row);
        self.of_words(scene, &mut row);
        self.of_text(scene, &mut row);
        row
    }

    /// What the rules make of it.
    fn of_figure(&self, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let figure = scene.figure;
        row.push(figure.indicator.chars().count() as f32);
        row.push((figure.value.abs() + 1e-3).log10() as f32);
        row.extend([figure.measure as u8 as f32, unit_number(&figure.unit), figure.bound as u8 as f32]);
        row.push(truth(figure.modality != Modality::Actual));
        row.push(truth(!figure.period.is_empty()));
        row.extend([truth(figure.of.is_some()), truth(figure.from.is_some())]);
        row.push(truth(figure.indicator.ends_with("数量")));
        row.push(self.source.mentions[figure.subject].class as u8 as f32);
    }

    /// How its clause is built.
    fn of_words(&self, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let (chars, figure) = (&self.source.text.view.chars, scene.figure);
        let clause = &chars[figure.evidence.0..figure.evidence.1];
        let count = |mark: char| clause.iter().filter(|c| **c == mark).count() as f32;
        row.extend([clause.len() as f32, count('、'), count('的'), truth(clause.contains(&'“'))]);
        row.push(clause.iter().filter(|c| c.is_ascii_digit()).count() as f32);
        let runs = clause.windows(2).filter(|pair| pair[0].is_ascii_digit() && !pair[1].is_ascii_digit());
        row.push(runs.count() as f32);
        let written = &chars[figure.written.0..figure.written.1];
        row.push(truth(!written.iter().any(char::is_ascii_digit)));
        let near = &chars[figure.written.0.saturating_sub(NEAR)..figure.written.0];
        row.push(truth(near.contains(&'等')));
        row.push(truth(near.contains(&'、')));
    }

    /// Where it stands, and among what other figures.
    fn of_text(&self, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let length = self.source.text.view.len() as f32;
        row.extend([scene.figure.written.0 as f32 / length, length]);
        row.extend([self.figures, self.figures / length, scene.index as f32 / self.figures]);
        row.push(self.source.mentions.len() as f32 / length);
        row.extend(self.shares);
        row.extend([truth(scene.sentence.kind == LineKind::Heading), truth(scene.goes_on)]);
    }
}
