//! How far figures would differ on other texts of the same kind: the documents are drawn again, with replacement, many times.

use super::{Annotation, Counts, EvaluationError, Level, score};
use crate::random::Random;

/// How often the documents are drawn.
const DRAWS: usize = 1_000;

/// What is scored in each document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerDocument {
    /// Ids of the documents, in the order of the gold annotation.
    pub documents: Vec<String>,
    /// The counts of each document at each level.
    counts: Vec<[Counts; 5]>,
}

/// Between which bounds a figure lies in nineteen of twenty draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// How two runs on the same texts differ at one level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The F1 of the second less that of the first.
    pub difference: f64,
    /// Between which bounds that lies in nineteen of twenty draws.
    pub interval: Interval,
    /// In what part of the draws the other run is at least as good: small where the difference is no chance.
    pub chance: f64,
}

impl PerDocument {
    /// Scores each document by itself.
    pub fn new(gold: &[Annotation], system: &[Annotation]) -> Result<Self, EvaluationError> {
        let one = |annotation: &Annotation| {
            let report = score(std::slice::from_ref(annotation), system)?;
            Ok(Level::ALL.map(|level| report.level(level)))
        };
        let counts = gold.iter().map(one).collect::<Result<_, EvaluationError>>()?;
        Ok(Self { documents: gold.iter().map(|annotation| annotation.id.clone()).collect(), counts })
    }

    /// The counts of a document at a level.
    pub fn of(&self, document: usize, level: Level) -> Counts {
        self.counts[document][place(level)]
    }

    /// Where the F1 of a level lies.
    pub fn interval(&self, level: Level) -> Interval {
        bounds(draws(self.counts.len()).map(|draw| self.f1(level, &draw)).collect())
    }

    /// How another run on the same documents differs from this one.
    pub fn contrast(&self, other: &Self, level: Level) -> Contrast {
        let all: Vec<usize> = (0..self.counts.len()).collect();
        let difference = other.f1(level, &all) - self.f1(level, &all);
        let drawn = draws(all.len()).map(|draw| other.f1(level, &draw) - self.f1(level, &draw));
        let drawn: Vec<f64> = drawn.collect();
        let against = drawn.iter().filter(|d| **d * difference <= 0.0).count();
        Contrast { difference, interval: bounds(drawn), chance: part(against) }
    }

    fn f1(&self, level: Level, draw: &[usize]) -> f64 {
        let mut sum = Counts::default();
        draw.iter().for_each(|document| sum.add(self.of(*document, level)));
        sum.f1()
    }
}

fn place(level: Level) -> usize {
    Level::ALL.iter().position(|known| *known == level).unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn part(count: usize) -> f64 {
    count as f64 / DRAWS as f64
}

/// The same draws every time.
fn draws(size: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut random = Random::new(0x9E37_79B9_7F4A_7C15);
    let mut next = move || usize::try_from(random.number() >> 33).unwrap_or(0);
    (0..DRAWS).map(move |_| (0..size).map(|_| next() % size.max(1)).collect())
}

fn bounds(mut figures: Vec<f64>) -> Interval {
    figures.sort_by(f64::total_cmp);
    let at = |part: usize| figures.get(figures.len() * part / 1000).copied().unwrap_or(0.0);
    Interval { low: at(25), high: at(974) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotation(id: &str, mentions: &[(usize, usize)]) -> Annotation {
        let entities: Vec<_> = mentions
            .iter()
            .map(|(s, e)| {
                format!("{{\"id\":\"e{s}\",\"type\":\"Place\",\"name\":\"n{s}\",\"mentions\":[[{s},{e}]]}}")
            })
            .collect();
        serde_json::from_str(&format!("{{\"id\":\"{id}\",\"entities\":[{}]}}", entities.join(","))).unwrap()
    }

    #[test]
    fn an_interval_holds_the_figure_and_is_the_same_every_time() {
        let gold: Vec<_> = (0..20).map(|n| annotation(&n.to_string(), &[(0, 2), (4, 6)])).collect();
        let system: Vec<_> = (0..20)
            .map(|n| annotation(&n.to_string(), if n % 2 == 0 { &[(0, 2), (4, 6)] } else { &[(0, 2)] }))
            .collect();
        let scored = PerDocument::new(&gold, &system).unwrap();
        let interval = scored.interval(Level::Mentions);
        let f1 = score(&gold, &system).unwrap().level(Level::Mentions).f1();
        assert!(interval.low < f1 && f1 < interval.high, "{interval:?} {f1}");
        assert_eq!(interval, PerDocument::new(&gold, &system).unwrap().interval(Level::Mentions));
    }

    #[test]
    fn a_run_that_is_better_everywhere_is_so_by_no_chance() {
        let gold: Vec<_> = (0..20).map(|n| annotation(&n.to_string(), &[(0, 2), (4, 6)])).collect();
        let worse: Vec<_> = (0..20).map(|n| annotation(&n.to_string(), &[(0, 2)])).collect();
        let (a, b) = (PerDocument::new(&gold, &worse).unwrap(), PerDocument::new(&gold, &gold).unwrap());
        let contrast = a.contrast(&b, Level::Mentions);
        assert!(contrast.difference > 0.3 && contrast.chance < 0.001, "{contrast:?}");
        assert!((a.contrast(&a, Level::Mentions).chance - 1.0).abs() < 1e-9);
    }
}
