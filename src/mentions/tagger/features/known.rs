//! Known names over each character: of each kind the longest, with the character's place in it.

use super::window::around;
use super::{Family, hash, place, steps};
use crate::mentions::gazetteer::{Gazetteer, Kind};

/// A known name in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) weight: u8,
}

/// The known names of a sentence.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By start, then end.
    pub(super) names: Vec<Name>,
    /// Per character a hash of all that is known of it.
    signatures: Vec<u32>,
    /// Per group and character, one more than the index of the longest name.
    longest: Vec<u32>,
}

/// Kinds that are told apart; the others share a group with one of these.
const GROUPS: usize = 40;

fn group(kind: Kind) -> usize {
    match kind {
        Kind::Belt => Kind::Region as usize,
        Kind::Island | Kind::Desert => Kind::Mountain as usize,
        Kind::Association => Kind::Organization as usize,
        Kind::Plan => Kind::Policy as usize,
        other => other as usize,
    }
}

impl Known {
    /// Looks the names of a sentence up.
    pub(super) fn fill(&mut self, gazetteer: &Gazetteer, chars: &[char]) {
        self.names.clear();
        gazetteer.for_each(chars, |hit| {
            let mut last = None;
            for entry in hit.entries.iter().filter(|entry| entry.kind != Kind::Surname) {
                if last != Some(entry.kind) {
                    self.names.push(Name {
                        start: hit.start,
                        end: hit.end,
                        kind: entry.kind,
                        weight: entry.weight,
                    });
                }
                last = Some(entry.kind);
            }
        });
        self.choose_longest(chars.len());
    }

    #[expect(clippy::cast_possible_truncation, reason = "a sentence holds fewer than 2^32 names")]
    fn choose_longest(&mut self, length: usize) {
        self.longest.clear();
        self.longest.resize(length * GROUPS, 0);
        for (index, name) in self.names.iter().enumerate() {
            for at in name.start..name.end {
                let slot = &mut self.longest[at * GROUPS + group(name.kind) % GROUPS];
                let better = *slot == 0 || {
                    let other = &self.names[*slot as usize - 1];
                    name.end - name.start > other.end - other.start
                };
                if better {
                    *slot = index as u32 + 1;
                }
            }
        }
    }

    /// Writes the features of known names.
    pub(super) fn write(&mut self, symbols: &[u32], family: &mut Family) {
        self.signatures.clear();
        for at in 0..symbols.len() {
            let mut signature = 0;
            for slot in &self.longest[at * GROUPS..(at + 1) * GROUPS] {
                if *slot == 0 {
                    continue;
                }
                let name = self.names[*slot as usize - 1];
                let (kind, place) = (group(name.kind) as u32, place(at, name.start, name.end));
                let sure = u32::from(name.weight / 3);
                signature = hash(20, &[signature, kind, place]);
                family.push(at, hash(21, &[kind, place, sure]));
                family.push(at, hash(22, &[kind, place, steps(name.end - name.start)]));
            }
            self.signatures.push(signature);
        }
        for (at, symbol) in symbols.iter().enumerate() {
            let [before, here, after] = [-1, 0, 1].map(|by| around(&self.signatures, at, by));
            family.push(at, hash(23, &[before, here]));
            family.push(at, hash(24, &[here, after]));
            family.push(at, hash(25, &[here, *symbol]));
            family.push(at, hash(26, &[before, here, after]));
        }
    }
}
