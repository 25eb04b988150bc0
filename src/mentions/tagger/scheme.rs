//! Tags of characters: outside, or begin, inside, end, single of one label.

/// A labelled range of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Labelled {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Index of the label.
    pub label: usize,
}

pub(super) const OUTSIDE: usize = 0;

pub(super) const fn begin(label: usize) -> usize {
    1 + 4 * label
}

pub(super) const fn inside(label: usize) -> usize {
    2 + 4 * label
}

pub(super) const fn end(label: usize) -> usize {
    3 + 4 * label
}

pub(super) const fn single(label: usize) -> usize {
    4 + 4 * label
}

/// Number of tags for a number of labels.
pub(super) const fn tags(labels: usize) -> usize {
    1 + 4 * labels
}

/// The tags of `length` characters under ranges that do not overlap; a range that overlaps an earlier one is passed over.
pub(super) fn encode(length: usize, spans: &[Labelled]) -> Vec<u8> {
    let mut tagged = vec![0; length];
    for span in spans {
        let free = span.end <= length && tagged[span.start..span.end].iter().all(|tag| *tag == 0);
        if free && span.start < span.end {
            write(&mut tagged, span);
        }
    }
    tagged
}

fn write(tagged: &mut [u8], span: &Labelled) {
    let byte = |tag: usize| u8::try_from(tag).unwrap_or(0);
    if span.end - span.start == 1 {
        tagged[span.start] = byte(single(span.label));
        return;
    }
    tagged[span.start] = byte(begin(span.label));
    tagged[span.start + 1..span.end - 1].fill(byte(inside(span.label)));
    tagged[span.end - 1] = byte(end(span.label));
}

/// The ranges that well-formed tags describe.
pub(super) fn spans(tagged: &[u8]) -> Vec<Labelled> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, &tag) in tagged.iter().enumerate() {
        let tag = tag as usize;
        if tag == OUTSIDE {
            continue;
        }
        let label = (tag - 1) / 4;
        if tag == begin(label) {
            start = at;
        } else if tag == single(label) {
            found.push(Labelled { start: at, end: at + 1, label });
        } else if tag == end(label) {
            found.push(Labelled { start, end: at + 1, label });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_survive_their_encoding() {
        let given = [Labelled { start: 0, end: 1, label: 2 }, Labelled { start: 2, end: 5, label: 0 }];
        assert_eq!(spans(&encode(6, &given)), given);
    }

    #[test]
    fn a_range_that_overlaps_an_earlier_one_is_passed_over() {
        let given = [Labelled { start: 0, end: 3, label: 1 }, Labelled { start: 2, end: 5, label: 0 }];
        assert_eq!(spans(&encode(6, &given)), given[..1]);
    }
}
