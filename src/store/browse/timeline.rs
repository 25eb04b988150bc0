//! What is said of a thing by the time of which it is said, or else by the day on which it was reported.

use super::sheet::{FigureRow, Quotation, Reader, RelationRow};
use crate::document::Predicate;
use crate::mentions::periods::{self, Expression, Role};
use crate::rdf::vocabulary as v;
use crate::store::{Store, StoreError};
use crate::text::Text;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

/// How the time of something is known, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    /// The words that state it say so.
    Said,
    /// Only the day is known on which a text reported it.
    Reported,
    /// Not at all.
    Never,
}

/// What is said of one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// ISO 8601; empty where nothing tells it.
    pub time: String,
    /// How it is known.
    pub dated: Dated,
    /// Figures of this time.
    pub figures: Vec<FigureRow>,
    /// Stages, offices and policies.
    pub statements: Vec<RelationRow>,
}

/// What is true from some time on, or once: the rest of what is stated has no time.
const TIMED: [Predicate; 3] = [Predicate::Status, Predicate::HoldsPosition, Predicate::IssuedBy];

impl Store {
    /// The figures of a thing, its stages, its offices or holders, and what it issued, by their time; what has none comes last.
    pub fn timeline(&self, iri: &str) -> Result<Vec<Moment>, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let mut line = Line::default();
        for figure in self.sheet(iri)?.figures {
            line.at(time_of(&figure.period, figure.quotations.first())).figures.push(figure);
        }
        let mut reader = Reader::new(self);
        let mut clock = Clock { store: self, texts: BTreeMap::new() };
        for (end, outgoing) in [(v::SUBJECT, true), (v::OBJECT, false)] {
            for row in reader.stated(&node, end, outgoing)?.into_iter().filter(is_timed) {
                line.place(&row, &mut clock)?;
            }
        }
        Ok(line.moments.into_values().collect())
    }
}

fn is_timed(row: &RelationRow) -> bool {
    TIMED.iter().any(|property| v::own(property.as_str()).as_str() == row.predicate)
}

/// The moments so far: those of a known time first, in its order.
#[derive(Default)]
struct Line {
    moments: BTreeMap<(bool, String, Dated), Moment>,
}

impl Line {
    fn at(&mut self, (time, dated): (String, Dated)) -> &mut Moment {
        let key = (dated == Dated::Never, time.clone(), dated);
        self.moments.entry(key).or_insert_with(|| Moment {
            time,
            dated,
            figures: Vec::new(),
            statements: Vec::new(),
        })
    }

    /// Puts each quotation of a statement where it belongs.
    fn place(&mut self, row: &RelationRow, clock: &mut Clock<'_>) -> Result<(), StoreError> {
        let mut parts: BTreeMap<(String, Dated), Vec<Quotation>> = BTreeMap::new();
        for quotation in &row.quotations {
            let said = clock.said_in(quotation)?;
            parts.entry(time_of(&said, Some(quotation))).or_default().push(quotation.clone());
        }
        for (time, quotations) in parts {
            self.at(time).statements.push(RelationRow { quotations, ..row.clone() });
        }
        Ok(())
    }
}

fn time_of(said: &str, quotation: Option<&Quotation>) -> (String, Dated) {
    let reported = quotation.map(|q| q.reported.as_str()).unwrap_or_default();
    match (said, reported) {
        ("", "") => (String::new(), Dated::Never),
        ("", day) => (day.to_owned(), Dated::Reported),
        (time, _) => (time.to_owned(), Dated::Said),
    }
}

/// Reads times in the texts of a store, each text once.
struct Clock<'a> {
    store: &'a Store,
    texts: BTreeMap<String, (Text, Vec<Expression>)>,
}

impl Clock<'_> {
    /// The time that the sentence of some words gives: the last one before their end; empty where there is none.
    fn said_in(&mut self, quotation: &Quotation) -> Result<String, StoreError> {
        let (text, times) = self.text(&quotation.document)?;
        let (start, end) = text.view.from_text(quotation.start, quotation.end);
        let sentence = text.sentences.iter().find(|s| s.start <= start && start < s.end);
        let from = sentence.map_or(start, |s| s.start);
        let tells = |time: &&Expression| matches!(time.role, Role::Frame | Role::Day);
        let mut within = times.iter().filter(|time| from <= time.start && time.end <= end).filter(tells);
        Ok(within.next_back().map(Expression::to_the_day).unwrap_or_default())
    }

    fn text(&mut self, document: &str) -> Result<&(Text, Vec<Expression>), StoreError> {
        if !self.texts.contains_key(document) {
            let node = self.store.base.mint("document", document);
            let text = Text::new(&self.store.text_of(&node, v::TEXT)?.unwrap_or_default());
            let (_, times) = periods::find(&text);
            self.texts.insert(document.to_owned(), (text, times));
        }
        Ok(&self.texts[document])
    }
}
