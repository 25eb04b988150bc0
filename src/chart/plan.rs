//! What a chart shows, before it is drawn.

use crate::statistics::{Point, Scale, scaled};
use std::collections::BTreeMap;

/// A value in a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where it stands: years for a series, the place in the order for a comparison.
    pub at: f64,
    /// In the unit of the chart.
    pub value: f64,
    /// The number with the sign of its bound and the numbers of its sources.
    pub label: String,
    /// Whether it is an aim.
    pub target: bool,
    /// Whether it is stated without a bound.
    pub exact: bool,
}

/// The values of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// In the order of `at`.
    pub marks: Vec<Mark>,
}

/// How values are set out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines over time.
    Series,
    /// Bars, the longest first.
    Comparison,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The quantity, and the thing where there is one only.
    pub title: String,
    /// What is measured of it, in what unit, for what time.
    pub subtitle: String,
    /// How values are set out.
    pub form: Form,
    /// Where a period stands, with its name.
    pub ticks: Vec<(f64, String)>,
    /// The values.
    pub lines: Vec<Line>,
    /// The documents, in the order of their numbers.
    pub sources: Vec<String>,
}

/// Numbers of sources by document id, in the order in which values name them.
struct Sources<'a> {
    titles: &'a BTreeMap<String, String>,
    numbers: Vec<String>,
}

impl Sources<'_> {
    fn number(&mut self, document: &str) -> usize {
        let known = self.numbers.iter().position(|d| d == document);
        known.unwrap_or_else(|| {
            self.numbers.push(document.to_owned());
            self.numbers.len() - 1
        }) + 1
    }

    fn listed(self) -> Vec<String> {
        let told = |id: &String| match self.titles.get(id).filter(|title| !title.is_empty()) {
            Some(title) => format!("{title}（{id}）"),
            None => id.clone(),
        };
        self.numbers.iter().map(told).collect()
    }
}

/// Lines over time, one for each thing; figures without a period have no place and are left out.
pub fn series(points: &[Point], titles: &BTreeMap<String, String>) -> Chart {
    let dated: Vec<&Point> = points.iter().filter(|p| p.days.is_some()).collect();
    let scale = scale_of(&dated);
    let mut sources = Sources { titles, numbers: Vec::new() };
    let mut lines: Vec<Line> = Vec::new();
    for name in names(&dated) {
        let own: Vec<&Point> = dated.iter().copied().filter(|p| p.record.name == name).collect();
        let mut marks = marks(&own, scale, &mut sources, middle);
        marks.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.value.total_cmp(&b.value)));
        lines.push(Line { name, marks });
    }
    let mut ticks: Vec<(f64, String)> = dated.iter().map(|p| (middle(p), p.period().to_owned())).collect();
    ticks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    ticks.dedup();
    let title = title(&dated, &lines);
    Chart {
        title,
        subtitle: subtitle(&dated, scale, ""),
        form: Form::Series,
        ticks,
        lines,
        sources: sources.listed(),
    }
}

/// Bars, one for each thing, the longest first; where a thing has several values they all stand.
pub fn comparison(points: &[Point], titles: &BTreeMap<String, String>) -> Chart {
    let all: Vec<&Point> = points.iter().collect();
    let scale = scale_of(&all);
    let mut sources = Sources { titles, numbers: Vec::new() };
    let mut lines: Vec<Line> = names(&all)
        .into_iter()
        .map(|name| {
            let own: Vec<&Point> = all.iter().copied().filter(|p| p.record.name == name).collect();
            let marks = marks(&own, scale, &mut sources, |_| 0.0);
            Line { name, marks }
        })
        .collect();
    let longest = |line: &Line| line.marks.iter().map(|m| m.value).fold(f64::NEG_INFINITY, f64::max);
    lines.sort_by(|a, b| longest(b).total_cmp(&longest(a)).then(a.name.cmp(&b.name)));
    let periods = distinct(all.iter().map(|p| p.period().to_owned()));
    let title = title(&all, &lines);
    let subtitle = subtitle(&all, scale, &periods.join("、"));
    Chart { title, subtitle, form: Form::Comparison, ticks: Vec::new(), lines, sources: sources.listed() }
}

fn scale_of(points: &[&Point]) -> Scale {
    let greatest = points.iter().map(|p| p.value.abs()).fold(0.0, f64::max);
    let unit = points.first().map_or("", |p| p.unit());
    scaled(unit, if unit == "CNY" { greatest.min(9e11) } else { greatest })
}

/// Equal values of one thing at one time are one mark that names all its sources.
fn marks(
    points: &[&Point],
    scale: Scale,
    sources: &mut Sources<'_>,
    at: impl Fn(&Point) -> f64,
) -> Vec<Mark> {
    let mut found: Vec<(Mark, Vec<usize>)> = Vec::new();
    for point in points {
        let document = point.record.figure.quotations.first().map(|q| q.document.clone()).unwrap_or_default();
        let number = sources.number(&document);
        let sign = match point.bound() {
            "over" => ">",
            "under" => "<",
            "about" => "≈",
            _ => "",
        };
        let label = format!("{sign}{}", scale.number(point.value));
        let mark = Mark {
            at: at(point),
            value: point.value / scale.factor,
            label,
            target: point.is_target(),
            exact: point.bound() == "exact",
        };
        match found.iter_mut().find(|(known, _)| *known == mark) {
            Some((_, numbers)) if !numbers.contains(&number) => numbers.push(number),
            Some(_) => {}
            None => found.push((mark, vec![number])),
        }
    }
    let cite = |numbers: Vec<usize>| numbers.iter().map(|n| format!("[{n}]")).collect::<String>();
    found
        .into_iter()
        .map(|(mark, numbers)| Mark { label: format!("{}{}", mark.label, cite(numbers)), ..mark })
        .collect()
}

/// The middle of a period in years.
fn middle(point: &Point) -> f64 {
    let year = |day: &str| {
        let part =
            |range: std::ops::Range<usize>| day.get(range).and_then(|d| d.parse::<f64>().ok()).unwrap_or(1.0);
        part(0..4) + (part(5..7) - 1.0) / 12.0 + (part(8..10) - 1.0) / 372.0
    };
    point.days.as_ref().map_or(0.0, |(first, last)| (year(first) + year(last)) / 2.0)
}

fn names(points: &[&Point]) -> Vec<String> {
    distinct(points.iter().map(|p| p.record.name.clone()))
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words.filter(|w| !w.is_empty()) {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found.sort();
    found
}

fn title(points: &[&Point], lines: &[Line]) -> String {
    let quantity = points.first().map_or("", |p| p.concept.name.as_str());
    match lines {
        [only] => format!("{}{quantity}", only.name),
        _ => quantity.to_owned(),
    }
}

fn subtitle(points: &[&Point], scale: Scale, periods: &str) -> String {
    let measure = points.first().map_or("", |p| p.measure());
    let label = crate::ontology::ontology().term(measure).map_or("", |t| t.label("zh-hans"));
    let unit = if scale.unit.is_empty() { String::new() } else { format!("单位：{}", scale.unit) };
    [periods, label, &unit].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("　")
}
