//! Completes a draft to a figure: whose it is, when, and whether it is a fact or an aim.

use super::bearer::{self, Question};
use super::draft::Draft;
use super::lexicon::{Lexicon, lexicon};
use super::reader::{Clause, Source};
use super::timing;
use crate::document::{Class, Measure, Modality};
use crate::facts::Figure;
use crate::mentions::periods::Role;
use crate::mentions::quantities::Quantity;
use crate::text::Sentence;

/// Remembers what earlier sentences said of the time.
pub(super) struct Completer<'a> {
    source: &'a Source<'a>,
    lexicon: &'static Lexicon,
    /// The last period that was named, and the line it stands in.
    period: Option<(String, usize)>,
}

impl<'a> Completer<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self { source, lexicon: lexicon(), period: None }
    }

    /// A period does not reach into the next line.
    pub(super) fn enter(&mut self, sentence: &Sentence) {
        if self.period.as_ref().is_some_and(|(_, line)| *line != sentence.line) {
            self.period = None;
        }
    }

    /// Keeps the period that a sentence has named last.
    pub(super) fn leave(&mut self, sentence: &Sentence) {
        let named = self.source.times.before(sentence.start, sentence.end);
        if let Some(expression) = named.filter(|e| e.role == Role::Frame) {
            self.period = Some((expression.iso.clone(), sentence.line));
        }
    }

    /// The figure of a draft; nothing where nobody bears it.
    pub(super) fn complete(
        &self,
        sentence: &Sentence,
        quantity: &Quantity,
        clause: Clause,
        draft: Draft,
    ) -> Option<Figure> {
        let source = self.source;
        let ask = Question {
            indicator: &draft.indicator,
            at: quantity.start,
            clause_end: clause.end,
            end: quantity.end,
        };
        let thing = draft.of_thing.then(|| source.mention_at(quantity.end + 1)).flatten();
        let subject =
            thing.or_else(|| bearer::bearer(self.lexicon, &source.subjects, source.mentions, &ask))?;
        let fixed = timing::is_fixed(self.lexicon, &draft.indicator)
            && source.mentions[subject].class == Class::Project;
        let period = self.period_of(sentence, quantity, subject, draft.measure);
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

    fn period_of(
        &self,
        sentence: &Sentence,
        quantity: &Quantity,
        subject: usize,
        _measure: Measure,
    ) -> String {
        let source = self.source;
        if source.mentions[subject].class == Class::Project {
            return String::new();
        }
        if let Some(expression) = source.times.before(sentence.start, quantity.start) {
            return expression.iso.clone();
        }
        match &self.period {
            Some((iso, line)) if *line == sentence.line => iso.clone(),
            _ => String::new(),
        }
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
