//! Reads the quantities of a sentence one after another, each with its clause and what was said before.

use super::capacity;
use super::choice::Chosen;
use super::complete::Completer;
use super::distribution::{Distribution, joins};
use super::draft::{self, Draft, OpenRange};
use super::lexicon::{Lexicon, lexicon};
use super::source::Source;
use crate::document::{Bound, Measure, Modality};
use crate::facts::Figure;
use crate::mentions::bounds;
use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;
use crate::text::Sentence;

/// Indicators, the last at the end, and whether each was an increment.
type Named = Vec<(Vec<char>, bool)>;

/// The words of one figure's clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads sentence after sentence.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) lexicon: &'static Lexicon,
    completer: Completer<'a>,
    pub(super) figures: Vec<Figure>,
    /// The indicators named in this sentence, the last at the end, and whether each was an increment.
    pub(super) named: Named,
    /// What 分别 has yet to give to numbers.
    pub(super) given: Distribution,
    /// The line of the sentence.
    line: usize,
    /// The open start of 从A提高到B.
    open: Option<OpenRange>,
    /// The draft before, which a bare list goes on with: 8.5%、9.1%和10%.
    pub(super) listed: Option<(Kind, Draft)>,
    /// Where what belongs to the number before ends.
    previous: usize,
    /// The last indicator of the sentence before.
    pub(super) carried: Option<Vec<char>>,
    /// Whose quantities a list names, where the first of them says so.
    owner: Vec<char>,
    /// Where the bracket closes in which the number before stands, and what was named before it.
    outside: Option<(usize, Named)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source<'a>, chosen: &'a Chosen) -> Self {
        Self {
            source,
            lexicon: lexicon(),
            completer: Completer::new(source, chosen),
            figures: Vec::new(),
            named: Vec::new(),
            given: Distribution::default(),
            open: None,
            line: 0,
            listed: None,
            previous: 0,
            carried: None,
            outside: None,
            owner: Vec::new(),
        }
    }

    pub(super) fn chars(&self) -> &'a [char] {
        &self.source.text.view.chars
    }

    /// Reads one sentence.
    pub(super) fn read(&mut self, index: usize) {
        let sentence = self.source.text.sentences[index];
        self.carried = self.named.pop().map(|(name, _)| name);
        self.named.clear();
        self.given.enter(self.line == sentence.line);
        self.line = sentence.line;
        self.open = None;
        self.listed = None;
        self.outside = None;
        self.owner.clear();
        self.previous = sentence.start;
        self.completer.enter(&sentence);
        let items = self.source.items(&sentence);
        for at in 0..items.len() {
            let next = items.get(at + 1).map_or(sentence.end, |q| q.start);
            if items[at].start >= self.previous {
                self.mind_brackets(&sentence, &items[at]);
                self.read_quantity(&sentence, &items[at], next);
            }
        }
        self.completer.leave(&sentence);
    }

    /// What a bracket names is forgotten behind it: 甲奖26项（其中乙奖3项），占比52%.
    fn mind_brackets(&mut self, sentence: &Sentence, quantity: &Quantity) {
        let chars = self.chars();
        if self.outside.as_ref().is_some_and(|(closes, _)| *closes <= quantity.start) {
            self.named = self.outside.take().map(|(_, named)| named).unwrap_or_default();
            self.listed = None;
        }
        let said = &chars[sentence.start..quantity.start];
        let opens = said.iter().rposition(|c| matches!(c, '（' | '）')).filter(|&at| said[at] == '（');
        let closes = chars[quantity.end..sentence.end].iter().position(|c| *c == '）');
        if let (None, Some(_), Some(closes)) = (&self.outside, opens, closes) {
            self.outside = Some((quantity.end + closes, self.named.clone()));
        }
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
        let from = self.list_start(quantity, (clause.start, from));
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
        self.lend_owner(&mut draft, self.chars()[from.min(quantity.start)] == '、');
        draft.from = open.map(|o| o.value);
        if draft.bound == Bound::Exact {
            draft.bound = bounds::within(around.before).unwrap_or(Bound::Exact);
        }
        self.previous = quantity.end;
        if around.left.distributed {
            self.give_times_and_bearers(sentence, quantity, &mut draft);
        }
        if draft.rule == "figure:difference" {
            self.split_comparison(&mut draft);
        }
        self.listed = Some((quantity.kind, draft.clone()));
        self.emit(sentence, quantity, clause, (draft, around.left.all, around.left.distributed, next));
    }

    /// 高于全国、全省13.3个、9.1个百分点: each number compares with one of them.
    fn split_comparison(&mut self, draft: &mut Draft) {
        let name = &draft.indicator;
        let Some(at) = name.iter().rposition(|c| matches!(c, '于' | '比')) else { return };
        let (base, compared) = name.split_at(at + 1);
        let mut parts = compared.split(|c| matches!(c, '、' | '和' | '与')).filter(|part| part.len() > 1);
        let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return };
        self.given.heads = [second].into_iter().chain(parts).map(|part| [base, part].concat()).collect();
        draft.indicator = [base, first].concat();
    }

    /// 重点园区主营业务收入379亿元、利税38亿元: a short name in a list belongs to the owner of the first.
    fn lend_owner(&mut self, draft: &mut Draft, listed: bool) {
        if listed && draft.indicator.len() == 2 && !self.owner.is_empty() {
            draft.indicator = [self.owner.as_slice(), &draft.indicator].concat();
        } else if !listed {
            let known = [&self.lexicon.place, &self.lexicon.enterprise, &self.lexicon.project];
            let end = known.iter().map(|words| words.at_end(&draft.indicator)).max().unwrap_or(0);
            let owner = draft.indicator.len() - end;
            self.owner = draft.indicator[..if end > 0 { owner } else { 0 }].to_vec();
        }
    }

    /// The draft of a number that only continues a list of values.
    fn goes_on(&mut self, quantity: &Quantity, text: &[char]) -> Option<Draft> {
        let connector = joins(text) && text != ['，'];
        let given = !self.given.years.is_empty() || !self.given.bearers.is_empty();
        let rated = matches!(quantity.kind, Kind::Percent | Kind::Point | Kind::Rank) || given;
        let (_, before) =
            self.listed.as_ref().filter(|(kind, _)| connector && rated && *kind == quantity.kind)?;
        let mut draft = before.clone();
        draft.value = quantity.value * if before.value < 0.0 { -1.0 } else { 1.0 };
        let all_about = before.bound == Bound::About && quantity.bound == Bound::Exact && given;
        draft.bound = if all_about { Bound::About } else { quantity.bound };
        if let Some(name) = self.given.heads.pop_front() {
            draft.indicator = name;
        }
        if draft.period.is_some() {
            draft.period = self.given.years.pop_front();
        }
        if draft.bearer.is_some() {
            draft.bearer = self.given.bearers.pop_front();
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
        let drafts = self.shared_out(quantity, clause, (draft, all, distributed, next));
        for draft in drafts {
            let name = base_name(&draft.indicator);
            if let Some(figure) = self.completer.complete(sentence, quantity, clause, draft) {
                self.figures.push(figure);
                if self.named.last().map(|(n, _)| n) != Some(&name) {
                    self.named.push((name, increment));
                }
            }
        }
    }

    fn read_in_name(&mut self, quantity: &Quantity, project: usize) {
        let mention = &self.source.mentions[project];
        if quantity.end > mention.end {
            return;
        }
        let chars = self.chars();
        let before = &chars[mention.start..quantity.start.max(mention.start)];
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
            found_by: capacity::RULE.to_owned(),
            confidence: 0.8,
        });
    }
}

/// What later numbers inherit of an indicator: its name without the word for number.
fn base_name(indicator: &[char]) -> Vec<char> {
    let listed = indicator.contains(&'、').then(|| indicator.iter().rposition(|c| *c == '等')).flatten();
    let mut name = listed.map(|at| &indicator[at + 1..]).filter(|n| n.len() > 3).unwrap_or(indicator);
    for end in [['数', '量'], ['人', '数']] {
        if name.len() > 4 {
            name = name.strip_suffix(&end).unwrap_or(name);
        }
    }
    name.to_vec()
}
