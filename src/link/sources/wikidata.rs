//! Wikidata: divisions by P442, the property that holds their GB/T 2260 code; enterprises and bodies of China from a dump.

use super::dump::Taking;
use super::{SourceError, rows};
use crate::document::Class;
use crate::link::{About, Kind, Naming, Point, Record, Source, Table};
use oxrdf::{NamedOrBlankNode, Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

const ITEMS: &str = include_str!("../../../data/link/wikidata.tsv");
const KINDS: &str = include_str!("../../../data/link/wikidata_kinds.tsv");

const ENTITY: &str = "http://www.wikidata.org/entity/";
const DIRECT: &str = "http://www.wikidata.org/prop/direct/";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const ALIAS: &str = "http://www.w3.org/2004/02/skos/core#altLabel";
/// China, Hong Kong and Macau.
const COUNTRIES: [&str; 3] = ["Q148", "Q8646", "Q14773"];
/// What only enterprises have: a stock exchange, a ticker symbol, an LEI, an ISIN, an industry, a legal form.
const OF_ENTERPRISES: [&str; 6] = ["P414", "P249", "P1278", "P946", "P452", "P1454"];
/// The languages that give the chief name, the first there is.
const CHINESE: [&str; 7] = ["zh-hans", "zh-cn", "zh", "zh-hant", "zh-hk", "zh-tw", "zh-sg"];

/// The shipped items; `divisions` gives their names and kinds.
pub fn wikidata(divisions: &Table) -> Table {
    let mut table = Table::new(about());
    for fields in rows(ITEMS) {
        let code = format!("gbt2260:{}", fields[0]);
        let known = divisions.with_code(&code);
        let (name, kind) =
            known.first().map_or(("", Kind::Other), |hit| (hit.record.name.as_str(), hit.record.kind));
        let mut record = Record::new(format!("wd:{}", fields[1]), name, kind);
        record.codes.push(code);
        record.within = known.first().map(|hit| hit.record.within.clone()).unwrap_or_default();
        table.add(record, &[]);
    }
    table
}

fn about() -> About {
    About {
        name: "wikidata".into(),
        title: "Wikidata".into(),
        version: "divisions by P442".into(),
        date: "2026-10".into(),
        licence: "CC0 1.0".into(),
        attribution: String::new(),
        prefix: "wd".into(),
        namespace: ENTITY.into(),
        suffix: String::new(),
        identifier: None,
        classes: vec![Class::Place],
        rows: 0,
    }
}

/// A dump holds bodies too.
pub(super) fn dump_about() -> About {
    About { classes: vec![Class::Place, Class::Enterprise, Class::Organization], ..about() }
}

/// Reads truthy statements, in which those on one item stand together. Kept are items with a Chinese name that bear a code of
/// GB/T 2260, or that are an enterprise or another body of China by their class or their properties.
pub(super) fn read_dump(path: &Path, lines: &mut dyn BufRead, take: &mut Taking) -> Result<(), SourceError> {
    let kinds: BTreeMap<&str, &str> = rows(KINDS).map(|fields| (fields[0], fields[1])).collect();
    let mut item = Item::default();
    for statement in RdfParser::from_format(RdfFormat::NTriples).lenient().for_reader(lines) {
        let statement = statement.map_err(|error| broken(path, error))?;
        let NamedOrBlankNode::NamedNode(subject) = &statement.subject else { continue };
        let Some(id) = subject.as_str().strip_prefix(ENTITY).filter(|id| id.starts_with('Q')) else {
            continue;
        };
        if item.id != id {
            std::mem::replace(&mut item, Item { id: id.to_owned(), ..Item::default() }).give(take)?;
        }
        item.add(&statement, &kinds);
    }
    item.give(take)
}

fn broken(path: &Path, error: oxrdfio::RdfParseError) -> SourceError {
    let path = path.to_owned();
    match error {
        oxrdfio::RdfParseError::Io(reason) => SourceError::Unreadable { path, reason },
        oxrdfio::RdfParseError::Syntax(error) => {
            let line = error.location().map_or(1, |place| place.start.line + 1);
            SourceError::Line {
                path,
                line: usize::try_from(line).unwrap_or(usize::MAX),
                reason: error.to_string(),
            }
        }
    }
}

/// What is gathered of an item.
#[derive(Debug, Default)]
struct Item {
    id: String,
    /// Its Chinese labels, by language.
    labels: BTreeMap<String, String>,
    aliases: Vec<String>,
    english: Option<String>,
    division: Option<String>,
    lei: Option<String>,
    point: Option<Point>,
    is_chinese: bool,
    kind: Option<Kind>,
}

impl Item {
    fn add(&mut self, statement: &Quad, kinds: &BTreeMap<&str, &str>) {
        let predicate = statement.predicate.as_str();
        match (predicate.strip_prefix(DIRECT), &statement.object) {
            (Some(property), Term::NamedNode(value)) => {
                let value = value.as_str().strip_prefix(ENTITY).unwrap_or_default();
                self.add_claim(property, value, kinds);
            }
            (Some(property), Term::Literal(value)) => self.add_value(property, value.value()),
            (None, Term::Literal(name)) => {
                self.add_name(predicate, name.language().unwrap_or_default(), name.value());
            }
            _ => {}
        }
    }

    fn add_claim(&mut self, property: &str, value: &str, kinds: &BTreeMap<&str, &str>) {
        match (property, kinds.get(value)) {
            ("P17", _) => self.is_chinese |= COUNTRIES.contains(&value),
            ("P31", Some(&"enterprise")) => self.kind = Some(Kind::Enterprise),
            ("P31", Some(_)) => self.kind = self.kind.or(Some(Kind::Other)),
            _ if OF_ENTERPRISES.contains(&property) => self.kind = Some(Kind::Enterprise),
            _ => {}
        }
    }

    fn add_value(&mut self, property: &str, value: &str) {
        match property {
            "P442" => self.division = self.division.take().or_else(|| division(value)),
            "P625" => self.point = point(value),
            "P1278" => self.lei = Some(value.to_owned()),
            _ => {}
        }
        if OF_ENTERPRISES.contains(&property) {
            self.kind = Some(Kind::Enterprise);
        }
    }

    fn add_name(&mut self, predicate: &str, language: &str, name: &str) {
        match (predicate, language) {
            (LABEL, "en") => self.english = Some(name.to_owned()),
            (LABEL, language) if CHINESE.contains(&language) => {
                self.labels.insert(language.to_owned(), name.to_owned());
            }
            (ALIAS, language) if CHINESE.contains(&language) => self.aliases.push(name.to_owned()),
            _ => {}
        }
    }

    /// Gives it away if it is kept.
    fn give(self, take: &mut Taking) -> Result<(), SourceError> {
        let Some(name) = CHINESE.iter().find_map(|language| self.labels.get(*language)) else {
            return Ok(());
        };
        let kind = match (&self.division, self.kind) {
            (Some(code), _) => level(code),
            (None, Some(kind)) if self.is_chinese => kind,
            _ => return Ok(()),
        };
        let mut record = Record::new(format!("wd:{}", self.id), name, kind);
        let division = self.division.iter().map(|code| format!("gbt2260:{code}"));
        record.codes = division.chain(self.lei.iter().map(|lei| format!("lei:{lei}"))).collect();
        record.point = self.point;
        record.label = self.english.map(|label| ("en".to_owned(), label));
        let others = self.labels.values().chain(&self.aliases).filter(|other| *other != name);
        let others: Vec<(&str, Naming)> = others.map(|other| (other.as_str(), Naming::Alias)).collect();
        take(&record, &others)
    }
}

/// A code as GB/T 2260 writes it: `14 01` is 140100; nothing if it is none.
fn division(value: &str) -> Option<String> {
    let digits: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let digits =
        digits.strip_suffix("000").filter(|rest| rest.len() == 9).map_or(digits.clone(), str::to_owned);
    let is_code = matches!(digits.len(), 2 | 4 | 6 | 9) && digits.bytes().all(|b| b.is_ascii_digit());
    is_code.then(|| format!("{digits:0<6}"))
}

fn level(code: &str) -> Kind {
    match code.len() {
        6 if code.ends_with("0000") => Kind::Province,
        6 if code.ends_with("00") => Kind::Prefecture,
        6 => Kind::County,
        _ => Kind::Town,
    }
}

/// A point in well-known text: longitude comes first.
fn point(text: &str) -> Option<Point> {
    let inner = text.strip_prefix("Point(").or_else(|| text.strip_prefix("POINT("))?.strip_suffix(')')?;
    let (longitude, latitude) = inner.split_once(' ')?;
    Some(Point { latitude: latitude.to_owned(), longitude: longitude.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(item: &str, property: &str, object: &str) -> String {
        let predicate = match property {
            "label" => LABEL.to_owned(),
            "alias" => ALIAS.to_owned(),
            property => format!("{DIRECT}{property}"),
        };
        let object = match object.strip_prefix("wd:") {
            Some(id) => format!("<{ENTITY}{id}>"),
            None => object.to_owned(),
        };
        format!("<{ENTITY}{item}> <{predicate}> {object} .\n")
    }

    fn read(dump: &str) -> Result<Vec<(Record, Vec<String>)>, SourceError> {
        let mut taken = Vec::new();
        let mut take = |record: &Record, names: &[(&str, Naming)]| {
            taken.push((record.clone(), names.iter().map(|(name, _)| (*name).to_owned()).collect()));
            Ok(())
        };
        read_dump(Path::new("truthy.nt"), &mut dump.as_bytes(), &mut take)?;
        Ok(taken)
    }

    #[test]
    fn divisions_are_kept_by_their_code_however_it_is_written() {
        let dump = [
            statement("Q1", "label", "\"\\u592A\\u539F\\u5E02\"@zh"),
            statement("Q1", "label", "\"太原\"@zh-hant"),
            statement("Q1", "label", "\"Taiyuan\"@en"),
            statement("Q1", "alias", "\"并州\"@zh"),
            statement("Q1", "P442", "\"14 01\""),
            statement("Q1", "P625", "\"Point(112.55 37.87)\"^^<http://www.opengis.net/ont/geosparql#wktLiteral>"),
            "<https://zh.wikipedia.org/wiki/A> <http://schema.org/about> <http://www.wikidata.org/entity/Q1> .\n".into(),
            statement("Q2", "P442", "\"140000\""),
        ];
        let taken = read(&dump.concat()).unwrap();
        assert_eq!(taken.len(), 1, "what has no Chinese name is left out");
        let (record, names) = &taken[0];
        assert_eq!(
            (record.id.as_str(), record.name.as_str(), record.kind),
            ("wd:Q1", "太原市", Kind::Prefecture)
        );
        assert_eq!(
            (record.division(), names.as_slice()),
            (Some("140100"), ["太原".to_owned(), "并州".to_owned()].as_slice())
        );
        assert_eq!(record.point, Some(Point { latitude: "37.87".into(), longitude: "112.55".into() }));
    }

    #[test]
    fn enterprises_are_known_by_class_or_by_what_only_they_have() {
        let body = |item: &str, property: &str, value: &str| {
            let name = statement(item, "label", "\"甲乙\"@zh-cn");
            name + &statement(item, property, value) + &statement(item, "P17", "wd:Q148")
        };
        let dump = body("Q1", "P31", "wd:Q4830453")
            + &body("Q2", "P414", "wd:Q999")
            + &body("Q3", "P1278", "\"LEI1\"")
            + &body("Q4", "P31", "wd:Q3918")
            + &body("Q5", "P31", "wd:Q4022")
            + &body("Q6", "P31", "wd:Q4830453").replace("Q148", "Q30");
        let kinds: Vec<_> =
            read(&dump).unwrap().into_iter().map(|(r, _)| (r.id, r.kind, r.codes.concat())).collect();
        let expected = [
            ("wd:Q1".to_owned(), Kind::Enterprise, String::new()),
            ("wd:Q2".to_owned(), Kind::Enterprise, String::new()),
            ("wd:Q3".to_owned(), Kind::Enterprise, "lei:LEI1".to_owned()),
            ("wd:Q4".to_owned(), Kind::Other, String::new()),
        ];
        assert_eq!(kinds, expected, "a river and a firm abroad are left out");
    }

    #[test]
    fn codes_of_every_length_are_read() {
        assert_eq!(division("14").as_deref(), Some("140000"));
        assert_eq!(division("140121").as_deref(), Some("140121"));
        assert_eq!(division("140121101000").as_deref(), Some("140121101"));
        assert_eq!((division("1401x1"), division("")), (None, None));
    }

    #[test]
    fn a_broken_line_is_told() {
        let error = read(&(statement("Q1", "P442", "\"14\"") + "broken\n")).unwrap_err().to_string();
        assert!(error.starts_with("truthy.nt, line 2"), "{error}");
    }
}
