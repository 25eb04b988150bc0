//! Scores extractions against gold annotations.
//!
//! Go in: two lists of [`Annotation`]s, paired by id. Comes out: a [`Report`] with precision, recall and F1 of mentions,
//! entities, relations, observations and figures, pooled over the documents of the gold list. A document that the system
//! lacks counts as found empty; one that the gold lacks is passed over.

mod annotation;
mod calibration;
mod faults;
mod marked;
mod pairing;
mod report;
mod resample;
mod sameness;

pub use annotation::{Annotation, EvaluationError, load};
pub use calibration::{Bin, Calibration, calibrate, traded};
pub use faults::{FAULTS, faults};
pub use marked::{Mark, Piece, Standing, by_origin, marks, pieces};
pub use report::{Counts, Difference, Level, Part, Report, print};
pub use resample::{Contrast, Interval, PerDocument};
pub use sameness::{Across, Labels, Parted, Sameness, agreement, parted};

use pairing::{End, Pairs, RelationKey, paired, relation_key, relation_keys, same_figure, same_observation};
use std::collections::{BTreeMap, BTreeSet};

/// Scores the system's annotations against the gold ones.
pub fn score(gold: &[Annotation], system: &[Annotation]) -> Result<Report, EvaluationError> {
    let by_id: BTreeMap<&str, &Annotation> = system.iter().map(|found| (found.id.as_str(), found)).collect();
    let nothing = Annotation::default();
    let mut report = Report::default();
    for expected in gold {
        let found = by_id.get(expected.id.as_str()).copied().unwrap_or(&nothing);
        let hashes = (&expected.text_sha256, &found.text_sha256);
        if !hashes.0.is_empty() && !hashes.1.is_empty() && hashes.0 != hashes.1 {
            return Err(EvaluationError::OtherText(expected.id.clone()));
        }
        score_document(&mut report, expected, found);
    }
    Ok(report)
}

fn score_document(report: &mut Report, gold: &Annotation, system: &Annotation) {
    score_mentions(report, gold, system);
    let pairs = Pairs::new(&gold.entities, &system.entities);
    score_entities(report, (gold, system), &pairs);
    let end = |id: &str| pairs.reached(id).map_or_else(|| format!("?{id}"), str::to_owned);
    let (expected, found) = (relation_keys(gold, str::to_owned), relation_keys(system, end));
    report.compare(Level::Relations, &expected, &found, |key| key.predicate.clone());
    let (figures, others) = (&gold.observations, &system.observations);
    let observations = paired(figures, others, |g, s| same_observation(g, s, |id| pairs.reached(id))).len();
    let alike = paired(figures, others, same_figure).len();
    for (level, right) in [(Level::Observations, observations), (Level::Figures, alike)] {
        report.levels.entry(level).or_default().add(Counts {
            right,
            gold: figures.len(),
            system: others.len(),
        });
    }
    note_entities(report, (gold, system), &pairs);
    let names = Names::new(gold, system);
    note_relations(report, &gold.id, "missed relation", expected.difference(&found), &names);
    note_relations(report, &gold.id, "wrong relation", found.difference(&expected), &names);
}

impl Report {
    fn add(&mut self, level: Level, kind: &str, counts: Counts) {
        self.levels.entry(level).or_default().add(counts);
        self.types.entry((level.to_string(), kind.to_owned())).or_default().add(counts);
    }

    /// Counts what two sets share, for each kind of their members.
    fn compare<T: Ord>(
        &mut self,
        level: Level,
        gold: &BTreeSet<T>,
        system: &BTreeSet<T>,
        kind: impl Fn(&T) -> String,
    ) {
        let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
        gold.iter().for_each(|key| counts.entry(kind(key)).or_default().gold += 1);
        system.iter().for_each(|key| counts.entry(kind(key)).or_default().system += 1);
        gold.intersection(system).for_each(|key| counts.entry(kind(key)).or_default().right += 1);
        counts.iter().for_each(|(kind, counts)| self.add(level, kind, *counts));
    }
}

fn score_mentions(report: &mut Report, gold: &Annotation, system: &Annotation) {
    let (expected, found) = (spans(gold, Some), spans(system, Some));
    report.compare(Level::Mentions, &expected, &found, |(_, _, class)| (*class).to_owned());
    let (expected, found) = (spans(gold, pooled), spans(system, pooled));
    for kind in KINDS {
        let of_kind =
            |spans: &BTreeSet<(usize, usize, &str)>| spans.iter().filter(|span| span.2 == kind).count();
        let right = expected.intersection(&found).filter(|span| span.2 == kind).count();
        let counts = Counts { right, gold: of_kind(&expected), system: of_kind(&found) };
        report.kinds.entry(kind).or_default().add(counts);
    }
}

