//! Which entities, relations and figures of two annotations of one text are the same.

use super::annotation::{Annotation, Measured, Named, Stated};
use crate::text::fold_name;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Which gold entity each entity of the system is, by id.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a> {
    /// One to one: the same type and a name in common.
    pub exact: BTreeMap<&'a str, &'a str>,
    /// Many to one: a name in common, whatever the type.
    loose: BTreeMap<&'a str, &'a str>,
}

impl<'a> Pairs<'a> {
    /// Pairs entities in the order of the system's, longest names first.
    pub fn new(gold: &'a [Named], system: &'a [Named]) -> Self {
        let mut bearers: BTreeMap<String, Vec<&Named>> = BTreeMap::new();
        for entity in gold {
            names(entity).into_iter().for_each(|name| bearers.entry(name).or_default().push(entity));
        }
        let (mut pairs, mut used) = (Self::default(), BTreeSet::new());
        for entity in system {
            let mut names: Vec<String> = names(entity).into_iter().collect();
            names.sort_by_key(|name| Reverse(name.chars().count()));
            let hits: Vec<&Named> =
                names.iter().filter_map(|name| bearers.get(name)).flatten().copied().collect();
            let same = || hits.iter().filter(|hit| hit.class == entity.class);
            if let Some(hit) = same().next().or(hits.first()) {
                pairs.loose.insert(&entity.id, &hit.id);
            }
            if let Some(hit) = same().find(|hit| used.insert(hit.id.as_str())) {
                pairs.exact.insert(&entity.id, &hit.id);
            }
        }
        pairs
    }

    /// The gold entity that an entity of the system reaches.
    pub fn reached(&self, id: &str) -> Option<&'a str> {
        self.exact.get(id).or_else(|| self.loose.get(id)).copied()
    }
}

fn names(entity: &Named) -> BTreeSet<String> {
    std::iter::once(&entity.name)
        .chain(&entity.aliases)
        .map(|n| fold_name(n))
        .filter(|n| !n.is_empty())
        .collect()
}

/// A relation as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RelationKey {
    pub predicate: String,
    pub subject: String,
    pub object: End,
}

/// The far end of a compared relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Value(String),
    Entity(String),
}

/// The relations of an annotation, with the ids that `end` gives their ends.
pub(super) fn relation_keys(document: &Annotation, end: impl Fn(&str) -> String) -> BTreeSet<RelationKey> {
    document.relations.iter().map(|relation| relation_key(relation, &end)).collect()
}

/// One relation, with the ids that `end` gives its ends.
pub(super) fn relation_key(relation: &Stated, end: &impl Fn(&str) -> String) -> RelationKey {
    RelationKey {
        predicate: relation.predicate.clone(),
        subject: end(&relation.subject),
        object: match &relation.value {
            Some(value) => End::Value(value.clone()),
            None => End::Entity(end(relation.object.as_deref().unwrap_or_default())),
        },
    }
}

/// The figures of the system that pair one to one with those of the gold where `same` holds, the most similar indicators first.
pub(super) fn paired(
    gold: &[Measured],
    system: &[Measured],
    same: impl Fn(&Measured, &Measured) -> bool,
) -> BTreeSet<usize> {
    let mut taken = BTreeSet::new();
    for expected in gold {
        let mut best: Option<(usize, f64)> = None;
        let open = |(place, found): &(usize, &Measured)| !taken.contains(place) && same(expected, found);
        for (place, found) in system.iter().enumerate().filter(open) {
            let likeness = similarity(&expected.indicator, &found.indicator);
            if best.is_none_or(|(_, most)| likeness > most) {
                best = Some((place, likeness));
            }
        }
        taken.extend(best.map(|(place, _)| place));
    }
    taken
}

/// Whether value, unit, measure and indicator agree.
pub(super) fn same_figure(gold: &Measured, system: &Measured) -> bool {
    let scale = gold.value.abs().max(system.value.abs()).max(1.0);
    (gold.value - system.value).abs() <= 1e-6 * scale
        && gold.unit == system.unit
        && gold.measure == system.measure
        && similarity(&gold.indicator, &system.indicator) >= 0.5
}

/// Whether all fields agree; `reached` gives the gold entity of the system's subject.
pub(super) fn same_observation<'a>(
    gold: &'a Measured,
    system: &'a Measured,
    reached: impl Fn(&'a str) -> Option<&'a str>,
) -> bool {
    same_figure(gold, system)
        && gold.period.as_deref().unwrap_or_default() == system.period.as_deref().unwrap_or_default()
        && gold.modality == system.modality
        && gold.bound == system.bound
        && system.subject.as_deref().and_then(reached) == gold.subject.as_deref()
}

/// How alike two wordings of an indicator are: one holds the other, or the Dice coefficient of character pairs.
fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (fold_name(a), fold_name(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let shorter = a.chars().count().min(b.chars().count());
    if a == b || (shorter >= 3 && (a.contains(&b) || b.contains(&a))) {
        return 1.0;
    }
    let (x, y) = (character_pairs(&a), character_pairs(&b));
    #[expect(clippy::cast_precision_loss, reason = "names have few characters")]
    let dice = (2 * x.intersection(&y).count()) as f64 / (x.len() + y.len()) as f64;
    dice
}

fn character_pairs(text: &str) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() == 1 {
        return BTreeSet::from([text.to_owned()]);
    }
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_alike_when_one_holds_the_other_or_they_share_character_pairs() {
        assert!((similarity("地區生產總值", "地区生产总值") - 1.0).abs() < 1e-9);
        assert!((similarity("全市规上工业增加值", "工业增加值") - 1.0).abs() < 1e-9);
        assert!((similarity("甲乙丙", "乙丙丁") - 0.5).abs() < 1e-9);
        assert!(similarity("产量", "产") < 0.5);
    }
}
