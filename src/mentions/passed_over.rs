//! What looks like a name and is not taken for one, with the reason.

use super::rescoring::{Rescorer, THRESHOLD};
use super::tagger::Tagger;
use super::{Candidate, Mention, seek};
use crate::text::{LineKind, Text};

/// A name that was considered and is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct PassedOver {
    /// What it would be; the confidence is 0 where only its form speaks for it.
    pub mention: Mention,
    /// Why it is left out.
    pub why: String,
    /// Whether a name of the same class stands there with other bounds.
    pub otherwise_bounded: bool,
}

/// What is at least so probable is worth telling.
const WORTH: f32 = 0.1;

/// What [`find`](super::find) considers and leaves out: ranges that might be names, and spans that look like names by their
/// form.
pub fn passed_over(text: &Text, found: &[Mention]) -> Vec<PassedOver> {
    let is = |m: &Mention, (start, end, class)| (m.start, m.end, m.class) == (start, end, class);
    let sought = seek(text, Tagger::open());
    let weighed = Rescorer::open().weigh(text, &sought);
    let mut all: Vec<PassedOver> = weighed
        .into_iter()
        .filter(|m| m.confidence >= WORTH && !found.iter().any(|f| is(f, (m.start, m.end, m.class))))
        .map(|mention| out(text, found, mention))
        .collect();
    let readable = |c: &Candidate| {
        let at = text.sentences.partition_point(|s| s.end <= c.start);
        text.sentences.get(at).is_some_and(|s| s.kind != LineKind::Furniture)
    };
    for c in sought.forms.iter().filter(|c| readable(c)) {
        let span = (c.start, c.end, c.class);
        if !found.iter().any(|m| is(m, span)) && !all.iter().any(|out| is(&out.mention, span)) {
            let (start, end, class) = span;
            let found_by = format!("form:{}", c.rule);
            all.push(out(text, found, Mention { start, end, class, found_by, confidence: 0.0 }));
        }
    }
    all
}

fn out(text: &Text, found: &[Mention], mention: Mention) -> PassedOver {
    let there: Vec<&Mention> =
        found.iter().filter(|m| m.start < mention.end && mention.start < m.end).collect();
    let otherwise_bounded = there.iter().any(|m| m.class == mention.class);
    PassedOver { why: reason(text, &mention, &there), otherwise_bounded, mention }
}

fn reason(text: &Text, mention: &Mention, there: &[&Mention]) -> String {
    if there.is_empty() && mention.confidence > 0.0 {
        return format!("less probable than {THRESHOLD}");
    }
    if there.is_empty() {
        return "the tagger finds no name here".to_owned();
    }
    let read = |m: &&Mention| format!("{}/{}", text.view.slice(m.start, m.end), m.class);
    format!("the tagger reads {}", there.iter().map(read).collect::<Vec<_>>().join(" "))
}
