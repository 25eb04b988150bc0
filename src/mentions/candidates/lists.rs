//! Lists closed by 等 and a noun: the noun gives the items their class.

use super::endings::{WORDS, Words, reach_back};
use super::{Candidate, is_barrier};
use crate::document::Class;

const RULE: &str = "list-before-noun";

/// No list is longer than this (characters).
const LONGEST: usize = 150;
/// Words between 等 and the noun: 等一批重点产业项目.
const LONGEST_MODIFIER: usize = 10;

/// Adds the items of the lists of one sentence.
pub(super) fn find(chars: &[char], (start, end): (usize, usize), found: &mut Vec<Candidate>) {
    let Some(words) = WORDS.as_ref() else { return };
    for at in start + 1..end {
        if chars[at] == '等'
            && let Some(class) = noun_after(words, &chars[at + 1..end])
        {
            items(words, chars, (start.max(at.saturating_sub(LONGEST)), at), class, found);
        }
    }
}

/// The class that a list which ends at `end` gives its items, where 等 and a noun close it there.
pub fn class_of_list(chars: &[char], end: usize) -> Option<Class> {
    let after = chars.get(end..)?.strip_prefix(&['等'])?;
    noun_after(WORDS.as_ref()?, after)
}

/// The class of the noun that stands within a few words after 等.
fn noun_after(words: &Words, after: &[char]) -> Option<Class> {
    let reach = after.iter().position(|c| is_barrier(*c)).unwrap_or(after.len()).min(LONGEST_MODIFIER);
    (0..=reach).find_map(|skip| {
        words.nouns.iter().find(|(noun, _)| after[skip..].starts_with(noun)).map(|(_, class)| *class)
    })
}

fn items(
    words: &Words,
    chars: &[char],
    (least, end): (usize, usize),
    class: Class,
    found: &mut Vec<Candidate>,
) {
    let mut item_end = end;
    let mut at = end;
    while at > least {
        let c = chars[at - 1];
        if c == '、' || is_clause_mark(c) {
            push(words, chars, (at, item_end), (class, c), found);
            item_end = at - 1;
        }
        if is_clause_mark(c) {
            return;
        }
        at -= 1;
    }
    push(words, chars, (at, item_end), (class, '，'), found);
}

fn is_clause_mark(c: char) -> bool {
    is_barrier(c) && !matches!(c, '、' | '“' | '”' | '《' | '》')
}

/// An item inside the list is whole; the first one begins after the last stop before it.
fn push(
    words: &Words,
    chars: &[char],
    (start, end): (usize, usize),
    (class, mark): (Class, char),
    found: &mut Vec<Candidate>,
) {
    let start = if mark == '、' { start } else { reach_back(words, chars, start, end) };
    let inner = |from: usize, to: usize, found: &mut Vec<Candidate>| {
        if to > from + 1 && to - from <= 40 {
            found.push(Candidate { start: from, end: to, class, rule: RULE });
        }
    };
    inner(start, end, found);
    if let Some(joint) = chars[start..end].iter().position(|c| matches!(c, '和' | '与' | '及')) {
        inner(start, start + joint, found);
        inner(start + joint + 1, end, found);
    }
}
