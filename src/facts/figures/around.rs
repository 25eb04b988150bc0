//! What stands around a number: its clause, the words before it, the open start of a range.

use super::draft::{Around, OpenRange};
use super::head;
use super::lexicon::Tail;
use super::reader::{Clause, Reader};
use crate::document::Measure;
use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;
use crate::text::Sentence;

impl<'a> Reader<'a> {
    /// 占全省529个项目的57.1%: a share begins before the number in its whole.
    pub(super) fn share_start(&self, quantity: &Quantity, (clause, from): (usize, usize)) -> usize {
        let chars = self.chars();
        let of = quantity.kind == Kind::Percent && chars[from..quantity.start].ends_with(&['的']);
        let share = of && chars[clause..from].contains(&'占') && !chars[from..quantity.start].contains(&'占');
        if share { clause } else { from }
    }

    /// 甲服务、乙服务2个行业收入分别增长8%、9%: what 分别 distributes begins before the number that counts it.
    pub(super) fn list_start(&self, quantity: &Quantity, (clause, from): (usize, usize)) -> usize {
        let chars = self.chars();
        let distributes = chars[from..quantity.start].windows(2).any(|w| w == ['分', '别']);
        let all = &self.source.quantities;
        let before = all[..all.partition_point(|q| q.end <= from)].last().filter(|q| q.end + 1 >= from);
        let counts = before.filter(|q| q.kind == Kind::Count && q.start > clause && distributes);
        let listed = counts.is_some_and(|q| {
            let parts = chars[clause..q.start].split(|c| matches!(c, '、' | '和' | '与' | '及')).count();
            parts >= 2 && (q.value - parts as f64).abs() < f64::EPSILON
        });
        if listed { clause } else { from }
    }

    /// The clause of a quantity: from the mark before to the mark after.
    pub(super) fn clause(&self, sentence: &Sentence, quantity: &Quantity) -> Clause {
        const LONGEST: usize = 80;
        let chars = self.chars();
        let ends = |c: char| matches!(c, '，' | '；' | '：' | '。' | '！' | '？' | '（' | '）' | '\n');
        let mut start = quantity.start;
        while start > sentence.start && quantity.start - start < LONGEST {
            match self.bracket_before(start, sentence.start) {
                Some(opens) => start = opens,
                None if ends(chars[start - 1]) => break,
                None => start -= 1,
            }
        }
        let mut end = quantity.end;
        while end < sentence.end && end - quantity.end < LONGEST && !ends(chars[end]) {
            end += 1;
        }
        Clause { start, end }
    }

    /// Where the short bracket opens that closes right before `end`.
    fn bracket_before(&self, end: usize, from: usize) -> Option<usize> {
        const LONGEST: usize = 40;
        let chars = self.chars();
        let near = from.max(end.saturating_sub(LONGEST));
        let closes = end > from && chars[end - 1] == '）';
        let opens = closes.then(|| chars[near..end].iter().rposition(|c| *c == '（')).flatten();
        opens.map(|at| near + at).filter(|&at| at > from)
    }

