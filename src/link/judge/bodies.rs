//! Enterprises and other bodies: names must agree whole, or as full and short names of listed companies do; what only begins
//! alike is for a person.

mod listed;

use super::super::gates;
use super::super::names::{is_trade_word, without_form, without_marks};
use super::super::short_names::{begun_names, is_by_shares, short_names};
use super::{Finding, Weighed, decide, named};
use crate::document::Class;
use crate::link::{Hit, Naming, Relation, Source, Subject, Table};
use crate::text::fold_name;
use std::collections::BTreeSet;

const BODIES: [Class; 2] = [Class::Enterprise, Class::Organization];
/// The most records that the beginning of a name may have and still say something.
const MOST_BEGUN: usize = 3;
/// How many names with that beginning are looked at.
const MOST_LOOKED_AT: usize = 64;

/// Asks a source of bodies.
pub(super) fn link(subject: &Subject, source: &dyn Source, divisions: &Table) -> Finding {
    let mut seen = BTreeSet::new();
    let mut weighed = Vec::new();
    if let Some(code) = &subject.code {
        for hit in source.with_code(code) {
            seen.insert(hit.record.id.clone());
            let mut candidate = Weighed::new(hit, Relation::Same, &fold_name(&subject.name));
            candidate.weigh("code", 0.95, format!("both bear {code}"));
            weighed.push(candidate);
        }
    }
    for name in subject.names() {
        let folded = fold_name(name);
        let (stem, group) = stem(&folded);
        // Of the group's company limited by shares there is one; a group of another form owns the listed company.
        for (form, lost) in [(folded.as_str(), false), (stem, group && !is_by_shares(&folded))] {
            let hits = named(source, form, &BODIES);
            let bearers = hits.len();
            for hit in hits.into_iter().filter(|hit| seen.insert(hit.record.id.clone())) {
                weighed.push(weigh(hit, (&folded, form), (bearers, lost), subject));
            }
        }
        let shortened = |names| listed::shortened(&folded, names, (source, divisions));
        add(&mut weighed, &mut seen, shortened(short_names(&folded, divisions)));
        // What a rule shortens says more than a beginning, and that more than single characters.
        if weighed.is_empty() {
            add(&mut weighed, &mut seen, shortened(begun_names(&folded, divisions)));
        }
        if weighed.is_empty() {
            add(&mut weighed, &mut seen, listed::abbreviations(&folded, source, divisions));
        }
        let begun = begun(stem, source);
        let only = begun.len() == 1;
        for hit in begun.into_iter().filter(|hit| seen.insert(hit.record.id.clone())) {
            weighed.push(begins(hit, (&folded, stem), only && !group));
        }
    }
    decide(source, weighed)
}

/// Adds candidates, each record once.
fn add(weighed: &mut Vec<Weighed>, seen: &mut BTreeSet<String>, found: Vec<Weighed>) {
    weighed.extend(found.into_iter().filter(|candidate| seen.insert(candidate.hit.record.id.clone())));
}

/// The records whose chief name goes on where a stem ends; none where so many do that it says nothing.
fn begun(stem: &str, source: &dyn Source) -> Vec<Hit> {
    let mut hits = source.beginning_with(stem, MOST_LOOKED_AT);
    let many = hits.len() == MOST_LOOKED_AT;
    let is_body = |hit: &Hit| BODIES.contains(&hit.record.kind.class());
    hits.retain(|hit| hit.naming == Naming::Official && is_body(hit) && fold_name(&hit.record.name) != stem);
    if many || hits.len() > MOST_BEGUN {
        hits.clear();
    }
    hits
}

/// The name without its legal form, and whether it was called a group.
fn stem(folded: &str) -> (&str, bool) {
    let stem = without_form(folded);
    match stem.strip_suffix("集团").filter(|stem| stem.chars().count() >= 2) {
        Some(rest) => (rest, true),
        None => (stem, false),
    }
}

fn weigh(
    hit: Hit,
    (folded, form): (&str, &str),
    (bearers, lost): (usize, bool),
    subject: &Subject,
) -> Weighed {
    let (naming, name) = (hit.naming, hit.record.name.clone());
    let (weight, relation, words) = match naming {
        Naming::Official => (0.80, Relation::Exact, "the name of"),
        Naming::Alias => (0.72, Relation::Exact, "another name of"),
        Naming::Former(_) => (0.60, Relation::Close, "a former name of"),
        Naming::Unmarked => (0.55, Relation::Related, "without its warning mark"),
        _ => (0.50, Relation::Related, "like"),
    };
    let relation = if lost { Relation::Related } else { relation };
    let mut candidate = Weighed::new(hit, relation, folded);
    candidate.weigh("name", weight, format!("{form} is {words} {name}"));
    only_bearer(&mut candidate, bearers);
    if form != folded {
        candidate.weigh("form", -0.05, format!("{folded} without its legal form"));
    }
    if lost {
        candidate.gates.push("a group is not its listed company".to_owned());
    }
    not_only_under_warning(&mut candidate, naming);
    candidate.gate(gates::still_borne(naming, subject));
    candidate.gate(
        gates::same_numbers(form, without_marks(&fold_name(&name)).0).filter(|_| naming == Naming::Official),
    );
    candidate.gate(gates::no_common_word(form));
    candidate
}

fn only_bearer(candidate: &mut Weighed, bearers: usize) {
    if bearers == 1 {
        candidate.weigh("only bearer", 0.10, "no other record bears the name");
    }
}

fn not_only_under_warning(candidate: &mut Weighed, naming: Naming) {
    if naming == Naming::Unmarked {
        candidate.gates.push("a short name that stands only under a warning mark".to_owned());
    }
}

/// A record whose name begins with the subject's: the same only where the rest is a trade word and no other begins so.
fn begins(hit: Hit, (folded, stem): (&str, &str), only: bool) -> Weighed {
    let name = fold_name(&hit.record.name);
    let rest = without_marks(&name).0.strip_prefix(stem).unwrap_or_default().to_owned();
    let trade = is_trade_word(&rest);
    let relation = if trade { Relation::Exact } else { Relation::Related };
    let mut candidate = Weighed::new(hit, relation, folded);
    candidate.weigh("beginning", if trade { 0.60 } else { 0.40 }, format!("{name} begins with {stem}"));
    if only {
        candidate.weigh("only bearer", if trade { 0.15 } else { 0.08 }, "no other name begins so");
    }
    if !trade {
        candidate.gates.push(format!("{name} says more than {stem}"));
    }
    candidate.gate(gates::no_common_word(stem));
    candidate
}
