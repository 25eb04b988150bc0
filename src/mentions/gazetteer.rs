//! Names known beforehand: divisions, zones, industries, bodies, enterprises, offices, policies, surnames.
//!
//! Goes in: folded characters. Comes out: every place where a known name stands, with all that it may denote. Whether
//! it does denote it there is for others to decide; a weight says how often it does. The lists are files of
//! `data/gazetteer/`, read once and searched as one trie.

mod kind;
mod list;
mod person;
mod trie;

pub use kind::Kind;
pub use list::Entry;
pub use person::{CharacterUse, PersonCharacters};

use std::sync::LazyLock;
use trie::Trie;

/// The lists that make up the gazetteer, as they are embedded.
const LISTS: &[&str] = &[
    include_str!("../../data/gazetteer/brands.tsv"),
    include_str!("../../data/gazetteer/classification.tsv"),
    include_str!("../../data/gazetteer/companies.tsv"),
    include_str!("../../data/gazetteer/divisions.tsv"),
    include_str!("../../data/gazetteer/former.tsv"),
    include_str!("../../data/gazetteer/national_zones.tsv"),
    include_str!("../../data/gazetteer/nature.tsv"),
    include_str!("../../data/gazetteer/organizations.tsv"),
    include_str!("../../data/gazetteer/organs.tsv"),
    include_str!("../../data/gazetteer/policies.tsv"),
    include_str!("../../data/gazetteer/positions.tsv"),
    include_str!("../../data/gazetteer/regions.tsv"),
    include_str!("../../data/gazetteer/sectors.tsv"),
    include_str!("../../data/gazetteer/suffixes.tsv"),
    include_str!("../../data/gazetteer/surnames.tsv"),
    include_str!("../../data/gazetteer/towns.tsv"),
    include_str!("../../data/gazetteer/world.tsv"),
    include_str!("../../data/gazetteer/zones.tsv"),
];

/// A known name found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'g> {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// All that is known under this name, surest first.
    pub entries: &'g [Entry],
}

/// All known names in one searchable structure.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    trie: Trie,
    persons: PersonCharacters,
}

