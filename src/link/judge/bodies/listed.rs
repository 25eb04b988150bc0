//! A full name held against the short name under which a company is listed.

use super::super::super::context::holds;
use super::super::super::gates;
use super::super::super::names::without_marks;
use super::super::super::short_names::{Cut, ShortName, beginnings, keeps_characters_of, short_names};
use super::super::{Weighed, named};
use super::{BODIES, not_only_under_warning, only_bearer};
use crate::link::{Hit, Naming, Relation, Source, Table};
use crate::text::fold_name;

/// The longest names that are looked at as abbreviations; what is longer is no short name.
const LONGEST_ABBREVIATION: usize = 6;
/// How many names with a first character are looked at; where there are more, the source is no list of short names.
const MOST_WITH_FIRST: usize = 1_000;
/// The most abbreviations that still say something.
const MOST_ABBREVIATIONS: usize = 3;

/// What the law lets nobody do but companies of its own.
const LICENSED: [&str; 9] = ["银行", "保险", "人寿", "证券", "信托", "期货", "基金", "租赁", "资产管理"];

/// What a list may call the company by some characters of its full name: for a person to say.
pub(super) fn abbreviations(folded: &str, source: &dyn Source, divisions: &Table) -> Vec<Weighed> {
    let places: Vec<String> = short_names(folded, divisions)
        .iter()
        .filter(|short| short.has_division())
        .flat_map(|short| short.codes(divisions))
        .collect();
    let mut found: Vec<Hit> = Vec::new();
    for full in beginnings(folded, divisions) {
        let first: String = full.chars().take(1).collect();
        let hits = source.beginning_with(&first, MOST_WITH_FIRST);
        if hits.len() < MOST_WITH_FIRST {
            found.extend(hits.into_iter().filter(|hit| may_abbreviate(hit, &full, &places)));
        }
    }
    found.sort_by(|a, b| a.record.id.cmp(&b.record.id));
    found.dedup_by(|a, b| a.record.id == b.record.id);
    if found.len() > MOST_ABBREVIATIONS {
        Vec::new()
    } else {
        found.into_iter().map(|hit| perhaps(hit, folded)).collect()
    }
}

fn may_abbreviate(hit: &Hit, full: &str, places: &[String]) -> bool {
    let name = fold_name(&hit.record.name);
    let (short, _) = without_marks(&name);
    let within = &hit.record.within;
    let near = |code: &String| holds(code, within) || holds(within, code);
    hit.naming == Naming::Official
        && short.chars().count() <= LONGEST_ABBREVIATION
        && keeps_characters_of(short, full)
        && (within.is_empty() || places.is_empty() || places.iter().any(near))
}

fn perhaps(hit: Hit, folded: &str) -> Weighed {
    let name = hit.record.name.clone();
    let mut candidate = Weighed::new(hit, Relation::Exact, folded);
    candidate.weigh(
        "characters",
        0.50,
        format!("{name} has the first character of {folded} and others of it"),
    );
    candidate.gates.push(format!("{name} leaves out more than rules know"));
    candidate
}

/// The records that bear one of the names to which a full name may be shortened.
pub(super) fn shortened(
    folded: &str,
    names: Vec<ShortName>,
    (source, divisions): (&dyn Source, &Table),
) -> Vec<Weighed> {
    let weighed = names.iter().flat_map(|short| {
        let hits = named(source, &short.form, &BODIES);
        let bearers = hits.len();
        hits.into_iter().map(move |hit| weigh(hit, (folded, short), bearers, divisions))
    });
    weighed.collect()
}

/// A record that bears what a full name may be shortened to.
fn weigh(hit: Hit, (folded, short): (&str, &ShortName), bearers: usize, divisions: &Table) -> Weighed {
    let (naming, record) = (hit.naming, hit.record.clone());
    let borne = matches!(naming, Naming::Official | Naming::Alias);
    let mut candidate = Weighed::new(hit, if borne { Relation::Exact } else { Relation::Related }, folded);
    let weight = if borne { 0.72 } else { 0.50 };
    candidate.weigh("short name", weight, format!("{folded} in short is {}", record.name));
    only_bearer(&mut candidate, bearers);
    match short.cut {
        Cut::No => {}
        Cut::Trade => candidate.weigh("words of trade", -0.05, "words of trade are left out"),
        Cut::Beginning => candidate.weigh("beginning", -0.12, "what stands behind is left out"),
        Cut::TradeForEnding => candidate.weigh("words of trade", -0.17, "股份 stands for words of trade"),
    }
    not_only_under_warning(&mut candidate, naming);
    if !borne {
        candidate.gates.push("no name that it bears today".to_owned());
    }
    if short.has_division() {
        place(&mut candidate, short, (&record.within, divisions));
    }
    candidate.gate(of_its_own(short, folded));
    candidate.gate(gates::same_numbers(&short.form, &record.name));
    candidate.gate(gates::no_common_word(&short.form));
    candidate
}

/// A bank, an insurer or a broker is a company of its own, whose name goes on from its owner's.
fn of_its_own(short: &ShortName, folded: &str) -> Option<String> {
    let word = LICENSED.iter().find(|word| folded.contains(**word) && !short.form.contains(**word))?;
    (short.cut == Cut::Beginning).then(|| format!("{word} is done by companies of its own"))
}

/// The place in front of the name is where the company lies. Only a company limited by shares needs no such proof.
fn place(candidate: &mut Weighed, short: &ShortName, (within, divisions): (&str, &Table)) {
    let agrees = |code: &String| holds(code, within) || holds(within, code);
    let place = &short.place;
    if !within.is_empty() && short.codes(divisions).iter().any(agrees) {
        candidate.weigh("place", 0.10, format!("lies in or around {place}"));
    } else if !within.is_empty() {
        candidate.gates.push(format!("lies elsewhere than {place}"));
    } else if !short.by_shares {
        candidate.gates.push(format!("nothing says that it lies in {place}"));
    }
}
