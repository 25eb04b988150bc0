//! What the candidates of one figure gain by what is chosen for the others: figures that stand together share their bearer
//! and their period more often than not.

use super::Rows;
use crate::trees::{Forest, truth};

/// Stands for "no such figure" where a weight is told.
const NONE: f32 = -99.0;

/// The weight of each candidate of each figure.
pub(super) fn weights<C>(forest: &Forest, figures: &[Rows<C>]) -> Vec<Vec<f32>> {
    let of_figure = |rows: &Rows<C>| rows.iter().map(|(_, row)| forest.score(row)).collect();
    figures.iter().map(of_figure).collect()
}

/// The candidate that weighs most; of equal ones the first.
pub(super) fn heaviest<C: Clone>(rows: &Rows<C>, weights: &[f32]) -> Option<C> {
    let mut best: Option<(&C, f32)> = None;
    for ((candidate, _), &weight) in rows.iter().zip(weights) {
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((candidate, weight));
        }
    }
    best.map(|(candidate, _)| candidate.clone())
}

/// The rows with what the first weights say added to each: the candidate's own weight, how far it is from the heaviest of
/// its figure, what it weighs for the figures beside, and how many figures of the text choose it.
pub(super) fn relit<C: PartialEq + Clone>(figures: &[Rows<C>], weights: &[Vec<f32>]) -> Vec<Rows<C>> {
    let chosen: Vec<Option<C>> =
        figures.iter().zip(weights).map(|(rows, weights)| heaviest(rows, weights)).collect();
    let beside = |at: Option<usize>, candidate: &C| -> [f32; 2] {
        let Some((at, rows)) = at.and_then(|at| Some((at, figures.get(at)?))) else { return [NONE, NONE] };
        let own = rows.iter().position(|(other, _)| other == candidate);
        let taken = truth(chosen[at].as_ref() == Some(candidate));
        [own.map_or(NONE / 2.0, |own| weights[at][own]), taken]
    };
    let relit = |(at, rows): (usize, &Rows<C>)| -> Rows<C> {
        let most = weights[at].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let light = |(place, (candidate, row)): (usize, &(C, Vec<f32>))| {
            let mut row = row.clone();
            row.extend([weights[at][place], weights[at][place] - most]);
            for away in 1..=2 {
                row.extend(beside(at.checked_sub(away), candidate));
                row.extend(beside(Some(at + away), candidate));
            }
            let same = chosen.iter().filter(|choice| choice.as_ref() == Some(candidate)).count();
            row.push(same as f32 / figures.len() as f32);
            (candidate.clone(), row)
        };
        rows.iter().enumerate().map(light).collect()
    };
    figures.iter().enumerate().map(relit).collect()
}
