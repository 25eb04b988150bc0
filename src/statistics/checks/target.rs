//! Aims that had been reached before their time.

use super::contradiction::spelt;
use super::{Finding, finding, series};
use crate::ontology::falls_when_better;
use crate::statistics::plain;
use crate::statistics::point::Point;

pub(super) fn check(points: &[Point]) -> Vec<Finding> {
    let aims = points.iter().filter(|p| p.is_target() && p.days.is_some() && is_amount(p));
    aims.filter_map(|aim| met(aim, points)).collect()
}

fn is_amount(point: &Point) -> bool {
    matches!(point.measure(), "level" | "share") && !matches!(point.unit(), "rank" | "day" | "month" | "year")
}

/// The earliest fact before the deadline that is as good as the aim. Several aims of one quantity for one time (a plan and its
/// revision) are each looked at.
fn met(aim: &Point, points: &[Point]) -> Option<Finding> {
    let falling = falls(aim);
    let (_, deadline) = aim.days.as_ref()?;
    let reached = |fact: &&Point| {
        let interval = fact.interval();
        if falling { interval.high <= aim.value } else { interval.low >= aim.value }
    };
    let before =
        |fact: &&Point| fact.days.as_ref().is_some_and(|(_, last)| last < deadline) && same_length(fact, aim);
    let facts =
        points.iter().filter(|p| !p.is_target() && p.measure() == aim.measure() && series(p) == series(aim));
    let fact = facts.filter(before).filter(reached).min_by(|a, b| a.days.cmp(&b.days))?;
    let name = &aim.concept.name;
    let (had, wanted) = (plain(fact.value, fact.unit()), plain(aim.value, aim.unit()));
    let (then, by) = (spelt(fact.period()), spelt(aim.period()));
    let words = (
        format!("{name}的{by}目标为{wanted}，而{then}已为{had}"),
        format!("the aim for {name}, {by}, is {wanted}, while it was {had} in {then}"),
    );
    Some(finding("target-met", &[aim, fact], words))
}

/// A year's sum says nothing of a month's.
fn same_length(fact: &Point, aim: &Point) -> bool {
    (fact.period().len() == aim.period().len()) || !aim.concept.listed.is_some_and(|i| i.sum)
}

/// Whether less is better: the list says so, or the aim itself starts from more.
fn falls(aim: &Point) -> bool {
    let from: Option<f64> = aim.record.figure.baseline.parse().ok();
    from.map_or_else(|| falls_when_better(&aim.concept.name), |from| from > aim.value)
}
