//! Where figures cannot all be right. Each rule is one file; a finding cites every sentence that it rests on and says what
//! does not fit; it never says which sentence is wrong.

mod contradiction;
mod growth;
mod parts;
mod single;
mod target;

use super::point::Point;
use crate::store::Quotation;
use std::collections::BTreeMap;

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// The thing that the figures are about.
    pub subject: String,
    /// In Chinese.
    pub chinese: String,
    /// In English.
    pub english: String,
    /// The sentences that it rests on.
    pub cited: Vec<Quotation>,
}

/// The rules with what each finds, in the order in which they are tried.
pub const RULES: [(&str, &str); 9] = [
    ("share-over-100", "a share or rate of more than 100 %"),
    ("fall-over-100", "a fall by more than 100 %"),
    ("contradiction", "two values of one quantity for one period that rounding does not explain"),
    ("growth-against-levels", "a rate of growth that two levels contradict"),
    ("growth-against-baseline", "a rate of growth that its own sentence contradicts: from A to B"),
    ("power-of-ten", "a level about ten, a hundred or ten thousand times that of the year before or after"),
    ("part-exceeds-whole", "a part that is larger than its whole"),
    ("sectors-against-total", "three sectors that do not add up to the regional product"),
    ("target-met", "an aim that had been reached before its time"),
];

/// All findings, in the order of the rules.
pub fn check(points: &[Point]) -> Vec<Finding> {
    let facts: Vec<&Point> = points.iter().filter(|p| !p.is_target()).collect();
    let mut found = single::check(&points.iter().collect::<Vec<_>>());
    found.extend(contradiction::check(&facts));
    found.extend(growth::check(&facts));
    found.extend(parts::check(&facts));
    found.extend(target::check(points));
    found.dedup();
    found
}

/// What one series is known by: subject, quantity, whole, unit.
type Series<'a> = (&'a str, &'a str, &'a str, &'a str);

fn series(point: &Point) -> Series<'_> {
    (&point.record.subject, &point.concept.key, &point.record.figure.of, point.unit())
}

/// Levels that are facts, by their series, in the order of their periods.
fn levels<'a>(facts: &[&'a Point]) -> BTreeMap<Series<'a>, Vec<&'a Point>> {
    let mut by: BTreeMap<Series<'a>, Vec<&'a Point>> = BTreeMap::new();
    for point in facts.iter().filter(|p| p.is_level() && p.days.is_some()) {
        by.entry(series(point)).or_default().push(point);
    }
    by.values_mut()
        .for_each(|points| points.sort_by(|a, b| (&a.days, a.period()).cmp(&(&b.days, b.period()))));
    by
}

/// A finding on some figures; nothing where a text repeats itself word for word.
fn finding(rule: &'static str, points: &[&Point], (chinese, english): (String, String)) -> Finding {
    let mut cited: Vec<Quotation> = Vec::new();
    for quotation in points.iter().filter_map(|p| p.record.figure.quotations.first()) {
        if !cited.contains(quotation) {
            cited.push(quotation.clone());
        }
    }
    let subject = points.first().map(|p| p.record.name.clone()).unwrap_or_default();
    Finding { rule, subject, chinese, english, cited }
}

#[cfg(test)]
mod tests;
