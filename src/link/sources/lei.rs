//! Legal entities from the golden copy of GLEIF in CSV, which a user brings.

use super::{SourceError, records};
use crate::document::Class;
use crate::link::{About, Kind, Naming, Record, Table};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

const ID: &str = "LEI";
const NAME: &str = "Entity.LegalName";
const COUNTRY: &str = "Entity.LegalAddress.Country";
const OTHER: [&str; 2] = [
    "Entity.OtherEntityNames.OtherEntityName.1",
    "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1",
];

/// Reads the entities of a golden copy whose legal address is in China, line by line.
pub fn lei(path: &Path) -> Result<Table, SourceError> {
    let unreadable = |reason| SourceError::Unreadable { path: path.to_owned(), reason };
    let mut lines = BufReader::new(File::open(path).map_err(unreadable)?).lines();
    let head = lines.next().transpose().map_err(unreadable)?.unwrap_or_default();
    let head = split(head.trim_start_matches('\u{FEFF}'));
    let find = |name: &str| head.iter().position(|f| f == name);
    let (Some(id), Some(name)) = (find(ID), find(NAME)) else {
        let reason = format!("the first line names no columns {ID} and {NAME}");
        return Err(SourceError::Line { path: path.to_owned(), line: 1, reason });
    };
    let (country, others) = (find(COUNTRY), OTHER.map(find));
    let mut table = Table::new(about());
    for line in lines {
        let fields = split(&line.map_err(unreadable)?);
        let field = |column: usize| fields.get(column).map(String::as_str).unwrap_or_default();
        if country.is_some_and(|c| field(c) != "CN") || field(id).is_empty() {
            continue;
        }
        let mut record = Record::new(format!("lei:{}", field(id)), field(name), Kind::Enterprise);
        record.codes.push(record.id.clone());
        let names =
            others.iter().flatten().map(|c| (field(*c), Naming::Alias)).filter(|(n, _)| !n.is_empty());
        table.add(record, &names.collect::<Vec<_>>());
    }
    Ok(table)
}

fn split(line: &str) -> Vec<String> {
    records(line).pop().map(|(_, fields)| fields).unwrap_or_default()
}

fn about() -> About {
    About {
        name: "lei".into(),
        title: "Legal entity identifiers (GLEIF golden copy)".into(),
        version: "as given".into(),
        date: String::new(),
        licence: "CC0 1.0".into(),
        attribution: String::new(),
        prefix: "lei".into(),
        namespace: "https://w3id.org/jinxiu/lei/".into(),
        suffix: String::new(),
        identifier: Some("http://schema.org/leiCode".into()),
        classes: vec![Class::Enterprise],
        rows: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Source;

    #[test]
    fn keeps_the_entities_of_china() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lei.csv");
        let rows = "\"LEI\",\"Entity.LegalName\",\"Entity.LegalAddress.Country\"\n\"A1\",\"甲乙股份有限公司\",\"CN\"\n\"B2\",\"Other, Inc.\",\"US\"\n";
        std::fs::write(&path, rows).unwrap();
        let table = lei(&path).unwrap();
        assert_eq!(
            (table.about().rows, table.with_name("甲乙股份有限公司")[0].record.id.as_str()),
            (1, "lei:A1")
        );
    }
}
