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
    pub fn add(&mut self, text: &Text, gold: &Extraction, sought: Sought) {
        let names: BTreeSet<_> =
            outermost(text, gold).iter().map(|name| (name.start, name.end, name.label)).collect();
        let ranges = Ranges::new(text, &sought.found, sought.probable);
        self.rows.extend(features::rows(text, &ranges, &sought.forms));
        let holds = |m: &Mention| names.contains(&(m.start, m.end, m.class as usize));
        self.verdicts.extend(ranges.all().iter().map(|range| holds(&range.mention)));
    }

    /// Adds what another one holds.
    pub fn extend(&mut self, other: &Self) {
        self.rows.extend_from_slice(&other.rows);
        self.verdicts.extend_from_slice(&other.verdicts);
    }

    /// Grows the trees. The same texts in the same order give the same trees.
    pub fn grow(&self) -> Rescorer {
        let rows: Vec<&[f32]> = self.rows.iter().map(Vec::as_slice).collect();
        Rescorer { forest: Forest::grow(&rows, &self.verdicts) }
    }
}
