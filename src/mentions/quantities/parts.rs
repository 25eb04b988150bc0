//! Parts of a whole: 百分之九点七, 三分之一, 七成, 约1/4, 半数, 翻番.

use super::{EqPrefix, Quantity, bound_after, bound_before};
use crate::document::Bound;
use crate::mentions::numbers::{self, Form, Number};
use crate::mentions::units::Kind;
use crate::text::View;

const PERCENT: (&str, Kind) = ("%", Kind::Percent);

/// 半数, 过半, 一半, 翻番.
pub(super) fn read_word(chars: &[char], at: usize) -> Option<Quantity> {
    const WORDS: &[(&str, f64, &str, Kind, Bound)] = &[
        ("半数以上", 50.0, "%", Kind::Percent, Bound::Over),
        ("半数", 50.0, "%", Kind::Percent, Bound::Exact),
        ("过半", 50.0, "%", Kind::Percent, Bound::Over),
        ("一半以上", 50.0, "%", Kind::Percent, Bound::Over),
        ("一半", 50.0, "%", Kind::Percent, Bound::Exact),
    ];
    if chars[at] == '翻' {
        return read_doublings(chars, at);
    }
    let rest = &chars[at..(at + 4).min(chars.len())];
    let (word, value, unit, kind, bound) = WORDS.iter().find(|w| rest.iter().copied().eq_prefix(w.0))?;
    let len = word.chars().count();
    if *word == "一半" && chars.get(at + 2).is_some_and(|c| matches!(c, '是' | '路')) {
        return None;
    }
    let (bound, start) = bound_before(chars, at, *bound);
    let end = at + len;
    Some(Quantity::without_unit_word((start, at, end), *value, (unit, *kind), bound))
}

/// 翻番, 翻了两番: twice, four times; 翻倍: twice.
fn read_doublings(chars: &[char], at: usize) -> Option<Quantity> {
    let mut end = at + 1 + usize::from(chars.get(at + 1) == Some(&'了'));
    let count = chars.get(end).copied().and_then(numbers::digit);
    end += usize::from(count.is_some());
    let value = match chars.get(end)? {
        '番' => 2_f64.powi(i32::try_from(count.unwrap_or(1)).ok()?),
        '倍' if count.is_none_or(|count| count == 1) => 2.0,
        _ => return None,
    };
    let (bound, end) = bound_after(chars, end + 1, Bound::Exact);
    let (bound, start) = bound_before(chars, at, bound);
    Some(Quantity::without_unit_word((start, at, end), value, ("times", Kind::Times), bound))
}

/// 百分之九点七, 三分之一, 七成, 一成八.
pub(super) fn read_fraction(view: &View, number: &Number) -> Option<Quantity> {
    let chars = &view.chars;
    let follows = |text: &str| chars[number.end..].iter().take(2).copied().eq_prefix(text);
    let (value, end, bound) = if follows("分之") {
        let upper = numbers::read(chars, &view.gap, number.end + 2)?;
        let share = percentage(upper.value, number.value);
        let value = if number.value == 100.0 { upper.value } else { share };
        (value, upper.end, if upper.more { Bound::Over } else { Bound::Exact })
    } else if is_tenths(chars, number) {
        let (hundredths, len) = hundredths(chars, number.end + 1);
        (number.value * 10.0 + hundredths, number.end + 1 + len, Bound::Exact)
    } else {
        return None;
    };
    let (bound, start) = bound_before(chars, number.start, bound);
    let (bound, end) = bound_after(chars, end, bound);
    let share = Quantity::without_unit_word((start, number.start, end), value, PERCENT, bound);
    Some(Quantity { form: number.form, ..share })
}

/// 约占全市1/4, 全国1/10的粮食.
pub(super) fn read_slash(view: &View, number: &Number) -> Option<Quantity> {
    let chars = &view.chars;
    let plain = number.form == Form::Digits && number.end - number.start == 1;
    if !plain || chars.get(number.end) != Some(&'/') {
        return None;
    }
    let whole = numbers::read(chars, &view.gap, number.end + 1)?;
    let marked = chars.get(whole.end).is_none_or(|c| "的，。；、以左强".contains(*c));
    let before = number.start.checked_sub(1).map_or('。', |at| chars[at]);
    if !marked
        || before.is_ascii_alphanumeric()
        || before == '/'
        || !(2.0..=20.0).contains(&whole.value)
        || number.value >= whole.value
    {
        return None;
    }
    let (bound, start) = bound_before(chars, number.start, Bound::Exact);
    let (bound, end) = bound_after(chars, whole.end, bound);
    let value = percentage(number.value, whole.value);
    let share = Quantity::without_unit_word((start, number.start, end), value, PERCENT, bound);
    Some(Quantity { form: number.form, ..share })
}

/// A part of a whole in percent, to two places.
fn percentage(part: f64, whole: f64) -> f64 {
    (part / whole * 10_000.0).round() / 100.0
}

/// What 半 or a digit behind 成 adds in percent, and how long it is: 三成半, 五成九.
fn hundredths(chars: &[char], at: usize) -> (f64, usize) {
    match chars.get(at) {
        Some('半') => (5.0, 1),
        Some(c) => numbers::digit(*c).filter(|d| *d > 0).map_or((0.0, 0), |d| (f64::from(d), 1)),
        None => (0.0, 0),
    }
}

/// 一成 is a tenth only beside a bound or a mark: 一成不变 is none.
fn is_tenths(chars: &[char], number: &Number) -> bool {
    let next = chars.get(number.end + 1).copied().unwrap_or('。');
    let follows = match number.value as u32 {
        1 => "半以多左有，。；、）二三四五六七八九".contains(next),
        _ => !"立为本果员功品长都就分熟形势城套人交型绩份渝因".contains(next),
    };
    matches!(number.form, Form::Chinese | Form::Digits)
        && number.end - number.start == 1
        && (1.0..10.0).contains(&number.value)
        && chars.get(number.end) == Some(&'成')
        && follows
}
