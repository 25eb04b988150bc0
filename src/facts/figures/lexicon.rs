//! The words around figures, from `data/values/indicators.toml`, ready to be matched at either end of a text.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A set of words that knows the longest one at either end of a text.
#[derive(Debug, Default)]
pub(super) struct Words {
    by_first: HashMap<char, Vec<Vec<char>>>,
    by_last: HashMap<char, Vec<Vec<char>>>,
}

impl Words {
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a String>) -> Self {
        let mut set = Self::default();
        for word in words {
            let chars: Vec<char> = word.chars().collect();
            let (Some(&first), Some(&last)) = (chars.first(), chars.last()) else { continue };
            set.by_first.entry(first).or_default().push(chars.clone());
            set.by_last.entry(last).or_default().push(chars);
        }
        for list in set.by_first.values_mut().chain(set.by_last.values_mut()) {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
        set
    }

    /// Length of the longest word that `text` begins with, or 0.
    pub(super) fn at_start(&self, text: &[char]) -> usize {
        let list = text.first().and_then(|c| self.by_first.get(c));
        list.and_then(|list| list.iter().find(|word| text.starts_with(word))).map_or(0, Vec::len)
    }

    /// Length of the longest word that `text` ends with, or 0.
    pub(super) fn at_end(&self, text: &[char]) -> usize {
        let list = text.last().and_then(|c| self.by_last.get(c));
        list.and_then(|list| list.iter().find(|word| text.ends_with(word))).map_or(0, Vec::len)
    }

    /// Whether `text` is one of the words.
    pub(super) fn has(&self, text: &[char]) -> bool {
        !text.is_empty() && self.at_start(text) == text.len()
    }

    /// Where the last occurrence of a word in `text` ends.
    pub(super) fn last_end(&self, text: &[char]) -> Option<usize> {
        self.last_in(text).map(|at| at + self.at_start(&text[at..]))
    }

    /// Where the last occurrence of a word in `text` begins.
    pub(super) fn last_in(&self, text: &[char]) -> Option<usize> {
        (0..text.len()).rev().find(|&at| self.at_start(&text[at..]) > 0)
    }
}

/// What the words between an indicator and its number say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    Level,
    Increment,
    Decrease,
    Up,
    Down,
    Over,
    /// A noun for growth: 增速.
    Rate,
    /// A noun for decline: 降幅.
    Fall,
    Skip,
}

/// All lists.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) tails: Vec<(Tail, Words)>,
    pub(super) tails_kept: Words,
    pub(super) cuts: Words,
    pub(super) soft: Words,
    pub(super) soft_nouns: Words,
    pub(super) cuts_kept: Words,
    pub(super) leads: Words,
    pub(super) leads_kept: Words,
    pub(super) generic: Words,
    pub(super) rates: Words,
    /// What the last head of a list lends to the others.
    pub(super) lent: Words,
    /// What is said of a quantity before its number comes.
    pub(super) said: Words,
    pub(super) stops: Words,
    pub(super) stops_kept: Words,
    pub(super) verbs: Words,
    pub(super) bare: Words,
    /// Verbs of making and trading, with what the amount is called that they count: 生产 and 产量. The longest first.
    output: Vec<(Vec<char>, String)>,
    output_kept: Words,
    pub(super) general: Words,
    pub(super) idle: Words,
    pub(super) idle_opening: Words,
    pub(super) idle_before: Words,
    pub(super) project: Words,
    pub(super) enterprise: Words,
    pub(super) place: Words,
    pub(super) duration: Words,
    /// Steps of a project, from one of which to another time is told.
    pub(super) steps: Words,
    pub(super) cues: Words,
    pub(super) facts: Words,
    pub(super) fixed: Words,
    /// After these comes what holds from then on.
    pub(super) after: Words,
    pub(super) events: Words,
}

type Section = HashMap<String, Vec<String>>;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: HashMap<String, Section> =
        toml::from_str(include_str!("../../../data/values/indicators.toml")).unwrap_or_default();
    Lexicon::from(&file)
});

/// The lists, read once.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn from(file: &HashMap<String, Section>) -> Self {
        let list = |section: &str, name: &str| {
            Words::new(file.get(section).and_then(|s| s.get(name)).into_iter().flatten())
        };
        let pairs = file.get("verbs").and_then(|s| s.get("output")).into_iter().flatten();
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        let mut output: Vec<(Vec<char>, String)> =
            pairs.map(|(verb, name)| (verb.chars().collect(), name.to_owned())).collect();
        output.sort_by_key(|(verb, _)| std::cmp::Reverse(verb.len()));
        Self {
            tails: vec![
                (Tail::Level, list("tails", "level")),
                (Tail::Increment, list("tails", "increment")),
                (Tail::Decrease, list("tails", "decrease")),
                (Tail::Up, list("tails", "up")),
                (Tail::Down, list("tails", "down")),
                (Tail::Rate, list("tails", "rate")),
                (Tail::Fall, list("tails", "fall")),
                (Tail::Over, list("tails", "over")),
                (Tail::Skip, list("tails", "skip")),
            ],
            tails_kept: list("tails", "kept"),
            cuts: list("cuts", "words"),
            soft: list("cuts", "soft"),
            soft_nouns: list("cuts", "nouns"),
            cuts_kept: list("cuts", "kept"),
            leads: list("leads", "words"),
            leads_kept: list("leads", "kept"),
            generic: list("generic", "words"),
            rates: list("generic", "rates"),
            lent: list("generic", "lent"),
            said: list("generic", "said"),
            stops: list("stops", "words"),
            stops_kept: list("stops", "kept"),
            verbs: list("verbs", "words"),
            bare: list("verbs", "bare"),
            output,
            output_kept: list("verbs", "output_kept"),
            general: list("general", "nouns"),
            idle: list("idle", "nouns"),
            idle_opening: list("idle", "opening"),
            idle_before: list("idle", "before"),
            project: list("project", "heads"),
            enterprise: list("enterprise", "heads"),
            place: list("place", "heads"),
            duration: list("duration", "heads"),
            steps: list("duration", "steps"),
            cues: list("target", "cues"),
            facts: list("target", "facts"),
            fixed: list("target", "static"),
            after: list("target", "after"),
            events: list("events", "words"),
        }
    }

    /// What is made or traded by the verb that a name begins with, and what its amount is called.
    pub(super) fn output<'n>(&self, name: &'n [char]) -> Option<(&'n [char], &str)> {
        let (verb, amount) = self.output.iter().find(|(verb, _)| name.starts_with(verb))?;
        (self.output_kept.at_start(name) == 0).then(|| (&name[verb.len()..], amount.as_str()))
    }
}
