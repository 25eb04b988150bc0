//! The period of a figure, and whether it is a fact or an aim.

use super::head;
use super::lexicon::Lexicon;
use crate::document::Modality;
use crate::mentions::calendar::Today;
use crate::mentions::periods::{Expression, Role};

/// The expressions of time of a text, and its date.
#[derive(Debug)]
pub(super) struct Times {
    pub(super) today: Today,
    pub(super) all: Vec<Expression>,
}

impl Times {
    /// The expression that frames `position`: the nearest before it that begins at or after `from`.
    pub(super) fn before(&self, from: usize, position: usize) -> Option<&Expression> {
        let until = self.all.partition_point(|e| e.end <= position);
        self.all[..until].iter().rev().take_while(|e| e.start >= from).find(|e| e.role != Role::Comparison)
    }

    /// Expressions that overlap `start..end`.
    pub(super) fn within(&self, start: usize, end: usize) -> &[Expression] {
        let first = self.all.partition_point(|e| e.end <= start);
        let last = self.all.partition_point(|e| e.start < end);
        &self.all[first..last.max(first)]
    }

    /// Whether a period lies wholly after the document's date, as far as its year tells.
    pub(super) fn is_future(&self, iso: &str) -> bool {
        let end = iso.rsplit('/').next().unwrap_or(iso);
        match (end.get(..4).and_then(|year| year.parse::<i32>().ok()), self.today.year) {
            (Some(year), Some(now)) => year > now,
            _ => false,
        }
    }

    /// Whether a period has ended before the document's year.
    pub(super) fn is_past(&self, iso: &str) -> bool {
        let end = iso.rsplit('/').next().unwrap_or(iso);
        match (end.get(..4).and_then(|year| year.parse::<i32>().ok()), self.today.year) {
            (Some(year), Some(now)) => year < now,
            _ => false,
        }
    }
}

/// Fact or aim, by the nearest cue: `clause` is the figure's own up to its number, `earlier` the sentence before it.
pub(super) fn modality(lexicon: &Lexicon, clause: &[char], earlier: &[char], fixed: bool) -> Modality {
    let earlier = earlier.rsplit(|c| *c == '；').next().unwrap_or(earlier);
    let cue = |text: &[char]| lexicon.cues.last_in(text);
    let fact = |text: &[char]| lexicon.facts.last_in(text);
    let aims = |text: &[char]| match (cue(text), fact(text)) {
        (Some(cue), Some(fact)) => Some(cue > fact),
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (None, None) => None,
    };
    let decided = aims(clause).or_else(|| if fixed { None } else { aims(earlier) });
    if decided == Some(true) { Modality::Target } else { Modality::Actual }
}

/// Whether an indicator is a fixed fact of a project.
pub(super) fn is_fixed(lexicon: &Lexicon, indicator: &[char]) -> bool {
    head::contains(&lexicon.fixed, indicator)
}
