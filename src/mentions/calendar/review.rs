//! The time under review in a report on work, a yearbook or a bulletin, as its title tells.

use crate::mentions::periods::last_year;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A year under review, or some months of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The year.
    pub year: i32,
    /// The first month and the last, where not the whole year is reviewed.
    pub months: Option<(u32, u32)>,
    /// Whether the text is only the part that plans the year after.
    pub planned: bool,
}

impl Review {
    /// A whole year.
    pub(super) fn of_year(year: i32) -> Self {
        Self { year, months: None, planned: false }
    }

    /// As ISO 8601: what figures belong to that tell no time.
    pub fn iso(&self) -> String {
        let year = self.year + i32::from(self.planned);
        self.months.map_or_else(|| year.to_string(), |(from, to)| format!("{year}-{from:02}/{year}-{to:02}"))
    }

    /// Whether a period, as ISO 8601, ends in a later year.
    pub fn is_before(&self, iso: &str) -> bool {
        last_year(iso).is_some_and(|end| end > self.year)
    }
}

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by every test")]
static TITLES: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    [
        // What a year or a part of it was like: 2022年国民经济和社会发展统计公报, 一、2021年工作回顾.
        r"(?P<year>(?:19|20)\d\d)年度?(?P<part>上半年|前三季度|一季度)?[^，。；、]{0,24}?(?:统计公报|工作总结|工作回顾|工作情况|经济运行)|(?P<annual>(?:19|20)\d\d)年度[^，。；、]{0,12}?工作报告",
        // A yearbook tells of the year before: 某市年鉴（2018）.
        r"年鉴[（(]?(?P<book>(?:19|20)\d\d)|(?P<volume>(?:19|20)\d\d)年?[^，。；、]{0,8}年鉴",
        // A report is given at the beginning of the next year: 某市政府工作报告（2024年）.
        r"(?:工作报告|人大报告|人代会报告)[^，。；]{0,8}?(?P<after>(?:19|20)\d\d)年|(?P<before>(?:19|20)\d\d)年[^，。；度]{0,12}?(?:工作报告|人大报告|人代会报告)",
        // 2023年1月6日在某市第十一届人民代表大会第二次会议上.
        r"(?P<given>(?:19|20)\d\d)年[1-4]月(?:\d{1,2}日)?在[^，。；]{2,20}代表大会",
        // The plan of a year, which may stand alone: 二、2014年工作任务.
        r"(?P<planned>(?:19|20)\d\d)年[^，。；、]{0,6}?(?:工作任务|工作安排|工作打算|工作部署|目标任务|主要任务|重点工作|总体要求)",
    ]
    .map(|pattern| Regex::new(pattern).unwrap())
});

/// The longest line that is a title, in characters.
const LONGEST: usize = 60;

/// What the titles at the head of a text say that is reviewed, and the year in which the text speaks.
pub(super) fn titled(head: &str) -> Option<(Review, i32)> {
    let lines: Vec<&str> =
        head.lines().filter(|line| line.chars().count() <= LONGEST && !line.contains(['。', '；'])).collect();
    let pairs: Vec<String> = lines.windows(2).map(<[&str]>::concat).collect();
    let find = |pattern: &Regex| lines.iter().find_map(|line| pattern.captures(line));
    let [bulletin, yearbook, report, congress, plan] = &*TITLES;
    let over_two = || pairs.iter().find_map(|pair| report.captures(pair));
    let given = find(report).or_else(|| find(congress)).or_else(over_two).and_then(|found| year(&found));
    let reviewed = find(bulletin)
        .and_then(|found| Some(Review { year: year(&found)?, months: part(&found), planned: false }));
    let planned = find(plan).and_then(|found| year(&found)).filter(|_| reviewed.is_none());
    match (reviewed, given.or(planned)) {
        (Some(review), given) => Some((review, given.map_or(review.year, |given| given.max(review.year)))),
        (None, Some(given)) => {
            Some((Review { planned: planned.is_some(), ..Review::of_year(given - 1) }, given))
        }
        (None, None) => {
            let year = year(&find(yearbook)?)? - 1;
            Some((Review::of_year(year), year))
        }
    }
}

fn year(found: &Captures<'_>) -> Option<i32> {
    let groups = found.iter().skip(1).flatten();
    groups.map(|group| group.as_str()).find_map(|text| text.parse().ok())
}

fn part(found: &Captures<'_>) -> Option<(u32, u32)> {
    match found.name("part")?.as_str() {
        "上半年" => Some((1, 6)),
        "前三季度" => Some((1, 9)),
        _ => Some((1, 3)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str) -> Option<(String, i32)> {
        titled(head).map(|(review, year)| (review.iso(), year))
    }

    #[test]
    fn a_report_given_in_one_year_reviews_the_year_before() {
        let said = Some(("2013".to_owned(), 2014));
        assert_eq!(of("某市政府工作报告（2014年）\n　　各位代表：\n"), said);
        assert_eq!(of("某市2014年政府工作报告（摘要）\n"), said);
        assert_eq!(of("政府工作报告\n——2014年1月8日在某市第四届人民代表大会第三次会议上\n"), said);
        assert_eq!(of("某市政府工作报告（节选）\n（2014年1月）\n"), said);
        assert_eq!(of("某区政府工作报告（2014年）\n一、2013年工作回顾\n"), said);
    }

    #[test]
    fn a_bulletin_reviews_its_own_year_or_a_part_of_it_and_a_yearbook_the_year_before() {
        assert_eq!(of("某市2022年国民经济和社会发展统计公报\n"), Some(("2022".to_owned(), 2022)));
        assert_eq!(of("2023年前三季度某市经济运行情况\n"), Some(("2023-01/2023-09".to_owned(), 2023)));
        assert_eq!(of("某某开发区2022年度工作报告\n"), Some(("2022".to_owned(), 2022)));
        assert_eq!(of("某县年鉴（2018）\n"), Some(("2017".to_owned(), 2017)));
    }

    #[test]
    fn the_plan_of_a_year_may_stand_alone() {
        let plan = "某市政府工作报告（2014年）\n二、2014年工作任务\n";
        assert_eq!(of(plan), Some(("2014".to_owned(), 2014)));
        let whole = "某市政府工作报告（2014年）\n一、2013年工作回顾\n二、2014年工作任务\n";
        assert_eq!(of(whole), Some(("2013".to_owned(), 2014)));
    }

    #[test]
    fn what_a_sentence_says_of_reports_is_no_title() {
        assert_eq!(of("记者从市里获悉，2023年政府工作报告提出的任务，正在落实。\n"), None);
        assert_eq!(of("某市工业增长 政府工作报告任务落实\n2022年，全市产值增长。\n"), None);
        assert_eq!(of("某市工业增长\n2022年，全市产值增长。\n"), None);
    }
}
