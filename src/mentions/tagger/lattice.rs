//! How probable each tag and each passing from tag to tag is: sums over all well-formed tags of a sentence.
//!
//! The forward-backward algorithm (Rabiner 1989) over the tags of [`super::scheme`], scaled at each character.

use super::scheme::{Labelled, OUTSIDE, begin, end, inside, single, tags};

/// Sums over the well-formed tags of one sentence; reused from sentence to sentence.
#[derive(Debug)]
pub(super) struct Lattice {
    labels: usize,
    /// Per character and tag, how much its score is above the best one there, as a factor.
    odds: Vec<f32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    /// Per character, what the forward sums are divided by.
    scale: Vec<f32>,
    total: f32,
}

/// The odds of passing from tag to tag, in the layout of [`super::decode::Transitions`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Passing<'a> {
    pub odds: &'a [f32],
    pub labels: usize,
}

impl Passing<'_> {
    fn between(&self, from: usize, to: usize) -> usize {
        from * (self.labels + 1) + to
    }

    /// Begin → inside, begin → end, inside → inside, inside → end.
    fn within(&self, label: usize) -> usize {
        (self.labels + 1) * (self.labels + 1) + 4 * label
    }

    fn kept(&self, label: usize) -> [f32; 4] {
        let from = self.within(label);
        std::array::from_fn(|column| self.odds[from + column])
    }
}

impl Lattice {
    pub(super) fn new(labels: usize) -> Self {
        let (odds, forward, backward, scale) = <_>::default();
        Self { labels, odds, forward, backward, scale, total: 0.0 }
    }

    /// Sums over a sentence with `stride` scores a character.
    pub(super) fn fill(&mut self, scores: &[f32], stride: usize, passing: Passing) {
        let (width, length) = (tags(self.labels), scores.len() / stride);
        self.odds.clear();
        for here in scores.chunks_exact(stride) {
            let best = here[..width].iter().copied().fold(f32::MIN, f32::max);
            self.odds.extend(here[..width].iter().map(|score| (score - best).exp()));
        }
        for sums in [&mut self.forward, &mut self.backward] {
            sums.clear();
            sums.resize(length * width, 0.0);
        }
        self.scale.clear();
        (0..length).for_each(|at| self.step(at, passing));
        (0..length).rev().for_each(|at| self.step_back(at, length, passing));
        let last = length.saturating_sub(1) * width;
        self.total = self.forward[last..].iter().zip(&self.backward[last..]).map(|(a, b)| a * b).sum();
    }

    /// The probability of a tag at a character.
    pub(super) fn probability(&self, at: usize, tag: usize) -> f32 {
        let index = at * tags(self.labels) + tag;
        self.forward[index] * self.backward[index] / self.total
    }

    /// The ranges that are names with at least that probability, by start; with their probabilities.
    pub(super) fn ranges(&self, passing: Passing, least: f32) -> Vec<(Labelled, f32)> {
        let mut found = Vec::new();
        for start in 0..self.scale.len() {
            for label in 0..self.labels {
                let alone = self.probability(start, single(label));
                if alone >= least {
                    found.push((Labelled { start, end: start + 1, label }, alone));
                }
                if self.probability(start, begin(label)) >= least {
                    self.longer(Labelled { start, end: start + 1, label }, (passing, least), &mut found);
                }
            }
        }
        found
    }

    /// The ranges that begin where `first` does and are longer.
    fn longer(&self, first: Labelled, (passing, least): (Passing, f32), found: &mut Vec<(Labelled, f32)>) {
        let (width, label) = (tags(self.labels), first.label);
        let [begin_inside, begin_end, inside_inside, inside_end] = passing.kept(label);
        let (mut stays, mut closes) = (begin_inside, begin_end);
        let mut begun = self.forward[first.start * width + begin(label)] / self.total;
        for at in first.end..self.scale.len() {
            let of = |tag: usize, passed: f32| begun * passed * self.odds[at * width + tag] / self.scale[at];
            let ended = of(end(label), closes) * self.backward[at * width + end(label)];
            if ended >= least {
                found.push((Labelled { end: at + 1, ..first }, ended));
            }
            begun = of(inside(label), stays);
            if begun * self.backward[at * width + inside(label)] < least {
                break;
            }
            (stays, closes) = (inside_inside, inside_end);
        }
    }

