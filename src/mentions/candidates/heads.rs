//! The enterprise in whose name a project's name begins.

use super::endings::{WORDS, Words};
use crate::document::Class;

/// A short trade name: two characters of its own before what it makes (two or three characters).
const OWN_CHARACTERS: usize = 2;
/// The longest name without any ending: 2 to 4 characters before a number, or a whole item of a list.
const LONGEST_BARE: usize = 4;

/// The range of the enterprise's name in `name`, the folded characters of a project's name, of which the first
/// `place` characters name a place (0 for none).
///
/// `listed` says whether the project is one item of a list, where a bare name may stand for its project.
pub fn enterprise_head(name: &[char], place: usize, listed: Listed) -> Option<(usize, usize)> {
    let words = WORDS.as_ref()?;
    [0, place]
        .into_iter()
        .find_map(|start| by_form(words, name, start, place))
        .or_else(|| bare(name, place).filter(|(_, end)| *end < name.len() || listed == Listed::Yes))
}

/// Whether a project stands in a list of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Beside others.
    Yes,
    /// By itself.
    No,
}

/// 某某集团…, 某某化工…: a legal form ends it at any length, a trade only after two characters of its own.
fn by_form(words: &Words, name: &[char], start: usize, place: usize) -> Option<(usize, usize)> {
    (start + 1..=name.len().min(start + 20)).rev().find_map(|end| {
        let (rule, ending) = words.longest_ending(&name[start..end], Class::Enterprise)?;
        let own = end - start - ending;
        let fits = match rule {
            "company-form" => own >= OWN_CHARACTERS,
            _ => {
                own == OWN_CHARACTERS
                    && (start == place || (place == own && end - start == 2 * OWN_CHARACTERS))
            }
        };
        (fits && !name[start..end].iter().any(char::is_ascii_digit)).then_some((start, end))
    })
}

/// 某某200兆瓦…: what stands before the first number; or a whole name of a few characters.
fn bare(name: &[char], place: usize) -> Option<(usize, usize)> {
    let digit = name.iter().position(char::is_ascii_digit);
    let end = digit.unwrap_or(name.len());
    let short = (OWN_CHARACTERS..=LONGEST_BARE).contains(&end.checked_sub(place)?);
    let worded = name[place..end].iter().any(|c| "年产第新建总期改扩和等项目心站园城府楼厦片件".contains(*c));
    (short && !worded && (digit.is_some() || place == 0)).then_some((place, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(name: &str, place: usize) -> Option<String> {
        let chars: Vec<char> = name.chars().collect();
        enterprise_head(&chars, place, Listed::Yes).map(|(s, e)| chars[s..e].iter().collect())
    }

    #[test]
    fn a_legal_form_or_a_trade_ends_the_enterprise() {
        assert_eq!(head("云山机床厂智能化改造", 2).as_deref(), Some("云山机床厂"));
        assert_eq!(head("青县永大化工磺酸盐", 2).as_deref(), Some("永大化工"));
        assert_eq!(head("云山钛业钛白粉生产线", 2).as_deref(), Some("云山钛业"));
    }

    #[test]
    fn a_number_or_a_short_item_ends_it_too() {
        assert_eq!(head("甲乙200兆瓦电池组件", 0).as_deref(), Some("甲乙"));
        assert_eq!(head("甲乙", 0).as_deref(), Some("甲乙"));
        assert_eq!(head("年产100兆瓦电池", 0), None);
        assert_eq!(head("新型储能电站", 0), None);
    }
}
