//! The best set of ranges that do not overlap.

use crate::mentions::Mention;

/// The indices of the ranges whose probabilities exceed the threshold by most when added up, none overlapping another; in
/// the order in which they end.
pub fn best(ranges: &[Mention], threshold: f32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ranges.len()).filter(|at| ranges[*at].confidence > threshold).collect();
    order.sort_by_key(|at| (ranges[*at].end, ranges[*at].start));
    // For so many of the ranges in order: the sum, and what ends the set (its place in order, and how many may come before).
    let mut sums = vec![0.0_f32];
    let mut last: Vec<Option<(usize, usize)>> = vec![None];
    for (place, &at) in order.iter().enumerate() {
        let before = order[..place].partition_point(|b| ranges[*b].end <= ranges[at].start);
        let with = sums[before] + ranges[at].confidence - threshold;
        let better = with > sums[place];
        sums.push(if better { with } else { sums[place] });
        last.push(better.then_some((at, before)));
    }
    let mut chosen = Vec::new();
    let mut count = order.len();
    while count > 0 {
        match last[count] {
            Some((at, before)) => {
                chosen.push(at);
                count = before;
            }
            None => count -= 1,
        }
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Class;
    use proptest::prelude::*;

    fn ranges(of: &[(usize, usize, f32)]) -> Vec<Mention> {
        let range = |&(start, end, confidence): &(usize, usize, f32)| Mention {
            start,
            end,
            class: Class::Place,
            found_by: "test".to_owned(),
            confidence,
        };
        of.iter().map(range).collect()
    }

    #[test]
    fn one_sure_range_stands_against_two_doubtful_ones() {
        let of = ranges(&[(0, 2, 0.5), (0, 4, 0.9), (2, 4, 0.6), (4, 6, 0.3)]);
        assert_eq!(best(&of, 0.4), [1]);
        assert_eq!(best(&of, 0.1), [0, 2, 3]);
        assert!(best(&of, 0.95).is_empty());
    }

    proptest! {
        #[test]
        fn no_other_set_without_overlaps_adds_up_to_more(
            of in prop::collection::vec((0usize..9, 1usize..5, 0.0f32..1.0), 0..9)
        ) {
            let of: Vec<_> = of.into_iter().map(|(start, length, p)| (start, start + length, p)).collect();
            let of = ranges(&of);
            let worth = |set: &[usize]| set.iter().map(|at| of[*at].confidence - 0.4).sum::<f32>();
            let parted = |set: &[usize]| {
                set.iter().all(|a| set.iter().all(|b| a == b || of[*a].end <= of[*b].start || of[*b].end <= of[*a].start))
            };
            let found = best(&of, 0.4);
            prop_assert!(parted(&found));
            for bits in 0..1_u32 << of.len() {
                let set: Vec<usize> = (0..of.len()).filter(|at| bits >> at & 1 == 1).collect();
                prop_assert!(!parted(&set) || worth(&set) <= worth(&found) + 1e-4);
            }
        }
    }
}
