//! Quantities: a number with its unit and the words that bound it, in base units.
//!
//! Goes in: folded characters. Comes out: every [`Quantity`] in reading order. Dates, numbers of documents, telephone
//! numbers and the like have no unit and so are none; whether a quantity measures anything is decided where figures are
//! read.

use super::bounds;
use super::numbers::{self, Form, Number};
use super::units::{self, Kind};
use crate::document::Bound;
use crate::text::View;

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

/// 半数, 过半, 一半, 翻番.
fn read_word(chars: &[char], at: usize) -> Option<Quantity> {
    const WORDS: &[(&str, f64, &str, Kind, Bound)] = &[
        ("半数以上", 50.0, "%", Kind::Percent, Bound::Over),
        ("半数", 50.0, "%", Kind::Percent, Bound::Exact),
        ("过半", 50.0, "%", Kind::Percent, Bound::Over),
        ("一半以上", 50.0, "%", Kind::Percent, Bound::Over),
        ("一半", 50.0, "%", Kind::Percent, Bound::Exact),
        ("翻番", 2.0, "times", Kind::Times, Bound::Exact),
        ("翻一番", 2.0, "times", Kind::Times, Bound::Exact),
        ("翻了一番", 2.0, "times", Kind::Times, Bound::Exact),
        ("翻了番", 2.0, "times", Kind::Times, Bound::Exact),
        ("翻一倍", 2.0, "times", Kind::Times, Bound::Exact),
        ("翻了一倍", 2.0, "times", Kind::Times, Bound::Exact),
        ("翻两番", 4.0, "times", Kind::Times, Bound::Exact),
        ("翻了两番", 4.0, "times", Kind::Times, Bound::Exact),
    ];
    let rest = &chars[at..(at + 4).min(chars.len())];
    let (word, value, unit, kind, bound) = WORDS.iter().find(|w| rest.iter().copied().eq_prefix(w.0))?;
    let len = word.chars().count();
    if *word == "一半" && chars.get(at + 2).is_some_and(|c| matches!(c, '是' | '路')) {
        return None;
    }
    let (bound, start) = bound_before(chars, at, *bound);
    let end = at + len;
    Some(Quantity {
        start,
        number: at,
        unit_at: end,
        end,
        value: *value,
        upper: None,
        unit,
        kind: *kind,
        bound,
        form: Form::Chinese,
    })
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

/// 百分之九点七, 三分之一, 七成.
fn read_fraction(view: &View, number: &Number) -> Option<Quantity> {
    let chars = &view.chars;
    let follows = |text: &str| chars[number.end..].iter().take(2).copied().eq_prefix(text);
    let (value, end, bound) = if follows("分之") {
        let upper = numbers::read(chars, &view.gap, number.end + 2)?;
        let share = upper.value / number.value * 100.0;
        let value = if number.value == 100.0 { upper.value } else { (share * 10.0).round() / 10.0 };
        (value, upper.end, if upper.more { Bound::Over } else { Bound::Exact })
    } else if is_tenths(chars, number) {
        let half = usize::from(chars.get(number.end + 1) == Some(&'半'));
        let tenths = if half == 1 { number.value + 0.5 } else { number.value };
        (tenths * 10.0, number.end + 1 + half, Bound::Exact)
    } else {
        return None;
    };
    let (bound, start) = bound_before(chars, number.start, bound);
    let (bound, end) = bound_after(chars, end, bound);
    Some(Quantity {
        start,
        number: number.start,
        unit_at: end,
        end,
        value,
        upper: None,
        unit: "%",
        kind: Kind::Percent,
        bound,
        form: number.form,
    })
}

fn is_tenths(chars: &[char], number: &Number) -> bool {
    let next = chars.get(number.end + 1).copied().unwrap_or('。');
    number.form == Form::Chinese
        && number.end - number.start == 1
        && (2.0..10.0).contains(&number.value)
        && chars.get(number.end) == Some(&'成')
        && !"立为本果员功品长都就分熟形势城套人交型绩份渝因".contains(next)
}

fn bound_after(chars: &[char], at: usize, given: Bound) -> (Bound, usize) {
    match bounds::after(chars, at) {
        Some((Bound::About, end)) if given != Bound::Exact => (given, end),
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
    let found = shared.or_else(|| units::find(chars, unit_at)).or_else(|| bare_money(chars, number))?;
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
    let (bound, start) = bound_before(chars, number.start, given);
    let (bound, end) = bound_after(chars, end, bound);
    Some(Quantity {
        start,
        number: number.start,
        unit_at,
        end,
        value: tidy(value * found.factor),
        upper: upper.map(|u| tidy(u * found.factor)),
        unit: &found.unit.base,
        kind: found.unit.kind,
        bound,
        form: number.form,
    })
}

/// 6.7个、5.2个百分点 and 8.5、9.1%: the unit stands behind the last number only.
fn shared_unit(chars: &[char], number: &Number) -> Option<units::Found> {
    let mut at = number.end + usize::from(chars.get(number.end) == Some(&'个'));
    if number.form != Form::Digits || !matches!(chars.get(at), Some('、' | '和' | '及' | '与')) {
        return None;
    }
    for _ in 0..4 {
        if !matches!(chars.get(at), Some('、' | '和' | '及' | '与')) || !chars.get(at + 1)?.is_ascii_digit()
        {
            return None;
        }
        let next = numbers::read(chars, &[], at + 1)?;
        if let Some(found) =
            units::find(chars, next.end).filter(|f| matches!(f.unit.kind, Kind::Point | Kind::Percent))
        {
            return Some(units::Found { len: 0, ..found });
        }
        at = next.end + usize::from(chars.get(next.end) == Some(&'个'));
    }
    None
}

/// 投资超40亿: an amount in 亿 that a mark ends is money.
fn bare_money(chars: &[char], number: &Number) -> Option<units::Found> {
    let ends = chars
        .get(number.end)
        .is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '\n' | '）' | '！' | '？' | '大'));
    let unit = units::base("CNY")?;
    (ends && number.form != Form::Chinese && chars[number.end - 1] == '亿').then_some(units::Found {
        len: 0,
        unit,
        factor: 1.0,
    })
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

/// Words that begin like a number with its unit: 一方面, 三户 as a name, 千人计划, 2021年.
fn is_other_word(chars: &[char], number: &Number, unit_at: usize, found: &units::Found) -> bool {
    let end = unit_at + found.len;
    if found.len == 0 {
        return false;
    }
    let next = chars.get(end).copied().unwrap_or('。');
    let short = number.form == Form::Digits && number.end - number.start == 4;
    match found.unit.base.as_str() {
        "year" => {
            ((short || number.form == Form::Chinese) && (1000.0..2200.0).contains(&number.value))
                || "级代份度产均".contains(next)
        }
        "month" => false,
        "m" => "其".contains(next) || (chars[unit_at] == 'm' && next.is_ascii_alphabetic()),
        "t" => {
            chars[unit_at] == 't' && next.is_ascii_alphabetic()
                || (chars[unit_at] == '克' && "服难拉".contains(next))
        }
        "km" => chars[unit_at] == '里' && found.len == 1,
        "CNY" => "旦素件".contains(next),
        "person" => {
            "民员才事物".contains(next) || (chars[unit_at] == '位' && "于居列置一数次".contains(next))
        }
        "count" => is_uncounted(chars, number, unit_at, next),
        "m3" => {
            chars[unit_at] == '方'
                && found.len == 1
                && (number.form != Form::Digits || "面案式向法便位".contains(next))
        }
        "kWh" => number.form != Form::Digits && chars[unit_at] == '度',
        _ => false,
    }
}

fn is_uncounted(chars: &[char], number: &Number, unit_at: usize, next: char) -> bool {
    let unit = chars[unit_at];
    if number.end == number.start + 1 && chars[number.start] == '二' {
        return true;
    }
    match unit {
        '面' => "向对临积貌".contains(next),
        '项' => number.form == Form::Chinese && next == '规',
        '条' => "例款".contains(next),
        '处' => "于理在".contains(next),
        '部' => "分门署委队".contains(next),
        '期' => number.value < 20.0,
        '类' | '层' | '片' | '道' | '组' | '班' | '线' | '口' | '门' | '单' | '把' | '手' | '本' | '起' => {
            number.form != Form::Digits && number.value < 20.0 || "岸径".contains(next)
        }
        '次' => "要数方性日产".contains(next),
        '头' => number.form != Form::Digits && number.value < 20.0,
        '市' | '县' | '乡' | '镇' | '村' => {
            number.form != Form::Digits || next == '区' || next == '委' || next == '长'
        }
        _ => false,
    }
}

/// Rids a product of its floating dust: 13.56 × 10000 is 135600.
fn tidy(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}
