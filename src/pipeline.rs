//! The stages in their order; the only file that knows them all.

use crate::document::{Extraction, LeftOut};
use crate::facts::{self, figures, relations};
use crate::graph::{Found, Homonyms};
use crate::mentions::Mention;
use crate::text::Text;
use crate::{graph, mentions};
use rayon::prelude::*;

/// Reads one document: everything that is found in `text`. Cannot fail; the same text gives the same extraction.
pub fn extract(id: &str, text: &Text) -> Extraction {
    extract_apart(id, text, &Homonyms::default())
}

/// As [`extract`], with names told apart that people say are several things.
pub fn extract_apart(id: &str, text: &Text, homonyms: &Homonyms) -> Extraction {
    let mentions = mentions::find(text);
    let denoted = graph::denoted(text, &mentions, homonyms);
    let things = graph::resolve(&text.view, &mentions, &denoted).entity_of;
    let facts = relations::find(text, &mentions, &things);
    let figures = figures::find(text, &mentions, &things);
    let found = Found { mentions: &mentions, denoted: &denoted, facts: &facts, figures: &figures };
    graph::assemble(id, text, found)
}

/// As [`extract`], with names that are given instead of found, and no figures.
pub fn extract_from(id: &str, text: &Text, mut mentions: Vec<Mention>) -> Extraction {
    mentions.sort_by(|a, b| (a.start, b.end, a.class).cmp(&(b.start, a.end, b.class)));
    mentions.dedup_by(|a, b| (a.start, a.end, a.class) == (b.start, b.end, b.class));
    let facts = relations::find(text, &mentions, &things(text, &mentions));
    let denoted = graph::denoted(text, &mentions, &Homonyms::default());
    graph::assemble(id, text, Found { mentions: &mentions, denoted: &denoted, facts: &facts, figures: &[] })
}

/// What [`extract`] considers and leaves out, with the reasons: names first, then relations.
pub fn left_out(text: &Text) -> Vec<LeftOut> {
    let mentions = mentions::find(text);
    let things = things(text, &mentions);
    let (facts, rejected) =
        (relations::find(text, &mentions, &things), relations::rejected(text, &mentions, &things));
    graph::left_out(text, &mentions, (&mentions::passed_over(text, &mentions), rejected), &facts)
}

/// For each mention, the number of the thing that it names, as far as names alone tell.
pub fn things(text: &Text, mentions: &[Mention]) -> Vec<usize> {
    let none_apart = graph::denoted(text, mentions, &Homonyms::default());
    graph::resolve(&text.view, mentions, &none_apart).entity_of
}

/// Does `work` on every item, side by side, and gives the results in the order of the items.
pub fn side_by_side<I: Sync, O: Send>(items: &[I], work: impl Fn(&I) -> O + Sync + Send) -> Vec<O> {
    items.par_iter().map(work).collect()
}

/// Begins to load what ships with the program beside whatever the caller does first, so that a short text is read sooner.
pub fn warm_up() {
    let loads: [fn(); 3] = [mentions::tagger::load_dictionary, mentions::tagger::load, facts::load];
    for load in loads {
        std::thread::spawn(load);
    }
}

/// Sets how many threads [`side_by_side`] uses; once, before its first use.
pub fn use_threads(number: usize) -> Result<(), rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(number).build_global()
}
