//! What speaks for or against a thing as the bearer of a figure, as a row of numbers.

use super::scene::{Scene, unit_number};
use super::wording::Wording;
use crate::document::Class;
use crate::facts::figures::source::Source;
use crate::mentions::Mention;
use crate::text::LineKind;
use crate::trees::truth;
use std::collections::BTreeMap;

/// So many things named last before a number may bear its figure.
const BEFORE: usize = 14;
/// So many named after it in its sentence.
const AFTER: usize = 5;
/// So many of those named most often.
const MOST_NAMED: usize = 4;
/// So many mentions are looked at in search of them.
const FARTHEST: usize = 200;
/// A name that encloses another begins less than this before it.
const LONGEST: usize = 40;
/// Stands for "not there" where a number is a distance.
const NOWHERE: f32 = 999.0;

/// Words of a clause that stand for something named elsewhere.
const CUES: &[&str] = &["公司", "项目", "全市", "全省", "全县", "全区", "园区", "该", "其"];

/// A thing and where it is named.
#[derive(Debug, Default)]
struct Thing {
    /// Its mentions in reading order.
    mentions: Vec<usize>,
    /// Its longest name.
    name: String,
    rank: usize,
    in_heading: bool,
    /// How many figures it bears by the rules.
    figures: usize,
}

/// The things of a text as bearers of its figures.
pub(super) struct Bearers<'a> {
    source: &'a Source<'a>,
    things: &'a [usize],
    /// How many figures the text has.
    figures: usize,
    known: Vec<Thing>,
    most_named: Vec<usize>,
    /// Where names begin that may be a clause's topic.
    topical: Vec<usize>,
}

