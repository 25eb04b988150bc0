//! How names of industries are made: what they end in, what stands before, which words are said for others.

use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const WORDS: &str = include_str!("../../data/link/industry_words.tsv");
/// Endings that titles of classes have and names in the news leave out.
const TITLE_ENDS: [&str; 7] = ["业", "制造业", "制造", "加工", "加工业", "生产", "服务"];
/// What stands between two things that are named together.
const CONJUNCTIONS: [char; 6] = ['、', '和', '与', '及', '+', '/'];
const QUOTES: [char; 4] = ['“', '”', '"', '’'];

static LISTS: LazyLock<Words> = LazyLock::new(Words::read);

/// The lists, the longest words first.
#[derive(Debug)]
struct Words {
    endings: Vec<(&'static str, &'static str)>,
    all_stages: Vec<&'static str>,
    qualifiers: Vec<Qualifier>,
    worked: BTreeMap<&'static str, &'static str>,
    same: AhoCorasick,
    instead: Vec<&'static str>,
}

/// A word before what an industry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Qualifier {
    /// The word.
    pub word: &'static str,
    /// Whether the class is the same without it.
    pub leaves_class: bool,
}

impl Words {
    fn read() -> Self {
        let lines = WORDS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
        let of = |kind: &str| {
            let mut words: Vec<&Vec<&'static str>> = rows.iter().filter(|row| row[0] == kind).collect();
            words.sort_by_key(|row| std::cmp::Reverse(row[1].len()));
            words.into_iter().map(|row| (row[1], row.get(2).copied().unwrap_or_default())).collect::<Vec<_>>()
        };
        let words = |kind: &str| of(kind).into_iter().map(|(word, _)| word);
        let qualifiers = |kind: &str, leaves_class: bool| -> Vec<Qualifier> {
            words(kind).map(|word| Qualifier { word, leaves_class }).collect()
        };
        let mut all_qualifiers = [qualifiers("qualifier", true), qualifiers("modifier", false)].concat();
        all_qualifiers.sort_by_key(|qualifier| std::cmp::Reverse(qualifier.word.len()));
        let (said, instead): (Vec<_>, Vec<_>) = of("same").into_iter().unzip();
        Self {
            endings: of("ending"),
            all_stages: words("all").collect(),
            qualifiers: all_qualifiers,
            worked: of("worked").into_iter().collect(),
            same: automaton(&said),
            instead,
        }
    }
}

#[expect(clippy::expect_used, reason = "a few words that ship with the program")]
fn automaton(words: &[&str]) -> AhoCorasick {
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
    builder.expect("the list of words makes an automaton")
}

/// A name with one word for those that say the same and none between things that stand side by side: 农机装备及配件 is 农机设备零部件.
pub(super) fn canonical(name: &str) -> String {
    let canonical = LISTS.same.replace_all(name, &LISTS.instead);
    if canonical.is_empty() { name.to_owned() } else { canonical }
}

/// What is left of a name without words that only say that it is an industry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stem {
    /// What is left.
    pub form: String,
    /// The sections in which its class is to stand by what was taken away; empty for all.
    pub sections: &'static str,
    /// Whether nothing was taken away.
    pub whole: bool,
}

impl Stem {
    /// Whether a class may be meant.
    pub(super) fn allows(&self, class: &str) -> bool {
        let section = class.trim_start_matches("gbt4754:").chars().next();
        self.sections.is_empty() || section.is_some_and(|section| self.sections.contains(section))
    }

    /// The class in which what grows in one of agriculture is worked, if something is made of it by what was taken away.
    pub(super) fn made_of(&self, class: &str) -> Option<&'static str> {
        let mut codes = (1..=class.len()).rev().filter_map(|end| class.get(..end));
        let worked = || codes.find_map(|code| LISTS.worked.get(code).copied());
        (self.sections == "C").then(worked).flatten()
    }

    /// What titles make of it.
    pub(super) fn titles(&self) -> impl Iterator<Item = String> {
        TITLE_ENDS.iter().map(|end| format!("{}{end}", self.form))
    }
}

/// A folded name without quotation marks and without the abbreviation in brackets behind it.
pub(super) fn plain(folded: &str) -> String {
    let plain = folded.replace(QUOTES, "");
    let bracketed = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let name = bracketed.filter(|(name, abbreviation)| name.chars().count() >= 2 && abbreviation.is_ascii());
    name.map_or(plain.clone(), |(name, _)| name.to_owned())
}

/// Whether a word only says that something is an industry.
pub(super) fn is_ending(word: &str) -> bool {
    LISTS.endings.iter().any(|(ending, _)| *ending == word)
}

/// The name itself, then what is left of it ending by ending.
pub(super) fn stems(name: &str) -> Vec<Stem> {
    let mut found = vec![Stem { form: name.to_owned(), sections: "", whole: true }];
    while let Some((rest, sections)) = without_ending(&found[found.len() - 1].form) {
        let before = found[found.len() - 1].sections;
        found.push(Stem {
            form: rest.to_owned(),
            sections: if sections.is_empty() { before } else { sections },
            whole: false,
        });
    }
    found
}

