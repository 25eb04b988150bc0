//! How often the pairs of characters around a character recur in its text: within a name that is spoken of again and again
//! they do, across its edges they do not.

use super::{Family, hash};
use crate::text::is_han;
use std::collections::HashMap;

/// How often each pair of characters occurs in a text.
#[derive(Debug, Default)]
pub(super) struct Recurring {
    counts: HashMap<(char, char), u32>,
}

impl Recurring {
    /// Counts the pairs of another text.
    pub(super) fn count(&mut self, chars: &[char]) {
        self.counts.clear();
        for pair in chars.windows(2) {
            *self.counts.entry((pair[0], pair[1])).or_default() += 1;
        }
    }

    pub(super) fn write(&self, chars: &[char], family: &mut Family) {
        let level = |first: Option<char>, second: Option<char>| {
            let pair = first.zip(second).filter(|(a, b)| is_han(*a) && is_han(*b));
            pair.map_or(0, |pair| step(self.counts.get(&pair).copied().unwrap_or_default()))
        };
        let levels: Vec<u32> = (0..=chars.len())
            .map(|at| level(at.checked_sub(1).map(|i| chars[i]), chars.get(at).copied()))
            .collect();
        let around = |at: usize| levels.get(at).copied().unwrap_or_default();
        for (at, c) in chars.iter().enumerate() {
            let before = at.checked_sub(1).map_or(0, around);
            let [here, after, beyond] = [at, at + 1, at + 2].map(around);
            family.push(at, hash(100, &[here, after]));
            family.push(at, hash(101, &[before, here, after, beyond]));
            family.push(at, hash(102, &[here, after, *c as u32]));
        }
    }
}

/// A count in few steps; 0 for what occurs but once.
fn step(count: u32) -> u32 {
    match count {
        0..=1 => 0,
        2 => 1,
        3..=4 => 2,
        5..=8 => 3,
        _ => 4,
    }
}