const KINDS: [&str; 3] = ["Person", "Place+Zone", "Enterprise+Organization"];

fn pooled(class: &str) -> Option<&str> {
    match class {
        "Person" => Some(KINDS[0]),
        "Place" | "Zone" => Some(KINDS[1]),
        "Enterprise" | "Organization" => Some(KINDS[2]),
        _ => None,
    }
}

/// Every mention as start, end and what `kind` makes of its type.
fn spans<'a>(
    document: &'a Annotation,
    kind: impl Fn(&'a str) -> Option<&'a str>,
) -> BTreeSet<(usize, usize, &'a str)> {
    let of = |entity: &'a annotation::Named| {
        let class = kind(&entity.class);
        entity.mentions.iter().filter_map(move |(start, end)| Some((*start, *end, class?)))
    };
    document.entities.iter().flat_map(of).collect()
}

/// What found each mention and each relation of an extraction, and whether it was right.
fn origins<'a>(gold: &Annotation, system: &'a Annotation) -> Vec<(&'a str, bool)> {
    let expected = spans(gold, Some);
    let mut origins = Vec::new();
    for entity in &system.entities {
        for ((start, end), by) in entity.mentions.iter().zip(&entity.found_by) {
            origins.push((by.as_str(), expected.contains(&(*start, *end, entity.class.as_str()))));
        }
    }
    let pairs = Pairs::new(&gold.entities, &system.entities);
    let end = |id: &str| pairs.reached(id).map_or_else(|| format!("?{id}"), str::to_owned);
    let expected = relation_keys(gold, str::to_owned);
    for relation in &system.relations {
        origins.push((relation.found_by.as_str(), expected.contains(&relation_key(relation, &end))));
    }
    origins
}

fn score_entities(report: &mut Report, (gold, system): (&Annotation, &Annotation), pairs: &Pairs) {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    gold.entities.iter().for_each(|entity| counts.entry(&entity.class).or_default().gold += 1);
    for entity in &system.entities {
        let counts = counts.entry(&entity.class).or_default();
        counts.system += 1;
        counts.right += usize::from(pairs.exact.contains_key(entity.id.as_str()));
    }
    counts.iter().for_each(|(class, counts)| report.add(Level::Entities, class, *counts));
}

fn note_entities(report: &mut Report, (gold, system): (&Annotation, &Annotation), pairs: &Pairs) {
    let found: BTreeSet<&str> = pairs.exact.values().copied().collect();
    let missed =
        gold.entities.iter().filter(|e| !found.contains(e.id.as_str())).map(|e| ("missed entity", e));
    let wrong = system
        .entities
        .iter()
        .filter(|e| !pairs.exact.contains_key(e.id.as_str()))
        .map(|e| ("wrong entity", e));
    report.differences.extend(missed.chain(wrong).map(|(kind, entity)| Difference {
        document: gold.id.clone(),
        kind,
        parts: vec![entity.class.clone(), entity.name.clone()],
    }));
}

/// Names of the entities of both sides, by id; those of the system begin with a question mark where they reach none.
struct Names<'a>(BTreeMap<String, &'a str>);

impl<'a> Names<'a> {
    fn new(gold: &'a Annotation, system: &'a Annotation) -> Self {
        let found = system.entities.iter().map(|entity| (format!("?{}", entity.id), entity.name.as_str()));
        let expected = gold.entities.iter().map(|entity| (entity.id.clone(), entity.name.as_str()));
        Self(found.chain(expected).collect())
    }

    fn show(&self, id: &str) -> String {
        self.0.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned())
    }
}

fn note_relations<'a>(
    report: &mut Report,
    document: &str,
    kind: &'static str,
    keys: impl Iterator<Item = &'a RelationKey>,
    names: &Names,
) {
    for key in keys {
        let object = match &key.object {
            End::Value(value) => value.clone(),
            End::Entity(id) => names.show(id),
        };
        let parts = vec![names.show(&key.subject), key.predicate.clone(), object];
        report.differences.push(Difference { document: document.to_owned(), kind, parts });
    }
}
