//! Mentions by form and gazetteer alone, without a model: the longest known or likely name at each place.

use super::gazetteer::Gazetteer;
use super::{Candidate, Mention};
use crate::text::{LineKind, Text};

/// Gazetteer names below this weight are common words too.
const LIKELY: u8 = 7;

/// The longest names that do not overlap, gazetteer before form where they are equally long.
pub fn choose(text: &Text, candidates: &[Candidate]) -> Vec<Mention> {
    let mut spans: Vec<Mention> = candidates.iter().map(by_form).collect();
    for sentence in text.sentences.iter().filter(|s| s.kind != LineKind::Furniture) {
        let chars = &text.view.chars[sentence.start..sentence.end];
        Gazetteer::open().for_each(chars, |hit| {
            let likely = hit.entries.iter().find(|e| e.weight >= LIKELY && e.kind.class().is_some());
            if let Some((entry, class)) = likely.and_then(|e| Some((e, e.kind.class()?))) {
                spans.push(Mention {
                    start: sentence.start + hit.start,
                    end: sentence.start + hit.end,
                    class,
                    found_by: format!("gazetteer:{}", entry.kind.as_str()),
                    confidence: 0.8,
                });
            }
        });
    }
    spans.sort_by(|a, b| {
        let longer = (b.end - b.start).cmp(&(a.end - a.start));
        longer
            .then(b.confidence.total_cmp(&a.confidence))
            .then(a.start.cmp(&b.start))
            .then(a.class.cmp(&b.class))
    });
    let mut taken = vec![false; text.view.len()];
    spans.retain(|m| {
        let free = !taken[m.start..m.end].iter().any(|t| *t);
        if free {
            taken[m.start..m.end].fill(true);
        }
        free
    });
    spans.sort_by_key(|m| m.start);
    spans
}

fn by_form(candidate: &Candidate) -> Mention {
    Mention {
        start: candidate.start,
        end: candidate.end,
        class: candidate.class,
        found_by: format!("rule:{}", candidate.rule),
        confidence: 0.5,
    }
}
