//! A full name held against the short name under which a company is listed.

use super::super::super::context::holds;
use super::super::super::gates;
use super::super::super::short_names::{Cut, ShortName};
use super::super::Weighed;
use super::{not_only_under_warning, only_bearer};
use crate::link::{Hit, Naming, Relation, Table};

/// A record that bears what a full name may be shortened to.
pub(super) fn weigh(
    hit: Hit,
    (folded, short): (&str, &ShortName),
    bearers: usize,
    divisions: &Table,
) -> Weighed {
    let (naming, record) = (hit.naming, hit.record.clone());
    let borne = matches!(naming, Naming::Official | Naming::Alias);
    let mut candidate = Weighed::new(hit, if borne { Relation::Exact } else { Relation::Related }, folded);
    let weight = if borne { 0.72 } else { 0.50 };
    candidate.weigh("short name", weight, format!("{folded} in short is {}", record.name));
    only_bearer(&mut candidate, bearers);
    match short.cut {
        Cut::No => {}
        Cut::Trade => candidate.weigh("words of trade", -0.05, "words of trade are left out"),
        Cut::TradeForEnding => candidate.weigh("words of trade", -0.17, "股份 stands for words of trade"),
    }
    not_only_under_warning(&mut candidate, naming);
    if !borne {
        candidate.gates.push("no name that it bears today".to_owned());
    }
    if short.has_division() {
        place(&mut candidate, short, (&record.within, divisions));
    }
    candidate.gate(gates::same_numbers(&short.form, &record.name));
    candidate.gate(gates::no_common_word(&short.form));
    candidate
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
