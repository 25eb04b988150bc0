//! The document's own date: stamped at its head, told by its dateline, or else the latest year it names; and the time
//! under review in a report on work.

mod review;

pub use review::Review;

use crate::text::{LineKind, Text};
use regex::Regex;
use std::sync::LazyLock;

/// When a document was written, as far as it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Today {
    /// The year, if anything tells it.
    pub year: Option<i32>,
    /// The month, if a date is given.
    pub month: Option<u32>,
    /// Whether the year was only inferred from the years that the text names.
    pub inferred: bool,
    /// What the text reports on as a whole, where it is no news but a report on work, a yearbook or a bulletin.
    pub reviewed: Option<Review>,
}

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test")]
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"((?:19|20)\d\d)(?:[-/.]([01]?\d)[-/.]([0-3]?\d)|年([01]?\d)月([0-3]?\d)日)").unwrap()
});

/// A stamp at the very beginning whose own beginning a crawler cut off, or which lacks a mark: 23-07-30 09:03.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test")]
static CUT_STAMP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\W{0,3}(?:20)?(\d\d)[-/.]?([01]\d)[-/.]([0-3]\d)\s*[0-2]\d:[0-5]\d").unwrap()
});

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test")]
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([01]?\d)月([0-3]?\d)日(?:，)?(?:上午|下午|晚)?(?:电|讯|消息|报道|（|，)").unwrap()
});

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test")]
static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(.{0,6}?)((?:19|20)\d\d)(?:年|[-/.][01]?\d[-/.])").unwrap());

/// How far the head of a document reaches, in characters of the view.
const HEAD: usize = 400;

/// How far its first sentences reach, in characters of the view.
const LEAD: usize = 160;

/// Reads the date of a document.
pub fn today(text: &Text) -> Today {
    let view = &text.view;
    let head = view.slice(0, view.len().min(HEAD));
    if let Some((review, year)) = review::titled(&head) {
        return Today { year: Some(year), month: None, inferred: true, reviewed: Some(review) };
    }
    if let Some((year, month)) =
        stamped(&head).or_else(|| stamped(&view.slice(view.len().saturating_sub(160), view.len())))
    {
        return Today { year: Some(year), month: Some(month), inferred: false, reviewed: None };
    }
    let month = DATELINE.captures(&head).and_then(|c| c[1].parse().ok()).filter(|m| (1..=12).contains(m));
    let all: String = view.chars.iter().collect();
    let report = month.is_none() && is_report(&all);
    let year = latest_year(&all, report).filter(|_| report || month.is_some() || all.contains("今年"));
    let reviewed = year.filter(|_| report).map(Review::of_year);
    Today { year, month, inferred: true, reviewed }
}

/// Where running text begins: the first sentence that ends like one.
pub(super) fn body(text: &Text) -> usize {
    let ends =
        |end: usize| end.checked_sub(1).is_some_and(|last| matches!(text.view.chars[last], '。' | '；'));
    let body = text.sentences.iter().find(|s| s.kind == LineKind::Body && ends(s.end));
    body.map_or(0, |sentence| sentence.start)
}

/// A date with year, month and day that stands as a stamp and not within a sentence.
fn stamped(head: &str) -> Option<(i32, u32)> {
    let Some(found) = STAMP.captures_iter(head).find(|c| is_stamp(head, c)) else {
        let cut = CUT_STAMP.captures(head)?;
        let month = cut[2].parse().ok().filter(|month| (1..=12).contains(month))?;
        return Some((2000 + cut[1].parse::<i32>().ok()?, month));
    };
    let month =
        found.get(2).or_else(|| found.get(4))?.as_str().parse().ok().filter(|m| (1..=12).contains(m))?;
    Some((found[1].parse().ok()?, month))
}

fn is_stamp(head: &str, found: &regex::Captures<'_>) -> bool {
    let Some(whole) = found.get(0) else { return false };
    let (before, after) = (&head[..whole.start()], &head[whole.end()..]);
    let labelled = before
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '\n' | '：' | '[' | '【' | '（' | '|' | '网' | '报'));
    let clock = after
        .chars()
        .next()
        .is_none_or(|c| c.is_ascii_digit() || matches!(c, '\n' | '，' | ']' | '】' | '）' | '来' | '|'));
    let dashed = found.get(2).is_some();
    (dashed && (labelled || clock))
        || (labelled && clock && !after.starts_with('，'))
        || ["时间：", "日期："].iter().any(|label| before.ends_with(label))
        || is_sent(after)
        || is_byline(before, after)
}

/// 某社某地1987年7月15日电, 《某报》1994年10月11日第2版.
fn is_sent(after: &str) -> bool {
    ["电", "讯", "消息", "报道", "第"].iter().any(|word| after.starts_with(word))
}

