//! The ranges that are weighed, and how to find them by where they stand and what they say.

use crate::document::Class;
use crate::mentions::{Mention, Sought, mend};
use crate::text::Text;
use std::collections::{BTreeMap, HashMap};

/// The probability of a range that the tagger holds for improbable.
const SMALL: f32 = 0.005;

/// A range that may be a name.
#[derive(Debug, Clone)]
pub struct Range {
    /// Where, of what class, and how probable by its sentence alone.
    pub mention: Mention,
    /// Whether it is among the mentions found so far, and how: 0 is not, 1 by the tagger, 2 by a rule.
    pub sought: f32,
}

/// The ranges of a text, sorted by start, end and class.
#[derive(Debug)]
pub struct Ranges<'t> {
    chars: &'t [char],
    all: Vec<Range>,
    by_end: HashMap<usize, Vec<usize>>,
    by_words: HashMap<&'t [char], Vec<usize>>,
    longest: usize,
}

impl<'t> Ranges<'t> {
    /// The mentions sought and found so far, and those that are probable, with their edges mended.
    pub fn new(text: &'t Text, sought: &Sought) -> Self {
        let mut merged: BTreeMap<(usize, usize, Class), Range> = BTreeMap::new();
        for mention in sought.probable.iter().flat_map(|m| mend::alone(&text.view, m.clone())) {
            let key = (mention.start, mention.end, mention.class);
            let more = mention.confidence;
            let there = merged.entry(key).or_insert(Range {
                mention: Mention { confidence: 0.0, found_by: "model:rescoring".to_owned(), ..mention },
                sought: 0.0,
            });
            there.mention.confidence = (there.mention.confidence + more).min(1.0);
        }
        for mention in &sought.found {
            let key = (mention.start, mention.end, mention.class);
            let new = || Range { mention: Mention { confidence: SMALL, ..mention.clone() }, sought: 0.0 };
            let there = merged.entry(key).or_insert_with(new);
            there.sought = if mention.found_by.starts_with("rule:") { 2.0 } else { 1.0 };
            there.mention.found_by.clone_from(&mention.found_by);
        }
        Self::indexed(&text.view.chars, merged.into_values().collect())
    }

    fn indexed(chars: &'t [char], all: Vec<Range>) -> Self {
        let mut by_end: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut by_words: HashMap<&[char], Vec<usize>> = HashMap::new();
        let mut longest = 0;
        for (at, Range { mention: m, .. }) in all.iter().enumerate() {
            by_end.entry(m.end).or_default().push(at);
            by_words.entry(&chars[m.start..m.end]).or_default().push(at);
            longest = longest.max(m.end - m.start);
        }
        Self { chars, all, by_end, by_words, longest }
    }

    /// All of them.
    pub fn all(&self) -> &[Range] {
        &self.all
    }

    /// The length of the longest.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// What a range says.
    pub fn words(&self, range: &Range) -> &'t [char] {
        &self.chars[range.mention.start..range.mention.end]
    }

    /// The ranges that say so.
    pub fn saying(&self, words: &[char]) -> impl Iterator<Item = &Range> {
        self.by_words.get(words).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// The ranges that end there.
    pub fn ending(&self, end: usize) -> impl Iterator<Item = &Range> {
        self.by_end.get(&end).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// The ranges that start there.
    pub fn starting(&self, start: usize) -> impl Iterator<Item = &Range> {
        let from = self.all.partition_point(|r| r.mention.start < start);
        self.all[from..].iter().take_while(move |r| r.mention.start == start)
    }

    /// The other ranges that share characters with one.
    pub fn overlapping<'r>(&'r self, range: &'r Range) -> impl Iterator<Item = &'r Range> {
        let (start, end) = (range.mention.start, range.mention.end);
        let from = self.all.partition_point(|r| r.mention.start + self.longest <= start);
        let reach = self.all[from..].iter().take_while(move |r| r.mention.start < end);
        reach.filter(move |r| r.mention.end > start && !std::ptr::eq(*r, range))
    }

    /// The ranges as mentions.
    pub fn into_mentions(self) -> impl Iterator<Item = Mention> {
        self.all.into_iter().map(|range| range.mention)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(found: &[Mention], probable: &[Mention]) -> Sought {
        Sought { found: found.to_vec(), probable: probable.to_vec(), forms: Vec::new() }
    }

    fn mention(start: usize, end: usize, class: Class, found_by: &str) -> Mention {
        Mention { start, end, class, found_by: found_by.to_owned(), confidence: 0.3 }
    }

    #[test]
    fn ranges_with_mended_edges_are_one_and_their_probabilities_add_up() {
        let text = Text::new("云山经济区（青山区）建设");
        let probable = [mention(0, 5, Class::Zone, "model"), mention(0, 10, Class::Zone, "model")];
        let ranges = Ranges::new(&text, &sought(&[], &probable));
        let spans: Vec<_> = ranges.all().iter().map(|r| (r.mention.start, r.mention.end)).collect();
        assert_eq!(spans, [(0, 10)]);
        assert!((ranges.all()[0].mention.confidence - 0.6).abs() < 1e-6);
    }

    #[test]
    fn what_a_rule_has_found_is_weighed_though_the_tagger_passes_it_over() {
        let text = Text::new("云山重工投产。");
        let found = [mention(0, 4, Class::Enterprise, "rule:second-look")];
        let ranges = Ranges::new(&text, &sought(&found, &[]));
        let [only] = ranges.all() else { panic!("{ranges:?}") };
        assert_eq!((only.mention.confidence, only.sought), (SMALL, 2.0));
    }

    #[test]
    fn a_range_knows_its_rivals_and_its_neighbours() {
        let text = Text::new("云山重工、青山机床投产");
        let class = Class::Enterprise;
        let of = [(0, 2), (0, 4), (2, 7), (5, 9)].map(|(start, end)| mention(start, end, class, "model"));
        let ranges = Ranges::new(&text, &sought(&[], &of));
        let spans = |of: Vec<&Range>| of.iter().map(|r| (r.mention.start, r.mention.end)).collect::<Vec<_>>();
        assert_eq!(spans(ranges.overlapping(&ranges.all()[1]).collect()), [(0, 2), (2, 7)]);
        assert_eq!(spans(ranges.overlapping(&ranges.all()[3]).collect()), [(2, 7)]);
        assert_eq!(spans(ranges.starting(5).collect()), [(5, 9)]);
        assert_eq!(spans(ranges.ending(4).collect()), [(0, 4)]);
    }
}
