//! Places: first which division, by code or name and surroundings; then by its code in every other source.

use super::super::context::{Bearing, Surroundings, holds};
use super::super::{gates, names};
use super::{Decision, Finding, Weighed, asked, decide, judged, named};
use crate::document::Class;
use crate::link::{Catalogue, Hit, Kind, Naming, Place, Relation, Source, Subject};
use crate::text::fold_name;
use std::collections::BTreeSet;

/// Asks all sources of places.
pub(super) fn link(subject: &Subject, around: &Surroundings, catalogue: &Catalogue) -> Vec<Finding> {
    let divisions = division(subject, around, catalogue);
    let code = divisions.accepted().next().and_then(|l| l.record.division().map(str::to_owned));
    let own = catalogue.divisions().about().name.clone();
    let others = asked(subject, catalogue).filter(|source| source.about().name != own);
    let others: Vec<Finding> =
        others.map(|source| by_code(subject, code.as_deref(), source, around)).collect();
    std::iter::once(divisions).chain(others).collect()
}

/// Which division a subject is.
pub(super) fn division(subject: &Subject, around: &Surroundings, catalogue: &Catalogue) -> Finding {
    let source = catalogue.divisions();
    let mut seen = BTreeSet::new();
    let mut weighed = Vec::new();
    if let Some(code) = &subject.code {
        for hit in source.with_code(code) {
            seen.insert(hit.record.id.clone());
            weighed.push(of_code(hit, subject));
        }
    }
    for name in subject.names() {
        let folded = fold_name(name);
        let mut hits = source.with_name(&folded);
        hits.retain(|hit| hit.naming != Naming::Stem);
        // A stem is only tried where the surroundings can tell its bearers apart.
        if hits.is_empty() && !around.is_empty() {
            hits = source.with_name(&folded);
        }
        let first = weighed.len();
        for hit in hits.clone() {
            if seen.insert(hit.record.id.clone()) {
                weighed.push(weigh(hit, &folded, subject, around));
            }
        }
        let fresh = &mut weighed[first..];
        compare(fresh, &hits);
    }
    decide(source, weighed)
}

fn of_code(hit: Hit, subject: &Subject) -> Weighed {
    let matched = fold_name(&subject.name);
    let id = hit.record.id.clone();
    let mut candidate = Weighed::new(hit, Relation::Same, &matched);
    candidate.weigh("code", 0.95, format!("both bear {id}"));
    let named = subject.names().any(|name| fold_name(name) == candidate.hit.record.name);
    candidate.weigh("name", if named { 0.04 } else { 0.0 }, candidate.hit.record.name.clone());
    candidate
}

fn weigh(hit: Hit, folded: &str, subject: &Subject, around: &Surroundings) -> Weighed {
    let (naming, kind) = (hit.naming, hit.record.kind);
    let code = hit.record.division().unwrap_or_default().to_owned();
    let name = hit.record.name.clone();
    let mut candidate = Weighed::new(hit, Relation::Exact, folded);
    let (mut weight, words) = by_name(naming);
    if matches!(naming, Naming::Short { common: true }) && kind <= Kind::Prefecture {
        weight += 0.10;
    }
    candidate.weigh("name", weight, format!("{folded} is {words} {name}"));
    candidate.weigh("type", 0.10, format!("a place, a {}", kind.as_str()));
    bear(&mut candidate, around.bearing(&code));
    if let Some(expired) = gates::still_borne(naming, subject) {
        candidate.weigh("time", -0.15, expired.clone());
        candidate.gates.push(expired);
    }
    if !matches!(naming, Naming::Official) {
        candidate.gate(gates::no_other_thing(folded));
    }
    let says_place = candidate.evidence.iter().any(|e| matches!(e.feature, "parent" | "near"));
    if kind == Kind::Town && !says_place {
        candidate.gates.push("a town needs its surroundings".to_owned());
    }
    if subject.code.as_deref().is_some_and(|c| c.starts_with("gbt2260:") && c[8..] != code) {
        candidate.weigh("code", -0.6, "the subject bears another code");
        candidate.gates.push("another code".to_owned());
    }
    candidate
}

