//! What 分别 gives out: heads, years or bearers, one to each of several numbers.

use super::draft::Draft;
use super::head;
use super::reader::Reader;
use crate::document::Class;
use crate::mentions::Mention;
use crate::mentions::quantities::Quantity;
use crate::text::Sentence;
use std::collections::VecDeque;

/// What has yet to get a number, in its order.
#[derive(Debug, Default)]
pub(super) struct Distribution {
    pub(super) heads: VecDeque<Vec<char>>,
    pub(super) years: VecDeque<String>,
    /// Numbers of mentions.
    pub(super) bearers: VecDeque<usize>,
    /// The years that were given out last, which a later 分别 of as many numbers gives out again: 公司净利润分别为.
    past: Vec<String>,
    /// The heads that were given out last, which a later 分别 without heads gives out again.
    split: Vec<Vec<char>>,
}

impl Distribution {
    /// Begins a new sentence, in the same line or not.
    pub(super) fn enter(&mut self, same_line: bool) {
        let past = if same_line { std::mem::take(&mut self.past) } else { Vec::new() };
        *self = Self { past, ..Self::default() };
    }

    /// Gives out several heads, or those that were named before.
    pub(super) fn give_heads(&mut self, heads: Vec<Vec<char>>) {
        self.split = heads;
        self.heads = self.split.clone().into();
    }

    /// Gives out again what was given out last, or the last `count` of what is `named` where that is another number.
    pub(super) fn give_again(&mut self, named: Vec<Vec<char>>, count: usize) {
        if count >= 2 && self.split.len() != count && named.len() >= count {
            self.split = named[named.len() - count..].to_vec();
        }
        self.heads = self.split.clone().into();
    }
}

/// A mark or a word that joins two parts of a list.
pub(super) fn joins(text: &[char]) -> bool {
    matches!(text, ['、' | '和' | '与' | '及' | '，'] | ['以', '及'] | ['、', '以', '及'])
}

