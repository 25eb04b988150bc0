//! A text as relations see it: its mentions by sentence, its coordinations, what it is about.

use super::candidates::Far;
use super::cues::{self, Cue};
use super::names::{Containment, Names};
use crate::document::{Class, Predicate};
use crate::facts::subjects::Subjects;
use crate::mentions::Mention;
use crate::rules::{FarEnd, Firing, Rules};
use crate::text::{LineKind, Text};
use std::collections::BTreeMap;

/// A run of mentions joined by 、 or 和, as one range of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where its first item starts.
    pub start: usize,
    /// Where its last item ends.
    pub end: usize,
    /// How many items it has.
    pub items: usize,
}

/// How many mentions stand before one in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    /// Of any class.
    pub of_all: usize,
    /// Of its own class.
    pub of_class: usize,
}

/// What is known of a text before relations are read from it.
#[derive(Debug)]
pub struct Context<'t> {
    /// The text.
    pub text: &'t Text,
    /// Its mentions in reading order, outer before inner.
    pub mentions: &'t [Mention],
    /// For each mention, the number of the thing it names.
    pub things: &'t [usize],
    /// For each sentence, its mentions.
    pub by_sentence: Vec<Vec<usize>>,
    /// For each mention, its sentence.
    pub sentence_of: Vec<usize>,
    /// For each mention, the coordination it stands in (itself alone, if in none).
    pub run_of: Vec<Run>,
    /// For each mention, the innermost mention that encloses it.
    pub outer: Vec<Option<usize>>,
    /// The words that speak for relations, by start.
    pub cues: Vec<Cue>,
    /// How often each thing is mentioned.
    pub count: Vec<usize>,
    /// For each thing, how sure its surest mention is.
    pub sure: Vec<f32>,
    /// For each thing, its place in the order of frequency within its class.
    pub rank: Vec<usize>,
    /// What the names of things say.
    pub names: Names,
    /// For each thing, the sentence of its first mention.
    pub first_sentence: Vec<usize>,
    /// For each thing, whether a headline names it.
    pub in_heading: Vec<bool>,
    /// For each mention, its place among those of its sentence.
    order: Vec<Order>,
    /// For each mention, the mention of what its clause is about.
    pub topic_of: Vec<Option<usize>>,
    /// What the text is about by the reading of its clauses.
    pub subject_home: Option<usize>,
    /// For each thing, the share of all mentions of places and zones that name it or lie in it by code or by name.
    pub share: Vec<f32>,
    /// What the rules state.
    pub fired: BTreeMap<(usize, Predicate, Far), Vec<Firing>>,
    /// The place or zone that the text is about.
    pub home: Option<usize>,
    /// For each sentence, the things it may silently be about, nearest first: (thing, mention, sentences back).
    pub topics: Vec<Vec<(usize, usize, usize)>>,
}

impl<'t> Context<'t> {
    /// Reads the frame of a text. `mentions` must be sorted by start, longer first.
    pub fn new(text: &'t Text, mentions: &'t [Mention], things: &'t [usize]) -> Self {
        let sentence_of = sentences_of(text, mentions);
        let mut by_sentence = vec![Vec::new(); text.sentences.len()];
        for (mention, &sentence) in sentence_of.iter().enumerate() {
            by_sentence[sentence].push(mention);
        }
        let count = counts(things);
        let mut context = Self {
            text,
            mentions,
            things,
            outer: outers(mentions),
            run_of: Vec::new(),
            cues: cues::find(&text.view),
            rank: ranks(mentions, things, &count),
            sure: surest(mentions, things, count.len()),
            names: Names::new(&text.view, mentions, things),
            first_sentence: vec![usize::MAX; count.len()],
            in_heading: vec![false; count.len()],
            order: Vec::new(),
            topic_of: Vec::new(),
            subject_home: None,
            share: Vec::new(),
            fired: BTreeMap::new(),
            home: None,
            topics: Vec::new(),
            by_sentence,
            sentence_of,
            count,
        };
        context.run_of = context.runs();
        context.place_things();
        context.order = context.orders();
        context.share = context.shares();
        let subjects = Subjects::new(text, mentions);
        context.topic_of = mentions.iter().map(|m| subjects.subject_of(m.start)).collect();
        context.subject_home = subjects.home().map(|m| things[m]);
        context.fired = context.fire();
        context.home = context.find_home();
        context.topics = context.find_topics();
        context
    }

    /// The class of a mention.
    pub fn class(&self, mention: usize) -> Class {
        self.mentions[mention].class
    }

