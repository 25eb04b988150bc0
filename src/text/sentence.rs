//! Sentences of a text, and the lines that are furniture of the page rather than text.

use super::view::View;

/// What a line is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Running text.
    Body,
    /// A short line without an end mark: a headline or the title of a section.
    Heading,
    /// Menus, addresses, counters, copyright lines: no statement is read from it.
    Furniture,
}

/// One sentence: a range of the view, never longer than [`LONGEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// First character in the view.
    pub start: usize,
    /// One past the last character in the view.
    pub end: usize,
    /// Number of the line it stands in, from 0.
    pub line: usize,
    /// What that line is.
    pub kind: LineKind,
}

/// A sentence is cut here even where no mark ends it (characters of the view).
pub const LONGEST: usize = 1000;

/// Splits a view into sentences.
pub(super) fn split(view: &View) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (line, text) in view.chars.split(|c| *c == '\n').enumerate() {
        let end = start + text.len();
        let kind = kind_of(text);
        split_line(view, start, end, |s, e| sentences.push(Sentence { start: s, end: e, line, kind }));
        start = end + 1;
    }
    sentences
}

fn split_line(view: &View, start: usize, end: usize, mut push: impl FnMut(usize, usize)) {
    let mut from = start;
    let mut at = start;
    while at < end {
        let ends = matches!(view.chars[at], '。' | '！' | '？');
        at += 1;
        if ends {
            while at < end && matches!(view.chars[at], '”' | '’' | '）' | '》' | '。' | '！' | '？')
            {
                at += 1;
            }
        }
        if ends || at - from >= LONGEST {
            push(from, at);
            from = at;
        }
    }
    if from < end {
        push(from, end);
    }
}

fn kind_of(line: &[char]) -> LineKind {
    if super::furniture::is_furniture(line) {
        LineKind::Furniture
    } else if line.len() < 60 && !line.iter().any(|c| matches!(c, '。' | '；')) {
        LineKind::Heading
    } else {
        LineKind::Body
    }
}
