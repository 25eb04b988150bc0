//! Rules that state relations: patterns over a sentence in which every mention is one symbol, written in
//! `data/rules/*.toml` with their examples beside them.
//!
//! Goes in: a folded text, its sentences, its mentions as ranges with classes. Comes out: [`Firing`]s between mentions.
//! A rule without examples is refused; a rule that fails its examples is told of by [`proof::check`]. Matching takes
//! time linear in the text.

mod file;
mod masked;
mod pattern;
pub mod proof;

pub use file::{Rule, RuleError, TEMPLATE, parse};

use crate::document::{Class, Predicate, Status};
use masked::Masked;
use std::sync::LazyLock;

/// The rule files that ship with the program, by name.
pub const SHIPPED: &[(&str, &str)] = &[
    ("developed_by.toml", include_str!("../../data/rules/developed_by.toml")),
    ("develops.toml", include_str!("../../data/rules/develops.toml")),
    ("holds_position.toml", include_str!("../../data/rules/holds_position.toml")),
    ("implements.toml", include_str!("../../data/rules/implements.toml")),
    ("in_industry.toml", include_str!("../../data/rules/in_industry.toml")),
    ("issued_by.toml", include_str!("../../data/rules/issued_by.toml")),
    ("located_in.toml", include_str!("../../data/rules/located_in.toml")),
    ("part_of.toml", include_str!("../../data/rules/part_of.toml")),
    ("capital_of.toml", include_str!("../../data/rules/capital_of.toml")),
    ("position_in.toml", include_str!("../../data/rules/position_in.toml")),
    ("status.toml", include_str!("../../data/rules/status.toml")),
    ("subsidiary_of.toml", include_str!("../../data/rules/subsidiary_of.toml")),
];

/// The far end of what a rule states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FarEnd {
    /// Index of a mention.
    Mention(usize),
    /// A stage.
    Stage(Status),
}

/// A rule that matched somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// Its number in the set.
    pub rule: usize,
    /// Index of the subject's mention.
    pub subject: usize,
    /// How they are related.
    pub predicate: Predicate,
    /// To what.
    pub object: FarEnd,
    /// What the pattern covered: a range of the text.
    pub range: (usize, usize),
}

/// Rules that are matched together.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
}

impl Rules {
    /// The rules that ship, read on first use.
    pub fn open() -> &'static Self {
        static OPENED: LazyLock<Rules> = LazyLock::new(|| {
            let read = |(name, content): &(&str, &str)| parse(name, content).unwrap_or_default();
            Rules::new(SHIPPED.iter().flat_map(read).collect())
        });
        &OPENED
    }

    /// A set of rules.
    pub fn new(rules: Vec<Rule>) -> Self {
        Self { rules }
    }

    /// The rule of that number.
    pub fn get(&self, number: usize) -> &Rule {
        &self.rules[number]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What the rules state in one sentence. `mentions` are those of the sentence, by start, the longer first.
    pub fn apply(
        &self,
        chars: &[char],
        (start, end): (usize, usize),
        mentions: &[(usize, usize, usize, Class)],
    ) -> Vec<Firing> {
        if mentions.is_empty() {
            return Vec::new();
        }
        let masked = Masked::new(chars, (start, end), mentions);
        let mut firings = Vec::new();
        let there = pattern::bits(mentions.iter().map(|mention| mention.3));
        for (number, rule) in self.rules.iter().enumerate() {
            if rule.ends.iter().all(|classes| classes & there != 0) {
                fire((number, rule), &masked, &mut firings);
            }
        }
        firings
    }
}

/// So often one rule may match in one sentence.
const MOST_MATCHES: usize = 60;

/// Adds what a rule states in a sentence.
fn fire((number, rule): (usize, &Rule), masked: &Masked, firings: &mut Vec<Firing>) {
    let mut from = 0;
    for _ in 0..MOST_MATCHES {
        let Some(found) = rule.regex.captures_at(&masked.text, from) else { return };
        let Some(whole) = found.get(0) else { return };
        let ends = |slot: &str| found.name(slot).map_or(Vec::new(), |m| masked.mentions_in(m.range()));
        let range = masked.range(whole.range());
        for subject in ends(&rule.subject) {
            let mut push = |object| {
                let predicate = rule.predicate;
                firings.push(Firing { rule: number, subject, predicate, object, range });
            };
            match &rule.object {
                file::End::Stage(stage) => push(FarEnd::Stage(*stage)),
                file::End::Slot(slot) => {
                    ends(slot).into_iter().filter(|o| *o != subject).for_each(|o| push(FarEnd::Mention(o)));
                }
            }
        }
        from = masked.after(whole.start());
    }
}
