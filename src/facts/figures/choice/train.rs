//! Learns bearers, periods and probabilities of figures from annotated texts, as the program reads them.

use super::bearers::Bearers;
use super::counted::{Counted, STATED};
use super::periods::{self, Periods};
use super::scene::{self, Scene};
use super::wording::Wording;
use super::{Chooser, Judge, Rows, Weigher, light};
use crate::document::{Extraction, Observation};
use crate::facts::Figure;
use crate::facts::figures::{are_alike, source::Source};
use crate::facts::relations::entities_found;
use crate::mentions::Mention;
use crate::text::{Text, fold_char};
use crate::trees::Forest;
use std::collections::BTreeSet;

/// Annotated texts with what the program finds in them.
#[derive(Debug, Default)]
pub struct Training {
    texts: Vec<Annotated>,
}

#[derive(Debug)]
struct Annotated {
    text: Text,
    mentions: Vec<Mention>,
    things: Vec<usize>,
    /// What rules read.
    figures: Vec<Figure>,
    /// For each figure what the annotation says of it; nothing where it has no such figure.
    stated: Vec<Option<Stated>>,
}

/// What the annotation says of a figure.
#[derive(Debug)]
struct Stated {
    /// The things that are its bearer; none where that was not found.
    bearers: BTreeSet<usize>,
    period: String,
    /// Whether it measures the same as the rules read.
    same: bool,
}

/// The figures of a text, each with its candidates and, where the annotation has it, their verdicts.
struct Lesson<C> {
    figures: Vec<Rows<C>>,
    verdicts: Vec<Option<Vec<bool>>>,
}

/// Into how many parts the texts are split, so that the words of each are judged by the others.
const PARTS: usize = 5;

impl Training {
    /// Adds an annotated text with the mentions that were found in it; `things` numbers the thing of each.
    pub fn add(&mut self, text: &Text, gold: &Extraction, mentions: Vec<Mention>, things: Vec<usize>) {
        let figures = crate::facts::figures::by_rules(&Source::new(text, &mentions));
        let entity_of = entities_found(text, gold, &mentions, &things);
        let mut open: Vec<&Observation> = gold.observations.iter().collect();
        let stated = |figure: &Figure| {
            let observation = open.remove(matching(text, figure, &open)?);
            let entity = gold.entities.iter().position(|e| e.id == observation.subject)?;
            let bearers = (0..entity_of.len()).filter(|thing| entity_of[*thing] == Some(entity)).collect();
            let indicator: String = observation.indicator.chars().map(fold_char).collect();
            let same = observation.measure == figure.measure && are_alike(&indicator, &figure.indicator);
            Some(Stated { bearers, period: observation.period.clone(), same })
        };
        let stated = figures.iter().map(stated).collect();
        self.texts.push(Annotated { text: text.clone(), mentions, things, figures, stated });
    }

    /// Counts the words and grows the trees. The same texts in the same order give the same model.
    pub fn learn(&self) -> Chooser {
        Chooser {
            bearers: self.weigher(Annotated::bearer_kind, Annotated::teach_bearers),
            periods: self.weigher(Annotated::period_kind, Annotated::teach_periods),
            figures: self.judge(),
        }
    }

    /// The words of all texts but those of each part.
    fn words_of_others(&self, kind: Kind) -> Vec<Wording> {
        let without = |part: usize| {
            let others = self.texts.iter().enumerate().filter(move |(at, _)| at % PARTS != part);
            count(others.map(|(_, text)| text), kind)
        };
        (0..PARTS).map(without).collect()
    }

    fn judge(&self) -> Judge {
        let parts = self.words_of_others(Annotated::figure_kind);
        let texts = self.texts.iter().enumerate();
        let (rows, right): (Vec<Vec<f32>>, Vec<bool>) =
            texts.flat_map(|(at, text)| text.judged(&parts[at % PARTS])).unzip();
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let wording = count(self.texts.iter(), Annotated::figure_kind).pruned();
        Judge { wording, forest: Forest::grow(&rows, &right) }
    }

    fn weigher<C: PartialEq + Clone>(&self, kind: Kind, teach: Teach<C>) -> Weigher {
        let parts = self.words_of_others(kind);
        let taught = self.texts.iter().enumerate();
        let lessons: Vec<Lesson<C>> = taught.map(|(at, text)| teach(text, &parts[at % PARTS])).collect();
        Weigher {
            wording: count(self.texts.iter(), kind).pruned(),
            forest: grown(lessons.iter()),
            second: grown(relit(&lessons).iter()),
        }
    }
}

/// The lessons as trees see them a second time that have first seen the other parts only.
fn relit<C: PartialEq + Clone>(lessons: &[Lesson<C>]) -> Vec<Lesson<C>> {
    let others = |part: usize| lessons.iter().enumerate().filter(move |(at, _)| at % PARTS != part);
    let forests: Vec<Forest> = (0..PARTS).map(|part| grown(others(part).map(|(_, lesson)| lesson))).collect();
    let again = |(at, lesson): (usize, &Lesson<C>)| {
        let weights = light::weights(&forests[at % PARTS], &lesson.figures);
        Lesson { figures: light::relit(&lesson.figures, &weights), verdicts: lesson.verdicts.clone() }
    };
    lessons.iter().enumerate().map(again).collect()
}

