//! Indicators as concepts: one quantity under one name, whatever a text calls it.
//!
//! Goes in: the words in which a text names a quantity. Comes out: the concept that they denote, with the name that
//! official statistics give it where the list in `data/indicators` has one, and the wider concepts above it.

use crate::text::fold_name;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A quantity of the list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// The name that official statistics give it.
    pub name: String,
    /// The same in English.
    pub english: String,
    /// The chapter of the statistical yearbook.
    pub group: String,
    /// Other wordings.
    #[serde(default)]
    pub also: Vec<String>,
    /// The indicator of which it is a part.
    #[serde(default)]
    pub part_of: Option<String>,
    /// Whether a region's value is at least that of each part of the region.
    #[serde(default)]
    pub sum: bool,
    /// Whether it is a part of a whole in percent.
    #[serde(default)]
    pub share: bool,
    /// The nearest series of the World Development Indicators.
    #[serde(default)]
    pub wdi: Option<String>,
}

/// A chapter of indicators.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The same in English.
    pub english: String,
}

/// What some words denote.
#[derive(Debug, Clone)]
pub struct Concept {
    /// By what the concept is known: the folded listed name, else the folded words.
    pub key: String,
    /// The name to show: the listed one, else the words without what place and period say already.
    pub name: String,
    /// The entry of the list, if it has one.
    pub listed: Option<&'static Indicator>,
    /// The listed indicator next above, for words that are not listed.
    pub broader: Option<&'static Indicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    before: Vec<String>,
    filler: Vec<String>,
    after: Vec<String>,
    falling: Vec<String>,
    signed: Vec<String>,
    short: BTreeMap<String, String>,
    group: Vec<Group>,
    indicator: Vec<Indicator>,
}

struct List {
    file: File,
    by_wording: BTreeMap<String, usize>,
}

static LIST: LazyLock<Option<List>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/indicators/indicators.toml")).ok()?;
    let mut by_wording = BTreeMap::new();
    for (index, indicator) in file.indicator.iter().enumerate() {
        for wording in std::iter::once(&indicator.name).chain(&indicator.also) {
            by_wording.insert(fold_name(wording), index);
        }
    }
    Some(List { file, by_wording })
});

/// The whole list, in the order of its file; a test proves that the file can be read.
pub fn indicators() -> &'static [Indicator] {
    LIST.as_ref().map_or(&[], |list| &list.file.indicator)
}

/// The chapters.
pub fn indicator_groups() -> &'static [Group] {
    LIST.as_ref().map_or(&[], |list| &list.file.group)
}

/// The concept that some words denote.
pub fn indicator(words: &str) -> Concept {
    let folded = fold_name(words);
    let Some(list) = LIST.as_ref() else {
        return Concept { key: folded, name: words.to_owned(), listed: None, broader: None };
    };
    if let Some(listed) = list.find(&folded) {
        return Concept {
            key: fold_name(&listed.name),
            name: listed.name.clone(),
            listed: Some(listed),
            broader: None,
        };
    }
    let bare = list.without_place(&folded);
    let dropped = folded.chars().count() - bare.chars().count();
    let name = words.chars().skip(dropped).collect();
    Concept { key: bare.to_owned(), name, listed: None, broader: list.longest_ending(bare) }
}

impl Concept {
    /// The listed indicators and at last the chapter above it, the nearest first.
    pub fn above(&self) -> (Vec<&'static Indicator>, Option<&'static Group>) {
        let mut above: Vec<&'static Indicator> = self.broader.into_iter().collect();
        let start = self.listed.or(self.broader);
        let mut at = start;
        while let Some(whole) = at.and_then(|i| i.part_of.as_deref()).and_then(listed_as) {
            above.push(whole);
            at = Some(whole);
        }
        let group = start.and_then(|i| indicator_groups().iter().find(|g| g.name == i.group));
        (above, group)
    }
}

/// The entry of the list under its preferred name.
pub fn listed_as(name: &str) -> Option<&'static Indicator> {
    indicators().iter().find(|i| i.name == name)
}

/// Whether less of a quantity is better.
pub fn falls_when_better(name: &str) -> bool {
    LIST.as_ref().is_some_and(|list| list.file.falling.iter().any(|word| name.contains(word.as_str())))
}

