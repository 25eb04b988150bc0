//! Expressions of time and the periods they name, as ISO 8601.
//!
//! Goes in: a text. Comes out: every [`Expression`] in reading order, resolved against the document's date and the years
//! named before. What a figure's period is, is decided where figures are read.

use super::calendar::{self, Today};
use super::numbers;
use crate::text::{LineKind, Text};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What an expression of time does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Frames what follows: 2021年, 上半年.
    Frame,
    /// A day: 8月3日.
    Day,
    /// The end that something is to reach: 到2025年, “十四五”末.
    Deadline,
    /// Only compared with: 比2020年, 去年同期.
    Comparison,
    /// The document's own time: 目前, 截至目前; without a period where that is unknown.
    Now,
    /// A span up to now: 五年来.
    Since,
}

/// Words that name a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// First character in the view.
    pub start: usize,
    /// One past the last character in the view.
    pub end: usize,
    /// ISO 8601; of a day the month.
    pub iso: String,
    /// The day of the month, for a single day.
    pub day: Option<u32>,
    /// What it does.
    pub role: Role,
}

const PATTERN: &str = concat!(
    r"(?P<plan>“?(?P<nth>十[一二三四五六]|[六七八九])五”?(?P<planend>(?:规划|计划|时期)?(?:期?末|收官|结束|期满)?))",
    r"|(?P<span>(?P<y1>Y)年?(?:-|—{1,2}|至|到|~|～)(?P<y2>Y)年?)",
    r"|(?P<begun>(?P<from>YEAR)年(?:\d{1,2}月)?(?:至今|[^，。；、\d]{1,6}以来))",
    r"|(?P<account>(?P<of>YEAR年?|今年)(?P<report>第?[一三]季度?报告?|半年度?报告?|中期?报告?))",
    r"|(?P<dated>(?P<year>Y年度?|今年|去年|前年|明年|后年|本年度?|当年|上年|同年|这一年|次年)的?(?P<part>PART)?(?P<since>以来|起)?)",
    r"|(?P<bare>PART)(?P<baresince>以来)?",
    r"|(?P<past>(?:近|最近|过去|这|连续|经过|历时|前|刚过去的)?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个)?(?:多)?年(?P<come>来|间|以来|里)?)",
    r"|(?P<now>到目前为止|截至目前|截止目前|截至发稿|目前|当前|现有|现共有|如今|现已)",
    r"|(?P<future>(?:未来|今后|下一个|接下来|后)(?P<m>\d{1,2}|[一二两三四五六七八九十]{1,3})年)",
);
const YEAR: &str = r"(?:(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})";
const PART: &str = concat!(
    r"(?:前(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?月(?:份)?|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月?(?:份)?(?:-|—{1,2}|至|到|~|～)(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?",
    r"|第?[一二三四]季度末|上半年|下半年|前半年|前三季度|前二季度|前两季度|第?[一二三四]季度|首季度?|[1-4]季度|(?:第?[一二三]至|前)[二三]季度",
    r"|\d{1,2}月(?:份)?(?:\d{1,2}日?[-—至]{1,2})?(?:\d{1,2}日)?(?:底|末|初|中旬|上旬|下旬)?|年底前?|年末|年内|全年|年初|底前?|末|初)"
);

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test")]
static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        &PATTERN
            .replace("PART", PART)
            .replace("YEAR", YEAR)
            .replace("Y年", &format!("{YEAR}年"))
            .replace(">Y)", &format!(">{YEAR})")),
    )
    .unwrap()
});

/// Finds all expressions of time, and the document's date.
pub fn find(text: &Text) -> (Today, Vec<Expression>) {
    let today = calendar::today(text);
    let mut found = Vec::new();
    let mut buffer = String::new();
    let mut frame = today.reviewed.map(|review| review.year);
    let body = body_of(text, today);
    for sentence in text.sentences.iter().filter(|s| s.kind != LineKind::Furniture) {
        let chars = &text.view.chars[sentence.start..sentence.end];
        if !chars.iter().any(|c| matches!(c, '年' | '月' | '季' | '五' | '目' | '前' | '现' | '今' | '报'))
        {
            continue;
        }
        buffer.clear();
        buffer.extend(chars);
        let mut resolver = Resolver { today, context: None, frame, chars, offset: sentence.start };
        let (mut byte, mut at) = (0, 0);
        for captures in EXPRESSION.captures_iter(&buffer) {
            let Some(whole) = captures.get(0) else { continue };
            at += buffer[byte..whole.start()].chars().count();
            byte = whole.start();
            let len = whole.as_str().chars().count();
            found.extend(resolver.resolve(&captures, at, at + len));
        }
        frame = resolver.context.filter(|_| sentence.start >= body).or(frame);
    }
    (today, found)
}

