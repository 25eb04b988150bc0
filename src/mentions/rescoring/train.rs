//! Learns the trees from annotated texts that the tagger has not seen.

use super::ranges::Ranges;
use super::{Rescorer, features};
use crate::document::Extraction;
use crate::mentions::tagger::outermost;
use crate::mentions::{Mention, Sought};
use crate::text::Text;
use crate::trees::Forest;
use std::collections::BTreeSet;

/// The ranges of annotated texts, each with the verdict of the annotation.
#[derive(Debug, Default)]
pub struct Training {
    rows: Vec<Vec<f32>>,
    verdicts: Vec<bool>,
}

impl Training {
    /// Adds a text with its annotation and what a tagger that has not seen it says.
    pub fn add(&mut self, text: &Text, gold: &Extraction, sought: &Sought) {
        let names: BTreeSet<_> =
            outermost(text, gold).iter().map(|name| (name.start, name.end, name.label)).collect();
        let ranges = Ranges::new(text, sought);
        self.rows.extend(features::rows(text, &ranges, &sought.forms));
        let holds = |m: &Mention| names.contains(&(m.start, m.end, m.class as usize));
        self.verdicts.extend(ranges.all().iter().map(|range| holds(&range.mention)));
    }

    /// Grows the trees from all that is given. The same texts in the same order give the same trees.
    pub fn grow<'l>(lessons: impl Iterator<Item = &'l Self> + Clone) -> Rescorer {
        let rows: Vec<&[f32]> = lessons.clone().flat_map(|l| &l.rows).map(Vec::as_slice).collect();
        let verdicts: Vec<bool> = lessons.flat_map(|l| &l.verdicts).copied().collect();
        Rescorer { forest: Forest::grow(&rows, &verdicts) }
    }
}
