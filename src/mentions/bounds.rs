//! Words beside a number that say how it bounds the true value, from `data/values/bounds.toml`.

use crate::document::Bound;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    left: Side,
    clause: Side,
    right: Side,
}

#[derive(Deserialize)]
struct Side {
    over: Vec<String>,
    under: Vec<String>,
    about: Vec<String>,
}

type Words = Vec<(Vec<char>, Bound)>;

/// The words left of a number, in its clause, and right of its unit.
#[derive(Default)]
struct Lists {
    left: Words,
    clause: Words,
    right: Words,
}

static WORDS: LazyLock<Lists> = LazyLock::new(|| {
    let file = toml::from_str::<File>(include_str!("../../data/values/bounds.toml"));
    let lists = |file: File| Lists {
        left: flatten(file.left),
        clause: flatten(file.clause),
        right: flatten(file.right),
    };
    file.map_or_else(|_| Lists::default(), lists)
});

fn flatten(side: Side) -> Words {
    let mut words: Words = [(side.over, Bound::Over), (side.under, Bound::Under), (side.about, Bound::About)]
        .into_iter()
        .flat_map(|(list, bound)| list.into_iter().map(move |word| (word.chars().collect(), bound)))
        .collect();
    words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    words
}

/// The bound that stands directly before `at`, and where it begins.
pub fn before(chars: &[char], at: usize) -> Option<(Bound, usize)> {
    let currency = chars[..at].ends_with(&['人', '民', '币']);
    let at = if currency { at - 3 } else { at };
    let text = &chars[at.saturating_sub(8)..at];
    let (word, bound) = WORDS.left.iter().find(|(word, _)| text.ends_with(word))?;
    let start = at - word.len();
    let false_friend = match (word.as_slice(), start.checked_sub(1).map(|before| chars[before])) {
        (['近'], Some('最' | '附' | '靠' | '邻' | '临' | '远' | '就' | '亲'))
        | (['过'], Some('通' | '经' | '透' | '不' | '超' | '渡'))
        | (['破'], Some('爆'))
        | (['约'], Some('合' | '节' | '签' | '集' | '履' | '续' | '契')) => true,
        (['过'], previous) => !matches!(previous, Some('已' | '均' | '都' | '将')),
        _ => false,
    };
    (!false_friend).then_some((*bound, start))
}

/// The bound that stands somewhere in the words of a clause before its number: 至少投入.
pub fn within(clause: &[char]) -> Option<Bound> {
    let stands = |word: &[char]| clause.windows(word.len()).any(|part| part == word);
    WORDS.clause.iter().find(|(word, _)| stands(word)).map(|(_, bound)| *bound)
}

/// The bound that stands directly after a unit at `at`, and where it ends.
pub fn after(chars: &[char], at: usize) -> Option<(Bound, usize)> {
    let text = &chars[at..(at + 5).min(chars.len())];
    let (word, bound) = WORDS.right.iter().find(|(word, _)| text.starts_with(word))?;
    let end = at + word.len();
    let next = chars.get(end).copied();
    let false_friend = match word.as_slice() {
        ['多'] => matches!(next, Some('样' | '元' | '功' | '式' | '层' | '媒' | '方' | '次' | '地' | '边')),
        ['级'] | ['强'] | ['许'] | ['起'] => true,
        _ => false,
    };
    (!false_friend).then_some((*bound, end))
}
