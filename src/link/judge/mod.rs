//! Judging: evidence is added up, gates are tried, and each candidate is accepted, kept for review or refused.

mod bodies;
mod industries;
mod places;
mod zones;

use super::context::Surroundings;
use super::{Catalogue, Hit, Kind, Record, Relation, Source, Subject};
use crate::document::Class;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// A sum of evidence from which a link is accepted.
const ACCEPT: f64 = 0.74;
/// A sum of evidence from which a person is asked.
const REVIEW: f64 = 0.45;
/// How far the best candidate must be above the next.
const MARGIN: f64 = 0.07;
/// How many candidates are told of.
const MOST_TOLD: usize = 12;

/// One thing that speaks for or against a candidate, and how much.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// What was compared.
    pub feature: &'static str,
    /// What it adds.
    pub weight: f64,
    /// In words.
    pub words: String,
}

/// What becomes of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It is linked.
    Accept,
    /// A person is to say.
    Review,
    /// It is not linked.
    Refuse,
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Accept => "accept",
            Self::Review => "review",
            Self::Refuse => "refuse",
        })
    }
}

/// A candidate with the judgement on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What it leads to.
    pub record: Arc<Record>,
    /// How the two are related.
    pub relation: Relation,
    /// What becomes of it.
    pub decision: Decision,
    /// The sum of the evidence, from 0 to 0.999.
    pub confidence: f64,
    /// What was added up.
    pub evidence: Vec<Evidence>,
    /// Gates that failed.
    pub gates: Vec<String>,
    /// The name of the subject that led to it.
    pub matched: String,
    /// Who decided, if a person did.
    pub reviewer: Option<String>,
}

/// Why nothing in a source is linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The source has nothing of that name.
    NoCandidate,
    /// What it has is too unsure.
    BelowThreshold,
    /// A person is to decide.
    Undecided,
    /// A person said no.
    RefusedByPerson,
    /// It is more than any single thing of the source.
    NoSingleThing(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCandidate => f.write_str("no candidate"),
            Self::BelowThreshold => f.write_str("below threshold"),
            Self::Undecided => f.write_str("waits for review"),
            Self::RefusedByPerson => f.write_str("refused by a person"),
            Self::NoSingleThing(why) => write!(f, "no single thing: {why}"),
        }
    }
}

/// What a source has to say of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The name of the source.
    pub source: String,
    /// Candidates with their judgements, the surest first.
    pub links: Vec<Link>,
    /// Why nothing is accepted; none where something is.
    pub nil: Option<Reason>,
}

impl Finding {
    /// The links that are accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| link.decision == Decision::Accept)
    }

    /// Says anew why nothing is accepted, after decisions have changed.
    pub fn settle(&mut self) {
        let some =
            |decision| self.links.iter().any(|l| l.decision == decision && l.relation != Relation::Within);
        let refused = self.links.iter().any(|l| l.decision == Decision::Refuse && l.reviewer.is_some());
        self.nil = match self.nil.take() {
            _ if some(Decision::Accept) => None,
            Some(reason @ Reason::NoSingleThing(_)) => Some(reason),
            _ if some(Decision::Review) => Some(Reason::Undecided),
            _ if refused => Some(Reason::RefusedByPerson),
            _ if self.links.iter().all(|l| l.relation == Relation::Within) => Some(Reason::NoCandidate),
            _ => Some(Reason::BelowThreshold),
        };
    }
}

/// A candidate while evidence is being added.
struct Weighed {
    hit: Hit,
    relation: Relation,
    evidence: Vec<Evidence>,
    gates: Vec<String>,
    matched: String,
}

impl Weighed {
    fn new(hit: Hit, relation: Relation, matched: &str) -> Self {
        Self { hit, relation, evidence: Vec::new(), gates: Vec::new(), matched: matched.to_owned() }
    }

    fn weigh(&mut self, feature: &'static str, weight: f64, words: impl Into<String>) {
        self.evidence.push(Evidence { feature, weight, words: words.into() });
    }

    fn gate(&mut self, failed: Option<String>) {
        self.gates.extend(failed);
    }

    fn sum(&self) -> f64 {
        let sum: f64 = self.evidence.iter().map(|e| e.weight).sum();
        (sum.clamp(0.0, 0.999) * 1000.0).round() / 1000.0
    }
}

/// All that the sources say of a subject, in the order of the catalogue; sources that know nothing of its class are not
/// asked.
pub fn link(subject: &Subject, catalogue: &Catalogue) -> Vec<Finding> {
    let around = Surroundings::of(subject, catalogue.divisions());
    match subject.class {
        Class::Place => places::link(subject, &around, catalogue),
        Class::Zone => zones::link(subject, &around, catalogue),
        Class::Industry => industries::link(subject, catalogue),
        _ => {
            let divisions = catalogue.divisions();
            asked(subject, catalogue).map(|source| bodies::link(subject, source, divisions)).collect()
        }
    }
}

/// The records of a source that bear a folded name and are not known to be of another class: a dump holds several.
fn named(source: &dyn Source, folded: &str, classes: &[Class]) -> Vec<Hit> {
    let mut hits = source.with_name(folded);
    hits.retain(|hit| hit.record.kind == Kind::Other || classes.contains(&hit.record.kind.class()));
    hits
}

/// The sources that know the class of a subject.
fn asked<'c>(subject: &Subject, catalogue: &'c Catalogue) -> impl Iterator<Item = &'c dyn Source> {
    let class = subject.class;
    catalogue.sources().filter(move |source| source.about().classes.contains(&class))
}

/// Judges weighed candidates, of which at most one can be right.
fn decide(source: &dyn Source, mut weighed: Vec<Weighed>) -> Finding {
    weighed.sort_by(|a, b| b.sum().total_cmp(&a.sum()).then_with(|| a.hit.record.id.cmp(&b.hit.record.id)));
    let second = weighed.get(1).map_or(0.0, Weighed::sum);
    let rival = weighed.get(1).map(|w| w.hit.record.id.clone());
    let mut accepted = false;
    let mut links = Vec::new();
    for (place, mut candidate) in weighed.into_iter().take(MOST_TOLD).enumerate() {
        let sum = candidate.sum();
        if place == 0 && sum >= REVIEW && sum - second < MARGIN {
            candidate.gates.push(format!("{} is as likely", rival.clone().unwrap_or_default()));
        }
        let decision = match () {
            () if place == 0 && sum >= ACCEPT && candidate.gates.is_empty() => Decision::Accept,
            () if !accepted && sum >= REVIEW => Decision::Review,
            () => Decision::Refuse,
        };
        accepted |= decision == Decision::Accept;
        links.push(judged(candidate, decision));
    }
    let mut finding = Finding { source: source.about().name.clone(), links, nil: None };
    finding.settle();
    finding
}

fn judged(candidate: Weighed, decision: Decision) -> Link {
    let confidence = candidate.sum();
    Link {
        record: candidate.hit.record,
        relation: candidate.relation,
        decision,
        confidence,
        evidence: candidate.evidence,
        gates: candidate.gates,
        matched: candidate.matched,
        reviewer: None,
    }
}
