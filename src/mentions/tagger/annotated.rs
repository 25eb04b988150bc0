//! Examples and scores from annotated texts.

use super::Worker;
use super::features::Sheet;
use super::first::{CLASSES, Filler};
use super::model::Model;
use super::scheme::Labelled;
use super::train::{Example, Settings, train};
use crate::document::{Class, Extraction};
use crate::mentions::{Candidate, Mention, candidates, inner, second_look};
use crate::text::Text;
use std::ops::Range;

/// A text as a tagger learns from it: ranges that are read each by itself, with the names in them.
#[derive(Debug)]
pub struct Annotated {
    chars: Vec<char>,
    candidates: Vec<Candidate>,
    ranges: Vec<(Range<usize>, Vec<Labelled>)>,
}

impl Annotated {
    /// A text with an annotation of it. Of names that share characters the outermost counts, of a project and another
    /// name on one span the project.
    pub fn new(text: &Text, gold: &Extraction) -> Self {
        Self::with_names(text, &outermost(text, gold))
    }

    /// The projects' names in a text, with the names inside them.
    pub fn inside_projects(text: &Text, gold: &Extraction) -> Self {
        let outer = outermost(text, gold);
        let (projects, others): (Vec<_>, Vec<_>) =
            outer.iter().partition(|name| name.label == Class::Project as usize);
        let names =
            second_look::accepted_names(text, &others.into_iter().map(as_annotated).collect::<Vec<_>>());
        let inner = inner_names(text, gold);
        let candidates =
            projects.iter().flat_map(|p| inner::candidates(text, &(p.start..p.end), &names)).collect();
        let ranges = projects.iter().map(|p| within(p.start..p.end, &inner)).collect();
        Self { chars: text.view.chars.clone(), candidates, ranges }
    }

    /// A text with labelled ranges of its view.
    fn with_names(text: &Text, names: &[Labelled]) -> Self {
        let ranges = text.sentences.iter().map(|s| within(s.start..s.end, names)).collect();
        Self { chars: text.view.chars.clone(), candidates: candidates::find(text), ranges }
    }

    /// The examples in it.
    fn examples(&self, filler: &mut Filler) -> Vec<Example> {
        let mut sheet = Sheet::default();
        sheet.enter(&self.chars);
        let example = |(range, names): &(Range<usize>, Vec<Labelled>)| {
            filler.fill(&mut sheet, &self.chars, range.clone(), &self.candidates);
            Example::new(&sheet, names)
        };
        self.ranges.iter().map(example).collect()
    }
}

/// A range with the names in it, counted from its first character.
fn within(range: Range<usize>, names: &[Labelled]) -> (Range<usize>, Vec<Labelled>) {
    let inside = names.iter().filter(|name| name.start >= range.start && name.end <= range.end);
    let moved = |name: &Labelled| Labelled {
        start: name.start - range.start,
        end: name.end - range.start,
        label: name.label,
    };
    let inside = inside.map(moved).collect();
    (range, inside)
}

fn as_annotated(name: &Labelled) -> Mention {
    let (start, end) = (name.start, name.end);
    Mention { start, end, class: Class::ALL[name.label], found_by: "annotation".to_owned(), confidence: 1.0 }
}

/// Every mention of a class.
fn of_class(text: &Text, gold: &Extraction, label: impl Fn(Class) -> Option<usize>) -> Vec<Labelled> {
    let mut names: Vec<Labelled> = Vec::new();
    for (entity, label) in gold.entities.iter().filter_map(|e| Some((e, label(e.class)?))) {
        for mention in &entity.mentions {
            let (start, end) = text.view.from_text(mention.span.start, mention.span.end);
            names.push(Labelled { start, end, label });
        }
    }
    names
}

/// The names of the classes that may stand inside a project's, longer first.
fn inner_names(text: &Text, gold: &Extraction) -> Vec<Labelled> {
    let mut names = of_class(text, gold, |class| inner::CLASSES.iter().position(|c| *c == class));
    names.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
    names
}

/// The names that lie in no other; of a project and another name on one span the project.
pub(in crate::mentions) fn outermost(text: &Text, gold: &Extraction) -> Vec<Labelled> {
    let mut names = of_class(text, gold, |class| Some(class as usize));
    let rank = |name: &Labelled| (name.label != Class::Project as usize, name.label);
    names.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end), rank(name)));
    let mut kept: Vec<Labelled> = Vec::new();
    for name in names {
        if name.start < name.end && kept.last().is_none_or(|last| name.start >= last.end) {
            kept.push(name);
        }
    }
    kept
}

