//! The view in which text is matched: folded characters without inner spaces, each knowing where it came from.

use super::fold::fold_char;

/// Folded characters with the code point each stands for.
///
/// Spaces, tabs, zero-width and control characters are left out; line feeds stay. An opening or closing straight
/// quotation mark becomes “ or ”.
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
        let (mut gap, mut open) = (false, false);
        for (index, &raw) in text.iter().enumerate() {
            if is_left_out(raw) {
                gap = true;
                continue;
            }
            let mut folded = fold_char(raw);
            if folded == '”' && raw != '”' {
                folded = quotation_mark(raw, &mut open);
            } else if matches!(folded, '“' | '\n') {
                open = folded == '“';
            } else if folded == '”' {
                open = false;
            }
            let digit_before = view.chars.last().is_some_and(char::is_ascii_digit);
            let digit_after = text.get(index + 1).is_some_and(|c| fold_char(*c).is_ascii_digit());
            folded = match folded {
                ',' | '：' | ':' | '，' if digit_before && digit_after && raw.is_ascii() => raw,
                ',' => '，',
                ':' => '：',
                other => other,
            };
            view.chars.push(folded);
            view.origin.push(index);
            view.gap.push(gap);
            gap = false;
        }
        view
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
}

/// White space but the line feed, format and control characters.
fn is_left_out(c: char) -> bool {
    c != '\n'
        && (c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}'))
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

    fn shown(text: &str) -> String {
        View::new(&text.chars().collect::<Vec<_>>()).chars.into_iter().collect()
    }

    #[test]
    fn leaves_out_spaces_and_keeps_where_characters_came_from() {
        let view = View::new(&"太 原\u{200B}市".chars().collect::<Vec<_>>());
        assert_eq!(view.slice(0, 3), "太原市");
        assert_eq!(view.to_text(0, 3), (0, 5));
        assert_eq!(view.gap, [false, true, true]);
    }

    #[test]
    fn pairs_straight_quotation_marks() {
        assert_eq!(shown("打造\"四個高地\",力爭"), "打造“四个高地”，力争");
        assert_eq!(shown("「鏈長制」"), "“链长制”");
    }

    #[test]
    fn keeps_separators_inside_numbers() {
        assert_eq!(shown("1,234户,12:30"), "1,234户，12:30");
    }
}
