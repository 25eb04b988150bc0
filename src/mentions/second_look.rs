//! A second look at the whole document: a name accepted once is recognised everywhere, and inside a project's name.

use super::Mention;
use super::candidates::{Listed, enterprise_head};
use super::gazetteer::Gazetteer;
use crate::document::Class;
use crate::text::{LineKind, Text};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Accepted names with their class and how sure that is.
type Names = BTreeMap<String, (Class, f32)>;

/// A gazetteer name as sure as this stands inside a project's name for what it names.
const SURE: u8 = 8;

/// Adds the mentions that names accepted elsewhere in the text call for. `mentions` are sorted and do not overlap.
pub fn complete(text: &Text, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut all = mentions;
    agree_on_classes(text, &mut all);
    let names = accepted_names(text, &all);
    let again = everywhere(text, &names, &all);
    all.extend(found_often(text, &all, again).0);
    let inner: Vec<Mention> =
        all.iter().filter(|m| m.class == Class::Project).flat_map(|p| inside(text, p, &names)).collect();
    all.extend(inner);
    all.sort_by(|a, b| (a.start, b.end, a.class).cmp(&(b.start, a.end, b.class)));
    all.dedup_by(|a, b| (a.start, a.end, a.class) == (b.start, b.end, b.class));
    all
}

/// The mentions that [`complete`] seeks again and leaves out.
pub fn outvoted(text: &Text, mut mentions: Vec<Mention>) -> Vec<Mention> {
    agree_on_classes(text, &mut mentions);
    let again = everywhere(text, &accepted_names(text, &mentions), &mentions);
    found_often(text, &mentions, again).1
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
        if let Some((&class, _)) = best.filter(|(class, _)| **class != m.class) {
            m.class = class;
            "rule:one-class-in-a-text".clone_into(&mut m.found_by);
        }
    }
}

/// The names in the text that may be sought again, each with the class it was given most often and how surely.
fn accepted_names(text: &Text, mentions: &[Mention]) -> Names {
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

/// The mentions to be added: those of a name that was found often enough beside them, and the others.
fn found_often(text: &Text, known: &[Mention], added: Vec<Mention>) -> (Vec<Mention>, Vec<Mention>) {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for m in known {
        counts.entry(text.view.slice(m.start, m.end)).or_default().0 += 1;
    }
    for m in &added {
        counts.entry(text.view.slice(m.start, m.end)).or_default().1 += 1;
    }
    let stays = |m: &Mention| {
        counts.get(&text.view.slice(m.start, m.end)).is_none_or(|(found, more)| *more <= found * MOST_MORE)
    };
    added.into_iter().partition(stays)
}

fn overlaps(known: &[Mention], start: usize, end: usize) -> bool {
    let first = known.partition_point(|m| m.end <= start);
    known.get(first).is_some_and(|m| m.start < end)
}

/// The enterprises, zones and places that a project's name contains.
fn inside(text: &Text, project: &Mention, names: &Names) -> Vec<Mention> {
    let known = known_inside(text, project, names);
    if let [place, enterprise] = known.as_slice()
        && (place.class, enterprise.class) == (Class::Place, Class::Enterprise)
        && (place.start, place.end, enterprise.end) == (project.start, enterprise.start, project.end)
    {
        return vec![inner(project, (project.start, project.end), Class::Enterprise)];
    }
    let head = head_of(text, project, &known);
    let covered = |m: &&Mention| !head.as_ref().is_some_and(|h| h.start < m.end && m.start < h.end);
    known.iter().filter(covered).cloned().chain(head.clone()).collect()
}

/// The enterprise at the beginning of the name, unless a known one stands there.
fn head_of(text: &Text, project: &Mention, known: &[Mention]) -> Option<Mention> {
    let first = known.first().filter(|m| m.start == project.start);
    let place = match first {
        Some(m) if m.class == Class::Place => m.end - m.start,
        Some(_) => return None,
        None => 0,
    };
    if known.iter().any(|m| m.class == Class::Enterprise && m.start <= project.start + place) {
        return None;
    }
    let (start, end) =
        enterprise_head(&text.view.chars[project.start..project.end], place, listed(text, project))?;
    Some(inner(project, (project.start + start, project.start + end), Class::Enterprise))
}

fn listed(text: &Text, m: &Mention) -> Listed {
    let before = m.start.checked_sub(1).map(|i| text.view.chars[i]);
    let after = text.view.chars.get(m.end);
    if before == Some('、') || matches!(after, Some('、' | '等')) { Listed::Yes } else { Listed::No }
}

fn known_inside(text: &Text, project: &Mention, names: &Names) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = project.start;
    while at < project.end {
        let hit = (at + 2..=project.end).rev().find_map(|end| {
            let class = inner_class(&text.view.slice(at, end), names)?;
            ((at, end) != (project.start, project.end) || class == Class::Enterprise).then_some((end, class))
        });
        at = match hit {
            Some((end, class)) => {
                found.push(inner(project, (at, end), class));
                end
            }
            None => at + 1,
        };
    }
    found
}

fn inner(project: &Mention, (start, end): (usize, usize), class: Class) -> Mention {
    Mention {
        start,
        end,
        class,
        found_by: "rule:inside-project".to_owned(),
        confidence: project.confidence * 0.9,
    }
}

fn inner_class(name: &str, names: &Names) -> Option<Class> {
    let fits = |class: &Class| matches!(class, Class::Enterprise | Class::Zone | Class::Place);
    let accepted = names.get(name).map(|(class, _)| *class).filter(fits);
    accepted.or_else(|| {
        let best = Gazetteer::open().lookup(name).first()?;
        best.kind.class().filter(fits).filter(|_| best.weight >= SURE)
    })
}
