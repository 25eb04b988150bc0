//! Keeps of the scored candidates what can hold together.

use super::candidates::{Candidate, Far};
use super::context::Context;
use crate::document::Predicate;
use crate::facts::{Fact, FactObject};
use crate::rules::{FarEnd, Firing, Rules};
use std::collections::BTreeMap;

/// A candidate holds from this probability on.
const THRESHOLD: f32 = 0.25;

/// The candidates that hold, as facts between their nearest mentions.
pub fn decode(context: &Context, scored: Vec<(Candidate, f32)>) -> Vec<Fact> {
    let mut kept: Vec<(Candidate, f32)> = scored
        .into_iter()
        .map(|(candidate, score)| {
            let sure = rule(context, &candidate).is_some_and(|firing| Rules::open().get(firing.rule).sure);
            (candidate, if sure { score.max(SURE) } else { score })
        })
        .filter(|(_, score)| *score >= THRESHOLD)
        .collect();
    drop_weaker_directions(&mut kept);
    keep_best_stage(&mut kept);
    kept.iter().map(|(candidate, score)| fact(context, candidate, *score)).collect()
}

/// A relation that a sure rule states holds at least with this probability.
const SURE: f32 = 0.9;

/// The rule that states a candidate: a sure one where there is one.
fn rule<'c>(context: &'c Context, c: &Candidate) -> Option<&'c Firing> {
    let firings = context.fired.get(&(c.subject, c.predicate, c.object))?;
    firings.iter().find(|f| Rules::open().get(f.rule).sure).or_else(|| firings.first())
}

/// Of A in B and B in A only the likelier stays.
fn drop_weaker_directions(kept: &mut Vec<(Candidate, f32)>) {
    let score: BTreeMap<(usize, Predicate, Far), f32> =
        kept.iter().map(|(c, s)| ((c.subject, c.predicate, c.object), *s)).collect();
    kept.retain(|(c, own)| match c.object {
        Far::Thing(object) => {
            let reverse = score.get(&(object, c.predicate, Far::Thing(c.subject)));
            reverse.is_none_or(|other| own > other || (own == other && c.subject < object))
        }
        Far::Stage(_) => true,
    });
}

fn keep_best_stage(kept: &mut Vec<(Candidate, f32)>) {
    let mut best: BTreeMap<usize, f32> = BTreeMap::new();
    for (c, s) in kept.iter().filter(|(c, _)| c.predicate == Predicate::Status) {
        let top = best.entry(c.subject).or_insert(*s);
        *top = top.max(*s);
    }
    kept.retain(|(c, s)| c.predicate != Predicate::Status || best.get(&c.subject) == Some(s));
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
