//! The first and the last day of a period written in ISO 8601.

/// First and last day (`YYYY-MM-DD`) of a year, quarter, half-year, month, day or a span between two of them.
pub fn days_of(period: &str) -> Option<(String, String)> {
    let (from, to) = period.split_once('/').unwrap_or((period, period));
    let (first, _) = single(from)?;
    let (_, last) = single(to)?;
    (first <= last).then_some((first, last))
}

fn single(period: &str) -> Option<(String, String)> {
    let mut parts = period.splitn(2, '-');
    let year = number(parts.next()?, 4)?;
    let Some(rest) = parts.next() else { return Some(months(year, 1, 12)) };
    if let Some(quarter) = rest.strip_prefix('Q') {
        let q = number(quarter, 1).filter(|q| (1..=4).contains(q))?;
        return Some(months(year, q * 3 - 2, q * 3));
    }
    if let Some(half) = rest.strip_prefix(['H', 'S']) {
        let h = number(half, 1).filter(|h| (1..=2).contains(h))?;
        return Some(months(year, h * 6 - 5, h * 6));
    }
    let (month, day) = rest.split_once('-').map_or((rest, None), |(m, d)| (m, Some(d)));
    let month = number(month, 2).filter(|m| (1..=12).contains(m))?;
    let Some(day) = day else { return Some(months(year, month, month)) };
    let day = number(day, 2).filter(|d| (1..=last_day(year, month)).contains(d))?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some((date.clone(), date))
}

fn number(digits: &str, length: usize) -> Option<u32> {
    (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn months(year: u32, first: u32, last: u32) -> (String, String) {
    let end = last_day(year, last);
    (format!("{year:04}-{first:02}-01"), format!("{year:04}-{last:02}-{end:02}"))
}

fn last_day(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::days_of;

    #[test]
    fn finds_the_days_of_every_form() {
        let days = |p| days_of(p).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(days("2021").as_deref(), Some("2021-01-01 2021-12-31"));
        assert_eq!(days("2021-Q1").as_deref(), Some("2021-01-01 2021-03-31"));
        assert_eq!(days("2021-H2").as_deref(), Some("2021-07-01 2021-12-31"));
        assert_eq!(days("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(days("2021-06-30").as_deref(), Some("2021-06-30 2021-06-30"));
        assert_eq!(days("2016/2020").as_deref(), Some("2016-01-01 2020-12-31"));
        assert_eq!(days("2022-01/2022-05").as_deref(), Some("2022-01-01 2022-05-31"));
    }

    #[test]
    fn gives_no_days_for_what_is_no_period() {
        for wrong in ["", "十四五", "2021-13", "2021-Q5", "2023-02-29", "2020/2016", "20211"] {
            assert_eq!(days_of(wrong), None, "{wrong}");
        }
    }
}