impl Reader<'_> {
    /// How many numbers of one kind a list has that begins with `quantity`.
    pub(super) fn listed_with(&self, quantity: &Quantity) -> usize {
        const MOST: usize = 12;
        let all = &self.source.quantities;
        let first = all.partition_point(|q| q.start < quantity.start);
        let mut end = quantity.end;
        let following = all.iter().skip(first + 1).take(MOST - 1).take_while(|next| {
            let linked =
                next.start >= end && joins(&self.chars()[end..next.start]) && next.kind == quantity.kind;
            end = next.end;
            linked
        });
        1 + following.count()
    }

    /// Gives out the heads of a number with 分别, where its own words or earlier figures name several.
    pub(super) fn give_heads(&mut self, quantity: &Quantity, head: &[char]) {
        let count = self.listed_with(quantity);
        if head.is_empty() {
            let named = self.named.iter().map(|(name, _)| name.clone()).collect();
            self.given.give_again(named, count);
        } else {
            let heads = self.with_last_quantity(head::conjuncts(self.lexicon, head, Some(count)));
            self.given.give_heads(heads);
        }
    }

    /// 甲服务、乙服务分别增长: of branches alone the quantity is told that was named last.
    fn with_last_quantity(&self, mut heads: Vec<Vec<char>>) -> Vec<Vec<char>> {
        let branch = |head: &Vec<char>| matches!(head.last(), Some('业' | '务' | '造')) && head.len() >= 3;
        let last = self
            .named
            .last()
            .map(|(name, _)| name.as_slice())
            .or(self.carried.as_deref())
            .unwrap_or_default();
        let quantity = &last[last.len() - head::known_end(self.lexicon, last)..];
        if heads.len() >= 2 && heads.iter().all(branch) {
            heads.iter_mut().for_each(|head| head.extend(quantity));
        }
        heads
    }

    /// Gives out years, and bearers, where a list of them stands before `quantity`; `draft` takes the first of each.
    pub(super) fn give_times_and_bearers(
        &mut self,
        sentence: &Sentence,
        quantity: &Quantity,
        draft: &mut Draft,
    ) {
        let (from, to) = (sentence.start, quantity.start);
        let count = self.listed_with(quantity);
        let listed = self.source.times.listed(from, to, self.chars());
        let again = listed.is_empty() && self.given.heads.is_empty() && self.given.past.len() == count;
        if !again {
            self.given.past = listed;
        }
        self.given.years = self.given.past.clone().into();
        draft.period = self.given.years.pop_front();
        if draft.period.is_none() && self.given.heads.is_empty() {
            let listed = self.bearers_listed((from, to));
            if listed.len() == count {
                self.given.bearers = listed.into();
                draft.bearer = self.given.bearers.pop_front();
            }
        }
        if draft.bearer.is_some() {
            draft.indicator.drain(..counted_together(&draft.indicator));
        }
    }

    /// The things that the last list in `from..to` names: 甲、乙和丙三市进出口分别增长. Empty where there is no list.
    pub(super) fn bearers_listed(&self, (from, to): (usize, usize)) -> Vec<usize> {
        let mentions = self.source.mentions;
        let until = mentions.partition_point(|m| m.start < to);
        let here = mentions[..until].iter().enumerate().rev().take_while(|(_, m)| m.start >= from);
        let mut list: Vec<usize> = Vec::new();
        for (index, mention) in here {
            let next = list.last().map(|&next| &mentions[next]);
            if next.is_some_and(|next| mention.end > next.start) {
                continue;
            }
            let bears = group(mention.class).is_some();
            match next {
                Some(next) if !bears || !self.are_joined(mention, next) => break,
                None if !bears => {}
                _ => list.push(index),
            }
        }
        list.reverse();
        let first = list.first().map(|&first| mentions[first].start);
        let circumstance = first.is_some_and(|start| {
            start > from && "在对向自从于至到与给为往以由".contains(self.chars()[start - 1])
        });
        if list.len() >= 2 && !circumstance { list } else { Vec::new() }
    }

    /// The things of a list that all have what follows, where 均 or 各 says so, right behind the list or before the number (`all`).
    pub(super) fn bearers_of_each(&self, (from, to): (usize, usize), all: bool) -> Vec<usize> {
        let list = self.bearers_listed((from, to));
        let behind = list.last().map(|&last| &self.chars()[self.source.mentions[last].end..to]);
        let each = behind.is_some_and(|words| {
            let words = &words[counted_together(words)..];
            matches!(words, ['均' | '各' | '都', ..])
                && !matches!(words, ['均', '价', ..] | ['各', '类' | '种' | '项' | '级', ..])
        });
        if all || each { list } else { Vec::new() }
    }

    fn are_joined(&self, one: &Mention, next: &Mention) -> bool {
        let between = &self.chars()[one.end..next.start];
        group(one.class) == group(next.class) && joins(between)
    }
}

/// The length of the words that count a list of bearers before their head: 三市, 两家公司.
fn counted_together(head: &[char]) -> usize {
    const GROUPS: [&str; 16] = [
        "家公司",
        "家企业",
        "个项目",
        "个县",
        "个市",
        "城市",
        "省份",
        "地区",
        "国家",
        "市",
        "县",
        "区",
        "省",
        "州",
        "地",
        "国",
    ];
    let numerals = head.iter().take_while(|c| "两二三四五六七八九十".contains(**c)).count();
    let rest: String = head[numerals..].iter().take(3).collect();
    let group = GROUPS.iter().find(|group| rest.starts_with(*group)).map_or(0, |group| group.chars().count());
    let len = numerals + group;
    if numerals > 0 && group > 0 && head.len() >= len + 2 { len } else { 0 }
}

/// What may stand in one list of bearers.
fn group(class: Class) -> Option<u8> {
    match class {
        Class::Place | Class::Zone => Some(0),
        Class::Enterprise | Class::Organization => Some(1),
        Class::Project => Some(2),
        _ => None,
    }
}
