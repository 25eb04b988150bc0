//! In what way a mention is wrong: its edges, its type, both; or it is missing, or nothing is there; or it is right and
//! taken for another thing.

use super::Annotation;
use super::pairing::Pairs;
use std::collections::{BTreeMap, BTreeSet};

/// The ways, in the order in which they are told.
pub const FAULTS: [&str; 6] = ["boundary", "type", "boundary and type", "missing", "spurious", "wrong link"];

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
        *counts.entry(FAULTS[5]).or_default() += wrong_links(expected, found);
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

/// How many mentions are as they should be, but those of another thing.
fn wrong_links(gold: &Annotation, system: &Annotation) -> usize {
    let pairs = Pairs::new(&gold.entities, &system.entities);
    let expected: BTreeMap<Mention<'_>, &str> = things(gold).collect();
    let is_wrong = |(mention, id): &(Mention<'_>, &str)| {
        expected.get(mention).is_some_and(|thing| pairs.reached(id) != Some(*thing))
    };
    things(system).filter(is_wrong).count()
}

/// Every mention with the thing that it names.
fn things(document: &Annotation) -> impl Iterator<Item = (Mention<'_>, &str)> {
    document.entities.iter().flat_map(|entity| {
        let mentions = entity.mentions.iter();
        mentions.map(|(start, end)| ((*start, *end, entity.class.as_str()), entity.id.as_str()))
    })
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
    fn a_right_mention_of_another_thing_is_a_wrong_link() {
        let read = |entities: &str| -> Annotation {
            serde_json::from_str(&format!("{{\"id\":\"a\",\"entities\":[{entities}]}}")).unwrap()
        };
        let entity = |id: &str, name: &str, mentions: &str| {
            format!(
                "{{\"id\":\"{id}\",\"type\":\"Enterprise\",\"name\":\"{name}\",\"mentions\":[{mentions}]}}"
            )
        };
        let gold = read(&[entity("1", "甲公司", "[0,3],[9,11]"), entity("2", "乙公司", "[5,8]")].join(","));
        let system = read(&[entity("a", "甲公司", "[0,3]"), entity("b", "乙公司", "[5,8],[9,11]")].join(","));
        assert_eq!(faults(std::slice::from_ref(&gold), &[system])["wrong link"], 1);
        assert_eq!(faults(std::slice::from_ref(&gold), std::slice::from_ref(&gold))["wrong link"], 0);
    }

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