/// A short line that is no sentence: who wrote for which paper, and when.
fn is_byline(before: &str, after: &str) -> bool {
    const LONGEST: usize = 48;
    let line =
        [before.rsplit('\n').next().unwrap_or(before), after.split('\n').next().unwrap_or(after)].concat();
    line.chars().count() <= LONGEST
        && !line.contains(['。', '，'])
        && ["报", "网", "社", "记者", "来源", "刊"].iter().any(|word| line.contains(word))
}

/// Whether a text without a date is a report on work and not news.
fn is_report(text: &str) -> bool {
    const NEWS: &[&str] =
        &["记者", "本报", "正文", "日报", "新华", "网讯", "讯（", "来源：", "电（", "报道", "编辑"];
    const REPORT: &[&str] = &[
        "各位代表",
        "我们",
        "政府工作",
        "迈出",
        "过去一年",
        "一年来",
        "五年来",
        "工作报告",
        "新跃升",
        "取得新",
        "全年",
        "圆满",
        "年鉴",
    ];
    !NEWS.iter().any(|word| text.contains(word)) && REPORT.iter().any(|word| text.contains(word))
}

/// The latest year that is named, but as the end of a plan or the start of a comparison. In news it must be named
/// twice, or at the head.
fn latest_year(text: &str, dated: bool) -> Option<i32> {
    let ends_plan = |before: &str| before.ends_with(['到', '至', '-', '—']);
    let named: Vec<(i32, usize)> = YEAR
        .captures_iter(text)
        .filter(|c| !ends_plan(&c[1]) && !c.get(0).is_some_and(|m| text[m.end()..].starts_with("以来")))
        .filter_map(|c| Some((c[2].parse().ok()?, c.get(2)?.start())))
        .filter(|(year, _)| (1949..=2060).contains(year))
        .collect();
    let latest = named.iter().map(|(year, _)| *year).max()?;
    let mut places = named.iter().filter(|(year, _)| *year == latest).map(|(_, at)| *at);
    let early = places.next().is_some_and(|at| text[..at].chars().count() < LEAD);
    (dated || early || places.next().is_some()).then_some(latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Today {
        today(&Text::new(text))
    }

    #[test]
    fn a_stamp_at_the_head_gives_year_and_month() {
        assert_eq!(
            of("2023-08-04 18:24，正文：某市工业增长。"),
            Today { year: Some(2023), month: Some(8), inferred: false, reviewed: None }
        );
        assert_eq!(of("标题\n发布时间：2011-03-16\n正文在此。").year, Some(2011));
    }

    #[test]
    fn a_stamp_may_be_cut_off_or_labelled() {
        assert_eq!(of("23-07-30 09:03，正文：某市工业增长。").year, Some(2023));
        assert_eq!(of("202308/18 08:16:39，正文：某市工业增长。").year, Some(2023));
        assert_eq!(
            of("某市书记访谈\n访谈时间：2020年12月3日　主持人：某某\n某市工业增长。").year,
            Some(2020)
        );
        assert_eq!(of("12-13 09:03，正文：某市工业增长。").year, None);
    }

    #[test]
    fn a_dateline_or_a_byline_may_tell_the_whole_date() {
        assert_eq!(of("标题\n某社某市１９８７年７月１５日电　工业增长。").year, Some(1987));
        assert_eq!(
            of("标题\n本报记者 《某某日报》（１９９４年１０月１１日第２版）\n正文在此。").year,
            Some(1994)
        );
        assert_eq!(of("标题\n2008年12月19日  某某晚报  某某 文/图\n正文在此。").year, Some(2008));
        assert_eq!(of("某厂自1987年7月15日起投产，产值增长。").year, None);
    }

    #[test]
    fn without_a_stamp_the_latest_year_counts_but_not_a_deadline() {
        let found = of("某社某市7月2日电 2014年产值增长。2014年出口下降，力争到2025年翻番。");
        assert_eq!(found, Today { year: Some(2014), month: Some(7), inferred: true, reviewed: None });
    }

    #[test]
    fn a_text_without_dates_has_none() {
        assert_eq!(of("某市工业增长。"), Today { year: None, month: None, inferred: true, reviewed: None });
    }

    #[test]
    fn a_text_that_speaks_of_this_year_is_of_the_latest_year_it_names_again() {
        let text = "今年3月，某市贸易额下降。2015年一季度，某市贸易额为8亿元。2015年，某市设立新区。";
        let inferred = Today { year: Some(2015), month: None, inferred: true, reviewed: None };
        assert_eq!(of(text), inferred);
        assert_eq!(of("2015年一季度，某市贸易额为8亿元。2015年，某市设立新区。").year, None);
    }
}
