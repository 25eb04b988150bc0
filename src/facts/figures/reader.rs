//! Reads the quantities of a sentence one after another, each with its clause and what was said before.

use super::complete::Completer;
use super::draft::{self, Around, Draft, OpenRange};
use super::head;
use super::lexicon::{Lexicon, lexicon};
use super::timing::Times;
use super::{capacity, ranks};
use crate::document::{Class, Measure, Modality};
use crate::facts::Figure;
use crate::facts::subjects::Subjects;
use crate::mentions::Mention;
use crate::mentions::numbers::Form;
use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;
use crate::text::{Sentence, Text};
use std::collections::VecDeque;

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
    project: Vec<u32>,
    /// Whether a name of another kind covers it.
    named: Vec<bool>,
    /// Whether the name of a possible bearer ends before it.
    ends: Vec<bool>,
    /// 1 + the start of the place or zone that ends before it.
    places: Vec<u32>,
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

/// The words of one figure's clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads sentence after sentence.
pub(super) struct Reader<'a> {
    source: &'a Source<'a>,
    lexicon: &'static Lexicon,
    completer: Completer<'a>,
    pub(super) figures: Vec<Figure>,
    /// The indicators named in this sentence, the last at the end, and whether each was an increment.
    named: Vec<(Vec<char>, bool)>,
    /// Heads that 分别 has yet to give to numbers.
    waiting: VecDeque<Vec<char>>,
    /// The open start of 从A提高到B.
    open: Option<OpenRange>,
    /// The draft before, which a bare list goes on with: 8.5%、9.1%和10%.
    listed: Option<(Kind, Draft)>,
    /// The heads that 分别 gave last.
    split: Vec<Vec<char>>,
    /// Years that 分别 has yet to give to numbers.
    years: VecDeque<String>,
    /// Where what belongs to the number before ends.
    previous: usize,
    /// The last indicator of the sentence before.
    carried: Option<Vec<char>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self {
            source,
            lexicon: lexicon(),
            completer: Completer::new(source),
            figures: Vec::new(),
            named: Vec::new(),
            waiting: VecDeque::new(),
            open: None,
            listed: None,
            split: Vec::new(),
            years: VecDeque::new(),
            previous: 0,
            carried: None,
        }
    }

    fn chars(&self) -> &'a [char] {
        &self.source.text.view.chars
    }

    /// Reads one sentence.
    pub(super) fn read(&mut self, index: usize) {
        let sentence = self.source.text.sentences[index];
        self.carried = self.named.pop().map(|(name, _)| name);
        self.named.clear();
        self.waiting.clear();
        self.years.clear();
        self.split.clear();
        self.open = None;
        self.listed = None;
        self.previous = sentence.start;
        self.completer.enter(&sentence);
        let items = self.items(&sentence);
        for at in 0..items.len() {
            let next = items.get(at + 1).map_or(sentence.end, |q| q.start);
            if items[at].start >= self.previous {
                self.read_quantity(&sentence, &items[at], next);
            }
        }
        self.completer.leave(&sentence);
    }

    /// Quantities and ranks of a sentence; without those that are times or only say which things are meant.
    fn items(&self, sentence: &Sentence) -> Vec<Quantity> {
        let all = &self.source.quantities;
        let first = all.partition_point(|q| q.start < sentence.start);
        let inside = all[first..].iter().take_while(|q| q.end <= sentence.end);
        let mut items: Vec<Quantity> = inside
            .filter(|q| !self.is_slogan(q))
            .filter(|q| !self.is_time(q) && !self.is_threshold(q, sentence))
            .cloned()
            .collect();
        items.extend(ranks::find(
            &self.source.text.view,
            &self.source.cover.places,
            (sentence.start, sentence.end),
        ));
        items.sort_by_key(|q| (q.start, q.end));
        items
    }

    /// “四个中心”, “三个十大”: a quoted number is part of a slogan.
    fn is_slogan(&self, quantity: &Quantity) -> bool {
        let chars = self.chars();
        let quoted = quantity.number > 0 && chars[quantity.number - 1] == '“';
        let end = chars[quantity.end..(quantity.end + 7).min(chars.len())].contains(&'”');
        quoted && end && quantity.form == Form::Chinese
    }

    fn is_time(&self, quantity: &Quantity) -> bool {
        !self.source.times.within(quantity.number, quantity.end).is_empty()
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
        ];
        let chars = self.chars();
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

    fn read_quantity(&mut self, sentence: &Sentence, quantity: &Quantity, next: usize) {
        let clause = self.clause(sentence, quantity);
        let from = clause.start.max(self.previous.min(quantity.start));
        let project = self.source.cover.project[quantity.number] as usize;
        if project > 0 {
            self.previous = quantity.end;
            self.read_in_name(quantity, project - 1);
            return;
        }
        if self.source.cover.named[quantity.number] {
            return;
        }
        let from = self.share_start(quantity, (clause.start, from));
        let (text, cuts) = self.words(from, quantity.start);
        let opens = if self.open.is_none() { self.opens_range(quantity, next, (&text, &cuts)) } else { None };
        if opens.is_some() {
            self.open = opens;
            self.previous = quantity.end;
            return;
        }
        let open = self.open.take();
        if let Some(draft) = self.goes_on(quantity, &text) {
            self.previous = quantity.end;
            self.emit(sentence, quantity, clause, (draft, false, false, next));
            return;
        }
        let around = self.around(quantity, (from, clause.end.min(next)), (text, cuts), open.as_ref());
        let Some(mut draft) = draft::draft(quantity, &around) else { return };
        draft.from = open.map(|o| o.value);
        self.previous = quantity.end;
        if around.left.distributed {
            self.years = self.source.times.listed(sentence.start, quantity.start, self.chars()).into();
            draft.period = self.years.pop_front();
        }
        self.listed = Some((quantity.kind, draft.clone()));
        self.emit(sentence, quantity, clause, (draft, around.left.all, around.left.distributed, next));
    }

    /// 占全省529个项目的57.1%: a share begins before the number in its whole.
    fn share_start(&self, quantity: &Quantity, (clause, from): (usize, usize)) -> usize {
        let chars = self.chars();
        let of = quantity.kind == Kind::Percent && chars[from..quantity.start].ends_with(&['的']);
        let share = of && chars[clause..from].contains(&'占') && !chars[from..quantity.start].contains(&'占');
        if share { clause } else { from }
    }

    /// The draft of a number that only continues a list of values.
    fn goes_on(&mut self, quantity: &Quantity, text: &[char]) -> Option<Draft> {
        let connector = matches!(text, ['、' | '和' | '与' | '及']);
        let rated =
            matches!(quantity.kind, Kind::Percent | Kind::Point | Kind::Rank) || !self.years.is_empty();
        let (_, before) =
            self.listed.as_ref().filter(|(kind, _)| connector && rated && *kind == quantity.kind)?;
        let mut draft = before.clone();
        draft.value = quantity.value * if before.value < 0.0 { -1.0 } else { 1.0 };
        draft.bound = quantity.bound;
        if let Some(name) = self.waiting.pop_front() {
            draft.indicator = name;
        }
        if draft.period.is_some() {
            draft.period = self.years.pop_front();
        }
        Some(draft)
    }

    /// Makes one figure of a draft, or one for each of the heads that share it.
    fn emit(
        &mut self,
        sentence: &Sentence,
        quantity: &Quantity,
        clause: Clause,
        (draft, all, distributed, next): (Draft, bool, bool, usize),
    ) {
        let increment = draft.measure == Measure::Increment;
        let mut drafts = vec![draft.clone()];
        if distributed && next >= clause.end {
            drafts.extend(self.waiting.drain(..).map(|name| draft.renamed(&name, quantity.kind)));
        } else if all && draft.measure == Measure::Rank {
            let inherited: Vec<Vec<char>> = self.named.iter().map(|(n, _)| n.clone()).collect();
            if inherited.last() == Some(&draft.indicator) {
                drafts =
                    inherited.into_iter().map(|name| Draft { indicator: name, ..draft.clone() }).collect();
            }
        }
        for draft in drafts {
            let name = base_name(&draft.indicator);
            let figure = self.completer.complete(sentence, quantity, clause, draft);
            if let Some(figure) = figure {
                self.figures.push(figure);
                if self.named.last().map(|(n, _)| n) != Some(&name) {
                    self.named.push((name, increment));
                }
            }
        }
    }

    /// The clause of a quantity: from the mark before to the mark after.
    fn clause(&self, sentence: &Sentence, quantity: &Quantity) -> Clause {
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

    fn around(
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
    fn earlier(&self, from: usize) -> &'a [char] {
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
    fn words(&self, from: usize, to: usize) -> (Vec<char>, Vec<usize>) {
        let source = self.source;
        let (mut text, mut cuts) = (Vec::new(), Vec::new());
        let times = source.times.within(from, to);
        let mut time = 0;
        for at in from..to {
            while time < times.len() && times[time].end <= at {
                time += 1;
            }
            if at > from && source.cover.ends[at] {
                cuts.push(text.len());
            }
            if times.get(time).is_some_and(|e| e.start <= at) {
                continue;
            }
            text.push(self.chars()[at]);
        }
        if source.cover.ends[to] {
            cuts.push(text.len());
        }
        (text, cuts)
    }

    /// Whether 从A提高到 has begun here, with its end in the next number.
    fn opens_range(
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

    fn read_in_name(&mut self, quantity: &Quantity, project: usize) {
        let mention = &self.source.mentions[project];
        if quantity.end > mention.end {
            return;
        }
        let chars = self.chars();
        let before = &chars[mention.start..quantity.start];
        let after = &chars[quantity.end..mention.end];
        let Some(name) = capacity::indicator(quantity, before, after) else { return };
        self.figures.push(Figure {
            subject: project,
            indicator: name.into_iter().collect(),
            measure: Measure::Level,
            value: quantity.value,
            unit: quantity.unit.to_owned(),
            of: None,
            bound: quantity.bound,
            period: String::new(),
            modality: Modality::Actual,
            from: None,
            written: (quantity.start, quantity.end),
            evidence: (mention.start, mention.end),
            found_by: "figure:capacity-in-name".to_owned(),
            confidence: 0.8,
        });
    }
}

/// What later numbers inherit of an indicator: its name without the word for number.
fn base_name(indicator: &[char]) -> Vec<char> {
    let mut name = indicator;
    for end in [['数', '量'], ['人', '数']] {
        if name.len() > 4 {
            name = name.strip_suffix(&end).unwrap_or(name);
        }
    }
    name.to_vec()
}
