//! Whether what is one thing is taken for one thing, within documents and across them: pairs and B-cubed.

use super::annotation::{Annotation, EvaluationError};
use super::report::Counts;
use crate::document::{Class, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A mention: its document, its span, its class.
pub type Place = (String, Span, String);

/// What each mention denotes, by any label.
pub type Labels = BTreeMap<Place, String>;

/// Which entities of different documents are one thing: a label for a document's entity.
#[derive(Debug, Clone, Default)]
pub struct Across(BTreeMap<(String, String), String>);

impl Across {
    /// Reads lines of label, document and entity between tabs; `#` begins a comment.
    pub fn load(path: &Path) -> Result<Self, EvaluationError> {
        let place = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|e| EvaluationError::Unreadable(place.clone(), e))?;
        Self::parse(&text).map_err(|line| EvaluationError::NoLabel(place, line))
    }

    /// As [`Across::load`]; of a line that is none its number.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut across = Self::default();
        for (line, number) in text.lines().zip(1..).filter(|(l, _)| !l.is_empty() && !l.starts_with('#')) {
            let [label, document, entity] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(number);
            };
            across.0.insert((document.to_owned(), entity.to_owned()), label.to_owned());
        }
        Ok(across)
    }

    fn label(&self, document: &str, entity: &str) -> String {
        let known = self.0.get(&(document.to_owned(), entity.to_owned()));
        known.cloned().unwrap_or_else(|| format!("{document}#{entity}"))
    }
}

impl Annotation {
    /// Every mention: the id of its entity, its class if that is one of the nine, its span.
    pub fn mentions(&self) -> impl Iterator<Item = (&str, Option<Class>, Span)> {
        self.entities.iter().flat_map(|entity| {
            let class = Class::parse(&entity.class);
            entity.mentions.iter().map(move |&span| (entity.id.as_str(), class, span.into()))
        })
    }

    /// What each mention denotes: an entity without a label in `across` is a thing of its document alone.
    pub fn labels(&self, across: &Across) -> Labels {
        let of = |(entity, class, span): (&str, Option<Class>, Span)| {
            let place = (self.id.clone(), span, class?.to_string());
            Some((place, across.label(&self.id, entity)))
        };
        self.mentions().filter_map(of).collect()
    }
}

/// How well two ways to tell things apart agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sameness {
    /// How many were compared.
    pub units: usize,
    /// Pairs that are one thing.
    pub pairs: Counts,
    /// Of these the pairs of different documents.
    pub across: Counts,
    /// B-cubed precision and recall.
    pub b_cubed: (f64, f64),
}

/// Agreement on the mentions that both have: mention by mention, and with each thing counted once in a document.
pub fn agreement(gold: &Labels, system: &Labels) -> [Sameness; 2] {
    let both = gold.iter().filter_map(|(place, label)| Some((place, label, system.get(place)?)));
    let mentions: Vec<[&str; 3]> =
        both.map(|(place, gold, system)| [place.0.as_str(), gold.as_str(), system.as_str()]).collect();
    let things: BTreeSet<[&str; 3]> = mentions.iter().copied().collect();
    [sameness(&mentions), sameness(&things.into_iter().collect::<Vec<_>>())]
}

/// Things by their label, each with the labels that it bears elsewhere and how often.
pub type Parted = BTreeMap<String, BTreeMap<String, usize>>;

/// The things of `one` that `other` takes for several.
pub fn parted(one: &Labels, other: &Labels) -> Parted {
    let mut parted = Parted::new();
    for (place, label) in one {
        if let Some(theirs) = other.get(place) {
            *parted.entry(label.clone()).or_default().entry(theirs.clone()).or_default() += 1;
        }
    }
    parted.retain(|_, parts| parts.len() > 1);
    parted
}

/// A unit: its document, its gold label, its system label.
type Unit<'a> = [&'a str; 3];

/// How many units are alike in some of their parts; the others are left empty.
fn sizes<'a>(units: &[Unit<'a>], parts: [bool; 3]) -> BTreeMap<Unit<'a>, usize> {
    let mut sizes = BTreeMap::new();
    for unit in units {
        let key = [0, 1, 2].map(|part| if parts[part] { unit[part] } else { "" });
        *sizes.entry(key).or_default() += 1;
    }
    sizes
}

fn sameness(units: &[Unit<'_>]) -> Sameness {
    let pairs = pairs_in(units, false);
    let inner = pairs_in(units, true);
    let across = Counts {
        right: pairs.right - inner.right,
        gold: pairs.gold - inner.gold,
        system: pairs.system - inner.system,
    };
    Sameness { units: units.len(), pairs, across, b_cubed: b_cubed(units) }
}

/// Pairs that are one thing by both, by gold, by the system; of one document, or of any.
fn pairs_in(units: &[Unit<'_>], of_one_document: bool) -> Counts {
    let count = |gold: bool, system: bool| {
        sizes(units, [of_one_document, gold, system]).values().map(|n| n * (n - 1) / 2).sum()
    };
    Counts { right: count(true, true), gold: count(true, false), system: count(false, true) }
}

fn b_cubed(units: &[Unit<'_>]) -> (f64, f64) {
    let (gold, system) = (sizes(units, [false, true, false]), sizes(units, [false, false, true]));
    let (mut precision, mut recall) = (0.0, 0.0);
    for ([_, g, s], count) in sizes(units, [false, true, true]) {
        precision += square(count, system[&["", "", s]]);
        recall += square(count, gold[&["", g, ""]]);
    }
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let total = units.len().max(1) as f64;
    (precision / total, recall / total)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn square(count: usize, size: usize) -> f64 {
    (count * count) as f64 / size as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(of: &[(&str, usize, &str)]) -> Labels {
        let place =
            |document: &str, start| (document.to_owned(), Span { start, end: start + 1 }, "Place".to_owned());
        of.iter().map(|(document, start, label)| (place(document, *start), (*label).to_owned())).collect()
    }

    #[test]
    fn pairs_and_b_cubed_are_counted_over_what_both_have() {
        let gold = labels(&[("a", 0, "x"), ("a", 1, "x"), ("b", 0, "x"), ("b", 1, "y"), ("b", 9, "z")]);
        let system = labels(&[("a", 0, "1"), ("a", 1, "1"), ("b", 0, "2"), ("b", 1, "2"), ("c", 0, "2")]);
        let [mentions, things] = agreement(&gold, &system);
        assert_eq!((mentions.units, things.units), (4, 3));
        assert_eq!(mentions.pairs, Counts { right: 1, gold: 3, system: 2 });
        assert_eq!(mentions.across, Counts { right: 0, gold: 2, system: 0 });
        let (precision, recall) = mentions.b_cubed;
        assert!(
            (precision - 0.75).abs() < 1e-9 && (recall - (4.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9
        );
    }

    #[test]
    fn an_entity_without_a_label_is_a_thing_of_its_document() {
        let across = Across::parse("# of two texts\n1\ta\te1\n").unwrap();
        assert_eq!((across.label("a", "e1"), across.label("b", "e1")), ("1".to_owned(), "b#e1".to_owned()));
        assert_eq!(Across::parse("1\ta\te1\n2 b e1\n").unwrap_err(), 2);
    }
}
