//! Small decision trees, added up: each corrects what those before it left wrong.
//!
//! Grown on histograms of binned numbers, level by level; deterministic, since which rows and columns a tree sees comes
//! from a fixed generator.

use crate::random::Random;

/// Levels of decisions in a tree.
const DEPTH: usize = 4;
const INNER: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;
/// Bytes of a tree: for each decision a column and a limit, for each leaf a value.
const TREE_BYTES: usize = INNER * 6 + LEAVES * 4;
const BINS: usize = 48;
const TREES: usize = 280;
const RATE: f32 = 0.07;
const SMOOTHING: f32 = 1.5;
const LEAST_WEIGHT: f32 = 0.5;
const LEAST_GAIN: f32 = 0.4;

/// The probability of log odds.
pub fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// 1 for what holds and 0 for what does not, as a number of a row.
pub fn truth(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// A row goes right at a decision where its column is above the limit.
#[derive(Debug, Clone, PartialEq)]
struct Tree {
    columns: [u16; INNER],
    limits: [f32; INNER],
    leaves: [f32; LEAVES],
}

/// Trees whose sum is the log odds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forest {
    start: f32,
    trees: Vec<Tree>,
}

impl Forest {
    /// The log odds of a row.
    pub fn score(&self, row: &[f32]) -> f32 {
        self.start + self.trees.iter().map(|tree| tree.value(row)).sum::<f32>()
    }

    /// Grows trees for rows of equal length and their verdicts.
    pub fn grow(rows: &[&[f32]], verdicts: &[bool]) -> Self {
        let held = verdicts.iter().filter(|v| **v).count() as f32;
        let all = verdicts.len() as f32;
        if rows.is_empty() {
            return Self { start: -10.0, trees: Vec::new() };
        }
        let start = ((held + 0.5) / (all - held + 0.5)).ln();
        let table = Table::new(rows);
        let mut scores = vec![start; rows.len()];
        let mut trees = Vec::new();
        let mut dice = Random::new(0x2545_F491_4F6C_DD1D);
        for _ in 0..TREES {
            let tree = Growth::new(&table, &scores, verdicts, &mut dice).grow();
            for (score, row) in scores.iter_mut().zip(rows) {
                *score += tree.value(row);
            }
            trees.push(tree);
        }
        Self { start, trees }
    }

    /// As bytes in little-endian order: start, number of trees, trees.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.start.to_le_bytes());
        bytes.extend((self.trees.len() as u32).to_le_bytes());
        for tree in &self.trees {
            tree.columns.iter().for_each(|c| bytes.extend(c.to_le_bytes()));
            tree.limits.iter().for_each(|l| bytes.extend(l.to_le_bytes()));
            tree.leaves.iter().for_each(|l| bytes.extend(l.to_le_bytes()));
        }
    }

    /// Reads what [`Self::write`] wrote and gives what follows; nothing if it does not fit.
    pub fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (start, rest) = bytes.split_first_chunk::<4>()?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let length = TREE_BYTES.checked_mul(u32::from_le_bytes(*count) as usize)?;
        let (trees, rest) = rest.split_at_checked(length)?;
        let trees = trees.chunks_exact(TREE_BYTES).map(Tree::read).collect();
        Some((Self { start: f32::from_le_bytes(*start), trees }, rest))
    }
}

impl Tree {
    fn value(&self, row: &[f32]) -> f32 {
        let mut at = 0;
        for _ in 0..DEPTH {
            let column = row.get(self.columns[at] as usize).copied().unwrap_or_default();
            at = 2 * at + 1 + usize::from(column > self.limits[at]);
        }
        self.leaves[at - INNER]
    }

    fn read(bytes: &[u8]) -> Self {
        let float = |at: usize| f32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Self {
            columns: std::array::from_fn(|i| u16::from_le_bytes([bytes[2 * i], bytes[2 * i + 1]])),
            limits: std::array::from_fn(|i| float(2 * INNER + 4 * i)),
            leaves: std::array::from_fn(|i| float(6 * INNER + 4 * i)),
        }
    }
}

/// The rows by columns, each number as its bin.
struct Table {
    bins: Vec<Vec<u8>>,
    /// The largest number of each bin.
    limits: Vec<Vec<f32>>,
}

impl Table {
    fn new(rows: &[&[f32]]) -> Self {
        let columns = rows.iter().map(|r| r.len()).min().unwrap_or(0);
        let (mut bins, mut limits) = (Vec::with_capacity(columns), Vec::with_capacity(columns));
        for column in 0..columns {
            let ends = ends(rows, column);
            let bin = |row: &&[f32]| ends.partition_point(|end| *end < row[column]).min(BINS - 1) as u8;
            bins.push(rows.iter().map(bin).collect());
            limits.push(ends);
        }
        Self { bins, limits }
    }
}

