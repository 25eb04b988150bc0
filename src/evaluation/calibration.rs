//! Whether findings are right as often as their confidence says, and what leaving out the unsure ones trades.

use super::annotation::{Annotation, EvaluationError, Stated};
use super::pairing::{Pairs, paired, relation_key, relation_keys, same_figure};
use super::report::Report;
use super::{score, spans};
use crate::document::Extraction;
use std::collections::BTreeMap;

/// Findings of about the same confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// The least confidence in it.
    pub from: f32,
    /// How many findings there are.
    pub count: usize,
    /// How many of them are right.
    pub right: usize,
    stated: f64,
}

impl Bin {
    /// The mean confidence.
    pub fn stated(self) -> f64 {
        mean(self.stated, self.count)
    }

    /// The share that is right.
    pub fn observed(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        mean(self.right as f64, self.count)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn mean(sum: f64, count: usize) -> f64 {
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// Bins by tenths, those that hold something.
#[derive(Debug, Clone, Default)]
pub struct Calibration(BTreeMap<u8, Bin>);

const BINS: f32 = 10.0;

impl Calibration {
    fn add(&mut self, confidence: f32, right: bool) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 9")]
        let number = (confidence * BINS).floor().clamp(0.0, BINS - 1.0) as u8;
        let bin = self.0.entry(number).or_default();
        bin.from = f32::from(number) / BINS;
        bin.count += 1;
        bin.right += usize::from(right);
        bin.stated += f64::from(confidence);
    }

    /// The bins that hold something, ascending.
    pub fn bins(&self) -> impl Iterator<Item = Bin> {
        self.0.values().copied()
    }

    /// By how much stated and observed differ, a mean over all findings.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn difference(&self) -> f64 {
        let total: usize = self.bins().map(|bin| bin.count).sum();
        let sum: f64 = self.bins().map(|b| (b.stated() - b.observed()).abs() * b.count as f64).sum();
        mean(sum, total)
    }
}

/// The calibration of mentions, of relations and of figures (their bearers and periods apart); of documents that the gold
/// annotation has.
pub fn calibrate(gold: &[Annotation], found: &[Extraction]) -> [Calibration; 3] {
    let by_id: BTreeMap<&str, &Annotation> = gold.iter().map(|g| (g.id.as_str(), g)).collect();
    let mut of = <[Calibration; 3]>::default();
    for extraction in found {
        if let Some(expected) = by_id.get(extraction.id.as_str()) {
            add_mentions(&mut of[0], expected, extraction);
            add_relations(&mut of[1], expected, extraction);
            add_figures(&mut of[2], expected, extraction);
        }
    }
    of
}

fn add_mentions(calibration: &mut Calibration, gold: &Annotation, found: &Extraction) {
    let expected = spans(gold, Some);
    for entity in &found.entities {
        for mention in &entity.mentions {
            let place = (mention.span.start, mention.span.end, entity.class.as_str());
            calibration.add(mention.confidence, expected.contains(&place));
        }
    }
}

fn add_relations(calibration: &mut Calibration, gold: &Annotation, found: &Extraction) {
    let annotation = Annotation::from(found);
    let pairs = Pairs::new(&gold.entities, &annotation.entities);
    let end = |id: &str| pairs.reached(id).map_or_else(|| format!("?{id}"), str::to_owned);
    let expected = relation_keys(gold, str::to_owned);
    for relation in &found.relations {
        let sure = relation.evidence.iter().map(|at| at.confidence).fold(0.0, f32::max);
        calibration.add(sure, expected.contains(&relation_key(&Stated::from(relation), &end)));
    }
}

fn add_figures(calibration: &mut Calibration, gold: &Annotation, found: &Extraction) {
    let right = paired(&gold.observations, &Annotation::from(found).observations, same_figure);
    for (index, observation) in found.observations.iter().enumerate() {
        let sure = observation.evidence.iter().map(|at| at.confidence).fold(0.0, f32::max);
        calibration.add(sure, right.contains(&index));
    }
}

/// The scores of what is at least so sure, for each of some confidences.
pub fn traded(
    gold: &[Annotation],
    found: &[Extraction],
    least: &[f32],
) -> Result<Vec<(f32, Report)>, EvaluationError> {
    let at = |least: &f32| {
        let kept = found.iter().map(|extraction| Annotation::from(&extraction.clone().at_least(*least)));
        Ok((*least, score(gold, &kept.collect::<Vec<_>>())?))
    };
    least.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_tell_stated_from_observed() {
        let mut calibration = Calibration::default();
        for (confidence, right) in [(0.95, true), (1.0, true), (0.9, false), (0.31, false)] {
            calibration.add(confidence, right);
        }
        let bins: Vec<Bin> = calibration.bins().collect();
        assert_eq!(bins.iter().map(|b| (b.count, b.right)).collect::<Vec<_>>(), [(1, 0), (3, 2)]);
        assert!((bins[1].stated() - 0.95).abs() < 1e-6 && (bins[1].observed() - 2.0 / 3.0).abs() < 1e-9);
        assert!((calibration.difference() - (0.31 + 3.0 * (0.95 - 2.0 / 3.0)) / 4.0).abs() < 1e-6);
    }
}
