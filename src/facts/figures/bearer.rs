//! Which entity bears a figure: the clause's topic, bent by what kind of thing the indicator belongs to.

use super::head;
use super::lexicon::Lexicon;
use crate::document::Class;
use crate::facts::subjects::Subjects;
use crate::mentions::Mention;

/// What is asked about a figure's bearer.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) indicator: &'a [char],
    /// Where the indicator's clause begins to speak of the number.
    pub(super) at: usize,
    /// Where the number's clause ends.
    pub(super) clause_end: usize,
    /// One past the number.
    pub(super) end: usize,
}

/// Finds the mention that bears a figure.
pub(super) fn bearer(
    lexicon: &Lexicon,
    subjects: &Subjects<'_>,
    mentions: &[Mention],
    ask: &Question<'_>,
) -> Option<usize> {
    let topic = subjects.subject_of(ask.at);
    let own = subjects.topic_in_sentence(ask.at);
    let class = |index: Option<usize>| index.map(|i| mentions[i].class);
    let project = head::contains(&lexicon.project, ask.indicator);
    let place = head::contains(&lexicon.place, ask.indicator);
    let enterprise = head::contains(&lexicon.enterprise, ask.indicator);
    if place && !matches!(class(own), Some(Class::Project | Class::Enterprise)) {
        return territory(subjects, mentions, topic);
    }
    if project {
        let near = subjects.nearest(ask.at, &[Class::Project], 0);
        let follows = following(mentions, ask);
        if let Some(found) = near.or(follows) {
            return Some(found);
        }
        if own.is_none() {
            if let Some(found) = subjects.nearest(ask.at, &[Class::Project], 1) {
                return Some(found);
            }
        }
    }
    if enterprise && !matches!(class(own), Some(Class::Enterprise | Class::Project)) {
        if let Some(found) = subjects.nearest(ask.at, &[Class::Enterprise], 1) {
            return Some(found);
        }
    }
    match class(topic) {
        Some(Class::Organization) => territory(subjects, mentions, topic),
        _ => topic,
    }
}

/// 总投资12亿元的某某项目: the project stands behind the number.
fn following(mentions: &[Mention], ask: &Question<'_>) -> Option<usize> {
    let first = mentions.partition_point(|m| m.start < ask.end);
    let inside = mentions[first..].iter().take_while(|m| m.start < ask.clause_end);
    inside.enumerate().find(|(_, m)| m.class == Class::Project).map(|(n, _)| first + n)
}

/// The place or zone of a topic that is none itself.
fn territory(subjects: &Subjects<'_>, mentions: &[Mention], topic: Option<usize>) -> Option<usize> {
    topic.filter(|&i| matches!(mentions[i].class, Class::Place | Class::Zone)).or(subjects.home()).or(topic)
}
