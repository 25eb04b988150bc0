//! The model that weighs candidates: a logistic one over wording, then trees over its score and the signals.

use super::candidates::Candidate;
use super::context::Context;
use super::features::{self, SIZE};
use super::signals;
use crate::document::Predicate;
use crate::trees::{Forest, probability};
use std::sync::LazyLock;

/// Weights of wordings, and the trees of each predicate.
#[derive(Debug, Clone)]
pub struct Model {
    wording: Wording,
    /// In the order of [`Predicate::ALL`]; empty for a model that knows wordings alone.
    forests: Vec<Forest>,
}

/// Weights by hashed feature.
#[derive(Debug, Clone)]
pub struct Wording {
    weights: Vec<f32>,
}

/// The model that ships.
static SHIPPED: &[u8] = include_bytes!("../../../data/model/relations.bin");

static OPENED: LazyLock<Model> = LazyLock::new(|| Model::from_bytes(SHIPPED));

impl Model {
    /// The model that ships with the program.
    pub fn open() -> &'static Self {
        &OPENED
    }

    /// A model of these parts.
    pub fn new(wording: Wording, forests: Vec<Forest>) -> Self {
        Self { wording, forests }
    }

    /// Reads what [`Model::to_bytes`] wrote; of anything else nothing holds, and nothing of a predicate that is newer than the model.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::read(bytes).unwrap_or_else(|| Self::new(Wording { weights: vec![0.0; SIZE] }, Vec::new()))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (wording, mut rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let mut forests = Vec::with_capacity(Predicate::ALL.len());
        while !rest.is_empty() && forests.len() < Predicate::ALL.len() {
            let (forest, after) = Forest::read(rest)?;
            forests.push(forest);
            rest = after;
        }
        Some(Self { wording: Wording::from_bytes(wording), forests })
    }

    /// The weights in eight bits, after their length; then the trees.
    pub fn to_bytes(&self) -> Vec<u8> {
        let wording = self.wording.to_bytes();
        let mut bytes = (wording.len() as u32).to_le_bytes().to_vec();
        bytes.extend(wording);
        self.forests.iter().for_each(|forest| forest.write(&mut bytes));
        bytes
    }

    /// The probability, from 0 to 1, of each candidate.
    pub fn probabilities(&self, context: &Context, candidates: &[Candidate]) -> Vec<f32> {
        let scores: Vec<f32> =
            candidates.iter().map(|c| self.wording.score(&features::of(context, c))).collect();
        let rows = signals::rows(context, candidates, &scores);
        let score = |(candidate, row): (&Candidate, &Vec<f32>)| {
            let forest = self.forests.get(candidate.predicate as usize);
            probability(forest.map_or(-10.0, |forest| forest.score(row)))
        };
        candidates.iter().zip(&rows).map(score).collect()
    }
}

impl Wording {
    /// From dense weights, one for each hashed feature.
    pub fn from_weights(weights: Vec<f32>) -> Self {
        Self { weights }
    }

    /// The log odds that a candidate with these features holds.
    pub fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&f| self.weights[f as usize]).sum()
    }

    /// `(index: u32, weight: i8)` in little-endian order, after the scale as `f32`.
    fn from_bytes(bytes: &[u8]) -> Self {
        let mut weights = vec![0.0; SIZE];
        let Some((scale, entries)) = bytes.split_first_chunk::<4>() else { return Self { weights } };
        let scale = f32::from_le_bytes(*scale);
        for entry in entries.chunks_exact(5) {
            let index = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]) as usize;
            if let Some(weight) = weights.get_mut(index) {
                *weight = f32::from(entry[4] as i8) * scale;
            }
        }
        Self { weights }
    }

    fn to_bytes(&self) -> Vec<u8> {
        let largest = self.weights.iter().fold(0.0_f32, |m, w| m.max(w.abs()));
        let scale = (largest / 127.0).max(f32::MIN_POSITIVE);
        let mut bytes = scale.to_le_bytes().to_vec();
        for (index, weight) in self.weights.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "scaled to fit")]
            let quantised = (weight / scale).round() as i8;
            if quantised.unsigned_abs() > 1 {
                bytes.extend((index as u32).to_le_bytes());
                bytes.push(quantised as u8);
            }
        }
        bytes
    }
}
