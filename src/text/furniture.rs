//! Recognises what belongs to the page and not to the text: menus, addresses, counters, credits, copyright lines.
//!
//! The words it goes by are in `data/text/furniture.toml`. Lines and sentences are given as views: folded, without
//! inner spaces. Nothing is altered or left out; the caller marks what is recognised.

use super::is_han;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    sections: Vec<String>,
    section_endings: Vec<String>,
    labels: Vec<String>,
    phrases: Vec<String>,
    closings: Vec<String>,
    lead_ins: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a file of this crate, read by every test")]
    let mut words: Words = toml::from_str(include_str!("../../data/text/furniture.toml"))
        .expect("furniture.toml is well formed");
    words.sections.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words
});

/// Longer lines are read as text even where they hold a word of the page.
const LONGEST_LINE: usize = 60;
const LONGEST_LINK: usize = 8;

/// Whether a line is no text, whatever stands around it.
pub(super) fn is_furniture(line: &[char]) -> bool {
    if line.len() < 2 || chinese(line) == 0 {
        return true;
    }
    let text: String = line.iter().collect();
    is_address(line, &text) || is_menu(&text) || is_path(&text) || is_section(&text) || is_credit(&text)
}

/// Whether a line is as short and bare as a link in a list of links.
pub(super) fn is_link_like(line: &[char]) -> bool {
    (1..=LONGEST_LINK).contains(&line.len()) && line.iter().all(|c| c.is_alphanumeric())
}

/// Whether a line is the name of a section of the page.
pub(super) fn is_section(text: &str) -> bool {
    WORDS.sections.iter().any(|word| word == text)
        || (text.chars().count() <= LONGEST_LINK
            && WORDS.section_endings.iter().any(|end| text.ends_with(end.as_str())))
}

fn chinese(line: &[char]) -> usize {
    line.iter().filter(|c| is_han(**c)).count()
}

/// An address of the web with hardly a word beside it.
fn is_address(line: &[char], text: &str) -> bool {
    ["http：//", "https：//", "www."].iter().any(|start| text.contains(start)) && chinese(line) < 8
}

/// Several names of sections and hardly anything else.
fn is_menu(text: &str) -> bool {
    if text.contains(['。', '，', '、', '；']) || text.chars().count() > 400 {
        return false;
    }
    let (mut rest, mut names, mut covered, mut total) = (text, 0, 0, 0);
    while let Some(first) = rest.chars().next() {
        let word = WORDS.sections.iter().find(|word| rest.starts_with(word.as_str()));
        let length = word.map_or(1, |word| word.chars().count());
        if word.is_some() {
            names += 1;
            covered += length;
        }
        total += length;
        rest = &rest[word.map_or(first.len_utf8(), String::len)..];
    }
    names >= 4 && covered * 10 >= total * 6
}

/// The path to the page: 首页 > 新闻 > 正文.
fn is_path(text: &str) -> bool {
    let steps: Vec<&str> = text.split(['>', '»', '›', '＞', '→']).collect();
    steps.len() > 1 && text.chars().count() <= LONGEST_LINE && steps.iter().any(|step| is_section(step))
}

/// A short line of credits, counters or rights.
fn is_credit(text: &str) -> bool {
    let short = text.chars().count() <= LONGEST_LINE && !text.contains('。');
    short && (begins_with_label(text) || WORDS.phrases.iter().any(|phrase| text.contains(phrase.as_str())))
}

fn begins_with_label(text: &str) -> bool {
    let words = text.trim_start_matches(|c| !is_han(c));
    WORDS
        .labels
        .iter()
        .any(|label| words.strip_prefix(label.as_str()).is_some_and(|rest| rest.starts_with('：')))
}

/// Whether the last sentence of a line, which no mark ends, is a credit of the page.
pub(super) fn is_tail(sentence: &[char]) -> bool {
    if chinese(sentence) == 0 {
        return true;
    }
    let text: String = sentence.iter().collect();
    is_credit(&text) || WORDS.closings.iter().any(|closing| text.starts_with(closing.as_str()))
}

/// Where the page's own words begin in the last sentence of a line.
pub(super) fn closing_in(sentence: &[char]) -> Option<usize> {
    WORDS.closings.iter().filter_map(|closing| position(sentence, closing)).min()
}

/// The page's word, such as 正文：, after which the text begins in the midst of a line.
pub(super) fn lead_in(line: &[char]) -> Option<Range<usize>> {
    let head = &line[..line.len().min(LONGEST_LINE)];
    let found = |word: &String| position(head, word).map(|at| at..at + word.chars().count());
    WORDS.lead_ins.iter().filter_map(found).min_by_key(|word| word.start)
}

fn position(text: &[char], word: &str) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    text.windows(word.len()).position(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furniture(line: &str) -> bool {
        let folded = crate::text::View::new(&line.chars().collect::<Vec<_>>());
        is_furniture(&folded.chars)
    }

    #[test]
    fn menus_are_furniture_in_either_script() {
        assert!(furniture("某某網首頁時政國際財經理論論壇 圖片視頻娛樂時尚 體育 汽車科技食品"));
        assert!(furniture("新闻中心\t通知公告\t政策法规\t联系我们"));
        assert!(furniture("首页"));
        assert!(furniture("首页 > 区县 > 正文"));
    }

    #[test]
    fn credits_counters_and_rights_are_furniture() {
        for line in [
            "发布时间：2019-03-04  浏览次数：128",
            "2019-03-04 10:20 来源：某某日报",
            "责任编辑：张某某",
            "Copyright © 2019 某某网 版权所有",
            "京ICP备00000000号",
            "http://www.example.com/2019/0304/1.html",
            "0100200001",
            "has-portrait",
            "打印本页 关闭窗口",
        ] {
            assert!(furniture(line), "{line}");
        }
    }

    #[test]
    fn statements_are_no_furniture_whatever_words_they_hold() {
        for line in [
            "教育、科技、人才是现代化建设的基础性支撑",
            "来源：某某日报 昨日，某市召开经济工作会议，部署招商引资和项目建设。",
            "该市文化旅游产业快速发展",
            "更多信息见http://www.example.com，该市工业增加值增长百分之九，投资增长百分之五",
            "太原市",
            "一是做强先进制造业",
            "全年完成投资100亿元",
        ] {
            assert!(!furniture(line), "{line}");
        }
    }

    #[test]
    fn a_credit_after_the_last_sentence_is_a_tail() {
        let tail = |text: &str| is_tail(&text.chars().collect::<Vec<_>>());
        assert!(tail("编辑：张某来源：某某网") && tail("（来源：某某网）") && tail("01002000"));
        assert!(!tail("（记者张某）"));
        let sentence: Vec<char> = "（张某）返回搜狐，查看更多责任编辑：".chars().collect();
        assert_eq!(closing_in(&sentence), Some(4));
    }

    #[test]
    fn the_words_of_the_data_file_are_folded() {
        let all = [&WORDS.sections, &WORDS.labels, &WORDS.phrases, &WORDS.closings, &WORDS.lead_ins];
        for word in all.into_iter().flatten() {
            let view = crate::text::View::new(&word.chars().collect::<Vec<_>>());
            assert_eq!(&view.slice(0, view.len()), word);
        }
    }
}
