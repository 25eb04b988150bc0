//! What speaks for or against a candidate relation, as hashed binary features.

use super::candidates::{Candidate, Far, Meeting};
use super::context::{Context, Run};
use crate::document::Class;

/// Number of weights: features are hashed into this many (a power of two).
pub const SIZE: usize = 1 << 18;

/// The features of a candidate: indices below [`SIZE`], sorted, each once.
pub fn of(context: &Context, candidate: &Candidate) -> Vec<u32> {
    let mut bag = Bag { base: base(context, candidate), ids: Vec::with_capacity(160) };
    bag.add("bias", &[]);
    let firings = context.fired.get(&(candidate.subject, candidate.predicate, candidate.object));
    for firing in firings.into_iter().flatten() {
        bag.add("rule", &[firing.rule as u64]);
    }
    about_things(context, candidate, &mut bag);
    for (order, meeting) in candidate.meetings.iter().enumerate() {
        bag.add("meeting", &[order as u64, meeting.back.min(5) as u64]);
        about_meeting(context, candidate, *meeting, &mut bag);
    }
    bag.ids.sort_unstable();
    bag.ids.dedup();
    bag.ids
}

/// Collects hashed features, each once alone with the predicate and once with the classes of both ends.
struct Bag {
    base: (u64, u64),
    ids: Vec<u32>,
}

impl Bag {
    fn add(&mut self, kind: &str, values: &[u64]) {
        let mut hash = kind.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| mix(h, u64::from(b)));
        for value in values {
            hash = mix(hash, *value);
        }
        self.ids.push(index(mix(hash, self.base.0)));
        self.ids.push(index(mix(hash, self.base.1)));
    }
}

fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3_9e37_u64);
    mixed ^ (mixed >> 29)
}

#[expect(clippy::cast_possible_truncation, reason = "masked to the number of weights")]
fn index(hash: u64) -> u32 {
    ((hash ^ (hash >> 32)) & (SIZE as u64 - 1)) as u32
}

fn base(context: &Context, candidate: &Candidate) -> (u64, u64) {
    let predicate = candidate.predicate as u64 + 1;
    let first = candidate.meetings[0];
    let far = match candidate.object {
        Far::Thing(_) => context.class(first.object) as u64,
        Far::Stage(stage) => 100 + stage as u64,
    };
    (
        mix(predicate, if far >= 100 { far } else { 0 }),
        mix(mix(predicate, context.class(first.subject) as u64 + 1), far + 7),
    )
}

fn bucket(n: usize) -> u64 {
    match n {
        0..=3 => n as u64,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        13..=20 => 7,
        21..=40 => 8,
        41..=80 => 9,
        _ => 10,
    }
}

/// Features of the two things wherever they stand.
fn about_things(context: &Context, candidate: &Candidate, bag: &mut Bag) {
    let subject = candidate.subject;
    bag.add("count-s", &[bucket(context.count[subject]).min(5)]);
    bag.add("home-s", &[u64::from(context.home == Some(subject))]);
    bag.add("rank-s", &[context.rank[subject].min(4) as u64]);
    bag.add("meetings", &[candidate.meetings.len() as u64]);
    let Far::Thing(object) = candidate.object else { return };
    bag.add("count-o", &[bucket(context.count[object]).min(5)]);
    bag.add("home-o", &[u64::from(context.home == Some(object))]);
    bag.add("rank-o", &[context.rank[object].min(4) as u64]);
    let first = candidate.meetings[0];
    let (s, o) = (name(context, first.subject), name(context, first.object));
    bag.add("s-tail", &tail(&s));
    bag.add("o-tail", &tail(&o));
    bag.add("tails", &[tail(&s)[1], tail(&o)[1]]);
    bag.add("s-starts-with-o", &[u64::from(s.starts_with(&stem(&o)))]);
    bag.add("s-contains-o", &[u64::from(find(&s, &stem(&o)))]);
    bag.add("o-starts-with-s", &[u64::from(o.starts_with(&stem(&s)))]);
    bag.add("lengths", &[bucket(s.len()), bucket(o.len())]);
}

fn name(context: &Context, mention: usize) -> Vec<char> {
    let m = &context.mentions[mention];
    context.text.view.chars[m.start..m.end].to_vec()
}