fn by_name(naming: Naming) -> (f64, &'static str) {
    match naming {
        Naming::Official => (0.60, "the full name of"),
        Naming::Short { common: false } => (0.50, "short for"),
        Naming::Short { common: true } => (0.35, "a common word and short for"),
        Naming::Former(_) => (0.45, "a former name of"),
        Naming::Stem => (0.35, "the stem of"),
        _ => (0.40, "another name of"),
    }
}

/// Adds what the surroundings say.
pub(super) fn bear(candidate: &mut Weighed, bearing: Bearing) {
    match bearing {
        Bearing::Inside(parent) => candidate.weigh("parent", 0.40, format!("said to lie in {parent}")),
        Bearing::Outside(parent) => {
            candidate.weigh("parent", -0.30, format!("does not lie in {parent}"));
            candidate.gates.push(format!("said to lie in {parent}"));
        }
        Bearing::Near(place, weight) => candidate.weigh("near", weight, format!("named near {place}")),
        Bearing::Silent => {}
    }
}

/// Adds what follows from the other bearers of the name: that there are none, or that this one stands above them.
fn compare(weighed: &mut [Weighed], bearers: &[Hit]) {
    let present: Vec<&Hit> = bearers.iter().filter(|h| !matches!(h.naming, Naming::Former(_))).collect();
    let highest = present.iter().map(|h| h.record.kind).min();
    favour_the_nearest(weighed);
    let alone = present.iter().filter(|h| Some(h.record.kind) == highest).count() == 1;
    for candidate in weighed {
        let (naming, kind) = (candidate.hit.naming, candidate.hit.record.kind);
        let former = matches!(naming, Naming::Former(_));
        if naming == Naming::Stem {
            continue;
        }
        if present.len() == 1 && !former || present.is_empty() && bearers.len() == 1 {
            candidate.weigh("only bearer", 0.25, "no other division bears the name");
        } else if alone && Some(kind) == highest && !former {
            let weight = if kind <= Kind::Prefecture { 0.20 } else { 0.12 };
            candidate.weigh("rank", weight, "the highest division of the name");
        }
        if let Some(wider) = present.iter().find(|other| is_in_short_within(&candidate.hit, other)) {
            candidate.weigh(
                "within",
                -0.10,
                format!("without its level the name means {}", wider.record.name),
            );
        }
    }
}

/// Whether a division is called in short as the one around it is.
fn is_in_short_within(inner: &Hit, outer: &Hit) -> bool {
    let short = |hit: &Hit| matches!(hit.naming, Naming::Short { .. });
    let (Some(inner_code), Some(outer_code)) = (inner.record.division(), outer.record.division()) else {
        return false;
    };
    short(inner) && short(outer) && inner_code != outer_code && holds(outer_code, inner_code)
}

/// Of several bearers of a name the one whose surroundings are named is meant.
fn favour_the_nearest(weighed: &mut [Weighed]) {
    let near = |w: &Weighed| w.evidence.iter().filter(|e| e.feature == "near").map(|e| e.weight).sum::<f64>();
    let weights: Vec<f64> = weighed.iter().map(near).collect();
    for (place, candidate) in weighed.iter_mut().enumerate() {
        let rival = weights
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place)
            .map(|(_, w)| *w)
            .fold(0.0, f64::max);
        if weights.len() > 1 && weights[place] > rival + 0.05 {
            candidate.weigh("nearest", 0.08, "no other bearer of the name is so near");
        }
    }
}

/// A source that shares the code of divisions; its namesakes elsewhere are refused by that code.
fn by_code(subject: &Subject, code: Option<&str>, source: &dyn Source, around: &Surroundings) -> Finding {
    let mut weighed = Vec::new();
    let mut seats = Vec::new();
    let mut seen = BTreeSet::new();
    let shared = code.map(|code| source.with_code(&format!("gbt2260:{code}"))).unwrap_or_default();
    for hit in shared {
        seen.insert(hit.record.id.clone());
        weighed.push(same_code(hit, subject, code.unwrap_or_default()));
    }
    for name in subject.names() {
        let folded = fold_name(name);
        let hits = named(source, &folded, &[Class::Place]).into_iter();
        for hit in hits.filter(|hit| seen.insert(hit.record.id.clone())) {
            let settlement = hit.record.kind == Kind::Settlement;
            let inside = code.is_some_and(|code| lies_in(&hit.record.within, code));
            let candidate = by_name_alone(hit, &folded, (code, around));
            if settlement && inside { seats.push(candidate) } else { weighed.push(candidate) }
        }
    }
    let mut finding = decide(source, weighed);
    let single = seats.len() == 1;
    for seat in seats {
        let decision = if single { Decision::Accept } else { Decision::Review };
        finding.links.push(judged(seat, decision));
    }
    finding.settle();
    finding
}

