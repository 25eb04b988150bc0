//! What stands around a number: its clause, the words before it, the open start of a range.

use super::draft::{Around, OpenRange};
use super::head;
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

    /// The clause of a quantity: from the mark before to the mark after.
    pub(super) fn clause(&self, sentence: &Sentence, quantity: &Quantity) -> Clause {
        const LONGEST: usize = 80;
        let chars = self.chars();
        let ends = |c: char| matches!(c, '，' | '；' | '：' | '。' | '！' | '？' | '（' | '）' | '\n');
        let mut start = quantity.start;
        while start > sentence.start && quantity.start - start < LONGEST && !ends(chars[start - 1]) {
            start -= 1;
        }
        let mut end = quantity.end;
        while end < sentence.end && end - quantity.end < LONGEST && !ends(chars[end]) {
            end += 1;
        }
        Clause { start, end }
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
            if !left.head.is_empty() {
                self.split = head::conjuncts(self.lexicon, &left.head);
            }
            self.waiting = self.split.clone().into();
        }
        let wanting = left.distributed || left.head.is_empty();
        if let Some(name) = wanting.then(|| self.waiting.pop_front()).flatten() {
            left.head = name;
        }
        let chained = from > 0 && from < quantity.start && chars[from] == '、';
        let last = self.named.last();
        let carried = self.carried.as_ref().filter(|_| left.named);
        Around {
            lexicon: self.lexicon,
            left,
            right: &chars[quantity.end..to.max(quantity.end)],
            last: last.map(|(name, _)| name).or(carried).cloned(),
            grows: self
                .listed
                .as_ref()
                .filter(|(_, d)| d.measure == Measure::Growth)
                .map(|(_, d)| d.value.signum()),
            earlier: self.earlier(from),
            chained: chained && last.is_some_and(|(_, increment)| *increment),
            before: &chars[from.min(quantity.start)..quantity.start],
            thing: self.source.mention_at(quantity.end + 1).is_some()
                && chars.get(quantity.end) == Some(&'的'),
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
        let (mut time, mut skipped) = (0, 0);
        for at in from..to {
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
        left.tails = vec![super::lexicon::Tail::Level];
        Some(OpenRange { value: quantity.value, left })
    }
}
