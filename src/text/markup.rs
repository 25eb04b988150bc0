//! Leftovers of HTML in a text: tags and character references; and a text as it stands within HTML.

use super::view::is_unseen;

/// What stands at a place where markup begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Markup {
    /// How many characters it takes.
    pub length: usize,
    /// The character it stands for; nothing for tags and blanks.
    pub shown: Option<char>,
}

const LONGEST_TAG: usize = 300;
const LONGEST_REFERENCE: usize = 10;
const BLOCKS: [&str; 12] = ["br", "p", "div", "li", "ul", "tr", "td", "table", "h1", "h2", "h3", "hr"];
const NAMED: [(&str, char); 13] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("middot", '·'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("times", '×'),
];
const BLANK: [&str; 5] = ["nbsp", "ensp", "emsp", "thinsp", "zwnj"];

/// A text as it stands within HTML or XML, which allow no control characters but breaks of lines and tabs; without what
/// would turn the writing round.
pub fn escaped(text: &str) -> String {
    let stays = |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || is_unseen(*c));
    let clean: String = text.chars().filter(stays).collect();
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The markup that begins at `index`, if any does.
pub(super) fn at(text: &[char], index: usize) -> Option<Markup> {
    match text[index] {
        '&' => reference(&text[index + 1..]),
        '<' => tag(&text[index + 1..]),
        _ => None,
    }
}

fn reference(after: &[char]) -> Option<Markup> {
    let name: String = until(after, ';', LONGEST_REFERENCE)?;
    let shown = match name.strip_prefix('#') {
        Some(number) => number_reference(number)?,
        None if BLANK.contains(&name.as_str()) => None,
        None => Some(NAMED.iter().find(|(known, _)| *known == name)?.1),
    };
    Some(Markup { length: name.len() + 2, shown })
}

fn number_reference(number: &str) -> Option<Option<char>> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = char::from_u32(code)?;
    Some(Some(c).filter(|c| !c.is_whitespace() && !c.is_control()))
}

fn tag(after: &[char]) -> Option<Markup> {
    let inner = until(after, '>', LONGEST_TAG)?;
    let name = inner.trim_start_matches('/');
    let sound = name.starts_with(|c: char| c.is_ascii_alphabetic()) || inner.starts_with("!--");
    let name: String =
        name.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let shown = BLOCKS.contains(&name.as_str()).then_some('\n');
    sound.then_some(Markup { length: inner.len() + 2, shown })
}

/// The ASCII characters before the first `end`, unless it is too far away.
fn until(text: &[char], end: char, longest: usize) -> Option<String> {
    let length = text.iter().take(longest).position(|c| *c == end || *c == '<' || !c.is_ascii())?;
    (text[length] == end && length > 0).then(|| text[..length].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(usize, Option<char>)> {
        at(&text.chars().collect::<Vec<_>>(), 0).map(|markup| (markup.length, markup.shown))
    }

    #[test]
    fn references_stand_for_their_character_or_a_blank() {
        assert_eq!(first("&nbsp;太原"), Some((6, None)));
        assert_eq!(first("&ldquo;太原"), Some((7, Some('“'))));
        assert_eq!(first("&#183;"), Some((6, Some('·'))));
        assert_eq!(first("&#x3000;"), Some((8, None)));
    }

    #[test]
    fn tags_are_nothing_and_blocks_end_a_line() {
        assert_eq!(first("<span class=\"a\">太原"), Some((16, None)));
        assert_eq!(first("<br/>太原"), Some((5, Some('\n'))));
        assert_eq!(first("</p>"), Some((4, Some('\n'))));
    }

    #[test]
    fn what_only_looks_like_markup_is_text() {
        for text in ["&&，太原", "& 太原", "&太原;", "<太原>", "<关于印发>", "<5%", "&unknown;", "<<a>"]
        {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
