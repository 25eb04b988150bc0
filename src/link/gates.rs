//! What must hold for a link to be accepted without a person: a failed gate caps the decision at review.

use super::names::numbers;
use super::{Naming, Subject};
use crate::mentions::gazetteer::{Gazetteer, Kind as NameKind};
use crate::text::fold_name;

/// Numbers and ordinals of both names are the same.
pub(super) fn same_numbers(matched: &str, name: &str) -> Option<String> {
    let (ours, theirs) = (numbers(matched), numbers(name));
    (ours != theirs).then(|| format!("numbers differ: {matched} / {name}"))
}

/// A name of the past was still borne in the year of the text.
pub(super) fn still_borne(naming: Naming, subject: &Subject) -> Option<String> {
    let Naming::Former(until) = naming else { return None };
    match (until, subject.year) {
        (Some(until), Some(year)) if year <= until => None,
        (Some(until), _) => Some(format!("the name was borne until {until}")),
        (None, _) => Some("a name of the past".to_owned()),
    }
}

/// The name names nothing else: no sea, region or country.
pub(super) fn no_other_thing(matched: &str) -> Option<String> {
    let other = |kind: NameKind| {
        use NameKind::{Belt, Continent, Country, Desert, ForeignCity, Island, Mountain, Region, Water};
        matches!(kind, Belt | Continent | Country | Desert | ForeignCity | Island | Mountain | Region | Water)
    };
    let entries = Gazetteer::open().lookup(matched);
    let entry = entries.iter().find(|e| other(e.kind))?;
    Some(format!("{matched} is also a {}", entry.kind.as_str()))
}

/// The name of a company is no common word: no industry, office or place.
pub(super) fn no_common_word(matched: &str) -> Option<String> {
    let common = |kind: NameKind| {
        matches!(
            kind,
            NameKind::Industry | NameKind::City | NameKind::Province | NameKind::County | NameKind::Policy
        )
    };
    let entry = Gazetteer::open().lookup(&fold_name(matched)).iter().find(|e| common(e.kind))?;
    Some(format!("{matched} is also a {}", entry.kind.as_str()))
}
