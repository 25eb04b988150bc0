//! Learns the weights of a model from labelled sentences: a structured perceptron with averaged weights.

use super::decode::{Decoder, Emissions, Transitions};
use super::features::Sheet;
use super::model::{Model, stride_of};
use super::scheme::{self, Labelled};
use std::collections::HashMap;

/// A sentence with what is labelled in it.
#[derive(Debug, Clone)]
pub struct Example {
    hashes: Vec<u32>,
    ends: Vec<usize>,
    tagged: Vec<u8>,
}

impl Example {
    /// An example from the features of a sentence and its labelled ranges.
    pub fn new(sheet: &Sheet, spans: &[Labelled]) -> Self {
        let mut hashes = Vec::new();
        let ends = (0..sheet.len()).map(|at| {
            hashes.extend_from_slice(sheet.of(at));
            hashes.len()
        });
        let ends = ends.collect();
        Self { hashes, ends, tagged: scheme::encode(sheet.len(), spans) }
    }
}

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Times over all examples.
    pub epochs: usize,
    /// Features seen less often have no weight.
    pub least_count: usize,
    /// What a wrong tag is given in advance, so that the right one must win clearly.
    pub margin: i32,
    /// By how much the margin of a name is divided to give the logit of its confidence, in steps of training.
    pub temperature: f32,
    /// Rows whose largest quantised weight is below this are dropped.
    pub least_weight: i8,
}

impl Settings {
    /// For the first tagger, which learns from thousands of texts.
    pub fn first() -> Self {
        Self { epochs: 5, least_count: 4, least_weight: 3, ..Self::default() }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 16, least_count: 2, margin: 50, temperature: 100.0, least_weight: 2 }
    }
}

struct Learner {
    stride: usize,
    weights: Vec<i32>,
    totals: Vec<f32>,
    transitions: Transitions,
    transition_totals: Vec<f32>,
    clock: f32,
}

/// One example with rows in place of hashes.
struct Sentence {
    rows: Vec<u32>,
    ends: Vec<u32>,
    tagged: Vec<u8>,
}

/// Trains a model; the same examples in the same order give the same model.
pub fn train(labels: &[String], examples: &[Example], settings: &Settings) -> Model {
    let keys = frequent(examples, settings.least_count);
    let sentences = index(examples, &keys);
    let stride = stride_of(labels.len());
    let transitions = Transitions::new(labels.len());
    let mut learner = Learner {
        stride,
        weights: vec![0; keys.len() * stride],
        totals: vec![0.0; keys.len() * stride],
        transition_totals: vec![0.0; transitions.len()],
        transitions,
        clock: 1.0,
    };
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut decoder = Decoder::default();
    for _ in 0..settings.epochs {
        shuffle(&mut order, &mut random);
        for &at in &order {
            learner.learn(&sentences[at], settings.margin, &mut decoder);
        }
    }
    learner.finish(labels, &keys, settings)
}

/// The hashes that occur often enough, sorted.
fn frequent(examples: &[Example], least: usize) -> Vec<u32> {
    let mut all: Vec<u32> = examples.iter().flat_map(|example| &example.hashes).copied().collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).filter(|same| same.len() >= least).map(|same| same[0]).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a sentence has fewer than 2^32 features")]
fn index(examples: &[Example], keys: &[u32]) -> Vec<Sentence> {
    let rows: HashMap<u32, u32> = keys.iter().copied().zip(0..).collect();
    let of = |example: &Example| {
        let mut sentence = Sentence { rows: Vec::new(), ends: Vec::new(), tagged: example.tagged.clone() };
        let mut from = 0;
        for &to in &example.ends {
            sentence.rows.extend(example.hashes[from..to].iter().filter_map(|hash| rows.get(hash)));
            sentence.ends.push(sentence.rows.len() as u32);
            from = to;
        }
        sentence
    };
    examples.iter().map(of).collect()
}

fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(at, (*random % (at as u64 + 1)) as usize);
    }
}

impl Sentence {
    fn of(&self, at: usize) -> &[u32] {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.rows[from as usize..self.ends[at] as usize]
    }
}

impl Learner {
    fn learn(&mut self, sentence: &Sentence, margin: i32, decoder: &mut Decoder) {
        let length = sentence.tagged.len();
        let mut scores = vec![margin; length * self.stride];
        for at in 0..length {
            let sums = &mut scores[at * self.stride..(at + 1) * self.stride];
            sums[sentence.tagged[at] as usize] = 0;
            for &row in sentence.of(at) {
                let from = row as usize * self.stride;
                for (sum, weight) in sums.iter_mut().zip(&self.weights[from..from + self.stride]) {
                    *sum += weight;
                }
            }
        }
        let guess = decoder.best(Emissions { scores: &scores, stride: self.stride }, &self.transitions);
        if guess != sentence.tagged {
            self.correct(sentence, &guess);
        }
        self.clock += 1.0;
    }

