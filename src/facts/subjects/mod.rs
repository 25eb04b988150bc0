//! Whom a clause is about: the topic before a position, inherited where it is dropped, and what 全市, 该公司 or 项目
//! stand for.
//!
//! Goes in: a text and its mentions. Comes out: indices of mentions. Nothing is decided about which mentions are one
//! thing, but that equal names are.

mod anaphors;
mod home;
mod topics;
mod words;

use crate::document::Class;
use crate::mentions::Mention;
use crate::text::Text;
use std::collections::{HashMap, HashSet};
use words::LEXICON;

/// One change of topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Topic {
    /// Where its name ends; it holds from here.
    at: usize,
    sentence: usize,
    mention: usize,
}

/// Stands for a nation that is spoken of (全国, 我国) and that no mention names.
const NATION: usize = usize::MAX;

impl Topic {
    fn named(self) -> Option<usize> {
        (self.mention != NATION).then_some(self.mention)
    }
}

/// The topics of a text.
#[derive(Debug)]
pub struct Subjects<'a> {
    text: &'a Text,
    mentions: &'a [Mention],
    /// Indices of mentions that can be a topic, by start, the longest of one start first.
    order: Vec<usize>,
    /// For each mention, a number that mentions of one name share.
    group: Vec<usize>,
    strong: Vec<Topic>,
    weak: Vec<Topic>,
    home: Option<usize>,
    main: Option<usize>,
    /// Last characters of the home's names: 市 for a home that is named 太原市 somewhere.
    levels: Vec<char>,
    /// Where persons and offices are named.
    offices: HashSet<usize>,
}

impl<'a> Subjects<'a> {
    /// Reads who is spoken of where.
    pub fn new(text: &'a Text, mentions: &'a [Mention]) -> Self {
        let mut order: Vec<usize> = (0..mentions.len()).filter(|&i| is_topical(mentions[i].class)).collect();
        order.sort_by_key(|&i| {
            (mentions[i].start, usize::MAX - mentions[i].end, class_rank(mentions[i].class))
        });
        let group = group_names(text, mentions);
        let office = |m: &&Mention| matches!(m.class, Class::Position | Class::Person);
        let offices = mentions.iter().filter(office).map(|m| m.start).collect();
        let (strong, weak) = (Vec::new(), Vec::new());
        let mut subjects = Self {
            text,
            mentions,
            order,
            group,
            strong,
            weak,
            home: None,
            main: None,
            levels: Vec::new(),
            offices,
        };
        let territory = subjects.heaviest(&[Class::Place, Class::Zone]);
        let maker = subjects.heaviest(&[Class::Enterprise]).filter(|(_, score)| *score >= 4.0);
        subjects.home = territory.map(|(index, _)| index);
        subjects.main = match (territory, maker) {
            (Some((_, place)), Some((index, score))) if score > place * 1.3 => Some(index),
            (None, Some((index, _))) => Some(index),
            (home, _) => home.map(|(index, _)| index),
        };
        subjects.levels = subjects.home_levels();
        subjects.read_topics();
        subjects
    }

    /// The place, zone or (in a text without any) other thing that the text is about.
    pub fn home(&self) -> Option<usize> {
        self.home
    }

    /// What the text is about: its home, or the enterprise that it names far more often.
    pub fn main(&self) -> Option<usize> {
        self.main
    }

    /// Whether a topic is named in `from..to`.
    pub fn changes_within(&self, from: usize, to: usize) -> bool {
        let until = self.strong.partition_point(|t| t.at <= to);
        self.strong[..until].last().is_some_and(|t| t.at > from)
    }

    /// What the clause around `position` is about, as far as it has been said before `position`.
    pub fn subject_of(&self, position: usize) -> Option<usize> {
        let sentence = self.sentence_at(position)?;
        self.topic_in_sentence(position)
            .or_else(|| self.inherited(sentence))
            .or_else(|| {
                last_before(&self.weak, position).filter(|t| t.sentence == sentence).map(|t| t.mention)
            })
            .or(self.home)
    }

    /// The topic that the sentence itself has named before `position`.
    pub fn topic_in_sentence(&self, position: usize) -> Option<usize> {
        let sentence = self.sentence_at(position)?;
        last_before(&self.strong, position).filter(|t| t.sentence == sentence).and_then(Topic::named)
    }

