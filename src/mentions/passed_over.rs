//! What looks like a name and is not taken for one, with the reason.

use super::candidates;
use super::{Mention, first_look, second_look};
use crate::text::{LineKind, Text};

/// A name that was considered and is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct PassedOver {
    /// What it would be; the confidence is 0 where the tagger weighed it against other readings only.
    pub mention: Mention,
    /// Why it is left out.
    pub why: String,
    /// Whether a name of the same class stands there with other bounds.
    pub otherwise_bounded: bool,
}

/// What [`find`](super::find) considers and leaves out: spans that look like names by their form, and further places of names
/// that were found too seldom.
pub fn passed_over(text: &Text, found: &[Mention]) -> Vec<PassedOver> {
    let seldom = "the tagger passes the name over too often in this text";
    let outvoted = second_look::outvoted(text, first_look(text)).into_iter();
    let mut all: Vec<PassedOver> = outvoted
        .map(|mention| PassedOver { mention, why: seldom.to_owned(), otherwise_bounded: false })
        .collect();
    let readable = |c: &candidates::Candidate| {
        let at = text.sentences.partition_point(|s| s.end <= c.start);
        text.sentences.get(at).is_some_and(|s| s.kind != LineKind::Furniture)
    };
    for c in candidates::find(text).iter().filter(|c| readable(c)) {
        let (start, end, class) = (c.start, c.end, c.class);
        if found.iter().any(|m| (m.start, m.end, m.class) == (start, end, class)) {
            continue;
        }
        let there: Vec<&Mention> = found.iter().filter(|m| m.start < end && start < m.end).collect();
        all.push(PassedOver {
            why: reason(text, &there),
            otherwise_bounded: there.iter().any(|m| m.class == class),
            mention: Mention { start, end, class, found_by: format!("form:{}", c.rule), confidence: 0.0 },
        });
    }
    all
}

fn reason(text: &Text, there: &[&Mention]) -> String {
    if there.is_empty() {
        return "the tagger finds no name here".to_owned();
    }
    let read = |m: &&Mention| format!("{}/{}", text.view.slice(m.start, m.end), m.class);
    format!("the tagger reads {}", there.iter().map(read).collect::<Vec<_>>().join(" "))
}
