//! Sentences of a text, and what of it is furniture of the page rather than text.

use super::furniture::{closing_in, is_furniture, is_link_like, is_section, is_tail, lead_in};
use super::view::View;
use std::ops::Range;

/// What a sentence is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Running text.
    Body,
    /// A short line without an end mark: a headline or the title of a section.
    Heading,
    /// Menus, addresses, counters, credits, copyright lines: no statement is read from it.
    Furniture,
}

/// One sentence: a range of the view, never longer than a thousand characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// First character in the view.
    pub start: usize,
    /// One past the last character in the view.
    pub end: usize,
    /// Number of the line it stands in, from 0.
    pub line: usize,
    /// What it is.
    pub kind: LineKind,
}

/// A sentence is cut here even where no mark ends it (characters of the view).
pub const LONGEST: usize = 1000;

/// A cut is made after a comma where one stands in the last so many characters.
const LOOK_BACK: usize = 300;

/// Lines of this length or longer are running text even without an end mark.
const LONGEST_HEADING: usize = 60;

/// Splits a view into sentences. Empty lines give none.
pub(super) fn split(view: &View) -> Vec<Sentence> {
    let lines = lines(view);
    let kinds = kinds(view, &lines);
    let mut sentences = Vec::new();
    for (line, (range, kind)) in lines.into_iter().zip(kinds).enumerate() {
        pieces(view, range, kind, |piece, kind| {
            sentences.push(Sentence { start: piece.start, end: piece.end, line, kind });
        });
    }
    sentences
}

/// The sentences of one line, with the page's own words before the first and after the last parted from them.
fn pieces(view: &View, line: Range<usize>, kind: LineKind, mut push: impl FnMut(Range<usize>, LineKind)) {
    let is_text = kind != LineKind::Furniture;
    let mut from = line.start;
    if let Some(word) = lead_in(&view.chars[line.clone()]).filter(|_| is_text) {
        from += word.end;
        push(line.start..from, kind_of(&view.chars[line.start..line.start + word.start]));
    }
    while from < line.end {
        let end = sentence_end(view, from, line.end);
        if is_text && end == line.end && !ends_sentence(view.chars[end - 1]) {
            last_piece(view, from..end, kind, &mut push);
        } else {
            push(from..end, kind);
        }
        from = end;
    }
}

/// The last words of a line, where no mark ends them.
fn last_piece(
    view: &View,
    piece: Range<usize>,
    kind: LineKind,
    push: &mut impl FnMut(Range<usize>, LineKind),
) {
    let cut = piece.start + closing_in(&view.chars[piece.clone()]).unwrap_or(piece.len());
    if cut > piece.start {
        let is_credit = is_tail(&view.chars[piece.start..cut]);
        push(piece.start..cut, if is_credit { LineKind::Furniture } else { kind });
    }
    if piece.end > cut {
        push(cut..piece.end, LineKind::Furniture);
    }
}

/// One past the last character of the sentence that begins at `from` in a line that ends at `limit`.
fn sentence_end(view: &View, from: usize, limit: usize) -> usize {
    let window = limit.min(from + LONGEST);
    if let Some(mark) = (from..window).find(|at| ends_sentence(view.chars[*at])) {
        let goes_on = |at: &usize| closes(view.chars[*at]) || ends_sentence(view.chars[*at]);
        return (mark + 1..window).find(|at| !goes_on(at)).unwrap_or(window);
    }
    if window == limit {
        return limit;
    }
    let comma = (window - LOOK_BACK..window).rfind(|at| matches!(view.chars[*at], '，' | '；' | '、'));
    comma.map_or(window, |comma| comma + 1)
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// Marks that may follow the end of a sentence and still belong to it.
fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | '》' | '】')
}

fn lines(view: &View) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |text: &[char]| {
        let range = start..start + text.len();
        start = range.end + 1;
        range
    };
    view.chars.split(|c| *c == '\n').map(line).collect()
}

/// What each line is: by itself, or as one of several links in a row of which most name sections.
fn kinds(view: &View, lines: &[Range<usize>]) -> Vec<LineKind> {
    let text = |line: usize| &view.chars[lines[line].clone()];
    let mut kinds: Vec<LineKind> = (0..lines.len()).map(|line| kind_of(text(line))).collect();
    let filled: Vec<usize> = (0..lines.len()).filter(|line| !lines[*line].is_empty()).collect();
    for run in filled.chunk_by(|a, b| is_link_like(text(*a)) && is_link_like(text(*b))) {
        let sections = run.iter().filter(|line| is_section(&text(**line).iter().collect::<String>())).count();
        if run.len() > 1 && sections * 2 >= run.len() {
            run.iter().for_each(|line| kinds[*line] = LineKind::Furniture);
        }
    }
    kinds
}