/// Trees that tell right candidates from wrong ones, of figures that have a right one.
fn grown<'l, C: 'l>(lessons: impl Iterator<Item = &'l Lesson<C>>) -> Forest {
    let (mut rows, mut verdicts) = (Vec::new(), Vec::new());
    for lesson in lessons {
        for (figure, right) in lesson.figures.iter().zip(&lesson.verdicts) {
            let Some(right) = right.as_ref().filter(|right| right.contains(&true)) else { continue };
            rows.extend(figure.iter().map(|(_, row)| row.as_slice()));
            verdicts.extend(right);
        }
    }
    Forest::grow(&rows, &verdicts)
}

/// The candidates of a text's figures.
type Teach<C> = fn(&Annotated, &Wording) -> Lesson<C>;

/// Which kind goes with a figure by what the annotation says of it.
type Kind = fn(&Annotated, Option<&Stated>) -> Option<usize>;

fn count<'t>(texts: impl Iterator<Item = &'t Annotated>, kind: Kind) -> Wording {
    let mut wording = Wording::default();
    for text in texts {
        for (figure, stated) in text.figures.iter().zip(&text.stated) {
            let kind = kind(text, stated.as_ref());
            kind.into_iter().for_each(|kind| wording.add(figure, kind));
        }
    }
    wording
}

impl Annotated {
    fn bearer_kind(&self, stated: Option<&Stated>) -> Option<usize> {
        let bearers = &stated?.bearers;
        let mention = self.things.iter().position(|thing| bearers.contains(thing))?;
        Some(self.mentions[mention].class as usize)
    }

    fn period_kind(&self, stated: Option<&Stated>) -> Option<usize> {
        Some(periods::kind(&stated?.period))
    }

    #[expect(clippy::unnecessary_wraps, reason = "one signature for all kinds")]
    fn figure_kind(&self, stated: Option<&Stated>) -> Option<usize> {
        Some(if stated.is_some_and(|stated| stated.same) { STATED } else { 0 })
    }

    /// The row of each figure, and whether the annotation has it.
    fn judged(&self, wording: &Wording) -> Vec<(Vec<f32>, bool)> {
        let source = Source::new(&self.text, &self.mentions);
        let scenes = scene::all(&source, &self.figures);
        let counted = Counted::new(&source, &scenes);
        let right = |scene: &Scene<'_>| self.stated[scene.index].as_ref().is_some_and(|stated| stated.same);
        scenes.iter().map(|scene| (counted.row(scene, wording), right(scene))).collect()
    }

    fn teach_bearers(&self, wording: &Wording) -> Lesson<usize> {
        let source = Source::new(&self.text, &self.mentions);
        let scenes = scene::all(&source, &self.figures);
        let bearers = Bearers::new(&source, &self.things, &scenes);
        let rows = |scene: &Scene<'_>| bearers.rows(scene, wording);
        self.lesson(&scenes, rows, |stated, thing| stated.bearers.contains(thing))
    }

    fn teach_periods(&self, wording: &Wording) -> Lesson<String> {
        let source = Source::new(&self.text, &self.mentions);
        let scenes = scene::all(&source, &self.figures);
        let periods = Periods::new(&source, &scenes);
        let rows = |scene: &Scene<'_>| periods.rows(scene, wording);
        self.lesson(&scenes, rows, |stated, iso| *iso == stated.period)
    }

    /// The candidates of each figure, as `right` judges them by what the annotation says of it.
    fn lesson<'a, C>(
        &self,
        scenes: &[Scene<'a>],
        rows: impl Fn(&Scene<'a>) -> Rows<C>,
        right: impl Fn(&Stated, &C) -> bool,
    ) -> Lesson<C> {
        let figures: Vec<Rows<C>> = scenes.iter().map(rows).collect();
        let judged = |(scene, rows): (&Scene<'a>, &Rows<C>)| {
            let stated = self.stated[scene.index].as_ref()?;
            Some(rows.iter().map(|(candidate, _)| right(stated, candidate)).collect())
        };
        let verdicts = scenes.iter().zip(&figures).map(judged).collect();
        Lesson { figures, verdicts }
    }
}

/// The annotated figure of this value that ends nearest to where `figure` is written.
fn matching(text: &Text, figure: &Figure, open: &[&Observation]) -> Option<usize> {
    /// In characters of the view.
    const FARTHEST: usize = 40;
    let away = |o: &Observation| {
        let ends = o.evidence.iter().map(|e| text.view.from_text(e.span.start, e.span.end).1);
        ends.map(|end| end.abs_diff(figure.written.1)).min()
    };
    let alike = |o: &Observation| {
        o.unit == figure.unit && (o.value - figure.value).abs() <= 1e-6 * figure.value.abs().max(1.0)
    };
    let near = open.iter().enumerate().filter(|(_, o)| alike(o));
    let near = near.filter_map(|(at, o)| away(o).filter(|far| *far <= FARTHEST).map(|far| (far, at)));
    near.min().map(|(_, at)| at)
}