fn labels(classes: &[Class]) -> Vec<String> {
    classes.iter().map(|class| class.as_str().to_owned()).collect()
}

/// Trains the first tagger on what another tagger found: ranges of the view, by text.
pub fn train_first(texts: &[(Text, Vec<Candidate>)], settings: &Settings) -> Model {
    let label = |name: &Candidate| {
        let label = CLASSES.iter().position(|class| *class == name.class)?;
        Some(Labelled { start: name.start, end: name.end, label })
    };
    let examples = texts.iter().flat_map(|(text, found)| {
        let names: Vec<Labelled> = found.iter().filter_map(label).collect();
        Annotated::with_names(text, &names).examples(&mut Filler::plain())
    });
    train(&labels(&CLASSES), &examples.collect::<Vec<_>>(), settings)
}

/// Trains a model over the classes that the texts were read with: all, or those inside a project's name.
pub fn train_on<'a>(
    texts: impl IntoIterator<Item = &'a Annotated>,
    classes: &[Class],
    settings: &Settings,
) -> Model {
    let mut filler = Filler::built_in();
    let examples: Vec<Example> = texts.into_iter().flat_map(|text| text.examples(&mut filler)).collect();
    train(&labels(classes), &examples, settings)
}

/// How a model does on annotated texts: names found rightly, found, annotated; by label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Score {
    /// One row per label, in the order of the model's labels.
    pub rows: Vec<[usize; 3]>,
}

impl Score {
    /// Counts what a model finds in a text.
    pub fn add(&mut self, model: &Model, text: &Annotated) {
        self.rows.resize(model.labels().len(), [0; 3]);
        let (mut filler, mut sheet) = (Filler::built_in(), Sheet::default());
        sheet.enter(&text.chars);
        let mut worker = Worker::new(model);
        for (range, names) in &text.ranges {
            filler.fill(&mut sheet, &text.chars, range.clone(), &text.candidates);
            for found in worker.tag(&sheet) {
                self.rows[found.label][0] += usize::from(names.contains(&found));
                self.rows[found.label][1] += 1;
            }
            names.iter().for_each(|name| self.rows[name.label][2] += 1);
        }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        self.rows.resize(self.rows.len().max(other.rows.len()), [0; 3]);
        for (row, more) in self.rows.iter_mut().zip(&other.rows) {
            (0..3).for_each(|at| row[at] += more[at]);
        }
    }

    /// The counts over all labels.
    pub fn total(&self) -> [usize; 3] {
        self.rows.iter().fold([0; 3], |sum, row| [sum[0] + row[0], sum[1] + row[1], sum[2] + row[2]])
    }
}

/// Precision, recall and their harmonic mean of right, found and wanted.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub fn precision_recall_f1([right, found, wanted]: [usize; 3]) -> [f64; 3] {
    let of = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    [of(right, found), of(right, wanted), of(2 * right, found + wanted)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(spans: &[(Class, usize, usize)]) -> Extraction {
        let entity = |(class, start, end): &(Class, usize, usize)| serde_json::json!({"id": "e", "type": class.as_str(), "name": "", "mentions": [[start, end]]});
        let entities: Vec<_> = spans.iter().map(entity).collect();
        serde_json::from_value(serde_json::json!({"id": "x", "entities": entities})).unwrap()
    }

    #[test]
    fn the_outermost_name_counts_and_the_project_before_the_enterprise() {
        let text = Text::new("甲 钢中厚板、乙重签约。");
        let spans = [
            (Class::Enterprise, 0, 3),
            (Class::Project, 0, 6),
            (Class::Enterprise, 7, 9),
            (Class::Project, 7, 9),
        ];
        let annotated = Annotated::new(&text, &gold(&spans));
        let project = Class::Project as usize;
        let wanted =
            [Labelled { start: 0, end: 5, label: project }, Labelled { start: 6, end: 8, label: project }];
        assert_eq!(annotated.ranges[0].1, wanted);
    }

    #[test]
    fn scores_are_right_over_found_and_wanted() {
        assert_eq!(precision_recall_f1([2, 4, 3]), [0.5, 2.0 / 3.0, 4.0 / 7.0]);
        assert_eq!(precision_recall_f1([0, 0, 0]), [0.0; 3]);
    }
}
