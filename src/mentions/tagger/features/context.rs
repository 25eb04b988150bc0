//! What lies further off: the marks around a chunk, the words in which names end ahead, the noun that closes a list.

use super::character::{bounds, class};
use super::known::Known;
use super::{Family, hash, steps};
use crate::mentions::gazetteer::Kind;

/// How far ahead a closing word is looked for.
const REACH: usize = 24;

/// The words in which names end, by class of name.
const SUFFIXES: [Kind; 8] = [
    Kind::CompanySuffix,
    Kind::OrganizationSuffix,
    Kind::ProjectSuffix,
    Kind::PlaceSuffix,
    Kind::ZoneSuffix,
    Kind::IndustrySuffix,
    Kind::PolicyHead,
    Kind::PositionHead,
];

pub(super) fn write(known: &Known, chars: &[char], family: &mut Family) {
    write_chunks(chars, family);
    write_ahead(known, chars, family);
    write_list_heads(known, chars, family);
}

/// For each character the marks before and after the chunk it stands in, with its distance from them.
fn write_chunks(chars: &[char], family: &mut Family) {
    let mut start = 0;
    while start < chars.len() {
        let end = start + chars[start..].iter().take_while(|c| !bounds(**c)).count();
        let opens = if start == 0 { 1 } else { class(chars[start - 1]) };
        let closes = chars.get(end).map_or(1, |c| class(*c));
        for at in start..end {
            family.push(at, hash(40, &[opens, steps(at - start)]));
            family.push(at, hash(41, &[closes, steps(end - at)]));
            family.push(at, hash(42, &[opens, closes, steps(end - start)]));
        }
        start = end + 1;
    }
}

/// The closing words that end after a character and before the chunk does: of each sort the nearest, with its distance.
fn write_ahead(known: &Known, chars: &[char], family: &mut Family) {
    let mut nearest = [usize::MAX; SUFFIXES.len()];
    let mut names: Vec<(usize, usize, usize)> = known
        .names
        .iter()
        .filter_map(|name| {
            SUFFIXES.iter().position(|kind| *kind == name.kind).map(|sort| (name.end, name.start, sort))
        })
        .collect();
    names.sort_unstable();
    for at in (0..chars.len()).rev() {
        if bounds(chars[at]) {
            nearest = [usize::MAX; SUFFIXES.len()];
            continue;
        }
        while let Some(&(end, _, sort)) = names.last().filter(|(end, ..)| *end > at) {
            nearest[sort] = end;
            names.pop();
        }
        let mut first = (usize::MAX, 0);
        for (sort, end) in
            nearest.iter().enumerate().filter(|(_, end)| **end != usize::MAX && **end - at <= REACH)
        {
            family.push(at, hash(43, &[sort as u32, steps(*end - at)]));
            first = first.min((*end, sort as u32));
        }
        let distance = if first.0 == usize::MAX { 0 } else { steps(first.0 - at) };
        family.push(at, hash(44, &[first.1, distance, chars[at] as u32]));
    }
}

/// In a list closed by 等, what the words after 等 are.
fn write_list_heads(known: &Known, chars: &[char], family: &mut Family) {
    for close in (0..chars.len()).filter(|at| chars[*at] == '等') {
        let limit = (close + 1 + 12).min(chars.len());
        let stop = close + 1 + chars[close + 1..limit].iter().take_while(|c| class(**c) != 7).count();
        let head = known
            .names
            .iter()
            .filter(|name| name.start > close && name.end <= stop)
            .find_map(|name| SUFFIXES.iter().position(|kind| *kind == name.kind));
        let next = chars.get(close + 1).map_or(1, |c| *c as u32);
        let after = chars.get(close + 2).map_or(1, |c| *c as u32);
        let sort = head.map_or(SUFFIXES.len(), |sort| sort) as u32;
        for at in list_before(chars, close) {
            family.push(at, hash(45, &[sort]));
            family.push(at, hash(46, &[next, after]));
            family.push(at, hash(47, &[sort, steps(chunk_offset(chars, at))]));
        }
    }
}

/// The characters of the list that ends before `close`.
fn list_before(chars: &[char], close: usize) -> std::ops::Range<usize> {
    let back = chars[..close].iter().rev().take(120).take_while(|c| class(**c) != 7).count();
    close - back..close
}

fn chunk_offset(chars: &[char], at: usize) -> usize {
    chars[..at].iter().rev().take(16).take_while(|c| !bounds(**c)).count()
}
