//! Characters, pairs and triples around each character, and the classes of characters.

use super::character::{EDGE, class};
use super::{Family, hash};

pub(super) fn write(symbols: &[u32], chars: &[char], family: &mut Family) {
    let classes: Vec<u32> = chars.iter().map(|c| class(*c)).collect();
    let symbol = |at: usize, by: isize| around(symbols, at, by);
    let class = |at: usize, by: isize| around(&classes, at, by);
    for at in 0..chars.len() {
        let [c3, c2, c1, c, d1, d2, d3] = [-3, -2, -1, 0, 1, 2, 3].map(|by| symbol(at, by));
        family.push(at, hash(1, &[c]));
        family.push(at, hash(2, &[c1]));
        family.push(at, hash(3, &[d1]));
        family.push(at, hash(4, &[c2]));
        family.push(at, hash(5, &[d2]));
        family.push(at, hash(6, &[c1, c]));
        family.push(at, hash(7, &[c, d1]));
        family.push(at, hash(8, &[c2, c1]));
        family.push(at, hash(9, &[d1, d2]));
        family.push(at, hash(10, &[c1, c, d1]));
        family.push(at, hash(11, &[c2, c1, c]));
        family.push(at, hash(12, &[c, d1, d2]));
        family.push(at, hash(13, &[c1, d1]));
        family.push(at, hash(14, &[c3, c2, c1]));
        family.push(at, hash(15, &[d1, d2, d3]));
        let [k2, k1, k, l1, l2] = [-2, -1, 0, 1, 2].map(|by| class(at, by));
        family.push(at, hash(16, &[k1, k, l1]));
        family.push(at, hash(17, &[k2, k1, k, l1, l2]));
    }
}

/// The value `by` places away, or the edge.
pub(super) fn around(values: &[u32], at: usize, by: isize) -> u32 {
    at.checked_add_signed(by).and_then(|at| values.get(at)).copied().unwrap_or(EDGE)
}