    pub(super) fn around(
        &mut self,
        quantity: &Quantity,
        (from, to): (usize, usize),
        (text, cuts): (Vec<char>, Vec<usize>),
        open: Option<&OpenRange>,
    ) -> Around<'a> {
        let chars = self.chars();
        let share = quantity.kind == Kind::Percent;
        let mut left = match open {
            Some(open) => open.left.clone(),
            None => head::left(self.lexicon, &text, &cuts, share),
        };
        if left.distributed {
            let end = without_comparison(&left.head);
            left.head.truncate(end);
        }
        let rated = self.lexicon.rates.has(&left.head);
        let dropped =
            left.head.is_empty() || self.lexicon.generic.has(&left.head) || left.distributed && rated;
        let just_said = if dropped { self.just_said(from) } else { None };
        if let Some((name, grows)) = just_said.as_ref().filter(|_| left.distributed) {
            left.head.clone_from(name);
            left.tails.extend(grows.then_some(Tail::Rate));
        }
        if left.distributed {
            self.give_heads(quantity, &left.head);
        }
        let wanting = left.distributed || left.head.is_empty();
        if let Some(name) = wanting.then(|| self.given.heads.pop_front()).flatten() {
            left.head = name;
        }
        let chained = from > 0 && from < quantity.start && matches!(chars[from], '、' | '和' | '与' | '及');
        let just_said = just_said.map(|(name, _)| name);
        let last = self.named.last();
        let part = chars[..from].ends_with(&['其', '中', '，']);
        let carried = self.carried.as_ref().filter(|_| left.named || part);
        let said = if last.is_none() && left.head.is_empty() { self.said_earlier(from) } else { None };
        let to = self.behind(quantity, to);
        let rate = rate_of_time(&chars[to.0..]);
        Around {
            lexicon: self.lexicon,
            left,
            right: &chars[to.0 + rate..to.1.max(to.0 + rate)],
            meets_number: chars.get(to.1).is_some_and(|c| c.is_ascii_digit()),
            yearly: rate > 0 && chars[to.0 + 1] == '年',
            last: just_said
                .or_else(|| last.map(|(name, _)| name.clone()))
                .or(said)
                .or_else(|| carried.cloned()),
            grows: self
                .listed
                .as_ref()
                .filter(|(_, d)| d.measure == Measure::Growth)
                .map(|(_, d)| d.value.signum()),
            earlier: self.earlier(from),
            chained: chained && last.is_some_and(|(_, increment)| *increment),
            unit_noun: Some(&chars[quantity.unit_at..quantity.end])
                .filter(|unit| matches!(unit, ['镇' | '乡' | '村' | '县' | '层'] | ['乡', '镇'])),
            before: &chars[from.min(quantity.start)..quantity.start],
            thing: self.source.mention_at(quantity.end + 1).is_some()
                && chars.get(quantity.end) == Some(&'的'),
        }
    }

    /// 电子元件出口增速较快，同比增长27.6%: what the clause right before says something of, if a figure only tells how much,
    /// and whether it says how that grows.
    fn just_said(&self, from: usize) -> Option<(Vec<char>, bool)> {
        const LONGEST: usize = 80;
        let chars = self.chars();
        let end = from.checked_sub(1).filter(|&end| chars[end] == '，')?;
        let near = end.saturating_sub(LONGEST);
        let ends = |c: &char| matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '\n' | '）');
        let start = chars[near..end].iter().rposition(ends).map_or(near, |at| near + at + 1);
        let said = self.lexicon.said.at_end(&chars[start..end]);
        let (text, cuts) = self.words(start, end - said);
        let mut name = head::left(self.lexicon, &text, &cuts, false).head;
        name.truncate(without_comparison(&name));
        let grows = matches!(chars[end - said], '增' | '涨' | '升');
        (said > 0 && name.len() >= 2 && !self.lexicon.generic.has(&name)).then_some((name, grows))
    }

    /// 工业投资加速扩张，增长22%: the well-known quantity that the clause before is about.
    fn said_earlier(&self, from: usize) -> Option<Vec<char>> {
        let chars = self.chars();
        let ends = |c: char| matches!(c, '。' | '；' | '\n' | '！' | '？');
        let mut start = from;
        while start > 0 && from - start < 50 && !ends(chars[start - 1]) {
            start -= 1;
        }
        let (text, cuts) = self.words(start, from);
        let known = |from: usize, to: usize| {
            let ends = (from + 3..=to).rev().find(|&end| self.lexicon.place.at_end(&text[from..end]) > 2)?;
            let cuts: Vec<usize> = cuts.iter().filter_map(|cut| cut.checked_sub(from)).collect();
            Some(head::left(self.lexicon, &text[from..ends], &cuts, false).head).filter(|name| name.len() > 2)
        };
        let mut end = text.len();
        for _ in 0..3 {
            let opens = text[..end].iter().rposition(|c| matches!(c, '，' | '：' | '、'));
            if let Some(name) = known(opens.map_or(0, |at| at + 1), end) {
                return Some(name);
            }
            end = opens?;
        }
        None
    }

    /// What stands behind the number: 45台单机容量6兆瓦的风力发电机组 counts what comes after the second number.
    fn behind(&self, quantity: &Quantity, to: usize) -> (usize, usize) {
        let chars = self.chars();
        let all = &self.source.quantities;
        let next = &all[all.partition_point(|q| q.start < to).min(all.len())..];
        let sized = next
            .first()
            .filter(|next| next.start == to && (2..=8).contains(&to.saturating_sub(quantity.end)));
        let marked =
            |c: &char| matches!(c, '、' | '和' | '，' | '及' | '与' | '。' | '；' | '：' | '（' | '的');
        match sized {
            Some(next) if chars.get(next.end) == Some(&'的') && quantity.kind == Kind::Count => {
                let end = chars[next.end + 1..].iter().position(marked).unwrap_or(0);
                let plain = !chars[quantity.end..to].iter().any(marked) && end >= 2;
                if plain { (next.end + 1, next.end + 1 + end) } else { (quantity.end, to) }
            }
            _ => (quantity.end, to),
        }
    }

    /// The end of the clause before, which may name what is ranked or listed.
    pub(super) fn earlier(&self, from: usize) -> &'a [char] {
        let chars = self.chars();
        let end = from.saturating_sub(1);
        let ends = |c: &char| matches!(c, '，' | '。' | '；' | '：' | '\n' | '、');
        let start = chars[end.saturating_sub(24)..end]
            .iter()
            .rposition(ends)
            .map_or(end.saturating_sub(24), |at| end.saturating_sub(24) + at + 1);
        &chars[start.min(end)..end]
    }

    /// The words before a number without expressions of time, and where names end in them.
    pub(super) fn words(&self, from: usize, to: usize) -> (Vec<char>, Vec<usize>) {
        let source = self.source;
        let (mut text, mut cuts) = (Vec::new(), Vec::new());
        let times = source.times.within(from, to);
        let (mut time, mut skipped) = (0, from + rate_of_time(&self.chars()[from..to]));
        for at in from..to {
            if self.chars()[at] == '（' {
                let closes = self.chars()[at..to].iter().position(|c| *c == '）');
                skipped = skipped.max(closes.map_or(0, |len| at + len + 1));
            }
            while time < times.len() && times[time].end <= at {
                time += 1;
            }
            if at > from && source.cover.ends[at] {
                cuts.push(text.len());
            }
            skipped = skipped.max(at + self.row_of_periods(at, to));
            if at < skipped || times.get(time).is_some_and(|e| e.start <= at) {
                continue;
            }
            text.push(self.chars()[at]);
        }
        if source.cover.ends[to] {
            cuts.push(text.len());
        }
        (text, cuts)
    }

    /// How many characters 连续6个季度 has at `at`; 0 for anything else.
    fn row_of_periods(&self, at: usize, to: usize) -> usize {
        let rest = &self.chars()[at..to.min(at + 9)];
        if !rest.starts_with(&['连', '续']) {
            return 0;
        }
        let end = rest.iter().rposition(|c| matches!(c, '度' | '月' | '年' | '次' | '届'));
        end.map_or(0, |end| end + 1)
    }

    /// Whether 从A提高到 has begun here, with its end in the next number.
    pub(super) fn opens_range(
        &self,
        quantity: &Quantity,
        next: usize,
        (text, cuts): (&[char], &[usize]),
    ) -> Option<OpenRange> {
        let chars = self.chars();
        if next <= quantity.end || next - quantity.end > 14 {
            return None;
        }
        let near = text.len().saturating_sub(12);
        let opened = near + text[near..].iter().rposition(|c| matches!(c, '由' | '从'))?;
        let between = &chars[quantity.end..next];
        let closed = between.iter().any(|c| matches!(c, '到' | '至' | '为' | '成' | '达'));
        if !closed || between.contains(&'；') {
            return None;
        }
        let share = quantity.kind == Kind::Percent;
        let mut left = head::left(self.lexicon, &text[..opened], cuts, share);
        if left.head.is_empty() {
            left.head = head::trim(self.lexicon, &text[opened + 1..]).to_vec();
        }
        left.tails.retain(|tail| matches!(tail, Tail::Rate | Tail::Fall));
        left.tails.push(Tail::Level);
        Some(OpenRange { value: quantity.value, left })
    }
}

/// Where a head ends without 同比 or 环比.
fn without_comparison(head: &[char]) -> usize {
    let compared = head.ends_with(&['同', '比']) || head.ends_with(&['环', '比']);
    head.len() - if compared { 2 } else { 0 }
}

/// The length of /年 or /日 at the start of a text: 20万吨/年.
fn rate_of_time(text: &[char]) -> usize {
    if matches!(text, ['/', '年' | '日' | '天' | '月', ..]) { 2 } else { 0 }
}
