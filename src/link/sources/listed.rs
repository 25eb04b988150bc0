//! Listed companies from a list that a user brings: code, short name, area; and the short names of the past.

use super::{SourceError, read, records, rows};
use crate::document::Class;
use crate::link::names::without_marks;
use crate::link::{About, Kind, Naming, Record, Source, Table};
use crate::text::fold_name;
use std::collections::BTreeMap;
use std::path::Path;

/// What banks are called in news, beside the names under which they are listed.
const USUAL: &str = include_str!("../../../data/link/banks.tsv");

/// Reads `ts_code,symbol,name,area,…` and, where there is one, `symbol,names|of|the|past`. The area may be lacking.
pub fn listed(list: &Path, history: Option<&Path>, divisions: &Table) -> Result<Table, SourceError> {
    let usual: BTreeMap<&str, &str> = rows(USUAL).map(|fields| (fields[0], fields[1])).collect();
    let past = history.map(names_of_the_past).transpose()?.unwrap_or_default();
    let mut table = Table::new(about(list));
    let text = read(list)?;
    let lines = records(&text);
    let columns = Columns::of(list, lines.first())?;
    for (line, fields) in lines.iter().skip(1) {
        let (Some(code), Some(name)) = (fields.get(columns.code), fields.get(columns.name)) else {
            let reason = format!("{} columns, too few", fields.len());
            return Err(SourceError::Line { path: list.to_owned(), line: *line, reason });
        };
        let names =
            past.get(code.split('.').next().unwrap_or_default()).map(Vec::as_slice).unwrap_or_default();
        let area = columns.area.and_then(|column| fields.get(column)).map(String::as_str);
        let mut record = Record::new(format!("stock:{code}"), name, Kind::Enterprise);
        record.codes.push(record.id.clone());
        record.within = area.and_then(|area| province_or_city(area, divisions)).unwrap_or_default();
        add(&mut table, record, (names, usual.get(name.as_str()).copied()));
    }
    Ok(table)
}

/// The code of the area that a list names: a province, or a city as large.
fn province_or_city(area: &str, divisions: &Table) -> Option<String> {
    let mut hits = divisions.with_name(&fold_name(area));
    hits.retain(|hit| hit.record.kind <= Kind::Prefecture && !matches!(hit.naming, Naming::Former(_)));
    let highest = hits.iter().min_by_key(|hit| hit.record.kind)?;
    highest.record.division().map(str::to_owned)
}

struct Columns {
    code: usize,
    name: usize,
    area: Option<usize>,
}

impl Columns {
    fn of(path: &Path, head: Option<&(usize, Vec<String>)>) -> Result<Self, SourceError> {
        let find = |name: &str| head.and_then(|(_, fields)| fields.iter().position(|f| f == name));
        match (find("ts_code"), find("name")) {
            (Some(code), Some(name)) => Ok(Self { code, name, area: find("area") }),
            _ => {
                let reason = "the first line names no columns ts_code and name".to_owned();
                Err(SourceError::Line { path: path.to_owned(), line: 1, reason })
            }
        }
    }
}

fn names_of_the_past(path: &Path) -> Result<BTreeMap<String, Vec<String>>, SourceError> {
    let text = read(path)?;
    let pair = |(_, fields): (usize, Vec<String>)| {
        let names = fields.get(1).map(|names| names.split('|').map(str::to_owned).collect());
        (fields.first().cloned().unwrap_or_default(), names.unwrap_or_default())
    };
    Ok(records(&text).into_iter().skip(1).map(pair).collect())
}

fn add(table: &mut Table, record: Record, (past, usual): (&[String], Option<&str>)) {
    let present = fold_name(&record.name);
    let mut names: Vec<(String, Naming)> = Vec::new();
    for name in std::iter::once(&present).chain(&past.iter().map(|n| fold_name(n)).collect::<Vec<_>>()) {
        let (stem, warned) = without_marks(name);
        let naming = if *stem == *without_marks(&present).0 { Naming::Alias } else { Naming::Former(None) };
        names.push((stem.to_owned(), if warned { Naming::Unmarked } else { naming }));
    }
    names.extend(usual.map(|name| (name.to_owned(), Naming::Alias)));
    let names: Vec<(&str, Naming)> = names.iter().map(|(n, naming)| (n.as_str(), *naming)).collect();
    table.add(record, &names);
}

fn about(list: &Path) -> About {
    let file = list.file_stem().unwrap_or_default().to_string_lossy();
    About {
        name: "listed".into(),
        title: "Listed companies".into(),
        version: file.into_owned(),
        date: String::new(),
        licence: "as the file's owner says".into(),
        attribution: String::new(),
        prefix: "stock".into(),
        namespace: "https://w3id.org/jinxiu/stock/".into(),
        suffix: String::new(),
        identifier: Some("http://schema.org/tickerSymbol".into()),
        classes: vec![Class::Enterprise, Class::Organization],
        rows: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::sources::divisions;

    #[test]
    fn names_of_the_past_and_under_warning_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let (list, past) = (folder.path().join("list.csv"), folder.path().join("past.csv"));
        std::fs::write(
            &list,
            "ts_code,symbol,name,area\n000001.SZ,000001,ST甲乙,山西\n000002.SZ,000002,丙丁,山西\n",
        )
        .unwrap();
        std::fs::write(&past, "symbol,names\n000001,甲乙重工|ST甲乙\n000002,戊己\n").unwrap();
        let table = listed(&list, Some(&past), &divisions()).unwrap();
        let naming = |name: &str| table.with_name(name).first().map(|h| h.naming);
        assert_eq!(naming("甲乙"), Some(Naming::Unmarked));
        assert_eq!(naming("甲乙重工"), Some(Naming::Former(None)));
        assert_eq!(naming("戊己"), Some(Naming::Former(None)));
        assert_eq!(naming("丙丁"), Some(Naming::Official));
        assert_eq!(table.beginning_with("丙", 9).len(), 1);
        assert_eq!(table.with_name("丙丁")[0].record.within, "140000");
    }

    #[test]
    fn a_list_without_its_columns_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list.csv");
        std::fs::write(&list, "a,b\n1,2\n").unwrap();
        let error = listed(&list, None, &divisions()).unwrap_err().to_string();
        assert!(error.contains("list.csv, line 1") && error.contains("ts_code"), "{error}");
    }
}
