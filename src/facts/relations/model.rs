//! The logistic model that weighs the features of a candidate relation.

use super::features::SIZE;
use std::sync::LazyLock;

/// Weights by hashed feature, and the hash of the bytes they came from.
#[derive(Debug, Clone)]
pub struct Model {
    weights: Vec<f32>,
}

/// The model that ships: `(index: u32, weight: i8)` in little-endian order, after the scale as `f32`.
static SHIPPED: &[u8] = include_bytes!("../../../data/model/relations.bin");

static OPENED: LazyLock<Model> = LazyLock::new(|| Model::from_bytes(SHIPPED));

impl Model {
    /// The model that ships with the program.
    pub fn open() -> &'static Self {
        &OPENED
    }

    /// A model from dense weights, one for each hashed feature.
    pub fn from_weights(weights: Vec<f32>) -> Self {
        Self { weights }
    }

    /// Reads what [`Model::to_bytes`] wrote; anything that does not fit is no weight.
    pub fn from_bytes(bytes: &[u8]) -> Self {
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

    /// The weights in eight bits, those that round to nothing left out.
    pub fn to_bytes(&self) -> Vec<u8> {
        let largest = self.weights.iter().fold(0.0_f32, |m, w| m.max(w.abs()));
        let scale = (largest / 127.0).max(f32::MIN_POSITIVE);
        let mut bytes = scale.to_le_bytes().to_vec();
        for (index, weight) in self.weights.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "scaled to fit")]
            let quantised = (weight / scale).round() as i8;
            if quantised != 0 {
                bytes.extend((index as u32).to_le_bytes());
                bytes.push(quantised as u8);
            }
        }
        bytes
    }

    /// The probability, from 0 to 1, that a candidate with these features holds.
    pub fn score(&self, features: &[u32]) -> f32 {
        let sum: f32 = features.iter().map(|&f| self.weights[f as usize]).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}
