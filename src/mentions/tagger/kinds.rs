//! Kinds of words: words that stand in like company, learnt from texts that nobody annotated.
//!
//! Goes in: sentences cut into words. Comes out: for each word that is frequent enough its group in a coarse, a middle and a
//! fine partition. The file: a magic line, then per word 4 bytes of hash and one u16 per partition, in little endian, by hash.

use super::features::{split, symbol};
use super::vectors::{self, Vectors};
use crate::text::Text;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const MAGIC: &[u8] = b"jinxiu kinds 1\n";
/// Groups in the coarse, the middle and the fine partition.
const GROUPS: [usize; 3] = [64, 256, 1024];
/// Words seen less often are of no kind.
const LEAST: usize = 4;
/// The group of words that are of no kind.
const UNKNOWN: u16 = u16::MAX;
const ROW: usize = 4 + 2 * GROUPS.len();

/// The groups of a word, coarse to fine.
pub(super) type Groups = [u16; GROUPS.len()];

/// Which word is of which kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kinds {
    /// Sorted by hash.
    rows: Vec<(u32, Groups)>,
}

impl Kinds {
    /// The built-in kinds, read on first use.
    pub(super) fn open() -> &'static Self {
        static BUILT_IN: LazyLock<Kinds> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "a test reads the embedded kinds")]
            Kinds::from_bytes(include_bytes!("../../../data/model/kinds.bin"))
                .expect("the embedded kinds are whole")
        });
        &BUILT_IN
    }

    /// The groups of a word.
    pub(super) fn of(&self, word: &[char]) -> Groups {
        let found = self.rows.binary_search_by_key(&key(word), |(key, _)| *key);
        found.map_or([UNKNOWN; GROUPS.len()], |at| self.rows[at].1)
    }

    /// Learns the kinds of the words of these texts; the same texts in the same order give the same kinds.
    pub fn learn<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Self {
        let sentences = |text: &'t Text| {
            text.sentences.iter().map(|s| split(&text.view.chars[s.start..s.end])).collect::<Vec<_>>()
        };
        Self::of_sentences(&texts.into_iter().flat_map(sentences).collect::<Vec<_>>())
    }

    fn of_sentences(sentences: &[Vec<Vec<char>>]) -> Self {
        let vocabulary = vocabulary(sentences);
        let index: BTreeMap<u32, usize> = vocabulary.iter().map(|(key, _)| *key).zip(0..).collect();
        let known = |sentence: &Vec<Vec<char>>| {
            sentence.iter().filter_map(|word| index.get(&key(word)).copied()).collect()
        };
        let sentences: Vec<Vec<usize>> = sentences.iter().map(known).collect();
        let counts: Vec<usize> = vocabulary.iter().map(|(_, count)| *count).collect();
        let vectors = Vectors::learn(&sentences, &counts);
        let partitions = GROUPS.map(|groups| vectors::partition(&vectors, &counts, groups));
        let groups = |at: usize| partitions.each_ref().map(|part| u16::try_from(part[at]).unwrap_or(UNKNOWN));
        let mut rows: Vec<(u32, Groups)> =
            vocabulary.iter().enumerate().map(|(at, (key, _))| (*key, groups(at))).collect();
        rows.sort_unstable();
        Self { rows }
    }

    /// Whether no word is known, as where none occurs often enough.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for (key, groups) in &self.rows {
            bytes.extend(key.to_le_bytes());
            groups.iter().for_each(|group| bytes.extend(group.to_le_bytes()));
        }
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote; none where that is not it.
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rows = bytes.strip_prefix(MAGIC).filter(|rows| rows.len() % ROW == 0)?;
        let row = |row: &[u8]| {
            let group = |at: usize| u16::from_le_bytes([row[4 + 2 * at], row[5 + 2 * at]]);
            (u32::from_le_bytes([row[0], row[1], row[2], row[3]]), std::array::from_fn(group))
        };
        Some(Self { rows: rows.chunks_exact(ROW).map(row).collect() })
    }
}

/// A hash of a word in which all digits are one, and all Latin letters of a case.
fn key(word: &[char]) -> u32 {
    word.iter()
        .fold(0x811c_9dc5, |state: u32, c| (state ^ symbol(*c)).wrapping_mul(0x0100_0193).rotate_left(5))
}

/// The words that are frequent enough, with how often they occur, by frequency, then hash.
fn vocabulary(sentences: &[Vec<Vec<char>>]) -> Vec<(u32, usize)> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    sentences.iter().flatten().for_each(|word| *counts.entry(key(word)).or_default() += 1);
    let mut words: Vec<(u32, usize)> = counts.into_iter().filter(|(_, count)| *count >= LEAST).collect();
    words.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences() -> Vec<Vec<Vec<char>>> {
        let sentence = |text: &str| text.split(' ').map(|word| word.chars().collect()).collect();
        let place = ["甲市", "乙市", "丙县", "丁县"];
        let verb = ["开工", "投产", "签约", "竣工"];
        let all = (0..400).map(|i| sentence(&format!("在 {} {} 了 项目", place[i % 4], verb[i / 4 % 4])));
        all.collect()
    }

    #[test]
    fn words_in_like_company_share_a_coarse_group_and_others_do_not() {
        let kinds = Kinds::of_sentences(&sentences());
        let coarse = |word: &str| kinds.of(&word.chars().collect::<Vec<_>>())[0];
        assert_ne!(coarse("甲市"), UNKNOWN);
        assert_ne!(coarse("甲市"), coarse("投产"));
        assert_eq!(coarse("没有的词"), UNKNOWN);
    }

    #[test]
    fn kinds_survive_their_file_and_repeat() {
        let kinds = Kinds::of_sentences(&sentences());
        assert_eq!(Kinds::from_bytes(&kinds.to_bytes()).unwrap(), kinds);
        assert_eq!(Kinds::of_sentences(&sentences()), kinds);
        assert_eq!(Kinds::from_bytes(b"PK"), None);
    }

    #[test]
    fn the_embedded_kinds_are_whole_and_sorted() {
        let rows = &Kinds::open().rows;
        assert!(rows.len() > 10_000);
        assert!(rows.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    }
}
