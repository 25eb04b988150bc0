//! Which figures are asked for.

use super::point::Point;
use crate::document::Class;
use crate::ontology::{Concept, indicator};
use crate::rdf::days_of;
use std::collections::BTreeSet;

/// Facts, aims or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// Both.
    #[default]
    All,
    /// What is.
    Facts,
    /// What is aimed at.
    Targets,
}

/// A period that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodRange {
    /// Figures without a period.
    Undated,
    /// Figures whose days all lie within these.
    Within(String, String),
    /// Figures of which some days lie within these.
    Touching(String, String),
}

/// What is asked for; an empty list asks for everything.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// IRIs of the things that the figures are about.
    pub subjects: Option<BTreeSet<String>>,
    /// Beginnings of the GB/T 2260 codes of further things.
    pub codes: Vec<String>,
    /// Quantities.
    pub indicators: Vec<Concept>,
    /// Whether quantities below those are asked for too.
    pub narrower: Narrower,
    /// Periods.
    pub periods: Vec<PeriodRange>,
    /// Facts, aims or both.
    pub which: Which,
    /// Classes of the things.
    pub classes: Vec<Class>,
    /// Local names of measures.
    pub measures: Vec<String>,
}

/// How far the filter of indicators reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Narrower {
    /// The quantity itself, in any wording.
    #[default]
    Itself,
    /// And all quantities that the list puts below it.
    AndBelow,
}

impl PeriodRange {
    /// Reads `2021`, `2021-Q1`, `2016/2020` or `undated`.
    pub fn parse(text: &str, touching: Touching) -> Option<Self> {
        if text == "undated" {
            return Some(Self::Undated);
        }
        let (first, last) = days_of(text)?;
        Some(match touching {
            Touching::Whole => Self::Within(first, last),
            Touching::Overlap => Self::Touching(first, last),
        })
    }

    fn holds(&self, days: Option<&(String, String)>) -> bool {
        match (self, days) {
            (Self::Undated, days) => days.is_none(),
            (_, None) => false,
            (Self::Within(first, last), Some((from, to))) => first <= from && to <= last,
            (Self::Touching(first, last), Some((from, to))) => from <= last && first <= to,
        }
    }
}

/// Whether a figure's period must lie within the one that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touching {
    /// All of it.
    Whole,
    /// Some of it.
    Overlap,
}

impl Selection {
    /// Whether a figure is asked for.
    pub fn takes(&self, point: &Point) -> bool {
        self.takes_subject(point)
            && self.takes_indicator(point)
            && (self.periods.is_empty() || self.periods.iter().any(|p| p.holds(point.days.as_ref())))
            && match self.which {
                Which::All => true,
                Which::Facts => !point.is_target(),
                Which::Targets => point.is_target(),
            }
            && (self.classes.is_empty() || self.classes.iter().any(|c| c.as_str() == point.record.class))
            && (self.measures.is_empty() || self.measures.iter().any(|m| m == point.measure()))
    }

    fn takes_subject(&self, point: &Point) -> bool {
        let Some(subjects) = &self.subjects else { return true };
        let code = &point.record.code;
        subjects.contains(&point.record.subject)
            || self.codes.iter().any(|start| code.starts_with(start.as_str()))
    }

    fn takes_indicator(&self, point: &Point) -> bool {
        let below = |wanted: &Concept| {
            self.narrower == Narrower::AndBelow
                && point.concept.above().0.iter().any(|i| indicator(&i.name).key == wanted.key)
        };
        let asked = |wanted: &Concept| point.concept.key == wanted.key || below(wanted);
        self.indicators.is_empty() || self.indicators.iter().any(asked)
    }
}

/// What a code of a division begins with when it lies in the division of another code: 1401 for 140100, 14 for 140000.
pub fn stem_of_code(code: &str) -> Option<String> {
    let stem = code.strip_suffix("0000").or_else(|| code.strip_suffix("00")).unwrap_or(code);
    (stem.len() >= 2).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_holds_its_quarters_and_months_and_touches_what_spans_it() {
        let year = PeriodRange::parse("2021", Touching::Whole).unwrap();
        let touched = PeriodRange::parse("2021", Touching::Overlap).unwrap();
        for (period, within, touching) in [
            ("2021", true, true),
            ("2021-Q1", true, true),
            ("2021-05", true, true),
            ("2016/2025", false, true),
            ("2022", false, false),
        ] {
            let days = days_of(period);
            assert_eq!(
                (year.holds(days.as_ref()), touched.holds(days.as_ref())),
                (within, touching),
                "{period}"
            );
        }
        assert!(PeriodRange::parse("undated", Touching::Whole).unwrap().holds(None) && !year.holds(None));
        assert_eq!(PeriodRange::parse("soon", Touching::Whole), None);
    }

    #[test]
    fn a_division_holds_the_codes_that_begin_as_its_own() {
        assert_eq!(stem_of_code("140000").as_deref(), Some("14"));
        assert_eq!(stem_of_code("140100").as_deref(), Some("1401"));
        assert_eq!(stem_of_code("140105").as_deref(), Some("140105"));
    }
}
