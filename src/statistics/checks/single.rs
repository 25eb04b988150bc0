//! What one figure alone cannot be.

use super::{Finding, finding};
use crate::ontology::may_be_negative;
use crate::statistics::plain;
use crate::statistics::point::Point;

pub(super) fn check(points: &[&Point]) -> Vec<Finding> {
    points.iter().filter_map(|point| share(point).or_else(|| fall(point))).collect()
}

/// A whole has no part of more than a hundred percent. "Less than 120 %" is no such claim.
fn share(point: &Point) -> Option<Finding> {
    let part = point.measure() == "share"
        || (point.measure() == "level" && point.concept.listed.is_some_and(|i| i.share));
    let over = part && point.unit() == "%" && point.value > 100.0 && point.bound() != "under";
    over.then(|| {
        let (name, value) = (&point.concept.name, plain(point.value, "%"));
        let words = (format!("{name}为{value}，超过100%"), format!("{name} is {value}, more than 100 %"));
        finding("share-over-100", &[point], words)
    })
}

fn fall(point: &Point) -> Option<Finding> {
    let over = point.measure() == "growth"
        && point.unit() == "%"
        && point.value < -100.0
        && !may_be_negative(&point.concept.name)
        && point.bound() != "over";
    over.then(|| {
        let (name, value) = (&point.concept.name, plain(-point.value, "%"));
        let words =
            (format!("{name}下降{value}，超过100%"), format!("{name} fell by {value}, more than 100 %"));
        finding("fall-over-100", &[point], words)
    })
}
