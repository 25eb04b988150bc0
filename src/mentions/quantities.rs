//! Quantities: a number with its unit and the words that bound it, in base units.
//!
//! Goes in: folded characters. Comes out: every [`Quantity`] in reading order. Dates, numbers of documents, telephone
//! numbers and the like have no unit and so are none; whether a quantity measures anything is decided where figures are
//! read.

mod parts;
mod unit;

use super::bounds;
use super::numbers::{self, Form, Number};
use super::units::{self, Kind};
use crate::document::Bound;
use crate::text::View;
use parts::{read_fraction, read_slash, read_word};
use unit::{bare_count, bare_money, counted_behind, is_other_word, shared_unit};

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// First character, with the bound that stands before.
    pub start: usize,
    /// First character of the number itself.
    pub number: usize,
    /// First character of the unit; for 三成 and 一半 the end.
    pub unit_at: usize,
    /// One past the last character, with the bound that stands after.
    pub end: usize,
    /// In the base unit; the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// The base unit.
    pub unit: &'static str,
    /// What the unit measures.
    pub kind: Kind,
    /// How the value bounds the true one.
    pub bound: Bound,
    /// How the number is written.
    pub form: Form,
}

impl Quantity {
    /// One whose unit is no word of its own: 三成, 翻番, 居首位. It stands from `start` to `end`, its number from `number`.
    pub fn without_unit_word(
        (start, number, end): (usize, usize, usize),
        value: f64,
        (unit, kind): (&'static str, Kind),
        bound: Bound,
    ) -> Self {
        let form = Form::Chinese;
        Self { start, number, unit_at: end, end, value, upper: None, unit, kind, bound, form }
    }
}

/// Finds all quantities of a view.
pub fn find(view: &View) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.len() {
        if !numbers::begins(view.chars[at]) && !matches!(view.chars[at], '半' | '过' | '翻') {
            at += 1;
            continue;
        }
        match read(view, at) {
            Some(Step::Found(quantity)) => {
                at = quantity.end.max(at + 1);
                found.push(quantity);
            }
            Some(Step::Skip(end)) => at = end.max(at + 1),
            None => at += 1,
        }
    }
    found
}

enum Step {
    Found(Quantity),
    Skip(usize),
}

fn read(view: &View, at: usize) -> Option<Step> {
    let chars = &view.chars;
    if let Some(quantity) = read_word(chars, at) {
        return Some(Step::Found(quantity));
    }
    let number = numbers::read(chars, &view.gap, at)?;
    if let Some(fraction) = read_slash(view, &number) {
        return Some(Step::Found(fraction));
    }
    if is_part_of_word(chars, &number) {
        return Some(Step::Skip(number.end));
    }
    if is_ordinal(chars, at) || is_vague(chars, &number) {
        return Some(Step::Skip(number.end));
    }
    if let Some(fraction) = read_fraction(view, &number) {
        return Some(Step::Found(fraction));
    }
    let (number, upper) = read_range(view, number);
    match measured(chars, &number, upper) {
        Some(quantity) => Some(Step::Found(quantity)),
        None => Some(Step::Skip(number.end)),
    }
}

/// Letters before a number make it a name: PM2.5, G20, 5G is one by its unit.
fn is_part_of_word(chars: &[char], number: &Number) -> bool {
    let before = number.start.checked_sub(1).map(|i| chars[i]);
    number.form == Form::Digits
        && before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '#' | '≥' | '≤' | '>' | '<'))
}

/// 数十个, 几千万: only an order is told.
fn is_vague(chars: &[char], number: &Number) -> bool {
    let before = number.start.checked_sub(1).map(|at| chars[at]);
    let magnitude = matches!(chars[number.start], '十' | '百' | '千' | '万' | '亿');
    magnitude && matches!(before, Some('数' | '几'))
}

fn is_ordinal(chars: &[char], at: usize) -> bool {
    at > 0 && matches!(chars[at - 1], '第' | '初' | '周' | '星')
}

trait EqPrefix: Iterator<Item = char> + Sized {
    /// Whether the iterator begins with all of `word`.
    fn eq_prefix(mut self, word: &str) -> bool {
        word.chars().all(|c| self.next() == Some(c))
    }
}

impl<I: Iterator<Item = char>> EqPrefix for I {}

fn bound_before(chars: &[char], at: usize, given: Bound) -> (Bound, usize) {
    match bounds::before(chars, at) {
        Some((bound, start)) => (if given == Bound::Over { given } else { bound }, start),
        None => (given, at),
    }
}

