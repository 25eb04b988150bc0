//! The best sequence of tags.

use super::scheme::{OUTSIDE, begin, end, inside, single};

/// Far below any score, far above overflow.
const NEVER: i32 = -1_000_000_000;

/// Scores of passing from tag to tag, within what the scheme allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transitions {
    labels: usize,
    /// From what ended (0 outside, else label + 1) to what begins, row by row.
    between: Vec<i32>,
    /// Per label: begin → inside, begin → end, inside → inside, inside → end.
    within: Vec<[i32; 4]>,
}

impl Transitions {
    /// All zero.
    pub(super) fn new(labels: usize) -> Self {
        Self { labels, between: vec![0; (labels + 1) * (labels + 1)], within: vec![[0; 4]; labels] }
    }

    /// Number of scores.
    pub(super) fn len(&self) -> usize {
        self.between.len() + 4 * self.labels
    }

    /// The score with this index.
    pub(super) fn at(&mut self, index: usize) -> &mut i32 {
        let split = self.between.len();
        if index < split {
            &mut self.between[index]
        } else {
            &mut self.within[(index - split) / 4][(index - split) % 4]
        }
    }

    /// The index of the score of `next` after `tag` (none: the start of a sentence).
    pub(super) fn index(&self, tag: Option<u8>, next: u8) -> usize {
        let label = |tag: u8| (tag as usize).div_ceil(4);
        let (tag, next) = (tag.unwrap_or(0), next as usize);
        let opens =
            next == OUTSIDE || next == begin(label(next as u8) - 1) || next == single(label(next as u8) - 1);
        if opens {
            return label(tag) * (self.labels + 1) + label(next as u8);
        }
        let of = label(next as u8) - 1;
        let column = usize::from(tag as usize == inside(of)) * 2 + usize::from(next == end(of));
        self.between.len() + of * 4 + column
    }
}

/// Buffers for decoding sentences one after another.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    forward: Vec<i32>,
    /// Per character and opener: what ended before it; low bit: single rather than end.
    opened: Vec<u8>,
    /// Per character and label: bit 0 inside came from inside, bit 1 end came from inside.
    continued: Vec<u8>,
}

/// Scores of tags at each character of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Emissions<'a> {
    /// `stride` scores a character.
    pub scores: &'a [i32],
    /// Scores per character, at least the number of tags.
    pub stride: usize,
}

impl Emissions<'_> {
    fn of(&self, at: usize) -> &[i32] {
        &self.scores[at * self.stride..(at + 1) * self.stride]
    }

    fn len(&self) -> usize {
        self.scores.len() / self.stride
    }
}

impl Decoder {
    /// The best tags.
    pub(super) fn best(&mut self, emissions: Emissions, transitions: &Transitions) -> Vec<u8> {
        let (length, labels) = (emissions.len(), transitions.labels);
        if length == 0 {
            return Vec::new();
        }
        self.forward.clear();
        self.forward.resize(length * emissions.stride, NEVER);
        self.opened.clear();
        self.opened.resize(length * (labels + 1), 0);
        self.continued.clear();
        self.continued.resize(length * labels, 0);
        for at in 0..length {
            self.step(at, emissions, transitions);
        }
        self.trace(length, emissions.stride, labels)
    }

    fn step(&mut self, at: usize, emissions: Emissions, transitions: &Transitions) {
        let (labels, stride) = (transitions.labels, emissions.stride);
        let (before, here) = self.forward.split_at_mut(at * stride);
        let here = &mut here[..stride];
        let before = if at == 0 { &[][..] } else { &before[(at - 1) * stride..] };
        let opened = &mut self.opened[at * (labels + 1)..(at + 1) * (labels + 1)];
        let open = openings(before, transitions, opened);
        let scores = emissions.of(at);
        here[OUTSIDE] = open[0] + scores[OUTSIDE];
        for label in 0..labels {
            here[begin(label)] = open[label + 1] + scores[begin(label)];
            here[single(label)] = open[label + 1] + scores[single(label)];
            if at > 0 {
                let [begin_inside, begin_end, inside_inside, inside_end] = transitions.within[label];
                let (begun, within) = (before[begin(label)], before[inside(label)]);
                let stays = within + inside_inside > begun + begin_inside;
                let closes = within + inside_end > begun + begin_end;
                here[inside(label)] =
                    scores[inside(label)] + (within + inside_inside).max(begun + begin_inside);
                here[end(label)] = scores[end(label)] + (within + inside_end).max(begun + begin_end);
                self.continued[at * labels + label] = u8::from(stays) | u8::from(closes) << 1;
            }
        }
    }

