//! What a scoring tells, as tables: for text, Markdown and the page alike.

use super::Scoring;
use crate::cli::report::{Columns, Section};
use jinxiu::evaluation::{Contrast, Counts, FAULTS, Interval, Level, Part, PerDocument, by_origin, faults};

const HEADS: [&str; 7] = ["", "P", "R", "F1", "right", "gold", "found"];

fn numbers(key: &'static str, title: &str, heads: &[&str]) -> Section {
    Section::new(key, title, Columns::Numbers, heads)
}

fn figures((label, counts): (String, Counts)) -> Vec<String> {
    let three = [counts.precision(), counts.recall(), counts.f1()].map(|figure| format!("{figure:.3}"));
    let counts = [counts.right, counts.gold, counts.system].map(|count| count.to_string());
    std::iter::once(label.trim().to_owned()).chain(three).chain(counts).collect()
}

/// Precision, recall and F1 of each level.
pub(super) fn levels(scoring: &Scoring<'_>) -> Section {
    numbers("scores", "Scores", &HEADS).with(scoring.report.rows(&[]).into_iter().map(figures))
}

/// The same by type or by kind.
pub(super) fn parts(scoring: &Scoring<'_>, part: Part) -> Section {
    let (key, title) = if part == Part::Types { ("types", "By type") } else { ("kinds", "By kind") };
    let rows = scoring.report.rows(&[part]).into_iter().skip(Level::ALL.len());
    numbers(key, title, &HEADS).with(rows.map(figures))
}

/// How many mentions are wrong in which way.
pub(super) fn wrong(scoring: &Scoring<'_>) -> Section {
    let counts = faults(scoring.gold, scoring.system);
    let rows = FAULTS.iter().map(|fault| vec![(*fault).to_owned(), counts[fault].to_string()]);
    numbers("faults", "Wrong mentions", &["", "count"]).with(rows)
}

/// How often each rule, list and model was right, those that erred most often first.
pub(super) fn origins(scoring: &Scoring<'_>) -> Section {
    let mut found: Vec<_> = by_origin(scoring.gold, scoring.system).into_iter().collect();
    found.sort_by_key(|(name, (right, all))| (std::cmp::Reverse(all - right), name.clone()));
    let rows = found.into_iter().map(|(name, (right, all))| {
        let precision = Counts { right, gold: 0, system: all }.precision();
        vec![name, format!("{precision:.3}"), right.to_string(), (all - right).to_string()]
    });
    numbers("rules", "By what found it", &["", "P", "right", "wrong"]).with(rows)
}

/// The F1 of each document.
pub(super) fn documents(scored: &PerDocument) -> Section {
    let levels = Level::ALL.map(|level| level.to_string());
    let heads: Vec<&str> = std::iter::once("").chain(levels.iter().map(String::as_str)).collect();
    let rows = scored.documents.iter().enumerate().map(|(place, document)| {
        let figures = Level::ALL.map(|level| format!("{:.3}", scored.of(place, level).f1()));
        std::iter::once(document.clone()).chain(figures).collect()
    });
    numbers("documents", "F1 by document", &heads).with(rows)
}

/// Between which bounds each F1 lies.
pub(super) fn intervals(scored: &PerDocument) -> Section {
    let rows = Level::ALL.map(|level| {
        let Interval { low, high } = scored.interval(level);
        vec![level.to_string(), format!("{low:.3}"), format!("{high:.3}")]
    });
    numbers("intervals", "F1 in nineteen of twenty draws of the documents", &["", "from", "to"]).with(rows)
}

/// How another run differs from this one.
pub(super) fn contrast(scored: &PerDocument, other: &PerDocument) -> Section {
    let rows = Level::ALL.map(|level| {
        let Contrast { difference, interval, chance } = scored.contrast(other, level);
        let signed = [difference, interval.low, interval.high].map(|figure| format!("{figure:+.3}"));
        let cells = std::iter::once(level.to_string()).chain(signed);
        cells.chain([format!("{chance:.3}")]).collect::<Vec<_>>()
    });
    let heads = ["", "F1", "from", "to", "chance"];
    numbers(
        "contrast",
        "The other run less this one, in nineteen of twenty draws, and by what chance",
        &heads,
    )
    .with(rows)
}

/// What was missed and what was wrong.
pub(super) fn differences(scoring: &Scoring<'_>) -> Section {
    let rows = scoring.report.differences.iter();
    let rows = rows.map(|d| vec![d.document.clone(), d.kind.to_owned(), d.parts.join(" ")]);
    Section::new("differences", "Differences", Columns::Words, &["document", "fault", "what"]).with(rows)
}
