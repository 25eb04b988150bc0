//! Development zones with statistical codes.

use super::rows;
use crate::document::Class;
use crate::link::names::{is_bare_zone, without_parent_zone, zone_key};
use crate::link::{About, Kind, Naming, Record, Source, Table};
use crate::text::fold_name;

const ZONES: &str = include_str!("../../../data/link/zones.tsv");

/// The shipped zones. `divisions` says where the names of places end that names of zones begin with.
pub fn zones(divisions: &Table) -> Table {
    let mut table = Table::new(about());
    for fields in rows(ZONES) {
        add(&mut table, (fields[0], fields[1]), divisions);
    }
    table
}

fn about() -> About {
    About {
        name: "zones".into(),
        title: "Zones with statistical codes".into(),
        version: "china-division".into(),
        date: "2026".into(),
        licence: "MIT".into(),
        attribution: String::new(),
        prefix: "stat".into(),
        namespace: "https://w3id.org/jinxiu/stat/".into(),
        suffix: String::new(),
        identifier: Some("http://purl.org/dc/terms/identifier".into()),
        classes: vec![Class::Zone],
        rows: 0,
    }
}

/// A statistical code of six digits is one of GB/T 2260's form for an area of its own, one of nine lies in its county.
fn add(table: &mut Table, (code, name): (&str, &str), divisions: &Table) {
    let whole = code.len() == 6;
    let id = if whole { format!("gbt2260:{code}") } else { format!("stat:{code}") };
    let within = if whole || !divisions.holds(&code[..6]) {
        format!("{}00", &code[..4])
    } else {
        code[..6].to_owned()
    };
    let mut record = Record { within, ..Record::new(id, name, Kind::Zone) };
    record.codes.push(record.id.clone());
    let names = short_forms(&record, divisions);
    let names: Vec<(&str, Naming)> = names.iter().map(|(n, naming)| (n.as_str(), *naming)).collect();
    table.add(record, &names);
}

/// The shortest regular form of a zone's name, and that without the places and the wider zone at its beginning.
pub(super) fn short_forms(zone: &Record, divisions: &Table) -> Vec<(String, Naming)> {
    let key = zone_key(&fold_name(&zone.name));
    let key = if is_bare_zone(&key) { divisions.place_before(&zone.within, key) } else { key };
    let mut shorter = abridged(&key, divisions);
    if let Some(inner) = without_parent_zone(&key) {
        shorter.push(inner.to_owned());
        shorter.extend(abridged(inner, divisions));
    }
    let shorter =
        shorter.into_iter().filter(|short| !is_bare_zone(short)).map(|short| (short, Naming::Abridged));
    std::iter::once((key.clone(), Naming::Short { common: false })).chain(shorter).collect()
}

/// A zone's key without one, two or three names of divisions at its beginning.
pub(in crate::link) fn abridged(key: &str, divisions: &dyn Source) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = key.to_owned();
    for _ in 0..3 {
        let Some(length) = leading_place(&rest, divisions) else { break };
        rest = rest.chars().skip(length).collect();
        if rest.chars().count() < 3 {
            break;
        }
        found.push(rest.clone());
    }
    found
}

/// How many characters of the longest division's name a name begins with; towns do not count.
pub(in crate::link) fn leading_place(name: &str, divisions: &dyn Source) -> Option<usize> {
    let chars: Vec<char> = name.chars().collect();
    (2..=chars.len().min(12)).rev().find(|length| {
        let prefix: String = chars[..*length].iter().collect();
        let hits = divisions.with_name(&prefix);
        hits.iter().any(|hit| {
            matches!(hit.naming, Naming::Official | Naming::Short { .. }) && hit.record.kind < Kind::Town
        })
    })
}

impl Table {
    /// The name of a zone that has no place in it, after the place in which it lies.
    fn place_before(&self, within: &str, key: String) -> String {
        let county = self.with_code(&format!("gbt2260:{within}")).into_iter().next();
        county.map_or(key.clone(), |hit| zone_key(&format!("{}{key}", hit.record.name)))
    }

    fn holds(&self, code: &str) -> bool {
        !self.with_code(&format!("gbt2260:{code}")).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::sources::divisions;

    #[test]
    fn zones_are_found_in_short_and_without_their_place() {
        let table = zones(&divisions());
        assert!(table.about().rows > 900, "{}", table.about().rows);
        let found = |name: &str| table.with_name(&zone_key(name)).first().map(|h| h.record.id.clone());
        assert_eq!(found("太原中北高新技术产业开发区").as_deref(), Some("stat:140108400"));
        assert_eq!(found("中北高新区").as_deref(), Some("stat:140108400"));
        assert_eq!(found("太原武宿综保区").as_deref(), Some("stat:140171406"));
        assert_eq!(found("东疆综保区").as_deref(), Some("stat:120116403"));
        assert_eq!(found("生物医药基地").as_deref(), Some("stat:110115404"));
        assert_eq!(found("山西转型综改示范区").as_deref(), Some("gbt2260:140171"));
    }

    #[test]
    fn the_office_of_a_listed_zone_is_no_second_zone() {
        let table = zones(&divisions());
        for (code, name) in rows(ZONES).map(|fields| (fields[0], fields[1])) {
            let listed = code.len() == 9 && !table.with_code(&format!("gbt2260:{}", &code[..6])).is_empty();
            assert!(!(listed && is_bare_zone(&zone_key(&fold_name(name)))), "{code} {name}");
        }
    }
}
