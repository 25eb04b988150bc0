//! Spans that look like names by their form: endings, title marks, quotation marks, lists closed by a noun.
//!
//! Goes in: a text. Comes out: [`Candidate`]s, overlapping and uncertain; the tagger weighs them. The words are data:
//! `data/names/endings.toml`.

mod endings;
mod heads;
mod lists;
mod marks;

pub use heads::{Listed, enterprise_head};
pub use lists::class_of_list;

use crate::document::Class;
use crate::text::Text;

/// A range of the view that may be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidate {
    /// First character in the view.
    pub start: usize,
    /// One past the last character in the view.
    pub end: usize,
    /// What it would name.
    pub class: Class,
    /// The rule that proposes it.
    pub rule: &'static str,
}

/// All candidates of a text, sorted by start, end, class and rule.
pub fn find(text: &Text) -> Vec<Candidate> {
    let chars = &text.view.chars;
    let mut found = Vec::new();
    for sentence in &text.sentences {
        let range = (sentence.start, sentence.end);
        endings::find(chars, range, &mut found);
        lists::find(chars, range, &mut found);
        marks::find(chars, range, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Marks that no name reaches across.
fn is_barrier(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '、'
            | '“'
            | '”'
            | '《'
            | '》'
            | '\n'
            | '【'
            | '】'
            | '—'
            | '…'
            | '|'
            | '&'
            | '/'
            | '→'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let text = Text::new(text);
        find(&text)
            .iter()
            .map(|c| format!("{}/{}/{}", text.view.slice(c.start, c.end), c.class, c.rule))
            .collect()
    }

    #[test]
    fn an_ending_reaches_back_to_a_stop() {
        assert!(shown("昨天在云山县循环产业园举行。").contains(&"云山县循环产业园/Zone/zone".to_owned()));
    }

    #[test]
    fn a_list_takes_its_class_from_the_noun_that_closes_it() {
        let found = shown("甲钢、乙重、丙石化等一批重点项目签约。");
        for item in ["甲钢", "乙重", "丙石化"] {
            assert!(found.contains(&format!("{item}/Project/list-before-noun")), "{found:?}");
        }
    }

    #[test]
    fn marks_enclose_titles_and_campaigns() {
        let found = shown("印发《云山市工业发展规划》，开展“春风”行动。");
        assert!(found.contains(&"云山市工业发展规划/Policy/title-marks".to_owned()), "{found:?}");
        assert!(found.contains(&"“春风”行动/Policy/quoted-campaign".to_owned()), "{found:?}");
    }
}