fn lies_in(within: &str, code: &str) -> bool {
    !within.is_empty() && (holds(code, within) || code.len() == 6 && holds(within, code))
}

fn same_code(hit: Hit, subject: &Subject, code: &str) -> Weighed {
    let name = hit.record.name.clone();
    let mut candidate = Weighed::new(hit, Relation::Same, &fold_name(&subject.name));
    candidate.weigh("code", 0.95, format!("both bear GB/T 2260 {code}"));
    let agrees = subject.names().map(fold_name).any(|ours| name.starts_with(&ours));
    candidate.weigh("name", if agrees { 0.04 } else { 0.0 }, name);
    candidate
}

fn by_name_alone(hit: Hit, folded: &str, (code, around): (Option<&str>, &Surroundings)) -> Weighed {
    let (naming, record) = (hit.naming, hit.record.clone());
    let settlement = record.kind == Kind::Settlement;
    let relation = if settlement { Relation::Close } else { Relation::Exact };
    let mut candidate = Weighed::new(hit, relation, folded);
    candidate.weigh("name", 0.44, format!("{folded} is {} {}", by_name(naming).1, record.name));
    let at = if record.within.is_empty() { record.division().unwrap_or_default() } else { &record.within };
    match code {
        Some(code) if settlement && lies_in(at, code) => {
            candidate.weigh("seat", 0.40, format!("the populated place within {code}, not the division"));
        }
        Some(code) => {
            candidate.weigh("place", -0.40, format!("a namesake elsewhere, not in {code}"));
            candidate.gates.push("elsewhere".to_owned());
        }
        None => bear(&mut candidate, around.bearing(at)),
    }
    if code.is_none() {
        candidate.gates.push("no division to confirm the name".to_owned());
    }
    candidate
}

/// The division that bears a full name and lies in another one, which stands before it in a longer name.
fn inside(name: &str, outer: &super::Link, catalogue: &Catalogue) -> Option<super::Link> {
    let official =
        catalogue.divisions().with_name(name).into_iter().any(|hit| hit.naming == Naming::Official);
    let parent =
        Place { code: outer.record.division().map(str::to_owned), ..Place::named(&outer.record.name) };
    let subject = Subject { parents: vec![parent], ..Subject::named(name, Class::Place) };
    let finding = division(&subject, &Surroundings::of(&subject, catalogue.divisions()), catalogue);
    finding.accepted().next().filter(|_| official).cloned()
}

/// The division that a longer name begins with, as a link of the kind "lies in"; the one that it names in full, as the same.
pub(super) fn leading(subject: &Subject, catalogue: &Catalogue) -> Option<super::Link> {
    let chars: Vec<char> = names::zone_key(&fold_name(&subject.name)).chars().collect();
    for length in (2..=chars.len().min(10)).rev() {
        let prefix: String = chars[..length].iter().collect();
        let hits = catalogue.divisions().with_name(&prefix);
        let whole = length == chars.len();
        if hits.is_empty() || whole && hits.iter().all(|hit| hit.naming != Naming::Official) {
            continue;
        }
        let mut near = subject.near.clone();
        near.retain(|p: &Place| fold_name(&p.name) != prefix);
        let part = Subject {
            near,
            parents: subject.parents.clone(),
            year: subject.year,
            ..Subject::named(&prefix, Class::Place)
        };
        let finding = division(&part, &Surroundings::of(&part, catalogue.divisions()), catalogue);
        if let Some(link) = finding.accepted().next() {
            let inner: String = chars[length..].iter().collect();
            let inner = if whole { None } else { inside(&inner, link, catalogue) };
            let relation = if whole || inner.is_some() { Relation::Exact } else { Relation::Within };
            return Some(super::Link { relation, ..inner.unwrap_or_else(|| link.clone()) });
        }
    }
    None
}
