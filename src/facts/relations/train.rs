//! Learns the weights of the relation model from annotated texts.

use super::candidates::{self, Candidate};
use super::features::{self, SIZE};
use super::model::Wording;
use super::trees::Forest;
use super::{Context, Far, Model, signals};
use crate::document::{Extraction, Object, Predicate};
use crate::mentions::Mention;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Annotated texts to learn from.
#[derive(Debug, Default)]
pub struct Training {
    texts: Vec<Annotated>,
}

#[derive(Debug)]
struct Annotated {
    text: Text,
    mentions: Vec<Mention>,
    things: Vec<usize>,
    stated: BTreeSet<(usize, Predicate, Far)>,
}

impl Training {
    /// Adds one annotated text.
    pub fn add(&mut self, text: &Text, gold: &Extraction) {
        let (mentions, things) = annotated(text, gold);
        self.texts.push(Annotated { text: text.clone(), mentions, things, stated: stated(gold) });
    }
}

/// The candidates of a text, with their wordings and verdicts.
struct Lesson<'a> {
    context: Context<'a>,
    candidates: Vec<Candidate>,
    wordings: Vec<Vec<u32>>,
    verdicts: Vec<bool>,
}

impl<'a> Lesson<'a> {
    fn new(from: &'a Annotated) -> Self {
        let context = Context::new(&from.text, &from.mentions, &from.things);
        let candidates = candidates::all(&context);
        let holds = |c: &Candidate| from.stated.contains(&(c.subject, c.predicate, c.object));
        Self {
            verdicts: candidates.iter().map(holds).collect(),
            wordings: candidates.iter().map(|c| features::of(&context, c)).collect(),
            candidates,
            context,
        }
    }
}

/// The mentions of an annotation as ranges of the view, and for each the number of its entity in the annotation.
pub fn annotated(text: &Text, gold: &Extraction) -> (Vec<Mention>, Vec<usize>) {
    let in_view = |offset: usize| text.view.origin.partition_point(|&o| o < offset);
    let mut mentions = Vec::new();
    for (number, entity) in gold.entities.iter().enumerate() {
        for evidence in &entity.mentions {
            let (start, end) = (in_view(evidence.span.start), in_view(evidence.span.end));
            if start < end {
                let found_by = "annotation".to_owned();
                let mention = Mention { start, end, class: entity.class, found_by, confidence: 1.0 };
                mentions.push((mention, number));
            }
        }
    }
    mentions.sort_by_key(|(m, thing)| (m.start, std::cmp::Reverse(m.end), m.class, *thing));
    mentions.into_iter().unzip()
}

fn stated(gold: &Extraction) -> BTreeSet<(usize, Predicate, Far)> {
    let number = |id: &str| gold.entities.iter().position(|e| e.id == id);
    gold.relations
        .iter()
        .filter_map(|r| {
            let far = match &r.object {
                Object::Entity(id) => Far::Thing(number(id)?),
                Object::Status(stage) => Far::Stage(*stage),
            };
            Some((number(&r.subject)?, r.predicate, far))
        })
        .collect()
}

const EPOCHS: usize = 12;
const RATE: f32 = 0.15;
const DECAY: f32 = 1e-3;

/// Learns both layers. The trees see scores that the weights gave to texts they had not learnt from, as they will when
/// it counts. The same texts in the same order give the same model.
pub fn train(training: &Training) -> Model {
    let lessons: Vec<Lesson> = training.texts.par_iter().map(Lesson::new).collect();
    let parts: Vec<Wording> = (0..PARTS)
        .into_par_iter()
        .map(|part| {
            weigh(lessons.iter().enumerate().filter(|(at, _)| at % PARTS != part).map(|(_, lesson)| lesson))
        })
        .collect();
    let rows: Vec<Vec<Vec<f32>>> = lessons
        .par_iter()
        .enumerate()
        .map(|(at, lesson)| {
            let scores: Vec<f32> = lesson.wordings.iter().map(|w| parts[at % PARTS].score(w)).collect();
            signals::rows(&lesson.context, &lesson.candidates, &scores)
        })
        .collect();
    let forests = Predicate::ALL.par_iter().map(|&predicate| grow(predicate, &lessons, &rows)).collect();
    Model::new(weigh(lessons.iter()), forests)
}

/// Into how many parts the texts are split, so that each is scored by weights from the others.
const PARTS: usize = 6;

fn grow(predicate: Predicate, lessons: &[Lesson], rows: &[Vec<Vec<f32>>]) -> Forest {
    let (mut of_predicate, mut verdicts): (Vec<&[f32]>, Vec<bool>) = (Vec::new(), Vec::new());
    for (lesson, rows) in lessons.iter().zip(rows) {
        for ((candidate, row), holds) in lesson.candidates.iter().zip(rows).zip(&lesson.verdicts) {
            if candidate.predicate == predicate {
                of_predicate.push(row);
                verdicts.push(*holds);
            }
        }
    }
    Forest::grow(&of_predicate, &verdicts)
}

/// Logistic regression by `AdaGrad` in the given order, shuffled by a fixed generator in each epoch.
fn weigh<'l, 't: 'l>(lessons: impl Iterator<Item = &'l Lesson<'t>>) -> Wording {
    let examples: Vec<(&[u32], bool)> =
        lessons.flat_map(|l| l.wordings.iter().map(Vec::as_slice).zip(l.verdicts.iter().copied())).collect();
    let mut weights = vec![0.0_f32; SIZE];
    let mut squares = vec![1e-6_f32; SIZE];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..EPOCHS {
        shuffle(&mut order, &mut seed);
        for &at in &order {
            learn(examples[at], &mut weights, &mut squares);
        }
    }
    Wording::from_weights(weights)
}

fn learn((features, holds): (&[u32], bool), weights: &mut [f32], squares: &mut [f32]) {
    let sum: f32 = features.iter().map(|&f| weights[f as usize]).sum();
    let probability = 1.0 / (1.0 + (-sum).exp());
    let error = f32::from(u8::from(holds)) - probability;
    for &feature in features {
        let at = feature as usize;
        let gradient = error - DECAY * weights[at];
        squares[at] += gradient * gradient;
        weights[at] += RATE * gradient / squares[at].sqrt();
    }
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        let j = usize::try_from(*seed % (i as u64 + 1)).unwrap_or(0);
        order.swap(i, j);
    }
}