/// Where the body of a report begins; years in the titles above it frame nothing.
pub fn body_of(text: &Text, today: Today) -> usize {
    if today.reviewed.is_some() { calendar::body(text) } else { 0 }
}

struct Resolver<'a> {
    today: Today,
    /// The year named last in this sentence.
    context: Option<i32>,
    /// The year framed last in an earlier sentence of the text.
    frame: Option<i32>,
    chars: &'a [char],
    offset: usize,
}

impl Resolver<'_> {
    fn resolve(&mut self, captures: &Captures<'_>, start: usize, end: usize) -> Option<Expression> {
        let before = start.checked_sub(1).map(|i| self.chars[i]);
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.' || c == '第') {
            return None;
        }
        let afterwards = self.chars[start] == '后' && before.is_some_and(|c| "成产网用营工运".contains(c));
        if afterwards {
            return None;
        }
        let before = self.context;
        let (iso, role) = self.period(captures, start, end)?;
        let role = self.role(role, start, end);
        if role == Role::Comparison {
            self.context = before;
        }
        let day = if iso.len() == MONTH { day_of(&self.chars[start..end]) } else { None };
        Some(Expression { start: start + self.offset, end: end + self.offset, iso, day, role })
    }

    fn period(&mut self, captures: &Captures<'_>, start: usize, end: usize) -> Option<(String, Role)> {
        let get = |name: &str| captures.name(name).map(|m| m.as_str());
        if get("plan").is_some() {
            return self.plan(get("nth")?, get("planend").unwrap_or(""), start);
        }
        if get("span").is_some() {
            let (from, to) = (year_number(get("y1")?)?, year_number(get("y2")?)?);
            self.context = Some(to);
            return (from < to && to - from < 60).then(|| (format!("{from}/{to}"), Role::Frame));
        }
        if get("begun").is_some() {
            let (from, now) = (year_number(get("from")?)?, self.today.year?);
            self.context = Some(now);
            return (from < now).then(|| (format!("{from}/{now}"), Role::Since));
        }
        if let Some(year) = get("of") {
            return self.account(year, get("report")?);
        }
        if let Some(year) = get("year") {
            return self.dated(year, get("part"), get("since").is_some());
        }
        if let Some(part) = get("bare") {
            return self.undated(part, start, end);
        }
        if get("past").is_some() {
            return self.past(captures);
        }
        if get("now").is_some() {
            let year = self.today.year.filter(|_| !self.today.inferred);
            return Some((year.map(|y| y.to_string()).unwrap_or_default(), Role::Now));
        }
        let years = count(get("m")?)?;
        let year = self.today.year?;
        Some((format!("{year}/{}", year + years - 1), Role::Deadline))
    }

    /// “十四五” is 2021/2025, its end 2025.
    fn plan(&self, nth: &str, end: &str, start: usize) -> Option<(String, Role)> {
        let quoted = self.chars.get(start) == Some(&'“');
        let n = count(nth)?;
        if !quoted && n < 10 {
            return None;
        }
        let first = 2016 + (n - 13) * 5;
        let last = first + 4;
        if end.contains('末') || end.contains("收官") || end.contains("结束") || end.contains("期满") {
            return Some((last.to_string(), Role::Deadline));
        }
        (!end.starts_with('规') && !end.starts_with('计')).then(|| (format!("{first}/{last}"), Role::Frame))
    }

    /// 2023一季报, 2023年半年度报告: the time on which a company reports.
    fn account(&mut self, year: &str, report: &str) -> Option<(String, Role)> {
        let part = match report.chars().find(|c| matches!(c, '一' | '三')) {
            Some('一') => "一季度",
            Some(_) => "前三季度",
            None => "上半年",
        };
        self.dated(year, Some(part), false)
    }

    fn dated(&mut self, year: &str, part: Option<&str>, since: bool) -> Option<(String, Role)> {
        let number = self.year_of(year)?;
        self.context = Some(number);
        let now = self.today.year.unwrap_or(number);
        if since && part.is_none() && number < now {
            return Some((format!("{number}/{now}"), Role::Since));
        }
        match part {
            Some(part) => part_of(part, number),
            None => Some((number.to_string(), Role::Frame)),
        }
    }

    fn year_of(&self, word: &str) -> Option<i32> {
        let now = self.today.year;
        match word.chars().next()? {
            '今' | '本' => now,
            '去' | '上' => now.map(|y| y - 1),
            '前' => now.map(|y| y - 2),
            '明' => now.map(|y| y + 1),
            '后' => now.map(|y| y + 2),
            '当' | '同' | '这' => self.context.or(self.own_year()),
            '次' => self.context.map(|y| y + 1),
            _ => year_number(word),
        }
    }

    /// 上半年, 1—9月, 8月3日 without a year.
    fn undated(&mut self, part: &str, start: usize, end: usize) -> Option<(String, Role)> {
        let before = start.checked_sub(1).map(|i| self.chars[i]);
        let after = self.chars.get(end).copied();
        let bare = matches!(part, "底" | "末" | "初" | "底前");
        if bare || (part == "年初" && after == Some('步')) || before.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let whole = matches!(part, "全年" | "年末");
        let framed = self.frame.filter(|_| whole);
        let year = self.context.or(framed).or_else(|| self.year_of_month(part))?;
        part_of(part, year)
    }

    /// A month later than the document's own belongs to the year before.
    fn year_of_month(&self, part: &str) -> Option<i32> {
        let now = self.own_year()?;
        let month: Option<u32> = part.split('月').next().and_then(|m| m.parse().ok());
        match (month, self.today.month) {
            (Some(month), Some(this)) if month > this + 1 && part.contains('月') => Some(now - 1),
            _ => Some(now),
        }
    }

    /// The year that the text speaks of where it names none: the one under review, or its own.
    fn own_year(&self) -> Option<i32> {
        self.today.reviewed.map(|review| review.year).or(self.today.year)
    }

    /// 五年来, 近三年, 连续六年; a plain 三年 is a duration and no period.
    fn past(&self, captures: &Captures<'_>) -> Option<(String, Role)> {
        let whole = captures.name("past")?.as_str();
        let marked = captures.name("come").is_some_and(|m| m.as_str() != "里")
            || ["近", "最近", "过去", "连续", "经过", "刚过去的"].iter().any(|w| whole.starts_with(w));
        let years = count(captures.name("n")?.as_str())?;
        let year = self.context.or(self.own_year())?;
        (marked && (2..60).contains(&years)).then(|| (format!("{}/{year}", year - years + 1), Role::Since))
    }

    fn role(&self, role: Role, start: usize, end: usize) -> Role {
        let before = &self.chars[start.saturating_sub(3)..start];
        let after = &self.chars[end..(end + 3).min(self.chars.len())];
        let compared = before.ends_with(&['比'])
            || before.ends_with(&['较'])
            || before.ends_with(&['超'])
            || before.ends_with(&['超', '过'])
            || before.ends_with(&['高', '于'])
            || before.ends_with(&['低', '于'])
            || before.ends_with(&['同', '比'])
            || after.starts_with(&['同', '期'])
            || after.starts_with(&['的', '同', '期'])
            || after.starts_with(&['之', '后'])
            || after.starts_with(&['之', '前'])
            || after.starts_with(&['以', '前'])
            || after.first() == Some(&'后');
        let from =
            before.ends_with(&['由']) || (before.ends_with(&['从']) && !after.starts_with(&['起', '开']));
        let until =
            before.ends_with(&['到']) || before.ends_with(&['在', '至']) || before.ends_with(&['力', '争']);
        if compared || (from && role != Role::Since) {
            Role::Comparison
        } else if until && matches!(role, Role::Frame) && !before.ends_with(&['截', '止', '到']) {
            Role::Deadline
        } else {
            role
        }
    }
}

