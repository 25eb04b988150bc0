//! Texts put together at random, with names anywhere: read without a panic, and nothing out of bounds comes of it.

use super::read;
use crate::document::Class;
use crate::mentions::Mention;
use crate::text::Text;
use proptest::prelude::*;

/// Pieces of the genre, put together at random with names.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[甲市/Place]",
        "[乙公司/Enterprise]",
        "[丙3万吨项目/Project]",
        "全市",
        "该公司",
        "项目",
        "其中",
        "占",
        "比重",
        "的",
        "从",
        "由",
        "提高到",
        "增长",
        "新增",
        "分别",
        "达到",
        "位居全省第一",
        "前三位",
        "均居",
        "2021年",
        "上半年",
        "五年来",
        "“十四五”末",
        "12.5%",
        "3个百分点",
        "20亿元",
        "三成",
        "一半",
        "翻番",
        "1.5倍",
        "30家",
        "企业",
        "100人",
        "5000亩",
        "21天",
        "、",
        "，",
        "。",
        "；",
        "（",
        "）",
        "：",
        "和",
        "万",
        "亿",
        "\n",
        "力争",
        "总投资",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_sequence_of_pieces_is_read_without_panic(text in pieces()) {
        let (text, mentions, figures) = read(&text);
        for figure in figures {
            prop_assert!(figure.subject < mentions.len());
            prop_assert!(figure.evidence.0 < figure.evidence.1 && figure.evidence.1 <= text.view.len());
            prop_assert!(!figure.indicator.is_empty());
        }
    }

    #[test]
    fn any_characters_are_read_without_panic(text in any::<String>()) {
        let text = Text::new(&text);
        prop_assert!(super::super::find(&text, &[], &[]).is_empty());
    }
}

/// Mentions anywhere, even across the marks that end clauses.
fn anywhere(len: usize) -> impl Strategy<Value = Vec<Mention>> {
    let class = prop::sample::select(Class::ALL.to_vec());
    prop::collection::vec((0..len.max(1), 1..9_usize, class), 0..12).prop_map(move |spans| {
        let mention = |(start, size, class): (usize, usize, Class)| Mention {
            start,
            end: (start + size).min(len),
            class,
            found_by: String::new(),
            confidence: 1.0,
        };
        let mut mentions: Vec<Mention> = spans.into_iter().map(mention).filter(|m| m.start < m.end).collect();
        mentions.sort_by_key(|m| (m.start, m.end));
        mentions
    })
}

/// A text of the genre's pieces without brackets, and mentions anywhere in it.
fn strewn() -> impl Strategy<Value = (Text, Vec<Mention>)> {
    pieces().prop_map(|text| Text::new(&text.replace(['[', ']'], ""))).prop_flat_map(|text| {
        let mentions = anywhere(text.view.len());
        (Just(text), mentions)
    })
}

proptest! {
    #[test]
    fn mentions_may_lie_anywhere((text, mentions) in strewn()) {
        let things: Vec<usize> = (0..mentions.len()).collect();
        for figure in super::super::find(&text, &mentions, &things) {
            prop_assert!(figure.subject < mentions.len());
        }
    }
}
