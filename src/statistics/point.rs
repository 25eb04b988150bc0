//! A figure with its value as a number, its period as days, its quantity as a concept.

use crate::ontology::{Concept, indicator};
use crate::rdf::days_of;
use crate::store::Record;

/// A figure that can be computed with.
#[derive(Debug, Clone)]
pub struct Point {
    /// As it stands in the store.
    pub record: Record,
    /// The quantity.
    pub concept: Concept,
    /// In the base unit.
    pub value: f64,
    /// First and last day, where the period is known.
    pub days: Option<(String, String)>,
}

/// From where to where the true value may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// The most that rounding is taken to have changed a value, as a part of it.
const ROUNDING: f64 = 0.05;
/// How far "about" reaches, as a part of the value.
const ABOUT: f64 = 0.1;

impl Point {
    /// A figure whose value is a number.
    pub fn of(record: Record) -> Option<Self> {
        let value = record.figure.value.parse().ok()?;
        let concept = indicator(&record.figure.indicator);
        let days = days_of(&record.figure.period);
        Some(Self { record, concept, value, days })
    }

    /// Local name of what is measured: level, growth, share …
    pub fn measure(&self) -> &str {
        &self.record.figure.terms[0]
    }

    /// Local name of the bound.
    pub fn bound(&self) -> &str {
        &self.record.figure.terms[1]
    }

    /// Whether it is an aim.
    pub fn is_target(&self) -> bool {
        self.record.figure.terms[2] == "target"
    }

    /// The sign of the unit.
    pub fn unit(&self) -> &str {
        &self.record.figure.unit
    }

    /// ISO 8601, or empty.
    pub fn period(&self) -> &str {
        &self.record.figure.period
    }

    /// Whether it is an amount that is a fact.
    pub fn is_level(&self) -> bool {
        self.measure() == "level" && !self.is_target()
    }

    /// The year, where the period is one whole year.
    pub fn year(&self) -> Option<i32> {
        let period = self.period();
        (period.len() == 4).then(|| period.parse().ok()).flatten()
    }

    /// From where to where the true value may lie, with the rounding that its last digit shows.
    pub fn interval(&self) -> Interval {
        let (value, half) = (self.value, half_step(self.value));
        let around = |by: f64| Interval { low: value - by, high: value + by };
        match self.bound() {
            "over" => Interval { low: value, high: f64::INFINITY },
            "under" => Interval { low: f64::NEG_INFINITY, high: value },
            "about" => around((value.abs() * ABOUT).max(half)),
            _ => around(half),
        }
    }
}

impl Interval {
    /// Whether no value lies in both.
    pub fn excludes(self, other: Self) -> bool {
        self != other && (self.high <= other.low || other.high <= self.low)
    }
}

/// Half of one step of the last digit that is not zero.
fn half_step(value: f64) -> f64 {
    let digits = format!("{}", value.abs());
    let step = match digits.split_once('.') {
        Some((_, decimals)) => 10f64.powi(-i32::try_from(decimals.len()).unwrap_or(0)),
        None => {
            let zeros = digits.len() - digits.trim_end_matches('0').len();
            10f64.powi(i32::try_from(zeros).unwrap_or(0))
        }
    };
    (step / 2.0).min(value.abs() * ROUNDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_tells_how_far_a_value_was_rounded() {
        assert!((half_step(557_117_000_000.0) - 500_000.0).abs() < 1e-6);
        assert!((half_step(9.7) - 0.05).abs() < 1e-9);
        assert!((half_step(5e11) - 2.5e10).abs() < 1.0, "never more than a twentieth");
        assert!(half_step(0.0).abs() < 1e-12);
    }

    #[test]
    fn values_that_touch_exclude_one_another() {
        let of = |low, high| Interval { low, high };
        assert!(of(1.0, 2.0).excludes(of(2.0, 3.0)));
        assert!(!of(1.0, 2.5).excludes(of(2.0, 3.0)));
    }
}
