//! Short forms that a text itself introduces: 云山机床股份有限公司（以下简称“云机股份”）.

use super::Mention;
use super::second_look::Names;
use crate::document::Class;
use crate::text::Text;

/// The longest short form (characters).
const LONGEST: usize = 12;

/// Words that a text may use for one thing from here on, and that name nothing elsewhere.
const COMMON: &[&str] = &[
    "公司",
    "本公司",
    "集团",
    "企业",
    "银行",
    "项目",
    "本项目",
    "工程",
    "基金",
    "中心",
    "合作区",
    "开发区",
    "园区",
    "新区",
    "示范区",
    "大会",
    "协会",
    "学校",
    "医院",
    "专班",
    "平台",
    "标的公司",
    "发行人",
    "上市公司",
];

/// The short forms with the class of the name before the bracket, and how sure that is. `mentions` are sorted and do not
/// overlap.
pub(super) fn short_forms(text: &Text, mentions: &[Mention]) -> Names {
    let chars = &text.view.chars;
    let markers =
        chars.windows(2).enumerate().filter(|(_, pair)| MARKERS.iter().any(|marker| pair == marker));
    markers.filter_map(|(at, _)| short_form(text, mentions, at + 2)).collect()
}

/// Say that a short form follows; `：` or 为 may stand behind them.
const MARKERS: [[char; 2]; 2] = [['简', '称'], ['下', '称']];

/// Where the bracket opens that introduces a short form which begins at `start`: （以下简称“.
pub fn opening(chars: &[char], start: usize) -> Option<usize> {
    let before = &chars[..start];
    let before = before.strip_suffix(&['“']).unwrap_or(before);
    let before = before.strip_suffix(&['：']).or_else(|| before.strip_suffix(&['为'])).unwrap_or(before);
    let before = MARKERS.iter().find_map(|marker| before.strip_suffix(marker))?;
    let before =
        before.strip_suffix(&['以', '下']).or_else(|| before.strip_suffix(&['以'])).unwrap_or(before);
    before.strip_suffix(&['（']).map(<[char]>::len)
}

/// The short form that the marker before `at` introduces.
fn short_form(text: &Text, mentions: &[Mention], at: usize) -> Option<(String, (Class, f32))> {
    let chars = &text.view.chars;
    let start = at + usize::from(matches!(chars.get(at), Some('：' | '为')));
    let start = start + usize::from(chars.get(start) == Some(&'“'));
    let bracket = opening(chars, start)?;
    let rest = &chars[start..chars.len().min(start + LONGEST + 1)];
    let length = rest.iter().position(|c| matches!(c, '”' | '）' | '，' | '、' | '；'))?;
    let name: String = rest[..length].iter().collect();
    if length < 2 || COMMON.contains(&name.as_str()) || name.starts_with('《') {
        return None;
    }
    let full = mentions[..mentions.partition_point(|m| m.start < bracket)].last();
    let full = full
        .filter(|m| m.end >= bracket)
        .filter(|m| !matches!(m.class, Class::Policy | Class::Industry | Class::Position))?;
    Some((name, (full.class, full.confidence)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn introduced(words: &str, class: Class, start: usize, end: usize) -> Vec<String> {
        let text = Text::new(words);
        let full = Mention { start, end, class, found_by: "test".to_owned(), confidence: 1.0 };
        short_forms(&text, &[full]).into_iter().map(|(name, (class, _))| format!("{name}/{class}")).collect()
    }

    #[test]
    fn a_short_form_has_the_class_of_the_name_before_it() {
        let text = "云山机床股份有限公司（以下简称“云机股份”）投产。";
        assert_eq!(introduced(text, Class::Enterprise, 0, 10), ["云机股份/Enterprise"]);
        let text = "云山机床（浙江）股份公司（简称：云机股份；代码：1）投产。";
        assert_eq!(introduced(text, Class::Enterprise, 0, 12), ["云机股份/Enterprise"]);
        let text = "云山机床股份有限公司（下称云机股份）投产。";
        assert_eq!(introduced(text, Class::Enterprise, 0, 10), ["云机股份/Enterprise"]);
        let text = "云山市经济技术开发区（简称云经开）设立。";
        assert_eq!(introduced(text, Class::Zone, 0, 10), ["云经开/Zone"]);
    }

    #[test]
    fn a_bracket_may_stand_inside_the_full_name() {
        assert_eq!(
            introduced("甲乙-丙丁（简称甲丙）电器集团投产。", Class::Enterprise, 0, 14),
            ["甲丙/Enterprise"]
        );
    }

    #[test]
    fn common_words_and_titles_are_no_names() {
        let none: [String; 0] = [];
        assert_eq!(introduced("云山机床股份有限公司（以下简称“公司”）", Class::Enterprise, 0, 10), none);
        assert_eq!(introduced("云山机床股份有限公司（以下简称《办法》）", Class::Enterprise, 0, 10), none);
        assert_eq!(introduced("云山机床股份有限公司，简称云机", Class::Enterprise, 0, 10), none);
    }
}
