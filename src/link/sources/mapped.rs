//! Any CSV file, by a mapping that says what its columns hold.

use super::{SourceError, read, records};
use crate::document::Class;
use crate::link::{About, Kind, Naming, Record, Table};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A mapping: which file, which columns, whose terms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The name by which commands call the source.
    pub name: String,
    /// The CSV file, relative to the mapping.
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
    /// What the prefix stands for.
    pub namespace: String,
    /// The classes that it may be asked for, such as `Enterprise`.
    pub classes: Vec<Class>,
    /// Which column holds what.
    pub columns: MappedColumns,
}

/// The names of the columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumns {
    /// The id.
    pub id: String,
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
    /// Its own formal code with scheme, such as `gbt2260:140100`.
    #[serde(default)]
    pub code: Option<String>,
}

/// Reads a mapping and the file that it names.
pub fn mapped(path: &Path) -> Result<Table, SourceError> {
    let broken = |reason: String| SourceError::Mapping { path: path.to_owned(), reason };
    let mapping: Mapping = toml::from_str(&read(path)?).map_err(|e| broken(e.message().to_owned()))?;
    let file = path.parent().unwrap_or(Path::new("")).join(&mapping.file);
    let text = read(&file)?;
    let rows = records(&text);
    let head = rows.first().map(|(_, fields)| fields.clone()).unwrap_or_default();
    let find = |name: &str| head.iter().position(|f| f == name);
    let must =
        |name: &str| find(name).ok_or_else(|| broken(format!("{} has no column {name}", file.display())));
    let columns = &mapping.columns;
    let (id, name) = (must(&columns.id)?, must(&columns.name)?);
    let mut optional = [None; 4];
    let wanted = [&columns.aliases, &columns.former, &columns.within, &columns.code];
    for (slot, wanted) in optional.iter_mut().zip(wanted) {
        *slot = wanted.as_deref().map(must).transpose()?;
    }
    let kind = kind(&mapping.classes);
    let mut table = Table::new(about(&mapping));
    for (_, fields) in rows.iter().skip(1) {
        let field = |column: Option<usize>| {
            column.and_then(|c| fields.get(c)).map(String::as_str).unwrap_or_default()
        };
        let local = field(Some(id));
        let mut record = Record::new(format!("{}:{local}", mapping.prefix), field(Some(name)), kind);
        record.within = field(optional[2]).to_owned();
        record.codes = [record.id.clone(), field(optional[3]).to_owned()]
            .into_iter()
            .filter(|c| !c.is_empty())
            .collect();
        let aliases = field(optional[0]).split('|').map(|n| (n, Naming::Alias));
        let former = field(optional[1]).split('|').map(|n| (n, Naming::Former(None)));
        let names: Vec<(&str, Naming)> = aliases.chain(former).filter(|(n, _)| !n.is_empty()).collect();
        if !local.is_empty() && !record.name.is_empty() {
            table.add(record, &names);
        }
    }
    Ok(table)
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

    const MAPPING: &str = r#"
name = "mine"
file = "mine.csv"
licence = "own"
prefix = "mine"
namespace = "http://example.org/mine/"
classes = ["Enterprise"]
[columns]
id = "nr"
name = "called"
aliases = "also"
"#;

    #[test]
    fn a_mapping_makes_a_source_of_any_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        std::fs::write(&path, MAPPING).unwrap();
        std::fs::write(folder.path().join("mine.csv"), "nr,called,also\n7,甲乙机械厂,甲乙|甲机\n").unwrap();
        let table = mapped(&path).unwrap();
        assert_eq!(table.with_name("甲机")[0].record.id, "mine:7");
        std::fs::write(folder.path().join("mine.csv"), "nr,name\n").unwrap();
        let error = mapped(&path).unwrap_err().to_string();
        assert!(error.contains("no column called"), "{error}");
    }
}