fn bound_after(chars: &[char], at: usize, given: Bound) -> (Bound, usize) {
    match bounds::after(chars, at) {
        Some((Bound::About, end)) if given == Bound::Over => (given, end),
        Some((bound, end)) => (bound, end),
        None => (given, at),
    }
}

/// The upper end of 6至8亿元 and 5%-8%; the number then ends where the range ends.
fn read_range(view: &View, number: Number) -> (Number, Option<f64>) {
    let chars = &view.chars;
    let unit = units::find(chars, number.end).map_or(0, |found| found.len);
    let plain = |from: usize| {
        let dash = chars.get(from).is_some_and(|c| matches!(c, '-' | '~' | '～' | '—' | '至' | '到' | '－'));
        let long = usize::from(chars.get(from) == Some(&'—') && chars.get(from + 1) == Some(&'—'));
        dash.then_some(from + 1 + long)
    };
    let next = plain(number.end).or_else(|| (unit > 0).then(|| plain(number.end + unit)).flatten());
    let Some(upper) = next.and_then(|from| numbers::read(chars, &view.gap, from)) else {
        return (number, None);
    };
    let Some(found) = units::find(chars, upper.end) else { return (number, None) };
    if found.unit.kind == Kind::Other || upper.value <= 0.0 {
        return (number, None);
    }
    let same_unit = unit == 0 || found.len == unit;
    let magnitude =
        if number.value < upper.value && unit == 0 { scale(number.value, upper.value) } else { 1.0 };
    if !same_unit || number.value * magnitude >= upper.value {
        return (number, None);
    }
    let joined = Number { end: upper.end, value: number.value * magnitude, ..number };
    (joined, Some(upper.value))
}

/// What 6 in 6至8亿 is to be multiplied by.
fn scale(low: f64, high: f64) -> f64 {
    for magnitude in [1e12, 1e8, 1e4] {
        if high >= magnitude && low < 1e4 {
            return magnitude;
        }
    }
    1.0
}

fn measured(chars: &[char], number: &Number, upper: Option<f64>) -> Option<Quantity> {
    let (value, unit_at) = halves(chars, number);
    let shared = shared_unit(chars, number);
    let bare = || bare_count(chars, number).or_else(|| bare_money(chars, number));
    let found = shared
        .or_else(|| counted_behind(chars, number))
        .or_else(bare)
        .or_else(|| units::find(chars, unit_at))?;
    if found.unit.kind == Kind::Other || is_other_word(chars, number, unit_at, &found) {
        return None;
    }
    let mut end = unit_at + found.len;
    let mut value = value;
    let halved = matches!(found.unit.kind, Kind::Time) || found.unit.base == "mu";
    if halved && chars.get(end) == Some(&'半') && number.takes_half() {
        value += 0.5;
        end += 1;
    }
    let given = match number {
        Number { more: true, .. } => Bound::Over,
        Number { form: Form::Magnitude, start, .. } if *start > 0 && chars[*start - 1] == '上' => {
            Bound::Over
        }
        Number { form: Form::Magnitude, .. } if found.unit.kind == Kind::Money => Bound::About,
        _ => Bound::Exact,
    };
    let minus = usize::from(is_negative(chars, number, found.unit.kind));
    let (bound, start) = bound_before(chars, number.start - minus, given);
    let (bound, end) = bound_after(chars, end, bound);
    let sign = if minus == 1 { -1.0 } else { 1.0 };
    Some(Quantity {
        start,
        number: number.start,
        unit_at,
        end,
        value: tidy(value * found.factor * sign),
        upper: upper.map(|u| tidy(u * found.factor)),
        unit: &found.unit.base,
        kind: found.unit.kind,
        bound,
        form: number.form,
    })
}

/// 净利润-7.36亿元: a hyphen behind a word is a minus, behind a number or a letter it joins.
fn is_negative(chars: &[char], number: &Number, kind: Kind) -> bool {
    let rated = matches!(kind, Kind::Money | Kind::Percent | Kind::Point);
    let word = |c: &char| !c.is_ascii() && numbers::digit(*c).is_none() && !"年月日元%—-－".contains(*c);
    let before = &chars[..number.start];
    rated && matches!(before, [.., c, '-' | '－'] if word(c))
}

impl Number {
    fn takes_half(&self) -> bool {
        !self.more && self.value < 1000.0
    }
}

/// 个半月 and 半年 apart, a unit follows the number directly.
fn halves(chars: &[char], number: &Number) -> (f64, usize) {
    if chars[number.end..].iter().take(3).copied().eq_prefix("个半月") {
        return (number.value + 0.5, number.end);
    }
    (number.value, number.end)
}

/// Rids a product of its floating dust: 13.56 × 10000 is 135600.
fn tidy(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}