impl<'a> Bearers<'a> {
    pub(super) fn new(source: &'a Source<'a>, things: &'a [usize], scenes: &[Scene<'_>]) -> Self {
        let known = known(source, things, scenes);
        let mut most_named: Vec<usize> =
            (0..known.len()).filter(|&t| !known[t].mentions.is_empty()).collect();
        most_named.sort_by_key(|&t| (std::cmp::Reverse(known[t].mentions.len()), t));
        most_named.truncate(MOST_NAMED);
        let topical = source.mentions.iter().filter(|m| bears(m.class)).map(|m| m.start).collect();
        Self { source, things, figures: scenes.len(), known, most_named, topical }
    }

    /// The things that may bear a figure, each with its row, in the order of their numbers.
    pub(super) fn rows(&self, scene: &Scene<'_>, wording: &Wording) -> Vec<(usize, Vec<f32>)> {
        let (shares, of_text) = (wording.shares(scene.figure), self.of_text(scene));
        let row = |thing: usize| {
            let mut row = Vec::with_capacity(64);
            self.of_thing(thing, scene, &mut row);
            self.of_place(thing, scene, &mut row);
            self.of_rule(thing, scene, &mut row);
            row.extend(&of_text);
            let class = self.class(thing) as usize;
            shares.iter().for_each(|(share, known)| row.extend([share[class], *known]));
            (thing, row)
        };
        self.candidates(scene).into_iter().map(row).collect()
    }

    /// The mention of a thing that stands for it beside a figure: the rule's own, else the last before, else the first.
    pub(super) fn mention_of(&self, thing: usize, scene: &Scene<'_>) -> usize {
        if self.things[scene.figure.subject] == thing {
            return scene.figure.subject;
        }
        let mentions = &self.known[thing].mentions;
        mentions[self.before(thing, scene.figure.written.0).saturating_sub(1)]
    }

    fn mention(&self, index: usize) -> &Mention {
        &self.source.mentions[index]
    }

    fn class(&self, thing: usize) -> Class {
        self.mention(self.known[thing].mentions[0]).class
    }

    /// How many mentions of a thing begin before `at`.
    fn before(&self, thing: usize, at: usize) -> usize {
        self.known[thing].mentions.partition_point(|&m| self.mention(m).start < at)
    }

    fn candidates(&self, scene: &Scene<'_>) -> Vec<usize> {
        let at = scene.figure.written.0;
        let next = self.source.mentions.partition_point(|m| m.start < at);
        let may = |m: &usize| self.mention(*m).class != Class::Position;
        let mut found = vec![self.things[scene.figure.subject]];
        found.extend(&self.most_named);
        let before = (0..next).rev().take(FARTHEST).filter(may);
        take_new(&mut found, before.map(|m| self.things[m]), BEFORE);
        let inside = |m: &usize| self.mention(*m).start < scene.sentence.end;
        let after = (next..self.source.mentions.len()).take(FARTHEST).take_while(inside).filter(may);
        take_new(&mut found, after.map(|m| self.things[m]), AFTER);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What the thing is, and how often the text names it.
    fn of_thing(&self, thing: usize, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let known = &self.known[thing];
        let count = known.mentions.len() as f32;
        let class = self.class(thing);
        row.push(class as u8 as f32);
        row.extend([count, count / self.source.mentions.len() as f32, known.rank as f32]);
        row.push(self.mention(known.mentions[0]).start as f32);
        row.extend([truth(known.in_heading), known.name.chars().count() as f32]);
        row.push(known.figures as f32 / self.figures as f32);
        let standing = self.source.subjects.home().map(|m| self.things[m]) == Some(thing);
        let main = self.source.subjects.main().map(|m| self.things[m]) == Some(thing);
        row.extend([truth(standing), truth(main)]);
        let topic = self.source.subjects.subject_of(scene.figure.written.0).map(|m| self.things[m]);
        row.push(truth(topic == Some(thing)));
    }

    /// Where it is named, seen from the number.
    fn of_place(&self, thing: usize, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let (at, clause) = (scene.figure.written.0, scene.figure.evidence.0);
        let mentions = &self.known[thing].mentions;
        let until = self.before(thing, at);
        let since = |from: usize| until - self.before(thing, from).min(until);
        let (in_sentence, in_clause) = (since(scene.sentence.start), since(clause));
        row.extend([in_sentence as f32, in_clause as f32]);
        let next = mentions.get(until).map(|&m| self.mention(m).start);
        let next = next.filter(|start| *start < scene.sentence.end);
        row.push(next.map_or(NOWHERE, |start| (start - at) as f32));
        let starts =
            |count: usize, from: usize| count > 0 && self.mention(mentions[until - count]).start < from + 3;
        row.push(truth(starts(in_sentence, scene.sentence.start)));
        row.push(truth(starts(in_clause, clause)));
        match until.checked_sub(1) {
            Some(last) => self.of_last(self.mention(mentions[last]), scene, row),
            None => row.extend([NOWHERE, 99.0, 99.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        }
    }

    /// Of the last mention before the number: how far back, how it stands in its own clause.
    fn of_last(&self, last: &Mention, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let at = scene.figure.written.0;
        let chars = &self.source.text.view.chars;
        row.push((at.saturating_sub(last.end) as f32).min(NOWHERE));
        let between = |from: usize| self.topical.partition_point(|start| *start < from);
        row.push(between(at).saturating_sub(between(last.end)) as f32);
        let sentences = &self.source.text.sentences;
        let own = sentences.partition_point(|s| s.start <= last.start).saturating_sub(1);
        row.push((scene.number.saturating_sub(own)).min(20) as f32);
        let opens = sentences.get(own).is_some_and(|s| s.start == last.start);
        let previous = last.start.checked_sub(1).map(|i| chars[i]);
        row.push(truth(opens));
        row.push(truth(opens || previous.is_some_and(|c| matches!(c, '，' | '；' | '：' | '。'))));
        row.push(match chars.get(last.end) {
            Some('的') => 1.0,
            Some('，') => 2.0,
            Some('、' | '和' | '等') => 3.0,
            _ => 0.0,
        });
        row.push(match previous {
            Some('在' | '于' | '到' | '从' | '与' | '和' | '对' | '向') => 1.0,
            Some('、') => 2.0,
            _ => 0.0,
        });
        row.push(truth(self.is_inside(last)));
    }

    /// Whether another mention encloses this one.
    fn is_inside(&self, inner: &Mention) -> bool {
        let until = self.source.mentions.partition_point(|m| m.start <= inner.start);
        let near = self.source.mentions[..until].iter().rev();
        near.take_while(|m| m.start + LONGEST > inner.start).any(|outer| encloses(outer, inner))
    }

    /// How it compares with what the rules chose, for this figure and the one before.
    fn of_rule(&self, thing: usize, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let chosen = self.things[scene.figure.subject];
        row.extend([truth(chosen == thing), self.class(chosen) as u8 as f32]);
        let (own, other) = (&self.known[thing].name, &self.known[chosen].name);
        row.extend([truth(other.contains(own.as_str())), truth(own.contains(other.as_str()))]);
        let before = scene.previous.filter(|previous| self.things[previous.subject] == thing);
        row.extend([truth(before.is_some()), truth(before.is_some() && scene.goes_on)]);
    }

    /// Where the number stands, and which words of its clause stand for a thing.
    fn of_text(&self, scene: &Scene<'_>) -> Vec<f32> {
        let (at, clause) = (scene.figure.written.0, scene.figure.evidence.0);
        let length = self.source.text.view.len() as f32;
        let mut row = vec![at as f32 / length, (at - scene.sentence.start) as f32, length];
        row.push(at.saturating_sub(clause) as f32);
        let view = &self.source.text.view;
        let own = view.slice(clause.min(at), at);
        let sentence = view.slice(scene.sentence.start.max(at.saturating_sub(FARTHEST)), at);
        row.extend(CUES.iter().map(|cue| truth(own.contains(cue))));
        row.extend(CUES.iter().map(|cue| truth(sentence.contains(cue))));
        row.push(scene.figure.measure as u8 as f32);
        row.push(unit_number(&scene.figure.unit));
        row
    }
}

/// Adds up to `most` things that are new.
fn take_new(found: &mut Vec<usize>, things: impl Iterator<Item = usize>, most: usize) {
    let until = found.len() + most;
    for thing in things {
        if found.len() >= until {
            return;
        }
        if !found.contains(&thing) {
            found.push(thing);
        }
    }
}

fn known(source: &Source<'_>, things: &[usize], scenes: &[Scene<'_>]) -> Vec<Thing> {
    let mut known: Vec<Thing> = Vec::new();
    known.resize_with(things.iter().max().map_or(0, |most| most + 1), Thing::default);
    for (index, (mention, &thing)) in source.mentions.iter().zip(things).enumerate() {
        let thing = &mut known[thing];
        thing.mentions.push(index);
        let name = source.text.view.slice(mention.start, mention.end);
        if name.len() > thing.name.len() {
            thing.name = name;
        }
        let after = source.text.sentences.partition_point(|s| s.start <= mention.start);
        let line = after.checked_sub(1).map(|at| source.text.sentences[at].kind);
        thing.in_heading |= line == Some(LineKind::Heading);
    }
    scenes.iter().for_each(|scene| known[things[scene.figure.subject]].figures += 1);
    rank(source, &mut known);
    known
}

/// Gives each thing its place in the order of frequency within its class.
fn rank(source: &Source<'_>, known: &mut [Thing]) {
    let mut classes: BTreeMap<Class, Vec<usize>> = BTreeMap::new();
    for (number, thing) in known.iter().enumerate() {
        if let Some(&first) = thing.mentions.first() {
            classes.entry(source.mentions[first].class).or_default().push(number);
        }
    }
    for of_class in classes.values_mut() {
        of_class.sort_by_key(|&number| (std::cmp::Reverse(known[number].mentions.len()), number));
        of_class.iter().enumerate().for_each(|(rank, &number)| known[number].rank = rank);
    }
}

fn bears(class: Class) -> bool {
    !matches!(class, Class::Person | Class::Position | Class::Industry)
}

fn encloses(outer: &Mention, inner: &Mention) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start
}
