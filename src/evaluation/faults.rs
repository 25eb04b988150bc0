//! In what way a mention is wrong: its edges, its type, both; or it is missing, or nothing is there.

use super::Annotation;
use std::collections::{BTreeMap, BTreeSet};

/// The ways, in the order in which they are told.
pub const FAULTS: [&str; 5] = ["boundary", "type", "boundary and type", "missing", "spurious"];

type Mention<'a> = (usize, usize, &'a str);

/// How many mentions are wrong in which way.
pub fn faults(gold: &[Annotation], system: &[Annotation]) -> BTreeMap<&'static str, usize> {
    let mut counts: BTreeMap<&'static str, usize> = FAULTS.iter().map(|fault| (*fault, 0)).collect();
    let nothing = Annotation::default();
    for expected in gold {
        let found = system.iter().find(|found| found.id == expected.id).unwrap_or(&nothing);
        for fault in of_document(&super::spans(expected, Some), &super::spans(found, Some)) {
            *counts.entry(fault).or_default() += 1;
        }
    }
    counts
}

/// Each wrong or missing mention once; what overlaps is taken together, the same edges first, then the same type.
fn of_document(gold: &BTreeSet<Mention<'_>>, system: &BTreeSet<Mention<'_>>) -> Vec<&'static str> {
    let mut missed: Vec<&Mention<'_>> = gold.difference(system).collect();
    let mut faults = Vec::new();
    let mut left: Vec<&Mention<'_>> = system.difference(gold).collect();
    for way in [FAULTS[1], FAULTS[0], FAULTS[2]] {
        left.retain(|found| {
            let pair = missed.iter().position(|expected| fits(expected, found, way));
            faults.extend(pair.map(|place| {
                missed.remove(place);
                way
            }));
            pair.is_none()
        });
    }
    faults.extend(missed.iter().map(|_| FAULTS[3]));
    faults.extend(left.iter().map(|_| FAULTS[4]));
    faults
}

fn fits(expected: &Mention<'_>, found: &Mention<'_>, way: &str) -> bool {
    let same_edges = (expected.0, expected.1) == (found.0, found.1);
    let overlaps = expected.0 < found.1 && found.0 < expected.1;
    match way {
        "type" => same_edges,
        "boundary" => overlaps && expected.2 == found.2,
        _ => overlaps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_mention_is_of_one_kind() {
        let gold = BTreeSet::from([
            (0, 2, "Place"),
            (4, 8, "Zone"),
            (10, 12, "Person"),
            (20, 24, "Policy"),
            (30, 32, "Place"),
        ]);
        let system = BTreeSet::from([
            (0, 2, "Zone"),
            (5, 8, "Zone"),
            (10, 11, "Place"),
            (40, 42, "Place"),
            (30, 32, "Place"),
        ]);
        let mut faults = of_document(&gold, &system);
        faults.sort_unstable();
        assert_eq!(faults, ["boundary", "boundary and type", "missing", "spurious", "type"]);
    }
}