fn kind_of(line: &[char]) -> LineKind {
    if is_furniture(line) {
        LineKind::Furniture
    } else if line.len() < LONGEST_HEADING && !line.iter().any(|c| matches!(c, '。' | '；')) {
        LineKind::Heading
    } else {
        LineKind::Body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use LineKind::{Body, Furniture, Heading};
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(String, LineKind)> {
        let view = View::new(&text.chars().collect::<Vec<_>>());
        split(&view).iter().map(|s| (view.slice(s.start, s.end), s.kind)).collect()
    }

    fn of(kind: LineKind, text: &str) -> Vec<String> {
        read(text).into_iter().filter(|(_, k)| *k == kind).map(|(s, _)| s).collect()
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        let sentences = of(Body, "他说：“项目已投产。”（完）该市还将发展旅游！！第二期呢？");
        assert_eq!(sentences, ["他说：“项目已投产。”", "（完）该市还将发展旅游！！", "第二期呢？"]);
    }

    #[test]
    fn a_path_of_short_lines_is_furniture_and_the_title_is_a_heading() {
        let text = "首页\n\t甲乙商圈\n\t商圈资讯\n\t某市重点推进某项目\n发布时间：2012-03-16\n某市经济保持增长。\n0100200";
        assert_eq!(of(Furniture, text), ["首页", "甲乙商圈", "商圈资讯", "发布时间：2012-03-16", "0100200"]);
        assert_eq!(of(Heading, text), ["某市重点推进某项目"]);
        assert_eq!(of(Body, text), ["某市经济保持增长。"]);
    }

    #[test]
    fn names_below_each_other_are_no_menu() {
        assert_eq!(of(Furniture, "太原市\n大同市\n阳泉市\n"), Vec::<String>::new());
    }

    #[test]
    fn words_of_the_page_within_a_line_are_parted_from_the_text() {
        let text = "2023-01-02 03:04，正文：某市召开会议。（张某）返回搜狐，查看更多责任编辑：";
        let expected = [
            ("2023-01-0203:04，正文：".to_owned(), Furniture),
            ("某市召开会议。".to_owned(), Heading),
            ("（张某）".to_owned(), Heading),
            ("返回搜狐，查看更多责任编辑：".to_owned(), Furniture),
        ];
        assert_eq!(
            read(text).iter().map(|(s, _)| s).collect::<Vec<_>>(),
            expected.iter().map(|(s, _)| s).collect::<Vec<_>>()
        );
        assert_eq!(of(Furniture, text), [expected[0].0.clone(), expected[3].0.clone()]);
    }

    #[test]
    fn a_credit_at_the_end_of_a_line_is_furniture() {
        assert_eq!(of(Furniture, "某市发挥示范作用。编辑: 张某来源：某某网"), ["编辑：张某来源：某某网"]);
        assert_eq!(of(Furniture, "某市发挥示范作用。（记者 张某）"), Vec::<String>::new());
    }

    #[test]
    fn repeated_sentences_are_kept() {
        assert_eq!(of(Body, "某市实施工业强市战略。\n某市实施工业强市战略。").len(), 2);
    }

    #[test]
    fn a_sentence_without_marks_is_cut_after_a_comma() {
        let text = format!("{}，{}", "甲".repeat(900), "乙".repeat(900));
        let lengths: Vec<usize> = read(&text).iter().map(|(s, _)| s.chars().count()).collect();
        assert_eq!(lengths, [901, 900]);
    }

    proptest! {
        #[test]
        fn sentences_cover_every_character_but_line_feeds(text in "[甲乙。！”：、，编辑正文0-9\n ]{0,200}") {
            let view = View::new(&text.chars().collect::<Vec<_>>());
            let mut covered = 0;
            for sentence in split(&view) {
                prop_assert!(view.chars[covered..sentence.start].iter().all(|c| *c == '\n'));
                prop_assert!(sentence.start < sentence.end && sentence.end - sentence.start <= LONGEST);
                covered = sentence.end;
            }
            prop_assert!(view.chars[covered..].iter().all(|c| *c == '\n'));
        }
    }
}
