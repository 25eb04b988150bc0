//! What speaks for or against a range, as a row of numbers for the trees.

use super::ranges::{Range, Ranges};
use crate::document::Class;
use crate::mentions::Candidate;
use crate::text::Text;
use crate::trees::truth;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The rows of the ranges, in their order.
pub fn rows(text: &Text, ranges: &Ranges, forms: &[Candidate]) -> Vec<Vec<f32>> {
    let document = Document::new(text, ranges, forms);
    ranges.all().iter().map(|range| document.row(range)).collect()
}

/// What a document says beyond a range.
struct Document<'r, 't> {
    chars: &'t [char],
    ranges: &'r Ranges<'t>,
    /// How often the words of ranges stand in the text, as a name or not.
    counts: HashMap<&'t [char], usize>,
    /// By class and words: how probable the likeliest range is that says so.
    names: HashMap<(Class, &'t [char]), f32>,
    /// The same of the ranges that contain the words, and of those that end with them.
    around: HashMap<(Class, &'t [char]), Around>,
    forms: BTreeMap<(usize, usize), BTreeSet<Class>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Around {
    contain: f32,
    end: f32,
}

/// So many classes have a column of their own; the columns behind them keep their places when a class is added.
const CLASSES: usize = 9;

/// Names longer than this are not sought in others, and others are not sought in them.
const LONGEST: usize = 40;

impl<'r, 't> Document<'r, 't> {
    fn new(text: &'t Text, ranges: &'r Ranges<'t>, candidates: &[Candidate]) -> Self {
        let mut names: HashMap<(Class, &[char]), f32> = HashMap::new();
        for range in ranges.all() {
            let best = names.entry((range.mention.class, ranges.words(range))).or_default();
            *best = best.max(range.mention.confidence);
        }
        let mut forms: BTreeMap<(usize, usize), BTreeSet<Class>> = BTreeMap::new();
        for form in candidates {
            forms.entry((form.start, form.end)).or_default().insert(form.class);
        }
        let (counts, around) = (counts(&text.view.chars, ranges), around(&names));
        Self { chars: &text.view.chars, ranges, counts, names, around, forms }
    }

    fn row(&self, range: &Range) -> Vec<f32> {
        let mut row = Vec::with_capacity(64);
        let m = &range.mention;
        row.extend([logit(m.confidence), m.confidence, range.sought]);
        row.extend(Class::ALL[..CLASSES].iter().map(|class| truth(*class == m.class)));
        self.of_rivals(range, &mut row);
        self.of_places(range, &mut row);
        self.of_list(range, &mut row);
        self.of_marks(range, &mut row);
        self.of_names(range, &mut row);
        self.of_form(range, &mut row);
        row
    }

    /// What the range excludes.
    fn of_rivals(&self, range: &Range, row: &mut Vec<f32>) {
        let m = &range.mention;
        let mut of = [0.0_f32; 8];
        let [same_span, same_class, longer, shorter, crossing, other_class, longer_same, shorter_same] =
            &mut of;
        *same_class = m.confidence;
        for rival in self.ranges.overlapping(range).map(|r| &r.mention) {
            let (p, same) = (rival.confidence, rival.class == m.class);
            let most = |of: &mut f32| *of = of.max(p);
            if same {
                *same_class += p;
            } else {
                most(other_class);
            }
            if (rival.start, rival.end) == (m.start, m.end) {
                most(same_span);
            } else if rival.start <= m.start && rival.end >= m.end {
                most(if same { longer_same } else { longer });
            } else if rival.start >= m.start && rival.end <= m.end {
                most(if same { shorter_same } else { shorter });
            } else {
                most(crossing);
            }
        }
        row.extend(of);
    }

    /// The same words in other places.
    fn of_places(&self, range: &Range, row: &mut Vec<f32>) {
        let m = &range.mention;
        let words = self.ranges.words(range);
        let count = self.counts.get(words).copied().unwrap_or(1).max(1);
        let (mut same, mut other, mut places) = (Vec::new(), 0.0_f32, BTreeSet::new());
        for there in self.ranges.saying(words).map(|r| &r.mention).filter(|t| t.start != m.start) {
            places.insert(there.start);
            if there.class == m.class {
                same.push(there.confidence);
            } else {
                other = other.max(there.confidence);
            }
        }
        let sum: f32 = same.iter().sum();
        row.extend([number(count), number(same.len()), same.iter().copied().fold(0.0, f32::max)]);
        row.extend([sum / number(same.len().max(1)), sum / number((count - 1).max(1)), other]);
        row.extend([number(places.len()), number(count) - 1.0 - number(places.len())]);
    }

    /// The neighbours in a list.
    fn of_list(&self, range: &Range, row: &mut Vec<f32>) {
        let m = &range.mention;
        let joins = |at: usize| matches!(self.chars.get(at), Some('、' | '和' | '及' | '与'));
        let before = (m.start > 0 && joins(m.start - 1)).then(|| self.ranges.ending(m.start - 1));
        row.extend(neighbour(m.class, before.into_iter().flatten()));
        let after = joins(m.end).then(|| self.ranges.starting(m.end + 1));
        row.extend(neighbour(m.class, after.into_iter().flatten()));
    }

    /// The characters beside the range, and the marks in it.
    fn of_marks(&self, range: &Range, row: &mut Vec<f32>) {
        let m = &range.mention;
        let before = m.start.checked_sub(1).map(|at| self.chars[at]);
        let after = self.chars.get(m.end).copied();
        let words = self.ranges.words(range);
        let count = |marks: &str| number(words.iter().filter(|c| marks.contains(**c)).count());
        row.extend([kind(before), kind(after)]);
        row.extend([truth(before.is_some_and(opens)), truth(after.is_some_and(closes))]);
        row.extend([count(OPENING) - count(CLOSING), count(OPENING)]);
    }

    /// Longer and shorter names of the same class.
    fn of_names(&self, range: &Range, row: &mut Vec<f32>) {
        let (class, words) = (range.mention.class, self.ranges.words(range));
        let around = self.around.get(&(class, words)).copied().unwrap_or_default();
        let beginnings =
            (2..words.len().min(LONGEST)).filter_map(|to| self.names.get(&(class, &words[..to])));
        row.extend([around.contain, around.end, beginnings.copied().fold(0.0, f32::max)]);
    }

    fn of_form(&self, range: &Range, row: &mut Vec<f32>) {
        let (m, words) = (&range.mention, self.ranges.words(range));
        let classes = self.forms.get(&(m.start, m.end));
        let same = classes.is_some_and(|classes| classes.contains(&m.class));
        row.extend([truth(same), number(classes.map_or(0, BTreeSet::len)) - truth(same)]);
        row.extend([number(words.len()), truth(words.contains(&'、'))]);
        row.push(truth(words.iter().any(char::is_ascii_digit)));
        row.push(truth(words.iter().any(char::is_ascii_alphabetic)));
        row.push(number(self.chars.len()));
    }
}

/// The likeliest neighbour of the class with its length, and the likeliest of another class.
fn neighbour<'r>(class: Class, neighbours: impl Iterator<Item = &'r Range>) -> [f32; 3] {
    let (mut same, mut other, mut length) = (0.0_f32, 0.0_f32, 0);
    for m in neighbours.map(|range| &range.mention) {
        if m.class != class {
            other = other.max(m.confidence);
        } else if m.confidence > same {
            (same, length) = (m.confidence, m.end - m.start);
        }
    }
    [same, other, number(length)]
}

/// How often the words of each range stand in the text.
fn counts<'t>(chars: &'t [char], ranges: &Ranges<'t>) -> HashMap<&'t [char], usize> {
    let mut counts: HashMap<&[char], usize> = HashMap::new();
    let mut lengths = BTreeSet::new();
    for range in ranges.all() {
        counts.insert(ranges.words(range), 0);
        lengths.insert(ranges.words(range).len());
    }
    for length in lengths.range(1..=LONGEST.min(ranges.longest())) {
        for window in chars.windows(*length) {
            counts.entry(window).and_modify(|count| *count += 1);
        }
    }
    counts
}

/// For all words inside names, how probable the likeliest name around them is.
fn around<'t>(names: &HashMap<(Class, &'t [char]), f32>) -> HashMap<(Class, &'t [char]), Around> {
    let mut around: HashMap<(Class, &[char]), Around> = HashMap::new();
    for (&(class, words), &p) in names.iter().filter(|((_, words), _)| words.len() <= LONGEST) {
        for length in 2..words.len() {
            for (start, part) in words.windows(length).enumerate() {
                let known = names.contains_key(&(class, part));
                let best = if known { around.entry((class, part)).or_default() } else { continue };
                best.contain = best.contain.max(p);
                if start + length == words.len() {
                    best.end = best.end.max(p);
                }
            }
        }
    }
    around
}