/// Whether a quantity may be less than nothing, and so fall by more than all of it.
pub fn may_be_negative(name: &str) -> bool {
    LIST.as_ref().is_some_and(|list| list.file.signed.iter().any(|word| name.contains(word.as_str())))
}

impl List {
    fn find(&self, folded: &str) -> Option<&Indicator> {
        let bare = self.without_place(folded);
        let known = |words: &str| self.by_wording.get(words).map(|i| &self.file.indicator[*i]);
        let trimmed =
            self.file.after.iter().fold(bare, |words, end| words.strip_suffix(end.as_str()).unwrap_or(words));
        let rest = self
            .file
            .filler
            .iter()
            .fold(trimmed, |words, start| words.strip_prefix(start.as_str()).unwrap_or(words));
        [folded, bare, trimmed, rest]
            .into_iter()
            .find_map(|words| known(words).or_else(|| known(&self.spelt_out(words))))
    }

    fn spelt_out(&self, words: &str) -> String {
        self.file.short.iter().fold(words.to_owned(), |words, (short, long)| {
            match words.contains(long.as_str()) {
                true => words,
                false => words.replace(short.as_str(), long),
            }
        })
    }

    fn without_place<'a>(&self, folded: &'a str) -> &'a str {
        let cut =
            |words: &'a str| self.file.before.iter().find_map(|start| words.strip_prefix(start.as_str()));
        let mut words = folded;
        while let Some(rest) = cut(words).filter(|rest| rest.chars().count() > 1) {
            words = rest;
        }
        words
    }

    fn longest_ending(&self, words: &str) -> Option<&Indicator> {
        let starts = words.char_indices().skip(1).map(|(at, _)| &words[at..]);
        starts
            .filter(|end| end.chars().count() > 1)
            .find_map(|end| self.by_wording.get(end))
            .map(|i| &self.file.indicator[*i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(words: &str) -> String {
        indicator(words).key
    }

    #[test]
    fn the_list_can_be_read_and_names_only_what_it_has() {
        assert!(indicators().len() > 100);
        for i in indicators() {
            assert!(indicator_groups().iter().any(|g| g.name == i.group), "{}", i.name);
            assert!(i.part_of.as_deref().is_none_or(|whole| listed_as(whole).is_some()), "{}", i.name);
        }
    }

    #[test]
    fn no_wording_stands_for_two_indicators() {
        let all: usize = indicators().iter().map(|i| 1 + i.also.len()).sum();
        assert_eq!(LIST.as_ref().unwrap().by_wording.len(), all);
    }

    #[test]
    fn no_indicator_is_a_part_of_itself() {
        for i in indicators() {
            let (above, _) = indicator(&i.name).above();
            assert!(above.len() < 6 && above.iter().all(|a| a.name != i.name), "{}", i.name);
        }
    }

    #[test]
    fn all_wordings_of_a_quantity_are_one_concept() {
        for words in
            ["GDP", "經濟總量", "生产总值", "全市地区生产总值", "地区生产总值（GDP）", "全年实现地区生产总值"]
        {
            assert_eq!(key(words), "地区生产总值", "{words}");
        }
        assert_eq!(key("规上工业增加值"), "规模以上工业增加值");
        assert_eq!(key("全县规上工业增加值"), "规模以上工业增加值");
        assert_eq!(key("人均GDP"), "人均地区生产总值");
    }

    #[test]
    fn words_that_are_not_listed_stay_as_they_are_below_the_longest_listed_ending() {
        let concept = indicator("全市煤炭产业增加值");
        assert_eq!((concept.name.as_str(), concept.listed.is_some()), ("煤炭产业增加值", false));
        assert_eq!(concept.broader.map(|i| i.name.as_str()), Some("增加值"));
        assert_eq!(indicator("甲乙丙丁").broader.map(|i| i.name.as_str()), None);
    }

    #[test]
    fn a_part_stands_below_its_whole_and_its_chapter() {
        let (above, group) = indicator("高技术制造业增加值").above();
        let names: Vec<&str> = above.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["制造业增加值", "工业增加值", "地区生产总值"]);
        assert_eq!(group.map(|g| g.name.as_str()), Some("工业"));
    }
}
