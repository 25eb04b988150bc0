//! What speaks for or against a candidate, as a row of numbers for the trees of the model: names, codes, distances,
//! cue words, rivals, and how its score by wording compares with the scores of its neighbours.

mod pair;
mod stage;

use super::candidates::{Candidate, Far};
use super::context::Context;
use crate::document::{Predicate, Status};
use std::collections::HashMap;

/// Stands for "not there" where a number is a distance.
const NOWHERE: f32 = 999.0;

/// The row of every candidate; `scores` are their log odds by wording.
pub fn rows(context: &Context, candidates: &[Candidate], scores: &[f32]) -> Vec<Vec<f32>> {
    let neighbours = Neighbours::new(context, candidates, scores);
    candidates
        .iter()
        .zip(scores)
        .map(|(candidate, score)| {
            let mut row = Vec::with_capacity(160);
            row.push(*score);
            neighbours.compare(context, candidate, *score, &mut row);
            row.extend(rules(context, candidate));
            match candidate.object {
                Far::Stage(stage) => stage::row(context, candidate, stage, &mut row),
                Far::Thing(object) => pair::row(context, candidate, object, &mut row),
            }
            row
        })
        .collect()
}

/// How many rules state a candidate, how many of them in different words, and how many state its subject's relation to
/// something else.
fn rules(context: &Context, c: &Candidate) -> [f32; 3] {
    let firings = context.fired.get(&(c.subject, c.predicate, c.object)).map_or(&[][..], Vec::as_slice);
    let mut numbers: Vec<usize> = firings.iter().map(|f| f.rule).collect();
    numbers.dedup();
    let of_subject = context
        .fired
        .range(
            (c.subject, c.predicate, Far::Thing(0))
                ..=(c.subject, c.predicate, Far::Stage(Status::InProduction)),
        )
        .take(9)
        .count();
    [firings.len() as f32, numbers.len() as f32, of_subject as f32]
}

/// The best, the second best and the sum of scores of a group of candidates.
#[derive(Debug, Clone, Copy)]
struct Group {
    best: f32,
    second: f32,
    sum: f32,
    size: f32,
}

impl Default for Group {
    fn default() -> Self {
        Self { best: -20.0, second: -20.0, sum: 0.0, size: 0.0 }
    }
}

impl Group {
    fn add(&mut self, score: f32) {
        if score > self.best {
            self.second = self.best;
            self.best = score;
        } else if score > self.second {
            self.second = score;
        }
        self.sum += score;
        self.size += 1.0;
    }

    /// The best of the others.
    fn rival(&self, own: f32) -> f32 {
        if own >= self.best { self.second } else { self.best }
    }
}

/// Scores of candidates that share an end, a coordination, or turn the relation round.
struct Neighbours {
    of_subject: HashMap<(usize, Predicate, u8), Group>,
    of_object: HashMap<(usize, Predicate), Group>,
    of_pair: HashMap<(usize, usize), Group>,
    of_subject_run: HashMap<(usize, Predicate, Far), Group>,
    of_object_run: HashMap<(usize, Predicate, usize), Group>,
    exact: HashMap<(usize, Predicate, Far), f32>,
    /// For each thing, where it may be, with the score.
    holders: HashMap<usize, Vec<(usize, f32)>>,
}

/// A step of a chain counts from these log odds on.
const LEAST_STEP: f32 = -2.5;
/// So many steps from one thing are looked at.
const MOST_STEPS: usize = 12;

fn far_number(far: Far) -> usize {
    match far {
        Far::Thing(thing) => thing,
        Far::Stage(stage) => stage as usize,
    }
}

impl Neighbours {
    fn new(context: &Context, candidates: &[Candidate], scores: &[f32]) -> Self {
        let mut all = Self {
            of_subject: HashMap::new(),
            of_object: HashMap::new(),
            of_pair: HashMap::new(),
            of_subject_run: HashMap::new(),
            of_object_run: HashMap::new(),
            exact: HashMap::with_capacity(candidates.len()),
            holders: HashMap::new(),
        };
        for (c, &score) in candidates.iter().zip(scores) {
            let far = far_number(c.object);
            let kind = class_number(context, c);
            all.of_subject.entry((c.subject, c.predicate, kind)).or_default().add(score);
            if matches!(c.object, Far::Thing(_)) {
                all.of_object.entry((far, c.predicate)).or_default().add(score);
                all.of_pair.entry((c.subject.min(far), c.subject.max(far))).or_default().add(score);
            }
            let (left, right) = run_starts(context, c);
            all.of_subject_run.entry((left, c.predicate, c.object)).or_default().add(score);
            all.of_object_run.entry((c.subject, c.predicate, right)).or_default().add(score);
            all.exact.insert((c.subject, c.predicate, c.object), score);
            if c.predicate == Predicate::LocatedIn && score > LEAST_STEP {
                let holders = all.holders.entry(c.subject).or_default();
                if holders.len() < MOST_STEPS {
                    holders.push((far, score));
                }
            }
        }
        all
    }