    fn step(&mut self, at: usize, passing: Passing) {
        let width = tags(self.labels);
        let odds = &self.odds[at * width..][..width];
        let (before, here) = self.forward.split_at_mut(at * width);
        let (before, here) = (before.rchunks_exact(width).next(), &mut here[..width]);
        let closed = before.map(|before| closed(before, self.labels));
        for label in 0..=self.labels {
            let open: f32 = match &closed {
                None => passing.odds[passing.between(0, label)],
                Some(closed) => (0..=self.labels)
                    .map(|from| closed[from] * passing.odds[passing.between(from, label)])
                    .sum(),
            };
            openers(label).for_each(|tag| here[tag] = open * odds[tag]);
        }
        for label in 0..self.labels {
            let Some(before) = before else { break };
            let [begin_inside, begin_end, inside_inside, inside_end] = passing.kept(label);
            let (begun, within) = (before[begin(label)], before[inside(label)]);
            here[inside(label)] = (begun * begin_inside + within * inside_inside) * odds[inside(label)];
            here[end(label)] = (begun * begin_end + within * inside_end) * odds[end(label)];
        }
        let scale: f32 = here.iter().sum();
        here.iter_mut().for_each(|sum| *sum /= scale);
        self.scale.push(scale);
    }

    fn step_back(&mut self, at: usize, length: usize, passing: Passing) {
        let width = tags(self.labels);
        let mut here = vec![0.0; width];
        if at + 1 == length {
            (0..=self.labels).for_each(|label| closers(label).for_each(|tag| here[tag] = 1.0));
        } else {
            let ahead = self.ahead(at + 1);
            for from in 0..=self.labels {
                let sum: f32 = (0..=self.labels)
                    .map(|label| opened(&ahead, label) * passing.odds[passing.between(from, label)])
                    .sum();
                closers(from).for_each(|tag| here[tag] = sum);
            }
            for label in 0..self.labels {
                let [begin_inside, begin_end, inside_inside, inside_end] = passing.kept(label);
                let (stays, closes) = (ahead[inside(label)], ahead[end(label)]);
                here[begin(label)] = stays * begin_inside + closes * begin_end;
                here[inside(label)] = stays * inside_inside + closes * inside_end;
            }
        }
        self.backward[at * width..][..width].copy_from_slice(&here);
    }

    /// What comes from a character and beyond, on the scale of the forward sums.
    fn ahead(&self, at: usize) -> Vec<f32> {
        let width = tags(self.labels);
        let (odds, backward) = (&self.odds[at * width..][..width], &self.backward[at * width..][..width]);
        odds.iter().zip(backward).map(|(odds, backward)| odds * backward / self.scale[at]).collect()
    }

    /// Takes from `counts` how often each passing is expected.
    pub(super) fn take_passings(&self, passing: Passing, counts: &mut [f32]) {
        let width = tags(self.labels);
        let mut take = |index: usize, sum: f32| counts[index] -= sum * passing.odds[index] / self.total;
        for at in 0..self.scale.len() {
            let ahead = self.ahead(at);
            if at == 0 {
                (0..=self.labels).for_each(|label| take(passing.between(0, label), opened(&ahead, label)));
                continue;
            }
            let before = &self.forward[(at - 1) * width..][..width];
            let closed = closed(before, self.labels);
            for (from, closed) in closed.iter().enumerate() {
                for label in 0..=self.labels {
                    take(passing.between(from, label), closed * opened(&ahead, label));
                }
            }
            for label in 0..self.labels {
                let from = passing.within(label);
                let (begun, within) = (before[begin(label)], before[inside(label)]);
                let (stays, closes) = (ahead[inside(label)], ahead[end(label)]);
                let sums = [begun * stays, begun * closes, within * stays, within * closes];
                sums.into_iter().enumerate().for_each(|(column, sum)| take(from + column, sum));
            }
        }
    }
}

