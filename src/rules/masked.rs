//! A sentence in which every outermost mention is one private-use symbol of its class.

use super::pattern::symbol;
use crate::document::Class;
use std::ops::Range;

/// The masked sentence, with the way back.
#[derive(Debug)]
pub(super) struct Masked {
    pub text: String,
    /// For each byte at which a character starts: the character's range in the text and its mention.
    places: Vec<(usize, usize, usize, Option<usize>)>,
}

impl Masked {
    /// `mentions`: start, end, index, class.
    pub fn new(
        chars: &[char],
        (start, end): (usize, usize),
        mentions: &[(usize, usize, usize, Class)],
    ) -> Self {
        let mut masked = Self { text: String::with_capacity(3 * (end - start)), places: Vec::new() };
        let mut next = mentions.iter().peekable();
        let mut at = start;
        while at < end {
            while next.next_if(|m| m.0 < at).is_some() {}
            match next.peek() {
                Some(&&(from, to, index, class)) if from == at && to <= end => {
                    // A list item that is both a company and its project stands in the list as a project.
                    let (mut index, mut class) = (index, class);
                    next.next();
                    while let Some(twin) = next.next_if(|m| (m.0, m.1) == (from, to)) {
                        (index, class) =
                            if twin.3 == Class::Project { (twin.2, twin.3) } else { (index, class) };
                    }
                    masked.push(symbol(class), (from, to), Some(index));
                    at = to.max(at + 1);
                }
                _ => {
                    masked.push(chars[at], (at, at + 1), None);
                    at += 1;
                }
            }
        }
        masked
    }

    fn push(&mut self, c: char, (start, end): (usize, usize), mention: Option<usize>) {
        self.places.push((self.text.len(), start, end, mention));
        self.text.push(c);
    }

    fn inside(&self, bytes: Range<usize>) -> &[(usize, usize, usize, Option<usize>)] {
        let from = self.places.partition_point(|p| p.0 < bytes.start);
        let to = self.places.partition_point(|p| p.0 < bytes.end);
        &self.places[from..to]
    }

    /// The mentions whose symbols lie in a range of bytes.
    pub fn mentions_in(&self, bytes: Range<usize>) -> Vec<usize> {
        self.inside(bytes).iter().filter_map(|p| p.3).collect()
    }

    /// The range of the text that a range of bytes stands for.
    pub fn range(&self, bytes: Range<usize>) -> (usize, usize) {
        let inside = self.inside(bytes);
        (inside.first().map_or(0, |p| p.1), inside.last().map_or(0, |p| p.2))
    }

    /// Where the character after the one at `byte` starts.
    pub fn after(&self, byte: usize) -> usize {
        let next = self.places.partition_point(|p| p.0 <= byte);
        self.places.get(next).map_or(self.text.len(), |p| p.0)
    }
}
