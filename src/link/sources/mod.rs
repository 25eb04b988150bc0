//! The sources, one file each: what ships with the program and what users bring.

mod divisions;
mod dump;
mod geonames;
mod industries;
mod lei;
mod listed;
mod mapped;
mod wikidata;
mod zones;

pub use divisions::divisions;
pub use dump::{Dump, Edition};
pub use geonames::geonames;
pub use industries::{Industries, isic};
pub use lei::lei;
pub use listed::listed;
pub use mapped::{Mapping, mapped};
pub use wikidata::wikidata;
pub use zones::zones;
pub(in crate::link) use zones::{abridged, leading_place};

use std::path::{Path, PathBuf};

/// A file of a source that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be opened or read.
    #[error("{path}: cannot read: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A line cannot be understood.
    #[error("{path}, line {line}: {reason}", path = path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// An index cannot be used.
    #[error("{path}: {reason}; an index is written by jinxiu link index", path = path.display())]
    Index {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// An index cannot be written.
    #[error("the index cannot be written: {reason}")]
    Unwritable {
        /// What the system says.
        reason: std::io::Error,
    },
    /// The mapping cannot be understood.
    #[error("{path}: {reason}", path = path.display())]
    Mapping {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

pub(super) fn read(path: &Path) -> Result<String, SourceError> {
    let text = std::fs::read_to_string(path)
        .map_err(|reason| SourceError::Unreadable { path: path.to_owned(), reason })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// The lines of an embedded list, each split at its tabs.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('\t').collect())
}

/// The fields of each record of a CSV file with the number of its line; quotes as in RFC 4180.
fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut all = Vec::new();
    let (mut fields, mut field, mut quoted, mut line, mut first) = (Vec::new(), String::new(), false, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                fields.push(std::mem::take(&mut field).trim_end_matches('\r').to_owned());
                all.push((first, std::mem::take(&mut fields)));
                first = line + 1;
            }
            c => field.push(c),
        }
        line += usize::from(c == '\n');
    }
    if !field.is_empty() || !fields.is_empty() {
        fields.push(field);
        all.push((first, fields));
    }
    all.retain(|(_, fields)| fields.iter().any(|f| !f.is_empty()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_quoted_fields_with_commas_and_line_breaks() {
        let read = records("a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\n\nz,\n");
        assert_eq!(read[1], (2, vec!["x, \"y\"".to_owned(), "1\n2".to_owned()]));
        assert_eq!(read[2], (5, vec!["z".to_owned(), String::new()]));
    }
}
