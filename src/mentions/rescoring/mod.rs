//! Which of the ranges that the tagger holds for probable are names, judged by the whole document.
//!
//! The tagger reads one sentence after another. Here every probable range is weighed again with what stands elsewhere: the
//! same words in other places, longer and shorter names, the neighbours in a list, the ranges it excludes. Decision trees
//! give its probability; of ranges that overlap, those stay whose probabilities are together highest (weighted
//! interval scheduling).

mod choose;
mod features;
mod ranges;
mod train;

pub use train::Training;

use super::{Mention, Sought};
use crate::text::Text;
use crate::trees::{Forest, probability};
use ranges::Ranges;
use std::sync::LazyLock;

/// What a probability must exceed: the lower, the more is found and the more of it is wrong.
pub(super) const THRESHOLD: f32 = 0.4;

/// The trees that weigh ranges. Never change.
#[derive(Debug, Clone, PartialEq)]
pub struct Rescorer {
    forest: Forest,
}

impl Rescorer {
    /// The one that ships with the program.
    pub fn open() -> &'static Self {
        static BUILT_IN: LazyLock<Rescorer> = LazyLock::new(|| {
            let bytes = include_bytes!("../../../data/model/rescoring.bin");
            #[expect(clippy::expect_used, reason = "a test reads the embedded model")]
            Rescorer::from_bytes(bytes).expect("the embedded model is whole")
        });
        &BUILT_IN
    }

    /// Reads what [`Self::to_bytes`] wrote; nothing of anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (forest, rest) = Forest::read(bytes)?;
        rest.is_empty().then_some(Self { forest })
    }

    /// The trees as the bytes of a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.forest.write(&mut bytes);
        bytes
    }

    /// The ranges of a text with their probabilities, sorted by start.
    pub(super) fn weigh(&self, text: &Text, sought: &Sought) -> Vec<Mention> {
        let ranges = Ranges::new(text, sought);
        let rows = features::rows(text, &ranges, &sought.forms);
        let weighed = |(mut mention, row): (Mention, Vec<f32>)| {
            mention.confidence = probability(self.forest.score(&row));
            mention
        };
        ranges.into_mentions().zip(rows).map(weighed).collect()
    }
}

/// Of ranges with their probabilities (sorted by start) those that are names, in reading order; none overlaps another.
pub(super) fn choose(weighed: &[Mention]) -> Vec<Mention> {
    choose::best(weighed, THRESHOLD).into_iter().map(|at| weighed[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Class;

    fn mention(start: usize, end: usize, class: Class, confidence: f32) -> Mention {
        Mention { start, end, class, found_by: "model:tagger".to_owned(), confidence }
    }

    /// How probable the first of the probable mentions is, weighed by the whole text.
    fn weighed(text: &str, probable: Vec<Mention>) -> f32 {
        let first = (probable[0].start, probable[0].end, probable[0].class);
        let sought = Sought { found: Vec::new(), probable, forms: Vec::new() };
        let all = Rescorer::open().weigh(&Text::new(text), &sought);
        all.iter().find(|m| (m.start, m.end, m.class) == first).unwrap().confidence
    }

    #[test]
    fn a_name_is_surer_where_the_text_bears_it_again() {
        let text = "云山重工今年投产。云山重工去年签约。";
        let (here, there) = ((0, 4), (9, 13));
        let doubtful = mention(here.0, here.1, Class::Enterprise, 0.3);
        let alone = weighed(text, vec![doubtful.clone()]);
        let again = mention(there.0, there.1, Class::Enterprise, 0.95);
        assert!(weighed(text, vec![doubtful.clone(), again]) > alone + 0.1);
        let otherwise = mention(there.0, there.1, Class::Place, 0.95);
        assert!(weighed(text, vec![doubtful, otherwise]) < alone);
    }

    #[test]
    fn of_ranges_that_overlap_the_likelier_stays() {
        let ranges = [
            mention(0, 2, Class::Place, 0.5),
            mention(0, 5, Class::Zone, 0.9),
            mention(6, 8, Class::Place, 0.3),
        ];
        let chosen: Vec<(usize, usize)> = choose(&ranges).iter().map(|m| (m.start, m.end)).collect();
        assert_eq!(chosen, [(0, 5)]);
    }

    #[test]
    fn the_model_that_ships_is_whole() {
        let shipped = Rescorer::open();
        assert_eq!(Rescorer::from_bytes(&shipped.to_bytes()).as_ref(), Some(shipped));
        assert_eq!(Rescorer::from_bytes(b"no model"), None);
    }
}
