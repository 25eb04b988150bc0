//! Repeatable randomness: the same numbers in the same order from the same start.

/// A generator of numbers (xorshift, Marsaglia 2003).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// One that starts from `seed`, which must not be 0.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// The next number below `limit`; 0 where that is 0.
    #[expect(clippy::cast_possible_truncation, reason = "what is wanted is below the limit")]
    pub fn below(&mut self, limit: usize) -> usize {
        (self.number() % limit.max(1) as u64) as usize
    }

    /// Whether a throw falls into the first `share` of a thousand.
    pub fn falls(&mut self, share: u64) -> bool {
        self.number() % 1000 < share
    }

    /// Puts items into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_start_gives_the_same_order() {
        let shuffled = || {
            let mut items: Vec<usize> = (0..50).collect();
            Random::new(7).shuffle(&mut items);
            items
        };
        assert_eq!(shuffled(), shuffled());
        let mut sorted = shuffled();
        sorted.sort_unstable();
        assert!(sorted == (0..50).collect::<Vec<_>>() && sorted != shuffled());
    }

    #[test]
    fn throws_fall_as_often_as_their_share_says() {
        let mut random = Random::new(7);
        let fallen = (0..10_000).filter(|_| random.falls(200)).count();
        assert!((1800..2200).contains(&fallen), "{fallen}");
        assert_eq!((random.below(0), random.below(1)), (0, 0));
    }
}
