//! Growth against the levels before and after it.

use super::contradiction::spelt;
use super::{Finding, finding, levels, series};
use crate::statistics::plain;
use crate::statistics::point::{Interval, Point};

/// How far growth may stray from what levels give, in percentage points: revisions and comparable coverage.
const TOLERANCE: f64 = 2.0;
/// The same where statistics give growth in constant prices and levels in current ones.
const REAL_TOLERANCE: f64 = 10.0;
/// Quantities whose growth is given in constant prices.
const REAL: [&str; 3] = ["生产总值", "增加值", "可支配收入"];

pub(super) fn check(facts: &[&Point]) -> Vec<Finding> {
    let mut found: Vec<Finding> = facts.iter().filter_map(|growth| against_levels(growth, facts)).collect();
    found.extend(facts.iter().filter_map(|growth| against_baseline(growth, facts)));
    found.extend(levels(facts).values().flat_map(|points| slips(points)));
    found
}

fn is_growth(point: &Point) -> bool {
    point.measure() == "growth" && point.unit() == "%"
}

fn of_same(growth: &Point, level: &Point) -> bool {
    let ((subject, concept, _, _), (other, same, _, _)) = (series(growth), series(level));
    level.is_level() && subject == other && concept == same && !matches!(level.unit(), "%" | "pp" | "rank")
}

fn tolerance(point: &Point) -> f64 {
    if REAL.iter().any(|end| point.concept.name.ends_with(end)) { REAL_TOLERANCE } else { TOLERANCE }
}

/// The growth that two levels allow.
fn allowed(before: Interval, after: Interval) -> Option<Interval> {
    let sound =
        before.low > 0.0 && before.high.is_finite() && after.high.is_finite() && after.low.is_finite();
    sound.then(|| Interval {
        low: (after.low / before.high - 1.0) * 100.0,
        high: (after.high / before.low - 1.0) * 100.0,
    })
}

fn strays(growth: &Point, allowed: Interval) -> bool {
    let by = tolerance(growth);
    growth.interval().excludes(Interval { low: allowed.low - by, high: allowed.high + by })
}

fn against_levels(growth: &Point, facts: &[&Point]) -> Option<Finding> {
    let year = growth.year().filter(|_| is_growth(growth))?;
    let of_year =
        |year: i32| facts.iter().copied().filter(move |p| of_same(growth, p) && p.year() == Some(year));
    let pairs = of_year(year).flat_map(|after| of_year(year - 1).map(move |before| (before, after)));
    let fits = |(before, after): &(&Point, &Point)| {
        before.unit() == after.unit()
            && allowed(before.interval(), after.interval()).is_some_and(|a| !strays(growth, a))
    };
    let mut pairs: Vec<_> = pairs
        .filter(|(b, a)| b.unit() == a.unit() && allowed(b.interval(), a.interval()).is_some())
        .collect();
    if pairs.iter().any(fits) {
        return None;
    }
    let (before, after) = pairs.drain(..).next()?;
    Some(stray("growth-against-levels", growth, (before, after)))
}

fn stray(rule: &'static str, growth: &Point, (before, after): (&Point, &Point)) -> Finding {
    let name = &growth.concept.name;
    let stated = plain(growth.value, "%");
    let (a, b) = (plain(before.value, before.unit()), plain(after.value, after.unit()));
    let computed = plain(((after.value / before.value - 1.0) * 1000.0).round() / 10.0, "%");
    let (from, to) = (spelt(before.period()), spelt(after.period()));
    let words = (
        format!("{name}：{from}{a}，{to}{b}，即增长{computed}，而所述增速为{stated}"),
        format!("{name}: {from}{a}, {to}{b}, a growth of {computed}, while {stated} is stated"),
    );
    finding(rule, &[growth, before, after], words)
}

/// From A to B, up by a rate, in one sentence.
fn against_baseline(growth: &Point, facts: &[&Point]) -> Option<Finding> {
    let sentence = growth.record.figure.quotations.first().filter(|_| is_growth(growth))?;
    let beside = |p: &&Point| {
        p.record
            .figure
            .quotations
            .first()
            .is_some_and(|q| q.document == sentence.document && q.sentence == sentence.sentence)
    };
    let level = facts
        .iter()
        .copied()
        .filter(|p| of_same(growth, p))
        .filter(beside)
        .find(|p| !p.record.figure.baseline.is_empty())?;
    let mut before = level.clone();
    before.value = level.record.figure.baseline.parse().ok()?;
    let allowed = allowed(before.interval(), level.interval())?;
    strays(growth, allowed).then(|| stray("growth-against-baseline", growth, (&before, level)))
}

/// A unit that slipped: 万 for 亿, 元 for 万元. Only quantities that change slowly are looked at.
fn slips(points: &[&Point]) -> Vec<Finding> {
    let mut found = Vec::new();
    let slow: Vec<&Point> =
        points.iter().copied().filter(|p| p.concept.listed.is_some_and(|i| i.sum) && p.value > 0.0).collect();
    for pair in slow.windows(2) {
        let [one, other] = pair else { continue };
        let (Some(a), Some(b)) = (one.year(), other.year()) else { continue };
        let power = (other.value / one.value).log10().abs();
        let near = [1.0, 2.0, 3.0, 4.0].iter().any(|whole| (power - whole).abs() < 0.09);
        if near && (b - a) == 1 {
            found.push(slip(one, other));
        }
    }
    found
}

fn slip(one: &Point, other: &Point) -> Finding {
    let name = &one.concept.name;
    let (a, b) = (plain(one.value, one.unit()), plain(other.value, other.unit()));
    let (from, to) = (spelt(one.period()), spelt(other.period()));
    let words = (
        format!("{name}：{from}{a}，{to}{b}，相差约十的整数次方，单位可能有误"),
        format!("{name}: {from}{a}, {to}{b}, about a power of ten apart; a unit may be wrong"),
    );
    finding("power-of-ten", &[one, other], words)
}