/// The upper ends of a column's bins but the last: its distinct numbers, or quantiles where there are many.
fn ends(rows: &[&[f32]], column: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row[column]).collect();
    values.sort_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    let mut ends = if distinct.len() <= BINS {
        distinct
    } else {
        (1..BINS).map(|i| values[i * values.len() / BINS]).collect()
    };
    ends.dedup();
    if ends.last() == values.last() {
        ends.pop();
    }
    ends
}

/// Slope and weight of rows, summed.
#[derive(Debug, Clone, Copy, Default)]
struct Pull {
    slope: f32,
    weight: f32,
}

impl Pull {
    fn add(&mut self, other: Self) {
        self.slope += other.slope;
        self.weight += other.weight;
    }

    fn gain(self) -> f32 {
        self.slope * self.slope / (self.weight + SMOOTHING)
    }
}

/// One tree as it grows.
struct Growth<'a> {
    table: &'a Table,
    pulls: Vec<Pull>,
    columns: Vec<usize>,
    rows: Vec<u32>,
    tree: Tree,
}

impl<'a> Growth<'a> {
    fn new(table: &'a Table, scores: &[f32], verdicts: &[bool], dice: &mut Random) -> Self {
        let pull = |(score, holds): (&f32, &bool)| {
            let probability = probability(*score);
            Pull {
                slope: f32::from(u8::from(*holds)) - probability,
                weight: (probability * (1.0 - probability)).max(1e-4),
            }
        };
        let tree = Tree { columns: [0; INNER], limits: [f32::INFINITY; INNER], leaves: [0.0; LEAVES] };
        Self {
            table,
            pulls: scores.iter().zip(verdicts).map(pull).collect(),
            columns: (0..table.bins.len()).filter(|c| *c == 0 || dice.falls(350)).collect(),
            rows: (0..scores.len() as u32).filter(|_| dice.falls(700)).collect(),
            tree,
        }
    }

    fn grow(mut self) -> Tree {
        let rows = std::mem::take(&mut self.rows);
        self.decide(0, rows);
        self.tree
    }

    fn decide(&mut self, node: usize, rows: Vec<u32>) {
        if node >= INNER {
            let total = self.total(&rows);
            self.tree.leaves[node - INNER] = RATE * total.slope / (total.weight + SMOOTHING);
            return;
        }
        let (mut left, mut right) = (rows, Vec::new());
        if let Some((column, bin)) = self.best_split(&left) {
            self.tree.columns[node] = column as u16;
            self.tree.limits[node] = self.table.limits[column][bin];
            let bins = &self.table.bins[column];
            (left, right) = left.into_iter().partition(|&row| bins[row as usize] as usize <= bin);
        }
        self.decide(2 * node + 1, left);
        self.decide(2 * node + 2, right);
    }

    fn total(&self, rows: &[u32]) -> Pull {
        let mut total = Pull::default();
        rows.iter().for_each(|&row| total.add(self.pulls[row as usize]));
        total
    }

    fn best_split(&self, rows: &[u32]) -> Option<(usize, usize)> {
        let total = self.total(rows);
        let mut best = (LEAST_GAIN, None);
        for &column in &self.columns {
            let mut histogram = [Pull::default(); BINS];
            let bins = &self.table.bins[column];
            for &row in rows {
                histogram[bins[row as usize] as usize].add(self.pulls[row as usize]);
            }
            let mut left = Pull::default();
            for (bin, pull) in histogram.iter().enumerate().take(self.table.limits[column].len()) {
                left.add(*pull);
                let right = Pull { slope: total.slope - left.slope, weight: total.weight - left.weight };
                let gain = left.gain() + right.gain() - total.gain();
                if gain > best.0 && left.weight >= LEAST_WEIGHT && right.weight >= LEAST_WEIGHT {
                    best = (gain, Some((column, bin)));
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> (Vec<Vec<f32>>, Vec<bool>) {
        let rows: Vec<Vec<f32>> = (0..400).map(|i| vec![(i % 7) as f32, (i % 11) as f32, 1.0]).collect();
        let verdicts = rows.iter().map(|r| (r[0] > 3.0) != (r[1] > 5.0)).collect();
        (rows, verdicts)
    }

    #[test]
    fn learns_what_no_sum_of_columns_can_say() {
        let (rows, verdicts) = rows();
        let slices: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let forest = Forest::grow(&slices, &verdicts);
        let right = rows.iter().zip(&verdicts).filter(|(r, v)| (forest.score(r) > 0.0) == **v).count();
        assert!(right > 390, "{right}");
    }

    #[test]
    fn reads_back_what_it_wrote_and_refuses_less() {
        let (rows, verdicts) = rows();
        let slices: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let forest = Forest::grow(&slices, &verdicts);
        let mut bytes = Vec::new();
        forest.write(&mut bytes);
        assert_eq!(Forest::read(&bytes).unwrap().0, forest);
        assert!(Forest::read(&bytes[..bytes.len() - 1]).is_none());
    }

    #[test]
    fn without_examples_nothing_holds() {
        assert!(Forest::grow(&[], &[]).score(&[]) < -5.0);
    }
}
