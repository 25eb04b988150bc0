//! Which division a place name denotes in this document.
//!
//! A short name may denote several divisions (朝阳 is a city and two districts). The document's own unambiguous places
//! decide: a candidate in the same prefecture, else in the same province, goes before the others.

use crate::mentions::gazetteer::{Entry, Gazetteer, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a place name denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Division {
    /// Its full name.
    pub canonical: &'static str,
    /// Its GB/T 2260 code; empty for what has none.
    pub code: &'static str,
}

/// The divisions of folded place names, for those that can be told.
pub fn divisions(names: &BTreeSet<&str>) -> BTreeMap<String, Division> {
    let known: BTreeMap<&str, Vec<&Entry>> = names.iter().map(|name| (*name, entries(name))).collect();
    let context: BTreeSet<&str> =
        known.values().filter_map(|e| only(e)).flat_map(|e| prefixes(e.code)).collect();
    known
        .iter()
        .filter_map(|(name, entries)| {
            let entry = only(entries).or_else(|| in_context(entries, &context))?;
            Some(((*name).to_owned(), Division { canonical: entry.canonical, code: entry.code }))
        })
        .collect()
}

/// Whether several divisions bear a full name.
pub fn has_namesakes(name: &str) -> bool {
    let codes: BTreeSet<&str> =
        entries(name).iter().filter(|e| e.canonical == name).map(|e| e.code).collect();
    codes.len() > 1
}

/// The name by which a division is told from its namesakes: with the division above it in front.
pub fn told_apart(division: Division) -> String {
    if !has_namesakes(division.canonical) {
        return division.canonical.to_owned();
    }
    let above = division.code.get(..4).and_then(|prefix| above(&format!("{prefix}00")));
    let above = above.or_else(|| division.code.get(..2).and_then(|prefix| above_code(prefix)));
    format!("{}{}", above.unwrap_or_default(), division.canonical)
}

fn above_code(prefix: &str) -> Option<&'static str> {
    above(&format!("{prefix}0000"))
}

/// The full name of the division with a code.
fn above(code: &str) -> Option<&'static str> {
    static BY_CODE: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        let places =
            Gazetteer::open().entries().iter().filter(|e| matches!(e.kind, Kind::Province | Kind::City));
        places.filter(|e| e.name == e.canonical).map(|e| (e.code, e.canonical)).collect()
    });
    BY_CODE.get(code).copied()
}

fn entries(name: &str) -> Vec<&'static Entry> {
    let is_division = |e: &&Entry| {
        matches!(
            e.kind,
            Kind::Province | Kind::City | Kind::County | Kind::Town | Kind::Abbreviation | Kind::Country
        )
    };
    Gazetteer::open().lookup(name).iter().filter(is_division).collect()
}

fn only<'e>(entries: &[&'e Entry]) -> Option<&'e Entry> {
    match entries {
        [entry] => Some(entry),
        _ => None,
    }
}

/// Province and prefecture of a code.
fn prefixes(code: &str) -> impl Iterator<Item = &str> {
    [code.get(..4), code.get(..2)].into_iter().flatten()
}

/// The candidate that shares most of its code with the document's places; without any, the highest division that
/// alone has its rank.
fn in_context<'e>(entries: &[&'e Entry], context: &BTreeSet<&str>) -> Option<&'e Entry> {
    for length in [4, 2] {
        let near: Vec<&Entry> = entries
            .iter()
            .copied()
            .filter(|e| e.code.get(..length).is_some_and(|prefix| context.contains(prefix)))
            .collect();
        if !near.is_empty() {
            return highest(&near);
        }
    }
    highest(entries)
}

fn highest<'e>(entries: &[&'e Entry]) -> Option<&'e Entry> {
    let kind = entries.iter().map(|e| e.kind).min()?;
    let top: Vec<&Entry> = entries.iter().copied().filter(|e| e.kind == kind).collect();
    only(&top)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(name: &str, others: &[&str]) -> Option<&'static str> {
        let names = others.iter().copied().chain([name]).collect();
        divisions(&names).get(name).map(|d| d.code)
    }

    #[test]
    fn a_short_name_denotes_its_city() {
        assert_eq!(code_of("太原", &[]), Some("140100"));
        assert_eq!(code_of("晋", &[]), Some("140000"));
    }

    #[test]
    fn a_homonym_bears_the_name_of_its_parent() {
        let told = |code, canonical| told_apart(Division { canonical, code });
        assert_eq!(told("320302", "鼓楼区"), "徐州市鼓楼区");
        assert_eq!(told("140100", "太原市"), "太原市");
        assert!(has_namesakes("鼓楼区") && !has_namesakes("太原市"));
    }

    #[test]
    fn the_documents_places_part_homonyms() {
        assert_eq!(code_of("鼓楼区", &["徐州市"]), Some("320302"));
        assert_eq!(code_of("鼓楼区", &["福州市"]), Some("350102"));
        assert_eq!(code_of("鼓楼区", &[]), None);
    }
}
