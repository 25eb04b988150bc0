//! The words that stand for things named elsewhere, and those before and after a topic, from `data/values/topics.toml`.

use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Words {
    places: BTreeMap<String, Vec<String>>,
    provinces: Provinces,
    zones: List,
    stretches: List,
    enterprises: List,
    projects: List,
    before: Before,
    after: After,
}

#[derive(Deserialize)]
struct List {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Provinces {
    regions: Vec<String>,
    words: Vec<String>,
    media: Vec<String>,
}

#[derive(Deserialize)]
struct Before {
    light: Vec<String>,
    circumstance: Vec<String>,
}

#[derive(Deserialize)]
struct After {
    speaking: Vec<String>,
}

/// What an anaphoric word asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Level(String),
    Zone(String),
    Enterprise,
    Project,
}

pub(super) struct Lexicon {
    pub(super) anaphors: HashMap<char, Vec<(Vec<char>, Wanted)>>,
    pub(super) light: Vec<Vec<char>>,
    pub(super) circumstance: Vec<Vec<char>>,
    pub(super) speaking: Vec<Vec<char>>,
    pub(super) provinces: Vec<String>,
    pub(super) regions: Vec<String>,
    pub(super) media: Vec<String>,
    pub(super) stretches: Vec<String>,
}

pub(super) static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| {
    let words: Words = toml::from_str(include_str!("../../../data/values/topics.toml")).ok()?;
    Some(Lexicon::new(words))
});

pub(super) fn by_length(words: Vec<String>) -> Vec<Vec<char>> {
    let mut list: Vec<Vec<char>> = words.iter().map(|w| w.chars().collect()).collect();
    list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    list
}

impl Lexicon {
    fn new(words: Words) -> Self {
        let mut list: Vec<(String, Wanted)> = Vec::new();
        for (level, names) in words.places {
            list.extend(names.into_iter().map(|w| (w, Wanted::Level(level.clone()))));
        }
        list.extend(words.zones.words.into_iter().map(|w| (w.clone(), Wanted::Zone(w))));
        list.extend(words.enterprises.words.into_iter().map(|w| (w, Wanted::Enterprise)));
        list.extend(words.projects.words.into_iter().map(|w| (w, Wanted::Project)));
        let mut anaphors: HashMap<char, Vec<(Vec<char>, Wanted)>> = HashMap::new();
        for (word, wanted) in list {
            let chars: Vec<char> = word.chars().collect();
            anaphors.entry(chars[0]).or_default().push((chars, wanted));
        }
        for group in anaphors.values_mut() {
            group.sort_by_key(|(word, _)| Reverse(word.len()));
        }
        Self {
            anaphors,
            stretches: words.stretches.words,
            light: by_length(words.before.light),
            circumstance: by_length(words.before.circumstance),
            speaking: by_length(words.after.speaking),
            provinces: words.provinces.words,
            regions: words.provinces.regions,
            media: words.provinces.media,
        }
    }

    pub(super) fn anaphor(&self, rest: &[char]) -> Option<(usize, &Wanted)> {
        let group = self.anaphors.get(rest.first()?)?;
        group.iter().find(|(word, _)| rest.starts_with(word)).map(|(word, wanted)| (word.len(), wanted))
    }
}

/// Whether a province's short name answers to 全省 or 全区.
pub(super) fn answers_to(name: &str, level: &str) -> bool {
    let Some(lexicon) = LEXICON.as_ref() else { return false };
    let has = |words: &[String]| words.iter().any(|word| word == name);
    match level {
        "省" => has(&lexicon.provinces),
        "区" => has(&lexicon.regions),
        _ => false,
    }
}

/// Whether a name ends as those of stretches of land do that are no division: 沿江地区.
pub(super) fn is_stretch(name: &str) -> bool {
    LEXICON.as_ref().is_some_and(|words| words.stretches.iter().any(|word| name.ends_with(word)))
}

pub(super) fn is_country(name: &str) -> bool {
    matches!(
        name,
        "中国"
            | "我国"
            | "国家"
            | "全国"
            | "美国"
            | "日本"
            | "德国"
            | "英国"
            | "法国"
            | "韩国"
            | "俄罗斯"
            | "印度"
    )
}

/// Skips words that may stand before a clause's topic, and dates.
pub(super) fn skip_light(chars: &[char], from: usize, to: usize) -> usize {
    let Some(lexicon) = LEXICON.as_ref() else { return from };
    let mut at = from;
    while at < to {
        let rest = &chars[at..to];
        let word = lexicon.light.iter().find(|word| rest.starts_with(word));
        let date = rest[0].is_ascii_digit()
            || matches!(
                rest[0],
                '年' | '月'
                    | '日'
                    | '季'
                    | '度'
                    | '底'
                    | '末'
                    | '初'
                    | '、'
                    | '-'
                    | '—'
                    | '“'
                    | '”'
                    | '（'
                    | '）'
                    | '前'
                    | '后'
                    | '来'
                    | '个'
                    | '上'
                    | '中'
                    | '里'
                    | '内'
            );
        match word {
            Some(word) => at += word.len(),
            None if date => at += 1,
            None => break,
        }
    }
    at
}
