//! Any CSV or RDF file, by a mapping that says what its columns or properties hold.

mod rows;

use super::{SourceError, read, zones};
use crate::document::Class;
use crate::link::{About, Kind, Naming, Point, Record, Table};
use rows::Row;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A mapping: which file, which columns, whose terms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The name by which commands call the source.
    pub name: String,
    /// The CSV or RDF file, relative to the mapping.
    pub file: PathBuf,
    /// What it is called in full.
    #[serde(default)]
    pub title: String,
    /// Edition.
    #[serde(default)]
    pub version: String,
    /// When it was published.
    #[serde(default)]
    pub date: String,
    /// Name and terms.
    pub licence: String,
    /// The words that the licence asks for.
    #[serde(default)]
    pub attribution: String,
    /// Prefix of its ids.
    pub prefix: String,
    /// What the prefix stands for; things of an RDF file whose IRIs begin otherwise are passed over.
    pub namespace: String,
    /// The classes that it may be asked for, such as `Enterprise`.
    pub classes: Vec<Class>,
    /// Of an RDF file, only things of this class.
    #[serde(default)]
    pub only: Option<String>,
    /// Which column, or which property of an RDF file, holds what.
    pub columns: MappedColumns,
}

/// The names of the columns of a CSV file, or the properties of an RDF file with a usual prefix or in full.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumns {
    /// The id; in an RDF file that is the IRI.
    #[serde(default)]
    pub id: Option<String>,
    /// The chief name.
    pub name: String,
    /// Further names, parted by `|`.
    #[serde(default)]
    pub aliases: Option<String>,
    /// Names of the past, parted by `|`.
    #[serde(default)]
    pub former: Option<String>,
    /// The GB/T 2260 code of the division around it.
    #[serde(default)]
    pub within: Option<String>,
    /// Its own formal code with scheme, such as `gbt2260:140100`; without one it is of GB/T 2260.
    #[serde(default)]
    pub code: Option<String>,
    /// Degrees north.
    #[serde(default)]
    pub latitude: Option<String>,
    /// Degrees east.
    #[serde(default)]
    pub longitude: Option<String>,
    /// Its name in English.
    #[serde(default)]
    pub english: Option<String>,
}

/// Reads a mapping and the file that it names. `divisions` says where places end that names of zones begin with.
pub fn mapped(path: &Path, divisions: &Table) -> Result<Table, SourceError> {
    let broken = |reason: String| SourceError::Mapping { path: path.to_owned(), reason };
    let mapping: Mapping = toml::from_str(&read(path)?).map_err(|e| broken(e.message().to_owned()))?;
    let file = path.parent().unwrap_or(Path::new("")).join(&mapping.file);
    let mut table = Table::new(about(&mapping));
    for row in rows::read(&file, &mapping, &broken)? {
        let record = record(&row, &mapping)
            .map_err(|reason| broken(format!("{}, {}: {reason}", file.display(), row.at)))?;
        let names = names(&row, &record, divisions);
        let names: Vec<(&str, Naming)> =
            names.iter().map(|(name, naming)| (name.as_str(), *naming)).collect();
        table.add(record, &names);
    }
    Ok(table)
}

fn record(row: &Row, mapping: &Mapping) -> Result<Record, String> {
    let id = format!("{}:{}", mapping.prefix, row.id);
    let code = Some(row.code.as_str()).filter(|code| !code.is_empty());
    let code = code.map(|code| if code.contains(':') { code.to_owned() } else { format!("gbt2260:{code}") });
    let english = Some(&row.english).filter(|name| !name.is_empty());
    Ok(Record {
        codes: std::iter::once(id.clone()).chain(code).collect(),
        within: row.within.clone(),
        point: point(row)?,
        label: english.map(|name| ("en".to_owned(), name.clone())),
        ..Record::new(id, &row.name, kind(&mapping.classes))
    })
}

fn point(row: &Row) -> Result<Option<Point>, String> {
    if row.latitude.is_empty() || row.longitude.is_empty() {
        return Ok(None);
    }
    let degrees = |text: &str, most: f64| match text.parse::<f64>() {
        Ok(degrees) if degrees.abs() <= most => Ok(text.to_owned()),
        _ => Err(format!("'{text}' is no number of degrees")),
    };
    Ok(Some(Point { latitude: degrees(&row.latitude, 90.0)?, longitude: degrees(&row.longitude, 180.0)? }))
}

/// The names besides the chief one; a zone has its short forms too.
fn names(row: &Row, record: &Record, divisions: &Table) -> Vec<(String, Naming)> {
    let given = |names: &[String], naming| -> Vec<(String, Naming)> {
        let names =
            names.iter().flat_map(|names| names.split('|')).map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| (name.to_owned(), naming)).collect()
    };
    let mut names = given(&row.aliases, Naming::Alias);
    names.extend(given(&row.former, Naming::Former(None)));
    if record.kind == Kind::Zone {
        names.extend(zones::short_forms(record, divisions));
    }
    names
}

fn kind(classes: &[Class]) -> Kind {
    match classes.first() {
        Some(Class::Enterprise) => Kind::Enterprise,
        Some(Class::Zone) => Kind::Zone,
        Some(Class::Industry) => Kind::Industry,
        _ => Kind::Other,
    }
}

