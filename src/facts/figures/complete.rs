//! Completes a draft to a figure: whose it is, when, and whether it is a fact or an aim.

use super::bearer::{self, Question};
use super::choice::Chosen;
use super::draft::Draft;
use super::head;
use super::lexicon::{Lexicon, lexicon};
use super::reader::Clause;
use super::source::Source;
use super::timing;
use crate::document::{Class, Measure, Modality};
use crate::facts::Figure;
use crate::mentions::calendar::Review;
use crate::mentions::periods::{self, Expression, Role};
use crate::mentions::quantities::Quantity;
use crate::text::Sentence;

/// Remembers what earlier sentences said of the time.
pub(super) struct Completer<'a> {
    source: &'a Source<'a>,
    /// What has been judged by the whole document.
    chosen: &'a Chosen,
    lexicon: &'static Lexicon,
    /// The period that was named last.
    period: Option<Named>,
    /// The bearer of the figure before in this sentence, and where that figure ends.
    previous: Option<(usize, usize)>,
    /// The month of the day named last.
    day: Option<String>,
    /// The span of years that a report speaks of: 五年来.
    span: Option<String>,
    /// Where the text begins behind its titles, if these are those of a report.
    body: usize,
}

struct Named {
    iso: String,
    line: usize,
}

impl<'a> Completer<'a> {
    pub(super) fn new(source: &'a Source<'a>, chosen: &'a Chosen) -> Self {
        let body = periods::body_of(source.text, source.times.today);
        Self { source, chosen, lexicon: lexicon(), period: None, previous: None, day: None, span: None, body }
    }

    /// A period does not reach into the next line, but for the document's own year.
    pub(super) fn enter(&mut self, sentence: &Sentence) {
        self.previous = None;
        let own = self.source.times.today.year.map(|year| year.to_string());
        let ends = |named: &Named| named.line != sentence.line && Some(&named.iso) != own.as_ref();
        if self.period.as_ref().is_some_and(ends) {
            self.period = None;
        }
    }

    /// Keeps the period that a sentence has named last, outside of names.
    pub(super) fn leave(&mut self, sentence: &Sentence) {
        let source = self.source;
        let framed = |e: &&Expression| e.role == Role::Frame && !source.is_named(e.start);
        if sentence.start < self.body {
            return;
        }
        let all = source.times.within(sentence.start, sentence.end);
        if let Some(expression) = all.iter().rev().find(framed) {
            self.period = Some(Named { iso: expression.iso.clone(), line: sentence.line });
        }
        if let Some(expression) = all.iter().rev().find(|e| e.role == Role::Day) {
            self.day = Some(expression.iso.clone());
        }
        let reaches_now = |e: &&Expression| e.role == Role::Since && self.is_of_whole_text(e);
        if let Some(expression) = all.iter().rev().find(reaches_now) {
            self.span = Some(expression.iso.clone());
        }
    }

    /// 五年来 and 过去五年 are what a report speaks of, 连续八年 is not.
    fn is_of_whole_text(&self, expression: &Expression) -> bool {
        let words = &self.source.text.view.chars[expression.start..expression.end];
        words.iter().any(|c| matches!(c, '来' | '去' | '间'))
    }

    /// The figure of a draft; nothing where nobody bears it.
    pub(super) fn complete(
        &mut self,
        sentence: &Sentence,
        quantity: &Quantity,
        clause: Clause,
        draft: Draft,
    ) -> Option<Figure> {
        let source = self.source;
        let ask = Question {
            indicator: &draft.indicator,
            measure: draft.measure,
            previous: self.previous,
            bracketed: self.bracketed(quantity, clause),
            clause: clause.start,
            part: self.part(sentence, quantity),
            sentence_end: sentence.end,
            at: quantity.start,
            clause_end: clause.end,
            end: quantity.end,
        };
        let thing = draft.of_thing.then(|| source.mention_at(quantity.end + 1)).flatten();
        let by_rule = (draft.bearer.or(thing))
            .or_else(|| bearer::bearer(self.lexicon, &source.subjects, source.mentions, &ask))?;
        self.previous = Some((by_rule, quantity.end));
        let chosen = self.chosen.bearers.get(&quantity.start).copied();
        let subject = draft.bearer.or(chosen).unwrap_or(by_rule);
        let fixed = timing::is_fixed(self.lexicon, &draft.indicator)
            || source.mentions[subject].class == Class::Project && draft.indicator.ends_with(&['投', '资']);
        let lasting = self.lasting_from(sentence, quantity).or(fixed.then_some(clause.start));
        let chosen = || self.chosen.periods.get(&quantity.start).cloned();
        let period = (draft.period.clone().or_else(chosen))
            .unwrap_or_else(|| self.period_of((sentence, lasting), quantity, (subject, &draft)));
        let modality = self.modality_of(sentence, quantity, clause, (fixed, &period));
        Some(Figure {
            subject,
            indicator: draft.indicator.iter().collect(),
            measure: draft.measure,
            value: draft.value,
            unit: draft.unit.to_owned(),
            of: draft.of,
            bound: draft.bound,
            period,
            modality,
            from: draft.from,
            written: (quantity.start, quantity.end),
            evidence: (clause.start, clause.end),
            found_by: draft.rule.to_owned(),
            confidence: 0.7,
        })
    }

