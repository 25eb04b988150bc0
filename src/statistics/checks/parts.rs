//! Parts against their wholes.

use super::contradiction::spelt;
use super::{Finding, finding};
use crate::ontology::indicator;
use crate::statistics::plain;
use crate::statistics::point::Point;
use crate::statistics::selection::stem_of_code;
use std::collections::BTreeMap;

/// The sectors that make up the regional product without overlap.
const SECTORS: [&str; 3] = ["第一产业增加值", "第二产业增加值", "第三产业增加值"];
const TOTAL: &str = "地区生产总值";
/// How far the sum of the sectors may stray from the total, as a part of it.
const STRAY: f64 = 0.01;

pub(super) fn check(facts: &[&Point]) -> Vec<Finding> {
    let levels: Vec<&Point> = facts.iter().copied().filter(|p| p.is_level() && p.days.is_some()).collect();
    let mut found: Vec<Finding> = Vec::new();
    for part in &levels {
        found.extend(
            largest(&levels, |whole| of_indicator(part, whole)).and_then(|whole| exceeds(part, whole)),
        );
        found.extend(largest(&levels, |whole| of_place(part, whole)).and_then(|whole| exceeds(part, whole)));
    }
    found.extend(sectors(&levels));
    found
}

/// Of several values of a whole the largest: others may be parts that go by its name. "More than" is no limit.
fn largest<'a>(levels: &[&'a Point], whole: impl Fn(&Point) -> bool) -> Option<&'a Point> {
    levels
        .iter()
        .copied()
        .filter(|p| whole(p) && p.interval().high.is_finite())
        .max_by(|a, b| a.value.total_cmp(&b.value))
}

/// Whether both are for the same time and in the same unit.
fn comparable(part: &Point, whole: &Point) -> bool {
    part.unit() == whole.unit() && part.days == whole.days
}

fn of_indicator(part: &Point, whole: &Point) -> bool {
    let above = || part.concept.listed.into_iter().flat_map(|i| indicator(&i.name).above().0);
    part.record.subject == whole.record.subject
        && comparable(part, whole)
        && above().any(|i| indicator(&i.name).key == whole.concept.key)
}

/// A county cannot have more than its city of what adds up over places; codes tell what lies in what.
fn of_place(part: &Point, whole: &Point) -> bool {
    let (inner, outer) = (&part.record.code, &whole.record.code);
    inner != outer
        && part.concept.key == whole.concept.key
        && part.concept.listed.is_some_and(|i| i.sum)
        && inner.len() == 6
        && outer.len() == 6
        && stem_of_code(outer).is_some_and(|stem| inner.starts_with(&stem))
        && comparable(part, whole)
}

/// A finding where the part is surely more than the whole.
fn exceeds(part: &Point, whole: &Point) -> Option<Finding> {
    if part.interval().low <= whole.interval().high {
        return None;
    }
    let told = |p: &Point| format!("{}{}", p.record.name, p.concept.name);
    let (a, b) = (plain(part.value, part.unit()), plain(whole.value, whole.unit()));
    let (part_of, of, when) = (told(part), told(whole), spelt(part.period()));
    let words = (
        format!("{when}{part_of}为{a}，大于其整体{of}的{b}"),
        format!("{when}{part_of} is {a}, more than its whole {of}, {b}"),
    );
    Some(finding("part-exceeds-whole", &[part, whole], words))
}

fn sectors(levels: &[&Point]) -> Vec<Finding> {
    let mut by: BTreeMap<(&str, &str, &str), BTreeMap<&str, &Point>> = BTreeMap::new();
    for point in levels.iter().copied().filter(|p| p.bound() == "exact") {
        let place = by.entry((&point.record.subject, point.period(), point.unit())).or_default();
        place.entry(point.concept.name.as_str()).or_insert(point);
    }
    by.values().filter_map(add_up).collect()
}

fn add_up(place: &BTreeMap<&str, &Point>) -> Option<Finding> {
    let total = place.get(TOTAL)?;
    let parts: Vec<&Point> = SECTORS.iter().map(|name| place.get(name).copied()).collect::<Option<_>>()?;
    let sum: f64 = parts.iter().map(|p| p.value).sum();
    ((sum - total.value).abs() > total.value.abs() * STRAY).then(|| {
        let (a, b, when) =
            (plain(sum, total.unit()), plain(total.value, total.unit()), spelt(total.period()));
        let words = (
            format!("{when}三次产业增加值合计{a}，而地区生产总值为{b}"),
            format!("{when}the three sectors add up to {a}, while the regional product is {b}"),
        );
        let all: Vec<&Point> = std::iter::once(*total).chain(parts).collect();
        finding("sectors-against-total", &all, words)
    })
}
