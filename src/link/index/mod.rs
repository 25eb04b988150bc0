//! A source on disk: what does not fit into memory is found by a sorted list of keys in one file.
//!
//! The file holds, one after another: a first line that says what it is, the records as lines of JSON, the keys sorted by their
//! bytes, marks (every so many keys, which key stands where), and a last line that says where each part begins. Only the marks
//! are kept in memory; a search reads the keys from one mark on.

mod reader;
mod writer;

pub use reader::Index;
pub use writer::IndexWriter;

use super::{About, Naming};
use serde::{Deserialize, Serialize};

/// The first line of an index.
const FIRST_LINE: &str = "jinxiu index 1\n";
/// How many keys stand between two marks.
const STRIDE: usize = 64;
/// How many bytes the last line has, which says where the foot begins.
const LAST_LINE: usize = 21;

/// Where the parts of the file begin, and what the source is.
#[derive(Debug, Serialize, Deserialize)]
struct Foot {
    about: About,
    keys: u64,
    marks: u64,
}

/// The key of a name, which is told from that of a code by its first character.
fn key_of_name(folded: &str) -> String {
    format!("n{folded}")
}

fn key_of_code(code: &str) -> String {
    format!("c{code}")
}

/// A line of the list of keys, without its end: the key, how the record bears it, where the record stands.
fn line(key: &str, naming: Naming, record: u64) -> serde_json::Result<String> {
    Ok(format!("{key}\t{}\t{record}", serde_json::to_string(&naming)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{Kind, Record, Source, sources};

    fn indexed(records: &[(Record, Vec<(&str, Naming)>)]) -> (tempfile::TempDir, Index) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.index");
        let mut file = std::fs::File::create(&path).unwrap();
        let mut writer = IndexWriter::new(sources::geonames().about().clone(), &mut file).unwrap();
        for (record, names) in records {
            writer.add(record, names).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), records.len());
        let index = Index::open(&path).unwrap();
        (folder, index)
    }

    fn town(number: usize) -> (Record, Vec<(&'static str, Naming)>) {
        let record = Record::new(format!("gn:{number}"), format!("第{number}镇"), Kind::Settlement);
        (record, vec![("同名", Naming::Alias)])
    }

    #[test]
    fn every_record_is_found_by_its_name_and_its_id() {
        let all: Vec<_> = (0..500).map(town).collect();
        let (_folder, index) = indexed(&all);
        assert_eq!(index.about().rows, 500);
        for (record, _) in &all {
            let named = index.with_name(&record.name);
            assert_eq!((&*named[0].record, named[0].naming, named.len()), (record, Naming::Official, 1));
            assert_eq!(*index.with_code(&record.id)[0].record, *record);
        }
        assert_eq!(index.with_name("同名").len(), 500, "a name of many, over many marks");
        assert!(index.with_name("第镇").is_empty() && index.with_code("gn:").is_empty());
        assert!(index.failure().is_none());
    }

    #[test]
    fn names_are_found_by_their_beginning_in_their_order() {
        let (_folder, index) = indexed(&(0..300).map(town).collect::<Vec<_>>());
        let begun: Vec<String> =
            index.beginning_with("第12", 3).iter().map(|hit| hit.record.name.clone()).collect();
        assert_eq!(begun, ["第120镇", "第121镇", "第122镇"]);
        assert_eq!(index.beginning_with("第12", 99).len(), 11);
        assert!(index.beginning_with("丙", 9).is_empty());
    }

    #[test]
    fn an_empty_index_finds_nothing_and_another_file_is_no_index() {
        let (folder, index) = indexed(&[]);
        assert!(index.with_name("甲").is_empty() && index.beginning_with("", 5).is_empty());
        let path = folder.path().join("b.index");
        for content in ["", "x", "jinxiu index 1\n", &"不是索引\n".repeat(20)] {
            std::fs::write(&path, content).unwrap();
            let error = Index::open(&path).unwrap_err().to_string();
            assert!(error.contains("b.index") && error.contains("link index"), "{error}");
        }
    }
}
