//! Keeps of the scored candidates what can hold together.

use super::candidates::{Candidate, Far, signature_allows};
use super::context::Context;
use crate::document::{Predicate, Status};
use crate::facts::{Fact, FactObject, Rejected, Why};
use crate::rules::{FarEnd, Firing, Rules};
use std::collections::BTreeMap;

/// A candidate holds from this probability on.
const THRESHOLD: f32 = 0.32;

/// A candidate on its way through the decoder.
struct Judged {
    candidate: Candidate,
    score: f32,
    /// Set by the first step that leaves it out.
    why: Option<Why>,
}

/// The candidates that hold, as facts between their nearest mentions.
pub fn decode(context: &Context, scored: Vec<(Candidate, f32)>) -> Vec<Fact> {
    let judged = judge(context, scored);
    judged.iter().filter(|j| j.why.is_none()).map(|j| fact(context, &j.candidate, j.score)).collect()
}

/// The candidates that do not hold, with the reasons.
pub fn rejected(context: &Context, scored: Vec<(Candidate, f32)>) -> Vec<Rejected> {
    let out = |j: Judged| Some(Rejected { fact: fact(context, &j.candidate, j.score), why: j.why? });
    judge(context, scored).into_iter().filter_map(out).collect()
}

/// What rules state that cannot be, so that it is no candidate.
pub fn impossible(context: &Context) -> Vec<Rejected> {
    let classes = |f: &Firing| match f.object {
        FarEnd::Mention(object) => Some((context.class(f.subject), context.class(object))),
        FarEnd::Stage(_) => None,
    };
    let mut rejected = Vec::new();
    for (&(subject, predicate, far), firings) in &context.fired {
        for firing in firings {
            let why = match classes(firing) {
                Some((from, to)) if !signature_allows(predicate, from, to) => {
                    Why::Classes(predicate, from, to)
                }
                _ if far == Far::Thing(subject) => Why::Itself,
                _ => continue,
            };
            rejected.push(Rejected { fact: stated(firing, 0.0), why });
        }
    }
    rejected
}

fn judge(context: &Context, scored: Vec<(Candidate, f32)>) -> Vec<Judged> {
    let judged = |(candidate, score): (Candidate, f32)| {
        let sure = rule(context, &candidate).is_some_and(|firing| Rules::open().get(firing.rule).sure);
        let score = if sure { score.max(SURE) } else { score };
        let why = (score < THRESHOLD).then_some(Why::Unlikely(THRESHOLD));
        Judged { candidate, score, why }
    };
    let mut judged: Vec<Judged> = scored.into_iter().map(judged).collect();
    drop_weaker_directions(&mut judged);
    keep_best_stage(&mut judged);
    judged
}

/// A relation that a sure rule states holds at least with this probability.
const SURE: f32 = 0.9;

/// The rule that states a candidate: a sure one where there is one.
fn rule<'c>(context: &'c Context, c: &Candidate) -> Option<&'c Firing> {
    let firings = context.fired.get(&(c.subject, c.predicate, c.object))?;
    firings.iter().find(|f| Rules::open().get(f.rule).sure).or_else(|| firings.first())
}

/// Of A in B and B in A only the likelier stays.
fn drop_weaker_directions(judged: &mut [Judged]) {
    let kept = judged.iter().filter(|j| j.why.is_none());
    let score: BTreeMap<(usize, Predicate, Far), f32> =
        kept.map(|j| ((j.candidate.subject, j.candidate.predicate, j.candidate.object), j.score)).collect();
    for j in judged.iter_mut().filter(|j| j.why.is_none()) {
        let Far::Thing(object) = j.candidate.object else { continue };
        let subject = j.candidate.subject;
        let reverse = score.get(&(object, j.candidate.predicate, Far::Thing(subject)));
        if reverse.is_some_and(|other| j.score < *other || (j.score == *other && subject >= object)) {
            j.why = Some(Why::OtherWay);
        }
    }
}

fn keep_best_stage(judged: &mut [Judged]) {
    let mut best: BTreeMap<usize, (f32, Status)> = BTreeMap::new();
    for j in judged.iter().filter(|j| j.why.is_none()) {
        if let Far::Stage(stage) = j.candidate.object {
            let top = best.entry(j.candidate.subject).or_insert((j.score, stage));
            *top = if j.score > top.0 { (j.score, stage) } else { *top };
        }
    }
    for j in judged.iter_mut().filter(|j| j.why.is_none() && matches!(j.candidate.object, Far::Stage(_))) {
        j.why = best
            .get(&j.candidate.subject)
            .filter(|(top, _)| j.score < *top)
            .map(|(_, s)| Why::OtherStage(*s));
    }
}

fn fact(context: &Context, candidate: &Candidate, score: f32) -> Fact {
    if let Some(firing) = rule(context, candidate) {
        return stated(firing, score);
    }
    let meeting = candidate.meetings[0];
    let (a, b) = (&context.mentions[meeting.subject], &context.mentions[meeting.object]);
    let sentence = context.text.sentences[context.sentence_of
        [if meeting.back > 0 && b.start < a.start { meeting.subject } else { meeting.object }]];
    let evidence = if meeting.back == 0 && matches!(candidate.object, Far::Thing(_)) {
        (a.start.min(b.start), a.end.max(b.end))
    } else {
        (sentence.start, sentence.end)
    };
    Fact {
        subject: meeting.subject,
        predicate: candidate.predicate,
        object: match candidate.object {
            Far::Thing(_) => FactObject::Mention(meeting.object),
            Far::Stage(stage) => FactObject::Status(stage),
        },
        evidence,
        found_by: "model:relations".to_owned(),
        confidence: score,
    }
}

/// A fact in the words of the rule that states it.
fn stated(firing: &Firing, score: f32) -> Fact {
    Fact {
        subject: firing.subject,
        predicate: firing.predicate,
        object: match firing.object {
            FarEnd::Mention(object) => FactObject::Mention(object),
            FarEnd::Stage(stage) => FactObject::Status(stage),
        },
        evidence: firing.range,
        found_by: format!("rule:{}", Rules::open().get(firing.rule).name),
        confidence: score,
    }
}
