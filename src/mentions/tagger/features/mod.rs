//! What the tagger sees of each character: hashed features of its surroundings.
//!
//! Goes in: the folded characters of a sentence and candidates found by rules. Comes out: for each character the hashes
//! of what holds there. Nothing here knows any label or weight.

mod character;
mod context;
mod known;
mod person;
mod recurring;
mod window;
mod words;

pub(super) use character::symbol;
pub use words::load_dictionary;
pub(super) use words::split;

use crate::mentions::Candidate;
use crate::mentions::gazetteer::Gazetteer;
use std::ops::Range;

/// The features of the characters of one sentence; reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Sheet {
    hashes: Vec<u32>,
    ends: Vec<usize>,
    /// Per character, as the families of features write them, before they are laid out in `hashes`.
    columns: Vec<(u32, u32)>,
    symbols: Vec<u32>,
    known: known::Known,
    recurring: recurring::Recurring,
}

impl Sheet {
    /// Turns to another text, of which `chars` are the folded characters.
    pub fn enter(&mut self, chars: &[char]) {
        self.recurring.count(chars);
    }

    /// Works out the features of the sentence at `range` of the text that was entered; candidates are sorted by start, and those within it are used.
    pub fn fill(&mut self, chars: &[char], range: Range<usize>, candidates: &[Candidate]) {
        let from = candidates.partition_point(|candidate| candidate.start < range.start);
        let to = candidates.partition_point(|candidate| candidate.start < range.end);
        let candidates = &candidates[from..to];
        let offset = range.start;
        let chars = &chars[range];
        let gazetteer = Gazetteer::open();
        self.columns.clear();
        self.symbols.clear();
        self.symbols.extend(chars.iter().map(|c| character::symbol(*c)));
        self.known.fill(gazetteer, chars);
        let mut family = Family { columns: &mut self.columns };
        window::write(&self.symbols, chars, &mut family);
        self.known.write(&self.symbols, &mut family);
        person::write(gazetteer.persons(), chars, &mut family);
        context::write(&self.known, chars, &mut family);
        words::write(chars, &mut family);
        self.recurring.write(chars, &mut family);
        write_candidates(candidates, (offset, &self.symbols), &mut family);
        self.lay_out(chars.len());
    }

    /// Adds candidates that come up once the sentence is filled in; they count from its first character.
    pub(super) fn propose(&mut self, candidates: &[Candidate]) {
        if !candidates.is_empty() {
            write_candidates(candidates, (0, &self.symbols), &mut Family { columns: &mut self.columns });
            self.lay_out(self.symbols.len());
        }
    }

    fn lay_out(&mut self, length: usize) {
        self.ends.clear();
        self.ends.resize(length + 1, 0);
        for (at, _) in &self.columns {
            self.ends[*at as usize + 1] += 1;
        }
        for at in 0..length {
            self.ends[at + 1] += self.ends[at];
        }
        self.hashes.clear();
        self.hashes.resize(self.columns.len(), 0);
        let mut next = self.ends.clone();
        for (at, hash) in &self.columns {
            self.hashes[next[*at as usize]] = *hash;
            next[*at as usize] += 1;
        }
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// Whether there is no character.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The features of one character.
    pub fn of(&self, at: usize) -> &[u32] {
        &self.hashes[self.ends[at]..self.ends[at + 1]]
    }
}

/// Where the families of features write to.
struct Family<'a> {
    columns: &'a mut Vec<(u32, u32)>,
}

impl Family<'_> {
    #[expect(clippy::cast_possible_truncation, reason = "a sentence is shorter than 2^32")]
    fn push(&mut self, at: usize, hash: u32) {
        self.columns.push((at as u32, hash));
    }
}

/// One hash of a template and its values.
fn hash(template: u32, values: &[u32]) -> u32 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mut state = u64::from(template).wrapping_mul(FACTOR);
    for value in values {
        state = (state.rotate_left(5) ^ u64::from(*value)).wrapping_mul(FACTOR);
    }
    (state >> 32) as u32
}

/// Where in a range a character stands: 0 begin, 1 inside, 2 end, 3 single.
fn place(at: usize, start: usize, end: usize) -> u32 {
    match (at == start, at + 1 == end) {
        (true, true) => 3,
        (true, false) => 0,
        (false, true) => 2,
        (false, false) => 1,
    }
}

/// A length in few steps.
fn steps(length: usize) -> u32 {
    match length {
        0..=4 => length as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=15 => 7,
        _ => 8,
    }
}

fn write_candidates(candidates: &[Candidate], (offset, symbols): (usize, &[u32]), family: &mut Family) {
    for candidate in candidates.iter().filter(|c| c.end <= offset + symbols.len()) {
        let rule = candidate.rule.bytes().fold(0, |state, byte| hash(state, &[u32::from(byte)]));
        let class = candidate.class as u32;
        let (start, end) = (candidate.start - offset, candidate.end - offset);
        for (at, symbol) in symbols.iter().enumerate().take(end).skip(start) {
            let place = place(at, start, end);
            family.push(at, hash(90, &[class, place, rule]));
            if place != 1 {
                family.push(at, hash(92, &[class, place, *symbol]));
                family.push(at, hash(95, &[class, place, steps(end - start)]));
            }
        }
        if start > 0 {
            family.push(start - 1, hash(93, &[class]));
        }
        if end < symbols.len() {
            family.push(end, hash(94, &[class]));
        }
    }
}
