//! Everything that is known of a text before figures are read.

use super::ranks;
use super::timing::Times;
use crate::document::Class;
use crate::facts::subjects::Subjects;
use crate::mentions::Mention;
use crate::mentions::numbers::Form;
use crate::mentions::periods;
use crate::mentions::quantities::{self, Quantity};
use crate::mentions::units::Kind;
use crate::text::{Sentence, Text};

/// Everything that is known of a text before figures are read.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) text: &'a Text,
    pub(super) mentions: &'a [Mention],
    pub(super) subjects: Subjects<'a>,
    pub(super) times: Times,
    pub(super) quantities: Vec<Quantity>,
    pub(super) cover: Cover,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a Text, mentions: &'a [Mention]) -> Self {
        let (today, all) = periods::find(text);
        Self {
            text,
            mentions,
            subjects: Subjects::new(text, mentions),
            times: Times { today, all },
            quantities: quantities::find(&text.view),
            cover: Cover::new(text.view.len(), mentions),
        }
    }
}

impl Source<'_> {
    /// Whether a position lies in a name.
    pub(super) fn is_named(&self, at: usize) -> bool {
        self.cover.named[at] || self.cover.project[at] > 0
    }

    /// The last mention that ends at `end` and can bear figures.
    pub(super) fn mention_ending(&self, end: usize) -> Option<usize> {
        let until = self.mentions.partition_point(|m| m.start < end);
        let bears = |m: &Mention| {
            m.end == end
                && !matches!(m.class, Class::Industry | Class::Policy | Class::Person | Class::Position)
        };
        self.mentions[..until].iter().rposition(|m| m.end == end).filter(|&i| bears(&self.mentions[i]))
    }

    /// The longest mention of a thing that can bear figures and begins at `start`.
    pub(super) fn mention_at(&self, start: usize) -> Option<usize> {
        let first = self.mentions.partition_point(|m| m.start < start);
        let here = self.mentions[first..].iter().enumerate().take_while(|(_, m)| m.start == start);
        let bears = here.filter(|(_, m)| {
            matches!(m.class, Class::Project | Class::Enterprise | Class::Zone | Class::Organization)
        });
        bears.max_by_key(|(_, m)| (m.end, m.class == Class::Project)).map(|(n, _)| first + n)
    }
}

/// Which mention, if any, covers a character.
#[derive(Debug)]
pub(super) struct Cover {
    /// For each character 1 + the index of the project's mention that covers it.
    pub(super) project: Vec<u32>,
    /// Whether a name of another kind covers it.
    pub(super) named: Vec<bool>,
    /// Whether the name of a possible bearer ends before it.
    pub(super) ends: Vec<bool>,
    /// 1 + the start of the place or zone that ends before it.
    pub(super) places: Vec<u32>,
}

impl Cover {
    pub(super) fn new(len: usize, mentions: &[Mention]) -> Self {
        let mut cover = Self {
            project: vec![0; len + 1],
            named: vec![false; len + 1],
            ends: vec![false; len + 1],
            places: vec![0; len + 1],
        };
        for (index, mention) in mentions.iter().enumerate() {
            if mention.end > len || mention.start >= mention.end {
                continue;
            }
            match mention.class {
                Class::Project => {
                    cover.project[mention.start..mention.end].fill(u32::try_from(index + 1).unwrap_or(0))
                }
                _ => cover.named[mention.start..mention.end].fill(true),
            }
            let bears = !matches!(mention.class, Class::Industry | Class::Policy | Class::Position);
            cover.ends[mention.end] |= bears;
            if matches!(mention.class, Class::Place | Class::Zone) {
                cover.places[mention.end] = u32::try_from(mention.start + 1).unwrap_or(0);
            }
        }
        cover
    }
}

impl Source<'_> {
    /// Quantities and ranks of a sentence; without those that are times or only say which things are meant.
    pub(super) fn items(&self, sentence: &Sentence) -> Vec<Quantity> {
        let all = &self.quantities;
        let first = all.partition_point(|q| q.start < sentence.start);
        let inside = all[first..].iter().take_while(|q| q.end <= sentence.end);
        let mut items: Vec<Quantity> = inside
            .filter(|q| !self.is_slogan(q))
            .filter(|q| !self.is_time(q) && !self.is_threshold(q, sentence))
            .map(|q| self.as_rank(q).unwrap_or_else(|| q.clone()))
            .collect();
        items.extend(ranks::find(&self.text.view, &self.cover.places, (sentence.start, sentence.end)));
        items.sort_by_key(|q| (q.start, q.end));
        items
    }

    /// 上升4位 moves a rank, and counts nobody.
    fn as_rank(&self, quantity: &Quantity) -> Option<Quantity> {
        let (unit, kind) = ranks::RANK;
        let moved = ranks::moves(&self.text.view.chars, quantity);
        moved.then(|| Quantity { kind, unit, ..quantity.clone() })
    }

    /// “四个中心”, “三个十大”: a quoted number is part of a slogan.
    fn is_slogan(&self, quantity: &Quantity) -> bool {
        let chars = &self.text.view.chars;
        let quoted = quantity.number > 0 && chars[quantity.number - 1] == '“';
        let end = chars[quantity.end..(quantity.end + 7).min(chars.len())].contains(&'”');
        quoted && end && quantity.form == Form::Chinese
    }

    fn is_time(&self, quantity: &Quantity) -> bool {
        !self.times.within(quantity.number, quantity.end).is_empty()
    }

    /// 亿元以上项目, 5000万元以上的企业, 千亿级产业: the number only says which are meant.
    fn is_threshold(&self, quantity: &Quantity, sentence: &Sentence) -> bool {
        const THINGS: &[&str] = &[
            "项目",
            "企业",
            "重大",
            "产业",
            "工业",
            "重点",
            "制造业",
            "大项目",
            "先进",
            "单位",
            "在建",
            "新",
            "技改",
            "省",
            "泊位",
            "及以上",
            "固投",
            "行列",
            "大关项目",
        ];
        let chars = &self.text.view.chars;
        if quantity.kind == Kind::Percent || quantity.kind == Kind::Rank {
            return false;
        }
        let rest: String = chars[quantity.end..sentence.end.min(quantity.end + 6)].iter().collect();
        let rest = rest.strip_prefix('的').unwrap_or(&rest);
        let bounded = matches!(chars[quantity.end - 1], '上' | '下')
            || (quantity.form == Form::Magnitude && quantity.kind == Kind::Money);
        (bounded && THINGS.iter().any(|w| rest.starts_with(w)))
            || rest.starts_with('级')
            || rest.starts_with('或')
    }
}
