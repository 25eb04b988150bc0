//! The weights of features: one row of small integers per feature, found by its hash.

use super::decode::{Emissions, Transitions};
use super::features::Sheet;
use super::scheme::tags;

/// A trained model. Never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(super) labels: Vec<String>,
    /// Scores of passing from tag to tag, in the unit of the weights.
    pub(super) transitions: Transitions,
    /// Sorted hashes of the features that have a row.
    pub(super) keys: Vec<u32>,
    /// `stride` weights a feature, in the order of `keys`.
    pub(super) weights: Vec<i8>,
    pub(super) stride: usize,
    /// What a margin is divided by to give the logit of a confidence.
    pub(super) temperature: f32,
    slots: Vec<(u32, u32)>,
}

const FREE: u32 = u32::MAX;
/// Weights are added in groups of this size.
pub(super) const LANES: usize = 8;

impl Model {
    /// A model of these parts; `keys` sorted, `weights` as many rows of [`stride_of`] weights.
    pub(super) fn new(
        labels: Vec<String>,
        transitions: Transitions,
        rows: (Vec<u32>, Vec<i8>),
        temperature: f32,
    ) -> Self {
        let stride = stride_of(labels.len());
        let (keys, weights) = rows;
        let slots = slots(&keys);
        Self { labels, transitions, keys, weights, stride, temperature, slots }
    }

    /// The names of the labels.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Number of features that have a row.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no feature has a row.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn row(&self, hash: u32) -> Option<&[i8]> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let (key, row) = self.slots[slot];
            if row == FREE {
                return None;
            }
            if key == hash {
                let from = row as usize * self.stride;
                return Some(&self.weights[from..from + self.stride]);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Writes the scores of all tags at each character of the sheet into `scores`.
    pub(super) fn score<'s>(&self, sheet: &Sheet, scores: &'s mut Vec<i32>) -> Emissions<'s> {
        scores.clear();
        let mut sums = [0i16; 64];
        for at in 0..sheet.len() {
            sums.fill(0);
            for row in sheet.of(at).iter().filter_map(|hash| self.row(*hash)) {
                add(&mut sums, row);
            }
            scores.extend(sums[..self.stride].iter().map(|sum| i32::from(*sum)));
        }
        Emissions { scores, stride: self.stride }
    }
}

fn add(sums: &mut [i16; 64], row: &[i8]) {
    for (sum, weights) in sums.chunks_exact_mut(LANES).zip(row.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sum[lane] += i16::from(weights[lane]);
        }
    }
}

/// Weights in a row for a number of labels.
pub(super) fn stride_of(labels: usize) -> usize {
    tags(labels).next_multiple_of(LANES)
}

fn slots(keys: &[u32]) -> Vec<(u32, u32)> {
    let size = (keys.len() * 2).next_power_of_two().max(2);
    let mut slots = vec![(0, FREE); size];
    for (row, key) in keys.iter().enumerate() {
        let mut slot = *key as usize & (size - 1);
        while slots[slot].1 != FREE {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = (*key, u32::try_from(row).unwrap_or(FREE));
    }
    slots
}