    /// Where the part of the sentence after the last ； begins.
    fn part(&self, sentence: &Sentence, quantity: &Quantity) -> usize {
        let said = &self.source.text.view.chars[sentence.start..quantity.start];
        said.iter().rposition(|c| *c == '；').map_or(sentence.start, |at| sentence.start + at + 1)
    }

    /// 甲省（38584.9亿元）: the name before the bracket bears the number.
    fn bracketed(&self, quantity: &Quantity, clause: Clause) -> Option<usize> {
        let source = self.source;
        let opens = clause.start > 0
            && source.text.view.chars[clause.start - 1] == '（'
            && quantity.start == clause.start;
        opens.then(|| source.mention_ending(clause.start - 1)).flatten()
    }

    /// Where the time after completion begins, which nothing dates that stands before.
    fn lasting_from(&self, sentence: &Sentence, quantity: &Quantity) -> Option<usize> {
        let said = &self.source.text.view.chars[sentence.start..quantity.start];
        Some(sentence.start + self.lexicon.after.last_end(said)?)
    }

    /// What holds from some time on is dated by nothing that stands before `lasting`.
    fn period_of(
        &self,
        (sentence, lasting): (&Sentence, Option<usize>),
        quantity: &Quantity,
        (subject, draft): (usize, &Draft),
    ) -> String {
        let source = self.source;
        if source.mentions[subject].class == Class::Project {
            return String::new();
        }
        if let Some(expression) = source.times.before(lasting.unwrap_or(sentence.start), quantity.start) {
            return expression.iso.clone();
        }
        if lasting.is_some() {
            return String::new();
        }
        if let Some(review) = source.times.today.reviewed {
            return self.under_review(review, draft);
        }
        self.inherited(sentence, quantity)
    }

    /// The period of an earlier sentence: the current one, or the day of the event that is reported.
    fn inherited(&self, sentence: &Sentence, quantity: &Quantity) -> String {
        let times = &self.source.times;
        let latest = times.latest();
        let current = self.period.as_ref().filter(|named| {
            let newest = latest.is_some_and(|year| named.iso.contains(year));
            if times.today.inferred { newest } else { !times.is_past(&named.iso) }
        });
        let chars = &self.source.text.view.chars;
        let said = &chars[sentence.start..sentence.end.min(quantity.end + 12)];
        let event = self.day.clone().filter(|_| head::contains(&self.lexicon.events, said));
        current.map(|named| named.iso.clone()).or(event).unwrap_or_default()
    }

    /// In a report on a year, or on a span of years, what is added and what grows belongs to the span.
    /// What follows upon the naming of a later year belongs to that.
    fn under_review(&self, review: Review, draft: &Draft) -> String {
        let flows = matches!(draft.measure, Measure::Growth | Measure::Increment)
            || draft.rule == "figure:difference";
        let later = self.period.as_ref().filter(|named| review.is_before(&named.iso));
        let span = self.span.as_ref().filter(|_| flows);
        later.map(|named| &named.iso).or(span).cloned().unwrap_or_else(|| review.iso())
    }

    fn modality_of(
        &self,
        sentence: &Sentence,
        quantity: &Quantity,
        clause: Clause,
        (fixed, period): (bool, &str),
    ) -> Modality {
        let chars = &self.source.text.view.chars;
        if self.source.times.is_past(period) {
            return Modality::Actual;
        }
        if self.source.times.is_future(period) {
            return Modality::Target;
        }
        let own = &chars[clause.start..quantity.number];
        timing::modality(self.lexicon, own, &chars[sentence.start..clause.start], fixed)
    }
}
