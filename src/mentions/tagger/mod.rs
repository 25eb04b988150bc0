//! A learned tagger: which ranges of a sentence name things of the nine classes.
//!
//! Goes in: the folded characters of a sentence, with candidates that rules have found in it. Comes out: ranges that do not
//! overlap, each with its class and a confidence. Names inside names are not its business.

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

pub use annotated::{Annotated, Score, precision_recall_f1, train_first, train_on};
pub use features::Sheet;
pub use format::ModelError;
pub use kinds::Kinds;
pub use model::Model;
pub use scheme::Labelled;
pub use train::{Example, Settings, train};

use super::{Candidate, Mention};
use crate::document::Class;
use crate::text::{Sentence, View};
use decode::Decoder;
use first::Filler;
use model::Scores;
use std::sync::LazyLock;

/// A range that the model chose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Where, and which of the model's labels.
    pub span: Labelled,
    /// From 0 to 1.
    pub confidence: f32,
}

/// A model at work, with its buffers.
#[derive(Debug)]
pub struct Worker<'m> {
    model: &'m Model,
    scores: Scores,
    decoder: Decoder,
}

impl<'m> Worker<'m> {
    /// A worker with empty buffers.
    pub fn new(model: &'m Model) -> Self {
        Self { model, scores: Scores::default(), decoder: Decoder::default() }
    }

    /// The labelled ranges of the sentence that is filled in on the sheet.
    pub fn tag(&mut self, sheet: &Sheet) -> Vec<Found> {
        let emissions = self.model.score(sheet, &mut self.scores);
        let tagged = self.decoder.best(emissions, &self.model.transitions);
        let spans = scheme::spans(&tagged);
        if spans.is_empty() {
            return Vec::new();
        }
        let margins = self.decoder.margins(&tagged, emissions, &self.model.transitions);
        let confidence = |span: &Labelled| {
            let margin = margins[span.start..span.end].iter().min().copied().unwrap_or(0);
            confidence(margin, self.model.temperature)
        };
        spans.iter().map(|span| Found { span: *span, confidence: confidence(span) }).collect()
    }
}

/// What a name with no margin at all has against it: of such names four in ten are right on texts held out.
const DOUBT: f32 = 0.5;

#[expect(clippy::cast_precision_loss, reason = "margins are small")]
fn confidence(margin: i32, temperature: f32) -> f32 {
    1.0 / (1.0 + (DOUBT - margin as f32 / temperature).exp())
}

/// The built-in model over the nine classes.
#[derive(Debug)]
pub struct Tagger {
    model: Model,
}

impl Tagger {
    /// The built-in tagger, read on first use.
    pub fn open() -> &'static Self {
        static BUILT_IN: LazyLock<Tagger> = LazyLock::new(|| {
            let bytes = include_bytes!("../../../data/model/tagger.bin");
            #[expect(clippy::expect_used, reason = "a test reads the embedded model")]
            let model = Model::from_bytes(bytes).expect("the embedded model is whole");
            Tagger { model }
        });
        &BUILT_IN
    }

    /// A tagger of that model.
    pub fn new(model: Model) -> Self {
        Self { model }
    }

    /// The mentions of a sentence, in reading order; of the candidates (sorted by start) those within it are used.
    pub fn tag(&self, view: &View, sentence: &Sentence, candidates: &[Candidate]) -> Vec<Mention> {
        self.tag_all(view, [sentence], candidates)
    }

    /// The mentions of many sentences, in their order.
    pub fn tag_all<'s>(
        &self,
        view: &View,
        sentences: impl IntoIterator<Item = &'s Sentence>,
        candidates: &[Candidate],
    ) -> Vec<Mention> {
        let (mut filler, mut sheet) = (Filler::built_in(), Sheet::default());
        let mut worker = Worker::new(&self.model);
        let mut mentions = Vec::new();
        for sentence in sentences {
            filler.fill(&mut sheet, &view.chars, sentence.start..sentence.end, candidates);
            let found = worker.tag(&sheet);
            mentions.extend(found.into_iter().filter_map(|found| self.mention(found, sentence.start)));
        }
        mentions
    }

    fn mention(&self, found: Found, offset: usize) -> Option<Mention> {
        let class = Class::parse(&self.model.labels()[found.span.label])?;
        let (start, end) = (offset + found.span.start, offset + found.span.end);
        Some(Mention { start, end, class, found_by: "model:tagger".to_owned(), confidence: found.confidence })
    }
}
