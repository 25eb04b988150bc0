//! Where a subject stands: the divisions that are said to hold it or are named near it.

use super::{Kind, Naming, Place, Source, Subject, Table};
use crate::text::fold_name;

/// How much less a place says for each place that stands nearer.
const FADING: f64 = 0.08;
const LEAST: f64 = 0.4;

/// The divisions around a subject.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// For each stated parent, the codes that its name may stand for.
    parents: Vec<(String, Vec<String>)>,
    /// Codes of the other places, the nearest first.
    near: Vec<(String, String)>,
}

/// What the surroundings say of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bearing {
    /// A stated parent holds it.
    Inside(String),
    /// A stated parent does not.
    Outside(String),
    /// A place nearby shares a division with it; how much that says.
    Near(String, f64),
    /// Nothing.
    Silent,
}

impl Surroundings {
    pub(super) fn of(subject: &Subject, divisions: &Table) -> Self {
        let parents = subject.parents.iter().map(|p| (p.name.clone(), codes(p, divisions)));
        let own = subject.names().map(fold_name).collect::<Vec<_>>();
        let near = subject.near.iter().filter(|p| !own.contains(&fold_name(&p.name)));
        let near = near.filter_map(|p| Some((p.name.clone(), only(p, divisions)?)));
        Self { parents: parents.filter(|(_, codes)| !codes.is_empty()).collect(), near: near.collect() }
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.parents.is_empty() && self.near.is_empty()
    }

    /// What they say of the division with a code, of which its own name says nothing.
    pub(super) fn bearing(&self, code: &str) -> Bearing {
        self.said_of(code, |place| place != code)
    }

    /// What they say of something that lies in the division with a code.
    pub(super) fn bearing_within(&self, code: &str) -> Bearing {
        self.said_of(code, |_| true)
    }

    fn said_of(&self, code: &str, counts: impl Fn(&str) -> bool) -> Bearing {
        let inside = |codes: &[String]| codes.iter().any(|c| counts(c) && holds(c, code));
        if let Some((name, _)) = self.parents.iter().find(|(_, codes)| inside(codes)) {
            return Bearing::Inside(name.clone());
        }
        let other = |codes: &[String]| codes.iter().all(|c| !holds(c, code) && !holds(code, c));
        if let Some((name, _)) = self.parents.iter().find(|(_, codes)| other(codes)) {
            return Bearing::Outside(name.clone());
        }
        self.nearest(code, counts)
    }

    fn nearest(&self, code: &str, counts: impl Fn(&str) -> bool) -> Bearing {
        let mut best = Bearing::Silent;
        let mut most = 0.0;
        for (place, (name, near)) in self.near.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a document names few places")]
            let fading = (1.0 - FADING * place as f64).max(LEAST);
            let weight = if counts(near) { shared(near, code) * fading } else { 0.0 };
            if weight > most {
                most = weight;
                best = Bearing::Near(name.clone(), weight);
            }
        }
        best
    }
}

/// Whether a division holds another or is the same: the zeros at the end of its code stand for all.
pub(super) fn holds(outer: &str, inner: &str) -> bool {
    inner.starts_with(significant(outer))
}

fn significant(code: &str) -> &str {
    let stem = code.strip_suffix("0000").filter(|stem| stem.len() == 2);
    stem.or_else(|| code.strip_suffix("00").filter(|stem| stem.len() == 4)).unwrap_or(code)
}

/// How much a place nearby says for something at a code.
fn shared(near: &str, code: &str) -> f64 {
    if near.len() < 2 || code.len() < 2 {
        return 0.0;
    }
    let municipality = ["11", "12", "31", "50"].contains(&&near[..2]);
    if holds(near, code) {
        return match significant(near).len() {
            2 if !municipality => 0.22,
            2 | 4 => 0.30,
            _ => 0.35,
        };
    }
    match significant(near).bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count() {
        6.. => 0.30,
        4 | 5 => 0.25,
        _ if holds(code, near) => 0.15,
        2 | 3 if municipality => 0.25,
        2 | 3 => 0.15,
        _ => 0.0,
    }
}

fn codes(place: &Place, divisions: &Table) -> Vec<String> {
    if let Some(code) = &place.code {
        return vec![code.clone()];
    }
    let folded = fold_name(&place.name);
    let hits = divisions.with_name(&folded).into_iter();
    let sure = hits.filter(|hit| {
        matches!(hit.naming, Naming::Official | Naming::Short { common: false } | Naming::Former(_))
    });
    sure.filter_map(|hit| hit.record.division().map(str::to_owned)).collect()
}

/// The code of a place whose name has one bearer, or one that stands above all others.
fn only(place: &Place, divisions: &Table) -> Option<String> {
    if let Some(code) = &place.code {
        return Some(code.clone());
    }
    let folded = fold_name(&place.name);
    let mut hits = divisions.with_name(&folded);
    hits.retain(|hit| matches!(hit.naming, Naming::Official | Naming::Short { common: false }));
    let highest = hits.iter().map(|hit| hit.record.kind).min()?;
    let alone = hits.iter().filter(|hit| hit.record.kind == highest).count() == 1;
    let clear = hits.len() == 1 || highest <= Kind::Prefecture;
    let hit = hits.iter().find(|hit| hit.record.kind == highest).filter(|_| alone && clear)?;
    hit.record.division().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_hold_codes() {
        assert!(holds("140000", "140121") && holds("140100", "140121") && holds("140121", "140121101"));
        assert!(!holds("140100", "140921") && !holds("140121", "140100"));
    }

    #[test]
    fn a_place_says_where_things_in_it_lie_and_nothing_of_itself() {
        let near = vec![("甲县".to_owned(), "140121".to_owned())];
        let around = Surroundings { near, parents: vec![("甲县".to_owned(), vec!["140121".to_owned()])] };
        assert_eq!(around.bearing_within("140121"), Bearing::Inside("甲县".to_owned()));
        assert_eq!(around.bearing("140121"), Bearing::Silent);
        let near = Surroundings { parents: Vec::new(), ..around };
        assert!(matches!(near.bearing_within("140121"), Bearing::Near(_, weight) if weight > 0.3));
    }

    #[test]
    fn the_closer_the_division_the_more_it_says() {
        let near =
            [("140121", "140121101"), ("140100", "140121"), ("140105", "140121"), ("140900", "140121")];
        let said: Vec<f64> = near.iter().map(|(near, code)| shared(near, code)).collect();
        assert!(said.is_sorted_by(|a, b| a >= b) && said[3] > 0.0, "{said:?}");
        assert!(shared("410100", "140121") <= 0.0);
    }
}