    fn compare(&self, context: &Context, c: &Candidate, score: f32, row: &mut Vec<f32>) {
        let far = far_number(c.object);
        let group = |g: Option<&Group>| g.copied().unwrap_or_default();
        let own = group(self.of_subject.get(&(c.subject, c.predicate, class_number(context, c))));
        row.extend([own.rival(score), own.size, score - own.best]);
        let object = group(self.of_object.get(&(far, c.predicate)));
        row.extend([object.rival(score), object.size]);
        let pair = group(self.of_pair.get(&(c.subject.min(far), c.subject.max(far))));
        row.push(pair.rival(score));
        let (left, right) = run_starts(context, c);
        let siblings = group(self.of_subject_run.get(&(left, c.predicate, c.object)));
        row.extend([siblings.sum / siblings.size.max(1.0), siblings.rival(score), siblings.size]);
        let siblings = group(self.of_object_run.get(&(c.subject, c.predicate, right)));
        row.extend([siblings.sum / siblings.size.max(1.0), siblings.rival(score), siblings.size]);
        let reverse = match c.object {
            Far::Thing(object) => self.exact.get(&(object, c.predicate, Far::Thing(c.subject))),
            Far::Stage(stage) => {
                next(stage).and_then(|s| self.exact.get(&(c.subject, c.predicate, Far::Stage(s))))
            }
        };
        row.push(reverse.copied().unwrap_or(-20.0));
        row.extend(self.chains(c));
    }

    /// The best chain from the subject to the object over a third thing, and the best from the subject to something
    /// in the object's own holders.
    fn chains(&self, c: &Candidate) -> [f32; 2] {
        let Far::Thing(object) = c.object else { return [-20.0; 2] };
        let steps = |thing: usize| self.holders.get(&thing).map_or(&[][..], Vec::as_slice);
        let over = |(middle, first): &(usize, f32)| {
            let second = self.exact.get(&(*middle, Predicate::LocatedIn, Far::Thing(object)))?;
            (*middle != object).then_some(first.min(*second))
        };
        let common = |(holder, first): &(usize, f32)| {
            let second = steps(object).iter().find(|(other, _)| other == holder)?;
            Some(first.min(second.1))
        };
        let best = |scores: &mut dyn Iterator<Item = f32>| scores.fold(-20.0, f32::max);
        [
            best(&mut steps(c.subject).iter().filter_map(over)),
            best(&mut steps(c.subject).iter().filter_map(common)),
        ]
    }
}

fn next(stage: Status) -> Option<Status> {
    Status::ALL.get(stage as usize + 1).copied()
}

fn class_number(context: &Context, c: &Candidate) -> u8 {
    match c.object {
        Far::Thing(_) => context.class(c.meetings[0].object) as u8,
        Far::Stage(_) => 0,
    }
}

/// Where the coordinations start in which both ends stand.
fn run_starts(context: &Context, c: &Candidate) -> (usize, usize) {
    let meeting = c.meetings[0];
    (context.run_of[meeting.subject].start, context.run_of[meeting.object].start)
}

/// For each group of cue words, how far its nearest word inside a range is from the range's start or end.
fn nearest_cues(context: &Context, (start, end): (usize, usize), from_end: bool) -> [f32; GROUPS] {
    let mut nearest = [NOWHERE; GROUPS];
    if start >= end {
        return nearest;
    }
    let first = context.cues.partition_point(|c| c.start < start);
    for cue in context.cues[first..].iter().take_while(|c| c.start < end).filter(|c| c.end <= end) {
        let distance = if from_end { end - cue.end } else { cue.start - start };
        let known = &mut nearest[cue.group.min(GROUPS - 1)];
        *known = known.min(distance as f32);
    }
    nearest
}

/// Room for the groups of `data/rules/cues.toml`.
const GROUPS: usize = 28;