    fn correct(&mut self, sentence: &Sentence, guess: &[u8]) {
        let mut before = (None, None);
        for (at, (&right, &wrong)) in sentence.tagged.iter().zip(guess).enumerate() {
            if right != wrong {
                for &row in sentence.of(at) {
                    self.add(row as usize * self.stride + right as usize, 1);
                    self.add(row as usize * self.stride + wrong as usize, -1);
                }
            }
            if (before.0, right) != (before.1, wrong) {
                self.add_transition(before.0, right, 1);
                self.add_transition(before.1, wrong, -1);
            }
            before = (Some(right), Some(wrong));
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "steps are small")]
    fn add(&mut self, at: usize, step: i32) {
        self.weights[at] += step;
        self.totals[at] += self.clock * step as f32;
    }

    #[expect(clippy::cast_precision_loss, reason = "steps are small")]
    fn add_transition(&mut self, tag: Option<u8>, next: u8, step: i32) {
        let index = self.transitions.index(tag, next);
        *self.transitions.at(index) += step;
        self.transition_totals[index] += self.clock * step as f32;
    }

    /// Averages, quantises and prunes.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "weights are small")]
    fn finish(mut self, labels: &[String], keys: &[u32], settings: &Settings) -> Model {
        let clock = self.clock;
        for (weight, total) in self.weights.iter().zip(&mut self.totals) {
            *total = *weight as f32 - *total / clock;
        }
        let unit = 127.0 / extreme(&self.totals);
        let quantise = |weight: f32| (weight * unit).round().clamp(-127.0, 127.0) as i8;
        let mut kept = (Vec::new(), Vec::new());
        for (key, row) in keys.iter().zip(self.totals.chunks_exact(self.stride)) {
            let row: Vec<i8> = row.iter().map(|weight| quantise(*weight)).collect();
            if row.iter().any(|weight| weight.abs() >= settings.least_weight) {
                kept.0.push(*key);
                kept.1.extend(row);
            }
        }
        for index in 0..self.transitions.len() {
            let total = self.transition_totals[index];
            let weight = self.transitions.at(index);
            *weight = ((*weight as f32 - total / clock) * unit).round() as i32;
        }
        Model::new(labels.to_vec(), self.transitions, kept, unit * settings.temperature)
    }
}

/// The size that all but one weight in ten thousand stay below.
fn extreme(weights: &[f32]) -> f32 {
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    sizes.get((sizes.len() * 9999 / 10_000).min(sizes.len().saturating_sub(1))).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::tagger::Worker;

    fn example(marked: &str) -> (Vec<char>, Example) {
        let (mut chars, mut spans, mut start) = (Vec::new(), Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '[' => start = chars.len(),
                ']' => spans.push(Labelled { start, end: chars.len(), label: 0 }),
                other => chars.push(other),
            }
        }
        let mut sheet = Sheet::default();
        sheet.fill(&chars, 0..chars.len(), &[]);
        (chars, Example::new(&sheet, &spans))
    }

    fn toy() -> Model {
        let texts = ["昨天[甲乙厂]开工。", "今天[丙厂]投产。", "[丁戊己厂]昨天投产。", "今天没有开工。"];
        let examples: Vec<Example> = texts.iter().map(|text| example(text).1).collect();
        let settings = Settings { least_count: 1, margin: 8, ..Settings::default() };
        train(&["Enterprise".to_owned()], &examples, &settings)
    }

    #[test]
    fn learns_a_toy_corpus_and_finds_new_names() {
        let model = toy();
        for text in ["昨天[甲乙厂]开工。", "今天[庚辛厂]投产。"] {
            let (chars, wanted) = example(text);
            let mut sheet = Sheet::default();
            sheet.fill(&chars, 0..chars.len(), &[]);
            let found = Worker::new(&model).tag(&sheet);
            assert_eq!(
                scheme::encode(chars.len(), &found.iter().map(|f| f.span).collect::<Vec<_>>()),
                wanted.tagged
            );
        }
    }

    #[test]
    fn training_twice_gives_the_same_bytes() {
        assert_eq!(toy().to_bytes(), toy().to_bytes());
    }

    #[test]
    fn a_model_survives_its_file() {
        let model = toy();
        assert_eq!(Model::from_bytes(&model.to_bytes()).unwrap(), model);
    }
}
