//! Candidates by their ending: everything before it, back to a stop, is the name.

use super::{Candidate, is_barrier};
use crate::document::Class;
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    stops: Vec<String>,
    ending: Vec<Ending>,
    list: Vec<ListNouns>,
}

#[derive(Deserialize)]
struct Ending {
    class: Class,
    name: String,
    longest: usize,
    words: Vec<String>,
}

/// Nouns that close a list, and the class they give its items.
#[derive(Deserialize)]
pub(super) struct ListNouns {
    pub(super) class: Class,
    pub(super) nouns: Vec<String>,
}

/// The words of `data/names/endings.toml`, ready to search.
pub(super) struct Words {
    finder: AhoCorasick,
    /// For each pattern: class, rule, longest, length.
    patterns: Vec<(Class, &'static str, usize, usize)>,
    /// For each pattern, its characters.
    spelt: Vec<Vec<char>>,
    stops: Vec<Vec<char>>,
    /// Nouns by class, longest first.
    pub(super) nouns: Vec<(Vec<char>, Class)>,
}

/// The words, read once. The file is part of the program and a test reads it.
pub(super) static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/names/endings.toml")).ok()?;
    let mut words = Vec::new();
    let mut patterns = Vec::new();
    for ending in file.ending {
        let rule: &'static str = ending.name.leak();
        for word in ending.words {
            patterns.push((ending.class, rule, ending.longest, word.chars().count()));
            words.push(word);
        }
    }
    let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&words).ok()?;
    let spelt = words.iter().map(|w| w.chars().collect()).collect();
    let stops = file.stops.iter().map(|s| s.chars().collect()).collect();
    let mut nouns: Vec<(Vec<char>, Class)> =
        file.list.iter().flat_map(|l| l.nouns.iter().map(|n| (n.chars().collect(), l.class))).collect();
    nouns.sort_by_key(|(n, c)| (std::cmp::Reverse(n.len()), n.clone(), *c));
    Some(Words { finder, patterns, spelt, stops, nouns })
});

impl Words {
    /// The rule and length of the longest ending of `class` that `name` has, if it is not the whole name.
    pub(super) fn longest_ending(&self, name: &[char], class: Class) -> Option<(&'static str, usize)> {
        let fits = |spelt: &Vec<char>| spelt.len() < name.len() && name.ends_with(spelt);
        self.patterns
            .iter()
            .zip(&self.spelt)
            .filter(|((of, ..), spelt)| *of == class && fits(spelt))
            .map(|((_, rule, _, length), _)| (*rule, *length))
            .max_by_key(|(_, length)| *length)
    }
}

/// Adds the candidates of one sentence.
pub(super) fn find(chars: &[char], (start, end): (usize, usize), found: &mut Vec<Candidate>) {
    let Some(words) = WORDS.as_ref() else { return };
    let text: String = chars[start..end].iter().collect();
    let mut byte = 0;
    let mut at = start;
    for hit in words.finder.find_overlapping_iter(&text) {
        // Ends come in ascending order, so one walk turns bytes into characters.
        while byte < hit.end() {
            byte += chars[at].len_utf8();
            at += 1;
        }
        let (class, rule, longest, length) = words.patterns[hit.pattern().as_usize()];
        let from = reach_back(words, chars, start.max(at.saturating_sub(longest)), at - length);
        if from < at - length {
            found.push(Candidate { start: from, end: at, class, rule });
        }
    }
}

/// The leftmost character from which a name may run to `until`.
pub(super) fn reach_back(words: &Words, chars: &[char], least: usize, until: usize) -> usize {
    let mut at = until;
    while at > least && !is_barrier(chars[at - 1]) && !stop_ends(words, &chars[least..at]) {
        at -= 1;
    }
    at
}

fn stop_ends(words: &Words, before: &[char]) -> bool {
    words.stops.iter().any(|stop| before.ends_with(stop))
}