    /// The place of a mention among those of its sentence.
    pub fn order_in_sentence(&self, mention: usize) -> Order {
        self.order[mention]
    }

    fn place_things(&mut self) {
        for (mention, &thing) in self.things.iter().enumerate() {
            let sentence = self.sentence_of[mention];
            self.first_sentence[thing] = self.first_sentence[thing].min(sentence);
            self.in_heading[thing] |= self.text.sentences[sentence].kind == LineKind::Heading;
        }
    }

    /// Applies the rules to every sentence.
    fn fire(&self) -> BTreeMap<(usize, Predicate, Far), Vec<Firing>> {
        let mut fired: BTreeMap<_, Vec<Firing>> = BTreeMap::new();
        for (sentence, mentions) in self.text.sentences.iter().zip(&self.by_sentence) {
            let ranges: Vec<_> = mentions
                .iter()
                .map(|&m| (self.mentions[m].start, self.mentions[m].end, m, self.mentions[m].class))
                .collect();
            for firing in Rules::open().apply(&self.text.view.chars, (sentence.start, sentence.end), &ranges)
            {
                let far = match firing.object {
                    FarEnd::Mention(mention) => Far::Thing(self.things[mention]),
                    FarEnd::Stage(stage) => Far::Stage(stage),
                };
                let of_fact = fired.entry((self.things[firing.subject], firing.predicate, far)).or_default();
                if of_fact.len() < MOST_FIRINGS {
                    of_fact.push(firing);
                }
            }
        }
        fired
    }

    fn shares(&self) -> Vec<f32> {
        let mut weight = vec![0.0_f32; self.count.len()];
        let mut places: Vec<usize> = Vec::new();
        let mut total = 0.0;
        for (m, &thing) in self.mentions.iter().zip(self.things) {
            if matches!(m.class, Class::Place | Class::Zone) {
                total += 1.0;
                if weight[thing] == 0.0 {
                    places.push(thing);
                }
                weight[thing] += 1.0;
            }
        }
        let mut share = weight.clone();
        places.truncate(MOST_PLACES);
        for &outer in &places {
            let inside = |inner: &&usize| {
                **inner != outer
                    && (self.names.place[**inner] == Some(outer)
                        || self.names.containment(**inner, outer) == Containment::Inside)
            };
            share[outer] += places.iter().filter(inside).map(|inner| weight[*inner]).sum::<f32>();
        }
        share.iter_mut().for_each(|s| *s /= f32::max(total, 1.0));
        share
    }

    fn orders(&self) -> Vec<Order> {
        let mut orders = vec![Order::default(); self.mentions.len()];
        for sentence in &self.by_sentence {
            let mut of_class = [0; Class::ALL.len()];
            for (of_all, &mention) in sentence.iter().enumerate() {
                let seen = &mut of_class[self.class(mention) as usize];
                orders[mention] = Order { of_all, of_class: *seen };
                *seen += 1;
            }
        }
        orders
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> =
            self.mentions.iter().map(|m| Run { start: m.start, end: m.end, items: 1 }).collect();
        for sentence in &self.by_sentence {
            let tops: Vec<usize> = sentence.iter().copied().filter(|&m| self.outer[m].is_none()).collect();
            let mut from = 0;
            for at in 1..=tops.len() {
                let joined = at < tops.len() && self.joined(tops[at - 1], tops[at]);
                if !joined {
                    self.close_run(&tops[from..at], &mut runs);
                    from = at;
                }
            }
        }
        runs
    }

    fn joined(&self, left: usize, right: usize) -> bool {
        let (a, b) = (&self.mentions[left], &self.mentions[right]);
        if (a.start, a.end) == (b.start, b.end) {
            return true;
        }
        let between = &self.text.view.chars[a.end.min(b.start)..b.start];
        let same = a.class == b.class
            || matches!(
                (a.class, b.class),
                (Class::Project | Class::Enterprise, Class::Project | Class::Enterprise)
            );
        let marks = between.iter().filter(|c| !matches!(c, '“' | '”' | '《' | '》')).collect::<String>();
        same && matches!(
            marks.as_str(),
            "、" | "和" | "与" | "及" | "以及" | "或" | "、以及" | "，以及" | "、和" | "暨"
        )
    }

