//! What a page says of its text: title, date and source.

use super::sentence::LineKind;
use super::{Sentence, Text};

/// A day as far as it is given: year, month, day.
pub type Date = (i32, Option<u32>, Option<u32>);

/// A date is looked for in so many characters at the start of a text that begins in the midst of a line.
const HEAD: usize = 60;
const LONGEST_SOURCE: usize = 20;

impl Text {
    /// The title: the first heading that is long enough to say something, as the author wrote it.
    pub fn title(&self) -> Option<String> {
        let heading =
            self.sentences.iter().filter(|s| s.kind == LineKind::Heading).find(|s| s.end - s.start > 5);
        let heading = heading.filter(|s| s.line < self.first_body_line())?;
        let (start, end) = self.view.to_text(heading.start, heading.end);
        let title = self.quote(start, end);
        let bare = title.split(['_', '|', '｜']).next().unwrap_or_default();
        let bare = bare.split("- 【").next().unwrap_or_default().split("-【").next().unwrap_or_default();
        Some(bare.trim().to_owned()).filter(|title| !title.is_empty())
    }

    /// The day on which the text appeared, where the page or the head of the text says so.
    pub fn date(&self) -> Option<Date> {
        let sentences = &self.sentences;
        let labelled = sentences
            .iter()
            .filter(|s| s.kind == LineKind::Furniture)
            .find_map(|s| self.date_in(s, usize::MAX));
        let first_body = self.first_body_line();
        labelled
            .or_else(|| sentences.iter().filter(|s| s.line < first_body).find_map(|s| self.date_in(s, HEAD)))
            .or_else(|| sentences.iter().find_map(|s| self.dateline(s)))
    }

    /// Who published the text, where the page says so.
    pub fn source(&self) -> Option<String> {
        let marked = ["来源：", "稿源："];
        let at = self.sentences.iter().filter(|s| s.kind != LineKind::Body).find_map(|s| {
            let line = &self.view.chars[s.start..s.end];
            let label =
                line.windows(3).position(|w| marked.contains(&w.iter().collect::<String>().as_str()))?;
            Some((s.start + label + 3, s.end))
        })?;
        self.word_at(at.0, at.1)
    }

    /// The number of the first line that is running text.
    fn first_body_line(&self) -> usize {
        self.sentences.iter().find(|s| s.kind == LineKind::Body).map_or(usize::MAX, |s| s.line)
    }

    fn date_in(&self, sentence: &Sentence, within: usize) -> Option<Date> {
        let text = &self.view.chars[sentence.start..sentence.end];
        dates(&text[..text.len().min(within)]).next().map(|(date, _)| date)
    }

    /// The date of a wire report: 新华社太原2023年8月1日电.
    fn dateline(&self, sentence: &Sentence) -> Option<Date> {
        let text = &self.view.chars[sentence.start..sentence.end];
        dates(text).find(|(_, end)| matches!(text.get(*end), Some('电' | '讯'))).map(|(date, _)| date)
    }

    /// The characters up to a blank or a mark.
    fn word_at(&self, start: usize, limit: usize) -> Option<String> {
        let ends = |at: &usize| {
            (*at > start && self.view.gap[*at])
                || matches!(self.view.chars[*at], '，' | '。' | '（' | '）' | '|' | '：')
        };
        let next_label = |at: &usize| {
            let rest: String = self.view.chars[*at..limit.min(*at + 2)].iter().collect();
            *at > start && ["记者", "作者", "编辑", "责编", "责任"].contains(&rest.as_str())
        };
        let end = (start..limit).find(|at| ends(at) || next_label(at)).unwrap_or(limit);
        if end == start || end - start > LONGEST_SOURCE {
            return None;
        }
        let (from, to) = self.view.to_text(start, end);
        Some(self.quote(from, to))
    }
}

/// The full dates in a text and where each ends.
fn dates(text: &[char]) -> impl Iterator<Item = (Date, usize)> {
    (0..text.len()).filter_map(|start| date_at(text, start))
}

fn date_at(text: &[char], start: usize) -> Option<(Date, usize)> {
    if start > 0 && text[start - 1].is_ascii_digit() {
        return None;
    }
    let (year, at) = number(text, start, 4..=4)?;
    let (month, at) = number(text, part(text, at, "年-/.")?, 1..=2)?;
    let (day, at) = number(text, part(text, at, "月-/.")?, 1..=2)?;
    let sound = (1949..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let end = at + usize::from(text.get(at) == Some(&'日'));
    sound.then_some(((i32::try_from(year).ok()?, Some(month), Some(day)), end))
}

fn part(text: &[char], at: usize, marks: &str) -> Option<usize> {
    text.get(at).filter(|c| marks.contains(**c)).map(|_| at + 1)
}

fn number(text: &[char], start: usize, digits: std::ops::RangeInclusive<usize>) -> Option<(u32, usize)> {
    let length = text[start..].iter().take(*digits.end()).take_while(|c| c.is_ascii_digit()).count();
    let value: String = text[start..start + length].iter().collect();
    digits.contains(&length).then(|| Some((value.parse().ok()?, start + length)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_date_and_source_stand_in_the_head_of_a_page() {
        let text = Text::new(
            "首页\n某某市推进重点项目建设 - 【某某网】\n2012-03-16 10:20 来源：某某日报 作者：张某\n某某市经济保持增长。",
        );
        assert_eq!(text.title().as_deref(), Some("某某市推进重点项目建设"));
        assert_eq!(text.date(), Some((2012, Some(3), Some(16))));
        assert_eq!(text.source().as_deref(), Some("某某日报"));
    }

    #[test]
    fn a_date_in_the_running_text_is_not_the_date_of_the_text() {
        let text =
            Text::new("某某市的规划自2020年1月1日起施行，全市上下迅速行动，各项工作有序推进，成效明显。");
        assert_eq!(text.date(), None);
    }

    #[test]
    fn a_wire_report_is_dated_by_its_dateline() {
        let text =
            Text::new("某某社某市2019年7月2日电（记者张某）某市经济保持增长，工业增加值同比增长百分之九。");
        assert_eq!(text.date(), Some((2019, Some(7), Some(2))));
        assert_eq!(text.source(), None);
    }

    #[test]
    fn full_width_and_written_out_dates_are_read() {
        for head in ["２０１２年３月１６日", "2012/03/16 08:00", "2012.3.16", "[2012/03/16  09:14]，正文："]
        {
            assert_eq!(
                Text::new(&format!("{head}\n某市。")).date(),
                Some((2012, Some(3), Some(16))),
                "{head}"
            );
        }
    }

    #[test]
    fn numbers_that_are_no_dates_are_none() {
        for head in ["2012-13-16", "120120316", "2012-03", "电话：0351-1234567"] {
            assert_eq!(Text::new(head).date(), None, "{head}");
        }
    }
}