fn without_ending(form: &str) -> Option<(&str, &'static str)> {
    // One character is enough before what only says that it is an industry: 铝产业链, 茶业.
    let least =
        |ending: &str| if ending.starts_with("产业") || matches!(ending, "业" | "行业") { 1 } else { 2 };
    LISTS.endings.iter().find_map(|(ending, sections)| {
        form.strip_suffix(ending).filter(|rest| rest.chars().count() >= least(ending))?;
        // A chain or a cluster of an industry is an industry first: 民航产业集群 is 民航产业.
        let behind = ending.strip_prefix("产业").filter(|behind| !behind.is_empty());
        Some((form.strip_suffix(behind.unwrap_or(ending))?, *sections))
    })
}

/// The word of a name that says that every stage of an industry is meant.
pub(super) fn every_stage(name: &str) -> Option<&'static str> {
    LISTS.all_stages.iter().copied().find(|word| name.ends_with(word))
}

/// The qualifier that a name begins with, and the name without it.
pub(super) fn without_qualifier(name: &str) -> Option<(Qualifier, &str)> {
    LISTS.qualifiers.iter().find_map(|qualifier| {
        let rest = name.strip_prefix(qualifier.word)?.trim_start_matches('的');
        (rest.chars().count() >= 2).then_some((*qualifier, rest))
    })
}

/// The things that a name puts side by side; none if it is one.
pub(super) fn parts(name: &str) -> Vec<String> {
    let stem = stems(name).pop().map_or_else(|| name.to_owned(), |stem| stem.form);
    let parts: Vec<String> = stem.split(CONJUNCTIONS).map(str::to_owned).collect();
    let whole = parts.len() > 1 && parts.iter().all(|part| part.chars().count() >= 2);
    if whole { parts } else { Vec::new() }
}

/// The endings of a name of at least two characters, the longest first.
pub(super) fn heads(name: &str) -> impl Iterator<Item = &str> {
    let count = name.chars().count();
    name.char_indices().skip(1).take(count.saturating_sub(2)).map(|(at, _)| &name[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(name: &str) -> Vec<String> {
        stems(name).into_iter().map(|stem| stem.form).collect()
    }

    #[test]
    fn endings_are_taken_away_one_after_another() {
        assert_eq!(forms("汽车制造产业链"), ["汽车制造产业链", "汽车制造产业", "汽车制造", "汽车"]);
        assert_eq!(forms("茶业"), ["茶业", "茶"]);
        assert_eq!(forms("铝产业"), ["铝产业", "铝"]);
        assert_eq!(forms("铝产业链"), ["铝产业链", "铝产业", "铝"]);
    }

    #[test]
    fn endings_say_in_which_sections_a_class_stands() {
        let made = &stems("汽车制造业")[1];
        assert!(made.allows("gbt4754:C36") && !made.allows("gbt4754:F526"));
        let served = &stems("医疗服务")[1];
        assert!(served.allows("gbt4754:Q84") && !served.allows("gbt4754:C358"));
        assert_eq!(
            (made.made_of("A0159"), made.made_of("B06"), served.made_of("A0159")),
            (Some("C1373"), None, None)
        );
    }

    #[test]
    fn qualifiers_conjunctions_and_heads_are_known() {
        let qualifier = |name| without_qualifier(name).map(|(q, rest)| (q.word, q.leaves_class, rest));
        assert_eq!(qualifier("绿色建材"), Some(("绿色", true, "建材")));
        assert_eq!(qualifier("数字建材"), Some(("数字", false, "建材")));
        assert_eq!(qualifier("新型工业"), Some(("新型", true, "工业")));
        assert_eq!(qualifier("建材"), None);
        assert_eq!(parts("煤炭和钢铁行业"), ["煤炭", "钢铁"]);
        assert!(parts("和田玉").is_empty());
        assert_eq!(heads("甲乙丙丁").collect::<Vec<_>>(), ["乙丙丁", "丙丁"]);
        assert!(is_ending("制造") && !is_ending("汽车"));
        assert_eq!((plain("“甲乙”(abc)").as_str(), plain("甲乙(丙)").as_str()), ("甲乙", "甲乙(丙)"));
        assert_eq!(every_stage("油气全产业链"), Some("全产业链"));
    }

    #[test]
    fn words_that_say_the_same_are_one() {
        assert_eq!(canonical("甲乙机械"), canonical("甲乙装备"));
        assert_eq!(canonical("住宿餐饮"), canonical("住宿和餐饮"));
        assert_eq!(canonical("牛的饲养"), canonical("牛养殖"));
        assert_ne!(canonical("甲及零部件"), canonical("甲零部件"));
        assert_eq!(canonical("和"), "和");
    }
}
