//! What speaks for or against a period as that of a figure, as a row of numbers.

use super::scene::{Scene, unit_number};
use super::wording::Wording;
use crate::facts::figures::source::Source;
use crate::mentions::periods::{Expression, Role, last_year};
use crate::text::{Date, LineKind};
use crate::trees::truth;
use std::collections::BTreeMap;

/// So many expressions of time before a number may date its figure.
const BEFORE: usize = 7;
/// So many after it in its sentence.
const AFTER: usize = 2;
/// Stands for "not there" where a number is a distance.
const NOWHERE: f32 = 999.0;

/// Words before a number that say how its figure lies in time.
const CUES: &[&str] = &[
    "目前",
    "截至",
    "现有",
    "已",
    "累计",
    "共",
    "将",
    "拟",
    "计划",
    "预计",
    "同比",
    "新增",
    "总投资",
    "年产",
    "日",
    "每年",
    "达产",
];

/// The times of a text as periods of its figures.
pub(super) struct Periods<'a> {
    source: &'a Source<'a>,
    /// When the text appeared.
    date: Option<Date>,
    /// How often the rules give each period, as a share of all figures.
    share: BTreeMap<&'a str, f32>,
}

/// What kind of period an ISO 8601 text is, from 0 to 7.
pub(super) fn kind(iso: &str) -> usize {
    let parts = |text: &str| text.split('-').count();
    match iso.split_once('/') {
        _ if iso.is_empty() => 0,
        Some((from, _)) => 4 + parts(from).min(3),
        None if iso.contains('Q') => 4,
        None => parts(iso).min(3),
    }
}

fn names(expression: &Expression, iso: &str) -> bool {
    expression.iso == iso || expression.to_the_day() == iso
}