fn about(mapping: &Mapping) -> About {
    About {
        name: mapping.name.clone(),
        title: if mapping.title.is_empty() { mapping.name.clone() } else { mapping.title.clone() },
        version: mapping.version.clone(),
        date: mapping.date.clone(),
        licence: mapping.licence.clone(),
        attribution: mapping.attribution.clone(),
        prefix: mapping.prefix.clone(),
        namespace: mapping.namespace.clone(),
        suffix: String::new(),
        identifier: None,
        classes: mapping.classes.clone(),
        rows: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Source;
    use crate::link::sources::divisions;

    const MAPPING: &str = r#"
name = "mine"
file = "FILE"
licence = "own"
prefix = "mine"
namespace = "http://example.org/mine/"
classes = ["CLASS"]
"#;

    /// A source of a file with that name and text, and of the columns.
    fn source((file, text): (&str, &str), class: &str, columns: &str) -> Result<Table, SourceError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        std::fs::write(&path, MAPPING.replace("FILE", file).replace("CLASS", class) + columns).unwrap();
        std::fs::write(folder.path().join(file), text).unwrap();
        mapped(&path, &divisions())
    }

    fn refusal(file: (&str, &str), columns: &str) -> String {
        source(file, "Enterprise", columns).unwrap_err().to_string()
    }

    #[test]
    fn a_mapping_makes_a_source_of_any_table() {
        let columns = "[columns]\nid = \"nr\"\nname = \"called\"\naliases = \"also\"\nlatitude = \"y\"\nlongitude = \"x\"\n";
        let csv = "nr,called,also,y,x\n7,甲乙机械厂,甲乙|甲机,37.9,112.5\n8,,,,\n";
        let table = source(("mine.csv", csv), "Enterprise", columns).unwrap();
        let hit = table.with_name("甲机").remove(0);
        assert_eq!((hit.record.id.as_str(), table.records().len()), ("mine:7", 1));
        assert_eq!(hit.record.point.as_ref().unwrap().longitude, "112.5");
    }

    #[test]
    fn a_mapping_makes_a_source_of_any_rdf() {
        let columns = "only = \"schema:Corporation\"\n[columns]\nname = \"rdfs:label\"\nformer = \"http://example.org/old\"\nwithin = \"schema:location\"\n";
        let turtle = "@prefix s: <http://schema.org/> . @prefix r: <http://www.w3.org/2000/01/rdf-schema#> .\n\
            <http://example.org/mine/7> a s:Corporation ; r:label \"Jiayi Works\"@en, \"甲乙機械廠\"@zh-hant, \"甲乙机械厂\"@zh-hans ;\n\
            <http://example.org/old> \"甲厂\" ; s:location <https://w3id.org/jinxiu/gbt2260/140100> .\n\
            <http://example.org/mine/8> r:label \"丙厂\"@zh .\n<http://other.org/9> a s:Corporation ; r:label \"丁厂\"@zh .\n";
        let table = source(("mine.ttl", turtle), "Enterprise", columns).unwrap();
        let record = std::sync::Arc::clone(&table.records()[0]);
        assert_eq!(
            (table.records().len(), record.id.as_str(), record.name.as_str()),
            (1, "mine:7", "甲乙机械厂")
        );
        assert_eq!(
            (record.within.as_str(), record.label.clone().unwrap().1.as_str()),
            ("140100", "Jiayi Works")
        );
        assert_eq!(table.with_name("甲厂")[0].naming, Naming::Former(None));
    }

    #[test]
    fn zones_of_a_mapping_have_their_short_forms() {
        let columns = "[columns]\nid = \"code\"\nname = \"name\"\nwithin = \"in\"\n";
        let csv = "code,name,in\nG1,太原甲乙高新技术产业开发区,140100\n";
        let table = source(("mine.csv", csv), "Zone", columns).unwrap();
        assert_eq!(table.with_name("太原甲乙高新区")[0].record.id, "mine:G1");
        assert_eq!(table.with_name("甲乙高新区")[0].naming, Naming::Abridged);
    }

    #[test]
    fn what_a_mapping_gets_wrong_is_told() {
        let named = "[columns]\nid = \"nr\"\nname = \"called\"\n";
        assert!(refusal(("mine.csv", "nr,name\n"), named).contains("no column called"));
        assert!(refusal(("mine.csv", "nr,name\n"), "[columns]\nname = \"name\"\n").contains("id"));
        let placed = format!("{named}latitude = \"y\"\nlongitude = \"y\"\n");
        let wrong = refusal(("mine.csv", "nr,called,y\n1,甲厂,north\n"), &placed);
        assert!(wrong.contains("mine.csv, line 2: 'north'"), "{wrong}");
        let unknown = refusal(("mine.ttl", ""), "[columns]\nname = \"nobody:label\"\n");
        assert!(unknown.contains("nobody:label"), "{unknown}");
        let broken = refusal(("mine.ttl", "<a"), "[columns]\nname = \"rdfs:label\"\n");
        assert!(broken.contains("mine.ttl") && broken.contains("line 1"), "{broken}");
    }
}
