//! Learns the weights of the relation model from annotated texts.

use super::features::{self, SIZE};
use super::{Context, Far, Model, candidates};
use crate::document::{Extraction, Object, Predicate};
use crate::mentions::Mention;
use crate::text::Text;
use std::collections::BTreeSet;

/// A candidate's features with its verdict.
#[derive(Debug, Clone)]
pub struct Example {
    /// Hashed features.
    pub features: Vec<u32>,
    /// Whether the annotation states it.
    pub holds: bool,
}

/// Examples from annotated texts.
#[derive(Debug, Default)]
pub struct Training {
    /// In the order of the texts.
    pub examples: Vec<Example>,
}

impl Training {
    /// Adds the candidates of one annotated text.
    pub fn add(&mut self, text: &Text, gold: &Extraction) {
        let (mentions, things) = annotated(text, gold);
        let stated = stated(gold);
        let context = Context::new(text, &mentions, &things);
        for candidate in candidates::all(&context) {
            let key = (candidate.subject, candidate.predicate, candidate.object);
            self.examples
                .push(Example { features: features::of(&context, &candidate), holds: stated.contains(&key) });
        }
    }
}

/// The mentions of an annotation as ranges of the view, and for each the number of its entity in the annotation.
pub fn annotated(text: &Text, gold: &Extraction) -> (Vec<Mention>, Vec<usize>) {
    let in_view = |offset: usize| text.view.origin.partition_point(|&o| o < offset);
    let mut mentions = Vec::new();
    for (number, entity) in gold.entities.iter().enumerate() {
        for evidence in &entity.mentions {
            let (start, end) = (in_view(evidence.span.start), in_view(evidence.span.end));
            if start < end {
                let found_by = "annotation".to_owned();
                let mention = Mention { start, end, class: entity.class, found_by, confidence: 1.0 };
                mentions.push((mention, number));
            }
        }
    }
    mentions.sort_by_key(|(m, thing)| (m.start, std::cmp::Reverse(m.end), m.class, *thing));
    mentions.into_iter().unzip()
}

fn stated(gold: &Extraction) -> BTreeSet<(usize, Predicate, Far)> {
    let number = |id: &str| gold.entities.iter().position(|e| e.id == id);
    gold.relations
        .iter()
        .filter_map(|r| {
            let far = match &r.object {
                Object::Entity(id) => Far::Thing(number(id)?),
                Object::Status(stage) => Far::Stage(*stage),
            };
            Some((number(&r.subject)?, r.predicate, far))
        })
        .collect()
}

const EPOCHS: usize = 12;
const RATE: f32 = 0.15;
const DECAY: f32 = 1e-3;

/// Logistic regression by `AdaGrad` in the given order, shuffled by a fixed generator in each epoch: the same examples
/// give the same model.
pub fn train(training: &Training) -> Model {
    let mut weights = vec![0.0_f32; SIZE];
    let mut squares = vec![1e-6_f32; SIZE];
    let mut order: Vec<usize> = (0..training.examples.len()).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..EPOCHS {
        shuffle(&mut order, &mut seed);
        for &at in &order {
            learn(&training.examples[at], &mut weights, &mut squares);
        }
    }
    Model::from_weights(weights)
}

fn learn(example: &Example, weights: &mut [f32], squares: &mut [f32]) {
    let sum: f32 = example.features.iter().map(|&f| weights[f as usize]).sum();
    let probability = 1.0 / (1.0 + (-sum).exp());
    let error = f32::from(u8::from(example.holds)) - probability;
    for &feature in &example.features {
        let at = feature as usize;
        let gradient = error - DECAY * weights[at];
        squares[at] += gradient * gradient;
        weights[at] += RATE * gradient / squares[at].sqrt();
    }
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        let j = usize::try_from(*seed % (i as u64 + 1)).unwrap_or(0);
        order.swap(i, j);
    }
}
