//! The view in which text is matched: folded characters without inner spaces, each knowing where it came from.

use super::fold::fold_char;
use super::markup;

/// Folded characters with the code point each stands for.
///
/// Spaces, tabs, zero-width and control characters, tags and blank references of HTML are left out; a reference such
/// as `&amp;` is the character it stands for, and every way to end a line is a line feed. An opening or closing
/// straight quotation mark becomes “ or ”.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The characters as matched.
    pub chars: Vec<char>,
    /// For each of `chars`, its index (code points) in the text.
    pub origin: Vec<usize>,
    /// Whether something was left out just before this character.
    pub gap: Vec<bool>,
}

impl View {
    /// Builds the view of a text.
    pub fn new(text: &[char]) -> Self {
        let mut view = Self::default();
        let (mut index, mut gap, mut open) = (0, false, false);
        while let Some(&raw) = text.get(index) {
            let markup = markup::at(text, index);
            let shown = markup.map_or_else(|| as_shown(raw, text.get(index + 1)), |markup| markup.shown);
            let next = index + markup.map_or(1, |markup| markup.length);
            match shown {
                Some(shown) => {
                    let folded = view.folded(shown, text.get(next), &mut open);
                    view.push(folded, index, gap);
                    gap = false;
                }
                None => gap = true,
            }
            index = next;
        }
        view
    }

    fn push(&mut self, folded: char, origin: usize, gap: bool) {
        self.chars.push(folded);
        self.origin.push(origin);
        self.gap.push(gap);
    }

    /// A character as it is matched after what has been read so far.
    fn folded(&self, raw: char, next: Option<&char>, open: &mut bool) -> char {
        let folded = fold_char(raw);
        if folded == '”' && raw != '”' {
            return quotation_mark(raw, open);
        }
        match folded {
            '“' => *open = true,
            '”' | '\n' => *open = false,
            ',' | '，' | ':' | '：' if raw.is_ascii() && self.inside_number(next) => return raw,
            ',' => return '，',
            ':' => return '：',
            _ => {}
        }
        folded
    }

    fn inside_number(&self, next: Option<&char>) -> bool {
        self.chars.last().is_some_and(char::is_ascii_digit)
            && next.is_some_and(|c| fold_char(*c).is_ascii_digit())
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether there is no character at all.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The view's characters `start..end` as a string.
    pub fn slice(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    /// The span of code points in the text that the view's `start..end` covers; `start < end`.
    pub fn to_text(&self, start: usize, end: usize) -> (usize, usize) {
        (self.origin[start], self.origin[end - 1] + 1)
    }

    /// The range of the view that the span `start..end` of code points in the text covers; empty where the view shows
    /// none of it.
    pub fn from_text(&self, start: usize, end: usize) -> (usize, usize) {
        let position = |point: usize| self.origin.partition_point(|origin| *origin < point);
        (position(start), position(end))
    }
}

/// The character as it counts for reading: nothing for blanks, one line feed for every way to end a line.
fn as_shown(raw: char, next: Option<&char>) -> Option<char> {
    match raw {
        '\r' if next != Some(&'\n') => Some('\n'),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        other if is_left_out(other) => None,
        other => Some(other),
    }
}

/// White space but the line feed, format and control characters.
fn is_left_out(c: char) -> bool {
    c != '\n' && (c.is_whitespace() || c.is_control() || is_unseen(c))
}

/// Characters that show nothing, or turn the direction of writing.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
}

/// Columns that a text takes on a terminal.
pub fn display_width(text: &str) -> usize {
    let of_character = |c| match c {
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' => 2,
        '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' => 2,
        '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    };
    text.chars().map(of_character).sum()
}

/// Tells which side a mark stands on that is written the same on both, and of which kind corner brackets are.
fn quotation_mark(raw: char, open: &mut bool) -> char {
    *open = match raw {
        '「' | '『' | '〝' => true,
        '」' | '』' | '〞' => false,
        _ => !*open,
    };
    if *open { '“' } else { '”' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        View::new(&text.chars().collect::<Vec<_>>()).chars.into_iter().collect()
    }

    #[test]
    fn leaves_out_spaces_and_keeps_where_characters_came_from() {
        let view = View::new(&"太 原\u{200B}市".chars().collect::<Vec<_>>());
        assert_eq!(view.slice(0, 3), "太原市");
        assert_eq!(view.to_text(0, 3), (0, 5));
        assert_eq!(view.from_text(0, 5), (0, 3));
        assert_eq!(view.from_text(1, 2), (1, 1));
        assert_eq!(view.gap, [false, true, true]);
    }

    #[test]
    fn pairs_straight_quotation_marks() {
        assert_eq!(shown("打造\"四個高地\",力爭"), "打造“四个高地”，力争");
        assert_eq!(shown("「鏈長制」"), "“链长制”");
    }

    #[test]
    fn leaves_out_what_html_left_behind() {
        assert_eq!(shown("太原&nbsp;市<b>发展</b><br>A&amp;B&&C"), "太原市发展\nA&B&&C");
    }

    #[test]
    fn every_way_to_end_a_line_is_a_line_feed() {
        assert_eq!(shown("甲\r\n乙\r丙\u{2028}丁\n"), "甲\n乙\n丙\n丁\n");
    }

    proptest! {
        #[test]
        fn origins_grow_and_lie_in_the_text(text in r#"[甲，、"<>&;#a-c0-9 \t\r\n]{0,60}"#) {
            let chars: Vec<char> = text.chars().collect();
            let view = View::new(&chars);
            prop_assert!(view.origin.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(view.origin.last().is_none_or(|last| *last < chars.len()));
            prop_assert_eq!(view.gap.len(), view.chars.len());
        }
    }

    #[test]
    fn keeps_separators_inside_numbers() {
        assert_eq!(shown("1,234户,12:30"), "1,234户，12:30");
    }
}