impl Gazetteer {
    /// The built-in gazetteer, read on first use.
    pub fn open() -> &'static Self {
        static BUILT_IN: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::from_lists(LISTS));
        &BUILT_IN
    }

    /// A gazetteer of the given lists, in the format of `data/gazetteer/`.
    pub fn from_lists(lists: &[&'static str]) -> Self {
        let mut entries: Vec<Entry> = lists.iter().flat_map(|text| list::entries(text)).collect();
        entries.sort_by_key(|entry| (entry.name, entry.kind, entry.canonical, entry.code, entry.weight));
        entries.dedup_by_key(|entry| (entry.name, entry.kind, entry.canonical, entry.code));
        entries.sort_by_key(|entry| (entry.name, std::cmp::Reverse(entry.weight)));
        let trie = Trie::new(&entries);
        Self { entries, trie, persons: PersonCharacters::read() }
    }

    /// Every known name in `chars`, overlapping ones too, by start and then by end.
    pub fn matches(&self, chars: &[char]) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        self.for_each(chars, |hit| hits.push(hit));
        hits
    }

    /// Calls `found` for every known name in `chars`, in the order of [`Self::matches`].
    pub fn for_each<'g>(&'g self, chars: &[char], mut found: impl FnMut(Hit<'g>)) {
        for start in 0..chars.len() {
            self.trie.walk(&chars[start..], |length, range| {
                found(Hit { start, end: start + length, entries: &self.entries[range] });
            });
        }
    }

    /// All that is known under exactly this name.
    pub fn lookup(&self, name: &str) -> &[Entry] {
        let from = self.entries.partition_point(|entry| entry.name < name);
        let to = from + self.entries[from..].partition_point(|entry| entry.name == name);
        &self.entries[from..to]
    }

    /// Everything that is known, by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How characters are used in personal names.
    pub fn persons(&self) -> &PersonCharacters {
        &self.persons
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Class;

    fn kinds(name: &str) -> Vec<Kind> {
        Gazetteer::open().lookup(name).iter().map(|entry| entry.kind).collect()
    }

    fn found(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let hits = Gazetteer::open().matches(&chars);
        hits.iter().map(|hit| chars[hit.start..hit.end].iter().collect()).collect()
    }

    #[test]
    fn finds_overlapping_names() {
        let names = found("山西省太原市");
        for name in ["山西", "山西省", "太原", "太原市"] {
            assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
        }
    }

    #[test]
    fn knows_the_codes_of_divisions_under_short_and_full_names() {
        for name in ["太原", "太原市"] {
            let entry =
                Gazetteer::open().lookup(name).iter().find(|entry| entry.kind == Kind::City).expect(name);
            assert_eq!((entry.canonical, entry.code), ("太原市", "140100"));
        }
    }

    #[test]
    fn tells_the_province_of_jilin_from_its_city() {
        let entries = Gazetteer::open().lookup("吉林");
        let codes: Vec<_> = entries.iter().map(|entry| (entry.kind, entry.code)).collect();
        assert!(codes.contains(&(Kind::Province, "220000")), "{codes:?}");
        assert!(codes.contains(&(Kind::City, "220200")), "{codes:?}");
    }

    #[test]
    fn keeps_shanxi_and_shaanxi_apart() {
        let code = |name| Gazetteer::open().lookup(name)[0].code;
        assert_eq!((code("山西"), code("陕西")), ("140000", "610000"));
    }

    #[test]
    fn doubts_short_names_that_are_common_words() {
        for name in ["城区", "东方", "和平", "红旗", "向阳", "解放", "友好", "开发区", "大众"]
        {
            for entry in Gazetteer::open().lookup(name).iter().filter(|e| e.kind.class().is_some()) {
                assert!(entry.weight < 9, "{name} as {:?} is sure", entry.kind);
            }
        }
        assert!(Gazetteer::open().lookup("城区").iter().all(|entry| entry.weight < 5));
    }

    #[test]
    fn holds_all_bearers_of_one_name() {
        let codes = Gazetteer::open().lookup("朝阳区").iter().filter(|e| e.kind == Kind::County).count();
        assert!(codes >= 2, "Beijing and Changchun both have one");
        assert!(kinds("朝阳").contains(&Kind::City));
    }

    #[test]
    fn has_no_short_form_of_one_character_but_abbreviations_and_surnames() {
        let lone = |entry: &&Entry| {
            entry.name.chars().count() == 1
                && (entry.kind.class().is_some() && entry.kind != Kind::Abbreviation)
        };
        let stray: Vec<_> = Gazetteer::open().entries.iter().filter(lone).map(|e| (e.name, e.kind)).collect();
        assert_eq!(stray, [("华", Kind::Country)]);
    }

    #[test]
    fn is_written_in_simplified_script_and_half_width() {
        let fold =
            |name: &str| name.chars().map(crate::text::fold_char).collect::<String>().replace('”', "“");
        let unfolded = |entry: &&Entry| fold(entry.name) != entry.name.replace('”', "“");
        let stray: Vec<_> =
            Gazetteer::open().entries.iter().filter(unfolded).map(|entry| entry.name).collect();
        assert!(stray.is_empty(), "{stray:?}");
    }

    #[test]
    fn gives_every_class_but_person_and_project() {
        let mut classes: Vec<Class> =
            Gazetteer::open().entries.iter().filter_map(|entry| entry.kind.class()).collect();
        classes.sort();
        classes.dedup();
        assert_eq!(
            classes,
            [
                Class::Place,
                Class::Zone,
                Class::Enterprise,
                Class::Organization,
                Class::Industry,
                Class::Policy,
                Class::Position
            ]
        );
    }
}
