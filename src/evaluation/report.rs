//! Precision, recall and F1, and how they are printed.

use serde::{Serialize, Serializer, ser::SerializeMap};
use std::collections::BTreeMap;
use std::fmt;

/// How many were right of how many in the gold annotation and in the system's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found and right.
    pub right: usize,
    /// In the gold annotation.
    pub gold: usize,
    /// Found.
    pub system: usize,
}

impl Counts {
    pub(super) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.gold += other.gold;
        self.system += other.system;
    }

    /// The part of what was found that is right, to four digits.
    pub fn precision(self) -> f64 {
        to_four_digits(ratio(self.right, self.system))
    }

    /// The part of the gold annotation that was found, to four digits.
    pub fn recall(self) -> f64 {
        to_four_digits(ratio(self.right, self.gold))
    }

    /// The harmonic mean of both, to four digits.
    pub fn f1(self) -> f64 {
        let (p, r) = (ratio(self.right, self.system), ratio(self.right, self.gold));
        to_four_digits(if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn to_four_digits(value: f64) -> f64 {
    format!("{value:.4}").parse().unwrap_or(value)
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("precision", &self.precision())?;
        map.serialize_entry("recall", &self.recall())?;
        map.serialize_entry("f1", &self.f1())?;
        map.serialize_entry("right", &self.right)?;
        map.serialize_entry("gold", &self.gold)?;
        map.serialize_entry("system", &self.system)?;
        map.end()
    }
}

/// What is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The same start, end and type.
    Mentions,
    /// Per document the same type and a name in common.
    Entities,
    /// The same predicate between the same entities, or the same value.
    Relations,
    /// Every field of a figure.
    Observations,
    /// Value, unit, measure and indicator of a figure.
    Figures,
}

impl Level {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 5] =
        [Self::Mentions, Self::Entities, Self::Relations, Self::Observations, Self::Figures];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Mentions => "mentions",
            Self::Entities => "entities",
            Self::Relations => "relations",
            Self::Observations => "observations",
            Self::Figures => "figures",
        })
    }
}

/// A wrong or missing entity or relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The document's id.
    pub document: String,
    /// `missed entity`, `wrong relation` …
    pub kind: &'static str,
    /// Type and name of the entity, or both ends and predicate of the relation.
    pub parts: Vec<String>,
}

/// The result of scoring.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub(super) levels: BTreeMap<Level, Counts>,
    /// Mentions and entities by type, relations by predicate.
    pub(super) types: BTreeMap<(String, String), Counts>,
    /// Mentions pooled into the three kinds that every tagger knows.
    pub(super) kinds: BTreeMap<&'static str, Counts>,
    /// What was missed and what was wrong.
    pub differences: Vec<Difference>,
}

impl Report {
    /// The figures of one level.
    pub fn level(&self, level: Level) -> Counts {
        self.levels.get(&level).copied().unwrap_or_default()
    }

    /// The rows of the table: the levels, then whatever else is asked for.
    pub fn rows(&self, parts: &[Part]) -> Vec<(String, Counts)> {
        let mut rows: Vec<_> = Level::ALL.map(|level| (level.to_string(), self.level(level))).into();
        if parts.contains(&Part::Types) {
            rows.extend(
                self.types.iter().map(|((level, kind), counts)| (format!("  {level}/{kind}"), *counts)),
            );
        }
        if parts.contains(&Part::Kinds) {
            rows.extend(self.kinds.iter().map(|(kind, counts)| (format!("  kinds/{kind}"), *counts)));
        }
        rows
    }
}

/// What a report shows besides its levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Mentions and entities by type, relations by predicate.
    Types,
    /// Mentions of persons, of places and zones, of enterprises and organizations.
    Kinds,
}

/// A table of counts, one row each, as wide as the reference scorer's.
pub fn print(rows: &[(String, Counts)]) -> String {
    let mut out =
        format!("{:28} {:>7} {:>7} {:>7} {:>6} {:>6} {:>6}\n", "", "P", "R", "F1", "right", "gold", "system");
    for (label, counts) in rows {
        let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
        let line = format!(
            "{label:28} {p:7.3} {r:7.3} {f1:7.3} {:6} {:6} {:6}\n",
            counts.right, counts.gold, counts.system
        );
        out.push_str(&line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_of_nothing_is_zero() {
        assert_eq!((Counts::default().precision(), Counts::default().f1()), (0.0, 0.0));
    }

    #[test]
    fn figures_have_four_digits() {
        let counts = Counts { right: 2, gold: 3, system: 7 };
        assert_eq!(
            serde_json::to_string(&counts).unwrap(),
            r#"{"precision":0.2857,"recall":0.6667,"f1":0.4,"right":2,"gold":3,"system":7}"#
        );
    }
}
