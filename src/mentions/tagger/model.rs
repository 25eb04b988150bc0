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
    /// `stride` weights a feature, in the order of `keys`; then a row of zeros.
    pub(super) weights: Vec<i8>,
    pub(super) stride: usize,
    /// What a score is divided by to give a logit.
    pub(super) temperature: f32,
    buckets: Vec<u32>,
    filter: Vec<u64>,
}

/// Keys that agree in what is above this bit share a bucket.
const BUCKET_SHIFT: u32 = 16;
/// Hashes that agree in what is above this bit share a bit of the filter.
const FILTER_SHIFT: u32 = 11;
/// The most tags a model can have, filled up to whole groups.
const MOST_TAGS: usize = 64;
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
        let (keys, mut weights) = rows;
        weights.resize((keys.len() + 1) * stride, 0);
        let (buckets, filter) = (buckets(&keys), filter(&keys));
        Self { labels, transitions, keys, weights, stride, temperature, buckets, filter }
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

    /// The row of a feature; [`Self::len`], the row of zeros, where it has none.
    fn row(&self, hash: u32) -> usize {
        let bucket = (hash >> BUCKET_SHIFT) as usize;
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        let at = self.keys[from..to].iter().position(|key| *key == hash);
        at.map_or(self.keys.len(), |at| from + at)
    }

    /// Writes the scores of all tags at each character of the sheet into `work`.
    ///
    /// In three passes, each of which reads memory in places that do not depend on one another: this is what makes it fast.
    #[expect(clippy::cast_possible_truncation, reason = "a model has fewer than 2^32 rows")]
    pub(super) fn score<'s>(&self, sheet: &Sheet, work: &'s mut Scores) -> Emissions<'s> {
        work.rows.clear();
        work.ends.clear();
        work.emissions.clear();
        for at in 0..sheet.len() {
            work.rows.extend(sheet.of(at).iter().filter(|hash| self.may_have(**hash)));
            work.ends.push(work.rows.len());
        }
        work.rows.iter_mut().for_each(|entry| *entry = self.row(*entry) as u32);
        let mut from = 0;
        for &to in &work.ends {
            let mut sums = [0i16; MOST_TAGS];
            for &row in &work.rows[from..to] {
                let start = row as usize * self.stride;
                add(&mut sums, &self.weights[start..start + self.stride]);
            }
            work.emissions.extend(sums[..self.stride].iter().map(|sum| i32::from(*sum)));
            from = to;
        }
        Emissions { scores: &work.emissions, stride: self.stride }
    }

    /// The scores last worked out, as logits: `stride` a character.
    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    pub(super) fn logits(&self, work: &Scores) -> Vec<f32> {
        work.emissions.iter().map(|score| *score as f32 / self.temperature).collect()
    }

    /// The odds of passing from tag to tag, in the layout of [`Transitions`].
    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    pub(super) fn passing(&self) -> Vec<f32> {
        let mut transitions = self.transitions.clone();
        (0..transitions.len()).map(|index| (*transitions.at(index) as f32 / self.temperature).exp()).collect()
    }

    fn may_have(&self, hash: u32) -> bool {
        let bit = hash >> FILTER_SHIFT;
        self.filter[(bit / 64) as usize] >> (bit % 64) & 1 == 1
    }
}

/// Buffers for scoring sentences one after another.
#[derive(Debug, Default)]
pub(super) struct Scores {
    rows: Vec<u32>,
    ends: Vec<usize>,
    emissions: Vec<i32>,
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

/// Where the keys of each leading part begin.
fn buckets(keys: &[u32]) -> Vec<u32> {
    let mut starts = vec![0u32; (1 << (32 - BUCKET_SHIFT)) + 1];
    for key in keys {
        starts[(key >> BUCKET_SHIFT) as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}

/// One bit for each leading part of a hash that some key has.
fn filter(keys: &[u32]) -> Vec<u64> {
    let mut bits = vec![0u64; 1 << (32 - FILTER_SHIFT - 6)];
    for key in keys {
        let bit = key >> FILTER_SHIFT;
        bits[(bit / 64) as usize] |= 1 << (bit % 64);
    }
    bits
}
