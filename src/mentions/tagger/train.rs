//! Learns the weights of a model from labelled sentences: a conditional random field (Lafferty, McCallum, Pereira
//! 2001) in which a name passed over costs more than another mistake, and some features are hidden at random so that no weight
//! relies on another (Sutton, Sindelar, McCallum 2006).

use super::decode::Transitions;
use super::features::Sheet;
use super::lattice::{Lattice, Passing};
use super::model::{Model, stride_of};
use super::scheme::{self, Labelled, OUTSIDE};
use crate::random::Random;
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
    /// The length of the first steps.
    pub rate: f32,
    /// By what part of itself a weight shrinks, in the gradient of each step.
    pub decay: f32,
    /// What passing over a character of a name is given in advance, so that a name must win clearly.
    pub neglect: f32,
    /// Of a thousand features of a character, how many are hidden each time it is learnt from, so that none is relied on
    /// alone.
    pub hidden: u64,
    /// Rows whose largest quantised weight is below this are dropped.
    pub least_weight: i8,
    /// Quantised weights up to this are taken for zero.
    pub noise: i8,
}

impl Settings {
    /// For the first tagger, which learns from thousands of texts.
    pub fn first() -> Self {
        Self { epochs: 5, least_count: 8, neglect: 0.0, ..Self::default() }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 10,
            least_count: 6,
            rate: 0.02,
            decay: 4e-5,
            neglect: 0.3,
            hidden: 200,
            least_weight: 12,
            noise: 6,
        }
    }
}

/// Weights, with the sums of their squared gradients.
struct Weights {
    values: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
}

impl Weights {
    fn new(count: usize, rate: f32) -> Self {
        Self { values: vec![0.0; count], squares: vec![1e-6; count], rate }
    }

    /// One step of AdaGrad (Duchi, Hazan, Singer 2011) on the weights from `start` on.
    fn step(&mut self, start: usize, gradient: &[f32], decay: f32) {
        let to = start + gradient.len();
        let weights = self.values[start..to].iter_mut().zip(&mut self.squares[start..to]);
        for ((value, square), slope) in weights.zip(gradient) {
            let slope = slope - decay * *value;
            *square += slope * slope;
            *value += self.rate * slope / square.sqrt();
        }
    }
}

struct Learner<'s> {
    settings: &'s Settings,
    labels: usize,
    stride: usize,
    rows: Weights,
    /// Of passing from tag to tag, in the layout of [`Transitions`].
    passing: Weights,
    transitions: Transitions,
    lattice: Lattice,
    /// What a weight counts for while others are hidden.
    share: f32,
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
        settings,
        labels: labels.len(),
        stride,
        rows: Weights::new(keys.len() * stride, settings.rate),
        passing: Weights::new(transitions.len(), settings.rate),
        transitions,
        lattice: Lattice::new(labels.len()),
        share: 1000.0 / (1000 - settings.hidden) as f32,
    };
    let mut order: Vec<usize> = (0..sentences.len()).filter(|at| !sentences[*at].tagged.is_empty()).collect();
    let mut random = Random::new(0x9E37_79B9_7F4A_7C15);
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &at in &order {
            learner.learn(&sentences[at].thinned(settings.hidden, &mut random));
        }
    }
    learner.finish(labels, &keys)
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

impl Sentence {
    /// The sentence with so many of a thousand features hidden.
    #[expect(clippy::cast_possible_truncation, reason = "a sentence has fewer than 2^32 features")]
    fn thinned(&self, hidden: u64, random: &mut Random) -> Self {
        let mut seen = Self { rows: Vec::new(), ends: Vec::new(), tagged: self.tagged.clone() };
        for at in 0..self.tagged.len() {
            seen.rows.extend(self.of(at).iter().filter(|_| !random.falls(hidden)));
            seen.ends.push(seen.rows.len() as u32);
        }
        seen
    }

    fn of(&self, at: usize) -> &[u32] {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.rows[from as usize..self.ends[at] as usize]
    }
}

/// By how much margins promise more than names on texts held out keep.
const OVERSURE: f32 = 1.5;
/// Gradients smaller than this teach nothing.
const FLAT: f32 = 1e-4;

impl Learner<'_> {
    fn learn(&mut self, sentence: &Sentence) {
        let scores = self.scores(sentence);
        let odds: Vec<f32> = self.passing.values.iter().map(|weight| weight.exp()).collect();
        let passing = Passing { odds: &odds, labels: self.labels };
        self.lattice.fill(&scores, self.stride, passing);
        let mut counts = vec![0.0; odds.len()];
        let mut before = None;
        for &tag in &sentence.tagged {
            counts[self.transitions.index(before, tag)] += 1.0;
            before = Some(tag);
        }
        self.lattice.take_passings(passing, &mut counts);
        self.passing.step(0, &counts, 0.0);
        (0..sentence.tagged.len()).for_each(|at| self.learn_at(sentence, at));
    }

    fn scores(&self, sentence: &Sentence) -> Vec<f32> {
        let mut scores = vec![0.0; sentence.tagged.len() * self.stride];
        for (at, sums) in scores.chunks_exact_mut(self.stride).enumerate() {
            for &row in sentence.of(at) {
                let weights = &self.rows.values[row as usize * self.stride..][..self.stride];
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight * self.share);
            }
            if sentence.tagged[at] as usize != OUTSIDE {
                sums[OUTSIDE] += self.settings.neglect;
            }
        }
        scores
    }

    fn learn_at(&mut self, sentence: &Sentence, at: usize) {
        let mut gradient = vec![0.0; self.stride];
        for (tag, slope) in gradient.iter_mut().enumerate().take(scheme::tags(self.labels)) {
            let right = if sentence.tagged[at] as usize == tag { 1.0 } else { 0.0 };
            *slope = right - self.lattice.probability(at, tag);
            if slope.abs() < FLAT {
                *slope = 0.0;
            }
        }
        if gradient.iter().map(|slope| slope.abs()).sum::<f32>() > 20.0 * FLAT {
            for &row in sentence.of(at) {
                self.rows.step(row as usize * self.stride, &gradient, self.settings.decay);
            }
        }
    }

    /// Quantises and prunes.
    #[expect(clippy::cast_possible_truncation, reason = "weights are small")]
    fn finish(mut self, labels: &[String], keys: &[u32]) -> Model {
        let Settings { least_weight, noise, .. } = *self.settings;
        let unit = 127.0 / extreme(&self.rows.values);
        let quantise = |weight: &f32| {
            let quantised = (weight * unit).round().clamp(-127.0, 127.0) as i8;
            if quantised.abs() <= noise { 0 } else { quantised }
        };
        let mut kept = (Vec::new(), Vec::new());
        for (key, row) in keys.iter().zip(self.rows.values.chunks_exact(self.stride)) {
            let row: Vec<i8> = row.iter().map(quantise).collect();
            if row.iter().any(|weight| weight.abs() >= least_weight) {
                kept.0.push(*key);
                kept.1.extend(row);
            }
        }
        for (index, weight) in self.passing.values.iter().enumerate() {
            *self.transitions.at(index) = (weight * unit).round() as i32;
        }
        Model::new(labels.to_vec(), self.transitions, kept, unit * OVERSURE)
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
        let settings = Settings { epochs: 30, least_count: 1, rate: 0.1, ..Settings::default() };
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
            assert_eq!(scheme::encode(chars.len(), &found), wanted.tagged);
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