    fn trace(&self, length: usize, stride: usize, labels: usize) -> Vec<u8> {
        let mut tagged = vec![0u8; length];
        let last = &self.forward[(length - 1) * stride..];
        let closers = (0..labels).flat_map(|label| [end(label), single(label)]);
        let mut tag = std::iter::once(OUTSIDE)
            .chain(closers)
            .fold(OUTSIDE, |a, b| if last[b] > last[a] { b } else { a });
        for at in (0..length).rev() {
            tagged[at] = u8::try_from(tag).unwrap_or(0);
            if at == 0 {
                break;
            }
            let label = tag.div_ceil(4);
            tag = if tag == OUTSIDE || tag == begin(label - 1) || tag == single(label - 1) {
                let from = self.opened[at * (labels + 1) + label] as usize;
                match (from / 2, from % 2) {
                    (0, _) => OUTSIDE,
                    (ended, 0) => end(ended - 1),
                    (ended, _) => single(ended - 1),
                }
            } else {
                let bit = if tag == end(label - 1) { 2 } else { 1 };
                let stays = self.continued[at * labels + label - 1] & bit != 0;
                if stays { inside(label - 1) } else { begin(label - 1) }
            };
        }
        tagged
    }
}

/// The most labels a model can have.
pub(super) const MOST_LABELS: usize = 15;

/// For each opener the best score of what ended before it.
fn openings(before: &[i32], transitions: &Transitions, opened: &mut [u8]) -> [i32; MOST_LABELS + 1] {
    let labels = transitions.labels;
    let mut open = [NEVER; MOST_LABELS + 1];
    if before.is_empty() {
        open[..=labels].copy_from_slice(&transitions.between[..=labels]);
        return open;
    }
    for ended in 0..=labels {
        let (score, bit) = match ended {
            0 => (before[OUTSIDE], 0),
            _ if before[single(ended - 1)] > before[end(ended - 1)] => (before[single(ended - 1)], 1),
            _ => (before[end(ended - 1)], 0),
        };
        let row = &transitions.between[ended * (labels + 1)..(ended + 1) * (labels + 1)];
        for (next, between) in row.iter().enumerate() {
            if score + between > open[next] {
                open[next] = score + between;
                opened[next] = u8::try_from(2 * ended).unwrap_or(0) | bit;
            }
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::tagger::scheme::tags;

    /// Every well-formed sequence with its score, the slow way.
    fn all(emissions: Emissions, transitions: &mut Transitions) -> Vec<(i32, Vec<u8>)> {
        let count = u8::try_from(tags(transitions.labels)).unwrap();
        let mut partial: Vec<(i32, Vec<u8>)> = vec![(0, Vec::new())];
        for at in 0..emissions.len() {
            let mut longer = Vec::new();
            for (score, sequence) in partial {
                for next in (0..count).filter(|next| may_follow(sequence.last().copied(), *next)) {
                    let index = transitions.index(sequence.last().copied(), next);
                    let score = score + *transitions.at(index) + emissions.of(at)[next as usize];
                    longer.push((score, [sequence.clone(), vec![next]].concat()));
                }
            }
            partial = longer;
        }
        partial.retain(|(_, sequence)| {
            sequence.last().is_none_or(|tag| *tag == 0 || matches!((tag - 1) % 4, 2 | 3))
        });
        partial
    }

    fn may_follow(tag: Option<u8>, next: u8) -> bool {
        let open = tag.filter(|tag| *tag != 0 && matches!((tag - 1) % 4, 0 | 1));
        let continues = next != 0 && matches!((next - 1) % 4, 1 | 2);
        match open {
            Some(tag) => continues && (tag - 1) / 4 == (next - 1) / 4,
            None => !continues,
        }
    }

    #[test]
    fn finds_the_best_of_all_sequences() {
        let mut seed = 7u32;
        let mut random = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i32::try_from(seed >> 24).unwrap() - 128
        };
        for _ in 0..20 {
            let mut transitions = Transitions::new(2);
            (0..transitions.len()).for_each(|index| *transitions.at(index) = random());
            let scores: Vec<i32> = (0..5 * 9).map(|_| random()).collect();
            let emissions = Emissions { scores: &scores, stride: 9 };
            let all = all(emissions, &mut transitions);
            let (_, best) = all.iter().max().unwrap();
            let mut decoder = Decoder::default();
            let tagged = decoder.best(emissions, &transitions);
            assert_eq!(&tagged, best);
        }
    }
}
