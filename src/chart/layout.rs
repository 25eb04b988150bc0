//! Lengths on paper: how wide words are, where an axis is marked, where lines break.

/// About how wide some words are at a size of one: Chinese characters take one, others half and a bit.
pub(super) fn width(words: &str) -> f64 {
    words.chars().map(|c| if c as u32 >= 0x2E80 { 1.0 } else { 0.56 }).sum()
}

/// Breaks words into lines no wider than `limit` (at a size of one).
pub(super) fn wrapped(words: &str, limit: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in words.chars() {
        let full = lines.last().is_some_and(|line| width(line) + width(&c.to_string()) > limit);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

/// Round numbers from below the least to above the greatest, about six.
pub(super) fn axis(least: f64, greatest: f64) -> Vec<f64> {
    let (least, greatest) =
        if least < greatest { (least, greatest) } else { (least.min(0.0), greatest.max(0.0)) };
    let span = if greatest > least { greatest - least } else { 1.0 };
    let step = round_step(span / 5.0);
    let first = (least / step).floor();
    let last = ((least + span) / step - 1e-9).ceil();
    let mut ticks = Vec::new();
    let mut at = first;
    while at <= last && ticks.len() < 20 {
        ticks.push(at * step);
        at += 1.0;
    }
    ticks
}

/// The next of 1, 2, 2.5, 5, 10 times a power of ten.
fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0];
    let fitting = steps.iter().find(|s| **s * power >= rough * 0.999);
    fitting.copied().unwrap_or(10.0) * power
}

/// A coordinate with at most two decimals, so that bytes do not depend on how a sum was rounded.
pub(super) fn at(value: f64) -> String {
    let text = format!("{:.2}", if value.abs() < 0.005 { 0.0 } else { value });
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_numbers_around_all_values() {
        assert_eq!(axis(0.0, 5571.17), [0.0, 2000.0, 4000.0, 6000.0]);
        assert_eq!(axis(-3.0, 9.7).first().map(|t| *t <= -3.0), Some(true));
        assert!(axis(5.0, 5.0).len() >= 2 && axis(0.0, 0.0).len() >= 2);
        assert!(axis(1e11, 1.3e12).last().is_some_and(|t| *t >= 1.3e12));
    }

    #[test]
    fn words_break_where_the_line_is_full() {
        assert_eq!(wrapped("一二三四五", 2.0), ["一二", "三四", "五"]);
        assert!((width("2021年") - 3.24).abs() < 1e-9);
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(at(12.0), "12");
        assert_eq!(at(12.3456), "12.35");
        assert_eq!(at(-0.001), "0");
    }
}
