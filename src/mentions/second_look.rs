//! A second look at the whole document: a name accepted once is recognised everywhere.

use super::{Mention, introduced};
use crate::document::Class;
use crate::text::{LineKind, Text};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Accepted names with their class and how sure that is.
pub(super) type Names = BTreeMap<String, (Class, f32)>;

/// Adds the mentions that names accepted elsewhere in the text call for. `mentions` are sorted and do not overlap; nor do
/// those that are given.
pub fn complete(text: &Text, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut all = mentions;
    agree_on_classes(text, &mut all);
    let introduced = introduced::short_forms(text, &all);
    give_classes(text, &mut all, &introduced);
    let names = accepted_names(text, &all);
    let again = found_often(text, &all, everywhere(text, &names, &all));
    all.extend(again);
    all.sort_by_key(|m| m.start);
    let introduced = everywhere(text, &introduced, &all);
    all.extend(introduced);
    all.sort_by_key(|m| m.start);
    all
}

/// One name is of one class throughout a text: that for which most speaks. A company may still stand for its project.
fn agree_on_classes(text: &Text, mentions: &mut [Mention]) {
    let mut votes: BTreeMap<String, BTreeMap<Class, f32>> = BTreeMap::new();
    for m in mentions.iter().filter(|m| m.class != Class::Project) {
        *votes.entry(text.view.slice(m.start, m.end)).or_default().entry(m.class).or_default() +=
            m.confidence;
    }
    for m in mentions.iter_mut().filter(|m| m.class != Class::Project) {
        let Some(classes) = votes.get(&text.view.slice(m.start, m.end)) else { continue };
        let best = classes.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        best.into_iter().for_each(|(class, _)| give(m, *class, "rule:one-class-in-a-text"));
    }
}

/// A short form is of the class of the name for which the text introduces it.
fn give_classes(text: &Text, mentions: &mut [Mention], introduced: &Names) {
    for m in mentions.iter_mut().filter(|m| m.class != Class::Project) {
        let short_form = introduced.get(&text.view.slice(m.start, m.end));
        short_form.into_iter().for_each(|(class, _)| give(m, *class, "rule:introduced-short-form"));
    }
}

/// Gives a mention another class, by a rule.
fn give(mention: &mut Mention, class: Class, rule: &str) {
    if mention.class != class {
        mention.class = class;
        rule.clone_into(&mut mention.found_by);
    }
}

/// The names in the text that may be sought again, each with the class it was given most often and how surely.
pub(super) fn accepted_names(text: &Text, mentions: &[Mention]) -> Names {
    let mut votes: BTreeMap<String, BTreeMap<Class, (usize, f32)>> = BTreeMap::new();
    for m in mentions.iter().filter(|m| is_sought_again(m)) {
        let of = votes.entry(text.view.slice(m.start, m.end)).or_default().entry(m.class).or_default();
        *of = (of.0 + 1, of.1.max(m.confidence));
    }
    votes
        .into_iter()
        .filter_map(|(name, classes)| {
            let (class, (_, confidence)) =
                classes.into_iter().max_by_key(|(c, (n, _))| (*n, std::cmp::Reverse(*c)))?;
            Some((name, (class, confidence)))
        })
        .collect()
}

/// Names of one thing alone: not offices or sectors, which are common words elsewhere.
fn is_sought_again(m: &Mention) -> bool {
    let long_enough = match m.class {
        Class::Place | Class::Person => m.end - m.start >= 2,
        Class::Enterprise | Class::Zone => m.end - m.start >= 3,
        Class::Organization | Class::Project | Class::Policy => m.end - m.start >= 4,
        Class::Industry | Class::Position => false,
    };
    long_enough && m.confidence >= 0.5
}

fn everywhere(text: &Text, names: &Names, known: &[Mention]) -> Vec<Mention> {
    let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names.keys()) else {
        return Vec::new();
    };
    let values: Vec<(Class, f32)> = names.values().copied().collect();
    let mut found = Vec::new();
    for sentence in text.sentences.iter().filter(|s| s.kind != LineKind::Furniture) {
        let words = text.view.slice(sentence.start, sentence.end);
        let (mut byte, mut at) = (0, sentence.start);
        for hit in finder.find_iter(&words) {
            at += words[byte..hit.start()].chars().count();
            byte = hit.start();
            let end = at + words[hit.start()..hit.end()].chars().count();
            let (class, confidence) = values[hit.pattern().as_usize()];
            if !overlaps(known, at, end) {
                found.push(Mention {
                    start: at,
                    end,
                    class,
                    found_by: "rule:second-look".to_owned(),
                    confidence: confidence * 0.9,
                });
            }
        }
    }
    found
}

/// So many times more often than it was found may a name be added, or the tagger had reason to pass over it.
const MOST_MORE: usize = 3;

/// The mentions to be added: those of a name that was found often enough beside them.
fn found_often(text: &Text, known: &[Mention], mut added: Vec<Mention>) -> Vec<Mention> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for m in known {
        counts.entry(text.view.slice(m.start, m.end)).or_default().0 += 1;
    }
    for m in &added {
        counts.entry(text.view.slice(m.start, m.end)).or_default().1 += 1;
    }
    added.retain(|m| {
        counts.get(&text.view.slice(m.start, m.end)).is_none_or(|(found, more)| *more <= found * MOST_MORE)
    });
    added
}

fn overlaps(known: &[Mention], start: usize, end: usize) -> bool {
    let first = known.partition_point(|m| m.end <= start);
    known.get(first).is_some_and(|m| m.start < end)
}
