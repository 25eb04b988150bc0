//! Stated figures: a quantity with the name of what it measures, whose it is, when, and whether it is a fact or an aim.
//!
//! Goes in: a text and its mentions. Comes out: [`Figure`]s in reading order. Counts that measure nothing are left out.

mod amounts;
mod around;
mod bearer;
mod capacity;
pub mod choice;
mod complete;
mod conjuncts;
mod distribution;
mod draft;
mod head;
mod lexicon;
mod ranks;
mod rates;
mod reader;
mod source;
#[cfg(test)]
mod tests;
mod timing;

use super::Figure;
use super::subjects::Subjects;
use crate::document::Measure;
use crate::mentions::Mention;
use crate::text::{LineKind, Text};
use choice::{Chooser, Chosen};
use reader::Reader;
use source::Source;
use std::collections::BTreeSet;

/// Reads the figures of a text: by rules, then again with the bearers and periods that the whole document makes likeliest,
/// without those that it makes improbable.
/// `things[i]` numbers the thing that mention `i` names.
pub fn find(text: &Text, mentions: &[Mention], things: &[usize]) -> Vec<Figure> {
    let source = Source::new(text, mentions);
    let chosen = Chooser::open().choose(&source, things, &by_rules(&source));
    settled(chosen.counted(read(&source, &chosen)), &source)
}

/// The figures as rules read them.
fn by_rules(source: &Source<'_>) -> Vec<Figure> {
    read(source, &Chosen::default())
}

/// Reads sentence after sentence; what is not chosen is as the rules give it.
fn read(source: &Source<'_>, chosen: &Chosen) -> Vec<Figure> {
    let mut reader = Reader::new(source, chosen);
    for (index, sentence) in source.text.sentences.iter().enumerate() {
        if sentence.kind != LineKind::Furniture {
            reader.read(index);
        }
    }
    reader.figures
}

/// Each figure once.
fn settled(figures: Vec<Figure>, source: &Source<'_>) -> Vec<Figure> {
    once(without_headlines(figures, source.text), &source.subjects)
}

/// Leaves out what a headline says if the text says it again.
fn without_headlines(figures: Vec<Figure>, text: &Text) -> Vec<Figure> {
    let heading = |figure: &Figure| {
        let after = text.sentences.partition_point(|s| s.start <= figure.written.0);
        after.checked_sub(1).is_some_and(|at| text.sentences[at].kind == LineKind::Heading)
    };
    let body: BTreeSet<(u64, String, Measure)> = figures
        .iter()
        .filter(|f| !heading(f))
        .map(|f| (f.value.to_bits(), f.unit.clone(), f.measure))
        .collect();
    let said = |f: &Figure| heading(f) && body.contains(&(f.value.to_bits(), f.unit.clone(), f.measure));
    figures.into_iter().filter(|figure| !said(figure)).collect()
}

/// Keeps one of several statements of the same figure, the one that tells its period.
fn once(figures: Vec<Figure>, subjects: &Subjects<'_>) -> Vec<Figure> {
    let mut kept: Vec<Figure> = Vec::new();
    for figure in figures {
        let same = kept.iter_mut().rev().take(200).find(|k| repeats(k, &figure, subjects));
        match same {
            Some(earlier) if earlier.period.is_empty() && !figure.period.is_empty() => *earlier = figure,
            Some(_) => {}
            None => kept.push(figure),
        }
    }
    kept
}

fn repeats(a: &Figure, b: &Figure, subjects: &Subjects<'_>) -> bool {
    let listed = a.evidence.0 == b.evidence.0 && a.written != b.written;
    if listed && a.indicator != b.indicator {
        return false;
    }
    (a.value - b.value).abs() < 1e-9 * a.value.abs().max(1.0)
        && a.unit == b.unit
        && a.measure == b.measure
        && a.bound == b.bound
        && a.modality == b.modality
        && subjects.same(a.subject, b.subject)
        && (a.period == b.period || a.period.is_empty() || b.period.is_empty())
        && are_alike(&a.indicator, &b.indicator)
}

/// Whether two indicators may be one.
fn are_alike(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a) || likeness(a, b) >= 0.4
}

/// Dice's coefficient of the character pairs of two indicators.
fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (x, y) = (pairs(a), pairs(b));
    let shared = x.intersection(&y).count();
    #[expect(clippy::cast_precision_loss, reason = "a few dozen pairs")]
    let ratio = 2.0 * shared as f64 / (x.len() + y.len()).max(1) as f64;
    ratio
}
