//! The first tagger: persons, places and bodies, as another tagger finds them in thousands of texts that nobody annotated.
//!
//! What it finds is no mention; the tagger of the nine classes sees it as a candidate.

use super::features::Sheet;
use super::scheme::Labelled;
use super::train::Example;
use super::{Model, Worker};
use crate::document::Class;
use crate::mentions::{Candidate, candidates};
use crate::text::Text;
use std::sync::LazyLock;

/// What it tells apart.
const CLASSES: [Class; 3] = [Class::Person, Class::Place, Class::Organization];

pub(super) fn labels() -> Vec<String> {
    CLASSES.iter().map(|class| class.as_str().to_owned()).collect()
}

/// The built-in first tagger; none where its file is empty.
static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../data/model/names.bin");
    #[expect(clippy::expect_used, reason = "a test reads the embedded model")]
    (!bytes.is_empty()).then(|| Model::from_bytes(bytes).expect("the embedded model is whole"))
});

/// The candidates of a text with what the first tagger finds, sorted.
pub fn with_hints(text: &Text, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let Some(model) = &*BUILT_IN else { return candidates };
    let mut worker = Worker::new(model);
    let mut hints = Vec::new();
    for sentence in &text.sentences {
        let found = worker.tag(&text.view.chars, sentence.start..sentence.end, &candidates);
        hints.extend(found.iter().map(|found| Candidate {
            start: sentence.start + found.span.start,
            end: sentence.start + found.span.end,
            class: CLASSES[found.span.label],
            rule: "first-tagger",
        }));
    }
    candidates.extend(hints);
    candidates.sort_unstable();
    candidates
}

/// The sentences of a text as examples for the first tagger.
pub(super) fn examples(text: &Text, found: &[Candidate]) -> Vec<Example> {
    let candidates = candidates::find(text);
    let mut sheet = Sheet::default();
    let example = |range: (usize, usize)| {
        let inside = found.iter().filter(|name| name.start >= range.0 && name.end <= range.1);
        let spans: Vec<Labelled> = inside
            .filter_map(|name| {
                let label = CLASSES.iter().position(|class| *class == name.class)?;
                Some(Labelled { start: name.start - range.0, end: name.end - range.0, label })
            })
            .collect();
        sheet.fill(&text.view.chars, range.0..range.1, &candidates);
        Example::new(&sheet, &spans, 1)
    };
    text.sentences.iter().map(|sentence| (sentence.start, sentence.end)).map(example).collect()
}
