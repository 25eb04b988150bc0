//! Vectors of words by the company they keep, and their partition into groups.
//!
//! Skip-grams with negative sampling (Mikolov et al. 2013), with one output vector per distance (Ling et al. 2015); groups by
//! spherical k-means.

use crate::random::Random;

/// Length of a vector.
const WIDTH: usize = 64;
/// How far the company of a word reaches, on each side.
const REACH: usize = 3;
/// Words that are not there, for each that is.
const NEGATIVES: usize = 6;
const EPOCHS: usize = 8;
/// The length of the first steps.
const RATE: f32 = 0.025;
/// Words more frequent than this, as a part of all, are passed over now and then.
const FREQUENT: f64 = 1e-4;
/// Rounds of k-means.
const ROUNDS: usize = 15;

/// One vector a word.
#[derive(Debug)]
pub(super) struct Vectors {
    rows: Vec<f32>,
}

impl Vectors {
    /// Learns them from sentences of word numbers; `counts` says how often each word occurs, most frequent first.
    pub(super) fn learn(sentences: &[Vec<usize>], counts: &[usize]) -> Self {
        let mut learner = Learner::new(sentences, counts);
        for _ in 0..EPOCHS {
            sentences.iter().for_each(|sentence| learner.read(sentence));
        }
        let mut rows = learner.words;
        rows.chunks_exact_mut(WIDTH).for_each(normalise);
        Self { rows }
    }

    fn of(&self, word: usize) -> &[f32] {
        &self.rows[word * WIDTH..][..WIDTH]
    }

    fn len(&self) -> usize {
        self.rows.len() / WIDTH
    }
}

/// From 0 up to 1.
#[expect(clippy::cast_precision_loss, reason = "24 bits fit")]
fn part(random: &mut Random) -> f32 {
    (random.number() >> 40) as f32 / (1u32 << 24) as f32
}

struct Learner {
    words: Vec<f32>,
    /// Per word and distance.
    company: Vec<f32>,
    /// Words as often as they are drawn for company that is not there.
    urn: Vec<usize>,
    /// Per word, the part of its occurrences that is read.
    read: Vec<f32>,
    random: Random,
    done: f32,
    total: f32,
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "counts are small")]
impl Learner {
    fn new(sentences: &[Vec<usize>], counts: &[usize]) -> Self {
        let mut random = Random::new(88_172_645_463_325_252);
        let words = (0..counts.len() * WIDTH).map(|_| (part(&mut random) - 0.5) / WIDTH as f32).collect();
        let tokens: usize = sentences.iter().map(Vec::len).sum();
        let read = |count: &usize| {
            let rarer = FREQUENT * tokens as f64 / *count as f64;
            (rarer.sqrt() + rarer).min(1.0) as f32
        };
        Self {
            words,
            company: vec![0.0; counts.len() * 2 * REACH * WIDTH],
            urn: urn(counts),
            read: counts.iter().map(read).collect(),
            random,
            done: 0.0,
            total: (tokens * EPOCHS) as f32,
        }
    }

    fn read(&mut self, sentence: &[usize]) {
        for (at, &word) in sentence.iter().enumerate() {
            self.done += 1.0;
            if part(&mut self.random) > self.read[word] {
                continue;
            }
            let rate = RATE * (1.0 - self.done / self.total).max(0.004);
            for distance in 0..2 * REACH {
                let other = (at + distance + usize::from(distance >= REACH)).checked_sub(REACH);
                if let Some(&other) = other.and_then(|other| sentence.get(other)) {
                    self.step(word, (other, distance), rate);
                }
            }
        }
    }

    /// One step towards the company of a word and away from other words at that distance.
    fn step(&mut self, word: usize, (other, distance): (usize, usize), rate: f32) {
        let mut moved = [0.0; WIDTH];
        let vector = &mut self.words[word * WIDTH..][..WIDTH];
        for draw in 0..=NEGATIVES {
            let target = if draw == 0 { other } else { self.urn[self.random.below(self.urn.len())] };
            if draw > 0 && target == other {
                continue;
            }
            let company = &mut self.company[(target * 2 * REACH + distance) * WIDTH..][..WIDTH];
            let product: f32 = dot(vector, company);
            let there = if draw == 0 { 1.0 } else { 0.0 };
            let step = rate * (there - 1.0 / (1.0 + (-product).exp()));
            for ((moved, company), word) in moved.iter_mut().zip(company).zip(&*vector) {
                *moved += step * *company;
                *company += step * word;
            }
        }
        vector.iter_mut().zip(moved).for_each(|(value, moved)| *value += moved);
    }
}

/// A million words, each in proportion to its count to the power of 3/4.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded share of a million"
)]
fn urn(counts: &[usize]) -> Vec<usize> {
    let weight = |count: &usize| (*count as f64).powf(0.75);
    let total: f64 = counts.iter().map(weight).sum();
    let share = |count: &usize| (weight(count) / total * 1e6).ceil() as usize;
    counts.iter().enumerate().flat_map(|(word, count)| std::iter::repeat_n(word, share(count))).collect()
}

/// The group of each word; groups are drawn from frequent words at first.
pub(super) fn partition(vectors: &Vectors, counts: &[usize], groups: usize) -> Vec<usize> {
    if vectors.len() == 0 {
        return Vec::new();
    }
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let frequent = vectors.len().min(6000);
    let mut centres: Vec<f32> =
        (0..groups).flat_map(|_| vectors.of(random.below(frequent)).to_vec()).collect();
    let mut chosen = Vec::new();
    for _ in 0..ROUNDS {
        chosen = (0..vectors.len()).map(|word| nearest(vectors.of(word), &centres)).collect();
        centres = middles(vectors, counts, (&chosen, groups));
        for centre in centres.chunks_exact_mut(WIDTH).filter(|centre| centre.iter().all(|v| *v == 0.0)) {
            centre.copy_from_slice(vectors.of(random.below(vectors.len())));
        }
    }
    chosen
}

fn nearest(vector: &[f32], centres: &[f32]) -> usize {
    let products = centres.chunks_exact(WIDTH).map(|centre| dot(vector, centre)).enumerate();
    products.fold((0, f32::MIN), |best, next| if next.1 > best.1 { next } else { best }).0
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn middles(vectors: &Vectors, counts: &[usize], (chosen, groups): (&[usize], usize)) -> Vec<f32> {
    let mut centres = vec![0.0; groups * WIDTH];
    for (word, group) in chosen.iter().enumerate() {
        let weight = (counts[word] as f32).sqrt();
        let centre = &mut centres[group * WIDTH..][..WIDTH];
        centre.iter_mut().zip(vectors.of(word)).for_each(|(sum, value)| *sum += weight * value);
    }
    centres.chunks_exact_mut(WIDTH).for_each(normalise);
    centres
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

fn normalise(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 1e-9 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}
