//! GeoNames: divisions by their GB/T 2260 code, populated places by name and surroundings.

use super::dump::Taking;
use super::{SourceError, rows};
use crate::document::Class;
use crate::link::{About, Kind, Naming, Point, Record, Source, Table};
use crate::text::{fold_name, is_han};
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;

const GEONAMES: &str = include_str!("../../../data/link/geonames.tsv");
const PROVINCES: &str = include_str!("../../../data/link/geonames_provinces.tsv");
/// How many columns a row of a dump has.
const COLUMNS: usize = 19;

/// The shipped rows of GeoNames.
pub fn geonames() -> Table {
    let mut table = Table::new(about());
    for fields in rows(GEONAMES) {
        let field = |n: usize| fields.get(n).copied().unwrap_or_default();
        let names = field(5).split(';').collect();
        let row =
            Row { id: field(0), feature: field(1), point: (field(3), field(4)), names, latin: field(6) };
        if let Some((record, others)) = row.record(field(2)) {
            table.add(record, &others);
        }
    }
    table
}

pub(super) fn about() -> About {
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

/// What both the shipped list and a dump say of a feature.
struct Row<'a> {
    id: &'a str,
    feature: &'a str,
    point: (&'a str, &'a str),
    /// Its Chinese names.
    names: Vec<&'a str>,
    latin: &'a str,
}

impl<'a> Row<'a> {
    /// The record under its fullest name, and its other names; `code` is that of the division, or of the one around it.
    fn record(&self, code: &str) -> Option<(Record, Vec<(&'a str, Naming)>)> {
        let fullest = *self.names.iter().max_by_key(|name| name.chars().count())?;
        let kind = match self.feature {
            "ADM1" => Kind::Province,
            "ADM2" if code.ends_with("00") => Kind::Prefecture,
            "ADM2" | "ADM3" => Kind::County,
            _ => Kind::Settlement,
        };
        let mut record = Record::new(format!("gn:{}", self.id), fullest, kind);
        if kind == Kind::Settlement {
            code.clone_into(&mut record.within);
        } else if !code.is_empty() {
            record.codes.push(format!("gbt2260:{code}"));
        }
        let (latitude, longitude) = (self.point.0.to_owned(), self.point.1.to_owned());
        record.point = (!latitude.is_empty()).then_some(Point { latitude, longitude });
        record.label = (!self.latin.is_empty()).then(|| ("en".to_owned(), self.latin.to_owned()));
        let others = self.names.iter().filter(|name| **name != fullest);
        Some((record, others.map(|name| (*name, Naming::Alias)).collect()))
    }
}

/// Reads a dump line by line: divisions down to counties and populated places in China that have a Chinese name.
pub(super) fn read_dump(
    (path, lines): (&Path, &mut dyn BufRead),
    divisions: &Table,
    take: &mut Taking,
) -> Result<(), SourceError> {
    let codes =
        Codes { provinces: rows(PROVINCES).map(|fields| (fields[0], fields[1])).collect(), divisions };
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        let read = lines.read_line(&mut line);
        if read.map_err(|reason| SourceError::Unreadable { path: path.to_owned(), reason })? == 0 {
            break;
        }
        let fields: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').collect();
        if fields.len() < COLUMNS {
            let reason = format!("{} columns; a row of GeoNames has {COLUMNS}", fields.len());
            return Err(SourceError::Line { path: path.to_owned(), line: number, reason });
        }
        let taken = chinese(&fields).and_then(|row| row.record(&codes.of(&fields, &row)));
        if let Some((record, others)) = taken {
            take(&record, &others)?;
        }
    }
    Ok(())
}

/// A row that is kept.
fn chinese<'a>(fields: &[&'a str]) -> Option<Row<'a>> {
    let kept = fields[6] == "P" || matches!(fields[7], "ADM1" | "ADM2" | "ADM3");
    if fields[8] != "CN" || !kept {
        return None;
    }
    let in_chinese = |name: &&str| name.chars().count() > 1 && name.chars().all(is_han);
    let mut names: Vec<&str> = Vec::new();
    for name in std::iter::once(fields[1]).chain(fields[3].split(',')).filter(in_chinese) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Some(Row { id: fields[0], feature: fields[7], point: (fields[4], fields[5]), names, latin: fields[2] })
}

/// By what divisions get their codes: the numbers that GeoNames gives to provinces and prefectures, and their names.
struct Codes<'d> {
    provinces: BTreeMap<&'static str, &'static str>,
    divisions: &'d Table,
}

