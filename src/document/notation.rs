//! Annotated text on one line of sight: `[太原市/Place]`, nested where one mention lies inside another.
//!
//! Goes in: a text and the spans that name something; comes out: the text with each span in brackets, followed by its
//! class. [`parse`] reads it back. Brackets and backslashes of the text itself carry a backslash. Two spans that cross
//! cannot be written; the later one is left out.

use super::{Class, Span};
use std::cmp::Reverse;

/// A text and what in it names something, in reading order, outer spans first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotated {
    /// The text without brackets.
    pub text: String,
    /// Spans in code points of the text, each with its class.
    pub mentions: Vec<(Span, Class)>,
}

/// Where annotated text cannot be read; places are code points of the annotated text, from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotationError {
    /// A bracket without its partner.
    #[error("character {0}: this bracket has no partner; write \\[ or \\] for a bracket of the text")]
    Unpaired(usize),
    /// A bracket that does not close with a class.
    #[error("character {0}: a bracket must close with a class, as in [太原市/Place]")]
    NoClass(usize),
    /// A bracket around nothing.
    #[error("character {0}: nothing stands in this bracket")]
    Nothing(usize),
}

/// Writes a text with its mentions in brackets.
pub fn print(text: &[char], mentions: &[(Span, Class)]) -> String {
    let mentions = nested(mentions, text.len());
    let mut out = String::with_capacity(text.len() * 3 + mentions.len() * 14);
    let mut open: Vec<(Span, Class)> = Vec::new();
    let mut next = mentions.into_iter().peekable();
    for at in 0..=text.len() {
        while let Some((_, class)) = open.pop_if(|(span, _)| span.end == at) {
            out.push('/');
            out.push_str(class.as_str());
            out.push(']');
        }
        while let Some(mention) = next.next_if(|(span, _)| span.start == at) {
            out.push('[');
            open.push(mention);
        }
        text.get(at).into_iter().for_each(|c| push_escaped(&mut out, *c));
    }
    out
}

/// The mentions in the order in which their brackets open, without empty and crossing ones.
fn nested(mentions: &[(Span, Class)], length: usize) -> Vec<(Span, Class)> {
    let mut sorted = in_order(mentions.to_vec());
    let mut open: Vec<Span> = Vec::new();
    sorted.retain(|(span, _)| {
        while open.pop_if(|outer| outer.end <= span.start).is_some() {}
        let fits = span.start < span.end
            && span.end <= length
            && open.last().is_none_or(|outer| span.end <= outer.end);
        if fits {
            open.push(*span);
        }
        fits
    });
    sorted
}

fn in_order(mut mentions: Vec<(Span, Class)>) -> Vec<(Span, Class)> {
    mentions.sort_by_key(|(span, class)| (span.start, Reverse(span.end), *class));
    mentions.dedup();
    mentions
}

fn push_escaped(out: &mut String, c: char) {
    if matches!(c, '[' | ']' | '\\') {
        out.push('\\');
    }
    out.push(c);
}

/// Reads annotated text.
pub fn parse(annotated: &str) -> Result<Annotated, NotationError> {
    let mut text: Vec<char> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut mentions = Vec::new();
    let mut chars = annotated.chars().zip(1..);
    while let Some((c, place)) = chars.next() {
        match c {
            '\\' => text.extend(chars.next().map(|(escaped, _)| escaped)),
            '[' => open.push((text.len(), place)),
            ']' => {
                let (start, _) = open.pop().ok_or(NotationError::Unpaired(place))?;
                mentions.push(close(&mut text, start, place)?);
            }
            other => text.push(other),
        }
    }
    match open.pop() {
        Some((_, place)) => Err(NotationError::Unpaired(place)),
        None => Ok(Annotated { text: text.into_iter().collect(), mentions: in_order(mentions) }),
    }
}

/// Takes the class off the end of the text and gives the mention that it closes.
fn close(text: &mut Vec<char>, start: usize, place: usize) -> Result<(Span, Class), NotationError> {
    let slash = text.iter().rposition(|c| *c == '/').filter(|slash| *slash >= start);
    let slash = slash.ok_or(NotationError::NoClass(place))?;
    let name: String = text.drain(slash..).skip(1).collect();
    let class = Class::parse(&name).ok_or(NotationError::NoClass(place))?;
    if slash == start {
        return Err(NotationError::Nothing(place));
    }
    Ok((Span { start, end: slash }, class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    #[test]
    fn brackets_become_spans_of_the_text_without_them() {
        let read = parse("[[甲钢/Enterprise]中厚板/Project]落户[乙市/Place]。").unwrap();
        assert_eq!(read.text, "甲钢中厚板落户乙市。");
        let expected =
            [(span(0, 5), Class::Project), (span(0, 2), Class::Enterprise), (span(7, 9), Class::Place)];
        assert_eq!(read.mentions, expected);
    }

    #[test]
    fn one_span_may_carry_two_classes() {
        let read = parse("[[甲/Project]/Enterprise]等项目").unwrap();
        assert_eq!(read.mentions, [(span(0, 1), Class::Enterprise), (span(0, 1), Class::Project)]);
        let chars: Vec<char> = read.text.chars().collect();
        assert_eq!(print(&chars, &read.mentions), "[[甲/Project]/Enterprise]等项目");
    }

    #[test]
    fn brackets_and_slashes_of_the_text_stay() {
        let read = parse("\\[注\\]高新技术/产业[甲/乙/Zone]").unwrap();
        assert_eq!(read.text, "[注]高新技术/产业甲/乙");
        assert_eq!(read.mentions, [(span(10, 13), Class::Zone)]);
    }

    #[test]
    fn a_mention_that_crosses_another_is_left_out() {
        let text: Vec<char> = "甲乙丙丁".chars().collect();
        let shown = print(&text, &[(span(0, 3), Class::Place), (span(1, 4), Class::Zone)]);
        assert_eq!(shown, "[甲乙丙/Place]丁");
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_place() {
        assert_eq!(parse("甲]"), Err(NotationError::Unpaired(2)));
        assert_eq!(parse("[甲/Place]["), Err(NotationError::Unpaired(10)));
        assert_eq!(parse("[甲/Town]"), Err(NotationError::NoClass(8)));
        assert_eq!(parse("甲/Place[乙]"), Err(NotationError::NoClass(10)));
        assert_eq!(parse("[/Place]"), Err(NotationError::Nothing(8)));
    }

    fn mentions() -> impl Strategy<Value = Vec<(Span, Class)>> {
        let mention = (0_usize..20, 1_usize..8, prop::sample::select(Class::ALL));
        prop::collection::vec(
            mention.prop_map(|(start, length, class)| (span(start, start + length), class)),
            0..8,
        )
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(text in r"[甲乙\[\]\\/\nA]{0,25}", mentions in mentions()) {
            let chars: Vec<char> = text.chars().collect();
            let read = parse(&print(&chars, &mentions)).unwrap();
            prop_assert_eq!(&read.text, &text);
            prop_assert_eq!(&read.mentions, &nested(&mentions, chars.len()));
        }

        #[test]
        fn any_string_is_read_or_refused(annotated: String) {
            let _ = parse(&annotated);
        }
    }
}
