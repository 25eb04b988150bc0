//! Which entity bears a figure: the clause's topic, bent by what kind of thing the indicator belongs to.

use super::lexicon::{Lexicon, Words};
use crate::document::{Class, Measure};
use crate::facts::subjects::Subjects;
use crate::mentions::Mention;

/// What is asked about a figure's bearer.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) indicator: &'a [char],
    pub(super) measure: Measure,
    /// The thing directly before the bracket in which the number stands.
    pub(super) bracketed: Option<usize>,
    /// The bearer of the figure before in this sentence, and where that figure ends.
    pub(super) previous: Option<(usize, usize)>,
    /// Where the number's clause begins.
    pub(super) clause: usize,
    /// Where the part of the sentence after the last ； begins.
    pub(super) part: usize,
    /// One past the sentence.
    pub(super) sentence_end: usize,
    /// Where the number begins.
    pub(super) at: usize,
    /// Where the number's clause ends.
    pub(super) clause_end: usize,
    /// One past the number.
    pub(super) end: usize,
}

/// What kind of thing an indicator is usually stated of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    Project,
    Enterprise,
    Territory,
    Any,
}

impl Question<'_> {
    fn nature(&self, lexicon: &Lexicon) -> Nature {
        let text: String = self.indicator.iter().collect();
        let ends = |words: &Words| words.at_end(self.indicator) > 0;
        let rated = matches!(self.measure, Measure::Growth | Measure::Rank | Measure::Share);
        let sector =
            ["产业", "业投资", "固定资产", "项目完成", "全社会", "民间"].iter().any(|w| text.contains(w));
        let counted =
            ["企业数量", "项目数量", "项目总投资", "市场主体", "经营主体"].iter().any(|w| text.ends_with(w));
        if counted || super::head::contains(&lexicon.place, self.indicator) {
            Nature::Territory
        } else if ends(&lexicon.project) && !rated && !sector {
            Nature::Project
        } else if ends(&lexicon.enterprise) && !sector {
            Nature::Enterprise
        } else {
            Nature::Any
        }
    }
}

/// Finds the mention that bears a figure.
pub(super) fn bearer(
    lexicon: &Lexicon,
    subjects: &Subjects<'_>,
    mentions: &[Mention],
    ask: &Question<'_>,
) -> Option<usize> {
    topical(lexicon, subjects, mentions, ask).or_else(|| industry(mentions, ask))
}

/// In a text about a whole nation or about nobody: the industry that the figure's clause, or else its sentence, names first.
fn industry(mentions: &[Mention], ask: &Question<'_>) -> Option<usize> {
    let until = mentions.partition_point(|m| m.start < ask.at);
    let first = |from: usize| {
        let near = mentions[..until].iter().enumerate().rev().take_while(move |(_, m)| m.start >= from);
        near.filter(|(_, m)| m.class == Class::Industry).last().map(|(index, _)| index)
    };
    first(ask.clause).or_else(|| first(ask.part))
}

/// What the clause, its sentence or the text is about.
fn topical(
    lexicon: &Lexicon,
    subjects: &Subjects<'_>,
    mentions: &[Mention],
    ask: &Question<'_>,
) -> Option<usize> {
    let nature = ask.nature(lexicon);
    if let Some(bracketed) = ask.bracketed {
        return Some(bracketed);
    }
    if subjects.is_of_unnamed_nation(ask.at) {
        return None;
    }
    if let Some(own) = subjects.topic_in_clause(ask.clause, ask.at) {
        return Some(refined(subjects, mentions, ask, (nature, own)));
    }
    if let Some((before, _)) = ask.previous.filter(|(_, end)| !subjects.changes_within(*end, ask.at)) {
        let project = subjects.nearest(ask.at, &[Class::Project], 0).filter(|_| nature == Nature::Project);
        let fresh = project.filter(|&i| ask.previous.is_some_and(|(_, end)| mentions[i].start >= end));
        return Some(fresh.unwrap_or(before));
    }
    let lasting = |&i: &usize| matches!(mentions[i].class, Class::Place | Class::Zone);
    let named = subjects
        .topic_in_clause(ask.part, ask.at)
        .or_else(|| subjects.topic_in_sentence(ask.at).filter(lasting));
    let class = named.map(|i| mentions[i].class);
    match (nature, class) {
        (Nature::Project, _) => subjects
            .nearest(ask.at, &[Class::Project], 0)
            .or_else(|| following(mentions, ask))
            .or(named)
            .or_else(|| subjects.nearest(ask.at, &[Class::Project], 1))
            .or_else(|| subjects.recent(ask.at, Class::Project)),
        (Nature::Enterprise, Some(Class::Enterprise | Class::Project)) => named,
        (Nature::Enterprise, _) => subjects
            .nearest(ask.at, &[Class::Enterprise], 1)
            .or(named)
            .or_else(|| subjects.leading_enterprise()),
        (Nature::Territory, _) => territory(subjects, mentions, named),
        (Nature::Any, Some(Class::Organization)) => named,
        (Nature::Any, _) => named,
    }
    .or(if nature == Nature::Territory { subjects.home() } else { subjects.main() })
    .or_else(|| subjects.subject_of(ask.at))
}

/// The clause's own topic, unless a project is named nearer to its own kind of figure.
fn refined(
    subjects: &Subjects<'_>,
    mentions: &[Mention],
    ask: &Question<'_>,
    (nature, own): (Nature, usize),
) -> usize {
    let project =
        || subjects.nearest(ask.at, &[Class::Project], 0).filter(|&i| mentions[i].start >= ask.clause);
    match (nature, mentions[own].class) {
        (Nature::Project, class) if class != Class::Project => {
            project().or_else(|| following(mentions, ask)).unwrap_or(own)
        }
        (Nature::Territory, Class::Organization) => territory(subjects, mentions, Some(own)).unwrap_or(own),
        _ => own,
    }
}

/// 总投资12亿元的某某项目: the project stands behind the number.
fn following(mentions: &[Mention], ask: &Question<'_>) -> Option<usize> {
    let first = mentions.partition_point(|m| m.start < ask.end);
    let inside = mentions[first..]
        .iter()
        .take_while(|m| m.start < ask.clause_end.max(ask.end + 24).min(ask.sentence_end));
    inside.enumerate().find(|(_, m)| m.class == Class::Project).map(|(n, _)| first + n)
}

/// The place or zone of a topic that is none itself.
fn territory(subjects: &Subjects<'_>, mentions: &[Mention], topic: Option<usize>) -> Option<usize> {
    topic.filter(|&i| matches!(mentions[i].class, Class::Place | Class::Zone)).or(subjects.home()).or(topic)
}
