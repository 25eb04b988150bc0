//! What is known of quantities by their words: which kind of thing bears them, which kind of period they have, and how often
//! they are right.

use crate::document::Class;
use crate::facts::Figure;
use std::collections::BTreeMap;

/// Room for kinds: classes of bearers, forms of periods, wrong and right.
pub(super) const KINDS: usize = 16;

const _: () = assert!(Class::ALL.len() <= KINDS);
/// What the share among all figures counts beside those of one word.
const PRIOR: f32 = 2.0;

/// For words of indicators, how often each kind goes with them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Wording {
    counts: BTreeMap<String, [u16; KINDS]>,
}

/// What is counted of a figure: the end and the beginning of its indicator, its unit, the rule that reads it.
fn keys(figure: &Figure) -> [String; KEYS] {
    let chars: Vec<char> = figure.indicator.chars().collect();
    let tail = |length: usize| chars[chars.len().saturating_sub(length)..].iter().collect::<String>();
    let head: String = chars.iter().take(2).collect();
    [
        format!("…{}", tail(2)),
        format!("…{}", tail(3)),
        format!("{head}…"),
        format!("{} {}", figure.unit, figure.measure),
        figure.found_by.clone(),
    ]
}

/// So many words a figure has.
const KEYS: usize = 5;

/// Under which all figures are counted.
const ALL: &str = "";

impl Wording {
    /// Counts one figure of a kind (below `KINDS`).
    pub(super) fn add(&mut self, figure: &Figure, kind: usize) {
        for key in keys(figure).into_iter().chain([ALL.to_owned()]) {
            let count = &mut self.counts.entry(key).or_default()[kind];
            *count = count.saturating_add(1);
        }
    }

    /// For each word of a figure the share of each kind, and how many were counted (at most 50).
    pub(super) fn shares(&self, figure: &Figure) -> [([f32; KINDS], f32); KEYS] {
        let all = self.counts.get(ALL).copied().unwrap_or_default();
        let total = all.iter().map(|n| f32::from(*n)).sum::<f32>().max(1.0);
        keys(figure).map(|key| {
            let counts = self.counts.get(&key).copied().unwrap_or_default();
            let known: f32 = counts.iter().map(|n| f32::from(*n)).sum();
            let share = |kind: usize| {
                (f32::from(counts[kind]) + PRIOR * f32::from(all[kind]) / total) / (known + PRIOR)
            };
            (std::array::from_fn(share), known.min(50.0))
        })
    }

    /// The number of words; for each its length in bytes, itself, and its counts, in little-endian order.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend((self.counts.len() as u32).to_le_bytes());
        for (key, counts) in &self.counts {
            bytes.push(key.len() as u8);
            bytes.extend(key.as_bytes());
            counts.iter().for_each(|count| bytes.extend(count.to_le_bytes()));
        }
    }

    /// Reads what [`Self::write`] wrote and gives what follows.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (number, mut rest) = bytes.split_first_chunk::<4>()?;
        let mut counts = BTreeMap::new();
        for _ in 0..u32::from_le_bytes(*number) {
            let (length, after) = rest.split_first()?;
            let (key, after) = after.split_at_checked(usize::from(*length))?;
            let (numbers, after) = after.split_at_checked(2 * KINDS)?;
            let count = |kind: usize| u16::from_le_bytes([numbers[2 * kind], numbers[2 * kind + 1]]);
            counts.insert(String::from_utf8(key.to_vec()).ok()?, std::array::from_fn(count));
            rest = after;
        }
        Some((Self { counts }, rest))
    }

    /// Without what was counted but once, which tells little.
    pub(super) fn pruned(mut self) -> Self {
        self.counts.retain(|_, counts| counts.iter().map(|n| u32::from(*n)).sum::<u32>() > 1);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Bound, Measure, Modality};

    fn figure(indicator: &str, unit: &str) -> Figure {
        Figure {
            subject: 0,
            indicator: indicator.to_owned(),
            measure: Measure::Level,
            value: 1.0,
            unit: unit.to_owned(),
            of: None,
            bound: Bound::Exact,
            period: String::new(),
            modality: Modality::Actual,
            from: None,
            written: (0, 1),
            evidence: (0, 1),
            found_by: String::new(),
            confidence: 1.0,
        }
    }

    #[test]
    fn a_word_speaks_for_the_kind_that_it_goes_with() {
        let mut wording = Wording::default();
        for _ in 0..9 {
            wording.add(&figure("总投资", "CNY"), 4);
            wording.add(&figure("地区生产总值", "CNY"), 0);
        }
        let [(tail, known), ..] = wording.shares(&figure("计划总投资", "CNY"));
        assert!(tail[4] > 0.8 && known == 9.0);
        let [(unheard, none), ..] = wording.shares(&figure("绿化率", "%"));
        assert!(unheard[0] == 0.5 && none == 0.0);
    }

    #[test]
    fn reads_back_what_it_wrote_and_refuses_less() {
        let mut wording = Wording::default();
        wording.add(&figure("产值", "CNY"), 2);
        let mut bytes = Vec::new();
        wording.write(&mut bytes);
        assert_eq!(Wording::read(&bytes), Some((wording, &[][..])));
        assert!(Wording::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
