//! Two values of one cell.

use super::{Finding, Series, finding, series};
use crate::statistics::plain;
use crate::statistics::point::Point;
use std::collections::BTreeMap;

/// Compares each value of a cell with the first that it excludes: n values that all differ give n − 1 findings.
pub(super) fn check(facts: &[&Point]) -> Vec<Finding> {
    let mut cells: BTreeMap<(Series<'_>, &str, &str), Vec<&Point>> = BTreeMap::new();
    for point in facts.iter().filter(|p| p.days.is_some()) {
        cells.entry((series(point), point.measure(), point.period())).or_default().push(point);
    }
    let mut found = Vec::new();
    for points in cells.values().filter(|points| points.len() > 1) {
        let mut seen: Vec<f64> = vec![points[0].value];
        for (at, point) in points.iter().enumerate().skip(1) {
            if seen.contains(&point.value) {
                continue;
            }
            seen.push(point.value);
            let other = points[..at].iter().find(|o| excludes(o, point));
            found.extend(other.map(|other| two_values(other, point)));
        }
    }
    found
}

/// One sentence tells its values apart, even where it is repeated elsewhere: this year and last, one firm and another. Within a
/// document only quantities of the list are compared; others may be parts of what goes by one name.
fn excludes(one: &Point, other: &Point) -> bool {
    let (Some(a), Some(b)) = (one.record.figure.quotations.first(), other.record.figure.quotations.first())
    else {
        return false;
    };
    let comparable = a.document != b.document || one.concept.listed.is_some();
    comparable && a.sentence != b.sentence && one.interval().excludes(other.interval())
}

fn two_values(one: &Point, other: &Point) -> Finding {
    let (name, period) = (&one.concept.name, one.period());
    let (a, b) = (plain(one.value, one.unit()), plain(other.value, other.unit()));
    let words = (
        format!("{}{name}有两个数值：{a}与{b}", spelt(period)),
        format!("{name} in {period} has two values: {a} and {b}"),
    );
    finding("contradiction", &[one, other], words)
}

/// A year with its 年, other periods as they are.
pub(super) fn spelt(period: &str) -> String {
    if period.len() == 4 { format!("{period}年") } else { format!("{period} ") }
}
