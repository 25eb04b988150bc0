//! Bodies of the whole country: their official names, under whatever name a text has them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Official names by all names.
static OFFICIAL: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/names/bodies.tsv").lines().filter(|line| !line.starts_with('#'));
    let names = lines.filter_map(|line| line.split_once('\t')).flat_map(|(official, others)| {
        std::iter::once(official).chain(others.split_ascii_whitespace()).map(move |name| (name, official))
    });
    names.collect()
});

/// What the parts of a body are called at their end.
const PARTS: [&str; 8] = ["司", "局", "室", "厅", "所", "院", "中心", "办"];

/// Whether there is one body of that name in the whole country.
pub fn is_national(name: &str) -> bool {
    OFFICIAL.contains_key(name)
}

/// The name with the official name of the body in it: 国家发改委 and its 国家发改委综合司.
pub(super) fn official(name: &str) -> Option<String> {
    if let Some(official) = OFFICIAL.get(name) {
        return Some((*official).to_owned());
    }
    let ends = name.char_indices().map(|(at, _)| at).skip(3);
    let heads: Vec<(&str, &str)> = ends.map(|at| name.split_at(at)).collect();
    heads.into_iter().rev().find_map(|(head, part)| {
        let official = OFFICIAL.get(head).filter(|_| PARTS.iter().any(|end| part.ends_with(end)))?;
        Some(format!("{official}{part}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_national_body_is_one_under_all_its_names() {
        for name in ["国家发改委", "国家发展改革委", "国家发展和改革委员会"] {
            assert_eq!(official(name).unwrap(), "国家发展和改革委员会");
        }
        assert_eq!(official("国家发改委综合司"), official("国家发展改革委综合司"));
        assert!(is_national("国务院") && is_national("党中央"));
    }

    #[test]
    fn a_body_of_a_place_is_none() {
        for name in ["发改委", "市政府", "太原市发改委", "税务局", "国务院令"] {
            assert!(!is_national(name) && official(name).is_none(), "{name}");
        }
    }

    #[test]
    fn no_name_is_that_of_two_bodies() {
        let lines: Vec<&str> =
            include_str!("../../data/names/bodies.tsv").lines().filter(|l| !l.starts_with('#')).collect();
        let names = lines.iter().flat_map(|l| l.split(['\t', ' '])).filter(|name| !name.is_empty());
        assert_eq!(names.count(), OFFICIAL.len());
        assert!(lines.iter().all(|line| line.contains('\t')));
    }
}
