//! GeoNames: divisions by their GB/T 2260 code, populated places by name and surroundings.

use super::rows;
use crate::document::Class;
use crate::link::{About, Kind, Naming, Point, Record, Table};

const GEONAMES: &str = include_str!("../../../data/link/geonames.tsv");

/// The shipped rows of GeoNames.
pub fn geonames() -> Table {
    let mut table = Table::new(about());
    for fields in rows(GEONAMES) {
        if let Some((record, others)) = record(&fields) {
            let others: Vec<(&str, Naming)> = others.iter().map(|name| (*name, Naming::Alias)).collect();
            table.add(record, &others);
        }
    }
    table
}

pub(in crate::link) fn about() -> About {
    About {
        name: "geonames".into(),
        title: "GeoNames".into(),
        version: "cities500 and divisions of China".into(),
        date: "2026".into(),
        licence: "CC BY 4.0".into(),
        attribution: "Contains data of GeoNames (https://www.geonames.org/), licensed under CC BY 4.0".into(),
        prefix: "gn".into(),
        namespace: "http://sws.geonames.org/".into(),
        suffix: "/".into(),
        identifier: None,
        classes: vec![Class::Place],
        rows: 0,
    }
}

fn record<'a>(fields: &[&'a str]) -> Option<(Record, Vec<&'a str>)> {
    let field = |n: usize| fields.get(n).copied().unwrap_or_default();
    let names: Vec<&str> = field(5).split(';').collect();
    let fullest = names.iter().max_by_key(|name| name.chars().count())?;
    let (feature, code) = (field(1), field(2));
    let kind = match feature {
        "ADM1" => Kind::Province,
        "ADM2" if code.ends_with("00") => Kind::Prefecture,
        "ADM2" => Kind::County,
        _ => Kind::Settlement,
    };
    let mut record = Record::new(format!("gn:{}", field(0)), *fullest, kind);
    if kind == Kind::Settlement {
        record.within = code.to_owned();
    } else if !code.is_empty() {
        record.codes.push(format!("gbt2260:{code}"));
    }
    record.point = (!field(3).is_empty())
        .then(|| Point { latitude: field(3).to_owned(), longitude: field(4).to_owned() });
    record.label = (!field(6).is_empty()).then(|| ("en".to_owned(), field(6).to_owned()));
    Some((record, names.iter().copied().filter(|name| name != fullest).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Source;

    #[test]
    fn the_three_of_one_name_stay_three_things() {
        let table = geonames();
        let mut found: Vec<_> = table
            .with_name("太原")
            .into_iter()
            .map(|hit| (hit.record.id.clone(), hit.record.kind, hit.record.within.clone()))
            .collect();
        found.sort();
        assert!(found.contains(&("gn:1793510".into(), Kind::Prefecture, String::new())), "{found:?}");
        assert!(found.contains(&("gn:1793511".into(), Kind::Settlement, "140100".into())), "{found:?}");
        assert!(
            found.iter().any(|(id, kind, within)| id == "gn:12489732"
                && *kind == Kind::Settlement
                && within.starts_with("50")),
            "{found:?}"
        );
    }
}