impl Expression {
    /// The day that it names, or its period; ISO 8601.
    pub fn to_the_day(&self) -> String {
        self.day.map_or_else(|| self.iso.clone(), |day| format!("{}-{day:02}", self.iso))
    }
}

/// The year in which a period ends, as ISO 8601 tells it.
pub fn last_year(iso: &str) -> Option<i32> {
    iso.rsplit('/').next()?.get(..4)?.parse().ok()
}

/// How long the ISO 8601 of a month is.
const MONTH: usize = 7;

/// 5 of 8月5日; nothing of several days.
fn day_of(words: &[char]) -> Option<u32> {
    let month = words.iter().position(|c| *c == '月')?;
    let digits: String = words[month + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
    let alone = words.get(month + 1 + digits.len()..) == Some(&['日']);
    digits.parse().ok().filter(|day| alone && (1..=31).contains(day))
}

/// A part of a year: 2022-01/2022-05, 2023-Q1, 2023-06.
fn part_of(part: &str, year: i32) -> Option<(String, Role)> {
    let months = |from: i32, to: i32| Some((format!("{year}-{from:02}/{year}-{to:02}"), Role::Frame));
    let quarter = |n: i32| Some((format!("{year}-Q{n}"), Role::Frame));
    match part {
        "上半年" | "前半年" | "前二季度" | "前两季度" => return months(1, 6),
        "下半年" => return months(7, 12),
        "前三季度" => return months(1, 9),
        "首季" | "首季度" => return quarter(1),
        "年内" | "全年" => return Some((year.to_string(), Role::Frame)),
        "年底" | "年底前" | "年末" | "底" | "底前" | "末" => {
            return Some((year.to_string(), Role::Deadline));
        }
        "年初" | "初" => return Some((year.to_string(), Role::Frame)),
        _ => {}
    }
    if let Some(quarter) = part.strip_suffix("季度末") {
        let n = quarter.chars().find_map(small_number)?;
        return Some((format!("{year}-{:02}", n * 3), Role::Frame));
    }
    if part.ends_with("季度") {
        let numbers: Vec<i32> = part.chars().filter_map(small_number).collect();
        return match numbers.as_slice() {
            [n] if part.starts_with('前') => months(1, n * 3),
            [n] => quarter(*n),
            [a, b] if a < b => months(a * 3 - 2, b * 3),
            _ => None,
        };
    }
    part_in_months(part, year)
}

fn small_number(c: char) -> Option<i32> {
    c.to_digit(10).or_else(|| numbers::digit(c)).and_then(|n| i32::try_from(n).ok())
}

fn part_in_months(part: &str, year: i32) -> Option<(String, Role)> {
    let months = |from: i32, to: i32| {
        let fits = (1..=12).contains(&from) && (1..=12).contains(&to) && from < to;
        fits.then(|| (format!("{year}-{from:02}/{year}-{to:02}"), Role::Frame))
    };
    if let Some(first) = part.strip_prefix('前') {
        let n = count(first.trim_end_matches("份").trim_end_matches('月').trim_end_matches('个'))?;
        return if n == 1 { Some((format!("{year}-01"), Role::Frame)) } else { months(1, n) };
    }
    let pieces: Vec<&str> =
        part.split(['月', '份', '-', '—', '至', '到', '~', '～']).filter(|p| !p.is_empty()).collect();
    let months_named = part.ends_with('月') || part.ends_with("月份");
    if let ([from, to], true) = (pieces.as_slice(), months_named) {
        return months(count(from)?, count(to)?);
    }
    let month = count(pieces.first()?)?;
    let role = if part.contains('日') { Role::Day } else { Role::Frame };
    (1..=12).contains(&month).then(|| (format!("{year}-{month:02}"), role))
}

/// 2021 or 二〇二一.
fn year_number(word: &str) -> Option<i32> {
    let mut year = 0;
    for c in word.chars().filter(|c| !matches!(c, '年' | '度')) {
        year = year * 10 + if c == '九' { 9 } else { small_number(c)? };
    }
    (1900..2100).contains(&year).then_some(year)
}

/// A small number in either script.
fn count(word: &str) -> Option<i32> {
    let chars: Vec<char> = word.chars().collect();
    let number = numbers::read(&chars, &[], 0).filter(|n| n.end == chars.len())?;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    (number.value < 1000.0).then_some(number.value as i32)
}