/// The tags with which label `label - 1` opens; 0 is outside.
fn openers(label: usize) -> impl Iterator<Item = usize> {
    let tags = if label == 0 { [OUTSIDE; 2] } else { [begin(label - 1), single(label - 1)] };
    tags.into_iter().skip(usize::from(label == 0))
}

/// The tags with which label `label - 1` closes; 0 is outside.
fn closers(label: usize) -> impl Iterator<Item = usize> {
    let tags = if label == 0 { [OUTSIDE; 2] } else { [end(label - 1), single(label - 1)] };
    tags.into_iter().skip(usize::from(label == 0))
}

fn opened(row: &[f32], label: usize) -> f32 {
    openers(label).map(|tag| row[tag]).sum()
}

fn closed(row: &[f32], labels: usize) -> Vec<f32> {
    (0..=labels).map(|label| closers(label).map(|tag| row[tag]).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::tagger::decode::Transitions;

    const STRIDE: usize = 8;

    /// All well-formed tags of a sentence over one label.
    fn well_formed(length: usize) -> Vec<Vec<u8>> {
        let follows = |tag: Option<u8>, next: u8| match next {
            0 | 1 | 4 => matches!(tag, None | Some(0 | 3 | 4)),
            _ => matches!(tag, Some(1 | 2)),
        };
        let mut all: Vec<Vec<u8>> = vec![Vec::new()];
        for _ in 0..length {
            all = all
                .into_iter()
                .flat_map(|tags| {
                    (0..5u8)
                        .filter(|next| follows(tags.last().copied(), *next))
                        .map(|next| [tags.clone(), vec![next]].concat())
                        .collect::<Vec<_>>()
                })
                .collect();
        }
        all.retain(|tags| matches!(tags.last(), Some(0 | 3 | 4)));
        all
    }

    #[test]
    fn probabilities_are_those_of_all_tags_written_out() {
        let length = 4;
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let scores: Vec<f32> = (0..length * STRIDE).map(|i| ((i * 7 % 11) as f32) / 5.0).collect();
        let mut transitions = Transitions::new(1);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let weights: Vec<f32> = (0..transitions.len()).map(|i| ((i * 5 % 7) as f32) / 4.0).collect();
        let odds: Vec<f32> = weights.iter().map(|weight| weight.exp()).collect();
        let mut lattice = Lattice::new(1);
        let passing = Passing { odds: &odds, labels: 1 };
        lattice.fill(&scores, STRIDE, passing);

        let index = |tags: &[u8], at: usize| {
            transitions.index(at.checked_sub(1).map(|before| tags[before]), tags[at])
        };
        let odds_of = |tags: &Vec<u8>| {
            (0..length)
                .map(|at| scores[at * STRIDE + tags[at] as usize] + weights[index(tags, at)])
                .sum::<f32>()
                .exp()
        };
        let all = well_formed(length);
        let total: f32 = all.iter().map(odds_of).sum();
        for at in 0..length {
            for tag in 0..5u8 {
                let wanted: f32 = all.iter().filter(|tags| tags[at] == tag).map(odds_of).sum();
                assert!((lattice.probability(at, tag as usize) - wanted / total).abs() < 1e-5);
            }
        }
        for (range, probability) in lattice.ranges(passing, 0.0) {
            let holds = |tags: &&Vec<u8>| super::super::scheme::spans(tags).contains(&range);
            let wanted: f32 = all.iter().filter(holds).map(odds_of).sum();
            assert!((probability - wanted / total).abs() < 1e-5, "{range:?}");
        }
        assert_eq!(lattice.ranges(passing, 0.0).len(), length * (length + 1) / 2);
        let mut counts = vec![0.0; transitions.len()];
        lattice.take_passings(passing, &mut counts);
        for (passed, count) in counts.iter().enumerate() {
            let wanted: f32 = all
                .iter()
                .map(|tags| {
                    let times = (0..length).filter(|at| index(tags, *at) == passed).count();
                    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                    let times = times as f32;
                    times * odds_of(tags)
                })
                .sum();
            assert!((count + wanted / total).abs() < 1e-5, "{passed}: {count} {}", wanted / total);
        }
        let _ = transitions.at(0);
    }
}
