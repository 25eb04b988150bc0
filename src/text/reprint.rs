//! Reprints: texts that share most of their wording, found by overlapping runs of characters.
//!
//! A text is a set of hashed runs; sets are compared by the share that both have in common. So that a text need not be
//! compared with every other, the smallest hashes under several keyings are gathered in bands: texts that are nearly the
//! same share a band almost surely. Nothing is drawn by chance: the keys are fixed.

use super::{LineKind, Text, fold_char};
use std::collections::BTreeSet;

/// Characters in a run.
const RUN: usize = 5;
/// Texts with fewer runs are too short to be told from one another by them.
const FEWEST: usize = 40;
/// Bands, and smallest hashes in each.
const BANDS: u64 = 8;
const ROWS: u64 = 4;
/// The share of runs in common from which on two texts are one.
const SAME: f64 = 0.8;

/// The runs of a text's body, without page furniture and marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording(BTreeSet<u64>);

impl Wording {
    /// The wording of a text.
    pub fn of(text: &Text) -> Self {
        let body = text.sentences.iter().filter(|s| s.kind != LineKind::Furniture);
        let chars: Vec<char> = body
            .flat_map(|s| text.view.slice(s.start, s.end).chars().collect::<Vec<_>>())
            .filter(|c| c.is_alphanumeric())
            .map(fold_char)
            .collect();
        Self(chars.windows(RUN).map(hash).collect())
    }

    /// The bands by which near-duplicates are found; none for a short text.
    pub fn bands(&self) -> Vec<String> {
        if self.0.len() < FEWEST {
            return Vec::new();
        }
        (0..BANDS)
            .map(|band| {
                let rows = (0..ROWS).map(|row| self.smallest(band * ROWS + row));
                format!("{band}:{:016x}", rows.fold(band, |all, row| mix(all ^ row)))
            })
            .collect()
    }

    fn smallest(&self, key: u64) -> u64 {
        let key = mix(key);
        self.0.iter().map(|run| mix(run ^ key)).min().unwrap_or_default()
    }

    /// Whether two texts are one that was printed again.
    pub fn is_reprint_of(&self, other: &Self) -> bool {
        let common = self.0.intersection(&other.0).count();
        let all = self.0.len() + other.0.len() - common;
        #[expect(clippy::cast_precision_loss, reason = "no text has 2^52 characters")]
        let share = common as f64 / all.max(1) as f64;
        common >= FEWEST && share >= SAME
    }
}

/// FNV-1a over code points.
fn hash(run: &[char]) -> u64 {
    run.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3))
}

/// The finaliser of splitmix64: every bit of the input changes half of the output.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text of different characters, so that no run repeats.
    fn body(from: u32, length: u32) -> String {
        (from..from + length).filter_map(char::from_u32).collect()
    }

    fn wording(text: &str) -> Wording {
        Wording::of(&Text::new(text))
    }

    #[test]
    fn a_reprint_with_a_new_title_is_found_and_another_text_is_not() {
        let (text, other) = (body(0x4E00, 300), body(0x5E00, 300));
        let reprint = format!("另一标题\n{text}。");
        let (one, two, three) = (wording(&text), wording(&reprint), wording(&other));
        assert!(one.is_reprint_of(&two) && two.is_reprint_of(&one));
        assert!(!one.is_reprint_of(&three));
        assert!(one.bands().iter().any(|band| two.bands().contains(band)));
    }

    #[test]
    fn a_short_text_is_never_a_reprint() {
        let short = wording("甲市发展新材料。");
        assert!(short.bands().is_empty() && !short.is_reprint_of(&short));
    }

    #[test]
    fn script_and_marks_make_no_difference() {
        let text = body(0x4E00, 200);
        let marked: String = text.chars().flat_map(|c| [c, '，']).collect();
        assert_eq!(wording(&text), wording(&marked));
    }

    proptest! {
        #[test]
        fn bands_are_the_same_each_time(text in "\\PC{0,200}") {
            prop_assert_eq!(wording(&text).bands(), wording(&text).bands());
        }
    }
}
