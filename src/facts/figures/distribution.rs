//! What 分别 gives out: heads, years or bearers, one to each of several numbers.

use super::conjuncts::{conjuncts, known_end};
use super::draft::Draft;
use super::reader::{Clause, Reader};
use crate::document::{Bound, Class, Measure};
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

impl Draft {
    /// The same figure of each of several bearers, given by their mentions.
    fn of_each_bearer(&self, bearers: Vec<usize>) -> Vec<Self> {
        let indicator = named_alone(&self.indicator);
        let own = |bearer| Self { bearer: Some(bearer), indicator: indicator.clone(), ..self.clone() };
        bearers.into_iter().map(own).collect()
    }
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
    /// The drafts of a number: one for each end of a range, each of several heads or each of several bearers that have it.
    pub(super) fn shared_out(
        &mut self,
        quantity: &Quantity,
        clause: Clause,
        (draft, all, distributed, next): (Draft, bool, bool, usize),
    ) -> Vec<Draft> {
        let mut drafts = ends_of_range(quantity, draft.clone());
        if distributed && next >= clause.end {
            drafts.extend(self.given.heads.drain(..).map(|name| draft.renamed(&name, quantity.kind)));
        } else if all && draft.measure == Measure::Rank {
            drafts = self.of_each_head(&draft).unwrap_or(drafts);
        }
        if drafts.len() > 1 || draft.indicator.contains(&'、') {
            return drafts;
        }
        let bounded = matches!(draft.bound, Bound::Over | Bound::Under);
        let bearers = self.bearers_of_each((clause.start, quantity.start), (all, bounded));
        if bearers.is_empty() { drafts } else { draft.of_each_bearer(bearers) }
    }

    /// One rank of several heads, which stand before it or were named before.
    fn of_each_head(&self, draft: &Draft) -> Option<Vec<Draft>> {
        let inherited: Vec<Vec<char>> = self.named.iter().map(|(n, _)| n.clone()).collect();
        if inherited.last() == Some(&draft.indicator) {
            return Some(draft.of_each(inherited));
        }
        let listed = draft.indicator.contains(&'、');
        listed.then(|| draft.of_each(conjuncts(self.lexicon, &draft.indicator, None)))
    }

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
            let heads = self.with_last_quantity(conjuncts(self.lexicon, head, Some(count)));
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
        let quantity = &last[last.len() - known_end(self.lexicon, last)..];
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
        const REACH: usize = 200;
        let to = quantity.start;
        let from = sentence.start.max(to.saturating_sub(REACH));
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
            draft.indicator = named_alone(&draft.indicator);
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

    /// The things of a list that all have what follows, where 均 or 各 says so, right behind the list or before the number
    /// (`all`), or where their number does and it is a bound that they have in common: 甲、乙两省进出口超过3万亿元.
    pub(super) fn bearers_of_each(
        &self,
        (from, to): (usize, usize),
        (all, bounded): (bool, bool),
    ) -> Vec<usize> {
        let list = self.bearers_listed((from, to));
        let behind = list.last().and_then(|&last| self.chars().get(self.source.mentions[last].end..to));
        let each = behind.is_some_and(|words| {
            let group = counted_together(words);
            let words = &words[group..];
            let says = matches!(words, ['均' | '各' | '都', ..]);
            let other = matches!(words, ['均', '价', ..] | ['各', '类' | '种' | '项' | '级', ..]);
            says && !other || bounded && group > 0
        });
        if all || each { list } else { Vec::new() }
    }

    fn are_joined(&self, one: &Mention, next: &Mention) -> bool {
        let between = &self.chars()[one.end..next.start];
        group(one.class) == group(next.class) && joins(between)
    }
}

/// A head without the words that count its bearers.
fn named_alone(head: &[char]) -> Vec<char> {
    head[counted_together(head)..].to_vec()
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

/// The draft of a number, or those of both ends of a range.
fn ends_of_range(quantity: &Quantity, draft: Draft) -> Vec<Draft> {
    let Some(upper) = quantity.upper.filter(|_| draft.from.is_none()) else { return vec![draft] };
    let falls = draft.value < 0.0;
    let (sign, near, far) =
        if falls { (-1.0, Bound::Under, Bound::Over) } else { (1.0, Bound::Over, Bound::Under) };
    let second = Draft { value: upper * sign, bound: far, ..draft.clone() };
    vec![Draft { bound: near, ..draft }, second]
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
