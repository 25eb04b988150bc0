//! Mends the edges of tagged names where the text itself shows where they end.

use super::Mention;
use super::gazetteer::{Gazetteer, Kind};
use crate::document::Class;
use crate::text::View;

/// The longest part of a zone that stands in brackets behind its name.
const LONGEST_PART: usize = 8;

/// Mends each mention, in reading order, so that none overlaps the next.
pub fn edges(view: &View, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut mended: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let floor = mended.last().map_or(0, |m| m.end);
        let mention = whole(view, mention, floor);
        if mention.start >= floor {
            mended.extend(parts(view, mention));
        }
    }
    mended
}

/// Mends a mention by itself.
pub fn alone(view: &View, mention: Mention) -> Vec<Mention> {
    parts(view, whole(view, mention, 0))
}

/// A mention with the marks that belong to it, none of them before `floor`.
fn whole(view: &View, mention: Mention, floor: usize) -> Mention {
    with_bracketed_part(view, with_closing_bracket(view, with_opening_mark(view, mention, floor)))
}

/// 一群”布局 lacks the mark that opens before it.
fn with_opening_mark(view: &View, mut m: Mention, floor: usize) -> Mention {
    let inside = &view.chars[m.start..m.end];
    let closes = inside.contains(&'”') && !inside.contains(&'“');
    if closes && m.start > floor && view.chars[m.start - 1] == '“' {
        if inside.last() == Some(&'”') { m.end -= 1 } else { m.start -= 1 }
    }
    m
}

/// 云山经济区（青山区 lacks the bracket that closes behind it.
fn with_closing_bracket(view: &View, mut m: Mention) -> Mention {
    let open = view.chars[m.start..m.end].iter().fold(0, |open, c| match c {
        '（' => open + 1,
        '）' => open - 1,
        _ => open,
    });
    if open == 1 && view.chars.get(m.end) == Some(&'）') {
        m.end += 1;
    }
    m
}

/// 云山经济区（青山区）: the part in brackets belongs to the zone's name.
fn with_bracketed_part(view: &View, mut m: Mention) -> Mention {
    let after = &view.chars[m.end..view.len().min(m.end + LONGEST_PART + 2)];
    let close = after.iter().position(|c| *c == '）').filter(|_| m.class == Class::Zone && after[0] == '（');
    if let Some(close) = close.filter(|c| *c > 1 && matches!(after[c - 1], '区' | '园' | '城')) {
        m.end += close + 1;
    }
    m
}

/// 新兴产业未来产业 are two industries without a mark between them.
fn parts(view: &View, m: Mention) -> Vec<Mention> {
    let is_industry = |start: usize, end: usize| {
        let name = view.slice(start, end);
        (name.ends_with('业') || end == m.end)
            && Gazetteer::open().lookup(&name).iter().any(|e| e.kind == Kind::Industry)
    };
    let joint = (m.start + 3..m.end.saturating_sub(2))
        .filter(|_| m.class == Class::Industry && m.end - m.start >= 6)
        .find(|&at| is_industry(m.start, at) && is_industry(at, m.end));
    match joint {
        Some(at) => vec![Mention { end: at, ..m.clone() }, Mention { start: at, ..m }],
        None => vec![m],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, class: Class, start: usize, end: usize) -> Vec<String> {
        let view = View::new(&text.chars().collect::<Vec<_>>());
        let m = Mention { start, end, class, found_by: "test".to_owned(), confidence: 1.0 };
        edges(&view, vec![m]).iter().map(|m| view.slice(m.start, m.end)).collect()
    }

    #[test]
    fn a_mark_that_closes_inside_opens_inside() {
        assert_eq!(mended("推进“一核两翼”布局", Class::Policy, 3, 10), ["“一核两翼”布局"]);
        assert_eq!(mended("推进“一核两翼”，", Class::Policy, 3, 8), ["一核两翼"]);
    }

    #[test]
    fn the_bracketed_part_belongs_to_the_zone() {
        assert_eq!(mended("云青经济区(云山区)建设", Class::Zone, 0, 5), ["云青经济区（云山区）"]);
        assert_eq!(mended("云青经济区(云山区)建设", Class::Zone, 0, 9), ["云青经济区（云山区）"]);
        assert_eq!(mended("云山公司（简称云山）", Class::Enterprise, 0, 4), ["云山公司"]);
    }

    #[test]
    fn two_industries_without_a_mark_are_two() {
        assert_eq!(mended("新兴产业未来产业", Class::Industry, 0, 8), ["新兴产业", "未来产业"]);
        assert_eq!(mended("装备制造产业", Class::Industry, 0, 6), ["装备制造产业"]);
    }
}