impl Codes<'_> {
    /// The GB/T 2260 code of a division, or that of the prefecture or province around a populated place; empty if unknown.
    fn of(&self, fields: &[&str], row: &Row) -> String {
        let province = self.provinces.get(fields[10]).copied();
        let whole = || province.map(|province| format!("{province}0000"));
        let prefecture = self.prefecture(fields[11]);
        let code = match row.feature {
            "ADM1" => whole(),
            "ADM2" => prefecture.or_else(|| self.named(row, province?)),
            "ADM3" => {
                let around = prefecture.as_deref().and_then(|code| code.get(..4)).or(province);
                around.and_then(|around| self.named(row, around))
            }
            _ => prefecture.or_else(whole),
        };
        code.unwrap_or_default()
    }

    /// The prefecture whose first four digits GeoNames gives.
    fn prefecture(&self, digits: &str) -> Option<String> {
        let code = format!("{digits}00");
        let whole = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
        (whole && !self.divisions.with_code(&format!("gbt2260:{code}")).is_empty()).then_some(code)
    }

    /// The code of the only division that bears one of the names in full and whose code begins so.
    fn named(&self, row: &Row, beginning: &str) -> Option<String> {
        let hits = row.names.iter().flat_map(|name| self.divisions.with_name(&fold_name(name)));
        let official = hits.filter(|hit| hit.naming == Naming::Official && hit.record.kind < Kind::Town);
        let codes = official.filter_map(|hit| hit.record.division().map(str::to_owned));
        let codes: BTreeSet<String> = codes.filter(|code| code.starts_with(beginning)).collect();
        if codes.len() == 1 { codes.into_iter().next() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::sources::divisions;

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

    /// A row of a dump: id, names, class and feature, country, province and prefecture as GeoNames numbers them.
    fn line(id: u32, names: &str, feature: (&str, &str), place: (&str, &str, &str)) -> String {
        let ((class, feature), (country, province, prefecture)) = (feature, place);
        format!(
            "{id}\tLatin\tLatin\t{names}\t37.8\t112.5\t{class}\t{feature}\t{country}\t\t{province}\t{prefecture}\t\t\t0\t\t0\tAsia/Shanghai\t2026-01-01\n"
        )
    }

    fn read(dump: &str) -> Result<Vec<(Record, usize)>, SourceError> {
        let mut taken = Vec::new();
        let mut take = |record: &Record, names: &[(&str, Naming)]| {
            taken.push((record.clone(), names.len()));
            Ok(())
        };
        read_dump((Path::new("CN.txt"), &mut dump.as_bytes()), &divisions(), &mut take)?;
        Ok(taken)
    }

    #[test]
    fn a_dump_is_filtered_and_its_divisions_get_their_codes() {
        let (adm, town) = (|level| ("A", level), ("P", "PPLA3"));
        let dump = [
            line(1, "Shanxi,山西,山西省", adm("ADM1"), ("CN", "24", "")),
            line(2, "太原市,太原", adm("ADM2"), ("CN", "24", "1401")),
            line(3, "清徐县,Qingxu", adm("ADM3"), ("CN", "24", "1401")),
            line(4, "清源镇", town, ("CN", "24", "1401")),
            line(5, "太原", town, ("US", "24", "1401")),
            line(6, "Nowhere", town, ("CN", "24", "1401")),
            line(7, "甲河", ("H", "STM"), ("CN", "24", "")),
        ];
        let taken = read(&dump.concat()).unwrap();
        let shown: Vec<(&str, &str, &str)> = taken
            .iter()
            .map(|(record, _)| (record.id.as_str(), record.division().unwrap_or("–"), record.within.as_str()))
            .collect();
        let expected =
            [("gn:1", "140000", ""), ("gn:2", "140100", ""), ("gn:3", "140121", ""), ("gn:4", "–", "140100")];
        assert_eq!(shown, expected);
        assert_eq!((taken[1].0.name.as_str(), taken[1].0.kind, taken[1].1), ("太原市", Kind::Prefecture, 1));
    }

    #[test]
    fn a_row_with_too_few_columns_is_told_with_its_line() {
        let dump = line(1, "山西省", ("A", "ADM1"), ("CN", "24", "")) + "2\tcut off\n";
        let error = read(&dump).unwrap_err().to_string();
        assert!(error.starts_with("CN.txt, line 2: 2 columns"), "{error}");
    }
}