const OPENING: &str = "“《（〈";
const CLOSING: &str = "”》）〉";

fn opens(c: char) -> bool {
    OPENING.contains(c)
}

fn closes(c: char) -> bool {
    CLOSING.contains(c)
}

/// Words of one character that stand before and after names.
const PARTICLES: &str = "的和与及在将为是等";

/// What kind of character stands beside a range, as a number.
fn kind(c: Option<char>) -> f32 {
    let particle = |c: char| PARTICLES.chars().position(|p| p == c);
    match c {
        None => 0.0,
        Some('、') => 1.0,
        Some('，' | '。' | '；' | '：' | '！' | '？' | '\n') => 2.0,
        Some(c) if opens(c) => 3.0,
        Some(c) if closes(c) => 4.0,
        Some(c) if c.is_ascii_digit() => 5.0,
        Some(c) => particle(c).map_or(20.0, |at| number(6 + at)),
    }
}

fn logit(p: f32) -> f32 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "lengths and counts are small")]
fn number(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::{Mention, Sought};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_finite_and_of_one_length_whatever_the_text(
            text in "[云山重工、和“”《》（）A-C0-9，\n]{1,60}",
            spans in prop::collection::vec((0usize..50, 1usize..9, 0usize..9, 0.0f32..1.0), 1..20)
        ) {
            let text = Text::new(&text);
            let mention = |(start, length, class, confidence): (usize, usize, usize, f32)| Mention {
                start,
                end: start + length,
                class: Class::ALL[class],
                found_by: "test".to_owned(),
                confidence,
            };
            let probable = spans.into_iter().map(mention).filter(|m| m.end <= text.view.len()).collect();
            let ranges = Ranges::new(&text, &Sought { found: Vec::new(), probable, forms: Vec::new() });
            let rows = rows(&text, &ranges, &[]);
            prop_assert_eq!(rows.len(), ranges.all().len());
            prop_assert!(rows.iter().all(|row| row.len() == rows[0].len() && row.iter().all(|n| n.is_finite())));
        }
    }
}