    fn close_run(&self, items: &[usize], runs: &mut [Run]) {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return };
        let run =
            Run { start: self.mentions[*first].start, end: self.mentions[*last].end, items: items.len() };
        for &item in items {
            runs[item] = run;
        }
    }

    fn find_home(&self) -> Option<usize> {
        let mut weight: BTreeMap<usize, usize> = BTreeMap::new();
        for (mention, m) in self.mentions.iter().enumerate() {
            if matches!(m.class, Class::Place | Class::Zone) {
                let sentence = self.sentence_of[mention];
                let bonus = match self.text.sentences[sentence].kind {
                    LineKind::Heading => 3,
                    _ if sentence < 3 => 2,
                    _ => 1,
                };
                *weight.entry(self.things[mention]).or_default() += bonus;
            }
        }
        weight.into_iter().max_by_key(|(thing, w)| (*w, std::cmp::Reverse(*thing))).map(|(thing, _)| thing)
    }

    fn find_topics(&self) -> Vec<Vec<(usize, usize, usize)>> {
        let first = (0..self.mentions.len()).find(|&m| Some(self.things[m]) == self.home);
        let mut recent: Vec<(usize, usize, usize)> =
            first.map(|m| (self.things[m], m, 0)).into_iter().collect();
        let mut topics = Vec::with_capacity(self.by_sentence.len());
        for (sentence, mentions) in self.by_sentence.iter().enumerate() {
            topics.push(recent.iter().map(|&(t, m, s)| (t, m, sentence - s)).collect());
            let mut seen: Vec<Class> = Vec::new();
            for &mention in mentions {
                let class = self.class(mention);
                if self.outer[mention].is_some() || !is_topical(class) || seen.contains(&class) {
                    continue;
                }
                seen.push(class);
                let thing = self.things[mention];
                recent.retain(|r| r.0 != thing);
                recent.insert(0, (thing, mention, sentence));
            }
            recent.retain(|&(thing, _, s)| Some(thing) == self.home || s + 4 > sentence);
            while recent.len() > MOST_TOPICS {
                let oldest = recent.iter().rposition(|r| Some(r.0) != self.home).unwrap_or(0);
                recent.remove(oldest);
            }
        }
        topics
    }
}

/// So many firings of rules are kept for one fact.
const MOST_FIRINGS: usize = 4;

/// Of more places than this, the later ones do not count.
const MOST_PLACES: usize = 200;

/// How many earlier things a sentence may be about.
const MOST_TOPICS: usize = 7;

fn is_topical(class: Class) -> bool {
    !matches!(class, Class::Person | Class::Position)
}

fn sentences_of(text: &Text, mentions: &[Mention]) -> Vec<usize> {
    let find = |m: &Mention| text.sentences.partition_point(|s| s.end <= m.start);
    mentions.iter().map(|m| find(m).min(text.sentences.len().saturating_sub(1))).collect()
}

fn outers(mentions: &[Mention]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut outers = Vec::with_capacity(mentions.len());
    for (index, m) in mentions.iter().enumerate() {
        open.retain(|&o: &usize| mentions[o].end > m.start);
        let encloses = |o: &&usize| {
            let outer = &mentions[**o];
            outer.end >= m.end && outer.end - outer.start > m.end - m.start
        };
        outers.push(open.iter().rev().find(encloses).copied());
        open.push(index);
    }
    outers
}

fn counts(things: &[usize]) -> Vec<usize> {
    let mut counts = vec![0; things.iter().max().map_or(0, |m| m + 1)];
    for &thing in things {
        counts[thing] += 1;
    }
    counts
}

fn surest(mentions: &[Mention], things: &[usize], count: usize) -> Vec<f32> {
    let mut sure = vec![0.0_f32; count];
    mentions.iter().zip(things).for_each(|(m, &thing)| sure[thing] = sure[thing].max(m.confidence));
    sure
}

fn ranks(mentions: &[Mention], things: &[usize], count: &[usize]) -> Vec<usize> {
    let mut classes: BTreeMap<Class, Vec<usize>> = BTreeMap::new();
    for (mention, &thing) in mentions.iter().zip(things) {
        let of_class = classes.entry(mention.class).or_default();
        if !of_class.contains(&thing) || of_class.len() > 500 {
            of_class.push(thing);
        }
    }
    let mut ranks = vec![usize::MAX; count.len()];
    for of_class in classes.values_mut() {
        of_class.sort_by_key(|&t| (std::cmp::Reverse(count[t]), t));
        for (rank, &thing) in of_class.iter().enumerate() {
            ranks[thing] = ranks[thing].min(rank);
        }
    }
    ranks
}
