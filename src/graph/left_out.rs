//! What was considered and left out, in the words of the text.

use super::assemble::{apart, ends};
use super::resolve::resolve;
use crate::document::{LeftOut, Predicate, Status};
use crate::facts::{Fact, FactObject, Rejected, Why};
use crate::mentions::{Mention, PassedOver};
use crate::text::Text;
use std::collections::BTreeMap;

/// A relation as likely as this came near to being stated.
const NEAR: f32 = 0.1;

/// The names and relations that were left out; `facts` are those that were not, of which some are told by others.
pub fn left_out(
    text: &Text,
    mentions: &[Mention],
    (passed, rejected): (&[PassedOver], Vec<Rejected>),
    facts: &[Fact],
) -> Vec<LeftOut> {
    let mut all: Vec<LeftOut> = passed.iter().map(|p| name(text, p)).collect();
    let merged = merged_away(text, mentions, facts);
    all.extend(rejected.iter().chain(&merged).map(|r| relation(text, mentions, r)));
    all
}

fn name(text: &Text, passed: &PassedOver) -> LeftOut {
    let m = &passed.mention;
    LeftOut {
        subject: words(text, (m.start, m.end)),
        property: "type".to_owned(),
        value: m.class.to_string(),
        span: text.view.to_text(m.start, m.end).into(),
        found_by: m.found_by.clone(),
        confidence: m.confidence,
        why: passed.why.clone(),
        near: !passed.otherwise_bounded,
    }
}

fn relation(text: &Text, mentions: &[Mention], rejected: &Rejected) -> LeftOut {
    let Rejected { fact, why } = rejected;
    let named = |mention: usize| words(text, (mentions[mention].start, mentions[mention].end));
    LeftOut {
        subject: named(fact.subject),
        property: fact.predicate.to_string(),
        value: match fact.object {
            FactObject::Mention(object) => named(object),
            FactObject::Status(stage) => stage.to_string(),
        },
        span: text.view.to_text(fact.evidence.0, fact.evidence.1).into(),
        found_by: fact.found_by.clone(),
        confidence: fact.confidence,
        why: why.to_string(),
        near: !matches!(why, Why::Unlikely(_)) || fact.confidence >= NEAR,
    }
}

fn words(text: &Text, (start, end): (usize, usize)) -> String {
    let (start, end) = text.view.to_text(start, end);
    text.quote(start, end)
}

/// Facts that are none once it is known which names are one thing.
fn merged_away(text: &Text, mentions: &[Mention], facts: &[Fact]) -> Vec<Rejected> {
    let resolved = resolve(&text.view, mentions, &apart(text, mentions, facts));
    let mut furthest: BTreeMap<usize, Status> = BTreeMap::new();
    for fact in facts {
        if let (subject, _, (_, Some(stage))) = ends(fact, &resolved) {
            let known = furthest.entry(subject).or_insert(stage);
            *known = (*known).max(stage);
        }
    }
    let why = |fact: &Fact| match ends(fact, &resolved) {
        (subject, Predicate::Status, (_, Some(stage))) => {
            furthest.get(&subject).filter(|top| **top != stage).map(|top| Why::Further(*top))
        }
        (subject, _, (object, _)) => (subject == object).then_some(Why::Itself),
    };
    facts.iter().filter_map(|fact| Some(Rejected { why: why(fact)?, fact: fact.clone() })).collect()
}