fn stem(name: &[char]) -> Vec<char> {
    match name.split_last() {
        Some(('省' | '市' | '县' | '区', rest)) if rest.len() >= 2 => rest.to_vec(),
        _ => name.to_vec(),
    }
}

fn find(hay: &[char], needle: &[char]) -> bool {
    !needle.is_empty() && hay.windows(needle.len()).any(|w| w == needle)
}

/// The last two characters, and the last alone.
fn tail(name: &[char]) -> [u64; 2] {
    let at = |back: usize| name.len().checked_sub(back).map_or(0, |i| u64::from(u32::from(name[i])));
    [mix(at(2), at(1)), at(1)]
}

fn about_meeting(context: &Context, candidate: &Candidate, meeting: Meeting, bag: &mut Bag) {
    match candidate.object {
        Far::Stage(_) => about_stage(context, meeting.subject, bag),
        Far::Thing(_) if meeting.back > 0 => about_topic(context, meeting, bag),
        Far::Thing(_) => about_pair(context, meeting, bag),
    }
}

/// The groups of cue words in a range: which, and for each how near its nearest word is to one end.
fn cues(context: &Context, bag: &mut Bag, kind: &str, (start, end): (usize, usize), from_end: bool) {
    let first = context.cues.partition_point(|c| c.start < start);
    let mut nearest = [usize::MAX; 32];
    for cue in context.cues[first..].iter().take_while(|c| c.start < end).filter(|c| c.end <= end) {
        let distance = if from_end { end - cue.end } else { cue.start - start };
        let known = &mut nearest[cue.group.min(31)];
        *known = (*known).min(distance);
    }
    let kind_hash = kind.bytes().fold(5, |h, b| mix(h, u64::from(b)));
    let mut best = (usize::MAX, 0);
    for (group, &distance) in nearest.iter().enumerate().filter(|(_, d)| **d < usize::MAX) {
        bag.add("cue", &[kind_hash, group as u64]);
        bag.add("cue-near", &[kind_hash, group as u64, bucket(distance)]);
        best = best.min((distance, group));
    }
    bag.add("cue-first", &[kind_hash, if best.0 == usize::MAX { 99 } else { best.1 as u64 }]);
}

/// A project and the words around the list in which it stands.
fn about_stage(context: &Context, project: usize, bag: &mut Bag) {
    let run = context.run_of[project];
    let sentence = context.text.sentences[context.sentence_of[project]];
    bag.add("run", &[run.items.min(4) as u64]);
    grams(bag, "after", &symbols(context, run.end, sentence.end.min(run.end + 30), false), 22);
    let before = symbols(context, run.start.saturating_sub(30).max(sentence.start), run.start, true);
    grams(bag, "before", &before, 22);
    let clause = clause_end(context, run.end, sentence.end);
    let opening = clause_start(context, run.start, sentence.start);
    cues(context, bag, "stage-after", (run.end, clause), false);
    cues(context, bag, "stage-before", (opening, run.start), true);
    cues(context, bag, "stage-in", (context.mentions[project].start, context.mentions[project].end), true);
    grams(bag, "clause", &symbols(context, run.end, clause, false), 40);
    let m = &context.mentions[project];
    bag.add("tail", &tail(&context.text.view.chars[m.start..m.end]));
    if context.outer[project].is_some() {
        bag.add("nested", &[]);
    }
}