    /// Whether the nation is spoken of at `position`, and no mention names it.
    pub fn is_of_unnamed_nation(&self, position: usize) -> bool {
        let last = last_before(&self.strong, position);
        let here = self.sentence_at(position);
        last.is_some_and(|t| t.mention == NATION && here.is_some_and(|s| s - t.sentence <= 1))
    }

    /// The topic that the clause beginning at `clause` has named before `position`.
    pub fn topic_in_clause(&self, clause: usize, position: usize) -> Option<usize> {
        last_before(&self.strong, position).filter(|t| t.at > clause).and_then(Topic::named)
    }

    /// The nearest mention of one of `classes` that ends before `position`, at most `sentences` sentences back.
    pub fn nearest(&self, position: usize, classes: &[Class], sentences: usize) -> Option<usize> {
        let here = self.sentence_at(position)?;
        let first = self.text.sentences[here.saturating_sub(sentences)].start;
        let until = self.order.partition_point(|&i| self.mentions[i].start < position);
        self.order[..until]
            .iter()
            .rev()
            .take_while(|&&i| self.mentions[i].start >= first)
            .find(|&&i| self.mentions[i].end <= position && classes.contains(&self.mentions[i].class))
            .copied()
    }

    /// The last topic of a class, at most three sentences back.
    pub fn recent(&self, position: usize, class: Class) -> Option<usize> {
        let sentence = self.sentence_at(position)?;
        let until = self.strong.partition_point(|t| t.at <= position);
        let near = self.strong[..until].iter().rev().take_while(|t| sentence - t.sentence <= 3);
        near.filter_map(|t| t.named()).find(|&i| self.mentions[i].class == class)
    }

    /// What the words `start..end` of the view stand for: 全市, 该公司, 项目, 园区.
    pub fn refers(&self, start: usize, end: usize) -> Option<usize> {
        let lexicon = LEXICON.as_ref()?;
        let (len, wanted) = lexicon.anaphor(&self.text.view.chars[start..end])?;
        (start + len == end).then(|| self.resolve(wanted, start)).flatten()
    }

    /// Whether two mentions carry the same name.
    pub fn same(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }

    fn sentence_at(&self, position: usize) -> Option<usize> {
        let after = self.text.sentences.partition_point(|s| s.start <= position);
        after.checked_sub(1)
    }

    /// The topic of an earlier sentence of the same line.
    fn inherited(&self, sentence: usize) -> Option<usize> {
        let line = self.text.sentences[sentence].line;
        let until = self.strong.partition_point(|t| t.sentence < sentence);
        let last = self.strong[..until].last()?;
        let near = self.text.sentences[last.sentence].line == line && sentence - last.sentence <= 3;
        last.named().filter(|_| near)
    }

    /// The enterprise that a text names most often.
    pub fn leading_enterprise(&self) -> Option<usize> {
        self.heaviest(&[Class::Enterprise]).map(|(index, _)| index)
    }

    fn name(&self, mention: &Mention) -> String {
        self.text.view.slice(mention.start, mention.end)
    }
}

fn is_topical(class: Class) -> bool {
    matches!(class, Class::Place | Class::Zone | Class::Enterprise | Class::Project | Class::Organization)
}

fn class_rank(class: Class) -> u8 {
    match class {
        Class::Project => 0,
        Class::Enterprise => 1,
        Class::Zone => 2,
        Class::Place => 3,
        _ => 4,
    }
}

fn last_before(topics: &[Topic], position: usize) -> Option<Topic> {
    let until = topics.partition_point(|t| t.at <= position);
    topics[..until].last().copied()
}

/// Numbers for equal names; 太原 and 太原市 are equal.
fn group_names(text: &Text, mentions: &[Mention]) -> Vec<usize> {
    let mut numbers: HashMap<(Class, String), usize> = HashMap::new();
    mentions
        .iter()
        .map(|mention| {
            let mut name = text.view.slice(mention.start, mention.end);
            if mention.class == Class::Place && name.chars().count() > 2 {
                name = name.trim_end_matches(['省', '市', '县', '区']).to_owned();
            }
            let fresh = numbers.len();
            *numbers.entry((mention.class, name)).or_insert(fresh)
        })
        .collect()
}
