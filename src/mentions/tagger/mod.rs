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

pub use annotated::{Annotated, Score, precision_recall_f1, train_first, train_on};
pub use features::{Sheet, load_dictionary};
pub use format::ModelError;
pub use kinds::Kinds;
pub use model::Model;
pub use scheme::Labelled;
pub use train::{Example, Settings, train};

use super::{Candidate, Mention};
use crate::document::Class;
use crate::text::View;
use decode::Decoder;
use first::Filler;
use model::Scores;
use std::ops::Range;
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
    pub fn tag(
        &self,
        view: &View,
        ranges: impl IntoIterator<Item = Range<usize>>,
        candidates: &[Candidate],
    ) -> Vec<Mention> {
        let (mut filler, mut sheet) = (Filler::built_in(), Sheet::default());
        sheet.enter(&view.chars);
        let mut worker = Worker::new(&self.model);
        let mut mentions = Vec::new();
        for range in ranges {
            let offset = range.start;
            filler.fill(&mut sheet, &view.chars, range, candidates);
            mentions.extend(worker.tag(&sheet).into_iter().filter_map(|found| self.mention(found, offset)));
        }
        mentions
    }

    fn mention(&self, found: Found, offset: usize) -> Option<Mention> {
        let class = Class::parse(&self.model.labels()[found.span.label])?;
        let (start, end) = (offset + found.span.start, offset + found.span.end);
        Some(Mention { start, end, class, found_by: self.name.to_owned(), confidence: found.confidence })
    }
}