/// A thing and something that an earlier sentence was about.
fn about_topic(context: &Context, meeting: Meeting, bag: &mut Bag) {
    let later_is_object = context.sentence_of[meeting.object] >= context.sentence_of[meeting.subject];
    let (topic, item) =
        if later_is_object { (meeting.subject, meeting.object) } else { (meeting.object, meeting.subject) };
    let side = u64::from(later_is_object);
    let run = context.run_of[item];
    let sentence = context.text.sentences[context.sentence_of[item]];
    bag.add("back", &[side, meeting.back.min(6) as u64]);
    bag.add(
        "back-home",
        &[side, meeting.back.min(3) as u64, u64::from(context.home == Some(context.things[topic]))],
    );
    let start = clause_start(context, run.start, sentence.start);
    grams(bag, "t-before", &symbols(context, start.max(run.start.saturating_sub(24)), run.start, true), 16);
    grams(bag, "t-after", &symbols(context, run.end, sentence.end.min(run.end + 12), false), 8);
    cues(context, bag, "topic-before", (start, run.start), true);
    cues(context, bag, "topic-after", (run.end, sentence.end.min(run.end + 30)), false);
    let class = context.class(topic);
    let rivals = context.by_sentence[context.sentence_of[item]].iter().filter(|&&m| {
        context.class(m) == class && context.things[m] != context.things[topic] && context.outer[m].is_none()
    });
    let (mut before, mut after) = (0, 0);
    for &rival in rivals {
        if context.mentions[rival].start < run.start { before += 1 } else { after += 1 }
    }
    bag.add("rivals", &[side, bucket(before), bucket(after).min(2)]);
    bag.add("item-run", &[side, run.items.min(4) as u64]);
    bag.add("item-nested", &[side, u64::from(context.outer[item].is_some())]);
    let nearer = context.topics[context.sentence_of[item]]
        .iter()
        .take_while(|t| t.0 != context.things[topic])
        .filter(|t| context.class(t.1) == class)
        .count();
    bag.add("nearer-topics", &[side, bucket(nearer).min(4)]);
}

/// Two mentions of one sentence.
fn about_pair(context: &Context, meeting: Meeting, bag: &mut Bag) {
    let (s, o) = (meeting.subject, meeting.object);
    let (ms, mo) = (&context.mentions[s], &context.mentions[o]);
    if (ms.start, ms.end) == (mo.start, mo.end) {
        return bag.add("same-span", &[]);
    }
    if context.outer[o] == Some(s) || context.outer[s] == Some(o) {
        let inner = if context.outer[o] == Some(s) { (mo, ms) } else { (ms, mo) };
        return bag.add(
            "inside",
            &[u64::from(inner.0.start == inner.1.start), u64::from(context.outer[o] == Some(s))],
        );
    }
    let forward = ms.start < mo.start;
    let (left, right) = if forward { (s, o) } else { (o, s) };
    let (lrun, rrun) = ranges(context, left, right);
    let side = u64::from(forward);
    let between = symbols(context, lrun.end, rrun.start, false);
    bag.add("distance", &[side, bucket(between.len())]);
    let commas = between.iter().filter(|c| **c == '，' || **c == '；').count();
    bag.add("commas", &[side, bucket(commas)]);
    if between.len() <= 10 {
        let exact = between.iter().fold(17, |h, c| mix(h, u64::from(u32::from(*c))));
        bag.add("exact", &[side, exact]);
    }
    let kind = if forward { "between" } else { "between-back" };
    grams(bag, kind, &between, 24);
    let reversed: Vec<char> = between.iter().rev().copied().collect();
    grams(bag, if forward { "near" } else { "near-back" }, &reversed, 10);
    cues(
        context,
        bag,
        if forward { "gap" } else { "gap-back" },
        (lrun.end.min(rrun.start), rrun.start),
        true,
    );
    let sentence = context.text.sentences[context.sentence_of[left]];
    let until = sentence.end.min(rrun.end + 20);
    cues(context, bag, if forward { "behind" } else { "behind-back" }, (rrun.end, until), false);
    let opening = clause_start(context, lrun.start, sentence.start).max(lrun.start.saturating_sub(20));
    cues(context, bag, if forward { "front" } else { "front-back" }, (opening, lrun.start), true);
    about_rivals(context, (left, right), (lrun, rrun), bag);
    about_sides(context, (left, right), (lrun, rrun), side, bag);
}

/// The coordinations of both, unless it is one coordination.
fn ranges(context: &Context, left: usize, right: usize) -> (Run, Run) {
    let (l, r) = (context.run_of[left], context.run_of[right]);
    if l.end <= r.start {
        (l, r)
    } else {
        let alone =
            |m: usize| Run { start: context.mentions[m].start, end: context.mentions[m].end, items: 1 };
        let (a, b) = (alone(left), alone(right));
        (a, Run { start: b.start.max(a.end), ..b })
    }
}

