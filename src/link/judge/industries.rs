//! Industries: by what news calls them, by the titles of classes and what these list; ISIC by the national class.

use super::super::names::industry_names;
use super::{Decision, Finding, Reason, Weighed, asked, decide};
use crate::link::{Catalogue, Hit, Naming, Relation, Source, Subject};
use crate::text::fold_name;
use std::collections::BTreeMap;

/// Asks all sources of industries.
pub(super) fn link(subject: &Subject, catalogue: &Catalogue) -> Vec<Finding> {
    let national = national(subject, catalogue);
    let class = national.accepted().next().map(|l| (l.record.id.clone(), l.relation));
    let own = national.source.clone();
    let others = asked(subject, catalogue).filter(|source| source.about().name != own);
    let others: Vec<Finding> = others.map(|source| by_class(subject, class.as_ref(), source)).collect();
    std::iter::once(national).chain(others).collect()
}

fn national(subject: &Subject, catalogue: &Catalogue) -> Finding {
    let source = catalogue.industries();
    let folded: Vec<String> = subject.names().map(fold_name).collect();
    if let Some(why) = folded.iter().find_map(|name| source.aggregate(name)) {
        let nil = Some(Reason::NoSingleThing(why.to_owned()));
        return Finding { source: source.about().name.clone(), links: Vec::new(), nil };
    }
    let mut best: BTreeMap<String, Weighed> = BTreeMap::new();
    for name in &folded {
        for (place, form) in industry_names(name).iter().enumerate() {
            for hit in source.with_name(form) {
                let candidate = weigh(hit, (name, form), place == 0);
                let id = candidate.hit.record.id.clone();
                if best.get(&id).is_none_or(|old| old.sum() < candidate.sum()) {
                    best.insert(id, candidate);
                }
            }
        }
    }
    decide(source, without_repeated_classes(best))
}

/// A group and its only class share a title, which then means the class; a section and its only division likewise, which
/// then means the section.
fn without_repeated_classes(best: BTreeMap<String, Weighed>) -> Vec<Weighed> {
    let mut kept: Vec<Weighed> = Vec::new();
    for (id, candidate) in best {
        let wider = kept.iter().position(|wider| {
            let same = wider.hit.record.name.trim_end_matches('业')
                == candidate.hit.record.name.trim_end_matches('业');
            id.starts_with(&wider.hit.record.id) && same
        });
        match wider {
            Some(place) if is_group(&kept[place].hit.record.id) => kept[place] = candidate,
            Some(_) => {}
            None => kept.push(candidate),
        }
    }
    kept
}

/// Whether the code has a letter and three digits.
fn is_group(id: &str) -> bool {
    id.len() == "gbt4754:C273".len()
}

fn weigh(hit: Hit, (name, form): (&str, &str), as_written: bool) -> Weighed {
    let (naming, title) = (hit.naming, hit.record.name.clone());
    let (weight, relation, words) = match (naming, as_written) {
        (Naming::Official, true) => (0.95, Relation::Exact, "the title"),
        (Naming::Official, false) => (0.81, Relation::Exact, "but for its ending the title"),
        (Naming::Aligned(relation), true) => (0.90, relation, "by the list of terms"),
        (Naming::Aligned(relation), false) => (0.80, relation, "but for its ending by the list of terms"),
        (_, true) => (0.80, Relation::Broad, "one of the things listed in"),
        (_, false) => (0.55, Relation::Broad, "but for its ending listed in"),
    };
    let mut candidate = Weighed::new(hit, relation, name);
    candidate.weigh("name", weight, format!("{form}: {words} {title}"));
    candidate
}

/// A source that is reached by the national class or by name.
fn by_class(subject: &Subject, class: Option<&(String, Relation)>, source: &dyn Source) -> Finding {
    let mut weighed = Vec::new();
    if let Some((class, relation)) = class {
        let mut wider = class.clone();
        while wider.len() > "gbt4754:".len() {
            let hits = source.with_name(&fold_name(&wider));
            if !hits.is_empty() {
                weighed = hits.into_iter().map(|hit| carried(hit, (class, &wider), *relation)).collect();
                break;
            }
            wider.pop();
        }
    }
    if weighed.is_empty() {
        for name in subject.names().map(fold_name) {
            weighed.extend(source.with_name(&name).into_iter().map(|hit| weigh(hit, (&name, &name), true)));
        }
    }
    let mut finding = decide(source, weighed);
    finding.links.retain(|link| link.decision != Decision::Refuse);
    finding
}

fn carried(hit: Hit, (class, wider): (&str, &str), first: Relation) -> Weighed {
    let Naming::Aligned(second) = hit.naming else { return weigh(hit, (class, class), true) };
    let relation = match (first, second) {
        _ if class != wider => Relation::Broad,
        (Relation::Exact, second) => second,
        (first, Relation::Close) => first,
        (_, second) => second,
    };
    let title = hit.record.name.clone();
    let mut candidate = Weighed::new(hit, relation, class);
    candidate.weigh("class", 0.85, format!("{class} in {wider} is {} {title}", relation.curie()));
    candidate
}
