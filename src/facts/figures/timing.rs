//! The period of a figure, and whether it is a fact or an aim.

use super::head;
use super::lexicon::Lexicon;
use crate::document::Modality;
use crate::mentions::calendar::Today;
use crate::mentions::periods::{Expression, Role, last_year};

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

    /// The latest year that frames anything in the text.
    pub(super) fn latest(&self) -> Option<&str> {
        self.all
            .iter()
            .filter(|e| e.role == Role::Frame)
            .filter_map(|e| e.iso.rsplit('/').next()?.get(..4))
            .max()
    }

    /// The periods of a list of years right before `position`: 2020年、2021年和2022年分别为.
    pub(super) fn listed(&self, from: usize, position: usize, chars: &[char]) -> Vec<String> {
        let until = self.all.partition_point(|e| e.end <= position);
        let mut list: Vec<&Expression> = Vec::new();
        for expression in self.all[..until].iter().rev().take_while(|e| e.start >= from) {
            let linked = list.last().is_none_or(|next| {
                next.start - expression.end <= 3
                    && chars[expression.end..next.start]
                        .iter()
                        .any(|c| matches!(c, '、' | '和' | '与' | '及'))
            });
            if !linked || expression.role != Role::Frame {
                break;
            }
            list.push(expression);
        }
        match list.as_slice() {
            [one] => years_of(&one.iso),
            _ => list.iter().rev().map(|e| e.iso.clone()).collect(),
        }
    }

    /// Expressions that overlap `start..end`.
    pub(super) fn within(&self, start: usize, end: usize) -> &[Expression] {
        let first = self.all.partition_point(|e| e.end <= start);
        let last = self.all.partition_point(|e| e.start < end);
        &self.all[first..last.max(first)]
    }

    /// The document's year, or else the latest that frames anything.
    fn now(&self) -> Option<i32> {
        self.today.year.or_else(|| self.latest()?.parse().ok())
    }

    /// Whether a period lies wholly after the document's date, as far as its year tells.
    pub(super) fn is_future(&self, iso: &str) -> bool {
        let later = self.today.reviewed.is_some_and(|review| review.is_before(iso));
        later || matches!((last_year(iso), self.now()), (Some(year), Some(now)) if year > now)
    }

    /// Whether a period has ended before the document's year.
    pub(super) fn is_past(&self, iso: &str) -> bool {
        matches!((last_year(iso), self.today.year), (Some(year), Some(now)) if year < now)
    }
}

/// Fact or aim, by the nearest cue: `clause` is the figure's own up to its number, `earlier` the sentence before it.
pub(super) fn modality(lexicon: &Lexicon, clause: &[char], earlier: &[char], fixed: bool) -> Modality {
    let earlier = earlier.rsplit(|c| *c == '；').next().unwrap_or(earlier);
    let cue = |text: &[char]| lexicon.cues.last_end(text);
    let fact = |text: &[char]| lexicon.facts.last_end(text);
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

/// The single years of 2019/2022; nothing for anything else.
fn years_of(iso: &str) -> Vec<String> {
    let ends: Vec<i32> = iso.split('/').filter_map(|year| year.parse().ok()).collect();
    match ends.as_slice() {
        [from, to] if to - from < 12 => (*from..=*to).map(|year| year.to_string()).collect(),
        _ => Vec::new(),
    }
}