/// Other mentions of the same classes between and before the two.
fn about_rivals(context: &Context, (left, right): (usize, usize), (lrun, rrun): (Run, Run), bag: &mut Bag) {
    let sentence = &context.by_sentence[context.sentence_of[left]];
    let top = |m: &&usize| context.outer[**m].is_none();
    let inside =
        |m: &&usize| context.mentions[**m].start >= lrun.end && context.mentions[**m].end <= rrun.start;
    let like = |class: Class| {
        sentence.iter().filter(top).filter(inside).filter(|m| context.class(**m) == class).count()
    };
    bag.add("between-left", &[bucket(like(context.class(left))).min(3)]);
    bag.add("between-right", &[bucket(like(context.class(right))).min(3)]);
    let earlier = sentence
        .iter()
        .filter(top)
        .filter(|m| context.mentions[**m].end <= lrun.start && context.class(**m) == context.class(left))
        .count();
    bag.add("earlier-left", &[bucket(earlier).min(3)]);
    let same_run = context.run_of[left] == context.run_of[right];
    bag.add("runs", &[lrun.items.min(3) as u64, rrun.items.min(3) as u64, u64::from(same_run)]);
    let nested = u64::from(context.outer[left].is_some()) * 2 + u64::from(context.outer[right].is_some());
    bag.add("nested", &[nested]);
}

/// The words before the left and after the right one.
fn about_sides(
    context: &Context,
    (left, _): (usize, usize),
    (lrun, rrun): (Run, Run),
    side: u64,
    bag: &mut Bag,
) {
    let sentence = context.text.sentences[context.sentence_of[left]];
    let after = symbols(context, rrun.end, sentence.end.min(rrun.end + 12), false);
    let before = symbols(context, lrun.start.saturating_sub(12).max(sentence.start), lrun.start, true);
    grams(bag, if side == 1 { "right" } else { "right-back" }, &after, 8);
    grams(bag, if side == 1 { "left" } else { "left-back" }, &before, 4);
    bag.add("at-start", &[side, u64::from(lrun.start == sentence.start)]);
}

/// Bigrams and single characters of the first `most` symbols, and the first two with their place.
fn grams(bag: &mut Bag, kind: &str, symbols: &[char], most: usize) {
    let code = |c: char| u64::from(u32::from(c));
    let kind_hash = kind.bytes().fold(3, |h, b| mix(h, u64::from(b)));
    let first = symbols.first().map_or(0, |c| code(*c));
    let second = symbols.get(1).map_or(0, |c| code(*c));
    bag.add("first", &[kind_hash, first]);
    bag.add("first-two", &[kind_hash, first, second]);
    for pair in symbols.windows(2).take(most) {
        bag.add("bigram", &[kind_hash, code(pair[0]), code(pair[1])]);
    }
}

/// The view's characters of a range, with each outer mention as one private symbol of its class and each number as
/// one 0; read backwards where what counts is nearness to the end.
fn symbols(context: &Context, start: usize, end: usize, backwards: bool) -> Vec<char> {
    let mut symbols = Vec::new();
    if start >= end {
        return symbols;
    }
    let first = context.mentions.partition_point(|m| m.start < start);
    let mut inside = context.mentions[first..].iter().take_while(|m| m.start < end).peekable();
    let mut at = start;
    while at < end {
        while inside.peek().is_some_and(|m| m.start < at) {
            inside.next();
        }
        match inside.peek() {
            Some(m) if m.start == at => {
                symbols.push(symbol(m.class));
                at = m.end.max(at + 1);
            }
            _ => {
                let c = context.text.view.chars[at];
                let digit = c.is_ascii_digit() || c == '.';
                if !digit || symbols.last() != Some(&'0') {
                    symbols.push(if digit { '0' } else { c });
                }
                at += 1;
            }
        }
    }
    if backwards {
        symbols.reverse();
    }
    symbols
}

/// A private-use character for each class.
fn symbol(class: Class) -> char {
    char::from_u32(0xE000 + class as u32).unwrap_or('\u{E0FF}')
}

fn clause_end(context: &Context, from: usize, end: usize) -> usize {
    let from = from.min(end);
    let chars = &context.text.view.chars[from..end];
    chars.iter().position(|c| matches!(c, '；' | '。')).map_or(end, |i| from + i).min(from + 60).min(end)
}

fn clause_start(context: &Context, until: usize, start: usize) -> usize {
    let chars = &context.text.view.chars[start..until.max(start)];
    chars.iter().rposition(|c| matches!(c, '；' | '。')).map_or(start, |i| start + i + 1)
}
