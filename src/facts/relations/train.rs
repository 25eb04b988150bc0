//! Learns the weights of the relation model from annotated texts.

use super::candidates::{self, Candidate};
use super::features::{self, SIZE};
use super::model::Wording;
use super::{Context, Far, Model, signals};
use crate::document::{Class, Extraction, Object, Predicate};
use crate::mentions::Mention;
use crate::random::Random;
use crate::text::{Text, fold_name};
use crate::trees::{Forest, probability};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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
    /// For each thing, the entity of the annotation that it is.
    entity_of: Vec<Option<usize>>,
    stated: BTreeSet<(usize, Predicate, Far)>,
}

impl Training {
    /// Adds one annotated text.
    pub fn add(&mut self, text: &Text, gold: &Extraction) {
        let (mentions, things) = annotated(text, gold);
        let entity_of = (0..gold.entities.len()).map(Some).collect();
        self.texts.push(Annotated { text: text.clone(), mentions, things, entity_of, stated: stated(gold) });
    }

    /// Adds an annotated text with the mentions that a program found in it: what it will have to work with.
    /// `things` numbers the thing of each mention.
    pub fn add_found(&mut self, text: &Text, gold: &Extraction, mentions: Vec<Mention>, things: Vec<usize>) {
        let entity_of = entities_found(text, gold, &mentions, &things);
        self.texts.push(Annotated { text: text.clone(), mentions, things, entity_of, stated: stated(gold) });
    }
}

/// For each thing found, the entity of the annotation that has its class and one of its names.
pub(in crate::facts) fn entities_found(
    text: &Text,
    gold: &Extraction,
    mentions: &[Mention],
    things: &[usize],
) -> Vec<Option<usize>> {
    let mut by_name: BTreeMap<(Class, String), usize> = BTreeMap::new();
    for (number, entity) in gold.entities.iter().enumerate() {
        for name in entity.aliases.iter().chain([&entity.name]) {
            by_name.entry((entity.class, fold_name(name))).or_insert(number);
        }
    }
    let mut entity_of = vec![None; things.iter().max().map_or(0, |m| m + 1)];
    for (mention, &thing) in mentions.iter().zip(things) {
        let name = fold_name(&text.view.slice(mention.start, mention.end));
        entity_of[thing] = entity_of[thing].or(by_name.get(&(mention.class, name)).copied());
    }
    entity_of
}

/// The candidates of a text, with their wordings and verdicts.
struct Lesson<'a> {
    context: Context<'a>,
    candidates: Vec<Candidate>,
    wordings: Vec<Vec<u32>>,
    verdicts: Vec<bool>,
    /// The part of the training into which the text falls, with whatever mentions.
    part: usize,
}

impl<'a> Lesson<'a> {
    fn new(from: &'a Annotated) -> Self {
        let context = Context::new(&from.text, &from.mentions, &from.things);
        let candidates = candidates::all(&context);
        let entity = |thing: usize| from.entity_of.get(thing).copied().flatten();
        let holds = |c: &Candidate| {
            let far = match c.object {
                Far::Thing(object) => entity(object).map(Far::Thing),
                stage @ Far::Stage(_) => Some(stage),
            };
            let stated = entity(c.subject).zip(far).map(|(s, o)| (s, c.predicate, o));
            stated.is_some_and(|fact| from.stated.contains(&fact))
        };
        Self {
            verdicts: candidates.iter().map(holds).collect(),
            wordings: candidates.iter().map(|c| features::of(&context, c)).collect(),
            part: from.text.sha256.bytes().take(6).map(usize::from).sum::<usize>() % PARTS,
            candidates,
            context,
        }
    }
}

/// The mentions of an annotation as ranges of the view, and for each the number of its entity in the annotation.
pub fn annotated(text: &Text, gold: &Extraction) -> (Vec<Mention>, Vec<usize>) {
    let mut mentions = Vec::new();
    for (number, entity) in gold.entities.iter().enumerate() {
        for evidence in &entity.mentions {
            let (start, end) = text.view.from_text(evidence.span.start, evidence.span.end);
            if start < end && in_one_sentence(text, start, end) {
                let found_by = "annotation".to_owned();
                let mention = Mention { start, end, class: entity.class, found_by, confidence: 1.0 };
                mentions.push((mention, number));
            }
        }
    }
    mentions.sort_by_key(|(m, thing)| (m.start, std::cmp::Reverse(m.end), m.class, *thing));
    mentions.into_iter().unzip()
}

/// Whether a name stands in one sentence, as all names do that are found.
fn in_one_sentence(text: &Text, start: usize, end: usize) -> bool {
    let sentence = text.sentences.partition_point(|s| s.end <= start);
    text.sentences.get(sentence).is_some_and(|s| s.start <= start && end <= s.end)
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
        .map(|part| weigh(lessons.iter().filter(|lesson| lesson.part != part)))
        .collect();
    let rows: Vec<Vec<Vec<f32>>> = lessons
        .par_iter()
        .map(|lesson| {
            let scores: Vec<f32> = lesson.wordings.iter().map(|w| parts[lesson.part].score(w)).collect();
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
    let mut random = Random::new(0x9E37_79B9_7F4A_7C15);
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for &at in &order {
            learn(examples[at], &mut weights, &mut squares);
        }
    }
    Wording::from_weights(weights)
}

fn learn((features, holds): (&[u32], bool), weights: &mut [f32], squares: &mut [f32]) {
    let sum: f32 = features.iter().map(|&f| weights[f as usize]).sum();
    let error = f32::from(u8::from(holds)) - probability(sum);
    for &feature in features {
        let at = feature as usize;
        let gradient = error - DECAY * weights[at];
        squares[at] += gradient * gradient;
        weights[at] += RATE * gradient / squares[at].sqrt();
    }
}