impl<'a> Periods<'a> {
    pub(super) fn new(source: &'a Source<'a>, scenes: &[Scene<'a>]) -> Self {
        let mut share: BTreeMap<&str, f32> = BTreeMap::new();
        for scene in scenes {
            *share.entry(scene.figure.period.as_str()).or_default() += 1.0 / scenes.len() as f32;
        }
        Self { source, date: source.text.date(), share }
    }

    /// The periods that a figure may have, each with its row, in their order.
    pub(super) fn rows(&self, scene: &Scene<'_>, wording: &Wording) -> Vec<(String, Vec<f32>)> {
        let (shares, of_figure) = (wording.shares(scene.figure), self.of_figure(scene));
        let near = self.near(scene);
        let row = |iso: String| {
            let mut row = Vec::with_capacity(80);
            self.of_period(&iso, scene, &mut row);
            self.of_place(&iso, scene, near, &mut row);
            row.extend(&of_figure);
            shares.iter().for_each(|(share, known)| row.extend([share[kind(&iso)], *known]));
            (iso, row)
        };
        self.candidates(scene, near).into_iter().map(row).collect()
    }

    /// The last expressions before a number, and the next ones after it in its sentence.
    fn near(&self, scene: &Scene<'_>) -> (&'a [Expression], &'a [Expression]) {
        let all = &self.source.times.all;
        let at = all.partition_point(|e| e.start < scene.figure.written.0);
        let end = all.partition_point(|e| e.start < scene.sentence.end).min(at + AFTER);
        (&all[at.saturating_sub(BEFORE)..at], &all[at..end.max(at)])
    }

    fn candidates(&self, scene: &Scene<'_>, (before, after): (&[Expression], &[Expression])) -> Vec<String> {
        let mut found = vec![String::new(), scene.figure.period.clone()];
        found.extend(scene.previous.map(|figure| figure.period.clone()));
        for expression in before.iter().chain(after) {
            found.extend([expression.iso.clone(), expression.to_the_day()]);
        }
        found.extend(self.source.times.today.year.map(|year| year.to_string()));
        found.extend(self.source.times.latest().map(str::to_owned));
        if let Some((year, Some(month), day)) = self.date {
            found.push(format!("{year}-{month:02}"));
            found.extend(day.map(|day| format!("{year}-{month:02}-{day:02}")));
        }
        found.sort();
        found.dedup();
        found
    }

    /// What the period is, and what the rules say of it.
    fn of_period(&self, iso: &str, scene: &Scene<'_>, row: &mut Vec<f32>) {
        let today = &self.source.times.today;
        row.push(kind(iso) as f32);
        row.extend([truth(scene.figure.period == iso), kind(&scene.figure.period) as f32]);
        row.push(self.share.get(iso).copied().unwrap_or_default());
        let years = last_year(iso).zip(today.year).map_or(NOWHERE, |(year, now)| (year - now) as f32);
        row.extend([years, truth(today.year.is_some_and(|year| year.to_string() == iso))]);
        row.extend([truth(today.year.is_some()), truth(today.inferred), truth(today.reviewed.is_some())]);
        let (year, month) = (self.date.map(|d| d.0), self.date.and_then(|d| d.1));
        let this_month = year.zip(month).map(|(year, month)| format!("{year}-{month:02}"));
        row.push(truth(this_month.is_some_and(|month| iso.starts_with(&month))));
        row.push(truth(self.source.times.latest() == Some(iso)));
        let before = scene.previous.is_some_and(|figure| figure.period == iso);
        row.extend([truth(before), truth(before && scene.goes_on)]);
    }

    /// Where it is named, seen from the number, and what else is named there.
    fn of_place(
        &self,
        iso: &str,
        scene: &Scene<'_>,
        (before, after): (&[Expression], &[Expression]),
        row: &mut Vec<f32>,
    ) {
        let (at, clause) = (scene.figure.written.0, scene.figure.evidence.0);
        let last = before.iter().rposition(|e| names(e, iso));
        let found = last.map(|at| &before[at]);
        row.push(found.map_or(9.0, |e| role_number(e.role)));
        row.push(found.map_or(NOWHERE, |e| at.saturating_sub(e.end) as f32).min(NOWHERE));
        row.push(last.map_or(9.0, |place| (before.len() - 1 - place) as f32));
        row.push(truth(found.is_some_and(|e| e.start >= clause)));
        row.push(truth(found.is_some_and(|e| e.start >= scene.sentence.start)));
        let sentences = &self.source.text.sentences;
        let own = found.map(|e| sentences.partition_point(|s| s.start <= e.start).saturating_sub(1));
        row.push(own.map_or(99.0, |own| scene.number.saturating_sub(own).min(20) as f32));
        row.push(truth(own.is_some_and(|own| sentences[own].line == scene.sentence.line)));
        row.push(truth(found.is_some_and(|e| self.source.is_named(e.start))));
        let behind = after.iter().find(|e| names(e, iso));
        row.push(behind.map_or(NOWHERE, |e| (e.start - at) as f32));
        row.push(self.source.times.all.iter().take(500).filter(|e| names(e, iso)).count() as f32);
        row.push(before.iter().filter(|e| e.start >= clause).count() as f32);
        row.push(before.iter().filter(|e| e.start >= scene.sentence.start).count() as f32);
        let nearest = before.last().filter(|e| e.start >= scene.sentence.start);
        row.push(nearest.map_or(9.0, |e| role_number(e.role)));
    }

    /// What the figure is, and the words of its clause.
    fn of_figure(&self, scene: &Scene<'_>) -> Vec<f32> {
        let figure = scene.figure;
        let mut row =
            vec![figure.measure as u8 as f32, unit_number(&figure.unit), figure.modality as u8 as f32];
        row.push(self.source.mentions[figure.subject].class as u8 as f32);
        row.push(figure.written.0 as f32 / self.source.text.view.len() as f32);
        row.push(truth(scene.sentence.kind == LineKind::Heading));
        let view = &self.source.text.view;
        let own = view.slice(figure.evidence.0.min(figure.written.0), figure.written.0);
        row.extend(CUES.iter().map(|cue| truth(own.contains(cue))));
        row
    }
}

fn role_number(role: Role) -> f32 {
    match role {
        Role::Frame => 0.0,
        Role::Day => 1.0,
        Role::Deadline => 2.0,
        Role::Comparison => 3.0,
        Role::Now => 4.0,
        Role::Since => 5.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_kinds_of_periods_apart() {
        let all = ["", "2021", "2021-03", "2021-03-05", "2021-Q1", "2016/2020", "2022-01/2022-05"];
        assert_eq!(all.map(kind), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(kind("2023-07-01/2023-07-05"), 7);
    }
}
