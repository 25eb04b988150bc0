//! Words that speak for a relation, grouped by what they speak for, from `data/rules/cues.toml`.

use crate::text::View;
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::sync::LazyLock;

/// One cue word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// First character in the view.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Number of its group in the file.
    pub group: usize,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    words: Vec<String>,
}

struct Cues {
    finder: AhoCorasick,
    group_of: Vec<usize>,
}

static CUES: LazyLock<Option<Cues>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/rules/cues.toml")).ok()?;
    let words: Vec<(usize, &str)> = file
        .group
        .iter()
        .enumerate()
        .flat_map(|(number, group)| group.words.iter().map(move |w| (number, w.as_str())))
        .collect();
    let finder =
        AhoCorasick::builder().match_kind(MatchKind::Standard).build(words.iter().map(|w| w.1)).ok()?;
    Some(Cues { finder, group_of: words.iter().map(|w| w.0).collect() })
});

/// All cue words of a view, overlapping ones too, sorted by start.
pub fn find(view: &View) -> Vec<Cue> {
    let Some(cues) = CUES.as_ref() else { return Vec::new() };
    let text: String = view.chars.iter().collect();
    let mut char_at = vec![0_u32; text.len() + 1];
    for (number, (byte, _)) in text.char_indices().enumerate() {
        char_at[byte] = u32::try_from(number).unwrap_or(u32::MAX);
    }
    char_at[text.len()] = u32::try_from(view.len()).unwrap_or(u32::MAX);
    let mut found: Vec<Cue> = cues
        .finder
        .find_overlapping_iter(&text)
        .map(|m| Cue {
            start: char_at[m.start()] as usize,
            end: char_at[m.end()] as usize,
            group: cues.group_of[m.pattern().as_usize()],
        })
        .collect();
    found.sort_by_key(|c| (c.start, c.end, c.group));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_of_every_group_that_has_them() {
        let found = find(&View::new(&"聚焦新材料，项目开工".chars().collect::<Vec<_>>()));
        assert!(found.iter().any(|c| (c.start, c.end) == (0, 2)));
        assert!(found.iter().any(|c| (c.start, c.end) == (8, 10)));
    }
}
