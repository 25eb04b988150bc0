//! The first tagger: persons, places and bodies, as another tagger finds them in thousands of texts that nobody annotated.
//!
//! What it finds is no mention; the tagger of the nine classes sees it as a candidate.

use super::features::Sheet;
use super::{Labelled, Model, Worker};
use crate::document::Class;
use crate::mentions::Candidate;
use std::ops::Range;
use std::sync::LazyLock;

/// What it tells apart.
pub(super) const CLASSES: [Class; 3] = [Class::Person, Class::Place, Class::Organization];

/// The built-in first tagger; none where its file is empty.
static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../data/model/names.bin");
    #[expect(clippy::expect_used, reason = "a test reads the embedded model")]
    (!bytes.is_empty()).then(|| Model::from_bytes(bytes).expect("the embedded model is whole"))
});

/// Fills sheets in for a tagger, with or without what the first tagger finds.
#[derive(Debug)]
pub struct Filler(Option<Worker<'static>>);

impl Filler {
    /// With the built-in first tagger.
    pub fn built_in() -> Self {
        Self(BUILT_IN.as_ref().map(Worker::new))
    }

    /// Without one.
    pub fn plain() -> Self {
        Self(None)
    }

    /// Works out the features of the sentence at `range`, as [`Sheet::fill`] does, once for both taggers.
    pub fn fill(&mut self, sheet: &mut Sheet, chars: &[char], range: Range<usize>, candidates: &[Candidate]) {
        sheet.fill(chars, range, candidates);
        let Some(worker) = &mut self.0 else { return };
        let found = worker.tag(sheet);
        let hint = |span: &Labelled| Candidate {
            start: span.start,
            end: span.end,
            class: CLASSES[span.label],
            rule: "first-tagger",
        };
        sheet.propose(&found.iter().map(hint).collect::<Vec<_>>());
    }
}
