//! Places and indicators against periods: one row for each series, one column for each period.

use super::point::Point;
use super::shown::plain;
use std::collections::{BTreeMap, BTreeSet};

/// A table of series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pivot {
    /// The periods, in order; the empty one last.
    pub periods: Vec<String>,
    /// What each row is about, and its cells in the order of the periods. The values of one cell stand side by side, with ≠
    /// between them where they cannot all be right.
    pub rows: Vec<(Key, Vec<String>)>,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The name of the thing.
    pub subject: String,
    /// The quantity.
    pub indicator: String,
    /// Local name of the measure.
    pub measure: String,
    /// Local name of the modality.
    pub modality: String,
    /// The whole of a share.
    pub of: String,
    /// The sign of the unit.
    pub unit: String,
    iri: String,
}

/// Sets figures side by side.
pub fn pivot(points: &[Point]) -> Pivot {
    let mut series: BTreeMap<Key, BTreeMap<&str, Vec<&Point>>> = BTreeMap::new();
    for point in points {
        series.entry(key(point)).or_default().entry(point.period()).or_default().push(point);
    }
    let periods: BTreeSet<&str> = points.iter().map(Point::period).filter(|p| !p.is_empty()).collect();
    let mut periods: Vec<&str> = periods.into_iter().collect();
    if points.iter().any(|p| p.period().is_empty()) {
        periods.push("");
    }
    let cells = |by: &BTreeMap<&str, Vec<&Point>>| -> Vec<String> {
        periods.iter().map(|p| by.get(p).map_or_else(String::new, |values| cell(values))).collect()
    };
    let rows = series.iter().map(|(key, by)| (key.clone(), cells(by))).collect();
    Pivot { periods: periods.into_iter().map(str::to_owned).collect(), rows }
}

/// The values of a cell, each once.
fn cell(points: &[&Point]) -> String {
    let mut values: Vec<String> = Vec::new();
    for point in points {
        let value = format!("{}{}", mark(point.bound()), plain(point.value, point.unit()));
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let apart = points.iter().any(|a| points.iter().any(|b| a.interval().excludes(b.interval())));
    values.join(if apart { " ≠ " } else { "; " })
}

fn key(point: &Point) -> Key {
    let figure = &point.record.figure;
    Key {
        subject: point.record.name.clone(),
        indicator: point.concept.name.clone(),
        measure: figure.terms[0].clone(),
        modality: figure.terms[2].clone(),
        of: figure.of.clone(),
        unit: figure.unit.clone(),
        iri: point.record.subject.clone(),
    }
}

/// A sign before a value that is not exact.
fn mark(bound: &str) -> &'static str {
    match bound {
        "over" => ">",
        "under" => "<",
        "about" => "≈",
        _ => "",
    }
}
