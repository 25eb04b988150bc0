//! A learned tagger: which ranges of a sentence name things of the nine classes.
//!
//! Goes in: the folded characters of a sentence, with candidates that rules have found in it. Comes out: ranges that do not
//! overlap, each with its class and a confidence. Names inside a project's name are read by a second model of the same
//! design, which is shown that name alone.

mod annotated;
mod decode;
mod features;
mod first;
mod format;
mod kinds;
mod lattice;
mod model;
mod scheme;
mod train;
mod vectors;

pub(super) use annotated::outermost;
pub use annotated::{Annotated, Score, precision_recall_f1, train_first, train_on};
pub use features::{Sheet, load_dictionary};
pub use first::Filler;
pub use format::ModelError;
pub use kinds::Kinds;
pub use model::Model;
pub use scheme::Labelled;
pub use train::{Example, Settings, train};

use super::{Candidate, Mention};
use crate::document::Class;
use crate::text::View;
use decode::Decoder;
use lattice::{Lattice, Passing};
use model::Scores;
use std::ops::Range;
use std::sync::LazyLock;

/// Loads the taggers, which otherwise happens on first use.
pub fn load() {
    Tagger::open();
    Filler::built_in();
    Kinds::open();
    Tagger::inner();
}

/// Ranges less probable than this are of no interest.
const LEAST: f32 = 0.02;

/// A model at work, with its buffers.
#[derive(Debug)]
pub struct Worker<'m> {
    model: &'m Model,
    scores: Scores,
    decoder: Decoder,
    lattice: Lattice,
    /// The odds of passing from tag to tag.
    passing: Vec<f32>,
}

impl<'m> Worker<'m> {
    /// A worker with empty buffers.
    pub fn new(model: &'m Model) -> Self {
        let labels = model.labels.len();
        let (scores, decoder, lattice) = (Scores::default(), Decoder::default(), Lattice::new(labels));
        Self { model, scores, decoder, lattice, passing: model.passing() }
    }

    /// The labelled ranges of the sentence that is filled in on the sheet.
    pub fn tag(&mut self, sheet: &Sheet) -> Vec<Labelled> {
        let emissions = self.model.score(sheet, &mut self.scores);
        scheme::spans(&self.decoder.best(emissions, &self.model.transitions))
    }

    /// The same, and with its probability every range that is not improbable.
    fn read(&mut self, sheet: &Sheet) -> (Vec<Labelled>, Vec<(Labelled, f32)>) {
        let best = self.tag(sheet);
        let odds = Passing { odds: &self.passing, labels: self.model.labels.len() };
        self.lattice.fill(&self.model.logits(&self.scores), self.model.stride, odds);
        (best, self.lattice.ranges(odds, LEAST))
    }
}

/// What a tagger says of a text.
#[derive(Debug, Default)]
pub struct Reading {
    /// The likeliest mentions, in reading order; none overlaps another.
    pub best: Vec<Mention>,
    /// Every mention that is not improbable, by sentence and start; they overlap.
    pub probable: Vec<Mention>,
}

/// A model whose labels are classes, at work on texts.
#[derive(Debug)]
pub struct Tagger {
    model: Model,
    name: &'static str,
}

impl Tagger {
    /// The built-in tagger of the nine classes, read on first use.
    pub fn open() -> &'static Self {
        static BUILT_IN: LazyLock<Tagger> = LazyLock::new(|| {
            Tagger::embedded(include_bytes!("../../../data/model/tagger.bin"), "model:tagger")
        });
        &BUILT_IN
    }

    /// The built-in tagger of the names inside a project's name, read on first use.
    pub fn inner() -> &'static Self {
        static BUILT_IN: LazyLock<Tagger> = LazyLock::new(|| {
            Tagger::embedded(include_bytes!("../../../data/model/inner.bin"), "model:inner")
        });
        &BUILT_IN
    }

    fn embedded(bytes: &[u8], name: &'static str) -> Self {
        #[expect(clippy::expect_used, reason = "a test reads the embedded model")]
        let model = Model::from_bytes(bytes).expect("the embedded model is whole");
        Self { model, name }
    }

    /// A tagger of that model over the nine classes.
    pub fn new(model: Model) -> Self {
        Self { model, name: "model:tagger" }
    }

    /// The mentions within ranges of the view, each read by itself, in their order; of the candidates (sorted by start)
    /// those within a range are used.
    pub fn read(
        &self,
        view: &View,
        ranges: impl IntoIterator<Item = Range<usize>>,
        candidates: &[Candidate],
    ) -> Reading {
        let (mut filler, mut sheet) = (Filler::built_in(), Sheet::default());
        sheet.enter(&view.chars);
        let mut worker = Worker::new(&self.model);
        let mut reading = Reading::default();
        for range in ranges {
            filler.fill(&mut sheet, &view.chars, range.clone(), candidates);
            let (best, probable) = worker.read(&sheet);
            let of = |span: &Labelled| probable.iter().find(|p| p.0 == *span).map_or(LEAST, |p| p.1);
            let mention = |span: Labelled, confidence: f32| self.mention(span, range.start, confidence);
            reading.best.extend(best.iter().filter_map(|span| mention(*span, of(span))));
            reading.probable.extend(probable.iter().filter_map(|(span, p)| mention(*span, *p)));
        }
        reading
    }

    fn mention(&self, span: Labelled, offset: usize, confidence: f32) -> Option<Mention> {
        let class = Class::parse(&self.model.labels()[span.label])?;
        let (start, end) = (offset + span.start, offset + span.end);
        Some(Mention { start, end, class, found_by: self.name.to_owned(), confidence })
    }
}
