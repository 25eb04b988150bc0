//! Zones: by their name in full, in short, or without the place it begins with, and by where they lie.

use super::super::context::{Bearing, Surroundings, holds};
use super::super::gates;
use super::super::names::{is_bare_zone, without_parent_zone, zone_key};
use super::super::sources::{abridged, leading_place};
use super::{Decision, Finding, Weighed, asked, decide, places};
use crate::link::{Catalogue, Hit, Naming, Relation, Source, Subject};
use crate::text::fold_name;
use std::collections::BTreeSet;

/// Asks all sources of zones; where none has it, the division that its name begins with is told.
pub(super) fn link(subject: &Subject, around: &Surroundings, catalogue: &Catalogue) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        asked(subject, catalogue).map(|source| zone(subject, around, (source, catalogue))).collect();
    if findings.iter().all(|finding| finding.accepted().next().is_none())
        && let Some(mut within) = places::leading(subject, catalogue)
        && let Some(first) = findings.first_mut()
    {
        within.decision = Decision::Accept;
        first.links.push(within);
        first.settle();
    }
    findings
}

fn zone(subject: &Subject, around: &Surroundings, (source, catalogue): (&dyn Source, &Catalogue)) -> Finding {
    let mut seen = BTreeSet::new();
    let mut weighed = Vec::new();
    for name in subject.names() {
        let folded = fold_name(name);
        let key = zone_key(&folded);
        let mut forms = vec![(folded.clone(), None), (key.clone(), None)];
        for shorter in abridged(&key, catalogue.divisions()) {
            let dropped = key.strip_suffix(shorter.as_str()).unwrap_or_default().to_owned();
            forms.push((shorter, Some(dropped)));
        }
        if let Some(inner) = without_parent_zone(&key) {
            let outer = key.strip_suffix(inner).unwrap_or_default().to_owned();
            forms.push((inner.to_owned(), Some(outer)));
        }
        if let Some(place) = key.strip_suffix("经开区") {
            forms.push((format!("{place}开发区"), None));
        }
        for (form, dropped) in forms.into_iter().filter(|(form, _)| !is_bare_zone(form) || *form == folded) {
            let hits = source.with_name(&form);
            let bearers = hits.len();
            for hit in hits.into_iter().filter(|hit| seen.insert(hit.record.id.clone())) {
                let place = dropped.as_deref().map(|d| (d, dropped_holds(d, &hit, catalogue)));
                weighed.push(weigh(hit, &folded, (place, bearers), around));
            }
        }
    }
    if let Some(code) = &subject.code {
        for candidate in weighed.iter_mut().filter(|c| c.hit.record.codes.contains(code)) {
            candidate.weigh("code", 0.4, format!("both bear {code}"));
            candidate.relation = Relation::Same;
        }
    }
    decide(source, weighed)
}

/// Whether the place at the beginning of the subject's name holds the candidate.
fn dropped_holds(dropped: &str, hit: &Hit, catalogue: &Catalogue) -> bool {
    let divisions = catalogue.divisions();
    let first = leading_place(dropped, divisions).unwrap_or(0);
    let place: String = dropped.chars().take(first).collect();
    let codes =
        divisions.with_name(&place).into_iter().filter_map(|h| h.record.division().map(str::to_owned));
    codes.into_iter().any(|code| holds(&code, &hit.record.within))
}

fn weigh(
    hit: Hit,
    folded: &str,
    (dropped, bearers): (Option<(&str, bool)>, usize),
    around: &Surroundings,
) -> Weighed {
    let (naming, record) = (hit.naming, hit.record.clone());
    let mut candidate = Weighed::new(hit, Relation::Exact, folded);
    let (weight, words) = match (naming, dropped) {
        (Naming::Official, None) if record.name == folded => (0.70, "the full name of"),
        (Naming::Official | Naming::Short { .. }, None) => (0.60, "the short form of"),
        (Naming::Alias, None) => (0.60, "another name of"),
        (Naming::Official | Naming::Short { .. }, Some(_)) => (0.50, "with a place before it"),
        _ => (0.42, "without its place"),
    };
    candidate.weigh("name", weight, format!("{folded} is {words} {}", record.name));
    if bearers == 1 {
        candidate.weigh("only bearer", 0.15, "no other zone bears the name");
    }
    let bearing = around.bearing_within(&record.within);
    let mut placed = matches!(bearing, Bearing::Inside(_) | Bearing::Near(..));
    places::bear(&mut candidate, bearing);
    if let Some((place, holds)) = dropped {
        let (weight, words) = if holds { (0.25, "lies in") } else { (-0.30, "does not lie in") };
        candidate.weigh("place", weight, format!("{words} {place}"));
        placed |= holds;
    }
    if weight < 0.6 && !placed {
        candidate.gates.push("nothing says that it lies there".to_owned());
    }
    candidate.gate(gates::same_numbers(folded, &record.name));
    candidate
}
