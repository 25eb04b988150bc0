//! The stages in their order; the only file that knows them all.

use crate::document::Extraction;
use crate::text::Text;
use rayon::prelude::*;

/// Reads one document: everything that is found in `text`. Cannot fail; the same text gives the same extraction.
pub fn extract(id: &str, text: &Text) -> Extraction {
    Extraction { id: id.to_owned(), text_sha256: text.sha256.clone(), ..Extraction::default() }
}

/// Does `work` on every item, side by side, and gives the results in the order of the items.
pub fn side_by_side<I: Sync, O: Send>(items: &[I], work: impl Fn(&I) -> O + Sync + Send) -> Vec<O> {
    items.par_iter().map(work).collect()
}

/// Sets how many threads [`side_by_side`] uses; once, before its first use.
pub fn use_threads(number: usize) -> Result<(), rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(number).build_global()
}
